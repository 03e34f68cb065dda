"""Lists that carry the name of one total and the figures of another: called 安排, adding up to what was paid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlsuite.prose import roles
from xlsuite.prose.figures import MONEY
from xlsuite.prose.passages import Passage
from xlsuite.prose.quantities import Quantity
from xlsuite.prose.sums import agrees

_PLAIN = (roles.BUDGET, roles.ARRIVED, roles.PAID)
REACH = 6
"""How many paragraphs before the list its total is looked for."""


@dataclass(slots=True, eq=False)
class Mislabelled:
    """Parts that all say one role but add up to the total of another; ``due`` is the total of the role they name."""

    parts: list[Quantity]
    equals: Quantity
    due: Quantity


def mislabelled(passages: Sequence[Passage]) -> Iterator[Mislabelled]:
    """Lists of at least three amounts, one in each item, whose words and whose sum point to different totals."""
    for number, passage in enumerate(passages):
        if passage.text.count("；") < 2 or sum(1 for figure in passage.figures if figure.kind == MONEY) < 3:
            continue
        for start, stop in passage.sentences:
            parts = _listed(passage, start, stop)
            found = _compare(passages[max(0, number - REACH) : number + 1], parts) if len(parts) > 2 else None
            if found:
                yield found


def _listed(passage: Passage, start: int, stop: int) -> list[Quantity]:
    """The one amount of each item between semicolons when all of them have the same role."""
    parts: list[Quantity] = []
    left = start
    for right in [i for i in range(start, stop) if passage.text[i] == "；"] + [stop]:
        amounts = [f for f in passage.between(left, right) if f.kind == MONEY and f.paren == -1]
        if len(amounts) != 1 or not amounts[0].exact:
            return []
        parts.append(amounts[0])
        left = right
    named = {part.role for part in parts}
    return parts if len(named) == 1 and named <= set(_PLAIN) else []


def _compare(passages: Sequence[Passage], parts: list[Quantity]) -> Mislabelled | None:
    role = parts[0].role
    totals = [
        figure
        for passage in passages
        for figure in passage.figures
        if figure.kind == MONEY and figure.exact and figure not in parts and figure.value > max(p.value for p in parts)
    ]
    if any(agrees(total, parts) for total in totals if total.role & role):
        return None
    other = next((t for t in reversed(totals) if t.role in _PLAIN and not t.role & role and agrees(t, parts)), None)
    added = sum((part.value for part in parts), Decimal(0))
    due = next((t for t in reversed(totals) if t.role == role and added / 2 < t.value < added * 2), None)
    return Mislabelled(parts, other, due) if other and due else None
