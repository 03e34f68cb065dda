"""Hidden rows and columns: what nobody sees is no data, unless the form only adds up with it; and it is told."""

from __future__ import annotations

from tests.forms.drawn import draw, funds, indicators, info, read, told
from xlsuite.forms.grid import Grid

TABLE = """
项目支出绩效自评表
项目名称|甲
主管部门|乙局
项目资金（万元）|年初预算数|全年预算数|全年执行数|分值|执行率|得分
年度资金总额|10|10|9|10|90%|9
其中：当年财政拨款|10|10|9|||
一级指标|二级指标|三级指标|指标值|完成值|分值|得分
产出指标|数量指标|第一|5|5|{first}|{first}
|质量指标|第二|5|5|{second}|{second}
效益指标|社会效益指标|第三|5|5|40|40
总分|||||100|99
"""


def hidden(rows: tuple[int, ...] = (), columns: tuple[int, ...] = (), first: int = 50, second: int = 10) -> Grid:
    grid = draw(TABLE.format(first=first, second=second))
    grid.hidden_rows, grid.hidden_columns = frozenset(rows), frozenset(columns)
    return grid


def test_hidden_rows_of_head_and_funds_are_left_out_and_told() -> None:
    form = read(hidden((3, 6)))
    assert info(form) == {"project_name": "甲"}
    assert [line.split()[0] for line in funds(form)] == ["total"]
    assert "第 3 行已隐藏，未读取" in told(form)
    assert "资金表第 6 行已隐藏，未读取" in told(form)


def test_a_hidden_indicator_is_left_out() -> None:
    form = read(hidden((9,), second=30))
    assert indicators(form, "level1", "level2", "level3") == ["产出指标 数量指标 第一", "效益指标 社会效益指标 第三"]
    assert "指标表第 9 行已隐藏，未作为指标读取" in told(form)


def test_a_hidden_indicator_counts_when_the_total_needs_it() -> None:
    without = read(hidden((9,), first=50, second=10))
    assert len(without.indicators) == 2
    whole = read(hidden((9,), first=40, second=10))
    assert indicators(whole, "level1", "level2", "level3", "weight")[1] == "产出指标 质量指标 第二 10"
    assert "表内总分包含这些行，已按指标读取" in told(whole)


def test_labels_of_hidden_rows_still_hold() -> None:
    form = read(hidden((8,), first=20, second=50))
    assert indicators(form, "level1", "level3") == ["产出指标 第二", "效益指标 第三"]


def test_a_hidden_column_without_a_rival_is_read_and_told() -> None:
    form = read(hidden(columns=(4,)))
    assert form.indicators[0].target.text == "5"
    assert "“指标值”所在的列已隐藏，仍按表内数据读取" in told(form)


def test_a_visible_column_is_preferred_to_a_hidden_one() -> None:
    grid = draw(
        "项目支出绩效自评表\n项目名称|甲\n一级指标|三级指标|指标值|完成值|得分|得分|辅助列\n产出指标|数量|5|5|1|99|K1\n效益指标|作用|5|5|2|1|K2"
    )
    grid.hidden_columns = frozenset({5, 7})
    form = read(grid)
    assert indicators(form, "score") == ["99", "1"]
    assert "辅助" not in told(form)
