"""A clerk's desk: LibreOffice with the buttons really installed, and hands that click."""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.addin.office import PROGRAM, Office, write_profile
from tests.addin.screen import Point, Screen, eventually, find, middle, names, role, windows
from xlsuite.addin.install import Machine, install
from xlsuite.addin.libreoffice.engine import book_of
from xlsuite.addin.libreoffice.install import OfficeProfile
from xlsuite.app.addin import build_addins
from xlsuite.forms.grid import Book
from xlsuite.hosts.live import LiveHost

ANSWERS = {"ok": "OK", "yes": "Yes", "no": "No"}


class Desk:
    """Everything below one folder; nothing of the user's own is touched."""

    def __init__(self, folder: Path, pictures: Path) -> None:
        self.folder, self.home, self.trusted = folder, folder / "设置", folder / "绩效 自评"
        self.times = folder / "times.txt"
        build_addins(folder / "built")
        profile = folder / "profile"
        write_profile(profile)
        os.environ["XLSUITE_HOME"] = str(self.home)
        machine = Machine(self.home, self.trusted, sys.executable, office=OfficeProfile(PROGRAM, profile))
        self.said_at_installation = install(machine, folder / "built")
        self.screen = Screen(pictures)
        environment = {
            "XLSUITE_HOME": str(self.home),
            "XLSUITE_LAUNCHER": str(self.home / "xlsuite-button"),
            "XLSUITE_TIMES": str(self.times),
            "COVERAGE_PROCESS_START": "",
        }
        self.office = Office(profile, display=self.screen.display, environment=environment)
        self.document: Any = None

    def start(self) -> Desk:
        """Start LibreOffice."""
        self.office.start()
        return self

    def stop(self) -> None:
        """End what was started."""
        self.office.stop()
        self.screen.stop()

    def open(self, path: Path) -> None:
        """Open a workbook as a double click would, with the macro security of the profile."""
        desktop = self.office.app.impl.desktop
        from xlsuite.addin.libreoffice.books import properties

        mode = properties(MacroExecutionMode=8)  # USE_CONFIG
        self.document = desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, mode)
        self.document.calculateAll()
        frame = self.document.CurrentController.Frame
        eventually(lambda: frame.ContainerWindow.isVisible(), "the window shows")
        frame.ContainerWindow.setPosSize(20, 30, 1340, 840, 15)
        frame.ContainerWindow.toFront()

    def close(self) -> None:
        """Close everything that is open, without questions."""
        desktop = self.office.app.impl.desktop
        components, documents = desktop.Components.createEnumeration(), []
        while components.hasMoreElements():
            documents.append(components.nextElement())
        for document in documents:
            with suppress(Exception):
                document.setModified(False)
                document.close(True)
        self.document = None

    @property
    def book(self) -> Any:
        """The open workbook as xlwings sees it."""
        return book_of(self.office.app, self.document)

    def seen(self) -> Book:
        """What is in the workbook now."""
        return LiveHost(self.book).snapshot()

    def _place(self, name: str, *, on_sheet: bool) -> Point:
        passed = [role("MENU_BAR"), role("TABLE")] + [role("DOCUMENT_SPREADSHEET")] * (not on_sheet)
        kinds = (role("PUSH_BUTTON"), role("SHAPE"))

        def wanted(context: Any) -> bool:
            if context.getAccessibleRole() not in kinds or context.getAccessibleName().strip() != name:
                return False
            return bool(context.getSize().Width and (150 if on_sheet else 0) < context.getLocationOnScreen().Y)

        def looked() -> Any:
            for window in windows(self.office):
                found = find(window, wanted, tuple(passed))
                if found is not None:
                    return middle(found)
            return None

        return Point(*eventually(looked, f"the button {name} shows"))

    def click(self, caption: str, *, on_sheet: bool = False) -> float:
        """Click a button of the toolbar, or of the sheet; when that was, for measuring."""
        place = self._place(caption, on_sheet=on_sheet)
        moment = time.monotonic()
        self.screen.click(place)
        return moment

    def dialog(self, caption: str) -> Any:
        """The message box of a button, once it is there."""

        def looked() -> Any:
            return next(
                (one for one in windows(self.office) if one.getAccessibleName() == f"绩效自评 · {caption}"), None
            )

        return eventually(looked, f"the message box of {caption}", 30)

    def answer(self, caption: str, answer: str = "ok", picture: str = "") -> str:
        """Click a button of the message box until the box is gone; the text that it showed."""
        box = self.dialog(caption)
        said = "\n".join(dict.fromkeys(names(box)))
        if picture:
            time.sleep(0.3)
            self.screen.picture(picture)

        def clicked() -> bool:
            found = find(box, lambda one: _is_button(one, ANSWERS[answer]), ())
            if found is None:
                raise AssertionError(f"no {answer} in {said!r}")
            self.screen.click(middle(found))  # the window manager may still be moving it: then once more
            return self._gone(box)

        eventually(clicked, f"answering {answer} to {caption}", 12)
        return said

    def _gone(self, box: Any) -> bool:
        end = time.monotonic() + 0.8
        while time.monotonic() < end:
            if all(one != box for one in windows(self.office)):
                return True
            time.sleep(0.05)
        return False

    def idle(self) -> None:
        """Wait until no button is at work."""
        running = self.home / "running"
        eventually(lambda: not (running.exists() and any(running.iterdir())), "the button ends", 30)


def _is_button(context: Any, label: str) -> bool:
    return context.getAccessibleRole() == role("PUSH_BUTTON") and context.getAccessibleName().strip("~&_ ") == label
