"""The open workbook as a host."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from xlsuite.core.errors import HostUnavailable, UnsafeWrite, XlsuiteError
from xlsuite.core.finding import Edit, Finding, Mark
from xlsuite.core.form import Ref
from xlsuite.forms.grid import Book, Grid
from xlsuite.hosts.live import listing as live_listing
from xlsuite.hosts.live.marking import clear_cells, mark_cells, places_listed
from xlsuite.hosts.live.programs import program_of
from xlsuite.hosts.live.reading import read_book
from xlsuite.hosts.live.writing import NOTHING, planned, protected, sheet_of, write
from xlsuite.hosts.package import ledger, listing

NO_MARKS = "表里没有校验标记，内容没有改动。"


class LiveHost:
    """A workbook open in a spreadsheet program; ``book`` is an xlwings Book of any desktop engine.

    Every change is one undo step where the program has such, is drawn at once, and leaves the view where it was.
    """

    def __init__(self, book: Any) -> None:
        self.book = book
        self.program = program_of(book)
        self._seen: dict[str, Grid] = {}

    def snapshot(self) -> Book:
        """The workbook as it stands now.

        Raises:
            LimitExceeded: a sheet is larger than any form could be.
            HostUnavailable: the program is busy.
        """
        with self._answering():
            found = read_book(self.book)
        self._seen = {grid.name: grid for grid in found.sheets}
        return found

    def apply(self, edits: Sequence[Edit], marks: Sequence[Mark] = (), findings: Sequence[Finding] = ()) -> None:
        """Write edits, then marks; the listing shows ``findings``.

        Raises:
            StaleCell: a cell no longer holds what was read; nothing is written.
            UnsafeWrite: a formula, or a sheet with a password, is in the way; nothing is written.
            HostUnavailable: the program is busy.
        """
        with self._changing("绩效自评：写入"):
            plans = planned(self.book, edits)
            self._require_unlocked({edit.ref.sheet for edit in edits} | {mark.ref.sheet for mark in marks})
            self._seen = {}
            for sheet, values in plans:
                write(sheet, values, self.program)
            if marks or findings:
                self._mark(marks, findings)

    def mark(self, marks: Sequence[Mark], findings: Sequence[Finding]) -> None:
        """Replace all marks; explanations on the listing are kept. Errors as for :meth:`apply`."""
        with self._changing("绩效自评：校验标记"):
            self._mark(marks, findings)

    def _mark(self, marks: Sequence[Mark], findings: Sequence[Finding]) -> None:
        self._require_open_structure()
        self._require_unlocked({item.ref.sheet for item in marks})
        found = live_listing.find(self.book)
        explanations = listing.explanations_in(found[1]) if found else {}
        if found is not None:
            self._seen = {}
            self._clear(found)
        records = mark_cells(self.book, marks, self.program, self._seen)
        shown = self.book.sheets.active
        live_listing.add(self.book, listing.rows_of(findings, explanations), records)
        self.program.bring(shown)

    def clear(self) -> list[str]:
        """Take all marks out again; what the user should know about it. Errors as for :meth:`apply`."""
        with self._changing("绩效自评：清除标记"):
            found = live_listing.find(self.book)
            if found is None:
                return [NO_MARKS]
            self._require_open_structure()
            strangers = self._clear(found)
            self.program.forget_ledger(self.book)
        if strangers:
            return [f"有 {strangers} 个单元格带有校验底色，但找不到原来的样子，已改为无填充，请核对。"]
        return []

    def _clear(self, found: Any) -> int:
        sheet, texts = found
        sheet_name = sheet.name
        strangers = clear_cells(self.book, ledger.records(listing.record_lines(texts)), sheet_name, self.program)
        shown = self.book.sheets.active.name
        with self._without_questions():
            sheet.delete()
        if shown != sheet_name:
            self.program.bring(self.book.sheets[shown])
        return strangers

    def listed(self) -> list[Ref]:
        """The cells on the listing, in its order; none without a listing."""
        with self._answering():
            found = live_listing.find(self.book)
        if found is None:
            return []
        row, columns = listing.headings(found[1]) or (0, {})
        return places_listed(found[1], columns.get("位置", 0), row + 1)

    def show(self, ref: Ref) -> None:
        """Bring a cell into view and select it."""
        with self._answering():
            sheet = self.book.sheets[ref.sheet]
            self.program.bring(sheet)
            sheet.range((ref.row, ref.column)).select()

    def require_usable(self) -> None:
        """UnsafeWrite, in Chinese, for a workbook never saved or opened for reading only."""
        with self._answering():
            path, read_only = Path(self.book.fullname), self.program.read_only(self.book)
        if not path.is_absolute() and "://" not in self.book.fullname:
            raise UnsafeWrite("这个工作簿还没有保存过，请先保存到本机的文件夹里，再点按钮。")
        if read_only:
            raise UnsafeWrite(
                f"“{path.name}”是以只读方式打开的，{NOTHING}；请关闭后重新打开，出现提示时选择“编辑”，或另存一份再操作。"
            )

    def _require_open_structure(self) -> None:
        if self.program.locked_structure(self.book):
            raise UnsafeWrite(
                f"工作簿的结构受保护，不能添加或删除工作表“{listing.NAME}”，{NOTHING}；请先撤销工作簿保护再试。"
            )

    def _require_unlocked(self, names: set[str]) -> None:
        for name in sorted(names):
            with self.program.lifted(sheet_of(self.book, name)) as free:
                if not free:
                    raise UnsafeWrite(protected(name))

    @contextmanager
    def _changing(self, title: str) -> Iterator[None]:
        with self._quiet_screen(), self.program.undo_step(self.book, title), self._answering():
            yield
        self._seen = {}

    @contextmanager
    def _quiet_screen(self) -> Iterator[None]:
        app = self.book.app
        before = app.screen_updating
        app.screen_updating = False
        try:
            yield
        finally:
            app.screen_updating = before

    @contextmanager
    def _without_questions(self) -> Iterator[None]:
        app = self.book.app
        before = app.display_alerts
        app.display_alerts = False
        try:
            yield
        finally:
            app.display_alerts = before

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """A program that rejects calls, because a cell is being edited or a dialog is open, is busy."""
        try:
            yield
        except Exception as error:
            if isinstance(error, XlsuiteError):
                raise
            if not busy(error):
                if not _foreign(error):
                    raise
                # Such errors cannot travel through Python's own context managers.
                raise HostUnavailable(
                    f"表格软件没有完成这一步（{type(error).__name__}：{error}），请检查表格是否还开着、是否受保护，再点一次按钮。"
                ) from error
            raise HostUnavailable(
                f"表格软件正忙（可能正在编辑单元格或开着对话框），{NOTHING}；请先按回车结束编辑、关掉对话框，再点按钮。"
            ) from error


_REJECTED = {-2147418111, -2147417846, -2146777998}
"""RPC_E_CALL_REJECTED, RPC_E_SERVERCALL_RETRYLATER and Excel's own refusal while a cell is edited."""


def _foreign(error: BaseException) -> bool:
    """Whether an error is one of LibreOffice's own types."""
    return "com.sun.star" in f"{type(error).__module__}.{type(error).__qualname__}"


def busy(error: BaseException) -> bool:
    """Whether an error of the program says that it is busy."""
    numbers = {getattr(error, "hresult", None), *getattr(error, "args", ())[:1]}
    return type(error).__name__ == "ExcelBusyError" or any(
        isinstance(number, int) and number in _REJECTED for number in numbers
    )
