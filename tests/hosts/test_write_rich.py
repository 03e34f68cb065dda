"""The rich workbook after edits, and after marking and clearing: part by part, only what was meant differs."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from tests.hosts.packaging import SHEET_PART, differing, part, records
from tests.hosts.rich_workbook import EXPECTED_FEATURES, SHEET, build
from xlsuite.core.errors import UnsafeWrite
from xlsuite.core.finding import ERROR, INFO, WARNING, Edit, Finding, Mark, fingerprint
from xlsuite.core.form import Ref
from xlsuite.hosts.base import open_book
from xlsuite.hosts.package.marks import clear_marks, mark
from xlsuite.hosts.package.patch import apply_edits
from xlsuite.hosts.package.sheet_layout import place_of

BOOK_PART = "xl/workbook.xml"


def ref(cell: str, sheet: str = SHEET) -> Ref:
    return Ref(sheet, *place_of(cell))


EDITS = [
    Edit(ref("C3"), Decimal(18), Decimal("17.5"), "按比例计算"),
    Edit(ref("E6"), "9分", "10分", "文字数值"),
    Edit(ref("E3"), None, "验收报告", "补填"),
    Edit(ref("H20"), None, Decimal("1.25"), "新单元格"),
]
MARKS = [
    Mark(ref("C3"), ERROR, "得分应为 17.50：20 × 87.5% = 17.50。"),
    Mark(ref("C3"), INFO, "第二条说明"),
    Mark(ref("C4"), WARNING, "得分偏高，允许区间为 20 至 24 分。"),
    Mark(ref("E5"), INFO, "带会话批注的单元格"),
    Mark(ref("C6"), ERROR, "公式漏了一行，建议 =SUM(C3:C5)。"),
    Mark(ref("J30"), INFO, "原来没有的单元格"),
    Mark(ref("C1"), WARNING, "标题缺少年度"),
    Mark(ref("A2", "数据"), INFO, "另一张表"),
]
FINDINGS = [
    Finding(
        "SCO101",
        m.severity,
        m.note,
        (m.ref,),
        printed="18",
        expected="17.50",
        fingerprint=fingerprint("S", m.ref.a1, ()),
    )
    for m in MARKS
]


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("rich") / "自评表.xlsm")


@pytest.fixture(scope="module")
def edited(rich: Path) -> Path:
    target = rich.with_name("改后.xlsm")
    apply_edits(rich, target, EDITS, expected_sha256=None, recompute=False)
    return target


@pytest.fixture(scope="module")
def marked(rich: Path) -> Path:
    target = rich.with_name("校验.xlsm")
    mark(rich, target, MARKS, FINDINGS)
    return target


def test_the_rich_workbook_is_rich(rich):
    with zipfile.ZipFile(rich) as package:
        assert set(EXPECTED_FEATURES) <= set(package.namelist())
        xml = package.read(SHEET_PART).decode()
    features = ("sheetProtection", "dataValidation ", "cellIs", "dataBar", "iconSet", "colorScale", "legacyDrawing")
    features += ("sparkline", "slicer", "q:keep", "ignoredError", "rowBreaks", "AlternateContent", 'cm="1"', "pane ")
    assert [feature for feature in features if feature not in xml] == []


def test_edits_touch_two_parts_and_no_other(rich, edited):
    assert differing(rich, edited) == {SHEET_PART, BOOK_PART}


def test_edits_touch_only_the_cells_meant(rich, edited):
    before, after = part(rich).decode(), part(edited).decode()
    expected = before.replace('<c r="C3" s="2"><v>18</v></c>', '<c r="C3" s="2"><v>17.5</v></c>')
    expected = re.sub(r'<c r="E6" t="s"><v>\d+</v></c>', '<c r="E6" t="inlineStr"><is><t>10分</t></is></c>', expected)
    expected = expected.replace('<c r="E3" s="2"/>', '<c r="E3" s="2" t="inlineStr"><is><t>验收报告</t></is></c>')
    expected = expected.replace("</sheetData>", '<row r="20"><c r="H20"><v>1.25</v></c></row></sheetData>')
    expected = expected.replace('<dimension ref="A1:G12"/>', '<dimension ref="A1:H20"/>')
    assert after == expected
    asked = part(rich, BOOK_PART).replace(b'<calcPr calcId="124519"/>', b'<calcPr calcId="124519" fullCalcOnLoad="1"/>')
    assert part(edited, BOOK_PART) == asked


def test_edits_are_read_back(edited):
    cells = open_book(edited).sheets[0].cells
    assert {e.ref.a1: cells[e.ref.row, e.ref.column].value for e in EDITS} == {e.ref.a1: e.new for e in EDITS}


@pytest.mark.parametrize("cell", ["D3", "C6", "F3", "F4", "G4"])
def test_formulas_and_array_areas_are_never_overwritten(rich, cell, tmp_path):
    value = open_book(rich).sheets[0].cells[place_of(cell)].value
    with pytest.raises(UnsafeWrite):
        apply_edits(
            rich, tmp_path / "x.xlsm", [Edit(ref(cell), value, Decimal(1), "")], expected_sha256=None, recompute=False
        )
    assert not (tmp_path / "x.xlsm").exists()


@pytest.mark.parametrize(("sheet", "cell", "words"), [("数据", "C1", "超级表"), ("透视", "B4", "数据透视表")])
def test_table_headings_and_pivots_are_never_overwritten(rich, tmp_path, sheet, cell, words):
    grid = next(grid for grid in open_book(rich).sheets if grid.name == sheet)
    edit = Edit(ref(cell, sheet), grid.cells[place_of(cell)].value, "x", "")
    with pytest.raises(UnsafeWrite, match=words):
        apply_edits(rich, tmp_path / "x.xlsm", [edit], expected_sha256=None, recompute=False)


def test_marks_touch_what_marks_need_and_nothing_else(rich, marked):
    changed = differing(rich, marked)
    assert changed == {
        *("[Content_Types].xml", BOOK_PART, "xl/_rels/workbook.xml.rels", "xl/styles.xml"),
        *(SHEET_PART, "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"),
        *("xl/worksheets/sheet2.xml", "xl/worksheets/_rels/sheet2.xml.rels"),
        *("xl/comments2.xml", "xl/drawings/vmlDrawing2.vml", "xl/worksheets/sheet4.xml"),
        *("customXml/item2.xml", "customXml/itemProps2.xml", "customXml/_rels/item2.xml.rels"),
    }


def test_marks_change_only_styles_of_cells(rich, marked):
    """Without style numbers, the cell that was not there, and the dimension, the sheet reads as before."""

    def neutral(xml: bytes) -> str:
        text = re.sub(r'(<c r="[A-Z]+\d+") s="\d+"', r"\1", xml.decode())
        text = text.replace('<row r="30"><c r="J30"/></row>', "")
        return re.sub(r'<dimension ref="[^"]*"/>', "", text)

    assert neutral(part(marked)) == neutral(part(rich))


def test_marks_are_seen_in_the_file(marked):
    grid = open_book(marked).sheets[0]
    assert "依据：验收报告" in grid.notes[3, 3]
    assert grid.notes[3, 3].endswith("—— 校验标记 ——\n【错误】得分应为 17.50：20 × 87.5% = 17.50。\n【提示】第二条说明")
    assert grid.notes[4, 3] == "—— 校验标记 ——\n【警告】得分偏高，允许区间为 20 至 24 分。"
    assert "校验标记" not in grid.notes[5, 5], "a threaded comment's stand-in text is left alone"
    listing = open_book(marked).sheets[-1]
    assert listing.name == "校验结果"
    assert [listing.cells[row, 2].text for row in range(5, 13)] == [m.severity.label for m in MARKS]
    assert 'hyperlink ref="D5" location="\'自评表\'!C3"'.encode() in part(marked, "xl/worksheets/sheet4.xml")


def test_values_and_formulas_are_the_same_after_marking(rich, marked):
    before, after = open_book(rich), open_book(marked)
    assert [grid.cells for grid in before.sheets] == [grid.cells for grid in after.sheets[:-1]]


def test_clearing_gives_the_same_file_byte_for_byte(rich, marked):
    target = marked.with_name("清除.xlsm")
    result = clear_marks(marked, target)
    assert result.remarks == []
    assert target.read_bytes() == rich.read_bytes()


def test_marking_twice_is_marking_once(rich, marked):
    again = marked.with_name("再次.xlsm")
    mark(marked, again, MARKS, FINDINGS)
    assert again.read_bytes() == marked.read_bytes()
    clear_marks(again, again)
    assert again.read_bytes() == rich.read_bytes()


def test_clearing_after_edits_keeps_the_edits_and_nothing_else(rich, edited, marked):
    """Between marking and clearing the scores were recalculated: only these edits remain."""
    later = marked.with_name("标记后改.xlsm")
    apply_edits(marked, later, EDITS, expected_sha256=None, recompute=False)
    clear_marks(later, later)
    assert set(records(later)) == set(records(rich))
    assert differing(rich, later) == {SHEET_PART, BOOK_PART}
    assert part(later, BOOK_PART) == part(edited, BOOK_PART)
    assert _without_geometry(part(later)) == _without_geometry(part(edited))


def _without_geometry(xml: bytes) -> str:
    """An emptied row and the dimension say nothing to a reader."""
    return re.sub(r'<dimension ref="[^"]*"/>|<row r="30"></row>', "", xml.decode())


def test_a_copy_without_marks_stays_as_it_is(rich):
    target = rich.with_name("无标记.xlsm")
    result = clear_marks(rich, target)
    assert target.read_bytes() == rich.read_bytes()
    assert result.remarks == ["文件里没有校验标记，内容没有改动。"]
