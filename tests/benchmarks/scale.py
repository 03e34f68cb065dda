"""Many workbooks of mixed layouts, one in a hundred broken: every one named, worker memory, two workers, Dask."""

from __future__ import annotations

import json
import os
import random
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from tests.benchmarks.timing import python

BROKEN = ("half", "empty", "garbage", "no form", "torn")
_SAMPLE_SECONDS = 0.2
_KEPT_SIZE = 200


def make_folder(base: Path, size: int) -> set[str]:
    """``size`` different workbooks in folders of 200, and the names of the broken hundredth."""
    from tests.forms.layouts import FAMILIES, make
    from tests.forms.layouts.writers import html_file, xlsx

    families, broken = sorted(FAMILIES), set()
    for number in range(size):
        folder = base / f"{number // _KEPT_SIZE:03}"
        folder.mkdir(parents=True, exist_ok=True)
        book = make(families[number % len(families)], number)
        path = folder / f"{number:06}.xlsx"
        if number % 23 == 11 and number % 100 != 57 and sum(not sheet.hidden for sheet in book.sheets) == 1:
            path = html_file(book, path.with_suffix(".xls"))
        else:
            xlsx(book, path)
        if number % 100 == 57:
            _break(path, BROKEN[number // 100 % len(BROKEN)], number)
            broken.add(str(path))
    return broken


def _break(path: Path, how: str, seed: int) -> None:
    rng, whole = random.Random(seed), path.read_bytes()
    if how == "no form":
        import xlsxwriter

        with xlsxwriter.Workbook(str(path)) as book:
            book.add_worksheet("通讯录").write_row(0, 0, ["姓名", "电话"])
    elif how == "torn":
        path.write_bytes(b"PK\x03\x04" + bytes(rng.randrange(256) for _ in range(4000)))
    else:
        path.write_bytes({"half": whole[:900], "empty": b"", "garbage": bytes(rng.randbytes(5000))}[how])


@dataclass(slots=True)
class Run:
    """What a run took and gave; ``memory`` is resident megabytes of each worker over time.

    ``work`` is the processor time of the command and its workers, in seconds (without a cluster's).
    """

    seconds: float
    work: float
    lines: list[str]
    memory: dict[int, list[float]] = field(default_factory=dict)

    @property
    def errors(self) -> set[str]:
        """The files named as impossible to check."""
        return {made["file"] for made in map(json.loads, self.lines) if made["error"]}

    @property
    def peak(self) -> float:
        """The largest worker, in megabytes."""
        return max((max(values) for values in self.memory.values()), default=0.0)

    @property
    def growth(self) -> float:
        """Megabytes between the second quarter of a run and its last, of the worker that grew most."""
        grown = [0.0]
        for values in self.memory.values():
            quarter = len(values) // 4
            if quarter:
                grown.append(median(values[-quarter:]) - median(values[quarter : 2 * quarter]))
        return max(grown)


def measured(folder: Path, output: Path, *arguments: str, workers: tuple[int, ...] = ()) -> Run:
    """Check a folder in a process of its own, watching its workers (or the given ones)."""
    command = python("-m", "xlsuite", "check", str(folder), "--format", "jsonl", "--fail-on", "never")
    start = time.perf_counter()
    process = subprocess.Popen([*command, "-o", str(output), *arguments], stderr=subprocess.DEVNULL)
    memory: dict[int, list[float]] = {}
    while (ended := os.wait4(process.pid, os.WNOHANG))[0] == 0:
        for worker in workers or _workers(process.pid):
            if size := _resident(worker):
                memory.setdefault(worker, []).append(size)
        time.sleep(_SAMPLE_SECONDS)
    seconds, used = time.perf_counter() - start, ended[2]
    process.returncode = os.waitstatus_to_exitcode(ended[1])
    return Run(seconds, used.ru_utime + used.ru_stime, output.read_text("utf-8").splitlines(), memory)


def _workers(parent: int) -> list[int]:
    try:
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        return [int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]
    except OSError:
        return []


def _resident(process: int) -> float:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


@contextmanager
def cluster(folder: Path, count: int = 2) -> Iterator[tuple[str, tuple[int, ...]]]:
    """A Dask scheduler and workers on loopback: the address and the workers' process ids."""
    state = folder / "scheduler.json"
    loopback = ["--host", "127.0.0.1", "--no-dashboard"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    start = python("-m", "dask", "scheduler", *loopback, "--port", "0", "--scheduler-file", str(state))
    processes = [subprocess.Popen(start, **quiet)]  # type: ignore[call-overload]
    try:
        limit = time.monotonic() + 60
        while not state.exists() and time.monotonic() < limit:
            time.sleep(0.1)
        address = json.loads(state.read_text())["address"]
        private = ["--nthreads", "1", "--no-nanny", "--local-directory", str(folder)]
        worker = python("-m", "dask", "worker", address, *loopback, *private)
        processes += [subprocess.Popen(worker, **quiet) for _ in range(count)]  # type: ignore[call-overload]
        _await_workers(address, count)
        yield address, tuple(process.pid for process in processes[1:])
    finally:
        for process in processes:
            process.kill()
            process.wait()


def _await_workers(address: str, count: int) -> None:
    from distributed import Client

    with Client(address, timeout=60) as client:
        client.wait_for_workers(count, timeout=60)
        client.run(__import__, "xlsuite.batch.task")


def scale(size: int, rounds: int = 1, kept: Path | None = None) -> bool:
    """Print the figures; false when a target is missed. ``kept`` holds the workbooks of an earlier call, or will.

    On a machine busy with other work wall times say nothing about us: those targets are then printed, not judged.
    """
    with tempfile.TemporaryDirectory() as name:
        base = kept or Path(name)
        base.mkdir(exist_ok=True)
        broken = _forms(base, size)
        load = os.getloadavg()[0]
        best = _runs(base, rounds)
    for label, run in best.items():
        rate = len(run.lines) / run.seconds
        memory = f"worker peak {run.peak:.0f} MB, growth {run.growth:+.1f} MB"
        work = "" if label == "dask" else f", {run.work:.1f} s of processors"
        print(f"{label:<5} {run.seconds:7.1f} s  {rate:5.0f} files/s  {memory}  {len(run.errors)} named{work}")
    checks = _judged(best, broken, size)
    idle = load < 0.5
    print(f"load before the runs {load:.1f}" + ("" if idle else ": wall times are not judged"))
    for sentence, (good, timed) in checks.items():
        state = "ok  " if good else "MISS" if idle or not timed else "busy"
        print(f"{state} {sentence}")
    return all(good for good, timed in checks.values() if idle or not timed)


def _forms(base: Path, size: int) -> set[str]:
    listed = base / "broken.json"
    if not listed.exists():
        start = time.perf_counter()
        listed.write_text(json.dumps(sorted(make_folder(base / "forms", size))))
        print(f"{size} workbooks drawn in {time.perf_counter() - start:.0f} s", flush=True)
    return set(json.loads(listed.read_text()))


def _judged(best: dict[str, Run], broken: set[str], size: int) -> dict[str, tuple[bool, bool]]:
    """Each statement with whether it holds, and whether it rests on wall time."""
    one, two, dask = best["one"], best["two"], best["dask"]
    same = sorted(one.lines) == sorted(two.lines) == sorted(dask.lines)
    peak, growth = max(one.peak, two.peak), max(one.growth, two.growth)
    faster, slower, extra = one.seconds / two.seconds, dask.seconds / two.seconds, two.work / one.work
    return {
        f"finished: {len(two.lines)} of {size}": (len(two.lines) == size, False),
        f"all {len(broken)} broken files named, no other": (all(run.errors == broken for run in best.values()), False),
        "one, two and Dask give the same lines": (same, False),
        f"worker memory {peak:.0f} MB ≤ 120": (peak <= 120, False),
        f"growth {growth:.1f} MB ≤ 8": (growth <= 8, False),
        f"two workers use {extra:.2f} × the processor time of one ≤ 1.15": (extra <= 1.15, False),
        f"two workers {faster:.2f} × as fast ≥ 1.7": (faster >= 1.7, True),
        f"Dask takes {slower:.2f} × ≤ 1.25": (slower <= 1.25, True),
    }


def _runs(base: Path, rounds: int) -> dict[str, Run]:
    """The quickest run of each way, the ways interleaved."""
    best: dict[str, Run] = {}
    with cluster(base) as (address, workers):
        for _ in range(rounds):
            made = {
                "one": measured(base / "forms", base / "one.jsonl", "--jobs", "1"),
                "two": measured(base / "forms", base / "two.jsonl", "--jobs", "2"),
                "dask": measured(base / "forms", base / "dask.jsonl", "--dask", address, workers=workers),
            }
            for label, run in made.items():
                if label not in best or run.seconds < best[label].seconds:
                    best[label] = run
    return best
