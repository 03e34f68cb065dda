"""Fills of cells as data: what marking found, kept so that clearing can put it back."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xlsuite.hosts.package.look import solid_fill

_COLOUR = re.compile(r'<fgColor rgb="(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})"')
_THEME = re.compile(r'<fgColor theme="(\d+)"(?: tint="([-+0-9.eE]+)")?')
_PATTERN = re.compile(r'patternType="(\w+)"')
_PATTERNS = {
    "darkGray": "-4126",
    "mediumGray": "-4125",
    "lightGray": "-4124",
    "gray125": "17",
    "gray0625": "18",
    "darkHorizontal": "-4128",
    "darkVertical": "-4166",
    "darkDown": "-4121",
    "darkUp": "-4162",
    "darkGrid": "9",
    "darkTrellis": "10",
    "lightHorizontal": "11",
    "lightVertical": "12",
    "lightDown": "13",
    "lightUp": "14",
    "lightGrid": "15",
    "lightTrellis": "16",
}
"""Pattern names of the file format and Excel's numbers for them."""
_NAMES = {number: name for name, number in _PATTERNS.items()}


@dataclass(frozen=True, slots=True)
class Fill:
    """A fill: an RRGGBB ``colour``, or a ``theme`` colour (0-based) with its ``tint``; empty without either."""

    colour: str = ""
    theme: int | None = None
    tint: float = 0.0
    pattern: str = "solid"

    @classmethod
    def of(cls, rgb: tuple[int, int, int] | None) -> Fill:
        """The fill of a colour as xlwings gives it."""
        return cls() if rgb is None else cls(colour="".join(f"{part:02X}" for part in rgb))

    @property
    def empty(self) -> bool:
        """Whether nothing is filled."""
        return not self.colour and self.theme is None

    @property
    def rgb(self) -> tuple[int, int, int] | None:
        """The colour as xlwings takes it."""
        if not self.colour:
            return None
        return int(self.colour[:2], 16), int(self.colour[2:4], 16), int(self.colour[4:], 16)

    def markup(self) -> str:
        """The ``<fill>`` a workbook file would store, "" for none."""
        if self.theme is not None:
            tint = f' tint="{self.tint!r}"' if self.tint else ""
            return f'<fill><patternFill patternType="solid"><fgColor theme="{self.theme}"{tint}/></patternFill></fill>'
        if self.empty:
            return ""
        return solid_fill(self.colour).replace('"solid"', f'"{_NAMES.get(self.pattern, "solid")}"')

    @classmethod
    def from_markup(cls, markup: str) -> Fill:
        """The fill that a record of a marked cell describes."""
        kind = _PATTERN.search(markup)
        if kind is None or kind[1] == "none":
            return cls()
        pattern = _PATTERNS.get(kind[1], "solid")
        theme = _THEME.search(markup)
        if theme:
            return cls(theme=int(theme[1]), tint=float(theme[2] or 0), pattern=pattern)
        colour = _COLOUR.search(markup)
        return cls(colour=colour[1].upper() if colour else "000000", pattern=pattern)
