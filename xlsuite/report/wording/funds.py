"""资金安排、到位、执行: what was arranged, what arrived, what was spent."""

from __future__ import annotations

from decimal import Decimal

from xlsuite.report.facts import Facts
from xlsuite.report.phrases import Paragraphs, amount, both, earned, joined, listed, missing, percent, points


def arranged(facts: Facts) -> str:
    """资金安排: initial budget, change during the year, final budget and sources."""
    budget, unit = facts.budget, facts.unit
    if budget is None:
        known = amount(facts.initial, unit) if facts.initial else ""
        gap = missing("全年预算数") if known else missing("年度资金安排情况（年初预算数、全年预算数）")
        return f"{facts.when}{facts.subject}年初预算安排{known}，全年预算{gap}。" if known else gap
    if not budget and not facts.initial:
        return f"{facts.when}{facts.subject}没有安排预算资金。"
    return joined([f"{facts.when}{_change(facts, budget)}", _origin(facts)]) + _breakdown(facts, unit)


def _change(facts: Facts, budget: Decimal) -> str:
    whose = facts.subject
    first, last = (f"{whose}预算安排", "调整后预算") if facts.multi_year else (f"{whose}年初预算安排", "全年预算")
    initial, unit = facts.initial, facts.unit
    if initial is None or not facts.funds.budget.present:
        return f"{whose}预算安排{amount(budget, unit)}"
    if not initial:
        return f"{whose}年初没有安排预算，年中追加后{last}{amount(budget, unit)}"
    if initial == budget:
        return f"{first}{amount(budget, unit)}，年中没有调整，{last}{amount(budget, unit)}"
    word, change = ("调增", budget - initial) if budget > initial else ("调减", initial - budget)
    if not budget:
        return f"{first}{amount(initial, unit)}，年中全部调减"
    return f"{first}{amount(initial, unit)}，年中{word}{amount(change, unit)}，{last}{amount(budget, unit)}"


def _origin(facts: Facts) -> str:
    sources = [source for source in facts.sources if source.budget]
    if len(sources) != 1 or sources[0].budget != facts.budget or not sources[0].label:
        return ""
    return f"资金来源为{sources[0].label}"


def _breakdown(facts: Facts, unit: str) -> str:
    sources = [source for source in facts.sources if source.budget and source.label]
    if len(sources) < 2:
        return ""
    parts = [f"{source.label}{amount(source.budget, unit)}" for source in sources if source.budget]
    return f"其中：{listed(parts)}。"


def received(facts: Facts) -> str:
    """资金到位: amount and rate from 资金明细, then the paragraph the user wrote."""
    arrived, written = facts.received, facts.written("资金到位情况")
    if arrived is None:
        return Paragraphs(written) or missing("资金到位情况（到位金额、时间和到位率）")
    return both(_arrival(facts, arrived), written)


def _arrival(facts: Facts, arrived: Decimal) -> str:
    unit = facts.unit
    base = facts.budget if facts.budget is not None else facts.item_sum("planned")
    if not base:
        return f"{facts.when}实际到位资金{amount(arrived, unit)}。" if arrived else f"{facts.when}没有资金到位。"
    if not arrived:
        return f"预算安排的{amount(base, unit)}尚未到位，资金到位率0%。"
    rate = percent(arrived / base)
    if arrived == base:
        return f"预算资金足额到位，实际到位{amount(arrived, unit)}，资金到位率{rate}。"
    if arrived < base:
        return f"实际到位资金{amount(arrived, unit)}，资金到位率{rate}，尚有{amount(base - arrived, unit)}没有到位。"
    return f"实际到位资金{amount(arrived, unit)}，比预算安排多{amount(arrived - base, unit)}，资金到位率{rate}。"


def executed(facts: Facts) -> str:
    """资金执行: spent, rate, balance or overspending."""
    spent, budget, unit = facts.executed, facts.budget, facts.unit
    if spent is None:
        return missing("资金执行情况（全年执行数、执行率）")
    total = "累计" if facts.multi_year else "全年"
    rate = f"预算执行率{facts.rate}" if facts.rate else ""
    if not spent:
        rest = f"预算资金{amount(budget, unit)}全部结余" if budget else ""
        return joined([f"{facts.subject}{total}没有发生支出", rate, rest])
    head = f"{facts.subject}{total}实际支出{amount(spent, unit)}"
    if budget is None:
        return joined([head]) + missing("全年预算数和预算执行率")
    if not budget:
        return joined([head, "没有对应的预算安排"])
    balance = budget - spent
    if not balance:
        tail = "预算资金全部支出，没有结余"
    elif balance > 0:
        tail = f"预算结余{amount(balance, unit)}"
    else:
        tail = f"超出预算{amount(-balance, unit)}"
    return joined([head, rate, tail]) + _spent_by_source(facts, unit)


def _spent_by_source(facts: Facts, unit: str) -> str:
    sources = [source for source in facts.sources if source.label and source.executed is not None and source.budget]
    if len(sources) < 2:
        return ""
    parts = []
    for source in sources:
        if source.executed and source.budget:
            parts.append(
                f"{source.label}支出{amount(source.executed, unit)}，执行率{percent(source.executed / source.budget)}"
            )
        else:
            parts.append(f"{source.label}没有支出")
    return f"其中：{'；'.join(parts)}。"


def execution_score(facts: Facts) -> str:
    """预算执行率得分: weight and points; "" when the form scores no execution."""
    weight, score = facts.execution_weight, facts.execution_score
    if weight is None:
        return ""
    if score is None:
        return f"预算执行率指标分值{points(weight)}，得分{missing('预算执行率得分')}。"
    if score >= weight:
        return f"预算执行率指标分值{points(weight)}，自评得满分。"
    return f"预算执行率指标分值{points(weight)}，自评{earned(score)}，扣{points(weight - score)}。"
