"""Fresh cached results for formulas that depend on an edit, computed by LibreOffice on throw-away copies.

Previewers, upload portals and data libraries show cached results; after an edit those of dependent formulas are old.
The workbook is computed before and after the edit by the same program: only formulas whose result differs between the
two depend on the edit, and only their ``<v>`` is replaced. Differences between LibreOffice and Excel thus never
reach cells that the edit does not concern, and results that LibreOffice cannot give are left alone.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import NamedTuple

from xlsuite.core.errors import HostUnavailable, XlsuiteError
from xlsuite.core.form import Ref
from xlsuite.hosts import soffice
from xlsuite.hosts.package import archive
from xlsuite.hosts.package.archive import Changes
from xlsuite.hosts.package.book_markup import BookMarkup, Sheet
from xlsuite.hosts.package.cell_markup import Stored, read_cell
from xlsuite.hosts.package.container import Container
from xlsuite.hosts.package.patch import NOT_RECOMPUTED, WriteResult
from xlsuite.hosts.package.sheet_layout import Layout, Place
from xlsuite.hosts.package.sheet_patch import SheetPatch
from xlsuite.hosts.package.zones import array_areas

_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s>/]")
_VOLATILE = re.compile(rb"\b(?:RAND|RANDBETWEEN|RANDARRAY|NOW|TODAY)\(", re.IGNORECASE)
_SPLICED_KINDS = ("n", "str", "b")

Results = dict[str, dict[Place, Stored]]
"""Results of a computed copy by sheet name."""


class Formulas(NamedTuple):
    """The formula cells of one sheet with their cached results, those filled by an array formula included."""

    sheet: Sheet
    cells: dict[Place, Stored]
    volatile: bool


def refresh(before: Container, changes: Changes, after: bytes, result: WriteResult) -> bytes:
    """``after`` with fresh results spliced into it. ``changes`` and ``result`` learn what was done.

    Without LibreOffice, or when it fails, ``after`` comes back as it is and ``result`` says so in Chinese.
    """
    formulas = _formulas(Container(after))
    if not formulas:
        return after
    if soffice.find() is None:
        result.remarks.append(NOT_RECOMPUTED)
        return after
    try:
        old, again, new = _computed(before.data, after, twice=any(item.volatile for item in formulas))
    except XlsuiteError as error:
        result.remarks.append(f"{error}依赖这些单元格的公式会在用 Excel 或 WPS 打开时自动重算。")
        return after
    fresh: dict[str, dict[Place, Stored]] = {}
    for item in formulas:
        name, computed = item.sheet.name, new.get(item.sheet.name, {})
        moved = _moved(item, old, again, new)
        usable = [p for p in moved if _usable(old[name].get(p)) and _usable(computed.get(p))]
        unknown = [p for p, cell in item.cells.items() if cell.kind != "e" and not _usable(computed.get(p))]
        fresh[item.sheet.part] = {p: computed[p] for p in usable}
        result.refreshed += tuple(Ref(name, *p) for p in usable)
        result.waiting += tuple(Ref(name, *p) for p in sorted({*moved, *unknown} - {*usable}))
    if result.waiting:
        result.remarks.append(_left_over(result.waiting))
    return _spliced(before, changes, fresh)


def _left_over(waiting: tuple[Ref, ...]) -> str:
    first = f"“{waiting[0].sheet}”的 {waiting[0].a1}"
    return f"有 {len(waiting)} 个公式单元格（如{first}）本机无法可靠地重算，会在用 Excel 或 WPS 打开时自动重算。"


def _formulas(container: Container) -> list[Formulas]:
    found = []
    for sheet in BookMarkup(container).worksheets:
        patch = SheetPatch(container.read(sheet.part))
        if not _FORMULA.search(patch.xml):
            continue
        filled = array_areas(patch.xml)
        cells = {
            place: read_cell(patch.xml[span.start : span.stop])
            for place, span in patch.layout.cells.items()
            if _FORMULA.search(patch.xml, span.start, span.stop) or _inside(place, filled)
        }
        found.append(Formulas(sheet, cells, _VOLATILE.search(patch.xml) is not None))
    return found


def _moved(formulas: Formulas, old: Results, again: Results, new: Results) -> list[Place]:
    """Formula cells that the edit changed; those that differ by themselves (random numbers, the clock) do not count."""
    name = formulas.sheet.name
    before, repeated, after = (results.get(name, {}) for results in (old, again, new))
    return [
        place
        for place in formulas.cells
        if _told(before.get(place)) == _told(repeated.get(place)) != _told(after.get(place))
    ]


def _inside(place: Place, areas: list[tuple[Place, Place]]) -> bool:
    return any(a[0] <= place[0] <= b[0] and a[1] <= place[1] <= b[1] for a, b in areas)


def _computed(before: bytes, after: bytes, *, twice: bool) -> tuple[Results, Results, Results]:
    """Results before, before once more (to see which change by themselves), and after the edit."""
    with tempfile.TemporaryDirectory(prefix="xlsuite-recompute-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        output = folder / "out"
        output.mkdir()
        copies = {"before": before, "after": after} | ({"again": before} if twice else {})
        files = []
        for stem, data in copies.items():
            path = folder / f"{stem}.xlsx"
            path.write_bytes(data)
            files.append(path)
        outputs = dict(zip(copies, soffice.convert(files, "xlsx:Calc MS Excel 2007 XML", output), strict=True))
        results = {stem: _results(path.read_bytes()) for stem, path in outputs.items()}
    return results["before"], results.get("again", results["before"]), results["after"]


def _results(data: bytes) -> Results:
    try:
        container = Container(data)
        sheets = BookMarkup(container).worksheets
    except XlsuiteError as error:
        raise HostUnavailable("LibreOffice 重算后的副本无法读取。") from error
    results: Results = {}
    for sheet in sheets:
        xml = container.read(sheet.part)
        cells = Layout(xml).cells
        results[sheet.name] = {place: read_cell(xml[span.start : span.stop]) for place, span in cells.items()}
    return results


def _told(cell: Stored | None) -> tuple[str, str | None] | None:
    return None if cell is None else (cell.kind, cell.content)


def _usable(cell: Stored | None) -> bool:
    return cell is not None and cell.kind in _SPLICED_KINDS and cell.content is not None


def _spliced(before: Container, changes: Changes, fresh: dict[str, dict[Place, Stored]]) -> bytes:
    for part, cells in fresh.items():
        if not cells:
            continue
        patch = SheetPatch(changes.replaced.get(part) or before.read(part))
        for place, cell in cells.items():
            patch.set_cached(place, cell.kind, cell.content or "")
        changes.replaced[part] = patch.result()
    return archive.rewritten(before, changes)
