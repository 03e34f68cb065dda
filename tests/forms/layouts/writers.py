"""Saves a drawn workbook in the formats people send: xlsx of two writers, HTML under .xls, CSV, LibreOffice's own."""

from __future__ import annotations

import html
import shutil
import subprocess
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from .sheet import Entry, Sheet, Workbook, address, shown

LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font_name": "方正小标宋简体", "font_size": 18, "align": "center", "valign": "vcenter"},
    "subtitle": {"font_name": "楷体", "font_size": 12, "align": "center", "valign": "vcenter"},
    "section": {"font_name": "黑体", "font_size": 11, "align": "left", "valign": "vcenter", "border": 1},
    "label": {
        "font_name": "宋体",
        "font_size": 10,
        "align": "center",
        "valign": "vcenter",
        "text_wrap": True,
        "border": 1,
    },
    "cell": {
        "font_name": "宋体",
        "font_size": 10,
        "align": "center",
        "valign": "vcenter",
        "text_wrap": True,
        "border": 1,
    },
    "number": {
        "font_name": "宋体",
        "font_size": 10,
        "align": "center",
        "valign": "vcenter",
        "text_wrap": True,
        "border": 1,
    },
    "text": {
        "font_name": "宋体",
        "font_size": 10,
        "align": "left",
        "valign": "vcenter",
        "text_wrap": True,
        "border": 1,
    },
    "note": {"font_name": "宋体", "font_size": 9, "align": "left", "valign": "vcenter"},
}


def plain(value: Any) -> Any:
    """A value as spreadsheet writers take it: numbers are binary floats in the end."""
    return float(value) if isinstance(value, Decimal) else value


def xlsx(book: Workbook, path: Path) -> Path:
    """Save with XlsxWriter, formulas with their cached values."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as target:
        formats: dict[tuple[str, str], Any] = {}

        def look(style: str, pattern: str) -> Any:
            if (style, pattern) not in formats:
                formats[style, pattern] = target.add_format(
                    {**LOOKS[style], **({"num_format": pattern} if pattern else {})}
                )
            return formats[style, pattern]

        for sheet in book.sheets:
            page = target.add_worksheet(sheet.name)
            for (row, column), entry in sheet.entries.items():
                _xlsx_cell(page, row - 1, column - 1, entry, look(entry.style, entry.pattern))
            _xlsx_page(page, sheet)
        visible = next(index for index, sheet in enumerate(book.sheets) if not sheet.hidden)
        target.worksheets()[visible].activate()
    return path


def _xlsx_cell(page: Any, row: int, column: int, entry: Entry, look: Any) -> None:
    if entry.rows > 1 or entry.columns > 1:
        page.merge_range(row, column, row + entry.rows - 1, column + entry.columns - 1, "", look)
    value = plain(entry.value)
    if entry.formula:
        page.write_formula(row, column, f"={entry.formula}", look, value)
    elif value is None:
        page.write_blank(row, column, None, look)
    elif isinstance(value, str):
        page.write_string(row, column, value, look)
    else:
        page.write(row, column, value, look)


def _xlsx_page(page: Any, sheet: Sheet) -> None:
    for column in range(1, sheet.right + 1):
        page.set_column(
            column - 1, column - 1, sheet.widths.get(column, 14), None, {"hidden": column in sheet.hidden_columns}
        )
    for row in range(1, sheet.bottom + 1):
        page.set_row(row - 1, sheet.heights.get(row, 30 if row > 2 else 26), None, {"hidden": row in sheet.hidden_rows})
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    if sheet.hidden:
        page.hide()


def openpyxl_file(book: Workbook, path: Path) -> Path:
    """Save with openpyxl; formulas keep no cached value there, so sums are stored as numbers."""
    from openpyxl import Workbook as Target
    from openpyxl.styles import Alignment, Border, Side

    target = Target()
    target.remove(target.active)
    edge = Side(style="thin")
    for sheet in book.sheets:
        page = target.create_sheet(sheet.name)
        for (row, column), entry in sheet.entries.items():
            cell = page.cell(row, column, plain(entry.value))
            if isinstance(entry.value, str):
                cell.data_type = "s"  # “=100%” is a text here, not a formula
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            cell.border = Border(edge, edge, edge, edge)
            if entry.pattern:
                cell.number_format = entry.pattern
            if entry.rows > 1 or entry.columns > 1:
                page.merge_cells(None, row, column, row + entry.rows - 1, column + entry.columns - 1)
        for column in sheet.hidden_columns:
            page.column_dimensions[address(1, column)[:-1]].hidden = True
        for row in sheet.hidden_rows:
            page.row_dimensions[row].hidden = True
        page.sheet_state = "hidden" if sheet.hidden else "visible"
    target.active = next(index for index, sheet in enumerate(book.sheets) if not sheet.hidden)
    target.save(path)
    return path


def html_file(book: Workbook, path: Path, encoding: str = "gb2312") -> Path:
    """Save the first visible sheet as an HTML table, the way government systems export “.xls”."""
    sheet = next(sheet for sheet in book.sheets if not sheet.hidden)
    taken: set[tuple[int, int]] = set()
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={encoding}">'
    rows = [f"<tr>{''.join(_html_cells(sheet, row, taken))}</tr>" for row in range(1, sheet.bottom + 1)]
    lines = [f'<html><head>{meta}</head><body><table border="1">', *rows, "</table></body></html>"]
    path.write_bytes("\n".join(lines).encode({"gb2312": "gb18030"}.get(encoding, encoding)))
    return path


def _html_cells(sheet: Sheet, row: int, taken: set[tuple[int, int]]) -> Iterable[str]:
    for column in range(1, sheet.right + 1):
        if (row, column) in taken:
            continue
        entry = sheet.entries.get((row, column), Entry(None))
        taken |= {(row + r, column + c) for r in range(entry.rows) for c in range(entry.columns)}
        spans = "".join(f' {word}="{n}"' for word, n in (("rowspan", entry.rows), ("colspan", entry.columns)) if n > 1)
        text = html.escape(shown(entry.value, entry.pattern)).replace("\n", "<br>") or "&nbsp;"
        yield f"<td{spans}>{text}</td>"


def csv_file(book: Workbook, path: Path, encoding: str = "utf-8-sig") -> Path:
    """Save the first visible sheet as CSV: merged areas become their first cell."""
    import csv

    sheet = next(sheet for sheet in book.sheets if not sheet.hidden)
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream)
        for row in range(1, sheet.bottom + 1):
            cells = (sheet.entries.get((row, column), Entry(None)) for column in range(1, sheet.right + 1))
            writer.writerow([shown(entry.value, entry.pattern) for entry in cells])
    return path


def office(files: Iterable[Path], ending: str, folder: Path, profile: Path) -> list[Path]:
    """Convert files with LibreOffice in one process; raises when it is missing or fails."""
    program = shutil.which("soffice")
    if program is None:
        raise RuntimeError("LibreOffice is not installed")
    sources = list(files)
    command = [
        program,
        "--headless",
        f"-env:UserInstallation=file://{profile}",
        "--convert-to",
        ending,
        "--outdir",
        str(folder),
    ]
    subprocess.run([*command, *map(str, sources)], check=True, capture_output=True, timeout=240)
    return [folder / f"{source.stem}.{ending.partition(':')[0]}" for source in sources]


WRITERS: dict[str, tuple[str, Callable[[Workbook, Path], Path]]] = {
    "xlsxwriter": (".xlsx", xlsx),
    "openpyxl": (".xlsx", openpyxl_file),
    "html": (".xls", html_file),
    "csv": (".csv", csv_file),
}
