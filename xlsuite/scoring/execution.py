"""预算执行率 and its score: executed ÷ full-year budget on the total row, times the weight, never above the cap."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from xlsuite.core.form import Form, FundRow
from xlsuite.core.profile import Profile
from xlsuite.core.scorecard import Expected, undecided
from xlsuite.core.values import round_half_up
from xlsuite.scoring.wording import basis, percent, plain

RATE_PLACES = 12
"""Decimals of a computed rate: far finer than anyone prints."""

HIGHEST_RATE = 2
"""A stated rate above 200% is a percentage that lost its sign."""

_OUTER = ("fiscal", "carryover", "account", "own", "bond", "loan", "social", "nonfiscal", "other")
"""Sources that stand beside each other; 一般公共预算, 中央补助 and the like are parts of 财政拨款 where it is given."""
_INSIDE_NONFISCAL = ("account", "own", "loan", "social", "other")


class Money(NamedTuple):
    """Budget and spending that the rate is computed from; ``note`` says so when they are sums of the parts."""

    budget: Decimal
    executed: Decimal
    note: str = ""


def money(form: Form) -> Money | str:
    """Full-year budget and spending of a form, or a Chinese sentence saying what is missing."""
    row = form.fund_total
    if row is None:
        return "表中没有项目资金栏，不能计算预算执行率。"
    budget, executed = row.budget.value, row.executed.value
    if not budget and not executed:
        parts = _sum_of_parts(form, row)
        if parts is not None:
            return parts
    if budget is None:
        return "没有填写全年预算数，不能计算预算执行率。"
    if executed is None:
        return "没有填写全年执行数，不能计算预算执行率。"
    if budget < 0 or executed < 0:
        return "全年预算数或全年执行数为负数，不能计算预算执行率。"
    return Money(budget, executed)


def _sum_of_parts(form: Form, total: FundRow) -> Money | None:
    rows = [row for row in form.funds if row is not total and (row.budget.value or row.executed.value)]
    outer = [row for row in rows if row.kind in _OUTER]
    if any(row.kind == "nonfiscal" for row in outer):
        outer = [row for row in outer if row.kind not in _INSIDE_NONFISCAL]
    if any(row.kind == "fiscal" for row in outer):
        rows = outer
    budget = sum((row.budget.value or Decimal(0) for row in rows), Decimal(0))
    executed = sum((row.executed.value or Decimal(0) for row in rows), Decimal(0))
    if not rows or budget <= 0 or executed < 0:
        return None
    shown = "为 0" if total.budget.value is not None else "未填"
    return Money(budget, executed, f"年度资金总额{shown}，按各项资金来源相加计算；")


def rate(form: Form) -> Expected:
    """The execution rate as a ratio (0.7711), exact or undecided."""
    found = money(form)
    if isinstance(found, str):
        return undecided(found)
    if found.budget == 0:
        if found.executed > 0:
            return undecided(
                f"全年预算数为 0 而全年执行数为 {plain(found.executed)}，不能计算预算执行率，请核对预算数。"
            )
        return undecided("全年预算数和全年执行数都为 0，不能计算预算执行率。")
    value = round_half_up(found.executed / found.budget, RATE_PLACES)
    words = f"{found.note}{plain(found.executed)} ÷ {plain(found.budget)} = {percent(value)}"
    return Expected(value, value, words, "预算执行率＝全年执行数÷全年预算数", "proportional")


class Weight(NamedTuple):
    """Points of the budget execution; ``note`` says how they were found when the form does not print them."""

    points: Decimal | None
    note: str = ""


def execution_weight(form: Form, profile: Profile) -> Weight:
    """Points of the budget execution: as printed, else what the other weights leave of the total, else the usual ones.

    A funds row that carries the whole form's points (100 beside weighted indicators) carries no execution score.
    """
    row = form.fund_total
    if row is None:
        return Weight(None, "表中没有项目资金栏，不能计算预算执行得分。")
    whole: Decimal = profile["weights.total"]
    others = sum((indicator.weight.value or Decimal(0) for indicator in form.indicators), Decimal(0))
    printed = row.weight.value
    if printed is not None and printed >= whole and others > 0:
        return Weight(None, f"资金栏的分值 {plain(printed)} 是总分，不是预算执行率的分值。")
    if printed is not None:
        return Weight(printed)
    missing = "资金栏没有填写预算执行率的分值，不能计算预算执行得分。"
    if row.score.value is None:
        return Weight(None, missing)
    if 0 < whole - others <= whole / 2:
        return Weight(whole - others, f"分值未填，按 {plain(whole)} − {plain(others)} = {plain(whole - others)} 分计；")
    usual = profile["weights.execution"]
    if len(usual) == 1:
        return Weight(Decimal(usual[0]), f"分值未填，按通行的 {plain(Decimal(usual[0]))} 分计；")
    return Weight(None, missing)


def execution_score(form: Form, profile: Profile, computed: Expected) -> Expected:
    """The score of the budget execution; ``computed`` is the result of :func:`rate`."""
    weight, note = execution_weight(form, profile)
    if weight is None:
        return undecided(note)
    if computed.exact is None:
        computed = _stated_rate(form) or computed
    if computed.exact is None:
        return _without_rate(form, profile, weight, computed.reason)
    if profile["execution.method"] == "bands":
        return _by_bands(profile, weight, computed, note)
    places = int(profile["score.decimals"])
    cap = weight * profile["execution.cap"]
    value = round_half_up(min(cap, weight * computed.exact), places)
    words = f"{computed.arithmetic}；{note}{plain(weight)} × {percent(computed.exact)} = {plain(value)}"
    if weight * computed.exact > cap:
        words = f"{computed.arithmetic}；{note}超过分值，最高 {plain(value)}"
    return Expected(value, value, words, basis(profile, "execution.method"), "proportional")


def _stated_rate(form: Form) -> Expected | None:
    """The printed rate, where a form gives a rate but no amounts (预算执行率 as an indicator row)."""
    row = form.fund_total
    if row is None or row.rate.value is None or row.budget.value is not None or row.executed.value is not None:
        return None
    stated = row.rate.value
    if not 0 <= stated <= HIGHEST_RATE:
        return None
    return Expected(stated, stated, f"表中没有预算金额，按所填执行率 {percent(stated)} 计")


def _by_bands(profile: Profile, weight: Decimal, computed: Expected, note: str) -> Expected:
    assert computed.exact is not None
    share = Decimal(0)
    for band in sorted(profile["execution.bands"], key=lambda band: Decimal(band["from"])):
        if computed.exact >= band["from"]:
            share = Decimal(band["share"])
    value = round_half_up(weight * share, int(profile["score.decimals"]))
    words = (
        f"{computed.arithmetic}；按区间得分值的 {percent(share)}：{plain(weight)} × {percent(share)} = {plain(value)}"
    )
    return Expected(value, value, words, basis(profile, "execution.bands"), "bands")


def _without_rate(form: Form, profile: Profile, weight: Decimal, reason: str) -> Expected:
    found = money(form)
    policy = profile["execution.zero_budget"]
    if isinstance(found, str) or found.executed > 0 or policy == "undecided":
        return undecided(reason)
    if policy == "excluded":
        return undecided("全年预算数为 0，按口径预算执行率不计分。")
    value = weight if policy == "full" else Decimal(0)
    words = {"full": "计满分", "zero": "计 0 分"}[policy]
    return Expected(value, value, f"全年预算数为 0，{words}", basis(profile, "execution.zero_budget"), "zero_budget")
