"""Message boxes and file dialogs in the user's LibreOffice window."""

from __future__ import annotations

from typing import Any

from xlsuite.addin.libreoffice.bridge import import_uno

_BUTTONS = {"ok": 1, "ok_cancel": 2, "yes_no": 3, "yes_no_cancel": 4}
"""com.sun.star.awt.MessageBoxButtons"""
_ANSWERS = {0: "cancel", 1: "ok", 2: "yes", 3: "no"}
_BOXES = {"critical": "WARNINGBOX", "info": "INFOBOX"}


def ask(window: Any, prompt: str, title: str, style: tuple[str, str]) -> str:
    """A message box over ``window``; ``style`` is the buttons (ok, yes_no, …) and the mode (info, critical)."""
    if window is None:
        return "cancel"
    buttons, mode = style
    kind = "QUERYBOX" if buttons.startswith("yes") else _BOXES[mode]
    box_type = import_uno().Enum("com.sun.star.awt.MessageBoxType", kind)
    box = window.Toolkit.createMessageBox(window, box_type, _BUTTONS[buttons], title, prompt)
    try:
        return _ANSWERS.get(box.execute(), "cancel")
    finally:
        box.dispose()


def pick_file(picker: Any, title: str, folder: str, patterns: tuple[tuple[str, str], ...]) -> str:
    """Show a file dialog that opens one file; "" when the user gives up."""
    uno = import_uno()
    picker.setTitle(title)
    picker.setDisplayDirectory(uno.systemPathToFileUrl(folder))
    for name, pattern in patterns:
        picker.appendFilter(name, pattern)
    if not picker.execute():
        return ""
    return str(uno.fileUrlToSystemPath(picker.getFiles()[0]))
