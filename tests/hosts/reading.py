"""Workbooks built for the reading tests, and openpyxl's view of them to compare with."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import xlsxwriter

from xlsuite.forms.grid import Book, Grid
from xlsuite.hosts.base import read_book

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def read(data: bytes) -> Book:
    return read_book(data, "试.xlsx")


def sheet(data: bytes) -> Grid:
    return read(data).sheets[0]


def zipped(parts: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def changed(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The package with every XML part passed through ``change(name, content)``."""
    return zipped({name: change(name, content) for name, content in unzipped(data).items()})


def relations(*rows: tuple[str, str, str]) -> str:
    items = "".join(f'<Relationship Id="{i}" Type="{OFFICE}/{kind}" Target="{target}"/>' for i, kind, target in rows)
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}">{items}</Relationships>'


def worksheet(rows: str, before: str = "", after: str = "") -> str:
    return f'{DECLARATION}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def parts(
    rows: str = "",
    *,
    before: str = "",
    after: str = "",
    strings: tuple[str, ...] = (),
    codes: tuple[str, ...] = (),
    workbook: str = "",
) -> dict[str, bytes | str]:
    """The parts of a minimal workbook with one sheet; ``codes`` are the number formats of styles 1, 2, …"""
    items = "".join(f"<si><t>{text}</t></si>" for text in strings)
    formats = "".join(f'<numFmt numFmtId="{200 + i}" formatCode="{code}"/>' for i, code in enumerate(codes))
    styles = "".join(f'<xf numFmtId="{200 + i}"/>' for i in range(len(codes)))
    return {
        "[Content_Types].xml": f'{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{workbook}'
        '<sheets><sheet name="自评表" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "sharedStrings", "sharedStrings.xml"),
            ("rId3", "styles", "styles.xml"),
        ),
        "xl/sharedStrings.xml": f'{DECLARATION}<sst xmlns="{MAIN}">{items}</sst>',
        "xl/styles.xml": f'{DECLARATION}<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts>'
        f'<cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": worksheet(rows, before, after),
    }


def minimal(rows: str = "", **options: Any) -> bytes:
    return zipped(parts(rows, **options))


def form_workbook() -> bytes:
    """A form as a clerk has it, written by XlsxWriter: every kind of cell, two sheets, one hidden."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        page = book.add_worksheet("自评表")
        plain = book.add_format({"border": 1, "text_wrap": True})
        percent = book.add_format({"num_format": "0.00%"})
        money = book.add_format({"num_format": "#,##0.00"})
        chinese = book.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
        page.merge_range("A1:H1", "项目支出绩效自评表（2023年度）", plain)
        page.write("A2", "项目名称", plain)
        page.merge_range("B2:H2", 'R&D <建设> "一期"\n二期 𠮷', plain)
        for row in range(3, 20):
            page.write_string(row, 0, f"指标 {row} ", plain)
            page.write_number(row, 1, row * 1.37, money)
            page.write_number(row, 2, row / 77, percent)
            page.write_formula(row, 3, f'=IF(B{row + 1}>0,B{row + 1}&"<元>","")', plain, f"{row}<元>")
            page.write_formula(row, 4, f"=B{row + 1}*C{row + 1}", money, row * 1.37 * row / 77)
            page.write_datetime(row, 5, datetime(2023, 3, row), chinese)  # noqa: DTZ001
            page.write_blank(row, 6, None, plain)
        page.write_rich_string("A21", "完成 ", book.add_format({"bold": True}), "90% & 以上")
        page.write_boolean("B21", True)
        page.write_formula("C21", "=1/0", plain, "#DIV/0!")
        page.write_array_formula("D21:D22", "{=B4:B5*2}", plain, 8.22)
        page.write_number("D22", 10.96, plain)
        page.write_string("A22", "=文本", plain)
        page.merge_range("A23:A25", "产出指标", plain)
        page.set_row(4, None, None, {"hidden": True})
        page.set_column("G:G", 9, None, {"hidden": True})
        page.write_comment("B4", "请核对")
        other = book.add_worksheet("字典 & 说明")
        other.write_row(0, 0, ["优", "良", 3, 4.5])
        other.hide()
    return out.getvalue()


def openpyxl_view(data: bytes) -> dict[str, Any]:
    """{sheet: (values, formulas, merges)} as openpyxl reads them, numbers as floats and dates as dates."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        stored = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        written = openpyxl.load_workbook(io.BytesIO(data))
    view = {}
    for page in stored.worksheets:
        values = {(c.row, c.column): _plain(c.value) for row in page.iter_rows() for c in row if c.value is not None}
        formulas = {
            (c.row, c.column): _formula(c.value)
            for row in written[page.title].iter_rows()
            for c in row
            if c.data_type == "f"
        }
        merges = sorted((m.min_row, m.min_col, m.max_row, m.max_col) for m in page.merged_cells.ranges)
        view[page.title] = values, formulas, merges
    return view


def our_view(book: Book) -> dict[str, Any]:
    """The same of a book of ours."""
    view = {}
    for grid in book.sheets:
        values = {place: _plain(cell.value) for place, cell in grid.cells.items() if cell.value not in (None, "")}
        formulas = {place: cell.formula for place, cell in grid.cells.items() if cell.formula is not None}
        view[grid.name] = values, formulas, sorted(tuple(area) for area in grid.merges)
    return view


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool | date):
        return value
    if isinstance(value, int | float | Decimal):
        return float(value)
    return re.sub(r"\r\n?", "\n", str(value))


def _formula(value: Any) -> str:
    text = value if isinstance(value, str) else value.text
    return (text or "").removeprefix("=")


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file (version 3) with these streams at its top, each padded to the cutoff of the mini stream."""
    bodies = {
        name: body + bytes(-len(body) % 512 + (4096 if len(body) < 4096 else 0)) for name, body in streams.items()
    }
    sector, fat, entries, blocks = 2, [], [], b""
    for name, body in bodies.items():
        count = len(body) // 512
        entries.append((name, sector, len(body)))
        sector += count
        blocks += body
    total = sector
    fat = [0xFFFFFFFD, 0xFFFFFFFE] + [0] * (total - 2)
    for _, start, size in entries:
        last = start + size // 512 - 1
        for number in range(start, last):
            fat[number] = number + 1
        fat[last] = 0xFFFFFFFE
    assert total <= 128
    fat_sector = struct.pack("<128L", *(fat + [0xFFFFFFFF] * (128 - total)))
    none = 0xFFFFFFFF
    directory = _entry("Root Entry", 5, (none, none, 1), 0xFFFFFFFE, 0)
    for number, (name, start, size) in enumerate(entries, 1):
        following = number + 1 if number < len(entries) else none
        directory += _entry(name, 2, (none, following, none), start, size)
    directory = directory.ljust(512, b"\0")
    assert len(directory) == 512
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<5H6x8L", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE)
    header += struct.pack("<L", 0) + struct.pack("<109L", 0, *[none] * 108)
    return header + fat_sector + directory + blocks


def _entry(name: str, kind: int, links: tuple[int, int, int], start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le")
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBB3L", len(encoded) + 2, kind, 1, *links)
        + bytes(36)
        + struct.pack("<LQ", start, size)
    )


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<2H", kind, len(body)) + body
