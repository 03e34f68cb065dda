"""The sheets beside the form: 资金明细 for items and payments, 报告素材 for what only people can write, 填写说明."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsuite.blank.content import Content
from xlsuite.blank.styles import Styles

ITEM_COLUMNS = (
    ("name", "资金项目", 38, "grid_text"),
    ("year", "年度", 8, "grid_text"),
    ("planned", "预算安排", 14, "grid_money"),
    ("adjusted", "年中调整", 14, "grid_money"),
    ("received", "到位", 14, "grid_money"),
    ("paid", "实际支付", 14, "grid_money"),
    ("contract", "合同金额", 14, "grid_money"),
    ("date", "支付日期", 12, "grid_text"),
    ("status", "支付状态", 10, "grid_text"),
    ("note", "备注", 24, "grid_text"),
)
_SPARE_ROWS = 10

_GUIDE = (
    (
        "怎么填",
        "只在没有底色和公式的格子里填写；执行率、预算执行得分和总分由公式计算，已锁定。工作表保护没有设密码，确需改动时可自行撤销。",
    ),
    ("金额", "按表头注明的单位填写，填数字即可；没有的资金来源留空，不要填 0 或“/”以外的字样。"),
    ("执行率", "执行率 = 全年执行数 ÷ 全年预算数（调整后预算），不是除以年初预算数。"),
    ("指标值", "带上符号和单位，如 ≥95%、≤160万元、12月底前；实际完成值填测得的结果，不要再写 ≥、≤。"),
    ("得分", "得分在 0 和分值之间；没有得满分的，在“偏差原因分析及改进措施”里同时写明原因和措施。"),
    ("不适用", "没有的二级指标在三级指标栏填“不适用”，分值和得分留空，把分值分给其他指标。"),
    ("检查", "填完后点“校验”按钮，或运行 xlsuite check 本文件；问题会逐条列出位置、数字和改法。"),
)


def write_items(workbook: Any, content: Content, styles: Styles, unit: str) -> None:
    """The sheet 资金明细."""
    sheet = workbook.add_worksheet("资金明细")
    sheet.write_string(0, 0, f"资金明细（金额单位：{unit}）", styles["heading"])
    sheet.write_string(2, 0, "序号", styles["grid_head"])
    sheet.set_column(0, 0, 6)
    for index, (_, label, width, _) in enumerate(ITEM_COLUMNS, start=1):
        sheet.set_column(index, index, width)
        sheet.write_string(2, index, label, styles["grid_head"])
    for number in range(max(len(content.items), _SPARE_ROWS)):
        entries = content.items[number] if number < len(content.items) else {}
        row = 3 + number
        if entries:
            sheet.write_number(row, 0, number + 1, styles["label"])
        else:
            sheet.write_blank(row, 0, None, styles["label"])
        for index, (key, _, _, style) in enumerate(ITEM_COLUMNS, start=1):
            value = entries.get(key)
            if value is None:
                sheet.write_blank(row, index, None, styles[style])
            elif isinstance(value, str):
                sheet.write_string(row, index, value, styles["grid_text"])
            else:
                sheet.write_number(row, index, float(value), styles[style])
    _page(sheet, landscape=True)


def write_materials(
    workbook: Any, content: Content, styles: Styles, fields: Sequence[tuple[str, str, str, str]]
) -> None:
    """The sheet 报告素材: one row per field (chapter, key, label, hint) of the report's outline."""
    sheet = workbook.add_worksheet("报告素材")
    if content.outline:
        sheet.write_string(1, 0, f"提纲：{content.outline}", styles["note"])
    sheet.write_string(
        0, 0, "报告素材（每格写一段，生成报告时放入相应章节；空着的会在报告里标为“待补充”）", styles["heading"]
    )
    for index, (label, width) in enumerate((("章节", 26), ("字段", 22), ("内容", 80), ("写什么", 40))):
        sheet.set_column(index, index, width)
        sheet.write_string(2, index, label, styles["grid_head"])
    for number, (chapter, key, label, hint) in enumerate(fields):
        row = 3 + number
        sheet.write_string(row, 0, chapter, styles["grid_text"])
        sheet.write_string(row, 1, label, styles["grid_text"])
        text = content.materials.get(key, "")
        if text:
            sheet.write_string(row, 2, text, styles["grid_text"])
        else:
            sheet.write_blank(row, 2, None, styles["grid_text"])
        sheet.write_string(row, 3, hint, styles["grid_hint"])
        sheet.set_row(row, max(30, 15 * (len(text) // 38 + 1)))
    sheet.freeze_panes(3, 0)
    _page(sheet, landscape=True)


def write_guide(workbook: Any, styles: Styles) -> None:
    """The sheet 填写说明."""
    sheet = workbook.add_worksheet("填写说明")
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, "填写说明", styles["heading"])
    for row, (name, text) in enumerate(_GUIDE, start=2):
        sheet.write_string(row, 0, name, styles["grid_head"])
        sheet.write_string(row, 1, text, styles["grid_text"])
        sheet.set_row(row, 32)
    _page(sheet, landscape=False)


def _page(sheet: Any, *, landscape: bool) -> None:
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
