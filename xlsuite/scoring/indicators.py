"""What the score of one indicator should be, from its target, its actual value and its weight."""

from __future__ import annotations

from decimal import Decimal

from xlsuite.core.form import Indicator
from xlsuite.core.profile import Profile
from xlsuite.core.scorecard import Expected, undecided
from xlsuite.core.values import BLANK, Measure
from xlsuite.scoring.case import ONE, ZERO, Case
from xlsuite.scoring.numeric import numeric
from xlsuite.scoring.qualitative import by_words, met_in_words, qualitative, says_none, unfinished
from xlsuite.scoring.timing import timing

_NUMERIC = ("number", "range")
_WHOLE = Decimal(100)


def score_indicator(indicator: Indicator, profile: Profile) -> Expected:
    """The expected score of an indicator: exact, an interval, or undecided with the reason in Chinese."""
    target, actual = indicator.target.value or BLANK, indicator.actual.value or BLANK
    weight = indicator.weight.value
    if "na" in (target.kind, actual.kind):
        return undecided("本行注明不适用，不计算得分。")
    if weight is None:
        return undecided("没有填写分值，不能计算得分。")
    if weight < 0:
        return undecided("分值为负数，不能计算得分。")
    if target.kind == "blank":
        return undecided("没有填写年度指标值，不能计算得分。")
    if actual.kind == "blank":
        return undecided("没有填写实际完成值，不能计算得分。")
    if weight == 0:
        return Expected(ZERO, ZERO, "分值为 0，得分为 0", method="met")
    return _score(Case(indicator, profile, weight, target, actual))


def _score(case: Case) -> Expected:
    target, actual = case.target.kind, case.actual.kind
    if target != "word" and case.said and case.said == case.wanted:
        return case.full(f"实际完成值与年度指标值都是“{case.said}”", "met", "score.forward")
    if target in _NUMERIC and actual in _NUMERIC:
        return numeric(case)
    if target == "date" and actual == "date":
        return timing(case)
    if actual == "word":
        return qualitative(case) if target == "word" else _words_for_figures(case)
    if actual == "number" and case.actual.unit == "%" and case.actual.strict and target in ("word", "date"):
        return _percentage_done(case, case.actual)
    if target == "word" and actual == "number" and says_none(case.wanted):
        return _none_wanted(case)
    return _incomparable(case)


def _words_for_figures(case: Case) -> Expected:
    """A number or date was asked for and words were given."""
    if case.target.number == 0 and says_none(case.said):
        return case.full(f"指标值为 0，实际完成值为“{case.said}”", "word", "score.equal")
    found = by_words(case)
    if found is not None:
        return found
    return _incomparable(case)


def _percentage_done(case: Case, actual: Measure) -> Expected:
    """A phrase or deadline was asked for and a completion percentage was given."""
    assert actual.number is not None
    if actual.operator in ("", "=", "≥") and actual.number >= _WHOLE:
        return met_in_words(case, f"实际完成 {case.said}")
    if actual.operator in ("", "=") and actual.number == 0:
        return unfinished(case)
    if actual.operator in ("", "=", "≤", "<"):
        return case.below(ONE, f"实际只完成 {case.said}", "word", "score.forward")
    return _incomparable(case)


def _none_wanted(case: Case) -> Expected:
    """零投诉, 无事故: the count 0 is met, any other is not."""
    if case.actual.number == 0 and case.actual.operator in ("", "=", "≤"):
        return case.full(f"指标值为“{case.wanted}”，实际为 0", "word", "score.equal")
    if case.actual.strict and case.actual.operator in ("", "="):
        return case.below(ONE, f"指标值为“{case.wanted}”，实际为“{case.said}”", "word", "score.equal")
    return _incomparable(case)


def _incomparable(case: Case) -> Expected:
    return undecided(
        f"年度指标值“{case.wanted}”与实际完成值“{case.said}”不是同一类内容，不能比较，请按指标值的写法填写实际完成值。"
    )
