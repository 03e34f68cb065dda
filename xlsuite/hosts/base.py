"""Opening any workbook file: what it is decides its content, never its name."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, Protocol

from xlsuite.core.errors import LimitExceeded, UnreadableFile, XlsuiteError
from xlsuite.forms.grid import Book
from xlsuite.hosts import limits

if TYPE_CHECKING:
    from xlsuite.core.finding import Edit, Mark

_ZIP = b"PK\3\4"


class Host(Protocol):
    """A place workbooks live in: hands over a snapshot, carries out edits and marks all or nothing."""

    def snapshot(self) -> Book:
        """The workbook as it stands now."""

    def apply(self, edits: list[Edit], marks: list[Mark]) -> None:
        """Write; StaleCell, and nothing written, when a cell no longer holds what was read."""


def open_book(path: str | os.PathLike[str]) -> Book:
    """Read a workbook file of any kind: .xlsx and kin, .xls/.et, .xlsb, .ods, HTML, XML 2003 or CSV under any name.

    Raises:
        UnreadableFile: it is missing, damaged or no workbook; the message says in Chinese what it is.
        ProtectedFile: it is encrypted.
        LimitExceeded: it is larger than :mod:`xlsuite.hosts.limits` allows.
    """
    return read_book(file_bytes(path), os.fspath(path))


def read_book(data: bytes, label: str) -> Book:
    """:func:`open_book` for bytes at hand; ``label`` names the source in the book."""
    try:
        book = _dispatch(data, label, limits.Clock())
    except XlsuiteError:
        raise
    except MemoryError as error:
        raise LimitExceeded("读取这个文件需要的内存过多，" + limits.SPLIT) from error
    except Exception as error:
        # A clerk must never meet a traceback; the cause stays attached for the developers.
        raise UnreadableFile(
            f"读取时遇到意外的内容（{type(error).__name__}），文件可能已损坏，" + limits.RESAVE
        ) from error
    book.sha256 = hashlib.sha256(data).hexdigest()
    return book


def _dispatch(data: bytes, label: str, clock: limits.Clock) -> Book:
    if data[:4] == _ZIP:
        from xlsuite.hosts.package.container import Container
        from xlsuite.hosts.package.workbook import workbook_part

        container = Container(data)
        part = workbook_part(container)
        if part.endswith(".xml") and part in container and not part.startswith(("word/", "ppt/", "visio/")):
            from xlsuite.hosts.package.read import read_package

            return read_package(container, part, label, clock)
        from xlsuite.hosts.foreign import read_other_package

        return read_other_package(container, part, label, clock)
    from xlsuite.hosts.foreign import read_foreign

    return read_foreign(data, label, clock)


def file_bytes(path: str | os.PathLike[str]) -> bytes:
    """The content of a file, opened for reading only. UnreadableFile says in Chinese why it cannot be read."""
    source = Path(path)
    name = source.name
    try:
        status = source.stat()
        if S_ISDIR(status.st_mode):
            raise UnreadableFile(f"「{name}」是一个文件夹，不是文件，请选择其中的工作簿。")
        if not S_ISREG(status.st_mode):
            raise UnreadableFile(f"「{name}」不是普通文件，无法读取，请选择工作簿文件。")
        if status.st_size == 0:
            raise UnreadableFile(f"「{name}」是空文件（0 字节），请重新获取后再试。")
        limits.FILE_BYTES.check(status.st_size)
        with source.open("rb") as stream:
            data = stream.read(limits.FILE_BYTES.most + 1)
    except FileNotFoundError as error:
        raise UnreadableFile(f"找不到文件「{name}」，请检查路径是否正确、文件是否已被移走或改名。") from error
    except PermissionError as error:
        raise UnreadableFile(
            f"没有读取文件「{name}」的权限，或它正被别的程序独占，请关闭该程序或取得权限后再试。"
        ) from error
    except (OSError, ValueError) as error:
        raise UnreadableFile(f"读取文件「{name}」失败，请检查磁盘、网络或 U 盘是否正常后再试。") from error
    limits.FILE_BYTES.check(len(data))
    return data
