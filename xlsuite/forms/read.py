"""From a workbook to its self-evaluation forms, by what their labels say and never by address.

A sheet is walked from top to bottom. Each row either begins a table (indicators, funds, goals, tasks), which then reads
its own rows, or is a line of head or foot. Hidden sheets are no forms. Several forms may follow one another on a sheet,
or stand side by side. Whatever is not understood is told in ``Form.remarks`` with its place.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from xlsuite.core.form import Form, Remark
from xlsuite.forms.draft import Draft, new_draft
from xlsuite.forms.evidence import declares_goals, is_form, weigh
from xlsuite.forms.finish import finish
from xlsuite.forms.grid import Book, Grid
from xlsuite.forms.parts import read_part
from xlsuite.forms.sheet import Row, Sheet
from xlsuite.forms.vocabulary import AMOUNT, BLOCK, GOAL, LEVEL, NAME, SOURCE, TITLE

COMPANIONS = ("报告素材", "资金明细", "填写说明", "校验结果")
"""Sheets that the product itself puts beside a form."""

_SCANT_EVIDENCE = 3
"""From here on a rejected table resembles a form enough to be named to the user."""


@dataclass(slots=True)
class Survey:
    """The forms of a workbook, and remarks about sheets that look like forms but are none."""

    forms: list[Form] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def read_forms(book: Book) -> list[Form]:
    """Every self-evaluation form of the visible sheets, in order; empty when there is none."""
    return survey(book).forms


def survey(book: Book) -> Survey:
    """The forms, and what was seen beside them."""
    found = Survey()
    for grid in book.sheets:
        if not grid.hidden and grid.cells and not grid.name.startswith(COMPANIONS):
            for sheet in _parts(grid):
                if _may_be_form(sheet):
                    _read_sheet(sheet, found)
    return found


def _may_be_form(sheet: Sheet) -> bool:
    """Whether any row has the sign of a title, of an indicator header, or of amounts beside a name."""
    signs = 0
    for row in sheet.rows:
        signs |= row.signs
    return bool(signs & (TITLE | LEVEL | BLOCK)) or (bool(signs & AMOUNT) and bool(signs & (NAME | SOURCE | GOAL)))


def _parts(grid: Grid) -> list[Sheet]:
    """The sheet, or its two halves when two forms stand side by side."""
    sheet = Sheet(grid)
    column = _twin(sheet)
    return [sheet] if column is None else [Sheet(grid, right=column - 1), Sheet(grid, left=column)]


def _twin(sheet: Sheet) -> int | None:
    """The column where a second form begins beside the first: its header repeats 三级指标 and a column of values."""
    for row in sheet.rows:
        if not row.signs & LEVEL or len(row.items) < 6:
            continue
        names = [item[0] for item in row.items if item[2].column == "level3"]
        values = [item[0] for item in row.items if item[2].column == "actual"]
        if len(names) == 2 and len(values) == 2 and names[0] < values[0] < names[1] < values[1]:
            return _gap(sheet, values[0], names[1], row)
    return None


def _gap(sheet: Sheet, left: int, right: int, header: Row) -> int:
    """The column after the last empty one between two headers, else where the first heading comes again."""
    used = {column for row in sheet.rows for column, _, _ in row.items if left < column < right}
    empty = [column for column in range(left + 1, right) if column not in used]
    if empty:
        return empty[-1] + 1
    first = next(item[2].column for item in header.items if item[2].column)
    return next((item[0] for item in header.items if item[2].column == first and item[0] > left), right)


def _read_sheet(sheet: Sheet, found: Survey) -> None:
    draft, index = new_draft(sheet), 0
    while index < len(sheet.rows):
        row = sheet.rows[index]
        if _begins_another(row, draft):
            _close(sheet, draft, found)
            draft = new_draft(sheet)
        after = read_part(sheet, index, draft)
        draft.take(sheet.rows[index:after])
        index = after
    _close(sheet, draft, found)


def _begins_another(row: Row, draft: Draft) -> bool:
    """Whether a new form begins: a title, or 项目名称 again, after the indicators of the form before."""
    if draft.columns is None or not row.signs & (TITLE | NAME):
        return False
    for _, cell, word in row.items:
        if word.title in ("evaluation", "weak", "declaration") and len(row.items) < 4 and len(cell.text) < 60:
            return True
        if word.info == "project_name" or (word.info == "department" and "project_name" not in draft.form.info):
            return word.info in draft.form.info
    return False


def _close(sheet: Sheet, draft: Draft, found: Survey) -> None:
    finish(sheet, draft)
    if is_form(draft):
        found.forms.append(draft.form)
    elif not any(form.sheet == sheet.name for form in found.forms):
        _rejected(sheet, draft, found)


def _rejected(sheet: Sheet, draft: Draft, found: Survey) -> None:
    place = draft.form.title.ref or (sheet.ref(draft.top, draft.left) if draft.top else None)
    if declares_goals(draft):
        message = f"工作表“{sheet.name}”是绩效目标申报（没有实际完成值，也没有得分），不是自评表，未读取。"
    elif weigh(draft) >= _SCANT_EVIDENCE or draft.title_kind == "evaluation":
        message = f"工作表“{sheet.name}”像自评表，但缺少完成值、得分等关键栏目，或只是汇总清单，未作为自评表读取。"
    else:
        return
    found.remarks.append(Remark(message, place, draft.form.title.text))
