"""Files that are text: what encoding, and whether a web page, XML 2003, an archived page, or separated columns."""

from __future__ import annotations

import re

from xlsuite.core.errors import UnreadableFile
from xlsuite.forms.grid import Book
from xlsuite.hosts import limits
from xlsuite.hosts.foreign import sniff

_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([A-Za-z0-9._-]{3,20})""", re.IGNORECASE)
_ARCHIVE = re.compile(
    r"\s*(?:mime-version:|content-type:\s*multipart/related|from:.*\n(?:.*\n){0,8}mime-version:)", re.IGNORECASE
)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|table|meta|style|div|center)\b", re.IGNORECASE)
_HEAD = 4096
_MOST_CONTROLS = 0.002
"""Share of control characters above which a file is no text."""


def read_textual(data: bytes, label: str, clock: limits.Clock) -> Book:
    """A workbook stored as text. UnreadableFile says what the file is when it holds no table."""
    limits.TEXT_FILE_BYTES.check(len(data))
    text = decoded(data)
    head = text[:_HEAD]
    if _ARCHIVE.match(head):
        from xlsuite.hosts.foreign.web_archive import read_archive

        return read_archive(data, label, clock)
    lowered = head.lower()
    if "urn:schemas-microsoft-com:office:spreadsheet" in lowered and not re.search(r"<html\b", lowered):
        from xlsuite.hosts.foreign.spreadsheetml import read_spreadsheetml

        return read_spreadsheetml(text, label, clock)
    if "urn:oasis:names:tc:opendocument" in lowered and "<office:document" in lowered:
        from xlsuite.hosts.foreign.opendocument import read_flat

        return read_flat(text, label, clock)
    if _PAGE.search(head):
        from xlsuite.hosts.foreign.web_page import read_page

        return read_page(text, label, clock)
    if lowered.lstrip().startswith("<?xml"):
        raise sniff.no_workbook("其他 XML 文件")
    from xlsuite.hosts.foreign.separated import read_separated

    return read_separated(text, label)


def decoded(data: bytes) -> str:
    """The text of a file in any encoding met in Chinese offices. UnreadableFile when it is no text at all."""
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except (UnicodeError, LookupError):
            continue
        text = text.removeprefix("\ufeff")
        controls = sum(text.count(chr(code)) for code in (*range(9), *range(14, 32), 127))
        if controls <= len(text) * _MOST_CONTROLS:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise UnreadableFile("文件的内容无法识别，不是表格文件，或已经损坏，请确认选对了文件后再试。")


def _candidates(data: bytes) -> list[str]:
    if data.startswith(b"\xef\xbb\xbf"):
        return ["utf-8-sig"]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    if data[1:2] == b"\0" and data[0:1] != b"\0":
        return ["utf-16-le"]
    if data[0:1] == b"\0" and data[1:2] != b"\0":
        return ["utf-16-be"]
    declared = _DECLARED.search(data[:_HEAD])
    first = [_python_name(declared[1].decode("ascii").lower())] if declared else []
    return [*first, "utf-8", "gb18030"]


def _python_name(name: str) -> str:
    """Pages that declare GB2312 use characters beyond it; a page read as bytes cannot be UTF-16 as it claims."""
    if name in ("gb2312", "gbk", "gb_2312-80", "cp936", "x-gbk", "gb18030"):
        return "gb18030"
    return "utf-8" if name.startswith(("utf-16", "unicode")) else name
