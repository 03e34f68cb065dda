"""Compares what the product read with what was drawn, field by field and cell by cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tests.forms.layouts.sheet import Told, Truth
from xlsuite.core.form import Cell, Form
from xlsuite.core.values import squeeze

MAIN_KINDS = {"total", "fiscal", "carryover", "other"}
ROW = re.compile(r"(funds|goals|indicators)\[(\d+)\]\.(\w+)")
OPERATORS = re.compile(r"[≥≤><≧≦＞＜=＝]|以上|以内|不|大于|小于|及|超过|至少|最多|控制|底")
POINTS = re.compile(r"[(（]\s*[\d.]+\s*分?\s*[)）]$")
PREFIX = re.compile(r"^(指标\d+[:： ]?|\d+[.、])")


@dataclass(slots=True)
class Comparison:
    """How many fields were looked at, and the ones that were wrong: (field, expected, got)."""

    total: int = 0
    wrong: list[tuple[str, str, str]] = field(default_factory=list)

    def check(self, path: str, expected: str, got: str, right: bool) -> None:
        """Count one field."""
        self.total += 1
        if not right:
            self.wrong.append((path, expected, got))


@dataclass(slots=True)
class Reading:
    """The read form, aligned with the truth by the rows of its cells. ``strict`` also compares the sheet's name."""

    form: Form
    truth: Truth
    strict: bool = True

    def cell(self, path: str) -> Cell[Any] | None:
        """The cell the product gives for a field of the truth, None when it has none."""
        found = ROW.fullmatch(path)
        if found:
            row = self._row(found[1], int(found[2]))
            return getattr(row, found[3], None) if row is not None else None
        head, _, rest = path.partition(".")
        if head == "info":
            return self._info(rest)
        if head == "total":
            return getattr(self.form.total, rest)
        return getattr(self.form, head, None)

    def _row(self, group: str, index: int) -> Any:
        wanted = {
            told.cell
            for path, told in self.truth.fields.items()
            if path.startswith(f"{group}[{index}].") and not path.endswith((".level1", ".level2"))
        }
        best, most = None, 0
        for row in getattr(self.form, group):
            cells = {getattr(row, slot).ref.a1 for slot in row.__slots__ if _placed(getattr(row, slot))}
            if len(cells & wanted) > most:
                best, most = row, len(cells & wanted)
        return best

    def _info(self, key: str) -> Cell[Any] | None:
        cell = self.form.info.get(key)
        if cell is not None and cell.present:
            return cell
        told = self.truth.fields[f"info.{key}"]
        return next((c for c in self.form.info.values() if c.ref is not None and c.ref.a1 == told.cell), None)

    def spurious(self) -> list[str]:
        """Rows read as money or indicators that are none."""
        rows = {
            self._number(told)
            for path, told in self.truth.fields.items()
            if path.startswith(("indicators", "execution"))
        }
        rows |= self.truth.tolerated
        extra = []
        for indicator in self.form.indicators:
            places = [c.ref.row for c in (indicator.level3, indicator.target, indicator.score) if c.ref is not None]
            if places and places[0] not in rows:
                extra.append(f"indicator in row {places[0]}: {indicator.level3.text}")
        money = {
            self._number(told) for path, told in self.truth.fields.items() if path.startswith(("funds", "execution"))
        }
        labels = [row.label for row in self.form.funds if row.label.ref is not None]
        return extra + [f"fund row {label.ref.row}: {label.text}" for label in labels if label.ref.row not in money]

    @staticmethod
    def _number(told: Told) -> int:
        return int(re.sub(r"\D", "", told.cell))


def _placed(cell: Any) -> bool:
    return isinstance(cell, Cell) and cell.ref is not None


def match(forms: list[Form], truths: list[Truth], strict: bool = True) -> list[Reading]:
    """Each truth with the read form that shares most cells with it."""
    readings = []
    for truth in truths:
        cells = {told.cell for told in truth.fields.values()}
        same_sheet = [form for form in forms if not strict or form.sheet == truth.sheet]
        if not same_sheet:
            continue
        best = max(same_sheet, key=lambda form: len(cells & _addresses(form)))
        readings.append(Reading(best, truth, strict))
    return readings


def _addresses(form: Form) -> set[str]:
    return {cell.ref.a1 for _, cell in form.cells() if cell.ref is not None}


def compare(reading: Reading) -> Comparison:
    """Every field of the truth against the read form, and rows that should not be there."""
    result = Comparison()
    form, truth = reading.form, reading.truth
    result.check("amount_unit", truth.amount_unit, form.amount_unit, truth.amount_unit == form.amount_unit)
    result.check("kind", truth.kind, form.kind, truth.kind in (form.kind, "any"))
    for path, told in truth.fields.items():
        if path.endswith(".kind"):
            _kind(result, reading, path, told)
        elif path.startswith("execution."):
            _execution(result, reading, path, told)
        else:
            _field(result, reading, path, told)
    for path, value in truth.meanings.items():
        if path in truth.fields and value is not None:
            _meaning(result, reading, path, value)
    for line in reading.spurious():
        result.check("spurious", "", line, False)
    return result


def _field(result: Comparison, reading: Reading, path: str, told: Told) -> None:
    cell = reading.cell(path)
    result.check(
        path, f"{told.cell} {told.text!r} = {told.value}", describe(cell), right(cell, told, path, reading.strict)
    )


def describe(cell: Cell[Any] | None) -> str:
    """A cell in words, for failure lists."""
    if cell is None:
        return "no such row or field"
    return f"{cell.ref.a1 if cell.ref else 'nowhere'} {cell.text!r} = {cell.value}"


def right(cell: Cell[Any] | None, told: Told, path: str, strict: bool = True) -> bool:
    """Whether a read cell is the told one: same place, same value."""
    if cell is None or cell.ref is None or cell.ref.a1 != told.cell or (strict and cell.ref.sheet != told.sheet):
        return False
    if path.endswith((".target", ".actual")) and path.startswith("indicators"):
        return squeeze(cell.text) == squeeze(told.text)
    if isinstance(told.value, Decimal):
        return _same_number(cell, told)
    if path == "year":
        return bool(cell.value == told.value)
    return _same_text(str(cell.value if cell.value is not None else cell.text), str(told.value), path)


def _same_number(cell: Cell[Any], told: Told) -> bool:
    if not isinstance(cell.value, Decimal):
        return False
    if abs(cell.value - told.value) < Decimal("0.0000001") * max(Decimal(1), abs(told.value)):
        return True
    text = squeeze(told.text).replace(",", "").removesuffix("分")
    scale = 100 if text.endswith("%") else 1
    places = len(text.rstrip("%").partition(".")[2])
    return abs(cell.value * scale - told.value * scale) <= Decimal("0.5").scaleb(-places)


def _same_text(got: str, told: str, path: str) -> bool:
    got, told = squeeze(got), squeeze(told)
    forms = {told}
    if ".level" in path:
        forms |= {POINTS.sub("", told), PREFIX.sub("", told)}
    if path.startswith("info."):
        forms.add(re.sub(r"^\[\d+\]", "", told))
    return got in forms


def _kind(result: Comparison, reading: Reading, path: str, told: Told) -> None:
    if told.value not in MAIN_KINDS:
        return
    row = reading._row("funds", int(path[6 : path.index("]")]))
    got = row.kind if row is not None else "no such row"
    free = row is not None and got not in ("total", "carryover")
    result.check(path, str(told.value), got, got == told.value or (free and told.value in ("fiscal", "other")))


def _execution(result: Comparison, reading: Reading, path: str, told: Told) -> None:
    """The execution row may be read as the money's points or as an indicator; both know where its numbers are."""
    slot = path.partition(".")[2]
    if slot not in ("weight", "score", "actual") or (slot == "actual" and "funds[0].rate" in reading.truth.fields):
        return
    total = reading.form.fund_total
    candidates = [getattr(total, "rate" if slot == "actual" else slot)] if total is not None else []
    candidates += [getattr(indicator, slot) for indicator in reading.form.indicators]
    good = any(
        cell.ref is not None
        and cell.ref.a1 == told.cell
        and (slot == "actual" or right(cell, told, path, reading.strict))
        for cell in candidates
    )
    result.check(path, f"{told.cell} {told.text!r}", "not among the money's points nor the indicators", good)


def _meaning(result: Comparison, reading: Reading, path: str, value: Any) -> None:
    cell = reading.cell(path)
    measure = cell.value if cell is not None else None
    good = False
    if measure is not None:
        if isinstance(value, Decimal):
            good = measure.number == value and measure.kind in ("number", "range")
        elif isinstance(value, tuple):
            good = measure.day is not None and measure.day.month == value[1]
        else:
            good = measure.kind in ("word", "na")
    text = cell.text if cell is not None else ""
    if good and path.endswith(".actual") and measure.operator and not OPERATORS.search(text):
        good = False  # the target's operator is not the actual value's
    result.check(f"{path} (meaning)", str(value), f"{text!r} → {measure}", good)
