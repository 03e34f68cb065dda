"""Honest timing: CPU time, ways interleaved, garbage collected before each timed call, medians, ratios of one run."""

from __future__ import annotations

import gc
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter, process_time
from typing import NamedTuple

Way = Callable[[], object]


def interleaved(ways: dict[str, Way], rounds: int, clock: Callable[[], float] = process_time) -> dict[str, float]:
    """Median milliseconds of each way. Slow ways (over 50 ms) run fewer rounds."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds):
        for name, way in ways.items():
            taken = times[name]
            if taken and taken[-1] > 50 and number % 3:
                continue
            gc.collect()
            gc.disable()
            start = clock()
            way()
            taken.append((clock() - start) * 1000)
            gc.enable()
    return {name: median(taken) for name, taken in times.items()}


def processes(commands: dict[str, list[str]], rounds: int) -> dict[str, float]:
    """Median milliseconds of user and system time of whole processes, interleaved.

    The first round is not counted: it compiles what is not compiled yet, as an installation does.
    """
    times: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            before = _used()
            _run(command)
            if number:
                times[name].append((_used() - before) * 1000)
    return {name: median(taken) for name, taken in times.items()}


def _used() -> float:
    """Seconds of the children that have ended; resource counts microseconds where os.times counts hundredths."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def _run(command: list[str]) -> None:
    compiled = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, env=compiled)


class Taken(NamedTuple):
    """Seconds a command and its children took: on the clock, and of the processors."""

    wall: float
    cpu: float


def taken(command: list[str]) -> Taken:
    """Run a command. On a machine with other work only the processors' time says something about us."""
    start, before = perf_counter(), _used()
    _run(command)
    return Taken(perf_counter() - start, _used() - before)


def python(*arguments: str) -> list[str]:
    """A command of this interpreter."""
    return [sys.executable, *arguments]
