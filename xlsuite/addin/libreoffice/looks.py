"""How LibreOffice cells look, as xlwings asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from xlwings import base_classes

from xlsuite.addin.libreoffice.bridge import import_uno
from xlsuite.addin.libreoffice.details import Font, colour_number, rgb

if TYPE_CHECKING:
    from xlsuite.addin.libreoffice.ranges import Range
    from xlsuite.addin.libreoffice.sheets import Sheet

_ALIGNMENTS = {"left": "LEFT", "center": "CENTER", "right": "RIGHT", "general": "STANDARD"}
_POINT, _CHARACTER = 35.28, 195.0
"""Hundredths of a millimetre in a point, and roughly in a character of Excel's column width."""


class Looks(base_classes.Range):
    """The part of a range that is about its appearance."""

    sheet: Sheet

    def _whole(self) -> Range:
        """This range; only ranges have looks."""
        return cast("Range", self)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """The fill."""
        return rgb(self.api.CellBackColor)

    @color.setter
    def color(self, value: Any) -> None:
        self.sheet.forget_looks()
        self.api.CellBackColor = colour_number(value)

    @property
    def number_format(self) -> str | None:
        """The code of the number format; None when the cells differ."""
        codes = {code for *_, code in self.sheet.number_format_areas(self._whole())}
        return codes.pop() if len(codes) == 1 else None

    @number_format.setter
    def number_format(self, code: str) -> None:
        self.sheet.forget_looks()
        formats = self.sheet.book.api.NumberFormats
        locale = import_uno().createUnoStruct("com.sun.star.lang.Locale", "en", "US", "")
        key = formats.queryKey(code, locale, False)
        self.api.NumberFormat = formats.addNew(code, locale) if key == -1 else key

    @property
    def font(self) -> Font:
        """The font."""
        return Font(self._whole())

    @property
    def wrap_text(self) -> bool:
        """Whether text is wrapped."""
        return bool(self.api.IsTextWrapped)

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self.api.IsTextWrapped = value

    @property
    def horizontal_alignment(self) -> str:
        """left, center, right or general."""
        name = self.api.HoriJustify.value
        return next((key for key, own in _ALIGNMENTS.items() if own == name), "general")

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        self.api.HoriJustify = import_uno().Enum("com.sun.star.table.CellHoriJustify", _ALIGNMENTS[value])

    @property
    def vertical_alignment(self) -> str:
        """top, center or bottom."""
        return {1: "top", 2: "center"}.get(int(self.api.VertJustify), "bottom")

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        self.api.VertJustify = {"top": 1, "center": 2}.get(value, 3)

    @property
    def column_width(self) -> float:
        """Width of the first column in characters."""
        return float(self.api.Columns.getByIndex(0).Width) / _CHARACTER

    @column_width.setter
    def column_width(self, value: float) -> None:
        self.api.Columns.Width = round(value * _CHARACTER)

    @property
    def row_height(self) -> float:
        """Height of the first row in points."""
        return float(self.api.Rows.getByIndex(0).Height) / _POINT

    @row_height.setter
    def row_height(self, value: float) -> None:
        self.api.Rows.Height = round(value * _POINT)

    @property
    def row_hidden(self) -> bool | None:
        """Whether the rows are hidden; None when some are."""
        hidden = self.sheet.hidden_rows(self._whole())
        return True if len(hidden) == self.shape[0] else None if hidden else False

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self.api.Rows.IsVisible = not value

    @property
    def column_hidden(self) -> bool | None:
        """Whether the columns are hidden; None when some are."""
        hidden = self.sheet.hidden_columns(self._whole())
        return True if len(hidden) == self.shape[1] else None if hidden else False

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        self.api.Columns.IsVisible = not value
