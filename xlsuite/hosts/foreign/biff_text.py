"""Texts in the record stream of old workbooks: single ones and the shared table cut over several records."""

from __future__ import annotations

import struct

from xlsuite.hosts import limits

_CODECS = {932: "cp932", 936: "gb18030", 949: "cp949", 950: "cp950", 10008: "gb18030", 65001: "utf-8"}
_WIDE, _EXTENDED, _RICH = 0x01, 0x04, 0x08


def codec_of(codepage: int) -> str:
    """The Python codec of a Windows code page."""
    return _CODECS.get(codepage, "")


def decoded(raw: bytes, codec: str) -> str:
    """A text of one-byte or double-byte characters.

    Where no East Asian code page is stated, GB18030 is tried first: Chinese programs often state a Western one.
    """
    if codec:
        return _whole(raw.decode(codec, "replace"))
    try:
        return _whole(raw.decode("gb18030"))
    except UnicodeDecodeError:
        return _whole(raw.decode("cp1252", "replace"))


def text8(body: bytes, at: int, codec: str) -> str:
    """A text of one-byte characters with a one-byte length before it."""
    return decoded(body[at + 1 : at + 1 + body[at]], codec)


def unicode_text(body: bytes, at: int, length_bytes: int) -> str:
    """A BIFF8 text inside one record; its length takes one or two bytes."""
    length = body[at] if length_bytes == 1 else struct.unpack_from("<H", body, at)[0]
    at += length_bytes
    flags = body[at] if at < len(body) else 0
    at += 1 + (2 if flags & _RICH else 0) + (4 if flags & _EXTENDED else 0)
    if flags & _WIDE:
        return _whole(body[at : at + 2 * length].decode("utf-16-le", "replace"))
    return _whole(body[at : at + length].decode("latin-1"))


def _whole(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


class Strings:
    """The shared string table: one record and its continuations."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = pieces
        self._number = 0
        self._at = 8

    def all(self) -> list[str]:
        """Every string in order; as many as there are, for the stated number is sometimes wrong."""
        (count,) = struct.unpack_from("<L", self._pieces[0], 4)
        limits.STRINGS.check(count, "工作簿内")
        strings: list[str] = []
        try:
            while len(strings) < count:
                strings.append(self._next())
        except (IndexError, struct.error):
            return strings
        return strings

    def _next(self) -> str:
        piece = self._here()
        length, flags = struct.unpack_from("<HB", piece, self._at)
        self._at += 3
        runs = extension = 0
        if flags & _RICH:
            (runs,) = struct.unpack_from("<H", piece, self._at)
            self._at += 2
        if flags & _EXTENDED:
            (extension,) = struct.unpack_from("<L", piece, self._at)
            self._at += 4
        limits.TEXT_CHARACTERS.check(length)
        text = self._characters(length, flags & _WIDE)
        self._skip(4 * runs + extension)
        return _whole(text)

    def _here(self) -> bytes:
        """The piece that holds the next byte."""
        while self._at >= len(self._pieces[self._number]):
            self._number, self._at = self._number + 1, 0
        return self._pieces[self._number]

    def _characters(self, length: int, wide: int) -> str:
        text: list[bytes] = []
        while length:
            piece = self._pieces[self._number]
            width = 2 if wide else 1
            taken = min(length, (len(piece) - self._at) // width)
            raw = piece[self._at : self._at + taken * width]
            text.append(raw if wide else raw.decode("latin-1").encode("utf-16-le"))
            self._at += taken * width
            length -= taken
            if length:
                # A text that goes on in the next record begins there with a new byte for the width.
                self._number, self._at = self._number + 1, 1
                wide = self._pieces[self._number][0] & _WIDE
        return b"".join(text).decode("utf-16-le", "replace")

    def _skip(self, count: int) -> None:
        while count:
            piece = self._here()
            step = min(count, len(piece) - self._at)
            self._at += step
            count -= step
