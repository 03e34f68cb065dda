"""Budget execution printed as an indicator row becomes part of the funds, where the funds block lacks it."""

from __future__ import annotations

from decimal import Decimal

from xlsuite.core.form import Cell, Form, FundRow, Group, Indicator, Remark
from xlsuite.core.values import is_placeholder, squeeze
from xlsuite.forms.entries import HUNDRED
from xlsuite.forms.words import word


def execution_row(form: Form) -> int | None:
    """Place of the indicator that is the budget execution of the whole form; None when there is none.

    It is the first or the last row, named so, and stands under a heading of its own, under none, or under management;
    or any row whose level-1 heading says so and holds nothing else.
    """
    last = len(form.indicators) - 1
    for place, indicator in enumerate(form.indicators):
        at_end = place in (0, last)
        begins = at_end or indicator.level1 is not form.indicators[place - 1].level1
        if begins and _is_execution(form.indicators, place, at_end):
            return place
    return None


def _is_execution(indicators: list[Indicator], place: int, at_end: bool) -> bool:
    indicator = indicators[place]
    top = word(indicator.level1.text)
    name = indicator.level3.text if not is_placeholder(indicator.level3.text) else indicator.level2.text
    if not (at_end or top.execution) or not (word(name).execution if name else top.execution):
        return False
    if top.execution:
        heading = squeeze(indicator.level1.text)
        return sum(squeeze(one.level1.text) == heading for one in indicators) == 1
    return is_placeholder(indicator.level1.text) or top.dimension == "management"


def move_execution(form: Form, total_weight: Decimal | None) -> None:
    """Take the execution row out of the indicators when it holds what the funds block lacks, or repeats it."""
    place = execution_row(form)
    if place is None:
        return
    indicator = form.indicators[place]
    fund = form.fund_total
    if fund is not None and (fund.weight.value is not None or fund.score.value is not None):
        if not _counted_twice(form, fund, indicator, total_weight):
            return
        message = f"指标表里的“{indicator.level3.text.strip()}”与资金表重复，总分只含一次，按资金表读取。"
        form.remarks.append(Remark(message, indicator.weight.ref or indicator.level3.ref, indicator.level3.text))
    else:
        _hand_over(form, indicator)
    _remove(form, place)


def _counted_twice(form: Form, fund: FundRow, indicator: Indicator, total: Decimal | None) -> bool:
    weights = [one.weight.value for one in form.indicators if one.weight.value is not None]
    if total is None or fund.weight.value is None or indicator.weight.value is None:
        return False
    return sum(weights) == total and fund.weight.value == indicator.weight.value


def _hand_over(form: Form, indicator: Indicator) -> None:
    fund = form.fund_total
    if fund is None:
        fund = FundRow("total", indicator.level3)
        form.funds.insert(0, fund)
    fund.weight, fund.score = indicator.weight, indicator.score
    if fund.weight.value is None:
        fund.weight = _own_points(form, indicator) or fund.weight
    if not fund.reason.present or not fund.reason.text:
        fund.reason = indicator.reason
    if fund.rate.value is None:
        _rate(fund, indicator)


def _own_points(form: Form, indicator: Indicator) -> Cell[Decimal] | None:
    """Points printed in the level-1 heading of the row, 预算执行率（10分）."""
    place = form.indicators.index(indicator)
    return next((group.weight for group in form.groups if group.start == place and group.stop == place + 1), None)


def _rate(fund: FundRow, indicator: Indicator) -> None:
    """The actual value is the rate, or, beside a target in money, the amount executed."""
    target, actual = indicator.target, indicator.actual
    if actual.value is None or actual.value.number is None:
        if actual.present and not fund.rate.present:
            fund.rate = Cell(None, actual.text, actual.ref, actual.formula, actual.stored)
        return
    percent = actual.value.unit == "%"
    money = (
        target.value is not None and target.value.number is not None and not percent and target.value.number > HUNDRED
    )
    number = actual.value.number
    if money and target.value is not None:
        if fund.budget.value is None and fund.executed.value is None:
            fund.budget = _as_amount(target, target.value.number)
            fund.executed = _as_amount(actual, number)
        return
    value = number / HUNDRED if percent else number
    fund.rate = Cell(value, actual.text, actual.ref, actual.formula, actual.stored)


def _as_amount(cell: Cell[object] | Cell, number: Decimal | None) -> Cell[Decimal]:  # type: ignore[type-arg]
    return Cell(number, cell.text, cell.ref, cell.formula, cell.stored)


def _remove(form: Form, place: int) -> None:
    """Drop an indicator; groups that held nothing else go with it, the others close up."""
    del form.indicators[place]
    kept: list[Group] = []
    for group in form.groups:
        if group.start > place:
            group.start -= 1
        if group.stop > place:
            group.stop -= 1
        if group.stop > group.start:
            kept.append(group)
    form.groups = kept
