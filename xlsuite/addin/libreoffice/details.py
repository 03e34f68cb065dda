"""Colours, notes and fonts of LibreOffice cells as xlwings knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes
from xlwings import utils as _utils

if TYPE_CHECKING:
    from xlsuite.addin.libreoffice.ranges import Range

utils: Any = _utils


def rgb(number: int | None) -> tuple[int, int, int] | None:
    """A colour as xlwings gives it; None for none."""
    return None if number is None or number < 0 else (number >> 16 & 255, number >> 8 & 255, number & 255)


def colour_number(colour: Any) -> int:
    """A colour as LibreOffice takes it, -1 for none."""
    if isinstance(colour, str):
        colour = utils.hex_to_rgb(colour)
    return -1 if colour is None else colour[0] << 16 | colour[1] << 8 | colour[2]


class Note(base_classes.Note):
    """A cell's note."""

    def __init__(self, cell: Range) -> None:
        self.cell = cell

    @property
    def api(self) -> Any:
        """The UNO annotation."""
        return self.cell.head.getAnnotation()

    @property
    def text(self) -> str:
        """Its text."""
        return str(self.api.String)

    @text.setter
    def text(self, value: str) -> None:
        self.api.setString(value)

    @property
    def author(self) -> str:
        """Who wrote it."""
        return str(self.api.Author)

    @property
    def location(self) -> Range:
        """Its cell."""
        return self.cell

    def delete(self) -> None:
        """Remove it."""
        notes, own = self.cell.sheet.api.Annotations, self.cell.first
        for index, position in enumerate(note.Position for note in notes):
            if (position.Row + 1, position.Column + 1) == own:
                notes.removeByIndex(index)
                return


class Font(base_classes.Font):
    """A range's font."""

    def __init__(self, cells: Range) -> None:
        self.cells = cells

    @property
    def api(self) -> Any:
        """The UNO range."""
        return self.cells.api

    @property
    def bold(self) -> bool:
        """Whether it is bold."""
        return bool(self.api.CharWeight > 100)

    @bold.setter
    def bold(self, value: bool) -> None:
        weight = 150.0 if value else 100.0
        self.api.setPropertyValues(("CharWeight", "CharWeightAsian"), (weight, weight))

    @property
    def size(self) -> float:
        """Points."""
        return float(self.api.CharHeight)

    @size.setter
    def size(self, value: float) -> None:
        self.api.setPropertyValues(("CharHeight", "CharHeightAsian"), (float(value), float(value)))

    @property
    def name(self) -> str:
        """The font's name."""
        return str(self.api.CharFontNameAsian)

    @name.setter
    def name(self, value: str) -> None:
        self.api.setPropertyValues(("CharFontName", "CharFontNameAsian"), (value, value))

    @property
    def color(self) -> tuple[int, int, int]:
        """The colour."""
        return rgb(self.api.CharColor) or (0, 0, 0)

    @color.setter
    def color(self, value: Any) -> None:
        self.api.CharColor = colour_number(value)
