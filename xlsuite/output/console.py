"""Colours and widths of a terminal: NO_COLOR respected, Chinese characters counted as two columns."""

from __future__ import annotations

import os
import sys
import unicodedata
from typing import TextIO

from xlsuite.core.finding import Severity

_SEVERITY = {Severity.ERROR: "31;1", Severity.WARNING: "33", Severity.INFO: "36"}


class Paint:
    """Wraps text in colour codes when the stream is a terminal that wants them."""

    def __init__(self, stream: TextIO | None = None) -> None:
        stream = stream or sys.stdout
        wanted = os.environ.get("FORCE_COLOR")
        self.on = bool(wanted) or (
            "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb" and bool(stream.isatty())
        )

    def __call__(self, text: str, code: str) -> str:
        """Text in an ANSI colour, or as it is."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.on else text

    def bold(self, text: str) -> str:
        """Bold text."""
        return self(text, "1")

    def faint(self, text: str) -> str:
        """Dim text for what matters less."""
        return self(text, "2")

    def severity(self, severity: Severity, text: str | None = None) -> str:
        """The severity's word (or ``text``) in its colour."""
        return self(text if text is not None else severity.label, _SEVERITY[severity])


def width(text: str) -> int:
    """Columns that a text takes in a terminal."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def pad(text: str, columns: int) -> str:
    """Text filled with blanks to a number of columns."""
    return text + " " * max(0, columns - width(text))


def clip(text: str, columns: int) -> str:
    """Text cut to a number of columns, with … where something is missing; line breaks become blanks."""
    text = " ".join(text.split())
    if width(text) <= columns:
        return text
    used, kept = 0, []
    for character in text:
        used += width(character)
        if used > columns - 1:
            break
        kept.append(character)
    return "".join(kept) + "…"


def safe(text: str) -> str:
    """Text without control and direction-changing characters, so that file content cannot drive the terminal."""
    return "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cf") and c not in "\n\t\u200d" else c for c in text)
