"""A Word file as a zip: read within limits, written with untouched members copied as they are, still compressed."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import NamedTuple

from xlsuite.core.errors import TemplateError

MAX_FILE = 64 * 1024 * 1024
MAX_MEMBERS = 2000
MAX_MEMBER = 48 * 1024 * 1024
MAX_TOTAL = 200 * 1024 * 1024
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_UTF8 = 0x800
_DATE = 33
"""1 January 1980, the earliest date a zip knows: files made twice are the same to the byte."""

_LEVEL = 1
"""The quickest: a report grows by a few kilobytes and costs a tenth less."""


class _Entry(NamedTuple):
    """What a zip says about one member, before it and in its directory."""

    name: str
    method: int
    crc: int
    packed: int
    size: int

    def local(self) -> bytes:
        encoded = self.name.encode()
        fields = (20, _UTF8, self.method, 0, _DATE, self.crc, self.packed, self.size, len(encoded), 0)
        return _LOCAL.pack(b"PK\x03\x04", *fields) + encoded

    def central(self, offset: int) -> bytes:
        encoded = self.name.encode()
        fields = (20, 20, _UTF8, self.method, 0, _DATE, self.crc, self.packed, self.size, len(encoded), 0, 0, 0, 0, 0)
        return _CENTRAL.pack(b"PK\x01\x02", *fields, offset) + encoded


class DocxArchive:
    """The members of a .docx; those named in ``changing`` are rewritten each time, the rest is copied in one piece."""

    def __init__(self, data: bytes, changing: Iterable[str] = ()) -> None:
        self._members = _members(data)
        self._data = data
        self.changing = frozenset(changing)
        blob, central = BytesIO(), []
        for info in self._members.values():
            if info.filename in self.changing:
                continue
            raw = _raw(data, info)
            entry = _Entry(info.filename, info.compress_type, info.CRC, info.compress_size, info.file_size)
            central.append(entry.central(blob.tell()))
            blob.write(entry.local() + raw)
        self._blob, self._central = blob.getvalue(), b"".join(central)
        self._count = len(central)

    @property
    def names(self) -> list[str]:
        """Names of the members in order."""
        return list(self._members)

    def read(self, name: str) -> bytes:
        """One member.

        Raises:
            TemplateError: it is missing, damaged or too large.
        """
        info = self._members.get(name)
        if info is None:
            raise TemplateError(f"文件里缺少“{name}”，不是完整的 Word 文件，请用 Word 或 WPS 另存为 .docx 后再试。")
        raw = _raw(self._data, info)
        try:
            data = (
                raw if info.compress_type == zipfile.ZIP_STORED else zlib.decompressobj(-15).decompress(raw, MAX_MEMBER)
            )
        except zlib.error:
            raise TemplateError("文件已损坏，解不开，请重新取得原文件或用 Word 另存一份再试。") from None
        if len(data) != info.file_size or zlib.crc32(data) != info.CRC:
            raise TemplateError("文件已损坏（校验不符），请重新取得原文件或用 Word 另存一份再试。")
        return data

    def leaving_out(self, changing: Iterable[str]) -> DocxArchive:
        """The same file, with these members to be written anew each time."""
        return DocxArchive(self._data, changing)

    def replaced(self, name: str, content: bytes) -> DocxArchive:
        """The same file with one member changed."""
        return DocxArchive(DocxArchive(self._data, [name]).write({name: content}))

    def write(self, changed: Mapping[str, bytes]) -> bytes:
        """The whole file with the ``changing`` members (and any new ones) as given."""
        pieces, central = [self._blob], [self._central]
        offset = len(self._blob)
        for name, data in changed.items():
            packed, method = _packed(name, data)
            entry = _Entry(name, method, zlib.crc32(data), len(packed), len(data))
            head = entry.local()
            central.append(entry.central(offset))
            pieces += [head, packed]
            offset += len(head) + len(packed)
        directory = b"".join(central)
        count = self._count + len(changed)
        end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), offset, 0)
        return b"".join([*pieces, directory, end])


def _members(data: bytes) -> dict[str, zipfile.ZipInfo]:
    if len(data) > MAX_FILE:
        raise TemplateError("文件超过 64 MB，不像是报告或报告模板，请确认选对了文件。")
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            found = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise TemplateError(_not_zip(data)) from None
    if len(found) > MAX_MEMBERS or sum(info.file_size for info in found) > MAX_TOTAL:
        raise TemplateError("文件包里的部件过多或解压后过大，可能是人为制造的压缩炸弹，不予读取。")
    members: dict[str, zipfile.ZipInfo] = {}
    for info in found:
        if info.flag_bits & 1:
            raise TemplateError("文件设了密码，无法读取，请去掉密码后再试。")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or info.file_size > MAX_MEMBER:
            raise TemplateError(f"文件里的“{info.filename}”压缩方式特殊或过大，请用 Word 或 WPS 另存为 .docx 后再试。")
        if info.filename in members or info.filename.startswith("/") or ".." in info.filename.split("/"):
            raise TemplateError(f"文件里的部件名“{info.filename}”重复或不合规，请用 Word 或 WPS 另存为 .docx 后再试。")
        members[info.filename] = info
    return members


def _not_zip(data: bytes) -> str:
    if not data:
        return "文件是空的，请确认选对了文件。"
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return "这是旧格式的 .doc 文件，或设了打开密码，请用 Word 或 WPS 另存为没有密码的 .docx 后再试。"
    return "文件不是 Word 的 .docx（打不开文件包），请确认选对了文件，或用 Word 另存为 .docx 后再试。"


def _raw(data: bytes, info: zipfile.ZipInfo) -> bytes:
    try:
        fields = _LOCAL.unpack_from(data, info.header_offset)
    except struct.error:
        raise TemplateError("文件不完整（可能没有下载完），请重新取得原文件后再试。") from None
    start = info.header_offset + _LOCAL.size + fields[9] + fields[10]
    raw = data[start : start + info.compress_size]
    if fields[0] != b"PK\x03\x04" or len(raw) != info.compress_size:
        raise TemplateError("文件不完整（可能没有下载完），请重新取得原文件后再试。")
    return raw


def _packed(name: str, data: bytes) -> tuple[bytes, int]:
    if name.endswith((".png", ".jpg", ".jpeg")):
        return data, zipfile.ZIP_STORED
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush(), zipfile.ZIP_DEFLATED
