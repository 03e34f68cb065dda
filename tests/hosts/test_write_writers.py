"""The same edits and marks on files by every writer people use; every one comes back byte for byte."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from tests.hosts.packaging import contents, differing
from xlsuite.core.finding import ERROR, INFO, WARNING, Edit, Finding, Mark
from xlsuite.core.form import Ref
from xlsuite.hosts.base import open_book
from xlsuite.hosts.package.marks import clear_marks, mark
from xlsuite.hosts.package.patch import apply_edits

ROWS = [
    ["项目支出绩效自评表", None, None, None],
    ["指标", "分值", "得分", "完成率"],
    ["数量指标", 20, 18, "=C3/B3"],
    ["质量指标", 30, 25, "=C4/B4"],
    ["合计", 50, "43分", "=SUM(C3:C4)"],
]


def by_xlsxwriter(path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("自评表")
    border = book.add_format({"border": 1, "bg_color": "#EEEEEE"})
    for number, row in enumerate(ROWS):
        sheet.write_row(number, 0, row, border)
    sheet.merge_range("A1:D1", ROWS[0][0], border)
    sheet.write_comment("B3", "原批注")
    book.close()


def by_openpyxl(path: Path) -> None:
    import openpyxl
    from openpyxl.comments import Comment

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "自评表"
    for row in ROWS:
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    sheet["B3"].comment = Comment("原批注", "张三")
    book.save(path)


def by_excelize(path: Path) -> None:
    import excelize

    by_openpyxl(path)
    file = excelize.open_file(str(path))
    file.set_cell_value("自评表", "F9", "由此改写")
    file.save()
    file.close()


def by_pandas(path: Path) -> None:
    import pandas

    pandas.DataFrame(ROWS).to_excel(path, sheet_name="自评表", header=False, index=False)


def transformed(path: Path, change: Callable[[str, str], str]) -> None:
    """XlsxWriter's file with its text changed part by part."""
    by_xlsxwriter(path)
    with zipfile.ZipFile(path) as source:
        parts = {info: source.read(info) for info in source.infolist()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for info, content in parts.items():
            if info.filename.endswith((".xml", ".rels")):
                content = change(info.filename, content.decode()).encode()
            target.writestr(info, content)
    path.write_bytes(stream.getvalue())


def prefixed(name: str, text: str) -> str:
    """Every element of the main namespace with a prefix, as some reporting systems write."""
    if not name.startswith("xl/") or "spreadsheetml/2006/main" not in text[:600] or name.endswith(".rels"):
        return text
    text = re.sub(r"<(/?)([A-Za-z])(?![\w]*:)", r"<\1x:\2", text)
    return text.replace(
        'xmlns="http://schemas.openxmlformats.org/spreadsheetml',
        'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml',
    )


def strict(_: str, text: str) -> str:
    """The strict variant, as Excel saves it on request."""
    text = text.replace(
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"
    )
    return text.replace(
        "http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/"
    )


def wps_like(name: str, text: str) -> str:
    """Habits of WPS: its own extension namespaces, no spans, single quotes in places, its own workbook extension."""
    if name.startswith("xl/worksheets/sheet"):
        text = re.sub(r' spans="[^"]*"', "", text)
        text = text.replace("<worksheet ", '<worksheet xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData" ')
        text = re.sub(r'<c r="([A-Z]+\d+)" s="(\d+)"', r"<c r='\1' s='\2'", text)
    if name == "xl/workbook.xml":
        text = text.replace("<calcPr ", '<calcPr calcMode="auto" ').replace("<sheets>", "\r\n <sheets>\r\n")
    return text


def indented(name: str, text: str) -> str:
    """Pretty-printed markup with line ends of Windows."""
    return text if name.startswith("xl/sharedStrings") else text.replace("><", ">\r\n  <")


WRITERS: dict[str, Callable[[Path], None]] = {
    "xlsxwriter": by_xlsxwriter,
    "openpyxl": by_openpyxl,
    "excelize": by_excelize,
    "pandas": by_pandas,
    "prefixed": lambda path: transformed(path, prefixed),
    "strict": lambda path: transformed(path, strict),
    "wps-like": lambda path: transformed(path, wps_like),
    "indented": lambda path: transformed(path, indented),
}
EDITS = [("C3", Decimal(18), Decimal("17.5")), ("C5", "43分", "42.5分"), ("E8", None, "补充")]
MARKS = [("C3", ERROR), ("B3", WARNING), ("A1", INFO), ("D4", ERROR), ("F20", INFO)]


def ref(cell: str) -> Ref:
    return Ref("自评表", int(cell[1:]), ord(cell[0]) - 64)


def edits() -> list[Edit]:
    return [Edit(ref(cell), old, new, "测试") for cell, old, new in EDITS]


def check_edits(path: Path, target: Path) -> None:
    before = open_book(path).sheets[0]
    apply_edits(path, target, edits(), expected_sha256=None, recompute=False)
    after = open_book(target).sheets[0]
    expected = dict(before.cells)
    assert {place for place in after.cells if after.cells[place] != expected.get(place)} == {
        (edit.ref.row, edit.ref.column) for edit in edits()
    }
    for edit in edits():
        assert after.cells[edit.ref.row, edit.ref.column].value == edit.new
    assert differing(path, target) <= {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}
    assert (after.merges, after.notes) == (before.merges, before.notes)


def check_marks(path: Path, target: Path, *, by_zlib: bool) -> None:
    """``by_zlib``: the writer compresses as zlib does, so that even the compressed bytes come back."""
    marks = [Mark(ref(cell), severity, f"{cell} 有问题。") for cell, severity in MARKS]
    mark(path, target, marks, [Finding("A", m.severity, m.note, (m.ref,)) for m in marks])
    book = open_book(target)
    assert book.sheets[0].cells == open_book(path).sheets[0].cells
    for m in marks:
        assert book.sheets[0].notes[m.ref.row, m.ref.column].endswith(f"【{m.severity.label}】{m.note}")
    assert book.sheets[-1].name == "校验结果"
    clear_marks(target, target)
    assert contents(target) == contents(path)
    if by_zlib:
        assert target.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS.keys())
def test_edits(tmp_path, writer):
    writer(tmp_path / "a.xlsx")
    check_edits(tmp_path / "a.xlsx", tmp_path / "b.xlsx")


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS.keys())
def test_marks(tmp_path, writer):
    writer(tmp_path / "a.xlsx")
    check_marks(tmp_path / "a.xlsx", tmp_path / "b.xlsx", by_zlib=writer is not by_excelize)


@pytest.mark.parametrize("writer", [by_xlsxwriter, by_openpyxl, by_excelize, WRITERS["strict"], WRITERS["prefixed"]])
def test_another_library_reads_the_results(tmp_path, writer):
    import python_calamine

    path, target = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    writer(path)
    apply_edits(path, target, edits(), expected_sha256=None, recompute=False)
    mark(target, target, [Mark(ref("C3"), ERROR, "x")], [Finding("A", ERROR, "x", (ref("C3"),))])
    book = python_calamine.CalamineWorkbook.from_path(target)
    rows = book.get_sheet_by_name("自评表").to_python(skip_empty_area=False)
    assert (rows[2][2], rows[4][2], rows[7][4]) == (17.5, "42.5分", "补充")
    assert "校验结果" in book.sheet_names


@pytest.mark.office
@pytest.mark.slow
@pytest.mark.usefixtures("soffice")
def test_files_by_libreoffice(tmp_path):
    from xlsuite.hosts.soffice import convert

    source, folder = tmp_path / "a.xlsx", tmp_path / "out"
    folder.mkdir()
    by_xlsxwriter(source)
    (path,) = convert([source], "xlsx:Calc MS Excel 2007 XML", folder)
    check_edits(path, tmp_path / "b.xlsx")
    check_marks(path, tmp_path / "c.xlsx", by_zlib=True)


@pytest.mark.office
@pytest.mark.slow
@pytest.mark.usefixtures("soffice")
def test_libreoffice_opens_every_result_and_shows_the_new_values(tmp_path):
    from xlsuite.hosts.soffice import convert

    files = []
    for name, writer in WRITERS.items():
        path = tmp_path / f"{name}.xlsx"
        writer(path)
        apply_edits(path, path, edits(), expected_sha256=None, recompute=False, backup=False)
        mark(
            path,
            path,
            [Mark(ref("C3"), ERROR, "得分不对")],
            [Finding("A", ERROR, "得分不对", (ref("C3"),))],
            backup=False,
        )
        files.append(path)
    folder = tmp_path / "csv"
    folder.mkdir()
    for path, output in zip(files, convert(files, "csv:Text - txt - csv (StarCalc):44,34,76", folder), strict=True):
        text = output.read_text(encoding="utf-8")
        assert "17.5" in text, path.name
        assert "42.5分" in text, path.name
