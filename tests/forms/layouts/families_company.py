"""Forms in company: annual accounts and target forms around them, live formulas, several indicators in one cell."""

from __future__ import annotations

from decimal import Decimal

from .compose import Wish
from .draft import Draft
from .families_national import head
from .families_regional import names
from .family import Task, family
from .schemes import NATIONAL
from .shapes import NATIONAL_FUNDS, NATIONAL_TABLE, Funds, Goals, Table, columns
from .sheet import Sheet, address


@family(
    "annual-accounts",
    "knowledge: workbook of a bureau's accounts with other tables around one form",
)
def accounts(task: Task) -> list[Sheet]:
    sheet = task.sheet("附表13项目支出绩效自评表")
    draft = task.draft(sheet, 9)
    draft.banner("公开13表", "note")
    head(draft)
    draft.funds(Funds(NATIONAL_FUNDS))
    draft.goals(Goals())
    draft.table(Table(NATIONAL_TABLE))
    draft.total("总分", 7, 8)
    return [_income(task), _spending(task), _targets(task), sheet, _list(task)]


def _rows(sheet: Sheet, rows: list[list[object]]) -> Sheet:
    for row, cells in enumerate(rows, 1):
        for column, value in enumerate(cells, 1):
            if value is not None:
                sheet.put(row, column, value)
    return sheet


def _income(task: Task) -> Sheet:
    amount = task.content.funds_total.budget
    return _rows(
        Sheet("附表1收入支出决算总表"),
        [
            ["收入支出决算总表"],
            [f"部门：{task.content.department}", None, None, None, None, "金额单位：万元"],
            ["收入", None, None, "支出"],
            ["项目", "行次", "决算数", "项目", "行次", "决算数"],
            ["一、一般公共预算财政拨款收入", Decimal(1), amount, "一、一般公共服务支出", Decimal(31), amount],
            ["二、政府性基金预算财政拨款收入", Decimal(2), Decimal(0), "二、外交支出", Decimal(32), Decimal(0)],
            ["本年收入合计", Decimal(27), amount, "本年支出合计", Decimal(57), amount],
            ["年初结转和结余", Decimal(29), Decimal(0), "年末结转和结余", Decimal(59), Decimal(0)],
            ["总计", Decimal(30), amount, "总计", Decimal(60), amount],
        ],
    )


def _spending(task: Task) -> Sheet:
    amount = task.content.funds_total.executed
    return _rows(
        Sheet("附表3支出决算表"),
        [
            ["支出决算表"],
            ["项目", None, "本年支出合计", "基本支出", "项目支出", "上缴上级支出"],
            ["功能分类科目编码", "科目名称"],
            ["栏次", None, Decimal(1), Decimal(2), Decimal(3), Decimal(4)],
            ["合计", None, amount, Decimal(0), amount, Decimal(0)],
        ],
    )


def _targets(task: Task) -> Sheet:
    """A 绩效目标申报表: indicators with targets, but nothing achieved yet."""
    content = task.content
    rows: list[list[object]] = [
        ["项目支出绩效目标申报表"],
        [f"（{content.year + 1}年度）"],
        ["项目名称", content.project],
        ["主管部门", content.department, "实施单位", content.unit],
        ["项目资金（万元）", "年度资金总额", content.funds_total.budget],
        ["年度总体目标", content.goals[0].expected],
        ["一级指标", "二级指标", "三级指标", "指标值"],
    ]
    rows += [["产出指标", "数量指标", line.name, line.target_text] for line in content.lines[:5]]
    return _rows(Sheet("附表12绩效目标表"), rows)


def _list(task: Task) -> Sheet:
    """A list of projects with their scores: a summary, no form."""
    rows: list[list[object]] = [
        ["项目支出绩效自评情况汇总表"],
        ["序号", "项目名称", "全年预算数", "全年执行数", "执行率", "自评得分", "等次"],
    ]
    for number in range(1, 6):
        other = task.another(number)
        total = other.funds_total
        rate = other.rate if other.rate is not None else Decimal(0)
        rows.append(
            [Decimal(number), other.project, total.budget, total.executed, rate, other.total_score, other.grade]
        )
    return _rows(Sheet("附表14自评情况汇总"), rows)


@family(
    "live-formulas",
    "knowledge: computed cells are formulas with cached values",
    Wish(kinds=("fiscal", "carryover", "other")),
)
def live(task: Task) -> list[Sheet]:
    sheet = task.sheet("自评表")
    hand = task.hand
    hand.money, hand.zero, hand.rate, hand.score, hand.weight = "0.00", "0", "format2", "number", "number"
    draft = task.draft(sheet, 9)
    draft.title()
    names(draft)
    top = draft.row + 1
    draft.funds(Funds(NATIONAL_FUNDS))
    _formulas(draft, top)
    draft.goals(Goals())
    draft.table(Table(NATIONAL_TABLE))
    draft.total("总分", 7, 8, formula=True)
    return [sheet]


def _formulas(draft: Draft, top: int) -> None:
    """Turn the total row of the funds block into formulas where the numbers on the sheet are what they compute."""
    content, entries = draft.content, draft.sheet.entries
    last = top + len(content.money) - 1
    honest = all(
        sum((getattr(row, slot) for row in content.money[1:]), Decimal(0)) == getattr(content.funds_total, slot)
        for slot in ("initial", "budget", "executed")
    )
    if not honest or content.rate is None:
        return
    for column in (4, 5, 6):
        entries[top, column].formula = f"SUM({address(top + 1, column)}:{address(last, column)})"
    total = content.funds_total
    exact = total.executed / total.budget if total.budget else Decimal(0)
    if abs(content.rate - exact) < Decimal("0.0001"):
        entries[top, 8].formula = f"F{top}/E{top}"
        right = min(content.execution_weight, content.execution_weight * exact)
        if content.execution_score is not None and abs(content.execution_score - right) < Decimal("0.006"):
            entries[top, 9].formula = f"ROUND(MIN(G{top},G{top}*H{top}),2)"


@family(
    "many-in-one-cell",
    "published: 2016 form of 海淀 and Word forms, several lines in one cell",
    Wish(NATIONAL, deductions=False),
    lines=False,
)
def many_in_one(task: Task) -> list[Sheet]:
    sheet = task.sheet("Sheet1")
    content, hand = task.content, task.hand
    hand.values = "text"
    draft = task.draft(sheet, 9)
    head(draft)
    draft.funds(Funds(NATIONAL_FUNDS))
    draft.goals(Goals())
    for column, item in enumerate(NATIONAL_TABLE, 2):
        draft.label(column, item.label)
    draft.label(1, "绩效指标")
    draft.row += 1
    groups: dict[tuple[str, str], list[int]] = {}
    for index, line in enumerate(content.lines):
        groups.setdefault((line.dimension, line.aspect), []).append(index)
    shape = Table(NATIONAL_TABLE)
    for number, ((dimension, aspect), members) in enumerate(groups.items()):
        lines = [content.lines[index] for index in members]
        name = next(item.name for item in content.dimensions if item.key == dimension)
        told = f"indicators[{number}]"
        cells = (
            ("level1", name),
            ("level2", shape.names[aspect]),
            ("level3", _listed([line.name for line in lines])),
            ("target", _listed([line.target_text for line in lines])),
            ("actual", _listed([line.actual_text for line in lines])),
            ("weight", sum((line.weight for line in lines), Decimal(0))),
            ("score", sum((line.score or Decimal(0) for line in lines), Decimal(0))),
        )
        for column, (key, value) in enumerate(cells, 2):
            draft.put(column, value, told=f"{told}.{key}", style="text")
        draft.row += 1
    draft.total("总分", 7, 8)
    return [sheet]


def _listed(items: list[str]) -> str:
    return items[0] if len(items) == 1 else "\n".join(f"{number}.{item}" for number, item in enumerate(items, 1))


@family("merged-money-points", "knowledge: weight, rate and score merged over the funds rows", Wish(NATIONAL))
def merged_points(task: Task) -> list[Sheet]:
    sheet = task.sheet()
    task.hand.nothing = ""
    draft = task.draft(sheet, 9)
    head(draft)
    top = draft.row + 1
    draft.funds(Funds(NATIONAL_FUNDS))
    for column in (7, 8, 9):
        for row in range(top + 1, draft.row):
            sheet.entries.pop((row, column), None)
        sheet.entries[top, column].rows = draft.row - top
    draft.goals(Goals())
    draft.table(Table(NATIONAL_TABLE))
    draft.total("总分", 7, 8)
    return [sheet]


@family(
    "initial-only",
    "published: 海淀区学院路街道 2016, 年初预算数(A) and 全年执行数(B) only",
    Wish(NATIONAL, kinds=("fiscal", "other")),
)
def initial_only(task: Task) -> list[Sheet]:
    sheet = task.sheet()
    for money in task.content.money:
        money.initial = money.budget
    draft = task.draft(sheet, 9)
    draft.title()
    names(draft, "主管部门及代码")
    money = columns("initial=年初预算数(A) executed=全年执行数(B) weight=分值（10分） rate=执行率(B/A) score=得分*2")
    rows = {"total": "年度资金总额：", "fiscal": "其中：本年一般公共预算拨款", "other": "其他资金"}
    draft.funds(Funds(money, rows))
    draft.goals(Goals("年度\n总体\n目标", "年初设定目标", "年度总体目标完成情况综述"))
    draft.table(Table(NATIONAL_TABLE, group_points="{name}\n（{points}分）"))
    draft.total("总分", 7, 8)
    return [sheet]
