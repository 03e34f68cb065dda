"""Marks on cells and in notes: put on whatever the sheet looks like, and taken off byte for byte."""

# ruff: noqa: E501 (markup is compared line by line, unbroken)

from __future__ import annotations

import re

import pytest

from tests.hosts.noted import COMMENTS, DATA, DRAWING, at, fill, found, with_notes, without_styles
from tests.hosts.packaging import MAIN, OFFICE, STRICT_MAIN, minimal, part, sheet, zipped
from xlsuite.core.errors import UnsafeWrite
from xlsuite.core.finding import ERROR, INFO, WARNING
from xlsuite.hosts.base import open_book
from xlsuite.hosts.package.look import COLOURS, HEADING, note_block
from xlsuite.hosts.package.marks import clear_marks, mark
from xlsuite.hosts.package.note_boxes import NoteBoxes
from xlsuite.hosts.package.sheet_layout import place_of
from xlsuite.hosts.package.sheet_patch import SheetPatch
from xlsuite.hosts.package.styles_patch import StylesPatch

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
    "some styles": minimal(
        sheet(DATA.replace(' s="1"', "").replace(' s="2"', "")),
        **{
            "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><fonts count="0"/><fills></fills><dxfs count="0"/></styleSheet>'
        },
    ),
    "no styles": without_styles(minimal(sheet(DATA.replace(' s="1"', "").replace(' s="2"', "")))),
    "note without text": with_notes(**{"xl/comments1.xml": re.sub(r"<text>.*?</text>", "", COMMENTS)}),
    "note with empty text": with_notes(**{"xl/comments1.xml": re.sub(r"<text>.*?</text>", "<text/>", COMMENTS)}),
    "no content type for notes": minimal(sheet(DATA), **{"xl/comments1.xml": COMMENTS}),
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
