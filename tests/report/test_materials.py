"""报告素材 and 资金明细: read as people fill them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from xlsuite.core.form import Cell, Form, Ref
from xlsuite.core.profile import load
from xlsuite.core.scorecard import Scorecard
from xlsuite.forms.grid import Book, Grid, GridCell
from xlsuite.report.facts import Facts
from xlsuite.report.materials import read_materials


def grid(name: str, *rows: list[object], hidden: bool = False) -> Grid:
    cells = {}
    for row, values in enumerate(rows, start=1):
        for column, value in enumerate(values, start=1):
            if value is None or value == "":
                continue
            kept = Decimal(str(value)) if isinstance(value, (int, float)) else value
            cells[row, column] = GridCell(kept, str(value))  # type: ignore[arg-type]
    return Grid(name, cells, hidden=hidden)


def book(*sheets: Grid) -> Book:
    return Book("测试", list(sheets))


def test_paragraphs() -> None:
    read = read_materials(
        book(
            grid(
                "报告素材",
                ["报告素材（每格写一段）"],
                [],
                ["章节", "字段", "内容", "写什么"],
                ["一、基本情况", "项目背景", "背景一\n背景二", "提示"],
                ["", "", "背景三", ""],
                ["", "实施依据", "", "提示"],
                ["", "存在的问题", "/", ""],
            )
        )
    )
    assert read.texts == {"项目背景": "背景一\n背景二\n背景三"}
    assert read.remarks == []


@pytest.mark.parametrize("label", ["项目背景", "项目 背景", "项目背景：", "（项目背景）", "项\u200b目背景"])
def test_labels_are_matched_without_blanks_and_signs(label: str) -> None:
    read = read_materials(book(grid("报告 素材", ["字 段", "内 容"], [label, "文字"])))
    assert read.text("项目背景") == "文字"


def test_hidden_sheets_are_not_read() -> None:
    assert read_materials(book(grid("报告素材", ["字段", "内容"], ["甲", "乙"], hidden=True))).texts == {}


def test_unknown_heads_are_told() -> None:
    read = read_materials(book(grid("报告素材", ["甲", "乙"], ["丙", "丁"]), grid("资金明细", ["甲", "乙"])))
    assert len(read.remarks) == 2
    assert "“字段”" in read.remarks[0].message
    assert "资金项目" in read.remarks[1].message


HEADS = [
    [
        "序号",
        "资金项目",
        "年度",
        "预算安排",
        "年中调整",
        "到位",
        "实际支付",
        "合同金额",
        "支付日期",
        "支付状态",
        "备注",
    ],
    [
        "",
        "项目名称",
        "年份",
        "计划安排(万元)",
        "调整",
        "到位资金（万元）",
        "实际支出",
        "合同价",
        "付款时间",
        "状态",
        "说明",
    ],
    [
        "",
        "支出项目",
        "预算年度",
        "预算\n金额",
        "预算调整",
        "资金到位",
        "支付 金额",
        "合同总额",
        "日 期",
        "支付进度",
        "原因",
    ],
]


@pytest.mark.parametrize("head", HEADS)
def test_items(head: list[str]) -> None:
    rows = [1, "平台建设", 2023, 100, -10, 90, 80.5, 120, date(2023, 3, 14), "已支付", "第一期"]
    read = read_materials(book(grid("资金明细", ["资金明细（金额单位：万元）"], head, rows)))
    item = read.items[0]
    assert (item.name, item.year, item.planned, item.adjusted) == ("平台建设", "2023", Decimal(100), Decimal(-10))
    assert (item.received, item.paid, item.contract) == (Decimal(90), Decimal("80.5"), Decimal(120))
    assert (item.date, item.status, item.note, item.row) == ("2023年3月14日", "已支付", "第一期", 3)
    assert read.unit == "万元"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2023-03-14", "2023年3月14日"),
        ("2024-04", "2024年4月"),
        ("2024年4月", "2024年4月"),
        ("分三次支付", "分三次支付"),
        ("2023年底前", "2023年底前"),
    ],
)
def test_dates(text: str, wanted: str) -> None:
    read = read_materials(book(grid("资金明细", ["资金项目", "实际支付", "支付日期"], ["甲", 1, text])))
    assert read.items[0].date == wanted


def test_totals_and_spare_rows_are_no_items() -> None:
    rows = [["资金项目", "实际支付"], ["甲", 1], ["", ""], ["乙", 2], ["合 计", 4]]
    read = read_materials(book(grid("资金明细", *rows)))
    assert [item.name for item in read.items] == ["甲", "乙"]
    assert read.totals[0].paid == Decimal(4)


def test_what_is_no_number_is_told() -> None:
    read = read_materials(book(grid("资金明细", ["资金项目", "实际支付"], ["甲", "约5万"])))
    assert read.items[0].paid is None
    assert "第2行的实际支付“约5万”不是数字" in read.remarks[0].message


def test_numbers_as_text_are_read() -> None:
    read = read_materials(book(grid("资金明细", ["资金项目", "实际支付"], ["甲", "１,234.50"])))
    assert read.items[0].paid == Decimal("1234.50")


def facts(*rows: list[object], unit: str = "万元") -> Facts:
    materials = read_materials(book(grid("资金明细", ["单位：元"] if unit == "元" else ["单位：万元"], *rows)))
    form = Form("表", "A1", year=Cell(2023, "2023", Ref("表", 1, 1)))
    return Facts(form, Scorecard(), load("neutral").at(2023), materials)


def test_other_unit_is_converted_exactly() -> None:
    found = facts(["资金项目", "实际支付"], ["甲", 2457939.18], unit="元")
    assert found.items[0].paid == Decimal("245.793918")


SERIES = [
    (["2019年安排", "2020年安排", "2021年度安排"], 3),
    (["", "", ""], 3),
    (["专项资金", "专项资金", "专项资金"], 3),
    (["甲", "乙", "丙"], 0),
]


@pytest.mark.parametrize(("names", "count"), SERIES)
def test_rows_that_differ_only_in_their_year_are_a_series(names: list[str], count: int) -> None:
    rows: list[list[object]] = [[name, 2019 + index, 10, -index] for index, name in enumerate(names)]
    found = facts(["资金项目", "年度", "预算安排", "年中调整"], *rows)
    assert len(found.years) == count
    assert len(found.items) == 3 - count
    if count:
        assert [entry.arranged for entry in found.years] == [Decimal(10), Decimal(9), Decimal(8)]
        assert found.years_sum.arranged == Decimal(27)


def test_one_unknown_payment_leaves_the_sum_open() -> None:
    found = facts(["资金项目", "预算安排", "实际支付", "支付状态"], ["甲", 1, 1, ""], ["乙", 2, "", ""])
    assert found.items_sum.planned == Decimal(3)
    assert found.items_sum.paid is None
    unpaid = facts(["资金项目", "预算安排", "实际支付", "支付状态"], ["甲", 1, 1, ""], ["乙", 2, "", "未支付"])
    assert unpaid.items_sum.paid == Decimal(1)
