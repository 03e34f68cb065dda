"""The sheet 校验结果 in an open workbook, laid out as in a closed file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsuite.core.finding import Severity
from xlsuite.forms.grid import Grid
from xlsuite.hosts.live.fills import Fill
from xlsuite.hosts.live.programs import cells_of
from xlsuite.hosts.live.reading import Place, read_sheet
from xlsuite.hosts.live.writing import runs
from xlsuite.hosts.package import listing
from xlsuite.hosts.package.ledger import MarkedCell
from xlsuite.hosts.package.look import COLOURS

_FIRST = listing.HEADING_ROW + 1
_PLACE = listing.HEADINGS.index("位置") + 1
_LEVEL = listing.HEADINGS.index("级别") + 1
_DARK, _WHITE, _LINK = (31, 78, 121), (255, 255, 255), (5, 99, 193)


def find(book: Any) -> tuple[Any, dict[Place, str]] | None:
    """Our sheet with its texts; one of that name that someone else made does not count."""
    for sheet in book.sheets:
        if sheet.name.startswith(listing.NAME):
            texts = texts_of(read_sheet(sheet))
            if listing.headings(texts):
                return sheet, texts
    return None


def texts_of(grid: Grid) -> dict[Place, str]:
    """The texts of a sheet by place."""
    return {place: cell.text for place, cell in grid.cells.items()}


def add(book: Any, rows: Sequence[listing.Row], cells: Sequence[MarkedCell]) -> None:
    """Add the sheet behind all others; some programs then show it."""
    names = {sheet.name for sheet in book.sheets}
    name, number = listing.NAME, 2
    while name in names:
        name, number = f"{listing.NAME}{number}", number + 1
    sheet = book.sheets.add(name, after=book.sheets[len(book.sheets) - 1])
    _write(sheet, rows, cells)
    _dress(sheet, rows)
    _link(sheet, rows)


def _write(sheet: Any, rows: Sequence[listing.Row], cells: Sequence[MarkedCell]) -> None:
    head = [(listing.NAME,), (listing.summary(rows),), (listing.TIP,), listing.HEADINGS]
    lines: list[tuple[int | str, ...]] = [tuple(line) for line in head]
    for index in range(max(len(rows), len(cells))):
        texts = listing.line_texts(index + 1, rows[index]) if index < len(rows) else []
        record = cells[index].line() if index < len(cells) else ""
        lines.append((*texts, *[""] * (listing.FINGERPRINT - len(texts)), record))
    width = len(listing.HEADINGS)
    table = [[_plain(entry) for entry in (*line, *[""] * (width - len(line)))] for line in lines]
    cells_of(sheet, (1, 2, len(table), width)).number_format = "@"
    cells_of(sheet, (1, 1, len(table), width)).value = table


def _plain(entry: int | str) -> int | str | None:
    return None if entry == "" else entry


def _dress(sheet: Any, rows: Sequence[listing.Row]) -> None:
    last = listing.HEADING_ROW + len(rows)
    for column, width in enumerate(listing.WIDTHS, 1):
        cells_of(sheet, (1, column, 1, column)).column_width = width
    body = cells_of(sheet, (1, 1, last, listing.VISIBLE))
    body.wrap_text = True
    body.vertical_alignment = "center"
    body.font.name = "宋体"
    for row in range(1, listing.HEADING_ROW):
        cells_of(sheet, (row, 1, row, listing.VISIBLE)).merge()
    title = cells_of(sheet, (1, 1, 1, 1))
    title.font.size, title.font.bold, title.horizontal_alignment = 16, True, "center"
    cells_of(sheet, (3, 1, 3, 1)).row_height = 32
    heading = cells_of(sheet, (listing.HEADING_ROW, 1, listing.HEADING_ROW, listing.VISIBLE))
    heading.color, heading.font.color, heading.font.bold = _DARK, _WHITE, True
    heading.horizontal_alignment = "center"
    levels = {(_FIRST + index, _LEVEL): row.finding.severity for index, row in enumerate(rows)}
    for severity in Severity:
        for row, column, run in runs({place: level for place, level in levels.items() if level is severity}):
            if rows[row - _FIRST].state != listing.GONE:
                cells_of(sheet, (row, column, row + len(run) - 1, column)).color = Fill(COLOURS[severity]).rgb
    cells_of(sheet, (1, listing.FINGERPRINT, 1, listing.RECORD)).columns.hidden = True


def _link(sheet: Any, rows: Sequence[listing.Row]) -> None:
    linked = {}
    for index, row in enumerate(rows, _FIRST):
        ref = row.finding.ref
        if ref is not None:
            text = f"{ref.sheet} {ref.a1}"
            address = f"#{listing.quoted(ref.sheet)}!{ref.a1}"
            sheet.range((index, _PLACE)).add_hyperlink(address, text, "点击跳到这个单元格")
            linked[index, _PLACE] = text
    for row_number, column, run in runs(linked):
        cells_of(sheet, (row_number, column, row_number + len(run) - 1, column)).font.color = _LINK
