"""Reading what people type: numbers, amounts, percents, dates, operators and words, in any width and spacing.

Numbers become :class:`~decimal.Decimal`; nothing is ever guessed: what is not understood stays text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Literal, NamedTuple

Kind = Literal["blank", "na", "number", "range", "date", "word"]

_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]+")
_PLACEHOLDER = re.compile(r"^[-—–―_/\\*.·…~。、]*$")


@lru_cache(maxsize=8192)
def squeeze(text: str) -> str:
    """Text for comparison: NFKC (full-width becomes half-width), every blank and invisible character removed."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


def is_placeholder(text: str) -> bool:
    """Whether an entry says nothing: empty, or only marks such as — / … *."""
    return not text or bool(_PLACEHOLDER.match(squeeze(text)))


class Day(NamedTuple):
    """A calendar date as written; ``year`` and ``day`` are None where the text leaves them open."""

    year: int | None
    month: int
    day: int | None


@dataclass(frozen=True, slots=True)
class Measure:
    """A target or an actual value, parsed.

    ``number`` is in the printed unit (95 for "95%", with ``unit`` "%"); ``upper`` closes a range. ``operator`` is one of
    ≥ > ≤ < = or "" when the text has none. ``day`` is set for dates. ``strict`` is False when the number was picked out of
    a longer phrase, so that it is evidence but no proof. ``word`` is the squeezed text of a qualitative value.
    """

    kind: Kind
    operator: str = ""
    number: Decimal | None = None
    upper: Decimal | None = None
    unit: str = ""
    day: Day | None = None
    word: str = ""
    strict: bool = True


BLANK = Measure("blank")


def parse_decimal(text: str) -> Decimal | None:
    """The number of a cell text, or None. Accepts thousand separators, full-width digits and inner blanks."""
    plain = squeeze(text).replace(",", "").replace("−", "-")
    if not re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)", plain):
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def round_half_up(value: Decimal, places: int) -> Decimal:
    """Commercial rounding (四舍五入), the only rounding the product uses."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def parse_measure(text: str, nature: str = "", unit: str = "") -> Measure:
    """Parse a target or actual value; ``nature`` and ``unit`` come from separate columns where a form has them."""
    raise NotImplementedError
