"""FND, spending: much unspent or overspent money is explained, and fits what the indicators say."""

from __future__ import annotations

from decimal import Decimal

from xlsuite.core.finding import INFO, WARNING, Problem, Undecided
from xlsuite.core.form import Cell, Form, FundRow
from xlsuite.core.profile import Profile
from xlsuite.core.registry import rule
from xlsuite.core.scorecard import Scorecard
from xlsuite.core.values import outcome, round_half_up
from xlsuite.rules._amounts import division, ratio
from xlsuite.rules._names import about_acceptance
from xlsuite.rules._phrases import (
    LOGIC,
    Results,
    figure,
    limit,
    percent,
    plain,
    points,
    shown,
)
from xlsuite.rules._rows import facts

_ONE = Decimal(1)


@rule("FND105", severity=INFO, title="全年执行数超过全年预算数", source=LOGIC)
def overspent(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """Expenditure above the adjusted budget, without an explanation beside it.

    为什么：支出一般不应超过调整后的全年预算，超过的多半是预算数没有填调整后的数。
    错误：全年预算数 100，全年执行数 105，没有说明。
    正确：全年预算数填调整后的 105；或者说明超支的资金来源。
    改法：核对全年预算数是否为调整后的数；确属超支的，写明原因和资金来源。
    """
    row = form.fund_total
    rate = ratio(row.executed, row.budget) if row is not None else None
    if row is None or rate is None or rate <= max(_ONE, profile["execution.over_flag"]) or not row.reason.blank:
        return
    yield Problem(
        (row.executed, row.budget),
        message=(
            f"全年执行数 {figure(row.executed)} {form.amount_unit}，超过全年预算数 {figure(row.budget)} "
            f"{form.amount_unit}，执行率达 {percent(rate)}（{division(row, rate)}）。"
        ),
        printed=figure(row.executed),
        expected=f"≤{figure(row.budget)}",
        basis=profile.source("execution.over_flag"),
        suggestion="请核对全年预算数是否为调整后的数；确属超支的，写明原因和资金来源。",
    )


@rule("FND108", severity=WARNING, title="执行率偏低没有说明原因", source="审核实务")
def low_rate_unexplained(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A low rate, and an empty reason cell beside it. Forms without such a cell explain it in the report.

    为什么：执行率明显偏低时，财政部门会要求说明资金没有用完的原因和下一步安排。
    错误：执行率 63.54%，资金行的偏差原因一栏空着。
    正确：执行率 63.54%，偏差原因写明：验收延后，尾款将于下年支付。
    改法：在资金行的偏差原因栏写明未支出的原因和措施。
    """
    row = form.fund_total
    rate = ratio(row.executed, row.budget) if row is not None else None
    if row is None or rate is None or rate >= profile["execution.explain_below"]:
        return
    if row.reason.ref is None:
        yield Undecided("资金情况没有原因栏，执行率偏低的原因要看自评报告", (row.rate,))
    elif row.reason.blank:
        least = limit(profile["execution.explain_below"])
        yield Problem(
            (row.reason, row.rate),
            message=f"执行率为 {percent(rate)}（{division(row, rate)}），低于 {least}，资金行的偏差原因没有填。",
            printed=percent(rate),
            expected=f"≥{least}，或说明原因",
            basis=profile.source("execution.explain_below"),
            suggestion="请写明资金没有用完的原因和下一步安排。",
        )


@rule("FND109", severity=INFO, title="结余资金较多", source="审核实务")
def much_unspent(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """More than the usual share of the budget was left.

    为什么：结余比例较大时，财政部门会关注预算是否编大了、项目是否推进缓慢。
    错误：预算 185.17 万元，支出 142.78 万元，结余 42.39 万元，自评表和报告都没有说明。
    正确：在自评报告里写明结余 42.39 万元（22.89%）的原因和结转安排。
    改法：在报告或偏差原因中说明结余的原因和去向。
    """
    row = form.fund_total
    rate = ratio(row.executed, row.budget) if row is not None else None
    if row is None or rate is None or _ONE - rate <= profile["execution.unspent_flag"]:
        return
    if rate < profile["execution.explain_below"] and row.reason.ref is not None and row.reason.blank:
        return  # FND108 asks for the reason
    assert row.budget.value is not None
    assert row.executed.value is not None
    left = row.budget.value - row.executed.value
    most = limit(profile["execution.unspent_flag"])
    yield Problem(
        (row.executed, row.budget),
        message=(
            f"全年预算数 {figure(row.budget)} {form.amount_unit}，执行数 {figure(row.executed)} "
            f"{form.amount_unit}，结余 {plain(left)} {form.amount_unit}，"
            f"占预算的 {percent(_ONE - rate)}，超过 {most}。"
        ),
        printed=percent(_ONE - rate),
        expected=f"≤{most}",
        basis=profile.source("execution.unspent_flag"),
        suggestion="请在自评报告中说明结余的原因和结转安排。",
    )


@rule("FND110", severity=INFO, title="指标得分与资金执行不相称", source="审核实务")
def indicators_outrun_money(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """Indicators are scored clearly better than the money was spent.

    为什么：钱只花了一部分而指标几乎满分，说明预算偏大、指标偏松或得分偏高，审核时会重点核对。
    错误：执行率 77.11%，指标得 83 分（满分 90 分），得分率 92.22%。
    正确：指标得分与执行情况大致相当；差距大的，在报告中说明原因（如节约资金）。
    改法：核对指标得分是否如实；确属节约资金的，在报告中写明。
    """
    total, rate = form.fund_total, scorecard.rate.exact
    if total is None or rate is None:
        yield Undecided("没有预算数和执行数，未比较资金与指标")
        return
    rows = facts(form, scorecard, profile).rows
    if not rows or any(row.score is None or row.weight is None for row in rows):
        yield Undecided("指标的分值或得分不全，未比较资金与指标")
        return
    full = sum((row.weight for row in rows if row.weight is not None), Decimal(0))
    got = sum((row.score for row in rows if row.score is not None), Decimal(0))
    if got <= 0 or full <= 0 or any(row.weight is not None and row.weight < 0 for row in rows):
        return
    money = _money_share(scorecard, total, rate)
    if round_half_up((got / full - money) / (got / full), 4) > profile["coherence.gap"]:
        place = total.rate if total.rate.ref is not None else total.executed
        yield _gap_problem((place, form.total.score), (got, full), money, profile)


def _money_share(scorecard: Scorecard, total: FundRow, rate: Decimal) -> Decimal:
    """The share of the execution's points that were earned."""
    exact, weight = scorecard.execution.exact, total.weight.value
    if scorecard.execution.method == "bands" and exact is not None and weight:
        return exact / weight
    return min(_ONE, rate)


def _gap_problem(
    cells: tuple[Cell[Decimal], ...], scored: tuple[Decimal, Decimal], money: Decimal, profile: Profile
) -> Problem:
    got, full = scored
    share, most = got / full, limit(profile["coherence.gap"])
    gap = percent((share - money) / share)
    return Problem(
        cells,
        message=(
            f"指标得 {points(got)} 分（满分 {points(full)} 分），得分率 {percent(share)}，而预算执行得分率只有 "
            f"{percent(money)}，指标比资金执行高出 {gap}（({percent(share)} − {percent(money)}) ÷ "
            f"{percent(share)}），超过 {most}。"
        ),
        printed=gap,
        expected=f"≤{most}",
        basis=profile.source("coherence.gap"),
        suggestion="请核对指标得分是否如实；确属节约资金的，在自评报告中说明。",
    )


@rule("FND115", severity=INFO, title="资金已付清而项目尚未完成", source="审核实务")
def paid_before_acceptance(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """All the money is spent while acceptance or completion is printed as undone.

    为什么：项目还没有验收就付清全部资金，可能超进度支付。
    错误：执行率 100%，指标“完成系统验收”实际完成值为“未完成”。
    正确：未验收时按合同留有尾款；已付清的，说明付款依据。
    改法：核对付款进度与合同；确需先付的，在报告中说明依据。
    """
    row = form.fund_total
    rate = ratio(row.executed, row.budget) if row is not None else None
    if row is None or rate is None or round_half_up(rate, 4) < 1:
        return
    for item in form.indicators:
        said = item.actual.text
        if outcome(said) == "undone" and about_acceptance(f"{item.level3.text}{item.target.text}"):
            yield Problem(
                (item.actual, row.executed),
                message=(
                    f"全年预算 {figure(row.budget)} {form.amount_unit}已支出 {figure(row.executed)} {form.amount_unit}"
                    f"（执行率 {percent(rate)}），而指标“{shown(item.level3)}”的实际完成值是“{shown(item.actual)}”。"
                ),
                printed=shown(item.actual),
                expected="付款与进度一致",
                suggestion="请核对付款进度是否符合合同，并在自评报告中说明付款依据。",
            )
