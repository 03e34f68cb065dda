"""Whatever the sheet looks like, only the bytes that were meant differ, and marks come off without a trace."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hosts.packaging import SHEET_PART, minimal, part, sheet, zipped
from xlsuite.core.errors import XlsuiteError
from xlsuite.core.finding import Edit, Finding, Mark, Severity
from xlsuite.core.form import Ref
from xlsuite.hosts.package.cell_markup import cell_text, read_cell, with_value
from xlsuite.hosts.package.clear import cleared
from xlsuite.hosts.package.container import Container
from xlsuite.hosts.package.marks import marked
from xlsuite.hosts.package.patch import WriteResult, edited
from xlsuite.hosts.package.sheet_layout import Layout, a1, place_of
from xlsuite.hosts.package.sheet_patch import SheetPatch

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=12)
NUMBERS = st.decimals(-(10**9), 10**9, places=3)
VALUES = st.one_of(st.none(), st.booleans(), NUMBERS, TEXT)
PLACES = st.tuples(st.integers(1, 9), st.integers(1, 9))


@st.composite
def cells(draw: st.DrawFn, place: tuple[int, int], *, explicit: bool) -> str:
    """A ``<c>`` element in one of the many ways it may be written."""
    quote = draw(st.sampled_from("\"'"))
    head = f" r={quote}{a1(place)}{quote}" if explicit else ""
    style = draw(st.sampled_from(["", ' s="1"', " s='2'", ' s="0"  ']))
    head = head + style if draw(st.booleans()) else style + head
    space = draw(st.sampled_from(["", " ", "\n"]))
    number = draw(st.integers(-999, 999))
    text = escape(cell_text(draw(TEXT)))
    return draw(
        st.sampled_from(
            [
                f"<c{head}{space}/>",
                f"<c{head}></c>",
                f"<c{head}><v>{number}</v></c>",
                f"<c{head} t='n'><v>{number}</v>{space}</c>",
                f'<c{head} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>',
                f'<c{head} t="str"><v>{text}</v></c>',
                f'<c{head} t="b"><v>1</v></c>',
                f"<c{head}><v><![CDATA[{number}]]></v></c>",
                f"<c{head}><v>{number}</v><!-- <c r='A1'/> --></c>",
                f'<c{head} x="&lt;c r=&quot;A1&quot;&gt;"><v>{number}</v></c>',
                f'<c{head}><v>{number}</v><extLst><ext uri="u">&gt;</ext></extLst></c>',
            ]
        )
    )


def numbers(explicit: bool) -> st.SearchStrategy[list[int]]:
    """Numbers of rows or columns; without references there are no gaps."""
    gapped = st.sets(st.integers(1, 9), max_size=5).map(sorted)
    return gapped if explicit else st.integers(0, 4).map(lambda count: list(range(1, count + 1)))


ROW_ATTRIBUTES = ("", ' spans="1:3"', ' ht="20.5" customHeight="1"', ' s="1" customFormat="1"')
HEADS = ("", '<dimension ref="A1:C3"/>', '<cols><col min="2" max="4" width="9" style="2"/></cols>')
TAILS = ("", '<mergeCells count="1"><mergeCell ref="B2:C3"/></mergeCells>', "<pageMargins/>")


@st.composite
def sheets(draw: st.DrawFn) -> str:
    """A sheet part: some rows and cells, with or without references, gaps, comments and white space."""
    explicit = draw(st.booleans())
    space = draw(st.sampled_from(["", "\n  ", "<!-- note -->", "<?x y?>"]))
    rows = []
    for number in draw(numbers(explicit)):
        columns = draw(numbers(explicit))
        inner = space.join(draw(cells((number, column), explicit=explicit)) for column in columns)
        attributes = (f' r="{number}"' if explicit else "") + draw(st.sampled_from(ROW_ATTRIBUTES))
        rows.append(f"<row{attributes}>{inner}</row>" if inner or draw(st.booleans()) else f"<row{attributes}/>")
    return sheet(space.join(rows), draw(st.sampled_from(HEADS)), draw(st.sampled_from(TAILS)))


def contents(xml: bytes) -> dict[tuple[int, int], bytes]:
    """Every cell's element by place."""
    return {place: xml[span.start : span.stop] for place, span in Layout(xml).cells.items()}


def skeleton(xml: bytes) -> str:
    """Everything of a sheet part that is no cell, without what may grow with new cells."""
    pieces, position = [], 0
    for span in sorted(Layout(xml).cells.values()):
        pieces.append(xml[position : span.start])
        position = span.stop
    text = b"".join([*pieces, xml[position:]]).decode()
    text = re.sub(r'<dimension ref="[^"]*"/>| spans="[^"]*"', "", text)
    return re.sub(r"<row([^>]*)/>|<row([^>]*)>(\s*)</row>", r"<row\1\2></row>", text)


@settings(max_examples=300, deadline=None)
@given(sheets(), st.dictionaries(PLACES, VALUES, max_size=4))
def test_only_the_cells_meant_differ(xml, changes):
    raw = xml.encode()
    patch = SheetPatch(raw, changes)
    for place, value in changes.items():
        patch.set_value(place, value)
    output = patch.result()
    before, after = contents(raw), contents(output)
    assert {p: c for p, c in before.items() if p not in changes} == {p: c for p, c in after.items() if p not in changes}
    created = {place for place in after if place not in before}
    assert created == {place for place, value in changes.items() if value is not None and place not in before}
    rows_before = set(Layout(raw).rows)
    new_rows = {row for row, _ in created} - rows_before
    rest = re.sub("|".join(f'<row r="{row}"></row>' for row in new_rows) or "(?!)", "", skeleton(output))
    assert rest == skeleton(raw)
    for place, value in changes.items():
        check_value(after.get(place), value)


def check_value(fragment: bytes | None, value: object) -> None:
    cell = read_cell(fragment) if fragment else None
    if value is None:
        assert cell is None or (cell.content is None and not cell.formula)
    elif isinstance(value, bool):
        assert (cell.kind, cell.content) == ("b", str(int(value)))
    elif isinstance(value, Decimal):
        assert Decimal(cell.content) == value
    else:
        assert (cell.kind, cell.content) == ("inlineStr", cell_text(value))


@settings(max_examples=200, deadline=None)
@given(sheets(), PLACES, VALUES)
def test_the_quick_way_and_the_thorough_way_agree(xml, place, value):
    raw = xml.encode()
    quick, thorough = SheetPatch(raw, [place]), SheetPatch(raw)
    _ = thorough.layout
    for patch in (quick, thorough):
        patch.set_value(place, value)
    assert quick.result() == thorough.result()


@settings(max_examples=200, deadline=None)
@given(st.data(), VALUES, VALUES)
def test_a_value_written_twice_is_the_last_one(data, first, second):
    fragment = data.draw(cells((1, 1), explicit=True)).encode()
    twice, once = with_value(with_value(fragment, first), second), with_value(fragment, second)
    assert neutral(twice) == neutral(once)


def neutral(fragment: bytes) -> str:
    """Quotes and blanks of a start tag may differ when an attribute went and came back."""
    return re.sub(r"\s+(?=[\s>/])", "", fragment.decode().replace("'", '"'))


MARKS = st.lists(st.tuples(PLACES, st.sampled_from(Severity), TEXT), max_size=6)


@settings(max_examples=60, deadline=None)
@given(sheets(), MARKS)
def test_marks_come_off_without_a_trace(xml, drawn):
    data = zipped(minimal(xml))
    marks = [Mark(Ref("表", *place), severity, note) for place, severity, note in drawn]
    findings = [Finding("A", mark.severity, mark.note, (mark.ref,), fingerprint=mark.note) for mark in marks]
    output, _ = marked(data, marks, findings)
    again, _ = marked(output, marks, findings)
    assert again == output
    assert cleared(output)[0] == data


@settings(max_examples=60, deadline=None)
@given(sheets(), MARKS, PLACES, NUMBERS)
def test_edits_between_marking_and_clearing_remain(xml, drawn, place, value):
    """The same edit, made before or between, leaves the same cells."""
    data = zipped(minimal(xml))
    place = (2, 2) if place in ((2, 3), (3, 2), (3, 3)) else place
    old = read_old(data, place)
    edit = Edit(Ref("表", *place), old, value, "")
    plain = edited(data, [edit], WriteResult(None, ""), recompute=False)
    output, _ = marked(data, [Mark(Ref("表", *p), severity, note) for p, severity, note in drawn], [])
    later = cleared(edited(output, [edit], WriteResult(None, ""), recompute=False))[0]
    assert contents(part(later)) == contents(part(plain))
    assert set(Container(later).members) == set(Container(data).members)
    for name in Container(data).members:
        if name != SHEET_PART:
            assert part(later, name) == part(plain, name)


def read_old(data: bytes, place: tuple[int, int]) -> object:
    fragment = contents(part(data)).get(place)
    cell = read_cell(fragment) if fragment else None
    if cell is None or cell.content is None:
        return None
    return {"n": lambda t: Decimal(t), "b": lambda t: t == "1"}.get(cell.kind, str)(cell.content)


def ends_in_a_sentence(action: Callable[[], object]) -> bool:
    """The action succeeds, or says in Chinese why not; any other error comes through."""
    try:
        action()
    except XlsuiteError as error:
        return "。" in str(error)
    return True


def actions(data: bytes, note: str = "x") -> list[Callable[[], object]]:
    edit = Edit(Ref("表", 1, 1), Decimal(1), Decimal(2), "")
    return [
        lambda: edited(data, [edit], WriteResult(None, ""), recompute=False),
        lambda: marked(data, [Mark(Ref("表", 3, 3), Severity.ERROR, note)], []),
    ]


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=40), st.integers(0, 2000), st.integers(0, 40))
def test_damaged_packages_end_in_a_sentence(noise, at, cut):
    """Bytes of a sound package overwritten or cut out."""
    data = zipped(minimal(sheet('<row r="1"><c r="A1"><v>1</v></c></row>')))
    at %= len(data)
    assert all(ends_in_a_sentence(action) for action in actions(data[:at] + noise + data[at + cut :]))


PARTS = [SHEET_PART, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"]
NOISE = st.one_of(st.text(max_size=40), st.text("<>/\"'= &;crfvis0123456789A:", max_size=12))


@settings(max_examples=600, deadline=None)
@given(NOISE, st.sampled_from(PARTS), st.data())
def test_damaged_markup_ends_in_a_sentence(noise, name, data):
    """Text put into a part of a sound package."""
    parts = minimal(sheet('<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="s"><v>0</v></c></row>'))
    xml = parts[name].decode()
    at = data.draw(st.integers(0, len(xml)))
    parts[name] = (xml[:at] + noise + xml[at + 3 :]).encode("utf-8", "replace")
    assert all(ends_in_a_sentence(action) for action in actions(zipped(parts), noise))


@pytest.mark.parametrize("cell", ["A1", "XFD1048576"])
def test_the_corners_of_a_sheet(cell):
    patch = SheetPatch(sheet("").encode())
    patch.set_value(place_of(cell), Decimal(1))
    assert list(contents(patch.result())) == [place_of(cell)]
