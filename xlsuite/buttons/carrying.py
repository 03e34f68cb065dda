"""写回原表: what differs between the open workbook and its file, as edits of the closed file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from xlsuite.core.errors import UnsafeWrite
from xlsuite.core.finding import Edit
from xlsuite.core.form import Ref
from xlsuite.forms.grid import Book, Grid, GridCell
from xlsuite.hosts.base import open_book
from xlsuite.hosts.package.listing import NAME

_WRITABLE = (".xlsx", ".xlsm")
_CLOSE = 1e-9


def changes(path: Path, live: Book) -> tuple[list[Edit], list[str]]:
    """The edits that bring the file to what the open workbook says, and remarks on what cannot be carried.

    Raises:
        UnsafeWrite: rows, columns or merged cells were changed, or the file is of another kind.
    """
    if path.suffix.lower() not in _WRITABLE:
        raise UnsafeWrite("“写回原表”只用于 .xlsx 和 .xlsm 文件；其他格式请直接用软件自己的“保存”。")
    before = {grid.name: grid for grid in open_book(path).sheets}
    edits: list[Edit] = []
    remarks: list[str] = []
    for grid in live.sheets:
        if grid.name.startswith(NAME):
            continue
        former = before.pop(grid.name, None)
        if former is None:
            remarks.append(f"工作表“{grid.name}”是新增的，不会写入原文件。")
            continue
        _require_same_shape(former, grid)
        formulas = 0
        for place in sorted({*former.cells, *grid.cells}):
            old, new = former.cells.get(place, GridCell()), grid.cells.get(place, GridCell())
            if old.formula is not None or new.formula is not None:
                formulas += (old.formula is None) != (new.formula is None)
            elif not _same(old, new):
                edits.append(Edit(Ref(grid.name, *place), old.value, new.value, "写回"))
        if formulas:
            remarks.append(f"工作表“{grid.name}”有 {formulas} 处公式被改成数值或相反，不会写入原文件，请核对。")
    missing = [name for name in before if not name.startswith(NAME)]
    if missing:
        remarks.append(f"工作表“{'、'.join(missing)}”已被删除或改名，原文件里仍然保留。")
    return edits, remarks


def write(path: Path, edits: list[Edit]) -> Path | None:
    """Write the edits into the file although a program has it open, and return the backup made of it.

    Raises:
        StaleCell, UnsafeWrite: as for every write to a closed file; nothing is written.
    """
    from xlsuite.hosts.locking import writer_lock
    from xlsuite.hosts.package.patch import WriteResult, edited
    from xlsuite.hosts.package.save import read_whole, replace, require_writable

    require_writable(path)
    with writer_lock(path):
        data, identity = read_whole(path)
        output = edited(data, edits, WriteResult(path, "", tuple(edits)), recompute=True)
        try:
            return replace(path, output, backup=True, unchanged=identity)
        except PermissionError:
            raise UnsafeWrite(
                f"“{path.name}”被打开它的程序占用，没有写入任何内容；请另存一份副本、关闭这个窗口后，"
                "用 xlsuite recalc 处理原文件。"
            ) from None


def _require_same_shape(former: Grid, grid: Grid) -> None:
    if sorted(former.merges) != sorted(grid.merges):
        raise UnsafeWrite(
            f"工作表“{grid.name}”插入、删除过行列或改过合并单元格，不能只写回格子里的内容，没有写入任何内容；"
            "请另存一份，或在原文件里做同样的调整。"
        )


def _same(old: GridCell, new: GridCell) -> bool:
    if old.value == new.value:
        return True
    one, other = _number(old.value), _number(new.value)
    if one is not None and other is not None:
        return abs(one - other) <= _CLOSE * max(1.0, abs(one))
    return (old.value in (None, "") and new.value in (None, "")) or str(old.value) == str(new.value)


def _number(value: Any) -> float | None:
    return None if value is None or isinstance(value, str | bool) or not hasattr(value, "as_tuple") else float(value)
