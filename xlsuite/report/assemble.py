"""From a part with numbered tags to Jinja source: blocks hoisted out of their elements, values given their slots."""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from xlsuite.report.docxml import W14, WP, ancestor, put_cell_property, put_run_property, text_of, w
from xlsuite.report.emit import Slot
from xlsuite.report.expressions import CELL_WORDS
from xlsuite.report.structure import Block
from xlsuite.report.tags import CLOSE, OPEN, Tag, token

_MERGE = re.compile(r"^(?P<value>.*)\|\s*(?:合并|vmerge)\s*$", re.DOTALL)
_TOKEN = re.compile(f"{OPEN}(\\d+){CLOSE}")
_BRACE = re.compile(r"\{(?=[{%#])")
_NOISE = ("proofErr", "lastRenderedPageBreak")


@dataclass
class Assembly:
    """Slots and sources shared by all parts of a template. ``sources`` maps a token number to its Jinja source."""

    slots: list[Slot] = field(default_factory=list)
    sources: dict[int, str] = field(default_factory=dict)
    columns: int = 0
    next_token: int = 1_000_000

    def extra(self, source: str) -> str:
        """A token for source that belongs to no tag of its own."""
        self.next_token += 1
        self.sources[self.next_token] = source
        return token(self.next_token)

    def slot(self, tag: Tag, pictures: bool) -> int:
        """A slot for the place of a tag."""
        run = ancestor(tag.text, "r")
        paragraph = ancestor(tag.text, "p")
        properties = run.find(w("rPr")) if run is not None else None
        splits = (
            run is not None and run.getparent() is paragraph and paragraph.find(f"{w('pPr')}/{w('sectPr')}") is None
        )
        self.slots.append(
            Slot(
                "" if properties is None else text_of(properties),
                _marked(run, properties),
                _paragraph_properties(paragraph),
                _open_properties(paragraph),
                splits,
                pictures,
            )
        )
        return len(self.slots) - 1


def assemble(
    root: Any, tags: list[Tag], blocks: list[Block], assembly: Assembly, *, pictures: bool
) -> tuple[str, list[int]]:
    """The Jinja source of a part, and the number of the tag that begins on each of its lines after the first.

    ``tags`` and ``blocks`` are those of this part, already checked.
    """
    _tidy(root, blocks, assembly)
    for tag in tags:
        assembly.sources[tag.number] = _source(tag)
    _merge_cells(tags, assembly, pictures)
    for tag in tags:
        if tag.kind == "value" and assembly.sources[tag.number] == "":
            _place_value(tag, assembly, pictures)
    for tag in tags:
        if tag.kind == "block" and tag.word in CELL_WORDS:
            _cell_mark(tag, assembly)
    for tag in tags:
        if tag.prefix and tag.kind != "value":
            _hoist(tag)
    return _joined(root, assembly)


def _source(tag: Tag) -> str:
    """Source of blocks and comments; values are filled in once their slot is known."""
    if tag.kind == "comment" or (tag.kind == "block" and tag.word in CELL_WORDS):
        return "{# #}"
    return f"{{%\n {tag.body} %}}" if tag.kind == "block" else ""


def _place_value(tag: Tag, assembly: Assembly, pictures: bool) -> None:
    slot = assembly.slot(tag, pictures)
    paragraph = ancestor(tag.text, "p")
    whole = tag.alone and assembly.slots[slot].splits and paragraph.getparent().tag != w("tc")
    printer = "_paragraph" if whole else "_text"
    assembly.sources[tag.number] = f"{{{{\n ({tag.body})|{printer}({slot}) }}}}"
    if whole:
        _replace(paragraph, token(tag.number))


def _merge_cells(tags: list[Tag], assembly: Assembly, pictures: bool) -> None:
    """Give the cells of ``{{ … | 合并 }}`` a vMerge that follows their value."""
    rows: dict[Any, list[int]] = {}
    tables: dict[Any, dict[Any, list[int]]] = {}
    for tag in tags:
        match = _MERGE.match(tag.body) if tag.kind == "value" else None
        cell = ancestor(tag.text, "tc") if match else None
        if match is None or cell is None:
            continue
        row = cell.getparent()
        outer = rows.setdefault(row, [])
        assembly.columns += 1
        column, value = assembly.columns, match["value"].strip()
        merge = assembly.extra(f"{{{{ ({value})|_merge({column}, {tuple(outer)}) }}}}")
        put_cell_property(cell, "vMerge", val=merge)
        assembly.sources[tag.number] = f"{{{{\n ({value})|_merged({assembly.slot(tag, pictures)}, {column}) }}}}"
        outer.append(column)
        tables.setdefault(ancestor(row, "tbl"), {})[row] = outer
    control = {tag.container() for tag in tags if tag.kind == "block" and tag.prefix == "tr"}
    for table, merged in tables.items():
        every = tuple(column for columns in merged.values() for column in columns)
        end = f"{{{{ 0|_unmerge({every}) }}}}"
        _insert_before(table, assembly.extra(end))
        for other in table.findall(w("tr")):
            if other not in merged and other not in control:
                _insert_before(other, assembly.extra(end))


def _cell_mark(tag: Tag, assembly: Assembly) -> None:
    """docxtpl's marks inside a cell: {% vm %}, {% colspan n %}, {% cellbg colour %}."""
    cell = ancestor(tag.text, "tc")
    argument = tag.body[len(tag.word) :].strip()
    if tag.word == "vm":
        put_cell_property(cell, "vMerge", val=assembly.extra("{{ 'restart' if loop.first else 'continue' }}"))
    elif tag.word == "colspan":
        put_cell_property(cell, "gridSpan", val=assembly.extra(f"{{{{ ({argument})|_span }}}}"))
    elif tag.word == "cellbg":
        fill = assembly.extra(f"{{{{ ({argument})|_colour }}}}")
        put_cell_property(cell, "shd", val="clear", color="auto", fill=fill)


def _hoist(tag: Tag) -> None:
    container = tag.container()
    if container is not None:
        _replace(container, token(tag.number))


def _replace(element: Any, text: str) -> None:
    """Take an element out and leave text in its place."""
    _insert_before(element, text + (element.tail or ""))
    element.tail = None
    element.getparent().remove(element)


def _insert_before(element: Any, text: str) -> None:
    former = element.getprevious()
    if former is not None:
        former.tail = (former.tail or "") + text
    else:
        parent = element.getparent()
        parent.text = (parent.text or "") + text


def _marked(run: Any, properties: Any) -> str:
    """Run properties with yellow highlighting."""
    marked = deepcopy(properties) if properties is not None else run.makeelement(w("rPr"), nsmap=run.nsmap)
    put_run_property(marked, "highlight", val="yellow")
    return text_of(marked)


def _paragraph_properties(paragraph: Any) -> str:
    properties = paragraph.find(w("pPr"))
    if properties is None:
        return ""
    copy = deepcopy(properties)
    for name in ("sectPr", "pPrChange"):
        for child in copy.findall(w(name)):
            copy.remove(child)
    return text_of(copy)


def _open_properties(paragraph: Any) -> str:
    """Paragraph properties with automatic line height, so that a picture is not cut to the height of a line."""
    text = _paragraph_properties(paragraph)
    spacing = re.search(r"<w:spacing [^>]*/>", text)
    if spacing is None or "lineRule" not in spacing[0]:
        return text
    opened = re.sub(r' w:(?:line|lineRule)="[^"]*"', "", spacing[0]).replace("/>", ' w:line="240" w:lineRule="auto"/>')
    return text.replace(spacing[0], opened)


def _tidy(root: Any, blocks: Iterable[Block], assembly: Assembly) -> None:
    """Drop marks of Word's own that must not be repeated, and let drawings inside loops number themselves."""
    for name in _NOISE:
        for element in list(root.iter(w(name))):
            element.getparent().remove(element)
    for element in root.iter(w("p"), w("tr")):
        for name in ("paraId", "textId"):
            element.attrib.pop(f"{{{W14}}}{name}", None)
        for name in [key for key in element.attrib if key.startswith(w("rsid"))]:
            del element.attrib[name]
    if any(block.tags[0].word == "for" for block in blocks):
        for element in list(root.iter(w("bookmarkStart"), w("bookmarkEnd"))):
            if not element.get(w("name"), "_").startswith("_") or element.tag == w("bookmarkEnd"):
                continue
            for end in list(root.iter(w("bookmarkEnd"))):
                if end.get(w("id")) == element.get(w("id")):
                    end.getparent().remove(end)
            element.getparent().remove(element)
        for drawing in root.iter(f"{{{WP}}}docPr"):
            drawing.set("id", assembly.extra("{{ 0|_id }}"))


def _joined(root: Any, assembly: Assembly) -> tuple[str, list[int]]:
    from lxml import etree

    xml: str = etree.tostring(root, encoding="unicode").replace("\n", " ")
    pieces, lines, last = [], [], 0
    for match in _TOKEN.finditer(xml):
        number = int(match[1])
        source = assembly.sources[number]
        pieces += [_literal(xml[last : match.start()]), source]
        lines += [number] * source.count("\n")
        last = match.end()
    pieces.append(_literal(xml[last:]))
    return "".join(pieces), lines


def _literal(xml: str) -> str:
    """Text that Jinja must leave alone."""
    return _BRACE.sub("{{ '{' }}", xml)
