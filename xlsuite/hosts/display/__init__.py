"""Numbers as a spreadsheet shows them: what a number format turns a value into.

The format language is the one of ECMA-376 part 1, 18.8.31, with what Chinese editions add: ``!`` as an escape
(``0!.0,"万元"``), 上午/下午, ``aaaa`` for 星期三 and ``[DBNum1]`` dates. A format that cannot be rendered shows the
number as General does, so a text is never lost.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from xlsuite.hosts.display.codes import Section, choose, parse
from xlsuite.hosts.display.days import calendar_text, day_of
from xlsuite.hosts.display.numerals import exact, general, number_text, quick_text

LONGEST_CODE = 400
"""Format codes longer than this (Excel allows 255 characters) are not interpreted."""


class NumberFormat:
    """One format code, ready to show numbers and texts.

    ``date1904`` counts days from 1904. ``shows_text_plainly`` is True when texts appear as they are.
    ``quick`` shows numbers the short way in formats of the usual kind; it fails on numbers of absurd size.
    """

    __slots__ = ("_date1904", "_has_days", "_sections", "_text", "quick", "shows_text_plainly")

    def __init__(self, code: str, date1904: bool = False) -> None:
        self._date1904 = date1904
        self._sections: tuple[Section, ...] = parse(code) if len(code) <= LONGEST_CODE else ()
        self.quick = _quick(self._sections)
        self._has_days = any(section.has_day for section in self._sections)
        last = self._sections[-1] if self._sections else None
        self._text = last if last and (len(self._sections) > 3 or last.kind == "text") else None
        self.shows_text_plainly = self._text is None or self._text.bare

    def show(self, number: Decimal) -> str:
        """What the user sees of a number."""
        try:
            if self.quick is not None:
                return self.quick(number)
            section, signed = choose(self._sections, number)
            return self._render(section, number, signed).strip(" ")
        except (InvalidOperation, OverflowError, ValueError):
            return general(float(number))

    def show_text(self, text: str) -> str:
        """What the user sees of a text: nothing with ``;;;``, the text and 元 with ``@"元"``."""
        if self._text is None:
            return text
        return "".join(text if token.kind == "@" else token.text for token in self._text.tokens if token.kind in "@'")

    def day(self, number: Decimal) -> date | None:
        """The calendar day when this format shows the number as a date, else None."""
        if not self._has_days:
            return None
        section, _ = choose(self._sections, number)
        return day_of(number, self._date1904) if section.has_day else None

    def _render(self, section: Section, number: Decimal, signed: bool) -> str:
        if section.kind == "date":
            shown = calendar_text(section, number, self._date1904)
            return general(float(number)) if shown is None else shown
        sign = "-" if signed and number < 0 else ""
        if section.kind == "number":
            return sign + number_text(section, abs(number))
        inner = general(float(abs(number)))
        shown_as = {"General": inner, "@": inner}
        return sign + "".join(shown_as.get(token.kind, token.text) for token in section.tokens)


def _quick(sections: tuple[Section, ...]) -> Callable[[Decimal], str] | None:
    """The short way for formats of one section, which nearly all cells have."""
    if not sections:
        return _general
    if len(sections) > 1 or sections[0].condition:
        return None
    if sections[0].kind == "number":
        return quick_text(sections[0])
    return _general if sections[0].kind == "general" and sections[0].bare else None


def _general(number: Decimal) -> str:
    return general(float(number))


@lru_cache(maxsize=1024)
def number_format(code: str, date1904: bool = False) -> NumberFormat:
    """The format of a code, made once."""
    return NumberFormat(code, date1904)


__all__ = ["NumberFormat", "exact", "general", "number_format"]
