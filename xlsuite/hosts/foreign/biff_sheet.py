"""The records of one worksheet in an old workbook."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from xlsuite.forms.grid import Area, CellError, Grid, GridCell
from xlsuite.hosts import limits
from xlsuite.hosts.display import NumberFormat, number_format
from xlsuite.hosts.foreign.biff_text import decoded, unicode_text
from xlsuite.hosts.package.formulas import UNKNOWN
from xlsuite.hosts.package.styles import code_of
from xlsuite.hosts.package.tables import float_cell, text_cell

_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_CHECK_EVERY = 50_000
Place = tuple[int, int]


class SheetPlace(NamedTuple):
    """A sheet as the globals list it: where its records begin."""

    name: str
    start: int
    hidden: bool
    kind: int


@dataclass(slots=True)
class Globals:
    """What the first part of the stream says about the whole workbook."""

    version: int = 8
    codec: str = ""
    date1904: bool = False
    formats: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    sheets: list[SheetPlace] = field(default_factory=list)

    def shown(self, style: int) -> NumberFormat:
        """The number format of a cell style."""
        number = self.styles[style] if style < len(self.styles) else 0
        return number_format(code_of(number, self.formats), self.date1904)


class SheetReader:
    """Reads the records of one sheet into a grid."""

    def __init__(self, workbook: Globals, place: SheetPlace, clock: limits.Clock) -> None:
        self._workbook = workbook
        self._grid = Grid(place.name, hidden=place.hidden)
        self._clock = clock
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._waiting: tuple[Place, int] | None = None
        self._take = {
            0x00FD: self._shared_text,
            0x0204: self._text,
            0x00D6: self._text,
            0x0203: self._number,
            0x027E: self._small_number,
            0x00BD: self._small_numbers,
            0x0205: self._flag,
            0x0207: self._formula_text,
            0x00E5: self._merges,
            0x0208: self._row,
            0x007D: self._columns,
            0x0006: self._formula,
            0x0206: self._formula,
            0x0406: self._formula,
        }
        if workbook.version == 2:
            self._take |= {
                0x0002: self._whole_2,
                0x0003: self._number_2,
                0x0004: self._text_2,
            }

    def read(self, records: Iterable[tuple[int, bytes]]) -> Grid:
        """The grid of the sheet whose records these are."""
        for number, (kind, body) in enumerate(records):
            take = self._take.get(kind)
            if take is not None:
                take(body)
            if number % _CHECK_EVERY == 0:
                self._clock.check()
                limits.CELLS.check(len(self._grid.cells), f"工作表「{self._grid.name}」")
        self._grid.hidden_rows = frozenset(self._hidden_rows)
        self._grid.hidden_columns = frozenset(self._hidden_columns)
        return self._grid

    def _put(self, row: int, column: int, cell: GridCell) -> None:
        if cell.value is not None or cell.formula is not None:
            self._grid.cells[row + 1, column + 1] = cell

    def _put_number(self, row: int, column: int, style: int, number: float) -> None:
        self._put(row, column, float_cell(number, self._workbook.shown(style)))

    def _put_text(self, row: int, column: int, style: int, text: str) -> None:
        limits.TEXT_CHARACTERS.check(len(text))
        self._put(row, column, text_cell(text, self._workbook.shown(style)))

    def _shared_text(self, body: bytes) -> None:
        row, column, style, index = struct.unpack_from("<3HL", body)
        self._put_text(row, column, style, self._workbook.strings[index])

    def _text(self, body: bytes) -> None:
        row, column, style = struct.unpack_from("<3H", body)
        if self._workbook.version == 8:
            text = unicode_text(body, 6, 2)
        else:
            (length,) = struct.unpack_from("<H", body, 6)
            text = decoded(body[8 : 8 + length], self._workbook.codec)
        self._put_text(row, column, style, text)

    def _number(self, body: bytes) -> None:
        self._put_number(*struct.unpack_from("<3Hd", body))

    def _small_number(self, body: bytes) -> None:
        row, column, style, packed = struct.unpack_from("<3HL", body)
        self._put_number(row, column, style, unpacked(packed))

    def _small_numbers(self, body: bytes) -> None:
        row, column = struct.unpack_from("<2H", body)
        for at in range(4, len(body) - 7, 6):
            style, packed = struct.unpack_from("<HL", body, at)
            self._put_number(row, column, style, unpacked(packed))
            column += 1

    def _flag(self, body: bytes) -> None:
        row, column, _, code, is_error = struct.unpack_from("<3H2B", body)
        self._put(row, column, flag_cell(code, bool(is_error), None))

    def _formula(self, body: bytes) -> None:
        row, column, style = struct.unpack_from("<3H", body)
        result = body[6:14]
        if self._workbook.version == 2:
            result, style = body[7:15], 0
        if result[6:8] != b"\xff\xff":
            cell = float_cell(struct.unpack("<d", result)[0], self._workbook.shown(style))
            self._put(row, column, GridCell(cell.value, cell.text, UNKNOWN))
        elif result[0] in (1, 2):
            self._put(row, column, flag_cell(result[2], result[0] == 2, UNKNOWN))
        else:
            self._put(row, column, GridCell("", "", UNKNOWN))
            self._waiting = (row, column), style

    def _formula_text(self, body: bytes) -> None:
        """The text result of the formula just before."""
        if self._waiting is None:
            return
        (row, column), style = self._waiting
        self._waiting = None
        if self._workbook.version == 8:
            text = unicode_text(body, 0, 2)
        else:
            text = decoded(body[2 : 2 + struct.unpack_from("<H", body)[0]], self._workbook.codec)
        limits.TEXT_CHARACTERS.check(len(text))
        self._put(row, column, GridCell(text, self._workbook.shown(style).show_text(text), UNKNOWN))

    def _whole_2(self, body: bytes) -> None:
        row, column, number = struct.unpack_from("<2H3xH", body)
        self._put_number(row, column, 0, float(number))

    def _number_2(self, body: bytes) -> None:
        row, column, number = struct.unpack_from("<2H3xd", body)
        self._put_number(row, column, 0, number)

    def _text_2(self, body: bytes) -> None:
        row, column, length = struct.unpack_from("<2H3xB", body)
        self._put_text(row, column, 0, decoded(body[8 : 8 + length], self._workbook.codec))

    def _merges(self, body: bytes) -> None:
        (count,) = struct.unpack_from("<H", body)
        for at in range(2, 2 + 8 * count, 8):
            top, bottom, left, right = struct.unpack_from("<4H", body, at)
            if top <= bottom and left <= right:
                self._grid.merges.append(Area(top + 1, left + 1, bottom + 1, right + 1))
        limits.MERGES.check(len(self._grid.merges), f"工作表「{self._grid.name}」")

    def _row(self, body: bytes) -> None:
        row, height = struct.unpack_from("<H4xH", body)
        options = struct.unpack_from("<L", body, 12)[0] if len(body) >= 16 else 0
        if options & 0x20 or height == 0:
            self._hidden_rows.add(row + 1)

    def _columns(self, body: bytes) -> None:
        first, last, width, _, options = struct.unpack_from("<5H", body)
        if options & 1 or width == 0:
            self._hidden_columns.update(range(first + 1, min(last, 255) + 2))


def flag_cell(code: int, is_error: bool, formula: str | None) -> GridCell:
    """The cell of a stored error code or truth value."""
    if is_error:
        text = _ERRORS.get(code, "#N/A")
        return GridCell(CellError(text), text, formula)
    return GridCell(bool(code), "TRUE" if code else "FALSE", formula)


def unpacked(packed: int) -> float:
    """A number stored in 30 bits: a whole number or the upper part of a float, possibly times 100."""
    if packed & 2:
        number = float((packed >> 2) - (1 << 30 if packed & 0x80000000 else 0))
    else:
        number = float(struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))[0])
    return number / 100 if packed & 1 else number
