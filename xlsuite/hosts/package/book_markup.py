"""``xl/workbook.xml`` in place: its sheets, the switch for full calculation, defined names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from xlsuite.core.errors import UnreadableFile, UnsafeWrite
from xlsuite.hosts.package.container import Container
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
    with_attribute,
)
from xlsuite.hosts.package.relations import MAIN_STRICT, STRICT, TRANSITIONAL, Relations, relations_name

_BEFORE_NAMES = ("sheets", "functionGroups", "externalReferences")
_BEFORE_CALC = (*_BEFORE_NAMES, "definedNames")
_USUAL_MAIN = re.compile(rb'/relationships/officeDocument"[^<>]*? Target="/?xl/workbook\.xml"')
_HIDDEN = ' hidden="1"'


class Sheet(NamedTuple):
    """A sheet as the workbook lists it. ``kind`` is worksheet, chartsheet, dialogsheet or xlMacrosheet."""

    name: str
    identity: str
    """``sheetId``, stable while the file is edited in a spreadsheet program."""
    part: str
    kind: str
    start: int
    stop: int
    """Its element, in bytes of the workbook part."""


_SHEETS = re.compile(rb"<sheets>((?:<sheet [^<>]*/>)+)</sheets>")
_SHEET = re.compile(rb"<sheet name=\"([^\"&]+)\" sheetId=\"([0-9]+)\"(?: state=\"[A-Za-z]+\")? r:id=\"([^\"]+)\"/>")
_CALCULATION = re.compile(rb"<calcPr(?: [A-Za-z]+=\"[^\"]*\")*/>")


_ASKED = re.compile(rb"\sfullCalcOnLoad\s*=\s*[\"'](?:1|true)[\"']")


class LocalName(NamedTuple):
    """A defined name that belongs to the sheet with that index."""

    name: str
    sheet: int
    refers_to: str
    hidden: bool = False


class BookMarkup:
    """The workbook part of a package and changes to it."""

    def __init__(self, container: Container) -> None:
        self.container = container
        self.part = _main_part(container)
        self.raw = container.read(self.part)
        self.xml, self._codec = to_utf8(self.raw)
        self.dialect = STRICT if MAIN_STRICT.encode() in self.xml[:4096] else TRANSITIONAL
        relations = relations_name(self.part)
        self.relations = Relations(container.read(relations) if relations in container else None, self.part)
        self.sheets = self._read_sheets()
        self._splices: list[Splice] = []

    @cached_property
    def root(self) -> Node:
        """The elements of the part; parsed when first asked."""
        return outline(self.xml, 2)

    def _read_sheets(self) -> list[Sheet]:
        listed = _SHEETS.search(self.xml)
        if listed and b"<!" not in self.xml:
            quick = list(_SHEET.finditer(self.xml, *listed.span(1)))
            if len(quick) == listed[1].count(b"<sheet "):
                return [self._sheet(*(part.decode() for part in m.groups()), span=m.span()) for m in quick]
        node = self.root.child("sheets")
        sheets = []
        for item in node.children if node else ():
            attributes = item.attributes
            relation = next((value for key, value in attributes.items() if key.endswith(" id")), "")
            identity = attributes.get("sheetId", "")
            sheets.append(self._sheet(attributes.get("name", ""), identity, relation, span=(item.start, item.stop)))
        return sheets

    def _sheet(self, name: str, identity: str, relation_id: str, *, span: tuple[int, int]) -> Sheet:
        relation = next((item for item in self.relations.items if item.id == relation_id), None)
        member = self.container.find(relation.part) if relation else None
        kind = relation.kind if relation and member else ""
        return Sheet(name, identity, member.name if member else "", kind, *span)

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that name; names differ by more than case."""
        return next((item for item in self.sheets if item.name.casefold() == name.casefold()), None)

    def worksheet(self, name: str) -> Sheet:
        """The worksheet of that name. UnsafeWrite when there is none or it is no worksheet."""
        found = self.sheet(name)
        if found is None:
            raise UnsafeWrite(f"工作簿里没有工作表“{name}”，没有写入任何内容，请重新检查后再试。")
        if found.kind.lower() != "worksheet":
            raise UnsafeWrite(f"“{name}”不是普通工作表（是图表页或宏表），无法写入单元格。")
        return found

    @property
    def worksheets(self) -> list[Sheet]:
        """Sheets with cells."""
        return [item for item in self.sheets if item.kind.lower() == "worksheet"]

    @property
    def epoch_1904(self) -> bool:
        """Whether dates count from 1904."""
        if b"date1904" not in self.xml:
            return False
        properties = self.root.child("workbookPr")
        return properties is not None and properties.attributes.get("date1904") in ("1", "true")

    def require_full_calculation(self) -> None:
        """Ask spreadsheet programs to compute every formula when they open the file."""
        quick = _CALCULATION.findall(self.xml)
        if len(quick) == 1 and b"<!" not in self.xml:
            start = self.xml.index(quick[0])
            self._ask_for_calculation(start, quick[0])
            return
        node = self.root.child("calcPr")
        if node is None:
            self._insert(b'calcPr fullCalcOnLoad="1"/>', _BEFORE_CALC)
        else:
            self._ask_for_calculation(node.start, self.xml[node.start : node.inner])

    def _ask_for_calculation(self, start: int, tag: bytes) -> None:
        if not _ASKED.search(tag):
            changed = with_attribute(tag, "fullCalcOnLoad", "1")
            self._splices.append(Splice(start, start + len(tag), changed))

    def add_sheet(self, name: str, relation: str) -> int:
        """List a worksheet at the end; its index."""
        listed = self.root.child("sheets")
        if listed is None:
            raise UnreadableFile("工作簿里没有工作表清单，文件可能已损坏，请用表格软件打开并另存后再试。")
        identity = max((int(item.identity) for item in self.sheets if item.identity.isdigit()), default=0) + 1
        tag = prefix_of(self.xml, listed) + b"sheet"
        office, declaration = self._office_prefix()
        head = f' name="{escaped(name, quotes=True)}" sheetId="{identity}"{declaration} {office}:id="{relation}"/>'
        self._splices += inserted(self.xml, listed, b"<" + tag + head.encode())
        return len(self.sheets)

    def add_names(self, names: Iterable[LocalName]) -> None:
        """Add names local to a sheet."""
        listed = self.root.child("definedNames")
        tag = prefix_of(self.xml, self.root).decode() + "definedName"
        content = "".join(
            f'<{tag} name="{item.name}" localSheetId="{item.sheet}"{_HIDDEN if item.hidden else ""}>'
            f"{escaped(item.refers_to)}</{tag}>"
            for item in names
        ).encode()
        if listed is not None:
            self._splices += inserted(self.xml, listed, content)
        else:
            self._insert(b"definedNames>" + content + b"</" + tag.encode() + b"s>", _BEFORE_NAMES)

    def remove_sheet(self, sheet: Sheet) -> None:
        """Take a sheet out of the list with its local names; the indexes of later sheets' names move up."""
        index = self.sheets.index(sheet)
        self._splices.append(Splice(sheet.start, sheet.stop, b""))
        names = self.root.child("definedNames")
        keep = False
        gone: list[Splice] = []
        for node in names.children if names else ():
            local = node.attributes.get("localSheetId")
            if local is not None and int(local) == index:
                gone.append(Splice(node.start, node.stop, b""))
                continue
            keep = True
            if local is not None and int(local) > index:
                tag = with_attribute(self.xml[node.start : node.inner], "localSheetId", str(int(local) - 1))
                gone.append(Splice(node.start, node.inner, tag))
        if names is not None and not keep:
            gone = [Splice(names.start, names.stop, b"")]
        self._splices += gone + self._active_tab_without(index)

    def _active_tab_without(self, index: int) -> list[Splice]:
        views = self.root.child("bookViews")
        splices = []
        for node in views.children if views else ():
            tag = self.xml[node.start : node.inner]
            for name in ("activeTab", "firstSheet"):
                value = node.attributes.get(name, "")
                if value.isdigit() and int(value) >= index and int(value) > 0:
                    tag = with_attribute(tag, name, str(int(value) - 1))
            if tag != self.xml[node.start : node.inner]:
                splices.append(Splice(node.start, node.inner, tag))
        return splices

    def _insert(self, content: bytes, after: tuple[str, ...]) -> None:
        anchors = [node for node in self.root.children if node.name in after]
        if not anchors:
            raise UnreadableFile("工作簿里没有工作表清单，文件可能已损坏，请用表格软件打开并另存后再试。")
        at = anchors[-1].stop
        self._splices.append(Splice(at, at, b"<" + prefix_of(self.xml, self.root) + content))

    def _office_prefix(self) -> tuple[str, str]:
        """The prefix bound to the office relationships at the root; one declared on the spot where there is none."""
        return office_prefix(self.xml, self.root, self.dialect.office)

    def result(self) -> bytes:
        """The workbook part with the changes; the same bytes without any."""
        return from_utf8(spliced(self.xml, self._splices), self._codec) if self._splices else self.raw


def office_prefix(xml: bytes, root: Node, namespace: str) -> tuple[str, str]:
    """The prefix for relationship ids in a part, and the declaration to write where the root declares none."""
    pattern = rb"xmlns:([^\s=]+)\s*=\s*[\"']" + re.escape(namespace.encode()) + rb"[\"']"
    found = re.search(pattern, xml[root.start : root.inner])
    return (found[1].decode(), "") if found else ("r", f' xmlns:r="{namespace}"')


def _main_part(container: Container) -> str:
    """The workbook part, found through the package's relationships. UnsafeWrite for other kinds of package."""
    if "_rels/.rels" not in container or "[Content_Types].xml" not in container:
        raise UnsafeWrite("文件不是 .xlsx 或 .xlsm 工作簿，无法写入，请用表格软件另存为 .xlsx 后再试。")
    raw = container.read("_rels/.rels")
    if _USUAL_MAIN.search(raw) and "xl/workbook.xml" in container.members:
        return "xl/workbook.xml"
    for relation in Relations(raw, "").of_kind("officeDocument"):
        member = container.find(relation.part)
        if member is not None and member.name.lower().endswith(".xml"):
            return member.name
    raise UnsafeWrite("文件可能是 .xlsb 等其他格式，无法直接写入，请用表格软件另存为 .xlsx 后再试。")
