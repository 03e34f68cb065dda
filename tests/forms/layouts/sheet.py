"""A drawing surface for one worksheet that remembers where every field of the form was put and what it says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any


def letters(column: int) -> str:
    """1 → A, 28 → AB."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def address(row: int, column: int) -> str:
    """(12, 6) → F12."""
    return f"{letters(column)}{row}"


def shown(value: Any, pattern: str = "") -> str:
    """What a reader of the sheet sees."""
    if value is None:
        return ""
    if isinstance(value, date):
        return (
            f"{value.year}-{value.month:02d}-{value.day:02d}"
            if pattern != "yyyy年m月d日"
            else f"{value.year}年{value.month}月{value.day}日"
        )
    if not isinstance(value, Decimal):
        return str(value)
    if not pattern:
        whole = len(str(int(abs(value))))
        places = max(0, 10 - whole)  # General shows eleven characters
        value = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP) if value != int(value) else value
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    percent = pattern.endswith("%")
    places = len(pattern.rstrip("%").partition(".")[2])
    number = (value * 100 if percent else value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{number:,f}" if "," in pattern else f"{number:f}{'%' if percent else ''}"


@dataclass(slots=True)
class Entry:
    """One filled cell with its span, number format, look and formula."""

    value: Any
    rows: int = 1
    columns: int = 1
    style: str = "cell"
    pattern: str = ""
    formula: str = ""


@dataclass(slots=True)
class Told:
    """The truth about one field: the value, what the cell shows, and where it is (None: nowhere)."""

    value: Any
    text: str
    sheet: str
    cell: str


@dataclass(slots=True)
class Truth:
    """What a reader should find: fields by path, in the shape of the published JSON contract."""

    family: str
    seed: int
    sheet: str
    kind: str
    amount_unit: str
    fields: dict[str, Told] = field(default_factory=dict)
    defects: list[Any] = field(default_factory=list)
    meanings: dict[str, Any] = field(default_factory=dict)
    """What a target or actual value means: a number, a word, or a date (year, month, day)."""
    places: dict[str, tuple[str, str]] = field(default_factory=dict)
    """(sheet, cell) of every field the layout has a cell for, blank ones included."""
    tolerated: set[int] = field(default_factory=set)
    """Rows that may be read as an indicator or left out: placeholders (……) and 不适用."""


@dataclass(slots=True)
class Sheet:
    """One worksheet being drawn. Without ``merging`` a spanning value stands in its first cell only."""

    name: str
    entries: dict[tuple[int, int], Entry] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    hidden: bool = False
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    merging: bool = True
    truths: list[Truth] = field(default_factory=list)
    left: int = 0
    """Columns by which everything is shifted to the right."""

    def put(
        self,
        row: int,
        column: int,
        value: Any,
        span: tuple[int, int] = (1, 1),
        style: str = "cell",
        pattern: str = "",
        formula: str = "",
        told: str = "",
        means: Any = ...,
    ) -> None:
        """Fill a cell (or a merged area). ``told`` names the field; ``means`` is its value if not the cell's own."""
        column += self.left
        rows, columns = span if self.merging else (1, 1)
        self.entries[row, column] = Entry(value, rows, columns, style, pattern, formula)
        if told:
            meaning = value if means is ... else means
            self.tell(told, meaning, shown(value, pattern), row, column - self.left)

    def tell(self, path: str, value: Any, text: str, row: int, column: int) -> None:
        """Record where a field is, and what it says unless it is blank."""
        if not self.truths:
            return
        cell = address(row, column + self.left)
        self.truths[-1].places[path] = (self.name, cell)
        if value is not None:
            self.truths[-1].fields[path] = Told(value, text, self.name, cell)

    @property
    def bottom(self) -> int:
        """The last row drawn."""
        return max((row + entry.rows - 1 for (row, _), entry in self.entries.items()), default=0)

    @property
    def right(self) -> int:
        """The last column drawn."""
        return max((column + entry.columns - 1 for (_, column), entry in self.entries.items()), default=0)

    def ruled(self, top: int, left: int, bottom: int, right: int) -> None:
        """Give every cell of an area without content its border, as in a printed form."""
        left, right = left + self.left, right + self.left
        covered = {
            (r, c)
            for (row, column), entry in self.entries.items()
            for r in range(row, row + entry.rows)
            for c in range(column, column + entry.columns)
        }
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) not in covered:
                    self.entries[row, column] = Entry(None)


@dataclass(slots=True)
class Workbook:
    """A file to be: sheets in order and the truths of the forms a reader should find, in reading order."""

    family: str
    seed: int
    sheets: list[Sheet]

    @property
    def truths(self) -> list[Truth]:
        """The forms on visible sheets."""
        return [truth for sheet in self.sheets if not sheet.hidden for truth in sheet.truths]
