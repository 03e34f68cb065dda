"""FND, execution: the rate follows from the amounts, the score from the rate, and a low rate is explained."""

from __future__ import annotations

from decimal import Decimal

from xlsuite.core.finding import ERROR, INFO, WARNING, Problem, Undecided
from xlsuite.core.form import Form, FundRow
from xlsuite.core.profile import Profile
from xlsuite.core.registry import rule
from xlsuite.core.scorecard import Expected, Scorecard
from xlsuite.core.values import round_half_up
from xlsuite.rules._amounts import division, half_unit, rate_half_unit, rate_range, rate_state, ratio
from xlsuite.rules._formulas import is_error_text
from xlsuite.rules._phrases import (
    LOGIC,
    Results,
    excess,
    figure,
    fund_name,
    interval,
    percent,
    plain,
    shown,
    signed,
)
from xlsuite.rules._verdicts import fits


def _state(row: FundRow, form: Form, scorecard: Scorecard) -> tuple[str, Decimal | None]:
    return rate_state(row, scorecard.rate.exact if row is form.fund_total else None)


def _follow_up(row: FundRow, scorecard: Scorecard) -> str:
    """What becomes of the execution score when the rate of the total row is put right."""
    expected = scorecard.execution
    if row.score.value is None or not expected.decided or fits(row.score, expected):
        return ""
    return f"；执行率改正后，预算执行得分应由 {figure(row.score)} 分改为 {interval(expected)} 分"


@rule("FND102", severity=ERROR, title="执行率与金额不符", source=LOGIC)
def execution_rate_differs(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """The printed rate is not 全年执行数 ÷ 全年预算数 at its own precision.

    为什么：执行率是全年执行数除以全年预算数，预算执行得分由它算出，写错会连带得分出错。
    错误：全年预算数 51000，全年执行数 50418.98，执行率填 97.61%。
    正确：50418.98 ÷ 51000 = 98.86%，执行率填 98.86%（小数位数可以多也可以少）。
    改法：按全年执行数 ÷ 全年预算数重算执行率；若执行率有文件依据，请反查两个金额。
    """
    for row in form.funds:
        state, exact = _state(row, form, scorecard)
        if exact is None and row.rate.value is not None and row is form.fund_total:
            yield Undecided("没有填写预算数和执行数，执行率无法核对", (row.rate,))
        if state != "wrong" or exact is None or row.rate.value is None:
            continue
        follow = _follow_up(row, scorecard) if row is form.fund_total else ""
        yield Problem(
            (row.rate, row.executed, row.budget),
            message=(
                f"“{fund_name(row)}”的执行率应为 {percent(exact)}（{division(row, exact, scorecard)}），"
                f"表中填 {shown(row.rate)}。"
            ),
            printed=shown(row.rate),
            expected=percent(exact),
            difference=f"{signed((row.rate.value - exact) * 100)} 个百分点",
            suggestion=f"请把执行率改为 {percent(exact)}，或核对全年预算数和全年执行数是否填错{follow}。",
        )


@rule("FND103", severity=WARNING, title="执行率误用年初预算数计算", source=LOGIC)
def rate_uses_initial(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """The printed rate fits 年初预算数 instead of 全年预算数.

    为什么：执行率的分母是调整后的全年预算数，用年初预算数会少算追加或多算调减的部分。
    错误：年初预算 100，全年预算 80，全年执行 80，执行率填 80%。
    正确：80 ÷ 80 = 100%，执行率填 100%。
    改法：用全年执行数 ÷ 全年预算数重算；公式里引用了年初预算数的，改为引用全年预算数。
    """
    for row in form.funds:
        state, exact = _state(row, form, scorecard)
        if state != "initial" or exact is None or row.rate.value is None:
            continue
        follow = _follow_up(row, scorecard) if row is form.fund_total else ""
        yield Problem(
            (row.rate, row.executed, row.budget, row.initial),
            message=(
                f"“{fund_name(row)}”的执行率 {shown(row.rate)} 是用年初预算数算的（{figure(row.executed)} ÷ "
                f"{figure(row.initial)}），应当用全年预算数：{division(row, exact)}。"
            ),
            printed=shown(row.rate),
            expected=percent(exact),
            difference=f"{signed((row.rate.value - exact) * 100)} 个百分点",
            suggestion=f"请把执行率改为 {percent(exact)}{follow}。",
        )


@rule("FND119", severity=INFO, title="执行率与金额略有出入", source=LOGIC)
def rate_loosely_right(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """The rate was cut off instead of rounded, or computed from finer amounts than those printed.

    为什么：执行率应当四舍五入；由未取整的金额算出的执行率，读者无法用表中金额复核。
    错误：98.91 ÷ 141.7 = 69.80%，执行率填 69.7%。
    正确：执行率填 69.8% 或 69.80%。
    改法：按表中金额四舍五入重算执行率，或把金额填到分。
    """
    for row in form.funds:
        state, exact = _state(row, form, scorecard)
        if state not in ("cut", "loose") or exact is None or row.rate.value is None:
            continue
        why = "去掉了尾数而没有四舍五入" if state == "cut" else "可能是用取整前的金额算的"
        yield Problem(
            (row.rate, row.executed, row.budget),
            message=(
                f"“{fund_name(row)}”按表中金额计算，执行率为 {percent(exact)}（{division(row, exact, scorecard)}），"
                f"表中填 {shown(row.rate)}，{why}。"
            ),
            printed=shown(row.rate),
            expected=percent(exact),
            difference=f"{signed((row.rate.value - exact) * 100)} 个百分点",
            suggestion=f"建议把执行率写为 {percent(exact)}，使读者能够复核。",
        )


@rule("FND104", severity=ERROR, title="预算执行得分与执行率不符", source="口径参数：预算执行率计分方法")
def execution_score_differs(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """The printed execution score is not what the profile gives for the recomputed rate.

    为什么：预算执行得分由执行率计算，不由人评定；多填会抬高总分和等次。
    错误：执行率 77.11%，分值 10 分，得分填 9 分。
    正确：10 × 77.11% = 7.71，得分填 7.71 分（保留一位小数填 7.7 分）。
    改法：按执行率重算得分，并相应修改总分。
    """
    row, expected = form.fund_total, scorecard.execution
    if row is None or row.score.value is None:
        return
    if not expected.decided:
        from_rate = _by_printed_rate(row, profile)
        if from_rate is None:
            yield Undecided(expected.reason, (row.score,))
            return
        expected = from_rate
    if _score_is_fair(row, expected):
        return
    printed, nearest = row.score.value, expected.low if row.score.value < (expected.low or 0) else expected.high
    assert nearest is not None
    yield Problem(
        (row.score, row.rate, row.weight),
        message=(
            f"{_rate_and_weight(row)}预算执行得分应为 {interval(expected)} 分（{expected.arithmetic}），"
            f"表中填 {figure(row.score)} 分，{excess(printed, nearest)}。"
        ),
        printed=figure(row.score),
        expected=interval(expected),
        difference=signed(printed - nearest),
        basis=expected.basis,
        suggestion=f"请把预算执行得分改为 {interval(expected)} 分，并相应修改总分。",
    )


def _rate_and_weight(row: FundRow) -> str:
    rate = f"执行率 {shown(row.rate)}" if row.rate.value is not None else ""
    weight = f"分值 {figure(row.weight)} 分" if row.weight.value is not None else ""
    said = "、".join(part for part in (rate, weight) if part)
    return f"{said}，" if said else ""


def _by_printed_rate(row: FundRow, profile: Profile) -> Expected | None:
    """The score by the printed rate, in a form that has no full-year budget to compute the rate from."""
    rate, weight = row.rate.value, row.weight.value
    if rate is None or weight is None or row.budget.value is not None or profile["execution.method"] != "proportional":
        return None
    value = round_half_up(min(weight, weight * rate), 2)
    words = f"{plain(weight)} × {percent(rate)} = {plain(value)}"
    return Expected(value, value, words, profile.source("execution.method"), "proportional")


def _score_is_fair(row: FundRow, expected: Expected) -> bool:
    """Whether the score follows from the amounts, or, rightly computed, from the rate as it is printed."""
    if fits(row.score, expected):
        return True
    rate, weight, printed = row.rate.value, row.weight.value, row.score.value
    if weight is None or printed is None or expected.method != "proportional":
        return False
    half = half_unit(row.score)
    coarse = weight * rate_half_unit(row.rate) if row.budget.value is None else Decimal(0)
    if rate is not None and abs(printed - min(weight, weight * rate)) <= half + coarse:
        return True  # a wrong rate is FND102's or FND103's finding; the score follows it
    bounds = rate_range(row) if rate_state(row)[0] in ("loose", "") else None
    return bounds is not None and weight * bounds[0] - half <= printed <= min(weight, weight * bounds[1]) + half


@rule("FND106", severity=ERROR, title="预算为零却有支出", source=LOGIC)
def spent_without_budget(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """Money spent in a row whose budget is zero.

    为什么：没有预算不能支出，全年预算数为零时也无法计算执行率。
    错误：全年预算数填 0，全年执行数填 12.3。
    正确：全年预算数填调整后的预算 12.3，全年执行数填 12.3。
    改法：补填调整后的全年预算数；支出填错了行的，移到对应的行。
    """
    total = form.fund_total
    rows = [total] if total is not None and _without_budget(total) else form.funds
    for row in rows:
        if not _without_budget(row):
            continue
        yield Problem(
            (row.budget, row.executed),
            message=(
                f"“{fund_name(row)}”的全年预算数为 {figure(row.budget)}，全年执行数却有 {figure(row.executed)} "
                f"{form.amount_unit}，没有预算不应有支出，执行率也无法计算。"
            ),
            printed=figure(row.budget),
            expected=f"≥{figure(row.executed)}",
            suggestion="请补填调整后的全年预算数，或核对支出是否填串了行。",
        )


def _without_budget(row: FundRow) -> bool:
    return row.budget.value == 0 and row.executed.value is not None and row.executed.value > 0


@rule("FND124", severity=WARNING, title="执行率没有填", source=LOGIC)
def rate_unfilled(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """The total row has both amounts and an empty rate cell.

    为什么：执行率是自评表的必填项，预算执行得分由它算出。
    错误：全年预算数 185.17，全年执行数 142.78，执行率空着。
    正确：执行率填 77.11%。
    改法：按全年执行数 ÷ 全年预算数补填执行率。
    """
    row = form.fund_total
    exact = ratio(row.executed, row.budget) if row is not None else None
    if row is None or exact is None or row.rate.ref is None or row.rate.value is not None or row.rate.formula:
        return
    if not row.rate.blank or is_error_text(row.rate.text):
        return
    yield Problem(
        (row.rate, row.executed, row.budget),
        message=f"年度资金总额的执行率没有填，应为 {percent(exact)}（{division(row, exact)}）。",
        printed="",
        expected=percent(exact),
        suggestion=f"请补填执行率 {percent(exact)}。",
    )
