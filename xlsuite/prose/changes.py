"""Differences and changes: whole − spent = left, base − cut = adjusted, and growth against the year before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlsuite.prose import roles
from xlsuite.prose.figures import COUNT, MONEY, PERCENT, plain
from xlsuite.prose.instalments import implied, stated_in
from xlsuite.prose.passages import Passage
from xlsuite.prose.quantities import Quantity
from xlsuite.prose.slips import one_part_slipped, slipped
from xlsuite.prose.sums import Sure

_WHOLE = roles.BUDGET | roles.ARRIVED | roles.CONTRACT
_AFTER = re.compile(
    r"(?:变更|调整|核减|压减|审减|调减|追加|调增|核定|审定|扣减)(?:后|为)|^(?:变更|调整)?后|经(?:压减|调整|核减)|审定(?:金额|价)|实际安排"
)
_WHOLE_YEAR = re.compile(r"全年预算(?:数|资金|总额)?$|调整预算数?$")
_GROWTH = re.compile(
    r"(?:增长|增加|增幅|上升|提高|上涨|下降|减少|降低|降幅|下滑|缩减)(?:了|率|幅度|比例)?(?:为|达|达到|约)?$"
)
_FALL = re.compile(r"下降|减少|降低|降幅|下滑|缩减")
_COMPARED = re.compile(r"比|较|同比|与\S{0,10}相比|环比")
_FROM_TO = re.compile(r"[由从][^，。；]{0,12}$")


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


@dataclass(slots=True, eq=False)
class Growth:
    """now, the change against the period before, and the percentage stated for it.

    ``misread`` says that the percentage was computed on the new amount instead of the old one.
    """

    now: Quantity
    change: Quantity
    rate: Quantity
    expected: Decimal
    sure: Sure
    misread: bool = False


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
        return None
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
