"""xlwings' sheets in a LibreOffice workbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import NoSuchObjectError, base_classes

from xlsuite.addin.libreoffice.ranges import Note, Range, rgb

if TYPE_CHECKING:
    from xlsuite.addin.libreoffice.engine import Book

Rectangle = tuple[int, int, int, int]
_TIMED = 6 | 1024
"""com.sun.star.util.NumberFormat: DATETIME and LOGICAL"""


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

    def _groups(self, cells: Range) -> Iterator[tuple[Any, list[Rectangle]]]:
        """Groups of cells that look the same, each with its rectangles."""
        for group in cells.api.UniqueCellFormatRanges:
            yield (
                group,
                [
                    (area.StartRow + 1, area.StartColumn + 1, area.EndRow + 1, area.EndColumn + 1)
                    for area in group.getRangeAddresses()
                ],
            )

    def looks(self, cells: Range) -> list[tuple[Rectangle, int, int]]:
        """Rectangles with their number format and fill."""
        found = []
        for group, areas in self._groups(cells):
            fill, number_format = group.getPropertyValues(("CellBackColor", "NumberFormat"))
            found += [(area, number_format, fill) for area in areas]
        return found

    def number_format_areas(self, cells: Range) -> list[tuple[int, int, int, int, str]]:
        """Rectangles with the code of their number format."""
        formats, codes = self.book.api.NumberFormats, dict[int, str]()
        for _, key, _ in (areas := self.looks(cells)):
            if key not in codes:
                codes[key] = str(formats.getByKey(key).FormatString)
        return [(*area, codes[key]) for area, key, _ in areas]

    def timed_areas(self, cells: Range) -> list[tuple[int, int, int, int, int]]:
        """Rectangles shown as dates, times or truth values, with LibreOffice's number for that."""
        formats, kinds = self.book.api.NumberFormats, dict[int, int]()
        for _, key, _ in (areas := self.looks(cells)):
            if key not in kinds:
                kinds[key] = int(formats.getByKey(key).Type)
        return [(*area, kinds[key]) for area, key, _ in areas if kinds[key] & _TIMED]

    def fill_areas(self, cells: Range) -> list[tuple[Rectangle, tuple[int, int, int] | None]]:
        """Rectangles with their fill."""
        return [(area, rgb(fill)) for area, _, fill in self.looks(cells)]

    def merged_areas(self, cells: Range) -> list[Rectangle]:
        """Merged areas that begin inside some cells. Cells of one look begin areas of one size."""
        found = []
        for _, areas in self._groups(cells):
            top, left = areas[0][:2]
            if not self.api.getCellByPosition(left - 1, top - 1).getIsMerged():
                continue
            height, width = Range(self, (top, left)).merge_area.shape
            for first, begin, last, end in areas:
                heads = ((row, column) for row in range(first, last + 1) for column in range(begin, end + 1))
                found += [(row, column, row + height - 1, column + width - 1) for row, column in heads]
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
