"""SCO, rows: every score is possible, and follows from target, actual value and weight where a formula fixes it."""

from __future__ import annotations

from decimal import Decimal

from xlsuite.core.finding import ERROR, WARNING, Problem, Undecided
from xlsuite.core.form import Form
from xlsuite.core.profile import Profile
from xlsuite.core.registry import rule
from xlsuite.core.scorecard import Scorecard
from xlsuite.rules._phrases import LOGIC, Results, excess, figure, plain, signed
from xlsuite.rules._rows import Row, facts
from xlsuite.rules._score_words import compared, expected_text, score_problem
from xlsuite.rules._verdicts import judged


def _of(code: str, form: Form, scorecard: Scorecard, profile: Profile) -> list[Row]:
    return judged(facts(form, scorecard, profile)).get(code, [])


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
                f"预算执行率的得分填 {figure(funds.score)} 分，分值是 {figure(funds.weight)} 分，"
                "得分只能在 0 和分值之间。"
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
