"""Families close to the national form of 财预〔2020〕10号, as bureaus of many regions print it."""

from __future__ import annotations

from .compose import Wish
from .draft import Draft
from .family import Task, family
from .schemes import COST, FOLDED, NATIONAL, UNSATISFIED
from .shapes import COST_ASPECTS, NATIONAL_FUNDS, NATIONAL_TABLE, Funds, Goals, Table, columns
from .sheet import Sheet

FOOT = (
    "注：1.得分一档最高不能超过该指标分值上限。",
    "2.定量指标完成数汇总时，绝对值直接累加，相对值按资金额度加权平均。",
    "3.定性指标按达成程度分三档：80%—100%、60%—80%、0—60%。",
)


def head(draft: Draft, annex: bool = False) -> None:
    """Annex mark, title, year, name and the two bureaus."""
    if annex:
        draft.banner(draft.hand.rng.choice(("附件2", "附件 1：", "附表1", "附件5")), "note")
    draft.title(together=draft.hand.rng.random() < 0.3)
    content, wide = draft.content, draft.columns
    draft.pairs(("项目名称", 1, content.project, wide - 1, "info.project_name"))
    left = wide // 2 - 1
    draft.pairs(
        ("主管部门", 1, content.department, left, "info.department"),
        ("实施单位", 1, content.unit, wide - left - 2, "info.unit"),
    )


def national(task: Task, sheet: Sheet, table: Table, funds: Funds | None = None, annex: bool = False) -> Draft:
    """The whole national form."""
    draft = task.draft(sheet, 9)
    head(draft, annex)
    draft.funds(funds or Funds(NATIONAL_FUNDS))
    draft.goals(Goals("年度\n总体\n目标"))
    draft.table(table)
    draft.total("总分", 7, 8, formula=task.rng.random() < 0.4)
    return draft


@family(
    "national-2020", "published: 鄂州市财政局 2019, 廊坊 2019, 池州市贵池区 2022 (national annex of 财预〔2020〕10号)"
)
def merged(task: Task) -> list[Sheet]:
    sheet = task.sheet(task.rng.choice(("Sheet1", "项目支出绩效自评表", "自评表")))
    shape = Table(
        NATIONAL_TABLE,
        caption="绩\n效\n指\n标",
        group_points=task.rng.choice(("", "", "{name}\n（{points}分）", "{name}({points}分)")),
        spare=task.rng.choice((0, 0, 1)),
    )
    draft = national(task, sheet, shape, annex=True)
    if task.rng.random() < 0.5:
        draft.notes(*FOOT)
    return [sheet]


@family("national-repeated", "knowledge: platform exports without merged cells, level names in every row")
def flat(task: Task) -> list[Sheet]:
    sheet = task.sheet("Sheet1", merging=False)
    draft = national(task, sheet, Table(NATIONAL_TABLE, levels="flat"))
    draft.notes(FOOT[0])
    return [sheet]


@family("national-blank-below", "knowledge: hand-made forms, level names once, blank cells below")
def blank(task: Task) -> list[Sheet]:
    sheet = task.sheet("自评表")
    national(task, sheet, Table(NATIONAL_TABLE, levels="blank", caption="绩效指标"))
    return [sheet]


@family(
    "national-numbered", "published: 廊坊 2019, names prefixed 指标1, rows 指标2 and …… left", Wish(plain_targets=0.6)
)
def numbered(task: Task) -> list[Sheet]:
    sheet = task.sheet()
    shape = Table(NATIONAL_TABLE, numbered=task.rng.choice(("指标{n}：", "指标{n} ", "{n}.")), dots=True, spare=1)
    national(task, sheet, shape)
    return [sheet]


@family(
    "hunan-folded",
    "published: 益阳 2022, satisfaction inside benefit, 10分, （50分） in labels, 不适用, ……",
    Wish(FOLDED),
)
def hunan(task: Task) -> list[Sheet]:
    sheet = task.sheet("项目支出绩效自评表")
    task.hand.weight = task.rng.choice(("number", "points"))
    shape = Table(
        NATIONAL_TABLE,
        caption="绩\n\n效\n\n指\n\n标",
        group_points=task.rng.choice(("{name}\n（{points}分）", "{name}\n({points}分)\n　")),
        spare=2,
        dots=True,
        not_applicable=0.7,
    )
    rows = {
        "total": "年度资金总额　",
        "fiscal": "其中：当年财政拨款　",
        "carryover": "上年结转资金　",
        "other": "其他资金",
    }
    national(task, sheet, shape, Funds(NATIONAL_FUNDS, rows), annex=True)
    return [sheet]


@family("central-cost", "knowledge: 财预〔2021〕101号 style, 成本指标 as a level 1, codes in brackets", Wish(COST))
def central(task: Task) -> list[Sheet]:
    sheet = task.sheet("项目自评表")
    content = task.content
    draft = task.draft(sheet, 9)
    draft.title(year="({year}年度)")
    draft.pairs(("项目名称", 1, content.project, 8, "info.project_name"))
    draft.pairs(
        ("主管部门及代码", 1, f"[{task.rng.randint(101, 899)}]{content.department}", 3, "info.department"),
        ("实施单位", 1, content.unit, 4, "info.unit"),
    )
    draft.funds(Funds(NATIONAL_FUNDS, caption="项目资金\n（{unit}）", indent="　"))
    draft.goals(Goals())
    draft.table(Table(NATIONAL_TABLE, names=COST_ASPECTS))
    draft.total("总分", 7, 8)
    return [sheet]


@family("beijing-contact", "knowledge: 北京 department accounts, 项目负责人, 联系电话, rates on every row")
def beijing(task: Task) -> list[Sheet]:
    sheet = task.sheet("自评表")
    content = task.content
    draft = task.draft(sheet, 9)
    draft.title()
    draft.pairs(("项目名称", 1, content.project, 8, "info.project_name"))
    draft.pairs(
        ("主管部门", 1, content.department, 3, "info.department"), ("实施单位", 1, content.unit, 4, "info.unit")
    )
    draft.pairs(("项目负责人", 1, content.owner, 3, "info.owner"), ("联系电话", 1, content.phone, 4, "info.phone"))
    rows = {"total": "年度资金总额", "fiscal": "其中：当年财政拨款", "carryover": "上年结转资金", "other": "其他资金"}
    draft.funds(Funds(NATIONAL_FUNDS, rows, caption="项目资金\n（{unit}）", rates_on_all=True))
    draft.goals(Goals())
    draft.table(Table(NATIONAL_TABLE, levels=task.rng.choice(("merged", "flat"))))
    draft.total("总分", 7, 8)
    return [sheet]


@family("weight-first", "code: the 安徽 import map puts 分值 before 年度指标值", Wish(UNSATISFIED))
def weight_first(task: Task) -> list[Sheet]:
    sheet = task.sheet()
    order = columns(
        "level1=一级指标 level2=二级指标 level3=三级指标 weight=分值 target=年度指标值 "
        "actual=实际完成值 score=得分 reason=未完成原因分析"
    )
    draft = task.draft(sheet, 9)
    head(draft)
    draft.funds(Funds(NATIONAL_FUNDS))
    draft.goals(Goals(expected="年初设定目标", actual="年度总体目标完成情况"))
    draft.table(Table(order))
    draft.total("合计", 5, 8)
    return [sheet]


@family("reasons-first", "invented: columns in an unusual order")
def shuffled(task: Task) -> list[Sheet]:
    sheet = task.sheet()
    order = columns(
        "level3=绩效指标名称 level1=一级指标 level2=二级指标 weight=权重（分） score=自评得分 "
        "target=目标值 actual=完成值 reason=偏差说明"
    )
    draft = task.draft(sheet, 8)
    draft.title("项目绩效自评表", year="{year}年")
    draft.pairs(("项目名称", 1, task.content.project, 7, "info.project_name"))
    draft.pairs(
        ("主管部门", 1, task.content.department, 3, "info.department"),
        ("项目单位", 1, task.content.unit, 3, "info.unit"),
    )
    draft.funds(
        Funds(columns("budget=全年预算数 executed=全年执行数 rate=执行率 weight=分值 score=得分"), caption_span=1)
    )
    draft.goals(Goals("年度目标", "年初绩效目标", "完成情况"))
    draft.table(Table(order, caption="", levels="flat"))
    draft.total("合计", 4, 5)
    return [sheet]


@family("yuan-amounts", "knowledge: forms in 元 with thousand separators", Wish(NATIONAL, amount_unit="元"))
def yuan(task: Task) -> list[Sheet]:
    sheet = task.sheet()
    task.hand.money = task.rng.choice(("#,##0.00", "0.00", "comma-text"))
    draft = task.draft(sheet, 9)
    draft.title(task.rng.choice(("项目支出绩效自评表", "财政项目支出绩效自评表")))
    stated = task.rng.random() < 0.5
    if stated:
        draft.banner("单位：元", "note")
    content = task.content
    draft.pairs(("项目名称", 1, content.project, 8, "info.project_name"))
    draft.pairs(
        ("主管部门", 1, content.department, 3, "info.department"), ("实施单位", 1, content.unit, 4, "info.unit")
    )
    draft.funds(Funds(NATIONAL_FUNDS, caption="项目资金" if stated else "项目资金\n（{unit}）"))
    draft.goals(Goals())
    draft.table(Table(NATIONAL_TABLE))
    draft.total("总分", 7, 8)
    return [sheet]


@family("goals-listed", "knowledge: several goals, each with its completion", Wish(goals=(2, 4)))
def many_goals(task: Task) -> list[Sheet]:
    sheet = task.sheet()
    draft = task.draft(sheet, 9)
    head(draft)
    draft.funds(Funds(NATIONAL_FUNDS))
    draft.goals(Goals("年度\n绩效\n目标", "年初设定目标", "全年实际完成情况"))
    draft.table(Table(NATIONAL_TABLE, spare=1))
    draft.total("总分", 7, 8, formula=True)
    return [sheet]
