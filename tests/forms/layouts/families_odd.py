"""Families that a careful collector would bring: pasted from Word, inline labels, two score columns, ticked grades."""

from __future__ import annotations

from decimal import Decimal

from .compose import Wish
from .draft import Draft
from .families_national import head
from .families_regional import names
from .family import Task, family
from .points import trimmed
from .schemes import COST, FOLDED, NATIONAL
from .shapes import NATIONAL_FUNDS, NATIONAL_TABLE, SHORT_ASPECTS, Funds, Goals, Table, columns
from .sheet import Sheet

CHINESE_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")


@family("word-paste", "knowledge: tables pasted from Word, every block with its own column boundaries")
def word_paste(task: Task) -> list[Sheet]:
    sheet = task.sheet("Sheet1")
    content = task.content
    draft = task.draft(sheet, 23)
    draft.title(year="（  {year}  年度）")
    draft.pairs(("项目名称", 3, content.project, 20, "info.project_name"))
    draft.pairs(
        ("主管部门", 3, content.department, 9, "info.department"), ("实施单位", 4, content.unit, 7, "info.unit")
    )
    money = columns(
        "initial=年初|预算数*3 budget=全年|预算数*4 executed=全年|执行数*2 weight=分值*2 rate=执行率*3 score=得分*2"
    )
    draft.funds(Funds(money, caption_span=2, label_span=5))
    draft.goals(Goals("年度\n总体\n目标", caption_span=2, split=0.46))
    table = columns(
        "level1=一级|指标*3 level2=二级|指标*3 level3=三级指标*4 target=年度|指标值*2 "
        "actual=实际|完成值*3 weight=分值 score=得分*2 "
        "reason=偏差原因|分析及|改进措施*4"
    )
    draft.table(Table(table, caption="绩\n效\n指\n标", spare=1))
    draft.total("总分", 17, 18)
    return [sheet]


@family("inline-labels", "knowledge: label and value in one cell, the year in Chinese digits, 总分：98分")
def inline(task: Task) -> list[Sheet]:
    sheet = task.sheet("自评表", merging=task.rng.random() < 0.6)
    content, hand = task.content, task.hand
    draft = task.draft(sheet, 9)
    stamp = str(content.year).translate(CHINESE_DIGITS)
    draft.banner(f"{stamp}年度项目支出绩效自评表", told="title")
    sheet.tell("year", content.year, "", 1, 1)
    draft.put(
        1, f"项目名称：{content.project}", span=(1, 9), style="text", told="info.project_name", means=content.project
    )
    draft.row += 1
    draft.put(
        1,
        f"主管部门：{content.department}",
        span=(1, 4),
        style="text",
        told="info.department",
        means=content.department,
    )
    draft.put(5, f"实施单位：{content.unit}", span=(1, 5), style="text", told="info.unit", means=content.unit)
    draft.row += 1
    draft.funds(Funds(NATIONAL_FUNDS))
    draft.goals(Goals())
    draft.table(Table(NATIONAL_TABLE, levels="flat" if not sheet.merging else "merged"))
    hand.score = "number"
    text = f"总分：{trimmed(content.total_score)}{task.rng.choice(('', '分'))}"
    draft.put(1, text, span=(1, 9), told="total.score", means=content.total_score)
    return [sheet]


@family("two-scores", "knowledge: 自评得分 and 复核得分 side by side", Wish(COST))
def two_scores(task: Task) -> list[Sheet]:
    sheet = task.sheet("自评（复核）")
    draft = task.draft(sheet, 11)
    head(draft)
    money = columns(
        "initial=年初预算数 budget=全年预算数 executed=全年执行数 weight=分值 rate=执行率 "
        "score=自评得分 recheck=复核得分*2"
    )
    draft.funds(Funds(money, label_span=2))
    draft.goals(Goals())
    table = columns(
        "level1=一级指标 level2=二级指标 level3=三级指标 target=年度指标值 actual=实际完成值 "
        "weight=分值 score=自评得分 "
        "recheck_score=主管部门复核得分 reason=偏差原因分析及改进措施 remark=备注"
    )
    draft.table(Table(table))
    draft.total("总分", 7, 8)
    return [sheet]


@family("ticked-grade", "knowledge: grade ticked among four boxes, units in the money headings")
def ticked(task: Task) -> list[Sheet]:
    sheet = task.sheet()
    content = task.content
    draft = task.draft(sheet, 9)
    draft.title(task.rng.choice(("项目绩效自评表", "财政支出绩效自评表")), year="（{year}年度）")
    names(draft, unit="项目实施单位")
    money = columns(
        "initial=年初预算数（{unit}） budget=全年预算数（{unit}） executed=全年执行数（{unit}） "
        "weight=分值 rate=执行率 score=得分"
    )
    draft.funds(Funds(money, caption="项目资金"))
    draft.goals(Goals())
    draft.table(Table(NATIONAL_TABLE, names=SHORT_ASPECTS))
    draft.total(task.rng.choice(("合  计", "总  分", "自评得分合计")), 7, 8)
    marks = "   ".join(f"{name}{'☑' if name == content.grade else '□'}" for name in ("优", "良", "中", "差"))
    draft.label(1, "自评等级", (1, 2))
    draft.put(3, marks, span=(1, 7), told="grade", means=content.grade)
    draft.row += 1
    draft.notes(f"填表人：{content.owner}   审核人：    填报日期：{content.year + 1}年3月15日")
    return [sheet]


@family(
    "gaps",
    "invented: blank rows between blocks, captions one character a row",
    Wish(FOLDED),
)
def gaps(task: Task) -> list[Sheet]:
    sheet = task.sheet("Sheet1", left=task.rng.choice((1, 2)))
    draft = task.draft(sheet, 9, row=2)
    head(draft)
    draft.row += 1
    draft.funds(Funds(NATIONAL_FUNDS))
    draft.row += task.rng.choice((1, 2))
    draft.goals(Goals())
    draft.row += 1
    top = draft.row
    draft.table(Table(NATIONAL_TABLE, caption="绩效指标", spare=1))
    _spell(sheet, top, "绩效指标")
    draft.total("总分", 7, 8)
    return [sheet]


def _spell(sheet: Sheet, top: int, text: str) -> None:
    """Break a merged caption up into one character a row."""
    column = 1 + sheet.left
    caption = sheet.entries[top, column]
    for step in range(caption.rows):
        character = text[step] if step < len(text) else None
        sheet.entries[top + step, column] = type(caption)(character, 1, 1, caption.style)


@family("percent-weights", "knowledge: 权重（%） in numbers", Wish(NATIONAL))
def percent_weights(task: Task) -> list[Sheet]:
    sheet = task.sheet()
    task.hand.weight = "number"
    draft = task.draft(sheet, 9)
    head(draft)
    money = columns(
        "initial=年初预算数 budget=全年预算数 executed=全年执行数 weight=权重（%） rate=执行率（%） score=得分"
    )
    draft.funds(Funds(money))
    draft.goals(Goals())
    table = columns(
        "level1=一级指标 level2=二级指标 level3=三级指标 weight=权重（%） target=目标值 "
        "actual=实际完成值 score=自评得分 reason=未完成原因及改进措施"
    )
    draft.table(Table(table))
    draft.total("合计", 5, 8)
    return [sheet]


@family("group-columns", "knowledge: points of level 1 and level 2 in columns of their own")
def group_columns(task: Task) -> list[Sheet]:
    sheet = task.sheet("评分表")
    draft = task.draft(sheet, 11)
    draft.title("项目支出绩效评价自评表")
    names(draft)
    draft.funds(Funds(NATIONAL_FUNDS, label_span=4))
    draft.goals(Goals())
    table = columns(
        "level1=一级指标 group1=分值 level2=二级指标 group2=分值 level3=三级指标 target=年度指标值 "
        "actual=实际完成值 weight=分值 score=得分 "
        "reason=偏差原因分析及改进措施"
    )
    top = draft.row
    draft.table(Table(table))
    _group_points(draft, top)
    draft.total("总分", 9, 10)
    return [sheet]


def _group_points(draft: Draft, top: int) -> None:
    """Fill the two columns of group weights, merged like the names beside them."""
    sheet, content = draft.sheet, draft.content
    for column, level in ((2, "level1"), (4, "level2")):
        sums: dict[str, Decimal] = {}
        for index, line in enumerate(content.lines):
            cell = sheet.truths[-1].fields[f"indicators[{index}].{level}"].cell
            sums[cell] = sums.get(cell, Decimal(0)) + line.weight
        for (row, at), entry in list(sheet.entries.items()):
            name = f"{'ABCDEFGHIJKLMNOP'[at - 1]}{row}"
            if at == column and row > top and name in sums:
                for step in range(entry.rows):
                    sheet.entries.pop((row + step, column + 1), None)
                sheet.put(row, column + 1, sums[name], span=(entry.rows, 1), style="number")
