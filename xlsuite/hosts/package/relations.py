"""Relationship parts and the content-type list: read, extended and cut back in place."""

from __future__ import annotations

import posixpath
import re
from typing import NamedTuple

from xlsuite.hosts.package.markup import (
    Node,
    Splice,
    escaped,
    from_utf8,
    inserted,
    outline,
    prefix_of,
    spliced,
    to_utf8,
)

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OFFICE_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MAIN_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_EMPTY = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="%s"></Relationships>'


class Dialect(NamedTuple):
    """The namespaces a workbook is written in: the usual (transitional) ones, or those of the strict variant."""

    main: str
    office: str

    def kind(self, name: str) -> str:
        """The relationship type of that name, for example ``comments``."""
        return f"{self.office}/{name}"


TRANSITIONAL = Dialect(MAIN, _OFFICE)
STRICT = Dialect(MAIN_STRICT, _OFFICE_STRICT)


class Relation(NamedTuple):
    """One relationship; ``part`` is the target as a part name, "" when it lies outside the package."""

    id: str
    kind: str
    """Last segment of the type: ``worksheet``, ``comments``, …"""
    part: str
    start: int
    stop: int
    """Its element, in bytes of the part."""


_QUICK = re.compile(rb"<Relationship((?:\s+[A-Za-z]+=\"[^\"&]*\")+)\s*/>")
_ATTRIBUTE = re.compile(r"([A-Za-z]+)=\"([^\"]*)\"")


def relations_name(part: str) -> str:
    """Where the relationships of a part are kept; of the package itself for ""."""
    folder, slash, name = part.rpartition("/")
    return f"{folder}{slash}_rels/{name}.rels"


class Relations:
    """The relationships of one part, and changes to them. ``raw`` None means that the part has none yet."""

    def __init__(self, raw: bytes | None, part: str) -> None:
        self.part = part
        self._raw = raw
        self._xml, self._codec = to_utf8(raw or _EMPTY % RELATIONS.encode())
        self._folder = posixpath.join(posixpath.dirname(part), "")
        self.items = self._read()
        self._added: list[tuple[str, str, str]] = []
        self._removed: list[Relation] = []

    def _read(self) -> list[Relation]:
        quick = list(_QUICK.finditer(self._xml))
        if len(quick) == self._xml.count(b"Relationship ") and b"<!" not in self._xml:
            return [self._relation(dict(_ATTRIBUTE.findall(m[1].decode())), m.span()) for m in quick]
        nodes = outline(self._xml, 1).children
        return [self._relation(node.attributes, (node.start, node.stop)) for node in nodes]

    def _relation(self, attributes: dict[str, str], span: tuple[int, int]) -> Relation:
        kind = attributes.get("Type", "").rpartition("/")[2]
        target = attributes.get("Target", "")
        outside = attributes.get("TargetMode") == "External"
        return Relation(attributes.get("Id", ""), kind, "" if outside else self._resolved(target), *span)

    def _resolved(self, target: str) -> str:
        if target[:1] not in "./" and "\\" not in target and "%" not in target and "/." not in target:
            return self._folder + target
        target = target.replace("\\", "/")
        if "%" in target:
            from urllib.parse import unquote

            target = unquote(target)
        if target.startswith("/"):
            return target[1:]
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self.part), target))
        while path.startswith("../"):  # some programs climb above the root, which is the root again
            path = path[3:]
        return path

    def of_kind(self, kind: str) -> list[Relation]:
        """Relationships of that kind."""
        return [item for item in self.items if item.kind.lower() == kind.lower()]

    def to_part(self, part: str) -> Relation | None:
        """The relationship that leads to a part."""
        return next((item for item in self.items if item.part.lower() == part.lower()), None)

    def add(self, kind: str, part: str) -> str:
        """Relate to a part by the full type ``kind``; the new relationship's id."""
        taken = {item.id for item in self.items} | {identity for identity, _, _ in self._added}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        target = posixpath.relpath(part, posixpath.dirname(self.part) or ".")
        self._added.append((f"rId{number}", kind, target))
        return f"rId{number}"

    def remove(self, relation: Relation) -> None:
        """Take a relationship out."""
        self._removed.append(relation)

    @property
    def empty(self) -> bool:
        """Whether nothing would be left."""
        return len(self.items) == len(self._removed) and not self._added

    def result(self) -> bytes:
        """The relationships part with the changes; the same bytes without any."""
        if not self._added and not self._removed:
            return self._raw or self._xml
        root = outline(self._xml, 1)
        tag = prefix_of(self._xml, root).decode() + "Relationship"
        content = "".join(
            f'<{tag} Id="{identity}" Type="{escaped(kind, quotes=True)}" Target="{escaped(target, quotes=True)}"/>'
            for identity, kind, target in self._added
        ).encode()
        splices = [Splice(item.start, item.stop, b"") for item in self._removed]
        if content:
            splices += inserted(self._xml, root, content)
        return from_utf8(spliced(self._xml, splices), self._codec)


class ContentTypes:
    """``[Content_Types].xml`` and changes to it."""

    NAME = "[Content_Types].xml"

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._xml, self._codec = to_utf8(raw)
        self._root = outline(self._xml, 1)
        self._added = ""
        self._removed: list[Node] = []

    def add(self, part: str, content_type: str) -> None:
        """State the type of a part."""
        if self._override(part) is None:
            name = escaped(f"/{part}", quotes=True)
            self._added += f'<Override PartName="{name}" ContentType="{escaped(content_type, quotes=True)}"/>'

    def add_extension(self, part: str, content_type: str) -> None:
        """State the type of a part by its file extension, as is usual for drawings; by name where that is taken."""
        extension = part.rpartition(".")[2]
        for node in self._root.all("Default"):
            if node.attributes.get("Extension", "").lower() == extension.lower():
                if node.attributes.get("ContentType", "").lower() != content_type.lower():
                    self.add(part, content_type)
                return
        piece = f'<Default Extension="{extension}" ContentType="{escaped(content_type, quotes=True)}"/>'
        if piece not in self._added:
            self._added += piece

    def remove(self, part: str) -> None:
        """Forget the type stated for a part."""
        node = self._override(part)
        if node is not None:
            self._removed.append(node)

    def _override(self, part: str) -> Node | None:
        wanted = f"/{part}".lower()
        overrides = self._root.all("Override")
        return next((item for item in overrides if item.attributes.get("PartName", "").lower() == wanted), None)

    def result(self) -> bytes:
        """The list with the changes; the same bytes without any."""
        if not self._added and not self._removed:
            return self._raw
        prefix = prefix_of(self._xml, self._root).decode()
        content = self._added.replace("<Override", f"<{prefix}Override").replace("<Default", f"<{prefix}Default")
        splices = [Splice(node.start, node.stop, b"") for node in self._removed]
        if content:
            splices += inserted(self._xml, self._root, content.encode())
        return from_utf8(spliced(self._xml, splices), self._codec)
