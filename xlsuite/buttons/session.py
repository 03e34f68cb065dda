"""One click: the workbook it was made in, what is told to the user, and what happens when something goes wrong."""

from __future__ import annotations

import functools
import hashlib
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from xlsuite.addin.places import LOG, home
from xlsuite.core.errors import XlsuiteError
from xlsuite.hosts.live import LiveHost

_HEAVY = ("pandas", "numpy", "matplotlib", "polars")
_LOCK_SECONDS = 600
_LONGEST = 1500
"""Characters that a message box shows in full on a small screen."""


@contextmanager
def _without(names: tuple[str, ...]) -> Iterator[None]:
    """Imports inside do not find these packages: xlwings loads them when it can, and a click has no use for them."""
    hidden = [name for name in names if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        for name in hidden:
            sys.modules.pop(name, None)


def load_xlwings() -> Any:
    """The module xlwings, imported in a tenth of its usual time."""
    with _without(_HEAVY):
        import xlwings
    return xlwings


class Session:
    """What a button works with: the workbook as a host, and a way to talk to the user."""

    def __init__(self, book: Any, title: str) -> None:
        self.book, self.title = book, f"绩效自评 · {title}"
        self.host = LiveHost(book)

    @property
    def path(self) -> Path:
        """Where the workbook lies."""
        return Path(self.book.fullname)

    def say(self, text: str, *, bad: bool = False) -> None:
        """Tell something in a message box."""
        self.progress("")
        self.book.app.alert(_short(text), self.title, buttons="ok", mode="critical" if bad else "info")

    def ask(self, text: str) -> bool:
        """Ask a question with yes and no."""
        self.progress("")
        answer = self.book.app.alert(_short(text), self.title, buttons="yes_no", mode="info")
        return bool(answer == "yes")

    def progress(self, text: str) -> None:
        """Show a text in the status bar; "" gives it back to the program."""
        with suppress(Exception):  # a status bar is never worth failing for
            self.book.app.status_bar = text or False

    def open(self, path: Path) -> None:
        """Open a document for the user."""
        opener = getattr(self.book.app.impl, "open_document", None)
        if opener is not None:
            opener(os.fspath(path))
        elif sys.platform == "win32":
            os.startfile(path)

    def choose(self, title: str, patterns: tuple[tuple[str, str], ...]) -> Path | None:
        """Let the user pick a file; None when they give up."""
        chooser = getattr(self.book.app.impl, "choose_file", None)
        if chooser is not None:
            chosen = chooser(title, os.fspath(self.path.parent), patterns)
        else:
            kinds = ",".join(f"{name} ({pattern}),{pattern}" for name, pattern in patterns)
            chosen = self.book.app.api.GetOpenFilename(kinds, 1, title)
        return Path(chosen) if chosen and chosen is not True else None


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "……"


def button(title: str) -> Callable[[Callable[[Session], None]], Callable[[], None]]:
    """Make a function of a session a macro: no arguments, no result, and nothing escapes it but a message box."""

    def made(work: Callable[[Session], None]) -> Callable[[], None]:
        @functools.wraps(work)
        def macro() -> None:
            session = Session(load_xlwings().Book.caller(), title)
            try:
                with _alone(session.path):
                    work(session)
            except XlsuiteError as error:
                _last_word(session, str(error))
            except Exception as error:
                _last_word(session, _unexpected(error))
            finally:
                session.progress("")

        del macro.__wrapped__  # its own signature has no parameter
        return macro

    return made


def _last_word(session: Session, text: str) -> None:
    """Tell why it went wrong; the user may have closed the program meanwhile."""
    with suppress(Exception):
        session.say(text, bad=True)


def _unexpected(error: Exception) -> str:
    log = home() / LOG
    with suppress(OSError):
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text(traceback.format_exc(), encoding="utf-8")
    return (
        f"程序出错（{type(error).__name__}：{error}），这一步没有完成，表里已有的内容没有丢失。"
        f"请先保存表格，再把下面这个文件发给维护人员：\n{log}"
    )


class Busy(XlsuiteError):
    """Another button is still at work in the same workbook."""


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One button at a time in a workbook: a second click while the first is at work is turned away."""
    lock = home() / "running" / mark_of(path)
    lock.parent.mkdir(parents=True, exist_ok=True)
    with suppress(OSError):
        if time.time() - lock.stat().st_mtime > _LOCK_SECONDS or not _running(lock):
            lock.unlink()
    try:
        handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    except FileExistsError:
        raise Busy("上一步还没有做完，请先回答它的对话框，或稍等片刻再点。") from None
    with os.fdopen(handle, "w") as stream:
        stream.write(str(os.getpid()))
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _running(lock: Path) -> bool:
    """Whether the process that holds a lock still lives; unknown counts as living."""
    try:
        number = int(lock.read_text() or "0")
        if sys.platform == "win32" or not number:
            return True
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except (OSError, ValueError):
        return True
    return True


def mark_of(path: Path) -> str:
    """A short name that stands for a workbook's path."""
    return hashlib.sha256(os.path.normcase(os.fspath(path)).encode()).hexdigest()[:16]
