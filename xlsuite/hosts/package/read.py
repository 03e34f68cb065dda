"""A workbook package as a :class:`~xlsuite.forms.grid.Book`: only the parts that are needed are opened."""

from __future__ import annotations

from dataclasses import dataclass, field

from xlsuite.core.errors import UnreadableFile
from xlsuite.core.form import Ref
from xlsuite.forms.grid import Book, Grid
from xlsuite.hosts import limits
from xlsuite.hosts.covered import drop_covered
from xlsuite.hosts.package.container import Container, damaged
from xlsuite.hosts.package.dialect import unprefixed, utf8
from xlsuite.hosts.package.sheet_xml import SheetContent, scan_sheet
from xlsuite.hosts.package.strings import read_strings
from xlsuite.hosts.package.styles import read_styles
from xlsuite.hosts.package.tables import Tables
from xlsuite.hosts.package.workbook import Relation, SheetEntry, outline, relations

_KNOWN_STYLES: dict[bytes, tuple[str, ...]] = {}
_MOST_KNOWN, _LARGEST_KNOWN = 32, 64 * limits.KB
_OTHER_SHEETS = frozenset({"chartsheet", "dialogsheet", "xlmacrosheet", "xlintlmacrosheet"})


def read_package(container: Container, part: str, label: str, clock: limits.Clock) -> Book:
    """Read every worksheet of the workbook whose main part is ``part``.

    Raises:
        UnreadableFile: the package is damaged or has no worksheet.
        LimitExceeded: it is larger than :mod:`xlsuite.hosts.limits` allows.
    """
    plan = outline(container.read(part))
    related = relations(container, part)
    sheets = [(entry, _sheet_part(entry, related, container)) for entry in plan.sheets]
    if not any(name for _, name in sheets):
        raise UnreadableFile("工作簿里没有工作表（可能只有图表页），请确认选对了文件。")
    tables = Tables(_styles(container, related), _strings(container, related), plan.date1904)
    reading = _Reading(container, tables, clock, Book(label))
    for entry, name in sheets:
        if name:
            reading.add(entry, name)
    if reading.uncached:
        reading.book.remarks.append(_without_results(reading.uncached))
    return reading.book


def _without_results(cells: list[Ref]) -> str:
    return (
        f"有 {len(cells)} 个公式没有保存计算结果（如工作表「{cells[0].sheet}」的 {cells[0].a1}），读到的是空值；"
        "请用 Excel 或 WPS 打开并保存一次后再试。"
    )


def _sheet_part(entry: SheetEntry, related: dict[str, Relation], container: Container) -> str:
    """The part of a worksheet; "" for sheets of another kind."""
    if not entry.relation:
        return ""
    relation = related.get(entry.relation)
    if relation is not None and relation.kind.lower() in _OTHER_SHEETS:
        return ""
    if relation is None or relation.part not in container:
        raise damaged(f"工作表「{entry.name}」的内容丢失")
    return relation.part


@dataclass(slots=True)
class _Reading:
    """A package being read, sheet by sheet."""

    container: Container
    tables: Tables
    clock: limits.Clock
    book: Book
    cells: int = 0
    uncached: list[Ref] = field(default_factory=list)

    def add(self, entry: SheetEntry, part: str) -> None:
        """Read one worksheet into the book."""
        content = self._content(self._data(entry, part))
        self.cells += len(content.cells)
        limits.CELLS.check(self.cells, "工作簿内")
        hidden = content.hidden_rows, content.hidden_columns
        grid = Grid(entry.name, content.cells, content.merges, entry.hidden, *hidden)
        if content.merges:
            self.book.remarks.extend(drop_covered(grid))
        if content.noted:
            grid.notes = _notes(self.container, part)
        self.uncached.extend(Ref(entry.name, *place) for place in content.uncached)
        self.book.sheets.append(grid)
        self.clock.check()

    def _content(self, data: bytes) -> SheetContent:
        content = scan_sheet(unprefixed(data), self.tables)
        if content is None:
            from xlsuite.hosts.package.sheet_events import read_sheet

            content = read_sheet(data, self.tables, self.clock)
        return content

    def _data(self, entry: SheetEntry, part: str) -> bytes:
        member = self.container.find(part)
        if member is None or member.size <= limits.HEAD_BYTES:
            return utf8(self.container.read(part))
        self.book.remarks.append(
            f"工作表「{entry.name}」解压后有 {member.size // limits.MB} MB，只读取了前面的部分，"
            "后面通常只是带格式的空行；如果自评表不在开头，请把它单独另存后再试。"
        )
        return utf8(_shortened(self.container, part))


def _shortened(container: Container, name: str) -> bytes:
    """A very large sheet without the rows beyond ``limits.HEAD_BYTES``, still whole after the cells."""
    head, tail = bytearray(), bytearray()

    def keep(piece: bytes) -> None:
        if len(head) < limits.HEAD_BYTES:
            head.extend(piece)
            return
        tail.extend(piece)
        end = tail.rfind(b"</sheetData>")
        if end > 0:
            del tail[:end]
        elif not tail.startswith(b"</sheetData>"):
            del tail[:-64]
        limits.PART_BYTES.check(len(tail))

    container.stream(name, keep, limits.SHEET_BYTES)
    row = head.rfind(b"</row>")
    if row < 0 or not tail.startswith(b"</sheetData>"):
        raise UnreadableFile("有一张工作表过大，写法又不常见，无法读取，" + limits.SPLIT)
    return bytes(head[: row + 6]) + bytes(tail)


def _strings(container: Container, related: dict[str, Relation]) -> list[str]:
    for relation in related.values():
        if relation.kind == "sharedStrings" and relation.part in container:
            return read_strings(container.read(relation.part))
    return []


def _styles(container: Container, related: dict[str, Relation]) -> tuple[str, ...]:
    for relation in related.values():
        member = container.find(relation.part) if relation.kind == "styles" else None
        if member is not None:
            # The same form has the same styles part in thousands of files, down to the compressed bytes.
            packed = container.packed(member)
            codes = _KNOWN_STYLES.get(packed)
            if codes is None:
                codes = read_styles(container.read(member.name))
                if len(packed) <= _LARGEST_KNOWN:
                    _KNOWN_STYLES[packed] = codes
                while len(_KNOWN_STYLES) > _MOST_KNOWN:
                    del _KNOWN_STYLES[next(iter(_KNOWN_STYLES))]
            return codes
    return ()


def _notes(container: Container, part: str) -> dict[tuple[int, int], str]:
    from xlsuite.hosts.package.notes import read_notes

    return read_notes(container, part)
