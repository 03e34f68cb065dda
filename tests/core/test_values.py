"""Reading targets and actual values: the table values.csv, and what must hold for any text."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlsuite.core.values import (
    BLANK,
    Day,
    Measure,
    comparable,
    in_unit_of,
    is_placeholder,
    outcome,
    parse_decimal,
    parse_measure,
    parse_when,
    said,
    squeeze,
    to_yuan,
)

with (Path(__file__).parent / "values.csv").open(encoding="utf-8") as table:
    ROWS = list(csv.DictReader(table))


def written(day: Day | None) -> str:
    return "" if day is None else "-".join("?" if part is None else f"{part:02d}" for part in day)


def decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "|".join([row["原文"], row["指标性质栏"], row["度量单位栏"]]))
def test_value(row: dict[str, str]) -> None:
    text = row["原文"].replace("\\n", "\n").replace("\\t", "\t")
    found = parse_measure(text, row["指标性质栏"], row["度量单位栏"])
    assert found.kind == row["类别"]
    assert found.operator == row["符号"]
    assert found.number == decimal(row["数值"])
    assert found.upper == decimal(row["上限"])
    assert found.unit == row["单位"]
    assert written(found.day) == row["日期"]
    assert ("是" if found.strict else "否") == row["确定"]
    if found.kind not in ("word", "na"):
        assert found.word == row["其余文字"]


def test_table_covers_every_kind() -> None:
    assert {row["类别"] for row in ROWS} == {"blank", "na", "number", "range", "date", "word"}
    assert len(ROWS) > 400


def test_words_keep_their_text() -> None:
    assert parse_measure("　有效 提升").word == "有效提升"
    assert parse_measure("不适用").kind == "na"
    assert parse_measure("") is BLANK


@pytest.mark.parametrize("text", ["", "—", "——", "……", "...", "/", "／", "*", "空", "（空）", "_", "━━", "　"])
def test_placeholder(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize("text", ["无", "0", "-5", "—5", "空调", "X", "不适用"])
def test_no_placeholder(text: str) -> None:
    assert not is_placeholder(text)


NUMBERS = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False)
SIGNS = st.sampled_from(["", "≥", "≤", ">", "<", "="])
UNITS = st.sampled_from(["", "%", "个", "万元", "元", "家", "人次", "天", "公里", "万人次", "个工作日", "元/人"])
WIDE = str.maketrans("0123456789.%,", "０１２３４５６７８９．％，")


@given(NUMBERS, SIGNS, UNITS)
def test_printed_number_is_read_back(number: Decimal, sign: str, unit: str) -> None:
    found = parse_measure(f"{sign}{number}{unit}")
    if not unit and Decimal(1900) <= number < Decimal(2100):
        assert found.number == number  # 2022.10 may be a month: then it is no proof
        return
    assert found == Measure("number", sign, number, unit=unit)


@given(NUMBERS, SIGNS, UNITS)
def test_width_blanks_and_separators_do_not_matter(number: Decimal, sign: str, unit: str) -> None:
    plain = parse_measure(f"{sign}{number}{unit}")
    assert parse_measure(f" {sign} {number:,} {unit}　") == plain
    assert parse_measure(f"{sign}{number}{unit}".translate(WIDE)) == plain


@given(st.integers(1, 10**6), st.integers(1, 10**6), UNITS.filter(bool))
def test_range_is_read_back(low: int, more: int, unit: str) -> None:
    assert parse_measure(f"{low}～{low + more}{unit}") == Measure("range", "", Decimal(low), Decimal(low + more), unit)


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2099, 12, 31)))
def test_dates_are_read_back(day: date) -> None:
    year, month, number = day.year, day.month, day.day
    wanted = Day(year, month, number)
    for text in (f"{year}年{month}月{number}日", f"{year}-{month:02d}-{number:02d}", f"{year}.{month}.{number}"):
        assert parse_measure(text) == Measure("date", "", day=wanted)
    assert parse_measure(f"不晚于{year}年{month}月{number}日") == Measure("date", "≤", day=wanted)
    assert parse_measure(f"{month}月{number}日前") == Measure("date", "≤", day=Day(None, month, number))


@given(st.text(max_size=80), st.text(max_size=6), st.text(max_size=6))
def test_no_text_crashes(text: str, nature: str, unit: str) -> None:
    found = parse_measure(text, nature, unit)
    assert found.kind in ("blank", "na", "number", "range", "date", "word")
    assert (found.number is not None) == (found.kind in ("number", "range"))
    assert (found.upper is not None) == (found.kind == "range")
    assert (found.day is not None) == (found.kind == "date")
    outcome(text)
    parse_decimal(text)


PIECES = st.sampled_from(
    list("0123456789.,%％‰-—~至到≥≤><=年月日前后底（）()的不未已完成第约余个万元亿人次百分之点十二三及以上下内、/ \n")
)


@given(st.lists(PIECES, max_size=16).map("".join))
def test_no_mixture_crashes_and_no_digit_is_invented(text: str) -> None:
    found = parse_measure(text)
    if found.kind == "number" and found.strict:
        assert found.number is not None
        shown = f"{abs(found.number):f}"
        numerals = set("零〇一二两三四五六七八九十百千万") & set(text)
        assert numerals or shown.strip("0.") in squeeze(text).replace(",", "")
    if found.kind == "range":
        assert found.number is not None
        assert found.upper is not None
        assert found.number < found.upper


@pytest.mark.parametrize(
    ("actual", "target", "expected"),
    [
        ("98.91万元", "141.3万元", "98.91"),
        ("989100元", "141.3万元", "98.91"),
        ("0.0098亿元", "141.3万元", "98"),
        ("0.95", "95%", "95"),
        ("1", "95%", "100"),
        ("95", "95%", "95"),
        ("95%", "0.95", "0.95"),
        ("95%", "95", "95"),
        ("0.3", "5%", None),
        ("5‰", "1%", "0.5"),
        ("2公里", "2000米", "2000"),
        ("1公里", "1里", None),
        ("48小时", "3天", "2"),
        ("12个月", "1年", "1"),
        ("30天", "1个月", None),
        ("5个工作日", "7天", None),
        ("10个", "10件", None),
        ("10", "10件", "10"),
        ("10件", "10", "10"),
        ("5万人次", "40000人次", "50000"),
        ("5万", "40000", "50000"),
        ("1413000", "141.3万元", None),
        ("3个百分点", "3%", None),
        ("20名", "15人", "20"),
        ("3场次", "2场(次)", None),
        ("600元/人", "500元/人", "600"),
        ("0.06万元/人", "500元/人", "600.00"),
        ("600元/人", "500元/户", None),
        ("完成", "10件", None),
    ],
)
def test_one_unit(actual: str, target: str, expected: str | None) -> None:
    found = in_unit_of(parse_measure(actual), parse_measure(target))
    assert (None if found is None else found.number) == (None if expected is None else Decimal(expected))
    assert comparable(parse_measure(target), parse_measure(actual)) == (expected is not None)


def test_range_is_converted_as_a_whole() -> None:
    found = in_unit_of(parse_measure("1-2公里"), parse_measure("1500米"))
    assert found is not None
    assert (found.number, found.upper, found.unit) == (Decimal(1000), Decimal(2000), "米")


def test_comparable_kinds() -> None:
    day, word = parse_measure("12月底前"), parse_measure("提升")
    assert comparable(day, day)
    assert comparable(word, word)
    assert not comparable(day, word)
    assert not comparable(BLANK, BLANK)


@pytest.mark.parametrize(
    ("text", "unit", "yuan"),
    [
        ("141.3万元", "", "1413000"),
        ("141.3", "万元", "1413000"),
        ("1.2亿", "", "120000000"),
        ("30万", "", "300000"),
        ("30,000元", "万元", "30000"),
        ("30", "", None),
        ("30个", "万元", None),
        ("无", "万元", None),
    ],
)
def test_amount_in_yuan(text: str, unit: str, yuan: str | None) -> None:
    assert to_yuan(parse_measure(text), unit) == (None if yuan is None else Decimal(yuan))


OUTCOMES = {
    "done": "完成 已完成 全部完成 按时完成 已完成开发工作 达成 达成预期指标 达标 达到预期目标 落实到位 通过验收 "
    "均已完成 是 √ 超额完成 完成情况良好",
    "partly": "部分完成 部分达成年度指标并具有一定效果 基本完成 大部分完成 未全部完成 未完全达成",
    "undone": "未完成 尚未完成 未完成验收 未达成 未达标 不达标 未开展 没有开展 无法完成 未启动 否 × 没有完成 未能实施",
    "": "已启动 正在推进 进行中 完成中 已完成80% 已完成，未验收 未发生 未出现重大事故 有效提升 上升 延期完成 "
    "未按时完成 无 资金未到位",
}


@pytest.mark.parametrize(("word", "wanted"), [(word, key) for key, words in OUTCOMES.items() for word in words.split()])
def test_outcome(word: str, wanted: str) -> None:
    assert outcome(word) == wanted


def test_what_was_done() -> None:
    assert said("完成招标").of == "招标"
    assert said("已完成年度各项工作任务").of == ""
    assert said("未完成系统验收") == ("undone", "系统验收")
    assert said("很" * 50).outcome == ""


@pytest.mark.parametrize(
    ("text", "operator", "day", "sure"),
    [
        ("验收时间：2022年10月31日", "", Day(2022, 10, 31), True),
        ("完成时间不晚于10月31日", "≤", Day(None, 10, 31), True),
        ("10月31日", "", Day(None, 10, 31), True),
        ("项目一期10月31日", "", Day(None, 10, 31), False),
        ("10月31日召开会议", "", Day(None, 10, 31), False),
        ("不晚于10月31日后", "", Day(None, 10, 31), False),
    ],
)
def test_dates_among_words(text: str, operator: str, day: Day, sure: bool) -> None:
    assert parse_when(text) == (operator, day, sure)


@pytest.mark.parametrize(
    "text",
    [
        "预计10月31日完成",
        "未于10月31日完成",
        "10月31日未完成",
        "1月3日、2月3日",
        "1月3日、2月3日、3月3日",
        "13月5日",
        "2023年2月29日",
        "无日期",
    ],
)
def test_no_plain_date(text: str) -> None:
    assert parse_when(text) is None
