"""Which part of a form a row begins, and handing it to the reader of that part."""

from __future__ import annotations

from decimal import Decimal

from xlsuite.core.form import Cell, Remark
from xlsuite.forms.columns import Columns, find_header
from xlsuite.forms.draft import Draft
from xlsuite.forms.fund_shapes import read_paired, read_transposed, read_wide
from xlsuite.forms.funds import Funds, read_funds
from xlsuite.forms.funds_header import find_funds
from xlsuite.forms.goals import find_goals, read_goals
from xlsuite.forms.indicators import read_indicators
from xlsuite.forms.lines import read_line
from xlsuite.forms.sheet import Row, Sheet
from xlsuite.forms.tasks import find_tasks, read_tasks
from xlsuite.forms.totals import Points
from xlsuite.forms.vocabulary import AMOUNT, MANAGEMENT, NAME, SOURCE


def read_part(sheet: Sheet, index: int, draft: Draft) -> int:
    """Read the part that begins with the row at ``index`` into the draft; the index of the first row after it."""
    row = sheet.rows[index]
    if row.hidden:
        column, cell, _ = row.items[0]
        draft.remark(f"第 {row.number} 行已隐藏，未读取。", sheet.ref(row.number, column), cell.text)
        return index + 1
    columns = find_header(sheet, index)
    if columns is not None:
        return _indicators(sheet, row, columns, draft)
    if row.signs & MANAGEMENT:
        draft.evidence.add("management")
        return index + 1
    found = find_tasks(sheet, index)
    if found:
        return read_tasks(sheet, index, found, draft)
    funds = _funds(sheet, index, row, draft)
    if funds is not None:
        return _take_funds(funds, draft)
    spans = find_goals(sheet, index)
    if spans is not None:
        goals = read_goals(sheet, index, spans)
        draft.form.goals += goals.rows
        draft.evidence.add("goals")
        return goals.stop
    return read_line(sheet, index, draft)


def _lists_projects(row: Row) -> bool:
    """Whether 项目名称 is one heading among others: a list of projects, not a form."""
    return bool(row.signs & NAME) and any(word.info == "project_name" for _, _, word in row.items)


def _funds(sheet: Sheet, index: int, row: Row, draft: Draft) -> Funds | None:
    if not row.signs & AMOUNT:
        return read_transposed(sheet, index) if row.signs & SOURCE else None
    if _lists_projects(row):
        draft.evidence.add("list")
        return None
    shaped = read_paired(sheet, index) or read_wide(sheet, index)
    if shaped is not None:
        return shaped
    header = find_funds(sheet, index)
    return read_funds(sheet, header) if header is not None else None


def _take_funds(funds: Funds, draft: Draft) -> int:
    draft.form.funds += funds.rows
    draft.form.remarks += funds.remarks
    draft.execution_weight = draft.execution_weight or funds.weight
    draft.percent = draft.percent or funds.percent
    draft.block_unit = draft.block_unit or funds.unit
    return funds.stop


def _indicators(sheet: Sheet, row: Row, columns: Columns, draft: Draft) -> int:
    """Read an indicator block; a second one of the same form continues the first."""
    if _lists_projects(row):
        draft.evidence.add("list")
    fund = draft.form.fund_total
    weight = fund.weight.value if fund is not None else None
    block = read_indicators(sheet, columns, weight or Decimal(0))
    form, offset = draft.form, len(draft.form.indicators)
    for group in block.groups:
        group.start += offset
        group.stop += offset
    form.indicators += block.indicators
    form.groups += block.groups
    form.remarks += [Remark(one.message, one.ref, one.text) for one in block.remarks]
    form.reason_title = form.reason_title or columns.titles.get("reason", "")
    draft.columns = draft.columns or columns
    if block.total is not None:
        draft.evidence.add("points")
        _total(block.total, draft)
        if block.total.grade.present and not form.grade.present:
            form.grade = block.total.grade
    return block.stop


def _total(points: Points, draft: Draft) -> None:
    """The row below the indicators counts; the head fills in a score it lacks.

    A different score of the head is told, and stays in ``info`` as ``stated_score``, so that the two can be compared.
    """
    head, draft.total = draft.total, points
    if head is None or head.score.value is None:
        return
    score = head.score
    if points.score.value is None:
        points.score = score
    elif points.score.value != score.value:
        printed = score.text.strip()
        draft.form.info["stated_score"] = Cell(printed, score.text, score.ref, score.formula, score.stored)
        draft.remark(f"表头写的得分“{printed}”与总分行不同，按总分行读取。", score.ref, score.text)
