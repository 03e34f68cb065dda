"""Ranges: 90%-95%, 3至5个, 90≤x<95, [90,95), ≥90%且≤95%."""

from __future__ import annotations

import re
from decimal import Decimal

from xlsuite.core.decimals import MAX_DIGITS
from xlsuite.core.measures import Measure
from xlsuite.core.operators import OPERATOR, OPERATORS
from xlsuite.core.units import unit_at_head

NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d{1,4}(?:,\d{4})+|\d+)(?:\.\d+)?|\.\d+"
"""A number with properly placed thousand separators."""

_SPAN = re.compile(
    rf"(?:控制在|保持在|介于|在|为|达到|达)?(?P<low>{NUMBER})(?P<unit>[^\d\-—–~至到≤<]{{0,4}})"
    rf"(?P<join>[-—–~]+|至|到)(?P<high>{NUMBER})(?P<rest>\D*)"
)
_CHAIN = re.compile(rf"(?P<low>{NUMBER})(?P<unit>[^\d≤<]{{0,3}})[≤<][^\d≤<]{{0,8}}[≤<](?P<high>{NUMBER})(?P<rest>\D*)")
_BRACKETS = re.compile(rf"[\[(](?P<low>{NUMBER})(?P<unit>%?)[,~-](?P<high>{NUMBER})(?P<rest>%?)[\])]")
_BOUNDS = re.compile(
    rf"(?P<a>{OPERATOR})(?P<x>{NUMBER})(?P<unit>\D{{0,4}}?)[,;、且并和及]*(?P<b>{OPERATOR})(?P<y>{NUMBER})(?P<rest>\D*)"
)
_TAIL = re.compile(r"(?:之间|区间|范围|以内|之内|内)*")
_INCLUDED = re.compile(r"\(不?含(?:本数)?\)")
_NAMED_YEARS = re.compile(r"(?:19|20)\d\d(?:\.\d{1,2})?")


def number_of(digits: str) -> Decimal | None:
    """The value of matched digits; None for codes such as 007 and for more digits than any quantity has."""
    plain = digits.replace(",", "")
    if len(plain) > MAX_DIGITS or (len(plain) > 1 and plain[0] == "0" and plain[1] != "."):
        return None
    return Decimal(plain)


def parse_range(plain: str) -> Measure | None:
    """The range a text in standard spelling is, or None."""
    plain = _INCLUDED.sub("", plain)
    for form in (_SPAN, _CHAIN, _BRACKETS):
        match = form.fullmatch(plain)
        if match:
            dashed = form is _SPAN and match["join"] not in ("至", "到")
            return _range((match["low"], match["high"]), match["unit"], match["rest"], dashed)
    match = _BOUNDS.fullmatch(plain)
    if match is None:
        return None
    first, second = OPERATORS[match["a"]], OPERATORS[match["b"]]
    if first in "≥>" and second in "≤<":
        return _range((match["x"], match["y"]), match["unit"], match["rest"])
    if first in "≤<" and second in "≥>":
        return _range((match["y"], match["x"]), match["unit"], match["rest"])
    return None


def _range(ends: tuple[str, str], low_unit: str, rest: str, dashed: bool = False) -> Measure | None:
    low, high = number_of(ends[0]), number_of(ends[1])
    unit, rest = unit_at_head(rest)
    if low is None or high is None or low >= high or low_unit not in ("", unit) or not _TAIL.fullmatch(rest):
        return None
    if unit in ("", "年") and (len(ends[1]) > 6 or all(_NAMED_YEARS.fullmatch(end) for end in ends)):
        return None
    maybe_a_day = dashed and not unit and low <= 12 and high <= 31
    return Measure("range", "", low, high, unit, strict=not maybe_a_day)
