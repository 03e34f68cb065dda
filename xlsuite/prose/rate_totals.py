"""Rates whose amounts stand further off: in the sentences before, or among the totals of the whole report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from xlsuite.prose import roles
from xlsuite.prose.figures import MONEY
from xlsuite.prose.passages import Passage
from xlsuite.prose.quantities import Quantity
from xlsuite.prose.rate_fit import best_fit, can_be_whole, fits
from xlsuite.prose.rate_kinds import Rate, agrees, kind_of
from xlsuite.prose.slips import slipped
from xlsuite.prose.sums import Sure

Context = tuple[Sequence[Passage], int, list[Quantity]]
"""All passages, the number of the one at hand, and the totals of budgets that the whole report states."""


def across(context: Context, rate: Quantity, kind: tuple[str, int, int]) -> Rate | None:
    """Amounts of the sentences before: of this section, else the totals the whole report states."""
    passages, number, every_total = context
    passage = passages[number]
    start, stop = passage.sentence(rate.start)
    several = sum(1 for figure in passage.between(start, stop) if (kind_of(figure) or ("",))[0] == kind[0]) > 1
    parts = [f for f in passage.between(0, rate.start) if fits(f, (MONEY, "")) and f.role & kind[1] and f.paren == -1]
    if kind[0] == "完成率" or several or not parts:
        return None  # rates of several things have their own amounts elsewhere
    near = [
        f
        for index in range(max(0, number - 5), number)
        if _related(passages[index], passage)
        for f in passages[index].figures
    ]
    wholes = [f for f in (*near, *passage.between(0, rate.start)) if _usable(rate, kind, f)]
    totals = [f for f in every_total if _usable(rate, kind, f)]
    for group in (wholes, totals):
        fitting = [(p, w) for p in reversed(parts) for w in reversed(group) if w is not p and agrees(rate, p, w)]
        if fitting:
            return best_fit(rate, kind[0], fitting)
    return _only_one(rate, kind[0], parts, wholes or totals)


TOTAL = re.compile(
    r"(?:预算|资金|投资|经费)(?:资金)?总额$|全年预算(?:数|资金)?$|(?:年度|项目|专项)?预算(?:资金|数|安排)?$|预算批复$|应?到位(?:资金)?$"
)


def _usable(rate: Quantity, kind: tuple[str, int, int], figure: Quantity) -> bool:
    return (
        fits(figure, (MONEY, ""))
        and figure.paren == -1
        and bool(figure.role & kind[2])
        and can_be_whole(rate, kind, figure)
    )


def _only_one(rate: Quantity, kind: str, parts: list[Quantity], wholes: list[Quantity]) -> Rate | None:
    """No pair agrees: worth a word when one whole stands out, and the sizes are likely or one digit explains it."""
    part = parts[-1]
    others = [w for w in wholes if w is not part]
    later = [w for w in others if not w.role & roles.INITIAL] or others
    twice = [w for w in later if sum(1 for other in later if other.value == w.value) > 1]
    chosen = later if len({w.value for w in later}) == 1 else twice
    for whole in later:
        exact = rate.value * whole.value / 100
        if slipped(rate.value, round(part.value / whole.value * 100, 2)) or slipped(
            _leading(part.value), _leading(exact)
        ):
            return Rate(rate, kind, part, whole, Sure.LIKELY)
    if not chosen or len({w.value for w in chosen}) > 1:
        return None
    whole = chosen[-1]
    ratio = part.value / whole.value * 100 / rate.value
    beside = whole.block == part.block and abs(part.start - whole.stop) < 40
    if not Decimal("0.5") < ratio < 2 and not beside and not (part.value == whole.value and rate.value != 100):
        return None
    near = rate.start - part.stop < 40 and len(parts) == 1 and part.role == roles.PAID and rate.block - whole.block < 6
    return Rate(rate, kind, part, whole, Sure.CERTAIN if near and len(later) == 1 else Sure.LIKELY)


def _leading(value: Decimal) -> Decimal:
    """The first four digits of an amount, which is what a rate can tell of it."""
    shift = value.adjusted() - 3
    return Decimal(round(value.scaleb(-shift))).scaleb(shift) if value else value


def _related(one: Passage, other: Passage) -> bool:
    """Whether two passages stand in the same section, or as sisters below one heading."""
    if one.heading is None or other.heading is None:
        return one.heading is other.heading
    shared = one.heading in other.heading.path or other.heading in one.heading.path
    return shared or (one.heading.parent is other.heading.parent and one.heading.parent is not None)
