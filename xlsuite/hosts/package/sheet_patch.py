"""Changes to the cells of one sheet part, spliced into its bytes.

Only the spans of the touched ``<c>`` elements change. A cell or row that is not there yet is inserted at its place with
the row's or column's style; the row's ``spans`` and the sheet's ``dimension`` are widened when they would lie.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from xlsuite.core.errors import UnsafeWrite
from xlsuite.hosts.package.cell_markup import (
    EMPTY,
    CellValue,
    Stored,
    new_cell,
    read_cell,
    with_cached,
    with_style,
    with_value,
)
from xlsuite.hosts.package.kept import reverse
from xlsuite.hosts.package.markup import Node, Splice, from_utf8, outline, spliced, to_utf8, with_attribute
from xlsuite.hosts.package.sheet_layout import Layout, Place, Row, Span, a1, area_of, quick_spans

_NAME = re.compile(rb"<([^\s/>]+)")


class SheetPatch:
    """A sheet part and the changes asked of it; :meth:`result` is the part with them, or the same bytes without."""

    def __init__(self, raw: bytes, places: Iterable[Place] = ()) -> None:
        self.raw = raw
        self.xml, self._codec = to_utf8(raw)
        wanted = set(places)
        quick = quick_spans(self.xml, wanted) if wanted else None
        self._spans: dict[Place, Span] = quick or {}
        self._complete = False
        self._layout: Layout | None = None
        self._outline: Node | None = None
        self._pending: dict[Place, bytes] = {}
        self._extra: list[Splice] = []

    @property
    def layout(self) -> Layout:
        """Every row and cell; parses the part when first asked."""
        if self._layout is None:
            self._layout = Layout(self.xml)
            self._spans = self._layout.cells
            self._complete = True
        return self._layout

    @property
    def outline(self) -> Node:
        """The sheet's own children and theirs, without the cells."""
        if self._outline is None:
            self._outline = outline(self.xml, 2, closed="sheetData")
        return self._outline

    def fragment(self, place: Place) -> bytes | None:
        """The ``<c>`` element as it stands now, changes included; None when there is none."""
        if place in self._pending:
            return self._pending[place]
        if place not in self._spans and not self._complete:
            _ = self.layout
        span = self._spans.get(place)
        return None if span is None else self.xml[span.start : span.stop]

    def cell(self, place: Place) -> Stored:
        """What the cell holds now; an empty cell where there is none."""
        fragment = self.fragment(place)
        return read_cell(fragment) if fragment else EMPTY

    def set_value(self, place: Place, value: CellValue) -> None:
        """Put a constant in place of the cell's value; nothing happens when clearing a cell that is not there."""
        fragment = self.fragment(place)
        if fragment is None:
            if value is None:
                return
            fragment = self._fresh(place)
        self._pending[place] = with_value(fragment, value)

    def set_style(self, place: Place, style: str | None) -> None:
        """Give the cell another style number; a missing cell is created empty."""
        self._pending[place] = with_style(self.fragment(place) or self._fresh(place), style)

    def set_cached(self, place: Place, kind: str, content: str) -> None:
        """Refresh the cached result of a formula cell, or of a cell filled by an array formula."""
        fragment = self.fragment(place)
        if fragment is not None:
            self._pending[place] = with_cached(fragment, kind, content)

    def remove(self, place: Place) -> None:
        """Take the whole ``<c>`` element out, and its row when nothing but the row number is left of it."""
        if self.fragment(place) is not None:
            self._pending[place] = b""

    def splice(self, splices: Iterable[Splice]) -> None:
        """Further changes outside the cells, by positions in ``xml``."""
        self._extra.extend(splices)

    def inherited_style(self, place: Place) -> str | None:
        """The style a cell that is not there shows: its row's, else its column's."""
        row = self.layout.rows.get(place[0])
        if row is not None and row.attributes.get("customFormat") in ("1", "true"):
            return row.attributes.get("s")
        columns = self.outline.child("cols")
        for column in columns.children if columns else ():
            if int(column.attributes["min"]) <= place[1] <= int(column.attributes["max"]):
                return column.attributes.get("style")
        return None

    def result(self) -> bytes:
        """The part with all changes."""
        splices = self._splices()
        return from_utf8(spliced(self.xml, splices), self._codec) if splices else self.raw

    def undo(self) -> list[Splice]:
        """What turns :meth:`result` back."""
        return reverse(self.xml, self._splices())

    def _splices(self) -> list[Splice]:
        splices = list(self._extra)
        missing: dict[int, list[Place]] = defaultdict(list)
        for place, fragment in self._pending.items():
            span = self._spans.get(place)
            if span is not None:
                splices.append(Splice(span.start, span.stop, fragment))
            elif fragment:
                missing[place[0]].append(place)
        return splices + self._insertions(missing) if missing else splices

    def _fresh(self, place: Place) -> bytes:
        return new_cell(a1(place), self.inherited_style(place), self._prefix())

    def _prefix(self) -> bytes:
        assert self.layout.data is not None
        name = _NAME.match(self.xml, self.layout.data.start)
        assert name is not None
        head, colon, _ = name[1].rpartition(b":")
        return head + colon

    def _insertions(self, missing: dict[int, list[Place]]) -> list[Splice]:
        layout = self.layout
        if not layout.ascending:
            raise UnsafeWrite("工作表内部的行列顺序混乱，无法插入新单元格，请用表格软件打开并另存后再试。")
        splices: list[Splice] = []
        new_rows: list[tuple[int, bytes]] = []
        for number, places in sorted(missing.items()):
            row = layout.rows.get(number)
            if row is None:
                new_rows.append((number, self._new_row(number, sorted(places))))
            else:
                splices += self._into_row(row, sorted(places))
        if new_rows:
            splices += self._into_data(new_rows)
        return splices + self._widened_dimension([place for places in missing.values() for place in places])

    def _new_row(self, number: int, places: list[Place]) -> bytes:
        prefix = self._prefix()
        cells = b"".join(self._pending[place] for place in places)
        return b"<" + prefix + b'row r="%d">' % number + cells + b"</" + prefix + b"row>"

    def _into_data(self, new_rows: list[tuple[int, bytes]]) -> list[Splice]:
        data = self.layout.data
        assert data is not None
        if data.inner == data.stop:
            return [self._opened(data, b"".join(content for _, content in new_rows))]
        splices = []
        for number, content in new_rows:
            at = min((row.start for row in self.layout.rows.values() if row.number > number), default=data.outer)
            splices.append(Splice(at, at, content))
        return splices

    def _into_row(self, row: Row, places: list[Place]) -> list[Splice]:
        tag = self.xml[row.start : row.inner]
        widened = _widened_spans(tag, row, places)
        if row.inner == row.stop:
            content = b"".join(self._pending[place] for place in places)
            return [self._opened(row, content, widened)]
        splices = [Splice(row.start, row.inner, widened)] if widened != tag else []
        inside = sorted((place, span) for place, span in self.layout.cells.items() if place[0] == row.number)
        for place in places:
            at = next((span.start for other, span in inside if other > place), row.outer)
            splices.append(Splice(at, at, self._pending[place]))
        return splices

    def _opened(self, element: Row, content: bytes, tag: bytes | None = None) -> Splice:
        """``<x/>`` written as ``<x>content</x>``."""
        tag = tag or self.xml[element.start : element.inner]
        name = _NAME.match(tag)
        assert name is not None
        return Splice(element.start, element.stop, tag[:-2] + b">" + content + b"</" + name[1] + b">")

    def _widened_dimension(self, places: list[Place]) -> list[Splice]:
        node = self.outline.child("dimension")
        if node is None or not node.attributes.get("ref"):
            return []
        first, last = area_of(node.attributes["ref"])
        top, left = (min(first[i], *(place[i] for place in places)) for i in (0, 1))
        bottom, right = (max(last[i], *(place[i] for place in places)) for i in (0, 1))
        if (top, left) == first and (bottom, right) == last:
            return []
        reference = f"{a1((top, left))}:{a1((bottom, right))}"
        return [Splice(node.start, node.inner, with_attribute(self.xml[node.start : node.inner], "ref", reference))]


def _widened_spans(tag: bytes, row: Row, places: list[Place]) -> bytes:
    first, colon, last = row.attributes.get("spans", "").partition(":")
    if not colon or " " in last or not (first.isdigit() and last.isdigit()):
        return with_attribute(tag, "spans", None) if row.attributes.get("spans") else tag
    low, high = min(int(first), places[0][1]), max(int(last), places[-1][1])
    return tag if (low, high) == (int(first), int(last)) else with_attribute(tag, "spans", f"{low}:{high}")
