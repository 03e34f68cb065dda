"""How arithmetic is told to the user: 142.78 ÷ 185.17 = 77.11%；10 × 77.11% = 7.71."""

from __future__ import annotations

from decimal import Decimal

from xlsuite.core.profile import Profile
from xlsuite.core.values import Measure, round_half_up

HUNDRED = Decimal(100)


def plain(value: Decimal) -> str:
    """A number without needless zeros and never in scientific notation; long fractions end after four places."""
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -4:
        value = round_half_up(value, 4)
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(ratio: Decimal) -> str:
    """A ratio as a percentage with at most two decimals."""
    return f"{plain(round_half_up(ratio * HUNDRED, 2))}%"


def quantity(measure: Measure) -> str:
    """A parsed number with its operator and unit."""
    if measure.number is None:
        return measure.word
    if measure.upper is not None:
        return f"{plain(measure.number)}～{plain(measure.upper)}{measure.unit}"
    return f"{measure.operator}{plain(measure.number)}{measure.unit}"


def basis(profile: Profile, name: str) -> str:
    """The source of the parameter that decided, and its name in the profile file."""
    return f"{profile.source(name)}（口径参数 {name}）"
