"""Numbers as people print them: reading them, and asking whether a printed number agrees with an exact one.

The precision of a printed number is its own: 77.1% is right for 77.11%, 77.2% is not.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from xlsuite.core.text import squeeze

MAX_DIGITS = 30
"""A longer row of digits is an account or a code, not a quantity."""

FINEST_PLACES = 9
"""Spreadsheets keep binary floats: beyond nine decimals their digits mean nothing."""

_GROUPED = r"\d{1,3}(?:,\d{3})+|\d{1,4}(?:,\d{4})+|\d+"
_NUMBER = re.compile(rf"[-+]?(?:(?:{_GROUPED})(?:\.\d*)?|\.\d+)")
_SPLIT_DIGITS = re.compile(r"\d\s+(?=\d)")
_BLANK_GROUPS = re.compile(r"\s*[-+¥]?\s*\d{1,3}(?:\s\d{3})+(?!\d)\D*(?:\d+\D*)?")
_ODD_DIGITS = re.compile(
    r"[\u00b2\u00b3\u00b9\u00bc-\u00be\u2044\u2070-\u209f\u2150-\u218b\u2460-\u24ff\u2776-\u2793\u3200-\u33ff]"
)
_PRINTED = re.compile(r"\d+(?:\.(\d+))?")
_WIDE = Context(prec=120)

_NAMES = "零一二三四五六七八九"
_DIGIT = {name: value for value, name in enumerate(_NAMES)} | {"〇": 0, "○": 0, "两": 2}
_SCALE = {"十": 10, "百": 100, "千": 1000}
_STANDARD = str.maketrans("〇○两", "零零二")


def split_digits(text: str) -> bool:
    """Whether joining blanks would make one number out of two: "5 3" is not 53; "1 234.50" is one number."""
    plain = unicodedata.normalize("NFKC", text)
    return bool(_SPLIT_DIGITS.search(plain)) and not _BLANK_GROUPS.fullmatch(plain)


def odd_digits(text: str) -> bool:
    """Whether the text has signs that look like digits once normalised: ², ½, ①."""
    return bool(_ODD_DIGITS.search(text))


@lru_cache(maxsize=8192)
def parse_decimal(text: str) -> Decimal | None:
    """The number of a cell text, or None. Accepts thousand separators, full-width digits and ¥.

    A comma or blank that separates no thousands is no part of a number: "3,5" and "5 3" are None.
    """
    plain = squeeze(text).replace("−", "-").lstrip("¥")
    if not _NUMBER.fullmatch(plain) or len(plain) > MAX_DIGITS or odd_digits(text) or split_digits(text):
        return None
    return Decimal(plain.replace(",", ""))


def _spell_section(number: int) -> str:
    spelt, gap = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, scale)
        if digit:
            spelt += ("零" if gap else "") + _NAMES[digit] + name
        gap = bool(spelt) and not digit
    return spelt


def spell(number: int) -> str:
    """The Chinese numeral of 0 ≤ number < 10⁸: 120 is 一百二十, 10 is 十, 23005 is 二万三千零五."""
    if number == 0:
        return "零"
    upper, lower = divmod(number, 10**4)
    spelt = _spell_section(upper) + "万" if upper else ""
    if upper and 0 < lower < 1000:
        spelt += "零"
    spelt += _spell_section(lower)
    return spelt[1:] if spelt.startswith("一十") else spelt


def chinese_number(text: str) -> int | None:
    """The value of a Chinese numeral below 10⁸, or None: 一百二十 is 120, 两万三千 is 23000.

    Only full spellings count: 一百二 (colloquial for 120) or 一二 are None.
    """
    total = section = digit = 0
    for char in text:
        if char in _DIGIT:
            digit = _DIGIT[char]
        elif char in _SCALE:
            section += (digit or 1) * _SCALE[char]
            digit = 0
        elif char == "万":
            total, section, digit = (section + digit) * 10**4, 0, 0
        else:
            return None
    number = total + section + digit
    plain = text.translate(_STANDARD).replace("零一十", "零十")
    plain = plain[1:] if plain.startswith("一十") else plain
    return number if 0 <= number < 10**8 and plain == spell(number).replace("零一十", "零十") else None


def round_half_up(value: Decimal, places: int) -> Decimal:
    """Commercial rounding (四舍五入), the only rounding the product uses."""
    return value.quantize(_step(places), rounding=ROUND_HALF_UP, context=_WIDE)


@lru_cache(maxsize=64)
def _step(places: int) -> Decimal:
    return Decimal(1).scaleb(-places)


@lru_cache(maxsize=8192)
def printed_places(text: str) -> int | None:
    """Decimals of the one number printed in a text: 2 for "77.11%", 0 for "9分"; None without exactly one number."""
    found = _PRINTED.findall(squeeze(text).replace(",", ""))
    return len(found[0]) if len(found) == 1 else None


def agrees(printed: str | Decimal, exact: Decimal, places: int | None = None, *, truncated: bool = False) -> bool:
    """Whether a printed number is a fair rounding of an exact one, at the printed number's own precision.

    A text with % or ‰ is taken as a ratio (``agrees("77.1%", Decimal("0.7711"))``). ``places`` overrides the decimals
    of ``printed``, counted in its own unit. A tie agrees with both neighbours. ``truncated`` also accepts cut digits.
    """
    shift = 0
    if isinstance(printed, str):
        plain = squeeze(printed)
        shift = 2 if plain.endswith("%") else 3 if plain.endswith("‰") else 0
        number = parse_decimal(plain.rstrip("%‰"))
        if number is None:
            return False
        printed = number
    if places is None:
        exponent = printed.as_tuple().exponent
        places = max(0, -exponent) if isinstance(exponent, int) else 0
    finest = min(places, FINEST_PLACES)
    unit = Decimal(1).scaleb(-finest)
    target = exact.scaleb(shift)
    if abs(printed - target) <= unit / 2:
        return True
    return truncated and target.quantize(unit, rounding=ROUND_DOWN, context=_WIDE) == printed.quantize(
        unit, context=_WIDE
    )
