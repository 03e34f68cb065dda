"""The published JSON, taken from the command line as another program would: every field of the truth at its cell."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.compare import right
from tests.forms.layouts import make
from tests.forms.layouts.defects import inject
from tests.forms.layouts.sheet import Told, Truth
from tests.forms.layouts.writers import xlsx
from xlsuite.core.form import Cell, Ref, column_number

FAMILIES = ("national-2020", "hunan-folded", "central-cost", "yunnan-two-rows", "sichuan-platform", "hebei-sections")
A1 = re.compile(r"([A-Z]+)(\d+)")


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("contract")
    return {family: xlsx(make(family, 4), folder / f"{family}.xlsx") for family in FAMILIES}


def run(*arguments: str) -> tuple[int, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "xlsuite", *arguments], capture_output=True, encoding="utf-8", timeout=120, check=False
    )
    return done.returncode, json.loads(done.stdout) if done.stdout.strip() else None


def test_show_gives_every_field_with_its_cell(books: dict[str, Path]) -> None:
    code, shown = run("show", "--format", "json", *map(str, books.values()))
    assert code == 0
    assert shown["schema"] == "xlsuite.forms/1"
    wrong: list[str] = []
    count = 0
    for family, entry in zip(books, shown["files"], strict=True):
        truth = make(family, 4).truths[0]
        rows = {group: rows_by_cell(entry["forms"][0][group]) for group in ("funds", "indicators", "goals")}
        for path, told in truth.fields.items():
            if path.endswith(".kind") or path.startswith("execution"):
                continue
            count += 1
            leaf = find(entry["forms"][0], rows, truth, path)
            if leaf is None or not same(leaf, told, path):
                wrong.append(f"{family} {path}: expected {told.cell} {told.text!r}, got {leaf}")
    assert len(wrong) <= 0.02 * count, "\n".join(wrong[:30])


def rows_by_cell(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Every row of a block by each of its own cells; headings shared between rows are left out."""
    return {
        leaf["cell"]: row
        for row in rows
        for key, leaf in row.items()
        if isinstance(leaf, dict) and "cell" in leaf and key not in ("level1", "level2")
    }


def find(form: dict[str, Any], rows: dict[str, dict[str, dict[str, Any]]], truth: Truth, path: str) -> Any:
    """The leaf of a field: rows are found through any cell they share with the truth."""
    block = re.fullmatch(r"(funds|goals|indicators)\[(\d+)\]\.(\w+)", path)
    if not block:
        head, _, rest = path.partition(".")
        return form[head].get(rest) if rest else form[head]
    stem = f"{block[1]}[{block[2]}]."
    for other, told in truth.fields.items():
        if other.startswith(stem) and not other.endswith(("level1", "level2")) and told.cell in rows[block[1]]:
            return rows[block[1]][told.cell].get(block[3])
    return None


def same(leaf: dict[str, Any], told: Told, path: str) -> bool:
    """The same comparison as for the typed form, after taking the JSON leaf back to a cell."""
    place = A1.fullmatch(leaf["cell"])
    assert place
    value: Any = leaf["value"]
    if isinstance(told.value, Decimal) and isinstance(value, str):
        value = Decimal(value)
    ref = Ref(told.sheet, int(place[2]), column_number(place[1]))
    return right(Cell(value, leaf["text"], ref), told, path, strict=False)


def test_check_names_the_defect_and_leaves_a_fitting_exit_code(books: dict[str, Path], tmp_path: Path) -> None:
    code, clean = run("check", "--format", "json", *map(str, books.values()))
    assert code == 0, [finding for entry in clean["files"] for finding in entry["findings"]]
    book = make("national-2020", 4, inject("execution-score-wrong"))
    code, checked = run("check", "--format", "json", str(xlsx(book, tmp_path / "wrong.xlsx")))
    assert code == 1
    found = checked["files"][0]["findings"]
    place = book.truths[0].places["funds[0].score"][1]
    hits = [finding for finding in found if finding["code"] == "FND104" and finding["cell"] == place]
    assert len(hits) == 1
    assert hits[0]["severity"] == "error"
    assert all(
        hits[0][key] for key in ("message", "printed", "expected", "difference", "basis", "suggestion", "fingerprint")
    )
    assert (
        checked["files"][0]["forms"][0]["execution"]["score_printed"] == hits[0]["printed"].removesuffix("分").strip()
    )


def test_files_that_are_no_form_end_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    (tmp_path / "b.txt").write_text("项目支出绩效自评表", "utf-8")
    from openpyxl import Workbook

    Workbook().save(tmp_path / "c.xlsx")
    code, checked = run("check", "--format", "json", *(str(tmp_path / name) for name in ("a.xlsx", "b.txt", "c.xlsx")))
    assert code == 2
    assert all(entry["error"] and entry["error"][-1] in "。！" for entry in checked["files"])
