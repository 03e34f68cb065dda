"""VAL, dates: dates exist, belong to the year of the form, and are scored by their deadline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from xlsuite.core.dates import Day, is_day
from xlsuite.core.finding import ERROR, INFO, WARNING, Problem, Undecided
from xlsuite.core.form import Cell, Form
from xlsuite.core.profile import Profile
from xlsuite.core.registry import rule
from xlsuite.core.scorecard import Scorecard
from xlsuite.core.values import parse_when, squeeze
from xlsuite.rules._phrases import LOGIC, Results, shown
from xlsuite.rules._rows import facts
from xlsuite.rules._score_words import compared, score_problem
from xlsuite.rules._verdicts import judged

_WRITTEN = re.compile(r"(?:(?P<y>(?:19|20)\d\d)年)?(?<!\d)(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]")
_NUMERIC = re.compile(r"(?P<y>(?:19|20)\d\d)[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})")
_MONTH_ONLY = re.compile(r"(?P<y>(?:19|20)\d\d)年(?P<m>\d{1,2})月")


def _days(text: str) -> Iterator[Day]:
    """Every full date written in a text, existing or not."""
    if not any(sign in text for sign in "月-/"):
        return
    plain = squeeze(text)
    for match in _WRITTEN.finditer(plain):
        year = match["y"]
        yield Day(int(year) if year else None, int(match["m"]), int(match["d"]))
    for match in _MONTH_ONLY.finditer(plain):
        yield Day(int(match["y"]), int(match["m"]), None)
    whole = _NUMERIC.fullmatch(plain)
    if whole:
        yield Day(int(whole["y"]), int(whole["m"]), int(whole["d"]))


@lru_cache(maxsize=4096)
def _impossible(text: str) -> bool:
    return any(not is_day(day) for day in _days(text))


@rule("VAL110", severity=ERROR, title="日期不存在", source=LOGIC)
def date_impossible(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A day that the calendar does not have.

    为什么：2 月没有 30 日，11 月没有 31 日，这样的日期一定是填错的。
    错误：实际完成值 2 月 30 日。
    正确：实际完成值 2 月 28 日。
    改法：核对实际日期后改正。
    """
    for item in form.indicators:
        for cell, label in ((item.actual, "实际完成值"), (item.target, "年度指标值")):
            if cell.text and _impossible(cell.text):
                yield _impossible_day(f"指标“{shown(item.level3)}”的{label}", cell)
    filled = form.info.get("filled_on")
    if filled is not None and filled.text and _impossible(filled.text):
        yield _impossible_day("填报日期", filled)


def _impossible_day(name: str, cell: Cell[Any]) -> Problem:
    return Problem(
        (cell,),
        message=f"{name}填“{shown(cell)}”，日历上没有这一天。",
        printed=shown(cell),
        expected="真实的日期",
        suggestion="请核对实际日期后改正。",
    )


@rule("VAL108", severity=ERROR, title="逾期完成的得分不符", source="口径参数：时效指标晚于期限的计分")
def late_but_scored(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """Finished after the deadline, with more points than the profile allows.

    为什么：晚于指标值规定的日期就是没有按期完成，不能得满分。
    错误：指标值“10月31日前完成”，实际完成值“12月5日”，分值 5 分，得分填 5 分。
    正确：按本地规定扣分，并写明逾期原因。
    改法：核对完成日期；确已逾期的，降低得分并写明原因。
    """
    for row in judged(facts(form, scorecard, profile)).get("VAL108", ()):
        advice = "请核对完成日期；确已逾期的，降低得分并写明偏差原因。"
        yield score_problem(row, compared(row), advice)


@rule("VAL109", severity=WARNING, title="完成日期晚于评价年度", source="审核实务")
def done_after_year(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """Done only after the year that is evaluated.

    为什么：评价年度结束后才完成的，不能算作当年的完成。
    错误：2022 年度的自评表，实际完成值“2023年3月5日”。
    正确：实际完成值填截至 2022 年底的情况，如“未完成”。
    改法：按评价年度年底的实际情况填写，并写明原因。
    """
    year, rows = form.year.value, facts(form, scorecard, profile).rows
    if year is None:
        if any(row.actual.day is not None for row in rows):
            yield Undecided("没有写明评价年度，未核对完成日期的年份")
        return
    for row in rows:
        day, due = row.actual.day, row.target.day
        if day is None or day.year is None or day.year <= year or (due is not None and (due.year or 0) >= day.year):
            continue
        yield Problem(
            (row.item.actual, form.year),
            message=f"{row.name}的实际完成值是“{shown(row.item.actual)}”，晚于评价年度 {year} 年，不能算当年完成。",
            printed=shown(row.item.actual),
            expected=f"{year} 年内的日期",
            suggestion=f"请按 {year} 年底的实际情况填写，并写明原因。",
        )


@rule("VAL116", severity=INFO, title="完成日期早于评价年度", source="审核实务")
def done_before_year(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """Done before the evaluated year began: perhaps last year's form was copied.

    为什么：评价年度开始之前完成的事，不是当年预算做的，可能是沿用了上年的表。
    错误：2022 年度的自评表，实际完成值“2021年10月15日”。
    正确：实际完成值“2022年10月15日”。
    改法：核对年份；确系上年完成的，说明为什么列入当年。
    """
    year = form.year.value
    if year is None:
        return
    for row in facts(form, scorecard, profile).rows:
        day, due = row.actual.day, row.target.day
        if day is None or day.year is None or day.year >= year or (due is not None and due.year == day.year):
            continue
        yield Problem(
            (row.item.actual, form.year),
            message=f"{row.name}的实际完成值是“{shown(row.item.actual)}”，早于评价年度 {year} 年。",
            printed=shown(row.item.actual),
            expected=f"{year} 年内的日期",
            suggestion="请核对年份；确系以前年度完成的，说明为什么列入当年。",
        )


@rule("VAL117", severity=INFO, title="指标值的年份与评价年度不同", source="审核实务")
def due_in_other_year(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A deadline in an earlier year: perhaps copied from last year's form.

    为什么：年度指标值的期限应在评价年度内，写成以前年份多半是沿用旧表没有改。
    错误：2022 年度的自评表，指标值“2021年12月31日前”。
    正确：指标值“2022年12月31日前”。
    改法：核对并改正年份。
    """
    year = form.year.value
    if year is None:
        return
    for row in facts(form, scorecard, profile).rows:
        due = row.target.day
        if due is not None and due.year is not None and due.year < year:
            yield Problem(
                (row.item.target, form.year),
                message=f"{row.name}的年度指标值是“{shown(row.item.target)}”，早于评价年度 {year} 年，可能沿用了旧表。",
                printed=shown(row.item.target),
                expected=f"{year} 年内的期限",
                suggestion="请核对指标值的年份。",
            )


@rule("VAL119", severity=WARNING, title="填报日期早于评价年度", source=LOGIC)
def filled_too_early(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A self-evaluation cannot be filled before its year has begun.

    为什么：自评在年度结束后进行，填报日期早于评价年度说明日期或年度填错了。
    错误：2022 年度自评表，填报日期 2021 年 3 月 5 日。
    正确：填报日期 2023 年 3 月 5 日。
    改法：核对填报日期和评价年度。
    """
    year, cell = form.year.value, form.info.get("filled_on")
    when = parse_when(cell.text) if cell is not None and cell.text else None
    if year is None or cell is None or when is None or when.day.year is None or when.day.year >= year:
        return
    yield Problem(
        (cell, form.year),
        message=f"填报日期是“{shown(cell)}”，早于评价年度 {year} 年，日期或年度有一个填错了。",
        printed=shown(cell),
        expected=f"{year} 年以后",
        suggestion="请核对填报日期和评价年度。",
    )
