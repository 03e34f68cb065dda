"""Print the table; ``--full`` adds 10,000 files, ``--record`` keeps the figures in docs/benchmarks.json.

``--scale [N]`` instead checks N (1,000) different workbooks, one in a hundred broken, with one worker, two, and Dask.
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks import cases
from tests.benchmarks.cases import Row
from tests.benchmarks.scale import scale

_RECORD = Path(__file__).parents[2] / "docs" / "benchmarks.json"


def _models(folder: Path) -> list[Path]:
    """One workbook per layout family."""
    from tests.forms.layouts import FAMILIES, make
    from tests.forms.layouts.writers import xlsx

    made = []
    for number, family in enumerate(sorted(FAMILIES)):
        path = folder / f"{number:03}.xlsx"
        xlsx(make(family, number), path)
        made.append(path)
    return made


def _styled(path: Path) -> Path:
    """A generated form of a usual layout, in a workbook that gathered 400 styles and a hidden sheet.

    Offices copy sheets from workbook to workbook, so that the formats of all of them stay.
    """
    import openpyxl
    from openpyxl.styles import Border, Font, PatternFill, Side

    from tests.forms.layouts import make
    from tests.forms.layouts.writers import xlsx

    xlsx(make("beijing-2016", 1), path)
    book = openpyxl.load_workbook(path)
    old = book.create_sheet("旧表")
    old.sheet_state = "hidden"
    for number in range(400):
        cell = old.cell(number // 10 + 1, number % 10 + 1, number)
        cell.font = Font(name="宋体", size=8 + number % 7, bold=bool(number % 2))
        cell.fill = PatternFill("solid", fgColor=f"{number * 40503 % 0xFFFFFF:06X}")
        cell.border = Border(left=Side("thin"), bottom=Side("thin" if number % 3 else "double"))
        cell.number_format = ("0.00", "0.00%", "#,##0.00", "@")[number % 4]
    book.save(path)
    return path


def _folder(base: Path, models: list[Path], size: int) -> None:
    target = base / str(size)
    target.mkdir()
    for number in range(size):
        if number % 100 == 99:
            (target / f"{number:06}.xlsx").write_bytes(models[0].read_bytes()[:1000])
        else:
            shutil.copyfile(models[number % len(models)], target / f"{number:06}.xlsx")


def _print(rows: Iterable[Row], last: dict[str, float], kept: dict[str, float]) -> None:
    for row in rows:
        key = f"{row.what} / {row.beside}"
        kept[key] = round(row.ratio, 3)
        before = f"{last[key]:.2f}" if key in last else "—"
        figures = (row.what, f"{row.ours:.2f}", row.beside, f"{row.theirs:.2f}", f"{row.ratio:.2f}", row.target, before)
        print(f"| {' | '.join(figures)} |")
        sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--scale", type=int, nargs="?", const=1000, metavar="N")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where --scale keeps its workbooks for the next time")
    arguments = parser.parse_args()
    if arguments.scale:
        return 0 if scale(arguments.scale, 1 if arguments.scale > 2000 else 2, arguments.keep) else 1
    last = json.loads(_RECORD.read_text())["ratios"] if _RECORD.exists() else {}
    kept: dict[str, float] = {}
    usual = Path(__file__).parents[2] / "workbooks" / "examples" / "yiyang-2022.xlsx"
    print("| what | ours, ms | beside | theirs, ms | ratio | target | last recorded |")
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        models = folder / "models"
        models.mkdir()
        paths = _models(models)
        styled = _styled(folder / "styled.xlsx")
        _print(cases.check_one(usual, arguments.rounds), last, kept)
        _print(cases.check_one(styled, arguments.rounds, " of a form with 400 styles"), last, kept)
        _print(cases.write_back(usual, folder, arguments.rounds), last, kept)
        _print(cases.reports(), last, kept)
        _print(cases.audits(arguments.rounds), last, kept)
        _print(cases.cold_start(usual, 7), last, kept)
        sizes = (100, 1000, 10000) if arguments.full else (100, 1000)
        for size in sizes:
            _folder(folder, paths, size)
        _print(cases.batches(folder, sizes), last, kept)
    machine = f"{platform.machine()}, CPython {platform.python_version()}"
    print(f"\n{datetime.now(UTC):%Y-%m-%d}, {machine}; medians of one interleaved run")
    if arguments.record:
        made = {"date": f"{datetime.now(UTC):%Y-%m-%d}", "machine": machine, "ratios": kept}
        _RECORD.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
