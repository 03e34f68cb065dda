"""A Word file as a :class:`~xlsuite.prose.documents.Document`: body paragraphs, list numbers, headings and tables.

Headers, footers, footnotes and comments are left out: they are not the report's own statements.
"""

from __future__ import annotations

from xlsuite.core.errors import UnreadableFile
from xlsuite.hosts.package.container import Container
from xlsuite.hosts.package.markup import to_utf8
from xlsuite.hosts.package.relations import Relations, relations_name
from xlsuite.hosts.word.numbering import Numbering, Style, read_numbering, read_styles
from xlsuite.hosts.word.scan import CellSpan, Scanned, scan
from xlsuite.prose.documents import Document, Entry, Paragraph, Table

_NO_LIST = ("0", None)
_MOST_PARENTS = 12


def main_part(container: Container) -> str:
    """The name of the text part. UnreadableFile when the package holds no Word document."""
    if relations_name("") in container:
        for relation in Relations(container.read(relations_name("")), "").of_kind("officeDocument"):
            if relation.part in container and _is_word(container, relation.part):
                return relation.part
    if "word/document.xml" in container:
        return "word/document.xml"
    raise UnreadableFile("这不是 Word 文档，请选择绩效自评报告的 .docx 文件。")


def _is_word(container: Container, part: str) -> bool:
    return b"wordprocessingml" in container.read(part)[:4096]


def read_word(container: Container, name: str) -> Document:
    """The document of an open package."""
    part = main_part(container)
    paragraphs, tables = scan(to_utf8(container.read(part))[0])
    relations = relations_name(part)
    related = Relations(container.read(relations), part) if relations in container else None
    styles = _related(container, related, "styles")
    numbers = _related(container, related, "numbering")
    lists = read_numbering(to_utf8(numbers)[0]) if numbers else Numbering()
    looks = read_styles(to_utf8(styles)[0]) if styles else {}
    document = Document(name, "docx")
    document.paragraphs = [_paragraph(item, lists, looks) for item in paragraphs]
    document.tables = [_table(index, cells, paragraphs) for index, cells in enumerate(tables)]
    return document


def _related(container: Container, relations: Relations | None, kind: str) -> bytes | None:
    for relation in relations.of_kind(kind) if relations else ():
        if relation.part in container:
            return container.read(relation.part)
    return None


def _paragraph(item: Scanned, lists: Numbering, looks: dict[str, Style]) -> Paragraph:
    chain = _chain(item.style, looks)
    number_id = next((n for n in (item.numbering[0], *(s.numbering[0] for s in chain)) if n is not None), None)
    level = next((n for n in (item.numbering[1], *(s.numbering[1] for s in chain)) if n is not None), 0)
    label = "" if number_id in _NO_LIST or number_id is None else lists.label(number_id, level)
    outline = next((n for n in (item.outline, *(s.outline for s in chain)) if n is not None), None)
    depth = outline + 1 if outline is not None and outline < 9 else _named_level(chain)
    return Paragraph(item.number, item.text, label, depth, item.place[0] if item.place else None, item.picture)


def _chain(style: str, looks: dict[str, Style]) -> list[Style]:
    """A style and those it is based on."""
    found: list[Style] = []
    while style in looks and len(found) < _MOST_PARENTS:
        found.append(looks[style])
        style = looks[style].parent
    return found


def _named_level(chain: list[Style]) -> int:
    for style in chain:
        head, _, digit = style.name.rpartition(" ")
        if head in ("heading", "标题") and digit.isdigit():
            return int(digit)
    return 0


def _table(index: int, rows: list[list[CellSpan]], paragraphs: list[Scanned]) -> Table:
    texts: dict[tuple[int, int], list[Scanned]] = {}
    for item in paragraphs:
        if item.place and item.place[0] == index:
            texts.setdefault(item.place[1:], []).append(item)
    table = Table()
    for row, cells in enumerate(rows):
        entries = []
        for column, cell in enumerate(cells):
            inside = texts.get((row, column), [])
            text = "\n".join(item.text for item in inside).strip("\n")
            entries.append(Entry(text, inside[0].number if inside else 0, cell.span, cell.continued))
        table.rows.append(entries)
    return table
