"""A new value in the manner of the old one: text stays text, a percent cell gets a ratio, a label keeps its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from xlsuite.core.form import Cell
from xlsuite.core.values import parse_decimal, printed_places, round_half_up
from xlsuite.forms.entries import HUNDRED

_NUMBER = re.compile(r"[-+－＋]?[\d０-９][\d０-９,，]*(?:[.．][\d０-９]+)?")
_FINE = 6
"""Decimals of a ratio in a cell with a percent format: finer than the format shows."""


def as_number(cell: Cell[Decimal], value: Decimal) -> Decimal | str:
    """Points for a cell: a number where a number was, else the old text with the new number in it."""
    if not isinstance(cell.stored, str) or not cell.stored.strip():
        return value
    return _inside(cell, f"{value.normalize():f}", value)


def as_rate(cell: Cell[Decimal], ratio: Decimal) -> Decimal | str:
    """A rate for a cell. An empty cell gets text with a %, because its number format is not known."""
    percent = round_half_up(ratio * HUNDRED, max(2, printed_places(cell.text) or 0))
    if cell.stored is None or (isinstance(cell.stored, str) and not cell.stored.strip()):
        return f"{percent}%"
    if isinstance(cell.stored, str):
        marked = "%" in cell.text or "％" in cell.text
        scaled = marked or (cell.value is not None and printed_number(cell.text) != cell.value)
        return _inside(cell, f"{percent}" if scaled else f"{round_half_up(ratio, 4)}", ratio)
    if "%" in cell.text:
        return round_half_up(ratio, _FINE)
    return percent if cell.value is not None and cell.stored != cell.value else round_half_up(ratio, 4)


def as_word(cell: Cell[str], grade: str, synonyms: Mapping[str, str]) -> str:
    """A grade for a cell, as long a word as the old one (优秀 → 良好), in the place of the old one."""
    old = (cell.value or "").strip()
    word = grade
    if len(old) > 1:
        word = next((one for one, meaning in synonyms.items() if meaning == grade and len(one) == len(old)), grade)
    whole = cell.stored if isinstance(cell.stored, str) else ""
    return _replaced(whole, old, word) if old and old in whole else word


def printed_number(text: str) -> Decimal | None:
    """The first number in a text, as printed."""
    found = _NUMBER.search(text)
    return parse_decimal(found[0]) if found else None


def _inside(cell: Cell[Decimal], number: str, value: Decimal) -> Decimal | str:
    """The whole stored text with the number of the entry exchanged; the plain value when it holds none."""
    whole = str(cell.stored)
    found = _NUMBER.search(cell.text)
    if found is None:
        return value
    if cell.text and cell.text != whole:
        entry = cell.text[: found.start()] + number + cell.text[found.end() :]
        return _replaced(whole, cell.text, entry)
    return whole[: found.start()] + number + whole[found.end() :]


def _replaced(whole: str, old: str, new: str) -> str:
    """The last occurrence of a part exchanged: the entry stands behind its label."""
    head, _, tail = whole.rpartition(old)
    return head + new + tail
