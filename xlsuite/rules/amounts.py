"""FND, amounts: every amount is filled in, possible, and in the stated unit."""

from __future__ import annotations

from decimal import Decimal

from xlsuite.core.finding import ERROR, INFO, WARNING, Problem, Undecided
from xlsuite.core.form import Cell, Form
from xlsuite.core.profile import Profile
from xlsuite.core.registry import rule
from xlsuite.core.scorecard import Scorecard
from xlsuite.core.values import parse_measure, to_yuan
from xlsuite.rules._amounts import COLUMNS, places
from xlsuite.rules._formulas import is_error_text
from xlsuite.rules._phrases import LOGIC, Results, figure, fund_name, plain, shown

_LARGEST_WAN = Decimal(1_000_000)
_SMALLEST_YUAN = Decimal(1000)
_FINEST = {"万元": 6, "元": 2}


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
