"""The form sheet itself: the national arrangement of head, funds, goals, indicators and total, drawn from a design.

Computed cells (执行率, its score, 总分) hold live formulas unless an entry is given; they are locked, entries are not,
and the sheet is protected without a password, so that a slip cannot destroy a formula and anybody may lift it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Any

from xlsuite.blank.canvas import Canvas, a1
from xlsuite.blank.content import Content, Entry
from xlsuite.blank.design import COLUMN_WIDTHS, FormDesign
from xlsuite.blank.funds import FundsBlock
from xlsuite.blank.styles import Styles

SHEET = "自评表"
_PROTECTION = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "insert_hyperlinks": True,
}


@dataclass(slots=True)
class Row:
    """One indicator row to draw: labels of the levels it belongs to and its entries."""

    level1: str
    level2: str
    entries: dict[str, Entry]


class FormSheet(Canvas):
    """Draws one form on a worksheet of its own."""

    def __init__(self, workbook: Any, design: FormDesign, content: Content, styles: Styles) -> None:
        super().__init__(workbook.add_worksheet(SHEET), design, content, styles)
        self.unit = content.amount_unit or design.amount_unit

    def draw(self) -> None:
        """Draw the whole form and set up printing and protection."""
        self._columns()
        self._title()
        self._head()
        FundsBlock(self, self.unit).draw()
        self._goals()
        self._indicators()
        self._total()
        self._page()

    def _columns(self) -> None:
        self.sheet.set_column(0, 0, 6.5)
        for key, index in self.column.items():
            self.sheet.set_column(index, index, COLUMN_WIDTHS[key])

    def _title(self) -> None:
        annex = self.design.annex if self.content.annex is None else self.content.annex
        if annex:
            self.write(self.row, 0, annex, "plain")
            self.row += 1
        title = self.design.title.replace("{year}", self.content.year or "        ")
        self.merge((self.row, 0, self.row, self.last), title, "title")
        self.sheet.set_row(self.row, 30)
        self.row += 1

    def _head(self) -> None:
        info, middle = self.content.info, self.last // 2 + 1
        self.merge((self.row, 0, self.row, 1), "项目名称", "label")
        self.merge((self.row, 2, self.row, self.last), info.get("project_name"), "text")
        self.sheet.set_row(self.row, 24)
        self.row += 1
        self.merge((self.row, 0, self.row, 1), "主管部门", "label")
        self.merge((self.row, 2, self.row, middle - 1), info.get("department"), "text")
        self.write(self.row, middle, "实施单位", "label")
        self.merge((self.row, middle + 1, self.row, self.last), info.get("unit"), "text")
        self.sheet.set_row(self.row, 24)
        self.row += 1

    def _goals(self) -> None:
        middle = self.last // 2 + 1
        self.merge((self.row, 0, self.row + 1, 0), "年度\n总体\n目标", "label")
        self.merge((self.row, 1, self.row, middle - 1), "预期目标", "label")
        self.merge((self.row, middle, self.row, self.last), "实际完成情况", "label")
        self.sheet.set_row(self.row, 21)
        self.row += 1
        self.merge((self.row, 1, self.row, middle - 1), self.content.goal.get("expected"), "text")
        self.merge((self.row, middle, self.row, self.last), self.content.goal.get("actual"), "text")
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
        self.merge((top, 0, top + len(rows), 0), "绩\n效\n指\n标", "label")
        for key, index in self.column.items():
            self.write(top, index, self.design.label(key), "head")
        self.sheet.set_row(top, 32)
        self.row += 1
        for level in ("level1", "level2"):
            for start, stop, label in _runs(rows, level):
                self.merge(
                    (self.row + start, self.column[level], self.row + stop - 1, self.column[level]), label, "label"
                )
        for entry in rows:
            self._indicator(entry.entries)
            self.row += 1
        self._validations(top + 1, self.row - 1)

    def _indicator(self, entries: dict[str, Entry]) -> None:
        for key, index in self.column.items():
            if key not in ("level1", "level2"):
                self.write(self.row, index, entries.get(key), _ENTRY_STYLE.get(key, "center"))
        self.weight_cells.append((self.row, self.column["weight"]))
        self.score_cells.append((self.row, self.column["score"]))
        lines = max((_lines(value, COLUMN_WIDTHS[key]) for key, value in entries.items()), default=1)
        self.sheet.set_row(self.row, max(21, 14.5 * lines + 3))

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
        self.merge((self.row, 0, self.row, first - 1), "总分", "head")
        for index in range(first, self.last + 1):
            self.write(self.row, index, None, "label")
        for key, cells in (("weight", self.weight_cells), ("score", self.score_cells)):
            if key in entries:
                self.write(self.row, self.column[key], entries[key], "center")
                continue
            area = _sum_area(cells)
            known = [self.values.get(cell) for cell in cells]
            numbers = [Decimal(str(v)) for v in known if isinstance(v, int | Decimal)]
            value = sum(numbers, Decimal(0)) if numbers else None
            self.formula(self.row, self.column[key], f'IF(COUNT({area})=0,"",SUM({area}))', value, "points_formula")
        self.sheet.set_row(self.row, 24)
        self.row += 1
        if self.design.grade_label:
            self.merge((self.row, 0, self.row, first - 1), self.design.grade_label, "label")
            self.merge((self.row, first, self.row, self.last), self.content.grade, "center")
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


def _lines(value: Entry, column_width: float) -> int:
    """Lines a text takes in a column of that width, a Chinese character counting two."""
    if not isinstance(value, str):
        return 1
    room = column_width - 1
    return sum(max(1, ceil(sum(2 if ord(c) > 0x2E7F else 1 for c in part) / room)) for part in value.split("\n"))


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
