"""A sheet as the reader walks over it: its non-empty rows in order, every text with its meaning beside it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from xlsuite.core.form import Ref
from xlsuite.forms.grid import Area, Grid, GridCell
from xlsuite.forms.vocabulary import BLANK, NOTHING, Word
from xlsuite.forms.words import word

_new = tuple.__new__  # a named tuple's own constructor costs twice as much, and a form has hundreds of places

Item = tuple[int, GridCell, Word]
"""Column, cell, and what its text means."""


@dataclass(slots=True)
class Row:
    """One row with content. ``number`` is the sheet's row number; ``items`` run from left to right.

    ``signs`` are those of all its labels: what the row can begin or belong to. A row without any holds figures, texts
    and kinds of indicators only.
    """

    number: int
    items: list[Item] = field(default_factory=list)
    hidden: bool = False
    signs: int = 0
    ordered: bool = True

    @property
    def first(self) -> Word:
        """Meaning of the leftmost entry."""
        return self.items[0][2]


LONGEST_KEPT = 400
"""Longer texts are looked up each time: a cache of narratives would fill the memory."""


FEWEST_SERIALS, MOST_HEADINGS = 6, 4
"""A column of serial numbers has at least so many of them, and at most so many other texts."""


class Span(NamedTuple):
    """Columns that belong to one heading, both ends included."""

    left: int
    right: int


class Sheet:
    """Rows, merges and hidden columns of a grid, cut down to the columns ``left`` to ``right``.

    ``edge`` is the last column with content. ``merged`` maps a cell inside a merge over several rows (in the merge's
    first column) to the row of its first cell.
    """

    __slots__ = ("areas", "edge", "get", "grid", "hidden_columns", "left", "merged", "name", "right", "rows")

    def __init__(self, grid: Grid, left: int = 1, right: int = 1 << 20) -> None:
        self.grid = grid
        self.name = grid.name
        self.get = grid.cells.get
        self.left, self.right = left, right
        self.areas = {(area.top, area.left): area for area in grid.merges}
        self.hidden_columns = grid.hidden_columns
        self.rows = self._rows()
        self.merged = self._merged()
        self.edge = max((row.items[-1][0] for row in self.rows), default=left)

    def _rows(self) -> list[Row]:
        rows: dict[int, Row] = {}
        left, right, hidden = self.left, self.right, self.grid.hidden_rows
        number, last, before = 0, 0, None
        row = Row(0)
        for (here, column), cell in self.grid.cells.items():
            if not left <= column <= right:
                continue
            if here != number:
                number, before = here, None
                row = rows.get(here) or rows.setdefault(here, Row(here, [], here in hidden))
                last = row.items[-1][0] if row.items else 0
            value = cell[0]
            meaning = NOTHING
            if type(value) is str:
                if value == before and len(value) > 1 and not value[0].isdigit() and last not in self.hidden_columns:
                    continue  # an export wrote the text into every cell of a former merge
                before = value
                meaning = word(value) if len(value) <= LONGEST_KEPT else word.__wrapped__(value)
                if meaning is BLANK:
                    continue
                row.signs |= meaning.signs
            else:
                before = None
            if column < last:
                row.ordered = False
            last = column
            row.items.append((column, cell, meaning))
        return _without_serials([self._complete(rows[key]) for key in sorted(rows) if rows[key].items])

    def _complete(self, row: Row) -> Row:
        if not row.ordered:
            row.items.sort(key=_column)
        if self.hidden_columns:
            row.items = [item for item in row.items if self._seen(item)] or row.items[:1]
        return row

    def _seen(self, item: Item) -> bool:
        """Whether an entry counts: a hidden column's heading does, so that its table can decide."""
        return item[0] not in self.hidden_columns or bool(item[2].column or item[2].fund_column)

    def _merged(self) -> dict[tuple[int, int], int]:
        merged: dict[tuple[int, int], int] = {}
        numbers = [row.number for row in self.rows]
        for area in self.areas.values():
            if area.bottom > area.top:
                for number in numbers[bisect_right(numbers, area.top) : bisect_right(numbers, area.bottom)]:
                    merged[number, area.left] = area.top
        return merged

    def area(self, row: int, column: int) -> Area:
        """The merged rectangle that begins at a cell, or the cell itself."""
        return self.areas.get((row, column)) or Area(row, column, row, column)

    def ref(self, row: int, column: int) -> Ref:
        """The place of a cell of this sheet."""
        return _new(Ref, (self.name, row, column))

    def at(self, row: int, span: Span) -> tuple[int, GridCell | None]:
        """The first filled cell under a heading, and its column; the heading's own column when all are empty."""
        get = self.get
        for column in range(span.left, span.right + 1):
            cell = get((row, column))
            if cell is not None:
                return column, cell
        return span.left, None


def _column(item: Item) -> int:
    return item[0]


def _without_serials(rows: list[Row]) -> list[Row]:
    """The rows without a first column that only numbers them from top to bottom."""
    column = min((row.items[0][0] for row in rows), default=0)
    numbered = [row for row in rows if row.items[0][0] == column]
    serials = [row.items[0][1].value for row in numbered if isinstance(row.items[0][1].value, Decimal)]
    if len(serials) < FEWEST_SERIALS or len(serials) < len(numbered) - MOST_HEADINGS:
        return rows
    if any(after != before + 1 for before, after in pairwise(serials)):
        return rows
    for row in numbered:
        if isinstance(row.items[0][1].value, Decimal) or row.items[0][2].column == "index":
            del row.items[0]
    return [row for row in rows if row.items]
