"""Carrying level-1 and level-2 labels down, and the points that are printed for them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from xlsuite.core.form import Cell, Group, Indicator, Ref, absent
from xlsuite.core.values import is_placeholder, squeeze
from xlsuite.forms.entries import label_points, points_entry, text_entry
from xlsuite.forms.grid import GridCell
from xlsuite.forms.sheet import Sheet, Span
from xlsuite.forms.vocabulary import VOCABULARY, plain
from xlsuite.forms.words import aspect_of, dimension_of, word

_DIMENSION_OF = {
    aspect: dimension for dimension, aspects in VOCABULARY.section("dimension_of").items() for aspect in aspects
}


_POINTS = re.compile(r"^\(?(\d{1,3}(?:\.\d+)?)(?:分\)?|%\)|\))$")
_NONE: Cell[str] = absent()
"""The level label of forms without that column."""


@dataclass(slots=True)
class Label:
    """A level label in force: its cell, its comparable text and where it stands."""

    cell: Cell[str]
    text: str
    row: int
    column: int


@dataclass(slots=True)
class Levels:
    """The labels in force while the rows are walked from top to bottom.

    ``own`` remembers, for every indicator read so far, whether its level-1 label was printed or merged for its own row;
    ``points`` are those printed in a cell of their own below a label, by the identity of the label's cell.
    """

    sheet: Sheet
    spans: dict[str, Span]
    level1: Label | None = None
    level2: Label | None = None
    own: list[bool] = field(default_factory=list)
    points: dict[int, Cell[Decimal]] = field(default_factory=dict)
    fresh: bool = False

    def step(self, row: int) -> None:
        """Take over the labels that begin at, or cover, the row."""
        first = self._label("level1", row, self.level1)
        self.fresh = first is not None
        if first is not None and first is not self.level1:
            if self.level1 is None or first.text != self.level1.text:
                self.level2 = None
            self.level1 = first
        self.level2 = self._label("level2", row, self.level2) or self.level2

    def _label(self, level: str, row: int, current: Label | None) -> Label | None:
        span = self.spans.get(level)
        if span is None:
            return None
        column = span[0]
        anchor = self.sheet.merged.get((row, column))
        if current is not None and current.row == anchor and current.column == column:
            return current
        cell = self.sheet.get((row, column))
        if cell is None and span[1] > column:
            column, cell = self.sheet.at(row, span)
            anchor = self.sheet.merged.get((row, column))
        if cell is None:
            if anchor is None:
                return None
            row, cell = anchor, self.sheet.get((anchor, column))
        if current is not None and current.row == row and current.column == column:
            return current
        if cell is None or not cell.text.strip():
            return None
        if current is not None and self._continues(current, self.sheet.ref(row, column), cell):
            return current
        return Label(text_entry(self.sheet.ref(row, column), cell), squeeze(cell.text), row, column)

    def _continues(self, current: Label, ref: Ref, cell: GridCell) -> bool:
        """Whether a cell only goes on with the label above: its points, or the rest of a word (经济效 | 益指标)."""
        text = plain(cell.text)
        points = _POINTS.match(text)
        if points:
            self.points[id(current.cell)] = label_points(ref, cell, Decimal(points[1]))
            return True
        whole = current.text + text
        known = word(whole)
        if text == current.text or not (known.dimension or known.aspect):
            return False
        current.text, current.cell.value = whole, whole
        return True

    def banner(self, level: int, row: int, column: int, cell: GridCell) -> None:
        """A level-1 or level-2 label on a row of its own, above the rows it governs."""
        label = Label(text_entry(self.sheet.ref(row, column), cell), squeeze(cell.text), row, column)
        if level == 1:
            self.level1, self.level2 = label, None
        else:
            self.level2 = label

    def cells(self, row: int) -> tuple[Cell[str], Cell[str]]:
        """The two labels of an indicator in this row; blank where the form has the column but no label holds."""
        self.own.append(self.fresh)
        return self._cell("level1", self.level1, row), self._cell("level2", self.level2, row)

    def _cell(self, level: str, label: Label | None, row: int) -> Cell[str]:
        if label is not None:
            return label.cell
        span = self.spans.get(level)
        return _NONE if span is None else Cell(None, "", self.sheet.ref(row, span.left))


def kinds(indicators: Iterable[Indicator]) -> None:
    """Fill in the standard keys of level 2 (aspect) and level 1 (dimension)."""
    level1 = level2 = None
    dimension = aspect = ""
    for indicator in indicators:
        if indicator.level1 is not level1 or indicator.level2 is not level2:
            level1, level2 = indicator.level1, indicator.level2
            top = level1.value or ""
            aspect = aspect_of(level2.value or "") or ("" if level2.value else aspect_of(top))
            dimension = dimension_of(top) or _DIMENSION_OF.get(aspect, "")
        indicator.aspect, indicator.dimension = aspect, dimension


def lift(indicators: list[Indicator], own: list[bool]) -> None:
    """Labels printed in the middle of their group instead of at its head.

    A row without a label of its own whose level-2 kind belongs to the next label, not to the one above, gets the next.
    """
    if all(own):
        return
    for place in range(len(indicators) - 2, -1, -1):
        indicator, following = indicators[place], indicators[place + 1]
        if own[place] or following.level1 is indicator.level1:
            continue
        aspect = aspect_of(indicator.level2.text)
        natural = _DIMENSION_OF.get(aspect, "")
        own_kind, next_kind = dimension_of(indicator.level1.text), dimension_of(following.level1.text)
        if aspect != "cost" and natural and own_kind != natural == next_kind:
            indicator.level1 = following.level1


def groups(indicators: list[Indicator], levels: Levels, points: dict[tuple[int, str], Span]) -> list[Group]:
    """Level-1 and level-2 headings that print points of their own: in the label, below it, or in a column beside it."""
    found = []
    tops = [indicator.level1 for indicator in indicators]
    for level, labels in ((1, tops), (2, [indicator.level2 for indicator in indicators])):
        for start, stop in _runs(labels, tops):
            label = labels[start]
            weight = _printed(levels.sheet, label, points.get((level, "weight")))
            score = _printed(levels.sheet, label, points.get((level, "score")))
            if weight.value is None:
                weight = _in_label(label) or levels.points.get(id(label)) or weight
            if weight.value is not None or score.value is not None:
                found.append(Group(level, label, weight, score, start, stop))
    return found


def _runs(labels: list[Cell[str]], tops: list[Cell[str]]) -> Iterable[tuple[int, int]]:
    """Neighbouring indicators under one label: the same cell, or the same wording repeated on every row."""
    start = 0
    while start < len(labels):
        label, top, stop = labels[start], tops[start], start + 1
        while stop < len(labels) and (labels[stop] is label or _same(label, labels[stop])) and _same(top, tops[stop]):
            stop += 1
        if not is_placeholder(label.text):
            yield start, stop
        start = stop


def _same(one: Cell[str], other: Cell[str]) -> bool:
    return one is other or squeeze(one.text) == squeeze(other.text)


def _printed(sheet: Sheet, label: Cell[str], span: Span | None) -> Cell[Decimal]:
    if span is None or label.ref is None:
        return absent()
    column, cell = sheet.at(label.ref.row, span)
    return points_entry(sheet.ref(label.ref.row, column), cell)


def _in_label(label: Cell[str]) -> Cell[Decimal] | None:
    weight = word(label.text).weight
    if weight is None or label.ref is None:
        return None
    return label_points(label.ref, GridCell(label.stored, label.text, label.formula), weight)  # type: ignore[arg-type]
