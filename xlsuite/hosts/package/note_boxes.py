"""The drawing part that gives every note its box, in the VML that spreadsheet programs still use for notes.

Such parts need not be well-formed (programs write ``<br>`` into button texts), so they are searched and extended as
text.
"""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from xlsuite.core.errors import UnsafeWrite
from xlsuite.hosts.package.look import display_width
from xlsuite.hosts.package.markup import from_utf8, to_utf8
from xlsuite.hosts.package.sheet_layout import Place
from xlsuite.hosts.package.sheet_patch import SheetPatch

_NAMESPACES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_BLOCKS = re.compile(rb"(<o:idmap\b[^>]*?\bdata\s*=\s*[\"'])([0-9, ]*)([\"'])")
_SHAPE_NUMBER = re.compile(rb"_x0000_s([0-9]+)")
_SHAPE = re.compile(rb"<v:shape\b(?:(?!</v:shape>).)*?</v:shape>\s*", re.DOTALL)
_NOTE = re.compile(rb"ObjectType\s*=\s*[\"']Note[\"']")
_ROW = re.compile(rb"<x:Row>\s*([0-9]+)\s*</x:Row>")
_COLUMN = re.compile(rb"<x:Column>\s*([0-9]+)\s*</x:Column>")
_BLOCK_SIZE = 1024
"""Shape numbers come in blocks of that size, each owned by one drawing of the workbook."""

_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)

_WIDTH, _LINE, _MARGIN = 300, 17, 14
"""Size of a note box in pixels: its width, a line of text, and the room around it."""
_HALF_WIDTHS_PER_LINE = 46
_MOST_LINES = 22


class Corner(NamedTuple):
    """A corner of a box: 0-based column and row, with offsets into them in pixels."""

    column: int
    x: int
    row: int
    y: int


Box = tuple[Corner, Corner]


class NoteBoxes:
    """A drawing part and the note boxes added to it or removed from it."""

    def __init__(self, raw: bytes) -> None:
        self._text, self._codec = to_utf8(raw)

    @classmethod
    def empty(cls, block: int) -> NoteBoxes:
        """A new drawing that owns that block of shape numbers."""
        names = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
        layout = f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{block}"/></o:shapelayout>'
        return cls(f"<xml {names}>{layout}{_SHAPE_TYPE}</xml>".encode())

    def blocks(self) -> list[int]:
        """The blocks of shape numbers this drawing owns or uses."""
        stated = [int(n) for found in _BLOCKS.finditer(self._text) for n in found[2].replace(b",", b" ").split()]
        return stated + [int(n) // _BLOCK_SIZE for n in _SHAPE_NUMBER.findall(self._text)]

    @property
    def empty_now(self) -> bool:
        """Whether no shape is left in the drawing."""
        return not re.search(rb"<v:(?:shape|group|rect|oval|line|image|roundrect)[\s>]", self._text)

    def add(self, place: Place, box: Box, colour: str) -> None:
        """Give the note of a cell its box, hidden until pointed at."""
        head = self._text[: self._text.find(b">", self._text.find(b"<xml")) + 1]
        missing = "".join(
            f' xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items() if f"xmlns:{prefix}".encode() not in head
        )
        shape = _shape_markup(self._next_number(), place, box, colour).replace("<v:shape ", f"<v:shape{missing} ", 1)
        if b'_x0000_t202"' not in self._text and b"_x0000_t202'" not in self._text:
            shape = _SHAPE_TYPE.replace("<v:shapetype ", f"<v:shapetype{missing} ", 1) + shape
        at = self._text.rfind(b"</xml")
        if at < 0:
            raise UnsafeWrite("批注图形部件的结构特殊，无法添加批注，请用表格软件另存一份再试。")
        self._text = self._text[:at] + shape.encode() + self._text[at:]

    def _next_number(self) -> int:
        """The next free shape number; a full block is followed by one more, stated in the drawing."""
        numbers = [int(n) for n in _SHAPE_NUMBER.findall(self._text)]
        blocks = self.blocks() or [1]
        number = max(numbers) + 1 if numbers else blocks[0] * _BLOCK_SIZE + 1
        if number % _BLOCK_SIZE == 0:
            number += 1
        block = number // _BLOCK_SIZE
        stated = _BLOCKS.search(self._text)
        if stated and str(block).encode() not in stated[2].replace(b",", b" ").split():
            self._text = _BLOCKS.sub(rb"\g<1>\g<2>,%d\g<3>" % block, self._text, count=1)
        return number

    def remove(self, place: Place) -> None:
        """Take the box of a cell's note out."""
        for found in _SHAPE.finditer(self._text):
            shape = found[0]
            row, column = _ROW.search(shape), _COLUMN.search(shape)
            if _NOTE.search(shape) and row and column and (int(row[1]) + 1, int(column[1]) + 1) == place:
                self._text = self._text[: found.start()] + self._text[found.end() :]
                return

    def result(self) -> bytes:
        """The part with the changes."""
        return from_utf8(self._text, self._codec)


def _shape_markup(number: int, place: Place, box: Box, colour: str) -> str:
    first, last = box
    anchor = ", ".join(str(n) for n in (*first, *last))
    style = f"position:absolute;width:{_WIDTH}px;height:80px;z-index:{number};visibility:hidden"
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="{style}" fillcolor="#{colour}" o:insetmode="auto">'
        f'<v:fill color2="#{colour}"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{place[0] - 1}</x:Row><x:Column>{place[1] - 1}</x:Column></x:ClientData></v:shape>"
    )


def place_box(patch: SheetPatch, place: Place, text: str) -> Box:
    """A box to the right of the cell, large enough for the text whatever the sheet's rows and columns measure."""
    height = _MARGIN + _LINE * min(_MOST_LINES, sum(_lines(line) for line in text.split("\n")))
    column, x = _advance(_Widths(patch), place[1], 15 + _WIDTH)
    top = max(0, place[0] - 1)
    row, y = _advance(_Heights(patch), top, 4 + height)
    return Corner(place[1], 15, top, 4), Corner(column, x, row, y)


def _lines(text: str) -> int:
    return max(1, math.ceil(display_width(text) / _HALF_WIDTHS_PER_LINE))


class _Widths:
    """Column widths in pixels, by 0-based index."""

    def __init__(self, patch: SheetPatch) -> None:
        self._default = round(_number(patch, "defaultColWidth", 9.14) * 7)
        columns = patch.outline.child("cols")
        self._own = [node.attributes for node in columns.children] if columns else []

    def __getitem__(self, index: int) -> int:
        for item in self._own:
            if int(item["min"]) <= index + 1 <= int(item["max"]):
                hidden = item.get("hidden") in ("1", "true")
                return 0 if hidden else round(float(item.get("width") or 9.14) * 7 + 5)
        return self._default


class _Heights:
    """Row heights in pixels, by 0-based index."""

    def __init__(self, patch: SheetPatch) -> None:
        self._default = _number(patch, "defaultRowHeight", 15)
        self._rows = patch.layout.rows

    def __getitem__(self, index: int) -> int:
        row = self._rows.get(index + 1)
        attributes = row.attributes if row else {}
        if attributes.get("hidden") in ("1", "true"):
            return 0
        return round(float(attributes.get("ht") or self._default) * 4 / 3)


def _number(patch: SheetPatch, name: str, usual: float) -> float:
    node = patch.outline.child("sheetFormatPr")
    try:
        return float(node.attributes.get(name) or usual) if node else usual
    except ValueError:
        return usual


def _advance(sizes: _Widths | _Heights, index: int, distance: int) -> tuple[int, int]:
    """Where one arrives after that many pixels from the start of an index: index and offset into it."""
    for _ in range(400):
        size = sizes[index]
        if distance < size:
            return index, distance
        distance -= size
        index += 1
    return index, 0
