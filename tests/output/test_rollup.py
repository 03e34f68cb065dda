from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.output.records import file, finding, form
from xlsuite.output.rollup import grouped, over_years, roll_up
from xlsuite.output.rollup_workbook import write_rollup


def made(name: str, budget: str | None, executed: str | None, unit: str = "万元", **facts: object) -> dict:
    return file(name, [], forms=[form(0, facts={"budget": budget, "executed": executed, "amount_unit": unit, **facts})])


RECORDS = [
    made("1.xlsx", "100.01", "50.005", department="甲局", unit_name="一", project_name="修路", year=2022),
    made("2.xlsx", "1000000", "999999.99", unit="元", department="甲局", project_name="架桥"),
    made("3.xlsx", "3", None, department="乙局", project_name="买书"),
    made("4.xlsx", "7.7", "7.7", department="乙局", project_name="修路", year=2023),
    file("坏.xlsx", [], error="打不开", forms=[]),
]


def test_sums_reconcile_with_an_independent_sum() -> None:
    result = roll_up(RECORDS)
    total = grouped(result.forms, "department")[-1]
    cents = 100_010_000 + 100_000_000 + 3_000_000 + 7_700_000
    assert total["分组"] == "合计"
    assert total["全年预算数（万元）"] * 1_000_000 == cents
    parts = grouped(result.forms, "department")[:-1]
    assert sum(part["全年预算数（万元）"] for part in parts) == total["全年预算数（万元）"]
    assert sum(part["表数"] for part in parts) == total["表数"] == 4


def test_the_rate_is_over_forms_that_state_both_amounts() -> None:
    total = grouped(roll_up(RECORDS).forms, "department")[-1]
    executed = Decimal("50.005") + Decimal("99.999999") + Decimal("7.7")
    budget = Decimal("100.01") + Decimal(100) + Decimal("7.7")
    assert total["执行率"] == executed / budget


def test_what_was_left_out_is_named() -> None:
    left_out = roll_up(RECORDS).left_out
    assert ("坏.xlsx", "", "整个文件未计入：打不开") in left_out
    assert ("3.xlsx", "自评表", "没有全年执行数，未计入执行合计") in left_out


def test_a_second_copy_is_named_but_counted() -> None:
    result = roll_up([RECORDS[0], RECORDS[0] | {"file": "副本.xlsx"}])
    assert len(result.forms) == 2
    assert "可能重复" in result.left_out[-1][2]


def test_the_same_project_over_years() -> None:
    rows = over_years(roll_up(RECORDS).forms)
    assert [(row["年度"], row["比上期增减（万元）"]) for row in rows] == [(2022, None), (2023, Decimal("-92.31"))]


def test_two_forms_of_one_year_are_not_compared_with_each_other() -> None:
    records = [
        made("a.xlsx", "10", "1", project_name="修路", year=2021),
        made("b.xlsx", "20", "1", project_name="修路", year=2022),
        made("c.xlsx", "30", "1", project_name="修路", year=2022),
        made("d.xlsx", "40", "1", project_name="修路", year=2023),
    ]
    changes = [row["比上期增减（万元）"] for row in over_years(roll_up(records).forms)]
    assert changes == [None, Decimal(10), Decimal(20), None]


@pytest.mark.parametrize("records", [RECORDS, [], [RECORDS[-1]]])
def test_the_workbook_opens_and_has_every_sheet(records: list, tmp_path: Path) -> None:
    target = tmp_path / "汇总.xlsx"
    write_rollup(roll_up(records), target)
    names = openpyxl.load_workbook(target).sheetnames
    assert names == ["按主管部门", "按口径", "按年度", "按表类", "按指标类别", "多年对比", "明细", "未计入与提醒"]


def test_indicator_kinds_are_summed() -> None:
    from xlsuite.output.rollup import by_aspect

    rows = by_aspect(roll_up([file("1.xlsx", [finding()])] * 2).aspects)
    assert rows == [
        {
            "指标类别": "数量指标",
            "指标数": 2,
            "分值合计": Decimal(100),
            "得分合计": Decimal("93.0"),
            "得分率": Decimal("0.93"),
        }
    ]
