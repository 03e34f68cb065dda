"""The same amount told twice with a slip of the pen: 856 and 865, or ten thousand times too much."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xlsuite.prose import roles
from xlsuite.prose.figures import MONEY
from xlsuite.prose.passages import Passage
from xlsuite.prose.quantities import Quantity
from xlsuite.prose.slips import slipped

_NOISE = re.compile(r"(?:19|20)\d\d年(?:度)?|其中|本项目|该项目|项目|年度|全年|共|了|的|已经?|实际|资金|:|“|”|\s")
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
    for odd in figures:
        if sum(1 for figure in figures if figure.value == odd.value) > 1:
            continue
        for usual in figures:
            same = [figure for figure in figures if figure.value == usual.value]
            named = _NOISE.sub("", odd.label) == _NOISE.sub("", usual.label) and len(odd.label) >= 2
            apart = odd.block != usual.block
            if apart and is_slip(odd, usual) and (named or len({figure.block for figure in same}) > 1):
                yield Restated(odd, usual, len(same))
                break


def is_slip(one: Quantity, other: Quantity) -> bool:
    """Whether two amounts differ by one digit, by two neighbouring digits swapped, or by the wrong unit alone."""
    if one.value == other.value:
        return False
    ratio = max(one.value, other.value) / (min(one.value, other.value) or 1)
    if ratio in (10, 10**4, 10**8):
        return True
    return slipped(one.value, other.value)
