"""Numbers, Chinese numerals, rounding, and whether a printed number agrees with an exact one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlsuite.core.decimals import chinese_number, odd_digits, spell
from xlsuite.core.values import agrees, parse_decimal, printed_places, round_half_up


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("185.17", "185.17"),
        ("1,234.50", "1234.50"),
        ("１，２３４", "1234"),
        ("1 234.50", "1234.50"),
        ("1,2345", "12345"),
        ("¥30.00", "30.00"),
        ("￥30", "30"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("+5", "5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("3,5", None),
        ("5 3", None),
        ("12,34", None),
        ("1e5", None),
        ("10²", None),
        ("½", None),
        ("①", None),
        ("10%", None),
        ("", None),
        ("—", None),
        ("九", None),
        ("1" * 40, None),
    ],
)
def test_parse_decimal(text: str, number: str | None) -> None:
    assert parse_decimal(text) == (None if number is None else Decimal(number))


@given(st.integers(0, 10**8 - 1))
def test_numerals_are_read_back(number: int) -> None:
    assert chinese_number(spell(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [("十", 10), ("一十五", 15), ("两百", 200), ("一百一十", 110), ("两万三千", 23000), ("〇", 0), ("一万零五", 10005)],
)
def test_numeral(text: str, number: int) -> None:
    assert chinese_number(text) == number


@pytest.mark.parametrize("text", ["一百二", "一二", "百", "万", "", "十百", "三万五", "一百十五", "甲"])
def test_no_full_numeral(text: str) -> None:
    assert chinese_number(text) is None


def test_odd_digits() -> None:
    assert odd_digits("10²")
    assert not odd_digits("10％")


@pytest.mark.parametrize(
    ("text", "places"),
    [("77.11%", 2), ("9", 0), ("9.50分", 2), ("1,234.5", 1), ("", None), ("无", None), ("3/4", None), ("１．２", 1)],
)
def test_printed_places(text: str, places: int | None) -> None:
    assert printed_places(text) == places


@pytest.mark.parametrize(
    ("printed", "exact", "fair"),
    [
        ("77.11%", "0.771075", True),
        ("77.1%", "0.771075", True),
        ("77%", "0.771075", True),
        ("77.2%", "0.771075", False),
        ("77.10%", "0.771075", False),
        ("0.7711", "0.771075", True),
        ("7.71", "7.71075", True),
        ("7.7", "7.71075", True),
        ("8", "7.71075", True),
        ("9", "7.71075", False),
        ("9", "9.5", True),
        ("10", "9.5", True),
        ("5‰", "0.005", True),
        ("无", "1", False),
    ],
)
def test_agrees(printed: str, exact: str, fair: bool) -> None:
    assert agrees(printed, Decimal(exact)) is fair


def test_agrees_with_numbers() -> None:
    exact = Decimal("142.78") / Decimal("185.17")
    assert agrees(Decimal(repr(142.78 / 185.17)), exact)
    assert agrees(Decimal("0.77"), exact, 2)
    assert not agrees(Decimal("0.78"), exact, 2)
    assert not agrees(Decimal("7.78"), Decimal("7.789"))
    assert agrees(Decimal("7.78"), Decimal("7.789"), truncated=True)
    assert not agrees(Decimal("7.77"), Decimal("7.789"), truncated=True)
    assert agrees(Decimal("1E+2"), Decimal(100))


@given(st.decimals(min_value=-(10**12), max_value=10**12, allow_nan=False), st.integers(0, 6))
def test_commercial_rounding_agrees(value: Decimal, places: int) -> None:
    rounded = round_half_up(value, places)
    assert abs(rounded - value) <= Decimal(5).scaleb(-places - 1)
    assert agrees(rounded, value, places)


def test_half_goes_up() -> None:
    assert round_half_up(Decimal("2.345"), 2) == Decimal("2.35")
    assert round_half_up(Decimal("-2.345"), 2) == Decimal("-2.35")
    assert round_half_up(Decimal(10) ** 40, 2) == Decimal(10) ** 40
