"""Rates and what they are made of: 支付率 = 支出 ÷ 安排, 到位率 = 到位 ÷ 预算, 完成率 = 完成 ÷ 计划.

The two amounts are looked for in the same clause, then in the same sentence, then just before. When any pair that fits
the words agrees with the printed rate, the text is taken to mean that pair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xlsuite.prose import roles
from xlsuite.prose.figures import COUNT, MONEY, PERCENT
from xlsuite.prose.passages import Passage
from xlsuite.prose.quantities import Quantity
from xlsuite.prose.rate_fit import LIFETIME, best_fit, can_be_whole, fits
from xlsuite.prose.rate_kinds import PLANNED, Lone, Rate, agrees, kind_of, loosely
from xlsuite.prose.rate_totals import TOTAL, Context, across
from xlsuite.prose.sums import Sure

_QUALIFIED = re.compile(r"累计|平均|同比|上年|去年|上一年|历年|时序|序时|目标|计划|应达|要求|指标值|预期")


_YEARLY = re.compile(r"(?:19|20)\d\d年|当年|本年|全年|年度|今年")


def rates(passages: Sequence[Passage]) -> Iterator[Rate | Lone]:
    """Every rate of the text with its amounts, agreeing or not, or alone."""
    totals = [
        figure
        for passage in passages
        for figure in passage.figures
        if figure.kind == MONEY
        and figure.role & PLANNED
        and figure.exact
        and figure.paren == -1
        and TOTAL.search(figure.label)
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


def _bind(context: Context, rate: Quantity, kind: tuple[str, int, int]) -> Rate | None:
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
    return across(context, rate, kind)


def _unit(scopes: Sequence[list[Quantity]], kind: str) -> tuple[str, str]:
    """Kind and counted unit of the amounts: money, except where a completion rate follows counts of one unit."""
    if kind == "完成率":
        for scope in scopes:
            units = [figure.unit for figure in scope if figure.kind == COUNT]
            pair = next((unit for unit in reversed(units) if units.count(unit) >= 2), None)
            if pair is not None:
                return COUNT, pair
    return MONEY, ""


def _in_scope(
    passage: Passage, rate: Quantity, kind: tuple[str, int, int], scope: list[Quantity], unit: tuple[str, str]
) -> Rate | None:
    """The rate against the amounts of one stretch of text; None when the stretch lacks one of the two."""
    if kind[0] == "完成率" and unit[0] == MONEY:
        kind = (kind[0], roles.PAID, roles.BUDGET)
    figures = _outside_lists([figure for figure in scope if fits(figure, unit)], passage)
    parts = [f for f in figures if f.role & kind[1]]
    wholes = [f for f in figures if can_be_whole(rate, kind, f)]
    pairs = [(p, w) for p in reversed(parts) for w in reversed(wholes) if p is not w]
    if not pairs:
        return None
    fitting = [(part, whole) for part, whole in pairs if agrees(rate, part, whole)]
    if fitting:
        return best_fit(rate, kind[0], fitting)
    for part in (f for f in figures if f.role & kind[1] or not f.role):
        for whole in (f for f in figures if f is not part and f.role != roles.PAID):
            if agrees(rate, part, whole):
                return Rate(rate, kind[0], part, whole, Sure.HOLDS)
    if parts[-1] is not figures[-1] and not figures[-1].role & (kind[2] | roles.LEFT):
        return None  # the amount right before the rate is of another kind, so these two are not meant
    part, whole = _nearest(pairs)
    sure = Sure.CERTAIN if _direct(kind, scope, part, whole) else Sure.LIKELY
    if LIFETIME.search(whole.label) and _YEARLY.search(part.label) and not _YEARLY.search(whole.label):
        sure = Sure.HINT  # the investment of all years against the payments of one
    if loosely(rate, part, whole):
        sure = (
            Sure.HOLDS
            if "亿" in part.printed + whole.printed and "." not in part.printed + whole.printed
            else Sure.LIKELY
        )
    return Rate(rate, kind[0], part, whole, sure)


def _outside_lists(figures: list[Quantity], passage: Passage) -> list[Quantity]:
    """Figures without those that a 其中 breaks down, when something is left of them."""
    if not figures:
        return figures
    place = passage.text.find("其中", figures[0].start, figures[-1].start)
    outside = [f for f in figures if place < 0 or f.start < place or f.role]
    return outside if len(outside) > 1 else figures


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
