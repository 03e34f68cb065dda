"""The recomputed total and its grade.

Every row counts with what the law fixes, rounded as the row itself is printed. Where a person judges, the printed score
stands if it is allowed, and the total reaches up to what judgement could still give. A row that is not done, or
contradicts its target, and yet has more than allowed counts with nothing. An undecided row counts from nothing to its
whole weight, and the total says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from xlsuite.core.form import Cell, Form, Indicator
from xlsuite.core.grades import grade_of, standard_grade
from xlsuite.core.profile import Profile
from xlsuite.core.scorecard import Expected, Scorecard, undecided
from xlsuite.core.values import printed_places, round_half_up, squeeze
from xlsuite.scoring.execution import execution_weight
from xlsuite.scoring.wording import plain

ZERO = Decimal(0)
_FAILED = ("unfinished", "contradiction")


class Share(NamedTuple):
    """What one row adds to the total."""

    group: str
    low: Decimal
    high: Decimal
    decided: bool = True


def _share(group: str, expected: Expected, printed: Cell[Decimal], weight: Decimal | None) -> Share | None:
    """What a row adds; None when it has no weight, so that nothing can be said about it."""
    if expected.low is None or expected.high is None:
        return None if weight is None else Share(group, ZERO, weight, decided=False)
    value, places = printed.value, printed_places(printed.text)
    if expected.low == expected.high or expected.candidates:
        values = expected.candidates or (expected.low,)
        agreed = [v for v in values if value == (v if places is None else round_half_up(v, places))]
        counted = value if agreed and value is not None else values[0]
        return Share(group, counted, counted)
    if value is not None and expected.accepts(value, places):
        low = max(value, ZERO)
        return Share(group, low, max(low, expected.high))
    if expected.method in _FAILED and value is not None:
        return Share(group, ZERO, ZERO)
    return Share(group, expected.low, expected.high)


def _shares(form: Form, card: Scorecard, profile: Profile) -> Iterator[Share | None]:
    row = form.fund_total
    weight = execution_weight(form, profile).points
    if row is not None and weight is not None:
        yield _share("预算执行", card.execution, row.score, weight)
    elif row is not None and row.score.value and row.weight.value is None:
        yield None
    for indicator, expected in zip(form.indicators, card.indicators, strict=True):
        if indicator.weight.value is None and not expected.decided:
            if indicator.score.value:
                yield None
            continue
        if not expected.decided and _not_applicable(indicator) and not indicator.score.value:
            continue
        group = squeeze(indicator.level1.text).split("(")[0] or "指标"
        yield _share(group, expected, indicator.score, indicator.weight.value)


def _not_applicable(indicator: Indicator) -> bool:
    return any(cell.value is not None and cell.value.kind == "na" for cell in (indicator.target, indicator.actual))


def total_score(form: Form, card: Scorecard, profile: Profile) -> Expected:
    """The total that the form's own figures lead to."""
    if not any(indicator.weight.value or indicator.score.value for indicator in form.indicators):
        return undecided("表中没有读到绩效指标的分值和得分，不能重算总分。")
    shares = list(_shares(form, card, profile))
    if None in shares:
        return undecided("有的行填了得分却没有填分值，不能重算总分。")
    rows = [share for share in shares if share is not None]
    low, high = sum((row.low for row in rows), ZERO), sum((row.high for row in rows), ZERO)
    low, high, note = _capped(low, high, card, profile)
    unknown = [row for row in rows if not row.decided]
    if len(unknown) == len(rows):
        return undecided("各项得分都不能判定，不能重算总分。")
    reason = f"有 {len(unknown)} 项得分不能判定，按 0 分至满分计入。" if unknown else ""
    words = f"{_addition(rows)} = {_interval(low, high)}{note}"
    return Expected(low, high, words, "总分为各项得分之和", "sum", reason=reason, judgement=low != high)


def _capped(low: Decimal, high: Decimal, card: Scorecard, profile: Profile) -> tuple[Decimal, Decimal, str]:
    rate = card.rate.exact
    limits = [
        Decimal(row["cap"]) for row in profile["score.cap_by_execution"] if rate is not None and rate < row["below"]
    ]
    if not limits or high <= min(limits):
        return low, high, ""
    cap = min(limits)
    return min(low, cap), cap, f"；执行率偏低，总分最高 {plain(cap)}"


def _interval(low: Decimal, high: Decimal) -> str:
    return plain(low) if low == high else f"{plain(low)}～{plain(high)}"


def _addition(rows: list[Share]) -> str:
    groups: dict[str, tuple[Decimal, Decimal]] = {}
    for row in rows:
        low, high = groups.get(row.group, (ZERO, ZERO))
        groups[row.group] = (low + row.low, high + row.high)
    return " + ".join(f"{group} {_interval(*ends)}" for group, ends in groups.items())


def graded(form: Form, profile: Profile) -> bool:
    """Whether the points of a form add up to the profile's total, so that its recomputed total can be graded at all."""
    points = execution_weight(form, profile).points or ZERO
    points += sum((indicator.weight.value or ZERO for indicator in form.indicators), ZERO)
    return bool(points == profile["weights.total"])


def printed_sum(form: Form, profile: Profile) -> Decimal | None:
    """Sum of the printed execution and indicator scores; None when a row that has points lacks its score."""
    total, found = ZERO, False
    row = form.fund_total
    counts = row is not None and (row.weight.value is None or execution_weight(form, profile).points is not None)
    cells = [(row.weight, row.score)] if row is not None and counts else []
    cells.extend((indicator.weight, indicator.score) for indicator in form.indicators)
    for weight, printed in cells:
        if printed.value is not None:
            total, found = total + printed.value, True
        elif weight.value:
            return None
    return total if found else None


__all__ = ["grade_of", "printed_sum", "standard_grade", "total_score"]
