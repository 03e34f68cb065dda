"""What a workbook says beside its form: the sheet 报告素材 (paragraphs) and the sheet 资金明细 (items and payments).

报告素材, one row per paragraph field of the report::

    章节 | 字段 | 内容 | 写什么
    一、基本情况 | 项目背景 | ……     a row without 字段 continues the field above; line breaks part paragraphs

资金明细, one row per item or per year; amounts in the unit stated above the table, or else in the form's unit::

    序号 | 资金项目 | 年度 | 预算安排 | 年中调整 | 到位 | 实际支付 | 合同金额 | 支付日期 | 支付状态 | 备注

Rows that differ only in their year (2019年安排, 2020年安排, …, or no name at all) form the multi-year series, the
others are items. A row 合计 is not an item; it is compared with the sum. Headings are matched without regard to blanks
and width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from xlsuite.core.dates import Day, parse_when
from xlsuite.core.decimals import parse_decimal
from xlsuite.core.form import Ref, Remark
from xlsuite.core.text import is_placeholder, squeeze
from xlsuite.forms.grid import Book, Grid, GridCell
from xlsuite.report.phrases import day

MATERIAL_SHEET = "报告素材"
ITEM_SHEET = "资金明细"
ITEM_COLUMNS = {
    "name": ("资金项目", "项目名称", "支出项目", "资金名称", "项目", "名称", "支出内容"),
    "year": ("年度", "年份", "预算年度"),
    "planned": (
        "预算安排",
        "安排",
        "计划安排",
        "资金计划",
        "计划",
        "预算数",
        "预算金额",
        "安排资金",
        "安排金额",
        "计划金额",
    ),
    "adjusted": ("年中调整", "调整", "预算调整", "调整数", "年中追加", "年中压减"),
    "received": ("到位", "资金到位", "到位资金", "到位金额", "实际到位"),
    "paid": ("实际支付", "支付", "实际支出", "支出", "支付金额", "已支付", "已支付金额", "支出金额", "执行数"),
    "contract": ("合同金额", "合同价", "合同总额", "中标金额"),
    "date": ("支付日期", "支付时间", "付款日期", "付款时间", "日期"),
    "status": ("支付状态", "状态", "支付情况", "支付进度"),
    "note": ("备注", "说明", "原因", "未支付原因"),
}
"""Columns of 资金明细: key and the headings it goes by."""

MONEY_COLUMNS = ("planned", "adjusted", "received", "paid", "contract")
_MATERIAL_COLUMNS = {
    "chapter": ("章节", "所属章节"),
    "label": ("字段", "栏目", "素材名称"),
    "text": ("内容", "填写内容", "素材内容", "正文"),
}
_TOTALS = {"合计", "总计", "共计", "小计"}
_UNIT = re.compile(r"(?:单位[:：]?|\()(亿元|万元|元)\)?")
_OUTLINE = re.compile(r"提纲[:：]\s*([a-z0-9-]+)")
_BRACKETS = re.compile(r"\(.*?\)")
_LABEL_NOISE = re.compile(r"[《》“”\"'()（）:：、,，.。\-—_]")
_UNPAID = re.compile(r"未(?:完成)?(?:支付|拨付|付款|支出|付)|待(?:支付|拨付)")
_HEADER_DEPTH = 30


@dataclass(slots=True)
class FundItem:
    """One row of 资金明细; amounts in ``Materials.unit``, None where the cell is blank. ``row`` is the sheet's row."""

    name: str = ""
    year: str = ""
    planned: Decimal | None = None
    adjusted: Decimal | None = None
    received: Decimal | None = None
    paid: Decimal | None = None
    contract: Decimal | None = None
    date: str = ""
    status: str = ""
    note: str = ""
    row: int = 0


@dataclass(slots=True)
class Materials:
    """Paragraphs by field label, items, and what could not be understood.

    ``unit`` is the unit of the items' amounts; "" means the form's own. ``totals`` are printed 合计 rows.
    ``outline`` is the template named above the table of 报告素材 (提纲：gd-jiangmen), "" when none is.
    """

    texts: dict[str, str] = field(default_factory=dict)
    items: list[FundItem] = field(default_factory=list)
    totals: list[FundItem] = field(default_factory=list)
    unit: str = ""
    outline: str = ""
    remarks: list[Remark] = field(default_factory=list)

    def text(self, label: str) -> str:
        """The paragraphs of a field, "" when nobody wrote them; blanks and punctuation in the label do not matter."""
        found = self.texts.get(label)
        if found is not None:
            return found
        wanted = plain_label(label)
        return next((text for key, text in self.texts.items() if plain_label(key) == wanted), "")


def paid_of(item: FundItem) -> Decimal | None:
    """What was paid for an item: the amount, or zero where its status says unpaid; None when nothing tells."""
    if item.paid is None and _UNPAID.search(squeeze(item.status)):
        return Decimal(0)
    return item.paid


def due_of(item: FundItem) -> Decimal | None:
    """What is arranged for an item after the change during the year."""
    return None if item.planned is None else item.planned + (item.adjusted or 0)


def plain_label(label: str) -> str:
    """A field label for comparison."""
    return _LABEL_NOISE.sub("", squeeze(label))


def read_materials(book: Book) -> Materials:
    """Read both sheets of a workbook; a workbook without them gives empty materials."""
    materials = Materials()
    for sheet in book.sheets:
        name = squeeze(sheet.name)
        if sheet.hidden:
            continue
        if MATERIAL_SHEET in name:
            _read_texts(sheet, materials)
        elif ITEM_SHEET in name:
            _read_items(sheet, materials)
    return materials


def _rows(sheet: Grid) -> Iterator[tuple[int, dict[int, GridCell]]]:
    rows: dict[int, dict[int, GridCell]] = {}
    for (row, column), cell in sheet.cells.items():
        rows.setdefault(row, {})[column] = cell
    for row in sorted(rows):
        yield row, rows[row]


def _columns(cells: dict[int, GridCell], labels: dict[str, tuple[str, ...]]) -> dict[str, int]:
    """Column of every key whose heading stands in this row; an earlier synonym beats a later one."""
    headings = {column: _BRACKETS.sub("", squeeze(cell.text)) for column, cell in cells.items()}
    found: dict[str, int] = {}
    for key, names in labels.items():
        places = [(names.index(text), column) for column, text in headings.items() if text in names]
        if places:
            found[key] = min(places)[1]
    return found


def _read_texts(sheet: Grid, materials: Materials) -> None:
    columns: dict[str, int] = {}
    label = ""
    for _, cells in _rows(sheet):
        if not columns:
            named_outline = next((match[1] for cell in cells.values() if (match := _OUTLINE.search(cell.text))), "")
            materials.outline = named_outline or materials.outline
            found = _columns(cells, _MATERIAL_COLUMNS)
            columns = found if {"label", "text"} <= found.keys() else {}
            continue
        named = cells.get(columns["label"])
        label = named.text.strip() if named and named.text.strip() else label
        content = cells.get(columns["text"])
        if content is None or not label or is_placeholder(content.text):
            continue
        former = materials.texts.get(label)
        text = content.text.strip()
        materials.texts[label] = f"{former}\n{text}" if former else text
    if not columns:
        message = (
            f"工作表“{sheet.name}”没有找到“字段”“内容”两个列名，其中的文字没有用上；请在第一行写上“章节、字段、内容”。"
        )
        materials.remarks.append(Remark(message, Ref(sheet.name, 1, 1)))


def _read_items(sheet: Grid, materials: Materials) -> None:
    columns: dict[str, int] = {}
    for row, cells in _rows(sheet):
        if columns:
            _read_item(sheet.name, row, {key: cells.get(column) for key, column in columns.items()}, materials)
            continue
        unit = next((match[1] for cell in cells.values() if (match := _UNIT.search(squeeze(cell.text)))), "")
        materials.unit = unit or materials.unit
        found = _columns(cells, ITEM_COLUMNS)
        columns = found if "name" in found and found.keys() & set(MONEY_COLUMNS) else {}
        if row > _HEADER_DEPTH:
            break
    if not columns:
        wanted = "“资金项目”和“预算安排”“实际支付”等列名"
        message = f"工作表“{sheet.name}”没有找到{wanted}，其中的金额没有用上；请按“资金明细”的列名填写。"
        materials.remarks.append(Remark(message, Ref(sheet.name, 1, 1)))


def _read_item(sheet: str, row: int, cells: dict[str, GridCell | None], materials: Materials) -> None:
    item = FundItem(row=row)
    for key, cell in cells.items():
        if cell is None or is_placeholder(cell.text):
            continue
        if key == "date":
            item.date = _date(cell)
        elif key in MONEY_COLUMNS:
            number = cell.value if isinstance(cell.value, Decimal) else parse_decimal(cell.text)
            setattr(item, key, number)
            if number is None:
                label = ITEM_COLUMNS[key][0]
                message = (
                    f"“{sheet}”第{row}行的{label}“{cell.text.strip()}”不是数字，没有用上；请只填数字，单位写在表头。"
                )
                materials.remarks.append(Remark(message, Ref(sheet, row, 1), cell.text))
        else:
            setattr(item, key, cell.text.strip())
    if squeeze(item.name) in _TOTALS:
        materials.totals.append(item)
    elif item.name or item.year or any(getattr(item, key) is not None for key in MONEY_COLUMNS):
        materials.items.append(item)


def _date(cell: GridCell) -> str:
    if isinstance(cell.value, date):
        return day(Day(cell.value.year, cell.value.month, cell.value.day))
    found = parse_when(cell.text)
    return day(found.day) if found is not None and found.operator == "" and found.sure else cell.text.strip()
