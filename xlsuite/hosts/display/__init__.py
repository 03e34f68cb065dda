"""Numbers as a spreadsheet shows them in a cell of format General."""

from __future__ import annotations

from decimal import Decimal


def general(number: float) -> str:
    """The text of ``number`` in format General: at most eleven characters, then fewer decimals or an exponent."""
    whole = int(number)
    if whole == number and abs(whole) < 10**11:
        return str(whole)
    size = abs(number)
    if not 1e-9 <= size < 1e11:
        return _exponent(number)
    if size < 1e-4 and len(f"{size:.10f}".rstrip("0")) - 2 > 9:
        return _exponent(number)
    places = 10 - len(str(int(size)))
    if places < 1:
        return general(round(number))
    return f"{number:.{places}f}".rstrip("0").rstrip(".")


def _exponent(number: float) -> str:
    mantissa, power = f"{number:.5E}".split("E")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}E{power[0]}{int(power[1:]):02d}"


def plain(number: Decimal) -> str:
    """A decimal without exponent and without trailing zeros after the point, as people type it."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
