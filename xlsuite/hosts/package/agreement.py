"""Whether a stored cell still holds what was read from it, in whatever way the reader stated it."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from xlsuite.core.decimals import agrees, parse_decimal
from xlsuite.core.text import squeeze

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_QUANTITY = re.compile(r"([-+]?[\d,]*\.?\d+)(%?)\D*")
_DAYS = re.compile(r"(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*")
_EPOCH = {False: date(1899, 12, 30), True: date(1904, 1, 1)}


def unescaped(text: str) -> str:
    """Stored text as it is shown: ``_x000A_`` and its like become their characters."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def holds(kind: str, content: str | None, old: Any, *, epoch_1904: bool = False) -> bool:
    """Whether a cell of type ``kind`` (``n b e d``, or any text type) with ``content`` is what ``old`` said.

    Numbers compare as numbers, a number given as its printed text at that text's own precision, texts without regard to
    width, blanks and line breaks. A blank cell is None or "".
    """
    if content is None or (content == "" and kind != "n"):
        return old is None or (isinstance(old, str) and not squeeze(old))
    if old is None:
        return kind not in ("n", "b", "e", "d") and not squeeze(unescaped(content))
    if kind == "b":
        return old is (content == "1") or str(old).upper() in (("TRUE", "1") if content == "1" else ("FALSE", "0"))
    if kind == "n":
        return _number_is(content, old, epoch_1904)
    return _text_is(content, old) or _text_is(unescaped(content), old)


def _number_is(content: str, old: Any, epoch_1904: bool) -> bool:
    try:
        number = Decimal(content.strip())
    except ArithmeticError:
        return False
    if isinstance(old, date):
        return int(number) == ((old.date() if isinstance(old, datetime) else old) - _EPOCH[epoch_1904]).days
    if isinstance(old, bool):
        return False
    if isinstance(old, int | float | Decimal):
        return number == old or float(number) == float(old)
    return _printed_number_is(number, str(old), epoch_1904)


def _printed_number_is(number: Decimal, old: str, epoch_1904: bool) -> bool:
    plain = squeeze(old)
    if agrees(plain, number) or (plain == "" and number == 0):
        return True
    day = _DAYS.fullmatch(plain)
    if day:
        try:
            return _number_is(str(number), date(*map(int, day.groups())), epoch_1904)
        except ValueError:
            return False
    quantity = _QUANTITY.fullmatch(plain)
    return quantity is not None and agrees(quantity[1] + quantity[2], number)


def _text_is(text: str, old: Any) -> bool:
    if isinstance(old, int | float | Decimal) and not isinstance(old, bool):
        quantity = _QUANTITY.fullmatch(squeeze(text))
        number = parse_decimal(quantity[1]) if quantity else None
        if quantity is None or number is None:
            return False
        value = Decimal(str(old))
        return number == value or (quantity[2] == "%" and number == value * 100)
    return squeeze(text) == squeeze(str(old))
