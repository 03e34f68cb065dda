"""Scores of dates against deadlines. A date without a year belongs to the year of the form."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from xlsuite.core.scorecard import Expected, undecided
from xlsuite.core.values import Day, Measure
from xlsuite.scoring.case import ONE, ZERO, Case


def _dates(day: Day, year: int | None) -> tuple[date, date] | None:
    """First and last date an entry can mean; None when no year is known or the date does not exist."""
    known = day.year or year
    if known is None:
        return None
    length = monthrange(known, day.month)[1]
    if day.day is None:
        return date(known, day.month, 1), date(known, day.month, length)
    only = date(known, day.month, min(day.day, length))
    return only, only


def timing(case: Case) -> Expected:
    """On or before the deadline gives full points; later is scored by the profile's ``score.late``."""
    target, actual = case.target, case.actual
    assert target.day is not None
    assert actual.day is not None
    open_year = None if target.day.year or actual.day.year else 2000
    year = case.profile.year or open_year
    deadline, done = _dates(target.day, year), _dates(actual.day, year)
    if deadline is None or done is None or not (target.strict and actual.strict) or target.operator in ("≥", ">"):
        return undecided(f"不能判定“{case.said}”是否符合时限“{case.wanted}”，请写明完成的年月日。")
    return _compared(case, deadline[1], done, actual)


def _compared(case: Case, deadline: date, done: tuple[date, date], actual: Measure) -> Expected:
    first, last = done
    latest_known = actual.operator not in ("≥", ">")
    earliest_known = actual.operator not in ("≤", "<")
    if latest_known and last <= deadline:
        return case.full(f"“{case.said}”不晚于时限“{case.wanted}”", "date", "score.late")
    if earliest_known and first > deadline:
        words = f"“{case.said}”晚于时限“{case.wanted}”"
        policy = case.profile["score.late"]
        if policy == "zero":
            return case.exact(ZERO, f"{words}，不得分：", "date", "score.late")
        if policy == "partial":
            return case.below(ONE, words, "date", "score.late")
        return undecided(f"{words}，本口径没有规定逾期如何计分。")
    return undecided(f"“{case.said}”没有写明确切日期，不能判定是否在时限“{case.wanted}”之内。")
