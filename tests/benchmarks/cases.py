"""What is measured: one function per row group, each returning printed rows (what, ours, beside, ratio, target)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks import peers
from tests.benchmarks.timing import Way, interleaved, processes, python, taken


class Row(NamedTuple):
    """A ratio: how many times ``beside`` our cost is (``smaller`` is better), or how many times less."""

    what: str
    ours: float
    beside: str
    theirs: float
    ratio: float
    target: str


def _times_less(what: str, ours: float, results: dict[str, float], beside: str, target: str) -> Row:
    return Row(what, ours, beside, results[beside], results[beside] / ours, target)


def _times(what: str, ours: float, results: dict[str, float], beside: str, target: str) -> Row:
    return Row(what, ours, beside, results[beside], ours / results[beside], target)


def check_one(path: Path, rounds: int, named: str = "") -> Iterator[Row]:
    """Check one workbook with all rules, in process. ``named`` tells the workbook."""
    from xlsuite.app.check import CheckOptions, check_file, examine
    from xlsuite.forms.read import read_forms
    from xlsuite.hosts.base import open_book

    def with_openpyxl() -> None:
        for form in read_forms(peers.openpyxl_book(path)):
            examine(form, CheckOptions())

    ways: dict[str, Way] = {
        "check": lambda: check_file(path),
        "read": lambda: open_book(path),
        "inflate": lambda: peers.inflate(path),
        "bare expat parse": lambda: peers.bare_parse(path),
        "openpyxl script, same checks": with_openpyxl,
        "openpyxl, reading alone": lambda: peers.openpyxl_book(path),
        "pandas (calamine)": lambda: peers.pandas_read(path, "calamine"),
        "pandera (calamine)": lambda: peers.pandera_check(path),
        "frictionless": lambda: peers.frictionless_check(path),
    }
    results = interleaved(ways, rounds)
    ours = results["check"]
    read, check = f"read{named}", f"check{named}"
    yield _times(read, results["read"], results, "bare expat parse", "≤ 2.2 ×")
    yield _times(check, ours, results, "bare expat parse", "≤ 4 ×")
    yield _times(check, ours, results, "inflate", "")
    yield _times_less(read, results["read"], results, "openpyxl, reading alone", "")
    yield _times_less(check, ours, results, "openpyxl script, same checks", "≥ 30 ×")
    yield _times_less(check, ours, results, "frictionless", "≥ 15 ×")
    yield _times_less(check, ours, results, "pandera (calamine)", "")
    yield _times_less(check, ours, results, "pandas (calamine)", "")


def write_back(path: Path, folder: Path, rounds: int) -> Iterator[Row]:
    """Write twelve cells back."""
    from xlsuite.core.finding import Edit
    from xlsuite.core.form import Ref
    from xlsuite.hosts.base import open_book
    from xlsuite.hosts.package.patch import WriteResult, apply_edits, edited

    grid = open_book(path).sheets[0]
    numbers = [(p, c) for p, c in grid.cells.items() if isinstance(c.value, Decimal) and c.formula is None][:12]
    edits = [Edit(Ref(grid.name, *place), cell.value, Decimal("1.5"), "") for place, cell in numbers]
    cells = [edit.ref.a1 for edit in edits]
    target = folder / "written.xlsx"

    def ours() -> None:
        apply_edits(path, target, edits, expected_sha256=None, recompute=False, backup=False)

    data = path.read_bytes()

    def in_memory() -> None:
        edited(data, edits, WriteResult(target, ""), recompute=False)

    ways: dict[str, Way] = {
        "write": ours,
        "in memory": in_memory,
        "copy, inflate and deflate one sheet": lambda: peers.copy_with_one_sheet(path),
        "the same, flushed to disk and renamed": lambda: peers.durable_copy_with_one_sheet(path, folder / "limit.xlsx"),
        "openpyxl": lambda: peers.openpyxl_write(path, cells),
        "excelize": lambda: peers.excelize_write(path, folder / "excelize.xlsx", cells),
    }
    results = interleaved(ways, rounds)
    what = f"write back {len(edits)} cells"
    for name in ("copy, inflate and deflate one sheet", "the same, flushed to disk and renamed"):
        yield _times(what, results["write"], results, name, "≤ 1.8 ×")
    yield _times(f"{what}, in memory", results["in memory"], results, "copy, inflate and deflate one sheet", "≤ 1.8 ×")
    yield _times_less(what, results["write"], results, "openpyxl", "≥ 100 ×")
    yield _times_less(what, results["write"], results, "excelize", "≥ 8 ×")


def reports() -> Iterator[Row]:
    """Many reports from one template, against plain docxtpl on the same document."""
    from tests.report.benchmark import measured_ways

    results = interleaved(measured_ways(), 9)
    yield _times_less("report", results["xlsuite"], results, "docxtpl", "≥ 4 ×")
    yield _times("report", results["xlsuite"], results, "bare jinja", "")


def audits(rounds: int) -> Iterator[Row]:
    """A report of twenty pages, and of sixty, audited."""
    from tests.benchmarks.texts import report_text
    from xlsuite.core.profile import load
    from xlsuite.prose.audit import Audit, audit
    from xlsuite.prose.documents import from_text

    profile = load("national-2020").at(2023)
    documents = {pages: from_text(report_text(pages), "报告.txt") for pages in (20, 60)}
    ways: dict[str, Way] = {
        f"{pages} pages": partial(lambda document: audit(Audit(document), profile), document)
        for pages, document in documents.items()
    }
    results = interleaved(ways, rounds)
    yield Row("audit of 20 pages, ms", results["20 pages"], "—", 0.0, results["20 pages"], "≤ 50 ms")
    yield _times("audit of 60 pages", results["60 pages"], results, "20 pages", "≤ 3.3 ×")


def cold_start(path: Path, rounds: int) -> Iterator[Row]:
    """The command from nothing, as a whole process."""
    commands = {
        "xlsuite check": python("-m", "xlsuite", "check", str(path)),
        "pandas.read_excel script": python("-c", f"import pandas; pandas.read_excel({str(path)!r})"),
        "import pandas, openpyxl": python("-c", "import pandas, openpyxl"),
        "python -c pass": python("-c", "pass"),
    }
    results = processes(commands, rounds)
    ours = results["xlsuite check"]
    yield _times("cold xlsuite check", ours, results, "pandas.read_excel script", "≤ 0.6 ×")
    yield _times("cold xlsuite check", ours, results, "import pandas, openpyxl", "< 1 ×")
    yield _times("cold xlsuite check", ours, results, "python -c pass", "")


def batches(folder: Path, sizes: tuple[int, ...]) -> Iterator[Row]:
    """A folder with one and with two workers, and the cost against the number of files."""
    used: dict[int, float] = {}
    for size in sizes:
        base = folder / str(size)
        command = python("-m", "xlsuite", "check", str(base), "--format", "jsonl", "--fail-on", "never", "--jobs")
        one, two = taken([*command, "1"]), taken([*command, "2"])
        used[size] = one.cpu * 1000 / size
        faster = one.wall / two.wall
        yield Row(
            f"{size} files, two workers", two.wall * 1000, "one worker", one.wall * 1000, faster, "≥ 1.8 × faster"
        )
    for small, large in pairwise(sizes):
        each = used[large] / used[small]
        yield Row(f"CPU of a file at {large}", used[large], f"at {small}", used[small], each, "≤ 1.1 ×")
