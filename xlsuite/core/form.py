"""The self-evaluation form as typed data: what rules, scoring and reports work on.

A value knows where it was read (:class:`Cell`); a rule hands the cell on and never looks at its address.
Amounts are in the form's own unit (``Form.amount_unit``), rates are ratios (0.7711 for 77.11 %), scores are points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Generic, NamedTuple, TypeVar

from xlsuite.core.values import Measure, is_placeholder

T = TypeVar("T")


def column_letters(column: int) -> str:
    """Spreadsheet letters of a 1-based column number: 1 → A, 28 → AB."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """1-based column number of spreadsheet letters: AB → 28."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


class Ref(NamedTuple):
    """Where a cell is: sheet name, 1-based row and column."""

    sheet: str
    row: int
    column: int

    @property
    def a1(self) -> str:
        """The address inside the sheet, for example F12."""
        return f"{column_letters(self.column)}{self.row}"


@dataclass(slots=True, eq=False)
class Cell(Generic[T]):
    """One entry of the form.

    ``value`` is None when the entry is blank or cannot be understood; ``text`` is what the user sees;
    ``ref`` is None when the form has no such cell; ``formula`` is the formula without its equals sign.
    ``stored`` is the workbook's own value: a str where a number was typed as text, and the whole text of the workbook's
    cell where the entry is only a part of it (``项目名称：…``); whoever writes back keeps that nature.
    """

    value: T | None = None
    text: str = ""
    ref: Ref | None = None
    formula: str | None = None
    stored: object = None

    @property
    def present(self) -> bool:
        """Whether the form has this cell at all."""
        return self.ref is not None

    @property
    def blank(self) -> bool:
        """Nothing was entered: empty, or only a placeholder such as — / …… ."""
        return is_placeholder(self.text)


def absent() -> Cell[T]:
    """A cell that the form does not have."""
    return Cell()


@dataclass(slots=True, eq=False)
class FundRow:
    """One row of the funds block. ``kind`` is total, fiscal, carryover, other, or another key of labels.toml."""

    kind: str
    label: Cell[str] = field(default_factory=absent)
    initial: Cell[Decimal] = field(default_factory=absent)
    adjustment: Cell[Decimal] = field(default_factory=absent)
    budget: Cell[Decimal] = field(default_factory=absent)
    executed: Cell[Decimal] = field(default_factory=absent)
    weight: Cell[Decimal] = field(default_factory=absent)
    rate: Cell[Decimal] = field(default_factory=absent)
    score: Cell[Decimal] = field(default_factory=absent)
    reason: Cell[str] = field(default_factory=absent)


@dataclass(slots=True, eq=False)
class Goal:
    """An annual goal and what became of it."""

    expected: Cell[str] = field(default_factory=absent)
    actual: Cell[str] = field(default_factory=absent)


@dataclass(slots=True, eq=False)
class Indicator:
    """One level-3 indicator. ``level1`` and ``level2`` are carried down from merged or blank cells above.

    ``nature`` (指标性质, ≥ ≤ = 定性) and ``unit`` (度量单位) are the raw columns of forms that have them;
    their meaning is already part of ``target.value``. ``extra`` holds further columns by their heading.
    """

    level1: Cell[str] = field(default_factory=absent)
    level2: Cell[str] = field(default_factory=absent)
    level3: Cell[str] = field(default_factory=absent)
    nature: Cell[str] = field(default_factory=absent)
    unit: Cell[str] = field(default_factory=absent)
    target: Cell[Measure] = field(default_factory=absent)
    actual: Cell[Measure] = field(default_factory=absent)
    weight: Cell[Decimal] = field(default_factory=absent)
    score: Cell[Decimal] = field(default_factory=absent)
    reason: Cell[str] = field(default_factory=absent)
    extra: dict[str, Cell[str]] = field(default_factory=dict)
    aspect: str = ""
    """Standard key of the level-2 kind: quantity, quality, time, cost, economic, social, ecological,
    sustained, satisfaction, or "" when the wording is not known."""
    dimension: str = ""
    """Standard key of the level-1 kind: output, benefit, satisfaction, cost, management, or ""."""


@dataclass(slots=True, eq=False)
class Group:
    """A printed level-1 or level-2 heading with its own weight or subtotal; ``start:stop`` slices the indicators."""

    level: int
    label: Cell[str]
    weight: Cell[Decimal]
    score: Cell[Decimal]
    start: int
    stop: int


@dataclass(slots=True, eq=False)
class Total:
    """The 总分 row."""

    weight: Cell[Decimal] = field(default_factory=absent)
    score: Cell[Decimal] = field(default_factory=absent)


_CELL_SLOTS: dict[type, tuple[str, ...]] = {
    kind: tuple(item.name for item in fields(kind) if item.default_factory is absent)
    for kind in (FundRow, Goal, Indicator)
}


@dataclass(slots=True)
class Remark:
    """Something the reader saw but did not understand, told with its place."""

    message: str
    ref: Ref | None = None
    text: str = ""


class FieldPaths:
    """Field paths of a form's cells by ``id(cell)``, worked out when the first one is asked for.

    A cell shared by several rows (a level label carried down) has the path of the first of them.
    """

    def __init__(self, form: Form) -> None:
        self._form = form
        self._paths: dict[int, str] = {}
        self._entries: dict[int, tuple[str, int, str]] = {}
        """Block, row and field; spelt out only for cells that are asked for."""

    def get(self, key: int, default: str = "") -> str:
        """The path of the cell with that id."""
        if not self._paths:
            self._take()
        entry = self._entries.get(key)
        if entry is not None and key not in self._paths:
            self._paths[key] = f"{entry[0]}[{entry[1]}].{entry[2]}"
        return self._paths.get(key, default)

    def _take(self) -> None:
        first = self._entries.setdefault
        for name, rows in self._form.blocks():
            for index, row in enumerate(rows):
                for slot in _CELL_SLOTS[type(row)]:
                    first(id(getattr(row, slot)), (name, index, slot))
                if isinstance(row, Indicator):
                    for heading, cell in row.extra.items():
                        first(id(cell), (name, index, f"extra.{heading}"))
        for path, single in self._form.single_cells():
            self._paths.setdefault(id(single), path)


@dataclass(slots=True, eq=False)
class Form:
    """A self-evaluation form as read. Blank is never zero, and nothing here is computed."""

    sheet: str
    range: str
    kind: str = "project"
    """project 项目支出, department 部门整体支出, transfer 转移支付."""
    title: Cell[str] = field(default_factory=absent)
    year: Cell[int] = field(default_factory=absent)
    amount_unit: str = "万元"
    amount_unit_stated: bool = False
    info: dict[str, Cell[str]] = field(default_factory=dict)
    funds: list[FundRow] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    total: Total = field(default_factory=Total)
    grade: Cell[str] = field(default_factory=absent)
    reason_title: str = ""
    """Heading of the column that the indicators' reasons were read from (perhaps a 备注); "" when unknown."""
    remarks: list[Remark] = field(default_factory=list)
    text: str = ""
    """Head and foot text of the sheet, used only to choose a profile."""

    @property
    def fund_total(self) -> FundRow | None:
        """The 年度资金总额 row; None when the form has no funds block."""
        for row in self.funds:
            if row.kind == "total":
                return row
        return self.funds[0] if len(self.funds) == 1 else None

    def blocks(self) -> tuple[tuple[str, Sequence[FundRow | Goal | Indicator]], ...]:
        """The lists of rows by field name, in reading order."""
        return ("funds", self.funds), ("goals", self.goals), ("indicators", self.indicators)

    def single_cells(self) -> Iterator[tuple[str, Cell[object]]]:
        """The cells outside the lists of rows, with their field paths: first those of the head."""
        yield "title", self.title  # type: ignore[misc]
        yield "year", self.year  # type: ignore[misc]
        for key, cell in self.info.items():
            yield f"info.{key}", cell  # type: ignore[misc]
        for index, group in enumerate(self.groups):
            yield f"groups[{index}].weight", group.weight  # type: ignore[misc]
            yield f"groups[{index}].score", group.score  # type: ignore[misc]
        yield "total.weight", self.total.weight  # type: ignore[misc]
        yield "total.score", self.total.score  # type: ignore[misc]
        yield "grade", self.grade  # type: ignore[misc]

    def cells(self) -> Iterator[tuple[str, Cell[object]]]:
        """Every cell of the form with its field path (``funds[0].rate``), in reading order."""
        head = 2 + len(self.info)
        single = list(self.single_cells())
        yield from single[:head]
        for name, rows in self.blocks():
            for index, row in enumerate(rows):
                for slot in _CELL_SLOTS[type(row)]:
                    yield f"{name}[{index}].{slot}", getattr(row, slot)
                if isinstance(row, Indicator):
                    for heading, further in row.extra.items():
                        yield f"{name}[{index}].extra.{heading}", further  # type: ignore[misc]
        yield from single[head:]
