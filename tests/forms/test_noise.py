"""What people and exports add around a form: serial numbers, remarks beside the table, lost order, rows of junk."""

from __future__ import annotations

import random

import pytest

from tests.forms.drawn import draw, funds, indicators, info, look, read, told
from tests.forms.test_families import FAMILIES
from tests.forms.test_invariance import facts
from xlsuite.forms.grid import Area, Grid, GridCell

FORM = """
项目支出绩效自评表（2022年度）
项目名称|甲||主管部门|乙局
项目资金（万元）|全年预算数|全年执行数|执行率|得分
年度资金总额|10|9|90%|9
一级指标|三级指标|指标值|完成值|得分
产出指标|数量|5|5|50
效益指标|作用|好|好|40
总分||||99
"""


def test_a_column_of_serial_numbers_says_nothing() -> None:
    lines = FORM.strip().split("\n")
    numbered = [f"序号|{lines[0]}", *(f"{number}|{line}" for number, line in enumerate(lines[1:], 1))]
    assert facts(read("\n".join(numbered))) == facts(read(FORM))


def test_numbers_that_do_not_count_up_are_data() -> None:
    grid = draw(FORM)
    for row in range(1, 8):
        grid.cells[row, 9] = GridCell(None, "", "ROW()")
    assert facts(read(grid)) == facts(read(FORM))
    odd = "\n".join(f"{7 - number}|{line}" for number, line in enumerate(FORM.strip().split("\n")))
    assert "产出指标" in indicators(read(odd), "level1")[0]


@pytest.mark.parametrize("name", ["national-merged", "hubei-twenty-points", "department-with-tasks"])
def test_the_order_in_which_cells_are_stored_does_not_matter(name: str) -> None:
    grid = draw(FAMILIES[name]["grid"])
    places = list(grid.cells)
    random.Random(5).shuffle(places)
    assert facts(read(Grid(grid.name, {place: grid.cells[place] for place in places}, grid.merges))) == facts(
        read(grid)
    )


def test_remarks_beside_the_table_are_told_and_left_out() -> None:
    grid = draw(FORM)
    grid.cells[6, 9] = GridCell("请核实", "请核实")
    grid.cells[9, 9] = GridCell("复印件", "复印件")
    form = read(grid)
    assert indicators(form) == indicators(read(FORM))
    grid = draw(FORM.replace("效益指标|作用|好|好|40", "||||||待核\n效益指标|作用|好|好|40"))
    form = read(grid)
    assert len(form.indicators) == 2
    assert "第 7 行的“待核”在指标表右侧，没有读取。" in told(form)


def test_a_strange_row_inside_the_table_only_divides_it() -> None:
    form = read(FORM.replace("效益指标|作用", "本页由财务科复核\n效益指标|作用"))
    assert indicators(form, "level1", "level3") == ["产出指标 数量", "效益指标 作用"]


def test_texts_far_to_the_right_and_merges_over_everything() -> None:
    grid = draw(FORM)
    grid.merges.append(Area(3, 5, 3, 16384))
    grid.merges.append(Area(20, 1, 1048576, 16384))
    grid.cells[40, 16384] = GridCell("远处", "远处")
    assert funds(read(grid)) == ["total - 10 9 - 0.9 9"]


def test_a_sheet_full_of_prose_is_not_repeated_line_by_line() -> None:
    form = read(FORM + "\n".join(f"说明{number}|文字" for number in range(60)))
    assert len(form.remarks) <= 25
    assert info(form) == {"project_name": "甲", "department": "乙局"}


def test_long_texts_are_entries_like_others() -> None:
    long = "为民办实事。" * 400
    form = read(
        f"项目支出绩效自评表\n项目名称|甲\n项目概况：{long}\n注：{long}\n一级指标|三级指标|指标值|完成值|得分\n产出指标|数量|5|5|9"
    )
    assert form.info["overview"].value == long


def test_a_second_header_may_have_other_columns() -> None:
    form = read(
        FORM.replace("效益指标|作用|好|好|40", "续表\n一级指标|三级指标|指标值|得分|完成值\n效益指标|作用|好|40|良好")
    )
    assert indicators(form, "level3", "actual", "score") == ["数量 5 50", "作用 良好 40"]


def test_two_tables_of_indicators_make_one_form() -> None:
    second = "年度目标|目标二\n一级指标（20分）|三级指标|指标值|完成值|得分\n产出指标（20分）|次数|2|2|20\n"
    form = read(FORM.replace("总分||||99", second + "总分||||99"))
    assert indicators(form, "level3", "score") == ["数量 50", "作用 40", "次数 20"]
    assert [(group.weight.value, group.start, group.stop) for group in form.groups] == [(20, 2, 3)]
    assert form.total.score.value == 99


def test_columns_of_the_same_title_are_kept_apart() -> None:
    form = read(
        "项目支出绩效自评表\n项目名称|甲\n一级指标|三级指标|附注|指标值|完成值|附注|得分\n产出指标|数量|子|5|5|丑|9"
    )
    assert {key: cell.text for key, cell in form.indicators[0].extra.items()} == {"附注": "子", "附注(F)": "丑"}


def test_rejected_sheets_are_told_only_where_no_form_is() -> None:
    assert look(FORM + "\n\n2023年度项目支出绩效自评表\n说明|略").remarks == []
    assert "缺少完成值、得分" in look("2023年度项目支出绩效自评表\n项目名称|甲\n说明|略").remarks[0].message
