"""The parts that say what a workbook consists of: relationships, the list of sheets, the date system."""

from __future__ import annotations

import posixpath
from functools import lru_cache
from typing import NamedTuple

from xlsuite.hosts import limits
from xlsuite.hosts.package.container import Container, damaged
from xlsuite.hosts.package.events import Attributes, Reader, attribute

_CACHED_BYTES = 64 * limits.KB


class Relation(NamedTuple):
    """One relationship. ``kind`` is the last segment of its type, ``part`` the target as a part name."""

    kind: str
    part: str


class SheetEntry(NamedTuple):
    """A sheet as the workbook lists it. ``relation`` is the id of its relationship."""

    name: str
    relation: str
    hidden: bool


class Outline(NamedTuple):
    """What the workbook part says."""

    sheets: tuple[SheetEntry, ...]
    date1904: bool


class _RelationReader(Reader):
    def __init__(self, folder: str) -> None:
        super().__init__()
        self._folder = folder
        self.relations: dict[str, Relation] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        kind = attributes.get("Type", "").rpartition("/")[2]
        target = attributes.get("Target", "").replace("\\", "/")
        if "%" in target:
            from urllib.parse import unquote

            target = unquote(target)
        part = target if target.startswith("/") else posixpath.join(self._folder, target)
        self.relations[attributes.get("Id", "")] = Relation(kind, posixpath.normpath(part).lstrip("/"))


class _OutlineReader(Reader):
    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[SheetEntry] = []
        self.date1904 = False
        self.root = ""

    def start(self, name: str, attributes: Attributes) -> None:
        self.root = self.root or name
        if name == "sheet":
            hidden = attributes.get("state", "visible") in ("hidden", "veryHidden")
            self.sheets.append(SheetEntry(attributes.get("name", ""), attribute(attributes, "id") or "", hidden))
        elif name == "workbookPr":
            self.date1904 = attributes.get("date1904", "0") in ("1", "true")


def relations(container: Container, part: str) -> dict[str, Relation]:
    """The relationships of a part (of the package for "") by id; none when it has no such part."""
    folder, name = posixpath.split(part)
    source = posixpath.join(folder, "_rels", f"{name}.rels")
    return _relations(container.read(source), folder) if source in container else {}


@lru_cache(maxsize=64)
def _relations(data: bytes, folder: str) -> dict[str, Relation]:
    reader = _RelationReader(folder)
    reader.read(data)
    return reader.relations


def workbook_part(container: Container) -> str:
    """The name of the main part: what the package's relationships say, else the usual name, else ""."""
    for relation in relations(container, "").values():
        if relation.kind == "officeDocument":
            return relation.part
    return next((name for name in ("xl/workbook.xml", "xl/workbook.bin") if name in container), "")


def outline(data: bytes) -> Outline:
    """The sheets and the date system stated in the workbook part."""
    found = _cached_outline(data) if len(data) <= _CACHED_BYTES else _outline(data)
    limits.SHEETS.check(len(found.sheets))
    return found


def _outline(data: bytes) -> Outline:
    reader = _OutlineReader()
    reader.read(data)
    if reader.root != "workbook":
        raise damaged("主部件不是工作簿")
    return Outline(tuple(reader.sheets), reader.date1904)


_cached_outline = lru_cache(maxsize=64)(_outline)
