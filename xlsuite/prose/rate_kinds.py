"""Kinds of rates and when a printed rate agrees with two printed amounts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from xlsuite.prose import roles
from xlsuite.prose.figures import COUNT, PERCENT
from xlsuite.prose.quantities import Quantity
from xlsuite.prose.sums import Sure

PLANNED = roles.BUDGET | roles.ARRIVED | roles.CONTRACT


_SPENT = "执行|支出|支付|使用|拨付|报账|兑付|兑现|支用|开支"
_DONE = "完成|合格|验收|覆盖|达标|发放|办结|达成|通过|补助|建成|投产|开工|竣工|入学|就业|参保|整改|处置"
_BUDGETED = r"(?:完成|占|为|达)(?:了)?(?:年初|全年|年度|调整后?的?|当年|本年|总)*预算(?:安排|总额|数|指标)*的?$"
_KINDS: tuple[tuple[str, re.Pattern[str], int, int], ...] = (
    ("到位率", re.compile(r"到位率$"), roles.ARRIVED, roles.BUDGET),
    ("结余率", re.compile(r"(?:结余|结转|剩余|节余)率$"), roles.LEFT, roles.BUDGET | roles.ARRIVED),
    ("执行率", re.compile(rf"(?:{_SPENT})(?:完成)?(?:率|进度|比例|比率)$"), roles.PAID, PLANNED),
    ("完成预算", re.compile(_BUDGETED), roles.PAID, roles.BUDGET),
    ("完成率", re.compile(rf"(?:{_DONE})(?:率|进度|比例)$"), roles.DONE, roles.BUDGET),
)


@dataclass(slots=True, eq=False)
class Rate:
    """A printed rate and the amounts it is computed from; ``expected`` is exact, in per cent."""

    rate: Quantity
    kind: str
    part: Quantity
    whole: Quantity
    sure: Sure

    @property
    def name(self) -> str:
        """What the text calls the rate: 支付率, 到位率."""
        match = re.search(r"[\u4e00-\u9fff]{2}(?:率|进度|比例|比率)$", self.rate.label)
        return match[0] if match else "完成预算的比例" if self.kind == "完成预算" else self.kind

    @property
    def expected(self) -> Decimal:
        """The rate the two amounts give."""
        return self.part.value / self.whole.value * 100


@dataclass(slots=True, eq=False)
class Lone:
    """A printed rate without amounts to compute it from."""

    rate: Quantity
    kind: str


def agrees(rate: Quantity, part: Quantity, whole: Quantity) -> bool:
    """Whether a printed percentage is the ratio of two printed amounts, within the rounding of all three.

    Cutting off decimals instead of rounding is accepted.
    """
    if not whole.value:
        return False
    exact = part.value / whole.value * 100
    cut_off = rate.step if rate.step < 1 else rate.step / 2
    if exact - cut_off < rate.value <= exact + rate.step / 2:
        return True
    slack_part, slack_whole = _slack(part, whole), _slack(whole, part)
    low = (part.value - slack_part) / (whole.value + slack_whole) * 100 - rate.step / 2
    high = (part.value + slack_part) / max(whole.value - slack_whole, whole.step / 2) * 100 + rate.step / 2
    return low <= rate.value <= high


def _slack(figure: Quantity, other: Quantity) -> Decimal:
    """Half of the last digit; whole numbers and counts are taken as exact, so is an amount coarser than its partner."""
    if figure.kind == COUNT or "." not in figure.printed:
        return Decimal(0)
    return min(figure.step, other.step) / 2 if "." in other.printed else figure.step / 2


def loosely(rate: Quantity, part: Quantity, whole: Quantity) -> bool:
    """Whether rounding whole amounts to their last digit could explain the rate."""
    if not whole.value or part.kind == COUNT:
        return False
    low = (part.value - part.step / 2) / (whole.value + whole.step / 2) * 100 - rate.step / 2
    high = (part.value + part.step / 2) / max(whole.value - whole.step / 2, whole.step / 2) * 100 + rate.step / 2
    return low <= rate.value <= high


def kind_of(rate: Quantity) -> tuple[str, int, int] | None:
    """(kind, roles of the part, roles of the whole) of a percentage, None when its words name no rate."""
    if rate.kind != PERCENT or not rate.exact:
        return None
    for kind, words, part, whole in _KINDS:
        if words.search(rate.label):
            return kind, part, whole
    return None
