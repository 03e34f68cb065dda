"""Formula texts of a sheet, shared formulas included."""

from __future__ import annotations

import re

from xlsuite.core.form import column_letters, column_number
from xlsuite.forms.grid import GridCell
from xlsuite.hosts.limits import MAX_COLUMN, MAX_ROW
from xlsuite.hosts.package.strings import cell_text

UNKNOWN = "…"
"""Stands for a formula whose text the file does not give in a form we read; the cell is a formula all the same."""

_SHARED_INDEX = re.compile(rb'\ssi="([0-9]+)"')
_PIECE = re.compile(
    r"""
    "(?:[^"]|"")*"                                   # a text
  | '(?:[^']|'')*'!?                                 # a quoted sheet name
  | \[[^\]]*\]                                       # a table column or another workbook
  | (?<![\w.$])(\$?)([A-Z]{1,3})(\$?)([0-9]{1,7})(?![\w(.!])   # a cell
  | (?<![\w.$:])(\$?)([A-Z]{1,3}):(\$?)([A-Z]{1,3})(?![\w(.!]) # whole columns
  | (?<![\w.$:])(\$?)([0-9]{1,7}):(\$?)([0-9]{1,7})(?![\w(.!]) # whole rows
    """,
    re.VERBOSE,
)
_TAG_END = ord(">")
Place = tuple[int, int]


class Formulas:
    """Turns what a sheet stores into formula texts without equals sign; remembers the shared ones."""

    __slots__ = ("_shared", "uncached")

    def __init__(self) -> None:
        self.uncached: list[Place] = []
        self._shared: dict[bytes, tuple[Place, str]] = {}

    def cell(self, result: GridCell, place: Place, raw: bytes) -> GridCell:
        """The cell at ``place`` with its formula.

        ``raw`` is what the sheet stores after ``<f``: attributes, ``>`` and the text, or attributes and ``/>``.
        """
        if raw[0] == _TAG_END and b"&" not in raw and b"_" not in raw and raw.isascii():
            text: str | None = raw[1:].decode("ascii")
        else:
            attributes, _, stored = raw.partition(b">")
            text = self._text(place, attributes, cell_text(stored))
        return self.known(result, place, text) if text else result

    def known(self, result: GridCell, place: Place, text: str) -> GridCell:
        """The cell of a formula whose text is known; remembers it when its result was not stored."""
        if result[0] is None:
            self.uncached.append(place)
        return GridCell(result[0], result[1], text)

    def _text(self, place: Place, attributes: bytes, text: str) -> str | None:
        if b't="' not in attributes:
            return text
        if b't="shared"' in attributes:
            found = _SHARED_INDEX.search(attributes)
            return self.shared(place, found[1] if found else b"", text)
        return text or UNKNOWN

    def shared(self, place: Place, index: bytes, text: str) -> str:
        """The formula of a cell that shares one: the first cell gives the text, the others move its references."""
        if text:
            self._shared[index] = place, text
            return text
        if index not in self._shared:
            return UNKNOWN
        first, master = self._shared[index]
        return moved(master, place[0] - first[0], place[1] - first[1])


def moved(formula: str, rows: int, columns: int) -> str:
    """The formula as it reads ``rows`` further down and ``columns`` further right."""

    def shifted(found: re.Match[str]) -> str:
        groups = found.groups()
        if groups[1]:
            return _column(groups[0], groups[1], columns) + _row(groups[2], groups[3], rows)
        if groups[5]:
            return f"{_column(groups[4], groups[5], columns)}:{_column(groups[6], groups[7], columns)}"
        if groups[9]:
            return f"{_row(groups[8], groups[9], rows)}:{_row(groups[10], groups[11], rows)}"
        return found[0]

    return _PIECE.sub(shifted, formula)


def _column(fixed: str, letters: str, by: int) -> str:
    # References that leave the sheet come in again at its other side, as in Excel.
    return fixed + (letters if fixed else column_letters((column_number(letters) - 1 + by) % MAX_COLUMN + 1))


def _row(fixed: str, digits: str, by: int) -> str:
    return fixed + (digits if fixed else str((int(digits) - 1 + by) % MAX_ROW + 1))
