"""The same work done with other tools, and the physical limits it is held against."""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from decimal import Decimal
from pathlib import Path
from xml.parsers import expat

from xlsuite.forms.grid import Area, Book, CellError, Grid, GridCell

_PARTS = ("xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels")


def _members(path: Path) -> list[bytes]:
    with zipfile.ZipFile(path) as package:
        return [
            package.read(name)
            for name in package.namelist()
            if name in _PARTS or name.startswith("xl/worksheets/sheet")
        ]


def inflate(path: Path) -> None:
    """Open the package and inflate the parts a reader needs."""
    _members(path)


def bare_parse(path: Path) -> None:
    """Inflate the parts and let expat walk them without doing anything."""
    for part in _members(path):
        expat.ParserCreate().Parse(part, True)


def copy_with_one_sheet(path: Path) -> bytes:
    """The limit of a write-back: copy the bytes, inflate and deflate one sheet."""
    data = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml")
    compressor = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = compressor.compress(sheet) + compressor.flush()
    return data[:100] + packed + data


def durable_copy_with_one_sheet(path: Path, target: Path) -> None:
    """The limit of a safe write-back: the same bytes in a new file, flushed, renamed, and the name flushed."""
    temporary = target.with_suffix(".tmp")
    with temporary.open("wb") as stream:
        stream.write(copy_with_one_sheet(path))
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def openpyxl_book(path: Path) -> Book:
    """A grid read with openpyxl, for the same mapping and rules behind it."""
    import openpyxl

    book = Book(str(path))
    workbook = openpyxl.load_workbook(path, data_only=True)
    for sheet in workbook.worksheets:
        grid = Grid(sheet.title, hidden=sheet.sheet_state != "visible")
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    grid.cells[(cell.row, cell.column)] = _cell(cell.value, cell.number_format)
        grid.merges = [Area(m.min_row, m.min_col, m.max_row, m.max_col) for m in sheet.merged_cells.ranges]
        book.sheets.append(grid)
    return book


def _cell(value: object, number_format: str) -> GridCell:
    if isinstance(value, bool):
        return GridCell(value, str(value).upper())
    if isinstance(value, int | float):
        number = Decimal(repr(value))
        return GridCell(number, f"{value * 100:.2f}%" if "%" in number_format else f"{value:g}")
    text = str(value)
    return GridCell(CellError(text), text) if text.startswith("#") else GridCell(text, text)


def openpyxl_write(path: Path, cells: list[str]) -> bytes:
    """Load, set cells, save."""
    import openpyxl

    workbook = openpyxl.load_workbook(path)
    sheet = workbook.worksheets[0]
    for address in cells:
        sheet[address] = 1.5
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()


def excelize_write(path: Path, target: Path, cells: list[str]) -> None:
    """The same with excelize."""
    import excelize

    book = excelize.open_file(str(path))
    name = book.get_sheet_list()[0]
    for address in cells:
        book.set_cell_value(name, address, 1.5)
    book.save_as(str(target))
    book.close()


def pandas_read(path: Path, engine: str) -> None:
    """Every sheet as a data frame."""
    import pandas as pd

    pd.read_excel(path, sheet_name=None, header=None, engine=engine)


def pandera_check(path: Path) -> None:
    """Two columns ranged and two frame checks, far less than ours."""
    import pandas as pd
    import pandera.pandas as pa

    frame = pd.read_excel(path, sheet_name=0, header=None, engine="calamine")
    frame = frame.apply(pd.to_numeric, errors="coerce")
    column = pa.Column(float, pa.Check.in_range(0, 1e12), nullable=True, coerce=True)
    schema = pa.DataFrameSchema(
        {frame.columns[-1]: column, frame.columns[-2]: column}, checks=[pa.Check(lambda f: len(f) > 0)]
    )
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors:
        return


def frictionless_check(path: Path) -> None:
    """frictionless' own validation of the first sheet."""
    from frictionless import Resource, system

    with system.use_context(trusted=True):
        Resource(path=str(path)).validate()
