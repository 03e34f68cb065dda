"""xlwings' workbooks in LibreOffice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xlsuite.addin.libreoffice.bridge import import_uno
from xlsuite.addin.libreoffice.sheets import Sheets

if TYPE_CHECKING:
    from xlsuite.addin.libreoffice.engine import App

_FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".ods": "calc8",
    ".pdf": "calc_pdf_Export",
}


def properties(**named: Any) -> tuple[Any, ...]:
    """UNO property values."""
    import_uno()
    from com.sun.star.beans import PropertyValue

    return tuple(PropertyValue(Name=name, Value=value) for name, value in named.items())


class Books(base_classes.Books):
    """Open spreadsheet documents."""

    def __init__(self, app: App) -> None:
        self.app = app

    def _documents(self) -> list[Any]:
        found, components = [], self.app.desktop.Components.createEnumeration()
        while components.hasMoreElements():
            document = components.nextElement()
            if document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
                found.append(document)
        return found

    @property
    def active(self) -> Book | None:
        """The one the user is working in."""
        documents = self._documents()
        current = self.app.desktop.getCurrentComponent()
        return Book(self.app, current if current in documents else documents[0]) if documents else None

    def open(self, fullname: str, *_: Any, **options: Any) -> Book:
        """Open a workbook, without a window unless ``hidden=False``."""
        url = import_uno().systemPathToFileUrl(str(Path(fullname).resolve()))
        asked = properties(Hidden=options.get("hidden", True), MacroExecutionMode=0)
        return Book(self.app, self.app.desktop.loadComponentFromURL(url, "_blank", 0, asked))

    def add(self) -> Book:
        """A new workbook without a window."""
        new = self.app.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, properties(Hidden=True))
        return Book(self.app, new)

    def __len__(self) -> int:
        return len(self._documents())

    def __iter__(self) -> Iterator[Book]:
        return (Book(self.app, document) for document in self._documents())

    def __call__(self, key: int | str) -> Book:
        """A workbook by number, name or path."""
        if isinstance(key, int):
            return Book(self.app, self._documents()[key - 1])
        for book in self:
            if key.lower() in (book.name.lower(), book.fullname.lower()):
                return book
        raise KeyError(key)


class Book(base_classes.Book):
    """One workbook."""

    def __init__(self, app: App, document: Any) -> None:
        self._app, self._document = app, document
        self._parser: Any = None

    @property
    def app(self) -> App:
        """The LibreOffice it is open in."""
        return self._app

    @property
    def api(self) -> Any:
        """The UNO document."""
        return self._document

    @property
    def sheets(self) -> Sheets:
        """Its sheets."""
        return Sheets(self)

    @property
    def fullname(self) -> str:
        """The path, or the title of a workbook never saved."""
        url = self.api.URL
        return str(import_uno().fileUrlToSystemPath(url)) if url.startswith("file:") else str(self.api.Title)

    @property
    def name(self) -> str:
        """The file name."""
        return Path(self.fullname).name

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save where it is, or under another path."""
        if path is None:
            self.api.store()
            return
        path = str(Path(path).resolve())
        extension = Path(path).suffix.lower()
        options = properties(FilterName=_FILTERS[extension], **({"Password": password} if password else {}))
        store = self.api.storeToURL if extension == ".pdf" else self.api.storeAsURL
        store(import_uno().systemPathToFileUrl(path), options)

    def close(self) -> None:
        """Close without saving."""
        self.api.close(True)

    def activate(self) -> None:
        """Bring its window forward."""
        self.api.CurrentController.Frame.activate()

    def parser(self) -> Any:
        """LibreOffice's formula parser, set to English names and Excel's syntax."""
        if self._parser is None:
            self._parser = self.api.createInstance("com.sun.star.sheet.FormulaParser")
            self._parser.setPropertyValue("CompileEnglish", True)
            self._parser.setPropertyValue("FormulaConvention", 3)  # AddressConvention.XL_OOX
        return self._parser

    @property
    def read_only(self) -> bool:
        """Whether it was opened for reading only."""
        return bool(self.api.isReadonly())

    @contextmanager
    def undo_step(self, title: str) -> Iterator[None]:
        """Everything inside is one step of the undo list."""
        manager = self.api.getUndoManager()
        manager.enterUndoContext(title)
        try:
            yield
        finally:
            manager.leaveUndoContext()

    def settled(self) -> None:
        """Closing need not ask whether to save."""
        self.api.setModified(False)
