"""Whole forms: execution, total, grade, and the published form of 益阳 recomputed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scoring.forms import form, fund, indicator, yiyang
from xlsuite.core.form import Cell, Form
from xlsuite.core.profile import Profile, Setting, load
from xlsuite.core.scorecard import Expected
from xlsuite.core.values import parse_measure
from xlsuite.scoring import grade_of, score, standard_grade
from xlsuite.scoring.wording import plain, quantity

HUNAN = load("hunan").at(2022)


def under(**settings: Any) -> Profile:
    """The Hunan profile with some values replaced; ``__`` stands for the dot."""
    base = load("hunan").at(2022)
    changed = {name.replace("__", "."): Setting(2000, value, "测试") for name, value in settings.items()}
    return Profile(base.id, base.title, base.year, {**base.settings, **changed}, base.rules)


def one(**changes: Any) -> Form:
    row = fund("total", "100", "80", "10", "8")
    for name, value in changes.items():
        setattr(row, name, value)
    return form([row], [indicator("数量", "≥10个", "10个", "90", "90")], "98")


# ---- 益阳 2022 as published -------------------------------------------------------------------------------------


def test_yiyang_total() -> None:
    card = score(yiyang(), HUNAN)
    assert (card.total.low, card.total.high) == (Decimal("85.21"), Decimal("87.21"))
    assert (card.grade_low, card.grade_high) == ("良", "良")
    assert card.printed_sum == 92
    assert card.total.arithmetic == "预算执行 7.71 + 产出指标 40 + 效益指标 37.5～39.5 = 85.21～87.21"


def test_yiyang_execution() -> None:
    card = score(yiyang(), HUNAN)
    assert card.execution.exact == Decimal("7.71")
    assert card.execution.arithmetic == "142.78 ÷ 185.17 = 77.11%；10 × 77.11% = 7.71"
    assert not card.execution.accepts(Decimal(9), 0)


def test_yiyang_rows() -> None:
    sheet = yiyang()
    card = score(sheet, HUNAN)
    wrong = [
        (row.target.text, row.actual.text)
        for row, expected in zip(sheet.indicators, card.indicators, strict=True)
        if row.score.value is not None and not expected.accepts(row.score.value, 0)
    ]
    assert wrong == [("≤5", "≥90"), ("不晚于12月31日", "未完成"), ("141.3", "98.91")]


def test_low_execution_caps_the_total() -> None:
    full = form(
        [fund("total", "185.17", "142.78", "10", "7.71")],
        [indicator("数量", "≥10个", "10个", "90", "90")],
        "97.71",
    )
    card = score(full, load("capped-2022").at(2022))
    assert (card.total.low, card.total.high, card.grade_high) == (89, 89, "良")
    assert "总分最高 89" in card.total.arithmetic


# ---- execution --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("budget", "executed", "rate", "points", "reason"),
    [
        ("100", "80", "0.8", "8.00", ""),
        ("185.17", "142.78", "0.771075228169", "7.71", ""),
        ("100", "0", "0", "0.00", ""),
        ("100", "120", "1.2", "10.00", ""),
        ("0", "0", None, None, "都为 0"),
        ("0", "5", None, None, "全年预算数为 0 而全年执行数为 5"),
        ("", "5", None, None, "没有填写全年预算数"),
        ("5", "", None, None, "没有填写全年执行数"),
        ("-5", "5", None, None, "负数"),
    ],
)
def test_execution(budget: str, executed: str, rate: str | None, points: str | None, reason: str) -> None:
    sheet = form([fund("total", budget, executed, "10", "0")], [])
    card = score(sheet, HUNAN)
    assert card.rate.exact == (None if rate is None else Decimal(rate))
    assert card.execution.exact == (None if points is None else Decimal(points))
    assert reason in card.rate.reason
    assert bool(card.rate.reason) == bool(reason)


def test_above_the_cap_is_said() -> None:
    assert "超过分值，最高 10" in score(form([fund("total", "100", "120", "10")], []), HUNAN).execution.arithmetic


@pytest.mark.parametrize(
    ("policy", "points"), [("zero", Decimal(0)), ("full", Decimal(10)), ("excluded", None), ("undecided", None)]
)
def test_zero_budget(policy: str, points: Decimal | None) -> None:
    card = score(form([fund("total", "0", "0", "10")], []), under(execution__zero_budget=policy))
    assert card.execution.exact == points
    assert card.execution.decided or card.execution.reason


def test_spending_without_budget_is_never_scored() -> None:
    card = score(form([fund("total", "0", "3", "10")], []), under(execution__zero_budget="full"))
    assert not card.execution.decided


@pytest.mark.parametrize(("executed", "points"), [("95", 10), ("90", 10), ("89.99", 6), ("60", 6), ("59", 0)])
def test_execution_bands(executed: str, points: int) -> None:
    bands = [{"from": Decimal("0.9"), "share": 1}, {"from": Decimal("0.6"), "share": Decimal("0.6")}]
    profile = under(execution__method="bands", execution__bands=bands)
    card = score(form([fund("total", "100", executed, "10")], []), profile)
    assert card.execution.exact == points
    assert card.execution.method == "bands"


@pytest.mark.parametrize("blank", ["", "0"])
def test_total_row_empty_but_parts_filled(blank: str) -> None:
    rows = [
        fund("total", blank, blank, "10", "0"),
        fund("fiscal", "60", "50"),
        fund("central", "40", "40"),
        fund("carryover", "30", "22"),
        fund("other", "", ""),
    ]
    card = score(form(rows, []), HUNAN)
    assert card.rate.exact == Decimal("0.8")
    assert "按各项资金来源相加" in card.rate.arithmetic


def test_parts_without_a_fiscal_row_and_inside_nonfiscal() -> None:
    rows = [fund("total", "", "", "10"), fund("central", "40", "20"), fund("provincial", "60", "60")]
    assert score(form(rows, []), HUNAN).rate.exact == Decimal("0.8")
    rows = [
        fund("total", "", "", "10"),
        fund("fiscal", "40", "20"),
        fund("nonfiscal", "60", "60"),
        fund("unit", "60", "60"),
    ]
    assert score(form(rows, []), HUNAN).rate.exact == Decimal("0.8")


def test_no_funds_block() -> None:
    card = score(form([], [indicator("数量", "≥10个", "10个", "100", "100")]), HUNAN)
    assert "没有项目资金栏" in card.rate.reason
    assert "没有项目资金栏" in card.execution.reason
    assert card.total.exact == 100


def test_weight_of_the_execution_is_inferred() -> None:
    card = score(one(weight=Cell()), HUNAN)
    assert card.execution.exact == 8
    assert "100 − 90 = 10" in card.execution.arithmetic
    sheet = one(weight=Cell())
    sheet.indicators[0].weight = Cell(Decimal(100), "100")
    assert "通行的 10 分" in score(sheet, HUNAN).execution.arithmetic
    assert not score(sheet, load("neutral").at(2022)).execution.decided
    assert not score(sheet, load("neutral").at(2022)).total.decided
    assert "没有填写预算执行率的分值" in score(one(weight=Cell(), score=Cell()), HUNAN).execution.reason


def test_points_of_the_whole_form_on_the_funds_row() -> None:
    card = score(one(weight=Cell(Decimal(100), "100"), score=Cell(Decimal(98), "98")), HUNAN)
    assert "是总分" in card.execution.reason
    assert card.printed_sum == 90


@pytest.mark.parametrize(("stated", "points"), [("0.829", Decimal("8.29")), ("82.9", None)])
def test_rate_without_amounts(stated: str, points: Decimal | None) -> None:
    sheet = one(budget=Cell(), executed=Cell(), rate=Cell(Decimal(stated), "82.9%"))
    card = score(sheet, HUNAN)
    assert not card.rate.decided
    assert card.execution.exact == points


# ---- total and grade --------------------------------------------------------------------------------------------


def test_rounded_scores_are_summed_as_printed() -> None:
    sheet = form(
        [fund("total", "43.2", "37.24", "10", "9")],
        [indicator("数量", "≥100%", "100%", "90", "90")],
        "99",
    )
    assert score(sheet, HUNAN).total.exact == 99


def test_wrong_scores_are_replaced() -> None:
    sheet = form([fund("total", "100", "80", "10", "10")], [indicator("数量", "≥10个", "8个", "90", "90")], "100")
    assert score(sheet, HUNAN).total.exact == 80


def test_a_formula_the_row_chose_counts_as_printed() -> None:
    by_ratio = form([fund("total", "1", "1", "10", "10")], [indicator("成本", "100", "70", "90", "63")])
    neither = form([fund("total", "1", "1", "10", "10")], [indicator("成本", "100", "70", "90", "80")])
    assert score(by_ratio, HUNAN).total.exact == 73
    assert score(neither, HUNAN).total.exact == 100


def test_judged_rows_reach_from_the_print_to_the_top() -> None:
    allowed = form([], [indicator("社会", "提升", "提升", "100", "85")])
    outside = form([], [indicator("社会", "提升", "提升", "100", "60")])
    assert (score(allowed, HUNAN).total.low, score(allowed, HUNAN).total.high) == (85, 100)
    assert (score(outside, HUNAN).total.low, score(outside, HUNAN).total.high) == (80, 100)


def test_undecided_rows_are_counted_and_told() -> None:
    sheet = form(
        [fund("total", "1", "1", "10", "10")],
        [indicator("数量", "≥10个", "10个", "60", "60"), indicator("数量", "≥10个", "良好", "30", "25")],
    )
    total = score(sheet, HUNAN).total
    assert (total.low, total.high) == (70, 100)
    assert "有 1 项得分不能判定" in total.reason


def test_nothing_decided_at_all() -> None:
    total = score(form([], [indicator("数量", "≥10个", "良好", "30", "25")]), HUNAN).total
    assert not total.decided
    assert total.reason
    only_money = form([fund("total", "1", "1", "10", "10")], [])
    assert "没有读到绩效指标" in score(only_money, HUNAN).total.reason
    assert score(form([], []), HUNAN).grade_low == ""


def test_score_without_weight_stops_the_total() -> None:
    total = score(form([], [indicator("数量", "≥10个", "10个", "", "25")]), HUNAN).total
    assert "没有填分值" in total.reason


def test_spare_and_inapplicable_rows_do_not_count() -> None:
    sheet = form(
        [fund("total", "1", "1", "10", "10")],
        [
            indicator("数量", "≥10个", "10个", "90", "90"),
            indicator("生态", "不适用", "不适用", "", ""),
            indicator("生态", "不适用", "不适用", "5", ""),
            indicator("生态", "", "", "", ""),
        ],
    )
    card = score(sheet, HUNAN)
    assert card.total.exact == 100
    assert card.printed_sum is None  # five points without a score
    sheet.indicators.pop(2)
    assert score(sheet, HUNAN).printed_sum == 100


def test_no_grade_where_the_points_do_not_add_up() -> None:
    sheet = form([fund("total", "1", "1", "10", "10")], [indicator("数量", "≥10个", "10个", "80", "80")])
    card = score(sheet, HUNAN)
    assert (card.total.exact, card.grade_low, card.grade_high) == (90, "", "")
    sheet.indicators.append(indicator("数量", "≥10个", "10个", "10", "10"))
    assert score(sheet, HUNAN).grade_low == "优"


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        ("100", "优"),
        ("90", "优"),
        ("90.00", "优"),
        ("89.99", "良"),
        ("80", "良"),
        ("79.99", "中"),
        ("60", "中"),
        ("59.99", "差"),
        ("0", "差"),
        ("-1", ""),
    ],
)
def test_grade_boundaries(total: str, grade: str) -> None:
    assert grade_of(Decimal(total), HUNAN) == grade


@pytest.mark.parametrize(
    ("text", "grade"), [("良好", "良"), (" 优 ", "优"), ("优秀", "优"), ("不合格", "差"), ("甲等", "")]
)
def test_grade_words(text: str, grade: str) -> None:
    assert standard_grade(text, HUNAN) == grade


# ---- what an expected score accepts -----------------------------------------------------------------------------


def test_accepts_at_the_printed_precision() -> None:
    exact = Expected(Decimal("8.62"), Decimal("8.62"))
    assert exact.accepts(Decimal(9))
    assert exact.accepts(Decimal("8.6"))
    assert not exact.accepts(Decimal("8.5"))
    assert not exact.accepts(Decimal("9.00"))
    assert exact.accepts(Decimal("9.00"), 0)
    assert exact.accepts(Decimal("8.63"), 2, Decimal("0.01"))


def test_candidates_exclude_what_lies_between() -> None:
    either = Expected(Decimal(7), Decimal(10), candidates=(Decimal(10), Decimal(7)))
    assert either.accepts(Decimal(7))
    assert either.accepts(Decimal(10))
    assert not either.accepts(Decimal(8))


def test_open_upper_end_and_unknown() -> None:
    below = Expected(Decimal(0), Decimal(3), open_high=True)
    assert below.accepts(Decimal(2))
    assert not below.accepts(Decimal(3))
    assert Expected().accepts(Decimal(77))


MONEY = st.decimals(min_value=0, max_value=10**8, places=2)


@given(MONEY, MONEY, st.decimals(min_value=1, max_value=30, places=1))
def test_execution_score_lies_in_its_weight(budget: Decimal, executed: Decimal, weight: Decimal) -> None:
    card = score(form([fund("total", str(budget), str(executed), str(weight), "0")], []), HUNAN)
    if card.execution.exact is not None:
        assert 0 <= card.execution.exact <= weight
        assert card.rate.exact is not None


@given(MONEY.filter(bool), MONEY, MONEY)
def test_spending_more_never_scores_less(budget: Decimal, first: Decimal, second: Decimal) -> None:
    points = [
        score(form([fund("total", str(budget), str(spent), "10")], []), HUNAN).execution.exact
        for spent in sorted((first, second))
    ]
    assert points[0] is not None
    assert points[1] is not None
    assert points[0] <= points[1]


def test_scoring_changes_nothing() -> None:
    sheet = yiyang()
    before = [(path, cell.value, cell.text) for path, cell in sheet.cells()]
    score(sheet, HUNAN)
    assert [(path, cell.value, cell.text) for path, cell in sheet.cells()] == before


@pytest.mark.parametrize(
    ("value", "text"), [("1E+3", "1000"), ("1.50", "1.5"), ("0.123456", "0.1235"), ("10.0", "10"), ("-2.50", "-2.5")]
)
def test_plain_numbers(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text


def test_quantities_in_words() -> None:
    assert quantity(parse_measure("≥95%")) == "≥95%"
    assert quantity(parse_measure("3至5个")) == "3～5个"
    assert quantity(parse_measure("提升")) == ""
