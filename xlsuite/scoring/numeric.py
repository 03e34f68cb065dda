"""Scores of numbers against numbers: forward, reverse, equal, range, cost.

``t`` is the target, ``a`` the actual value in the target's unit. Where practices differ and the profile does not
choose, the result is the interval or the list of what they give.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from xlsuite.core.scorecard import Expected, undecided
from xlsuite.core.values import Measure, in_unit_of
from xlsuite.scoring.case import ONE, ZERO, Case
from xlsuite.scoring.direction import Direction, direction
from xlsuite.scoring.wording import HUNDRED, percent, plain, quantity

_VAGUE = ("约", "左右", "余", "多", "近", "几", "数", "上下")


def numeric(case: Case) -> Expected:
    """Score of a number or range against a number or range."""
    target = case.target
    actual = in_unit_of(case.actual, target)
    if actual is None:
        return undecided(
            f"年度指标值“{case.wanted}”与实际完成值“{case.said}”的单位不同或不明，不能比较，请统一单位后填写。"
        )
    if not _plain_enough(case, target, actual):
        return undecided(
            f"年度指标值“{case.wanted}”或实际完成值“{case.said}”夹有其他文字，不能确定要比较的数，请只填数值和单位。"
        )
    way = direction(case, target)
    if actual.kind == "range" or actual.operator not in ("", "="):
        return _against_bounds(case, way, target, actual)
    assert actual.number is not None
    return _FORMULAS[way](case, target, actual.number)


def _plain_enough(case: Case, target: Measure, actual: Measure) -> bool:
    if target.strict and actual.strict:
        return True
    if any(word in target.word + actual.word for word in _VAGUE):
        return False
    if target.word == actual.word:
        return True
    named = bool(case.actual.unit) and bool(target.unit)
    return named and (target.strict or actual.strict)


def _both(case: Case, target: Measure, a: Decimal) -> str:
    assert target.number is not None
    unit = target.unit if target.unit in ("%", "‰") else ""
    return f"{plain(a)}{unit} ÷ {plain(target.number)}{unit}"


def _met(case: Case, target: Measure, a: Decimal, method: str, parameter: str) -> Expected:
    shown = f"{plain(a)}{target.unit}"
    return case.full(f"实际 {shown}，达到指标值 {quantity(target)}", method, parameter)


def forward(case: Case, target: Measure, a: Decimal) -> Expected:
    """More is better: a ≥ t gives full points, below it the ratio a ÷ t."""
    t = target.number
    assert t is not None
    if a >= t:
        return _exceeding(case, target, a)
    if t <= 0:
        return case.below(ONE, f"实际 {plain(a)} 未达到指标值 {quantity(target)}", "forward", "score.forward")
    ratio = max(ZERO, a / t)
    words = f"{_both(case, target, a)} = {percent(ratio)}；{plain(case.weight)} × {percent(ratio)} = "
    if case.profile["score.forward"] == "at_most":
        words = f"{words}{plain(case.points(ratio))}"
        return case.span(ZERO, ratio, words, "forward", "score.forward")
    shares = [ratio]
    if ratio < case.profile["score.pass_line"]:
        shares.append(ZERO)
    shares.extend(_satisfaction(case, target, a))
    return case.one_of(tuple(shares), words, "forward", "score.forward")


def _exceeding(case: Case, target: Measure, a: Decimal) -> Expected:
    t = target.number
    assert t is not None
    banded = _satisfaction(case, target, a)
    if banded and banded[0] < ONE:
        words = f"实际 {plain(a)}{target.unit}，达到指标值 {quantity(target)}，按达标或按满意度区间，得 "
        return case.one_of((ONE, *banded), words, "forward", "score.satisfaction_bands")
    if case.profile["score.over_policy"] == "deduct" and t > 0 and a / t >= case.profile["score.over_threshold"]:
        lost = min(ONE, Decimal(case.profile["score.over_deduction"]) / case.weight)
        words = f"{_both(case, target, a)} = {percent(a / t)}，超过指标值较多，可扣 {plain(lost * case.weight)} 分"
        return case.span(ONE - lost, ONE, words, "forward", "score.over_policy")
    return _met(case, target, a, "forward", "score.forward")


def _satisfaction(case: Case, target: Measure, a: Decimal) -> list[Decimal]:
    bands = case.profile["score.satisfaction_bands"]
    if not bands or "satisfaction" not in (case.indicator.aspect, case.indicator.dimension):
        return []
    ratio = a / HUNDRED if target.unit in ("%", "分") or a > 1 else a
    shares = [band for band in bands if ratio >= band["from"]]
    return [Decimal(max(shares, key=lambda band: Decimal(band["from"]))["share"])] if shares else [ZERO]


def _over_shares(t: Decimal, a: Decimal) -> dict[str, Decimal]:
    """Shares by deviation and by ratio for a value above its ceiling."""
    return {"deviation": max(ZERO, 2 - a / t), "ratio": t / a}


def reverse(case: Case, target: Measure, a: Decimal) -> Expected:
    """Less is better: a ≤ t gives full points, above it by deviation 1 − (a − t) ÷ t or by ratio t ÷ a."""
    t = target.number
    assert t is not None
    if a <= t:
        return _met(case, target, a, "reverse", "score.reverse")
    words = f"实际 {plain(a)}{target.unit} 超过指标值 {quantity(target)}"
    if t <= 0:
        return case.below(ONE, words, "reverse", "score.reverse")
    shares, method = _over_shares(t, a), case.profile["score.reverse"]
    formulas = {
        "deviation": f"1 − ({plain(a)} − {plain(t)}) ÷ {plain(t)} = {percent(shares['deviation'])}",
        "ratio": f"{plain(t)} ÷ {plain(a)} = {percent(shares['ratio'])}",
    }
    if method in shares:
        share = shares[method]
        text = f"{words}；{formulas[method]}；{plain(case.weight)} × {percent(share)} = "
        return case.exact(share, text, "reverse", "score.reverse")
    top = max(shares.values())
    text = f"{words}；按偏离度 {formulas['deviation']}，按比例 {formulas['ratio']}，都不高于 {percent(top)}"
    return case.span(ZERO, top, text, "reverse", "score.reverse")


def equal(case: Case, target: Measure, a: Decimal) -> Expected:
    """A target with an equals sign: below it as forward; above it by the profile's reading."""
    t = target.number
    assert t is not None
    if a == t or (t == 0 and a <= 0):
        return _met(case, target, a, "equal", "score.equal")
    if a < t:
        return forward(case, target, a)
    reading = case.profile["score.equal"]
    if t > 0 and (reading == "met" or (target.unit == "%" and t == HUNDRED)):
        return _met(case, target, a, "equal", "score.equal")
    words = f"实际 {plain(a)}{target.unit} 超过指标值 {quantity(target)}"
    if t <= 0 or reading == "exact":
        return case.below(ONE, words, "equal", "score.equal")
    return case.span(_over_shares(t, a)["deviation"], ONE, f"{words}，各地计分不同", "equal", "score.equal")


def cost(case: Case, target: Measure, a: Decimal) -> Expected:
    """A cost without operator: a ceiling by its nature, though some score it by ratio."""
    t = target.number
    assert t is not None
    if a > t or a <= 0 or t <= 0:
        return reverse(case, target, a)
    if a == t:
        return _met(case, target, a, "cost", "score.cost")
    ratio, reading = a / t, case.profile["score.cost"]
    if reading == "ceiling":
        return _met(case, target, a, "cost", "score.cost")
    by_ratio = f"{_both(case, target, a)} = {percent(ratio)}；{plain(case.weight)} × {percent(ratio)} = "
    if reading == "ratio":
        return case.exact(ratio, by_ratio, "cost", "score.cost")
    words = f"未超过成本上限，得满分；如按比例，{by_ratio}{plain(case.points(ratio))}；即得 "
    return case.one_of((ONE, ratio), words, "cost", "score.cost")


def either(case: Case, target: Measure, a: Decimal) -> Expected:
    """The text does not say which way is better: anything between the two readings."""
    if a == target.number:
        return _met(case, target, a, "either", "score.forward")
    readings = (forward(case, target, a), reverse(case, target, a))
    lows = [found.low for found in readings if found.low is not None]
    highs = [found.high for found in readings if found.high is not None]
    words = (
        f"指标值 {quantity(target)} 没有写明越高越好还是越低越好，得分在 {plain(min(lows))} 至 {plain(max(highs))} 之间"
    )
    return Expected(min(lows), max(highs), words, readings[0].basis, "either", judgement=True)


def within(case: Case, target: Measure, a: Decimal) -> Expected:
    """A range: inside it full points, below it as forward on its lower end, above it by judgement."""
    low, high = target.number, target.upper
    assert low is not None
    assert high is not None
    if low <= a <= high:
        return case.full(f"实际 {plain(a)}{target.unit}，在指标值 {quantity(target)} 之内", "range", "score.forward")
    if a < low:
        lower = Measure("number", "≥", low, unit=target.unit)
        found = forward(case, lower, a)
        found.method = "range"
        return found
    share = _over_shares(high, a)["deviation"] if high > 0 else ZERO
    return case.span(
        share, ONE, f"实际 {plain(a)}{target.unit} 高于指标值 {quantity(target)}", "range", "score.reverse"
    )


_FORMULAS: dict[Direction, Callable[[Case, Measure, Decimal], Expected]] = {
    "forward": forward,
    "reverse": reverse,
    "equal": equal,
    "cost": cost,
    "either": either,
    "range": within,
}


def _against_bounds(case: Case, way: Direction, target: Measure, actual: Measure) -> Expected:
    """An actual value that is itself an inequality or a range: decided only as far as it proves anything."""
    low = None if actual.operator in ("≤", "<") else actual.number
    high = actual.upper if actual.kind == "range" else actual.number if low is None else None
    if (
        way in ("equal", "cost")
        and low is not None
        and high is None
        and low == target.number
        and actual.operator == "≥"
    ):
        way = "forward"
    if way == "cost":
        way = "reverse"
    t = target.number
    assert t is not None
    good, bad = (low, high) if way == "forward" else (high, low)
    if way not in ("forward", "reverse"):
        return _unproved(case)
    if good is not None and _reached(way, good, t):
        words = f"实际完成值“{case.said}”足以说明达到指标值 {quantity(target)}"
        return case.full(words, way, "score.forward" if way == "forward" else "score.reverse")
    if bad is not None and not _reached(way, bad, t):
        worst = _FORMULAS[way](case, target, bad)
        assert worst.high is not None
        by_formula = worst.arithmetic.partition("，得分")[0]
        words = f"“{case.said}”与 {quantity(target)} 方向相反；{by_formula}，得分不应高于 {plain(worst.high)}"
        return Expected(
            ZERO, worst.high, words, worst.basis, "contradiction", judgement=True, open_high=worst.open_high
        )
    return _unproved(case)


def _reached(way: Direction, value: Decimal, t: Decimal) -> bool:
    return value >= t if way == "forward" else value <= t


def _unproved(case: Case) -> Expected:
    return undecided(
        f"实际完成值“{case.said}”不是一个确定的数，不足以与年度指标值“{case.wanted}”比较，请填写实际数值。"
    )
