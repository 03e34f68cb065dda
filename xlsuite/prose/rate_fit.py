"""Which figures may stand for the part and the whole of a rate."""

from __future__ import annotations

import re

from xlsuite.prose import roles
from xlsuite.prose.figures import MONEY
from xlsuite.prose.quantities import Quantity
from xlsuite.prose.rate_kinds import Rate
from xlsuite.prose.sums import Sure

LIFETIME = re.compile(r"总投资|总投入|总概算|概算|造价|合同|中标|成交|总规模|投资额|总价")


def fits(figure: Quantity, unit: tuple[str, str]) -> bool:
    """Whether a figure is an exact amount of the kind and counted unit that the rate is about."""
    return (figure.kind, figure.unit) == unit and figure.exact and figure.value > 0


def best_fit(rate: Quantity, kind: str, pairs: list[tuple[Quantity, Quantity]]) -> Rate:
    """A pair that agrees; 100 % for two amounts that differ a little is worth a hint."""
    equal = next(((part, whole) for part, whole in pairs if part.value == whole.value), None)
    part, whole = equal or pairs[0]
    rounded_up = rate.value == 100 and rate.step == 1 and equal is None and part.kind == MONEY
    close = abs(part.value - whole.value) <= max(part.step, whole.step)
    return Rate(rate, kind, part, whole, Sure.HINT if rounded_up and not close else Sure.HOLDS)


def can_be_whole(rate: Quantity, kind: tuple[str, int, int], figure: Quantity) -> bool:
    """Whether a figure can be the whole of a rate; one that may be a payment itself cannot."""
    if figure.role & roles.PAID and kind[1] & roles.PAID and figure.role & kind[2] == roles.ARRIVED:
        return False
    return bool(figure.role & kind[2] or not figure.role) and not _foreign(rate, figure)


def _foreign(rate: Quantity, whole: Quantity) -> bool:
    """A budget's execution rate is never measured against a contract or the investment of all years."""
    return bool(re.search(r"预算|执行", rate.label) and LIFETIME.search(whole.label))
