"""Single cells: amounts and their units, rates, points, errors, formulas, places, and what is told about them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.forms.drawn import draw, entry, info, read, told
from xlsuite.core.form import Form

TABLE = """
{title}
项目名称|甲
{unit}
项目资金{head}|全年预算数|全年执行数|分值|执行率{percent}|得分
年度资金总额|{budget}|{executed}|10|{rate}|9
一级指标|二级指标|三级指标|指标值|完成值|分值|得分
产出指标|数量指标|数量|5|5|90|90
总分|||||100|99
"""


def form_of(**cells: str) -> Form:
    usual = {
        "title": "项目支出绩效自评表",
        "unit": "",
        "head": "",
        "percent": "",
        "budget": "10",
        "executed": "9",
        "rate": "90%",
    }
    return read(TABLE.format(**{**usual, **cells}))


UNITS = [
    # cells, unit, stated, budget, words of the remark
    ({}, "万元", False, "10", ""),
    ({"head": "（元）"}, "元", True, "10", ""),
    ({"head": "（万元）"}, "万元", True, "10", ""),
    ({"unit": "单位：万元"}, "万元", True, "10", ""),
    ({"unit": "金额单位：元"}, "元", True, "10", ""),
    ({"unit": "（单位：人民币万元）"}, "万元", True, "10", ""),
    ({"unit": "单位|元"}, "元", True, "10", ""),
    ({"unit": "填报单位：某局　　单位：元"}, "元", True, "10", ""),
    ({"head": "（元）", "unit": "单位：万元"}, "元", True, "10", "金额单位写法不一致"),
    ({"head": "（亿元）"}, "万元", True, "100000", "已换算为“万元”"),
    ({"head": "（千元）"}, "元", True, "10000", "已换算为“元”"),
    ({"budget": "185.17万元"}, "万元", True, "185.17", ""),
    ({"budget": "1,851,700.00元"}, "元", True, "1851700", ""),
    ({"head": "（万元）", "budget": "1851700元"}, "万元", True, "185.17", "自带的单位与表内单位“万元”不同"),
    ({"head": "（元）", "budget": "185.17万元"}, "元", True, "1851700", "自带的单位与表内单位“元”不同"),
    ({"head": "（万元）", "budget": "'1,234.5"}, "万元", True, "1234.5", ""),
    ({"budget": "１２．５"}, "万元", False, "12.5", ""),
    ({"budget": "约140"}, "万元", False, "约140", ""),
    ({"budget": "/"}, "万元", False, "/", ""),
]


@pytest.mark.parametrize(("cells", "unit", "stated", "budget", "remark"), UNITS)
def test_money(cells: dict[str, str], unit: str, stated: bool, budget: str, remark: str) -> None:
    form = form_of(**cells)
    assert (form.amount_unit, form.amount_unit_stated, entry(form.funds[0].budget)) == (unit, stated, budget)
    assert remark in told(form)
    assert remark or "单位" not in told(form)


RATES = [
    # rate cell, heading, budget, executed, ratio, told
    ("90%", "", "10", "9", "0.9", False),
    ("0.9~90%", "", "10", "9", "0.9", False),
    ("９０％", "", "10", "9", "0.9", False),
    ("90", "（%）", "10", "9", "0.9", False),
    ("'90", "（%）", "10", "9", "0.9", False),
    ("90", "", "10", "9", "0.9", True),
    ("0.9", "", "10", "9", "0.9", True),
    ("0.9", "（%）", "10", "9", "0.9", True),
    ("0.9", "（%）", "100", "0.9", "0.009", False),
    ("88", "", "10", "9", "0.88", True),
    ("0.88", "", "10", "9", "0.88", True),
    ("1", "", "", "", "1", True),
    ("1.4", "", "", "", "1.4", True),
    ("77.11", "", "", "", "0.7711", True),
    ("0", "", "10", "0", "0", False),
    ("未执行", "", "10", "0", "未执行", False),
]


@pytest.mark.parametrize(("rate", "percent", "budget", "executed", "ratio", "decided"), RATES)
def test_rate_is_a_ratio(rate: str, percent: str, budget: str, executed: str, ratio: str, decided: bool) -> None:
    form = form_of(rate=rate, percent=percent, budget=budget, executed=executed)
    assert entry(form.funds[0].rate) == ratio
    assert ("没有百分号" in told(form)) is decided


def test_errors_and_formulas_keep_their_text_and_place() -> None:
    form = form_of(budget="#REF!", executed="=SUM(C1:C2)", rate="=C5/B5~90%")
    fund = form.funds[0]
    assert (fund.budget.value, fund.budget.text) == (None, "#REF!")
    assert (fund.executed.value, fund.executed.text, fund.executed.formula) == (None, "", "SUM(C1:C2)")
    assert (fund.rate.value, fund.rate.formula) == (Decimal("0.9"), "C5/B5")
    assert fund.budget.ref == ("自评表", 4, 2)


def test_errors_in_texts_and_values_have_no_value() -> None:
    form = read(
        """
项目支出绩效自评表
项目名称|#NAME?
一级指标|二级指标|三级指标|指标值|完成值|得分
产出指标|数量指标|数量|#N/A|=F1|#VALUE!
"""
    )
    row = form.indicators[0]
    assert (form.info["project_name"].value, form.info["project_name"].text) == (None, "#NAME?")
    assert (row.target.value, row.target.text) == (None, "#N/A")
    assert (row.actual.value, row.actual.formula) == (None, "F1")
    assert (row.score.value, row.score.text) == (None, "#VALUE!")


def test_operator_and_unit_of_their_own_columns_belong_to_the_target() -> None:
    form = read(
        "项目支出绩效自评表\n项目名称|甲\n一级指标|三级指标|指标性质|指标值|度量单位|完成值|得分\n"
        "产出指标|数量|≥|50|个|52|9\n效益指标|作用|定性|好||好|9"
    )
    target, actual = form.indicators[0].target.value, form.indicators[0].actual.value
    assert target is not None
    assert actual is not None
    assert (target.operator, target.number, target.unit) == ("≥", Decimal(50), "个")
    assert (actual.operator, actual.number, actual.unit) == ("", Decimal(52), "个")
    word = form.indicators[1].target.value
    assert word is not None
    assert word.kind == "word"


def test_stored_values_keep_their_nature() -> None:
    form = form_of(rate="90%", budget="'10")
    fund = form.funds[0]
    assert [fund.budget.stored, fund.executed.stored, fund.rate.stored] == ["10", Decimal(9), "90%"]
    inline = read(
        "项目支出绩效自评表\n项目名称：甲项目|自评得分：92分\n一级指标|三级指标|指标值|完成值|得分\n产出指标|数量|5|5|92"
    )
    assert inline.info["project_name"].stored == "项目名称：甲项目"
    assert (inline.total.score.text, inline.total.score.stored) == ("92分", "自评得分：92分")


POINTS = [
    ("9", "9"),
    ("'9", "9"),
    ("9分", "9"),
    ("９．５分", "9.5"),
    ("9 分", "9"),
    ("0.1~10%", "10"),
    ("10%", "10"),
    ("—", "—"),
    ("", ""),
    ("九分", "九分"),
]


@pytest.mark.parametrize(("cell", "value"), POINTS)
def test_points(cell: str, value: str) -> None:
    form = read(
        f"项目支出绩效自评表\n项目名称|甲\n一级指标|三级指标|指标值|完成值|分值|得分\n产出指标|数量|5|5|{cell}|1"
    )
    assert entry(form.indicators[0].weight) == value


YEARS = [
    ("2022年度项目支出绩效自评表", 2022, "2022年度"),
    ("项目支出绩效自评表（2022 年度）", 2022, "2022年度"),
    ("二〇二二年度项目支出绩效自评表", 2022, "2022年度"),
    ("二○二一年项目支出绩效自评表", 2021, "2021年"),
    ("2019—2022年专项资金绩效自评表", 2022, "2019—2022年"),
    ("2022-2023年度项目绩效自评表", 2023, "2022-2023年"),
    ("项目绩效自评表（2023年填报2022年度）", 2022, "2022年度"),
    ("项目绩效自评表", None, ""),
]


@pytest.mark.parametrize(("title", "year", "text"), YEARS)
def test_year_of_the_title(title: str, year: int | None, text: str) -> None:
    form = form_of(title=title)
    assert (form.year.value, form.year.text) == (year, text)


def test_two_years_are_told() -> None:
    form = form_of(title="2022年度项目支出绩效自评表", unit="（2023年度）")
    assert form.year.value == 2022
    assert "年度写法不一致" in told(form)


BOXES = [
    ("是□ 否☑", "否"),
    ("☑是 □否", "是"),
    ("部门预算项目（√）市直专项（ ）", "部门预算项目"),
    ("1、常年性项目 □  2、延续性项目 ☑  3、一次性项目 □", "延续性项目"),
    ("是□ 否□", "是□ 否□"),
    ("是☑ 否☑", "是☑ 否☑"),
    ("常年性项目", "常年性项目"),
]


@pytest.mark.parametrize(("text", "value"), BOXES)
def test_ticked_options(text: str, value: str) -> None:
    form = read(
        f"项目支出绩效自评表\n项目名称|甲\n项目类型|{text}\n一级指标|三级指标|指标值|完成值|得分\n产出指标|数量|5|5|9"
    )
    assert form.info["project_type"].value == value


def test_options_over_several_cells() -> None:
    form = read(
        "项目支出绩效自评表\n项目名称|甲\n项目类型|常年性□|延续性☑|一次性□\n一级指标|三级指标|指标值|完成值|得分\n产出指标|数量|5|5|9"
    )
    assert form.info["project_type"].value == "延续性"


def test_grade_by_tick_and_by_word() -> None:
    for text, value in (("优□ 良☑ 中□ 差□", "良"), ("良好", "良好")):
        form = read(
            f"项目支出绩效自评表\n项目名称|甲\n自评等级|{text}\n一级指标|三级指标|指标值|完成值|得分\n产出指标|数量|5|5|9"
        )
        assert form.grade.value == value


HEADS = [
    ("项目名称|甲|项目编码|5101|主管部门|乙局", {"project_name": "甲", "project_code": "5101", "department": "乙局"}),
    ("项目名称：|甲||主管部门：|乙局", {"project_name": "甲", "department": "乙局"}),
    ("项目名称||主管部门|乙局", {"project_name": "", "department": "乙局"}),
    ("资金性质|财政拨款|项目负责人|王某", {"project_kind": "财政拨款", "owner": "王某"}),
    ("评价年度|2022|填报日期|2023-03-01", {"year": "2022", "filled_on": "2023-03-01"}),
    ("填报单位（盖章）：丙局　填报日期：2023年3月1日", {"unit": "丙局", "filled_on": "2023年3月1日"}),
    ("预算单位|丁中心|实施单位|戊站", {"department": "丁中心", "unit": "戊站"}),
    ("项目概况|为民办实事。项目名称、主管部门等见批复：略", {"overview": "为民办实事。项目名称、主管部门等见批复:略"}),
    ("项目名称\n甲", {"project_name": "甲"}),
    ("项目名称|甲\n项目名称|乙", {"project_name": "甲"}),
]


@pytest.mark.parametrize(("head", "expected"), HEADS)
def test_entries_of_the_head(head: str, expected: dict[str, str]) -> None:
    form = read(
        f"项目支出绩效自评表\n{head}\n一级指标|二级指标|三级指标|指标值|完成值|得分\n产出指标|数量指标|数量|5|5|9"
    )
    assert info(form) == expected


def test_a_variant_of_a_known_label_is_understood_and_told() -> None:
    table = "一级指标|三级指标|指标值|完成值|得分\n产出指标|数量|5|5|9"
    form = read(f"项目支出绩效自评表\n项目名称|甲\n资金最终使用单位|丁站|镇村主管部门|戊局\n{table}")
    assert info(form) == {"project_name": "甲", "unit": "丁站", "department": "戊局"}
    assert "“资金最终使用单位”不在词表中，按“实施单位”读取。" in told(form)


def test_unknown_texts_of_the_head_are_told() -> None:
    form = read(
        "项目支出绩效自评表\n项目名称|甲|红旗手|某某\n附件3\n一级指标|二级指标|三级指标|指标值|完成值|得分\n产出指标|数量指标|数量|5|5|9"
    )
    assert told(form).split("\n") == ["“红旗手”不认识，没有读取。", "“某某”不认识，没有读取。"]


def test_entries_that_come_twice_are_told() -> None:
    form = read(
        "项目支出绩效自评表\n项目名称|甲\n项目名称|乙\n一级指标|三级指标|指标值|完成值|得分\n产出指标|数量|5|5|9"
    )
    assert "出现了两次" in told(form)


def test_range_and_text_of_the_form() -> None:
    grid = draw(
        TABLE.format(title="湖南省项目绩效自评表", unit="", head="", percent="", budget="1", executed="1", rate="1")
        + "注：按湘财绩文件填写",
        top=3,
        left=2,
    )
    form = read(grid)
    assert form.range == "B3:H10"
    assert "湖南省" in form.text
    assert "湘财绩" in form.text
