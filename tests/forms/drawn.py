"""Sheets drawn as text: a line is a row, ``|`` parts the cells.

``<`` continues the cell to the left and ``^`` the cell above (a merge); ``\\n`` breaks a line inside a cell;
``0.77~77%`` is a number with what the user sees; ``'12`` a number typed as text; ``=B2~92`` a formula with its value,
``=B2`` one without; ``#REF!`` an error value. Other numbers are numbers. Blanks around a cell's text are dropped: a
``·`` stands for one, ``◦`` for a full-width one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from xlsuite.core.form import Cell, Form
from xlsuite.core.values import squeeze
from xlsuite.forms.grid import Area, Book, CellError, Grid, GridCell
from xlsuite.forms.read import Survey, survey

NUMBER = re.compile(r"-?\d+(\.\d+)?")


def cell_of(text: str) -> GridCell | None:
    """A cell from its notation; None when it is blank."""
    if text in ("", "<", "^"):
        return None
    content, _, seen = text.partition("~")
    if content.startswith("="):
        return GridCell(_value(seen) if seen else None, seen, content[1:])
    if content.startswith("#"):
        return GridCell(CellError(content), content)
    if seen:
        return GridCell(Decimal(content), seen)
    value = _value(text)
    return GridCell(value, text.removeprefix("'") if isinstance(value, Decimal) else str(value))


def _value(text: str) -> Decimal | str:
    if text.startswith("'"):
        return text[1:]
    return Decimal(text) if NUMBER.fullmatch(text) else text


def draw(text: str, name: str = "自评表", top: int = 1, left: int = 1) -> Grid:
    """A sheet from its drawing, its first cell at row ``top`` and column ``left``."""
    lines = [line for line in text.strip("\n").split("\n") if line.strip()]
    table = [
        [part.strip(" ").replace("\\n", "\n").replace("·", " ").replace("◦", "\u3000") for part in line.split("|")]
        for line in lines
    ]
    grid = Grid(name)
    for row, cells in enumerate(table):
        for column, content in enumerate(cells):
            cell = cell_of(content)
            if cell is not None:
                grid.cells[top + row, left + column] = cell
            if content in ("<", "^"):
                continue
            area = _area(table, row, column)
            if area != (row, column, row, column):
                grid.merges.append(Area(top + area[0], left + area[1], top + area[2], left + area[3]))
    return grid


def _area(table: list[list[str]], row: int, column: int) -> tuple[int, int, int, int]:
    right = column
    while right + 1 < len(table[row]) and table[row][right + 1] == "<":
        right += 1
    bottom = row
    while bottom + 1 < len(table) and column < len(table[bottom + 1]) and table[bottom + 1][column] == "^":
        bottom += 1
    return row, column, bottom, right


def look(*grids: Grid | str) -> Survey:
    """Read sheets, given or drawn."""
    return survey(Book("drawn", [draw(grid) if isinstance(grid, str) else grid for grid in grids]))


def read(*grids: Grid | str) -> Form:
    """The one form of the sheets."""
    found = look(*grids)
    assert len(found.forms) == 1, (len(found.forms), found.remarks)
    return found.forms[0]


def entry(cell: Cell[Any]) -> str:
    """A cell for comparison: its value in plain words, "-" when the form has no such cell, "" when it is blank."""
    if not cell.present:
        return "-"
    value = cell.value
    if value is None:
        return squeeze(cell.text)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return squeeze(value if isinstance(value, str) else cell.text)


def rows(items: Iterable[Any], *fields: str) -> list[str]:
    """Rows of the form as lines: the chosen fields, joined by blanks."""
    return [" ".join(entry(getattr(item, field)) or "_" for field in fields) for item in items]


def indicators(form: Form, *fields: str) -> list[str]:
    """The indicators as lines; without fields the usual ones."""
    return rows(form.indicators, *(fields or ("level1", "level2", "level3", "target", "actual", "weight", "score")))


def funds(form: Form) -> list[str]:
    """The fund rows as lines: kind, budget at the year's begin, of the year, executed, weight, rate, score."""
    fields = ("initial", "budget", "executed", "weight", "rate", "score")
    return [f"{fund.kind} {line}" for fund, line in zip(form.funds, rows(form.funds, *fields), strict=True)]


def info(form: Form) -> dict[str, str]:
    """The head as plain words."""
    return {key: entry(cell) for key, cell in form.info.items()}


def told(form: Form) -> str:
    """All remarks, one to a line."""
    return "\n".join(remark.message for remark in form.remarks)
