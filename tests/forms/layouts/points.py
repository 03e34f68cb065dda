"""The scoring arithmetic of 财预〔2020〕10号 as these tests understand it, written apart from the product's own."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from .content import Value

GRADES = ((Decimal(90), "优"), (Decimal(80), "良"), (Decimal(60), "中"), (Decimal(0), "差"))


def rounded(value: Decimal, places: int = 2) -> Decimal:
    """四舍五入."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def trimmed(value: Decimal) -> str:
    """A number as people type it: no trailing zeros, no exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def execution_rate(executed: Decimal, budget: Decimal) -> Decimal:
    """执行率, a ratio rounded to 0.01 %."""
    return rounded(executed / budget, 4)


def execution_score(weight: Decimal, executed: Decimal, budget: Decimal, places: int) -> Decimal:
    """Proportional, capped at the weight."""
    return rounded(min(weight, weight * executed / budget), places)


def fixed_score(operator: str, target: Value, actual: Value, weight: Decimal, places: int) -> Decimal | None:
    """The score the arithmetic fixes for two numbers or two dates; None where people decide."""
    if isinstance(target, tuple) and isinstance(actual, tuple):
        return weight if actual <= target else None
    if not isinstance(target, Decimal) or not isinstance(actual, Decimal):
        return None
    if operator == "≤":
        return weight if actual <= target else None
    if actual >= target:
        return weight
    return rounded(actual / target * weight, places)


def grade_of(score: Decimal) -> str:
    """优 from 90, 良 from 80, 中 from 60, 差 below."""
    return next(name for floor, name in GRADES if score >= floor)
