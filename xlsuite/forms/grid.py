"""What a host hands over: a snapshot of a workbook as plain values, before anything is understood.

Hosts build it, :mod:`xlsuite.forms.read` consumes it. Rows and columns are 1-based.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple


class CellError(str):
    """An error value as the cell shows it, for example ``#REF!``."""


Value = None | bool | Decimal | str | date | CellError


class Area(NamedTuple):
    """A rectangle, both corners included."""

    top: int
    left: int
    bottom: int
    right: int


class GridCell(NamedTuple):
    """One stored cell.

    ``value`` is the cached value of a formula cell (None when the file has none); ``text`` is what the user sees
    with the cell's number format, or "" for an empty cell; ``formula`` comes without its equals sign.
    """

    value: Value = None
    text: str = ""
    formula: str | None = None


@dataclass(slots=True)
class Grid:
    """One sheet. Only cells with a value or a formula are in ``cells``; cells inside a merge belong to its first."""

    name: str
    cells: dict[tuple[int, int], GridCell] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    notes: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass(slots=True)
class Book:
    """A workbook: every sheet in order, and what the host could not read, as Chinese sentences."""

    label: str
    sheets: list[Grid] = field(default_factory=list)
    sha256: str = ""
    remarks: list[str] = field(default_factory=list)
