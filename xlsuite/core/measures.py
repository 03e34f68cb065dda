"""A target or actual value as data, and putting two of them into one unit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from xlsuite.core.dates import Day
from xlsuite.core.units import convert, scale

Kind = Literal["blank", "na", "number", "range", "date", "word"]


@dataclass(frozen=True, slots=True)
class Measure:
    """A target or an actual value, parsed.

    ``number`` is in the printed unit (95 for "95%", with ``unit`` "%"); ``upper`` closes a range. ``operator`` is one
    of ≥ > ≤ < = or "" when the text has none. ``day`` is set for dates; a period is "≤" its last day. ``strict`` is
    False when the number was picked out of a longer phrase, so that it is evidence but no proof. ``word`` is the
    squeezed text of a qualitative value, or the words left around a number that is not strict.
    """

    kind: Kind
    operator: str = ""
    number: Decimal | None = None
    upper: Decimal | None = None
    unit: str = ""
    day: Day | None = None
    word: str = ""
    strict: bool = True


BLANK = Measure("blank")

_MANY = ("万", "亿", "百万", "千万")
_FAR = Decimal(1000)
"""Two numbers this far apart are not taken for the same unit when one of them names none."""


def in_unit_of(actual: Measure, target: Measure) -> Measure | None:
    """``actual`` with its numbers in the unit of ``target``; None when the units cannot be brought together.

    A missing unit is taken for the other's, except where that is doubtful: 1413000 against 141.3 万元. 5万 against a
    bare 40000 is 50000. A bare 0.95 against 95% is the ratio; a bare 0.3 against 5% could be either and gives None.
    """
    if actual.number is None or target.number is None:
        return None
    if actual.unit == target.unit:
        return actual
    factor = _factor(actual, target)
    if factor is None:
        return None
    upper = None if actual.upper is None else actual.upper * factor
    return replace(actual, number=actual.number * factor, upper=upper, unit=target.unit)


def _factor(actual: Measure, target: Measure) -> Decimal | None:
    if actual.unit and target.unit:
        return convert(Decimal(1), actual.unit, target.unit)
    assert actual.number is not None
    assert target.number is not None
    bare, named = (actual, target) if target.unit else (target, actual)
    assert bare.number is not None
    assert named.number is not None
    if scale(named.unit)[0] == "ratio" and 0 < abs(bare.number) <= 1:
        if named.unit != "%" or named.number < 50 or bare.number < Decimal("0.1"):
            return None
        return Decimal(100) if bare is actual else Decimal("0.01")
    if _near(bare.number, named.number):
        return Decimal(1)
    times = scale(named.unit)[1] if named.unit in _MANY else None
    if times is None or not _near(bare.number, named.number * times):
        return None
    return times if named is actual else 1 / times


def _near(first: Decimal, second: Decimal) -> bool:
    small, large = sorted((abs(first), abs(second)))
    return not small or large / small < _FAR


def comparable(target: Measure, actual: Measure) -> bool:
    """Whether the two can be compared at all: number with number in one unit, date with date, word with word."""
    if "number" in (target.kind, actual.kind) or "range" in (target.kind, actual.kind):
        return in_unit_of(actual, target) is not None
    return target.kind == actual.kind and target.kind in ("date", "word")


def to_yuan(measure: Measure, default_unit: str = "") -> Decimal | None:
    """An amount in 元; ``default_unit`` (万元) applies when the text names none. None when it is no amount."""
    unit = measure.unit or default_unit
    if unit in _MANY:
        unit += "元"
    if measure.kind != "number" or measure.number is None or scale(unit)[0] != "money":
        return None
    return measure.number * scale(unit)[1]
