"""Slips are looked up; nothing that comparing every pair would find may be missed."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlsuite.prose.figures import MONEY
from xlsuite.prose.near_numbers import NearNumbers
from xlsuite.prose.quantities import Quantity
from xlsuite.prose.restated import is_slip

_NUMBERS = st.builds(
    lambda whole, places: Decimal(whole).scaleb(-places), st.integers(0, 99999), st.integers(0, 8)
) | st.builds(lambda whole, zeros: Decimal(whole * 10**zeros), st.integers(0, 9999), st.integers(0, 9))


def _figure(value: Decimal) -> Quantity:
    return Quantity(0, 0, 1, MONEY, value, Decimal(1), str(value))


@st.composite
def _with_slips(draw: st.DrawFn) -> list[Decimal]:
    values = draw(st.lists(_NUMBERS, min_size=2, max_size=12))
    for value in list(values):
        digits = list(f"{value:f}")
        at = draw(st.integers(0, len(digits) - 1))
        if digits[at] != ".":
            digits[at] = draw(st.sampled_from("0123456789"))
        values.append(Decimal("".join(digits)))
    return list(dict.fromkeys(values))


@given(_with_slips())
def test_no_slip_is_missed(values: list[Decimal]) -> None:
    near = NearNumbers(values)
    for one, other in permutations(values, 2):
        if is_slip(_figure(one), _figure(other)):
            assert other in near.of(one)


@pytest.mark.parametrize(
    ("value", "others", "expected"),
    [
        ("856", ["865", "857", "912"], ["865", "857"]),
        ("856", ["857", "865", "912"], ["857", "865"]),
        ("301.6", ["3016000", "245.79"], ["3016000"]),
        ("8.1271", ["0.1271", "9.9"], ["0.1271"]),
        ("0", ["7", "12"], []),
    ],
)
def test_near(value: str, others: list[str], expected: list[str]) -> None:
    near = NearNumbers(map(Decimal, [value, *others]))
    assert near.of(Decimal(value)) == [Decimal(number) for number in expected]
