"""GRD: the grade follows from the total, and stays the same when the scores are put right."""

from __future__ import annotations

from decimal import Decimal

from xlsuite.core.finding import ERROR, INFO, WARNING, Problem, Undecided
from xlsuite.core.form import Form
from xlsuite.core.grades import grade_of, standard_grade
from xlsuite.core.profile import Profile
from xlsuite.core.registry import rule
from xlsuite.core.scorecard import Scorecard
from xlsuite.rules._names import grade_word
from xlsuite.rules._phrases import LOGIC, Results, figure, interval, plain, shown
from xlsuite.rules._rows import facts
from xlsuite.rules._verdicts import fits, judged


def _printed(form: Form, profile: Profile) -> str:
    """The profile's own word for the printed grade: 良好 is 良; "" for an unknown word."""
    return standard_grade(grade_word(form.grade.text), profile)


def _scale(profile: Profile) -> str:
    bands = sorted(profile["grade.bands"], key=lambda band: -Decimal(band["from"]))
    return "，".join(f"{plain(Decimal(band['from']))} 分以上为{band['name']}" for band in bands[:-1])


@rule("GRD101", severity=ERROR, title="等次与总分不符", source="口径参数：等级划分")
def grade_differs(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """The printed grade is not the one of the printed total.

    为什么：等次由总分按固定分段确定，写错会影响结果应用。
    错误：总分 87 分，等次填“优”。
    正确：总分 87 分，等次填“良”（80 分以上、不到 90 分）。
    改法：按总分所在分段改正等次；总分填错的，先改总分。
    """
    total, cell = form.total.score, form.grade
    if cell.blank or total.value is None:
        return
    printed = _printed(form, profile)
    if not printed:
        yield Undecided(f"不认识等次“{shown(cell)}”，未与总分核对", (cell,))
        return
    right = grade_of(total.value, profile)
    if right and right != printed:
        yield Problem(
            (cell, total),
            message=f"总分 {figure(total)} 分，等次应为“{right}”（{_scale(profile)}），表中填“{shown(cell)}”。",
            printed=shown(cell),
            expected=right,
            basis=profile.source("grade.bands"),
            suggestion=f"请把等次改为“{right}”；总分填错的，先改总分。",
        )


@rule("GRD102", severity=INFO, title="等次用词不在规定范围", source="口径参数：等级的写法")
def grade_unknown(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A grade word that the profile does not know.

    为什么：等次用词不统一，汇总时无法归类。
    错误：等次填“A 级”。
    正确：等次填“优”。
    改法：改用规定的等次用词。
    """
    cell = form.grade
    if cell.blank or _printed(form, profile):
        return
    names = "、".join(str(band["name"]) for band in profile["grade.bands"])
    yield Problem(
        (cell,),
        message=f"等次填的是“{shown(cell)}”，规定的等次是{names}。",
        printed=shown(cell),
        expected=names,
        basis=profile.source("grade.bands"),
        suggestion=f"请改用规定的等次用词：{names}。",
    )


@rule("GRD104", severity=INFO, title="总分与等次没有同时填写", source=LOGIC)
def grade_or_score_missing(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A form with both cells has only one of them filled.

    为什么：表上设有等次栏的，总分和等次要一并填写。
    错误：总分填 92 分，等次空着。
    正确：总分填 92 分，等次填“优”。
    改法：按总分补填等次，或按等次补填总分。
    """
    total, cell = form.total.score, form.grade
    if cell.ref is None or total.ref is None:
        return
    if cell.blank and total.value is not None:
        right = grade_of(total.value, profile)
        yield Problem(
            (cell, total),
            message=f"总分填了 {figure(total)} 分，等次没有填，应为“{right}”。",
            printed="",
            expected=right,
            basis=profile.source("grade.bands"),
            suggestion=f"请补填等次“{right}”。",
        )
    elif not cell.blank and total.value is None and total.blank and scorecard.printed_sum is None:
        yield Problem(
            (total, cell),
            message=f"等次填了“{shown(cell)}”，总分没有填，无法核对等次。",
            printed=shown(cell),
            expected="总分",
            suggestion="请补填总分。",
        )


@rule("GRD105", severity=WARNING, title="按规则重算后等次会变", source="口径参数：等级划分")
def grade_would_change(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """The total is the sum of its rows, but the rows' own mistakes lift or lower the grade.

    为什么：得分填错不只差几分，还可能让等次改变，要先改得分再报等次。
    错误：总分填 92 分（优），改正填错的得分后为 85.21～87.21 分（良）。
    正确：改正各项得分，总分和等次随之改为良。
    改法：先改正其他提示指出的得分，再按新的总分填等次。
    """
    total, expected = form.total.score, scorecard.total
    if total.value is None:
        return
    if expected.reason:
        yield Undecided(f"重算总分：{expected.reason}", (total,))
    if not expected.decided or not scorecard.grade_low or not scorecard.grade_high:
        return
    printed = grade_of(total.value, profile)
    if not printed or printed in (scorecard.grade_low, scorecard.grade_high) or expected.allows(total.value):
        return
    wrong_rows = [row for rows in judged(facts(form, scorecard, profile)).values() for row in rows]
    funds = form.fund_total
    execution_wrong = funds is not None and not fits(funds.score, scorecard.execution)
    if not wrong_rows and not execution_wrong:
        return  # the sum itself is wrong (SCO102), or only rounding lies between
    grades = scorecard.grade_low
    if scorecard.grade_high != grades:
        grades = f"{scorecard.grade_low}”或“{scorecard.grade_high}"
    yield Problem(
        (total, *(row.item.score for row in wrong_rows)),
        message=(
            f"按规则改正各项得分后，总分应为 {interval(expected)} 分，等次为“{grades}”，"
            f"而表中总分 {figure(total)} 分，等次为“{printed}”。"
        ),
        printed=figure(total),
        expected=interval(expected),
        basis=profile.source("grade.bands"),
        suggestion="请先改正其他提示指出的得分，再按新的总分填写等次。",
    )
