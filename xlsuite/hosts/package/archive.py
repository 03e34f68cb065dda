"""A workbook's zip file written anew, every member that nobody touched byte for byte as it was.

Local records are copied as they stand (compressed data, extra fields, time stamps, descriptors, gaps) and in their
order; only replaced members are compressed. The central directory is copied record by record with new offsets.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from xlsuite.core.errors import ProtectedFile, UnsafeWrite
from xlsuite.hosts.package.container import (
    DEFLATED,
    ENCRYPTED_FLAG,
    STORED,
    UTF8_FLAG,
    Container,
    Member,
)

_END = struct.Struct("<4s4H2LH")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_SIZES = struct.Struct("<3L")
_OFFSET = slice(42, 46)
"""Where a directory record holds the offset of its member."""
_MASKED_FLAGS = 0x2000 | 0x40 | ENCRYPTED_FLAG
_EARLIEST = 0x21
"""1 January 1980 in zip's calendar: added members carry no clock time, so equal input gives equal output."""
_LEVEL = 2
"""A third of the time of zlib's usual level, for about a tenth more bytes in the one part that changed."""
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0"
_RESAVE = "没有写入任何内容，请用表格软件打开后另存为新的 .xlsx 文件再试。"


@dataclass(frozen=True, slots=True)
class Stored:
    """A member exactly as it lies in the file: its local record and its directory record."""

    record: bytes
    entry: bytes


@dataclass(slots=True)
class Changes:
    """What becomes of members: new contents, members added at the end, dropped, or put back as once stored."""

    replaced: dict[str, bytes] = field(default_factory=dict)
    added: dict[str, bytes] = field(default_factory=dict)
    dropped: set[str] = field(default_factory=set)
    restored: dict[str, Stored] = field(default_factory=dict)


def open_for_writing(data: bytes) -> Container:
    """The container of a workbook that can be rewritten; everything else is refused with its reason."""
    if data[:4] == _COMPOUND_FILE:
        raise ProtectedFile(
            "文件是加密的工作簿或旧版 .xls，无法直接写入，请先用表格软件打开、取消密码并另存为 .xlsx 后再试。"
        )
    container = Container(data)
    if container.zip64:
        raise UnsafeWrite("文件用了超大压缩包格式（zip64），直接写入可能出错，" + _RESAVE)
    _require_plain_end(container)
    for member in container.members.values():
        if member.flags & _MASKED_FLAGS:
            raise ProtectedFile("文件带有密码，无法写入，请先用表格软件打开、取消密码并保存后再试。")
        if member.name.lower().startswith("_xmlsignatures/"):
            raise ProtectedFile("文件带有数字签名，任何写入都会使签名失效，请在未签名的文件上操作，定稿后再重新签名。")
    return container


def _require_plain_end(container: Container) -> None:
    at = container.directory.stop
    data = container.data
    if data[at : at + 4] != b"PK\5\6" or at + _END.size > len(data):
        raise UnsafeWrite("文件的压缩目录与常规不同，" + _RESAVE)
    _, disk, first, here, count, *_ = _END.unpack_from(data, at)
    if disk or first or here != count or count != len(container.members):
        raise UnsafeWrite("文件是分卷的压缩包，" + _RESAVE)


def stored(container: Container, member: Member) -> Stored:
    """The member as it lies in the file."""
    return Stored(container.record(member), container.data[member.entry : member.entry_stop])


def rewritten(container: Container, changes: Changes) -> bytes:
    """The bytes of the file after the changes."""
    data = container.data
    records: dict[str, tuple[int, bytes]] = {}
    by_place = sorted(container.members.values(), key=lambda member: member.header)
    offset = by_place[0].header if by_place else container.directory.start
    pieces: list[bytes | memoryview] = [memoryview(data)[:offset]]
    for member in by_place:
        if member.name in changes.dropped:
            continue
        record, entry = _changed(container, member, changes)
        pieces.append(record)
        records[member.name] = offset, entry
        offset += len(record)
    names = [member.name for member in container.members.values() if member.name in records]
    for name, content in changes.added.items():
        record, entry = _new_member(name, content)
        pieces.append(record)
        records[name] = offset, entry
        names.append(name)
        offset += len(record)
    directory = [_placed(*records[name]) for name in names]
    return b"".join([*pieces, *directory, _end(container, directory, offset)])


def _changed(container: Container, member: Member, changes: Changes) -> tuple[bytes | memoryview, bytes]:
    if member.name in changes.replaced:
        return _compressed(container, member, changes.replaced[member.name])
    if member.name in changes.restored:
        back = changes.restored[member.name]
        return back.record, back.entry
    return memoryview(container.data)[member.header : member.stop], container.data[member.entry : member.entry_stop]


def _placed(offset: int, entry: bytes) -> bytes:
    return entry[: _OFFSET.start] + struct.pack("<L", offset) + entry[_OFFSET.stop :]


def _end(container: Container, directory: list[bytes], offset: int) -> bytes:
    size, count = sum(map(len, directory)), len(directory)
    if count >= 0xFFFF or offset + size >= 0xFFFFFFFF:
        raise UnsafeWrite("文件写入后会超过压缩包格式的大小上限，没有写入任何内容。")
    at = container.directory.stop
    comment = _END.unpack_from(container.data, at)[7]
    return _END.pack(b"PK\5\6", 0, 0, count, count, size, offset, comment) + container.data[at + _END.size :]


def _deflated(content: bytes) -> bytes:
    engine = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
    return engine.compress(content) + engine.flush()


def _compressed(container: Container, member: Member, content: bytes) -> tuple[bytes, bytes]:
    """The records of a member with new content: same name, time stamp and extra fields, no descriptor."""
    packed = content if member.method == STORED else _deflated(content)
    sizes = _SIZES.pack(zlib.crc32(content), len(packed), len(content))
    flags = struct.pack("<H", member.flags & UTF8_FLAG)
    data, entry = container.data, container.data[member.entry : member.entry_stop]
    extra_at = member.header + _LOCAL.size + len(member.raw_name)
    extra = _without_large(data[extra_at : member.body])
    head = data[member.header : member.header + 6] + flags + data[member.header + 8 : member.header + 14]
    local = head + sizes + struct.pack("<2H", len(member.raw_name), len(extra)) + member.raw_name + extra
    return local + packed, _entry_with(entry, flags, sizes)


def _entry_with(entry: bytes, flags: bytes, sizes: bytes) -> bytes:
    name_size, extra_size = struct.unpack_from("<2H", entry, 28)
    extra_at = _ENTRY.size + name_size
    extra = _without_large(entry[extra_at : extra_at + extra_size])
    head = entry[:8] + flags + entry[10:16] + sizes + struct.pack("<2H", name_size, len(extra))
    return head + entry[32:extra_at] + extra + entry[extra_at + extra_size :]


def _without_large(extra: bytes) -> bytes:
    """Extra fields without the large-file sizes, which would contradict the new ones."""
    kept, at = b"", 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<2H", extra, at)
        if kind != 1:
            kept += extra[at : at + 4 + size]
        at += 4 + size
    return kept + extra[at:]


def _new_member(name: str, content: bytes) -> tuple[bytes, bytes]:
    packed, raw_name = _deflated(content), name.encode()
    flags = 0 if raw_name.isascii() else UTF8_FLAG
    sizes = (zlib.crc32(content), len(packed), len(content))
    local = _LOCAL.pack(b"PK\3\4", 20, flags, DEFLATED, 0, _EARLIEST, *sizes, len(raw_name), 0)
    shape = (len(raw_name), 0, 0, 0, 0, 0, 0)
    return local + raw_name + packed, _ENTRY.pack(
        b"PK\1\2", 20, 20, flags, DEFLATED, 0, _EARLIEST, *sizes, *shape
    ) + raw_name


def verify(before: Container, after: bytes, changes: Changes) -> None:
    """Read the result back: every changed member must hold what was meant, every other one its old bytes.

    The last safeguard before a user's file is replaced; a failure here is a defect of the program.
    """
    result = Container(after)
    expected = (set(before.members) - changes.dropped) | set(changes.added)
    sound = set(result.members) == expected
    for name, content in {**changes.replaced, **changes.added}.items():
        sound = sound and result.read(name) == content
    touched = set(changes.replaced) | set(changes.restored) | changes.dropped
    for name, member in before.members.items():
        if name not in touched:
            sound = sound and before.record(member) == result.record(result.members[name])
    if not sound:
        raise UnsafeWrite("写入前的自检没有通过，原文件没有改动，请把本文件发给维护人员。")


def part_names(members: Mapping[str, object], folder: str, stem: str, suffix: str) -> Iterable[str]:
    """Free part names of a kind, for example ``xl/comments3.xml``."""
    taken = {name.lower() for name in members}
    number = 1
    while True:
        name = f"{folder}{stem}{number}{suffix}"
        if name.lower() not in taken:
            yield name
        number += 1
