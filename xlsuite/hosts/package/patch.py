"""Edits to a closed workbook: only the touched cells change, everything else keeps its bytes.

    result = apply_edits(Path("表.xlsx"), Path("表.xlsx"), edits, expected_sha256=book.sha256)

All or nothing. StaleCell when the file or a cell is no longer what was read; UnsafeWrite when a change could lose
something (formula cells, array formulas, table headings, pivot tables, read-only or open files).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from xlsuite.core.errors import StaleCell, UnsafeWrite
from xlsuite.core.finding import Edit
from xlsuite.core.form import Ref
from xlsuite.hosts.package import archive
from xlsuite.hosts.package.agreement import holds
from xlsuite.hosts.package.archive import Changes
from xlsuite.hosts.package.book_markup import BookMarkup
from xlsuite.hosts.package.cell_markup import Stored, text_content
from xlsuite.hosts.package.container import Container
from xlsuite.hosts.package.markup import Node, outline, to_utf8
from xlsuite.hosts.package.save import read_whole, replace, writing
from xlsuite.hosts.package.sheet_layout import Place, a1
from xlsuite.hosts.package.sheet_patch import SheetPatch
from xlsuite.hosts.package.zones import Zones

Fresh = dict[str, dict[Place, tuple[str, str]]]
"""Fresh results of formula cells by sheet name: type ``n``, ``str`` or ``b``, and content."""

NOT_RECOMPUTED = (
    "本机没有可用的 LibreOffice，依赖这些单元格的公式会在用 Excel 或 WPS 打开时自动重算；"
    "在此之前，预览和上传系统看到的可能仍是旧结果。"
)


@dataclass(slots=True)
class WriteResult:
    """What a write did.

    ``backup`` is the kept former file. ``refreshed`` are formula cells whose cached results were brought up to date;
    ``waiting`` are dependent ones left to the spreadsheet program. ``remarks`` are Chinese sentences for the user.
    """

    target: Path
    sha256: str
    written: tuple[Edit, ...] = ()
    backup: Path | None = None
    refreshed: tuple[Ref, ...] = ()
    waiting: tuple[Ref, ...] = ()
    remarks: list[str] = field(default_factory=list)


def apply_edits(  # noqa: PLR0913 (what and where, then options by name)
    source: Path,
    target: Path,
    edits: Sequence[Edit],
    *,
    expected_sha256: str | None,
    recompute: bool = True,
    backup: bool = True,
) -> WriteResult:
    """Write ``edits`` into ``source`` and save as ``target``, which may be the same file.

    ``expected_sha256`` is the hash of the file the edits were computed from; None skips that test. With ``recompute``
    the cached results of dependent formulas are refreshed through LibreOffice where it is installed. ``backup`` keeps
    the former content of the target. Without edits a target other than the source becomes a plain copy.
    """
    with writing(source, target) as (source, target):
        data, identity = read_whole(source)
        require_unchanged(source, data, expected_sha256)
        in_place = source == target
        result = WriteResult(target, "", tuple(edits))
        if edits:
            data = edited(data, edits, result, recompute=recompute)
        result.sha256 = hashlib.sha256(data).hexdigest()
        if in_place and not edits:
            return result
        result.backup = replace(target, data, backup=backup, unchanged=identity if in_place else None)
        return result


def require_unchanged(source: Path, data: bytes, expected_sha256: str | None) -> None:
    """StaleCell when the file is not the one that was read."""
    if expected_sha256 is not None and hashlib.sha256(data).hexdigest() != expected_sha256:
        raise StaleCell(f"“{source.name}”在读取之后被改动过，没有写入任何内容，请重新检查后再试。")


def edited(data: bytes, edits: Sequence[Edit], result: WriteResult, *, recompute: bool) -> bytes:
    """The bytes of the workbook with the edits; ``result`` learns about the dependent formulas."""
    container = archive.open_for_writing(data)
    book = BookMarkup(container)
    changes = Changes()
    for part, patch in _patches(container, book, edits).items():
        changes.replaced[part] = patch.result()
    book.require_full_calculation()
    changed_book = book.result()
    if changed_book != book.raw:
        changes.replaced[book.part] = changed_book
    output = archive.rewritten(container, changes)
    if recompute:
        from xlsuite.hosts.recompute import refresh

        output = refresh(container, changes, output, result)
    else:
        result.remarks.append(NOT_RECOMPUTED)
    archive.verify(container, output, changes)
    return output


def _patches(container: Container, book: BookMarkup, edits: Sequence[Edit]) -> dict[str, SheetPatch]:
    by_sheet: dict[str, list[Edit]] = defaultdict(list)
    for edit in edits:
        by_sheet[edit.ref.sheet].append(edit)
    shared = SharedTexts(container, book)
    patches: dict[str, SheetPatch] = {}
    for name, listed in by_sheet.items():
        part = book.worksheet(name).part
        if part in patches:
            raise UnsafeWrite(f"两处修改用不同的写法指向同一张工作表“{name}”，没有写入任何内容。")
        patch = SheetPatch(container.read(part), [(edit.ref.row, edit.ref.column) for edit in listed])
        zones = Zones(patch.xml, container, part)
        current = Current(patch, zones, shared, book.epoch_1904)
        current.change(listed)
        patches[part] = patch
    return patches


@dataclass(slots=True)
class Current:
    """One sheet as it stands, against which edits are held before they are made."""

    patch: SheetPatch
    zones: Zones
    shared: SharedTexts
    epoch_1904: bool

    def change(self, edits: Sequence[Edit]) -> None:
        """Make all edits of this sheet."""
        made: dict[Place, Edit] = {}
        for edit in edits:
            place = self.zones.anchor((edit.ref.row, edit.ref.column))
            if place in made:
                self._require_same(made[place], edit)
                continue
            cell = self.patch.cell(place)
            self._require_free(place, cell, edit)
            self._require_fresh(place, cell, edit)
            made[place] = edit
        for place, edit in made.items():
            self.patch.set_value(place, edit.new)

    def _require_same(self, first: Edit, second: Edit) -> None:
        if first.new != second.new:
            raise UnsafeWrite(
                f"“{second.ref.sheet}”的 {second.ref.a1} 同时要写入“{first.new}”和“{second.new}”，没有写入任何内容，"
                "请重新检查后再试。"
            )

    def _require_free(self, place: Place, cell: Stored, edit: Edit) -> None:
        if cell.formula:
            raise UnsafeWrite(
                f"“{edit.ref.sheet}”的 {a1(place)} 是公式，不能用数值覆盖，没有写入任何内容，"
                "请在表格软件里核对并修改该公式。"
            )
        self.zones.require_free(edit.ref.sheet, place)

    def _require_fresh(self, place: Place, cell: Stored, edit: Edit) -> None:
        content = cell.content
        if cell.kind == "s" and content is not None:
            content = self.shared.text(content)
        if not holds(cell.kind, content, edit.old, epoch_1904=self.epoch_1904):
            now, then = ("空" if text in (None, "") else f"“{text}”" for text in (content, edit.old))
            raise StaleCell(
                f"“{edit.ref.sheet}”的 {a1(place)} 现在是{now}，与读取时的{then}不同，没有写入任何内容，"
                "请重新检查后再试。"
            )


class SharedTexts:
    """The shared strings of a workbook, read when the first one is asked for."""

    def __init__(self, container: Container, book: BookMarkup) -> None:
        self._container, self._book = container, book
        self._xml = b""
        self._items: list[Node] | None = None

    def text(self, number: str) -> str:
        """The text with that number; "" for a number out of range."""
        if self._items is None:
            relations = self._book.relations.of_kind("sharedStrings")
            part = relations[0].part if relations else ""
            self._xml = to_utf8(self._container.read(part))[0] if part in self._container else b"<sst/>"
            self._items = outline(self._xml, 1).all("si")
        if not number.strip().isdigit() or int(number) >= len(self._items):
            return ""
        item = self._items[int(number)]
        return text_content(self._xml[item.start : item.stop], "t")
