"""An xlwings engine for LibreOffice Calc over UNO: the part of xlwings' objects that a host needs.

app = register(connect("pipe-name"))
app.books.active.sheets[0]["A1"].value

What xlwings has no word for is offered under plain names on ``impl``: protection, merged areas in one step, undo.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import xlwings
from xlwings import base_classes

from xlsuite.addin.libreoffice import values
from xlsuite.addin.libreoffice.books import Book, Books, properties
from xlsuite.addin.libreoffice.bridge import import_uno
from xlsuite.addin.libreoffice.dialogs import ask, pick_file
from xlsuite.addin.libreoffice.ranges import Range


class Engine:
    """What xlwings calls an engine."""

    name = "libreoffice"
    type = "desktop"

    def __init__(self) -> None:
        self.apps = Apps()

    @staticmethod
    def clean_value_data(
        data: Any, datetime_builder: Any, empty_as: Any, number_builder: Any, err_to_str: bool
    ) -> list[list[Any]]:
        """Cells for xlwings' converters."""
        options = {
            "datetime_builder": datetime_builder,
            "empty_as": empty_as,
            "number_builder": number_builder,
            "err_to_str": err_to_str,
        }
        return [[values.cleaned(value, options) for value in row] for row in data]

    @staticmethod
    def prepare_xl_data_element(value: Any, options: Any) -> Any:
        """A value to be written; not-a-number is an empty cell, as on Windows."""
        return None if value != value else value


class Apps(base_classes.Apps):
    """The instances connected to."""

    def __init__(self) -> None:
        self._connected: list[App] = []

    def attach(self, context: Any) -> App:
        """Add an instance by its component context."""
        app = App(self, context)
        self._connected.insert(0, app)
        return app

    def keys(self) -> list[int]:
        """Numbers of the instances."""
        return [app.pid for app in self._connected]

    def __iter__(self) -> Iterator[App]:
        return iter(self._connected)

    def __len__(self) -> int:
        return len(self._connected)

    def __getitem__(self, pid: int) -> App:
        return next(app for app in self._connected if app.pid == pid)


class App(base_classes.App):
    """One running LibreOffice."""

    display_alerts = True
    enable_events = True
    interactive = True
    cut_copy_mode = None
    visible = True
    hwnd = None

    def __init__(self, apps: Apps, context: Any) -> None:
        self.apps, self.context = apps, context
        self.desktop = self.create("com.sun.star.frame.Desktop")
        self._frozen: list[Any] = []
        self._progress: Any = None

    def create(self, service: str) -> Any:
        """A service of this instance."""
        return self.context.ServiceManager.createInstanceWithContext(service, self.context)

    @property
    def engine(self) -> Engine:
        """The engine."""
        return ENGINE

    @property
    def api(self) -> Any:
        """The UNO desktop."""
        return self.desktop

    @property
    def books(self) -> Books:
        """Open workbooks."""
        return Books(self)

    @property
    def pid(self) -> int:
        """A number for this connection; LibreOffice does not tell its process."""
        return id(self) & 0x7FFFFFFF

    @property
    def version(self) -> str:
        """The version, for example 7.4."""
        access = self.create("com.sun.star.configuration.ConfigurationProvider").createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationAccess", properties(nodepath="/org.openoffice.Setup/Product")
        )
        return str(access.getByName("ooSetupVersion"))

    def activate(self, steal_focus: bool = False) -> None:
        """Nothing to do: the user is looking at it."""

    def calculate(self) -> None:
        """Recalculate every open workbook."""
        for book in self.books:
            book.api.calculateAll()

    @property
    def screen_updating(self) -> bool:
        """Whether changes are drawn at once."""
        return not self._frozen

    @screen_updating.setter
    def screen_updating(self, on: bool) -> None:
        if on:
            for document in self._frozen:
                document.removeActionLock()
                document.unlockControllers()
            self._frozen = []
        elif not self._frozen:
            self._frozen = [book.api for book in self.books]
            for document in self._frozen:
                document.lockControllers()
                document.addActionLock()

    @property
    def status_bar(self) -> bool | str:
        """The text in the status bar is not readable; False stands for LibreOffice's own."""
        return False

    @status_bar.setter
    def status_bar(self, text: str | bool | None) -> None:
        if self._progress is not None:
            self._progress.end()
            self._progress = None
        book = self.books.active
        if text and book is not None and book.api.CurrentController:
            self._progress = book.api.CurrentController.Frame.createStatusIndicator()
            self._progress.start(str(text), 0)

    @property
    def selection(self) -> Range | None:
        """The selected cells; None when something else is selected."""
        book = self.books.active
        chosen = book.api.CurrentSelection if book else None
        if book is None or chosen is None or not hasattr(chosen, "getRangeAddress"):
            return None
        area = chosen.getRangeAddress()
        first, last = (area.StartRow + 1, area.StartColumn + 1), (area.EndRow + 1, area.EndColumn + 1)
        return Range(book.sheets(area.Sheet + 1), first, last)

    def alert(self, prompt: str, title: str | None, buttons: str | None, mode: str | None, callback: Any) -> str:
        """Show a message box and return ok, cancel, yes or no."""
        return ask(self._window(), prompt or "", title or "", (buttons or "ok", mode or "info"))

    def _window(self) -> Any:
        frame = self.desktop.getCurrentFrame()
        if frame is None:
            book = self.books.active
            frame = book.api.CurrentController.Frame if book else None
        return frame.ContainerWindow if frame else None

    def choose_file(self, title: str, folder: str, patterns: tuple[tuple[str, str], ...]) -> str:
        """Ask the user for a file; "" when there is no choice."""
        return pick_file(self.create("com.sun.star.ui.dialogs.FilePicker"), title, folder, patterns)

    def open_document(self, path: str) -> None:
        """Open a document, for example a report, in a window of its own."""
        self.desktop.loadComponentFromURL(import_uno().systemPathToFileUrl(path), "_blank", 0, ())


ENGINE = Engine()


def register(context: Any, *, activate: bool = True) -> xlwings.App:
    """Make a running LibreOffice known to xlwings and return it as an app."""
    if "libreoffice" not in xlwings.engines.engines_by_name:
        xlwings.engines.add(xlwings.Engine(impl=ENGINE))
    app = ENGINE.apps.attach(context)
    if activate:
        xlwings.engines["libreoffice"].activate()
    return xlwings.App(impl=app)


def book_of(app: xlwings.App, document: Any) -> xlwings.Book:
    """A document at hand as a book."""
    return xlwings.Book(impl=Book(app.impl, document))
