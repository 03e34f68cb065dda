"""Edits to a closed workbook: what is written, what is refused, and that refusing writes nothing."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.hosts.packaging import (
    HEAD,
    MAIN,
    OFFICE,
    PARTS,
    RELATIONS,
    SHEET_PART,
    differing,
    minimal,
    part,
    sheet,
    zipped,
)
from xlsuite.core.errors import StaleCell, UnreadableFile, UnsafeWrite
from xlsuite.core.finding import Edit
from xlsuite.core.form import Ref
from xlsuite.hosts.base import open_book
from xlsuite.hosts.package.agreement import holds
from xlsuite.hosts.package.patch import apply_edits
from xlsuite.hosts.package.sheet_layout import place_of

STRINGS = f'{HEAD}<sst xmlns="{MAIN}"><si><t>优</t></si><si><r><t>合</t></r><r><t>计</t></r></si></sst>'
ROWS = (
    '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" s="2"><v>18</v></c><c r="C1"><f>B1*2</f><v>36</v></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>9分</t></is></c><c r="B2" s="1"><v>0.77110000000000001</v></c></row>'
    '<row r="3"><c r="A3"><f t="shared" ref="A3:A4" si="0">B3</f><v>1</v></c></row>'
    '<row r="4"><c r="A4"><f t="shared" si="0"/><v>1</v></c><c r="B4"><f t="array" ref="B4:B5">X</f><v>1</v></c></row>'
    '<row r="5"><c r="B5"><v>2</v></c><c r="D5" s="1"/><c r="E5" s="1"/></row>'
)
MERGES = '<mergeCells count="1"><mergeCell ref="D5:E6"/></mergeCells>'


@pytest.fixture
def book(tmp_path: Path) -> Path:
    parts = minimal(sheet(ROWS, after=MERGES))
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="rId3" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'.encode(),
    )
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>",
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{PARTS}.sharedStrings+xml"/></Types>'.encode(),
    )
    parts["xl/sharedStrings.xml"] = STRINGS.encode()
    path = tmp_path / "表.xlsx"
    zipped(parts, path)
    return path


def edit(cell: str, old, new, name: str = "表") -> Edit:
    return Edit(Ref(name, *place_of(cell)), old, new, "测试")


def write(path: Path, *edits: Edit, **options) -> None:
    options = {"expected_sha256": None, "recompute": False} | options
    return apply_edits(path, path, edits, **options)


WRITTEN = [
    ("B1", Decimal(18), Decimal("17.5"), Decimal("17.5")),
    ("B1", "18.00", Decimal("17.5"), Decimal("17.5")),
    ("B2", "77.11%", Decimal("0.8"), Decimal("0.8")),
    ("B2", Decimal("0.7711"), Decimal("0.8"), Decimal("0.8")),
    ("A1", "合计", "总计", "总计"),
    ("A2", "9分", "10分", "10分"),
    ("A2", Decimal(9), "10分", "10分"),
    ("A9", None, "新行", "新行"),
    ("B9", "", Decimal(1), Decimal(1)),
    ("B1", Decimal(18), None, None),
    ("E6", None, "并入首格", None),
]


@pytest.mark.parametrize(("cell", "old", "new", "value"), WRITTEN)
def test_an_edit_is_read_back(book, cell, old, new, value):
    write(book, edit(cell, old, new))
    cells = open_book(book).sheets[0].cells
    found = cells.get(place_of(cell))
    assert (found.value if found else None) == value


def test_only_the_sheet_and_the_workbook_part_change(book, tmp_path):
    target = tmp_path / "另存.xlsx"
    result = apply_edits(book, target, [edit("B1", Decimal(18), Decimal(17))], expected_sha256=None, recompute=False)
    assert differing(book, target) == {SHEET_PART, "xl/workbook.xml"}
    assert part(target) == part(book).replace(b"<v>18</v>", b"<v>17</v>")
    assert part(target, "xl/workbook.xml") == part(book, "xl/workbook.xml").replace(
        b"</sheets>", b'</sheets><calcPr fullCalcOnLoad="1"/>'
    )
    assert result.sha256 == hashlib.sha256(target.read_bytes()).hexdigest()
    assert result.backup is None


def test_a_covered_cell_is_written_at_the_head_of_its_merged_area(book):
    write(book, edit("E6", None, Decimal(3)))
    assert b'<c r="D5" s="1"><v>3</v></c><c r="E5" s="1"/>' in part(book)


@pytest.mark.parametrize(
    ("calculation", "after"),
    [
        ('<calcPr calcId="191029"/>', '<calcPr calcId="191029" fullCalcOnLoad="1"/>'),
        (
            '<calcPr calcId="1" calcMode="manual" fullCalcOnLoad="0"/>',
            '<calcPr calcId="1" calcMode="manual" fullCalcOnLoad="1"/>',
        ),
        ('<calcPr fullCalcOnLoad="1"/>', '<calcPr fullCalcOnLoad="1"/>'),
        ("<calcPr fullCalcOnLoad='true' />", "<calcPr fullCalcOnLoad='true' />"),
        ("<definedNames/><oleSize ref='A1'/>", "<definedNames/><calcPr fullCalcOnLoad=\"1\"/><oleSize ref='A1'/>"),
        ("<!-- x --><calcPr></calcPr>", '<!-- x --><calcPr fullCalcOnLoad="1"></calcPr>'),
    ],
)
def test_full_calculation_is_asked_for(tmp_path, calculation, after):
    path = tmp_path / "a.xlsx"
    zipped(minimal(sheet('<row r="1"><c r="A1"><v>1</v></c></row>'), book=calculation), path)
    before = part(path, "xl/workbook.xml").decode()
    write(path, edit("A1", Decimal(1), Decimal(2)))
    assert part(path, "xl/workbook.xml").decode() == before.replace(calculation, after)


REFUSED = [
    ("formula", [edit("C1", Decimal(36), Decimal(35))], UnsafeWrite, "C1 是公式"),
    ("head of a shared formula", [edit("A3", Decimal(1), Decimal(2))], UnsafeWrite, "A3 是公式"),
    ("part of a shared formula", [edit("A4", Decimal(1), Decimal(2))], UnsafeWrite, "A4 是公式"),
    ("filled by an array formula", [edit("B5", Decimal(2), Decimal(3))], UnsafeWrite, "B5 属于一个数组公式"),
    ("other value", [edit("B1", Decimal(17), Decimal(3))], StaleCell, "B1 现在是“18”，与读取时的“17”不同"),
    ("other text", [edit("A1", "总计", "x")], StaleCell, "A1 现在是“合计”"),
    ("no longer blank", [edit("B1", None, "x")], StaleCell, "与读取时的空不同"),
    ("blank now", [edit("D5", Decimal(1), "x")], StaleCell, "D5 现在是空"),
    ("no such sheet", [edit("A1", None, "x", "别的表")], UnsafeWrite, "没有工作表“别的表”"),
    ("two values for one cell", [edit("D5", None, "x"), edit("E6", None, "y")], UnsafeWrite, "同时要写入"),
    (
        "good and bad",
        [edit("B1", Decimal(18), Decimal(3)), edit("C1", Decimal(36), Decimal(3))],
        UnsafeWrite,
        "C1 是公式",
    ),
    ("not a number", [edit("B1", Decimal(18), Decimal("NaN"))], UnsafeWrite, "不是有限的数值"),
]


@pytest.mark.parametrize(("edits", "error", "words"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_refusing_says_why_and_writes_nothing(book, edits, error, words):
    before = book.read_bytes()
    with pytest.raises(error, match=words) as caught:
        write(book, *edits)
    assert str(caught.value).count("。") == 1
    assert "没有写入任何内容" in str(caught.value)
    assert book.read_bytes() == before
    assert [path.name for path in book.parent.iterdir()] == [book.name]


def test_the_same_value_twice_is_one_edit(book):
    write(book, edit("D5", None, "x"), edit("E6", None, "x"))
    assert open_book(book).sheets[0].cells[5, 4].value == "x"


def test_a_file_that_changed_since_it_was_read_is_left_alone(book):
    digest = hashlib.sha256(book.read_bytes()).hexdigest()
    write(book, edit("B1", Decimal(18), Decimal(17)), expected_sha256=digest, backup=False)
    with pytest.raises(StaleCell, match="在读取之后被改动过"):
        write(book, edit("B1", Decimal(17), Decimal(16)), expected_sha256=digest)


def test_without_edits_a_copy_is_a_copy_and_the_file_itself_stays(book, tmp_path):
    before = book.stat().st_mtime_ns
    write(book)
    assert book.stat().st_mtime_ns == before
    apply_edits(book, tmp_path / "b.xlsx", [], expected_sha256=None)
    assert (tmp_path / "b.xlsx").read_bytes() == book.read_bytes()


def test_writing_the_same_edits_again_changes_nothing_more(book):
    write(book, edit("B1", Decimal(18), Decimal(17)), backup=False)
    once = book.read_bytes()
    write(book, edit("B1", Decimal(17), Decimal(17)), backup=False)
    assert book.read_bytes() == once


def with_table(folder: Path, attributes: str) -> Path:
    table = f'{HEAD}<table xmlns="{MAIN}" id="1" name="t" displayName="t" ref="A1:B3" {attributes}/>'
    data = "".join(f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>a</t></is></c></row>' for n in (1, 2, 3))
    parts = minimal(sheet(data, after='<tableParts count="1"><tablePart r:id="rId1"/></tableParts>'))
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = (
        f'{HEAD}<Relationships xmlns="{RELATIONS}">'
        f'<Relationship Id="rId1" Type="{OFFICE}/table" Target="../tables/table1.xml"/></Relationships>'
    ).encode()
    parts["xl/tables/table1.xml"] = table.encode()
    path = folder / "t.xlsx"
    zipped(parts, path)
    return path


@pytest.mark.parametrize(
    ("attributes", "cell", "words"),
    [("", "A1", "标题"), ('totalsRowCount="1"', "A3", "汇总行"), ("", "A2", ""), ('headerRowCount="0"', "A1", "")],
)
def test_table_headings_and_totals_are_refused(tmp_path, attributes, cell, words):
    path = with_table(tmp_path, attributes)
    if words:
        with pytest.raises(UnsafeWrite, match=words):
            write(path, edit(cell, "a", "b"))
    else:
        write(path, edit(cell, "a", "b"))


HOLDS = [
    # type, content, old, same
    ("n", "18", Decimal(18), True),
    ("n", "18", 18.0, True),
    ("n", "0.77110000000000001", Decimal("0.7711"), True),
    ("n", "0.771093", "77.11%", True),
    ("n", "0.771093", "77.12%", False),
    ("n", "18", "18分", True),
    ("n", "18", "19", False),
    ("n", "45291", date(2023, 12, 31), True),
    ("n", "45291", "2023年12月31日", True),
    ("n", "45291", "2023-13-41", False),
    ("n", "18", None, False),
    ("n", "18", True, False),
    ("n", "x", Decimal(1), False),
    ("s", "9分", Decimal(9), True),
    ("s", "95%", Decimal("0.95"), True),
    ("s", "95%", Decimal(95), True),
    ("s", "约9分", Decimal(9), False),
    ("s", "项目 名称\n", "项目名称", True),
    ("s", "", None, True),
    ("s", "　", None, True),
    ("str", "_x000D_a", "a", True),
    ("inlineStr", "a", "b", False),
    ("b", "1", True, True),
    ("b", "1", "TRUE", True),
    ("b", "0", True, False),
    ("e", "#REF!", "#REF!", True),
    ("n", None, None, True),
    ("n", None, "", True),
    ("n", None, Decimal(0), False),
]


@pytest.mark.parametrize(("kind", "content", "old", "same"), HOLDS)
def test_whether_a_cell_still_holds_what_was_read(kind, content, old, same):
    assert holds(kind, content, old) is same


def test_dates_of_1904_workbooks():
    assert holds("n", "43829", date(2023, 12, 31), epoch_1904=True)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        (
            "a.ods",
            zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}),
            "另存为 .xlsx",
        ),
        ("a.csv", "名称,得分\n".encode(), "重新获取"),
    ],
)
def test_other_kinds_of_file_are_refused(tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises((UnsafeWrite, UnreadableFile), match=words):
        write(path, edit("A1", None, Decimal(1)))


def test_a_binary_workbook_is_refused(tmp_path):
    parts = minimal(sheet(""))
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"workbook.xml", b"workbook.bin")
    parts["xl/workbook.bin"] = b"\0"
    zipped(parts, tmp_path / "a.xlsb")
    with pytest.raises(UnsafeWrite, match=r"\.xlsb"):
        write(tmp_path / "a.xlsb", edit("A1", None, Decimal(1)))


def test_a_chart_sheet_is_refused(tmp_path):
    parts = minimal(sheet(""))
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(b'/worksheet"', b'/chartsheet"')
    zipped(parts, tmp_path / "a.xlsx")
    with pytest.raises(UnsafeWrite, match="不是普通工作表"):
        write(tmp_path / "a.xlsx", edit("A1", None, Decimal(1)))


@pytest.mark.parametrize("transform", ["strict", "case", "backslash", "absolute"])
def test_unusual_packages_are_written_too(tmp_path, transform):
    parts = minimal(sheet('<row r="1"><c r="A1"><v>1</v></c></row>'), strict=transform == "strict")
    if transform == "case":
        parts["XL/Worksheets/Sheet1.xml"] = parts.pop(SHEET_PART)
    if transform == "backslash":
        parts = {name.replace("/", "\\"): content for name, content in parts.items()}
    if transform == "absolute":
        name = "xl/_rels/workbook.xml.rels"
        parts[name] = parts[name].replace(b'"worksheets/', b'"/xl/worksheets/')
    path = tmp_path / "a.xlsx"
    zipped(parts, path)
    write(path, edit("A1", Decimal(1), Decimal(2)), backup=False)
    assert open_book(path).sheets[0].cells[1, 1].value == 2
