"""年度主要任务 of department forms: tasks as goals, and the amounts of their closing row as the funds' total."""

from __future__ import annotations

from xlsuite.core.form import FundRow, Goal
from xlsuite.core.values import is_placeholder
from xlsuite.forms.draft import Draft
from xlsuite.forms.entries import put, text_entry
from xlsuite.forms.headings import Heading, header_rows, headings
from xlsuite.forms.sheet import Row, Sheet
from xlsuite.forms.vocabulary import AMOUNTS, LEVEL, TASK, Word


def find_tasks(sheet: Sheet, index: int) -> list[Heading]:
    """The headings of a table of tasks; empty when the row begins none."""
    row = sheet.rows[index]
    if not row.signs & TASK or row.signs & LEVEL:
        return []
    known = [item for item in row.items if _heads(item[2])]
    if len(known) < 2 or len(known) < len(row.items) - 1:
        return []
    header = header_rows(sheet, index, lambda word: bool(word.fund_row or word.fund_column))
    found = headings(sheet, header, lambda word: bool(word.task))
    return [one for one in found if one.word.task != "block"]


def _heads(word: Word) -> bool:
    return bool(word.task or word.goal or word.fund_column or word.block)


def read_tasks(sheet: Sheet, index: int, found: list[Heading], draft: Draft) -> int:
    """Read the rows below; the index of the first row after the table."""
    start = sheet.rows[index].number
    index += 2 if any(one.row > start for one in found) else 1
    while index < len(sheet.rows) and not _foreign(sheet.rows[index]):
        row = sheet.rows[index]
        if any(item[2].fund_row == "total" for item in row.items[:2]):
            _total(sheet, row, found, draft)
        elif not row.hidden:
            _task(sheet, row, found, draft)
        index += 1
    draft.evidence.add("tasks")
    return index


def _foreign(row: Row) -> bool:
    word = row.first
    other = any(word.goal in ("expected", "block") for _, _, word in row.items)
    return (
        other
        or bool(row.signs & LEVEL)
        or bool((word.heading and not word.fund_row) or word.block or word.goal or word.note or word.title)
    )


def _task(sheet: Sheet, row: Row, found: list[Heading], draft: Draft) -> None:
    goal = Goal()
    for heading in found:
        column, cell = sheet.at(row.number, heading.span)
        entry = text_entry(sheet.ref(row.number, column), cell)
        if heading.word.goal == "actual" or heading.word.column == "actual":
            goal.actual = entry
        elif not goal.expected.present or (heading.word.task == "content" and not is_placeholder(entry.text)):
            goal.expected = entry if heading.word.task else goal.expected
    if not is_placeholder(goal.expected.text) or not is_placeholder(goal.actual.text):
        draft.form.goals.append(goal)


def _total(sheet: Sheet, row: Row, found: list[Heading], draft: Draft) -> None:
    if any(fund.kind == "total" for fund in draft.beside):
        return
    fund = FundRow("total", text_entry(sheet.ref(row.number, row.items[0][0]), row.items[0][1]))
    for heading in found:
        own, above = heading.word.fund_column, heading.above.fund_column
        key = own or (above if heading.word.fund_row == "total" else "")
        if key in AMOUNTS:
            column, cell = sheet.at(row.number, heading.span)
            put(fund, key, sheet.ref(row.number, column), cell)
        draft.block_unit = draft.block_unit or heading.word.unit or heading.above.unit
    draft.beside.append(fund)
