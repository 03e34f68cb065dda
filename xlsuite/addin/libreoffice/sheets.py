"""xlwings' sheets in a LibreOffice workbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from xlwings import NoSuchObjectError, base_classes

from xlsuite.addin.libreoffice.details import Note, rgb
from xlsuite.addin.libreoffice.ranges import Range

if TYPE_CHECKING:
    from xlsuite.addin.libreoffice.books import Book

Rectangle = tuple[int, int, int, int]
_TIMED = 6 | 1024
"""com.sun.star.util.NumberFormat: DATETIME and LOGICAL"""


class Look(NamedTuple):
    """Cells that look the same: number format and fill by LibreOffice's numbers, rows and columns each one merges."""

    area: Rectangle
    number_format: int
    fill: int
    height: int
    width: int


def _inside(cells: Range, area: Rectangle) -> bool:
    top, left, bottom, right = *cells.first, *cells.last
    return bool(area[0] <= top and area[1] <= left and bottom <= area[2] and right <= area[3])


class Sheets(base_classes.Sheets):
    """The sheets of a workbook."""

    def __init__(self, book: Book) -> None:
        self.book = book

    @property
    def api(self) -> Any:
        """The UNO collection."""
        return self.book.api.Sheets

    @property
    def active(self) -> Sheet:
        """The sheet in view."""
        controller = self.book.api.CurrentController
        return Sheet(self.book, controller.ActiveSheet if controller else self.api.getByIndex(0))

    def __len__(self) -> int:
        return int(self.api.Count)

    def __iter__(self) -> Iterator[Sheet]:
        return (Sheet(self.book, self.api.getByIndex(index)) for index in range(len(self)))

    def __call__(self, key: int | str) -> Sheet:
        """A sheet by number or name."""
        if isinstance(key, int):
            return Sheet(self.book, self.api.getByIndex(key - 1))
        if not self.api.hasByName(key):
            raise NoSuchObjectError(f"Sheet {key} doesn't exist.")
        return Sheet(self.book, self.api.getByName(key))

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        """A new sheet, which does not become the active one."""
        index = before.index - 1 if before else after.index if after else 0
        name = name or f"Sheet{len(self) + 1}"
        self.api.insertNewByName(name, index)
        return Sheet(self.book, self.api.getByName(name))


class Sheet(base_classes.Sheet):
    """One sheet."""

    def __init__(self, book: Book, sheet: Any) -> None:
        self._book, self._sheet = book, sheet
        self._looks: tuple[Rectangle, list[Look]] | None = None

    @property
    def api(self) -> Any:
        """The UNO sheet."""
        return self._sheet

    @property
    def book(self) -> Book:
        """Its workbook."""
        return self._book

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.api.Name)

    @name.setter
    def name(self, value: str) -> None:
        self.api.setName(value)

    @property
    def index(self) -> int:
        """Its place, from 1."""
        return int(self.api.RangeAddress.Sheet) + 1

    @property
    def visible(self) -> bool:
        """Whether it is shown."""
        return bool(self.api.IsVisible)

    @visible.setter
    def visible(self, value: bool) -> None:
        self.api.IsVisible = bool(value)

    def range(self, first: Any, last: Any = None) -> Range:
        """Cells by address, name or corners."""
        return Range(self, first, last)

    @property
    def used_range(self) -> Range:
        """The smallest rectangle with everything in it."""
        cursor = self.api.createCursor()
        cursor.gotoStartOfUsedArea(False)
        first = cursor.RangeAddress
        cursor.gotoEndOfUsedArea(False)
        last = cursor.RangeAddress
        return Range(self, (first.StartRow + 1, first.StartColumn + 1), (last.EndRow + 1, last.EndColumn + 1))

    def activate(self) -> None:
        """Show it."""
        self.book.api.CurrentController.setActiveSheet(self.api)

    select = activate

    def delete(self) -> None:
        """Remove it."""
        self.book.api.Sheets.removeByName(self.name)

    @property
    def notes(self) -> list[Note]:
        """Its notes."""
        positions = [note.Position for note in self.api.Annotations]
        return [Note(Range(self, (place.Row + 1, place.Column + 1))) for place in positions]

    # what xlwings has no word for, or asks cell by cell

    @property
    def protected(self) -> bool:
        """Whether cells are protected."""
        return bool(self.api.isProtected())

    def lift_protection(self) -> bool:
        """Take off a protection without a password; False when it has one."""
        try:
            self.api.unprotect("")
        except Exception:  # UNO's IllegalArgumentException, known only at run time
            return False
        return not self.protected

    def restore_protection(self) -> None:
        """Put the protection back, with the options it had."""
        self.api.protect("")

    def forget_looks(self) -> None:
        """The looks have changed."""
        self._looks = None

    def looks(self, cells: Range) -> list[Look]:
        """Rectangles of one look within some cells. LibreOffice is asked once for everything in use."""
        if self._looks is None or not _inside(cells, self._looks[0]):
            asked = Range(self, self.used_range, cells)
            self._looks = (*asked.first, *asked.last), self._asked_looks(asked)
        top, left, bottom, right = *cells.first, *cells.last
        found = []
        for look in self._looks[1]:
            area = (
                max(look.area[0], top),
                max(look.area[1], left),
                min(look.area[2], bottom),
                min(look.area[3], right),
            )
            if area[0] <= area[2] and area[1] <= area[3]:
                found.append(look._replace(area=area))
        return found

    def _asked_looks(self, cells: Range) -> list[Look]:
        found = []
        for group in cells.api.UniqueCellFormatRanges:
            areas = [
                (area.StartRow + 1, area.StartColumn + 1, area.EndRow + 1, area.EndColumn + 1)
                for area in group.getRangeAddresses()
            ]
            fill, number_format = group.getPropertyValues(("CellBackColor", "NumberFormat"))
            height, width = self._merged_size(*areas[0][:2])
            found += [Look(area, number_format, fill, height, width) for area in areas]
        return found

    def _merged_size(self, row: int, column: int) -> tuple[int, int]:
        """Rows and columns of the merged area that a cell begins. Cells of one look begin areas of one size."""
        if not self.api.getCellByPosition(column - 1, row - 1).getIsMerged():
            return 1, 1
        return Range(self, (row, column)).merge_area.shape

    def number_format_areas(self, cells: Range) -> list[tuple[int, int, int, int, str]]:
        """Rectangles with the code of their number format."""
        formats, codes = self.book.api.NumberFormats, dict[int, str]()
        looks = self.looks(cells)
        for key in {look.number_format for look in looks}:
            codes[key] = str(formats.getByKey(key).FormatString)
        return [(*look.area, codes[look.number_format]) for look in looks]

    def timed_areas(self, cells: Range) -> list[tuple[int, int, int, int, int]]:
        """Rectangles shown as dates, times or truth values, with LibreOffice's number for that."""
        formats, kinds = self.book.api.NumberFormats, dict[int, int]()
        looks = self.looks(cells)
        for key in {look.number_format for look in looks}:
            kinds[key] = int(formats.getByKey(key).Type)
        return [(*look.area, kinds[look.number_format]) for look in looks if kinds[look.number_format] & _TIMED]

    def fill_areas(self, cells: Range) -> list[tuple[Rectangle, tuple[int, int, int] | None]]:
        """Rectangles with their fill."""
        return [(look.area, rgb(look.fill)) for look in self.looks(cells)]

    def merged_areas(self, cells: Range) -> list[Rectangle]:
        """Merged areas that begin inside some cells."""
        found = []
        for look in self.looks(cells):
            if (look.height, look.width) != (1, 1):
                first, begin, last, end = look.area
                heads = ((row, column) for row in range(first, last + 1) for column in range(begin, end + 1))
                found += [(row, column, row + look.height - 1, column + look.width - 1) for row, column in heads]
        return found

    def hidden_rows(self, cells: Range) -> frozenset[int]:
        """Numbers of the hidden rows."""
        rows = set(range(cells.first[0], cells.last[0] + 1))
        for area in cells.api.queryVisibleCells().getRangeAddresses():
            rows -= set(range(area.StartRow + 1, area.EndRow + 2))
        return frozenset(rows)

    def hidden_columns(self, cells: Range) -> frozenset[int]:
        """Numbers of the hidden columns."""
        columns = set(range(cells.first[1], cells.last[1] + 1))
        for area in cells.api.queryVisibleCells().getRangeAddresses():
            columns -= set(range(area.StartColumn + 1, area.EndColumn + 2))
        return frozenset(columns)
