"""FND, amounts: the funds block adds up, and every amount is a possible one."""

from __future__ import annotations

from decimal import Decimal

from xlsuite.core.finding import ERROR, INFO, WARNING, Problem, Undecided
from xlsuite.core.form import Cell, Form, FundRow
from xlsuite.core.profile import Profile
from xlsuite.core.registry import rule
from xlsuite.core.scorecard import Scorecard
from xlsuite.core.values import parse_measure, to_yuan
from xlsuite.rules._amounts import COLUMNS, Parts, fund_parts, half_unit, places
from xlsuite.rules._formulas import broken_fund_sums, is_error_text
from xlsuite.rules._phrases import LOGIC, Results, addition, figure, fund_name, listing, plain, shown, signed

_LARGEST_WAN = Decimal(1_000_000)
_SMALLEST_YUAN = Decimal(1000)
_FINEST = {"万元": 6, "元": 2}


@rule("FND101", severity=ERROR, title="资金总额与各项之和不符", source=LOGIC)
def fund_parts_differ(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """年度资金总额 must be the sum of its sources, in every amount column.

    为什么：年度资金总额由当年财政拨款、上年结转资金和其他资金组成，总额与各项对不上，执行率就没有可靠的基数。
    错误：全年预算数总额 185.17 万元，其中财政拨款 180 万元、上年结转 0、其他资金 0。
    正确：总额 185.17 万元，其中财政拨款 185.17 万元、上年结转 0、其他资金 0。
    改法：对照预算批复和决算数据核对总额与各项资金，改正填错的一格；确有其他来源的，补填到对应的行。
    """
    tolerance = profile["tolerance.money"]
    broken = broken_fund_sums(form)
    for parts in fund_parts(form):
        if parts.column in broken or abs(parts.difference) <= parts.slack(tolerance):
            continue
        too_large = parts.difference < 0
        if parts.blank and not too_large:
            continue
        single = next((pair for pair in parts.filled if _exceeds(pair[1], parts.total, tolerance)), None)
        if parts.disjoint or single is not None:
            yield _parts_problem(parts, form.amount_unit, certain=True)
        elif not parts.some_fit(tolerance):
            yield _parts_problem(parts, form.amount_unit, certain=False)


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
            f"{parts.label}的年度资金总额填 {total} {unit}，其中各项合计 {addition(values)} = {plain(parts.sum)} {unit}，"
            f"各项合计比总额{relation} {gap} {unit}。"
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
    broken = broken_fund_sums(form)
    for parts in fund_parts(form):
        if parts.column in broken or not parts.blank or parts.difference <= parts.slack(tolerance):
            continue
        if parts.some_fit(tolerance):
            continue
        names = listing([fund_name(row) for row in parts.blank])
        yield Problem(
            (parts.total, *(getattr(row, parts.column) for row in parts.blank)),
            message=(
                f"{parts.label}的年度资金总额为 {figure(parts.total)} {form.amount_unit}，已填各项合计 "
                f"{plain(parts.sum)} {form.amount_unit}，还差 {plain(parts.difference)} {form.amount_unit}，而{names}没有填。"
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
    broken = broken_fund_sums(form)
    for parts in fund_parts(form):
        gap = parts.difference
        if parts.column in broken or not parts.disjoint or not tolerance < abs(gap) <= parts.slack(tolerance):
            continue
        if gap > 0 and parts.blank:
            continue
        if any(places(cell) for cell in (parts.total, *(cell for _, cell in parts.filled))):
            continue
        yield Problem(
            (parts.total, *(cell for _, cell in parts.filled)),
            message=(
                f"{parts.label}的年度资金总额填 {figure(parts.total)} {form.amount_unit}，其中各项合计 {plain(parts.sum)} "
                f"{form.amount_unit}，相差 {plain(abs(gap))} {form.amount_unit}，可能是取整造成的尾差。"
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


@rule("FND111", severity=ERROR, title="金额为负数", source=LOGIC)
def amount_negative(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """Budgets and expenditure cannot be negative; only an adjustment can.

    为什么：预算数和执行数不会小于零，负数多半是多打了减号或把调减数填进了预算栏。
    错误：全年执行数填 -5 万元。
    正确：全年执行数填 5 万元；调减填在预算调整栏。
    改法：去掉多余的减号；是调减的，改填到预算调整数。
    """
    for row in form.funds:
        for column, label in COLUMNS:
            cell: Cell[Decimal] = getattr(row, column)
            if column != "adjustment" and cell.value is not None and cell.value < 0:
                yield Problem(
                    (cell,),
                    message=f"“{fund_name(row)}”的{label}填 {figure(cell)} {form.amount_unit}，金额不能为负数。",
                    printed=figure(cell),
                    expected="≥0",
                    suggestion="请去掉多余的减号；如为预算调减，请填在预算调整数里。",
                )


@rule("FND120", severity=WARNING, title="金额不是数字", source=LOGIC)
def amount_not_numeric(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """An amount cell with text that is no number.

    为什么：金额栏里的文字无法参加合计和执行率计算。
    错误：全年执行数填“约140”。
    正确：全年执行数填 142.78。
    改法：只填数字，单位写在表头；没有该项资金的填 0 或留空。
    """
    for row in form.funds:
        for column, label in COLUMNS:
            cell: Cell[Decimal] = getattr(row, column)
            if cell.value is not None or cell.ref is None or cell.blank or is_error_text(cell.text):
                continue
            measure = parse_measure(cell.text)
            if measure.kind == "na" or shown(cell) in ("无", "暂无") or to_yuan(measure, "元") is not None:
                continue
            yield Problem(
                (cell,),
                message=f"“{fund_name(row)}”的{label}填的是“{shown(cell)}”，不是数字，无法计算。",
                printed=shown(cell),
                expected="数字",
                suggestion=f"请只填数字（单位为{form.amount_unit}），没有该项资金的填 0。",
            )


@rule("FND118", severity=WARNING, title="预算数或执行数没有填", source=LOGIC)
def total_unfilled(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """The total row has one of budget and expenditure, but not the other.

    为什么：缺全年预算数或全年执行数，就算不出执行率和预算执行得分；空白不等于零。
    错误：年度资金总额一行填了全年预算数 185.17，全年执行数空着。
    正确：全年预算数 185.17，全年执行数 142.78；一分未支的填 0。
    改法：补填缺的金额；没有支出的填 0。
    """
    total = form.fund_total
    if total is None:
        yield Undecided("表中没有资金情况，未核对预算和执行")
        return
    pairs = ((total.budget, "全年预算数", total.executed), (total.executed, "全年执行数", total.budget))
    for cell, label, other in pairs:
        if cell.ref is not None and cell.blank and cell.value is None and not cell.formula and other.value is not None:
            yield Problem(
                (cell, other),
                message=(
                    f"“{fund_name(total)}”填了{'全年执行数' if label == '全年预算数' else '全年预算数'} "
                    f"{figure(other)} {form.amount_unit}，{label}却没有填，算不出执行率。"
                ),
                printed="",
                expected=label,
                suggestion=f"请补填{label}，没有的填 0。",
            )


@rule("FND112", severity=WARNING, title="金额单位疑似填错", source=LOGIC)
def unit_suspicious(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """An amount far too large for 万元 or far too small for 元.

    为什么：把元当万元填（或反过来）会使金额差一万倍，汇总后无法使用。
    错误：表头单位为万元，全年预算数填 4695150。
    正确：表头单位为万元，全年预算数填 469.515。
    改法：核对表头单位，把金额换算成表头的单位。
    """
    total = form.fund_total
    if total is None or not form.amount_unit_stated:
        return
    amounts = [cell for cell in (total.budget, total.initial, total.executed) if cell.value]
    if not amounts or amounts[0].value is None:
        return
    cell, value = amounts[0], amounts[0].value
    if form.amount_unit == "万元" and value >= _LARGEST_WAN and form.kind == "project":
        right, other = plain(value / 10000), "元"
    elif form.amount_unit == "元" and 0 < value < _SMALLEST_YUAN:
        right, other = plain(value * 10000), "万元"
    else:
        return
    yield Problem(
        (cell,),
        message=(
            f"表头金额单位是{form.amount_unit}，“{fund_name(total)}”却填 {figure(cell)}，很可能是按{other}填的"
            f"（按{other}换算应填 {right}）。"
        ),
        printed=figure(cell),
        expected=right,
        suggestion="请核对表头的金额单位，把金额换算成同一单位。",
        certain=False,
    )


@rule("FND113", severity=INFO, title="金额小数位数过多", source=LOGIC)
def amount_too_precise(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """More decimals than there are fen.

    为什么：金额最小到分，万元最多六位小数，元最多两位小数，多出的小数来自计算残留。
    错误：全年执行数填 142.78000001 万元。
    正确：全年执行数填 142.78 万元。
    改法：按实际金额填写，一般保留两位小数。
    """
    finest = _FINEST.get(form.amount_unit)
    if finest is None:
        return
    for row in form.funds:
        for column, label in COLUMNS:
            cell: Cell[Decimal] = getattr(row, column)
            if cell.value is not None and cell.formula is None and places(cell) > finest:
                yield Problem(
                    (cell,),
                    message=(
                        f"“{fund_name(row)}”的{label}填 {figure(cell)} {form.amount_unit}，小数有 {places(cell)} 位，"
                        f"{form.amount_unit}最多 {finest} 位。"
                    ),
                    printed=figure(cell),
                    expected=f"不超过 {finest} 位小数",
                    suggestion="请按实际金额填写，一般保留两位小数。",
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
    if total.executed.value > total.budget.value:
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


def _overspent(row: FundRow, tolerance: Decimal) -> bool:
    budget, executed = row.budget.value, row.executed.value
    return budget is not None and executed is not None and budget > 0 and executed - budget > tolerance
