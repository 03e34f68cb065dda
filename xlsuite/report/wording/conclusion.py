"""评价结论与等次、分值构成、目标完成."""

from __future__ import annotations

from decimal import Decimal

from xlsuite.report.facts import Facts
from xlsuite.report.phrases import Paragraphs, both, earned, listed, missing, points


def weights(facts: Facts) -> str:
    """分值构成: full marks and the weight of every level-1 group; "" unless they add up."""
    total = facts.total_weight
    parts = _parts(facts)
    if total is None or not parts or sum(weight for _, weight, _ in parts) != total:
        return ""
    return f"自评满分为{points(total)}，其中{listed([f'{name}{points(weight)}' for name, weight, _ in parts])}。"


def _parts(facts: Facts) -> list[tuple[str, Decimal, Decimal]]:
    """(name, weight, score) of execution and every level-1 group; empty as soon as one is unknown."""
    found: list[tuple[str, Decimal | None, Decimal | None]] = []
    if facts.execution_weight is not None:
        found.append(("预算执行率", facts.execution_weight, facts.execution_score))
    found += [(group.label, group.weight, group.score) for group in facts.level1]
    known = [(name, weight, score) for name, weight, score in found if weight is not None and score is not None]
    return known if len(known) == len(found) else []


def result(facts: Facts) -> str:
    """评价结论: total, grade, and the points of each part when they add up to the total."""
    total = facts.total
    grade = f"为“{facts.grade}”" if facts.grade else missing("评价等次")
    if total is None:
        return f"经自评，{_subject(facts)}得分{missing('自评总分')}，评价等次{grade}。"
    full = facts.total_weight
    ceiling = f"（满分{points(full)}）" if full else ""
    head = f"经自评，{_subject(facts)}{earned(total)}{ceiling}，评价等次{grade}。"
    parts = _parts(facts)
    if len(parts) < 2 or sum(score for _, _, score in parts) != total:
        return head
    texts = [f"{name}分值{points(weight)}，{earned(score)}" for name, weight, score in parts]
    return f"{head}其中：{'；'.join(texts)}。"


def _subject(facts: Facts) -> str:
    return "部门整体支出" if facts.form.kind == "department" else "项目"


def goals_expected(facts: Facts) -> str:
    """年度总体目标 as the table states it."""
    return both(_goals(facts, "expected"), facts.written("总体目标")) or missing("年度总体目标")


def goals_actual(facts: Facts) -> str:
    """实际完成情况 as the table states it."""
    return both(_goals(facts, "actual"), facts.written("总体目标完成情况")) or missing("年度总体目标完成情况")


def _goals(facts: Facts, side: str) -> Paragraphs:
    cells = [getattr(goal, side) for goal in facts.form.goals]
    return Paragraphs("\n".join(cell.text.strip() for cell in cells if not cell.blank))
