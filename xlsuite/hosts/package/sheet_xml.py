"""One worksheet part: cells, merges, what is hidden.

Most parts are read with one regular expression over the bytes. A count of the closing tags proves that no cell was
missed; where it does not add up (prefixes, missing references, comments, blanks between elements) the part is read
again by events, see :mod:`xlsuite.hosts.package.sheet_events`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from xlsuite.core.form import column_number
from xlsuite.forms.grid import Area, GridCell
from xlsuite.hosts import limits
from xlsuite.hosts.package.container import damaged
from xlsuite.hosts.package.formulas import Formulas
from xlsuite.hosts.package.strings import cell_texts
from xlsuite.hosts.package.tables import EMPTY, Tables

Place = tuple[int, int]

_CELL = re.compile(
    rb'<c r="([^"]*+)"([^>]*+)>(?:'
    rb"<v>([^<]*+)</v></c>"
    rb"|<f([^<]*+)(?:</f>)?(?:<v>([^<]*+)</v>|<v/>)?</c>"
    rb'|<is><t(?: xml:space="preserve")?>([^<]*+)</t></is></c>'
    rb"|</c>)"
)
"""A cell with content: reference, other attributes, then value | formula and its value | inline text.
The plain value stands first because that makes the scan half as long."""
_MERGE = re.compile(rb'<mergeCell ref="([^"]*+)"\s*(?:/>|></mergeCell>)')
_HIDDEN_ROW = re.compile(rb'<row ([^<>]*? (?:hidden="(?:1|true)"|ht="0(?:\.0*)?")[^<>]*)>')
_BOUND_PREFIX = re.compile(rb'\sxmlns:[^\s=]+="[^"]*/spreadsheetml/(?:2006/)?main"')
_COLUMN = re.compile(rb"<col\s([^<>]*)>")
_ATTRIBUTE = re.compile(rb'([A-Za-z]+)="([^"<>]*)"')
_REFERENCE = re.compile(rb"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_NO_DATA = re.compile(rb"<sheetData\s*/>")
_MANY_REFERENCES = 60
_KEPT_PLACES = 30_000
_TRUE = (b"1", b"true")


class _Places(dict[bytes, Place]):
    """Cell references → (row, column); forms use the same few thousand again and again."""

    def __missing__(self, reference: bytes) -> Place:
        found = _REFERENCE.fullmatch(reference)
        place = (int(found[2]), column_number(found[1].decode())) if found else (0, 0)
        if not (0 < place[0] <= limits.MAX_ROW and 0 < place[1] <= limits.MAX_COLUMN):
            raise damaged("有单元格的位置超出了工作表的范围")
        if len(self) < _KEPT_PLACES:
            self[reference] = place
        return place


PLACES = _Places()


class _Areas(dict[bytes, Area]):
    """Range references → areas; a single cell is an area too."""

    def __missing__(self, reference: bytes) -> Area:
        first, _, last = reference.partition(b":")
        start, end = _corner(first, 1, 1), _corner(last or first, limits.MAX_ROW, limits.MAX_COLUMN)
        area = Area(min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))
        if len(self) < _KEPT_PLACES:
            self[reference] = area
        return area


def _corner(reference: bytes, row: int, column: int) -> Place:
    """The place of a corner; ``row`` or ``column`` stands in where a range of whole columns or rows names none."""
    letters, digits = reference.strip(b"$0123456789"), reference.strip(b"$ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    if letters and digits:
        return PLACES[reference]
    place = PLACES[reference + b"%d" % row] if letters else PLACES[b"A" + reference]
    return place if letters else (place[0], column)


AREAS = _Areas()


@dataclass(slots=True)
class SheetContent:
    """What a worksheet part holds.

    ``noted`` tells that the part has a drawing for cell notes; ``uncached`` are formulas stored without a result.
    """

    cells: dict[Place, GridCell] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    noted: bool = False
    uncached: list[Place] = field(default_factory=list)


def scan_sheet(data: bytes, tables: Tables) -> SheetContent | None:
    """The content of a part in UTF-8; None when it is written in another dialect than the usual one."""
    start, stop = _data_span(data)
    if start < 0:
        return None
    count = data.count(b"</c", start, stop)
    # Above the limit only the event reader can tell filled cells from blank ones without holding them all.
    found = _CELL.findall(data, start, stop) if count <= limits.CELLS.most else []
    if len(found) != count:
        return None
    if data.find(b"&") >= 0 and data.count(b"&#", start, stop) > _MANY_REFERENCES:
        tables.learn(cell_texts({cell[5] for cell in found if b"&" in cell[5]}))
    merges = _merges(data, stop)
    if merges is None:
        return None
    formulas = Formulas()
    content = SheetContent(_cells(found, tables, formulas), merges, uncached=formulas.uncached)
    if data.find(b" hidden=") >= 0 or data.find(b" customHeight=", start, stop) >= 0:
        content.hidden_rows = _hidden_rows(data, start, stop)
    content.hidden_columns = _hidden_columns(data, start)
    content.noted = data.find(b"<legacyDrawing", stop) > 0
    return content


def _data_span(data: bytes) -> tuple[int, int]:
    """Where the cells are; (-1, -1) when the part is not plain enough for a scan."""
    root = data.find(b"<worksheet", 0, 2000)
    start, stop = data.find(b"<sheetData"), data.rfind(b"</sheetData>")
    if root < 0 or start < 0 or not data[-30:].rstrip().endswith(b"</worksheet>"):
        return -1, -1
    head = data.find(b">", root)
    # Looking for one character first is many times cheaper than looking for two, and mostly settles it.
    marked = data.find(b"!") >= 0 and data.find(b"<!") >= 0
    # A prefix may stand for the main namespace beside the default one; its elements would be missed.
    doubled = b' xmlns="' in data[root:head] and _BOUND_PREFIX.search(data, root, head)
    if marked or doubled or data.find(b"xmlns", head, stop) >= 0:
        return -1, -1
    if stop < 0:
        return (start, start) if _NO_DATA.match(data, start) else (-1, -1)
    return start, stop


_Found = list[tuple[bytes, bytes, bytes, bytes, bytes, bytes]]


def _cells(found: _Found, tables: Tables, formulas: Formulas) -> dict[Place, GridCell]:
    places = PLACES
    cells = {
        places[reference]: tables[blob][value]
        if value
        else formulas.cell(tables[blob][result], places[reference], formula)
        if formula
        else tables[blob][inline]
        for reference, blob, value, formula, result, inline in found
        if value or formula or inline
    }
    if tables.blank_strings:
        for place in [place for place, cell in cells.items() if cell is EMPTY]:
            del cells[place]
    return cells


def _merges(data: bytes, after: int) -> list[Area] | None:
    start = data.find(b"<mergeCells", after)
    if start < 0:
        return []
    stop = data.find(b"</mergeCells>", start)
    count = data.count(b"<mergeCell ", start, stop)
    limits.MERGES.check(count, "一张工作表内")
    found = _MERGE.findall(data, start, stop)
    if len(found) != count or stop < 0:
        return None
    areas = AREAS
    return [areas[reference] for reference in found]


def _hidden_rows(data: bytes, start: int, stop: int) -> frozenset[int]:
    if all(data.find(mark, start, stop) < 0 for mark in (b' hidden="1"', b' hidden="true"', b' ht="0')):
        return frozenset()
    rows = [dict(_ATTRIBUTE.findall(raw)).get(b"r", b"") for raw in _HIDDEN_ROW.findall(data, start, stop)]
    return frozenset(int(row) for row in rows if row.isdigit() and len(row) < 9)


def _hidden_columns(data: bytes, before: int) -> frozenset[int]:
    columns: set[int] = set()
    start = data.find(b"<cols", 0, before)
    for raw in _COLUMN.findall(data, start, before) if start > 0 else ():
        attributes = dict(_ATTRIBUTE.findall(raw))
        if is_hidden(attributes.get(b"hidden"), attributes.get(b"width")):
            columns.update(columns_between(attributes.get(b"min", b""), attributes.get(b"max", b"")))
    return frozenset(columns)


def columns_between(first: bytes, last: bytes) -> range:
    """The columns from ``first`` to ``last``, none when these are no numbers."""
    if not (first.isdigit() and last.isdigit()):
        return range(0)
    return range(max(int(first[:9]), 1), min(int(last[:9]), limits.MAX_COLUMN) + 1)


def is_hidden(hidden: bytes | None, extent: bytes | None) -> bool:
    """Whether a row or column is invisible: hidden, or of no height or width."""
    if hidden in _TRUE:
        return True
    try:
        return extent is not None and float(extent) == 0
    except ValueError:
        return False
