"""Web pages saved as .xls, as many government systems export them: the tables of a page as one sheet.

The tags are found by a scanner of our own that takes time in proportion to the text for any input; the parser of the
standard library can be made to take its square.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from xlsuite.forms.grid import Book
from xlsuite.hosts import limits
from xlsuite.hosts.foreign import sniff
from xlsuite.hosts.foreign.web_table import Sheet, Table

_TAG = re.compile(r"(/?)([A-Za-z][A-Za-z0-9:]*)")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_QUOTE_OR_END = re.compile(r"""[>"']""")
_RAW = frozenset({"script", "style", "title", "xml", "textarea", "noscript", "template"})
_BREAKS = frozenset({"br", "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "hr", "center", "caption"})
_SPACES = re.compile(r"[ \t\n\r\f]+")
_SHEET_NAME = re.compile(r"<x:Name>([^<]{1,64})</x:Name>", re.IGNORECASE)
_CHECK_EVERY = 2_000


class Tag(NamedTuple):
    """A tag of a page; ``name`` in lower case, with a slash before it for an end tag; a text has the name ""."""

    name: str
    text: str


def read_page(text: str, label: str, clock: limits.Clock) -> Book:
    """The tables of a page. UnreadableFile when it has none."""
    sheet = sheet_of_page(text, clock)
    if sheet is None:
        raise sniff.no_workbook("不含表格的网页")
    name = _SHEET_NAME.search(text)
    return Book(label, [sheet.grid(unescape(name[1]) if name else "Sheet1")])


def sheet_of_page(text: str, clock: limits.Clock) -> Sheet | None:
    """Everything visible of a page in reading order: tables row by row, other text in rows of its own."""
    page = _Page()
    for number, tag in enumerate(tags(text)):
        page.take(tag)
        if number % _CHECK_EVERY == 0:
            clock.check()
    page.finish()
    return page.sheet if page.sheet.tables else None


def tags(text: str) -> Iterator[Tag]:
    """The tags and texts of a page; comments, declarations and the content of scripts are left out."""
    at, size = 0, len(text)
    while at < size:
        start = text.find("<", at)
        if start < 0:
            start = size
        if start > at:
            yield Tag("", text[at:start])
        if start == size:
            return
        found = _TAG.match(text, start + 1)
        if found:
            stop = _tag_stop(text, found.end())
            name = found[1] + found[2].lower()
            yield Tag(name, text[found.end() : stop])
            at = _after_raw(text, stop + 1, name) if name in _RAW else stop + 1
        elif text.startswith("<!--", start):
            at = _after(text, "-->", start + 4)
        elif text.startswith(("<!", "<?", "</"), start):
            at = _after(text, ">", start + 2)
        else:
            yield Tag("", "<")
            at = start + 1


def _after(text: str, mark: str, start: int) -> int:
    found = text.find(mark, start)
    return len(text) if found < 0 else found + len(mark)


def _after_raw(text: str, start: int, name: str) -> int:
    """Behind the end tag of an element whose content is no markup; the end of the text when it is never closed."""
    found = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(text, start)
    return found.end() if found else len(text)


def _tag_stop(text: str, at: int) -> int:
    """Where the ``>`` of a tag is, quoted attribute values skipped."""
    while True:
        found = _QUOTE_OR_END.search(text, at)
        if not found:
            return len(text)
        if found[0] == ">":
            return found.start()
        end = text.find(found[0], found.end())
        if end < 0:
            return len(text)
        at = end + 1


def attributes(raw: str) -> dict[str, str]:
    """The attributes inside a tag, names in lower case."""
    return {name.lower(): unescape(double or single or bare) for name, double, single, bare in _ATTRIBUTE.findall(raw)}


class _Page:
    """Builds the sheet while tags come in."""

    def __init__(self) -> None:
        self.sheet = Sheet()
        self._open: list[Table] = []
        self._pieces: list[str] = []

    def take(self, tag: Tag) -> None:
        """The next tag or text."""
        name = tag.name
        table = self._open[-1] if self._open else None
        if not name:
            self._pieces.append(_SPACES.sub(" ", tag.text))
        elif name == "table":
            self._flush()
            self._open.append(Table())
            limits.XML_DEPTH.check(len(self._open))
        elif name == "/table":
            self._close_table()
        elif table is not None and name in ("tr", "/tr", "td", "th", "/td", "/th"):
            self._flush()
            table.take(name, attributes(tag.text) if name in ("tr", "td", "th") else {})
        elif name.removeprefix("/") in _BREAKS:
            self._pieces.append("\n")

    def finish(self) -> None:
        """The page is over: close what was left open."""
        while self._open:
            self._close_table()
        self._flush()

    def _close_table(self) -> None:
        self._flush()
        if not self._open:
            return
        table = self._open.pop()
        table.finish()
        if self._open:
            self._open[-1].nest(table)
        else:
            self.sheet.add(table)

    def _flush(self) -> None:
        """Give the collected text to the cell it is in, or to a row of its own."""
        if not self._pieces:
            return
        lines = unescape("".join(self._pieces)).replace("\u00a0", " ").split("\n")
        self._pieces.clear()
        text = "\n".join(line.strip() for line in lines).strip()
        if text and self._open:
            self._open[-1].write(text)
        elif text:
            self.sheet.add_text(text)
