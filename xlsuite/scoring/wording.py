"""How arithmetic is told to the user: 142.78 ÷ 185.17 = 77.11%；10 × 77.11% = 7.71."""

from __future__ import annotations

from decimal import Decimal

from xlsuite.core.profile import Profile
from xlsuite.core.values import Measure, round_half_up

HUNDRED = Decimal(100)


def plain(value: Decimal) -> str:
    """A number without needless zeros and never in scientific notation; long fractions end after four places."""
    text = str(value)
    if "E" in text:
        text = f"{value:f}"
    whole, point, decimals = text.partition(".")
    if not point:
        return text
    if len(decimals) > 4:
        return plain(round_half_up(value, 4))
    decimals = decimals.rstrip("0")
    return f"{whole}.{decimals}" if decimals else whole


def percent(ratio: Decimal) -> str:
    """A ratio as a percentage with at most two decimals."""
    return f"{plain(round_half_up(ratio * HUNDRED, 2))}%"


def quantity(measure: Measure) -> str:
    """A parsed number with its operator and unit; "" for anything else."""
    if measure.number is None:
        return ""
    if measure.upper is not None:
        return f"{plain(measure.number)}～{plain(measure.upper)}{measure.unit}"
    return f"{measure.operator}{plain(measure.number)}{measure.unit}"


def basis(profile: Profile, name: str) -> str:
    """The source of the parameter that decided, and its name in the profile file."""
    return f"{profile.source(name)}（口径参数 {name}）"
