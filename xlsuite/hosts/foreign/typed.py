"""Cells from sources that know only text (web pages, separated text), typed as a spreadsheet would on opening them."""

from __future__ import annotations

import re
from decimal import Decimal

from xlsuite.forms.grid import CellError, GridCell
from xlsuite.hosts import limits
from xlsuite.hosts.display import exact

_NUMBER = re.compile(r"([-+]?)((?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?|\.\d+)(%?)", re.ASCII)
_ERRORS = frozenset({"#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#N/A", "#NULL!"})
_MOST_DIGITS = 15
"""Longer numbers are identity or account numbers; a spreadsheet would spoil them."""


def typed_cell(text: str) -> GridCell:
    """The cell for a text as displayed: numbers, percents and errors get their value, the text stays as it was."""
    text = text.strip(" \t\n\u00a0")
    limits.TEXT_CHARACTERS.check(len(text))
    if not text:
        return GridCell()
    number = number_of(text)
    if number is not None:
        return GridCell(number, text)
    return GridCell(CellError(text) if text in _ERRORS else text, text)


def number_of(text: str) -> Decimal | None:
    """The number a spreadsheet would make of the text: 1,234.50 and 77.11% are numbers, 007 and 16 digits are not."""
    found = _NUMBER.fullmatch(text)
    if not found:
        return None
    digits = found[2].replace(",", "")
    if "." not in digits and len(digits) > _MOST_DIGITS:
        return None
    number = exact(float(found[1] + digits))
    return number.scaleb(-2) if found[3] else number
