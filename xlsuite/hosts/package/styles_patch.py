"""``xl/styles.xml`` extended in place: fills, fonts, borders and cell formats are appended, nothing is renumbered."""

from __future__ import annotations

from xlsuite.core.errors import UnsafeWrite
from xlsuite.hosts.package.markup import (
    Node,
    Splice,
    from_utf8,
    inserted,
    outline,
    prefix_of,
    spliced,
    to_utf8,
    with_attribute,
)
from xlsuite.hosts.package.relations import Dialect

MAX_FORMATS = 64_000
"""Cell formats a workbook may have."""

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"

_SECTIONS = (
    *("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs"),
    *("cellStyles", "dxfs", "tableStyles", "colors", "extLst"),
)
"""In the order the schema wants."""

_DEFAULTS = {
    "fonts": ('<font><sz val="11"/><name val="宋体"/><family val="2"/></font>',),
    "fills": ('<fill><patternFill patternType="none"/></fill>', '<fill><patternFill patternType="gray125"/></fill>'),
    "borders": ("<border><left/><right/><top/><bottom/><diagonal/></border>",),
    "cellXfs": ('<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',),
}


def empty_styles(dialect: Dialect) -> bytes:
    """A styles part for a workbook that has none."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="{dialect.main}"/>'.encode()


class StylesPatch:
    """A styles part and what is appended to it."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.xml, self._codec = to_utf8(raw)
        self.root = outline(self.xml, 3)
        self._prefix = prefix_of(self.xml, self.root).decode()
        self._added: dict[str, list[str]] = {name: [] for name in _DEFAULTS}
        for name, defaults in _DEFAULTS.items():
            if self._section(name) is None or not self._children(name):
                self._added[name] += [self._prefixed(item) for item in defaults]

    @property
    def formats(self) -> int:
        """How many cell formats there are, those added included."""
        return len(self._children("cellXfs")) + len(self._added["cellXfs"])

    def add(self, section: str, markup: str) -> int:
        """Append to ``fonts``, ``fills`` or ``borders`` (once for equal markup); the number to refer to it by."""
        return self._append(section, self._prefixed(markup))

    def format_with(self, base: str | None, **changes: int | str) -> str:
        """A format like ``base`` with attributes changed (``fillId=5``); its style number.

        Alignment, protection and extensions of the base are kept. ``base`` None is the default format.
        """
        markup = self.format_markup(base)
        stop = self._tag_length(markup)
        tag = markup[:stop].encode()
        for name, value in changes.items():
            tag = with_attribute(tag, name, str(value))
            switch = {"fillId": "applyFill", "fontId": "applyFont", "borderId": "applyBorder"}.get(name)
            if switch:
                tag = with_attribute(tag, switch, "1")
        return str(self._append("cellXfs", tag.decode() + markup[stop:]))

    def new_format(self, markup: str) -> str:
        """Append a whole ``<xf>``; its style number."""
        return str(self._append("cellXfs", self._prefixed(markup)))

    def format_markup(self, number: str | None) -> str:
        """The ``<xf>`` of a style number; numbers that do not exist show as the default format."""
        index, own = int(number or 0), self._children("cellXfs")
        if index >= len(own) + len(self._added["cellXfs"]):
            index = 0
        if index < len(own):
            return self._text(own[index])
        return self._added["cellXfs"][index - len(own)]

    def fill_of(self, number: str | None) -> str:
        """The ``<fill>`` markup of a style number, without prefix; "" when the format has no fill of its own."""
        markup = self.format_markup(number).encode()
        fill = outline(markup, 0, fragment=True).attributes.get("fillId", "0")
        fills = self._children("fills")
        if fill == "0" or not fill.isdigit() or int(fill) >= len(fills):
            return ""
        text = self._text(fills[int(fill)])
        return text.replace(f"<{self._prefix}", "<").replace(f"</{self._prefix}", "</") if self._prefix else text

    def solid_colour(self, fill: str) -> str:
        """RRGGBB of a solid fill's markup in plain RGB, else ""."""
        if not fill:
            return ""
        root = outline(fill.encode(), 2, fragment=True)
        pattern = root.child("patternFill")
        colour = pattern.child("fgColor") if pattern is not None else None
        if pattern is None or colour is None or pattern.attributes.get("patternType") != "solid":
            return ""
        return colour.attributes.get("rgb", "")[-6:].upper()

    def result(self) -> bytes:
        """The part with everything appended; the same bytes when nothing was."""
        if self.formats > MAX_FORMATS:
            raise UnsafeWrite("工作簿的单元格格式已接近上限，无法再加校验标记，请先用表格软件清理多余的格式。")
        splices: list[Splice] = []
        fresh: list[tuple[str, bytes]] = []
        for name, items in self._added.items():
            if not items:
                continue
            section, content = self._section(name), "".join(items).encode()
            if section is None:
                fresh.append((name, self._new_section(name, content, len(items))))
            else:
                splices += self._extended(section, content, len(section.children) + len(items))
        splices += self._placed(fresh)
        return from_utf8(spliced(self.xml, splices), self._codec) if splices else self.raw

    def _append(self, section: str, markup: str) -> int:
        own, added = self._children(section), self._added[section]
        if markup in added:
            return len(own) + added.index(markup)
        if section == "cellXfs":  # an equal format of the workbook's own is as good
            for index, node in enumerate(own):
                if self._text(node) == markup:
                    return index
        added.append(markup)
        return len(own) + len(added) - 1

    def _extended(self, section: Node, content: bytes, count: int) -> list[Splice]:
        tag = with_attribute(self.xml[section.start : section.inner], "count", str(count))
        if section.empty:
            name = tag.split()[0][1:].rstrip(b"/>")
            return [Splice(section.start, section.stop, tag[:-2] + b">" + content + b"</" + name + b">")]
        return [Splice(section.start, section.inner, tag), *inserted(self.xml, section, content)]

    def _new_section(self, name: str, content: bytes, count: int) -> bytes:
        tag = f"{self._prefix}{name}".encode()
        return b"<" + tag + b' count="%d">' % count + content + b"</" + tag + b">"

    def _placed(self, fresh: list[tuple[str, bytes]]) -> list[Splice]:
        """Missing sections at the places where the schema wants them."""
        if not fresh:
            return []
        if self.root.empty:
            ordered = sorted(fresh, key=lambda item: _SECTIONS.index(item[0]))
            return inserted(self.xml, self.root, b"".join(content for _, content in ordered))
        splices = []
        for name, content in fresh:
            later = _SECTIONS[_SECTIONS.index(name) + 1 :]
            at = next((node.start for node in self.root.children if node.name in later), self.root.outer)
            splices.append(Splice(at, at, content))
        return splices

    def _section(self, name: str) -> Node | None:
        return self.root.child(name)

    def _children(self, name: str) -> list[Node]:
        section = self._section(name)
        return section.children if section is not None else []

    def _text(self, node: Node) -> str:
        return self.xml[node.start : node.stop].decode()

    def _tag_length(self, markup: str) -> int:
        return len(markup.encode()[: outline(markup.encode(), 0, fragment=True).inner].decode())

    def _prefixed(self, markup: str) -> str:
        if not self._prefix:
            return markup
        return markup.replace("</", "\0").replace("<", f"<{self._prefix}").replace("\0", f"</{self._prefix}")
