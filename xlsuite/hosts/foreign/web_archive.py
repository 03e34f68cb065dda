"""Archived web pages (.mht) saved as .xls: a workbook or report as a MIME message with one page per sheet."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message
from html import unescape

from xlsuite.forms.grid import Book
from xlsuite.hosts import limits
from xlsuite.hosts.foreign import sniff
from xlsuite.hosts.foreign.textual import decoded
from xlsuite.hosts.foreign.web_page import sheet_of_page

_SHEET = re.compile(
    r"<x:ExcelWorksheet>\s*<x:Name>([^<]*)</x:Name>\s*<x:WorksheetSource\s+HRef=[\"']([^\"']+)[\"']", re.IGNORECASE
)
_MOST_PARTS = 2_000


def read_archive(data: bytes, label: str, clock: limits.Clock) -> Book:
    """The pages with tables, in order, named as the workbook names them. UnreadableFile when there is none."""
    pages = _pages(message_from_bytes(data))
    names = {
        source.rpartition("/")[2].lower(): unescape(name) for _, text in pages for name, source in _SHEET.findall(text)
    }
    book = Book(label)
    for location, text in pages:
        sheet = sheet_of_page(text, clock)
        if sheet is not None:
            name = names.get(location.rpartition("/")[2].lower(), f"Sheet{len(book.sheets) + 1}")
            book.sheets.append(sheet.grid(name))
    if not book.sheets:
        raise sniff.no_workbook("不含表格的网页")
    return book


def _pages(message: Message) -> list[tuple[str, str]]:
    """(location, text) of every page of the message."""
    pages = []
    for number, part in enumerate(message.walk()):
        if number > _MOST_PARTS:
            break
        if part.get_content_type() not in ("text/html", "application/xhtml+xml"):
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and content:
            pages.append((str(part.get("Content-Location", "")), decoded(content)))
    return pages
