"""An engine on xlwings' own base classes that holds a workbook in memory and records what Excel would be told.

It answers as Excel does: None for a property that differs within a range, a scalar for one cell, ``-1`` for visible.
"""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import Any

import xlwings
from xlwings import base_classes

Place = tuple[int, int]
_ERRORS = ("#REF!", "#N/A", "#DIV/0!")


class Engine:
    name = "recording"
    type = "desktop"

    def __init__(self) -> None:
        self.apps = base_classes.Apps()

    @staticmethod
    def clean_value_data(data: Any, datetime_builder: Any, empty_as: Any, number_builder: Any, err_to_str: bool) -> Any:
        return [
            [empty_as if v is None else None if v in _ERRORS and not err_to_str else v for v in row] for row in data
        ]

    @staticmethod
    def prepare_xl_data_element(value: Any, options: Any) -> Any:
        return value


class App(base_classes.App):
    display_alerts = True
    status_bar = False
    pid = 1
    selection = None

    def __init__(self) -> None:
        self.log: list[tuple[Any, ...]] = []
        self._updating = True

    engine = property(lambda self: ENGINE)

    def activate(self, steal_focus: bool = False) -> None:
        pass

    @property
    def screen_updating(self) -> bool:
        return self._updating

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        self.log.append(("screen_updating", value))
        self._updating = value


class Book(base_classes.Book):
    read_only = False
    locked_structure = False

    def __init__(self, sheets: dict[str, list[list[Any]]], path: str = "/表/自评表.xlsx") -> None:
        self._app, self.path = App(), path
        self.tabs = [Sheet(self, name, rows) for name, rows in sheets.items()]
        self.shown = self.tabs[0]

    def activate(self) -> None:
        pass

    app = property(lambda self: self._app)
    sheets = property(lambda self: Sheets(self))
    fullname = property(lambda self: self.path)
    name = property(lambda self: self.path.rpartition("/")[2])


class Sheets(base_classes.Sheets):
    def __init__(self, book: Book) -> None:
        self.book = book

    active = property(lambda self: self.book.shown)

    def __len__(self) -> int:
        return len(self.book.tabs)

    def __iter__(self) -> Any:
        return iter(list(self.book.tabs))

    def __call__(self, key: Any) -> Sheet:
        if isinstance(key, int):
            return self.book.tabs[key - 1]
        return next(tab for tab in self.book.tabs if tab.name == key)

    def add(self, before: Any = None, after: Any = None, name: str | None = None) -> Sheet:
        made = Sheet(self.book, name or "新表", [])
        self.book.tabs.insert(self.book.tabs.index(after) + 1 if after else 0, made)
        self.book.shown = made  # as Excel does
        self.book.app.log.append(("add sheet", name))
        return made


class Sheet(base_classes.Sheet):
    visible = -1

    def __init__(self, book: Book, name: str, rows: list[list[Any]]) -> None:
        self._book, self._name = book, name
        self.cells_: dict[Place, Any] = {
            (r, c): v for r, row in enumerate(rows, 1) for c, v in enumerate(row, 1) if v is not None
        }
        self.formats: dict[Place, str] = {}
        self.colours: dict[Place, tuple[int, int, int]] = {}
        self.texts: dict[Place, str] = {}
        self.merged: list[tuple[int, int, int, int]] = []
        self.protected = False
        self.password = False

    book = property(lambda self: self._book)
    name = property(lambda self: self._name)
    index = property(lambda self: self._book.tabs.index(self) + 1)

    def range(self, first: Any, last: Any = None) -> Range:
        return Range(self, first, last)

    @property
    def used_range(self) -> Range:
        places = [*self.cells_, *self.formats, *self.colours, (1, 1)]
        return Range(self, (1, 1), (max(r for r, _ in places), max(c for _, c in places)))

    @property
    def notes(self) -> list[Note]:
        return [Note(Range(self, place)) for place in sorted(self.texts)]

    def activate(self) -> None:
        self._book.shown = self
        self._book.app.log.append(("activate", self.name))

    def delete(self) -> None:
        self._book.app.log.append(("delete sheet", self.name, self._book.app.display_alerts))
        self._book.tabs.remove(self)
        self._book.shown = self._book.tabs[0]

    def lift_protection(self) -> bool:
        self._book.app.log.append(("unprotect", self.name))
        self.protected = self.password
        return not self.password

    def restore_protection(self) -> None:
        self._book.app.log.append(("protect", self.name))
        self.protected = True


class Range(base_classes.Range):
    max_cells_per_read = None
    max_cells_per_write = None
    wrap_text = vertical_alignment = horizontal_alignment = None
    column_width = row_height = 10.0
    row_hidden = column_hidden = False

    def __init__(self, sheet: Sheet, first: Any, last: Any = None) -> None:
        if isinstance(first, Range):
            first, last = first.first, (last or first).last
        if len(first) == 4:
            first, last = first[:2], (first[0] + first[2] - 1, first[1] + first[3] - 1)
        self.sheet, self.first, self.last = sheet, tuple(first), tuple(last or first)
        self.options: dict[str, Any] = {}

    api = property(lambda self: self)
    font = property(lambda self: Font())
    row = property(lambda self: self.first[0])
    column = property(lambda self: self.first[1])
    shape = property(lambda self: (self.last[0] - self.first[0] + 1, self.last[1] - self.first[1] + 1))
    address = property(lambda self: f"{self.first}:{self.last}")

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row: int, column: int) -> Range:
        return Range(self.sheet, (self.row + row - 1, self.column + column - 1))

    def _rows(self) -> list[list[Place]]:
        columns = range(self.first[1], self.last[1] + 1)
        return [[(row, column) for column in columns] for row in range(self.first[0], self.last[0] + 1)]

    def _log(self, what: str, value: Any) -> None:
        self.sheet.book.app.log.append((what, self.sheet.name, self.first, self.last, value))

    def _one(self, found: dict[Place, Any], default: Any) -> Any:
        answers = {found.get(place, default) for row in self._rows() for place in row}
        return answers.pop() if len(answers) == 1 else None

    @property
    def raw_value(self) -> list[list[Any]]:
        def shown(value: Any) -> Any:
            return None if isinstance(value, str) and value.startswith("=") else value

        return [[shown(self.sheet.cells_.get(place)) for place in row] for row in self._rows()]

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        self._log("value", data)
        rows = data if isinstance(data, list | tuple) else [[data]]
        for places, entries in zip(self._rows(), rows, strict=True):
            for place, entry in zip(places, entries, strict=True):
                self._type(place, entry)

    def _type(self, place: Place, entry: Any) -> None:
        """As if typed: Excel turns texts that look like numbers into numbers unless told not to."""
        if entry in (None, ""):
            self.sheet.cells_.pop(place, None)
            return
        if isinstance(entry, str) and self.sheet.formats.get(place) != "@":
            if entry.startswith("'"):
                entry = entry[1:]
            else:
                with suppress(ValueError):
                    entry = float(entry.rstrip("%")) / (100 if entry.endswith("%") else 1)
        self.sheet.cells_[place] = entry

    @property
    def formula(self) -> Any:
        def text(value: Any) -> str:
            return "" if value is None else str(value)

        rows = tuple(tuple(text(self.sheet.cells_.get(place)) for place in row) for row in self._rows())
        return rows[0][0] if len(self) == 1 else rows

    @property
    def number_format(self) -> str | None:
        return self._one(self.sheet.formats, "General")

    @number_format.setter
    def number_format(self, code: str) -> None:
        self._log("number_format", code)
        self.sheet.formats.update({place: code for row in self._rows() for place in row})

    @property
    def color(self) -> Any:
        return self._one(self.sheet.colours, None)

    @color.setter
    def color(self, value: Any) -> None:
        self._log("color", value)
        for row in self._rows():
            for place in row:
                self.sheet.colours.pop(place, None)
                if value is not None:
                    self.sheet.colours[place] = value

    def _area(self, place: Place) -> tuple[int, int, int, int]:
        inside = (
            area for area in self.sheet.merged if area[0] <= place[0] <= area[2] and area[1] <= place[1] <= area[3]
        )
        return next(inside, (*place, *place))

    @property
    def merge_cells(self) -> bool | None:
        answers = {self._area(place)[:2] != self._area(place)[2:] for row in self._rows() for place in row}
        return answers.pop() if len(answers) == 1 else None

    @property
    def merge_area(self) -> Range:
        area = self._area(self.first)
        return Range(self.sheet, area[:2], area[2:])

    def merge(self, across: bool = False) -> None:
        self.sheet.merged.append((*self.first, *self.last))

    @property
    def note(self) -> Note | None:
        return Note(self) if self.first in self.sheet.texts else None

    def add_note(self, text: str) -> Note:
        if self.first in self.sheet.texts:
            raise RuntimeError("the cell has a note")
        self.sheet.texts[self.first] = text
        return Note(self)

    def add_hyperlink(self, address: str, text_to_display: str | None = None, screen_tip: str | None = None) -> None:
        self._log("link", address)
        self.sheet.cells_[self.first] = text_to_display

    def select(self) -> None:
        self._log("select", None)


class Note(base_classes.Note):
    def __init__(self, cell: Range) -> None:
        self.cell = cell

    location = property(lambda self: self.cell)

    @property
    def text(self) -> str:
        return self.cell.sheet.texts[self.cell.first]

    @text.setter
    def text(self, value: str) -> None:
        self.cell.sheet.texts[self.cell.first] = value

    def delete(self) -> None:
        del self.cell.sheet.texts[self.cell.first]


class Font(base_classes.Font):
    bold = size = name = color = None


ENGINE = Engine()


def book(sheets: dict[str, list[list[Any]]], path: str = "/表/自评表.xlsx") -> xlwings.Book:
    """An open workbook as xlwings hands it out."""
    return xlwings.Book(impl=Book(sheets, path))


def day(text: str) -> dt.datetime:
    """A date cell's value as COM gives it."""
    return dt.datetime.fromisoformat(text)
