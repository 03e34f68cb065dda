"""A worksheet to draw a form on: cells, merges and formulas with their cached values, row by row."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from xlsuite.blank.content import Content, Entry
from xlsuite.blank.design import FormDesign
from xlsuite.blank.styles import Styles
from xlsuite.core.form import column_letters


def a1(row: int, column: int) -> str:
    """Address of a 0-based row and column."""
    return f"{column_letters(column + 1)}{row + 1}"


class Canvas:
    """Rows and columns are 0-based here, as XlsxWriter counts; ``row`` is the next row to draw.

    ``values`` keeps what was written, so that a formula's cached value can be computed from it;
    ``weight_cells`` and ``score_cells`` are what the total adds up.
    """

    def __init__(self, sheet: Any, design: FormDesign, content: Content, styles: Styles) -> None:
        self.sheet, self.design, self.content, self.style = sheet, design, content, styles
        self.last = len(design.columns)
        self.column = {key: index + 1 for index, key in enumerate(design.columns)}
        self.row = 0
        self.values: dict[tuple[int, int], Entry] = {}
        self.weight_cells: list[tuple[int, int]] = []
        self.score_cells: list[tuple[int, int]] = []

    def merge(self, area: tuple[int, int, int, int], value: Entry, style: str) -> None:
        """Merge (top, left, bottom, right) and write its first cell."""
        top, left, bottom, right = area
        if (top, left) == (bottom, right):
            self.write(top, left, value, style)
            return
        self.sheet.merge_range(top, left, bottom, right, "", self.style[style])
        self.write(top, left, value, style)

    def write(self, row: int, column: int, value: Entry, style: str) -> None:
        """Write one entry; None leaves a formatted blank."""
        self.values[(row, column)] = value
        if value is None or value == "":
            self.sheet.write_blank(row, column, None, self.style[style])
        elif isinstance(value, str):
            self.sheet.write_string(row, column, value, self.style[style])
        else:
            self.sheet.write_number(row, column, float(value), self.style[style])

    def formula(self, row: int, column: int, formula: str, value: Decimal | None, style: str) -> None:
        """Write a formula with the value a reader without a calculator should see."""
        self.values[(row, column)] = value
        cached: float | str = "" if value is None else float(value)
        self.sheet.write_formula(row, column, "=" + formula, self.style[style], cached)
