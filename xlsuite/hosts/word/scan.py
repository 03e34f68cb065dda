"""One walk over a Word text part: every paragraph with its text, and where in the bytes each piece of it stands.

What a reader does not see is no text: deletions under change tracking, field codes, hidden runs, and the fallback copy
of drawings. Insertions under change tracking count as accepted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from xlsuite.core.errors import UnreadableFile
from xlsuite.hosts.package.markup import tag_stop

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_UNSEEN = {
    "del",
    "moveFrom",
    "instrText",
    "delText",
    "delInstrText",
    "footnoteReference",
    "pPrChange",
    "rPrChange",
    "sectPr",
    "ruby",
}
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
DAMAGED = "Word 文件的内部结构已损坏，请用 Word 或 WPS 打开并另存后再试。"


@dataclass(slots=True)
class Piece:
    """Text of one element of a run. ``start:stop`` are its characters in the paragraph's text.

    ``inner:outer`` is the content of its ``w:t`` in bytes, equal for signs such as tabs; ``run`` is the run it is in.
    """

    start: int
    stop: int
    inner: int
    outer: int
    run: Run


@dataclass(slots=True)
class Run:
    """A run: ``start:stop`` in bytes, and the bytes of its properties (empty slice without)."""

    start: int
    stop: int = 0
    properties: slice = field(default_factory=lambda: slice(0, 0))


@dataclass(slots=True)
class Scanned:
    """A paragraph as it stands in the file.

    ``style`` is its style id, ``numbering`` its own (numId, level), ``outline`` its own outline level; None when unset.
    ``place`` is (table, row, cell) of the innermost table, None outside. ``outer`` is the number of the paragraph whose
    text box it lies in.
    """

    number: int
    text: str = ""
    pieces: list[Piece] = field(default_factory=list)
    style: str = ""
    numbering: tuple[str | None, int | None] = (None, None)
    outline: int | None = None
    place: tuple[int, int, int] | None = None
    picture: bool = False
    outer: int | None = None


@dataclass(slots=True)
class CellSpan:
    """How many columns a table cell covers, and whether it goes on from the cell above."""

    span: int = 1
    continued: bool = False


@dataclass(slots=True)
class _Table:
    index: int
    row: int = -1
    cell: int = -1


def scan(xml: bytes) -> tuple[list[Scanned], list[list[list[CellSpan]]]]:
    """Paragraphs in order of their beginning, and the cells of every table. ``xml`` is UTF-8.

    UnreadableFile when the part is not well-formed or declares a document type.
    """
    walker = _Walker(xml)
    try:
        walker.parser.Parse(xml, True)
    except expat.ExpatError:
        raise UnreadableFile(DAMAGED) from None
    return walker.paragraphs, walker.tables


class _Walker:
    def __init__(self, xml: bytes) -> None:
        self.xml = xml
        self.paragraphs: list[Scanned] = []
        self.tables: list[list[list[CellSpan]]] = []
        self._open: list[Scanned] = []
        self._runs: list[Run] = []
        self._table: list[_Table] = []
        self._unseen = 0
        self._hidden = False
        self._text_at = -1
        self._waiting = ""
        self._depth_of_properties = 0
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._no_doctype

    def _no_doctype(self, *_: Any) -> None:
        raise UnreadableFile("Word 文件里含有不应有的文档类型声明，来历可疑，没有读取；请另存后再试。")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        uri, _, local = name.rpartition(" ")
        if uri == _COMPATIBILITY and local == "Fallback":
            self._unseen += 1
        if uri not in _WORD:
            return
        if local in _UNSEEN:
            self._unseen += 1
        handler = _STARTS.get(local)
        if handler:
            handler(self, {key.rpartition(" ")[2]: value for key, value in attributes.items()})
        elif local in _SIGNS and self._runs and not self._depth_of_properties:
            self._append(_SIGNS[local], self.parser.CurrentByteIndex, self.parser.CurrentByteIndex)

    def _end(self, name: str) -> None:
        uri, _, local = name.rpartition(" ")
        if uri == _COMPATIBILITY and local == "Fallback":
            self._unseen -= 1
        if uri not in _WORD:
            return
        handler = _ENDS.get(local)
        if handler:
            handler(self)
        if local in _UNSEEN:
            self._unseen -= 1

    def _characters(self, text: str) -> None:
        if self._text_at >= 0 and not self._unseen and not self._hidden and self._open:
            self._waiting += text

    def _append(self, text: str, inner: int, outer: int) -> None:
        if self._unseen or self._hidden or not self._open or not self._runs:
            return
        paragraph = self._open[-1]
        start = len(paragraph.text)
        paragraph.text += text
        paragraph.pieces.append(Piece(start, start + len(text), inner, outer, self._runs[-1]))

    def _paragraph_starts(self, _: dict[str, str]) -> None:
        table = self._table[-1] if self._table else None
        place = (table.index, table.row, table.cell) if table else None
        paragraph = Scanned(len(self.paragraphs) + 1, place=place, outer=self._open[0].number if self._open else None)
        self.paragraphs.append(paragraph)
        self._open.append(paragraph)

    def _paragraph_ends(self) -> None:
        self._open.pop()

    def _run_starts(self, _: dict[str, str]) -> None:
        self._runs.append(Run(self.parser.CurrentByteIndex))
        self._hidden = False

    def _run_ends(self) -> None:
        run = self._runs.pop()
        run.stop = self.xml.find(b">", self.parser.CurrentByteIndex) + 1
        self._hidden = False

    def _run_properties_start(self, _: dict[str, str]) -> None:
        self._depth_of_properties += 1
        if self._runs and self._depth_of_properties == 1:
            start = self.parser.CurrentByteIndex
            self._runs[-1].properties = slice(start, start)

    def _run_properties_end(self) -> None:
        self._depth_of_properties -= 1
        if self._runs and not self._depth_of_properties:
            run = self._runs[-1]
            run.properties = slice(run.properties.start, self.xml.find(b">", self.parser.CurrentByteIndex) + 1)

    def _picture(self, _: dict[str, str]) -> None:
        for paragraph in self._open:
            paragraph.picture = True

    def _vanish(self, attributes: dict[str, str]) -> None:
        if self._runs and self._depth_of_properties and attributes.get("val", "1") not in ("0", "false", "off"):
            self._hidden = True

    def _text_starts(self, _: dict[str, str]) -> None:
        self._text_at = tag_stop(self.xml, self.parser.CurrentByteIndex)
        self._waiting = ""

    def _text_ends(self) -> None:
        if self._waiting:
            self._append(self._waiting, self._text_at, self.parser.CurrentByteIndex)
        self._text_at, self._waiting = -1, ""

    def _style(self, attributes: dict[str, str]) -> None:
        if self._open and not self._runs:
            self._open[-1].style = attributes.get("val", "")

    def _outline(self, attributes: dict[str, str]) -> None:
        if self._open and not self._runs and attributes.get("val", "").isdigit():
            self._open[-1].outline = int(attributes["val"])

    def _number_id(self, attributes: dict[str, str]) -> None:
        if self._open and not self._runs:
            self._open[-1].numbering = (attributes.get("val", ""), self._open[-1].numbering[1])

    def _number_level(self, attributes: dict[str, str]) -> None:
        if self._open and not self._runs and attributes.get("val", "").isdigit():
            self._open[-1].numbering = (self._open[-1].numbering[0], int(attributes["val"]))

    def _table_starts(self, _: dict[str, str]) -> None:
        self._table.append(_Table(len(self.tables)))
        self.tables.append([])

    def _table_ends(self) -> None:
        self._table.pop()

    def _row_starts(self, _: dict[str, str]) -> None:
        if self._table:
            table = self._table[-1]
            table.row, table.cell = table.row + 1, -1
            self.tables[table.index].append([])

    def _cell_starts(self, _: dict[str, str]) -> None:
        if self._table and self.tables[self._table[-1].index]:
            self._table[-1].cell += 1
            self.tables[self._table[-1].index][-1].append(CellSpan())

    def _grid_span(self, attributes: dict[str, str]) -> None:
        cell = self._cell()
        if cell and attributes.get("val", "").isdigit():
            cell.span = max(1, min(63, int(attributes["val"])))

    def _vertical_merge(self, attributes: dict[str, str]) -> None:
        cell = self._cell()
        if cell:
            cell.continued = attributes.get("val", "continue") == "continue"

    def _cell(self) -> CellSpan | None:
        rows = self.tables[self._table[-1].index] if self._table else []
        return rows[-1][-1] if rows and rows[-1] else None


_STARTS = {
    "p": _Walker._paragraph_starts,
    "r": _Walker._run_starts,
    "rPr": _Walker._run_properties_start,
    "vanish": _Walker._vanish,
    "drawing": _Walker._picture,
    "pict": _Walker._picture,
    "object": _Walker._picture,
    "t": _Walker._text_starts,
    "pStyle": _Walker._style,
    "outlineLvl": _Walker._outline,
    "numId": _Walker._number_id,
    "ilvl": _Walker._number_level,
    "tbl": _Walker._table_starts,
    "tr": _Walker._row_starts,
    "tc": _Walker._cell_starts,
    "gridSpan": _Walker._grid_span,
    "vMerge": _Walker._vertical_merge,
}
_ENDS = {
    "p": _Walker._paragraph_ends,
    "r": _Walker._run_ends,
    "rPr": _Walker._run_properties_end,
    "t": _Walker._text_ends,
    "tbl": _Walker._table_ends,
}
