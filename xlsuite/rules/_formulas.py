"""Reading the simple formulas of a form: which cells a total adds up, and what a rate divides by.

Only sums are understood (``SUM``, ``+``, ``ROUND`` and ``SUBTOTAL`` around them); of anything else nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from xlsuite.core.form import Cell, Form, Ref, column_letters, column_number
from xlsuite.rules._amounts import COLUMNS, DISJOINT_FAMILIES

_ERRORS = ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "Err:")
_REF = r"\$?[A-Z]{1,3}\$?\d{1,7}"
_ITEM = rf"{_REF}(?::{_REF})?"
_SUM = rf"(?:SUM\((?:{_ITEM}|[,;])+\)|SUBTOTAL\(\d+[,;](?:{_ITEM}|[,;])+\)|{_REF})"
_WHOLE = re.compile(rf"\+?{_SUM}(?:\+{_SUM})*")
_ROUNDED = re.compile(r"ROUND\((?P<inner>.*)[,;]\d+\)")
_ITEMS = re.compile(rf"({_REF})(?::({_REF}))?(?!\()")
_DIVISORS = re.compile(rf"/\(?({_REF})")
_MANY_CELLS = 5000

Place = tuple[int, int]


def is_error_text(text: str) -> bool:
    """Whether a cell shows a spreadsheet error such as #REF!."""
    return text.startswith(("#", "Err:")) and text.strip().startswith(_ERRORS)


def _place(reference: str) -> Place:
    letters = reference.replace("$", "").rstrip("0123456789")
    return int(reference.replace("$", "")[len(letters) :]), column_number(letters)


@lru_cache(maxsize=1024)
def summed(formula: str, sheet: str) -> tuple[Place, ...] | None:
    """(row, column) of each cell a sum adds, with repetitions; None for anything but a plain sum on its own sheet."""
    plain = formula.replace(" ", "").replace(f"'{sheet}'!", "").replace(f"{sheet}!", "").lstrip("=").upper()
    match = _ROUNDED.fullmatch(plain)
    if match:
        plain = match["inner"]
    if not _WHOLE.fullmatch(plain):
        return None
    places: list[Place] = []
    for first, last in _ITEMS.findall(plain):
        (top, left), (bottom, right) = _place(first), _place(last or first)
        if (abs(bottom - top) + 1) * (abs(right - left) + 1) > _MANY_CELLS:
            return None
        places += [
            (row, column)
            for row in range(min(top, bottom), max(top, bottom) + 1)
            for column in range(min(left, right), max(left, right) + 1)
        ]
    return tuple(places)


def divisors(formula: str) -> set[Place]:
    """(row, column) of every cell a formula divides by."""
    return {_place(reference) for reference in _DIVISORS.findall(formula.replace(" ", "").upper())}


@dataclass(slots=True)
class BrokenSum:
    """A total whose formula leaves out or repeats cells; ``right`` is the formula it should have."""

    cell: Cell[Decimal]
    name: str
    missing: list[Cell[Decimal]]
    repeated: list[Cell[Decimal]]
    right: str


def _at(ref: Ref) -> Place:
    return ref.row, ref.column


def _proposal(cells: Iterable[Cell[Any]], barriers: Iterable[Cell[Any]]) -> str:
    """``SUM(H8,H15:H39)``: runs of cells in one column, never across a subtotal."""
    places = sorted({_at(cell.ref) for cell in cells if cell.ref is not None}, key=lambda p: (p[1], p[0]))
    walls = {_at(cell.ref) for cell in barriers if cell.ref is not None}
    runs: list[tuple[Place, Place]] = []
    for place in places:
        if runs and runs[-1][1][1] == place[1] and not _walled(runs[-1][1], place, walls):
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    texts = [
        _letters(first) if first == last else f"{_letters(first)}:{_letters(last)}" for first, last in sorted(runs)
    ]
    return f"SUM({','.join(texts)})"


def _walled(above: Place, below: Place, walls: set[Place]) -> bool:
    return any(column == above[1] and above[0] < row < below[0] for row, column in walls)


def _letters(place: Place) -> str:
    return f"{column_letters(place[1])}{place[0]}"


def _check(
    name: str,
    total: Cell[Decimal],
    apart: Sequence[Cell[Decimal]],
    leaves: Sequence[Cell[Decimal]],
    subtotals: Sequence[tuple[Cell[Decimal], int, int]] = (),
) -> BrokenSum | None:
    """Compare what a total's formula adds with what it should: ``apart`` (the execution row) and all ``leaves``."""
    if not total.formula or total.ref is None:
        return None
    places = summed(total.formula, total.ref.sheet)
    if places is None:
        return None
    counts: dict[Place, int] = {}
    for place in places:
        counts[place] = counts.get(place, 0) + 1
    for cell, start, stop in subtotals:
        if cell.ref is not None and _at(cell.ref) in counts and cell is not total:
            inside = {_at(leaf.ref) for leaf in leaves[start:stop] if leaf.ref is not None} - {_at(cell.ref)}
            for place in inside:
                counts[place] = counts.get(place, 0) + 1
    wanted = {_at(cell.ref): cell for cell in (*apart, *leaves) if cell.ref is not None}
    if not any(place in counts for place in wanted):
        return None
    missing = [cell for place, cell in wanted.items() if place not in counts and cell.value is not None]
    repeated = [cell for place, cell in wanted.items() if counts.get(place, 0) > 1]
    if not missing and not repeated:
        return None
    runs = _proposal(leaves, [cell for cell, _, _ in subtotals])
    right = "+".join([*(_letters(_at(cell.ref)) for cell in apart if cell.ref is not None), runs])
    return BrokenSum(total, name, missing, repeated, right)


def broken_fund_sums(form: Form) -> dict[str, BrokenSum]:
    """Amount columns whose total is a formula that leaves out or repeats a source row."""
    total = form.fund_total
    if total is None or not (total.budget.formula or total.executed.formula or total.initial.formula):
        return {}
    rows = [row for row in form.funds if row is not total]
    if not any(family.issuperset(row.kind for row in rows) for family in DISJOINT_FAMILIES):
        return {}
    found = {}
    for column, label in COLUMNS:
        broken = _check(f"年度资金总额的{label}", getattr(total, column), [], [getattr(row, column) for row in rows])
        if broken is not None:
            found[column] = broken
    return found


def _broken(form: Form, slot: str, label: str) -> list[BrokenSum]:
    leaves = [getattr(item, slot) for item in form.indicators]
    subtotals = [(getattr(group, slot), group.start, group.stop) for group in form.groups]
    funds = form.fund_total
    apart = [getattr(funds, slot)] if funds is not None and getattr(funds, slot).value is not None else []
    found = []
    whole = _check(f"总分行{label}", getattr(form.total, slot), apart, leaves, subtotals)
    if whole is not None:
        found.append(whole)
    for index, (cell, start, stop) in enumerate(subtotals):
        part = _check(f"“{form.groups[index].label.text.strip()}”{label}小计", cell, [], leaves[start:stop])
        if part is not None:
            found.append(part)
    return found


def broken_score_sums(form: Form) -> list[BrokenSum]:
    """Totals and subtotals of scores whose formula leaves out or repeats a row."""
    if not form.total.score.formula and not any(group.score.formula for group in form.groups):
        return []
    return _broken(form, "score", "得分")


def broken_weight_sums(form: Form) -> list[BrokenSum]:
    """Totals and subtotals of weights whose formula leaves out or repeats a row."""
    if not form.total.weight.formula and not any(group.weight.formula for group in form.groups):
        return []
    return _broken(form, "weight", "分值")
