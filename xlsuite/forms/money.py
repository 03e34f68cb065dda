"""What the reader settles when the whole form is known: the money unit, rates without %, weights in shares of one."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlsuite.core.form import Cell, Form, FundRow, Remark
from xlsuite.core.values import agrees, round_half_up
from xlsuite.forms.entries import HUNDRED, typed_unit

_YUAN = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10**4), "亿元": Decimal(10**8)}
_LIKELY_RATIO = Decimal("1.5")
"""Without budget and execution to compare with, a bare number up to here is read as a ratio, above it as percent."""


def _amounts(form: Form) -> Iterator[Cell[Decimal]]:
    for fund in form.funds:
        yield from (fund.initial, fund.adjustment, fund.budget, fund.executed)


def settle_unit(form: Form, block_unit: str, stated: str) -> None:
    """Bring every amount into one unit, 万元 or 元: as the funds block says, else the sheet, else the amounts."""
    typed = [(cell, typed_unit(cell)) for cell in _amounts(form) if cell.value is not None]
    own = {unit for _, unit in typed if unit}
    unit = block_unit or stated or (own.pop() if len(own) == 1 else "")
    form.amount_unit_stated = bool(unit)
    if block_unit and stated and block_unit != stated:
        message = f"金额单位写法不一致：资金表写“{block_unit}”，表头写“{stated}”，按资金表的“{block_unit}”读取。"
        form.remarks.append(Remark(message, next((cell.ref for cell, _ in typed), None)))
    unit = unit or "万元"
    form.amount_unit = {"亿元": "万元", "千元": "元"}.get(unit, unit)
    if unit != form.amount_unit:
        message = f"金额单位是“{unit}”，各金额已换算为“{form.amount_unit}”。"
        form.remarks.append(Remark(message, next((cell.ref for cell, _ in typed), None)))
    for cell, mine in typed:
        _convert(form, cell, mine, unit)


def _convert(form: Form, cell: Cell[Decimal], typed: str, unit: str) -> None:
    factor = _YUAN[typed or unit] / _YUAN[form.amount_unit]
    if factor == 1 or cell.value is None:
        return
    cell.value *= factor
    if typed and typed != unit:
        read = f"{cell.value.normalize():f} {form.amount_unit}"
        message = f"金额“{cell.text.strip()}”自带的单位与表内单位“{unit}”不同，按 {read}读取。"
        form.remarks.append(Remark(message, cell.ref, cell.text))


def settle_rates(form: Form, percent: bool) -> None:
    """Make every rate a ratio. One without % is decided by its heading and by executed ÷ budget; a decision is told."""
    for fund in form.funds:
        cell = fund.rate
        if not cell.value or "%" in cell.text or "％" in cell.text:
            continue
        ratio = _ratio(fund, cell.value, percent)
        as_headed = percent and ratio != cell.value
        cell.value = ratio
        if not as_headed:
            printed = round_half_up(ratio * HUNDRED, 2)
            message = f"执行率“{cell.text.strip()[:12]}”没有百分号，按 {printed}% 读取。"
            form.remarks.append(Remark(message, cell.ref, cell.text))


def _ratio(fund: FundRow, number: Decimal, percent: bool) -> Decimal:
    as_percent = number / HUNDRED
    base, spent = fund.budget.value or fund.initial.value, fund.executed.value
    if base and spent is not None:
        exact = spent / base
        if agrees(number, exact * HUNDRED):
            return as_percent
        if agrees(number, exact):
            return number
        return min((as_percent, number), key=lambda ratio: abs(ratio - exact))
    if percent:
        return as_percent
    return number if number <= _LIKELY_RATIO else as_percent


def settle_weights(form: Form) -> None:
    """Weights given as shares of one (0.1 for 10 points) become points, and that is told once."""
    cells = [one.weight for one in form.indicators] + [fund.weight for fund in form.funds]
    values = [cell.value for cell in cells if cell.value is not None]
    if len(values) < 2 or max(values) > 1 or not Decimal("0.99") <= sum(values) <= Decimal("1.01"):
        return
    if form.total.weight.value not in (None, Decimal(1)):
        return
    for cell in [*cells, form.total.weight, *(group.weight for group in form.groups)]:
        if cell.value is not None:
            cell.value *= HUNDRED
    first = next(cell for cell in cells if cell.value is not None)
    form.remarks.append(
        Remark("分值（权重）填的是小数，合计为 1，已按百分制换算（0.1 读作 10 分）。", first.ref, first.text)
    )
