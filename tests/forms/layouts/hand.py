"""The habits of the person who fills in a form: line breaks, blanks, full width, how numbers are written."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from .points import rounded, trimmed

WIDE = str.maketrans("():/", "（）：／")


@dataclass(slots=True)
class Hand:
    """Habits, constant within a form. ``rng`` decides where a label is broken."""

    rng: random.Random
    breaks: float = 0.3
    blanks: float = 0.1
    wide: bool = True
    zero: str = "0"
    money: str = ""
    rate: str = "format2"
    score: str = "number"
    weight: str = "number"
    nothing: str = ""
    values: str = "text"
    unit: str = "万元"

    @classmethod
    def draw(cls, rng: random.Random) -> Hand:
        """A random person."""
        return cls(
            rng=rng,
            breaks=rng.choice((0.0, 0.15, 0.6)),
            blanks=rng.choice((0.0, 0.05, 0.25)),
            wide=rng.random() < 0.8,
            zero=rng.choice(("0", "0", "", "", "—", "0.00")),
            money=rng.choice(
                ("", "", "", "0.00", "0.00", "0.00", "#,##0.00", "text", "text", "comma-text", "unit-text")
            ),
            rate=rng.choice(("format2", "format2", "text2", "text2", "format0", "text0", "number", "text1", "ratio")),
            score=rng.choice(("number", "number", "0.00", "0.0#", "text", "points")),
            weight=rng.choice(("number", "number", "number", "text", "points")),
            nothing=rng.choice(("", "", "—", "/", "-", "——")),
            values=rng.choice(("text", "text", "text", "numbers", "mixed")),
        )

    def label(self, text: str) -> str:
        """A label as typed: full or half width brackets, sometimes broken over lines or spaced out."""
        if self.wide:
            text = text.translate(WIDE)
        pure = text.replace("\n", "")
        if len(pure) == len(text) and len(text) >= 4 and self.rng.random() < self.breaks:
            where = self.rng.randint(2, len(text) - 2)
            text = f"{text[:where]}\n{text[where:]}"
        if self.rng.random() < self.blanks:
            text = "  ".join(text) if len(text) <= 3 else f"{text} " if self.rng.random() < 0.5 else f"　{text}"
        return text

    def amount(self, value: Decimal) -> tuple[Any, str, Any]:
        """(cell value, number format, meaning) of a sum of money."""
        if value == 0 and self.zero != "0":
            return (Decimal(0), "0.00", Decimal(0)) if self.zero == "0.00" else (self.zero or None, "", None)
        if self.money == "unit-text":
            return f"{trimmed(value)}{self.unit}", "", value
        if self.money == "text":
            return trimmed(value), "", value
        if self.money == "comma-text":
            return f"{value:,f}", "", value
        if self.money in ("0.00", "#,##0.00") and value != rounded(value, 2):
            return value, "", value
        return value, self.money, value

    def ratio(self, value: Decimal, heading: str = "") -> tuple[Any, str, Any]:
        """(cell value, number format, meaning as a ratio) of an execution rate under a heading."""
        style = self.rate
        if style == "ratio" and ("%" in heading or "％" in heading):
            style = "number"
        if style == "number":
            return value * 100, "", value
        if style == "ratio":
            return value, "", value
        places = int(style[-1])
        short = rounded(value, places + 2)
        if style.startswith("text"):
            return f"{short * 100:.{places}f}%", "", short
        return value, "0%" if places == 0 else f"0.{'0' * places}%", value

    def measured(self, kind: str, value: Any, unit: str, text: str, bare: bool) -> tuple[Any, str]:
        """(cell value, number format) of a target or actual: typed as text, or as a number or date where Excel has one.

        ``bare`` values carry no operator, so a number says the same.
        """
        if self.values == "text" or not bare or (self.values == "mixed" and self.rng.random() < 0.5):
            return text or None, ""
        if isinstance(value, tuple):
            return date(*value), self.rng.choice(("yyyy-mm-dd", "yyyy年m月d日"))
        if not isinstance(value, Decimal):
            return text or None, ""
        if unit == "%":
            return value / 100, "0%" if value == int(value) else "0.00%"
        return (value, "") if kind in ("count", "money") else (text, "")

    def points(self, value: Decimal | None, style: str) -> tuple[Any, str, Any]:
        """(cell value, number format, meaning) of a weight or score."""
        if value is None:
            return None, "", None
        if style == "points":
            return f"{trimmed(value)}分", "", value
        if style == "text":
            return trimmed(value), "", value
        if style == "0.00":
            return value, "0.00", value
        return value, "", value
