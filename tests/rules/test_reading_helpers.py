"""What the rules read into names, formulas and numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.rules.building import build, table
from xlsuite.core.form import Cell, FundRow, Ref
from xlsuite.core.profile import load
from xlsuite.core.scorecard import Expected
from xlsuite.rules import _names as names
from xlsuite.rules._amounts import rate_state
from xlsuite.rules._formulas import divisors, is_error_text, summed
from xlsuite.rules._phrases import addition, excess, figure, interval, listing, plain, signed, tidy
from xlsuite.rules._rows import facts
from xlsuite.rules._verdicts import fits
from xlsuite.scoring import score

D = Decimal


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("功能问题率", "less"),
        ("系统故障次数", "less"),
        ("群众投诉率（%）", "less"),
        ("问题整改率", ""),
        ("投诉办结率", ""),
        ("故障修复时间", ""),
        ("验收合格率", "more"),
        ("服务对象满意度", "more"),
        ("设备可用性", "more"),
        ("培训人数", ""),
        ("安全事故起数", "less"),
        ("发病率", "less"),
        ("隐患发现率", ""),
        ("成本控制率", ""),
    ],
)
def test_better(name: str, way: str) -> None:
    assert names.better(name) == way


@pytest.mark.parametrize(
    ("name", "capped"), [("市民满意度", True), ("验收合格率", True), ("任务完成率", False), ("收入增长率", False)]
)
def test_at_most_whole(name: str, capped: bool) -> None:
    assert names.at_most_whole(name) is capped


@pytest.mark.parametrize(
    ("target", "vague"),
    [
        ("进一步提升", True),
        ("加强", True),
        ("明显改善", True),
        ("建立长效机制", False),
        ("上升5%", False),
        ("已完成", False),
    ],
)
def test_vague(target: str, vague: bool) -> None:
    assert names.is_vague(target) is vague


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("XX项目", "XX"),
        ("指标1：", "指标1:"),
        ("【待填】", "【待填】"),
        ("待补充", "待补充"),
        ("指标体系建设", ""),
        ("Excel培训", ""),
        ("指标1：培训人数", ""),
    ],
)
def test_residue(text: str, left: str) -> None:
    assert names.residue(text) == left


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("优", "优"),
        ("优□ 良☑ 中□ 差□", "良"),
        ("☑优 □良", "优"),
        ("自评等级：优", "优"),
        ("（自评等级）良", "良"),
        ("“良好”", "良好"),
        ("优☑良☑", "优☑良☑"),
    ],
)
def test_grade_word(text: str, word: str) -> None:
    assert names.grade_word(text) == word


@pytest.mark.parametrize(
    ("title", "asked"),
    [("偏差原因分析及改进措施", True), ("未完成原因", True), ("备注", False), ("", True), ("扣分说明", True)],
)
def test_reason_column(title: str, asked: bool) -> None:
    assert names.asks_for_reasons(title) is asked


@pytest.mark.parametrize(
    ("formula", "count"),
    [
        ("SUM(H14:H39)", 26),
        ("H6+SUM($H$14:$H$39)", 27),
        ("ROUND(SUM(H14:H15),2)", 2),
        ("+H6+H7", 2),
        ("SUM(H6,H14:H15)", 3),
        ("SUBTOTAL(9,H14:H16)", 3),
        ("'自评表'!H6+自评表!H7", 2),
        ("H14:H15", None),
        ("SUM(H14:H15)*0.9", None),
        ("SUM(别表!H14:H15)", None),
        ("IF(H6>0,H6,0)", None),
        ("SUM(A1:XFD1048576)", None),
    ],
)
def test_summed(formula: str, count: int | None) -> None:
    found = summed(formula, "自评表")
    assert (None if found is None else len(found)) == count


def test_divisors() -> None:
    assert divisors("IF($E$6=0,0,F6/$E$6)") == {(6, 5)}
    assert divisors("F6/(E6)") == {(6, 5)}
    assert divisors("F6*2") == set()


@pytest.mark.parametrize(
    ("text", "error"), [("#REF!", True), ("#DIV/0!", True), ("#1楼", False), ("Err:502", True), ("", False)]
)
def test_error_text(text: str, error: bool) -> None:
    assert is_error_text(text) is error


def test_numbers_in_words() -> None:
    assert plain(D("1E+3")) == "1000"
    assert plain(D("7.7100")) == "7.71"
    assert plain(D("-0.00")) == "0"
    assert signed(D("1.2899")) == "+1.29"
    assert signed(D("-0.001")) == "-0.001"
    assert excess(D(9), D("7.71")) == "多 1.29 分"
    assert excess(D(7), D("7.71")) == "少 0.71 分"
    assert addition([D(1), D(2)], D(3)) == "1 + 2 = 3"
    assert addition([D(3)], D(3)) == "3"
    assert addition([D(1)] * 20, D(20)) == "1 + 1 + 1 + 1 + 1 + 1 + … + 1 + 1 + 1 = 20"
    assert listing(["甲", "乙", "丙"], 2) == "“甲”、“乙”等 3 项"
    assert interval(Expected(D(6), D(8), open_high=True)) == "6～8（不含）"
    assert interval(Expected()) == ""


def test_texts_on_one_line() -> None:
    assert tidy("年初\n\n预算 数　") == "年初预算数"
    assert tidy("Web GIS 平台") == "Web GIS平台"
    assert len(tidy("很长" * 50)) == 40


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("9分", D(9), "9"),
        ("　9", D(9), "9"),
        ("10%", D(10), "10"),
        ("产出指标（50分）", D(50), "50"),
        ("0.10", D(10), "10"),
        ("", D("9.50"), "9.5"),
    ],
)
def test_figure_is_never_another_number(text: str, value: Decimal, shown: str) -> None:
    assert figure(Cell(value, text, Ref("表", 1, 1))) == shown


def fund(rate: str, value: str, initial: str = "200", budget: str = "185.17", executed: str = "142.78") -> FundRow:
    row = FundRow("total")
    for slot, text in (("initial", initial), ("budget", budget), ("executed", executed)):
        setattr(row, slot, Cell(D(text), text, Ref("表", 1, 1)))
    row.rate = Cell(D(value), rate, Ref("表", 1, 2))
    return row


@pytest.mark.parametrize(
    ("row", "state"),
    [
        (fund("77.11%", "0.7711"), "ok"),
        (fund("77.1", "0.771"), "ok"),
        (fund("0.77", "0.77"), "ok"),
        (fund("77%", "0.77"), "ok"),
        (fund("77.12%", "0.7712"), "wrong"),
        (fund("71.39%", "0.7139"), "initial"),
        (fund("69.79%", "0.6979", executed="98.9", budget="141.7"), "cut"),
        (fund("100%", "1", "150", executed="200"), "capped"),
        (fund("71.7%", "0.717", "300", "200", "143"), "loose"),
        (fund("80%", "0.80"), "wrong"),
    ],
)
def test_rate_state(row: FundRow, state: str) -> None:
    assert rate_state(row)[0] == state


@pytest.mark.parametrize(
    ("text", "expected", "right"),
    [
        ("7.71", Expected(D("7.71"), D("7.71")), True),
        ("7.7", Expected(D("7.71"), D("7.71")), True),
        ("8", Expected(D("7.71"), D("7.71")), True),
        ("9", Expected(D("7.71"), D("7.71")), False),
        ("7.7", Expected(D("7.78"), D("7.78")), True),
        ("7.6", Expected(D("7.78"), D("7.78")), False),
        ("3", Expected(D(0), D(3), open_high=True), False),
        ("2.9", Expected(D(0), D(3), open_high=True), True),
        ("8", Expected(D(7), D(10), candidates=(D(10), D(7))), False),
        ("7", Expected(D(7), D(10), candidates=(D(10), D(7))), True),
        ("1", Expected(), True),
    ],
)
def test_fits(text: str, expected: Expected, right: bool) -> None:
    assert fits(Cell(D(text), text, Ref("表", 1, 1)), expected) is right


def test_facts_belong_to_one_form_and_one_scorecard() -> None:
    profile = load("neutral").at(2022)
    form = build(table("base.toml"))
    card = score(form, profile)
    first = facts(form, card, profile)
    assert facts(form, card, profile) is first
    assert facts(form, score(form, profile), profile) is not first


def test_rows_are_sorted_by_use() -> None:
    data = table("base.toml")
    data["indicators"] = [
        *data["indicators"],
        "||不适用|不适用|不适用|||",
        "||……|||||",
        "||商户满意度|||||",
        "|||≥5|6|||",
        "||无|无|无|||",
    ]
    form = build(data)
    profile = load("neutral").at(2022)
    known = facts(form, score(form, profile), profile)
    assert [len(group) for group in (known.rows, known.not_applicable, known.spare, known.unfilled)] == [10, 2, 1, 1]
