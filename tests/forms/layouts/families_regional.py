"""Families with a region's own columns, head and foot."""

from __future__ import annotations

from .compose import Wish
from .content import Content
from .draft import Draft
from .family import Task, family
from .schemes import COST, TWENTY
from .shapes import NATIONAL_FUNDS, Funds, Goals, Table, columns
from .sheet import Sheet

YUNNAN_TABLE = columns(
    "level1=一级指标@绩效指标 level2=二级指标@绩效指标 level3=三级指标@绩效指标 "
    "nature=指标性质@年度指标值 target=指标值@年度指标值 "
    "unit=度量单位@年度指标值 actual=实际完成值 weight=分值 score=得分 reason=偏差原因分析及改进措施"
)


def names(draft: Draft, department: str = "主管部门", unit: str = "实施单位") -> None:
    """Project name, then the two bureaus side by side."""
    content, wide = draft.content, draft.columns
    draft.pairs(("项目名称", 1, content.project, wide - 1, "info.project_name"))
    left = wide // 2 - 1
    draft.pairs(
        (department, 1, content.department, left, "info.department"),
        (unit, 1, content.unit, wide - left - 2, "info.unit"),
    )


@family(
    "yunnan-two-rows", "published: 丽江 2020, heading of two rows, ﹦ as a sign; grade behind the total from knowledge"
)
def yunnan(task: Task) -> list[Sheet]:
    sheet = task.sheet("GK15-1 项目支出绩效自评表")
    task.hand.rate = task.rng.choice(("format2", "format0", "text2"))
    draft = task.draft(sheet, 10)
    draft.banner(task.rng.choice(("公开13表", "GK15-1表")), "note")
    draft.title(together=True, year="{year}年度")
    names(draft)
    draft.funds(Funds(NATIONAL_FUNDS, caption="项目资金\n（{unit}）", rates_on_all=True, label_span=3))
    draft.goals(Goals("年度\n总体\n目标"))
    draft.table(Table(YUNNAN_TABLE, caption="", two_rows="yes"))
    draft.boxes(("其他需要说明的事项", task.rng.choice(("无", "无其他需要说明的事项"))), caption_span=2)
    draft.total("总分", 8, 9, grade_column=10, grade_label=task.rng.choice(("", "（自评等级）", "自评等级：")))
    draft.notes("备注：1.一级指标包含产出指标、效益指标、满意度指标，二级指标和三级指标根据项目实际情况设置。")
    return [sheet]


@family(
    "hubei-twenty",
    "published: 武汉 2020 and 湖北工程学院, 20 points for execution, (A)(B)(B/A), no weight column",
    Wish(TWENTY, kinds=("fiscal",)),
)
def hubei(task: Task) -> list[Sheet]:
    sheet = task.sheet("项目自评表")
    content = task.content
    draft = task.draft(sheet, 7)
    draft.banner(f"{content.year}年度{content.project.removeprefix(f'{content.year}年')}自评表", told="title")
    sheet.tell("year", content.year, "", 1, 1)
    draft.put(1, f"单位名称：{content.unit}", span=(1, 4), style="note")
    draft.put(5, f"填报日期：{content.year + 1}年3月{task.rng.randint(1, 28)}日", span=(1, 3), style="note")
    draft.row += 1
    draft.pairs(("项目名称", 1, content.project, 6, "info.project_name"))
    draft.pairs(
        ("主管部门", 1, content.department, 3, "info.department"), ("项目实施单位", 1, content.unit, 2, "info.unit")
    )
    draft.pairs(("项目类别", 1, "1、部门预算项目 ☑   2、市直专项 □   3、市对下转移支付项目 □", 6, ""))
    draft.pairs(("项目属性", 1, "1、持续性项目 ☑    2、新增性项目 □", 6, ""))
    draft.pairs(("项目类型", 1, "1、常年性项目 ☑    2、延续性项目 □    3、一次性项目 □", 6, ""))
    _hubei_money(draft, content)
    table = columns(
        "level1=一级指标 level2=二级指标 level3=三级指标 target=年初目标值(A) actual=实际完成值(B) score=得分"
    )
    draft.table(
        Table(table, caption="年度\n绩效\n目标\n（80分）", group_points=task.rng.choice(("", "{name}\n（{points}分）")))
    )
    draft.total("总分", 0, 7)
    draft.boxes(
        ("偏差大或\n目标未完成\n原因分析", content.problems()), ("改进措施及\n结果应用方案", "继续加强预算管理。")
    )
    draft.notes(
        "备注：1.预算执行情况口径：预算数为调整后财政资金总额（包括上年结余结转），执行数为资金使用单位财政资金实际支出数。"
    )
    draft.notes("2.定量指标得分不得突破权重总额；定性指标分三档合理确定分值。")
    return [sheet]


def _hubei_money(draft: Draft, content: Content) -> None:
    shape = Funds(
        columns("budget=预算数(A) executed=执行数(B) rate=执行率(B/A) score=得分(20分*执行率)"),
        {"total": "年度财政资金总额"},
        caption="预算执行情况\n（{unit}）\n（20分）",
    )
    draft.funds(shape)


@family("guangxi-deduction", "code: 广西 keeps extra columns 扣分 and 评分说明")
def guangxi(task: Task) -> list[Sheet]:
    sheet = task.sheet()
    draft = task.draft(sheet, 11)
    draft.title()
    names(draft)
    draft.funds(Funds(NATIONAL_FUNDS, label_span=3))
    draft.goals(Goals())
    table = columns(
        "level1=一级指标 level2=二级指标 level3=三级指标 target=年度指标值 actual=实际完成值 "
        "weight=分值 deduct=扣分 score=得分 "
        "method=评分说明 reason=偏差原因分析及改进措施"
    )
    draft.table(Table(table))
    draft.total("总分", 7, 9)
    return [sheet]


@family("shanxi-adjusted", "code: 山西 keeps 年初指标值 and 调整后指标值")
def shanxi(task: Task) -> list[Sheet]:
    sheet = task.sheet()
    draft = task.draft(sheet, 10)
    draft.title("部门预算项目支出绩效自评表")
    names(draft, unit="项目单位")
    draft.funds(Funds(NATIONAL_FUNDS, caption_span=1, label_span=3))
    draft.goals(Goals())
    table = columns(
        "level1=一级指标 level2=二级指标 level3=三级指标 initial_target=年初指标值 target=调整后指标值 "
        "actual=实际完成值 weight=分值 score=得分 "
        "reason=偏差原因分析及改进措施"
    )
    draft.table(Table(table))
    draft.total("总分", 8, 9)
    return [sheet]


@family(
    "liaoning-causes",
    "knowledge: 东北 platform export, 运算符号, 度量单位, 完成程度, tick columns for causes",
    Wish(COST),
)
def liaoning(task: Task) -> list[Sheet]:
    sheet = task.sheet("Sheet1")
    draft = task.draft(sheet, 16)
    draft.title("预算项目（政策）绩效自评表")
    names(draft)
    draft.funds(Funds(NATIONAL_FUNDS, label_span=4))
    draft.goals(Goals())
    table = columns(
        "level1=一级指标 level2=二级指标 level3=三级指标 nature=运算符号 target=年度指标值 "
        "unit=度量单位 actual=实际完成值 degree=完成程度 "
        "weight=分值 score=得分 c1=经费保障@偏差原因分析 c2=制度保障@偏差原因分析 c3=人员保障@偏差原因分析 "
        "c4=其他@偏差原因分析 reason=原因说明@偏差原因分析"
    )
    draft.table(Table(table, two_rows="yes", levels=task.rng.choice(("merged", "flat"))))
    draft.total("总分", 10, 11)
    return [sheet]
