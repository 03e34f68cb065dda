"""Kinds of figures, and writing figures and arithmetic the way a clerk does: 301.6 + 245.79 = 547.39 万元."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from xlsuite.core.units import scale

MONEY, PERCENT, STEPS, POINTS, COUNT, PRICE = "money", "percent", "steps", "points", "count", "price"
"""Kinds. Money is in 元, percentages are plain numbers (97.61), STEPS percentage points, PRICE money per unit."""

_UNITS = {
    "亿元": Decimal(10**8),
    "百万元": Decimal(10**6),
    "万元": Decimal(10**4),
    "千元": Decimal(1000),
    "元": Decimal(1),
}
_DIGITS = "-0123456789.,，"


def money_unit(printed: str) -> str:
    """The unit an amount is printed in; 万 written for 万元 counts as 万元."""
    tail = printed.lstrip(_DIGITS)
    return next((unit for unit in _UNITS if unit != "元" and tail.startswith(unit.removesuffix("元"))), "元")


def plain(number: Decimal, places: int = 6) -> str:
    """A number without an exponent and without idle zeros, rounded half up to at most ``places`` decimals."""
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > places:
        number = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def unit_of(kind: str, printed: str) -> str:
    """The unit a figure is told in."""
    if kind in (MONEY, PRICE):
        return money_unit(printed)
    if kind == COUNT:
        return printed.lstrip(_DIGITS).lstrip("余多来几")
    return {PERCENT: "%", POINTS: "分", STEPS: "个百分点"}[kind]


def in_unit(value: Decimal, kind: str, printed: str) -> Decimal:
    """A value in the base unit, expressed in the unit that ``printed`` uses."""
    if kind in (MONEY, PRICE):
        return value / _UNITS[money_unit(printed)]
    return value / scale(unit_of(kind, printed))[1] if kind == COUNT else value


def amount(value: Decimal, kind: str, printed: str) -> str:
    """A value with the unit that ``printed`` uses: ``547.39 万元``, ``98.86%``, ``265 个``.

    It has two decimals at most, or as many as ``printed``; more only where a small value would vanish.
    """
    unit = unit_of(kind, printed)
    bare = in_unit(value, kind, printed)
    digits = printed.removesuffix(printed.lstrip(_DIGITS))
    places = max(2, len(digits.partition(".")[2]))
    number = plain(bare, places if abs(bare) >= 1 else 6)
    return f"{number}{unit}" if unit == "%" else f"{number} {unit}"


def said(printed: str) -> str:
    """A figure as it is printed, with a blank before its unit."""
    unit = printed.lstrip(_DIGITS)
    number = printed.removesuffix(unit)
    return f"{number}{unit}" if unit[:1] == "%" else f"{number} {unit}"


def terms(numbers: Iterable[Decimal]) -> str:
    """``301.6 + 245.79``; long sums are shortened in the middle."""
    shown = [plain(number, 4) for number in numbers]
    return " + ".join(shown if len(shown) <= 8 else [*shown[:4], "…", *shown[-2:]])
