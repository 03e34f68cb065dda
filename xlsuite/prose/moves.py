"""Changes told by both ends: 由 1860 件减少到 1134 件，下降 39.03%, and reductions measured against a target."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlsuite.prose.figures import COUNT, PERCENT
from xlsuite.prose.passages import Passage
from xlsuite.prose.quantities import Quantity
from xlsuite.prose.sums import Sure

_FROM_TO = re.compile(r"[由从][^，。；]{0,12}$")


@dataclass(slots=True, eq=False)
class Move:
    """From ``before`` to ``after``, with the percentage stated for it."""

    before: Quantity
    after: Quantity
    rate: Quantity
    sure: Sure

    @property
    def expected(self) -> Decimal:
        """The percentage the two figures give."""
        return abs(self.after.value - self.before.value) / self.before.value * 100


@dataclass(slots=True, eq=False)
class Reduction:
    """From ``before`` to ``after``, said to be so many per cent of a target."""

    before: Quantity
    after: Quantity
    rate: Quantity

    @property
    def removed(self) -> Decimal:
        """By how much it was reduced."""
        return self.before.value - self.after.value


def reductions(passages: Sequence[Passage]) -> Iterator[Reduction]:
    """由 53 个缩减为 24 个，完成目标 92.86%: those for which no whole target gives the percentage."""
    for passage in passages:
        for before, after, rate in zip(passage.figures, passage.figures[1:], passage.figures[2:], strict=False):
            if not (before.kind == after.kind == COUNT and before.unit == after.unit and rate.kind == PERCENT):
                continue
            if not _FROM_TO.search(passage.text[: before.start]) or before.value <= after.value:
                continue
            between = passage.text[before.stop : after.start]
            if (
                not re.search(r"(?:减|撤并|压|整合|降)\S{0,3}[为到至]$", between)
                or "目标" not in rate.label
                or rate.loose
            ):
                continue
            found = Reduction(before, after, rate)
            if rate.value and not _has_whole_target(found):
                yield found


def _has_whole_target(found: Reduction) -> bool:
    low = found.removed / (found.rate.value + found.rate.step) * 100
    high = found.removed / (found.rate.value - found.rate.step) * 100
    return int(low) != int(high) or low == int(low)


_MOVED = re.compile(r"(?:增|减|升|降|提高|压缩|缩短|缩减|上涨|下滑|扩大|压减|节约)[^，。；\d]{0,4}[到至为]$")


def moves(passages: Sequence[Passage]) -> Iterator[Move]:
    """由 1860 件减少到 1134 件，下降 39.03%: both ends and the percentage in one clause chain."""
    for passage in passages:
        for index, (before, after) in enumerate(zip(passage.figures, passage.figures[1:], strict=False)):
            if (before.kind, before.unit) != (after.kind, after.unit) or before.kind == PERCENT or before.value <= 0:
                continue
            lead = passage.text[max(0, before.start - 14) : before.start]
            if before.loose or after.loose or not re.search(r"[由从][^，。；]*$", lead):
                continue
            if not _MOVED.search(passage.text[before.stop : after.start]):
                continue
            rate = _rate_of_move(passage, passage.figures[index + 2 : index + 4], after)
            if rate:
                yield _moved(before, after, rate)


def _rate_of_move(passage: Passage, behind: Sequence[Quantity], after: Quantity) -> Quantity | None:
    for figure in behind:
        if figure.kind == PERCENT and not figure.loose and figure.start - after.stop < 24:
            plain_words = re.search(
                r"(?:增长|增加|提高|上升|上涨|下降|减少|降低|压缩|缩短|缩减|压减|降幅|增幅|节约)(?:了|率|幅度|比例)?(?:为|达|达到)?$",
                figure.label,
            )
            return figure if plain_words and "。" not in passage.text[after.stop : figure.start] else None
        if not figure.change:
            return None
    return None


def _moved(before: Quantity, after: Quantity, rate: Quantity) -> Move:
    found = Move(before, after, rate, Sure.HOLDS)
    slack = (before.step + after.step) / 2 / before.value * 100 if "." in before.printed + after.printed else Decimal(0)
    if not found.expected - rate.step - slack < rate.value <= found.expected + rate.step / 2 + slack:
        found.sure = Sure.CERTAIN
    return found
