"""An open workbook as a :class:`~xlsuite.forms.grid.Book`: whole ranges are asked for, never single cells.

Where a property of a range differs from cell to cell, programs answer None; the range is halved until they know.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from xlsuite.core.errors import LimitExceeded
from xlsuite.forms.grid import Area, Book, CellError, Grid, GridCell, Value
from xlsuite.hosts.display import number_format
from xlsuite.hosts.live.programs import area_of, cells_of, one_step

MOST_CELLS = 3_000_000
_ERRORS = frozenset(
    ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!")
)
_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheet dates know no zone
Place = tuple[int, int]


def read_book(book: Any) -> Book:
    """The open workbook as it stands now.

    Raises:
        LimitExceeded: a sheet is larger than any form could be.
    """
    found = Book(book.fullname)
    found.sheets = [read_sheet(sheet) for sheet in book.sheets]
    return found


def read_sheet(sheet: Any) -> Grid:
    """One sheet."""
    grid = Grid(sheet.name, hidden=not _shown(sheet.visible))
    used = sheet.used_range
    area = area_of(used)
    if (area.bottom - area.top + 1) * (area.right - area.left + 1) > MOST_CELLS:
        raise LimitExceeded(f"工作表“{grid.name}”太大，超过 {MOST_CELLS} 个单元格，请删去多余的行列后再试。")
    grid.cells = _cells(sheet, used)
    if not grid.cells:
        return grid
    grid.merges = sorted(_merges(sheet, used))
    for merge in grid.merges:
        for row in range(merge.top, merge.bottom + 1):
            for column in range(merge.left, merge.right + 1):
                if (row, column) != (merge.top, merge.left):
                    grid.cells.pop((row, column), None)
    grid.hidden_rows = _hidden_rows(sheet, used)
    grid.hidden_columns = _hidden_columns(sheet, used)
    for note in sheet.notes:
        cell = note.location
        grid.notes[cell.row, cell.column] = note.text
    return grid


def _shown(visible: Any) -> bool:
    """Excel answers -1 shown, 0 hidden, 2 very hidden."""
    return visible is True or visible == -1


def _cells(sheet: Any, used: Any) -> dict[Place, GridCell]:
    values = used.options(ndim=2, err_to_str=True).value
    formulas = rows_of(used.formula, used.shape)
    found: dict[Place, GridCell] = {}
    numeric: dict[Place, tuple[Decimal, str | None]] = {}
    top, left = used.row, used.column
    for row, (entries, texts) in enumerate(zip(values, formulas, strict=True), top):
        for column, (value, text) in enumerate(zip(entries, texts, strict=True), left):
            formula = text[1:] if isinstance(text, str) and text[:1] == "=" and text != value else None
            if value is None and formula is None:
                continue
            if isinstance(value, float | int | Decimal | dt.datetime) and not isinstance(value, bool):
                numeric[row, column] = (number_of(value), formula)
            elif value != "" or formula is not None:
                found[row, column] = _plain_cell(value, formula)
    _show_numbers(sheet, numeric, found)
    return found


def _show_numbers(sheet: Any, numeric: dict[Place, tuple[Decimal, str | None]], found: dict[Place, GridCell]) -> None:
    """Numbers as the user sees them: the number formats are asked for in as few steps as possible."""
    codes = _number_formats(sheet, numeric)
    for place, (number, formula) in numeric.items():
        shown = number_format(codes.get(place) or "General")
        day = shown.day(number)
        found[place] = GridCell(number if day is None else day, shown.show(number), formula)


def rows_of(formulas: Any, shape: tuple[int, int]) -> list[list[Any]]:
    """What ``Range.formula`` gives, always as rows."""
    if not isinstance(formulas, list | tuple):
        return [[formulas]]
    if shape[0] == 1 and not isinstance(formulas[0], list | tuple):
        return [list(formulas)]
    return [list(row) if isinstance(row, list | tuple) else [row] for row in formulas]


def number_of(value: Any) -> Decimal:
    """A cell's number exactly as a file would store it; dates as days since 1899-12-30."""
    if isinstance(value, dt.datetime):
        days = (value.replace(tzinfo=None) - _EPOCH) / dt.timedelta(days=1)
        return Decimal(repr(days)) if days % 1 else Decimal(int(days))
    if isinstance(value, float):
        return Decimal(int(value)) if value.is_integer() and abs(value) < 1e15 else Decimal(repr(value))
    return Decimal(value)


def _plain_cell(value: Any, formula: str | None) -> GridCell:
    if isinstance(value, bool):
        return GridCell(value, "TRUE" if value else "FALSE", formula)
    text = "" if value is None else str(value)
    kept: Value = CellError(text) if text in _ERRORS else text
    return GridCell(None if value is None else kept, text, formula)


def _number_formats(sheet: Any, places: Any) -> dict[Place, str]:
    if not places:
        return {}
    rows, columns = [row for row, _ in places], [column for _, column in places]
    area = Area(min(rows), min(columns), max(rows), max(columns))
    told = one_step(sheet, "number_format_areas", cells_of(sheet, area))
    known = told if told is not None else _formats_by_column(sheet, area)
    found: dict[Place, str] = {}
    for top, left, bottom, right, code in known:
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) in places:
                    found[row, column] = code
    return found


def _formats_by_column(sheet: Any, area: Area) -> Iterator[tuple[int, int, int, int, str]]:
    for column in range(area.left, area.right + 1):
        strip = Area(area.top, column, area.bottom, column)
        for piece, code in uniform(sheet, strip, lambda cells: cells.number_format):
            yield (*piece, code)


def uniform(sheet: Any, area: Area, ask: Callable[[Any], Any]) -> Iterator[tuple[Area, Any]]:
    """Rectangles within ``area`` with one answer each; None means the cells differ and halves the rectangle."""
    answer = ask(cells_of(sheet, area))
    height, width = area.bottom - area.top, area.right - area.left
    if answer is not None or (height == 0 and width == 0):
        yield area, answer
        return
    if height >= width:
        middle = area.top + height // 2
        halves = (area._replace(bottom=middle), area._replace(top=middle + 1))
    else:
        middle = area.left + width // 2
        halves = (area._replace(right=middle), area._replace(left=middle + 1))
    for half in halves:
        yield from uniform(sheet, half, ask)


def _merges(sheet: Any, used: Any) -> set[Area]:
    told = one_step(sheet, "merged_areas", used)
    if told is not None:
        return {Area(*area) for area in told}
    found: set[Area] = set()
    covered: set[Place] = set()
    for area, merged in uniform(sheet, area_of(used), lambda cells: cells.merge_cells):
        if not merged:
            continue
        for place in ((row, column) for row in _span(area, 0) for column in _span(area, 1)):
            if place not in covered:
                own = area_of(sheet.range(place).merge_area)
                found.add(own)
                covered |= {(row, column) for row in _span(own, 0) for column in _span(own, 1)}
    return found


def _span(area: Area, axis: int) -> range:
    return range(area[axis], area[axis + 2] + 1)


def _hidden_rows(sheet: Any, used: Any) -> frozenset[int]:
    told = one_step(sheet, "hidden_rows", used)
    if told is not None:
        return frozenset(told)
    column = area_of(used)._replace(right=used.column)
    pieces = uniform(sheet, column, lambda cells: cells.rows.hidden)
    return frozenset(row for area, hidden in pieces if hidden for row in _span(area, 0))


def _hidden_columns(sheet: Any, used: Any) -> frozenset[int]:
    told = one_step(sheet, "hidden_columns", used)
    if told is not None:
        return frozenset(told)
    row = area_of(used)._replace(bottom=used.row)
    pieces = uniform(sheet, row, lambda cells: cells.columns.hidden)
    return frozenset(column for area, hidden in pieces if hidden for column in _span(area, 1))
