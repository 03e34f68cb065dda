"""Adjusted amounts: base − cuts + additions = what it became, with the base stated or implied by instalments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlsuite.prose import roles
from xlsuite.prose.figures import MONEY, plain
from xlsuite.prose.instalments import implied, stated_in
from xlsuite.prose.passages import Passage
from xlsuite.prose.quantities import Quantity
from xlsuite.prose.slips import slipped
from xlsuite.prose.sums import Sure

_AFTER = re.compile(
    r"(?:变更|调整|核减|压减|审减|调减|追加|调增|核定|审定|扣减)(?:后|为)|^(?:变更|调整)?后|经(?:压减|调整|核减)|审定(?:金额|价)|实际安排"
)


_WHOLE_YEAR = re.compile(r"全年预算(?:数|资金|总额)?$|调整预算数?$")


@dataclass(slots=True, eq=False)
class Adjustment:
    """base ± steps = after. ``base`` is None when instalments imply it; ``value`` is its amount."""

    after: Quantity
    base: Quantity | None
    value: Decimal
    steps: list[Quantity]
    sure: Sure

    @property
    def expected(self) -> Decimal:
        """The amount after all steps."""
        return self.value + sum((s.value * (1 if s.role & roles.ADDED else -1) for s in self.steps), Decimal(0))

    @property
    def arithmetic(self) -> str:
        """``500 + 100 − 30 = 570 万元``, in the unit of the result."""
        signs = ("+" if step.role & roles.ADDED else "−" for step in self.steps)
        steps = "".join(
            f" {sign} {plain(self.after.number(s.value))}" for sign, s in zip(signs, self.steps, strict=True)
        )
        return f"{plain(self.after.number(self.value))}{steps} = {self.after.like(self.expected)}"


def adjustments(passages: Sequence[Passage]) -> Iterator[Adjustment]:
    """Every amount called adjusted, with the steps that lead to it."""
    for passage in passages:
        for after in passage.figures:
            if after.kind != MONEY or not after.exact or not _names_result(passage, after):
                continue
            found = _adjusted(passage, after)
            if found:
                yield found


def _names_result(passage: Passage, figure: Quantity) -> bool:
    if figure.role & (roles.CUT | roles.ADDED | roles.PAID) and not _AFTER.search(figure.label):
        return False
    if _WHOLE_YEAR.search(figure.label):
        return any(f.role & roles.INITIAL for f in passage.figures if f.start < figure.start)
    before = passage.before(figure)
    floor = before.stop if before else 0
    return bool(_AFTER.search(passage.text[max(floor, figure.start - 16 - len(figure.label)) : figure.start]))


def _adjusted(passage: Passage, after: Quantity) -> Adjustment | None:
    earlier = [f for f in passage.figures if f.kind == MONEY and f.start < after.start]
    steps = [f for f in earlier if f.role & (roles.CUT | roles.ADDED) and not f.loose]
    if not steps or any(f.loose and f.role & (roles.CUT | roles.ADDED) for f in earlier):
        return None
    bases = [f for f in earlier if f.exact and f.role & (roles.BUDGET | roles.CONTRACT) and f.start < steps[-1].start]
    for chosen in (steps, steps[-1:]):
        for base in reversed(bases):
            found = Adjustment(after, base, base.value, chosen, Sure.HOLDS)
            if abs(found.expected - after.value) <= after.step / 2 + base.step / 2 * ("." in base.printed):
                return found
    whole = _implied_whole(passage, steps[0])
    if whole is not None:
        found = Adjustment(after, None, whole[0], steps, Sure.HOLDS)
        if abs(found.expected - after.value) > whole[1] + after.step:
            found.sure = Sure.CERTAIN if whole[2] > 1 else Sure.LIKELY
        return found
    return _unsettled(passage, after, steps, bases)


def _implied_whole(passage: Passage, step: Quantity) -> tuple[Decimal, Decimal, int] | None:
    """(contract price, uncertainty, number of instalments agreeing) that the instalments before a step imply."""
    found = [implied(share, amount) for share, amount in stated_in(passage) if amount.start < step.start]
    if not found:
        return None
    whole, slack = min(found, key=lambda item: item[1])
    agreeing = sum(1 for value, other in found if abs(value - whole) <= slack + other)
    return (whole, slack, agreeing) if agreeing == len(found) else None


def _unsettled(passage: Passage, after: Quantity, steps: list[Quantity], bases: list[Quantity]) -> Adjustment | None:
    """No reading agrees: certain when the sentence has one base before the steps and the result."""
    start, _ = passage.sentence(after.start)
    near = [base for base in bases if base.start >= start]
    if not near or len({base.value for base in near}) > 1:
        return _slipped_adjustment(after, steps, bases)
    found = Adjustment(after, near[-1], near[-1].value, [s for s in steps if s.start >= start] or steps, Sure.LIKELY)
    if len(found.steps) == len(steps) and near[-1].stop < steps[0].start:
        found.sure = Sure.CERTAIN
    ratio = found.expected / after.value if after.value else Decimal(0)
    return found if Decimal("0.5") < ratio < 2 else _slipped_adjustment(after, steps, near)


def _slipped_adjustment(after: Quantity, steps: list[Quantity], bases: list[Quantity]) -> Adjustment | None:
    """A base further back that fits but for one slip of the pen."""
    for base in bases:
        found = Adjustment(after, base, base.value, steps, Sure.LIKELY)
        gap = found.expected - after.value
        signed = [step.value if step.role & roles.ADDED else -step.value for step in steps]
        fits = slipped(after.value, found.expected, 2) or slipped(base.value, base.value - gap)
        if fits or any(slipped(abs(step), abs(step - gap), 2) for step in signed):
            return found
    return None
