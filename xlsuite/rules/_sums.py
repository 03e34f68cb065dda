"""Adding up weights: all rows against the whole, and the rows of a heading against its printed weight."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from xlsuite.core.form import Cell, Form, Group, Indicator
from xlsuite.rules._names import not_applicable

HAIR = Decimal("0.011")
"""Three times 33.33 is a hundred."""


@dataclass(slots=True)
class LeafWeights:
    """Weights of the rows: their sum, their cells, and whether a row that should have one has none."""

    sum: Decimal
    cells: list[Cell[Decimal]]
    opened: bool


@dataclass(slots=True)
class Misfit:
    """A heading whose printed weight is not the sum of the rows below it."""

    group: Group
    below: Decimal
    cells: list[Cell[Decimal]]

    @property
    def gap(self) -> Decimal:
        """Rows minus heading."""
        assert self.group.weight.value is not None
        return self.below - self.group.weight.value


def _add(cells: list[Cell[Decimal]]) -> Decimal:
    return sum((cell.value for cell in cells if cell.value is not None), Decimal(0))


def _opened(item: Indicator) -> bool:
    """Whether a used row has an empty weight cell of its own; inside a merged area it has none."""
    if item.weight.value is not None or item.weight.ref is None:
        return False
    return not (item.target.blank and item.level3.blank) and not not_applicable(item.target.text)


def leaf_weights(form: Form) -> LeafWeights:
    """The weights of all rows."""
    cells = [item.weight for item in form.indicators if item.weight.value is not None]
    return LeafWeights(_add(cells), cells, any(_opened(item) for item in form.indicators))


def misfits(form: Form) -> list[Misfit]:
    """Headings of every level that do not fit, where all their rows have weights."""
    found = []
    for group in form.groups:
        if group.weight.value is None:
            continue
        rows = form.indicators[group.start : group.stop]
        cells = [item.weight for item in rows if item.weight.value is not None]
        if not cells or any(_opened(item) for item in rows) or any(cell.ref == group.weight.ref for cell in cells):
            continue
        misfit = Misfit(group, _add(cells), cells)
        if abs(misfit.gap) > HAIR:
            found.append(misfit)
    return found
