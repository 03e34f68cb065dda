"""Texts of a package: the shared string table, and the escapes in any text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from xlsuite.hosts import limits
from xlsuite.hosts.package.container import damaged
from xlsuite.hosts.package.dialect import unprefixed, utf8
from xlsuite.hosts.package.events import Attributes, Reader

_PLAIN = re.compile(r'<si><t(?: xml:space="preserve")?>([^<]*+)</t>(?:<phoneticPr[^>]*+/>)?</si>')
_ANY = re.compile(r"<si>(.*?)</si>", re.DOTALL)
_PHONETIC = re.compile(r"<rPh\b.*?</rPh>", re.DOTALL)
_RUN_TEXT = re.compile(r"<t(?:\s[^>]*)?>([^<]*)</t>")
_REFERENCE = re.compile(r"(?:&#[0-9]{1,7};)+|&#x[0-9A-Fa-f]{1,6};|&[a-z]{2,4};|&")
_NO_CHARACTER = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NAMED = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'"}


def read_strings(data: bytes) -> list[str]:
    """The shared strings in order; rich text is joined, phonetic guides are left out."""
    data = utf8(data)
    plain = unprefixed(data)
    if b"<sst" in plain[:400] and b"<!" not in plain:
        strings = _scan(_decoded(plain))
        if strings is not None:
            return strings
    reader = _StringReader()
    reader.read(data)
    return reader.strings


def _scan(text: str) -> list[str] | None:
    """The strings by regular expression; None when the part is written in another dialect."""
    count = text.count("<si")
    limits.STRINGS.check(count, "工作簿内")
    strings: list[str] = _PLAIN.findall(text)
    if len(strings) != count:
        strings = [_rich(inner) for inner in _ANY.findall(text)]
        if len(strings) != count:
            return None
    if "&" in text:
        strings = [unescape(item) if "&" in item else item for item in strings]
    if "_" in text:
        strings = [decode_escapes(item) if "_x" in item else item for item in strings]
    _check_length(strings)
    return strings


def _rich(inner: str) -> str:
    return "".join(_RUN_TEXT.findall(_PHONETIC.sub("", inner) if "<rPh" in inner else inner))


def _check_length(strings: list[str]) -> None:
    limits.TEXT_CHARACTERS.check(max(map(len, strings), default=0))


def _decoded(data: bytes) -> str:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise damaged("文件内的文字编码不对") from error
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def unescape(text: str) -> str:
    """Text with its XML references replaced. UnreadableFile for a reference XML does not know."""
    return _REFERENCE.sub(_referred, text)


def _referred(found: re.Match[str]) -> str:
    written = found[0]
    try:
        if written[1:2] != "#":
            return _NAMED[written]
        if written[2] == "x":
            text = chr(int(written[3:-1], 16))
        else:
            # Some writers give every Chinese character as a number, so whole runs are taken at once.
            text = "".join(map(chr, map(int, written[2:-1].split(";&#"))))
    except (KeyError, ValueError, IndexError):
        raise damaged("文件内的 XML 有错误") from None
    if _NO_CHARACTER.search(text):
        raise damaged("文件内的 XML 有错误")
    return text


def decode_escapes(text: str) -> str:
    """Text with spreadsheet escapes such as ``_x000D_`` replaced and line ends made one."""
    if not _ESCAPE.search(text):
        return text
    text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    # Halves of a character beyond U+FFFF come as two escapes; a half left alone is no character.
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def cell_text(raw: bytes) -> str:
    """The text of a raw piece of XML character data."""
    text = _decoded(raw)
    if "&" in text:
        text = unescape(text)
    return decode_escapes(text) if "_x" in text else text


class _StringReader(Reader):
    def __init__(self) -> None:
        super().__init__()
        self.strings: list[str] = []
        self._pieces: list[str] = []
        self._phonetic = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "si":
            self._pieces = []
        elif name == "rPh":
            self._phonetic += 1
        elif name == "t":
            self.text.clear()

    def end(self, name: str) -> None:
        if name == "t" and not self._phonetic:
            self._pieces.append(self.take())
        elif name == "rPh":
            self._phonetic -= 1
        elif name == "si":
            text = decode_escapes("".join(self._pieces))
            limits.TEXT_CHARACTERS.check(len(text))
            limits.STRINGS.check(len(self.strings), "工作簿内")
            self.strings.append(text)


def cell_texts(raws: Iterable[bytes]) -> dict[bytes, str]:
    """:func:`cell_text` of many pieces at once, far faster where most characters are references."""
    from xml.parsers import expat

    waiting = list(raws)
    texts: list[str] = []
    pieces: list[str] = []

    def end(_: str) -> None:
        texts.append("".join(pieces))
        pieces.clear()

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.CharacterDataHandler, parser.EndElementHandler = pieces.append, end
    try:
        parser.Parse(b"<x><t>" + b"</t><t>".join(waiting) + b"</t></x>", True)
    except expat.ExpatError as error:
        raise damaged("文件内的 XML 有错误") from error
    return {raw: decode_escapes(text) if "_x" in text else text for raw, text in zip(waiting, texts, strict=False)}
