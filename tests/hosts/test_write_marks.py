"""Marks on cells, notes and the sheet 校验结果: new and existing ones, explanations, other programs in between."""

# ruff: noqa: E501 (markup is compared line by line, unbroken)

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.hosts.packaging import HEAD, MAIN, OFFICE, RELATIONS, SHEET_PART, STRICT_MAIN, minimal, part, sheet, zipped
from xlsuite.core.errors import UnsafeWrite
from xlsuite.core.finding import ERROR, INFO, WARNING, Finding, Mark, fingerprint
from xlsuite.core.form import Ref
from xlsuite.hosts.base import open_book
from xlsuite.hosts.package import listing
from xlsuite.hosts.package.kept import difference, put_back, reverse
from xlsuite.hosts.package.ledger import from_line, from_xml
from xlsuite.hosts.package.listing import read_explanations, rows_of
from xlsuite.hosts.package.look import COLOURS, HEADING, note_block
from xlsuite.hosts.package.marks import clear_marks, mark
from xlsuite.hosts.package.markup import Splice, spliced
from xlsuite.hosts.package.note_boxes import NoteBoxes
from xlsuite.hosts.package.sheet_layout import place_of
from xlsuite.hosts.package.sheet_patch import SheetPatch
from xlsuite.hosts.package.styles_patch import StylesPatch

DATA = (
    '<row r="1"><c r="A1" s="1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    '<row r="2"><c r="A2" s="2" t="inlineStr"><is><t>文</t></is></c><c r="B2" s="1"/></row>'
)
COMMENTS = (
    f'{HEAD}<comments xmlns="{MAIN}"><authors><author>张三</author></authors><commentList>'
    '<comment ref="A1" authorId="0"><text><t>用户的批注</t></text></comment>'
    '<comment ref="B2" authorId="0"><text><r><rPr><b/></rPr><t xml:space="preserve">粗 </t></r><r><t>体</t></r></text></comment>'
    "</commentList></comments>"
)
DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>'
    '<v:shapetype id="_x0000_t202"></v:shapetype>'
    '<v:shape id="_x0000_s2046" type="#_x0000_t202"><x:ClientData ObjectType="Note"><x:Row>0</x:Row><x:Column>0</x:Column>'
    '</x:ClientData></v:shape><v:shape id="_x0000_s2047" type="#_x0000_t201"><v:textbox><div>按<br>钮</div></v:textbox>'
    '<x:ClientData ObjectType="Button"/></v:shape></xml>'
)


def with_notes(**parts: str) -> dict[str, bytes]:
    """A workbook whose sheet has notes and a button, in markup that no XML parser would take."""
    found = minimal(sheet(DATA, after='<legacyDrawing r:id="rId7"/>'))
    found["xl/worksheets/_rels/sheet1.xml.rels"] = (
        f'{HEAD}<Relationships xmlns="{RELATIONS}">'
        f'<Relationship Id="rId7" Type="{OFFICE}/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/>'
        f'<Relationship Id="rId8" Type="{OFFICE}/comments" Target="../comments1.xml"/></Relationships>'
    ).encode()
    found["xl/comments1.xml"], found["xl/drawings/vmlDrawing1.vml"] = COMMENTS.encode(), DRAWING.encode()
    return found | {name: content.encode() for name, content in parts.items()}


def at(cell: str, severity=ERROR, note: str = "说明", name: str = "表") -> Mark:
    return Mark(Ref(name, *place_of(cell)), severity, note)


def found(cell: str, severity=ERROR, values: tuple[str, ...] = ("1",), message: str = "数不对。") -> Finding:
    return Finding(
        "SCO101", severity, message, (Ref("表", *place_of(cell)),), fingerprint=fingerprint("SCO101", cell, values)
    )


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "表.xlsx"
    zipped(minimal(sheet(DATA)), path)
    return path


@pytest.fixture
def noted(tmp_path: Path) -> Path:
    path = tmp_path / "注.xlsx"
    zipped(with_notes(), path)
    return path


def fill(path: Path, cell: str) -> str:
    """RRGGBB of the solid fill a cell has."""
    styles = StylesPatch(part(path, "xl/styles.xml"))
    return styles.solid_colour(styles.fill_of(SheetPatch(part(path)).cell(place_of(cell)).style))


VARIANTS = {
    "plain": minimal(sheet(DATA)),
    "strict": {n: c.replace(MAIN.encode(), STRICT_MAIN.encode()) for n, c in minimal(sheet(DATA), strict=True).items()},
    "prefixed": minimal(re.sub(r"<(/?)(?!\?)", r"<\1x:", sheet(DATA)).replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')),
    "prefixed styles": {
        n: re.sub(rb"<(/?)(?!\?)", rb"<\1y:", c).replace(b"xmlns=", b"xmlns:y=") if n == "xl/styles.xml" else c
        for n, c in minimal(sheet(DATA)).items()
    },
    "utf-16": minimal(sheet(DATA).replace("UTF-8", "UTF-16").encode("utf-16")),
    "no references": minimal(re.sub(r' r="[A-Z]*\d+"', "", sheet(DATA))),
    "no office prefix": minimal(sheet(DATA).replace(f' xmlns:r="{OFFICE}"', "")),
    "notes and buttons": with_notes(),
    "names already": minimal(
        sheet(DATA), book="<definedNames><definedName name='n'>表!$A$1</definedName></definedNames><calcPr/>"
    ),
    "tables behind": minimal(sheet(DATA, after="<tableParts count='0'/><extLst/>")),
    "bare styles": minimal(
        sheet(DATA.replace(' s="1"', "").replace(' s="2"', "")), **{"xl/styles.xml": f'<styleSheet xmlns="{MAIN}"/>'}
    ),
    "empty rows": minimal(sheet("<row r='1'/><row r='2'/>")),
}


@pytest.mark.parametrize("parts", VARIANTS.values(), ids=VARIANTS.keys())
def test_marks_are_there_and_clearing_restores_every_byte(tmp_path, parts):
    path, marked = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    zipped(parts, path)
    marks = [at("A1"), at("B1", WARNING), at("B2", INFO), at("D9", INFO)]
    mark(path, marked, marks, [found("A1")])
    colours = {cell: fill(marked, cell) for cell in ("A1", "B1", "B2", "D9")}
    assert colours == {"A1": COLOURS[ERROR], "B1": COLOURS[WARNING], "B2": COLOURS[INFO], "D9": COLOURS[INFO]}
    notes = open_book(marked).sheets[0].notes
    assert {place for place, text in notes.items() if HEADING in text} == {place_of(c) for c in colours}
    clear_marks(marked, marked)
    assert marked.read_bytes() == path.read_bytes()


def test_other_properties_of_the_look_are_kept(book):
    mark(book, book, [at("B2")], [])
    styles = StylesPatch(part(book, "xl/styles.xml"))
    markup = styles.format_markup(SheetPatch(part(book)).cell((2, 2)).style)
    assert 'numFmtId="10"' in markup
    assert '<alignment horizontal="center"/>' in markup


def test_an_equal_look_is_one_format(book):
    mark(book, book, [at("A1"), at("B2")], [])
    patch = SheetPatch(part(book))
    assert patch.cell((1, 1)).style == patch.cell((2, 2)).style


def test_the_most_serious_mark_gives_the_colour_and_all_give_text(book):
    mark(book, book, [at("A1", INFO, "小事"), at("A1", ERROR, "大事"), at("A1", INFO, "小事")], [])
    assert fill(book, "A1") == COLOURS[ERROR]
    assert open_book(book).sheets[0].notes[1, 1] == f"{HEADING}\n【错误】大事\n【提示】小事"


def test_a_note_that_says_its_severity_is_not_told_twice():
    assert note_block([at("A1", ERROR, "【错误】大事")]) == f"{HEADING}\n【错误】大事"


def test_a_merged_area_is_marked_at_its_head(tmp_path):
    path = tmp_path / "a.xlsx"
    zipped(minimal(sheet(DATA, after='<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>')), path)
    mark(path, path, [at("B2")], [])
    assert fill(path, "A1") == COLOURS[ERROR]
    assert fill(path, "B2") != COLOURS[ERROR]


def test_existing_notes_get_our_text_below_their_own(noted):
    before = part(noted, "xl/comments1.xml").decode()
    mark(noted, noted, [at("A1", note="甲"), at("B2", note="乙"), at("B1", note="丙")], [])
    notes = open_book(noted).sheets[0].notes
    assert notes[1, 1] == f"用户的批注\n{HEADING}\n【错误】甲"
    assert notes[2, 2] == f"粗 体\n{HEADING}\n【错误】乙"
    assert notes[1, 2] == f"{HEADING}\n【错误】丙"
    after = part(noted, "xl/comments1.xml").decode()
    assert '<r><rPr><b/></rPr><t xml:space="preserve">粗 </t></r><r><t>体</t></r>' in after
    assert before.count("<comment ") + 1 == after.count("<comment ")


def test_new_boxes_join_the_buttons_and_get_numbers_of_their_own(noted):
    mark(noted, noted, [at("B1")], [])
    drawing = part(noted, "xl/drawings/vmlDrawing1.vml").decode()
    assert "<div>按<br>钮</div>" in drawing
    numbers = re.findall(r"_x0000_s(\d+)", drawing)
    assert len(numbers) == len(set(numbers)) == 3
    assert 'data="1,2"' in drawing, "the block of shape numbers was full"
    assert drawing.count('<v:shapetype id="_x0000_t202"') == 1


@pytest.mark.parametrize(
    ("drawing", "block"),
    [(DRAWING.replace("s2046", "s1025").replace("s2047", "s1026"), [1, 1, 1]), ("<xml></xml>", [])],
)
def test_blocks_of_shape_numbers(drawing, block):
    assert NoteBoxes(drawing.encode()).blocks() == block


def test_boxes_are_added_to_drawings_that_declare_nothing():
    boxes = NoteBoxes(b"<xml></xml>")
    boxes.add((1, 1), ((1, 0, 0, 0), (3, 0, 3, 0)), "FFFFFF")
    text = boxes.result().decode()
    assert text.count('xmlns:v="urn:schemas-microsoft-com:vml"') == 2
    boxes.remove((1, 1))
    assert boxes.empty_now


def test_a_drawing_without_an_end_is_refused():
    with pytest.raises(UnsafeWrite):
        NoteBoxes(b"<xml/>").add((1, 1), ((1, 0, 0, 0), (3, 0, 3, 0)), "FFFFFF")


@pytest.mark.parametrize(
    ("rows", "note", "smallest"),
    [("", "短", 2), ("", "很长的说明" * 40, 9), ('<row r="1" ht="300" customHeight="1"/>', "很长的说明" * 40, 0)],
)
def test_a_box_is_large_enough_for_its_text_and_the_sheets_rows(tmp_path, rows, note, smallest):
    path = tmp_path / "a.xlsx"
    zipped(minimal(sheet(rows)), path)
    mark(path, path, [at("A1", note=note)], [])
    drawing = part(path, "xl/drawings/vmlDrawing1.vml").decode()
    anchor = [int(n) for n in re.search(r"<x:Anchor>([^<]*)<", drawing)[1].split(",")]
    assert anchor[4] > anchor[0]
    assert anchor[6] - anchor[2] >= smallest
    assert anchor[6] - anchor[2] < 25


def test_a_broken_drawing_relation_is_refused(tmp_path):
    parts = with_notes()
    del parts["xl/drawings/vmlDrawing1.vml"]
    zipped(parts, tmp_path / "a.xlsx")
    with pytest.raises(UnsafeWrite, match="批注图形已缺失"):
        mark(tmp_path / "a.xlsx", tmp_path / "a.xlsx", [at("B1")], [])


def test_an_unknown_sheet_is_refused_and_nothing_written(book):
    before = book.read_bytes()
    with pytest.raises(UnsafeWrite, match="没有工作表"):
        mark(book, book, [at("A1", name="别的")], [])
    assert book.read_bytes() == before


# --- the listing ---------------------------------------------------------------------------------------------------


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


def test_a_formula_that_refers_to_the_listing_keeps_it(book):
    mark(book, book, [at("A1")], [])
    from xlsuite.hosts.package.archive import Changes, open_for_writing, rewritten

    container = open_for_writing(book.read_bytes())
    formula = part(book).replace(
        b"</sheetData>", '<row r="9"><c r="A9"><f>校验结果!A1</f></c></row></sheetData>'.encode()
    )
    book.write_bytes(rewritten(container, Changes(replaced={SHEET_PART: formula})))
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


# --- other programs in between --------------------------------------------------------------------------------------


def resaved_by_openpyxl(path: Path) -> None:
    """openpyxl renumbers styles, drops custom XML parts and rewrites everything."""
    import openpyxl

    workbook = openpyxl.load_workbook(path)
    workbook.save(path)


def look(path: Path) -> dict[str, tuple[object, object, object]]:
    """Value, fill and note of every cell, by openpyxl."""
    import openpyxl

    worksheet = openpyxl.load_workbook(path)["表"]
    cells = [cell for row in worksheet.iter_rows() for cell in row]
    return {
        cell.coordinate: (cell.value, cell.fill.fill_type and cell.fill.fgColor.rgb, cell.comment and cell.comment.text)
        for cell in cells
    }


@pytest.mark.parametrize("which", ["plain", "noted"])
def test_a_file_saved_by_another_program_is_cleared_cell_by_cell(request, which):
    path = request.getfixturevalue({"plain": "book", "noted": "noted"}[which])
    if which == "noted":  # a library cannot read the button text that no XML parser takes
        zipped(with_notes(**{"xl/drawings/vmlDrawing1.vml": DRAWING.replace("<br>", "<br/>")}), path)
    before = look(path)
    mark(path, path, [at("A1", note="甲"), at("B1", WARNING), at("B2", INFO), at("A2", ERROR)], [found("A1")])
    resaved_by_openpyxl(path)
    assert look(path) != before
    result = clear_marks(path, path)
    assert look(path) == before
    assert result.remarks == []
    assert [grid.name for grid in open_book(path).sheets] == ["表"]


def test_marks_shifted_by_inserted_rows_are_cleared_and_told(book):
    import openpyxl

    mark(book, book, [at("A1"), at("B2", WARNING)], [])
    workbook = openpyxl.load_workbook(book)
    source = workbook["表"]["A1"]
    workbook["表"]["D7"]._style = source._style
    workbook.save(book)
    result = clear_marks(book, book)
    assert look(book)["D7"][1] is None
    assert look(book)["A1"][1] == "FFD9E1F2"
    assert result.remarks == [
        "有 1 个单元格带有校验底色，但找不到原来的样子（可能插入或删除过行），已改为无填充，请核对。"
    ]


def test_a_fill_chosen_by_the_user_after_marking_stays(book):
    import openpyxl
    from openpyxl.styles import PatternFill

    mark(book, book, [at("A1"), at("B1")], [])
    workbook = openpyxl.load_workbook(book)
    workbook["表"]["A1"].fill = PatternFill("solid", fgColor="FF00FF00")
    workbook.save(book)
    clear_marks(book, book)
    assert look(book)["A1"][1] == "FF00FF00"
    assert look(book)["B1"][1] is None


def test_a_users_own_words_in_our_note_stay(book):
    import openpyxl

    mark(book, book, [at("A1", note="甲"), at("B1", note="乙")], [])
    workbook = openpyxl.load_workbook(book)
    workbook["表"]["A1"].comment.text += "\n已问过财务科。"
    workbook.save(book)
    clear_marks(book, book)
    assert look(book)["A1"][2] == "已问过财务科。"
    assert look(book)["B1"][2] is None


def test_the_listing_moved_to_the_front_by_another_program_goes_with_its_names(book):
    import openpyxl

    mark(book, book, [at("A1")], [found("A1")])
    workbook = openpyxl.load_workbook(book)
    workbook.move_sheet("校验结果", -1)
    workbook["表"].print_title_rows = "1:1"
    workbook.active = 1
    workbook.save(book)
    clear_marks(book, book)
    workbook = openpyxl.load_workbook(book)
    assert workbook.sheetnames == ["表"]
    assert workbook["表"].print_title_rows == "$1:$1"
    assert workbook.active.title == "表"


def test_marks_are_cleared_even_when_the_listing_was_deleted(book):
    import openpyxl

    mark(book, book, [at("B1"), at("B2")], [])
    workbook = openpyxl.load_workbook(book)
    del workbook["校验结果"]
    workbook.save(book)
    assert clear_marks(book, book).remarks == [
        "有 2 个单元格带有校验底色，但找不到原来的样子（可能插入或删除过行），已改为无填充，请核对。"
    ]
    after = look(book)
    assert (after["B1"], after["B2"]) == ((2, None, None), (None, None, None))


def test_a_sheet_renamed_after_marking_is_cleared(book):
    import openpyxl

    before = look(book)
    mark(book, book, [at("A1"), at("B2")], [])
    workbook = openpyxl.load_workbook(book)
    workbook["表"].title = "新名"
    workbook.save(book)
    assert clear_marks(book, book).remarks == []
    workbook = openpyxl.load_workbook(book)
    workbook["新名"].title = "表"
    workbook.save(book)
    assert look(book) == before


@pytest.mark.office
@pytest.mark.slow
@pytest.mark.parametrize("which", ["book", "noted"])
def test_a_file_saved_by_libreoffice_is_cleared(request, which, soffice, tmp_path):
    from xlsuite.hosts.soffice import convert

    path = request.getfixturevalue(which)
    folder = tmp_path / "out"
    folder.mkdir()
    marked = tmp_path / "marked.xlsx"
    mark(path, marked, [at("A1", note="甲"), at("B1", WARNING), at("B2", INFO)], [found("A1")])
    plain, saved = convert([path, marked], "xlsx:Calc MS Excel 2007 XML", folder)
    clear_marks(saved, saved)
    resaved = look(plain)
    assert look(saved) == resaved
    assert [grid.name for grid in open_book(saved).sheets] == ["表"]


def test_the_heading_row_and_columns_agree():
    assert len(listing.HEADINGS) == len(listing.WIDTHS)
