"""The form sheet itself: the national arrangement of head, funds, goals, indicators and total, drawn from a design.

Computed cells (执行率, its score, 总分) hold live formulas unless an entry is given; they are locked, entries are not,
and the sheet is protected without a password, so that a slip cannot destroy a formula and anybody may lift it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from xlsuite.blank.content import Content, Entry
from xlsuite.blank.design import COLUMN_WIDTHS, FormDesign
from xlsuite.blank.styles import Styles
from xlsuite.core.form import column_letters

SHEET = "自评表"
_FUND_FIELDS = ("initial", "budget", "executed", "weight", "rate", "score")
_FUND_HEADS = {
    "initial": "年初\n预算数",
    "budget": "全年\n预算数",
    "executed": "全年\n执行数",
    "weight": "分值",
    "rate": "执行率",
    "score": "得分",
}
_PROTECTION = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "insert_hyperlinks": True,
}


def a1(row: int, column: int) -> str:
    """Address of a 0-based row and column."""
    return f"{column_letters(column + 1)}{row + 1}"


@dataclass(slots=True)
class Row:
    """One indicator row to draw: labels of the levels it belongs to and its entries."""

    level1: str
    level2: str
    entries: dict[str, Entry]


class FormSheet:
    """Draws one form on a worksheet; rows and columns are 0-based here, as XlsxWriter counts."""

    def __init__(self, workbook: Any, design: FormDesign, content: Content, styles: Styles) -> None:
        self.design, self.content, self.style = design, content, styles
        self.sheet = workbook.add_worksheet(SHEET)
        self.last = len(design.columns)
        self.column = {key: index + 1 for index, key in enumerate(design.columns)}
        self.fund_column = {key: self.last - 5 + index for index, key in enumerate(_FUND_FIELDS)}
        self.unit = content.amount_unit or design.amount_unit
        self.row = 0
        self.score_cells: list[tuple[int, int]] = []
        self.weight_cells: list[tuple[int, int]] = []
        self.values: dict[tuple[int, int], Entry] = {}

    def draw(self) -> None:
        """Draw the whole form and set up printing and protection."""
        self._columns()
        self._title()
        self._head()
        self._funds()
        self._goals()
        self._indicators()
        self._total()
        self._page()

    def _columns(self) -> None:
        self.sheet.set_column(0, 0, 6.5)
        for key, index in self.column.items():
            self.sheet.set_column(index, index, COLUMN_WIDTHS[key])

    def _merge(self, area: tuple[int, int, int, int], value: Entry, style: str) -> None:
        top, left, bottom, right = area
        if (top, left) == (bottom, right):
            self._write(top, left, value, style)
            return
        self.sheet.merge_range(top, left, bottom, right, "", self.style[style])
        self._write(top, left, value, style)

    def _write(self, row: int, column: int, value: Entry, style: str) -> None:
        self.values[(row, column)] = value
        if value is None or value == "":
            self.sheet.write_blank(row, column, None, self.style[style])
        elif isinstance(value, str):
            self.sheet.write_string(row, column, value, self.style[style])
        else:
            self.sheet.write_number(row, column, float(value), self.style[style])

    def _formula(self, row: int, column: int, formula: str, value: Decimal | None, style: str) -> None:
        self.values[(row, column)] = value
        cached: float | str = "" if value is None else float(value)
        self.sheet.write_formula(row, column, "=" + formula, self.style[style], cached)

    def _title(self) -> None:
        annex = self.design.annex if self.content.annex is None else self.content.annex
        if annex:
            self._write(self.row, 0, annex, "plain")
            self.row += 1
        title = self.design.title.replace("{year}", self.content.year or "        ")
        self._merge((self.row, 0, self.row, self.last), title, "title")
        self.sheet.set_row(self.row, 30)
        self.row += 1

    def _head(self) -> None:
        info, middle = self.content.info, self.last // 2 + 1
        self._merge((self.row, 0, self.row, 1), "项目名称", "label")
        self._merge((self.row, 2, self.row, self.last), info.get("project_name"), "text")
        self.sheet.set_row(self.row, 24)
        self.row += 1
        self._merge((self.row, 0, self.row, 1), "主管部门", "label")
        self._merge((self.row, 2, self.row, middle - 1), info.get("department"), "text")
        self._write(self.row, middle, "实施单位", "label")
        self._merge((self.row, middle + 1, self.row, self.last), info.get("unit"), "text")
        self.sheet.set_row(self.row, 24)
        self.row += 1

    def _funds(self) -> None:
        top, label_end = self.row, self.last - 6
        self._merge((top, 0, top + len(self.design.funds), 0), f"项目资金\n（{self.unit}）", "label")
        self._merge((top, 1, top, label_end), "", "label")
        for key in _FUND_FIELDS:
            self._write(top, self.fund_column[key], _FUND_HEADS[key], "label")
        self.sheet.set_row(top, 30)
        self.row += 1
        for index, (kind, label) in enumerate(self.design.funds):
            self._merge((self.row, 1, self.row, label_end), label, "label")
            entries = self.content.funds.get(kind, {})
            if index == 0:
                self._fund_total(entries)
            else:
                self._fund_part(entries)
            self.sheet.set_row(self.row, 21)
            self.row += 1

    def _fund_part(self, entries: dict[str, Entry]) -> None:
        for key in ("initial", "budget", "executed"):
            self._write(self.row, self.fund_column[key], entries.get(key), "money")
        for key in ("weight", "rate", "score"):
            self._write(self.row, self.fund_column[key], "—" if not self.content.profile else None, "label")

    def _fund_total(self, entries: dict[str, Entry]) -> None:
        row, column = self.row, self.fund_column
        parts = len(self.design.funds) - 1
        for key in ("initial", "budget", "executed"):
            if key in entries or not parts:
                self._write(row, column[key], entries.get(key), "money")
            else:
                area = f"{a1(row + 1, column[key])}:{a1(row + parts, column[key])}"
                self._formula(row, column[key], f'IF(COUNT({area})=0,"",SUM({area}))', None, "money_formula")
        self._write(row, column["weight"], entries.get("weight", self.design.execution_weight), "points")
        budget, executed = a1(row, column["budget"]), a1(row, column["executed"])
        weight = a1(row, column["weight"])
        spent = f'OR(N({budget})=0,{executed}="")'
        if "rate" in entries:
            self._write(row, column["rate"], entries["rate"], "rate")
        else:
            rate = _ratio(entries.get("executed"), entries.get("budget"))
            self._formula(row, column["rate"], f'IF({spent},"",{executed}/{budget})', rate, "rate_formula")
        if "score" in entries:
            self._write(row, column["score"], entries["score"], "points")
        else:
            points = entries.get("weight", self.design.execution_weight)
            score = _share(_ratio(entries.get("executed"), entries.get("budget")), points)
            formula = f'IF(OR({spent},N({weight})=0),"",ROUND(MIN(1,{executed}/{budget})*{weight},2))'
            self._formula(row, column["score"], formula, score, "points_formula")
        self.weight_cells.append((row, column["weight"]))
        self.score_cells.append((row, column["score"]))

    def _goals(self) -> None:
        middle = self.last // 2 + 1
        self._merge((self.row, 0, self.row + 1, 0), "年度\n总体\n目标", "label")
        self._merge((self.row, 1, self.row, middle - 1), "预期目标", "label")
        self._merge((self.row, middle, self.row, self.last), "实际完成情况", "label")
        self.row += 1
        self._merge((self.row, 1, self.row, middle - 1), self.content.goal.get("expected"), "text")
        self._merge((self.row, middle, self.row, self.last), self.content.goal.get("actual"), "text")
        self.sheet.set_row(self.row, 66)
        self.row += 1

    def _rows(self) -> Iterator[Row]:
        if self.content.groups:
            for group in self.content.groups:
                for child in group["children"]:
                    for entries in child["rows"]:
                        yield Row(group["label"], child["label"], entries)
            return
        for design in self.design.groups:
            label = design.label if design.weight is None else f"{design.label}\n（{design.weight}分）"
            for child, count in design.children:
                for _ in range(count):
                    yield Row(label, child, {})

    def _indicators(self) -> None:
        top, rows = self.row, list(self._rows())
        self._merge((top, 0, top + len(rows), 0), "绩\n效\n指\n标", "label")
        for key, index in self.column.items():
            self._write(top, index, self.design.label(key), "head")
        self.sheet.set_row(top, 32)
        self.row += 1
        for level in ("level1", "level2"):
            for start, stop, label in _runs(rows, level):
                self._merge(
                    (self.row + start, self.column[level], self.row + stop - 1, self.column[level]), label, "label"
                )
        for entry in rows:
            self._indicator(entry.entries)
            self.row += 1
        self._validations(top + 1, self.row - 1)

    def _indicator(self, entries: dict[str, Entry]) -> None:
        for key, index in self.column.items():
            if key not in ("level1", "level2"):
                self._write(self.row, index, entries.get(key), _ENTRY_STYLE.get(key, "center"))
        self.weight_cells.append((self.row, self.column["weight"]))
        self.score_cells.append((self.row, self.column["score"]))
        longest = max((len(str(v)) for k, v in entries.items() if k in ("level3", "reason")), default=0)
        self.sheet.set_row(self.row, 21 if longest <= 11 else 32)

    def _validations(self, first: int, last: int) -> None:
        weight, score = self.column["weight"], self.column["score"]
        points = {"validate": "decimal", "ignore_blank": True, "error_type": "warning", "error_title": "请核对"}
        limits = {"criteria": "between", "minimum": 0, "maximum": 100, "error_message": "分值应为 0 至 100 的数字。"}
        self.sheet.data_validation(first, weight, last, weight, points | limits)
        bound = f"={a1(first, weight)}"
        limits = {
            "criteria": "between",
            "minimum": 0,
            "maximum": bound,
            "error_message": "得分应为 0 至本行分值之间的数字。",
        }
        self.sheet.data_validation(first, score, last, score, points | limits)
        if "nature" in self.column:
            choice = {"validate": "list", "source": ["≥", "≤", "=", ">", "<", "定性"], "error_type": "warning"}
            self.sheet.data_validation(first, self.column["nature"], last, self.column["nature"], choice)
        hint = {
            "validate": "list",
            "source": ["达成年度指标", "部分达成年度指标并具有一定效果", "未达成年度指标且效果较差"],
            "show_error": False,
            "input_title": "实际完成值",
            "input_message": "定量指标直接填数字和单位；定性指标可从下拉列表选一项。",
        }
        self.sheet.data_validation(first, self.column["actual"], last, self.column["actual"], hint)

    def _total(self) -> None:
        first = min(self.column["weight"], self.column["score"])
        entries = self.content.total
        self._merge((self.row, 0, self.row, first - 1), "总分", "head")
        for index in range(first, self.last + 1):
            self._write(self.row, index, None, "label")
        for key, cells in (("weight", self.weight_cells), ("score", self.score_cells)):
            if key in entries:
                self._write(self.row, self.column[key], entries[key], "center")
                continue
            area = _sum_area(cells)
            known = [self.values.get(cell) for cell in cells]
            numbers = [Decimal(str(v)) for v in known if isinstance(v, int | Decimal)]
            value = sum(numbers, Decimal(0)) if numbers else None
            self._formula(self.row, self.column[key], f'IF(COUNT({area})=0,"",SUM({area}))', value, "points_formula")
        self.sheet.set_row(self.row, 24)
        self.row += 1
        if self.design.grade_label:
            self._merge((self.row, 0, self.row, first - 1), self.design.grade_label, "label")
            self._merge((self.row, first, self.row, self.last), self.content.grade, "center")
            grades = {"validate": "list", "source": ["优", "良", "中", "差"], "error_type": "warning"}
            self.sheet.data_validation(self.row, first, self.row, first, grades)
            self.row += 1

    def _page(self) -> None:
        sheet = self.sheet
        wide = self.last > 8
        sheet.set_paper(9)
        if wide:
            sheet.set_landscape()
        else:
            sheet.set_portrait()
        sheet.fit_to_pages(1, 0)
        sheet.print_area(0, 0, self.row - 1, self.last)
        sheet.center_horizontally()
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.set_footer("&C第 &P 页 共 &N 页")
        sheet.protect("", _PROTECTION)


_ENTRY_STYLE = {"level3": "text", "reason": "text", "weight": "points", "score": "points"}


def _runs(rows: list[Row], level: str) -> Iterator[tuple[int, int, str]]:
    start = 0
    for index in range(1, len(rows) + 1):
        same = index < len(rows) and rows[index].level1 == rows[start].level1
        if level == "level2":
            same = same and rows[index].level2 == rows[start].level2
        if not same:
            yield start, index, getattr(rows[start], level)
            start = index


def _sum_area(cells: list[tuple[int, int]]) -> str:
    """The execution row's cell and the indicator rows' span, as arguments of SUM."""
    execution, rows = cells[0], cells[1:]
    return f"{a1(*execution)},{a1(*rows[0])}:{a1(*rows[-1])}"


def _ratio(executed: Entry, budget: Entry) -> Decimal | None:
    if not isinstance(executed, int | Decimal) or not isinstance(budget, int | Decimal) or not budget:
        return None
    return Decimal(executed) / Decimal(budget)


def _share(rate: Decimal | None, weight: Entry) -> Decimal | None:
    if rate is None or not isinstance(weight, int | Decimal):
        return None
    return (min(Decimal(1), rate) * weight).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
