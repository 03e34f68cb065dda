"""The roll-up as a workbook of filtered tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from xlsuite.output.console import width
from xlsuite.output.fitting import row_points
from xlsuite.output.rollup import FORM_COLUMNS, GROUPS, Rollup, by_aspect, grouped, over_years
from xlsuite.output.tables import harmless


def write_rollup(rollup: Rollup, target: Path) -> None:
    """Write the roll-up as a workbook: 总览, groups, years, indicator kinds, all forms, and what was left out."""
    import xlsxwriter

    workbook = xlsxwriter.Workbook(str(target), {"in_memory": True, "strings_to_formulas": False})
    pages = _Pages(workbook)
    for key, name in GROUPS:
        pages.add(name, grouped(rollup.forms, key) if len(rollup.forms) else [])
    pages.add("按指标类别", by_aspect(rollup.aspects) if len(rollup.aspects) else [])
    pages.add("多年对比", over_years(rollup.forms) if len(rollup.forms) else [])
    pages.add("明细", [_detail(row) for row in rollup.forms.to_dict("records")])
    notes = [{"文件": file, "工作表": sheet, "说明": why} for file, sheet, why in rollup.left_out]
    pages.add("未计入与提醒", notes or [{"文件": "", "工作表": "", "说明": "全部计入，没有遗漏。"}])
    workbook.close()


def _detail(row: dict[str, Any]) -> dict[str, Any]:
    made = {label: row[key] for key, label in FORM_COLUMNS.items()}
    for label in ("全年预算数（万元）", "全年执行数（万元）"):
        if made[label] is not None:
            made[label] = made[label] / 10000
    return made


def _width(head: str, rows: list[dict[str, Any]]) -> float:
    """Characters a column needs: its longest text within bounds, or a number below a heading that wraps."""
    texts = [row[head] for row in rows[:500] if isinstance(row[head], str)]
    if texts:
        return float(min(60 if head == "说明" else 36, max(9, 2 + max(map(width, texts)))))
    return 16.0 if "万元" in head else 10.0


class _Pages:
    """Writes lists of dicts as filtered tables."""

    def __init__(self, workbook: Any) -> None:
        base = {"font_name": "宋体", "font_size": 10.5, "border": 1, "valign": "vcenter"}
        self._workbook = workbook
        self._head = workbook.add_format(
            {**base, "bold": True, "bg_color": "#E7EDF5", "text_wrap": True, "align": "center"}
        )
        self._text = workbook.add_format({**base, "text_wrap": True})
        self._money = workbook.add_format({**base, "num_format": "#,##0.00####"})
        self._number = workbook.add_format({**base, "num_format": "0.00"})
        self._rate = workbook.add_format({**base, "num_format": "0.00%"})
        self._count = workbook.add_format({**base, "num_format": "0"})

    def add(self, name: str, rows: list[dict[str, Any]]) -> None:
        """Add a sheet."""
        sheet = self._workbook.add_worksheet(name)
        if not rows:
            sheet.write_string(0, 0, "没有可列的内容。")
            return
        heads = list(rows[0])
        widths = [_width(head, rows) for head in heads]
        sheet.set_row(0, row_points(zip(heads, widths, strict=True)))
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, self._head)
            sheet.set_column(column, column, widths[column])
        for index, row in enumerate(rows, start=1):
            texts = [
                (str(row[head]), wide) for head, wide in zip(heads, widths, strict=True) if isinstance(row[head], str)
            ]
            sheet.set_row(index, row_points(texts))
            for column, head in enumerate(heads):
                self._cell(sheet, index, column, head, row[head])
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(rows), len(heads) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def _cell(self, sheet: Any, row: int, column: int, head: str, value: Any) -> None:
        if value is None or value != value:
            sheet.write_blank(row, column, None, self._text)
        elif isinstance(value, str):
            sheet.write_string(row, column, harmless(value), self._text)
        elif "率" in head:
            sheet.write_number(row, column, float(value), self._rate)
        elif "万元" in head:
            sheet.write_number(row, column, float(value), self._money)
        elif isinstance(value, int):
            sheet.write_number(row, column, value, self._count)
        else:
            sheet.write_number(row, column, float(value), self._number)
