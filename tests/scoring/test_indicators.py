"""Scores of single indicators: the table indicators.csv, and what must hold for any numbers."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scoring.forms import indicator
from xlsuite.core.profile import load, profile_ids
from xlsuite.core.scorecard import Expected
from xlsuite.scoring import score_indicator

with (Path(__file__).parent / "indicators.csv").open(encoding="utf-8") as table:
    ROWS = list(csv.DictReader(table))


def expected(profile: str, kind: str, target: str, actual: str, weight: str, name: str = "") -> Expected:
    return score_indicator(indicator(kind, target, actual, weight, name=name), load(profile).at(2022))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "|".join(list(row.values())[:6]))
def test_score(row: dict[str, str]) -> None:
    found = expected(row["口径"], row["指标类别"], row["年度指标值"], row["实际完成值"], row["分值"], row["三级指标"])
    low = None if found.low is None else f"{found.low.normalize():f}"
    high = None if found.high is None else f"{found.high.normalize():f}"
    assert (low or "", high or "") == (row["最低"], row["最高"]), found
    assert found.open_high == (row["不含最高"] == "是")
    assert [f"{value.normalize():f}" for value in found.candidates] == row["可得值"].split()
    assert found.method == row["方法"]
    if found.decided:
        assert found.arithmetic
        assert not found.reason
    else:
        assert found.reason.endswith("。")


def test_arithmetic_in_words() -> None:
    assert expected("hunan", "数量", "≥100人", "80人", "10").arithmetic == "80 ÷ 100 = 80%；10 × 80% = 8"
    assert expected("hubei", "质量", "≤5%", "6%", "5").arithmetic.endswith("5 ÷ 6 = 83.33%；5 × 83.33% = 4.17")
    found = expected("hunan", "成本", "141.3", "98.91", "10")
    assert found.arithmetic == "未超过成本上限，得满分；如按比例，98.91 ÷ 141.3 = 70%；10 × 70% = 7；即得 10 或 7"
    assert found.basis.endswith("（口径参数 score.cost）")


def test_a_range_of_profiles_decides_late_rows() -> None:
    late = indicator("时效", "10月底前", "11月5日", "5")
    profile = load("hunan").at(2022)
    setting = profile.settings["score.late"]
    for value, outcome in (("zero", (0, 0)), ("undecided", None)):
        profile.settings["score.late"] = type(setting)(2000, value, "测试")
        found = score_indicator(late, profile)
        assert (None if found.low is None else (found.low, found.high)) == outcome
    profile.settings["score.late"] = setting


def test_readings_a_profile_can_choose() -> None:
    profile = load("hunan").at(2022)
    kept = dict(profile.settings)

    def under(name: str, value: object, row: tuple[str, str, str]) -> tuple[Decimal | None, Decimal | None]:
        profile.settings[name] = type(kept[name])(2000, value, "测试")
        found = score_indicator(indicator(*row, "10"), profile)
        profile.settings[name] = kept[name]
        return found.low, found.high

    assert under("score.cost", "ceiling", ("成本", "100", "80")) == (10, 10)
    assert under("score.cost", "ratio", ("成本", "100", "80")) == (8, 8)
    assert under("score.equal", "met", ("数量", "=10个", "12个")) == (10, 10)
    assert under("score.equal", "exact", ("数量", "=10个", "12个")) == (0, 10)
    assert under("score.reverse", "deviation", ("质量", "≤10个", "12个")) == (8, 8)
    assert under("score.reverse", "deviation", ("质量", "≤10个", "25个")) == (0, 0)


def test_missing_year_of_a_date() -> None:
    row = indicator("时效", "2022年10月底前", "10月5日", "5")
    assert not score_indicator(row, load("hunan").at(None)).decided
    both_open = indicator("时效", "10月底前", "10月5日", "5")
    assert score_indicator(both_open, load("hunan").at(None)).exact == 5


POINTS = st.decimals(min_value="0.5", max_value=60, places=1)
AMOUNTS = st.decimals(min_value=0, max_value=10**6, places=2)
KINDS = st.sampled_from(["数量", "质量", "时效", "成本", "经济", "社会", "满意度"])
SIGNS = st.sampled_from(["", "≥", "≤", ">", "<", "="])
NAMES = st.sampled_from(["培训人数", "故障率", "辍学率", "成本节约率", "费用", ""])
PROFILES = st.sampled_from(profile_ids())


@given(PROFILES, KINDS, NAMES, SIGNS, SIGNS, AMOUNTS, AMOUNTS, POINTS)
def test_score_lies_between_zero_and_weight(
    profile: str, kind: str, name: str, sign: str, said: str, target: Decimal, actual: Decimal, weight: Decimal
) -> None:
    found = expected(profile, kind, f"{sign}{target}", f"{said}{actual}", str(weight), name)
    if found.low is None or found.high is None:
        assert found.reason
        return
    assert 0 <= found.low <= found.high <= weight
    assert all(found.low <= value <= found.high for value in found.candidates)


@given(PROFILES, KINDS.filter(lambda kind: kind != "成本"), AMOUNTS, AMOUNTS, AMOUNTS, POINTS)
def test_more_never_scores_less(
    profile: str, kind: str, target: Decimal, first: Decimal, second: Decimal, weight: Decimal
) -> None:
    small, large = sorted((first, second))
    low = expected(profile, kind, f"≥{target}", str(small), str(weight))
    high = expected(profile, kind, f"≥{target}", str(large), str(weight))
    if low.high is not None and high.high is not None and profile != "capped-2022":
        assert low.high <= high.high


@given(PROFILES, AMOUNTS, AMOUNTS, AMOUNTS, POINTS)
def test_less_never_scores_less_where_less_is_better(
    profile: str, target: Decimal, first: Decimal, second: Decimal, weight: Decimal
) -> None:
    small, large = sorted((first, second))
    low = expected(profile, "质量", f"≤{target}", str(small), str(weight))
    high = expected(profile, "质量", f"≤{target}", str(large), str(weight))
    if low.high is not None and high.high is not None:
        assert low.high >= high.high


@given(PROFILES, KINDS, SIGNS, AMOUNTS, POINTS)
def test_hitting_the_target_is_full(profile: str, kind: str, sign: str, target: Decimal, weight: Decimal) -> None:
    found = expected(profile, kind, f"{sign}{target}", f"{target} ", str(weight))
    assert found.high == weight
    if profile != "national-2021":
        assert found.exact == weight


@given(PROFILES, st.text(max_size=12), st.text(max_size=12), POINTS)
def test_no_text_breaks_scoring(profile: str, target: str, actual: str, weight: Decimal) -> None:
    found = expected(profile, "数量", target, actual, str(weight))
    assert found.decided != bool(found.reason)
