"""The independently drawn layouts: every field is found at its cell with its value."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from tests.forms.layouts import FAMILIES, make
from tests.forms.layouts.sheet import Sheet, Told, Truth, shown
from xlsuite.core.form import Cell, Form
from xlsuite.forms.grid import Area, Book, Grid, GridCell
from xlsuite.forms.read import read_forms

SEEDS = range(4)
STEP = re.compile(r"[^.\[\]]+")


def grid_of(sheet: Sheet) -> Grid:
    grid = Grid(
        sheet.name,
        hidden=sheet.hidden,
        hidden_rows=frozenset(sheet.hidden_rows),
        hidden_columns=frozenset(sheet.hidden_columns),
    )
    for (row, column), drawn in sorted(sheet.entries.items()):
        if drawn.value not in (None, ""):
            value = Decimal(drawn.value) if isinstance(drawn.value, int) else drawn.value
            grid.cells[row, column] = GridCell(value, shown(drawn.value, drawn.pattern), drawn.formula or None)
        if drawn.rows > 1 or drawn.columns > 1:
            grid.merges.append(Area(row, column, row + drawn.rows - 1, column + drawn.columns - 1))
    return grid


def field(form: Form, path: str) -> Any:
    found: Any = form
    for step in STEP.findall(path.replace("execution.actual", "funds[0].rate").replace("execution.", "funds[0].")):
        if step.isdigit():
            found = found[int(step)] if int(step) < len(found) else None
        else:
            found = found.get(step) if isinstance(found, dict) else getattr(found, step, None)
        if found is None:
            return None
    return found


def right(got: Any, path: str, told: Told) -> bool:
    if path.endswith(".kind"):
        return bool(got == told.value)
    if not isinstance(got, Cell) or got.ref is None or (got.ref.a1 != told.cell and path != "execution.actual"):
        return False
    if path.endswith(("target", "actual")) or not isinstance(told.value, Decimal | int):
        return True
    return got.value is not None and abs(Decimal(got.value) - told.value) < Decimal("0.0001")


def wrong(form: Form, truth: Truth) -> list[str]:
    form.indicators = [one for one in form.indicators if one.level3.ref and one.level3.ref.row not in truth.tolerated]
    found = [f"{path} {told.cell}" for path, told in truth.fields.items() if not right(field(form, path), path, told)]
    count = len({path.split(".")[0] for path in truth.places if path.startswith("indicators[")})
    if count != len(form.indicators):
        found.append(f"{len(form.indicators)} indicators, not {count}")
    if (form.kind, form.amount_unit) != (truth.kind, truth.amount_unit):
        found.append(f"{form.kind} {form.amount_unit}")
    return found


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_family_is_read_where_it_was_drawn(name: str) -> None:
    for seed in SEEDS:
        drawn = make(name, seed)
        forms = read_forms(Book(name, [grid_of(sheet) for sheet in drawn.sheets]))
        assert len(forms) == len(drawn.truths)
        for form, truth in zip(forms, drawn.truths, strict=True):
            assert wrong(form, truth) == [], (name, seed)
