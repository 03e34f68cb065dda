"""The sheet 校验结果: what it says, the explanations typed on it, and how it goes away."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.hosts.noted import DATA, at, found, replaced
from tests.hosts.packaging import HEAD, MAIN, OFFICE, RELATIONS, SHEET_PART, contents, minimal, part, sheet, zipped
from xlsuite.core.errors import UnsafeWrite
from xlsuite.core.finding import ERROR, WARNING, Finding, Mark
from xlsuite.core.form import Ref
from xlsuite.hosts.base import open_book
from xlsuite.hosts.package.kept import difference, put_back, reverse
from xlsuite.hosts.package.ledger import from_line, from_xml
from xlsuite.hosts.package.listing import read_explanations, rows_of
from xlsuite.hosts.package.marks import clear_marks, mark
from xlsuite.hosts.package.markup import Splice, spliced


def listing_grid(path: Path):
    return next(grid for grid in open_book(path).sheets if grid.name.startswith("校验结果"))


def test_the_listing_says_everything(book):
    finding = Finding(
        *("SCO101", ERROR, "执行得分应为 7.71。", (Ref("表", 1, 2),)),
        printed="9",
        expected="7.71",
        suggestion="改为 7.71。",
        fingerprint="a" * 12 + "-" + "b" * 6,
    )
    whole = Finding("STR001", WARNING, "=cmd|' /C calc'!A0", fingerprint="c" * 12 + "-" + "d" * 6)
    mark(book, book, [], [finding, whole])
    grid = listing_grid(book)
    row = [grid.cells[5, column].text if (5, column) in grid.cells else "" for column in range(1, 11)]
    assert row == ["1", "错误", "SCO101", "表 B1", "执行得分应为 7.71。", "9", "7.71", "改为 7.71。", "", ""]
    assert grid.cells[6, 4].text == "整份表格"
    assert grid.cells[6, 5].formula is None
    assert grid.cells[6, 5].text == whole.message
    assert grid.cells[2, 1].text == "共 2 条：错误 1 条，警告 1 条。"
    assert {11, 12} <= grid.hidden_columns


def test_a_clean_workbook_gets_a_listing_that_says_so(book):
    mark(book, book, [], [])
    assert listing_grid(book).cells[2, 1].text == "没有发现问题。"
    clear_marks(book, book)


def test_sheet_names_with_quotes_are_linked(tmp_path):
    parts = minimal(sheet(DATA))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace('"表"'.encode(), b'"a\'b &amp; c"')
    zipped(parts, tmp_path / "a.xlsx")
    ref = Ref("a'b & c", 1, 1)
    mark(tmp_path / "a.xlsx", tmp_path / "a.xlsx", [Mark(ref, ERROR, "x")], [Finding("A", ERROR, "x", (ref,))])
    assert b"location=\"'a''b &amp; c'!A1\"" in part(tmp_path / "a.xlsx", "xl/worksheets/sheet2.xml")


def test_a_sheet_of_that_name_that_is_not_ours_stays(tmp_path):
    parts = minimal(sheet(DATA))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace('"表"'.encode(), '"校验结果"'.encode())
    path = tmp_path / "a.xlsx"
    zipped(parts, path)
    before = path.read_bytes()
    mark(path, path, [at("A1", name="校验结果")], [])
    assert [grid.name for grid in open_book(path).sheets] == ["校验结果", "校验结果2"]
    mark(path, path, [at("A1", name="校验结果")], [])
    assert [grid.name for grid in open_book(path).sheets] == ["校验结果", "校验结果2"]
    clear_marks(path, path)
    assert path.read_bytes() == before


def explain(path: Path, row: int, text: str) -> None:
    """Type a text into column 说明, as the user does."""
    from xlsuite.core.finding import Edit
    from xlsuite.hosts.package.patch import apply_edits

    grid = listing_grid(path)
    old = grid.cells[row, 9].text if (row, 9) in grid.cells else None
    edit = Edit(Ref(grid.name, row, 9), old, text, "")
    apply_edits(path, path, [edit], expected_sha256=None, recompute=False, backup=False)


def test_explanations_are_read_back_by_fingerprint(book):
    mark(book, book, [], [found("A1"), found("B1", values=("2",))])
    assert read_explanations(book) == {}
    explain(book, 6, "按合同约定分期支付。")
    expected = {found("B1", values=("2",)).fingerprint: "按合同约定分期支付。"}
    assert read_explanations(book) == read_explanations(open_book(book)) == expected


def test_explanations_survive_marking_again_and_go_stale_with_the_numbers(book):
    mark(book, book, [at("A1")], [found("A1"), found("B1")])
    explain(book, 5, "已核对凭证。")
    explain(book, 6, "年底追加预算。")
    mark(book, book, [at("A1")], [found("B1", values=("9",)), found("A1"), found("B2")])
    grid = listing_grid(book)
    states = {
        grid.cells[row, 4].text: [grid.cells[row, c].text for c in (9, 10) if (row, c) in grid.cells]
        for row in (5, 6, 7)
    }
    assert states == {
        "表 B1": ["年底追加预算。", "数字已变，说明须复核"],
        "表 A1": ["已核对凭证。", "已说明"],
        "表 B2": [],
    }
    assert read_explanations(book)[found("B1").fingerprint] == "年底追加预算。", "written for the old numbers"
    mark(book, book, [at("A1")], [found("B1", values=("9",)), found("A1")])
    assert listing_grid(book).cells[5, 10].text == "数字已变，说明须复核", "not reviewed by marking once more"
    explain(book, 5, "年底追加预算，文号见附件。")
    assert read_explanations(book)[found("B1", values=("9",)).fingerprint] == "年底追加预算，文号见附件。"
    mark(book, book, [at("A1")], [found("B1", values=("9",)), found("A1")])
    assert listing_grid(book).cells[5, 10].text == "已说明"


def test_an_explanation_without_its_finding_is_kept_at_the_end(book):
    mark(book, book, [], [found("A1")])
    explain(book, 5, "已核对凭证。")
    mark(book, book, [], [found("B1")])
    grid = listing_grid(book)
    assert [grid.cells[6, c].text for c in (2, 9, 10)] == ["已消除", "已核对凭证。", "已消除"]
    assert grid.cells[2, 1].text == "共 1 条：错误 1 条。"
    mark(book, book, [], [found("A1")])
    assert listing_grid(book).cells[5, 9].text == "已核对凭证。"


def test_rows_without_explanations():
    assert [row.state for row in rows_of([found("A1")], {})] == [""]


def test_a_workbook_without_listing_has_no_explanations(book):
    assert read_explanations(book) == {}
    assert read_explanations(open_book(book)) == {}


def test_what_other_programs_hung_on_the_listing_goes_with_it(book):
    """Printer settings stored for the listing, a formula typed into it, and the calculation chain that names it."""
    mark(book, book, [at("A1")], [found("A1")])
    listing_part = "xl/worksheets/sheet2.xml"
    printed = f'{HEAD}<Relationships xmlns="{RELATIONS}">' + (
        f'<Relationship Id="rId1" Type="{OFFICE}/printerSettings" Target="../printerSettings/p1.bin"/></Relationships>'
    )
    extra = {"xl/worksheets/_rels/sheet2.xml.rels": printed.encode(), "xl/printerSettings/p1.bin": b"\0"}
    extra["xl/calcChain.xml"] = f'<calcChain xmlns="{MAIN}"><c r="A9" i="2"/></calcChain>'.encode()
    typed = part(book, listing_part).replace(
        b"</sheetData>", b'<row r="99"><c r="A99"><f>1+1</f></c></row></sheetData>'
    )
    replaced(book, listing_part, typed, **extra)
    chain = f'<Relationship Id="rIdC" Type="{OFFICE}/calcChain" Target="calcChain.xml"/></Relationships>'.encode()
    name = "xl/_rels/workbook.xml.rels"
    replaced(book, name, part(book, name).replace(b"</Relationships>", chain))
    clear_marks(book, book)
    names = {name for name, _ in contents(book)}
    assert not names & {"xl/printerSettings/p1.bin", "xl/calcChain.xml", listing_part}
    assert b"calcChain" not in part(book, name)


def test_a_formula_that_refers_to_the_listing_keeps_it(book):
    mark(book, book, [at("A1")], [])
    formula = part(book).replace(
        b"</sheetData>", '<row r="9"><c r="A9"><f>校验结果!A1</f></c></row></sheetData>'.encode()
    )
    replaced(book, SHEET_PART, formula)
    with pytest.raises(UnsafeWrite, match="有公式引用了“校验结果”"):
        clear_marks(book, book)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"sheet": 1}', "行"])
def test_records_that_are_none(text):
    assert from_line(text) is None


def test_a_ledger_that_is_none():
    assert from_xml(b"<marks>{}</marks>") is None
    assert from_xml(b"not xml") is None


def test_no_former_content_stays_hidden_in_the_marked_file(noted):
    """Whoever gets the marked file after its figures were corrected must not find the old ones in it."""
    mark(noted, noted, [at("A1"), at("B1"), at("A2"), at("B2")], [found("A1")])
    ledger = from_xml(part(noted, "customXml/item1.xml"))
    hidden = b"".join(splice.text for kept in ledger.kept.values() for splice in kept.undo)
    for content in (b"<v>", "文".encode(), "用户的批注".encode(), "粗".encode()):
        assert content not in hidden


def test_a_record_that_no_longer_fits_is_not_used(book):
    before = part(book)
    mark(book, book, [at("A1")], [])
    kept = from_xml(part(book, "customXml/item1.xml")).kept[SHEET_PART]
    marked = part(book)
    assert put_back(kept, marked).record.startswith(kept.head)
    other = replace(kept, packed=kept.packed ^ 1)
    assert put_back(other, marked) == before, "another build of zlib: the content alone comes back"
    assert put_back(replace(kept, level=-1), marked) == before
    assert put_back(replace(kept, undo=(Splice(5, 2, b"x"), Splice(1, 9, b""))), marked) is None
    assert put_back(replace(kept, undo=()), marked) is None


@pytest.mark.parametrize(
    ("before", "splices"),
    [
        (b"abcdef", [Splice(2, 4, b"XY"), Splice(5, 5, b"123")]),
        (b"abcdef", [Splice(0, 0, b"1"), Splice(0, 3, b"abd"), Splice(6, 6, b"")]),
        (b"", [Splice(0, 0, b"1"), Splice(0, 0, b"2")]),
        (b"aaaa", [Splice(1, 3, b"a"), Splice(3, 4, b"aaa")]),
    ],
)
def test_splices_are_reversed(before, splices):
    after = spliced(before, splices)
    assert spliced(after, reverse(before, splices)) == before
    assert spliced(after, [difference(before, after)]) == before
