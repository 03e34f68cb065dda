"""The process behind a button.

    python -m xlsuite.buttons check --wb=自评表.xlsm --hwnd=…           started by the macro in Excel
    python -m xlsuite.buttons check --wb=/folder/自评表.xlsm --office   started by the macro in LibreOffice
    python -m xlsuite.buttons check --pipe=…                            started by the extension of LibreOffice

It leaves with 0 when the task ran, even if the task told the user of a problem; with 3, and a text on stderr and in
the file that ``--log`` names, when it could not even reach the workbook.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from xlsuite.buttons.timing import note_time


def main(arguments: Sequence[str]) -> int:
    """Run one task in the workbook that the arguments name."""
    from xlsuite.core.errors import HostUnavailable, XlsuiteError

    task, options = _parsed(arguments)
    try:
        book = _reached(options)
        from xlsuite.buttons import TASKS

        if task not in TASKS:
            raise HostUnavailable(f"没有“{task}”这个按钮，请重新安装 xlsuite 的按钮。")
    except XlsuiteError as error:
        _tell(str(error), options.get("log", ""))
        return 3
    book.set_mock_caller()
    note_time("connected")
    TASKS[task][1]()
    note_time("done")
    return 0


def _tell(text: str, log: str) -> None:
    """Say why the workbook could not be reached: on stderr where there is one, and in the file the macro shows."""
    if sys.stderr is not None:
        print(text, file=sys.stderr)
    if log:
        Path(log).write_text(text, encoding="utf-8")


def _parsed(arguments: Sequence[str]) -> tuple[str, dict[str, str]]:
    """The task, and ``--key=value`` options; a value may hold further equals signs."""
    options, task = {}, ""
    for argument in arguments:
        if argument.startswith("--"):
            key, _, value = argument[2:].partition("=")
            options[key] = value
        else:
            task = task or argument
    return task, options


def _reached(options: dict[str, str]) -> Any:
    from xlsuite.buttons.session import load_xlwings

    if "pipe" in options:
        load_xlwings()
        from xlsuite.addin.libreoffice.bridge import receive
        from xlsuite.addin.libreoffice.engine import book_of, register

        document, context = receive(options["pipe"])
        return book_of(register(context), document)
    if "office" in options:
        return _by_path(options["wb"])
    return _in_excel(options)


def _by_path(path: str) -> Any:
    """The workbook at ``path`` in the LibreOffice that listens on the pipe of this installation."""
    from xlsuite.addin.libreoffice.bridge import connect
    from xlsuite.addin.libreoffice.engine import register
    from xlsuite.addin.places import read_settings
    from xlsuite.core.errors import HostUnavailable

    pipe = os.environ.get("XLSUITE_SOFFICE_PIPE") or read_settings().get("SOFFICE_PIPE", "")
    if not pipe:
        raise HostUnavailable("LibreOffice 的按钮还没有安装，请让维护人员运行 xlsuite addin install。")
    app = register(connect(pipe))
    for book in app.books:
        if Path(book.fullname) == Path(path):
            return book
    raise HostUnavailable(f"在 LibreOffice 里没有找到打开的“{Path(path).name}”，请保存后重新打开再试。")


def _in_excel(options: dict[str, str]) -> Any:
    """The workbook in the Excel whose window the macro named."""
    from xlsuite.buttons.session import load_xlwings
    from xlsuite.core.errors import HostUnavailable

    xlwings = load_xlwings()
    if "excel" not in xlwings.engines.engines_by_name:
        raise HostUnavailable("本机没有可用的 Excel 接口（缺少 pywin32），请在装有 Excel 的 Windows 上安装 xlsuite。")
    window, name = options.get("hwnd", ""), options.get("wb", "").lower()
    for app in xlwings.apps:
        if not window or str(app.hwnd) == window:
            for book in app.books:
                if name in (book.name.lower(), book.fullname.lower()):
                    return book
    raise HostUnavailable(f"没有找到打开的工作簿“{options.get('wb', '')}”，请保存后重新打开再试。")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
