"""The sentences numbers write: how they change with the facts, and that they never say more than the table does."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.report.examples import Sheet
from xlsuite.core.form import Cell, Form, Goal, Ref, Total
from xlsuite.core.profile import load
from xlsuite.core.scorecard import Expected, Scorecard
from xlsuite.report.facts import Facts
from xlsuite.report.grades import grade_of
from xlsuite.report.materials import FundItem, Materials
from xlsuite.report.phrases import amount, clause, missing, percent, plain, points, sentence
from xlsuite.report.titles import broken, width_of
from xlsuite.report.wording import conclusion, details, funds, indicators

NATIONAL = load("national-2020").at(2023)


def facts(
    rows: dict[str, dict[str, str]] | None = None, *lines: tuple[str, ...], unit: str = "万元", **extra: object
) -> Facts:
    sheet = Sheet()
    form = Form("表", "A1:I9", year=Cell(2023, "2023", Ref("表", 1, 1)), amount_unit=unit)
    form.funds = [sheet.fund(kind, values.pop("label", kind), **values) for kind, values in (rows or {}).items()]
    for level1, level2, name, target, actual, weight, score, *reason in lines:
        form.indicators.append(
            sheet.indicator((level1, level2, name), target, actual, weight=weight, score=score, reason="".join(reason))
        )
    form.total = Total(sheet.number(str(extra.get("full", ""))), sheet.number(str(extra.get("total", ""))))
    materials = extra.get("materials")
    return Facts(form, Scorecard(), NATIONAL, materials if isinstance(materials, Materials) else Materials())


MONEY = [
    (
        {"initial": "100", "budget": "100", "executed": "100"},
        "2023年度项目年初预算安排100万元，年中没有调整，全年预算100万元。",
        "项目全年实际支出100万元，预算执行率100%，预算资金全部支出，没有结余。",
    ),
    (
        {"initial": "100", "budget": "120.5", "executed": "60.25"},
        "2023年度项目年初预算安排100万元，年中调增20.5万元，全年预算120.5万元。",
        "项目全年实际支出60.25万元，预算执行率50%，预算结余60.25万元。",
    ),
    (
        {"initial": "100", "budget": "80", "executed": "84"},
        "2023年度项目年初预算安排100万元，年中调减20万元，全年预算80万元。",
        "项目全年实际支出84万元，预算执行率105%，超出预算4万元。",
    ),
    (
        {"initial": "0", "budget": "50", "executed": "0"},
        "2023年度项目年初没有安排预算，年中追加后全年预算50万元。",
        "项目全年没有发生支出，预算执行率0%，预算资金50万元全部结余。",
    ),
    (
        {"initial": "30", "budget": "0", "executed": "0"},
        "2023年度项目年初预算安排30万元，年中全部调减。",
        "项目全年没有发生支出。",
    ),
    ({"initial": "0", "budget": "0", "executed": "0"}, "2023年度项目没有安排预算资金。", "项目全年没有发生支出。"),
    (
        {"initial": "0", "budget": "0", "executed": "5"},
        "2023年度项目没有安排预算资金。",
        "项目全年实际支出5万元，没有对应的预算安排。",
    ),
    (
        {"initial": "10", "budget": "10"},
        "2023年度项目年初预算安排10万元，年中没有调整，全年预算10万元。",
        "【待补充：资金执行情况（全年执行数、执行率）】",
    ),
    (
        {"initial": "8", "executed": "7"},
        "2023年度项目年初预算安排8万元，全年预算【待补充：全年预算数】。",
        "项目全年实际支出7万元。【待补充：全年预算数和预算执行率】",
    ),
    (
        {"executed": "7"},
        "【待补充：年度资金安排情况（年初预算数、全年预算数）】",
        "项目全年实际支出7万元。【待补充：全年预算数和预算执行率】",
    ),
]


@pytest.mark.parametrize(("row", "arranged", "executed"), MONEY)
def test_funds(row: dict[str, str], arranged: str, executed: str) -> None:
    found = facts({"total": dict(row)})
    assert funds.arranged(found) == arranged
    assert funds.executed(found) == executed


def test_sources_are_named_only_when_they_carry_money() -> None:
    rows = {
        "total": {"budget": "100", "executed": "90"},
        "fiscal": {"label": "其中：当年财政拨款", "budget": "60", "executed": "60"},
        "carryover": {"label": "上年结转资金", "budget": "40", "executed": "30"},
        "other": {"label": "其他资金", "budget": "0", "executed": "0"},
    }
    found = facts(rows)
    assert funds.arranged(found).endswith("其中：当年财政拨款60万元、上年结转资金40万元。")
    assert funds.executed(found).endswith(
        "其中：当年财政拨款支出60万元，执行率100%；上年结转资金支出30万元，执行率75%。"
    )


ARRIVALS = [
    (["40", "60"], "预算资金足额到位，实际到位100万元，资金到位率100%。"),
    (["40", None], "实际到位资金40万元，资金到位率40%，尚有60万元没有到位。"),
    (["0", "0"], "预算安排的100万元尚未到位，资金到位率0%。"),
    (["70", "60"], "实际到位资金130万元，比预算安排多30万元，资金到位率130%。"),
    ([None, None], "【待补充：资金到位情况（到位金额、时间和到位率）】"),
]


@pytest.mark.parametrize(("amounts", "wanted"), ARRIVALS)
def test_arrival(amounts: list[str | None], wanted: str) -> None:
    rows = [
        FundItem(f"项目{number}", received=Decimal(value) if value else None) for number, value in enumerate(amounts)
    ]
    assert funds.received(facts({"total": {"budget": "100"}}, materials=Materials(items=rows))) == wanted


ITEMS = [
    (
        FundItem("甲", planned=Decimal(10), paid=Decimal(10), date="2023年3月14日"),
        "甲：安排资金10万元，已于2023年3月14日支付10万元，支付率100%。",
    ),
    (
        FundItem("甲", planned=Decimal(10), paid=Decimal(4)),
        "甲：安排资金10万元，已支付4万元，支付率40%，尚有6万元没有支付。",
    ),
    (
        FundItem("甲", planned=Decimal(10), status="未支付", note="等待验收。"),
        "甲：安排资金10万元，尚未支付（等待验收）。",
    ),
    (FundItem("甲", planned=Decimal(10), paid=Decimal(12)), "甲：安排资金10万元，已支付12万元，超出安排2万元。"),
    (FundItem("甲", paid=Decimal(3)), "甲：已支付3万元。"),
    (FundItem("甲", planned=Decimal(10)), "甲：安排资金10万元，实际支付【待补充：“甲”的支付金额】。"),
    (FundItem("甲"), "甲：【待补充：“甲”的安排金额和支付金额】"),
    (
        FundItem("甲", planned=Decimal(10), adjusted=Decimal(-4), paid=Decimal(6)),
        "甲：安排资金10万元，年中调减4万元，调整后为6万元，已支付6万元，支付率100%。",
    ),
    (
        FundItem("甲", planned=Decimal(10), paid=Decimal(0), contract=Decimal(20)),
        "甲：合同金额20万元，安排资金10万元，尚未支付。",
    ),
]


@pytest.mark.parametrize(("item", "wanted"), ITEMS)
def test_items(item: FundItem, wanted: str) -> None:
    assert details.item_text(item, "万元") == wanted


def states(*pairs: tuple[str, str | None]) -> str:
    rows = [
        FundItem(f"项目{planned}", planned=Decimal(planned), paid=None if paid is None else Decimal(paid))
        for planned, paid in pairs
    ]
    return details.items_overview(facts(materials=Materials(items=rows)))


def test_overview_of_items_changes_with_the_facts() -> None:
    assert states(("1", "1"), ("2", "2")) == "资金共涉及2项支出，均已支付完毕。"
    assert states(("1", "0"), ("2", "0")) == "资金共涉及2项支出，均尚未支付。"
    assert (
        states(("1", "1"), ("2", "1"), ("3", "0")) == "资金共涉及3项支出，其中1项已支付完毕、1项部分支付、1项尚未支付。"
    )
    assert states(("1", "1"), ("2", None)) == ""
    assert states(("1", "1")) == ""


LINE = ("产出指标", "数量指标")
LINES = [
    ([(*LINE, "培训人数", "≥100人", "120人", "10", "10")], "对照年度指标值，各项指标全部完成。"),
    (
        [(*LINE, "培训人数", "≥100人", "80人", "10", "8"), (*LINE, "场次", "≥5场", "6场", "10", "10")],
        "对照年度指标值，1项完成、1项部分完成。",
    ),
    (
        [(*LINE, "验收", "完成验收", "未完成", "10", "0"), (*LINE, "场次", "≥5场", "6场", "10", "10")],
        "对照年度指标值，1项完成、1项未完成。",
    ),
    ([(*LINE, "验收", "完成验收", "未完成", "10", "0")], "对照年度指标值，1项指标未完成。"),
    ([(*LINE, "验收", "完成验收", "", "10", "")], "【待补充：1项指标的实际完成值】"),
]


@pytest.mark.parametrize(("lines", "wanted"), LINES)
def test_completion_changes_with_the_facts(lines: list[tuple[str, ...]], wanted: str) -> None:
    assert wanted in indicators.overview(facts(None, *lines))


def test_deductions_give_their_reason_or_ask_for_it() -> None:
    lines = [(*LINE, "甲", "≥10", "8", "10", "8", "天气原因；下年提前开工"), (*LINE, "乙", "≥10", "9", "10", "9")]
    texts = [indicators.deduction_text(item) for item in indicators.deductions(facts(None, *lines))]
    assert texts == [
        "“甲”分值10分，自评得8分，扣2分。天气原因；下年提前开工。",
        "“乙”分值10分，自评得9分，扣1分。【待补充：“乙”的扣分原因及改进措施】。",
    ]
    full = facts(None, (*LINE, "甲", "≥10", "12", "10", "10"))
    assert indicators.deductions_overview(full) == "各项指标均得满分，没有扣分事项。"


def test_equal_lines_are_told_together() -> None:
    lines = [(*LINE, name, "完成开发", "已完成", "1", "1") for name in ("甲", "乙", "丙")]
    group = facts(None, *lines).level1[0].groups[0]
    assert indicators.group_text(group) == (
        "数量指标设置三级指标3项，分值3分，自评得满分。甲、乙、丙等3项指标的年度指标值均为“完成开发”，实际完成值均为“已完成”。"
    )


def test_conclusion_is_silent_about_parts_that_do_not_add_up() -> None:
    lines = [
        ("产出指标", "数量指标", "甲", "≥1", "1", "50", "45"),
        ("效益指标", "社会效益", "乙", "≥1", "1", "40", "40"),
    ]
    row = {"total": {"budget": "10", "executed": "10", "weight": "10", "score": "10"}}
    assert conclusion.result(facts(dict(row), *lines, total="95", full="100")) == (
        "经自评，项目得95分（满分100分），评价等次为“优”。其中：预算执行率分值10分，得10分；产出指标分值50分，得45分；"
        "效益指标分值40分，得40分。"
    )
    row = {"total": {"budget": "10", "executed": "10", "weight": "10", "score": "10"}}
    assert "其中" not in conclusion.result(facts(row, *lines, total="97", full="100"))
    assert "【待补充：自评总分】" in conclusion.result(facts())


GRADES = [("90", "优"), ("89.99", "良"), ("80", "良"), ("79.9", "中"), ("60", "中"), ("59.99", "差"), ("0", "差")]


@pytest.mark.parametrize(("total", "grade"), GRADES)
def test_grades_include_their_lower_end(total: str, grade: str) -> None:
    assert grade_of(Decimal(total), NATIONAL) == grade


def test_goals_come_from_the_table_then_from_the_materials() -> None:
    found = facts(materials=Materials({"总体目标": "素材里的"}))
    assert conclusion.goals_expected(found) == "素材里的"
    found.form.goals = [Goal(Cell("表里的", "表里的", Ref("表", 1, 1)))]
    assert conclusion.goals_expected(found) == "表里的\n素材里的"
    assert found.used == {"总体目标"}
    assert conclusion.goals_actual(found) == missing("年度总体目标完成情况")


NUMBERS = [("185.170", "185.17"), ("1E+2", "100"), ("0.00", "0"), ("-0", "0"), ("0.5", "0.5")]


@pytest.mark.parametrize(("value", "wanted"), NUMBERS)
def test_plain_numbers(value: str, wanted: str) -> None:
    assert plain(Decimal(value)) == wanted


def test_amounts_percents_points() -> None:
    assert amount(Decimal(469515), "元") == "469,515元"
    assert amount(Decimal("0.004"), "元") == "0元"
    assert amount(Decimal("245.793918"), "万元") == "245.793918万元"
    assert amount(Decimal("142.779999999999999"), "万元") == "142.78万元"
    assert percent(Decimal("0.771075")) == "77.11%"
    assert percent(Decimal(1)) == "100%"
    assert points(Decimal("7.7108")) == "7.71分"


def test_users_words_fit_into_sentences() -> None:
    assert sentence(" 资金紧张， ") == "资金紧张。"
    assert sentence("资金紧张！") == "资金紧张！"
    assert clause("等待\n验收。；") == "等待 验收"
    assert missing("甲】乙\n丙" + "长" * 99) == "【待补充：甲〕乙丙" + "长" * 56 + "…】"


MONEYS = st.one_of(st.none(), st.decimals(0, 99999, places=2, allow_nan=False), st.just(Decimal(0)))


@settings(max_examples=300, deadline=None)
@given(MONEYS, MONEYS, MONEYS, st.sampled_from(["万元", "元"]))
def test_no_zero_amount_no_foreign_figure(
    initial: Decimal | None, budget: Decimal | None, spent: Decimal | None, unit: str
) -> None:
    row = {
        name: str(value)
        for name, value in (("initial", initial), ("budget", budget), ("executed", spent))
        if value is not None
    }
    found = facts({"total": row}, unit=unit)
    text = funds.arranged(found) + funds.executed(found) + funds.received(found)
    assert not re.search(r"(?<![\d.,])0(?:万元|元)", text)
    known = [value for value in (initial, budget, spent) if value is not None]
    allowed = {value.normalize() for value in known} | {
        abs(left - right).normalize() for left in known for right in known
    }
    allowed |= {Decimal(0), Decimal(2023)}
    if budget and spent is not None:
        allowed.add((spent / budget * 100).quantize(Decimal("0.01")).normalize())
    for figure in re.findall(r"\d[\d,]*(?:\.\d+)?", text):
        value = Decimal(figure.replace(",", ""))
        assert any(abs(value - other) <= Decimal("0.01") for other in allowed), (figure, text)
    assert "。。" not in text
    assert "，，" not in text
    assert "，。" not in text


def test_status_follows_the_scorecard_before_the_printed_score() -> None:
    found = facts(None, (*LINE, "问题率", "≤5", "≥90", "5", "4"))
    found.card.indicators = [Expected(Decimal(0), Decimal(0))]
    assert found.lines[0].status == "未完成"


def test_a_blank_forms_formula_is_no_total() -> None:
    row = {"total": {"budget": "10", "executed": "10", "weight": "10", "score": "10"}}
    found = facts(row, total="10")
    found.form.total.score.formula = "I5+SUM(H9:H30)"
    assert found.total is None
    assert facts({"total": {"budget": "1"}}, total="95").total == Decimal(95)


def test_a_department_is_not_called_a_project() -> None:
    found = facts({"total": {"initial": "5", "budget": "5", "executed": "4"}}, total="91")
    found.form.kind = "department"
    assert funds.arranged(found) == "2023年度本部门（单位）年初预算安排5万元，年中没有调整，全年预算5万元。"
    assert funds.executed(found).startswith("本部门（单位）全年实际支出4万元")
    assert conclusion.result(found).startswith("经自评，部门整体支出得91分，评价等次为“优”")


TITLES = [
    ("系统建设经费", ["系统建设经费"]),
    ("2021年度“互联网+”政务服务系统及网络提质改造项目", ["2021年度“互联网+”", "政务服务系统及网络提质改造项目"]),
    ("甲" * 45, ["甲" * 15] * 3),
    ("【待补充：项目名称】" + "甲" * 30, ["【待补充：项目名称】" + "甲" * 30]),
]


@pytest.mark.parametrize(("title", "lines"), TITLES)
def test_long_titles_break_after_phrases(title: str, lines: list[str]) -> None:
    assert broken(title).split("\n") == lines


@given(st.text(alphabet="项目建设资金和的市县Aa1“”（）", max_size=120))
def test_breaking_a_title_loses_nothing_and_fits(title: str) -> None:
    lines = broken(title).split("\n")
    assert "".join(lines) == title
    assert all(width_of(line) <= 21 for line in lines)
