"""The published table of 益阳 2022, cell for cell: broken labels, full-width blanks, spare rows, points as text."""

from __future__ import annotations

import os
import re
from decimal import Decimal
from pathlib import Path

import pytest

from tests.forms.drawn import funds, indicators, info, read, rows, told
from xlsuite.core.form import Form

TABLE = """
·2022年度项目支出绩效自评表|<|<|<|<|<|<|<|<
项目名称|<|益阳市土地储备全生命周期系统建设项目◦|<|<|<|<|<|<
主管部门|<|◦益阳市自然资源和规划局|<|<|实施单位|◦益阳市土地储备发展中心|<|<
项目资金\\n（万元）|◦|年初\\n\\n预算数|全年\\n\\n预算数|全年\\n\\n执行数|分值|执行率|得分|<
^|年度资金总额◦|185.17|185.17|142.78|10分|77.11%|◦9|<
^|其中：当年财政拨款◦|185.17|185.17|142.78|||◦|<
^|上年结转资金◦|◦|◦|◦|◦|◦|◦|<
^|其他资金|◦|◦|◦|◦|◦|◦|<
年度总体目标|预期目标|<|<|<|实际完成情况◦|<|<|<
^|2022年年度完成开发及验收◦◦|<|<|<|完成开发，试运行|<|<|<
绩\\n\\n效\\n\\n指\\n\\n标|一级指标|二级指标|三级指标|年度\\n\\n指标值|实际\\n\\n完成值|分值|得分|偏差原因\\n\\n分析及\\n\\n改进措施
^|产出指标\\n\\n(50分)|数量指标|工作台模块|完成开发工作|已完成|1|1|◦
^|^|^|智能决策模块|完成开发工作|已完成|1|1|◦
^|^|^|挂图作战模块|完成开发工作|已完成|1|1|
^|^|^|计划实施模块|完成开发工作|已完成|1|1|
^|^|^|资金管理模块|完成开发工作|已完成|1|1|
^|^|^|公文合同模块|完成开发工作|已完成|1|1|
^|^|^|业务互享模块|完成开发工作|已完成|1|1|
^|^|^|档案数据模块|完成开发工作|已完成|1|1|
^|^|^|国产化环境搭建|完成搭建工作|已完成|1|1|
^|^|^|国产化软件部署|完成部署工作|已完成|1|1|
^|^|质量指标|功能问题率|≤5|≥90|5|4|◦
^|^|^|功能可用性|≥95|≥95◦|5|5|◦
^|^|时效指标|完成系统开发工作|不晚于10月31日|10月15日完成开发工作|5|5|◦
^|^|^|完成系统验收|不晚于12月31日|未完成|5|4|◦
^|^|成本指标|软件开发费用|141.3|98.91|10|8|◦
^|^|^|国产化环境搭建费用|43.87|43.87|10|10|◦
^|效益指标\\n\\n（40分）\\n\\n◦|经济效\\n\\n益指标|提高土地储备资金使用率|上升|上升|5|5|◦
^|^|^|降低人力成本|下降|下降|5|5|◦
^|^|社会效\\n\\n益指标|提高信息化建设治理能力|加强|加强|5|5|◦
^|^|^|强化市级监管力度|加强◦|加强|5|5|◦
^|^|生态效\\n\\n益指标|不适用|不适用|不适用|||◦
^|^|^||◦|◦|||◦
^|^|可持续影响指标|提升政府科学决策能力|上升|◦上升|10|8|◦
^|^|^||◦|◦|||◦
^|^|服务对象满意度指标|服务对象满意度|100%|95%|10|9|◦
^|^|^|……|◦|◦|||◦
总分|<|<|<|<|<|100分|◦92|<
"""


@pytest.fixture(scope="module")
def form() -> Form:
    return read(TABLE)


def test_head_and_funds(form: Form) -> None:
    assert (form.title.value, form.year.value, form.kind) == ("2022年度项目支出绩效自评表", 2022, "project")
    assert (form.amount_unit, form.amount_unit_stated) == ("万元", True)
    assert info(form) == {
        "project_name": "益阳市土地储备全生命周期系统建设项目",
        "department": "益阳市自然资源和规划局",
        "unit": "益阳市土地储备发展中心",
    }
    assert funds(form) == [
        "total 185.17 185.17 142.78 10 0.7711 9",
        "fiscal 185.17 185.17 142.78 _ _ _",
        "carryover _ _ _ _ _ _",
        "other _ _ _ _ _ _",
    ]
    assert rows(form.goals, "expected", "actual") == ["2022年年度完成开发及验收 完成开发,试运行"]


def test_every_indicator(form: Form) -> None:
    lines = indicators(form, "level3", "target", "actual", "weight", "score")
    assert len(lines) == 23
    assert lines[0] == "工作台模块 完成开发工作 已完成 1 1"
    assert lines[9:16] == [
        "国产化软件部署 完成部署工作 已完成 1 1",
        "功能问题率 ≤5 ≥90 5 4",
        "功能可用性 ≥95 ≥95 5 5",
        "完成系统开发工作 不晚于10月31日 10月15日完成开发工作 5 5",
        "完成系统验收 不晚于12月31日 未完成 5 4",
        "软件开发费用 141.3 98.91 10 8",
        "国产化环境搭建费用 43.87 43.87 10 10",
    ]
    assert lines[20:] == [
        "不适用 不适用 不适用 _ _",
        "提升政府科学决策能力 上升 上升 10 8",
        "服务对象满意度 100% 95% 10 9",
    ]


def test_places_are_those_of_the_table(form: Form) -> None:
    assert [one.level3.ref and one.level3.ref.row for one in form.indicators] == [*range(12, 33), 34, 36]
    assert {one.level1.ref and one.level1.ref.a1 for one in form.indicators} == {"B12", "B28"}
    assert {one.level2.ref and one.level2.ref.a1 for one in form.indicators} == {
        "C12", "C22", "C24", "C26", "C28", "C30", "C32", "C34", "C36",
    }  # fmt: skip
    assert form.total.score.ref is not None
    assert (form.total.score.ref.a1, form.total.score.text) == ("H38", "　92")


def test_kinds_and_printed_points(form: Form) -> None:
    kinds = [f"{one.dimension}.{one.aspect}" for one in form.indicators]
    assert kinds[:10] == ["output.quantity"] * 10
    assert kinds[10:16] == ["output.quality"] * 2 + ["output.time"] * 2 + ["output.cost"] * 2
    assert kinds[16:] == [
        *["benefit.economic"] * 2,
        *["benefit.social"] * 2,
        "benefit.ecological",
        "benefit.sustained",
        "benefit.satisfaction",
    ]
    assert [(one.level, one.weight.value, one.start, one.stop) for one in form.groups] == [
        (1, Decimal(50), 0, 16),
        (1, Decimal(40), 16, 23),
    ]
    assert (form.total.weight.value, form.total.score.value) == (Decimal(100), Decimal(92))


def test_nothing_but_the_dotted_row_is_told(form: Form) -> None:
    assert told(form) == "指标表第 37 行只有占位文字，没有填写内容，未作为指标读取。"


def test_transcription_has_the_figures_of_the_publication() -> None:
    folder = os.environ.get("XLSUITE_SEEDS")
    if not folder:
        if os.environ.get("CI") == "true":
            pytest.fail("XLSUITE_SEEDS is not set")
        pytest.skip("needs the published reports (XLSUITE_SEEDS)")
    text = next(Path(folder).glob("yiyang*.txt")).read_text("utf-8")
    published = text[text.rindex("项目支出绩效自评表") :]
    assert re.findall(r"\d+(?:\.\d+)?", published) == re.findall(r"\d+(?:\.\d+)?", TABLE[TABLE.index("项目支出") :])
