"""Where rows and cells lie in the bytes of a sheet part.

Two ways: :func:`quick_spans` looks only for the cells asked for, in markup as spreadsheet programs usually write it;
:class:`Layout` parses the whole part and copes with prefixes, missing references, comments and CDATA.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from xml.parsers import expat

from xlsuite.core.errors import UnsafeWrite
from xlsuite.core.form import column_letters, column_number
from xlsuite.hosts.package.markup import parse, tag_stop

Place = tuple[int, int]
"""Row and column, 1-based."""

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_SLASH = ord("/")
_REPAIR = "请用表格软件打开并另存后再试，没有写入任何内容。"


class Span(NamedTuple):
    """Bytes of an element."""

    start: int
    stop: int


@dataclass(slots=True)
class Row:
    """A ``<row>``: bytes of the start tag and of the whole; ``inner == stop`` for an empty ``<row/>``."""

    number: int
    start: int
    inner: int
    outer: int
    stop: int
    attributes: dict[str, str]


def place_of(reference: str) -> Place:
    """Row and column of an address such as F12; UnsafeWrite when it is none."""
    found = _REFERENCE.fullmatch(reference)
    if not found:
        raise UnsafeWrite(f"工作表里有无法识别的单元格地址“{reference}”，" + _REPAIR)
    return int(found[2]), column_number(found[1])


def area_of(reference: str) -> tuple[Place, Place]:
    """Corners of a range such as A1:F12, or of a single address."""
    first, _, last = reference.partition(":")
    return place_of(first), place_of(last or first)


def a1(place: Place) -> str:
    """The address of a place."""
    return f"{column_letters(place[1])}{place[0]}"


@lru_cache(maxsize=256)
def _letters(column: int) -> bytes:
    return column_letters(column).encode()


def has_asides(xml: bytes) -> bool:
    """Whether there may be comments, CDATA or instructions besides the XML declaration.

    The rarer of their signs is looked for first, because every element begins with the other.
    """
    declaration = xml.find(b"?>") + 2 if xml.startswith(b"<?xml ") else 0
    instruction = xml.find(b"?", declaration)  # one byte is found many times faster than two
    return (b"!" in xml and b"<!" in xml) or (instruction >= 0 and xml.find(b"?>", instruction) >= 0)


def quick_spans(xml: bytes, places: Iterable[Place]) -> dict[Place, Span] | None:
    """Spans of the cells asked for; None when the markup is unusual or a cell is not there.

    The text ``<c r="F12"`` can only be that cell's start tag once comments, CDATA and instructions are excluded,
    because ``<`` is never written literally in values.
    """
    begin, end = xml.find(b"<sheetData>"), xml.rfind(b"</sheetData>")
    if begin < 0 or end < 0 or has_asides(xml):
        return None
    spans: dict[Place, Span] = {}
    position = begin
    for row, column in sorted(places):
        start = xml.find(b'<c r="%s%d"' % (_letters(column), row), position, end)
        if start < 0:
            return None
        tag = tag_stop(xml, start)
        position = tag if xml[tag - 2] == _SLASH else xml.find(b"</c>", tag, end) + 4
        if position < tag:
            return None
        spans[row, column] = Span(start, position)
    return spans


class Layout:
    """Every row and cell of a sheet part. UnsafeWrite when a row or cell is there twice."""

    def __init__(self, xml: bytes) -> None:
        self.rows: dict[int, Row] = {}
        self.cells: dict[Place, Span] = {}
        self.data: Row | None = None
        self.ascending = True
        self._xml = xml
        self._depth = 0
        self._open: list[tuple[int, int, dict[str, str]]] = []
        self._place = (0, 0)
        self._parser = expat.ParserCreate("utf-8")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        parse(self._parser, xml)
        if self.data is None:
            raise UnsafeWrite("工作表内部没有单元格区域，可能是图表页，无法写入。")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 3 and name.endswith("row") and self.data is None:
            self._open_row(attributes)
        elif self._depth == 4 and name.rpartition(":")[2] == "c" and len(self._open) == 2:
            self._open_cell(attributes)
        elif self._depth == 2 and name.rpartition(":")[2] == "sheetData":
            self._push(attributes)

    def _push(self, attributes: dict[str, str]) -> None:
        start = self._parser.CurrentByteIndex
        self._open.append((start, tag_stop(self._xml, start), attributes))

    def _open_row(self, attributes: dict[str, str]) -> None:
        if not self._open:
            return
        number = int(attributes.get("r") or self._place[0] + 1)
        if number in self.rows:
            raise UnsafeWrite(f"工作表里第 {number} 行重复出现，" + _REPAIR)
        self.ascending = self.ascending and number > self._place[0]
        self._place = (number, 0)
        self._push(attributes)

    def _open_cell(self, attributes: dict[str, str]) -> None:
        row, column = self._place
        place = place_of(attributes["r"]) if "r" in attributes else (row, column + 1)
        if place in self.cells or place[0] != row:
            raise UnsafeWrite(f"工作表里单元格 {a1(place)} 重复出现或不在自己的行内，" + _REPAIR)
        self.ascending = self.ascending and place[1] > column
        self._place = place
        self._push(attributes)

    def _end(self, name: str) -> None:
        depth, self._depth = self._depth, self._depth - 1
        local = name.rpartition(":")[2]
        if (depth, local, len(self._open)) not in ((4, "c", 3), (3, "row", 2), (2, "sheetData", 1)):
            return
        start, inner, attributes = self._open.pop()
        outer = stop = inner
        if self._xml[inner - 2 : inner] != b"/>":
            outer = self._parser.CurrentByteIndex
            stop = self._xml.index(b">", outer) + 1
        if depth == 4:
            self.cells[self._place] = Span(start, stop)
        elif depth == 3:
            self.rows[self._place[0]] = Row(self._place[0], start, inner, outer, stop, attributes)
        else:
            self.data = Row(0, start, inner, outer, stop, attributes)
