"""The record stream of old Excel and WPS workbooks (.xls, .et): BIFF8 and BIFF5, and bare sheets in BIFF2 to BIFF5.

Values, number formats, merges and what is hidden are read; a formula is known to be one, its text is not decompiled.
Record layouts: [MS-XLS], and the OpenOffice.org description of the format for what came before.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from xlsuite.core.errors import ProtectedFile, UnreadableFile
from xlsuite.forms.grid import Book
from xlsuite.hosts import limits
from xlsuite.hosts.covered import drop_covered
from xlsuite.hosts.foreign.biff_sheet import Globals, SheetPlace, SheetReader
from xlsuite.hosts.foreign.biff_text import Strings, codec_of, text8, unicode_text
from xlsuite.hosts.package.container import damaged

_FILE_PASS, _FIRST_RECORDS = 0x002F, 20
_EOF, _CONTINUE = 0x000A, 0x003C
_BEGINNINGS = (0x0009, 0x0209, 0x0409, 0x0809)
_SHEET_KIND = 0x0010


class Record(NamedTuple):
    """One record: its kind and its bytes."""

    kind: int
    body: bytes


def read_biff(stream: bytes, label: str, clock: limits.Clock) -> Book:
    """The worksheets of a record stream.

    Raises:
        UnreadableFile: the stream is damaged or has no worksheet.
        ProtectedFile: it is encrypted.
    """
    try:
        return _read(stream, label, clock)
    except (struct.error, IndexError) as error:
        raise damaged("文件的记录不完整") from error


def _read(stream: bytes, label: str, clock: limits.Clock) -> Book:
    book = Book(label)
    stream = _decrypted(stream, clock)
    workbook, bare = _read_globals(stream)
    sheets = [SheetPlace("Sheet1", 0, False, 0)] if bare else workbook.sheets
    total = 0
    for place in sheets:
        if place.kind != 0:
            continue
        grid = SheetReader(workbook, place, clock).read(records(stream, place.start))
        total += len(grid.cells)
        limits.CELLS.check(total, "工作簿内")
        book.remarks.extend(drop_covered(grid))
        book.sheets.append(grid)
    if not book.sheets:
        raise UnreadableFile("工作簿里没有工作表（可能只有图表页），请确认选对了文件。")
    return book


def records(stream: bytes, at: int) -> Iterator[Record]:
    """The records from ``at`` to the end of the part they belong to; embedded parts such as charts are left out."""
    depth, size = 0, len(stream)
    while at + 4 <= size:
        kind, length = struct.unpack_from("<2H", stream, at)
        body = stream[at + 4 : at + 4 + length]
        at += 4 + length
        if kind in _BEGINNINGS:
            depth += 1
            if depth > 1:
                continue
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
            continue
        if depth == 1:
            yield Record(kind, body)
    raise damaged("文件的记录不完整")


def _decrypted(stream: bytes, clock: limits.Clock) -> bytes:
    """The stream itself, or decrypted when its password is the one every program knows."""
    file_pass = next((body for kind, body in islice(records(stream, 0), _FIRST_RECORDS) if kind == _FILE_PASS), None)
    if file_pass is None:
        return stream
    from xlsuite.hosts.foreign.known_password import opened

    plain = opened(stream, file_pass, clock)
    if plain is None:
        raise ProtectedFile(
            "文件带有打开密码或工作簿保护密码，无法读取，请先用 Excel 或 WPS 打开并取消密码、保存后再试。"
        )
    return plain


def _read_globals(stream: bytes) -> tuple[Globals, bool]:
    """The globals, and whether the stream is a single sheet without any."""
    workbook = Globals()
    strings: list[bytes] = []
    last = 0
    for kind, body in records(stream, 0):
        if kind in _BEGINNINGS:
            version, part = struct.unpack_from("<2H", body)
            workbook.version = {0x0809: 8 if version == 0x0600 else 5, 0x0409: 4, 0x0209: 3}.get(kind, 2)
            if part == _SHEET_KIND or workbook.version < 5:
                return workbook, True
        elif kind == _CONTINUE and last == 0x00FC:
            strings.append(body)
            continue
        else:
            _global(workbook, kind, body, strings)
        last = kind
    if strings:
        workbook.strings = Strings(strings).all()
    return workbook, False


def _global(workbook: Globals, kind: int, body: bytes, strings: list[bytes]) -> None:
    if kind == 0x0042:
        workbook.codec = codec_of(struct.unpack_from("<H", body)[0])
    elif kind == 0x0022:
        workbook.date1904 = body[:1] == b"\1"
    elif kind == 0x041E:
        (number,) = struct.unpack_from("<H", body)
        text = unicode_text(body, 2, 2) if workbook.version == 8 else text8(body, 2, workbook.codec)
        workbook.formats[number] = text
    elif kind == 0x00E0:
        workbook.styles.append(struct.unpack_from("<H", body, 2)[0])
    elif kind == 0x00FC:
        strings.append(body)
    elif kind == 0x0085:
        start, visibility, part = struct.unpack_from("<L2B", body)
        name = unicode_text(body, 6, 1) if workbook.version == 8 else text8(body, 6, workbook.codec)
        workbook.sheets.append(SheetPlace(name, start, bool(visibility & 3), part))
        limits.SHEETS.check(len(workbook.sheets))
