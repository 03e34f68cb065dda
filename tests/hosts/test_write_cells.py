"""What exactly changes in a sheet part when a cell is written: tables of markup before and after."""

from __future__ import annotations

import codecs
from decimal import Decimal

import pytest

from tests.hosts.packaging import MAIN, STRICT_MAIN, sheet
from xlsuite.core.errors import UnreadableFile, UnsafeWrite
from xlsuite.hosts.package.cell_markup import cell_text, number_text, read_cell, with_cached, with_style, with_value
from xlsuite.hosts.package.sheet_layout import place_of
from xlsuite.hosts.package.sheet_patch import SheetPatch

VALUES = [
    # before, value, after
    ('<c r="A1"/>', Decimal("7.71"), '<c r="A1"><v>7.71</v></c>'),
    ('<c r="A1" s="3"/>', "优", '<c r="A1" s="3" t="inlineStr"><is><t>优</t></is></c>'),
    ('<c r="A1" s="3"><v>1</v></c>', Decimal("2.50"), '<c r="A1" s="3"><v>2.5</v></c>'),
    ('<c r="A1" s="3" t="s"><v>4</v></c>', Decimal(9), '<c r="A1" s="3"><v>9</v></c>'),
    ('<c r="A1" t="s"><v>4</v></c>', None, '<c r="A1"/>'),
    ('<c r="A1" s="3"><v>1</v></c>', None, '<c r="A1" s="3"/>'),
    ('<c r="A1" t="str"><v>9分</v></c>', "10分", '<c r="A1" t="inlineStr"><is><t>10分</t></is></c>'),
    ('<c r="A1" t="b"><v>1</v></c>', False, '<c r="A1" t="b"><v>0</v></c>'),
    ('<c r="A1" t="e"><v>#REF!</v></c>', Decimal(1), '<c r="A1"><v>1</v></c>'),
    ('<c t="n"><v>1</v></c>', Decimal(2), "<c><v>2</v></c>"),
    ("<c s='2' r='A1'  t='s' ><v>4</v></c>", Decimal(2), "<c s='2' r='A1' ><v>2</v></c>"),
    ('<c r="A1" vm="1" cm="2" t="e"><v>#VALUE!</v></c>', Decimal(2), '<c r="A1"><v>2</v></c>'),
    (
        '<c r="A1" x:y="t=&quot;s&quot;" s="1"><v>4</v></c>',
        "a",
        '<c r="A1" x:y="t=&quot;s&quot;" s="1" t="inlineStr"><is><t>a</t></is></c>',
    ),
    ('<x:c r="A1" s="1"><x:v>4</x:v></x:c>', Decimal(2), '<x:c r="A1" s="1"><x:v>2</x:v></x:c>'),
    ('<x:c r="A1"/>', "文", '<x:c r="A1" t="inlineStr"><x:is><x:t>文</x:t></x:is></x:c>'),
    (
        '<c r="A1"><v>4</v><extLst><ext uri="u"/></extLst></c>',
        Decimal(2),
        '<c r="A1"><v>2</v><extLst><ext uri="u"/></extLst></c>',
    ),
    ('<c r="A1"><v>4</v><extLst><ext uri="u"/></extLst></c>', None, '<c r="A1"><extLst><ext uri="u"/></extLst></c>'),
    ('<c r="A1"><v><![CDATA[4]]></v><!-- why --></c>', Decimal(2), '<c r="A1"><v>2</v></c>'),
    (
        '<c r="A1" t="inlineStr"><is><r><t>合</t></r><r><t>计</t></r></is></c>',
        "总计",
        '<c r="A1" t="inlineStr"><is><t>总计</t></is></c>',
    ),
]


@pytest.mark.parametrize(("before", "value", "after"), VALUES)
def test_a_value_replaces_only_the_value(before, value, after):
    assert with_value(before.encode(), value).decode() == after


@pytest.mark.parametrize(
    ("before", "kind", "content", "after"),
    [
        ('<c r="D1" s="2"><f>A1*2</f><v>1</v></c>', "n", "2.5", '<c r="D1" s="2"><f>A1*2</f><v>2.5</v></c>'),
        ('<c r="D1"><f>A1*2</f></c>', "n", "2", '<c r="D1"><f>A1*2</f><v>2</v></c>'),
        (
            '<c r="D1" t="str"><f>x</f><v>低</v></c>',
            "str",
            "高 & 好",
            '<c r="D1" t="str"><f>x</f><v>高 &amp; 好</v></c>',
        ),
        ('<c r="D1" t="str"><f>x</f><v>低</v></c>', "n", "1", '<c r="D1"><f>x</f><v>1</v></c>'),
        (
            '<c r="D1" cm="1"><f t="array" ref="D1:D2">x</f><v>1</v></c>',
            "n",
            "2",
            '<c r="D1" cm="1"><f t="array" ref="D1:D2">x</f><v>2</v></c>',
        ),
        (
            '<c r="D2"><f t="shared" si="0"/><v>1</v></c>',
            "b",
            "0",
            '<c r="D2" t="b"><f t="shared" si="0"/><v>0</v></c>',
        ),
        ('<x:c r="D2"><x:f>y</x:f><x:v>1</x:v></x:c>', "n", "2", '<x:c r="D2"><x:f>y</x:f><x:v>2</x:v></x:c>'),
        ('<c r="D2"><v>1</v></c>', "n", "2", '<c r="D2"><v>2</v></c>'),
    ],
)
def test_a_cached_result_leaves_the_formula_as_written(before, kind, content, after):
    assert with_cached(before.encode(), kind, content).decode() == after


@pytest.mark.parametrize(
    ("before", "style", "after"),
    [
        ('<c r="A1" s="1"><v>2</v></c>', "7", '<c r="A1" s="7"><v>2</v></c>'),
        ('<c r="A1"/>', "7", '<c r="A1" s="7"/>'),
        ('<c r="A1" s="7" t="s"><v>1</v></c>', None, '<c r="A1" t="s"><v>1</v></c>'),
    ],
)
def test_a_style_replaces_only_the_style(before, style, after):
    assert with_style(before.encode(), style).decode() == after


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Decimal("7.710"), "7.71"),
        (Decimal(100), "100"),
        (Decimal("1E+3"), "1000"),
        (Decimal("-0.0"), "0"),
        (Decimal("0.00001"), "0.00001"),
        (0.1, "0.1"),
        (12, "12"),
    ],
)
def test_numbers_are_written_plainly(number, text):
    assert number_text(number) == text


@pytest.mark.parametrize("number", [Decimal("NaN"), Decimal("Infinity"), float("inf"), Decimal("1E+400")])
def test_what_no_cell_can_hold_is_refused(number):
    with pytest.raises(UnsafeWrite):
        number_text(number)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("\x07", "_x0007_"),
        ("_x0041_", "_x005F_x0041_"),
        ("=1+1", "=1+1"),
    ],
)
def test_text_survives_the_file_format(text, stored):
    assert cell_text(text) == stored


@pytest.mark.parametrize("text", ["x" * 32_768, "\ud800"])
def test_text_no_cell_can_hold_is_refused(text):
    with pytest.raises(UnsafeWrite):
        cell_text(text)


ROWS = [
    # case, sheetData content, cell, sheetData content after writing 5 there
    ("last cell of a row", '<row r="1"><c r="A1"/></row>', "C1", '<row r="1"><c r="A1"/><c r="C1"><v>5</v></c></row>'),
    (
        "between",
        '<row r="1"><c r="A1"/><c r="C1"/></row>',
        "B1",
        '<row r="1"><c r="A1"/><c r="B1"><v>5</v></c><c r="C1"/></row>',
    ),
    ("first", '<row r="1"><c r="B1"/></row>', "A1", '<row r="1"><c r="A1"><v>5</v></c><c r="B1"/></row>'),
    ("empty row", '<row r="2" ht="30"/>', "B2", '<row r="2" ht="30"><c r="B2"><v>5</v></c></row>'),
    ("new row at the end", '<row r="1"/>', "A3", '<row r="1"/><row r="3"><c r="A3"><v>5</v></c></row>'),
    ("new row at the start", '<row r="4"/>', "A3", '<row r="3"><c r="A3"><v>5</v></c></row><row r="4"/>'),
    (
        "spans are widened",
        '<row r="1" spans="2:3"><c r="B1"/></row>',
        "E1",
        '<row r="1" spans="2:5"><c r="B1"/><c r="E1"><v>5</v></c></row>',
    ),
    (
        "spans that fit stay",
        '<row r="1" spans="1:9"><c r="B1"/></row>',
        "E1",
        '<row r="1" spans="1:9"><c r="B1"/><c r="E1"><v>5</v></c></row>',
    ),
    (
        "no references at all",
        "<row><c><v>1</v></c><c><v>2</v></c></row>",
        "B1",
        "<row><c><v>1</v></c><c><v>5</v></c></row>",
    ),
    ("rows without numbers", "<row/><row><c><v>2</v></c></row>", "A2", "<row/><row><c><v>5</v></c></row>"),
    (
        "row style is inherited",
        '<row r="1" s="2" customFormat="1"/>',
        "B1",
        '<row r="1" s="2" customFormat="1"><c r="B1" s="2"><v>5</v></c></row>',
    ),
    (
        "comments stay",
        '<row r="1"><!-- <c r="A1"/> --><c r="A1"/></row>',
        "A1",
        '<row r="1"><!-- <c r="A1"/> --><c r="A1"><v>5</v></c></row>',
    ),
    ("quotes", "<row r='1'><c r='A1' s='2'><v>1</v></c></row>", "A1", "<row r='1'><c r='A1' s='2'><v>5</v></c></row>"),
]


@pytest.mark.parametrize(("before", "cell", "after"), [case[1:] for case in ROWS], ids=[case[0] for case in ROWS])
def test_the_rest_of_the_sheet_keeps_its_bytes(before, cell, after):
    patch = SheetPatch(sheet(before).encode(), [place_of(cell)])
    patch.set_value(place_of(cell), Decimal(5))
    assert patch.result().decode() == sheet(after)


def test_column_style_is_inherited_by_a_new_cell():
    columns = '<cols><col min="2" max="3" style="1"/></cols>'
    patch = SheetPatch(sheet("", columns).encode())
    patch.set_value((1, 3), "a")
    assert b'<row r="1"><c r="C1" s="1" t="inlineStr">' in patch.result()


def test_an_empty_sheet_data_element_is_opened():
    raw = sheet("").replace("<sheetData></sheetData>", "<sheetData/>").encode()
    patch = SheetPatch(raw)
    patch.set_value((2, 1), Decimal(5))
    assert patch.result().decode() == sheet('<row r="2"><c r="A2"><v>5</v></c></row>')


@pytest.mark.parametrize(("cell", "dimension"), [("B2", "B2:C5"), ("A9", "A2:C9"), ("F3", "B2:F5")])
def test_the_dimension_grows_with_new_cells(cell, dimension):
    patch = SheetPatch(sheet("", '<dimension ref="B2:C5"/>').encode())
    patch.set_value(place_of(cell), Decimal(5))
    assert f'<dimension ref="{dimension}"/>'.encode() in patch.result()


def test_prefixed_markup_gets_prefixed_cells():
    raw = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"/></x:sheetData></x:worksheet>'.encode()
    patch = SheetPatch(raw)
    patch.set_value((1, 1), "文")
    patch.set_value((2, 1), Decimal(1))
    assert patch.result() == raw.replace(
        b'<x:row r="1"/>',
        '<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>文</x:t></x:is></x:c></x:row>'
        '<x:row r="2"><x:c r="A2"><x:v>1</x:v></x:c></x:row>'.encode(),
    )


def test_strict_namespace_makes_no_difference():
    raw = sheet('<row r="1"><c r="A1"><v>1</v></c></row>').replace(MAIN, STRICT_MAIN).encode()
    patch = SheetPatch(raw)
    patch.set_value((1, 1), Decimal(2))
    assert patch.result() == raw.replace(b"<v>1</v>", b"<v>2</v>")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "gb18030", "utf-8-sig", "ascii"])
def test_other_encodings_come_back_in_their_own(codec):
    name = {"utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "utf-8-sig": "UTF-8"}.get(codec, codec)
    words = "text" if codec == "ascii" else "项目"
    text = sheet(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{words}</t></is></c><c r="B1"><v>1</v></c></row>')
    text = text.replace("UTF-8", name, 1)
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}.get(codec, b"")
    raw = mark + text.encode(codec)
    patch = SheetPatch(raw, [(1, 2)])
    patch.set_value((1, 2), "优")
    expected = text.replace('<c r="B1"><v>1</v></c>', '<c r="B1" t="inlineStr"><is><t>优</t></is></c>')
    assert patch.result() == mark + expected.encode(codec, "xmlcharrefreplace")


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ('<row r="1"><c r="A1"/><c r="A1"/></row>', UnsafeWrite),
        ('<row r="1"/><row r="1"/>', UnsafeWrite),
        ('<row r="1"><c r="A2"/></row>', UnsafeWrite),
        ('<row r="1"><c r="?"/></row>', UnsafeWrite),
        ('<row r="1"><c r="A1"></row>', UnreadableFile),
    ],
)
def test_contradictory_sheets_are_refused(data, error):
    patch = SheetPatch(sheet(data).encode())
    with pytest.raises(error):
        patch.set_value((5, 5), Decimal(1))


def test_disorder_is_refused_only_for_insertion():
    data = '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'
    patch = SheetPatch(sheet(data).encode())
    patch.set_value((2, 1), Decimal(3))
    assert b'<c r="A2"><v>3</v>' in patch.result()
    patch.set_value((3, 1), Decimal(3))
    with pytest.raises(UnsafeWrite):
        patch.result()


def test_document_types_are_refused():
    raw = b'<!DOCTYPE worksheet [<!ENTITY a "b">]>' + sheet("<row r='1'/>").split("\n", 1)[1].encode()
    with pytest.raises(UnsafeWrite):
        SheetPatch(raw).set_value((1, 1), Decimal(1))


@pytest.mark.parametrize(
    ("fragment", "kind", "content", "formula"),
    [
        ('<c r="A1"><v>1.5</v></c>', "n", "1.5", False),
        (
            '<c r="A1" t="inlineStr"><is><r><t>合</t></r><rPh sb="0" eb="1"><t>he</t></rPh><r><t>计</t></r></is></c>',
            "inlineStr",
            "合计",
            False,
        ),
        ('<c r="A1" t="str"><f>x</f><v>a&amp;b</v></c>', "str", "a&b", True),
        ('<c r="A1"><f/></c>', "n", None, True),
        ('<x:c r="A1" t="s"><x:v>3</x:v></x:c>', "s", "3", False),
    ],
)
def test_cells_are_read_whatever_their_dialect(fragment, kind, content, formula):
    cell = read_cell(fragment.encode())
    assert (cell.kind, cell.content, cell.formula) == (kind, content, formula)


def test_nothing_asked_gives_the_same_object():
    raw = sheet('<row r="1"/>').encode()
    assert SheetPatch(raw).result() is raw
