"""One row of the indicator block as an :class:`~xlsuite.core.form.Indicator`."""

from __future__ import annotations

import re
from decimal import Decimal

from xlsuite.core.form import Cell, Indicator, absent
from xlsuite.core.values import Measure, is_placeholder
from xlsuite.forms.columns import Columns
from xlsuite.forms.entries import label_points, measure_entry, points_entry, text_entry
from xlsuite.forms.grid import GridCell
from xlsuite.forms.sheet import Sheet
from xlsuite.forms.vocabulary import plain
from xlsuite.forms.words import word

_RESIDUE = re.compile(r"^(?:三级)?(?:指标)?[\d一二三四五六七八九十]{0,2}[:.、]?[….·]*$")
_TARGETS = ("adjusted", "target", "initial")


class RowReader:
    """Reads single rows by the columns of a header.

    ``merged`` maps a cell inside a merge over several rows to the row of its first cell: a value or a reason written
    once for several indicators holds for each, points written once stay with the first.
    """

    def __init__(self, sheet: Sheet, columns: Columns, merged: dict[tuple[int, int], int]) -> None:
        self.sheet = sheet
        self.columns = columns
        self.spans = columns.spans
        self.merged = merged
        self.targets = [key for key in _TARGETS if key in columns.spans]

    def _find(self, key: str, row: int) -> tuple[int, int, GridCell | None] | None:
        """Row, column and content of a field; the first cell's row for a field inside a merge over several rows."""
        span = self.spans.get(key)
        if span is None:
            return None
        column, cell = self.sheet.at(row, span)
        if cell is None and self.merged:
            anchor = self.merged.get((row, column))
            if anchor is not None:
                return anchor, column, self.sheet.get((anchor, column))
        return row, column, cell

    def text(self, key: str, row: int) -> Cell[str]:
        """A text column."""
        found = self._find(key, row)
        return absent() if found is None else text_entry(self.sheet.ref(found[0], found[1]), found[2])

    def points(self, key: str, row: int) -> Cell[Decimal]:
        """分值 or 得分."""
        found = self._find(key, row)
        if found is None or found[0] != row:
            return absent()
        return points_entry(self.sheet.ref(row, found[1]), found[2])

    def value(self, key: str, row: int, nature: str, unit: str) -> Cell[Measure]:
        """A target or an actual value."""
        found = self._find(key, row)
        if found is None:
            return absent()
        return measure_entry(self.sheet.ref(found[0], found[1]), found[2], nature, unit)

    def target(self, row: int, nature: str, unit: str) -> Cell[Measure]:
        """The value that counts: the adjusted one where it is filled in, else the year's, else that of the year's begin."""
        cells = [self.value(key, row, nature, unit) for key in self.targets]
        return next((cell for cell in cells if not is_placeholder(cell.text)), cells[0] if cells else absent())

    def name(self, row: int) -> Cell[str]:
        """The level-3 name; a label merged across the name column names the indicator as well."""
        found = self._find("level3", row)
        if found is None:
            return absent()
        if found[2] is None:
            for key in ("level2", "level1"):
                other = self._find(key, row)
                if other and other[2] and self.sheet.area(other[0], other[1]).right >= self.spans["level3"].left:
                    found = other
                    break
        return text_entry(self.sheet.ref(found[0], found[1]), found[2])

    def read(self, row: int) -> Indicator | None:
        """The indicator of a row, its levels left open; None for a spare row."""
        name = self.name(row)
        nature, unit = self.text("nature", row), self.text("unit", row)
        actual = self.value("actual", row, "", unit.text)
        weight, score = self.points("weight", row), self.points("score", row)
        target = self.target(row, nature.text, unit.text)
        if _nothing(name) and not (_some(target) or _some(actual) or _some(weight) or _some(score)):
            return None
        if "weight" not in self.spans:
            weight = _in_name(name) or weight
        indicator = Indicator(absent(), absent(), name, nature, unit, target, actual, weight, score)
        indicator.reason = self.text("reason", row)
        if self.columns.extras or len(self.targets) > 1:
            indicator.extra = self._extra(row)
        return indicator

    def _extra(self, row: int) -> dict[str, Cell[str]]:
        extra = {}
        for title, span in self.columns.extras:
            column, cell = self.sheet.at(row, span)
            extra[title] = text_entry(self.sheet.ref(row, column), cell)
        if len(self.targets) > 1:
            for key in self.targets:
                extra[self.columns.titles[key]] = self.text(key, row)
        return extra

    def scored(self, row: int) -> bool:
        """Whether the row has points."""
        return self.points("weight", row).value is not None or self.points("score", row).value is not None

    def entered(self, row: int) -> bool:
        """Whether the row has anything under the values or the points."""
        at, spans = self.sheet.at, self.spans
        for key in ("weight", "score", "actual", "target", "initial"):
            if key in spans and at(row, spans[key])[1] is not None:
                return True
        return False


def _some(cell: Cell[Measure] | Cell[Decimal]) -> bool:
    return (bool(cell.text) and not is_placeholder(cell.text)) or cell.formula is not None


def _nothing(name: Cell[str]) -> bool:
    """No name: blank, a placeholder, or what the blank template says (指标1, ……)."""
    return not name.text or is_placeholder(name.text) or bool(_RESIDUE.match(plain(name.text)))


def _in_name(name: Cell[str]) -> Cell[Decimal] | None:
    """Points printed behind the name, 补贴户数（20分）, in a form without a column for them."""
    weight = word(name.text).weight or _trailing_points(name.text)
    if weight is None or name.ref is None:
        return None
    return label_points(name.ref, GridCell(name.stored, name.text, name.formula), weight)  # type: ignore[arg-type]


_NAME_POINTS = re.compile(r"\((\d{1,3}(?:\.\d+)?)分\)$")


def _trailing_points(text: str) -> Decimal | None:
    match = _NAME_POINTS.search(plain(text))
    return Decimal(match[1]) if match else None
