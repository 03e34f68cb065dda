"""Binary workbook packages (.xlsb), [MS-XLSB]: values, number formats, merges and what is hidden.

A formula is known to be one; its text is not decompiled.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

from xlsuite.core.errors import UnreadableFile
from xlsuite.forms.grid import Area, Book, Grid, GridCell
from xlsuite.hosts import limits
from xlsuite.hosts.covered import drop_covered
from xlsuite.hosts.display import NumberFormat, number_format
from xlsuite.hosts.foreign.biff_sheet import flag_cell, unpacked
from xlsuite.hosts.package.container import Container, damaged
from xlsuite.hosts.package.formulas import UNKNOWN
from xlsuite.hosts.package.styles import code_of
from xlsuite.hosts.package.tables import float_cell, text_cell
from xlsuite.hosts.package.workbook import Relation, relations

_CHECK_EVERY = 50_000


def read_binary_package(container: Container, part: str, label: str, clock: limits.Clock) -> Book:
    """The worksheets of a binary package. UnreadableFile when it is damaged or has none."""
    try:
        return _Package(container, part, clock).read(label)
    except (struct.error, IndexError) as error:
        raise damaged("文件的记录不完整") from error


def records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(kind, body) of every record; kind and length are stored in one to four bytes of seven bits."""
    at, size = 0, len(data)
    while at < size:
        kind = data[at]
        at += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (data[at] & 0x7F) << 7
            at += 1
        length = shift = 0
        for _ in range(4):
            byte = data[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        if at + length > size:
            raise damaged("文件的记录不完整")
        yield kind, data[at : at + length]
        at += length


def _wide(body: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends."""
    (length,) = struct.unpack_from("<L", body, at)
    stop = at + 4 + 2 * length
    if length == 0xFFFFFFFF:
        return "", at + 4
    if stop > len(body):
        raise damaged("文件的记录不完整")
    return body[at + 4 : stop].decode("utf-16-le", "replace").replace("\r\n", "\n").replace("\r", "\n"), stop


class _Package:
    def __init__(self, container: Container, part: str, clock: limits.Clock) -> None:
        self._container, self._part, self._clock = container, part, clock
        self._related = relations(container, part)
        self._date1904 = False
        self._formats: dict[int, str] = {}
        self._styles: list[int] = []
        self._strings: list[str] = []

    def read(self, label: str) -> Book:
        """The book."""
        sheets = list(self._sheets())
        self._read_styles()
        self._read_strings()
        book, total = Book(label), 0
        for grid, part in sheets:
            _SheetReader(grid, self._strings, self._shown, self._clock).read(self._container.read(part))
            total += len(grid.cells)
            limits.CELLS.check(total, "工作簿内")
            book.remarks.extend(drop_covered(grid))
            book.sheets.append(grid)
        if not book.sheets:
            raise UnreadableFile("工作簿里没有工作表（可能只有图表页），请确认选对了文件。")
        return book

    def _shown(self, style: int) -> NumberFormat:
        number = self._styles[style] if style < len(self._styles) else 0
        return number_format(code_of(number, self._formats), self._date1904)

    def _sheets(self) -> Iterator[tuple[Grid, str]]:
        count = 0
        for kind, body in records(self._container.read(self._part)):
            if kind == 153:
                self._date1904 = bool(body[0] & 1)
            elif kind == 156:
                count += 1
                limits.SHEETS.check(count)
                (state,) = struct.unpack_from("<L", body)
                identity, at = _wide(body, 8)
                name, _ = _wide(body, at)
                relation = self._related.get(identity)
                if relation is not None and relation.kind == "worksheet":
                    if relation.part not in self._container:
                        raise damaged(f"工作表「{name}」的内容丢失")
                    yield Grid(name, hidden=bool(state)), relation.part

    def _of_kind(self, kind: str) -> Relation | None:
        return next(
            (item for item in self._related.values() if item.kind == kind and item.part in self._container), None
        )

    def _read_styles(self) -> None:
        relation = self._of_kind("styles")
        inside = False
        for kind, body in records(self._container.read(relation.part)) if relation else ():
            if kind == 44:
                (number,) = struct.unpack_from("<H", body)
                self._formats[number] = _wide(body, 2)[0]
            elif kind in (617, 618):
                inside = kind == 617
            elif kind == 47 and inside:
                self._styles.append(struct.unpack_from("<H", body, 2)[0])
                limits.STYLES.check(len(self._styles), "工作簿内")

    def _read_strings(self) -> None:
        relation = self._of_kind("sharedStrings")
        for kind, body in records(self._container.read(relation.part)) if relation else ():
            if kind == 19:
                text = _wide(body, 1)[0]
                limits.TEXT_CHARACTERS.check(len(text))
                self._strings.append(text)
                limits.STRINGS.check(len(self._strings), "工作簿内")


class _SheetReader:
    def __init__(
        self, grid: Grid, strings: list[str], shown: Callable[[int], NumberFormat], clock: limits.Clock
    ) -> None:
        self._grid, self._strings, self._shown, self._clock = grid, strings, shown, clock
        self._row = 0
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()

    def read(self, data: bytes) -> None:
        """Fill the grid from the records of a sheet part."""
        for number, (kind, body) in enumerate(records(data)):
            if kind == 0:
                self._begin_row(body)
            elif 2 <= kind <= 11:
                self._cell(kind, body)
            elif kind == 60:
                self._column(body)
            elif kind == 176:
                self._merge(body)
            if number % _CHECK_EVERY == 0:
                self._clock.check()
                limits.CELLS.check(len(self._grid.cells), f"工作表「{self._grid.name}」")
        self._grid.hidden_rows = frozenset(self._hidden_rows)
        self._grid.hidden_columns = frozenset(self._hidden_columns)

    def _begin_row(self, body: bytes) -> None:
        (self._row,) = struct.unpack_from("<L", body)
        if body[11] & 0x10:
            self._hidden_rows.add(self._row + 1)

    def _merge(self, body: bytes) -> None:
        top, bottom, left, right = struct.unpack_from("<4L", body)
        if not (top <= bottom < limits.MAX_ROW and left <= right < limits.MAX_COLUMN):
            raise damaged("合并单元格的位置超出了工作表的范围")
        self._grid.merges.append(Area(top + 1, left + 1, bottom + 1, right + 1))
        limits.MERGES.check(len(self._grid.merges), f"工作表「{self._grid.name}」")

    def _column(self, body: bytes) -> None:
        first, last, width, _, options = struct.unpack_from("<4LH", body)
        if options & 1 or width == 0:
            self._hidden_columns.update(range(first + 1, min(last, limits.MAX_COLUMN - 1) + 2))

    def _cell(self, kind: int, body: bytes) -> None:
        column, style = struct.unpack_from("<2L", body)
        if self._row >= limits.MAX_ROW or column >= limits.MAX_COLUMN:
            raise damaged("有单元格的位置超出了工作表的范围")
        cell = self._typed(kind, body, self._shown(style & 0xFFFFFF))
        if kind >= 8:
            cell = GridCell(cell.value, cell.text, UNKNOWN)
        if cell.value is not None or cell.formula is not None:
            self._grid.cells[self._row + 1, column + 1] = cell

    def _typed(self, kind: int, body: bytes, shown: NumberFormat) -> GridCell:
        if kind == 2:
            return float_cell(unpacked(struct.unpack_from("<L", body, 8)[0]), shown)
        if kind in (5, 9):
            return float_cell(struct.unpack_from("<d", body, 8)[0], shown)
        if kind == 7:
            return text_cell(self._strings[struct.unpack_from("<L", body, 8)[0]], shown)
        if kind in (6, 8):
            text = _wide(body, 8)[0]
            limits.TEXT_CHARACTERS.check(len(text))
            return text_cell(text, shown) if kind == 6 else GridCell(text, shown.show_text(text))
        return flag_cell(body[8], kind in (3, 11), None)
