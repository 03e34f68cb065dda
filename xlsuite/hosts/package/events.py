"""XML of a package part by events, for every dialect the fast scanners do not know. Nothing external is ever loaded.

Document type declarations, and with them every entity trick, are refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

from xlsuite.core.errors import UnreadableFile
from xlsuite.hosts import limits
from xlsuite.hosts.package.container import damaged
from xlsuite.hosts.package.dialect import utf8

Attributes = Mapping[str, str]
_CHECK_EVERY = 20_000


class Reader:
    """Base of the event readers: subclasses define :meth:`start`, :meth:`end` and read ``text`` collected since."""

    def __init__(self, clock: limits.Clock | None = None) -> None:
        self.text: list[str] = []
        self._clock = clock or limits.Clock()
        self._depth = 0
        self._seen = 0
        self._names: dict[str, str] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins; ``name`` is local, attribute names keep ``uri name`` when they have a namespace."""

    def end(self, name: str) -> None:
        """An element ends."""

    def read(self, data: bytes) -> None:
        """Parse a whole part. UnreadableFile when it is no well-formed XML or declares a document type."""
        from xml.parsers import expat

        parser = expat.ParserCreate(None, " ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.text.append
        parser.StartDoctypeDeclHandler = _refuse
        try:
            parser.Parse(utf8(data), True)
        except expat.ExpatError as error:
            raise damaged("文件内的 XML 不完整或有错误") from error

    def take(self) -> str:
        """The character data since the last call."""
        text = "".join(self.text)
        self.text.clear()
        return text

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._seen += 1
        if self._depth > limits.XML_DEPTH.most:
            limits.XML_DEPTH.check(self._depth)
        if self._seen % _CHECK_EVERY == 0:
            self._clock.check()
        self.start(self._names.get(name) or self._local(name), attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self.end(self._names[name])

    def _local(self, name: str) -> str:
        local = self._names[name] = name.rpartition(" ")[2]
        return local


def _refuse(*_: object) -> NoReturn:
    raise UnreadableFile(
        "文件内部含有实体或文档类型声明，这不是正常的表格文件会有的内容，出于安全没有读取，" + limits.RESAVE
    )


def attribute(attributes: Attributes, name: str) -> str | None:
    """An attribute by its local name, whatever its namespace."""
    if name in attributes:
        return attributes[name]
    for key, value in attributes.items():
        if key.endswith(" " + name):
            return value
    return None
