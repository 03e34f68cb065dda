"""Edits in an open workbook: all are held against what the cells hold now, then written in runs of cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from xlsuite.core.errors import StaleCell, UnsafeWrite
from xlsuite.core.finding import Edit
from xlsuite.core.form import Ref
from xlsuite.core.values import squeeze
from xlsuite.forms.grid import Grid, GridCell
from xlsuite.hosts.live.programs import Program, cells_of
from xlsuite.hosts.live.reading import Place, read_sheet

NOTHING = "没有写入任何内容"
_CONVERTED = frozenset("0123456789=+-'@(.¥$")
"""What may begin a text that Excel would take for something else."""


def sheet_of(book: Any, name: str) -> Any:
    """A sheet by name. StaleCell when it is gone."""
    for sheet in book.sheets:
        if sheet.name == name:
            return sheet
    raise StaleCell(f"工作簿里已经没有工作表“{name}”，{NOTHING}，请重新校验后再试。")


def anchor(grid: Grid, ref: Ref) -> Place:
    """The cell that stands for a covered one."""
    for area in grid.merges:
        if area.top <= ref.row <= area.bottom and area.left <= ref.column <= area.right:
            return area.top, area.left
    return ref.row, ref.column


def planned(book: Any, edits: Iterable[Edit]) -> list[tuple[Any, dict[Place, Any]]]:
    """What to write on each sheet, after every edit was found still to fit.

    Raises:
        StaleCell: a cell no longer holds what was read.
        UnsafeWrite: a cell holds a formula.
    """
    grouped: dict[str, list[Edit]] = defaultdict(list)
    for edit in edits:
        grouped[edit.ref.sheet].append(edit)
    plans = []
    for name, own in grouped.items():
        sheet = sheet_of(book, name)
        grid = read_sheet(sheet)
        values: dict[Place, Any] = {}
        for edit in own:
            place = anchor(grid, edit.ref)
            _require_fitting(grid.cells.get(place, GridCell()), edit)
            values[place] = edit.new
        plans.append((sheet, values))
    return plans


def _require_fitting(cell: GridCell, edit: Edit) -> None:
    where = f"工作表“{edit.ref.sheet}”的 {edit.ref.a1}"
    if cell.formula is not None:
        raise UnsafeWrite(f"{where} 是公式，不能用数值覆盖，{NOTHING}，请核对并修改该公式。")
    if not _holds(cell, edit.old):
        shown = f"“{cell.text}”" if cell.text else "空白"
        was = f"“{edit.old}”" if edit.old not in (None, "") else "空白"
        raise StaleCell(f"{where} 现在是{shown}，与读取时的{was}不同，{NOTHING}，请重新校验后再试。")


def _holds(cell: GridCell, old: Any) -> bool:
    if old is None or old == "":
        return cell.value is None or not squeeze(cell.text)
    if isinstance(cell.value, Decimal) and isinstance(old, Decimal | int | float):
        return float(cell.value) == float(old)
    return old in (cell.value, cell.text) or squeeze(str(old)) == squeeze(cell.text)


def write(sheet: Any, values: dict[Place, Any], program: Program) -> None:
    """Write the cells of one sheet, run by run.

    Raises:
        UnsafeWrite: the sheet is protected with a password.
    """
    with program.lifted(sheet) as free:
        if not free:
            raise UnsafeWrite(protected(sheet.name))
        for row, column, run in runs(values):
            cells = cells_of(sheet, (row, column, row + len(run) - 1, column))
            cells.value = [[entry] for entry in _prepared(cells, run)]


def protected(name: str) -> str:
    """What to tell about a sheet with a password."""
    return f"工作表“{name}”设了保护密码，{NOTHING}；请先在“审阅”菜单里撤销工作表保护（需要密码），完成后再重新保护。"


def runs(values: dict[Place, Any]) -> Iterator[tuple[int, int, list[Any]]]:
    """Cells below each other as one run: first row, column, values."""
    waiting = sorted(values, key=lambda place: (place[1], place[0]))
    while waiting:
        row, column = waiting.pop(0)
        run = [values[row, column]]
        while waiting and waiting[0] == (row + len(run), column):
            run.append(values[waiting.pop(0)])
        yield row, column, run


def _prepared(cells: Any, run: Sequence[Any]) -> list[Any]:
    """Values as the program must be given them so that texts stay texts and numbers numbers."""
    textual = any(isinstance(entry, str) and entry[:1] in _CONVERTED for entry in run)
    numeric = any(isinstance(entry, Decimal | int | float) for entry in run)
    code = cells.number_format if textual or numeric else ""
    if numeric and code == "@":
        cells.number_format = "General"
        code = "General"
    return [_given(entry, code or "") for entry in run]


def _given(entry: Any, code: str) -> Any:
    if isinstance(entry, Decimal):
        return float(entry) if entry % 1 else int(entry)
    if isinstance(entry, str) and entry[:1] in _CONVERTED and code != "@":
        return f"'{entry}"
    return None if entry == "" else entry
