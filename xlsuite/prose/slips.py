"""Slips of the pen in numbers: one digit wrong, or two neighbouring digits swapped."""

from __future__ import annotations

from decimal import Decimal

_FINEST = 6


def slipped(printed: Decimal, right: Decimal, digits: int = 3) -> bool:
    """Whether one number becomes the other by changing one digit or swapping two neighbours.

    Numbers of fewer than ``digits`` significant digits agree that far by chance, so they never count.
    """
    if printed == right or printed <= 0 or right <= 0:
        return False
    first, second = _digits(printed, right)
    if abs(len(first) - len(second)) == 1:  # 0.1271 and 8.1271
        first, second = first.zfill(len(second)), second.zfill(len(first))
    if len(first) != len(second) or max(len(first.strip("0")), len(second.strip("0"))) < digits:
        return False
    different = [i for i, (a, b) in enumerate(zip(first, second, strict=True)) if a != b]
    if len(different) == 1:
        return True
    if len(different) != 2 or different[1] != different[0] + 1:
        return False
    left, right_place = different
    return first[left] == second[right_place] and first[right_place] == second[left]


def _digits(*numbers: Decimal) -> tuple[str, ...]:
    """The numbers as rows of digits with the same number of decimals."""
    exponents = [number.normalize().as_tuple().exponent for number in numbers]
    places = min(_FINEST, max([0, *(-e for e in exponents if isinstance(e, int))]))
    return tuple(str(int(round(number, places).scaleb(places))) for number in numbers)


def one_part_slipped(total: Decimal, parts: list[Decimal], digits: int = 3) -> bool:
    """Whether a single slip in one of the parts, or in the total, explains why they do not add up."""
    added = sum(parts, Decimal(0))
    if slipped(total, added, digits):
        return True
    return any(slipped(part, total - (added - part), digits) for part in parts)
