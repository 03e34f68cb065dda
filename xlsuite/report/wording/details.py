"""资金明细逐项、多年度安排与压减."""

from __future__ import annotations

from decimal import Decimal

from xlsuite.report.facts import Facts, YearFunds, total_of
from xlsuite.report.materials import FundItem, due_of, paid_of
from xlsuite.report.phrases import amount, clause, joined, missing, percent


def item_text(item: FundItem, unit: str) -> str:
    """One item in a sentence: contract, arrangement, payment with date, what is still open, the note in brackets."""
    due, paid = due_of(item), paid_of(item)
    if due is None and paid is None:
        return f"{item.name}：{missing(f'“{item.name}”的安排金额和支付金额')}"
    head = [f"合同金额{amount(item.contract, unit)}" if item.contract else "", _arrangement(item, unit)]
    if item.received is not None and item.received not in (item.planned, due):
        head.append(f"到位{amount(item.received, unit)}" if item.received else "资金尚未到位")
    body = joined([*head, _payment(item, due, paid, unit)])
    note = clause(item.note)
    return f"{item.name}：{body[:-1]}（{note}）。" if note else f"{item.name}：{body}"


def _arrangement(item: FundItem, unit: str) -> str:
    if item.planned is None:
        return ""
    text = f"安排资金{amount(item.planned, unit)}" if item.planned else "没有安排资金"
    if not item.adjusted:
        return text
    word = "调增" if item.adjusted > 0 else "调减"
    return f"{text}，年中{word}{amount(abs(item.adjusted), unit)}，调整后为{amount(item.planned + item.adjusted, unit)}"


def _payment(item: FundItem, due: Decimal | None, paid: Decimal | None, unit: str) -> str:
    if paid is None:
        return f"实际支付{missing(f'“{item.name}”的支付金额')}"
    if not paid:
        return "尚未支付"
    on = f"于{clause(item.date)}" if item.date else ""
    text = f"已{on}支付{amount(paid, unit)}"
    if due is None or not due:
        return text
    if paid == due:
        return f"{text}，支付率100%"
    if paid < due:
        return f"{text}，支付率{percent(paid / due)}，尚有{amount(due - paid, unit)}没有支付"
    return f"{text}，超出安排{amount(paid - due, unit)}"


def items_overview(facts: Facts) -> str:
    """How many items are paid, partly paid and unpaid; "" when there are fewer than two or a payment is unknown."""
    states = [_STATES.get(state_of(item), "") for item in facts.items]
    if len(states) < 2 or "" in states:
        return ""
    head = f"资金共涉及{len(states)}项支出"
    if len(set(states)) == 1:
        return f"{head}，均{states[0]}。"
    counts = [f"{states.count(word)}项{word}" for word in ("已支付完毕", "部分支付", "尚未支付") if word in states]
    return f"{head}，其中{'、'.join(counts)}。"


_STATES = {"已支付": "已支付完毕", "部分支付": "部分支付", "未支付": "尚未支付"}


def state_of(item: FundItem) -> str:
    """已支付, 部分支付 or 未支付 by the amounts; "" where one is unknown."""
    due, paid = due_of(item), paid_of(item)
    if paid is None or due is None:
        return ""
    if not paid:
        return "未支付"
    return "已支付" if paid >= due else "部分支付"


def items_total(facts: Facts) -> str:
    """Sum of the items; where it differs from the form's budget or spending, the difference and a 【待补充】 mark."""
    if len(facts.items) < 2:
        return ""
    due = total_of(due_of(item) for item in facts.items)
    paid = total_of(paid_of(item) for item in facts.items)
    fits = due in (None, facts.budget) and paid in (None, facts.executed)
    rate = f"支付率{percent(paid / due)}" if due and paid and fits else ""
    parts = [
        f"安排资金{amount(due, facts.unit)}" if due else "",
        f"实际支付{amount(paid, facts.unit)}" if paid else "",
        rate,
    ]
    if not any(parts):
        return ""
    return f"以上各项合计{joined(parts)}" + _difference(facts, due, paid)


def _difference(facts: Facts, due: Decimal | None, paid: Decimal | None) -> str:
    text = ""
    for name, found, stated in (("全年预算", due, facts.budget), ("全年执行数", paid, facts.executed)):
        if found is not None and stated is not None and found != stated:
            gap = amount(abs(found - stated), facts.unit)
            text += (
                f"合计数与{name}{amount(stated, facts.unit)}相差{gap}，{missing(f'资金明细合计与{name}不一致的原因')}。"
            )
    return text


def year_text(entry: YearFunds, unit: str) -> str:
    """One year of the series as a clause."""
    if entry.planned is None:
        return f"{entry.year}年{missing(f'{entry.year}年安排金额')}"
    parts = [f"{entry.year}年安排{amount(entry.planned, unit)}" if entry.planned else f"{entry.year}年没有安排资金"]
    if entry.adjusted and entry.arranged is not None:
        word = "压减" if entry.adjusted < 0 else "追加"
        parts.append(f"年中{word}{amount(abs(entry.adjusted), unit)}，{word}后为{amount(entry.arranged, unit)}")
    if entry.paid:
        parts.append(f"实际支付{amount(entry.paid, unit)}")
    return "，".join(parts)


def years_text(facts: Facts) -> str:
    """The multi-year arrangement: year by year, then the sum, the cut and what was paid."""
    years, unit = facts.years, facts.unit
    if not years:
        return ""
    listing = "；".join(year_text(entry, unit) for entry in years)
    planned = total_of(entry.planned for entry in years)
    if not planned:
        return f"分年度看，{listing}。"
    cut = sum((entry.adjusted or Decimal(0) for entry in years), Decimal(0))
    parts = [f"{years[0].year}年至{years[-1].year}年合计安排{amount(planned, unit)}"]
    if cut:
        word = "压减" if cut < 0 else "追加"
        parts.append(f"年中{word}{amount(abs(cut), unit)}，实际安排{amount(planned + cut, unit)}")
    return joined(parts) + f"其中：{listing}。"
