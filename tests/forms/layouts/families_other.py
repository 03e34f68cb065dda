"""Families of other kinds: transfer payments, departments, several forms in a file, hidden parts, odd corners."""

from __future__ import annotations

from .compose import Wish
from .draft import Draft
from .families_national import head, national
from .families_regional import names
from .family import Task, family
from .schemes import NATIONAL, UNSATISFIED
from .shapes import NATIONAL_FUNDS, NATIONAL_TABLE, Funds, Goals, Table, columns
from .sheet import Sheet

TRANSFER_KINDS = ("central", "local", "other")
TRANSFER_ROWS = {"total": "年度资金总额：", "central": "其中：中央财政资金", "local": "地方资金", "other": "其他资金"}
MANAGED = ("分配科学性", "下达及时性", "拨付合规性", "使用规范性", "执行准确性", "预算绩效管理情况", "支出责任履行情况")


@family(
    "transfer-before-2020",
    "published: 衡山县 2020, no weights, no scores, (A)(B)(B/A), 说明",
    Wish(kinds=TRANSFER_KINDS),
)
def transfer_old(task: Task) -> list[Sheet]:
    sheet = task.sheet("自评表")
    content = task.content
    draft = task.draft(sheet, 7, kind="transfer")
    draft.title(task.rng.choice(("中央对地方专项转移支付区域绩效目标自评表", "转移支付区域（项目）绩效目标自评表")))
    draft.pairs(("专项（项目）名称", 1, content.project, 6, "info.project_name"))
    draft.pairs(("中央主管部门", 1, "水利部", 6, ""))
    draft.pairs(
        ("地方主管部门", 1, content.department, 3, "info.department"), ("实施单位", 1, content.unit, 2, "info.unit")
    )
    money = columns("budget=全年预算数（A） executed=全年执行数（B） rate=执行率（B/A）*2")
    draft.funds(Funds(money, TRANSFER_ROWS, caption="项目资金\n（{unit}）", rates_on_all=True))
    draft.goals(Goals("年度\n总体\n目标", "年初设定目标", "全年实际完成情况"))
    table = columns(
        "level1=一级|指标 level2=二级|指标 level3=三级指标 target=年度指标值 actual=全年完成值 "
        "reason=未完成原因和改进措施"
    )
    draft.table(Table(table, caption="绩\n效\n指\n标", numbered=task.rng.choice(("", "指标{n}："))))
    draft.boxes(("说明", "无"))
    draft.notes(
        "注：1.其他资金包括与中央、地方财政资金共同投入到同一项目的自有资金、社会资金等。",
        "2.全年执行数是指按照国库集中支付制度要求支付到商品和劳务供应者的资金。",
    )
    return [sheet]


@family(
    "transfer-2021",
    "knowledge: 转移支付 since 2021, 资金投入情况, seven rows of 资金管理情况",
    Wish(kinds=TRANSFER_KINDS),
)
def transfer_new(task: Task) -> list[Sheet]:
    sheet = task.sheet("附件1")
    content = task.content
    draft = task.draft(sheet, 7, kind="transfer")
    draft.title("转移支付区域（项目）绩效自评表")
    draft.pairs(("转移支付（项目）名称", 1, content.project, 6, "info.project_name"))
    draft.pairs(("中央主管部门", 1, "农业农村部", 6, ""))
    draft.pairs(
        ("地方主管部门", 1, content.department, 3, "info.department"), ("资金使用单位", 1, content.unit, 2, "info.unit")
    )
    money = columns("budget=全年预算数（A） executed=全年执行数（B） rate=预算执行率（B/A×100%）*2")
    draft.funds(Funds(money, TRANSFER_ROWS, caption="资金投入\n情况\n（{unit}）"))
    draft.label(1, "资金管理\n情况", (8, 1))
    draft.put(2, None, style="label")
    draft.label(3, "情况说明", (1, 3))
    draft.label(6, "存在问题和改进措施", (1, 2))
    draft.row += 1
    for name in MANAGED:
        draft.label(2, name)
        draft.put(3, "按规定执行。", span=(1, 3), style="text")
        draft.put(6, "无", span=(1, 2), style="text")
        draft.row += 1
    draft.goals(Goals("总体目标\n完成情况", "总体目标", "全年实际完成情况"))
    table = columns(
        "level1=一级指标 level2=二级指标 level3=三级指标 target=指标值 actual=全年实际完成值 "
        "reason=未完成原因和改进措施"
    )
    draft.table(Table(table, caption="绩\n效\n指\n标"))
    draft.boxes(("说明", "请在此处简要说明巡视、审计和财政监督中发现的问题，如没有填“无”。"))
    return [sheet]


@family(
    "hunan-department",
    "knowledge: 湖南 whole department, budget by income and by use beside each other",
    Wish(UNSATISFIED, kinds=("fiscal",)),
)
def hunan_department(task: Task) -> list[Sheet]:
    sheet = task.sheet("整体支出自评表")
    content = task.content
    draft = task.draft(sheet, 9, kind="department")
    draft.banner("附件2", "note")
    draft.title("部门整体支出绩效自评表")
    draft.pairs(("部门（单位）名称", 2, content.department, 7, "info.department"))
    draft.funds(Funds(NATIONAL_FUNDS, {"total": "年度资金总额"}, caption="年度预\n算申请\n（{unit}）"))
    for left, right in (
        ("按收入性质分：", "按支出性质分："),
        ("其中：一般公共预算：{0}", "其中：基本支出：{1}"),
        ("政府性基金拨款：0", "项目支出：{2}"),
    ):
        whole = content.funds_total.budget
        basic = (whole * 6 / 10).quantize(whole)
        draft.put(1, None, style="label")
        draft.put(2, left.format(whole), span=(1, 4), style="text")
        draft.put(6, right.format("", basic, whole - basic), span=(1, 4), style="text")
        draft.row += 1
    draft.goals(Goals("年度\n总体\n目标"))
    draft.table(
        Table(NATIONAL_TABLE, caption="绩\n效\n指\n标", group_points="{name}\n（{points}分）", not_applicable=0.5)
    )
    draft.total("总分", 7, 8)
    draft.notes(
        f"填表人：{content.owner}　填报日期：{content.year + 1}.3.18　联系电话：{content.phone}　单位负责人签字："
    )
    return [sheet]


@family(
    "yunnan-department",
    "knowledge: 云南 whole department, task list above, indicators without scores",
    Wish(goals=(1, 1)),
)
def yunnan_department(task: Task) -> list[Sheet]:
    sheet = task.sheet("GK14 部门整体支出绩效自评表")
    content, hand = task.content, task.hand
    draft = task.draft(sheet, 9, kind="department")
    draft.banner("公开14表", "note")
    draft.title("部门整体支出绩效自评表", year="（{year}年度）")
    draft.pairs(("部门名称", 1, content.department, 8, "info.department"))
    draft.banner("一、部门年度目标", "section")
    draft.goals(Goals("财政年度", "目标", "实际完成情况"))
    draft.banner("二、部门年度重点工作任务", "section")
    for column, text, span in (
        (1, "任务名称", 2),
        (3, "主要内容", 2),
        (5, "批复金额（万元）", 1),
        (6, "实际支出金额（万元）", 2),
        (8, "预算执行率", 1),
        (9, "原因", 1),
    ):
        draft.label(column, text, (1, span))
    draft.row += 1
    total = content.funds_total
    draft.put(1, content.project, span=(1, 2))
    draft.put(3, content.goals[0].expected, span=(1, 2), style="text")
    draft.put(5, total.budget, style="number")
    draft.put(6, total.executed, span=(1, 2), style="number")
    rate = hand.ratio(total.executed / total.budget)
    draft.put(8, rate[0], pattern=rate[1], style="number")
    draft.put(9, None)
    draft.row += 1
    draft.banner("三、部门整体支出绩效指标", "section")
    table = columns(
        "level1=一级指标@绩效指标 level2=二级指标@绩效指标 level3=三级指标@绩效指标*2 "
        "nature=指标性质@年度指标值 target=指标值@年度指标值 unit=度量单位@年度指标值 "
        "actual=实际完成值 reason=偏差原因分析及改进措施"
    )
    draft.table(Table(table, caption="", two_rows="yes"))
    draft.boxes(("其他需要说明的事项", "无"))
    return [sheet]


@family("second-sheet", "invented: instructions on the first sheet, an old copy hidden")
def second_sheet(task: Task) -> list[Sheet]:
    guide = Sheet("填表说明")
    for row, text in enumerate(
        (
            "填表说明",
            "一、本表由项目实施单位填写，项目名称应与批复一致。",
            "二、年初预算数、全年预算数、全年执行数以决算数据为准。",
            "三、三级指标、年度指标值与绩效目标申报表一致，实际完成值据实填写，分值合计100分。",
        ),
        1,
    ):
        guide.put(row, 1, text, style="note")
    old = Sheet("上年", hidden=True)
    earlier = task.another(1)
    earlier.year -= 1
    national_on(task, old, earlier)
    old.truths.clear()
    sheet = task.sheet("自评表")
    national(task, sheet, Table(NATIONAL_TABLE))
    return [guide, sheet, old]


def national_on(task: Task, sheet: Sheet, content: object, row: int = 1) -> Draft:
    """A plain national form for another content."""
    draft = task.draft(sheet, 9, content, row=row)  # type: ignore[arg-type]
    head(draft)
    draft.funds(Funds(NATIONAL_FUNDS))
    draft.goals(Goals())
    draft.table(Table(NATIONAL_TABLE))
    draft.total("总分", 7, 8)
    return draft


@family("stacked-forms", "knowledge: several forms below each other on one sheet")
def stacked(task: Task) -> list[Sheet]:
    sheet = task.sheet("项目自评")
    draft = national_on(task, sheet, task.content)
    for number in range(1, task.rng.randint(2, 3)):
        gap = task.rng.choice((1, 2, 3))
        draft = national_on(task, sheet, task.another(number), draft.row + gap)
    return [sheet]


@family("book-of-projects", "knowledge: one sheet per project, a list of projects in front")
def book(task: Task) -> list[Sheet]:
    contents = [task.content, task.another(1), task.another(2)]
    index = Sheet("汇总")
    for column, text in enumerate(("序号", "项目名称", "实施单位", "全年预算数", "全年执行数", "自评得分"), 1):
        index.put(1, column, text, style="label")
    sheets = [index]
    for number, content in enumerate(contents, 1):
        total = content.funds_total
        for column, value in enumerate(
            (number, content.project, content.unit, total.budget, total.executed, content.total_score), 1
        ):
            index.put(number + 1, column, value)
        sheet = Sheet(f"{number}")
        national_on(task, sheet, content)
        sheets.append(sheet)
    return sheets


@family("offset-hidden", "invented: begins at column C, hidden helper column and hidden rows")
def offset(task: Task) -> list[Sheet]:
    sheet = task.sheet("打印", left=2)
    sheet.put(1, -1, f"{task.content.place}财政局统一制表", style="note")
    draft = task.draft(sheet, 9, row=task.rng.randint(3, 6))
    head(draft)
    top = draft.row
    draft.funds(Funds(NATIONAL_FUNDS))
    draft.goals(Goals())
    draft.table(Table(NATIONAL_TABLE))
    draft.total("总分", 7, 8)
    for row in range(top, draft.row):
        sheet.put(row, 11, f"KPI{row:03d}", style="note")
    sheet.hidden_columns.add(11 + sheet.left)
    sheet.hidden_rows.add(draft.row + 2)
    sheet.put(draft.row + 2, 1, "校验：内部使用", style="note")
    return [sheet]


@family(
    "plain-list",
    "invented: a bare list without merges, as from CSV",
    Wish(NATIONAL),
)
def plain_list(task: Task) -> list[Sheet]:
    sheet = task.sheet("Sheet1", merging=False)
    content = task.content
    draft = task.draft(sheet, 8)
    draft.title("项目支出绩效自评表", together=True)
    draft.pairs(("项目名称", 1, content.project, 1, "info.project_name"))
    draft.pairs(
        ("主管部门", 1, content.department, 1, "info.department"), ("实施单位", 1, content.unit, 1, "info.unit")
    )
    draft.funds(Funds(NATIONAL_FUNDS, caption="", corner="项目资金（万元）", label_span=1))
    draft.pairs(("预期目标", 1, content.goals[0].expected, 1, "goals[0].expected"))
    draft.pairs(("实际完成情况", 1, content.goals[0].actual, 1, "goals[0].actual"))
    draft.table(Table(NATIONAL_TABLE, caption="", levels="flat"))
    draft.total("总分", 6, 7)
    return [sheet]


__all__ = ["names"]
