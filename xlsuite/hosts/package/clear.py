"""Marks taken out of a workbook again: exactly where nothing else happened since, cell by cell where something did."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from xlsuite.core.errors import UnsafeWrite
from xlsuite.hosts.package import archive, ledger, listing
from xlsuite.hosts.package.archive import Stored
from xlsuite.hosts.package.book_markup import Sheet
from xlsuite.hosts.package.comments import SheetNotes
from xlsuite.hosts.package.kept import digest, put_back
from xlsuite.hosts.package.ledger import Ledger, MarkedCell
from xlsuite.hosts.package.look import HEADING, severity_of
from xlsuite.hosts.package.markup import to_utf8
from xlsuite.hosts.package.package_edit import PackageEdit
from xlsuite.hosts.package.relations import Relations
from xlsuite.hosts.package.sheet_layout import Place, a1, place_of
from xlsuite.hosts.package.sheet_patch import SheetPatch
from xlsuite.hosts.package.styles_patch import StylesPatch
from xlsuite.hosts.package.zones import Zones

_STYLE = re.compile(rb"<(?:[\w.-]+:)?(?:c|row|col)\s[^<>]*?\s(?:s|style)=[\"']([0-9]+)[\"']")
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s>/]")
Originals = dict[str, Stored | bytes]
"""Parts as they were before marking: as stored, or their content alone."""

NO_MARKS = "文件里没有校验标记，内容没有改动。"


def cleared(data: bytes, *, quiet: bool = False) -> tuple[bytes, list[str]]:
    """The bytes of the workbook without marks, and remarks for the user; the same bytes when there are none."""
    package = PackageEdit(data)
    part = ledger.find_part(package)
    book = ledger.from_xml(package.read(part)) if part else None
    sheet = listing.find_sheet(package.book, package.container)
    if not part and sheet is None and not _noted(package):
        return data, [] if quiet else [NO_MARKS]
    originals = _originals(package, book) if book is not None else {}
    if book is not None and book.kept.keys() == originals.keys() and all(package.has(name) for name in book.added):
        return _restored(package, book, part, originals), []
    if book is None:
        book = Ledger(sheet[0].name if sheet else "", ledger.records(listing.record_lines(sheet[1] if sheet else {})))
    undoing = Undoing(package, book, originals)
    undoing.undo(sheet[0] if sheet else None, part)
    changes = package.changes()
    output = archive.rewritten(package.container, changes)
    archive.verify(package.container, output, changes)
    return output, undoing.remarks


def _noted(package: PackageEdit) -> bool:
    """Whether a note still has our heading, though listing and ledger were deleted."""
    names = (name for name in package.parts(".xml") if "comments" in name.lower())
    return any(HEADING.encode() in to_utf8(package.read(name))[0] for name in names)


def _originals(package: PackageEdit, book: Ledger) -> Originals:
    """The parts that are still as marking left them, as they were before."""
    found: Originals = {}
    for name, kept in book.kept.items():
        if package.has(name) and digest(package.container.read(name)) == kept.marked:
            original = put_back(kept, package.container.read(name))
            if original is not None:
                found[name] = original
    return found


def _restored(package: PackageEdit, book: Ledger, part: str, originals: Originals) -> bytes:
    """Every touched part as it was stored, and the added ones gone."""
    for name, original in originals.items():
        package.restore(name, original)
    changes = package.changes()
    changes.dropped |= {*book.added, part}
    output = archive.rewritten(package.container, changes)
    archive.verify(package.container, output, changes)
    return output


@dataclass(slots=True)
class Undoing:
    """The inverse of each step of marking, for a file that went on being edited."""

    package: PackageEdit
    book: Ledger
    originals: Originals
    remarks: list[str] = field(default_factory=list)

    def undo(self, sheet: Sheet | None, part: str) -> None:
        """Take out fills, notes, the listing and the ledger; put parts back whole where nobody touched them."""
        styles_part = self._styles_part()
        own = styles_part in self.originals
        styles = StylesPatch(self.package.read(styles_part))
        strangers = 0
        for item in self.package.book.worksheets:
            if sheet is None or item.part != sheet.part:
                strangers += self._undo_sheet(item, styles, own=own)
        if strangers:
            self.remarks.append(
                f"有 {strangers} 个单元格带有校验底色，但找不到原来的样子（可能插入或删除过行），已改为无填充，请核对。"
            )
        if not own:
            self.package.write(styles_part, styles.result())
        if sheet is not None:
            self._remove_listing(sheet)
        if part:
            ledger.drop(self.package, part)
        if own:
            self._restore_untouched(styles_part)

    def _styles_part(self) -> str:
        found = self.package.book.relations.of_kind("styles")
        return self.package.stored_name(found[0].part) if found else "xl/styles.xml"

    def _undo_sheet(self, sheet: Sheet, styles: StylesPatch, *, own: bool) -> int:
        patch = SheetPatch(self.package.read(sheet.part))
        records = self._records(sheet.name)
        if own:
            strangers = 0
            for cell in records.values():
                _undo_own_style(patch, cell)
        else:
            anchor = Zones(patch.xml, self.package.container, sheet.part).anchor
            strangers = _undo_foreign_styles(patch, styles, records, anchor)
        notes = SheetNotes(self.package, sheet, patch)
        for place in notes.places():
            if HEADING in notes.text(place):
                record = records.get(a1(place))
                notes.strip(place, record.block if record else "")
        notes.finish()
        self.package.write(sheet.part, patch.result())
        return strangers

    def _records(self, name: str) -> dict[str, MarkedCell]:
        """The marked cells of a sheet, which may have been renamed since."""
        present = {sheet.name for sheet in self.package.book.sheets}
        gone = {cell.sheet for cell in self.book.cells} - present
        former = gone.pop() if len(gone) == 1 and not any(cell.sheet == name for cell in self.book.cells) else name
        return {cell.cell: cell for cell in self.book.cells if cell.sheet == former}

    def _remove_listing(self, sheet: Sheet) -> None:
        """Take the listing out, with what only it refers to."""
        package, book = self.package, self.package.book
        self._require_unused(sheet)
        content = package.read(sheet.part)
        targets = [item.part for item in package.relations(sheet.part).items if item.part]
        book.remove_sheet(sheet)
        relation = book.relations.to_part(sheet.part)
        if relation is not None:
            book.relations.remove(relation)
        package.drop(sheet.part)
        for target in targets:
            if package.has(target) and not self._referred(target):
                package.drop(target)
        if _FORMULA.search(content):
            self._drop_calculation_chain()

    def _referred(self, part: str) -> bool:
        for name in self.package.parts(".rels"):
            owner = name.replace("_rels/", "", 1) if name.startswith("_rels/") else name.replace("/_rels/", "/")
            if Relations(self.package.read(name), owner.removesuffix(".rels")).to_part(part):
                return True
        return False

    def _require_unused(self, sheet: Sheet) -> None:
        """UnsafeWrite when a formula of the user's refers to the listing."""
        package = self.package
        wanted = (f"{sheet.name}!".encode(), f"{sheet.name}'!".encode())
        for item in package.book.worksheets:
            if item.part != sheet.part and any(text in package.read(item.part) for text in wanted):
                raise UnsafeWrite(
                    f"“{item.name}”里有公式引用了“{sheet.name}”，清除标记会使它出错，没有写入任何内容，请先删除这些公式再试。"
                )

    def _drop_calculation_chain(self) -> None:
        """The chain may name cells of the listing; programs build it anew."""
        for relation in self.package.book.relations.of_kind("calcChain"):
            self.package.book.relations.remove(relation)
            self.package.drop(relation.part)

    def _restore_untouched(self, styles_part: str) -> None:
        for name, original in self.originals.items():
            if name != styles_part or self._marks_unused():
                self.package.restore(name, original)

    def _marks_unused(self) -> bool:
        """Whether no cell uses a format that marking appended, so that the former styles part is enough again."""
        used: set[int] = set()
        for sheet in self.package.book.worksheets:
            if self.package.has(sheet.part) and sheet.part not in self.originals:
                used |= {int(number) for number in _STYLE.findall(self.package.read(sheet.part))}
        appended = {int(cell.marked) for cell in self.book.cells} - {int(cell.former or 0) for cell in self.book.cells}
        return not used & appended


def _undo_own_style(patch: SheetPatch, cell: MarkedCell) -> None:
    """Style numbers still mean what they meant: give the former one back."""
    place = place_of(cell.cell)
    stored = patch.cell(place)
    if patch.fragment(place) is None or stored.style != cell.marked:
        return
    if cell.created and stored.blank:
        patch.remove(place)
    else:
        patch.set_style(place, cell.former)


def _undo_foreign_styles(
    patch: SheetPatch, styles: StylesPatch, records: dict[str, MarkedCell], anchor: Callable[[Place], Place]
) -> int:
    """Another program renumbered the styles: go by our fills. The number of cells without a record.

    Programs spread the look of a merged area's first cell over the whole area.
    """
    ours: dict[str, bool] = defaultdict(bool)
    strangers = 0
    for place in list(patch.layout.cells):
        number = patch.cell(place).style or "0"
        if number not in ours:
            ours[number] = severity_of(styles.solid_colour(styles.fill_of(number))) is not None
        if not ours[number]:
            continue
        record = records.get(a1(place)) or records.get(a1(anchor(place)))
        strangers += record is None
        fill = styles.add("fills", record.fill) if record and record.fill else 0
        patch.set_style(place, styles.format_with(number, fillId=fill))
    return strangers
