"""Families of single provinces and cities with their own head, scheme of points or place of the total."""

from __future__ import annotations

from .compose import Wish
from .draft import Draft
from .families_regional import names
from .family import Task, family
from .points import trimmed
from .schemes import EFFECT, FOUR_STEPS, NATIONAL, PROCESS
from .shapes import ASPECTS, NATIONAL_FUNDS, NATIONAL_TABLE, SHORT_ASPECTS, Funds, Goals, Table, columns
from .sheet import Sheet


@family(
    "yinchuan-process",
    "published: 银川 2021, 决策/管理/产出/效益, 参考分值, execution as a row, 财政审核评分",
    Wish(PROCESS, kinds=("fiscal",)),
)
def yinchuan(task: Task) -> list[Sheet]:
    sheet = task.sheet("自评表")
    content = task.content
    draft = task.draft(sheet, 9)
    draft.title(f"{content.place}本级部门项目支出绩效自评表", year="（{year}年）")
    draft.pairs(("项目名称", 1, content.project, 5, "info.project_name"), ("自评得分", 1, content.total_score, 2, ""))
    draft.pairs(("主管部门", 1, content.department, 5, "info.department"), ("财政审核评分", 1, None, 2, ""))
    draft.pairs(("实施单位", 1, content.unit, 8, "info.unit"))
    money = columns("initial=年初预算数 budget=调整预算数(A) executed=全年执行数(B) rate=执行率(B/A)")
    draft.funds(Funds(money, {"total": "年度资金总额"}))
    draft.goals(Goals("年度总体目标", "年初设定目标", "年度总体目标完成情况"))
    table = columns(
        "level1=一级指标 level2=二级指标 level3=三级指标 weight=参考分值 target=指标值（A） "
        "actual=全年实际值（B） score=得分 "
        "reason=未完成原因分析及改进措施"
    )
    shape = Table(
        table,
        group_points="{name}\n（{points}分）",
        aspect_points=task.rng.choice(("", "{name}\n({points}分)")),
        execution="first",
        execution_names=("预算执行（10分）", "投入管理", "预算执行率"),
    )
    draft.table(shape)
    draft.total("总分", 5, 8)
    return [sheet]


@family(
    "beijing-2016",
    "published: 海淀区学院路街道 2016, 得分计算方法, weight before values",
    Wish(NATIONAL, kinds=("fiscal", "other")),
)
def old_beijing(task: Task) -> list[Sheet]:
    sheet = task.sheet("Sheet1")
    content = task.content
    draft = task.draft(sheet, 10)
    draft.title()
    draft.pairs(("项目名称", 1, content.project, 9, "info.project_name"))
    draft.pairs(
        ("主管部门及代码", 1, content.department, 4, "info.department"), ("实施单位", 1, content.unit, 4, "info.unit")
    )
    money = columns(
        "initial=年初预算数 budget=全年预算数(A) executed=全年执行数(B) weight=分值 rate=执行率(B/A) score=得分 "
        "method=得分计算方法"
    )
    rows = {"total": "年度资金总额：", "fiscal": "其中：本年一般公共预算拨款", "other": "其他资金"}
    draft.funds(Funds(money, rows))
    draft.goals(Goals("年度\n总体\n目标", "年初设定目标", "年度总体目标完成情况综述"))
    table = columns(
        "level1=一级指标 level2=二级指标 level3=三级指标 weight=分值 target=年度指标值(A) "
        "actual=全年实际值(B) method=得分计算方法 score=得分 "
        "reason=未完成原因分析"
    )
    draft.table(Table(table, group_points="{name}\n（{points}分）"))
    draft.total("总分", 5, 9)
    return [sheet]


@family(
    "city-ratio-heads",
    "code: a city's audit service, (A) (B) (B/A), reasons on money rows, 中央补助 rows",
    Wish(kinds=("central", "fiscal", "other")),
)
def city(task: Task) -> list[Sheet]:
    sheet = task.sheet()
    draft = task.draft(sheet, 10)
    draft.title("市级项目支出绩效自评表")
    names(draft, "市级主管部门")
    money = columns(
        "budget=全年预算数(A) executed=全年执行数(B) weight=分值 rate=执行率(B/A) score=得分 "
        "reason=偏差原因分析及改进措施*2"
    )
    rows = {"total": "年度资金总额", "central": "其中：中央补助", "fiscal": "当年财政资金", "other": "其他资金"}
    draft.funds(Funds(money, rows))
    draft.goals(Goals())
    table = columns(
        "level1=一级指标 level2=二级指标 level3=三级指标 target=年度指标值(A) actual=实际完成值(B) "
        "weight=分值 score=得分 "
        "reason=偏差原因分析及改进措施*2"
    )
    draft.table(Table(table, spare=1))
    draft.total("总分", 7, 8)
    return [sheet]


@family(
    "zhejiang-conclusion",
    "knowledge: 浙江 style, 自评结论 at the head, 权重, adjusted budget columns",
    Wish(kinds=("fiscal", "other")),
)
def zhejiang(task: Task) -> list[Sheet]:
    sheet = task.sheet("绩效自评")
    content = task.content
    draft = task.draft(sheet, 9)
    draft.title("预算项目绩效自评表", year="{year}年度", together=True)
    draft.pairs(
        ("单位名称", 1, content.unit, 3, "info.unit"), ("主管部门", 1, content.department, 4, "info.department")
    )
    draft.pairs(("项目名称", 1, content.project, 3, "info.project_name"), ("自评结论", 1, content.grade, 4, "grade"))
    money = columns(
        "initial=年初预算 adjustment=预算调整 budget=调整后预算 executed=实际支出 rate=预算执行率(%) "
        "weight=权重 score=得分"
    )
    rows = {"total": "合计", "fiscal": "其中：财政拨款", "other": "其他资金"}
    draft.funds(Funds(money, rows, caption="预算执行\n（{unit}）", label_span=1))
    draft.goals(Goals("绩效目标", "年初目标", "完成情况"))
    table = columns(
        "level1=一级指标 level2=二级指标 level3=三级指标 target=目标值 actual=完成值 weight=权重 "
        "score=自评得分 reason=偏差情况说明"
    )
    draft.table(Table(table, names=SHORT_ASPECTS))
    draft.total("总得分", 7, 8)
    return [sheet]


@family(
    "jiangsu-subtotals",
    "knowledge: 江苏 style, 决策/过程/产出/效益, subtotals, explanations",
    Wish(FOUR_STEPS, kinds=("fiscal", "other")),
)
def jiangsu(task: Task) -> list[Sheet]:
    sheet = task.sheet("自评")
    draft = task.draft(sheet, 10)
    draft.title("省级部门项目支出绩效自评表")
    names(draft)
    draft.funds(
        Funds(NATIONAL_FUNDS, {"total": "资金总额", "fiscal": "其中：财政拨款", "other": "其他资金"}, label_span=3)
    )
    draft.goals(Goals())
    table = columns(
        "level1=一级指标 level2=二级指标 level3=三级指标 explain=指标解释 target=目标值 actual=实际值 "
        "weight=分值 score=得分 reason=扣分原因"
    )
    draft.table(Table(table, subtotals=True, names=SHORT_ASPECTS))
    draft.total("总计", 8, 9)
    return [sheet]


@family(
    "shanghai-goals",
    "knowledge: 上海 older style, 元, 投入与管理/产出/效果/影响力, pairs at the head",
    Wish(EFFECT, amount_unit="元", kinds=("fiscal",)),
)
def shanghai(task: Task) -> list[Sheet]:
    sheet = task.sheet("项目绩效自评")
    content = task.content
    total = content.funds_total
    draft = task.draft(sheet, 8)
    draft.title("财政项目支出绩效自评表", year="（{year}年度）")
    draft.pairs(("项目名称", 1, content.project, 7, "info.project_name"))
    draft.pairs(
        ("预算单位", 1, content.department, 3, ""),
        ("具体实施处室（单位）", 1, content.unit, 3, "info.implementer"),
    )
    _shanghai_money(draft, total.budget, total.executed)
    draft.pairs(("项目年度总目标", 1, content.goals[0].expected, 7, "goals[0].expected"))
    draft.pairs(
        ("自评时间", 1, f"{content.year + 1}-03-{task.rng.randint(10, 28)}", 3, ""),
        ("绩效等级", 1, content.grade, 3, "grade"),
    )
    draft.pairs(("主要绩效", 1, content.goals[0].actual, 7, ""))
    table = columns(
        "level1=一级指标 level2=二级指标 level3=三级指标 target=指标目标值 actual=实际完成值 "
        "weight=权重 score=得分 reason=扣分说明"
    )
    draft.table(Table(table, caption="", execution="first", execution_names=("投入与管理", "投入管理", "预算执行率")))
    draft.total("合计", 6, 7)
    return [sheet]


def _shanghai_money(draft: Draft, budget: object, executed: object) -> None:
    hand, content = draft.hand, draft.content
    budget_cell, executed_cell = hand.amount(content.funds_total.budget), hand.amount(content.funds_total.executed)
    rate = hand.ratio(content.rate, "%") if content.rate is not None else (None, "", None)
    if hand.rate != "number" and isinstance(rate[0], str):
        rate = (rate[0], "", rate[2])
    draft.label(1, "当年预算数（元）")
    draft.put(2, budget_cell[0], span=(1, 3), pattern=budget_cell[1], told="funds[0].budget", means=budget_cell[2])
    draft.label(5, "预算执行数（元）")
    draft.put(6, executed_cell[0], pattern=executed_cell[1], told="funds[0].executed", means=executed_cell[2])
    draft.label(7, "预算执行率（%）")
    draft.put(8, rate[0], pattern=rate[1], told="funds[0].rate", means=rate[2])
    draft.row += 1


@family("head-total", "invented: the total at the head, a grade beside it, nothing at the foot")
def head_total(task: Task) -> list[Sheet]:
    sheet = task.sheet()
    content = task.content
    draft = task.draft(sheet, 9)
    draft.title()
    score, pattern, means = task.hand.points(content.total_score, task.hand.score)
    draft.label(1, "自评总分")
    draft.put(2, score, span=(1, 3), pattern=pattern, told="total.score", means=means)
    draft.label(5, "自评等级")
    draft.put(6, content.grade, span=(1, 4), told="grade")
    draft.row += 1
    names(draft)
    draft.funds(Funds(NATIONAL_FUNDS))
    draft.goals(Goals())
    draft.table(Table(NATIONAL_TABLE, names={**ASPECTS, "satisfaction": "满意度指标"}))
    filed = f"{content.year + 1}年2月{task.rng.randint(5, 26)}日"
    draft.notes(f"填表人：{content.owner}　　联系电话：{content.phone}　　填报日期：{filed}")
    return [sheet]


__all__ = ["names", "trimmed"]
