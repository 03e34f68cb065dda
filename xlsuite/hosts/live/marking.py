"""Marks in an open workbook: fills, notes and the listing, and all of it taken out again.

The listing's hidden columns hold the same records as in a closed file, so that either world clears the other's marks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from xlsuite.core.errors import UnsafeWrite
from xlsuite.core.finding import Mark, Severity
from xlsuite.core.form import Ref, column_letters
from xlsuite.forms.grid import Area, Grid
from xlsuite.hosts.live.fills import Fill
from xlsuite.hosts.live.programs import Program, cells_of, one_step
from xlsuite.hosts.live.reading import Place, read_sheet
from xlsuite.hosts.live.writing import anchor, protected, runs, sheet_of
from xlsuite.hosts.memory import area_of as area_of_address
from xlsuite.hosts.package.ledger import MarkedCell
from xlsuite.hosts.package.look import COLOURS, HEADING, note_block, severity_of


def mark_cells(book: Any, marks: Sequence[Mark], program: Program, seen: Mapping[str, Grid]) -> list[MarkedCell]:
    """Fill the cells and attach the notes; the records that clearing needs.

    ``seen`` holds sheets that were read a moment ago and have not changed since.

    Raises:
        UnsafeWrite: a sheet is protected with a password.
        StaleCell: a sheet is gone.
    """
    grouped: dict[str, list[Mark]] = defaultdict(list)
    for item in marks:
        grouped[item.ref.sheet].append(item)
    records: list[MarkedCell] = []
    for name, own in grouped.items():
        sheet = sheet_of(book, name)
        with program.lifted(sheet) as free:
            if not free:
                raise UnsafeWrite(protected(name))
            records += _mark_sheet(sheet, own, program, seen.get(name) or read_sheet(sheet))
    return records


def _mark_sheet(sheet: Any, marks: Sequence[Mark], program: Program, grid: Grid) -> list[MarkedCell]:
    places: dict[Place, list[Mark]] = defaultdict(list)
    for item in marks:
        places[anchor(grid, item.ref)].append(item)
    former = _former_fills(sheet, list(places), program)
    worst = {place: max((item.severity for item in own), key=lambda s: s.rank) for place, own in places.items()}
    paintable = {place: worst[place] for place in places if former[place].pattern != "gradient"}
    for severity in Severity:
        own = {place: severity for place, level in paintable.items() if level is severity}
        for row, column, run in runs(own):
            cells_of(sheet, (row, column, row + len(run) - 1, column)).color = Fill(COLOURS[severity]).rgb
    records = []
    for place, own_marks in sorted(places.items()):
        block = note_block(own_marks)
        noted = _add_note(sheet.range(place), grid.notes.get(place, ""), block)
        address = f"{column_letters(place[1])}{place[0]}"
        fill = former[place].markup() if place in paintable else ""
        records.append(MarkedCell(sheet.name, address, None, "0", fill, block if noted else ""))
    return records


def _former_fills(sheet: Any, places: list[Place], program: Program) -> dict[Place, Fill]:
    rows, columns = [row for row, _ in places], [column for _, column in places]
    told = one_step(sheet, "fill_areas", cells_of(sheet, (min(rows), min(columns), max(rows), max(columns))))
    if told is None:
        return {place: program.fill(sheet.range(place)) for place in places}
    found: dict[Place, Fill] = {}
    for (top, left, bottom, right), rgb in told:
        for row, column in places:
            if top <= row <= bottom and left <= column <= right:
                found[row, column] = Fill.of(rgb)
    return {place: found.get(place, Fill()) for place in places}


def _add_note(cell: Any, existing: str, block: str) -> bool:
    """Attach the block below the user's own text; False where the program takes no note, as on a threaded comment."""
    try:
        if existing:
            cell.note.text = f"{existing}\n{block}"
        else:
            cell.add_note(block)
    except Exception:  # each program raises its own type
        return False
    return True


def clear_cells(book: Any, records: Sequence[MarkedCell], listing: str, program: Program) -> int:
    """Give the cells their former fills and notes. The number of cells with our fill but without a record.

    Raises:
        UnsafeWrite: a sheet is protected with a password.
    """
    by_sheet: dict[str, dict[Place, MarkedCell]] = defaultdict(dict)
    for record in records:
        area = area_of_address(record.cell)
        by_sheet[record.sheet][area.top, area.left] = record
    strangers = 0
    for sheet in book.sheets:
        if sheet.name == listing or sheet.name not in by_sheet:
            continue
        grid = read_sheet(sheet)
        with program.lifted(sheet) as free:
            if not free:
                raise UnsafeWrite(protected(sheet.name))
            strangers += _clear_fills(sheet, grid, by_sheet[sheet.name], program)
            _clear_notes(sheet, grid, by_sheet[sheet.name])
    return strangers


def _clear_fills(sheet: Any, grid: Grid, records: dict[Place, MarkedCell], program: Program) -> int:
    """Our fill goes wherever it is; a fill that the user chose since stays."""
    strangers = 0
    restored: dict[Fill, dict[Place, Fill]] = defaultdict(dict)
    for place, now in _our_fills(sheet, grid, records, program):
        record = records.get(place)
        strangers += record is None
        before = Fill.from_markup(record.fill) if record else Fill()
        if before != now:
            restored[before][place] = before
    for before, own in restored.items():
        for row, column, run in runs(own):
            program.set_fill(cells_of(sheet, (row, column, row + len(run) - 1, column)), before)
    return strangers


def _our_fills(
    sheet: Any, grid: Grid, records: dict[Place, MarkedCell], program: Program
) -> Iterator[tuple[Place, Fill]]:
    places = set(records) | {place for place, text in grid.notes.items() if HEADING in text}
    covered = {
        (row, column): (area.top, area.left)
        for area in grid.merges
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    }
    heads = sorted({covered.get(place, place) for place in places})
    if not heads:
        return
    fills = _former_fills(sheet, heads, program)
    for place in heads:
        if severity_of(fills[place].colour) is not None:
            yield place, fills[place]


def _clear_notes(sheet: Any, grid: Grid, records: dict[Place, MarkedCell]) -> None:
    for place, text in grid.notes.items():
        if HEADING not in text:
            continue
        record = records.get(place)
        rest = without_block(text, record.block if record else "")
        note = sheet.range(place).note
        if note is None:
            continue
        if rest.strip():
            note.text = rest
        else:
            note.delete()


def without_block(text: str, block: str) -> str:
    """A note's text without what a mark put there; without a known block, all from our heading on."""
    if block and block in text:
        begin = text.index(block)
        return text[:begin].removesuffix("\n") + text[begin + len(block) :]
    return text[: text.index(HEADING)].removesuffix("\n")


def places_listed(texts: dict[Place, str], column: int, first: int) -> list[Ref]:
    """The cells that the listing names, in its order."""
    found = []
    for (row, own), text in sorted(texts.items()):
        if own != column or row < first:
            continue
        name, _, address = text.rpartition(" ")
        with suppress(ValueError):
            area: Area = area_of_address(address)
            found.append(Ref(name, area.top, area.left))
    return list(dict.fromkeys(found))
