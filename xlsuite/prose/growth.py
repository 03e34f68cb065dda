"""Growth against an earlier period: X 万元，比上年增加 D 万元，增长 p%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlsuite.prose.figures import COUNT, MONEY, PERCENT
from xlsuite.prose.passages import Passage
from xlsuite.prose.quantities import Quantity
from xlsuite.prose.sums import Sure

_GROWTH = re.compile(
    r"(?:增长|增加|增幅|上升|提高|上涨|下降|减少|降低|降幅|下滑|缩减)(?:了|率|幅度|比例)?(?:为|达|达到|约)?$"
)
_FALL = re.compile(r"下降|减少|降低|降幅|下滑|缩减")
_COMPARED = re.compile(r"比|较|同比|与\S{0,10}相比|环比")


@dataclass(slots=True, eq=False)
class Growth:
    """now, the change against the period before, and the percentage stated for it.

    ``expected`` is negative where the increase is larger than the amount itself. ``misread`` says that the percentage
    was computed on the new amount instead of the old one.
    """

    now: Quantity
    change: Quantity
    rate: Quantity
    expected: Decimal
    sure: Sure
    misread: bool = False


def growths(passages: Sequence[Passage]) -> Iterator[Growth]:
    """Every "now, change, per cent" of the text: X 万元，比上年增加 D 万元，增长 p%."""
    for passage in passages:
        for index, rate in enumerate(passage.figures):
            if rate.kind != PERCENT or rate.loose or not _GROWTH.search(rate.label) or index < 2:
                continue
            change = _change_beside(passage, index)
            found = _grown(passage, change, rate) if change else None
            if found:
                yield found
        yield from _against_old(passage)


def _against_old(passage: Passage) -> Iterator[Growth]:
    """The old amount is told as well: X 万元，较上年的 Y 万元增加 D 万元."""
    for now, old, change in zip(passage.figures, passage.figures[1:], passage.figures[2:], strict=False):
        if (
            not old.aside
            or not change.change
            or (old.kind, old.unit) != (change.kind, change.unit)
            or change.start - old.stop > 8
        ):
            continue
        money = [
            f for f in passage.between(passage.sentence(old.start)[0], old.start) if f.kind == old.kind and f.exact
        ]
        now = money[-1] if money else now
        if now.kind != old.kind or now.unit != old.unit or now.loose or old.loose or change.loose:
            continue
        exact = abs(now.value - old.value)
        slack = min(now.step, old.step, change.step) * 3 / 2 if "." in change.printed else Decimal(0)
        if abs(exact - change.value) > max(slack, change.step / 2 if change.step > now.step else slack):
            yield Growth(now, change, old, exact, Sure.CERTAIN)


def _change_beside(passage: Passage, index: int) -> Quantity | None:
    """The change stated right before a percentage, or right behind it: 增长 10.85%，增收 2798 万元."""
    rate = passage.figures[index]
    for change in passage.figures[index - 1 : index + 2 : 2]:
        first, last = sorted((change, rate), key=lambda figure: figure.start)
        gap = passage.text[first.stop : last.start]
        if change.kind in (MONEY, COUNT) and change.change and not change.loose and len(gap) <= 24 and "。" not in gap:
            return change
    return None


def _grown(passage: Passage, change: Quantity, rate: Quantity) -> Growth | None:
    first = min(change.start, rate.start)
    start, _ = passage.sentence(first)
    begin = passage.sentence(start - 1)[0] if start else 0
    window = [f for f in passage.between(begin, first) if (f.kind, f.unit) == (change.kind, change.unit)]
    nows = [f for f in window if f.exact and f.value > 0]
    if not nows or not _COMPARED.search(passage.text[nows[-1].stop - 1 : max(change.start, rate.start)]):
        return None
    signs = (change.change, -1 if _FALL.search(rate.label) else 1)
    for now in reversed(nows):
        old = now.value - signs[0] * change.value
        if old > 0 and _near(change, old, now, rate):
            return Growth(now, change, rate, change.value / old * 100, Sure.HOLDS)
    now = nows[-1]
    if any(now.value and _near(change, other.value, now, rate) for other in nows[:-1]):
        return Growth(now, change, rate, rate.value, Sure.HOLDS)
    old = now.value - signs[0] * change.value
    if old <= 0:
        return Growth(now, change, rate, Decimal(-1), Sure.LIKELY)
    same_sentence = now.start >= start and len([f for f in nows if f.start >= start]) == 1
    found = Growth(now, change, rate, change.value / old * 100, Sure.CERTAIN if same_sentence else Sure.LIKELY)
    found.misread = _near(change, now.value, now, rate)
    return found


def _near(change: Quantity, old: Decimal, now: Quantity, rate: Quantity) -> bool:
    """Whether change ÷ old is the printed percentage, with the rounding of the printed digits."""
    slack = change.step / 2 if "." in change.printed else Decimal(0)
    wide = (now.step if "." in now.printed else Decimal(0)) / 2 + slack
    low = (change.value - slack) / (old + wide) * 100 - rate.step / 2
    high = (change.value + slack) / max(old - wide, rate.step) * 100 + rate.step / 2
    exact = change.value / old * 100
    return low <= rate.value <= high or exact - rate.step < rate.value <= exact
