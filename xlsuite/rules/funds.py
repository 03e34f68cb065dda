"""FND, amounts: the funds block adds up, and every amount is a possible one."""

from __future__ import annotations

from decimal import Decimal

from xlsuite.core.finding import ERROR, INFO, Problem
from xlsuite.core.form import Cell, Form, FundRow
from xlsuite.core.profile import Profile
from xlsuite.core.registry import rule
from xlsuite.core.scorecard import Scorecard
from xlsuite.rules._amounts import Parts, half_unit, places
from xlsuite.rules._phrases import LOGIC, Results, addition, figure, fund_name, listing, plain, signed
from xlsuite.rules._rows import facts


@rule("FND101", severity=ERROR, title="资金总额与各项之和不符", source=LOGIC)
def fund_parts_differ(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """年度资金总额 must be the sum of its sources, in every amount column.

    为什么：年度资金总额由当年财政拨款、上年结转资金和其他资金组成，总额与各项对不上，执行率就没有可靠的基数。
    错误：全年预算数总额 185.17 万元，其中财政拨款 180 万元、上年结转 0、其他资金 0。
    正确：总额 185.17 万元，其中财政拨款 185.17 万元、上年结转 0、其他资金 0。
    改法：对照预算批复和决算数据核对总额与各项资金，改正填错的一格；确有其他来源的，补填到对应的行。
    """
    tolerance = profile["tolerance.money"]
    columns = facts(form, scorecard, profile).parts
    for parts in columns:
        if abs(parts.difference) <= parts.slack(tolerance):
            continue
        if parts.blank and parts.difference > 0:
            if _complete_elsewhere(parts, columns, tolerance):
                yield _parts_problem(parts, form.amount_unit, certain=False)
            continue
        single = next((pair for pair in parts.filled if _exceeds(pair[1], parts.total, tolerance)), None)
        if parts.disjoint or single is not None:
            yield _parts_problem(parts, form.amount_unit, certain=True)
        elif not parts.blank and not parts.some_fit(tolerance):
            yield _parts_problem(parts, form.amount_unit, certain=False)


def _complete_elsewhere(parts: Parts, columns: list[Parts], tolerance: Decimal) -> bool:
    """Whether the same rows, with the same blanks, do add up in another column: then none is missing here either."""
    rows = [row for row, _ in parts.filled]
    return any(
        other is not parts and [row for row, _ in other.filled] == rows and other.some_fit(tolerance)
        for other in columns
    )


def _exceeds(part: Cell[Decimal], total: Cell[Decimal], tolerance: Decimal) -> bool:
    if part.value is None or total.value is None or part.value < 0:
        return False
    return part.value - total.value > max(tolerance, half_unit(part) + half_unit(total))


def _parts_problem(parts: Parts, unit: str, *, certain: bool) -> Problem:
    values = [cell.value for _, cell in parts.filled if cell.value is not None]
    total = figure(parts.total)
    relation = "少" if parts.difference > 0 else "多"
    gap = plain(abs(parts.difference))
    return Problem(
        (parts.total, *(cell for _, cell in parts.filled)),
        message=(
            f"年度资金总额的{parts.label}填 {total} {unit}，其中各项合计 {addition(values, parts.sum)} "
            f"{unit}，各项合计比总额{relation} {gap} {unit}。"
        ),
        printed=total,
        expected=plain(parts.sum),
        difference=signed(parts.difference),
        suggestion="请核对总额和各项资金，改正填错的一格，或补填漏填的资金来源。",
        certain=certain,
    )


@rule("FND121", severity=INFO, title="资金来源没有填全", source=LOGIC)
def fund_parts_unfilled(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """The filled sources fall short of the total, and other source rows are blank.

    为什么：其中各项只填了一部分时，无法核对总额；空白不等于零。
    错误：总额 185.17 万元，财政拨款 180 万元，上年结转资金和其他资金空着。
    正确：总额 185.17 万元，财政拨款 180 万元，其他资金 5.17 万元；没有的资金填 0。
    改法：把漏填的资金来源补上；确实没有的填 0。
    """
    tolerance = profile["tolerance.money"]
    columns = facts(form, scorecard, profile).parts
    for parts in columns:
        if not parts.blank or parts.difference <= parts.slack(tolerance):
            continue
        if parts.some_fit(tolerance) or _complete_elsewhere(parts, columns, tolerance):
            continue
        names = listing([fund_name(row) for row in parts.blank])
        yield Problem(
            (parts.total, *(getattr(row, parts.column) for row in parts.blank)),
            message=(
                f"年度资金总额的{parts.label}为 {figure(parts.total)} {form.amount_unit}，已填各项合计 "
                f"{plain(parts.sum)} {form.amount_unit}，还差 {plain(parts.difference)} {form.amount_unit}，"
                f"而{names}没有填。"
            ),
            printed=figure(parts.total),
            expected=plain(parts.sum),
            difference=signed(parts.difference),
            suggestion="请补填没有填的资金来源，没有的填 0。",
        )


@rule("FND122", severity=INFO, title="资金总额与各项之和有尾差", source=LOGIC)
def fund_parts_rounded(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """Whole numbers that miss their total by no more than rounding can explain.

    为什么：各项都取整到万元时，合计可能与总额差一两个单位，不一定是填错。
    错误：总额填 1800 万元，其中 1233 万元和 566 万元，合计 1799 万元。
    正确：总额 1799.8 万元，其中 1233.4 万元和 566.4 万元。
    改法：按两位小数填写，尾差即消失；若没有取整，请核对是否填错。
    """
    tolerance = profile["tolerance.money"]
    for parts in facts(form, scorecard, profile).parts:
        gap = parts.difference
        if not parts.disjoint or not tolerance < abs(gap) <= parts.slack(tolerance):
            continue
        if any(places(cell) for cell in (parts.total, *(cell for _, cell in parts.filled))):
            continue
        yield Problem(
            (parts.total, *(cell for _, cell in parts.filled)),
            message=(
                f"年度资金总额的{parts.label}填 {figure(parts.total)} {form.amount_unit}，其中各项合计 "
                f"{plain(parts.sum)} {form.amount_unit}，相差 {plain(abs(gap))} {form.amount_unit}，"
                "可能是取整造成的尾差。"
            ),
            printed=figure(parts.total),
            expected=plain(parts.sum),
            difference=signed(gap),
            suggestion="请按原始金额填写两位小数；若没有取整，请核对是否填错。",
        )


@rule("FND107", severity=ERROR, title="年初预算加调整数不等于全年预算", source=LOGIC)
def adjustment_differs(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """Where a form has an adjustment column, initial ± adjustment must give the full-year budget.

    为什么：全年预算数是调整后的预算，必须等于年初预算数加减预算调整数。
    错误：年初预算 10000 万元，预算调整 -1000 万元，全年预算填 9500 万元。
    正确：年初预算 10000 万元，预算调整 -1000 万元，全年预算 9000 万元。
    改法：对照预算调整文件核对三个数，改正填错的一个。
    """
    for row in form.funds:
        initial, change, budget = row.initial.value, row.adjustment.value, row.budget.value
        if initial is None or change is None or budget is None:
            continue
        slack = max(profile["tolerance.money"], *(half_unit(c) * 3 for c in (row.initial, row.adjustment, row.budget)))
        if any(abs(total - budget) <= slack for total in (initial + change, initial - change)):
            continue
        expected = initial + change
        yield Problem(
            (row.budget, row.initial, row.adjustment),
            message=(
                f"“{fund_name(row)}”的年初预算数 {figure(row.initial)} 加预算调整数 {figure(row.adjustment)} 应为 "
                f"{plain(expected)} {form.amount_unit}，全年预算数填 {figure(row.budget)} {form.amount_unit}，"
                f"相差 {plain(abs(budget - expected))} {form.amount_unit}。"
            ),
            printed=figure(row.budget),
            expected=plain(expected),
            difference=signed(budget - expected),
            suggestion="请对照预算调整文件核对年初预算数、预算调整数和全年预算数。",
        )


@rule("FND125", severity=INFO, title="单项资金执行数大于预算数", source=LOGIC)
def source_overspent(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """One source is overspent although the total is not.

    为什么：某一来源的资金支出超过它的预算，往往是资金来源之间串了行。
    错误：财政拨款预算 100 万元、执行 120 万元，其他资金预算 50 万元、执行 20 万元。
    正确：财政拨款预算 100 万元、执行 100 万元，其他资金预算 50 万元、执行 40 万元。
    改法：核对支出用的是哪一项资金；确属超支的，写明原因。
    """
    total = form.fund_total
    if total is None or total.budget.value is None or total.executed.value is None:
        return
    if total.executed.value > total.budget.value or not _balanced(
        facts(form, scorecard, profile).parts, profile["tolerance.money"]
    ):
        return
    for row in form.funds:
        if row is not total and _overspent(row, profile["tolerance.money"]):
            yield Problem(
                (row.executed, row.budget),
                message=(
                    f"“{fund_name(row)}”全年预算数 {figure(row.budget)} {form.amount_unit}，全年执行数 "
                    f"{figure(row.executed)} {form.amount_unit}，执行数大于预算数，而资金总额并没有超支。"
                ),
                printed=figure(row.executed),
                expected=f"≤{figure(row.budget)}",
                suggestion="请核对各项资金的支出是否填串了行。",
            )


def _balanced(columns: list[Parts], tolerance: Decimal) -> bool:
    """Whether no source is filled wrongly in the two columns: else FND101 or FND121 tells it."""
    return all(
        abs(parts.difference) <= parts.slack(tolerance) for parts in columns if parts.column in ("budget", "executed")
    )


def _overspent(row: FundRow, tolerance: Decimal) -> bool:
    budget, executed = row.budget.value, row.executed.value
    return budget is not None and executed is not None and budget > 0 and executed - budget > tolerance
