"""How the rules say numbers, places and differences in Chinese, so that every message sounds the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Any

from xlsuite.core.finding import Problem, Undecided
from xlsuite.core.form import Cell, FundRow
from xlsuite.core.scorecard import Expected
from xlsuite.core.values import parse_decimal, round_half_up

Results = Iterator[Problem | Undecided]
"""What a rule yields."""

LOGIC = "填表逻辑"
"""Source of a rule that follows from arithmetic or from the form itself, not from a regulation."""

_LONGEST = 40
_BLANKS = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]+")
_NEEDLESS_BLANK = re.compile(r"(?<![A-Za-z]) | (?![A-Za-z])")


def plain(value: Decimal) -> str:
    """A decimal without exponent or trailing zeros."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def points(value: Decimal) -> str:
    """A score with at most two decimals: 7.7106 → 7.71."""
    return plain(round_half_up(value, 2))


def percent(ratio: Decimal) -> str:
    """A ratio as a percentage with two decimals: 0.7711 → 77.11%."""
    return f"{round_half_up(ratio * 100, 2):f}%"


def limit(ratio: Decimal) -> str:
    """A threshold as a percentage without needless decimals: 0.2 → 20%."""
    return f"{plain(ratio * 100)}%"


def interval(expected: Expected) -> str:
    """An expected score as one number or an interval."""
    if expected.low is None or expected.high is None:
        return ""
    low, high = points(expected.low), points(expected.high)
    if low == high:
        return low
    return f"{low}～{high}" + ("（不含）" if expected.open_high else "")


@lru_cache(maxsize=8192)
def tidy(text: str) -> str:
    """An entry on one line: blanks only between words of Latin letters, cut when it is very long."""
    line = _NEEDLESS_BLANK.sub("", _BLANKS.sub(" ", text).strip())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def shown(cell: Cell[Any]) -> str:
    """What a cell shows, on one line; its value where the text is empty."""
    text = tidy(cell.text)
    return text if text or cell.value is None else tidy(str(cell.value))


def figure(cell: Cell[Decimal]) -> str:
    """The number of a cell as printed; its value where the text says something else (a share of one, another unit)."""
    text = tidy(cell.text).removesuffix("分")
    if cell.value is None:
        return text
    return text if parse_decimal(text) == cell.value else plain(round_half_up(cell.value, 6))


def excess(printed: Decimal, expected: Decimal, unit: str = "分") -> str:
    """How far a printed number is off: 多 1.29 分."""
    difference = printed - expected
    return f"{'多' if difference > 0 else '少'} {plain(abs(round_half_up(difference, 2)))} {unit}"


def signed(difference: Decimal) -> str:
    """A difference with its sign: +1.29."""
    rounded = round_half_up(difference, 2)
    text = plain(rounded or difference)
    return text if difference < 0 else f"+{text}"


def fund_name(row: FundRow) -> str:
    """The name of a funds row, without its leading 其中."""
    name = tidy(row.label.text)
    return name.removeprefix("其中").lstrip("：:") or "年度资金总额"


def addition(values: Iterable[Decimal], total: Decimal) -> str:
    """A sum in words: 43.87 + 141.3 = 185.17; long sums are cut in the middle."""
    terms = [plain(value) for value in values]
    if len(terms) < 2:
        return plain(total)
    if len(terms) > 12:
        terms = [*terms[:6], "…", *terms[-3:]]
    return f"{' + '.join(terms)} = {plain(total)}"


def listing(names: list[str], limit: int = 5) -> str:
    """Names in quotes, the rest counted: “甲”、“乙”等 7 项."""
    text = "、".join(f"“{name}”" for name in names[:limit])
    return text if len(names) <= limit else f"{text}等 {len(names)} 项"
