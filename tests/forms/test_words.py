"""What single labels mean, however they are typed; and the vocabulary's own consistency."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from importlib.resources import files

import pytest

from xlsuite.forms.vocabulary import BLANK, NOTHING, VOCABULARY, Word, guess, plain
from xlsuite.forms.words import aspect_of, dimension_of, word

LABELS = [
    # text, role, value
    ("年初\n\n预算数", "fund_column", "initial"),
    ("全年预算数（Ａ）", "fund_column", "budget"),
    ("预算执行率（B/A×100%）", "fund_column", "rate"),
    ("其中：当年财政拨款　", "fund_row", "fiscal"),
    ("其中： 中央补助", "fund_row", "central"),
    ("一、项目名称", "info", "project_name"),
    ("（一）实施单位（盖章）", "info", "unit"),
    ("1.主管部门及代码：", "info", "department"),
    ("★三级指标", "column", "level3"),
    ("2022年度指标值", "column", "target"),
    ("2022年实际完成值", "column", "actual"),
    ("本年预算数", "fund_column", "budget"),
    ("①数量指标", "aspect", "quantity"),
    ("经济效\n\n益指标", "aspect", "economic"),
    ("绩\n效\n指\n标", "block", "indicators"),
    ("绩效指标（90分）", "block", "indicators"),
    ("总　　分", "total", "total"),
    ("自评总分（分）", "total", "total"),
    ("小  计", "total", "subtotal"),
    ("项目支出绩效自评表（2022年度）", "title", "evaluation"),
    ("2022年度项目绩效自评情况汇总表", "title", "other"),
    ("项目支出绩效目标申报表", "title", "declaration"),
    ("项目支出绩效评价表", "title", "weak"),
    ("注：1.其他资金包括", "note", True),
    ("自评等级", "grade", True),
    ("项目资金/万元", "block", "funds"),
]


@pytest.mark.parametrize(("text", "role", "value"), LABELS)
def test_label(text: str, role: str, value: object) -> None:
    assert getattr(word(text), role) == value


POINTS = [
    ("产出指标\n(50分)", "50"),
    ("效益指标\n\n（40分）\n\n　", "40"),
    ("产出指标50", "50"),
    ("产出指标：50分", "50"),
    ("质量指标-15分", "15"),
    ("满意度指标【10%】", "10"),
    ("产出指标（权重60）", "60"),
    ("总分100分", "100"),
    ("总分（100分）", "100"),
    ("预算执行率（10分）", "10"),
    ("预算执行情况（万元）（20分）", "20"),
    ("得分（20分*执行率）", "20"),
    ("产出指标（3个）", None),
    ("产出指标（0分）", None),
    ("产出指标", None),
]


@pytest.mark.parametrize(("text", "points"), POINTS)
def test_points_in_a_label(text: str, points: str | None) -> None:
    assert word(text).weight == (Decimal(points) if points else None)


UNITS = [
    ("项目资金\n（万元）", "万元"),
    ("全年预算数（元）", "元"),
    ("单位：万元", "万元"),
    ("金额单位:人民币元", "元"),
    ("项目资金", ""),
]


@pytest.mark.parametrize(("text", "unit"), UNITS)
def test_unit_in_a_label(text: str, unit: str) -> None:
    assert word(text).unit == unit


ENTRIES = [
    ("项目名称：甲：乙", "info", "甲：乙"),
    ("总分：92分", "total", "92分"),
    ("自评等级:优", "grade", "优"),
    ("其中：一般公共预算：95", "fund_row", "95"),
    ("政府性基金拨款:5", "fund_row", "5"),
]


@pytest.mark.parametrize(("text", "role", "entry"), ENTRIES)
def test_entry_behind_its_label(text: str, role: str, entry: str) -> None:
    assert getattr(word(text), role)
    assert word(text).inline == entry


def test_several_entries_in_one_cell() -> None:
    pairs = word("填表人：刘某　填报日期：2023.3.18 10:30　联系电话：0731-8888　单位负责人签字：").pairs
    assert [(label.info, entry) for label, entry in pairs] == [
        ("filled_by", "刘某"),
        ("filled_on", "2023.3.18 10：30"),
        ("phone", "0731-8888"),
        ("unit_leader", ""),
    ]


@pytest.mark.parametrize("text", ["", "　 \n", "\u200b"])
def test_blank_texts_mean_nothing(text: str) -> None:
    assert word(text) is BLANK


@pytest.mark.parametrize(
    "text", ["完成开发工作", "185.17", "≥95%", "2020年度", "指标1", "……", "说" * 500, "甲：乙", "其中："]
)
def test_other_texts_mean_nothing(text: str) -> None:
    assert word(text) is NOTHING


def test_variants_are_guessed_only_from_labels() -> None:
    assert guess("funds.rows_contains", "其中：中央、省、市补助") == "central"
    assert guess("indicators.contains", "年度拟定指标值") == "target"
    assert guess("indicators.contains", "指标值完成后，请填写实际值") == ""
    assert guess("indicators.contains", "指标值" * 10) == ""
    assert guess("indicators.contains", "") == ""


def test_kinds_of_levels() -> None:
    assert (
        dimension_of("产出\n指标（50分）"),
        dimension_of("履职产出效率"),
        dimension_of(""),
        dimension_of("其他"),
    ) == (
        "output",
        "output",
        "",
        "",
    )
    assert (aspect_of("服务对象满意程度"), aspect_of("社会成本指标"), aspect_of("")) == ("satisfaction", "cost", "")


def test_every_wording_is_found_under_its_own_key() -> None:
    """No wording may stand in two lists of one role: the second would never be reached."""
    roles = {
        "info": "info",
        "funds.columns": "fund_column",
        "funds.rows": "fund_row",
        "indicators.columns": "column",
        "goals": "goal",
        "dimensions": "dimension",
        "aspects": "aspect",
        "totals": "total",
    }
    clashes = [
        (section, key, wording, getattr(VOCABULARY.words[plain(wording)], role))
        for section, role in roles.items()
        for key, wordings in VOCABULARY.section(section).items()
        for wording in wordings
        if getattr(VOCABULARY.words[plain(wording)], role) != key
    ]
    assert clashes == []


def test_wordings_are_written_as_they_are_looked_up() -> None:
    tables = tomllib.loads(files("xlsuite.profiles").joinpath("labels.toml").read_text("utf-8"))

    def walk(table: object) -> list[str]:
        if isinstance(table, dict):
            return [wording for value in table.values() for wording in walk(value)]
        return table if isinstance(table, list) else []

    odd = [
        wording for wording in walk(tables) if wording != plain(wording) or (wording.endswith(":") and wording != "注:")
    ]
    assert odd == ["备注:", "说明:"]


def test_a_wording_with_brackets_means_no_less_than_without() -> None:
    """Looked up as a whole, 执行率(%) must not lose a role that 执行率 has."""
    roles = ("fund_column", "column", "info", "fund_row")
    lost = []
    for key, found in VOCABULARY.words.items():
        if key.endswith(")"):
            bare = VOCABULARY.words.get(key[: key.rindex("(")], Word())
            lost += [(key, role) for role in roles if getattr(bare, role) and not getattr(found, role)]
    assert lost == []


def test_no_wording_is_listed_twice() -> None:
    tables = tomllib.loads(files("xlsuite.profiles").joinpath("labels.toml").read_text("utf-8"))
    twice: list[str] = []

    def walk(table: object) -> None:
        if isinstance(table, dict):
            for value in table.values():
                walk(value)
        elif isinstance(table, list):
            twice.extend({wording for wording in table if table.count(wording) > 1})

    walk(tables)
    assert twice == []
