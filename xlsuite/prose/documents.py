"""A narrative report as plain data: paragraphs and tables in reading order, before anything is understood.

Hosts build a :class:`Document` from a Word file, text or PDF; everything else in :mod:`xlsuite.prose` reads it.
Paragraph numbers count from 1: the line number in a text file, the ordinal of the paragraph in a Word file.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple


class Comment(NamedTuple):
    """A comment to be placed in a report: the paragraph's number, the words it is about, and what it says."""

    paragraph: int
    quote: str
    text: str


@dataclass(slots=True)
class Paragraph:
    """One physical paragraph or line.

    ``label`` is the automatic list number as Word shows it, which is not part of ``text``. ``level`` is the heading
    level of its style, 0 for body text. ``table`` is the index of the table it belongs to, None outside of tables.
    ``picture`` says that it holds a drawing.
    """

    number: int
    text: str
    label: str = ""
    level: int = 0
    table: int | None = None
    picture: bool = False


@dataclass(slots=True)
class Entry:
    """One cell of a table with the number of its first paragraph.

    ``span`` is the number of columns it covers; ``continued`` marks the lower part of a vertically merged cell.
    """

    text: str
    paragraph: int
    span: int = 1
    continued: bool = False


@dataclass(slots=True)
class Table:
    """A table inside the report, row by row."""

    rows: list[list[Entry]] = field(default_factory=list)


@dataclass(slots=True)
class Document:
    """A report as read.

    ``kind`` is docx, txt, md or pdf. ``wrapped`` says that every paragraph is one printed line, as in PDF text.
    ``remarks`` are Chinese sentences about what the host could not read.
    """

    name: str = ""
    kind: str = "txt"
    paragraphs: list[Paragraph] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    wrapped: bool = False
    remarks: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All paragraphs, one per line."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def blank(self) -> bool:
        """Whether there is nothing to read."""
        return not any(paragraph.text.strip() for paragraph in self.paragraphs)


_FENCE = re.compile(r"^\s*(```|~~~)")
_RULER = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
_HASHES = re.compile(r"^\s{0,3}(#{1,6})\s+")
_BULLET = re.compile(r"^\s{0,3}[*+-]\s+(?=\S)")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")


def from_text(text: str, name: str = "", kind: str = "txt", *, wrapped: bool | None = None) -> Document:
    """A document from plain text, one paragraph per line.

    Lines that begin with a tab are cells (the way converters dump Word tables), lines with bars are Markdown tables.
    In Markdown the marks for headings and emphasis are markup, not residue, and are taken away. ``wrapped`` None lets
    the widths of the lines decide.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
    document = Document(name, kind)
    for number, line in enumerate(lines, 1):
        document.paragraphs.append(_markdown(number, line) if kind == "md" else Paragraph(number, line))
    document.wrapped = _is_wrapped(lines) if wrapped is None else wrapped
    _dumped_tables(document)
    _barred_tables(document)
    return document


def _markdown(number: int, line: str) -> Paragraph:
    hashes = _HASHES.match(line)
    if hashes:
        return Paragraph(number, _EMPHASIS.sub(r"\2", line[hashes.end() :]).rstrip(" #"), level=len(hashes[1]))
    if (_RULER.match(line) and "|" not in line) or _FENCE.match(line):
        return Paragraph(number, "")
    return Paragraph(number, _EMPHASIS.sub(r"\2", _BULLET.sub("", line)))


def _is_wrapped(lines: list[str]) -> bool:
    """Hard-wrapped text: most lines are about as long as the longest, and that is at most a printed line."""
    lengths = [len(line.strip()) for line in lines if line.strip()]
    if len(lengths) < 12:
        return False
    longest = sorted(lengths)[int(len(lengths) * 0.95)]
    near = sum(1 for length in lengths if longest - 3 <= length <= longest + 1)
    return 15 <= longest <= 60 and near >= 0.5 * len(lengths)


def _dumped_tables(document: Document) -> None:
    """Tables as word processors dump them: a tab begins a cell, an empty line before a tab begins a row."""
    for run in _tabbed_runs(document.paragraphs):
        cells = [paragraph for paragraph in run if paragraph.text.startswith("\t")]
        short = sum(1 for paragraph in cells if len(paragraph.text.strip()) <= 20)
        if len(cells) < 6 or short < 0.7 * len(cells):
            continue  # tabs that indent prose
        table, after_blank = Table(), True
        document.tables.append(table)
        for paragraph in run:
            paragraph.table = len(document.tables) - 1
            if paragraph.text.startswith("\t"):
                if after_blank:
                    table.rows.append([])
                table.rows[-1] += [Entry(part.strip(), paragraph.number) for part in paragraph.text[1:].split("\t")]
                after_blank = False
            elif not paragraph.text.strip():
                after_blank = True
            else:
                table.rows[-1][-1].text += paragraph.text.strip()
                after_blank = False
        _join_split_rows(table)


def _join_split_rows(table: Table) -> None:
    """Empty paragraphs at the end of a cell look like the end of a row; the usual row length tells them apart."""
    usual = Counter(map(len, table.rows)).most_common(1)[0][0]
    rows: list[list[Entry]] = []
    for row in table.rows:
        if rows and len(rows[-1]) < usual and len(rows[-1]) + len(row) == usual:
            rows[-1] += row
        else:
            rows.append(row)
    table.rows = rows


def _tabbed_runs(paragraphs: list[Paragraph]) -> list[list[Paragraph]]:
    """Stretches of lines that begin with a tab, with the blank and short lines between them."""
    runs: list[list[Paragraph]] = []
    run: list[Paragraph] = []
    between: list[Paragraph] = []
    for paragraph in paragraphs:
        text = paragraph.text
        if text.startswith("\t"):
            run += [*between, paragraph] if run else [paragraph]
            between = []
        elif run and len(text.strip()) <= 24 and len(between) < 10:
            between.append(paragraph)
        elif run:
            runs.append(run)
            run, between = [], []
    return [*runs, run] if run else runs


def _barred_tables(document: Document) -> None:
    table: Table | None = None
    for paragraph in document.paragraphs:
        text = paragraph.text.strip()
        if text.count("|") < 2 or paragraph.table is not None:
            table = None
            continue
        if table is None:
            table = Table()
            document.tables.append(table)
        paragraph.table = len(document.tables) - 1
        if not _RULER.match(text):
            cells = text.strip("|").split("|")
            table.rows.append([Entry(cell.strip(), paragraph.number) for cell in cells])
