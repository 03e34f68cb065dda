"""Whether what was read is a self-evaluation form: points of evidence, never one sign alone."""

from __future__ import annotations

from xlsuite.forms.columns import Columns
from xlsuite.forms.draft import Draft

ENOUGH = 6
_SIGNS = {"actual": 2, "score": 2, "target": 1, "weight": 1, "level3": 1}
_TITLES = {"evaluation": 3, "weak": 1, "declaration": -4, "other": -4}


def weigh(draft: Draft) -> int:
    """Points that speak for a form: its header, its name, its other blocks."""
    form = draft.form
    points = _TITLES.get(draft.title_kind, 0) + _header(draft.columns)
    if form.funds:
        points += 2 if any(fund.executed.present for fund in form.funds) else 1
    if form.info.keys() & {"project_name", "department", "unit", "budget_unit", "reporter"}:
        points += 1
    points += sum(1 for sign in ("goals", "points", "tasks") if sign in draft.evidence)
    return points - (6 if "list" in draft.evidence else 0)


def _header(columns: Columns | None) -> int:
    if columns is None:
        return 0
    keys = set(columns.spans)
    if "initial" in keys or "adjusted" in keys:
        keys.add("target")
    return sum(points for key, points in _SIGNS.items() if key in keys)


def declares_goals(draft: Draft) -> bool:
    """Whether this is a declaration of goals: values to reach, but neither what was reached nor any score."""
    if draft.columns is None:
        return draft.title_kind == "declaration" and "goals" not in draft.evidence
    return not draft.columns.spans.keys() & {"actual", "score"}


def is_form(draft: Draft) -> bool:
    """Whether the evidence is enough."""
    return not declares_goals(draft) and weigh(draft) >= ENOUGH
