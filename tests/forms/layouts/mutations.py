"""What happens to forms on their way: rows and columns inserted, merges lost, blanks in labels, numbers stored as text.

A mutation changes a drawn sheet and moves its truth along; what the form says stays the same.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from decimal import Decimal

from .sheet import Entry, Sheet, Workbook, address, shown

A1 = re.compile(r"([A-Z]+)(\d+)")
Mutation = Callable[[Sheet, random.Random], None]
MUTATIONS: dict[str, Mutation] = {}


def mutation(name: str) -> Callable[[Mutation], Mutation]:
    """Register a mutation."""

    def register(function: Mutation) -> Mutation:
        MUTATIONS[name] = function
        return function

    return register


def mutate(book: Workbook, names: list[str], seed: int) -> Workbook:
    """Apply mutations to every visible sheet that holds a form."""
    for sheet in book.sheets:
        if sheet.truths and not sheet.hidden:
            for name in names:
                MUTATIONS[name](sheet, random.Random(f"{name}-{seed}"))
    return book


def _number(letters: str) -> int:
    value = 0
    for letter in letters:
        value = value * 26 + ord(letter) - 64
    return value


def _move(sheet: Sheet, where: Callable[[int, int], tuple[int, int]]) -> None:
    """Move every cell and the truth; an area that the insertion cuts grows with it."""
    moved: dict[tuple[int, int], Entry] = {}
    for (row, column), entry in sheet.entries.items():
        top, left = where(row, column)
        bottom, right = where(row + entry.rows - 1, column + entry.columns - 1)
        entry.rows, entry.columns, entry.formula = bottom - top + 1, right - left + 1, ""
        moved[top, left] = entry
    sheet.entries = moved
    for truth in sheet.truths:
        for told in truth.fields.values():
            told.cell = _renamed(told.cell, where)
        truth.places = {path: (name, _renamed(cell, where)) for path, (name, cell) in truth.places.items()}
        truth.tolerated = {where(row, 1)[0] for row in truth.tolerated}
    sheet.hidden_rows = {where(row, 1)[0] for row in sheet.hidden_rows}
    sheet.hidden_columns = {where(1, column)[1] for column in sheet.hidden_columns}


def _renamed(cell: str, where: Callable[[int, int], tuple[int, int]]) -> str:
    found = A1.fullmatch(cell)
    assert found
    return address(*where(int(found[2]), _number(found[1])))


@mutation("rows-above")
def rows_above(sheet: Sheet, rng: random.Random) -> None:
    """A letterhead and blank rows above the form."""
    count = rng.randint(1, 4)
    _move(sheet, lambda row, column: (row + count, column))
    if rng.random() < 0.5:
        sheet.put(1, 1 - sheet.left, rng.choice(("某某市财政局文件", "附件3", "单位名称（盖章）：")), style="note")


@mutation("columns-before")
def columns_before(sheet: Sheet, rng: random.Random) -> None:
    """Blank columns at the left."""
    count = rng.randint(1, 2)
    _move(sheet, lambda row, column: (row, column + count))


@mutation("column-inside")
def column_inside(sheet: Sheet, rng: random.Random) -> None:
    """A blank column somewhere inside; merged areas across it grow."""
    at = rng.randint(2, max(2, sheet.right - 1))
    _move(sheet, lambda row, column: (row, column + (column >= at)))


@mutation("row-inside")
def row_inside(sheet: Sheet, rng: random.Random) -> None:
    """A blank row somewhere inside; merged areas across it grow."""
    at = rng.randint(4, max(4, sheet.bottom - 1))
    _move(sheet, lambda row, column: (row + (row >= at), column))


@mutation("merges-lost")
def merges_lost(sheet: Sheet, rng: random.Random) -> None:
    """All merged areas broken up; the value stays in the first cell, as spreadsheet programs do it."""
    for entry in sheet.entries.values():
        entry.rows = entry.columns = 1


@mutation("numbers-as-text")
def numbers_as_text(sheet: Sheet, rng: random.Random) -> None:
    """Every number stored as the text it shows."""
    for entry in sheet.entries.values():
        if isinstance(entry.value, Decimal):
            entry.value, entry.pattern, entry.formula = shown(entry.value, entry.pattern), "", ""


@mutation("odd-blanks")
def odd_blanks(sheet: Sheet, rng: random.Random) -> None:
    """Non-breaking, ideographic and zero-width blanks around and inside texts, as copied from web pages."""
    for entry in sheet.entries.values():
        if isinstance(entry.value, str) and entry.style in ("label", "cell") and rng.random() < 0.5:
            blank = rng.choice((" ", "　", "​", "﻿", "  "))
            at = rng.choice((0, len(entry.value), rng.randint(0, len(entry.value))))
            entry.value = entry.value[:at] + blank + entry.value[at:]


@mutation("remarks-beside")
def remarks_beside(sheet: Sheet, rng: random.Random) -> None:
    """Working notes to the right of the form."""
    column = sheet.right + rng.randint(1, 3) - sheet.left
    for row in rng.sample(range(3, max(6, sheet.bottom)), 3):
        sheet.put(row, column, rng.choice(("待核", "√", "已核对，王某", "与决算一致", "100")), style="note")


@mutation("serial-numbers")
def serial_numbers(sheet: Sheet, rng: random.Random) -> None:
    """A column of serial numbers in front of every row."""
    _move(sheet, lambda row, column: (row, column + 1))
    for row in range(3, sheet.bottom + 1):
        sheet.put(row, 1 - sheet.left, Decimal(row - 2), style="number")
