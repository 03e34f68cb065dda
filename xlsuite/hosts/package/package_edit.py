"""A workbook package while several of its parts are changed together."""

from __future__ import annotations

from xlsuite.hosts.package.archive import Changes, Stored, open_for_writing, part_names
from xlsuite.hosts.package.book_markup import BookMarkup
from xlsuite.hosts.package.markup import Splice
from xlsuite.hosts.package.relations import ContentTypes, Relations, relations_name


class PackageEdit:
    """Parts as they stand, changes included. Nothing is written anywhere before :meth:`changes` is used."""

    def __init__(self, data: bytes) -> None:
        self.container = open_for_writing(data)
        self.book = BookMarkup(self.container)
        self.types = ContentTypes(self.container.read(ContentTypes.NAME))
        self._written: dict[str, bytes] = {}
        self._added: dict[str, bytes] = {}
        self._dropped: set[str] = set()
        self._restored: dict[str, Stored | bytes] = {}
        self.undo: dict[str, list[Splice]] = {}
        """How parts that were written turn back, where the writer knows it."""
        self._relations: dict[str, Relations] = {self.book.part: self.book.relations}

    def has(self, name: str) -> bool:
        """Whether there is such a part now."""
        return name in self._added or (name in self.container and self.stored_name(name) not in self._dropped)

    def stored_name(self, name: str) -> str:
        """The spelling of a part name in the file."""
        member = self.container.find(name)
        return member.name if member else name

    def read(self, name: str) -> bytes:
        """A part as it stands now."""
        if name in self._added:
            return self._added[name]
        written = self._written.get(self.stored_name(name))
        return self.container.read(name) if written is None else written

    def parts(self, suffix: str) -> list[str]:
        """Names of the parts with that ending."""
        stored = (name for name in self.container.members if name not in self._dropped)
        return [name for name in (*stored, *self._added) if name.lower().endswith(suffix)]

    def write(self, name: str, content: bytes, undo: list[Splice] | None = None) -> None:
        """Give an existing part new content; ``undo`` turns it back."""
        if undo is not None:
            self.undo[self.stored_name(name)] = undo
        if name in self._added:
            self._added[name] = content
        else:
            self._written[self.stored_name(name)] = content

    def add(self, folder: str, stem: str, suffix: str, content: bytes = b"") -> str:
        """Add a part under the first free name of its kind; the name."""
        name = next(iter(part_names({**self.container.members, **self._added}, folder, stem, suffix)))
        self._added[name] = content
        return name

    def add_named(self, name: str, content: bytes) -> None:
        """Add a part whose name follows from another's."""
        self._added[name] = content

    def drop(self, name: str) -> None:
        """Take a part, its relationships and its content type out."""
        for gone in (name, relations_name(name)):
            self._added.pop(gone, None)
            self._relations.pop(name, None)
            if gone in self.container:
                self._dropped.add(self.stored_name(gone))
        self.types.remove(name)

    def restore(self, name: str, original: Stored | bytes) -> None:
        """Put a part back as it was, whatever else was asked for it."""
        self._restored[self.stored_name(name)] = original

    def relations(self, part: str) -> Relations:
        """The relationships of a part; changes to them are kept."""
        if part not in self._relations:
            name = relations_name(part)
            self._relations[part] = Relations(self.read(name) if self.has(name) else None, part)
        return self._relations[part]

    def changes(self) -> Changes:
        """Everything that differs from the file."""
        replaced, added = dict(self._written), dict(self._added)
        for part, relations in self._relations.items():
            name = relations_name(part)
            if not self.has(name):
                if not relations.empty:
                    added[name] = relations.result()
            elif relations.empty and relations.items:
                self._dropped.add(self.stored_name(name))
                replaced.pop(self.stored_name(name), None)
            else:
                replaced[self.stored_name(name)] = relations.result()
        replaced[self.book.part] = self.book.result()
        replaced[ContentTypes.NAME] = self.types.result()
        unchanged = [name for name, content in replaced.items() if content == self.container.read(name)]
        for name in (*unchanged, *self._dropped, *self._restored):
            replaced.pop(name, None)
        stored = {name: item for name, item in self._restored.items() if isinstance(item, Stored)}
        replaced |= {name: item for name, item in self._restored.items() if isinstance(item, bytes)}
        return Changes(replaced, added, self._dropped - set(self._restored), stored)
