"""Headings of a table in one or two rows, each over its run of columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from xlsuite.forms.grid import GridCell
from xlsuite.forms.sheet import Row, Sheet, Span
from xlsuite.forms.vocabulary import NOTHING, Word


class Heading(NamedTuple):
    """One heading. ``above`` is the heading of the upper row that it divides, :data:`NOTHING` when there is none."""

    span: Span
    word: Word
    cell: GridCell
    row: int
    above: Word = NOTHING


def headings(
    sheet: Sheet, upper: Row, lower: Row | None, counts: Callable[[Word], bool], whole: Callable[[Word], bool]
) -> list[Heading]:
    """Headings from left to right; sub-headings that ``counts`` stand in place of what they divide.

    Each is as wide as its merge, and on to the next one. A heading that is ``whole`` is never divided.
    """
    found = []
    below = [item for item in lower.items if counts(item[2])] if lower else []
    lefts = [item[0] for item in upper.items]
    for place, (column, cell, word) in enumerate(upper.items):
        right = sheet.area(upper.number, column).right
        reach = lefts[place + 1] - 1 if place + 1 < len(lefts) else sheet.right
        parts = [] if whole(word) else [item for item in below if column <= item[0] <= max(right, reach)]
        if parts and lower is not None:
            found += [Heading(Span(at, at), part, entry, lower.number, word) for at, entry, part in parts]
        else:
            found.append(Heading(Span(column, right), word, cell, upper.number))
    return _stretched(found)


def _stretched(found: list[Heading]) -> list[Heading]:
    """Each heading on to the column before the next: a lost merge, or an empty column in between, changes nothing."""
    wide = []
    for place, heading in enumerate(found):
        left, right = heading.span
        if place + 1 < len(found):
            right = max(left, found[place + 1].span.left - 1)
        wide.append(heading._replace(span=Span(left, right)))
    return wide
