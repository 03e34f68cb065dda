"""The compound file (OLE) container of .xls, .et, .doc and of encrypted workbooks, read defensively."""

from __future__ import annotations

import struct
from typing import NamedTuple

from xlsuite.hosts import limits
from xlsuite.hosts.package.container import damaged

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FAT_MARK = 0xFFFFFFFA
"""Sector numbers from here on are marks, not sectors."""
_NOBODY = 0xFFFFFFFF
"""The neighbour or child that an entry does not have."""
_STREAM = 2
_SHORT = "文件的内部结构不完整"


class Stream(NamedTuple):
    """A stream as the directory states it."""

    start: int
    size: int


class CompoundFile:
    """The streams at the top of a compound file, by their names in lower case; embedded objects are left aside."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 512 or data[:8] != SIGNATURE:
            raise damaged(_SHORT)
        shift, mini_shift = struct.unpack_from("<2H", data, 30)
        if shift not in (9, 12) or mini_shift > shift:
            raise damaged(_SHORT)
        self._data = data
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        directory, self._cutoff, mini_fat, _, difat, difat_count = struct.unpack_from("<L4xL4L", data, 48)
        self._fat = self._read_fat(difat, difat_count)
        self.streams: dict[str, Stream] = {}
        root = self._read_directory(directory)
        self._mini = self._chain(root.start, self._fat) if root.size else b""
        self._mini_fat = self._table(self._chain(mini_fat, self._fat)) if mini_fat < _FAT_MARK else ()

    def __contains__(self, name: str) -> bool:
        return name.lower() in self.streams

    def read(self, name: str) -> bytes:
        """The bytes of a stream. UnreadableFile when the chain of sectors is broken."""
        stream = self.streams[name.lower()]
        limits.FILE_BYTES.check(stream.size)
        if stream.size < self._cutoff and self._mini_fat:
            content = self._mini_chain(stream.start)
        else:
            content = self._chain(stream.start, self._fat)
        return content[: stream.size]

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        sector = self._data[at : at + self._size]
        if not sector:
            raise damaged(_SHORT)
        return sector

    def _read_fat(self, difat: int, count: int) -> tuple[int, ...]:
        sectors = list(struct.unpack_from("<109L", self._data, 76))
        for _ in range(min(count, len(self._data) // self._size)):
            if difat >= _FAT_MARK:
                break
            entries = self._table(self._sector(difat))
            sectors.extend(entries[:-1])
            difat = entries[-1]
        most = len(self._data) // self._size + 1
        listed = [number for number in sectors if number < _FAT_MARK][:most]
        return self._table(b"".join(self._sector(number) for number in listed))

    @staticmethod
    def _table(content: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(content) // 4}L", content[: len(content) // 4 * 4])

    def _chain(self, start: int, fat: tuple[int, ...]) -> bytes:
        pieces: list[bytes] = []
        number = start
        while number < _FAT_MARK:
            pieces.append(self._sector(number))
            if number >= len(fat) or len(pieces) > len(fat):
                raise damaged(_SHORT)
            number = fat[number]
        return b"".join(pieces)

    def _mini_chain(self, start: int) -> bytes:
        pieces: list[bytes] = []
        number = start
        while number < _FAT_MARK:
            if number >= len(self._mini_fat) or len(pieces) > len(self._mini_fat):
                raise damaged(_SHORT)
            pieces.append(self._mini[number * self._mini_size : (number + 1) * self._mini_size])
            number = self._mini_fat[number]
        return b"".join(pieces)

    def _read_directory(self, start: int) -> Stream:
        """Fill ``streams`` with the children of the root entry; returns the root's own stream."""
        content = self._chain(start, self._fat)
        root, _, _, waiting = self._entry(content, 0)
        seen: set[int] = set()
        pending = [waiting]
        while pending:
            number = pending.pop()
            if number in seen or number == _NOBODY:
                continue
            seen.add(number)
            stream, left, right, _ = self._entry(content, number)
            pending += [left, right]
            at = number * 128
            length, kind = struct.unpack_from("<HB", content, at + 64)
            if kind == _STREAM:
                name = content[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
                self.streams[name.lower()] = stream
        return root

    def _entry(self, content: bytes, number: int) -> tuple[Stream, int, int, int]:
        """A directory entry: its stream, its left and right neighbours, its first child."""
        if (number + 1) * 128 > len(content):
            raise damaged(_SHORT)
        left, right, child = struct.unpack_from("<3L", content, number * 128 + 68)
        first, size = struct.unpack_from("<LQ", content, number * 128 + 116)
        # Version 3 files may leave rubbish in the upper half of the size.
        return Stream(first, size if self._size == 4096 else size & 0xFFFFFFFF), left, right, child
