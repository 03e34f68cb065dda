"""What marking changed, kept inside the marked workbook so that clearing can undo it exactly.

A custom XML part says how each changed part becomes what it was, and holds one record per marked cell. The records are
also kept, one per row, in a hidden column of the sheet 校验结果, because some programs drop custom XML parts on saving.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from xlsuite.hosts.package.archive import Changes
from xlsuite.hosts.package.cell_markup import text_content
from xlsuite.hosts.package.kept import Kept, from_list, keep_part
from xlsuite.hosts.package.markup import escaped
from xlsuite.hosts.package.package_edit import PackageEdit
from xlsuite.hosts.package.relations import STRICT

NAMESPACE = "urn:xlsuite:marks:1"
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_STORE_STRICT = "http://purl.oclc.org/ooxml/officeDocument/customXml"
_IDENTITY = "{6E7C1B52-3B0E-4A4B-9D5C-7A8F1C2E5D31}"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="{}"?>\n'


@dataclass(frozen=True, slots=True)
class MarkedCell:
    """A marked cell: ``former`` and ``marked`` are style numbers, ``fill`` the former fill's markup ("" for none).

    ``block`` is what was put into the note ("" when nothing was). ``created`` tells that the cell did not exist.
    """

    sheet: str
    cell: str
    former: str | None
    marked: str
    fill: str = ""
    block: str = ""
    created: bool = False

    def line(self) -> str:
        """The record as one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))


def from_line(text: str) -> MarkedCell | None:
    """A record from its line; None when the text is none."""
    try:
        return MarkedCell(**json.loads(text))
    except (ValueError, TypeError):
        return None


@dataclass(slots=True)
class Ledger:
    """Everything needed to undo a marking. ``listing`` is the name of the sheet that lists the findings."""

    listing: str
    cells: list[MarkedCell] = field(default_factory=list)
    kept: dict[str, Kept] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)

    def to_xml(self) -> bytes:
        """The custom XML part."""
        record = {
            "listing": self.listing,
            "cells": [asdict(cell) for cell in self.cells],
            "added": self.added,
            "kept": {name: item.to_list() for name, item in self.kept.items()},
        }
        content = escaped(json.dumps(record, ensure_ascii=False, separators=(",", ":")))
        return f'{_HEAD.format("yes")}<marks xmlns="{NAMESPACE}">{content}</marks>'.encode()


def from_xml(raw: bytes) -> Ledger | None:
    """A ledger from its custom XML part; None when it cannot be read."""
    try:
        record: dict[str, Any] = json.loads(text_content(raw, "marks"))
        kept = {name: from_list(item) for name, item in record["kept"].items()}
        return Ledger(record["listing"], [MarkedCell(**cell) for cell in record["cells"]], kept, list(record["added"]))
    except Exception:  # whatever a stranger put there, the sheet's own records remain
        return None


def find_part(package: PackageEdit) -> str:
    """The custom XML part with a ledger, "" when there is none."""
    for name in package.parts(".xml"):
        if name.lower().startswith("customxml/"):
            head = package.read(name)[:400]
            if NAMESPACE.encode() in head and b"<marks" in head:
                return name
    return ""


def reserve(package: PackageEdit) -> str:
    """Add the parts that will hold the ledger, so that their relationships and types are part of what is kept."""
    store = _STORE_STRICT if package.book.dialect is STRICT else _STORE
    part = package.add("customXml/", "item", ".xml")
    properties = package.add("customXml/", "itemProps", ".xml")
    package.write(
        properties,
        (
            f'{_HEAD.format("no")}<ds:datastoreItem ds:itemID="{_IDENTITY}" xmlns:ds="{store}">'
            f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
        ).encode(),
    )
    package.types.add(properties, _PROPERTIES_TYPE)
    package.relations(part).add(package.book.dialect.kind("customXmlProps"), properties)
    package.book.relations.add(package.book.dialect.kind("customXml"), part)
    return part


def keep(package: PackageEdit, changes: Changes, ledger: Ledger, part: str) -> None:
    """Complete the ledger from the finished changes and put it into its part."""
    ledger.kept = {
        name: keep_part(package.container, name, content, package.undo.get(name))
        for name, content in changes.replaced.items()
    }
    ledger.added = list(changes.added)
    changes.added[part] = ledger.to_xml()


def drop(package: PackageEdit, part: str) -> None:
    """Take the ledger's parts out again."""
    for relations in (package.book.relations, package.relations("")):  # LibreOffice moves it to the package's own
        relation = relations.to_part(part)
        if relation is not None:
            relations.remove(relation)
    for item in package.relations(part).items:
        package.drop(item.part)
    package.drop(part)


def records(lines: Iterable[str]) -> list[MarkedCell]:
    """The records found among the lines of the hidden column."""
    return [cell for cell in map(from_line, lines) if cell is not None]
