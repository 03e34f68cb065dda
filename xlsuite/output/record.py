"""A checked file as a plain record: the JSON contract's file object plus the facts that lists and roll-ups need.

Everything behind a check (text, JSON lines, CSV, workbook, HTML, journal) works on these records, so a result computed
in another process or read back from a journal is as good as one computed here.
"""

from __future__ import annotations

import os
from decimal import Decimal
from typing import Any

from xlsuite.core.form import Form
from xlsuite.output.json_format import checked_file, plain
from xlsuite.output.view import form_view

Record = dict[str, Any]

_INFO = ("project_name", "department", "unit")


def readable(path: str) -> str:
    """A path as text that can be written anywhere: where the locale knows no Chinese, names come as raw bytes."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return os.fsencode(path).decode("utf-8", "replace")
    return path


def facts(form: Form) -> dict[str, Any]:
    """What identifies a form in a list: names, year, kind, and its money in the form's own unit."""
    funds = form.fund_total
    return {
        **{key: _text(form, key) for key in _INFO},
        "title": " ".join(form.title.text.split()),
        "year": form.year.value,
        "kind": form.kind,
        "amount_unit": form.amount_unit,
        "initial": plain(funds.initial.value) if funds else None,
        "budget": plain(funds.budget.value) if funds else None,
        "executed": plain(funds.executed.value) if funds else None,
        "grade_printed": form.grade.text.strip() or None,
        "indicators": len(form.indicators),
        "aspects": _aspects(form),
    }


def _aspects(form: Form) -> dict[str, list[str]]:
    """By standard level-2 kind: number of scored indicators, their weights, their printed scores."""
    sums: dict[str, list[Decimal]] = {}
    for row in form.indicators:
        if row.weight.value is None or row.score.value is None:
            continue
        entry = sums.setdefault(row.aspect or "unknown", [Decimal(0)] * 3)
        entry[0] += 1
        entry[1] += row.weight.value
        entry[2] += row.score.value
    return {aspect: [plain(number) or "0" for number in entry] for aspect, entry in sums.items()}


def _text(form: Form, key: str) -> str:
    cell = form.info.get(key)
    return " ".join(cell.text.split()) if cell is not None else ""


def record(result: Any, *, view: bool = False) -> Record:
    """The record of a file result; ``view`` adds every form's entries, for pages that drill down."""
    made = checked_file(result)
    made["remarks"] = list(result.remarks)
    for entry, form in zip(made["forms"], result.forms, strict=True):
        entry["profile_title"] = form.profile.title
        entry["profile_reason"] = form.why_profile
        entry["facts"] = facts(form.form)
        entry["rules"] = {
            "run": form.outcome.run,
            "undecided": [list(item) for item in form.outcome.undecided],
        }
        entry["findings"] = len(form.outcome.findings)
        if view:
            entry["view"] = form_view(form.form)
    return made
