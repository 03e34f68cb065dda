"""A screen of the tests' own, real mouse clicks on it, and finding things by what they are called, not by pixels."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from xlsuite.addin.libreoffice.bridge import import_uno

SIZE = "1400x900x24"
_DEPTH = 30


class Point(NamedTuple):
    """A place on the screen in pixels."""

    x: int
    y: int


class Screen:
    """Xvfb with a window manager, on a display that was free."""

    def __init__(self, pictures: Path) -> None:
        self.pictures = pictures
        pictures.mkdir(parents=True, exist_ok=True)
        read, write = os.pipe()
        arguments = ["Xvfb", "-displayfd", str(write), "-screen", "0", SIZE, "-nolisten", "tcp"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._server = subprocess.Popen(arguments, pass_fds=(write,), **quiet)
        os.close(write)
        with os.fdopen(read) as stream:
            self.display = f":{stream.readline().strip()}"
        self.environment = {**os.environ, "DISPLAY": self.display}
        self._manager = subprocess.Popen(["openbox"], env=self.environment, **quiet)

    def stop(self) -> None:
        """End both, by their own numbers."""
        for process in (self._manager, self._server):
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(5)

    def _xdotool(self, *arguments: object) -> None:
        subprocess.run(["xdotool", *map(str, arguments)], env=self.environment, check=True, timeout=10)

    def click(self, place: Point) -> None:
        """Move the mouse there and press its left button."""
        self._xdotool("mousemove", place.x, place.y)
        time.sleep(0.05)
        self._xdotool("click", 1)

    def key(self, name: str) -> None:
        """Press a key."""
        self._xdotool("key", name)

    def picture(self, name: str) -> Path:
        """Keep what is on the screen."""
        target = self.pictures / f"{name}.png".replace("[", "-").replace("]", "")
        subprocess.run(["import", "-window", "root", str(target)], env=self.environment, check=False, timeout=20)
        return target


def eventually(attempt: Callable[[], Any], what: str, seconds: float = 15.0) -> Any:
    """The first answer that is true; a failure when there is none in time, three times as long on a busy machine."""
    seconds *= 3
    end = time.monotonic() + seconds
    last: Exception | None = None
    while time.monotonic() < end:
        try:
            found = attempt()
            if found:
                return found
        except Exception as error:  # windows come and go while one looks
            last = error
        time.sleep(0.05)
    raise AssertionError(f"{what} did not happen within {seconds} s ({last!r})")


def windows(office: Any) -> Iterator[Any]:
    """Accessible trees of the top windows of a LibreOffice, newest first."""
    toolkit = office.app.impl.create("com.sun.star.awt.Toolkit")
    for number in range(toolkit.getTopWindowCount() - 1, -1, -1):
        with suppress(Exception):
            yield toolkit.getTopWindow(number).getAccessibleContext()


def role(name: str) -> int:
    """The number of an accessible role."""
    return int(import_uno().getConstantByName(f"com.sun.star.accessibility.AccessibleRole.{name}"))


def find(context: Any, wanted: Callable[[Any], bool], passed: tuple[int, ...], depth: int = _DEPTH) -> Any:
    """The first accessible thing that is wanted below ``context``; things of a ``passed`` role are not looked into."""
    if wanted(context):
        return context
    if depth == 0 or context.getAccessibleRole() in passed:
        return None
    for number in range(min(context.getAccessibleChildCount(), 100)):
        with suppress(Exception):
            found = find(context.getAccessibleChild(number).getAccessibleContext(), wanted, passed, depth - 1)
            if found is not None:
                return found
    return None


def names(context: Any, depth: int = 5) -> Iterator[str]:
    """Every name below an accessible thing, as a screen reader would say them."""
    yield context.getAccessibleName()
    for number in range(context.getAccessibleChildCount() if depth else 0):
        with suppress(Exception):
            yield from names(context.getAccessibleChild(number).getAccessibleContext(), depth - 1)


def middle(context: Any) -> Point:
    """The middle of an accessible thing on the screen."""
    at, size = context.getLocationOnScreen(), context.getSize()
    return Point(at.X + size.Width // 2, at.Y + size.Height // 2)
