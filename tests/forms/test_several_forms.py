"""Which sheets and parts of sheets are forms: several of them, hidden ones, and things that only look like one."""

from __future__ import annotations

import pytest

from tests.forms.drawn import draw, indicators, info, look, read, told
from xlsuite.forms.grid import Book, Grid
from xlsuite.forms.read import read_forms

FORM = """
项目支出绩效自评表（2022年度）
项目名称|{name}
主管部门|某局||实施单位|某站
项目资金（万元）|全年预算数|全年执行数|分值|执行率|得分
年度资金总额|10|9|10|90%|9
一级指标|二级指标|三级指标|指标值|完成值|分值|得分
产出指标|数量指标|{name}数量|5|5|90|90
总分|||||100|99
"""
UNTITLED = "\n".join(FORM.strip().split("\n")[1:])


def beside(left: str, right: str) -> str:
    """Two drawings side by side, an empty column between them."""
    lines = zip(left.strip().split("\n"), right.strip().split("\n"), strict=True)
    return "\n".join(f"{one}{'|' * (8 - one.count('|'))}{other}" for one, other in lines)


@pytest.mark.parametrize(("second", "last"), [(FORM, 18), (UNTITLED, 17)], ids=["with title", "without title"])
def test_forms_below_each_other(second: str, last: int) -> None:
    found = look(draw(FORM.format(name="甲") + "附件2\n" + second.format(name="乙").strip() + "\n注：其他说明"))
    assert [info(form)["project_name"] for form in found.forms] == ["甲", "乙"]
    assert [form.range for form in found.forms] == ["A1:G9", f"A10:G{last}"]
    assert [form.total.score.ref and form.total.score.ref.a1 for form in found.forms] == ["G8", f"G{last - 1}"]


def test_forms_beside_each_other() -> None:
    found = look(beside(FORM.format(name="甲"), FORM.format(name="乙")))
    assert [info(form)["project_name"] for form in found.forms] == ["甲", "乙"]
    assert [indicators(form, "level3", "score") for form in found.forms] == [["甲数量 90"], ["乙数量 90"]]
    assert [form.range for form in found.forms] == ["A1:G8", "I1:O8"]


def test_forms_on_several_sheets_and_a_hidden_one() -> None:
    sheets = [draw(FORM.format(name=name), name) for name in ("甲", "乙", "丙")]
    sheets[1].hidden = True
    assert [form.sheet for form in read_forms(Book("b", sheets))] == ["甲", "丙"]


def test_empty_and_hidden_books_hold_no_form() -> None:
    hidden = draw(FORM.format(name="甲"))
    hidden.hidden = True
    for sheets in ([], [Grid("空")], [hidden], [draw("说明|只有几个字")]):
        found = look(*sheets)
        assert not found.forms
        assert not found.remarks


NOT_FORMS = {
    "declaration of goals": """
项目支出绩效目标申报表
（2024年度）
项目名称|甲
主管部门|某局|实施单位|某站
项目资金（万元）|年度资金总额|100
年度目标|完成任务
一级指标|二级指标|三级指标|指标值|分值
产出指标|数量指标|数量|5个|50
效益指标|社会效益指标|作用|明显|40
""",
    "list of projects": """
2022年度项目支出绩效自评情况汇总表
序号|项目名称|主管部门|年初预算数|全年预算数|全年执行数|执行率|自评得分|自评等级
1|甲|某局|10|10|9|90%|95|优
2|乙|某局|20|20|18|90%|88|良
合计|||30|30|27|90%||
""",
    "list of indicators": """
项目绩效自评汇总
项目名称|一级指标|二级指标|三级指标|指标值|完成值|分值|得分
甲|产出指标|数量指标|数量|5|5|50|50
乙|产出指标|数量指标|数量|6|6|50|50
""",
    "log of payments": """
资金明细
序号|付款事项|合同金额（万元）|已支付（万元）|支付日期
1|设备采购|100|50|2022-05-01
2|设备采购|100|50|2022-09-01
""",
    "instructions": """
填表说明
一、本表由项目单位填写，项目名称与预算批复一致。
二、年初预算数、全年预算数、全年执行数以万元为单位，执行率=全年执行数/全年预算数。
三、一级指标、二级指标、三级指标与绩效目标表一致，分值合计100分，得分不得超过分值。
""",
    "budget": """
2022年部门预算表
单位：万元
项目|年初预算数|调整后预算数|备注
基本支出|100|110|
项目支出|50|60|
合计|150|170|
""",
    "monitoring": """
项目支出绩效运行监控表
项目名称|甲
项目资金（万元）|年初预算数|1-7月执行数|1-7月执行率|全年预计执行数
年度资金总额|10|5|50%|10
一级指标|二级指标|三级指标|年度指标值|1-7月执行情况|全年预计完成情况
产出指标|数量指标|数量|5|3|5
""",
}


@pytest.mark.parametrize("name", NOT_FORMS)
def test_what_only_looks_like_a_form(name: str) -> None:
    found = look(NOT_FORMS[name])
    assert not found.forms
    beside_a_form = look(draw(NOT_FORMS[name], "另一张"), draw(FORM.format(name="甲")))
    assert [form.sheet for form in beside_a_form.forms] == ["自评表"]


def test_a_declaration_of_goals_is_named() -> None:
    found = look(NOT_FORMS["declaration of goals"])
    assert len(found.remarks) == 1
    assert "绩效目标申报" in found.remarks[0].message
    assert found.remarks[0].ref is not None


def test_a_form_without_indicators_is_read_and_told() -> None:
    form = read(
        """
项目支出绩效自评表
项目名称|甲
项目资金（万元）|全年预算数|全年执行数|分值|执行率|得分
年度资金总额|10|9|10|90%|9
总分||||100|9
"""
    )
    assert "没有找到绩效指标的表头" in told(form)


def test_a_form_without_a_title_is_recognised_by_its_blocks() -> None:
    form = read(UNTITLED.format(name="甲"))
    assert not form.title.present
    assert form.year.value is None
    titled = read("2023年城市管理绩效情况\n" + UNTITLED.format(name="甲"))
    assert (titled.title.value, titled.year.value) == ("2023年城市管理绩效情况", 2023)


def test_the_sheet_may_tell_the_year() -> None:
    form = read(draw(UNTITLED.format(name="甲"), name="2021年自评"))
    assert (form.year.value, form.year.ref) == (2021, None)
