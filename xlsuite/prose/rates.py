"""Rates and what they are made of: 支付率 = 支出 ÷ 安排, 到位率 = 到位 ÷ 预算, 完成率 = 完成 ÷ 计划.

The two amounts are looked for in the same clause, then in the same sentence, then just before. When any pair that fits
the words agrees with the printed rate, the text is taken to mean that pair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlsuite.prose import roles
from xlsuite.prose.figures import COUNT, MONEY, PERCENT
from xlsuite.prose.passages import Passage
from xlsuite.prose.quantities import Quantity
from xlsuite.prose.slips import slipped
from xlsuite.prose.sums import Sure

_PLANNED = roles.BUDGET | roles.ARRIVED | roles.CONTRACT

_KINDS: tuple[tuple[str, re.Pattern[str], int, int], ...] = (
    ("到位率", re.compile(r"到位率$"), roles.ARRIVED, roles.BUDGET),
    ("结余率", re.compile(r"(?:结余|结转|剩余|节余)率$"), roles.LEFT, roles.BUDGET | roles.ARRIVED),
    ("执行率", re.compile(r"(?:执行|支出|支付|使用|拨付|报账|兑付|兑现|支用|开支)(?:完成)?(?:率|进度|比例|比率)$"), roles.PAID, _PLANNED),
    ("完成预算", re.compile(r"(?:完成|占|为|达)(?:了)?(?:年初|全年|年度|调整后?的?|当年|本年|总)*预算(?:安排|总额|数|指标)*的?$"), roles.PAID, roles.BUDGET),
    ("完成率", re.compile(r"(?:完成|合格|验收|覆盖|达标|发放|办结|达成|通过|补助|建成|投产|开工|竣工|入学|就业|参保|整改|处置)(?:率|进度|比例)$"), roles.DONE, roles.BUDGET),
)  # fmt: skip
_QUALIFIED = re.compile(r"累计|平均|同比|上年|去年|上一年|历年|时序|序时|目标|计划|应达|要求|指标值|预期")
_SHARED = re.compile(r"(?:[、和及与]|以及|，)\S{0,8}率?(?:均|都|分别)")


_LIFETIME = re.compile(r"总投资|总投入|总概算|概算|造价|合同|中标|成交|总规模|投资额|总价")
_YEARLY = re.compile(r"(?:19|20)\d\d年|当年|本年|全年|年度|今年")


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


def rates(passages: Sequence[Passage]) -> Iterator[Rate | Lone]:
    """Every rate of the text with its amounts, agreeing or not, or alone."""
    totals = [
        figure
        for passage in passages
        for figure in passage.figures
        if figure.kind == MONEY
        and figure.role & _PLANNED
        and figure.exact
        and figure.paren == -1
        and _TOTAL.search(figure.label)
    ]
    for number, passage in enumerate(passages):
        for rate in passage.figures:
            kind = kind_of(rate)
            if (
                rate.kind == PERCENT
                and rate.exact
                and rate.label.endswith(("率", "比例"))
                and (kind or ("完成率",))[0] == "完成率"
            ):
                linked = _linked(passage, rate)
                if linked:
                    yield linked
                    continue
            if kind is None:
                continue
            qualifier = _QUALIFIED.search(rate.label)
            found = None if qualifier else _bind((passages, number, totals), rate, kind)
            yield found or Lone(rate, kind[0])


_Context = tuple[Sequence[Passage], int, list[Quantity]]
"""All passages, the number of the one at hand, and the totals of budgets that the whole report states."""


def _bind(context: _Context, rate: Quantity, kind: tuple[str, int, int]) -> Rate | None:
    passage = context[0][context[1]]
    clause, sentence = passage.clause(rate.start), passage.sentence(rate.start)
    scopes = [passage.between(clause[0], rate.start)]
    if kind[0] != "完成率":
        scopes.append(passage.between(sentence[0], rate.start))
    behind = passage.between(rate.stop, clause[1])
    if behind and behind[0].paren >= rate.stop:
        scopes.insert(0, [f for f in behind if f.paren == behind[0].paren])
    unit = _unit(scopes, kind[0])
    for scope in scopes:
        found = _in_scope(passage, rate, kind, scope, unit)
        if found:
            return found
    return _across(context, rate, kind)


def _unit(scopes: Sequence[list[Quantity]], kind: str) -> tuple[str, str]:
    """Kind and counted unit of the amounts: money, except where a completion rate follows counts of one unit."""
    if kind == "完成率":
        for scope in scopes:
            units = [figure.unit for figure in scope if figure.kind == COUNT]
            pair = next((unit for unit in reversed(units) if units.count(unit) >= 2), None)
            if pair is not None:
                return COUNT, pair
    return MONEY, ""


def _fit(figure: Quantity, unit: tuple[str, str]) -> bool:
    return (figure.kind, figure.unit) == unit and figure.exact and figure.value > 0


def _in_scope(
    passage: Passage, rate: Quantity, kind: tuple[str, int, int], scope: list[Quantity], unit: tuple[str, str]
) -> Rate | None:
    """The rate against the amounts of one stretch of text; None when the stretch lacks one of the two."""
    if kind[0] == "完成率" and unit[0] == MONEY:
        kind = (kind[0], roles.PAID, roles.BUDGET)
    figures = _outside_lists([figure for figure in scope if _fit(figure, unit)], passage)
    parts = [f for f in figures if f.role & kind[1]]
    wholes = [f for f in figures if _is_whole(rate, kind, f)]
    pairs = [(p, w) for p in reversed(parts) for w in reversed(wholes) if p is not w]
    if not pairs:
        return None
    fitting = [(part, whole) for part, whole in pairs if agrees(rate, part, whole)]
    if fitting:
        return _fitting(rate, kind[0], fitting)
    for part in (f for f in figures if f.role & kind[1] or not f.role):
        for whole in (f for f in figures if f is not part and f.role != roles.PAID):
            if agrees(rate, part, whole):
                return Rate(rate, kind[0], part, whole, Sure.HOLDS)
    if parts[-1] is not figures[-1] and not figures[-1].role & (kind[2] | roles.LEFT):
        return None  # the amount right before the rate is of another kind, so these two are not meant
    part, whole = _nearest(pairs)
    sure = Sure.CERTAIN if _direct(kind, scope, part, whole) else Sure.LIKELY
    if _LIFETIME.search(whole.label) and _YEARLY.search(part.label) and not _YEARLY.search(whole.label):
        sure = Sure.HINT  # the investment of all years against the payments of one
    if loosely(rate, part, whole):
        sure = (
            Sure.HOLDS
            if "亿" in part.printed + whole.printed and "." not in part.printed + whole.printed
            else Sure.LIKELY
        )
    return Rate(rate, kind[0], part, whole, sure)


def _fitting(rate: Quantity, kind: str, pairs: list[tuple[Quantity, Quantity]]) -> Rate:
    """A pair that agrees; 100 % for two amounts that differ a little is worth a hint."""
    equal = next(((part, whole) for part, whole in pairs if part.value == whole.value), None)
    part, whole = equal or pairs[0]
    rounded_up = rate.value == 100 and rate.step == 1 and equal is None and part.kind == MONEY
    close = abs(part.value - whole.value) <= max(part.step, whole.step)
    return Rate(rate, kind, part, whole, Sure.HINT if rounded_up and not close else Sure.HOLDS)


def _outside_lists(figures: list[Quantity], passage: Passage) -> list[Quantity]:
    """Figures without those that a 其中 breaks down, when something is left of them."""
    if not figures:
        return figures
    place = passage.text.find("其中", figures[0].start, figures[-1].start)
    outside = [f for f in figures if place < 0 or f.start < place or f.role]
    return outside if len(outside) > 1 else figures


def _is_whole(rate: Quantity, kind: tuple[str, int, int], figure: Quantity) -> bool:
    """Whether a figure can be the whole of a rate; one that may be a payment itself cannot."""
    if figure.role & roles.PAID and kind[1] & roles.PAID and figure.role & kind[2] == roles.ARRIVED:
        return False
    return bool(figure.role & kind[2] or not figure.role) and not _foreign(rate, figure)


def _foreign(rate: Quantity, whole: Quantity) -> bool:
    """A budget's execution rate is never measured against a contract or the investment of all years."""
    return bool(re.search(r"预算|执行", rate.label) and _LIFETIME.search(whole.label))


def _nearest(pairs: list[tuple[Quantity, Quantity]]) -> tuple[Quantity, Quantity]:
    """The last part, with the whole that is the adjusted budget, else the nearest that is not the initial one."""
    part = pairs[0][0]
    wholes = [w for p, w in pairs if p is part]
    adjusted = next((w for w in wholes if re.search(r"调整|全年|追加后", w.label)), None)
    later = next((w for w in wholes if w.role and not w.role & roles.INITIAL), None)
    return part, adjusted or later or wholes[0]


def _direct(kind: tuple[str, int, int], scope: list[Quantity], part: Quantity, whole: Quantity) -> bool:
    """Whether nothing else that could be meant comes between the amounts and the rate, and both say what they are."""
    first, meant = min(part.start, whole.start), kind[1] | kind[2]
    rivals = [
        figure
        for figure in scope
        if figure is not part
        and figure is not whole
        and figure.kind == part.kind
        and figure.exact
        and not figure.role & roles.INITIAL
        and (figure.role & meant if figure.start >= first else figure.role & whole.role)
    ]
    named = bool(part.role and whole.role) and part.role != whole.role
    return named and not rivals and part.paren == whole.paren


def _linked(passage: Passage, rate: Quantity) -> Rate | None:
    """A rate of any name after two counts of one unit, where the second count carries the rate's own word.

    受理 428 件，调解成功 417 件，调解成功率 97.43%.
    """
    scope = passage.between(passage.clause(rate.start)[0], rate.start)
    counts = [figure for figure in scope if figure.kind == COUNT and figure.exact and figure.value > 0]
    if len(counts) < 2:
        return None
    whole, part = counts[-2:]
    word = re.sub(r"(?:率|比例)$", "", rate.label)[-4:]
    told = [figure for figure in counts if _shares_word(word, figure.label)]
    if whole.unit != part.unit or told != [part] or passage.text[part.start - 1] in "至到":
        return None
    if agrees(rate, part, whole) or agrees(rate, whole, part):
        return Rate(rate, "完成率", part, whole, Sure.HOLDS)
    earlier = [f for f in counts[:-2] if f.unit == part.unit]
    if any(agrees(rate, part, other) for other in earlier):
        return Rate(rate, "完成率", part, earlier[-1], Sure.HOLDS)
    return Rate(rate, "完成率", part, whole, Sure.LIKELY if earlier else Sure.CERTAIN)


def _shares_word(word: str, label: str) -> bool:
    return any(word[i : i + 2] in label for i in range(len(word) - 1))


def _across(context: _Context, rate: Quantity, kind: tuple[str, int, int]) -> Rate | None:
    """Amounts of the sentences before: of this section, else the totals the whole report states."""
    passages, number, every_total = context
    passage = passages[number]
    start, stop = passage.sentence(rate.start)
    several = sum(1 for figure in passage.between(start, stop) if (kind_of(figure) or ("",))[0] == kind[0]) > 1
    parts = [f for f in passage.between(0, rate.start) if _fit(f, (MONEY, "")) and f.role & kind[1] and f.paren == -1]
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
            return _fitting(rate, kind[0], fitting)
    return _only_one(rate, kind[0], parts, wholes or totals)


_TOTAL = re.compile(
    r"(?:预算|资金|投资|经费)(?:资金)?总额$|全年预算(?:数|资金)?$|(?:年度|项目|专项)?预算(?:资金|数|安排)?$|预算批复$|应?到位(?:资金)?$"
)


def _usable(rate: Quantity, kind: tuple[str, int, int], figure: Quantity) -> bool:
    return (
        _fit(figure, (MONEY, ""))
        and figure.paren == -1
        and bool(figure.role & kind[2])
        and _is_whole(rate, kind, figure)
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
    if not Decimal("0.5") < ratio < 2 and not (part.value == whole.value and rate.value != 100):
        return None
    near = rate.start - part.stop < 40 and len(parts) == 1 and part.role == roles.PAID and rate.block - whole.block < 6
    return Rate(rate, kind, part, whole, Sure.CERTAIN if near and len(later) == 1 else Sure.LIKELY)


def _leading(value: Decimal) -> Decimal:
    """The first four digits of an amount, which is what a rate can tell of it."""
    shift = value.adjusted() - 3
    return Decimal(int(round(value.scaleb(-shift)))).scaleb(shift) if value else value


def _related(one: Passage, other: Passage) -> bool:
    """Whether two passages stand in the same section, or as sisters below one heading."""
    if one.heading is None or other.heading is None:
        return one.heading is other.heading
    shared = one.heading in other.heading.path or other.heading in one.heading.path
    return shared or (one.heading.parent is other.heading.parent and one.heading.parent is not None)
