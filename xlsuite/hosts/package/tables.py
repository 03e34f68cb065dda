"""Finished cells for what a file stores.

A table maps the raw bytes of a stored value to the finished :class:`~xlsuite.forms.grid.GridCell`. Tables of numbers
are shared by all files with the same format code, because the same scores and weights come again and again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache, partial
from itertools import repeat
from math import isfinite

from xlsuite.forms.grid import CellError, GridCell, Value
from xlsuite.hosts import limits
from xlsuite.hosts.display import NumberFormat, exact, number_format
from xlsuite.hosts.package.container import damaged
from xlsuite.hosts.package.strings import cell_text

EMPTY = GridCell()

_STYLE = re.compile(rb'\ss="([0-9]{1,6})"')
_TYPE = re.compile(rb'\st="([A-Za-z]{1,9})"')
_TABLE_SIZE = 4096
_MOST_INDEXES = 20_000
_new_cell: Callable[[tuple[Value, str, None]], GridCell] = partial(tuple.__new__, GridCell)


class Table(dict[bytes, GridCell]):
    """Raw stored value → finished cell."""

    def of_text(self, text: str) -> GridCell:
        """The cell of a text that needs no decoding any more."""
        limits.TEXT_CHARACTERS.check(len(text))
        return text_cell(text, None)


class NumberTable(Table):
    """Numbers in one format."""

    def __init__(self, shown: NumberFormat) -> None:
        super().__init__()
        self.shown = shown
        self._quick = shown.quick

    def __missing__(self, raw: bytes) -> GridCell:
        cell = _quick_cell(raw, self._quick) if self._quick else None
        if cell is None:
            cell = number_cell(raw, self.shown)
        if len(self) < _TABLE_SIZE:
            self[raw] = cell
        return cell


def _quick_cell(raw: bytes, text: Callable[[Decimal], str]) -> GridCell | None:
    """The cell of an ordinary number in an ordinary format; None when there is anything special about either."""
    try:
        number = exact(float(raw))
        return None if b"_" in raw else _new_cell((number, text(number), None))
    except (ValueError, OverflowError, InvalidOperation):
        return None


def number_cell(raw: bytes, shown: NumberFormat) -> GridCell:
    """The cell of a stored number. What is no number is kept as text; what is not finite is the error #NUM!."""
    if not raw:
        return EMPTY
    try:
        stored = float(raw) if b"_" not in raw else None
    except ValueError:
        stored = None
    if stored is None:
        text = cell_text(raw)
        return GridCell(text, text)
    return float_cell(stored, shown)


def float_cell(stored: float, shown: NumberFormat) -> GridCell:
    """The cell of a number; what is not finite is the error #NUM!."""
    if not isfinite(stored):
        return GridCell(CellError("#NUM!"), "#NUM!")
    number = exact(stored)
    value: Value = shown.day(number)
    return GridCell(number if value is None else value, shown.show(number))


class StringTable(Table):
    """Indexes into the shared strings; all cells are made at once."""

    def __init__(self, strings: list[str], shown: NumberFormat | None = None) -> None:
        texts = strings if shown is None else [shown.show_text(text) for text in strings]
        super().__init__(zip(_indexes(len(strings)), map(_new_cell, zip(strings, texts, repeat(None))), strict=True))
        self[b""] = EMPTY
        for index, text in zip(_indexes(len(strings)), strings, strict=True) if "" in strings else ():
            if not text:
                self[index] = EMPTY

    def __missing__(self, raw: bytes) -> GridCell:
        index = raw.strip().lstrip(b"0") or b"0"
        if index == raw or index not in self:
            raise damaged("单元格引用了不存在的文本")
        return self[index]


_INDEXES: list[bytes] = []


def _indexes(count: int) -> list[bytes]:
    """b"0", b"1", … as sheets write them."""
    if count > _MOST_INDEXES:
        return [b"%d" % number for number in range(count)]
    if len(_INDEXES) < count:
        _INDEXES.extend(b"%d" % number for number in range(len(_INDEXES), count))
    return _INDEXES[:count]


def text_cell(text: str, shown: NumberFormat | None) -> GridCell:
    """The cell of a text; ``shown`` is given only when its format changes texts."""
    if not text:
        return EMPTY
    return GridCell(text, text if shown is None else shown.show_text(text))


class TextTable(Table):
    """Texts written in the cell itself; with ``kept`` an empty one is a value too: the result of a formula."""

    def __init__(self, shown: NumberFormat | None, kept: bool, known: dict[bytes, GridCell]) -> None:
        super().__init__(known if shown is None else ())
        self._shown = shown
        self._blank = GridCell("", "") if kept else EMPTY

    def __missing__(self, raw: bytes) -> GridCell:
        return self.of_text(cell_text(raw))

    def learn(self, known: dict[bytes, GridCell]) -> None:
        """Take over finished cells, unless this format shows texts in its own way."""
        if self._shown is None:
            self.update(known)

    def of_text(self, text: str) -> GridCell:
        """The cell of a text that needs no decoding any more."""
        limits.TEXT_CHARACTERS.check(len(text))
        return text_cell(text, self._shown) if text else self._blank


class BooleanTable(Table):
    """TRUE and FALSE."""

    def __missing__(self, raw: bytes) -> GridCell:
        if not raw:
            return EMPTY
        holds = raw.strip().lower() in (b"1", b"true")
        return GridCell(holds, "TRUE" if holds else "FALSE")


class ErrorTable(Table):
    """Error values."""

    def __missing__(self, raw: bytes) -> GridCell:
        text = cell_text(raw)
        return GridCell(CellError(text), text) if text else EMPTY


class DateTable(Table):
    """Dates in ISO 8601 (``t="d"``)."""

    def __init__(self, shown: NumberFormat, date1904: bool) -> None:
        super().__init__()
        self._shown, self._date1904 = shown, date1904

    def __missing__(self, raw: bytes) -> GridCell:
        text = cell_text(raw)
        try:
            moment = datetime.fromisoformat(text.removesuffix("Z"))
        except ValueError:
            return text_cell(text, None)
        return date_cell(moment, self._shown, self._date1904)


def date_cell(moment: datetime, shown: NumberFormat, date1904: bool) -> GridCell:
    """The cell of a moment stored as such; a format that shows no day is replaced by the usual one."""
    start = datetime(1904, 1, 1) if date1904 else datetime(1899, 12, 30)  # noqa: DTZ001  spreadsheets know no time zones
    number = exact((moment.replace(tzinfo=None) - start).total_seconds() / 86_400)
    if shown.day(number) is None:
        shown = number_format("yyyy/m/d")
    return GridCell(moment.date(), shown.show(number))


@lru_cache(maxsize=256)
def _numbers(code: str, date1904: bool) -> NumberTable:
    return NumberTable(number_format(code, date1904))


@lru_cache(maxsize=2048)
def _style_and_type(blob: bytes) -> tuple[int, bytes]:
    style, kind = _STYLE.search(blob), _TYPE.search(blob)
    return int(style[1]) if style else 0, kind[1] if kind else b"n"


class Tables(dict[bytes, Table]):
    """The table for the attributes of a cell, such as `` s="5" t="s"``, in one workbook."""

    def __init__(self, codes: tuple[str, ...], strings: list[str], date1904: bool) -> None:
        super().__init__()
        self._codes, self._strings, self._date1904 = codes, strings, date1904
        self._plain_strings = StringTable(strings)
        self.blank_strings = "" in strings
        self._known: dict[bytes, GridCell] = {}

    def __missing__(self, blob: bytes) -> Table:
        style, kind = _style_and_type(blob)
        code = self._codes[style] if style < len(self._codes) else "General"
        table = self[blob] = self._table(code, kind)
        return table

    def learn(self, texts: dict[bytes, str]) -> None:
        """Take over texts decoded together, by their raw spelling in the sheet."""
        limits.TEXT_CHARACTERS.check(max(map(len, texts.values()), default=0))
        self._known |= {raw: _new_cell((text, text, None)) for raw, text in texts.items()}
        for table in self.values():
            if isinstance(table, TextTable):
                table.learn(self._known)

    def _table(self, code: str, kind: bytes) -> Table:
        if kind == b"n":
            return _numbers(code, self._date1904)
        shown = number_format(code, self._date1904)
        for_text = None if shown.shows_text_plainly else shown
        if kind == b"s":
            return self._plain_strings if for_text is None else StringTable(self._strings, for_text)
        if kind == b"d":
            return DateTable(shown, self._date1904)
        if kind == b"b":
            return BooleanTable()
        return ErrorTable() if kind == b"e" else TextTable(for_text, kind == b"str", self._known)
