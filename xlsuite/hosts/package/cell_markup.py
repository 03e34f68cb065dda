"""One ``<c>`` element of a sheet part: what it holds, and the same element with another value, style or cached result.

Everything about a cell that is not its value keeps its bytes: the reference or its absence, the style, foreign
attributes and extensions.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import NamedTuple
from xml.parsers import expat

from xlsuite.core.errors import UnsafeWrite
from xlsuite.hosts.package.markup import Node, escaped, outline, with_attribute

CellValue = None | bool | int | float | Decimal | str
"""What can be written. None clears the cell."""

MAX_TEXT = 32_767
"""Longest text a spreadsheet cell holds, in UTF-16 units."""

_PLAIN = re.compile(
    rb'(<c(?: r="[A-Z]+[0-9]+")?(?: s="([0-9]+)")?)(?: t="([a-zA-Z]+)")?(?:/>|>(?:<v>([^<&]*)</v>)?</c>)'
)
_ESCAPE_LOOKALIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_VALUE_PARTS = ("f", "v", "is")


class Stored(NamedTuple):
    """A cell as stored: type (``n s str inlineStr b e d``), raw content, style number, and its formula element.

    ``content`` is the text of ``<v>``, or the whole text of an inline string, or None; for type ``s`` it is the
    number of the shared string. ``array`` is the range of an array formula or data table that starts here.
    """

    kind: str = "n"
    content: str | None = None
    style: str | None = None
    formula: bool = False
    array: str | None = None

    @property
    def blank(self) -> bool:
        """Holds neither value nor formula."""
        return not self.formula and (self.content is None or (self.content == "" and self.kind != "s"))


EMPTY = Stored()


def read_cell(fragment: bytes) -> Stored:
    """What a ``<c>`` element holds."""
    plain = _PLAIN.fullmatch(fragment)
    if plain:
        style, kind, content = (None if part is None else part.decode() for part in plain.groups()[1:])
        return Stored(kind or "n", content, style)
    root = outline(fragment, 1, fragment=True)
    formula = root.child("f")
    value, inline = root.child("v"), root.child("is")
    kind = root.attributes.get("t", "n")
    content = None
    if inline is not None and kind == "inlineStr":
        content = text_content(fragment[inline.start : inline.stop], "t")
    elif value is not None:
        content = text_content(fragment[value.start : value.stop], "v")
    array = None
    if formula is not None and formula.attributes.get("t") in ("array", "dataTable"):
        array = formula.attributes.get("ref")
    return Stored(kind, content, root.attributes.get("s"), formula is not None, array)


def text_content(fragment: bytes, name: str) -> str:
    """The text inside all elements of that local name, phonetic hints (``rPh``) left out."""
    pieces: list[str] = []
    inside: list[str] = []

    def start(tag: str, _: dict[str, str]) -> None:
        inside.append(tag.rpartition(":")[2])

    def text(data: str) -> None:
        if inside[-1] == name and "rPh" not in inside:
            pieces.append(data)

    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: inside.pop()
    parser.CharacterDataHandler = text
    parser.Parse(fragment, True)
    return "".join(pieces)


def new_cell(reference: str, style: str | None, prefix: bytes) -> bytes:
    """An empty cell."""
    head = b"<" + prefix + b'c r="' + reference.encode() + b'"'
    return head + (b' s="' + style.encode() + b'"/>' if style else b"/>")


def with_value(fragment: bytes, value: CellValue) -> bytes:
    """The cell with a constant in place of whatever value it had. UnsafeWrite for what no cell can hold."""
    plain = _PLAIN.fullmatch(fragment)
    if plain:
        kind, content = value_markup(value)
        attribute = f' t="{kind}"'.encode() if kind else b""
        return plain[1] + attribute + (b">" + content + b"</c>" if content else b"/>")
    kind, content = value_markup(value, _prefix(fragment))
    return _rebuilt(fragment, kind, content, keep_formula=False)


def with_cached(fragment: bytes, kind: str, content: str) -> bytes:
    """The formula cell with a fresh cached result of type ``n``, ``str`` or ``b``; the formula stays as written."""
    prefix = _prefix(fragment)
    value = b"<" + prefix + b"v>" + escaped(content).encode() + b"</" + prefix + b"v>"
    return _rebuilt(fragment, "" if kind == "n" else kind, value, keep_formula=True)


def with_style(fragment: bytes, style: str | None) -> bytes:
    """The cell with another style number; None removes the attribute."""
    root = outline(fragment, 0, fragment=True)
    return with_attribute(fragment[: root.inner], "s", style) + fragment[root.inner :]


def value_markup(value: CellValue, prefix: bytes = b"") -> tuple[str, bytes]:
    """The ``t`` attribute ("" for none) and the inner elements of a constant."""
    if value is None:
        return "", b""
    if isinstance(value, bool):
        return "b", _element(prefix, b"v", b"1" if value else b"0")
    if isinstance(value, int | float | Decimal):
        return "", _element(prefix, b"v", number_text(value).encode())
    text = escaped(cell_text(value)).encode()
    space = b' xml:space="preserve"' if value != value.strip() or "\n" in value or "\t" in value else b""
    return "inlineStr", _element(prefix, b"is", _element(prefix, b"t", text, space))


def number_text(value: Decimal | float) -> str:
    """A number as the file format writes it: no exponent, no trailing zeros, no negative zero."""
    if not math.isfinite(value):
        raise UnsafeWrite("要写入的数不是有限的数值，单元格无法保存，没有写入任何内容。")
    number = value if isinstance(value, Decimal) else Decimal(repr(value))
    if number and not -300 < number.adjusted() < 300:
        raise UnsafeWrite("要写入的数过大或过小，单元格无法保存，没有写入任何内容。")
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def cell_text(text: str) -> str:
    """Text as the file format stores it: control characters and look-alikes of their escapes are escaped."""
    if len(text.encode("utf-16-le", "surrogatepass")) // 2 > MAX_TEXT:
        raise UnsafeWrite(f"要写入的文字有 {len(text)} 个字，超过单元格 {MAX_TEXT} 个字的上限，没有写入任何内容。")
    if _SURROGATE.search(text):
        raise UnsafeWrite("要写入的文字含有残缺的字符，单元格无法保存，没有写入任何内容。")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _ESCAPE_LOOKALIKE.sub("_x005F_", text)
    return _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def _element(prefix: bytes, name: bytes, content: bytes, attributes: bytes = b"") -> bytes:
    tag = prefix + name
    return b"<" + tag + attributes + b">" + content + b"</" + tag + b">"


def _prefix(fragment: bytes) -> bytes:
    name = re.match(rb"<([^\s/>]+)", fragment)
    assert name is not None
    head, colon, _ = name[1].rpartition(b":")
    return head + colon


def _rebuilt(fragment: bytes, kind: str, content: bytes, *, keep_formula: bool) -> bytes:
    root = outline(fragment, 1, fragment=True)
    tag = with_attribute(fragment[: root.inner], "t", kind or None)
    formula = root.child("f") if keep_formula else None
    if not keep_formula:
        # metadata of an array formula or a rich value belongs to the value that goes
        for name in ("cm", "vm"):
            tag = with_attribute(tag, name, None)
    before = fragment[formula.start : formula.stop] if formula else b""
    inner = before + content + b"".join(_rest(fragment, root))
    if not inner:
        return tag if tag.endswith(b"/>") else tag[:-1] + b"/>"
    opened = tag[:-2] + b">" if tag.endswith(b"/>") else tag
    return opened + inner + b"</" + _prefix(fragment) + b"c>"


def _rest(fragment: bytes, root: Node) -> list[bytes]:
    """Children that are no part of the value, such as extensions."""
    return [fragment[item.start : item.stop] for item in root.children if item.name not in _VALUE_PARTS]
