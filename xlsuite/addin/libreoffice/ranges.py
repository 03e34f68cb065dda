"""xlwings' ranges on a LibreOffice sheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import NoSuchObjectError
from xlwings import utils as _utils

from xlsuite.addin.libreoffice.details import Note
from xlsuite.addin.libreoffice.looks import Looks
from xlsuite.addin.libreoffice.values import DAY, EPOCH, FORMULA, error_of, excel_formula, rectangle, stored

if TYPE_CHECKING:
    from xlsuite.addin.libreoffice.sheets import Sheet

utils: Any = _utils
_DATE_OR_TIME, _LOGICAL = 6, 1024
"""com.sun.star.util.NumberFormat"""
_ALIGNMENTS = {"left": "LEFT", "center": "CENTER", "right": "RIGHT", "general": "STANDARD"}
_FORMATS = {"bool": "BOOLEAN", "date": "YYYY-MM-DD", "datetime": "YYYY-MM-DD HH:MM:SS"}
_POINT, _CHARACTER = 35.28, 195.0
"""Hundredths of a millimetre in a point, and roughly in a character of Excel's column width."""


class Range(Looks):
    """A rectangle of cells; ``first`` and ``last`` are its corners, 1-based."""

    max_cells_per_read = None
    max_cells_per_write = None
    has_array = False

    def __init__(self, sheet: Sheet, first: Any, last: Any = None) -> None:
        self.sheet = sheet
        self.options: dict[str, Any] = {}
        if isinstance(first, str):
            first, last = self._by_name(first)
        elif isinstance(first, Range):
            first, last = _around(first, last if isinstance(last, Range) else first)
        elif len(first) == 4:  # xlwings' indexing: first row and column, rows and columns
            first, last = first[:2], (first[0] + first[2] - 1, first[1] + first[3] - 1)
        self.first, self.last = tuple(first), tuple(last or first)

    def _by_name(self, text: str) -> tuple[Any, Any]:
        first, last = utils.a1_to_tuples(text.replace("$", "")) if text.isascii() else (None, None)
        if first:
            return first, last
        names = self.sheet.book.api.NamedRanges
        cells = names.getByName(text).getReferredCells() if names.hasByName(text) else None
        if cells is None:
            raise NoSuchObjectError(f"The address/named range '{text}' doesn't exist.")
        area = cells.RangeAddress
        return (area.StartRow + 1, area.StartColumn + 1), (area.EndRow + 1, area.EndColumn + 1)

    @property
    def api(self) -> Any:
        """The UNO range."""
        (top, left), (bottom, right) = self.first, self.last
        return self.sheet.api.getCellRangeByPosition(left - 1, top - 1, right - 1, bottom - 1)

    @property
    def head(self) -> Any:
        """The UNO cell in its first corner."""
        return self.sheet.api.getCellByPosition(self.first[1] - 1, self.first[0] - 1)

    @property
    def row(self) -> int:
        """First row."""
        return int(self.first[0])

    @property
    def column(self) -> int:
        """First column."""
        return int(self.first[1])

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.last[0] - self.first[0] + 1, self.last[1] - self.first[1] + 1

    @property
    def coords(self) -> tuple[Any, ...]:
        """Sheet, first row and column, rows and columns."""
        return (self.sheet.name, *self.first, *self.shape)

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row: int, column: int | None = None) -> Range:
        """A cell by row and column inside the range, or by number."""
        if column is None:
            rows, columns = divmod(row - 1, self.shape[1])
            row, column = rows + 1, columns + 1
        return Range(self.sheet, (self.row + row - 1, self.column + column - 1))

    def get_address(self, row_absolute: bool = True, col_absolute: bool = True, external: bool = False) -> str:
        """The address in Excel's style."""
        ends = [
            f"{'$' * col_absolute}{utils.col_name(column)}{'$' * row_absolute}{row}"
            for row, column in dict.fromkeys((self.first, self.last))
        ]
        prefix = f"'[{self.sheet.book.name}]{self.sheet.name}'!" if external else ""
        return prefix + ":".join(ends)

    @property
    def address(self) -> str:
        """The absolute address."""
        return self.get_address()

    # contents

    def _places(self, ranges: Any) -> Iterator[tuple[int, int]]:
        """0-based places inside this range of some UNO ranges."""
        for area in ranges.getRangeAddresses():
            for row in range(area.StartRow, area.EndRow + 1):
                for column in range(area.StartColumn, area.EndColumn + 1):
                    yield row - self.row + 1, column - self.column + 1

    @property
    def raw_value(self) -> list[list[Any]]:
        """Rows of None, bool, float, datetime, text or error."""
        api = self.api
        rows = [[None if value == "" else value for value in row] for row in api.getDataArray()]
        for top, left, bottom, right, kind in self.sheet.timed_areas(self):
            for row in rows[top - self.row : bottom - self.row + 1]:
                for column in range(left - self.column, right - self.column + 1):
                    number = row[column]
                    if isinstance(number, float):
                        row[column] = bool(number) if kind & _LOGICAL else EPOCH + number * DAY
        for place in self._places(api.queryFormulaCells(2)):  # an empty text is not an empty cell
            rows[place[0]][place[1]] = rows[place[0]][place[1]] or ""
        for row_index, column in self._places(api.queryFormulaCells(4)):
            rows[row_index][column] = error_of(api.getCellByPosition(column, row_index).getError())
        return rows

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        self.sheet.forget_looks()
        rows = rectangle(data, self.shape)
        entries = [[stored(value) for value in row] for row in rows]
        last = (self.row + len(rows) - 1, self.column + len(rows[0]) - 1)
        plain = tuple(tuple("" if kind == "formula" else value for value, kind in row) for row in entries)
        Range(self.sheet, self.first, last).api.setDataArray(plain)
        for row_index, row in enumerate(entries, 1):
            for column, (value, kind) in enumerate(row, 1):
                if kind == "formula":
                    self(row_index, column).formula = value
                elif kind and self(row_index, column).number_format == "General":
                    self(row_index, column).number_format = _FORMATS[kind]

    @property
    def formula(self) -> Any:
        """Formulas and constants in Excel's syntax."""
        rows = [list(row) for row in self.api.getFormulaArray()]
        for row, column in self._places(self.api.queryContentCells(FORMULA)):
            plain = excel_formula(rows[row][column])
            rows[row][column] = plain or self(row + 1, column + 1)._parsed_formula()
        return rows[0][0] if len(self) == 1 else tuple(map(tuple, rows))

    @formula.setter
    def formula(self, value: Any) -> None:
        if isinstance(value, list | tuple):
            for row_index, row in enumerate(rectangle(value, self.shape), 1):
                for column, entry in enumerate(row, 1):
                    self(row_index, column).formula = entry
            return
        text = "" if value is None else str(value)
        if not text.startswith("="):
            self.raw_value = None if text == "" else text
            return
        self.sheet.forget_looks()
        tokens = self.sheet.book.parser().parseFormula(text[1:], self.head.CellAddress)
        for number in range(1, len(self) + 1):  # relative references move, as in Excel
            self(number).head.setTokens(tokens)

    formula2 = formula

    def _parsed_formula(self) -> str:
        head = self.head
        return "=" + str(self.sheet.book.parser().printFormula(head.getTokens(), head.CellAddress))

    def clear_contents(self) -> None:
        """Remove values, texts and formulas."""
        self.api.clearContents(1 | 2 | 4 | 16)

    def clear(self) -> None:
        """Remove contents, notes and formats."""
        self.sheet.forget_looks()
        self.api.clearContents(1023)

    # structure

    @property
    def merge_area(self) -> Range:
        """The merged area that the first cell belongs to."""
        cursor = self.sheet.api.createCursorByRange(self.head)
        cursor.collapseToMergedArea()
        area = cursor.RangeAddress
        return Range(self.sheet, (area.StartRow + 1, area.StartColumn + 1), (area.EndRow + 1, area.EndColumn + 1))

    @property
    def merge_cells(self) -> bool | None:
        """Whether all cells are merged; None when some are."""
        if len(self) == 1:
            return len(self.merge_area) > 1
        covered = sum(
            max(0, min(bottom, self.last[0]) - max(top, self.row) + 1)
            * max(0, min(right, self.last[1]) - max(left, self.column) + 1)
            for top, left, bottom, right in self.sheet.merged_areas(self)
        )
        return True if covered == len(self) else None if covered else False

    def merge(self, across: bool = False) -> None:
        """Merge the cells, or each row of them."""
        self.sheet.forget_looks()
        for area in [self(row, 1).until(self(row, self.shape[1])) for row in range(1, self.shape[0] + 1)] * across:
            area.api.merge(True)
        if not across:
            self.api.merge(True)

    def until(self, other: Range) -> Range:
        """The rectangle from this range to another."""
        return Range(self.sheet, self, other)

    def unmerge(self) -> None:
        """Undo merging."""
        self.sheet.forget_looks()
        self.api.merge(False)

    def select(self) -> None:
        """Show and select the cells."""
        self.sheet.book.api.CurrentController.select(self.api)

    def add_hyperlink(self, address: str, text_to_display: str | None = None, screen_tip: str | None = None) -> None:
        """Turn the cell into a link; ``#'Sheet'!A1`` stays inside the workbook."""
        if address.startswith("#") and "!" in address:
            address = ".".join(address.rsplit("!", 1))
        field = self.sheet.book.api.createInstance("com.sun.star.text.TextField.URL")
        field.Representation, field.URL = text_to_display or address, address
        cell = self.head
        cell.setString("")
        cell.insertTextContent(cell.createTextCursor(), field, False)

    # notes

    @property
    def note(self) -> Note | None:
        """The note of the first cell."""
        found = self.head.getAnnotation()
        return Note(self) if found.String else None

    def add_note(self, text: str) -> Note:
        """Attach a note to the first cell."""
        self.sheet.api.Annotations.insertNew(self.head.CellAddress, text)
        return Note(self)


def _around(one: Range, other: Range) -> tuple[tuple[int, int], tuple[int, int]]:
    corners = [one.first, one.last, other.first, other.last]
    rows, columns = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return (min(rows), min(columns)), (max(rows), max(columns))
