"""One row of the indicator block as an :class:`~xlsuite.core.form.Indicator`. The hottest code of the reader."""

from __future__ import annotations

import re
from decimal import Decimal

from xlsuite.core.form import Cell, Indicator, Ref, absent
from xlsuite.core.values import Measure, is_placeholder
from xlsuite.forms.columns import Columns
from xlsuite.forms.entries import is_index, label_points, measure_entry, points_entry, text_entry
from xlsuite.forms.grid import GridCell
from xlsuite.forms.sheet import Sheet, Span
from xlsuite.forms.vocabulary import plain
from xlsuite.forms.words import word

_RESIDUE = re.compile(r"^(?:三级)?(?:指标)?[\d一二三四五六七八九十]{0,2}[:.、]?[….·]*$|^无$")
_NAME_POINTS = re.compile(r"\((\d{1,3}(?:\.\d+)?)分\)$")
_TARGETS = ("adjusted", "target", "initial")
_new = tuple.__new__
_SHARED: Cell[str] = absent()
"""The 指标性质 and 度量单位 of forms without such columns: nothing is ever said about them."""


class RowReader:
    """Reads single rows by the columns of a header.

    In a merge over several rows, a value or a reason holds for each of them; points stay with the first.
    """

    def __init__(self, sheet: Sheet, columns: Columns) -> None:
        self.sheet = sheet
        self.get = sheet.get
        self.sheet_name = sheet.name
        self.columns = columns
        self.merged = sheet.merged
        self.spans = spans = columns.spans
        self.level3 = spans["level3"]
        self.weight, self.score, self.reason = spans.get("weight"), spans.get("score"), spans.get("reason")
        self.nature, self.unit, self.actual = spans.get("nature"), spans.get("unit"), spans.get("actual")
        self.targets = [(key, spans[key]) for key in _TARGETS if key in spans]
        self.plain = not columns.extras and len(self.targets) < 2

    def _find(self, span: Span, row: int) -> tuple[Ref, GridCell | None]:
        """Place and content of a field; the first cell of a merge over several rows for a field inside one."""
        left = span[0]
        cell = self.get((row, left))
        if cell is None:
            if span[1] > left:
                left, cell = self.sheet.at(row, span)
            anchor = self.merged.get((row, left)) if cell is None else None
            if anchor is not None:
                row, cell = anchor, self.get((anchor, left))
        return _new(Ref, (self.sheet_name, row, left)), cell

    def _points(self, span: Span | None, row: int) -> Cell[Decimal]:
        if span is None:
            return absent()
        ref, cell = self._find(span, row)
        return points_entry(ref, cell) if ref[1] == row else absent()

    def _target(self, row: int, nature: str, unit: str) -> Cell[Measure]:
        """The value that counts: the adjusted one if filled in, else the year's, else that of the year's beginning."""
        if len(self.targets) == 1:
            return measure_entry(*self._find(self.targets[0][1], row), nature, unit)
        cells = [measure_entry(*self._find(span, row), nature, unit) for _, span in self.targets]
        return next((cell for cell in cells if not is_placeholder(cell.text)), cells[0] if cells else absent())

    def name(self, row: int) -> Cell[str]:
        """The level-3 name; a label merged across the name column names the indicator as well."""
        ref, cell = self._find(self.level3, row)
        if cell is not None and self.level3[1] > ref[2] and is_index(cell):
            ref, cell = self._find(Span(ref[2] + 1, self.level3[1]), row)
        if cell is None:
            for key in ("level2", "level1"):
                span = self.spans.get(key)
                at, other = self._find(span, row) if span else (ref, None)
                if other is not None and self.sheet.area(at.row, at.column).right >= self.level3.left:
                    ref, cell = at, other
                    break
        return text_entry(ref, cell)

    def read(self, row: int) -> Indicator | None:
        """The indicator of a row, its levels left open; None for a spare row."""
        find = self._find
        nature = text_entry(*find(self.nature, row)) if self.nature else _SHARED
        unit = text_entry(*find(self.unit, row)) if self.unit else _SHARED
        name = self.name(row)
        target = self._target(row, nature.text, unit.text)
        actual: Cell[Measure] = absent()
        if self.actual:
            actual = measure_entry(*find(self.actual, row), "", unit.text)  # the sign belongs to the target alone
        weight, score = self._points(self.weight, row), self._points(self.score, row)
        if not (_some(target) or _some(actual) or _scored(weight) or _scored(score)) and _nothing(name):
            return None
        if self.weight is None:
            weight = _in_name(name) or weight
        reason: Cell[str] = text_entry(*find(self.reason, row)) if self.reason else absent()
        indicator = Indicator(_SHARED, _SHARED, name, nature, unit, target, actual, weight, score, reason)
        if not self.plain:
            indicator.extra = self._extra(row)
        return indicator

    def _extra(self, row: int) -> dict[str, Cell[str]]:
        extra = {title: text_entry(*self._find(span, row)) for title, span in self.columns.extras}
        if len(self.targets) > 1:
            extra.update({self.columns.titles[key]: text_entry(*self._find(span, row)) for key, span in self.targets})
        return extra

    def scored(self, row: int) -> bool:
        """Whether the row has points."""
        return self._points(self.weight, row).value is not None or self._points(self.score, row).value is not None

    def valued(self, row: int) -> bool:
        """Whether the row has a target or an actual value."""
        spans = [self.actual, *(span for _, span in self.targets)]
        return any(span is not None and self.sheet.at(row, span)[1] is not None for span in spans)

    def entered(self, row: int) -> bool:
        """Whether the row has anything under the values or the points."""
        spans = [self.weight, self.score]
        return self.valued(row) or any(span and self.sheet.at(row, span)[1] is not None for span in spans)


def _some(cell: Cell[Measure]) -> bool:
    return (cell.value is not None and cell.value.kind != "blank") or cell.formula is not None


def _scored(cell: Cell[Decimal]) -> bool:
    return cell.value is not None or cell.formula is not None or not is_placeholder(cell.text)


def _nothing(name: Cell[str]) -> bool:
    """No name: blank, a placeholder, or what the blank template says (指标1, ……)."""
    return is_placeholder(name.text) or bool(_RESIDUE.match(plain(name.text)))


def _in_name(name: Cell[str]) -> Cell[Decimal] | None:
    """Points printed behind the name, 补贴户数（20分）, in a form without a column for them."""
    weight = word(name.text).weight
    if weight is None:
        match = _NAME_POINTS.search(plain(name.text))
        weight = Decimal(match[1]) if match else None
    if weight is None or name.ref is None:
        return None
    return label_points(name.ref, GridCell(None, name.text, name.formula), weight)
