"""How a marked part becomes what it was: the reverse of each splice, and how its bytes were compressed.

The former content itself is not stored. A marked workbook goes on to other people, and must not carry a hidden copy of
figures that its user corrects in it.
"""

from __future__ import annotations

import base64
import hashlib
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlsuite.hosts.package.archive import Stored
from xlsuite.hosts.package.container import STORED, Container
from xlsuite.hosts.package.markup import Splice, from_utf8, spliced, to_utf8

_CRC = struct.Struct("<L")
_CRC_OF_ENTRY = 16
_USUAL_LEVELS = (6, 1, 9, 2, 3, 4, 5, 7, 8)


def digest(content: bytes) -> str:
    """Identity of a part's content."""
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True, slots=True)
class Kept:
    """``marked`` identifies what marking made of the part; ``undo`` turns that back.

    ``head`` and ``tail`` surround the compressed bytes in the file, ``entry`` is the directory record. ``level`` is the
    zlib level that gave the compressed bytes (0 stored as they are, -1 another compressor), ``packed`` their check sum.
    """

    marked: str
    undo: tuple[Splice, ...]
    head: bytes
    tail: bytes
    entry: bytes
    level: int
    packed: int

    def to_list(self) -> list[Any]:
        """As JSON keeps it."""
        undo = [[start, stop, _text(content)] for start, stop, content in self.undo]
        return [self.marked, undo, _text(self.head), _text(self.tail), _text(self.entry), self.level, self.packed]


def from_list(record: Sequence[Any]) -> Kept:
    """A record read back; any exception when it is none."""
    marked, undo, head, tail, entry, level, packed = record
    splices = tuple(Splice(int(start), int(stop), _bytes(content)) for start, stop, content in undo)
    return Kept(str(marked), splices, _bytes(head), _bytes(tail), _bytes(entry), int(level), int(packed))


def keep_part(container: Container, name: str, marked: bytes, undo: Sequence[Splice] | None) -> Kept:
    """What is needed to turn ``marked`` back into the part as it lies in the container."""
    member = container.members[name]
    content = container.read(name)
    if undo is None or _undone(marked, undo) != content:
        undo = [difference(to_utf8(content)[0], to_utf8(marked)[0])]
    data, packed = container.data, container.packed(member)
    head = data[member.header : member.body]
    tail = data[member.body + member.packed : member.stop]
    level = 0 if member.method == STORED else _level(content, packed)
    entry = data[member.entry : member.entry_stop]
    return Kept(digest(marked), tuple(undo), head, tail, entry, level, zlib.crc32(packed))


def put_back(kept: Kept, marked: bytes) -> Stored | bytes | None:
    """The part as it was stored; only its content where another compressor was at work; None when it does not fit."""
    content = _undone(marked, kept.undo)
    if content is None or zlib.crc32(content) != _CRC.unpack_from(kept.entry, _CRC_OF_ENTRY)[0]:
        return None
    if kept.level < 0:
        return content
    packed = content if kept.level == 0 else _packed(content, kept.level)
    return Stored(kept.head + packed + kept.tail, kept.entry) if zlib.crc32(packed) == kept.packed else content


def difference(before: bytes, after: bytes) -> Splice:
    """One splice that turns ``after`` back into ``before``."""
    start = _common_prefix(before, after)
    most = min(len(before), len(after)) - start
    end = min(_common_prefix(before[::-1], after[::-1]), most)
    return Splice(start, len(after) - end, before[start : len(before) - end])


def reverse(before: bytes, splices: Sequence[Splice]) -> list[Splice]:
    """The splices that undo ``splices`` on their result, each no longer than it must be."""
    undo, shift = [], 0
    for start, stop, text in sorted(splices, key=lambda item: item[:2]):
        narrow = difference(before[start:stop], text)
        undo.append(Splice(start + shift + narrow.start, start + shift + narrow.stop, narrow.text))
        shift += len(text) - (stop - start)
    return undo


def _common_prefix(first: bytes, second: bytes) -> int:
    """How many bytes agree from the start."""
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        if first[low:middle] == second[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _undone(marked: bytes, undo: Sequence[Splice]) -> bytes | None:
    try:
        xml, codec = to_utf8(marked)
        return from_utf8(spliced(xml, undo), codec)
    except Exception:  # a record that does not fit, whatever the reason, is no record
        return None


def _level(content: bytes, packed: bytes) -> int:
    return next((level for level in _USUAL_LEVELS if _packed(content, level) == packed), -1)


def _packed(content: bytes, level: int) -> bytes:
    engine = zlib.compressobj(level, zlib.DEFLATED, -15)
    return engine.compress(content) + engine.flush()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)
