"""What the buttons do, in Excel and in LibreOffice alike.

Each function is what xlwings calls a macro: it takes nothing, finds its workbook with ``xw.Book.caller()`` and tells
the user in a message box how it went.

    RunPython "import xlsuite.buttons as b; b.check()"

For debugging: ``xw.Book("表.xlsm").set_mock_caller(); xlsuite.buttons.check()``.
"""

from __future__ import annotations

from collections.abc import Callable

from xlsuite.buttons.documents import audit, report
from xlsuite.buttons.looking import about, guide, jump
from xlsuite.buttons.working import check, clear, recalc, restore, write_back

TASKS: dict[str, tuple[str, Callable[[], None]]] = {
    "check": ("校验", check),
    "recalc": ("重新计分", recalc),
    "report": ("生成报告", report),
    "audit": ("审核报告", audit),
    "jump": ("下一处", jump),
    "guide": ("填写说明", guide),
    "clear": ("清除标记", clear),
    "restore": ("恢复上次", restore),
    "write_back": ("写回原表", write_back),
    "about": ("帮助", about),
}
"""Every button by the name that macros and the extension use, with its caption."""

__all__ = [
    "TASKS",
    "about",
    "audit",
    "check",
    "clear",
    "guide",
    "jump",
    "recalc",
    "report",
    "restore",
    "write_back",
]
