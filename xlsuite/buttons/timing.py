"""How long a click takes, for measurements: seconds since the process began, to the file that XLSUITE_TIMES names."""

from __future__ import annotations

import os
import time
from pathlib import Path

_STARTED = time.perf_counter()


def note_time(what: str) -> None:
    """Note that something has been reached; nothing happens without XLSUITE_TIMES."""
    target = os.environ.get("XLSUITE_TIMES")
    if target:
        with Path(target).open("a", encoding="utf-8") as stream:
            stream.write(f"{what} {time.perf_counter() - _STARTED:.3f}\n")
