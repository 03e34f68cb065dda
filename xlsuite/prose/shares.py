"""Shares of a whole: 占比 14.34%, 占总支出的 60%.

The base of a list of shares is whatever most of them agree on: the stated total, the sum of the list, or another amount
nearby. A share that disagrees with the others is wrong; a base of another name than the list is worth a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlsuite.prose.figures import COUNT, MONEY, PERCENT
from xlsuite.prose.passages import Passage
from xlsuite.prose.quantities import Quantity
from xlsuite.prose.rate_kinds import agrees
from xlsuite.prose.sums import Sure

_SHARE = re.compile(r"(?:占比|比重|占(?:到|了)?[^，。；\d]{0,24}|比例|份额)(?:为|约|达|达到)?的?$")
_NAMED_BASE = re.compile(r"占(?:到|了)?(?P<base>[^，。；\d]{2,24}?)的?(?:比重|比例|份额)?(?:为|达)?$")
_GENERIC = re.compile(
    r"^(?:总额|总数|总量|总支出|总收入|总预算|总投资|总投入|全部|全年|总体|本|资金)?(?:资金|预算|支出|收入|金额)?(?:总额|总数|合计)?$"
)


@dataclass(slots=True, eq=False)
class Shares:
    """Shares that stand together, each with its amount, against one base.

    ``base`` is None when the base is the sum of the amounts; ``wrong`` are the pairs that disagree with it.
    """

    pairs: list[tuple[Quantity, Quantity]]
    base: Quantity | None
    value: Decimal
    wrong: list[tuple[Quantity, Quantity]]
    sure: Sure

    @property
    def added(self) -> Decimal:
        """The sum of the shares."""
        return sum((share.value for _, share in self.pairs), Decimal(0))


def shares(passages: Sequence[Passage]) -> Iterator[Shares]:
    """Every share with an amount, grouped by sentence."""
    for number, passage in enumerate(passages):
        for start, stop in passage.sentences:
            pairs = _pairs(passage, start, stop)
            if pairs:
                yield from _judged(passages, number, pairs)


def _pairs(passage: Passage, start: int, stop: int) -> list[tuple[Quantity, Quantity]]:
    """(amount, share) where the share follows its amount in the same item."""
    pairs = []
    figures = passage.between(start, stop)
    for index, share in enumerate(figures):
        if share.kind != PERCENT or not share.exact or not _SHARE.search(share.label):
            continue
        amount = next((f for f in reversed(figures[:index]) if f.kind in (MONEY, COUNT) and not f.change), None)
        if amount is None or amount.loose or "；" in passage.text[amount.stop : share.start]:
            continue
        if not re.search(r"预算的?$", share.label):
            pairs.append((amount, share))
    return pairs


def _judged(passages: Sequence[Passage], number: int, pairs: list[tuple[Quantity, Quantity]]) -> Iterator[Shares]:
    alike: dict[tuple[str, str, str], list[tuple[Quantity, Quantity]]] = {}
    for amount, share in pairs:
        named = _NAMED_BASE.search(share.label)
        base = named["base"] if named and not _GENERIC.match(named["base"]) else ""
        alike.setdefault((amount.kind, amount.unit, base), []).append((amount, share))
    for (kind, unit, base), group in alike.items():
        found = _named(passages, group, base) if base else _common(passages, number, group, (kind, unit))
        if found:
            yield found


def _named(passages: Sequence[Passage], group: list[tuple[Quantity, Quantity]], base: str) -> Shares | None:
    """Shares of a base that the text names: looked up where the same words carry an amount."""
    amounts = [
        figure
        for passage in passages
        for figure in passage.figures
        if figure.kind == group[0][0].kind and figure.exact and figure.label.endswith(base)
    ]
    for figure in amounts:
        wrong = [(a, s) for a, s in group if not agrees(s, a, figure)]
        if not wrong:
            return Shares(group, figure, figure.value, [], Sure.HOLDS)
    if not amounts or len({figure.value for figure in amounts}) > 1:
        return None
    wrong = [(a, s) for a, s in group if not agrees(s, a, amounts[0])]
    near = abs(amounts[0].block - group[0][0].block) <= 3
    return Shares(
        group, amounts[0], amounts[0].value, wrong, Sure.CERTAIN if near and len(amounts) == 1 else Sure.LIKELY
    )


def _common(
    passages: Sequence[Passage], number: int, group: list[tuple[Quantity, Quantity]], unit: tuple[str, str]
) -> Shares | None:
    """Shares without a named base: the candidate that most of them agree on."""
    passage = passages[number]
    nearby = [
        figure
        for other in passages[max(0, number - 1) : number + 1]
        for figure in other.figures
        if (figure.kind, figure.unit) == unit and figure.exact
    ]
    own = [amount for amount, _ in group]
    together = _standing(own)
    candidates: list[tuple[Quantity | None, Quantity]] = [(f, f) for f in reversed(nearby) if f not in own]
    if len(own) > 1:
        candidates.insert(0, (None, together))
    scored = [(sum(agrees(s, a, base) for a, s in group), base, figure) for figure, base in candidates]
    if not scored:
        return None
    count, base, figure = max(scored, key=lambda item: item[0])
    wrong = [(a, s) for a, s in group if not agrees(s, a, base)]
    if not wrong:
        return Shares(group, figure, base.value, [], Sure.HOLDS)
    if len(group) >= 3 and count >= 2 and count >= len(group) - max(1, len(group) // 4):
        return Shares(group, figure, base.value, wrong, Sure.CERTAIN)
    stated = next((f for f in nearby if f not in own and abs(f.value - together.value) <= f.step), None)
    if stated is not None and len(own) > 1:
        wrong = [(a, s) for a, s in group if not agrees(s, a, stated)]
        return Shares(group, stated, stated.value, wrong, Sure.CERTAIN)
    if (
        len(group) == 2
        and count == 1
        and figure is not None
        and abs(sum((s.value for _, s in group), Decimal(-100))) < 2
    ):
        return Shares(group, figure, base.value, wrong, Sure.LIKELY)
    return _few(passage, group, nearby)


def _standing(own: list[Quantity]) -> Quantity:
    """The sum of the amounts, as a figure of its own."""
    first = own[0]
    total = sum((amount.value for amount in own), Decimal(0))
    step = min(amount.step for amount in own)
    return Quantity(first.block, first.start, own[-1].stop, first.kind, total, step, "0.0", first.unit)


def _few(passage: Passage, group: list[tuple[Quantity, Quantity]], nearby: list[Quantity]) -> Shares | None:
    """One or two shares: wrong for certain only against the one total their own sentence states before them."""
    start, _ = passage.sentence(group[0][0].start)
    own = {amount for amount, _ in group}
    before = [
        f for f in nearby if f.block == group[0][0].block and start <= f.start < group[0][0].start and f not in own
    ]
    totals = [f for f in before if f.value >= max(amount.value for amount in own)]
    if len(totals) != 1 or len(before) > 1:
        return None
    wrong = [(a, s) for a, s in group if not agrees(s, a, totals[0])]
    listed = re.search(r"其中", passage.text[totals[0].stop : group[0][0].start])
    return Shares(group, totals[0], totals[0].value, wrong, Sure.CERTAIN if listed else Sure.LIKELY)
