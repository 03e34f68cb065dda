"""Forms written out by hand, one region's manner each, with truth and the findings a careful reviewer would write down.

A form is a TOML file. ``grid`` holds one line per row, cells between ``|``:

* ``<`` continues the cell to the left, ``^`` the cell above (merged areas), ``⏎`` is a line break inside a cell;
* ``0.9213~0.00%`` is a number with its format, ``'12`` a number stored as text; other numbers are numbers.

``truth`` names cells. ``findings`` lists what is wrong: the last two digits of the check's code and the cell; a form
without findings is clean, and the product must find neither an error nor a warning in it.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.forms.layouts.sheet import Entry, Sheet, Told, Truth, Workbook, letters, shown

FOLDER = Path(__file__).parent
NUMBER = re.compile(r"-?\d+(\.\d+)?")
RATES = ("rate",)
NUMERIC = ("initial", "adjustment", "budget", "executed", "weight", "rate", "score")


@dataclass(slots=True)
class Expected:
    """A finding to be made: any of ``codes`` at ``cell``; ``severity`` is the least that will do."""

    codes: tuple[str, ...]
    cells: tuple[str, ...]
    severity: str = "error"


@dataclass(slots=True)
class Handmade:
    """A handwritten form."""

    id: str
    about: str
    book: Workbook
    findings: list[Expected] = field(default_factory=list)
    tolerated: tuple[str, ...] = ()

    @property
    def truth(self) -> Truth:
        """Its one form."""
        return self.book.truths[0]


def load_all() -> list[Handmade]:
    """Every handwritten form, by name."""
    return [load(path) for path in sorted(FOLDER.glob("*.toml"))]


def load(path: Path) -> Handmade:
    """One handwritten form."""
    data = tomllib.loads(path.read_text("utf-8"))
    sheet = Sheet(data.get("sheet", "Sheet1"))
    _grid(sheet, data["grid"])
    truth = Truth(path.stem, 0, sheet.name, data.get("kind", "project"), data.get("amount_unit", "万元"))
    _truth(sheet, truth, data["truth"])
    sheet.truths.append(truth)
    findings = [
        Expected(tuple(item["codes"]), tuple(item["cells"]), item.get("severity", "error"))
        for item in data.get("findings", [])
    ]
    return Handmade(
        path.stem, data["about"], Workbook(path.stem, 0, [sheet]), findings, tuple(data.get("tolerated", ()))
    )


def _grid(sheet: Sheet, text: str) -> None:
    rows = [line.split("|") for line in text.strip("\n").split("\n")]
    for row, cells in enumerate(rows, 1):
        for column, raw in enumerate(cells, 1):
            content = raw.strip(" ")
            if content in ("<", "^"):
                continue
            columns = 1
            while column + columns <= len(cells) and cells[column + columns - 1].strip(" ") == "<":
                columns += 1
            height = 1
            while row + height <= len(rows) and _continued(rows[row + height - 1], column):
                height += 1
            value, pattern = _value(content)
            style = "title" if row == 1 else "cell"
            sheet.entries[row, column] = Entry(value, height, columns, style, pattern)


def _continued(cells: list[str], column: int) -> bool:
    return column <= len(cells) and cells[column - 1].strip(" ") == "^"


def _value(content: str) -> tuple[Any, str]:
    number, _, pattern = content.partition("~")
    if pattern and NUMBER.fullmatch(number):
        return Decimal(number), pattern
    if content.startswith("'"):
        return content[1:], ""
    if NUMBER.fullmatch(content):
        return Decimal(content), ""
    return content.replace("⏎", "\n") or None, ""


def _truth(sheet: Sheet, truth: Truth, told: dict[str, Any]) -> None:
    for key in ("title", "project_name", "department", "unit", "grade"):
        if key in told:
            cell, means = told[key] if isinstance(told[key], list) else (told[key], None)
            _tell(sheet, truth, f"info.{key}" if key in ("project_name", "department", "unit") else key, cell, means)
    if "year" in told:
        _tell(sheet, truth, "year", told["year"][0], told["year"][1])
    for key in ("weight", "score"):
        if f"total_{key}" in told:
            _tell(sheet, truth, f"total.{key}", told[f"total_{key}"])
    for index, (expected, actual) in enumerate(told.get("goals", [])):
        _tell(sheet, truth, f"goals[{index}].expected", expected)
        _tell(sheet, truth, f"goals[{index}].actual", actual)
    _funds(sheet, truth, told.get("funds", {}))
    _indicators(sheet, truth, told["indicators"])
    truth.tolerated |= set(told.get("tolerated_rows", []))
    for key, cell in told.get("execution", {}).items():
        _tell(sheet, truth, f"execution.{key}", cell)


def _funds(sheet: Sheet, truth: Truth, told: dict[str, Any]) -> None:
    for index, (kind, row) in enumerate(told.get("rows", {}).items()):
        for slot, column in told["columns"].items():
            _tell(sheet, truth, f"funds[{index}].{slot}", f"{column}{row}")
        truth.fields[f"funds[{index}].kind"] = Told(kind, "", sheet.name, f"{told['columns'].get('label', 'A')}{row}")


def _indicators(sheet: Sheet, truth: Truth, told: dict[str, Any]) -> None:
    rows = [row for first, last in told["rows"] for row in range(first, last + 1)]
    for index, row in enumerate(rows):
        for slot, column in told["columns"].items():
            at = _carried(sheet, column, row) if slot in ("level1", "level2") else row
            _tell(sheet, truth, f"indicators[{index}].{slot}", f"{column}{at}")


def _carried(sheet: Sheet, letter: str, row: int) -> int:
    """The row of the nearest filled cell at or above."""
    column = next(n for n in range(1, 60) if letters(n) == letter)
    return next(
        at for at in range(row, 0, -1) if (at, column) in sheet.entries and sheet.entries[at, column].value is not None
    )


def _tell(sheet: Sheet, truth: Truth, path: str, cell: str, means: Any = None) -> None:
    entry = next((e for (row, column), e in sheet.entries.items() if f"{letters(column)}{row}" == cell), Entry(None))
    truth.places[path] = (sheet.name, cell)
    value = means if means is not None else _meaning(path, entry.value)
    if value is not None:
        truth.fields[path] = Told(value, shown(entry.value, entry.pattern), sheet.name, cell)


def _meaning(path: str, value: Any) -> Any:
    slot = path.rpartition(".")[2]
    if value is None or slot not in NUMERIC or path.startswith("goals"):
        return shown(value) if isinstance(value, Decimal) and slot not in NUMERIC else value
    if isinstance(value, str):
        text = unicodedata.normalize("NFKC", value).strip().replace(",", "")
        percent = text.endswith("%")
        found = NUMBER.fullmatch(text.rstrip("%万元分 "))
        if not found:
            return None
        value = Decimal(found[0]) / (100 if percent else 1)
    if slot in RATES and value > Decimal("1.5"):
        return value / 100
    return value
