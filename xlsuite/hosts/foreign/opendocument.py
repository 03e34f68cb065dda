"""OpenDocument spreadsheets (.ods and flat .fods). Every cell carries the text it shows, so no format is needed."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from math import isfinite

from xlsuite.core.errors import ProtectedFile, UnreadableFile
from xlsuite.forms.grid import Area, Book, CellError, Grid, GridCell, Value
from xlsuite.hosts import limits
from xlsuite.hosts.covered import drop_covered
from xlsuite.hosts.display import exact
from xlsuite.hosts.package.container import Container
from xlsuite.hosts.package.events import Attributes, Reader, attribute

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_REFERENCE = re.compile(r"\[([^\[\]]*)\]")
_PREFIX = re.compile(r"^(?:of|oooc|msoxl):")
_ERROR = re.compile(r"#(?:REF!|DIV/0!|VALUE!|NAME\?|NUM!|N/A|NULL!)|Err:\d{3}")
_CELLS = ("table-cell", "covered-table-cell")


def read_opendocument(container: Container, label: str, clock: limits.Clock) -> Book:
    """The sheets of an .ods package. ProtectedFile when it is encrypted."""
    if "META-INF/manifest.xml" in container and b"encryption-data" in container.read("META-INF/manifest.xml"):
        raise ProtectedFile("文件带有打开密码，无法读取，请先打开并取消密码、保存后再试。")
    return _read(container.read("content.xml"), label, clock)


def read_flat(text: str, label: str, clock: limits.Clock) -> Book:
    """The sheets of a flat .fods document."""
    return _read(_DECLARATION.sub("", text, count=1).encode("utf-8", "replace"), label, clock)


def _read(data: bytes, label: str, clock: limits.Clock) -> Book:
    reader = _ContentReader(clock)
    reader.read(data)
    if not reader.sheets:
        raise UnreadableFile("工作簿里没有工作表，请确认选对了文件。")
    book = Book(label, reader.sheets)
    for grid in book.sheets:
        book.remarks.extend(drop_covered(grid))
    return book


class _ContentReader(Reader):
    def __init__(self, clock: limits.Clock) -> None:
        super().__init__(clock)
        self.sheets: list[Grid] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._nesting = 0
        self._row = self._column = self._next_column = 0
        self._row_repeats = 1
        self._row_cells: list[tuple[int, int, GridCell]] = []
        self._cell: Attributes | None = None
        self._cell_depth = 0
        self._lines: list[str] = []
        self._note: list[str] | None = None
        self._total = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if self._nesting > 1:
            self._nesting += name == "table"
        elif name in _CELLS:
            self._begin_cell(attributes)
        elif name == "table-row":
            self._begin_row(attributes)
        elif name == "table-column":
            self._begin_column(attributes)
        elif name == "table":
            self._begin_table(attributes)
        elif name == "style":
            self._style = attribute(attributes, "name") or ""
        elif name == "table-properties" and attribute(attributes, "display") == "false":
            self._hidden_styles.add(self._style)
        elif self._cell is not None:
            self._begin_text(name, attributes)

    def end(self, name: str) -> None:
        if name == "table":
            self._nesting -= 1
        elif self._nesting != 1:
            return
        elif name in _CELLS and self._cell is not None:
            self._end_cell(self._cell)
            self._cell = None
        elif name == "table-row":
            self._end_row()
        elif name == "p" and self._cell is not None:
            self._end_paragraph()
        elif name == "annotation" and self._note is not None:
            self._end_note(self._note)

    def _end_paragraph(self) -> None:
        """Only the cell's own paragraphs and those of its note count; shapes anchored to the cell have some too."""
        text = self.take()
        if self._depth == self._cell_depth:
            self._lines.append(text)
        elif self._note is not None and self._depth == self._cell_depth + 1:
            self._note.append(text)

    def _begin_table(self, attributes: Attributes) -> None:
        self._nesting += 1
        if self._nesting > 1:
            return
        limits.SHEETS.check(len(self.sheets) + 1)
        grid = Grid(attribute(attributes, "name") or f"Sheet{len(self.sheets) + 1}")
        grid.hidden = attribute(attributes, "style-name") in self._hidden_styles
        self.sheets.append(grid)
        self._row, self._next_column, self._row_repeats = 0, 1, 1

    def _begin_column(self, attributes: Attributes) -> None:
        repeats = _repeats(attributes, "number-columns-repeated")
        last = min(self._next_column + repeats - 1, limits.MAX_COLUMN)
        if attribute(attributes, "visibility") in ("collapse", "filter") and self.sheets:
            self.sheets[-1].hidden_columns |= set(range(self._next_column, last + 1))
        self._next_column = last + 1

    def _begin_row(self, attributes: Attributes) -> None:
        self._row, self._column, self._row_cells = self._row + self._row_repeats, 1, []
        self._row_repeats = _repeats(attributes, "number-rows-repeated")
        if attribute(attributes, "visibility") in ("collapse", "filter") and self.sheets:
            last = min(self._row + self._row_repeats - 1, limits.MAX_ROW)
            self.sheets[-1].hidden_rows |= set(range(self._row, last + 1))

    def _end_row(self) -> None:
        if not self._row_cells or not self.sheets:
            return
        cells = self.sheets[-1].cells
        self._total += self._row_repeats * sum(repeats for _, repeats, _ in self._row_cells)
        limits.CELLS.check(self._total, "工作簿内")
        for row in range(self._row, self._row + self._row_repeats):
            for column, repeats, cell in self._row_cells:
                cells.update(((row, at), cell) for at in range(column, column + repeats))

    def _begin_cell(self, attributes: Attributes) -> None:
        self._cell, self._lines, self._note = attributes, [], None
        self._cell_depth = self._depth
        self.text.clear()

    def _begin_text(self, name: str, attributes: Attributes) -> None:
        if name == "annotation":
            self._note = []
        elif name == "p":
            self.text.clear()
        elif name == "s":
            self.text.append(" " * min(_repeats(attributes, "c"), 1000))
        elif name == "tab":
            self.text.append("\t")
        elif name == "line-break":
            self.text.append("\n")

    def _end_note(self, note: list[str]) -> None:
        if self.sheets and any(note):
            self.sheets[-1].notes[self._row, self._column] = "\n".join(note)
        self._note = None

    def _end_cell(self, attributes: Attributes) -> None:
        text = "\n".join(self._lines)
        limits.TEXT_CHARACTERS.check(len(text))
        repeats = _repeats(attributes, "number-columns-repeated")
        formula = attribute(attributes, "formula")
        value = _value(attributes, text)
        if value is not None or formula:
            shown = "" if value is None else text
            self._row_cells.append((self._column, repeats, GridCell(value, shown, formula and _plain(formula))))
            if self._column + repeats - 1 > limits.MAX_COLUMN or self._row + self._row_repeats - 1 > limits.MAX_ROW:
                raise UnreadableFile("有单元格的位置超出了工作表的范围，文件可能已损坏，" + limits.RESAVE)
        down, across = _repeats(attributes, "number-rows-spanned"), _repeats(attributes, "number-columns-spanned")
        if (down > 1 or across > 1) and self.sheets:
            bottom, right = min(self._row + down - 1, limits.MAX_ROW), min(self._column + across - 1, limits.MAX_COLUMN)
            self.sheets[-1].merges.append(Area(self._row, self._column, bottom, right))
            limits.MERGES.check(len(self.sheets[-1].merges), "一张工作表内")
        self._column += repeats


def _repeats(attributes: Attributes, name: str) -> int:
    text = attribute(attributes, name) or "1"
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def _value(attributes: Attributes, text: str) -> Value:
    kind = attribute(attributes, "value-type")
    if _ERROR.fullmatch(text) and (attribute(attributes, "formula") or kind == "error"):
        return CellError(text)
    if kind in ("float", "percentage", "currency"):
        return _number(attribute(attributes, "value") or "", text)
    if kind == "date":
        return _day(attribute(attributes, "date-value") or "", text)
    if kind == "boolean":
        return attribute(attributes, "boolean-value") == "true"
    return text or None


def _number(stored: str, text: str) -> Decimal | str | None:
    try:
        number = float(stored)
    except ValueError:
        return text or None
    return exact(number) if isfinite(number) else CellError("#NUM!")


def _day(stored: str, text: str) -> date | str | None:
    try:
        return datetime.fromisoformat(stored).date()
    except ValueError:
        return text or None


def _plain(formula: str) -> str:
    """``of:=SUM([.A1:.B2])`` as ``SUM(A1:B2)``; names of other sheets stand before an exclamation mark."""
    body = _PREFIX.sub("", formula).removeprefix("=")
    return _REFERENCE.sub(lambda found: ":".join(_address(part) for part in found[1].split(":")), body)


def _address(part: str) -> str:
    sheet, dot, cell = part.rpartition(".")
    return f"{sheet.lstrip('$')}!{cell}" if dot and sheet else cell
