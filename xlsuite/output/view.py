"""What a page shows of a form when a reviewer drills down: the entries as read, without addresses."""

from __future__ import annotations

from typing import Any

from xlsuite.core.form import Cell, Form

INFO_LABELS = {"project_name": "项目名称", "department": "主管部门", "unit": "实施单位"}
FUNDS = ("label", "initial", "budget", "executed", "weight", "rate", "score")
INDICATORS = ("level1", "level2", "level3", "target", "actual", "weight", "score", "reason")


def _text(cell: Cell[Any]) -> str:
    return " ".join(cell.text.split())


def form_view(form: Form) -> dict[str, Any]:
    """Rows of texts, in the order of :data:`FUNDS` and :data:`INDICATORS`; single cells as field path, label, text."""
    head = [("title", "标题", form.title)]
    head += [(f"info.{key}", INFO_LABELS.get(key, key), cell) for key, cell in form.info.items()]
    foot: list[tuple[str, str, Cell[Any]]] = [
        ("total.weight", "总分值", form.total.weight),
        ("total.score", "总得分", form.total.score),
    ]
    foot.append(("grade", "等次", form.grade))
    return {
        "head": [[path, label, _text(cell)] for path, label, cell in head],
        "funds": [[_text(getattr(row, key)) for key in FUNDS] for row in form.funds],
        "goals": [[_text(goal.expected), _text(goal.actual)] for goal in form.goals],
        "indicators": [[_text(getattr(row, key)) for key in INDICATORS] for row in form.indicators],
        "foot": [[path, label, _text(cell)] for path, label, cell in foot if cell.ref is not None],
    }
