"""Families exported by budget platforms: separate operator, value and unit columns, execution as a section."""

from __future__ import annotations

from decimal import Decimal

from .compose import Wish
from .draft import Draft
from .families_regional import names
from .family import Task, family
from .points import trimmed
from .schemes import DUTY, NATIONAL, Scheme
from .shapes import NATIONAL_FUNDS, Funds, Goals, Table, columns
from .sheet import Sheet, address

PLATFORM_TABLE = columns(
    "level1=一级指标 level2=二级指标 level3=三级指标 nature=指标性质 target=指标值 unit=度量单位 "
    "actual=完成值 weight=权重 score=得分 reason=未完成原因分析"
)
PERSONNEL = Scheme(
    "personnel",
    10,
    (("output", "产出指标", 60, ("quantity", "quality", "time")), ("benefit", "效益指标", 30, ("social", "economic"))),
)


@family(
    "sichuan-platform",
    "published: 青神, 大英 2023, form number, 指标性质/度量单位/权重, 评价结论 at the foot",
    Wish(kinds=("fiscal", "account", "own", "other")),
)
def sichuan(task: Task) -> list[Sheet]:
    sheet = task.sheet("Sheet1")
    content = task.content
    task.hand.nothing = "/"
    draft = task.draft(sheet, 11)
    draft.banner(f"报表编号：510000_00{task.rng.randint(10, 30)}zp", "note")
    draft.title("部门预算项目支出绩效自评表", year="({year}年度)", together=False)
    code = f"{task.rng.randint(510100, 513400)}{task.rng.choice('TRY')}0000{task.rng.randint(10000000, 99999999)}"
    draft.pairs(("项目名称", 2, f"{code}-{content.project}", 9, "info.project_name"))
    draft.pairs(
        ("主管部门", 2, content.department, 3, "info.department"), ("实施单位（盖章）", 2, content.unit, 4, "info.unit")
    )
    _sichuan_goals(draft)
    money = columns(
        "initial=年初预算 budget=调整后预算数 executed=预算执行数 rate=预算执行率 weight=权重 score=得分 reason=原因*2"
    )
    rows = {
        "total": "总额",
        "fiscal": "其中：财政资金",
        "account": "财政专户管理资金",
        "own": "单位资金",
        "other": "其他资金",
    }
    draft.funds(
        Funds(
            money,
            rows,
            caption="预算执行情况\n（10分）",
            corner=f"年度预算数（{content.amount_unit}）",
        )
    )
    draft.table(Table(PLATFORM_TABLE, caption="绩效指标\n（90分）"))
    draft.total("合计", 9, 10)
    draft.boxes(
        ("评价结论", f"项目自评得分{trimmed(content.total_score)}分，完成年度目标。"),
        ("存在问题", content.problems()),
        ("改进措施", "无" if content.problems() == "无" else "加强项目管理，按期完成年度任务。"),
        caption_span=2,
    )
    draft.put(1, f"项目负责人：{content.owner}", span=(1, 5), style="note")
    draft.put(6, "财务负责人：", span=(1, 6), style="note")
    return [sheet]


def _sichuan_goals(draft: Draft) -> None:
    goal = draft.content.goals[0]
    draft.label(1, "项目基本情况", (3, 2))
    draft.label(3, "1.项目年度目标完成情况", (2, 2))
    draft.label(5, "项目年度目标", (1, 3))
    draft.label(8, "年度目标完成情况", (1, 4))
    draft.row += 1
    draft.put(5, goal.expected, span=(1, 3), style="text", told="goals[0].expected")
    draft.put(8, goal.actual, span=(1, 4), style="text", told="goals[0].actual")
    draft.row += 1
    draft.label(3, "2.项目实施内容及过程概述", (1, 2))
    draft.put(5, "按照年度计划组织实施，资金按进度支付。", span=(1, 7), style="text")
    draft.row += 1


@family(
    "chengdu-review",
    "code: re-review of 成都郫都, execution is the first indicator row, 复核 columns behind",
    Wish(plain_targets=0),
)
def chengdu(task: Task) -> list[Sheet]:
    sheet = task.sheet(task.rng.choice(("项目自评", "Sheet1")))
    content = task.content
    draft = task.draft(sheet, 13)
    draft.title("项目绩效自评表", year="{year}年度")
    code = f"5101{task.rng.randint(10, 99)}23T0000{task.rng.randint(10000000, 99999999)}"
    draft.pairs(
        ("项目名称", 1, f"{code}-{content.project}", 6, "info.project_name"),
        ("预算单位", 1, content.unit, 5, "info.unit"),
    )
    draft.pairs(("年度目标", 1, content.goals[0].expected, 12, "goals[0].expected"))
    table = columns(
        "level1=一级指标 level2=二级指标 level3=三级指标 nature=指标性质 target=指标值 unit=度量单位 "
        "weight=权重 actual=完成值 score=自评得分 "
        "recheck_actual=复核完成值 recheck_score=复核得分 degree=偏离度 remark=备注"
    )
    shape = Table(table, caption="", levels=task.rng.choice(("flat", "merged")), execution="first")
    draft.table(shape)
    draft.total("合计", 7, 9)
    return [sheet]


@family(
    "chongqing-flat",
    "published: 重庆高新区 2021, no level columns, 得分系数, 指标权重, 是否核心指标, total at the head",
    Wish(plain_targets=0),
)
def chongqing(task: Task) -> list[Sheet]:
    sheet = task.sheet("自评表")
    content, hand = task.content, task.hand
    draft = task.draft(sheet, 9)
    draft.title("项目绩效自评表", year="({year}年度)")
    draft.pairs(
        ("项目名称", 1, content.project, 3, "info.project_name"),
        ("自评总分（分）", 1, content.total_score, 4, "total.score"),
    )
    draft.pairs(("主管部门", 1, content.department, 3, "info.department"), ("财政处室", 1, "资产绩效处", 4, ""))
    draft.pairs(("项目联系人", 1, content.owner, 3, "info.owner"), ("联系电话", 1, content.phone, 4, "info.phone"))
    _chongqing_money(draft)
    draft.label(1, "当年绩效目标", (2, 1))
    for column, text in ((2, "年初绩效目标"), (5, "全年（调整）绩效目标"), (8, "全年目标实际完成情况")):
        draft.label(column, text, (1, 3 if column < 8 else 2))
    draft.row += 1
    draft.put(2, content.goals[0].expected, span=(1, 3), style="text", told="goals[0].expected")
    draft.put(5, "无", span=(1, 3), style="text")
    draft.put(8, content.goals[0].actual, span=(1, 2), style="text", told="goals[0].actual")
    draft.row += 1
    hand.score = "number"
    table = columns(
        "level3=指标名称 unit=计量单位 nature=指标性质 target=年初指标值 actual=全年完成值 "
        "coefficient=得分系数(%) weight=指标权重（分） score=指标得分（分） core=是否核心指标"
    )
    draft.table(Table(table, caption=""))
    return [sheet]


def _chongqing_money(draft: Draft) -> None:
    hand, content, total = draft.hand, draft.content, draft.content.funds_total
    draft.label(1, f"项目资金（{content.amount_unit}）", (2, 1))
    heads = (
        ("initial", "年初预算数"),
        ("budget", "全年（调整）预算数"),
        ("executed", "全年执行数"),
        ("rate", "执行率（%）"),
        ("weight", "执行率权重"),
        ("score", "执行率得分（分）"),
    )
    spans = (2, 1, 1, 1, 1, 2)
    for step in (0, 1):
        column = 2
        for (key, text), span in zip(heads, spans, strict=True):
            if step == 0:
                draft.label(column, text, (1, span))
            else:
                value, pattern, means = {
                    "rate": lambda: hand.ratio(content.rate or Decimal(0), "%"),
                    "weight": lambda: hand.points(content.execution_weight, "number"),
                    "score": lambda: hand.points(content.execution_score, "number"),
                }.get(key, lambda key=key: hand.amount(getattr(total, key)))()
                draft.put(column, value, span=(1, span), pattern=pattern, told=f"funds[0].{key}", means=means)
                if key == "score":
                    draft.score_cells += (address(draft.row, column + draft.sheet.left),)
            column += span
        draft.row += 1


@family(
    "hebei-sections",
    "knowledge: 河北 counties, numbered sections, money in pairs, 自评得分 only",
    Wish(kinds=("fiscal", "other")),
)
def hebei(task: Task) -> list[Sheet]:
    sheet = task.sheet("附件2项目自评")
    content, hand = task.content, task.hand
    hand.zero, hand.money = "0", "0.00"
    draft = task.draft(sheet, 8)
    draft.title("部门预算项目绩效自评表", year="（{year}年度）")
    draft.put(1, f"填报单位：{content.unit}", span=(1, 5), style="note")
    draft.put(6, f"金额单位：{content.amount_unit}", span=(1, 3), style="note")
    draft.row += 1
    draft.label(1, "一、基本情况")
    draft.label(2, "项目名称")
    draft.put(3, content.project, span=(1, 3), told="info.project_name")
    draft.label(6, "实施（主管）单位")
    draft.put(7, content.unit, span=(1, 2), told="info.unit")
    draft.row += 1
    _hebei_money(draft)
    _hebei_goal(draft)
    table = columns(
        "level1=一级指标 level2=二级指标 level3=三级指标*2 target=预期指标值 actual=实际完成值 score=自评得分"
    )
    shape = Table(
        table,
        caption="四、年度\n绩效指标\n完成情况",
        execution="last",
        execution_names=("预算执行率\n（10分）", "预算执行率", "预算执行率"),
    )
    draft.table(shape)
    draft.total("自评总分", 0, 8)
    draft.boxes(("五、存在问题、原因及下一步整改措施", content.problems()))
    return [sheet]


def _hebei_money(draft: Draft) -> None:
    content, hand = draft.content, draft.hand
    total, fiscal, other = content.money
    draft.label(1, "二、预算\n执行情况", (4, 1))
    for column, text in ((2, "预算安排情况（调整后）"), (4, "资金到位情况"), (6, "资金执行情况")):
        draft.label(column, text, (1, 2))
    draft.label(8, "预算执行进度")
    draft.row += 1
    rate = hand.ratio(content.rate or Decimal(0))
    for index, (money, names_) in enumerate(
        ((total, ("预算数：", "到位数：", "执行数：")), (fiscal, ("其中：财政资金",) * 3), (other, ("其他",) * 3))
    ):
        for column, key, told in ((2, 0, "budget"), (4, 1, ""), (6, 2, "executed")):
            draft.label(column, names_[key])
            value, pattern, means = hand.amount(money.executed if column == 6 else money.budget)
            draft.put(column + 1, value, pattern=pattern, told=f"funds[{index}].{told}" if told else "", means=means)
        if index == 0:
            draft.put(8, rate[0], span=(3, 1), pattern=rate[1], told="funds[0].rate", means=rate[2])
        draft.row += 1


def _hebei_goal(draft: Draft) -> None:
    goal = draft.content.goals[0]
    draft.label(1, "三、目标\n完成情况", (2, 1))
    draft.label(2, "年度预期目标", (1, 3))
    draft.label(5, "具体完成情况", (1, 3))
    draft.label(8, "总体完成率")
    draft.row += 1
    draft.put(2, goal.expected, span=(1, 3), style="text", told="goals[0].expected")
    draft.put(5, goal.actual, span=(1, 3), style="text", told="goals[0].actual")
    draft.put(8, "100%")
    draft.row += 1


@family("personnel-fractions", "published: personnel projects, few lines, fractional weights, separate value columns",
        Wish(PERSONNEL, kinds=("fiscal", "own"), words=False))  # fmt: skip
def personnel(task: Task) -> list[Sheet]:
    sheet = task.sheet("Sheet1")
    draft = task.draft(sheet, 11)
    draft.title("部门预算项目支出绩效自评表", together=True)
    names(draft)
    money = columns("initial=年初预算数 budget=全年预算数 executed=全年执行数 rate=执行率 weight=分值 score=得分*3")
    draft.funds(Funds(money, {"total": "总额", "fiscal": "财政资金", "own": "单位资金"}, caption="预算执行"))
    draft.goals(Goals())
    draft.table(Table(PLATFORM_TABLE, levels="flat"))
    draft.total("合计", 9, 10)
    return [sheet]


@family(
    "duty-department",
    "code: 天津 department form, 计算符号 and 计量单位; level names from knowledge",
    Wish(DUTY, goals=(2, 3)),
)
def department(task: Task) -> list[Sheet]:
    sheet = task.sheet("部门整体")
    content = task.content
    draft = task.draft(sheet, 11, kind="department")
    draft.title("部门整体支出绩效自评表")
    draft.pairs(("部门（单位）名称", 2, content.department, 9, "info.department"))
    rows = {"total": "年度资金总额", "fiscal": "其中：财政拨款", "carryover": "上年结转", "other": "其他资金"}
    draft.funds(Funds(NATIONAL_FUNDS, rows, caption="部门预算\n（{unit}）", label_span=3))
    draft.goals(Goals("年度\n总体\n目标"))
    table = columns(
        "level1=一级指标 level2=二级指标 level3=三级指标 nature=计算符号 target=指标值 "
        "actual=实际完成值 unit=计量单位 weight=分值 score=得分 reason=偏差原因分析及改进措施"
    )
    draft.table(Table(table))
    draft.total("总分", 9, 10)
    return [sheet]


__all__ = ["NATIONAL"]
