"""SCO, entries: scores are filled in, are numbers, are rounded, and stand up to a second look."""

from __future__ import annotations

import re
from decimal import Decimal

from xlsuite.core.finding import INFO, WARNING, Problem
from xlsuite.core.form import Cell, Form
from xlsuite.core.profile import Profile
from xlsuite.core.registry import rule
from xlsuite.core.scorecard import Expected, Scorecard
from xlsuite.core.values import parse_decimal, printed_places
from xlsuite.rules._formulas import is_error_text
from xlsuite.rules._phrases import LOGIC, Results, figure, limit, percent, plain, shown, signed
from xlsuite.rules._rows import facts
from xlsuite.rules._score_words import compared, expected_text, overachieved
from xlsuite.rules._verdicts import cut_off, fits, rounded_up

_NOT_SCORED = frozenset(("不适用", "无", "不涉及", "不计分"))
_REVIEW = re.compile(r"(?:复核|审核|核定|复评|抽查|财政|主管部门|第三方|评价).*分|^评价分")


@rule("SCO110", severity=INFO, title="完成值远高于指标值", source="口径参数：超额完成的处理")
def far_exceeded(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """Far above the target: the target may have been too low. Only where the profile asks for a flag.

    为什么：完成值远高于指标值，多半是指标值定低了，财政部门会要求分析原因。
    错误：指标值 ≥9 场，实际 20 场（222.22%），没有说明。
    正确：写明超额的原因，下年度据实提高指标值。
    改法：在偏差原因里说明，并在下年度调高指标值。
    """
    if profile["score.over_policy"] != "flag":
        return
    most: Decimal = profile["score.over_threshold"]
    for row, times in overachieved(facts(form, scorecard, profile).rows, most):
        if not row.item.reason.blank:
            continue
        yield Problem(
            (row.item.actual, row.item.target),
            message=f"{row.name}{compared(row)}，完成比例 {percent(times)}，超过 {limit(most)}，指标值可能定低了。",
            printed=percent(times),
            expected=f"<{limit(most)}",
            basis=profile.source("score.over_policy"),
            suggestion="请核对指标值；无误的，说明超额原因，下年度据实提高指标值。",
        )


@rule("SCO112", severity=INFO, title="得分的小数处理不规范", source="口径参数：得分保留的小数位数")
def score_decimals(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """Cut-off instead of rounded scores, or more decimals than the profile keeps.

    为什么：得分一般四舍五入保留两位小数，去掉尾数会让得分与公式差一点。
    错误：10 × 95% = 9.5，得分填 9 分；或者得分填 9.5432 分。
    正确：得分填 9.5 分或 9.54 分。
    改法：按四舍五入改写得分。
    """
    most = int(profile["score.decimals"])
    for row in facts(form, scorecard, profile).rows:
        expected, score = row.expected, row.score
        if score is None or (score == expected.low == expected.high and "." not in row.item.score.text):
            continue
        fault = _decimal_fault(row.item.score, row.weight, expected, most)
        if fault:
            yield _decimal_problem(row.name, row.item.score, fault, profile)
    funds = form.fund_total
    if funds is not None and funds.score.value is not None:
        fault = _decimal_fault(funds.score, funds.weight.value, scorecard.execution, most)
        if fault:
            yield _decimal_problem("预算执行率", funds.score, fault, profile)


def _decimal_fault(
    cell: Cell[Decimal], weight: Decimal | None, expected: Expected, most: int
) -> tuple[str, str] | None:
    """What is wrong with the decimals of a score, and what it should be; None when nothing is."""
    places = printed_places(cell.text) or 0
    if places > most:
        return f"填 {figure(cell)} 分，有 {places} 位小数，一般保留 {most} 位", f"{most} 位小数"
    if cut_off(cell, expected) and fits(cell, expected):
        return _should(cell, expected, "去掉了尾数而没有四舍五入")
    if cell.value == weight and rounded_up(cell, expected) and fits(cell, expected):
        return _should(cell, expected, "取整后成了满分")
    return None


def _should(cell: Cell[Decimal], expected: Expected, what: str) -> tuple[str, str]:
    wanted = expected_text(expected)
    return f"应为 {wanted} 分（{expected.arithmetic}），表中填 {figure(cell)} 分，{what}", wanted


def _decimal_problem(name: str, cell: Cell[Decimal], fault: tuple[str, str], profile: Profile) -> Problem:
    return Problem(
        (cell,),
        message=f"{name}的得分{fault[0]}。",
        printed=figure(cell),
        expected=fault[1],
        basis=profile.source("score.decimals"),
        suggestion=f"请四舍五入，最多保留 {int(profile['score.decimals'])} 位小数。",
    )


@rule("SCO114", severity=WARNING, title="有分值而没有填得分", source=LOGIC)
def score_missing(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A weighted row without a score, in a form whose other rows have theirs.

    为什么：有分值的指标都要给出得分，空白不等于零，总分也无法核对。
    错误：指标“培训人数”分值 5 分，得分空着。
    正确：得分填 5 分；没有完成的按规则填，不得分的填 0。
    改法：补填得分，不得分的填 0。
    """
    known = facts(form, scorecard, profile)
    if not known.has_scores:
        return
    for row in known.rows:
        if row.score is None and row.weight and row.weight > 0 and _open(row.item.score):
            yield _missing(row.name, row.item.score, row.item.weight)
    funds = form.fund_total
    if funds is not None and funds.weight.value and funds.score.value is None and _open(funds.score):
        yield _missing("预算执行率", funds.score, funds.weight)


def _open(score: Cell[Decimal]) -> bool:
    return score.ref is not None and not score.formula and score.blank


def _missing(name: str, score: Cell[Decimal], weight: Cell[Decimal]) -> Problem:
    assert weight.value is not None
    return Problem(
        (score, weight),
        message=f"{name}有分值 {figure(weight)} 分，却没有填得分。",
        printed="",
        expected=f"0～{plain(max(weight.value, Decimal(0)))}",
        suggestion="请补填得分，不得分的填 0。",
    )


@rule("SCO118", severity=WARNING, title="得分不是数字", source=LOGIC)
def score_not_numeric(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A score cell with text that is no number.

    为什么：得分不是数字就无法加总。
    错误：得分填“满分”。
    正确：得分填 5。
    改法：改填阿拉伯数字。
    """
    cells = [item.score for item in form.indicators if item.score.value is None and item.score.text]
    if form.total.score.value is None and form.total.score.text:
        cells.append(form.total.score)
    for cell in cells:
        if cell.blank or is_error_text(cell.text) or shown(cell) in _NOT_SCORED:
            continue
        item = next((item for item in form.indicators if item.score is cell), None)
        name = f"指标“{shown(item.level3)}”的得分" if item is not None else "总分"
        yield Problem(
            (cell,),
            message=f"{name}填的是“{shown(cell)}”，不是数字，无法计算总分。",
            printed=shown(cell),
            expected="数字",
            suggestion="请改填阿拉伯数字。",
        )


@rule("SCO115", severity=WARNING, title="复核分高于分值或自评得分", source="审核实务")
def review_score_odd(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A reviewer's score above the weight, or above the self-assessed score without a reason.

    为什么：复核分不能超过分值；高于自评得分的，要说明理由。
    错误：分值 10 分，自评 9 分，复核 10.5 分。
    正确：分值 10 分，自评 9 分，复核 9 分或更低。
    改法：改正复核分；确需调高的，写明理由。
    """
    for row in facts(form, scorecard, profile).rows:
        for title, cell in row.item.extra.items():
            value = parse_decimal(cell.text) if cell.text and _REVIEW.search(title) else None
            if value is None or row.weight is None:
                continue
            above = value > row.weight
            if not above and (row.score is None or value <= row.score or not row.item.reason.blank):
                continue
            base, limit = ("分值", row.weight) if above else ("自评得分", row.score)
            assert limit is not None
            yield Problem(
                (cell, row.item.score, row.item.weight),
                message=f"{row.name}的{title}填 {plain(value)} 分，高于{base} {plain(limit)} 分。",
                printed=plain(value),
                expected=f"≤{plain(limit)}",
                difference=signed(value - limit),
                suggestion="请改正复核分；确需高于自评得分的，写明理由。",
            )
