"""Excel 2003 XML workbooks (SpreadsheetML), an export format of many older systems."""

from __future__ import annotations

import re
from datetime import datetime

from xlsuite.core.errors import UnreadableFile
from xlsuite.forms.grid import Area, Book, CellError, Grid, GridCell
from xlsuite.hosts import limits
from xlsuite.hosts.covered import drop_covered
from xlsuite.hosts.display import number_format
from xlsuite.hosts.package.events import Attributes, Reader, attribute
from xlsuite.hosts.package.tables import date_cell, float_cell

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_NAMED_FORMATS = {
    "general number": "General",
    "general date": "yyyy/m/d h:mm",
    "long date": 'yyyy"年"m"月"d"日"',
    "medium date": "d-mmm-yy",
    "short date": "yyyy/m/d",
    "long time": "h:mm:ss",
    "medium time": "h:mm AM/PM",
    "short time": "h:mm",
    "currency": '"¥"#,##0.00',
    "fixed": "0.00",
    "standard": "#,##0.00",
    "percent": "0.00%",
    "scientific": "0.00E+00",
}


def read_spreadsheetml(text: str, label: str, clock: limits.Clock) -> Book:
    """The worksheets of an XML workbook. UnreadableFile when it has none or is damaged."""
    reader = _WorkbookReader(clock)
    reader.read(_DECLARATION.sub("", text, count=1).encode("utf-8", "replace"))
    book = Book(label, reader.sheets)
    for grid in book.sheets:
        book.remarks.extend(drop_covered(grid))
    if not book.sheets:
        raise UnreadableFile("工作簿里没有工作表，请确认选对了文件。")
    return book


class _WorkbookReader(Reader):
    def __init__(self, clock: limits.Clock) -> None:
        super().__init__(clock)
        self.sheets: list[Grid] = []
        self._formats: dict[str, str] = {"": "General"}
        self._style = ""
        self._date1904 = False
        self._row = self._column = 0
        self._next_column = 1
        self._repeat_row = 0
        self._cell: Attributes | None = None
        self._kind = ""
        self._value = ""
        self._in_note = False

    def start(self, name: str, attributes: Attributes) -> None:
        begin = getattr(self, f"_begin_{name.lower()}", None)
        if begin is not None:
            begin(attributes)

    def end(self, name: str) -> None:
        if name == "Data" and self._in_note:
            return
        text = self.take() if name in ("Data", "Comment", "Visible", "Date1904") else ""
        if name == "Data":
            self._value += text
        elif name == "Comment":
            self._end_note(text)
        elif name == "Cell" and self._cell is not None:
            self._end_cell(self._cell)
            self._cell = None
        elif name == "Visible" and self.sheets:
            self.sheets[-1].hidden = text.strip() in ("SheetHidden", "SheetVeryHidden")
        elif name == "Date1904":
            self._date1904 = True

    def _begin_style(self, attributes: Attributes) -> None:
        self._style = attribute(attributes, "ID") or ""
        self._formats[self._style] = self._formats.get(attribute(attributes, "Parent") or "Default", "General")
        limits.STYLES.check(len(self._formats), "工作簿内")

    def _begin_numberformat(self, attributes: Attributes) -> None:
        code = attribute(attributes, "Format") or "General"
        self._formats[self._style] = _NAMED_FORMATS.get(code.lower(), code)

    def _begin_worksheet(self, attributes: Attributes) -> None:
        limits.SHEETS.check(len(self.sheets) + 1)
        self.sheets.append(Grid(attribute(attributes, "Name") or f"Sheet{len(self.sheets) + 1}"))
        self._row, self._repeat_row = 0, 0

    def _begin_column(self, attributes: Attributes) -> None:
        self._next_column = _whole(attribute(attributes, "Index"), self._next_column)
        span = _whole(attribute(attributes, "Span"), 0)
        last = min(self._next_column + span, limits.MAX_COLUMN)
        if _hidden(attributes, "Width") and self.sheets:
            self.sheets[-1].hidden_columns |= set(range(self._next_column, last + 1))
        self._next_column = last + 1

    def _begin_table(self, _: Attributes) -> None:
        self._next_column = 1

    def _begin_row(self, attributes: Attributes) -> None:
        self._row = _whole(attribute(attributes, "Index"), self._row + 1 + self._repeat_row)
        self._repeat_row = min(_whole(attribute(attributes, "Span"), 0), limits.MAX_ROW)
        self._column = 0
        if _hidden(attributes, "Height") and self.sheets:
            self.sheets[-1].hidden_rows |= {self._row}

    def _begin_cell(self, attributes: Attributes) -> None:
        self._column = _whole(attribute(attributes, "Index"), self._column + 1)
        self._cell, self._kind, self._value = attributes, "", ""
        if not (0 < self._row <= limits.MAX_ROW and 0 < self._column <= limits.MAX_COLUMN):
            raise UnreadableFile("有单元格的位置超出了工作表的范围，文件可能已损坏，" + limits.RESAVE)

    def _begin_data(self, attributes: Attributes) -> None:
        if not self._in_note:
            self.text.clear()
            self._kind = attribute(attributes, "Type") or "String"

    def _begin_comment(self, _: Attributes) -> None:
        self.text.clear()
        self._in_note = True

    def _end_note(self, text: str) -> None:
        self._in_note = False
        if self.sheets and text.strip():
            self.sheets[-1].notes[self._row, self._column] = text.strip()

    def _end_cell(self, attributes: Attributes) -> None:
        if not self.sheets:
            return
        grid, place = self.sheets[-1], (self._row, self._column)
        across = _whole(attribute(attributes, "MergeAcross"), 0)
        down = _whole(attribute(attributes, "MergeDown"), 0)
        if across or down:
            bottom, right = min(place[0] + down, limits.MAX_ROW), min(place[1] + across, limits.MAX_COLUMN)
            grid.merges.append(Area(*place, bottom, right))
            limits.MERGES.check(len(grid.merges), f"工作表「{grid.name}」")
        cell = self._typed(self._formats.get(attribute(attributes, "StyleID") or "Default", "General"))
        formula = attribute(attributes, "Formula")
        if formula:
            cell = GridCell(cell.value, cell.text, formula.removeprefix("="))
        if cell.value is not None or cell.formula:
            grid.cells[place] = cell
            limits.CELLS.check(len(grid.cells), f"工作表「{grid.name}」")
        self._column += across

    def _typed(self, code: str) -> GridCell:
        shown, text = number_format(code, self._date1904), self._value
        limits.TEXT_CHARACTERS.check(len(text))
        if not text:
            return GridCell()
        if self._kind == "Number":
            return _number(text, code, self._date1904)
        if self._kind == "DateTime":
            return _moment(text, code, self._date1904)
        if self._kind == "Boolean":
            return GridCell(text.strip() == "1", "TRUE" if text.strip() == "1" else "FALSE")
        if self._kind == "Error":
            return GridCell(CellError(text), text)
        return GridCell(text, shown.show_text(text))


def _number(text: str, code: str, date1904: bool) -> GridCell:
    try:
        stored = float(text)
    except ValueError:
        return GridCell(text, text)
    return float_cell(stored, number_format(code, date1904))


def _moment(text: str, code: str, date1904: bool) -> GridCell:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return GridCell(text, text)
    return date_cell(moment, number_format(code, date1904), date1904)


def _whole(text: str | None, other: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else other


def _hidden(attributes: Attributes, extent: str) -> bool:
    size = attribute(attributes, extent) or ""
    return attribute(attributes, "Hidden") == "1" or (bool(size) and not size.strip("0."))
