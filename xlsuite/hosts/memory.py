"""A workbook that exists only in memory: rows in, :class:`~xlsuite.forms.grid.Book` out. Used by tests and by callers
that already hold the values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from xlsuite.core.errors import StaleCell, UnsafeWrite
from xlsuite.core.finding import Edit, Mark
from xlsuite.core.form import Ref, column_number
from xlsuite.forms.grid import Area, Book, CellError, Grid, GridCell, Value
from xlsuite.hosts.display import general

Rows = Sequence[Sequence[Any]]

_A1 = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")


def area_of(a1: str) -> Area:
    """The rectangle of an address such as ``B2`` or ``A1:C3``; ValueError when it is none."""
    found = _A1.fullmatch(a1)
    if not found:
        raise ValueError(f"not a cell address: {a1!r}")
    left, top = column_number(found[1]), int(found[2])
    right, bottom = (column_number(found[3]), int(found[4])) if found[3] else (left, top)
    return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def cell_of(content: Any) -> GridCell:
    """A cell from a plain Python value. Text beginning with ``=`` is a formula without a cached value."""
    if isinstance(content, GridCell):
        return content
    if isinstance(content, str) and content.startswith("=") and len(content) > 1:
        return GridCell(None, "", content[1:])
    value = _value_of(content)
    return GridCell(value, text_of(value))


def _value_of(content: Any) -> Value:
    if content is None or content == "":
        return None
    if isinstance(content, datetime):
        return content.date()
    if isinstance(content, bool | str | Decimal | date):
        return content
    return Decimal(repr(content)) if content != int(content) else Decimal(int(content))


def text_of(value: Value) -> str:
    """What the user sees of a value whose cell has no number format of its own."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Decimal):
        return general(float(value))
    if isinstance(value, date):
        return f"{value.year}-{value.month:02d}-{value.day:02d}"
    return str(value)


def grid_of(name: str, rows: Rows, merges: Iterable[str | Area] = ()) -> Grid:
    """A sheet whose first row and column are row 1 and column 1; blank entries and covered cells are left out."""
    grid = Grid(name, merges=[area_of(item) if isinstance(item, str) else item for item in merges])
    for row, entries in enumerate(rows, 1):
        for column, content in enumerate(entries, 1):
            cell = cell_of(content)
            if cell.value is not None or cell.formula is not None:
                grid.cells[row, column] = cell
    for area in grid.merges:
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                if (row, column) != (area.top, area.left):
                    grid.cells.pop((row, column), None)
    return grid


def book_of(
    sheets: Mapping[str, Rows],
    merges: Mapping[str, Iterable[str | Area]] | None = None,
    hidden: Iterable[str] = (),
    label: str = "内存中的工作簿",
) -> Book:
    """A book of several sheets, for example ``book_of({"Sheet1": [["名称", 1]]}, merges={"Sheet1": ["A1:B2"]})``.

    An entry is None or "" (blank), a bool, number, Decimal, date, text, ``CellError("#REF!")``, ``"=A1"`` (a formula
    without a cached value) or a ready ``GridCell`` (for example a formula with its value and text).
    """
    concealed = set(hidden)
    book = Book(label)
    for name, rows in sheets.items():
        grid = grid_of(name, rows, (merges or {}).get(name, ()))
        grid.hidden = name in concealed
        book.sheets.append(grid)
    return book


class MemoryHost:
    """A host without a file: hands over its book and applies edits to it, all or nothing."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.marks: list[Mark] = []

    def snapshot(self) -> Book:
        """The book as it stands now."""
        return self.book

    def apply(self, edits: Iterable[Edit], marks: Iterable[Mark] = ()) -> None:
        """Carry out the edits and keep the marks; a covered cell means the head of its merged area.

        StaleCell when a cell no longer holds ``edit.old``, UnsafeWrite for a formula cell.
        """
        pending = [(self._grid(edit.ref), self._anchor(edit.ref), edit) for edit in edits]
        for grid, place, edit in pending:
            self._require_writable(grid.cells.get(place, GridCell()), edit)
        for grid, place, edit in pending:
            value = _value_of(edit.new)
            if value is None:
                grid.cells.pop(place, None)
            else:
                grid.cells[place] = GridCell(value, text_of(value))
        self.marks.extend(marks)

    def _anchor(self, ref: Ref) -> tuple[int, int]:
        for area in self._grid(ref).merges:
            if area.top <= ref.row <= area.bottom and area.left <= ref.column <= area.right:
                return area.top, area.left
        return ref.row, ref.column

    def _require_writable(self, cell: GridCell, edit: Edit) -> None:
        if cell.formula is not None:
            raise UnsafeWrite(
                f"工作表「{edit.ref.sheet}」的 {edit.ref.a1} 是公式，不能用数值覆盖，没有写入任何内容，"
                "请核对并修改该公式。"
            )
        if edit.old not in (cell.value, cell.text) and not (edit.old in (None, "") and cell.value is None):
            raise StaleCell(
                f"工作表「{edit.ref.sheet}」的 {edit.ref.a1} 现在是「{cell.text}」，与读取时的「{edit.old}」不同，"
                "没有写入任何内容，请重新检查后再试。"
            )

    def _grid(self, ref: Ref) -> Grid:
        for grid in self.book.sheets:
            if grid.name == ref.sheet:
                return grid
        raise StaleCell(f"工作簿里已经没有工作表「{ref.sheet}」，没有写入任何内容，请重新检查后再试。")


__all__ = ["CellError", "MemoryHost", "area_of", "book_of", "cell_of", "grid_of", "text_of"]
