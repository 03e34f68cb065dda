"""Format codes taken apart: sections, their conditions, and the tokens in them."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)"?            # literal text
  | [\\!](?P<escaped>.)             # one literal character; ! is the escape of East Asian editions
  | _(?P<blank>.)                   # a blank as wide as the character
  | \*(?P<fill>.)                   # fills the cell; not part of the text
  | \[(?P<bracket>[^\]]*)\]         # colour, condition, currency and locale, numerals, elapsed time
  | (?P<general>General|G/通用格式)
  | (?P<noon>上午/下午|AM/PM|A/P)
  | (?P<exponent>E[+-])
  | (?P<date>y+|m+|d+|h+|s+|e+|a{3,4}|g+)
  | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+(?:E[+-]?[0-9]{1,3})?)", re.IGNORECASE)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_SYSTEM_DATE = re.compile(r"^\[\$-(?:[0-9A-F]*F800|x-sysdate)[^\]]*\].*$", re.IGNORECASE | re.DOTALL)
_SYSTEM_TIME = re.compile(r"^\[\$-(?:[0-9A-F]*F400|x-systime)[^\]]*\].*$", re.IGNORECASE | re.DOTALL)
_TESTS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_DAYS, _CLOCK = frozenset("ymdae"), frozenset("hns")


class Token(NamedTuple):
    """One piece of a section.

    ``kind`` is ``'`` literal, ``0 # ?`` a digit's place, ``. , % / @ E`` themselves, General, ``y m d a e`` a date
    part, ``h n s`` hour, minute, second, ``f`` fraction of a second, ``p`` 上午/下午, ``x`` elapsed time.
    """

    kind: str
    text: str


@dataclass(slots=True)
class Section:
    """One of the up to four parts of a format code. ``kind`` is general, number, date, text or literal.

    ``numerals`` is n of ``[DBNumn]``, ``chinese`` the locale zh-CN, ``bare`` a section that adds nothing to the value.
    """

    tokens: tuple[Token, ...]
    kind: str = "literal"
    condition: tuple[str, Decimal] | None = None
    numerals: int = 0
    chinese: bool = False
    layout: object = field(default=None, repr=False)
    """What :mod:`~xlsuite.hosts.display.numerals` prepares at the first use."""

    @property
    def bare(self) -> bool:
        """Whether the section shows just the value."""
        return len(self.tokens) == 1 and self.tokens[0].kind in ("@", "General") and not self.numerals

    @property
    def has_day(self) -> bool:
        """Whether the section shows a calendar date, not only a time of day."""
        return self.kind == "date" and any(token.kind in _DAYS for token in self.tokens)

    def accepts(self, number: Decimal) -> bool:
        """Whether the section's own condition holds."""
        return self.condition is not None and _TESTS[self.condition[0]](number, self.condition[1])

    @property
    def only_negative(self) -> bool:
        """Whether the condition lets only negative numbers in, whose sign Excel then leaves to the format."""
        if self.condition is None:
            return False
        sign, bound = self.condition
        return (sign == "<" and bound <= 0) or (sign == "<=" and bound < 0)


def parse(code: str) -> tuple[Section, ...]:
    """The sections of a format code, at most four; none for an empty code, which means General."""
    if _SYSTEM_DATE.match(code):
        code = 'yyyy"年"m"月"d"日"'
    elif _SYSTEM_TIME.match(code):
        code = "h:mm:ss"
    return tuple(_section(part) for part in _split(code)[:4]) if code else ()


def choose(sections: tuple[Section, ...], number: Decimal) -> tuple[Section, bool]:
    """The section that shows ``number``, and whether a minus sign goes before it."""
    count = len(sections)
    if count > 1 and sections[-1].kind == "text" and count < 4:
        count -= 1
    if count == 1:
        return sections[0], True
    if any(section.condition for section in sections[:2]):
        return _by_condition(sections[: min(count, 3)], number)
    if number < 0:
        return sections[1], False
    return (sections[2] if count > 2 and number == 0 else sections[0]), True


def _by_condition(sections: tuple[Section, ...], number: Decimal) -> tuple[Section, bool]:
    first, second = sections[0], sections[1]
    if first.accepts(number) or (first.condition is None and number > 0):
        return first, not first.only_negative
    if len(sections) == 2:
        return second, not second.only_negative
    if second.accepts(number) or (second.condition is None and number < 0):
        return second, second.condition is not None and not second.only_negative
    return sections[2], True


def _split(code: str) -> list[list[re.Match[str]]]:
    parts: list[list[re.Match[str]]] = [[]]
    for found in _TOKEN.finditer(code):
        if found["other"] == ";":
            parts.append([])
        else:
            parts[-1].append(found)
    return parts


def _section(pieces: list[re.Match[str]]) -> Section:
    section = Section(())
    tokens: list[Token] = []
    for piece in pieces:
        if piece["bracket"] is not None:
            tokens.extend(_bracket(piece["bracket"], section))
        else:
            tokens.extend(_token(piece))
    section.kind = _kind(tokens)
    section.tokens = tuple(_dated(tokens) if section.kind == "date" else tokens)
    return section


def _token(piece: re.Match[str]) -> Iterator[Token]:
    group, text = piece.lastgroup, piece[piece.lastgroup or 0]
    if group in ("quoted", "escaped"):
        yield Token("'", text)
    elif group == "blank":
        yield Token("'", " ")
    elif group == "general":
        yield Token("General", "")
    elif group == "noon":
        yield Token("p", text)
    elif group == "exponent":
        yield Token("E", text[1])
    elif group == "date":
        yield Token(text[0].lower(), text.lower())
    elif group == "other":
        yield Token(text if text in "0#?.,%/@" else "'", text)


def _bracket(inner: str, section: Section) -> Iterator[Token]:
    condition = _CONDITION.fullmatch(inner.strip())
    if condition:
        section.condition = condition[1], Decimal(condition[2])
    elif inner.startswith("$"):
        currency, _, locale = inner[1:].partition("-")
        section.chinese = locale.lower().endswith("804") or locale.lower().startswith("zh")
        if currency:
            yield Token("'", currency)
    elif inner[:5].lower() == "dbnum":
        section.numerals = int(inner[5:]) if inner[5:] in ("1", "2", "3") else 0
    elif _ELAPSED.fullmatch(inner):
        yield Token("x", inner.lower())


def _kind(tokens: list[Token]) -> str:
    kinds = {token.kind for token in tokens}
    if kinds & (_DAYS | _CLOCK | {"x", "p", "g"}):
        return "date"
    if "General" in kinds:
        return "general"
    if kinds & set("0#?"):
        return "number"
    return "text" if "@" in kinds else "literal"


def _dated(tokens: list[Token]) -> Iterator[Token]:
    """Date tokens with minutes told from months, fractions of seconds found, and the rest turned into literals."""
    parts = [index for index, token in enumerate(tokens) if token.kind in "ymdaehsx"]
    minutes = set()
    for position, index in enumerate(parts):
        before = tokens[parts[position - 1]] if position else None
        after = tokens[parts[position + 1]] if position + 1 < len(parts) else None
        after_hour = before is not None and (before.kind == "h" or (before.kind == "x" and before.text[0] == "h"))
        before_second = after is not None and after.kind == "s"
        if tokens[index].kind == "m" and len(tokens[index].text) < 3 and (after_hour or before_second):
            minutes.add(index)
    fraction = False
    for index, token in enumerate(tokens):
        following = tokens[index + 1].kind if index + 1 < len(tokens) else ""
        if token.kind == "." and following == "0" and index and tokens[index - 1].kind in "sx":
            fraction = True
        elif token.kind == "0" and fraction:
            yield Token("f", "0")
        elif index in minutes:
            yield Token("n", token.text)
        elif token.kind in "ymdaehspx":
            yield token
        elif token.kind != "g":
            yield Token("'", token.text)
        fraction = fraction and token.kind in ".0"
