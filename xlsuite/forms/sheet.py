"""A sheet as the reader walks over it: its non-empty rows in order, every text with its meaning beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from xlsuite.core.form import Ref
from xlsuite.forms.grid import Area, Grid, GridCell
from xlsuite.forms.vocabulary import NOTHING, Word
from xlsuite.forms.words import word

Item = tuple[int, GridCell, Word]
"""Column, cell, and what its text means."""


@dataclass(slots=True)
class Row:
    """One row with content. ``number`` is the sheet's row number; ``items`` run from left to right."""

    number: int
    items: list[Item] = field(default_factory=list)
    hidden: bool = False

    @property
    def first(self) -> Word:
        """Meaning of the leftmost entry."""
        return self.items[0][2]


class Span(NamedTuple):
    """Columns that belong to one heading, both ends included."""

    left: int
    right: int


class Sheet:
    """Rows, merges and hidden columns of a grid, cut down to the columns ``left`` to ``right``."""

    __slots__ = ("areas", "get", "grid", "hidden_columns", "left", "name", "right", "rows")

    def __init__(self, grid: Grid, left: int = 1, right: int = 1 << 20) -> None:
        self.grid = grid
        self.name = grid.name
        self.get = grid.cells.get
        self.left, self.right = left, right
        self.areas = {(area.top, area.left): area for area in grid.merges}
        self.hidden_columns = grid.hidden_columns
        self.rows = self._rows()

    def _rows(self) -> list[Row]:
        rows: dict[int, list[Item]] = {}
        left, right = self.left, self.right
        for (number, column), cell in self.grid.cells.items():
            if left <= column <= right:
                value = cell[0]
                item = (column, cell, word(value) if type(value) is str else NOTHING)
                if number in rows:
                    rows[number].append(item)
                else:
                    rows[number] = [item]
        if self.hidden_columns:
            rows = {number: kept for number, items in rows.items() if (kept := self._visible(items))}
        hidden = self.grid.hidden_rows
        return [Row(number, _in_order(rows[number]), number in hidden) for number in sorted(rows)]

    def _visible(self, items: list[Item]) -> list[Item]:
        """Entries without those of hidden columns; a hidden column's heading stays, so that its table can decide."""
        return [item for item in items if item[0] not in self.hidden_columns or item[2].column or item[2].fund_column]

    def area(self, row: int, column: int) -> Area:
        """The merged rectangle that begins at a cell, or the cell itself."""
        return self.areas.get((row, column)) or Area(row, column, row, column)

    def ref(self, row: int, column: int) -> Ref:
        """The place of a cell of this sheet."""
        return Ref(self.name, row, column)

    def at(self, row: int, span: Span) -> tuple[int, GridCell | None]:
        """The first filled cell under a heading, and its column; the heading's own column when all are empty."""
        get = self.get
        for column in range(span.left, span.right + 1):
            cell = get((row, column))
            if cell is not None:
                return column, cell
        return span.left, None

    def covers(self, top: int, bottom: int) -> Iterator[Area]:
        """Merges over several rows that touch the rows ``top`` to ``bottom``."""
        for area in self.grid.merges:
            if area.bottom > area.top and area.top <= bottom and area.bottom >= top:
                yield area


def _column(item: Item) -> int:
    return item[0]


def _in_order(items: list[Item]) -> list[Item]:
    """Entries from left to right, a text once that an export wrote into every cell of a former merge."""
    items.sort(key=_column)
    kept: list[Item] = []
    before = None
    for item in items:
        value = item[1][0]
        if not (type(value) is str and value == before and len(value) > 1):
            kept.append(item)
        before = value
    return kept
