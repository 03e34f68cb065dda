"""Work for pool tests: file names say what happens."""

from __future__ import annotations

import os
import time

from xlsuite.app.check import CheckOptions
from xlsuite.batch.task import failed
from xlsuite.output.record import Record


def scripted(path: str, options: CheckOptions) -> Record:
    if "hang" in path:
        time.sleep(600)
    if "die" in path:
        os._exit(9)
    if "slow" in path:
        time.sleep(0.05)
    return failed(path, f"done {os.getpid()}")


def greedy(path: str, options: CheckOptions) -> Record:
    """Takes far more memory than allowed."""
    try:
        size = len(bytearray(3 << 30))
    except MemoryError:
        return failed(path, "no memory")
    return failed(path, f"took {size}")
