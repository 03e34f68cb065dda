"""The zip container of a workbook: its members with their raw positions, read defensively.

A walk over the central directory with :mod:`zlib` is half the cost of :mod:`zipfile` and lets a writer copy members
byte for byte (:meth:`Container.record`). Nothing is ever extracted to disk.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from operator import itemgetter
from typing import NamedTuple

from xlsuite.core.errors import ProtectedFile, UnreadableFile
from xlsuite.hosts import limits

_END = struct.Struct("<4s4H2LH")
_END64_LOCATOR = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_ENTRY = struct.Struct("<4s4x2H4x3L3H8xL")
_LENGTHS = struct.Struct("<2H").unpack_from
_FULL = 0xFFFFFFFF

STORED, DEFLATED = 0, 8
ENCRYPTED_FLAG, DESCRIPTOR_FLAG, UTF8_FLAG = 0x1, 0x8, 0x800

DAMAGED = "文件已损坏或没有传完整（{why}），请重新获取或用 Excel、WPS 打开修复并另存后再试。"


def damaged(why: str) -> UnreadableFile:
    """The error for a package whose bytes contradict themselves; ``why`` is a short Chinese clause."""
    return UnreadableFile(DAMAGED.format(why=why))


_Entry = tuple[str, bytes, int, int, int, int, int, int, int, int, int]
_header = itemgetter(7)


class Member(NamedTuple):
    """One member as the central directory states it. Offsets count from the start of the file."""

    name: str
    """Name with forward slashes and without a leading slash."""
    raw_name: bytes
    flags: int
    method: int
    """0 stored, 8 deflated."""
    crc: int
    packed: int
    """Compressed size in bytes."""
    size: int
    """Inflated size in bytes."""
    header: int
    """Start of the local header."""
    body: int
    """Start of the compressed bytes."""
    stop: int
    """Where the next record begins: after the compressed bytes and the data descriptor, where there is one."""
    entry: int
    """Start of the central-directory record."""
    entry_stop: int


class Container:
    """All members of a package held in memory.

    ``members`` keeps the order of the central directory; names are compared without regard to case, as the
    packaging standard asks. ``comment`` is the archive comment. ``zip64`` tells whether large-file records are used.
    """

    __slots__ = ("_folded", "comment", "data", "directory", "inflated", "members", "zip64")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.inflated = 0
        self.zip64 = False
        self.comment = b""
        self.directory = slice(0, 0)
        entries = self._entries(self._find_directory())
        self.members: dict[str, Member] = self._place(entries)
        self._folded = {name.lower(): member for name, member in self.members.items()}
        if len(self._folded) != len(entries):
            raise damaged("压缩包内有重名的部件")

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._folded

    def find(self, name: str) -> Member | None:
        """The member of that name, in any case, or None."""
        return self.members.get(name) or self._folded.get(name.lower())

    def packed(self, member: Member) -> bytes:
        """The compressed bytes as stored."""
        return self.data[member.body : member.body + member.packed]

    def record(self, member: Member) -> bytes:
        """Local header, compressed bytes and data descriptor, for a byte-for-byte copy."""
        return self.data[member.header : member.stop]

    def read(self, name: str, limit: limits.Limit = limits.PART_BYTES) -> bytes:
        """The inflated bytes of a member. UnreadableFile when missing or damaged, LimitExceeded when too large."""
        member = self.find(name)
        if member is None:
            raise damaged(f"缺少部件 {name}")
        self._admit(member, limit)
        content = self.packed(member) if member.method == STORED else self._inflate(member)
        if len(content) != member.size or zlib.crc32(content) != member.crc:
            raise damaged(f"部件 {member.name} 的内容与校验码不符")
        return content

    def stream(self, name: str, keep: Callable[[bytes], None], limit: limits.Limit) -> None:
        """Inflate a large member piece by piece into ``keep``, so that it is never held as a whole."""
        member = self.find(name)
        if member is None:
            raise damaged(f"缺少部件 {name}")
        self._admit(member, limit)
        if member.method == STORED:
            keep(self.packed(member))
            return
        engine, waiting, total, crc = zlib.decompressobj(-15), self.packed(member), 0, 0
        while waiting and not engine.eof:
            try:
                piece = engine.decompress(waiting, limits.MB)
            except zlib.error as error:
                raise damaged(f"部件 {member.name} 无法解压") from error
            waiting, total, crc = engine.unconsumed_tail, total + len(piece), zlib.crc32(piece, crc)
            if total > member.size or not piece:
                break
            keep(piece)
        if total != member.size or crc != member.crc:
            raise damaged(f"部件 {member.name} 的内容与校验码不符")

    def _admit(self, member: Member, limit: limits.Limit) -> None:
        if member.flags & ENCRYPTED_FLAG:
            raise ProtectedFile("文件带有打开密码，无法读取，请先用 Excel 或 WPS 打开并取消密码、保存后再试。")
        if member.method not in (STORED, DEFLATED):
            raise UnreadableFile("文件用了不常见的压缩方式，无法读取，" + limits.RESAVE)
        limit.check(member.size)
        if member.size > limits.WIDE_RATIO_BYTES:
            limits.RATIO.check(member.size // max(member.packed, 1))
        self.inflated += member.size
        limits.TOTAL_BYTES.check(self.inflated)

    def _inflate(self, member: Member) -> bytes:
        engine = zlib.decompressobj(-15)
        try:
            # One byte more than declared is enough to tell that the declaration lies, whatever the stream would yield.
            return engine.decompress(self.packed(member), member.size + 1)
        except zlib.error as error:
            raise damaged(f"部件 {member.name} 无法解压") from error

    def _find_directory(self) -> tuple[int, int, int]:
        """(number of entries, start, stop) of the central directory."""
        data = self.data
        at = data.rfind(b"PK\5\6", max(0, len(data) - 65_557))
        if at < 0 or at + _END.size > len(data):
            raise damaged("压缩包没有结尾")
        _, _, _, _, count, size, start, comment = _END.unpack_from(data, at)
        self.comment = data[at + _END.size : at + _END.size + comment]
        stop = at
        if count == 0xFFFF or size == _FULL or start == _FULL:
            count, size, start, stop = self._find_directory64(at, count, size, start)
        limits.MEMBERS.check(count)
        if start + size > stop:
            raise damaged("压缩包目录的位置不对")
        self.directory = slice(start, start + size)
        return count, start, start + size

    def _find_directory64(self, at: int, count: int, size: int, start: int) -> tuple[int, int, int, int]:
        locator = at - _END64_LOCATOR.size
        if locator < 0 or self.data[locator : locator + 4] != b"PK\6\7":
            return count, size, start, at
        where = _END64_LOCATOR.unpack_from(self.data, locator)[2]
        if where + _END64.size > locator or self.data[where : where + 4] != b"PK\6\6":
            raise damaged("压缩包目录的位置不对")
        self.zip64 = True
        *_, count, size, start = _END64.unpack_from(self.data, where)
        return count, size, start, where

    def _entries(self, directory: tuple[int, int, int]) -> list[_Entry]:
        """Members in directory order; ``stop`` is not known yet."""
        count, at, stop = directory
        data, unpack, found = self.data, _ENTRY.unpack_from, []
        for _ in range(count):
            name_at = at + 46
            if name_at > stop:
                raise damaged("压缩包目录不完整")
            mark, flags, method, crc, packed, size, name_length, extra_length, rest, header = unpack(data, at)
            end = name_at + name_length + extra_length + rest
            if mark != b"PK\1\2" or end > stop:
                raise damaged("压缩包目录不完整")
            raw_name = data[name_at : name_at + name_length]
            if size == _FULL or packed == _FULL or header == _FULL:
                extra = data[name_at + name_length : end - rest]
                size, packed, header = self._large(extra, size, packed, header)
            name = raw_name.decode() if raw_name.isascii() else _decoded(raw_name, flags)
            body = self._body(header, raw_name)
            found.append((name, raw_name, flags, method, crc, packed, size, header, body, at, end))
            at = end
        return found

    def _large(self, extra: bytes, size: int, packed: int, header: int) -> tuple[int, int, int]:
        """Sizes and offset from the large-file extra field, which holds only those that do not fit elsewhere."""
        at, values = 0, []
        while at + 4 <= len(extra):
            kind, length = struct.unpack_from("<2H", extra, at)
            if kind == 1:
                body = extra[at + 4 : at + 4 + length]
                values = list(struct.unpack_from(f"<{len(body) // 8}Q", body))
                self.zip64 = True
            at += 4 + length
        try:
            size = values.pop(0) if size == _FULL else size
            packed = values.pop(0) if packed == _FULL else packed
            header = values.pop(0) if header == _FULL else header
        except IndexError:
            raise damaged("压缩包目录不完整") from None
        return size, packed, header

    def _place(self, entries: list[_Entry]) -> dict[str, Member]:
        """The members by name, with ``stop``; overlaps, repeated and doubtful names are refused."""
        order = sorted(entries, key=_header)
        stops: dict[int, int] = {}
        following = self.directory.start
        for entry in reversed(order):
            if entry[8] + entry[5] > following:
                raise damaged("压缩包内的部件互相重叠")
            stops[entry[7]] = following
            following = entry[7]
        placed: dict[str, Member] = {}
        for name, raw, flags, method, crc, packed, size, header, body, at, end in entries:
            if "\\" in name or ".." in name or name[:1] == "/":
                name = _tidy(name)
            placed[name] = Member(name, raw, flags, method, crc, packed, size, header, body, stops[header], at, end)
        return placed

    def _body(self, at: int, raw_name: bytes) -> int:
        """Where the compressed bytes of the local header at ``at`` begin; the two names must agree."""
        data, name_at = self.data, at + 30
        if name_at > self.directory.start or data[at : at + 4] != b"PK\3\4":
            raise damaged("压缩包内部件的位置不对")
        name_length, extra_length = _LENGTHS(data, at + 26)
        if data[name_at : name_at + name_length] != raw_name:
            raise damaged("压缩包内部件的名称前后不一致")
        return name_at + name_length + extra_length  # type: ignore[no-any-return]


def _decoded(raw_name: bytes, flags: int) -> str:
    return raw_name.decode("utf-8" if flags & UTF8_FLAG else "cp437", "replace")


def _tidy(name: str) -> str:
    """A member name as the standard writes it; UnreadableFile when it points outside the package."""
    tidy = name.replace("\\", "/").lstrip("/")
    if ".." in tidy.split("/"):
        raise UnreadableFile(f"文件包内有越出自身目录的部件名「{name}」，来历可疑，没有读取，" + limits.RESAVE)
    return tidy
