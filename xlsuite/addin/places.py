"""Where the product keeps what the buttons need on this machine, and the settings file that all doors read.

The settings file has xlwings' shape, one ``"KEY","value"`` per line, in UTF-8. Macros, the extension of LibreOffice and
this module read the same keys:

    INTERPRETER   the Python that runs behind the buttons
    SOFFICE_PIPE  the pipe on which LibreOffice listens for sheet buttons; a random name, one per installation
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping
from pathlib import Path

SETTINGS = "xlsuite.conf"
LAUNCHER = "xlsuite-button"
LOG = "last-error.txt"


def home() -> Path:
    """The folder of settings, log and undo records: XLSUITE_HOME, or .xlsuite in the user's own folder."""
    named = os.environ.get("XLSUITE_HOME", "")
    return Path(named) if named else Path.home() / ".xlsuite"


def folder() -> Path:
    """The user's folder for workbooks with buttons, the only one whose macros are trusted: 绩效自评 in the user's own
    folder, or XLSUITE_FOLDER."""
    named = os.environ.get("XLSUITE_FOLDER", "")
    return Path(named) if named else Path.home() / "绩效自评"


def read_settings(path: Path | None = None) -> dict[str, str]:
    """The settings file as keys and values; {} when there is none. Blank and odd lines are passed over."""
    path = path or home() / SETTINGS
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return {}
    rows = csv.reader(io.StringIO(text))
    return {row[0].strip().upper(): row[1].strip() for row in rows if len(row) >= 2 and row[0].strip()}


def settings_text(settings: Mapping[str, str]) -> str:
    """The content of a settings file."""
    return "".join(f'"{key}","{value}"\n' for key, value in settings.items())
