"""SCO, rows: every score is possible, and follows from target, actual value and weight where a formula fixes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from xlsuite.core.finding import ERROR, INFO, WARNING, Problem, Undecided
from xlsuite.core.form import Form
from xlsuite.core.profile import Profile
from xlsuite.core.registry import rule
from xlsuite.core.scorecard import Expected, Scorecard
from xlsuite.core.values import in_unit_of, parse_decimal, printed_places
from xlsuite.rules._formulas import is_error_text
from xlsuite.rules._phrases import LOGIC, Results, excess, figure, interval, percent, plain, points, shown, signed
from xlsuite.rules._rows import Row, facts
from xlsuite.rules._verdicts import cut_off, fits, judged, nearest

_REVIEW = re.compile(r"(?:复核|审核|核定|复评|抽查|财政|主管部门|第三方|评价).*分|^评价分")


def _of(code: str, form: Form, scorecard: Scorecard, profile: Profile) -> list[Row]:
    return judged(facts(form, scorecard, profile)).get(code, [])


def allowed(expected: Expected) -> str:
    """What a score may be, as the end of a sentence."""
    if expected.candidates:
        return f"应得 {' 分或 '.join(points(value) for value in expected.candidates)} 分"
    if expected.exact is not None:
        return f"应得 {points(expected.exact)} 分"
    assert expected.high is not None
    if expected.open_high:
        return f"得分应低于 {points(expected.high)} 分"
    if expected.low == 0:
        return f"得分不应高于 {points(expected.high)} 分"
    return f"得分应在 {interval(expected)} 分之间"


def expected_text(expected: Expected) -> str:
    """What a score may be, for the field ``expected`` of a finding."""
    if expected.candidates:
        return "或".join(points(value) for value in expected.candidates)
    if expected.exact is None and expected.high is not None and (expected.open_high or expected.low == 0):
        return f"{'<' if expected.open_high else '≤'}{points(expected.high)}"
    return interval(expected)


def score_problem(row: Row, lead: str, advice: str, *, first: str = "score") -> Problem:
    """A score that does not fit: the row, target and actual value, the arithmetic, and by how much it is off.

    A score above what the formula gives is certain; one below it may have a reason the form does not tell.
    """
    expected, item, score = row.expected, row.item, row.score
    assert score is not None
    goal = nearest(score, expected)
    cells = (item.score, item.target, item.actual) if first == "score" else (item.actual, item.target, item.score)
    off = "" if score == goal else f"，{excess(score, goal)}"
    arithmetic = f"（{expected.arithmetic}）" if expected.arithmetic else ""
    return Problem(
        cells,
        message=(f"{row.name}{lead}，{allowed(expected)}{arithmetic}，表中填 {figure(item.score)} 分{off}。"),
        printed=figure(item.score),
        expected=expected_text(expected),
        difference=signed(score - goal) if score != goal else "",
        basis=expected.basis,
        suggestion=advice,
        certain=score >= goal and row.target.strict and row.actual.strict,
    )


def compared(row: Row) -> str:
    """Target and actual value of a row in words."""
    return f"的年度指标值是“{shown(row.item.target)}”，实际完成值是“{shown(row.item.actual)}”"


def _advice(row: Row) -> str:
    return f"请核对实际完成值；无误的，按规则改得分（{expected_text(row.expected)} 分），并相应修改总分。"


@rule("SCO101", severity=ERROR, title="得分超出 0 至分值的范围", source=LOGIC)
def score_out_of_range(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A score below zero or above its weight.

    为什么：分值是满分，得分只能在 0 和分值之间。
    错误：分值 10 分，得分填 11 分。
    正确：分值 10 分，得分最多 10 分。
    改法：改正得分；分值填错的，改正分值，并相应修改总分。
    """
    for row in _of("SCO101", form, scorecard, profile):
        yield _range_problem(row.name, row)
    funds = form.fund_total
    if funds is None or funds.score.value is None or funds.weight.value is None or scorecard.execution.decided:
        return
    if not 0 <= funds.score.value <= funds.weight.value:
        yield Problem(
            (funds.score, funds.weight),
            message=(
                f"预算执行率的得分填 {figure(funds.score)} 分，分值是 {figure(funds.weight)} 分，得分只能在 0 和分值之间。"
            ),
            printed=figure(funds.score),
            expected=f"0～{plain(funds.weight.value)}",
            suggestion="请改正得分或分值，并相应修改总分。",
        )


def _range_problem(name: str, row: Row) -> Problem:
    assert row.score is not None
    assert row.weight is not None
    limit = row.weight if row.score > row.weight else Decimal(0)
    return Problem(
        (row.item.score, row.item.weight),
        message=(
            f"{name}的得分填 {figure(row.item.score)} 分，分值是 {figure(row.item.weight)} 分，"
            f"得分{'高于分值' if row.score > row.weight else '小于零'}，{excess(row.score, limit)}。"
        ),
        printed=figure(row.item.score),
        expected=f"0～{plain(row.weight)}",
        difference=signed(row.score - limit),
        suggestion="请改正得分；分值填错的，改正分值，并相应修改总分。",
    )


@rule("SCO103", severity=ERROR, title="正向指标得分与完成比例不符", source="口径参数：正向指标未达标时的计分")
def forward_score_differs(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A missed forward target scored neither in proportion nor in full.

    为什么：没有达到指标值的正向指标按完成比例计分，得分 = 分值 × 实际完成值 ÷ 指标值。
    错误：指标值 ≥100 人，实际 80 人，分值 10 分，得分填 9 分。
    正确：80 ÷ 100 = 80%，10 × 80% = 8，得分填 8 分。
    改法：按完成比例重算得分，并相应修改总分。
    """
    known = facts(form, scorecard, profile)
    if not known.has_scores:
        yield Undecided("表中没有得分，未核对各项得分")
        return
    for row in known.rows:
        if row.score is not None and row.weight is not None and not row.expected.decided and row.expected.reason:
            yield Undecided(f"{row.name}：{row.expected.reason}", (row.item.score,))
    for row in judged(known).get("SCO103", ()):
        yield score_problem(row, compared(row), _advice(row))


@rule("SCO104", severity=ERROR, title="反向指标得分与偏离程度不符", source="口径参数：反向指标超过上限时的计分")
def reverse_score_differs(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A limit was exceeded, and the score is not what the profile's formula gives.

    为什么：超过上限的反向指标要按偏离程度扣分，超过一倍的一般不得分。
    错误：指标值 ≤5%，实际 7%，分值 5 分，得分填 4.5 分。
    正确：按偏离度 1 − (7 − 5) ÷ 5 = 60%，5 × 60% = 3，得分填 3 分。
    改法：按本地规定的反向公式重算得分，并相应修改总分。
    """
    for row in _of("SCO104", form, scorecard, profile):
        yield score_problem(row, compared(row), _advice(row))


@rule("SCO105", severity=WARNING, title="等于型指标得分与完成情况不符", source="口径参数：等于型指标超过目标值时的计分")
def equal_score_differs(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A target with an equals sign, not hit exactly, and a score outside the allowed interval.

    为什么：指标值写“=”的，没有做到相等就不能照满分计，少了按比例，多了按本地规定。
    错误：指标值 =10 个，实际 25 个，分值 5 分，得分填 0.5 分。
    正确：按本地规定计分，或把指标值改为“≥10 个”。
    改法：核对指标值的比较符号，按规定重算得分。
    """
    for row in _of("SCO105", form, scorecard, profile):
        yield score_problem(row, compared(row), _advice(row))


@rule("SCO121", severity=WARNING, title="区间指标得分与完成情况不符", source="口径参数：正向、反向指标的计分")
def range_score_differs(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A target range was missed, and the score is outside what the formulas give.

    为什么：完成值落在指标值区间之外的，要按偏离的一端计分。
    错误：指标值 90%～95%，实际 45%，分值 10 分，得分填 8 分。
    正确：45 ÷ 90 = 50%，10 × 50% = 5，得分填 5 分。
    改法：按偏离的一端重算得分，并相应修改总分。
    """
    for row in _of("SCO121", form, scorecard, profile):
        yield score_problem(row, compared(row), _advice(row))


@rule("SCO106", severity=ERROR, title="定性指标得分不在规定的区间", source="口径参数：定性指标的得分区间")
def qualitative_out_of_band(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A qualitative row scored outside the band of its own wording.

    为什么：定性指标按达成、部分达成、未达成三档给分，得分要落在所填那一档的区间里。
    错误：实际完成值“部分达成年度指标并具有一定效果”，分值 10 分，得分填 9 分。
    正确：部分达成的得分应在 6 分至 8 分之间，填 7 分。
    改法：把得分改到对应的区间；确实达成的，改实际完成值的写法。
    """
    for row in _of("SCO106", form, scorecard, profile):
        advice = f"请把得分改到区间内（{expected_text(row.expected)} 分），或如实改写实际完成值。"
        yield score_problem(row, compared(row), advice)


@rule("SCO107", severity=ERROR, title="指标已完成却扣分且没有说明", source="填表逻辑：达到指标值的得满分")
def met_but_reduced(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """The target is reached by calculation, points are missing, and no reason is given.

    为什么：达到指标值的应得满分；确有其他扣分缘由的，要在偏差原因里写明。
    错误：指标值 ≥95%，实际 96%，分值 5 分，得分填 4 分，偏差原因空着。
    正确：得分填 5 分；或者保留 4 分并写明扣分原因。
    改法：把得分改为满分，或写明扣分原因和改进措施。
    """
    known = facts(form, scorecard, profile)
    for row in judged(known).get("SCO107", ()):
        if not row.item.reason.blank:
            continue
        problem = score_problem(
            row, f"{compared(row)}，已经达到", "请把得分改为满分；确需扣分的，写明偏差原因和改进措施。"
        )
        problem.certain = known.has_reasons and row.target.strict and row.actual.strict
        yield problem


@rule("SCO108", severity=ERROR, title="指标没有完成却得满分", source="填表逻辑：没有达到指标值的不得满分")
def missed_but_full(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """The number falls short of its target, yet the row has all its points.

    为什么：没有达到指标值就不能得满分，否则总分虚高。
    错误：指标值 ≥100 人，实际 70 人，分值 10 分，得分填 10 分。
    正确：70 ÷ 100 = 70%，10 × 70% = 7，得分填 7 分，并写明偏差原因。
    改法：按规则重算得分，写明偏差原因，并相应修改总分。
    """
    for row in _of("SCO108", form, scorecard, profile):
        yield score_problem(row, f"{compared(row)}，没有完成却得满分", f"{_advice(row)[:-1]}，同时写明偏差原因。")


@rule("SCO109", severity=ERROR, title="未完成的指标得分过高", source="口径参数：未完成的指标得分上限")
def undone_but_scored(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """未完成, 未开展 and the like with more points than the profile allows.

    为什么：填“未完成”的指标属于最低一档，得分应低于分值的 60%（以本地规定为准）。
    错误：指标“完成系统验收”实际完成值“未完成”，分值 5 分，得分填 4 分。
    正确：得分填 0 分，或按实际进度填低于 3 分的得分，并写明偏差原因。
    改法：降低得分并写明原因；已部分完成的，如实改写实际完成值。
    """
    for row in _of("SCO109", form, scorecard, profile):
        advice = "请降低得分，写明偏差原因和改进措施；已部分完成的，如实改写实际完成值。"
        yield score_problem(row, compared(row), advice)


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
    limit: Decimal = profile["score.over_threshold"]
    for row, times in overachieved(facts(form, scorecard, profile).rows, limit):
        if not row.item.reason.blank:
            continue
        yield Problem(
            (row.item.actual, row.item.target),
            message=f"{row.name}{compared(row)}，完成比例 {percent(times)}，超过 {percent(limit)}，指标值可能定低了。",
            printed=percent(times),
            expected=f"<{percent(limit)}",
            basis=profile.source("score.over_policy"),
            suggestion="请核对指标值；无误的，说明超额原因，下年度据实提高指标值。",
        )


def overachieved(rows: list[Row], limit: Decimal) -> Iterator[tuple[Row, Decimal]]:
    """Forward rows at or above ``limit`` times their target, with that ratio."""
    for row in rows:
        target, actual = row.target, row.actual
        if row.met is not True or row.expected.method not in ("forward", "equal") or not target.number:
            continue
        same = in_unit_of(actual, target) if actual.operator in ("", "=") else None
        if same is None or same.number is None or target.number <= 0:
            continue
        times = same.number / target.number
        if times >= limit:
            yield row, times


@rule("SCO111", severity=WARNING, title="成本指标得分与任何公式都不符", source="口径参数：成本指标的计分")
def cost_score_differs(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A cost row whose score is neither full (within the limit) nor proportional.

    为什么：成本没有超过上限的应得满分，少数地区按实际 ÷ 指标值计分，其他得分没有依据。
    错误：成本指标 141.3，实际 98.91，分值 10 分，得分填 8 分。
    正确：作为成本上限得 10 分；按比例 98.91 ÷ 141.3 = 70% 得 7 分。
    改法：明确成本指标的计分方法后重算得分；确需扣分的，写明原因。
    """
    for row in _of("SCO111", form, scorecard, profile):
        if row.expected.high == row.weight and not row.item.reason.blank:
            continue  # within the limit, and the deduction is explained
        yield score_problem(row, compared(row), "请明确该成本指标的计分方法后改正得分；确需扣分的，写明偏差原因。")


@rule("SCO112", severity=INFO, title="得分的小数处理不规范", source="口径参数：得分保留的小数位数")
def score_decimals(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """Cut-off instead of rounded scores, or more decimals than the profile keeps.

    为什么：得分一般四舍五入保留两位小数，去掉尾数会让得分与公式差一点。
    错误：10 × 95% = 9.5，得分填 9 分；或者得分填 9.5432 分。
    正确：得分填 9.5 分或 9.54 分。
    改法：按四舍五入改写得分。
    """
    most = int(profile["score.decimals"])
    known = facts(form, scorecard, profile)
    cells = [(row.name, row.item.score, row.expected) for row in known.rows if row.score is not None]
    if form.fund_total is not None and form.fund_total.score.value is not None:
        cells.append(("预算执行率", form.fund_total.score, scorecard.execution))
    for name, cell, expected in cells:
        places = printed_places(cell.text) or 0
        if places > most:
            message, wanted = (
                f"{name}的得分填 {figure(cell)} 分，有 {places} 位小数，一般保留 {most} 位",
                f"{most} 位小数",
            )
        elif cut_off(cell, expected) and fits(cell, expected):
            wanted = expected_text(expected)
            message = (
                f"{name}应得 {wanted} 分（{expected.arithmetic}），表中填 {figure(cell)} 分，去掉了尾数而没有四舍五入"
            )
        else:
            continue
        yield Problem(
            (cell,),
            message=f"{message}。",
            printed=figure(cell),
            expected=wanted,
            basis=profile.source("score.decimals"),
            suggestion=f"请四舍五入，最多保留 {most} 位小数。",
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
    places = [(row.name, row.item.score, row.item.weight) for row in known.rows]
    if form.fund_total is not None:
        places.append(("预算执行率", form.fund_total.score, form.fund_total.weight))
    for name, score, weight in places:
        if score.value is None and score.ref is not None and weight.value and score.blank and not score.formula:
            yield Problem(
                (score, weight),
                message=f"{name}有分值 {figure(weight)} 分，却没有填得分。",
                printed="",
                expected=f"0～{plain(weight.value)}",
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
    places = [(f"指标“{shown(item.level3)}”", item.score) for item in form.indicators]
    places.append(("总分", form.total.score))
    for name, cell in places:
        if cell.value is not None or cell.ref is None or cell.blank or is_error_text(cell.text):
            continue
        if shown(cell) in ("不适用", "无", "不涉及", "不计分"):
            continue
        yield Problem(
            (cell,),
            message=f"{name}的得分填的是“{shown(cell)}”，不是数字，无法计算总分。",
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
