"""What a self-evaluation says, apart from how a region prints it: the truth every layout family renders."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

Value = Decimal | str | tuple[int, int, int] | None
"""A target or actual value: a number, a word, or a date (year, month, day)."""


@dataclass(slots=True)
class Money:
    """One row of the funds block, in the form's unit."""

    kind: str
    initial: Decimal
    budget: Decimal
    executed: Decimal


@dataclass(slots=True)
class Goal:
    """An annual goal with what became of it."""

    expected: str
    actual: str


@dataclass(slots=True)
class Line:
    """One level-3 indicator. ``kind`` is count, percent, money, price, date, days or word.

    ``target_text`` and ``actual_text`` are what stands in the cells of a form without columns for operator and unit.
    """

    dimension: str
    aspect: str
    name: str
    kind: str
    operator: str
    unit: str
    target: Value
    actual: Value
    weight: Decimal
    score: Decimal | None
    reason: str = ""
    target_text: str = ""
    actual_text: str = ""

    @property
    def met(self) -> bool:
        """Whether the target was reached."""
        if self.kind == "word":
            return self.actual not in ("部分达成年度指标并具有一定效果", "部分达成", "未达成", "未完成")
        if isinstance(self.target, str) or isinstance(self.actual, str) or self.target is None or self.actual is None:
            return self.actual != "未完成"
        if self.operator == "≤":
            return self.actual <= self.target  # type: ignore[operator]
        return self.actual >= self.target  # type: ignore[operator]


@dataclass(slots=True)
class Dimension:
    """A level-1 heading of a scheme with its points and the level-2 aspects it may hold."""

    key: str
    name: str
    points: Decimal
    aspects: tuple[str, ...]


@dataclass(slots=True)
class Content:
    """A whole self-evaluation. Printed numbers are stored, so that a defect can make them wrong."""

    year: int
    place: str
    project: str
    department: str
    unit: str
    owner: str
    phone: str
    amount_unit: str
    money: list[Money]
    goals: list[Goal]
    dimensions: list[Dimension]
    lines: list[Line]
    execution_weight: Decimal
    rate: Decimal | None
    execution_score: Decimal | None
    execution_reason: str
    total_weight: Decimal
    total_score: Decimal
    grade: str
    places: int = 2
    notes: list[str] = field(default_factory=list)

    @property
    def funds_total(self) -> Money:
        """The 年度资金总额 row."""
        return self.money[0]

    def problems(self) -> str:
        """What a truthful 存在问题 section says: the reasons for lost points and for money not spent, or 无."""
        reasons = [
            line.reason for line in self.lines if line.score is not None and line.score < line.weight and line.reason
        ]
        return "".join(dict.fromkeys(([self.execution_reason] if self.execution_reason else []) + reasons)) or "无"

    def printed_sum(self) -> Decimal:
        """Sum of the scores as printed."""
        return sum((line.score or Decimal(0) for line in self.lines), self.execution_score or Decimal(0))
