"""What a page shows of a form when a reviewer drills down: the entries as read, without addresses."""

from __future__ import annotations

from typing import Any

from xlsuite.core.form import Cell, Form

FUNDS = ("label", "initial", "budget", "executed", "weight", "rate", "score")
INDICATORS = ("level1", "level2", "level3", "target", "actual", "weight", "score", "reason")


def _text(cell: Cell[Any]) -> str:
    return " ".join(cell.text.split())


def form_view(form: Form) -> dict[str, Any]:
    """Rows of texts, in the order of :data:`FUNDS` and :data:`INDICATORS`."""
    return {
        "info": [[key, _text(cell)] for key, cell in form.info.items()],
        "funds": [[_text(getattr(row, key)) for key in FUNDS] for row in form.funds],
        "goals": [[_text(goal.expected), _text(goal.actual)] for goal in form.goals],
        "indicators": [[_text(getattr(row, key)) for key in INDICATORS] for row in form.indicators],
        "total": [_text(form.total.weight), _text(form.total.score)],
    }
