"""The same amount told twice with a slip of the pen: 856 and 865, or ten thousand times too much."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlsuite.prose import roles
from xlsuite.prose.figures import MONEY
from xlsuite.prose.near_numbers import POWERS, NearNumbers
from xlsuite.prose.passages import Passage
from xlsuite.prose.quantities import Quantity
from xlsuite.prose.slips import slipped

_NOISE = re.compile(r"(?:19|20)\d\d年(?:度)?|其中|本项目|该项目|项目|年度|全年|共|了|的|已经?|实际|资金|:|“|”|\s")
_MOST_VALUES = 400
_TOTALS = (roles.BUDGET, roles.BUDGET | roles.INITIAL, roles.ARRIVED, roles.PAID, roles.CONTRACT)


@dataclass(slots=True, eq=False)
class Restated:
    """An amount and another of the same name that differs by one slip. ``times`` is how often the other one appears."""

    odd: Quantity
    usual: Quantity
    times: int


def restated(passages: Sequence[Passage]) -> Iterator[Restated]:
    """Amounts of one role and year that differ by a single digit, two swapped digits or a power of ten."""
    groups: dict[tuple[int, int | None], list[Quantity]] = {}
    for passage in passages:
        for figure in passage.figures:
            if figure.kind == MONEY and figure.exact and figure.role in _TOTALS and figure.paren == -1:
                groups.setdefault((figure.role, passage.year(figure)), []).append(figure)
    for figures in groups.values():
        yield from _odd_ones(figures)


def _odd_ones(figures: list[Quantity]) -> Iterator[Restated]:
    by_value: dict[Decimal, list[Quantity]] = {}
    for figure in figures:
        by_value.setdefault(figure.value, []).append(figure)
    if len(by_value) > _MOST_VALUES:
        return
    near = NearNumbers(by_value)
    for value, same in by_value.items():
        if len(same) > 1:
            continue
        odd = same[0]
        others = (by_value[other] for other in near.of(value))
        usual = next((figures for figures in others if _outweighs(figures, odd)), None)
        if usual:
            yield Restated(odd, usual[0], len(usual))


def _outweighs(others: list[Quantity], odd: Quantity) -> bool:
    """Whether the other value is told in another paragraph under the same name, or in several paragraphs."""
    usual = others[0]
    if usual.block == odd.block or not is_slip(odd, usual):
        return False
    named = len(odd.label) >= 2 and _NOISE.sub("", odd.label) == _NOISE.sub("", usual.label)
    later = usual.start < odd.start if usual.block == odd.block else usual.block < odd.block
    return len({figure.block for figure in others}) > 1 or (named and (len(others) > 1 or later))


def is_slip(one: Quantity, other: Quantity) -> bool:
    """Whether two amounts differ by one digit, by two neighbouring digits swapped, or by the wrong unit alone."""
    if one.value == other.value:
        return False
    ratio = max(one.value, other.value) / (min(one.value, other.value) or 1)
    if ratio in POWERS:
        return True
    return slipped(one.value, other.value)
