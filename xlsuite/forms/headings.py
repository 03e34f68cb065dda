"""Headings of a table in one or two rows, each over its run of columns."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from xlsuite.forms.grid import GridCell
from xlsuite.forms.sheet import Row, Sheet, Span
from xlsuite.forms.vocabulary import NOTHING, Word, plain

_LETTERS = re.compile(r"^\(?[A-Za-z][/*×÷%=+\-.,A-Za-z0-9]{0,11}\)?$")


class Heading(NamedTuple):
    """One heading. ``above`` is the heading of the upper row that it divides, :data:`NOTHING` when there is none."""

    span: Span
    word: Word
    cell: GridCell
    row: int
    above: Word = NOTHING


class Header(NamedTuple):
    """The rows of a header: the second one where it has sub-headings, and the index of the first row below."""

    upper: Row
    lower: Row | None
    start: int


def header_rows(sheet: Sheet, index: int, fits: Callable[[Word], bool]) -> Header:
    """The header that begins at ``index``: one row, a row of letters (A) (B) below it, or a row of sub-headings.

    A second row is one whose texts all ``fits``, or one that several headings of the first are merged down to.
    """
    upper = sheet.rows[index]
    if index + 1 >= len(sheet.rows):
        return Header(upper, None, index + 1)
    lower = sheet.rows[index + 1]
    if not all(type(cell.value) is str for _, cell, _ in lower.items):
        return Header(upper, None, index + 1)
    if all(_LETTERS.match(plain(cell.text)) for _, cell, _ in lower.items):
        return Header(upper, None, index + 2)
    deep = sum(1 for item in upper.items if sheet.area(upper.number, item[0]).bottom == lower.number)
    if deep > 1 or all(fits(word) for _, _, word in lower.items):
        return Header(upper, lower, index + 2)
    return Header(upper, None, index + 1)


def headings(sheet: Sheet, header: Header, whole: Callable[[Word], bool]) -> list[Heading]:
    """Headings from left to right; sub-headings stand in place of what they divide. A ``whole`` one is not divided.

    Each is as wide as its merge, and on to the next one: a lost merge or an empty column in between changes nothing.
    """
    upper, lower = header.upper, header.lower
    found: list[Heading] = []
    lefts = [item[0] for item in upper.items]
    for place, (column, cell, word) in enumerate(upper.items):
        area = sheet.area(upper.number, column)
        reach = lefts[place + 1] - 1 if place + 1 < len(lefts) else sheet.right
        parts = []
        if lower is not None and not whole(word) and area.bottom < lower.number:
            reach = reach if area.right == column else area.right
            parts = [Heading(Span(at, at), part, entry, lower.number, word) for at, entry, part in lower.items]
            parts = [one for one in parts if column <= one.span.left <= reach]
        found += parts or [Heading(Span(column, area.right), word, cell, upper.number)]
    if lower is not None:
        taken = {heading.span.left for heading in found}
        found += [Heading(Span(at, at), word, cell, lower.number) for at, cell, word in lower.items if at not in taken]
        found.sort(key=_left)
    return _stretched(found, sheet.edge)


def _left(heading: Heading) -> int:
    return heading.span.left


def _stretched(found: list[Heading], edge: int) -> list[Heading]:
    wide = []
    for (span, word, cell, row, above), following in zip(found, [*found[1:], None], strict=True):
        right = min(span.right, edge) if following is None else max(span.left, following.span.left - 1)
        wide.append(Heading(Span(span.left, right), word, cell, row, above))
    return wide
