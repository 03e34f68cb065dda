"""Where things are in an XML part, in bytes, so that a change can be spliced in and the rest stays as it was written.

Parts are handled as UTF-8 bytes; :func:`to_utf8` and :func:`from_utf8` carry parts in other encodings there and back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from xlsuite.core.errors import UnreadableFile, UnsafeWrite

_DECLARED = re.compile(rb"^(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_TAG = re.compile(rb"<[^\s/>\"']+(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be", b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}


class Splice(NamedTuple):
    """Bytes ``start`` to ``stop`` become ``text``."""

    start: int
    stop: int
    text: bytes


@dataclass(slots=True)
class Node:
    """An element: its namespace and local name, attributes (``local`` or ``uri local``), and its place in the bytes.

    ``start:inner`` is the start tag, ``outer:stop`` the end tag; an empty element has ``inner == outer == stop``.
    """

    uri: str
    name: str
    attributes: dict[str, str]
    start: int
    inner: int
    outer: int
    stop: int
    children: list[Node] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether it is written as one tag, ``<x/>``."""
        return self.inner == self.stop

    def child(self, name: str) -> Node | None:
        """The first child of that local name."""
        return next((item for item in self.children if item.name == name), None)

    def all(self, name: str) -> list[Node]:
        """Every child of that local name."""
        return [item for item in self.children if item.name == name]


def to_utf8(raw: bytes) -> tuple[bytes, str]:
    """The part as UTF-8 and the name of the encoding it came in ("" when it was UTF-8 already)."""
    codec = _UTF16.get(raw[:2], "")
    if not codec:
        declared = _DECLARED.match(raw)
        codec = declared[1].decode().lower() if declared else ""
        if codec in ("", "utf-8", "utf8"):
            return raw, ""
    try:
        text = raw.decode(codec)
        if text.encode(codec, "xmlcharrefreplace") != raw:
            raise UnicodeError
    except (UnicodeError, LookupError):
        raise UnsafeWrite(f"文件内部用了特殊的文字编码（{codec}），写入不安全，请用表格软件另存一份再试。") from None
    return text.encode(), codec


def from_utf8(xml: bytes, codec: str) -> bytes:
    """The part in the encoding it came in; what that encoding lacks becomes a character reference."""
    return xml.decode().encode(codec, "xmlcharrefreplace") if codec else xml


def spliced(xml: bytes, splices: Iterable[Splice]) -> bytes:
    """Carry out all splices. Those at one place are inserted in the order given; overlaps are a programming error."""
    pieces: list[bytes] = []
    position = 0
    for start, stop, text in sorted(splices, key=lambda item: item[:2]):
        if start < position:
            raise ValueError("splices overlap")
        pieces += (xml[position:start], text)
        position = stop
    return b"".join([*pieces, xml[position:]])


def tag_stop(xml: bytes, start: int) -> int:
    """Where the start tag at ``start`` ends."""
    found = _TAG.match(xml, start)
    if not found:
        raise UnreadableFile("这个工作簿的内部结构已损坏，请用表格软件打开并另存后再试。")
    return found.end()


def outline(xml: bytes, depth: int, *, fragment: bool = False, closed: str = "") -> Node:
    """The element tree down to ``depth`` levels below the root, without what is inside elements named ``closed``.

    In a ``fragment``, cut out of a part, prefixes stand undeclared: ``uri`` is then the prefix itself.
    """
    reader = _Outline(xml, depth, ":" if fragment else " ")
    reader.closed = closed
    parse(reader.parser, xml)
    assert reader.root is not None
    return reader.root


def parse(parser: expat.XMLParserType, xml: bytes) -> None:
    """Run an expat parser; document types are refused, and errors become UnreadableFile."""
    parser.StartDoctypeDeclHandler = _no_doctype
    try:
        parser.Parse(xml, True)
    except expat.ExpatError:
        raise UnreadableFile("这个工作簿的内部结构已损坏，请用表格软件打开并另存后再试。") from None


def _no_doctype(*_: object) -> None:
    raise UnsafeWrite("这个工作簿的内部含有不应有的文档类型声明，写入不安全，请用表格软件另存一份再试。")


class _Outline:
    def __init__(self, xml: bytes, depth: int, separator: str) -> None:
        self.xml, self.depth, self.separator = xml, depth, separator
        self.closed = ""
        self.root: Node | None = None
        self.open: list[Node | None] = []
        # the encoding is given, because a re-encoded part still declares its own
        self.parser = expat.ParserCreate("utf-8", " " if separator == " " else None)
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        above = self.open[-1] if self.open else None
        if self.open and (above is None or len(self.open) > self.depth or above.name == self.closed):
            self.open.append(None)
            return
        start = self.parser.CurrentByteIndex
        inner = tag_stop(self.xml, start)
        uri, _, local = name.rpartition(self.separator)
        node = Node(uri, local, attributes, start, inner, inner, inner)
        if above is None:
            self.root = node
        else:
            above.children.append(node)
        self.open.append(node)

    def _end(self, _: str) -> None:
        node = self.open.pop()
        if node is not None and self.xml[node.inner - 2 : node.inner] != b"/>":
            node.outer = self.parser.CurrentByteIndex
            node.stop = self.xml.index(b">", node.outer) + 1


def prefix_of(xml: bytes, node: Node) -> bytes:
    """The namespace prefix an element is written with, colon included; b"" without."""
    name = re.match(rb"<([^\s/>]+)", xml[node.start : node.inner])
    assert name is not None
    head, colon, _ = name[1].rpartition(b":")
    return head + colon


def with_attribute(tag: bytes, name: str, value: str | None) -> bytes:
    """A start tag with an unprefixed attribute set, added or (with None) removed; the others stay as written."""
    pattern = re.compile(rb"\s+" + name.encode() + rb"\s*=\s*(\"[^\"]*\"|'[^']*')")
    found = _outside_values(pattern, tag)
    if value is None:
        return tag[: found.start()] + tag[found.end() :] if found else tag
    content = escaped(value, quotes=True).replace("'", "&apos;").encode()
    if found:
        start, stop = found.span(1)
        return tag[: start + 1] + content + tag[stop - 1 :]
    close = len(tag[: -2 if tag.endswith(b"/>") else -1].rstrip())
    return tag[:close] + b" " + name.encode() + b'="' + content + b'"' + tag[close:]


def _outside_values(pattern: re.Pattern[bytes], tag: bytes) -> re.Match[bytes] | None:
    """The first match that does not lie inside another attribute's quoted value."""
    quoted = [m.span() for m in re.finditer(rb"=\s*(\"[^\"]*\"|'[^']*')", tag)]
    for found in pattern.finditer(tag):
        if not any(start < found.start() < stop for start, stop in quoted):
            return found
    return None


def inserted(xml: bytes, node: Node, content: bytes, at: int | None = None) -> list[Splice]:
    """Put ``content`` inside an element, at its end or at byte ``at``; ``<x/>`` is opened for it."""
    if not node.empty:
        place = node.outer if at is None else at
        return [Splice(place, place, content)]
    name = re.match(rb"<([^\s/>]+)", xml[node.start : node.inner])
    assert name is not None
    tag = xml[node.start : node.inner - 2] + b">"
    return [Splice(node.start, node.stop, tag + content + b"</" + name[1] + b">")]


def escaped(text: str, *, quotes: bool = False) -> str:
    """Text for element content, or with ``quotes`` for a double-quoted attribute."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if not quotes:
        return text
    return text.replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;").replace("\r", "&#13;")
