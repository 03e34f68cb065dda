"""Tables of a web page laid out as a sheet: spans, nested tables, hidden rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from math import isfinite

from xlsuite.core.errors import UnreadableFile
from xlsuite.forms.grid import Area, Grid, GridCell
from xlsuite.hosts import limits
from xlsuite.hosts.display import exact
from xlsuite.hosts.foreign.typed import typed_cell

_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_AS_TEXT = re.compile(r"""mso-number-format\s*:\s*["']?\\?@""", re.IGNORECASE)
_MOST_COLUMNS_SPANNED = 1_000
_MOST_ROWS_SPANNED = 65_534


@dataclass(slots=True)
class _Entry:
    """One cell of a table: place inside the table, spans, and what it holds."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    as_text: bool = False
    stored: str = ""
    formula: str | None = None
    texts: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    def cell(self) -> GridCell:
        """The finished cell."""
        text = "\n".join(self.texts)
        shown = GridCell(text or None, text) if self.as_text else typed_cell(text)
        value = _stored_number(self.stored) if text else None
        return GridCell(shown.value if value is None else value, shown.text, self.formula)


class Table:
    """A table being read. Rows and columns count from 0 inside it."""

    def __init__(self) -> None:
        self.entries: list[_Entry] = []
        self.captions: list[str] = []
        self.rows = 0
        self.hidden_rows: set[int] = set()
        self._column = 0
        self._occupied: dict[int, int] = {}
        self._entry: _Entry | None = None
        self._in_row = False
        self._skipping = False

    def take(self, name: str, attributes: Mapping[str, str]) -> None:
        """A row or cell begins or ends."""
        if name == "tr":
            self._begin_row(attributes)
        elif name in ("td", "th"):
            if not self._in_row:
                self._begin_row({})
            self._begin_cell(attributes)
        else:
            self._entry, self._skipping = None, False
            if name == "/tr":
                self._end_row()

    def write(self, text: str) -> None:
        """Text inside the current cell; text outside cells goes above the table, as browsers show it."""
        if self._entry is not None:
            self._entry.texts.append(text)
        elif not self._skipping:
            self.captions.append(text)

    def nest(self, table: Table) -> None:
        """A table inside the current cell: a single cell is just its text, more is laid out below the row."""
        if self._skipping:
            return
        if self._entry is None:
            self._begin_row({})
            self._entry = _Entry(self.rows - 1, 0)
            self.entries.append(self._entry)
        if len(table.entries) == 1 and not table.entries[0].tables:
            self._entry.texts.extend(table.entries[0].texts)
        else:
            self._entry.tables.append(table)

    def finish(self) -> None:
        """The table ends."""
        self._end_row()

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        self._end_row()
        self._in_row, self._column = True, 0
        if _HIDDEN.search(attributes.get("style", "")):
            self.hidden_rows.add(self.rows)
        self.rows += 1

    def _end_row(self) -> None:
        self._entry, self._skipping = None, False
        if self._in_row:
            self._in_row = False
            self._occupied = {column: left - 1 for column, left in self._occupied.items() if left > 1}

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        style = attributes.get("style", "")
        self._entry, self._skipping = None, bool(_HIDDEN.search(style))
        if self._skipping:
            return
        while self._column in self._occupied:
            self._column += 1
        rows = _span(attributes.get("rowspan", ""), _MOST_ROWS_SPANNED)
        columns = _span(attributes.get("colspan", ""), _MOST_COLUMNS_SPANNED)
        if self._column + columns > limits.MAX_COLUMN or self.rows > limits.MAX_ROW:
            raise UnreadableFile("网页里的表格行数或列数超出了工作表的范围，" + limits.SPLIT)
        self._entry = _Entry(self.rows - 1, self._column, rows, columns, bool(_AS_TEXT.search(style)))
        self._entry.stored = attributes.get("x:num", "")
        self._entry.as_text |= "x:str" in attributes
        self._entry.formula = attributes.get("x:fmla", "").removeprefix("=") or None
        self.entries.append(self._entry)
        limits.CELLS.check(len(self.entries))
        # The current row takes one off when it ends, so a cell of one row leaves nothing occupied.
        self._occupied.update(dict.fromkeys(range(self._column, self._column + columns), rows))
        self._column += columns


def _span(text: str, most: int) -> int:
    return min(max(int(text), 1), most) if text.isdecimal() and len(text) < 10 else 1


def _stored_number(stored: str) -> Decimal | None:
    """The exact number that Excel keeps beside the displayed text."""
    try:
        number = float(stored)
    except ValueError:
        return None
    return exact(number) if isfinite(number) else None


class Sheet:
    """The tables and other texts of a page, one below the other."""

    def __init__(self) -> None:
        self.tables = 0
        self._grid = Grid("")
        self._row = 0

    def add_text(self, text: str) -> None:
        """Text outside any table: every line a row of its own."""
        for line in filter(None, text.split("\n")):
            self._row += 1
            self._put(self._row, 1, typed_cell(line))

    def add(self, table: Table) -> None:
        """Lay out a table below what is there."""
        self.tables += 1
        for caption in table.captions:
            self.add_text(caption)
        lines: dict[int, int] = {}
        hidden: set[int] = set()
        by_row: dict[int, list[_Entry]] = {}
        for entry in table.entries:
            by_row.setdefault(entry.row, []).append(entry)
        for row in range(table.rows):
            entries = by_row.get(row, [])
            nested = [inner for entry in entries for inner in entry.tables]
            if not nested or any(entry.texts for entry in entries):
                self._row += 1
                lines[row] = self._row
                if row in table.hidden_rows:
                    hidden.add(self._row)
            for inner in nested:
                self.add(inner)
        self._grid.hidden_rows |= hidden
        for entry in table.entries:
            if entry.row in lines:
                self._place(entry, lines, table.rows)

    def grid(self, name: str) -> Grid:
        """The finished sheet."""
        self._grid.name = name
        return self._grid

    def _place(self, entry: _Entry, lines: dict[int, int], rows: int) -> None:
        top, left = lines[entry.row], entry.column + 1
        reach = range(min(entry.row + entry.rows, rows) - 1, entry.row - 1, -1)
        last = next(row for row in reach if row in lines)
        self._put(top, left, entry.cell())
        if lines[last] > top or entry.columns > 1:
            self._grid.merges.append(Area(top, left, lines[last], left + entry.columns - 1))
            limits.MERGES.check(len(self._grid.merges))

    def _put(self, row: int, column: int, cell: GridCell) -> None:
        if cell.value is not None or cell.formula is not None:
            self._grid.cells[row, column] = cell
            limits.CELLS.check(len(self._grid.cells))
