"""Serial day numbers as dates and times."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import NamedTuple

from xlsuite.hosts.display.codes import Section, Token

LAST_DAY = 2_958_465
"""Serial number of 9999-12-31 in the 1900 system."""
OFFSET_1904 = 1_462
_DAY = 86_400
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DIGITS = {1: "〇一二三四五六七八九", 2: "零壹贰叁肆伍陆柒捌玖", 3: "０１２３４５６７８９"}
_TEN = {1: "十", 2: "拾"}


class _Moment(NamedTuple):
    """A point in time as a format shows it; ``seconds`` counts from the serial's zero, for elapsed times."""

    year: int
    month: int
    day: int
    weekday: int
    hour: int
    minute: int
    second: int
    fraction: str
    seconds: int


def day_of(number: Decimal, date1904: bool = False) -> date | None:
    """The date of a serial number; None outside 1900–9999 and for 29 February 1900, which never was."""
    serial = int(number.to_integral_value(rounding=ROUND_FLOOR)) if abs(number) < LAST_DAY + 1 else -1
    serial += OFFSET_1904 if date1904 and serial >= 0 else 0
    if not 1 <= serial <= LAST_DAY or serial == 60:
        return None
    return date(1899, 12, 31 if serial < 60 else 30) + timedelta(days=serial)


def calendar_text(section: Section, number: Decimal, date1904: bool) -> str | None:
    """The text of a serial number in a date or time section; None when it is out of range."""
    places = sum(token.kind == "f" for token in section.tokens)
    moment = _moment(number, date1904, places)
    if moment is None:
        return None
    noon = any(token.kind == "p" for token in section.tokens)
    return "".join(_part(token, moment, section, noon) for token in section.tokens)


def _moment(number: Decimal, date1904: bool, places: int) -> _Moment | None:
    if not 0 <= number < LAST_DAY + 1:
        return None
    ticks = int((number * _DAY).scaleb(places).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    seconds, fraction = divmod(ticks, 10**places)
    serial, clock = divmod(seconds, _DAY)
    serial += OFFSET_1904 if date1904 else 0
    if serial > LAST_DAY:
        return None
    # Day 0 and 29 February 1900 exist only in spreadsheets; they are shown as those show them.
    real = day_of(Decimal(serial))
    year, month, day = (real.year, real.month, real.day) if real else (1900, 1, 0) if serial == 0 else (1900, 2, 29)
    weekday = (serial - 2) % 7
    hour, rest = divmod(clock, 3600)
    shown = f"{fraction:0{places}d}" if places else ""
    return _Moment(year, month, day, weekday, hour, rest // 60, rest % 60, shown, seconds)


def _part(token: Token, moment: _Moment, section: Section, noon: bool) -> str:
    kind, width = token.kind, len(token.text)
    if kind == "'":
        return token.text
    if kind in "ye":
        return _year(moment.year, 2 if kind == "y" and width < 3 else 4, section.numerals)
    if kind == "m":
        return _month(moment.month, width, section)
    if kind in "da":
        return _day(moment, kind, width, section)
    if kind == "p":
        return _noon(token.text, moment.hour, section.chinese)
    if kind == "f":
        return "." + moment.fraction if moment.fraction and token is _first_fraction(section) else ""
    if kind == "x":
        unit = {"h": 3600, "m": 60, "s": 1}[token.text[0]]
        return f"{moment.seconds // unit:0{width}d}"
    hour = (moment.hour % 12 or 12) if noon else moment.hour
    return _numeral({"h": hour, "n": moment.minute, "s": moment.second}[kind], min(width, 2), section.numerals)


def _first_fraction(section: Section) -> Token:
    return next(token for token in section.tokens if token.kind == "f")


def _year(year: int, width: int, numerals: int) -> str:
    text = f"{year:04d}"[-width:]
    return "".join(_DIGITS[numerals][int(digit)] for digit in text) if numerals else text


def _month(month: int, width: int, section: Section) -> str:
    if width < 3:
        return _numeral(month, width, section.numerals)
    if section.chinese:
        return _chinese(month, 1) + "月"
    name = _MONTHS[month - 1]
    return name[0] if width == 5 else name[:3] if width == 3 else name


def _day(moment: _Moment, kind: str, width: int, section: Section) -> str:
    if width < 3:
        return _numeral(moment.day, width, section.numerals)
    if kind == "a" or section.chinese:
        return ("周" if width == 3 else "星期") + "一二三四五六日"[moment.weekday]
    name = _WEEKDAYS[moment.weekday]
    return name[:3] if width == 3 else name


def _noon(text: str, hour: int, chinese: bool) -> str:
    if text == "上午/下午" or chinese:
        return "上午" if hour < 12 else "下午"
    return text.split("/")[hour >= 12]


def _numeral(number: int, width: int, numerals: int) -> str:
    if not numerals:
        return f"{number:0{width}d}"
    return _chinese(number, numerals)


def _chinese(number: int, numerals: int) -> str:
    """Numbers below 100 in Chinese numerals: 23 is 二十三, with numerals 2 贰拾叁, with 3 ２３."""
    digits = _DIGITS[numerals]
    if numerals == 3:
        return "".join(digits[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    if not tens:
        return digits[ones]
    head = _TEN[numerals] if tens == 1 and numerals == 1 else digits[tens] + _TEN[numerals]
    return head + (digits[ones] if ones else "")
