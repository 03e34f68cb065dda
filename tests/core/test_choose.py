"""The profile a form is checked against, and the sentence that says why."""

from __future__ import annotations

import pytest

from tests.scoring.forms import form, fund, indicator, words
from xlsuite.core.choose import choose
from xlsuite.core.form import Cell, Form, Indicator


def weighted(*rows: Indicator) -> list[Indicator]:
    return list(rows) or [indicator("数量", "10个", "10个", "50"), indicator("社会", "提升", "提升", "40")]


def empty(**info: str) -> Form:
    return form([fund("total", "10", "10", "10")], weighted(), **info)


@pytest.mark.parametrize(
    ("unit", "profile", "name"),
    [
        ("益阳市土地储备发展中心", "hunan", "益阳市"),
        ("湖南省财政厅", "hunan", "湖南"),
        ("衡南县行政审批服务局", "hunan", "衡南县"),
        ("湘西州财政局", "hunan", "湘西州"),
        ("湛江市自然资源局", "guangdong", "湛江市"),
        ("江门市政务服务数据管理局", "guangdong", "江门市"),
        ("盐边县自然资源和规划局", "sichuan", "盐边县"),
        ("成都市郫都区委统战部", "sichuan", "成都市"),
        ("保山市交通运输局", "yunnan", "保山市"),
        ("红河州数据发展中心", "yunnan", "红河州"),
        ("湖北工程学院", "hubei", "湖北"),
        ("武汉市江岸区商务局", "hubei", "武汉市"),
        ("219001-安化县田庄乡人民政府", "hunan", "安化县"),
    ],
)
def test_region_of_the_unit(unit: str, profile: str, name: str) -> None:
    found, why = choose(empty(unit=unit))
    assert found == profile
    assert f"“{name}”" in why


@pytest.mark.parametrize(
    "unit",
    [
        "适宜城市建设中心",
        "浙江门市部",
        "中山大学",
        "住房县级中心",
        "保障性安居区域办公室",
        "著名山区开发办",
        "太湖南部治理办",
        "黄河南岸管护站",
        "上海市衡阳路街道办事处",
        "北京市海淀区教委",
        "廊坊市发改委",
    ],
)
def test_no_region_is_guessed(unit: str) -> None:
    found, why = choose(empty(unit=unit))
    assert found == "national-2020"
    assert "10 分" in why


def test_the_unit_counts_before_title_and_project() -> None:
    found, _ = choose(empty(unit="益阳市财政局", title="四川省对口支援项目自评表", project_name="云南考察"))
    assert found == "hunan"


def test_title_text_and_project_are_asked_in_turn() -> None:
    assert choose(empty(unit="市财政局", title="2022年度湖北省项目支出绩效自评表"))[0] == "hubei"
    assert choose(empty(unit="市财政局", project_name="盐边县平台建设"))[0] == "sichuan"
    sheet = empty(unit="市财政局")
    sheet.text = "湖南省财政厅制"
    assert choose(sheet)[0] == "hunan"


def test_two_provinces_decide_nothing() -> None:
    assert choose(empty(unit="四川省和云南省联合指挥部"))[0] == "national-2020"


def test_another_province_ends_the_search() -> None:
    assert choose(empty(unit="贵州省水利厅", project_name="援助湖南项目"))[0] == "national-2020"


def test_cost_as_level_one() -> None:
    row = indicator("成本", "≤10万元", "9万元", "20")
    row.dimension = "cost"
    found, why = choose(form([fund("total", "10", "10", "10")], [row]))
    assert found == "national-2021"
    assert "成本指标" in why


def test_twenty_points_for_execution_is_not_national() -> None:
    found, why = choose(form([fund("total", "10", "10", "20")], weighted()))
    assert found == "neutral"
    assert "20 分" in why


def test_fifty_points_of_output_without_funds() -> None:
    assert choose(form([], weighted()))[0] == "national-2020"


def test_year_and_nothing_else() -> None:
    bare = form([], [])
    assert choose(bare)[0] == "national-2020"
    bare.year = Cell(2017, "2017")
    found, why = choose(bare)
    assert found == "neutral"
    assert why.endswith("。")


def test_department_forms_are_not_national_by_year() -> None:
    whole = form([], [])
    whole.kind = "department"
    whole.title = words("部门整体支出绩效自评表")
    assert choose(whole)[0] == "neutral"
