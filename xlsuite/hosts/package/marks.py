"""Marks in a closed workbook: a fill and a note at each cell, the sheet 校验结果, and everything back again.

mark(Path("表.xlsx"), Path("表_校验.xlsx"), marks, findings)
clear_marks(Path("表_校验.xlsx"), Path("表.xlsx"))
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from xlsuite.core.finding import Finding, Mark
from xlsuite.hosts.package import archive, ledger, listing, styles_patch
from xlsuite.hosts.package.clear import cleared
from xlsuite.hosts.package.comments import SheetNotes
from xlsuite.hosts.package.ledger import Ledger, MarkedCell
from xlsuite.hosts.package.listing_styles import listing_styles
from xlsuite.hosts.package.look import COLOURS, fill_markup, note_block
from xlsuite.hosts.package.package_edit import PackageEdit
from xlsuite.hosts.package.patch import WriteResult, require_unchanged
from xlsuite.hosts.package.save import read_whole, replace, writing
from xlsuite.hosts.package.sheet_layout import Place, a1
from xlsuite.hosts.package.sheet_patch import SheetPatch
from xlsuite.hosts.package.styles_patch import StylesPatch
from xlsuite.hosts.package.zones import Zones


def mark(  # noqa: PLR0913 (what and where, then options by name)
    source: Path,
    target: Path,
    marks: Sequence[Mark],
    findings: Sequence[Finding],
    *,
    expected_sha256: str | None = None,
    backup: bool = True,
) -> WriteResult:
    """Mark cells of ``source``, list ``findings`` on the sheet 校验结果, and save as ``target`` (may be the same file).

    Earlier marks are cleared first; explanations typed on the listing are kept by fingerprint. UnsafeWrite, StaleCell
    and ProtectedFile as for :func:`~xlsuite.hosts.package.patch.apply_edits`.
    """
    return _carried_out(source, target, lambda data: marked(data, marks, findings), expected_sha256, backup)


def clear_marks(source: Path, target: Path, *, expected_sha256: str | None = None, backup: bool = True) -> WriteResult:
    """Take every mark out again: the former fill and note of each cell, without the listing.

    When nothing else touched the file since it was marked, every part comes back byte for byte. Explanations on the
    listing go with it; read them first (:func:`~xlsuite.hosts.package.listing.read_explanations`).
    """
    return _carried_out(source, target, cleared, expected_sha256, backup)


def _carried_out(
    source: Path,
    target: Path,
    change: Callable[[bytes], tuple[bytes, list[str]]],
    expected_sha256: str | None,
    backup: bool,
) -> WriteResult:
    with writing(source, target) as (source, target):
        data, identity = read_whole(source)
        require_unchanged(source, data, expected_sha256)
        output, remarks = change(data)
        result = WriteResult(target, hashlib.sha256(output).hexdigest(), remarks=remarks)
        in_place = source == target
        if output != data or not in_place:
            result.backup = replace(target, output, backup=backup, unchanged=identity if in_place else None)
        return result


def marked(data: bytes, marks: Sequence[Mark], findings: Sequence[Finding]) -> tuple[bytes, list[str]]:
    """The bytes of the workbook with marks, and remarks for the user."""
    explanations = _explanations(data)
    data, remarks = cleared(data, quiet=True)
    package = PackageEdit(data)
    styles = StylesPatch(_styles(package))
    cells: list[MarkedCell] = []
    for name, own in _by_sheet(marks).items():
        cells += _mark_sheet(package, styles, name, own)
    threaded = sum(not cell.block for cell in cells)
    if threaded:
        remarks.append(f"有 {threaded} 个单元格带有会话批注，为不破坏会话只标了底色，问题请看“{listing.NAME}”。")
    name = _add_listing(package, styles, listing.rows_of(findings, explanations), cells)
    package.write(_styles_part(package), styles.result())
    part = ledger.reserve(package)
    changes = package.changes()
    ledger.keep(package, changes, Ledger(name, cells), part)
    output = archive.rewritten(package.container, changes)
    archive.verify(package.container, output, changes)
    return output, remarks


def _explanations(data: bytes) -> Mapping[str, str]:
    package = PackageEdit(data)
    found = listing.find_sheet(package.book, package.container)
    return listing.explanations_in(found[1]) if found else {}


def _by_sheet(marks: Sequence[Mark]) -> dict[str, list[Mark]]:
    grouped: dict[str, list[Mark]] = defaultdict(list)
    for item in marks:
        grouped[item.ref.sheet].append(item)
    return grouped


def _mark_sheet(package: PackageEdit, styles: StylesPatch, name: str, marks: Sequence[Mark]) -> list[MarkedCell]:
    sheet = package.book.worksheet(name)
    patch = SheetPatch(package.read(sheet.part))
    zones = Zones(patch.xml, package.container, sheet.part)
    grouped: dict[Place, list[Mark]] = defaultdict(list)
    for item in marks:
        grouped[zones.anchor((item.ref.row, item.ref.column))].append(item)
    notes = SheetNotes(package, sheet, patch)
    cells = []
    for place, own in sorted(grouped.items()):
        worst = max((item.severity for item in own), key=lambda severity: severity.rank)
        existing = patch.fragment(place) is not None
        former = patch.cell(place).style if existing else patch.inherited_style(place)
        style = styles.format_with(former, fillId=styles.add("fills", fill_markup(worst)))
        patch.set_style(place, style)
        block = note_block(own)
        noted = notes.add(place, block, COLOURS[worst])
        fill = styles.fill_of(former)
        cells.append(MarkedCell(sheet.name, a1(place), former, style, fill, block if noted else "", not existing))
    notes.finish()
    package.write(sheet.part, patch.result(), patch.undo())
    return cells


def _styles_part(package: PackageEdit) -> str:
    found = package.book.relations.of_kind("styles")
    return package.stored_name(found[0].part) if found and package.has(found[0].part) else "xl/styles.xml"


def _styles(package: PackageEdit) -> bytes:
    part = _styles_part(package)
    if not package.has(part):
        package.add_named(part, styles_patch.empty_styles(package.book.dialect))
        package.types.add(part, styles_patch.CONTENT_TYPE)
        package.book.relations.add(package.book.dialect.kind("styles"), part)
    return package.read(part)


def _add_listing(
    package: PackageEdit, styles: StylesPatch, rows: Sequence[listing.Row], cells: Sequence[MarkedCell]
) -> str:
    book, name, number = package.book, listing.NAME, 2
    while book.sheet(name) is not None:
        name, number = f"{listing.NAME}{number}", number + 1
    content = listing.sheet_xml(book.dialect, listing_styles(styles), rows, cells)
    part = package.add("xl/worksheets/", "sheet", ".xml", content)
    package.types.add(part, listing.CONTENT_TYPE)
    index = book.add_sheet(name, book.relations.add(book.dialect.kind("worksheet"), part))
    book.add_names(listing.local_names(name, index, len(rows)))
    return name
