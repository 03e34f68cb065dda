"""What is left over: whole − spent = left, looked up in the clause, the sentence, or the totals of the whole report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlsuite.prose import roles
from xlsuite.prose.figures import MONEY
from xlsuite.prose.passages import Passage
from xlsuite.prose.quantities import Quantity
from xlsuite.prose.slips import one_part_slipped
from xlsuite.prose.sums import Sure

_WHOLE = roles.BUDGET | roles.ARRIVED | roles.CONTRACT


@dataclass(slots=True, eq=False)
class Difference:
    """whole − part = left, as printed."""

    left: Quantity
    whole: Quantity
    part: Quantity
    sure: Sure

    @property
    def expected(self) -> Decimal:
        """What is left over by the printed whole and part."""
        return self.whole.value - self.part.value


def differences(passages: Sequence[Passage]) -> Iterator[Difference]:
    """Every remainder with the whole and the part of its sentence or of the one before."""
    for passage in passages:
        seen: set[int] = set()
        for left in passage.figures:
            if left.kind != MONEY or not left.exact or left.role != roles.LEFT or left.paren != -1:
                continue
            start, _ = passage.sentence(left.start)
            if start in seen:
                continue
            seen.add(start)
            found = _remainder(passage, left, start) or _remainder_of_totals(passages, passage, left)
            if found:
                yield found


def _remainder(passage: Passage, left: Quantity, start: int) -> Difference | None:
    clause = passage.clause(left.start)[0]
    before = passage.sentence(start - 1)[0] if start else 0
    for order, begin in enumerate(dict.fromkeys((clause, start, before))):
        figures = [f for f in passage.between(begin, left.start) if f.kind == MONEY and f.exact and f.paren == -1]
        wholes = [f for f in figures if f.role & _WHOLE and f.role != roles.PAID]
        parts = [f for f in figures if f.role & roles.PAID and f.role != _WHOLE | roles.PAID]
        pairs = [(w, p) for p in reversed(parts) for w in reversed(wholes) if w is not p]
        if not pairs:
            continue
        every = [(w, p) for w in figures for p in figures if w is not p]
        for whole, part in (*pairs, *every):
            if _leaves(left, whole, part) or _leaves_of_sum(left, wholes, part):
                return Difference(left, whole, part, Sure.HOLDS)
        whole, part = _likeliest(left, pairs)
        close = order < 2 and len({w.value for w, _ in pairs}) == 1 and len({p.value for _, p in pairs}) == 1
        sure = Sure.CERTAIN if close and whole.value >= part.value else Sure.LIKELY
        return Difference(left, whole, part, sure)
    return None


def _leaves_of_sum(left: Quantity, wholes: list[Quantity], part: Quantity) -> bool:
    """Whether all wholes together, such as the carry-over and the budget of the year, leave the remainder."""
    if len(wholes) < 2:
        return False
    together = sum((whole.value for whole in wholes), Decimal(0))
    return abs(together - part.value - left.value) <= left.step / 2


def _likeliest(left: Quantity, pairs: list[tuple[Quantity, Quantity]]) -> tuple[Quantity, Quantity]:
    """The pair that one slip of the pen would put right, else the nearest whole that covers the part."""
    for whole, part in pairs:
        if one_part_slipped(whole.value, [part.value, left.value]):
            return whole, part
    covering = [(w, p) for w, p in pairs if w.value >= p.value]
    later = [(w, p) for w, p in covering if not w.role & roles.INITIAL]
    return (later or covering or pairs)[0]


def _remainder_of_totals(passages: Sequence[Passage], passage: Passage, left: Quantity) -> Difference | None:
    """The remainder after a payment whose budget stands elsewhere: checked against the totals of the whole report."""
    start, _ = passage.sentence(left.start)
    parts = [f for f in passage.between(start, left.start) if f.kind == MONEY and f.exact and f.role & roles.PAID]
    wholes = [
        f
        for other in passages
        for f in other.figures
        if f.kind == MONEY
        and f.exact
        and f.role & (roles.BUDGET | roles.ARRIVED)
        and not f.role & roles.PAID
        and f.paren == -1
    ]
    if not parts:
        return None
    part = parts[-1]
    for whole in wholes:
        if _leaves(left, whole, part):
            return Difference(left, whole, part, Sure.HOLDS)
    for whole in wholes:
        if one_part_slipped(whole.value, [part.value, left.value]):
            return Difference(left, whole, part, Sure.LIKELY)
    larger = [whole for whole in wholes if whole.value > part.value]
    if not larger or len({whole.value for whole in larger}) > 1:
        return None
    return Difference(left, larger[-1], part, Sure.LIKELY)


def _leaves(left: Quantity, whole: Quantity, part: Quantity) -> bool:
    figures = (left, whole, part)
    fine = min(figure.step for figure in figures)
    cents = any(len(re.sub(r"\D+$", "", figure.printed).partition(".")[2]) > 1 for figure in figures)
    coarse = left.step / 2 if left.step > fine else Decimal(0)
    return abs(whole.value - part.value - left.value) <= (max(coarse, fine) if cents else coarse)
