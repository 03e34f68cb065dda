"""Carrying level-1 and level-2 labels down, and the points that are printed for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from xlsuite.core.form import Cell, Group, Indicator, absent
from xlsuite.core.values import is_placeholder, squeeze
from xlsuite.forms.entries import label_points, points_entry, text_entry
from xlsuite.forms.grid import GridCell
from xlsuite.forms.sheet import Sheet, Span
from xlsuite.forms.vocabulary import VOCABULARY
from xlsuite.forms.words import aspect_of, dimension_of, word

_DIMENSION_OF = {
    aspect: dimension for dimension, aspects in VOCABULARY.section("dimension_of").items() for aspect in aspects
}


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

    ``merged`` maps a cell inside a merge over several rows to the row of its first cell. ``own`` remembers, for every
    indicator read so far, whether its level-1 label was printed or merged for its own row.
    """

    sheet: Sheet
    spans: dict[str, Span]
    merged: dict[tuple[int, int], int]
    level1: Label | None = None
    level2: Label | None = None
    own: list[bool] = field(default_factory=list)
    fresh: bool = False

    def step(self, row: int) -> None:
        """Take over the labels that begin at, or cover, the row."""
        first = self._label("level1", row)
        self.fresh = first is not None
        if first is not None:
            if self.level1 is None or first.text != self.level1.text:
                self.level2 = None
            self.level1 = first
        second = self._label("level2", row)
        if second is not None:
            self.level2 = second

    def _label(self, level: str, row: int) -> Label | None:
        span = self.spans.get(level)
        if span is None:
            return None
        column, cell = self.sheet.at(row, span)
        if cell is None:
            for column in range(span.left, span.right + 1):
                anchor = self.merged.get((row, column))
                if anchor is not None:
                    row, cell = anchor, self.sheet.get((anchor, column))
                    break
        if cell is None:
            return None
        current = self.level1 if level == "level1" else self.level2
        if current is not None and current.row == row and current.column == column:
            return current
        return Label(text_entry(self.sheet.ref(row, column), cell), squeeze(cell.text), row, column)

    def banner(self, row: int, column: int, cell: GridCell) -> None:
        """A level-1 label on a row of its own, above the rows it governs."""
        self.level1 = Label(text_entry(self.sheet.ref(row, column), cell), squeeze(cell.text), row, column)
        self.level2 = None

    def cells(self, row: int) -> tuple[Cell[str], Cell[str]]:
        """The two labels of an indicator in this row; blank where the form has the column but no label holds."""
        self.own.append(self.fresh)
        return self._cell("level1", self.level1, row), self._cell("level2", self.level2, row)

    def _cell(self, level: str, label: Label | None, row: int) -> Cell[str]:
        if label is not None:
            return label.cell
        span = self.spans.get(level)
        return absent() if span is None else Cell(None, "", self.sheet.ref(row, span.left))


def kinds(indicators: Iterable[Indicator]) -> None:
    """Fill in the standard keys of level 2 (aspect) and level 1 (dimension)."""
    for indicator in indicators:
        aspect = aspect_of(indicator.level2.text)
        indicator.aspect = aspect
        indicator.dimension = dimension_of(indicator.level1.text) or _DIMENSION_OF.get(aspect, "")


def lift(indicators: list[Indicator], own: list[bool]) -> None:
    """Labels printed in the middle of their group instead of at its head.

    A row without a label of its own whose level-2 kind belongs to the next label, not to the one above, gets the next.
    """
    for place in range(len(indicators) - 1, -1, -1):
        indicator = indicators[place]
        if own[place] or place + 1 >= len(indicators):
            continue
        following = indicators[place + 1]
        natural = _DIMENSION_OF.get(aspect_of(indicator.level2.text), "")
        if following.level1 is indicator.level1 or not natural or aspect_of(indicator.level2.text) == "cost":
            continue
        if dimension_of(following.level1.text) == natural != dimension_of(indicator.level1.text):
            indicator.level1 = following.level1


def groups(indicators: list[Indicator], sheet: Sheet, points: dict[tuple[int, str], Span]) -> list[Group]:
    """Level-1 and level-2 headings that print points of their own, in the label or in a column beside it."""
    found = []
    for level, cell_of in ((1, _level1), (2, _level2)):
        for start, stop in _runs(indicators, level):
            label = cell_of(indicators[start])
            weight = _printed(sheet, label, points.get((level, "weight")))
            score = _printed(sheet, label, points.get((level, "score")))
            if weight.value is None:
                weight = _in_label(label) or weight
            if weight.value is not None or score.value is not None:
                found.append(Group(level, label, weight, score, start, stop))
    return found


def _level1(indicator: Indicator) -> Cell[str]:
    return indicator.level1


def _level2(indicator: Indicator) -> Cell[str]:
    return indicator.level2


def _runs(indicators: list[Indicator], level: int) -> Iterable[tuple[int, int]]:
    """Neighbouring indicators under one label: the same cell, or the same wording repeated on every row."""
    key: Callable[[Indicator], tuple[str, ...]]
    if level == 1:
        key = lambda one: (squeeze(one.level1.text),)  # noqa: E731
    else:
        key = lambda one: (squeeze(one.level1.text), squeeze(one.level2.text))  # noqa: E731
    start = 0
    while start < len(indicators):
        mine, stop = key(indicators[start]), start + 1
        while stop < len(indicators) and key(indicators[stop]) == mine:
            stop += 1
        if mine[-1] and not is_placeholder(mine[-1]):
            yield start, stop
        start = stop


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
