"""Numbers, amounts, dates and lists as official Chinese text, and the mark for what is still missing."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from xlsuite.core.dates import Day
from xlsuite.core.decimals import round_half_up

MISSING_MARK = re.compile(r"【待补充：([^】]*)】")
PLACES = {"元": 2, "万元": 6, "亿元": 8}
"""Decimals an amount may show in each unit; spreadsheets' binary noise lies beyond."""

SCALES = {"元": Decimal(1), "万元": Decimal(10000), "亿元": Decimal(100000000)}
_FIGURE = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)(?:%|分|元|万元|亿元)?")
_BLANKS = re.compile(r"\s+")
_NOTE = re.compile(r"[（(][^（）()]*[）)]$")
_LEADING = re.compile(
    r"^(?:其中[:：]?|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.．](?!\d))+"
)
_LONGEST_LABEL = 60


class Figure(str):
    """A number as it is printed (92, 77.11%, 185.17万元, or "" for none) that a template can compare with numbers.

    A comparison with something that is no number is false.
    """

    __slots__ = ()

    @property
    def value(self) -> Decimal | None:
        """The number alone: 77.11 for 77.11%."""
        return number_in(str(self))

    def _compare(self, other: object, test: Callable[[Any, Any], bool]) -> bool:
        left, right = self.value, number_in(other)
        return left is not None and right is not None and test(left, right)

    def __lt__(self, other: object) -> bool:
        return self._compare(other, operator.lt)

    def __le__(self, other: object) -> bool:
        return self._compare(other, operator.le)

    def __gt__(self, other: object) -> bool:
        return self._compare(other, operator.gt)

    def __ge__(self, other: object) -> bool:
        return self._compare(other, operator.ge)

    def __eq__(self, other: object) -> bool:
        return str.__eq__(self, other) is True or self._compare(other, operator.eq)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__


def number_in(value: object) -> Decimal | None:
    """The number of a printed figure, or of a number; None for anything else."""
    if isinstance(value, (int, float, Decimal)):
        return Decimal(str(value))
    match = _FIGURE.fullmatch(value) if isinstance(value, str) else None
    return Decimal(match[1].replace(",", "")) if match else None


class Missing(Figure):
    """A value that nobody gave: prints as 【待补充：…】 and is false in a template's ``if``."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False


class Paragraphs(str):
    """A text whose lines are paragraphs of their own, not lines of one paragraph."""

    __slots__ = ()


def missing(what: str) -> Missing:
    """The mark 【待补充：what】; ``what`` is kept short and free of the closing bracket."""
    label = _BLANKS.sub("", what).replace("】", "〕").replace("【", "〔")
    if len(label) > _LONGEST_LABEL:
        label = label[:_LONGEST_LABEL] + "…"
    return Missing(f"【待补充：{label}】")


def tidy(text: str) -> str:
    """A label as one line: blanks and line breaks inside it gone."""
    return "".join(text.split())


def label_of(text: str) -> str:
    """A printed label without weight note, number and leading 其中: "一、产出指标\\n(50分)" → 产出指标."""
    return _LEADING.sub("", _NOTE.sub("", tidy(text))) or tidy(text)


def plain(value: Decimal) -> str:
    """A number without exponent, trailing zeros or negative zero: 185.170 → 185.17, 1E+2 → 100."""
    return f"{value.normalize():f}" if value else "0"


def amount(value: Decimal, unit: str) -> str:
    """An amount with its unit: 185.17万元, 469,515元. 元 is grouped in thousands, larger units are not."""
    rounded = round_half_up(value, PLACES.get(unit, 6)).normalize()
    if not rounded:
        return f"0{unit}"
    return f"{rounded:,f}{unit}" if unit == "元" else f"{rounded:f}{unit}"


def percent(ratio: Decimal) -> str:
    """A ratio as percent with at most two decimals: 0.771075 → 77.11%."""
    return plain(round_half_up(ratio * 100, 2)) + "%"


def points(value: Decimal) -> str:
    """A score with at most two decimals and its word: 7.71分."""
    return plain(round_half_up(value, 2)) + "分"


def earned(score: Decimal, weight: Decimal | None = None) -> str:
    """What was earned: 得7.71分, 没有得分, or 得满分 when it is all of ``weight``."""
    if not score:
        return "没有得分"
    return "得满分" if score == weight else f"得{points(score)}"


def day(value: Day) -> str:
    """A date in Chinese, as precise as it is known: 2023年3月14日, 2024年4月."""
    year = f"{value.year}年" if value.year else ""
    return f"{year}{value.month}月" + (f"{value.day}日" if value.day else "")


def quoted(text: str) -> str:
    """A name in Chinese quotation marks; inner ones become single."""
    return "“" + text.replace("“", "‘").replace("”", "’") + "”"


def listed(names: Sequence[str]) -> str:
    """Names joined by 、."""
    return "、".join(names)


def joined(clauses: Iterable[str]) -> str:
    """One sentence from the clauses that are not empty."""
    text = "，".join(clause for clause in clauses if clause)
    return f"{text}。" if text else ""


def sentence(text: str) -> str:
    """A user's text as a sentence: outer blanks gone, one full stop at its end."""
    stripped = text.strip().rstrip("，,;；、 ")
    if not stripped:
        return ""
    return stripped if stripped[-1] in "。！？…】.!?" else stripped + "。"


def clause(text: str) -> str:
    """A user's text as part of a longer sentence: one line, no full stop at its end."""
    return _BLANKS.sub(" ", text).strip().rstrip("。；;，,.、 ")


def both(first: str, second: str) -> Paragraphs:
    """Two texts as paragraphs, one of them when the other is empty or says the same."""
    parts = [first, second] if first != second else [first]
    return Paragraphs("\n".join(part for part in parts if part))


def share(part: Decimal, whole: Decimal) -> Decimal | None:
    """``part`` of ``whole`` as a ratio; None without a whole."""
    return part / whole if whole else None
