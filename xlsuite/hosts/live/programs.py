"""What xlwings has no word for, once for Excel through its own object model and once for engines that offer it plainly.

An engine offers it by having the methods of :class:`Program`'s other implementation on its sheets and books, as the
engine for LibreOffice does.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from typing import Any, Protocol

from xlsuite.forms.grid import Area
from xlsuite.hosts.live.fills import Fill

LEDGER_NAMESPACE = "urn:xlsuite:marks:1"
_SOLID, _NO_FILL, _GRADIENT = 1, -4142, 4000
_PROTECTED = ("DrawingObjects", "Contents", "Scenarios")
_ALLOWED = (
    "AllowFormattingCells",
    "AllowFormattingColumns",
    "AllowFormattingRows",
    "AllowInsertingColumns",
    "AllowInsertingRows",
    "AllowInsertingHyperlinks",
    "AllowDeletingColumns",
    "AllowDeletingRows",
    "AllowSorting",
    "AllowFiltering",
    "AllowUsingPivotTables",
)


class Program(Protocol):
    """A spreadsheet program beyond xlwings' own words."""

    def read_only(self, book: Any) -> bool:
        """Whether the workbook was opened for reading only."""

    def locked_structure(self, book: Any) -> bool:
        """Whether sheets can be neither added nor removed."""

    def lifted(self, sheet: Any) -> AbstractContextManager[bool]:
        """Without the sheet's protection while the context lasts; False where it has a password."""

    def undo_step(self, book: Any, title: str) -> AbstractContextManager[None]:
        """Everything inside is one step of the undo list, where the program has one."""

    def fill(self, cell: Any) -> Fill:
        """How a cell is filled."""

    def set_fill(self, cells: Any, fill: Fill) -> None:
        """Fill cells so."""

    def bring(self, sheet: Any) -> None:
        """Show a sheet. xlwings' own way insists on the foremost program, and fails beside a second one."""

    def forget_ledger(self, book: Any) -> None:
        """Remove what a closed-file marking kept inside the workbook."""


class ExcelProgram:
    """Excel, through the objects that xlwings hands out as ``.api``."""

    def read_only(self, book: Any) -> bool:
        """See :class:`Program`."""
        return bool(book.api.ReadOnly)

    def locked_structure(self, book: Any) -> bool:
        """See :class:`Program`."""
        return bool(book.api.ProtectStructure)

    @contextmanager
    def lifted(self, sheet: Any) -> Iterator[bool]:
        """See :class:`Program`."""
        native = sheet.api
        if not native.ProtectContents and not native.ProtectDrawingObjects:
            yield True
            return
        options = {
            "DrawingObjects": bool(native.ProtectDrawingObjects),
            "Contents": bool(native.ProtectContents),
            "Scenarios": bool(native.ProtectScenarios),
            **{name: bool(getattr(native.Protection, name)) for name in _ALLOWED},
        }
        with suppress(Exception):  # a password makes Excel raise its own error type
            native.Unprotect("")
        free = not native.ProtectContents
        try:
            yield free
        finally:
            if free:
                native.Protect(**options)

    def undo_step(self, book: Any, title: str) -> AbstractContextManager[None]:
        """Excel forgets its undo list when a program writes; 恢复上次 stands in for it."""
        return nullcontext()

    def fill(self, cell: Any) -> Fill:
        """See :class:`Program`."""
        inside = cell.api.Interior
        pattern = int(inside.Pattern or _NO_FILL)
        if pattern == _NO_FILL:
            return Fill()
        if pattern >= _GRADIENT:
            return Fill(pattern="gradient")
        theme = inside.ThemeColor if pattern == _SOLID else None
        if theme:
            return Fill(theme=int(theme) - 1, tint=float(inside.TintAndShade or 0))
        return Fill(colour=_hex(int(inside.Color)), pattern="solid" if pattern == _SOLID else str(pattern))

    def set_fill(self, cells: Any, fill: Fill) -> None:
        """See :class:`Program`."""
        if fill.empty:
            cells.color = None
        elif fill.theme is not None:
            inside = cells.api.Interior
            inside.Pattern = _SOLID
            inside.ThemeColor = fill.theme + 1
            inside.TintAndShade = fill.tint
        else:
            cells.color = fill.rgb
            if fill.pattern.lstrip("-").isdigit():
                cells.api.Interior.Pattern = int(fill.pattern)

    def bring(self, sheet: Any) -> None:
        """See :class:`Program`."""
        sheet.api.Activate()

    def forget_ledger(self, book: Any) -> None:
        """See :class:`Program`."""
        for part in list(book.api.CustomXMLParts.SelectByNamespace(LEDGER_NAMESPACE)):
            part.Delete()


def _hex(bgr: int) -> str:
    """Excel's colour number, blue first, as RRGGBB."""
    return f"{bgr & 255:02X}{bgr >> 8 & 255:02X}{bgr >> 16 & 255:02X}"


class PlainProgram:
    """An engine whose books and sheets offer protection, undo and state under plain names."""

    def read_only(self, book: Any) -> bool:
        """See :class:`Program`."""
        return bool(getattr(book.impl, "read_only", False))

    def locked_structure(self, book: Any) -> bool:
        """See :class:`Program`."""
        return bool(getattr(book.impl, "locked_structure", False))

    @contextmanager
    def lifted(self, sheet: Any) -> Iterator[bool]:
        """See :class:`Program`."""
        impl = sheet.impl
        if not getattr(impl, "protected", False):
            yield True
            return
        free = bool(impl.lift_protection())
        try:
            yield free
        finally:
            if free:
                impl.restore_protection()

    def undo_step(self, book: Any, title: str) -> AbstractContextManager[None]:
        """See :class:`Program`."""
        step = getattr(book.impl, "undo_step", None)
        return step(title) if step else nullcontext()

    def fill(self, cell: Any) -> Fill:
        """See :class:`Program`."""
        return Fill.of(cell.color)

    def set_fill(self, cells: Any, fill: Fill) -> None:
        """See :class:`Program`."""
        cells.color = fill.rgb

    def bring(self, sheet: Any) -> None:
        """See :class:`Program`."""
        sheet.impl.activate()

    def forget_ledger(self, book: Any) -> None:
        """Other programs do not keep foreign parts reachable."""


def program_of(book: Any) -> Program:
    """The program a workbook is open in."""
    return ExcelProgram() if book.app.engine.name == "excel" else PlainProgram()


def one_step(sheet: Any, question: str, cells: Any) -> Any | None:
    """The engine's own answer for a whole range, or None where xlwings must be asked piece by piece."""
    asked = getattr(sheet.impl, question, None)
    return asked(cells.impl) if asked is not None else None


def area_of(cells: Any) -> Area:
    """The rectangle of an xlwings range."""
    rows, columns = cells.shape
    return Area(cells.row, cells.column, cells.row + rows - 1, cells.column + columns - 1)


def cells_of(sheet: Any, area: tuple[int, int, int, int]) -> Any:
    """The xlwings range of a rectangle."""
    top, left, bottom, right = area
    return sheet.range((top, left), (bottom, right))
