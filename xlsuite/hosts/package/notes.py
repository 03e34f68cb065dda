"""Cell notes (批注) of a worksheet, read only where the sheet has some."""

from __future__ import annotations

from xlsuite.hosts.package.container import Container
from xlsuite.hosts.package.events import Attributes, Reader
from xlsuite.hosts.package.sheet_xml import PLACES, Place
from xlsuite.hosts.package.strings import decode_escapes
from xlsuite.hosts.package.workbook import relations


class _NoteReader(Reader):
    def __init__(self) -> None:
        super().__init__()
        self.notes: dict[Place, str] = {}
        self._place: Place = (0, 0)
        self._pieces: list[str] = []
        self._phonetic = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "comment":
            self._place = PLACES[attributes.get("ref", "").encode()]
            self._pieces = []
        elif name == "rPh":
            self._phonetic = True
        elif name == "t":
            self.text.clear()

    def end(self, name: str) -> None:
        if name == "t" and not self._phonetic:
            self._pieces.append(self.take())
        elif name == "rPh":
            self._phonetic = False
        elif name == "comment":
            self.notes[self._place] = decode_escapes("".join(self._pieces))


def read_notes(container: Container, part: str) -> dict[Place, str]:
    """The notes of a sheet part by cell."""
    notes: dict[Place, str] = {}
    for relation in relations(container, part).values():
        if relation.kind == "comments" and relation.part in container:
            reader = _NoteReader()
            reader.read(container.read(relation.part))
            notes.update(reader.notes)
    return notes
