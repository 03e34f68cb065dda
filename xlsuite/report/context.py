"""Everything a template may say: one documented list of names, printed by ``xlsuite template fields``.

Every name has an alias in ASCII; ``{{ 项目名称 }}`` and ``{{ project_name }}`` are the same. Only the names a template
uses are computed, so a template without charts never loads the drawing library.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from xlsuite.report import charts
from xlsuite.report.facts import Facts
from xlsuite.report.lines import kind_of
from xlsuite.report.phrases import Figure, Missing, Paragraphs, amount, missing, plain, tidy
from xlsuite.report.records import RECORDS, Record, records
from xlsuite.report.titles import broken
from xlsuite.report.values import Counter, Picture
from xlsuite.report.wording import conclusion, details, funds, indicators

MATERIAL = "素材"
MATERIAL_ALIAS = "materials"
_INFO_FALLBACK = {
    "项目概况": "overview",
    "存在的问题": "problems",
    "改进措施": "measures",
    "主要经验": "experience",
    "其他需要说明的问题": "other_matters",
    "结果应用和公开情况": "publication",
}
"""Paragraphs that some forms carry themselves, in their head or foot."""


@dataclass(frozen=True, slots=True)
class Field:
    """A name a template may use. ``holds`` names the record type of a list (or of one record), "" for a plain value."""

    name: str
    alias: str
    meaning: str
    make: Callable[[Facts], Any]
    holds: str = ""
    many: bool = True


class MaterialTexts:
    """The paragraphs of the sheet 报告素材 by field label; what nobody wrote is 【待补充：label】."""

    __slots__ = ("facts",)

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    def lookup(self, label: str) -> Paragraphs | Missing:
        """The paragraphs of one field, from the sheet or from the form's own head and foot."""
        text = self.facts.written(label)
        if not text and label in _INFO_FALLBACK:
            cell = self.facts.form.info.get(_INFO_FALLBACK[label])
            text = cell.text.strip() if cell is not None and not cell.blank else ""
        return Paragraphs(text) if text else missing(label)


def _or_missing(label: str, text: str) -> str:
    return text or missing(label)


def _info(label: str, *keys: str) -> Callable[[Facts], str]:
    return lambda facts: _or_missing(label, facts.info(*keys) or facts.written(label))


def _amount(label: str, name: str) -> Callable[[Facts], str]:
    def make(facts: Facts) -> str:
        value: Decimal | None = getattr(facts, name)
        return missing(label) if value is None else Figure(amount(value, facts.unit))

    return make


def _number(label: str, name: str) -> Callable[[Facts], str]:
    def make(facts: Facts) -> str:
        value: Decimal | None = getattr(facts, name)
        return missing(label) if value is None else Figure(plain(value))

    return make


def _groups(*kinds: str) -> Callable[[Facts], list[Record]]:
    def make(facts: Facts) -> list[Record]:
        found = [sub for top in facts.level1 for sub in top.groups if kind_of(top, sub) in kinds]
        return records("指标组", found, facts)

    return make


def _unit_name(facts: Facts) -> str:
    keys = ("unit", "budget_unit", "reporter", "department")
    return _or_missing("单位名称", facts.info(*keys) or facts.written("单位名称"))


_NAME = _info("项目名称", "project_name")


def _year_title(facts: Facts) -> str:
    year = facts.period or missing("评价年度")
    return broken(f"{year}年{'' if facts.multi_year else '度'}{_NAME(facts)}")


FIELDS: tuple[Field, ...] = (
    Field("项目名称", "project_name", "项目名称，照表", _NAME),
    Field(
        "评价年度", "year", "评价年度，不带“年”字；多年项目为“2019—2022”", lambda f: _or_missing("评价年度", f.period)
    ),
    Field("项目题名", "title_name", "项目名称，过长时分行，用于标题", lambda f: broken(_NAME(f))),
    Field("年度项目题名", "title_year_name", "评价年度和项目名称，过长时分行，用于标题", _year_title),
    Field("表名", "form_title", "自评表的标题，照表", lambda f: tidy(f.form.title.text) or "项目支出绩效自评表"),
    Field("单位名称", "unit_name", "实施单位；表上没有时为预算单位、填报单位或主管部门", _unit_name),
    Field("主管部门", "department", "主管部门", _info("主管部门", "department")),
    Field("实施单位", "implementing_unit", "实施单位", _info("实施单位", "unit", "budget_unit", "reporter")),
    Field("填报日期", "filled_on", "填报日期：表上的，或报告素材里的“填报日期”", _info("填报日期", "filled_on")),
    Field("项目负责人", "leader", "项目负责人", _info("项目负责人", "leader")),
    Field("联系人", "contact", "联系人", _info("联系人", "contact")),
    Field("联系电话", "phone", "联系电话", _info("联系电话", "phone")),
    Field("金额单位", "amount_unit", "表中金额的单位", lambda f: f.unit),
    Field("年初预算数", "initial", "年初预算数，带单位", _amount("年初预算数", "initial")),
    Field("全年预算数", "budget", "全年预算数（调整后），带单位", _amount("全年预算数", "budget")),
    Field("全年执行数", "executed", "全年执行数，带单位", _amount("全年执行数", "executed")),
    Field("结余资金", "balance", "全年预算数减全年执行数，带单位", _amount("结余资金", "balance")),
    Field("执行率", "rate", "预算执行率", lambda f: Figure(f.rate) or missing("预算执行率")),
    Field("执行率分值", "execution_weight", "预算执行率的分值", _number("预算执行率分值", "execution_weight")),
    Field("执行率得分", "execution_score", "预算执行率的得分", _number("预算执行率得分", "execution_score")),
    Field("满分", "full_marks", "分值合计", _number("分值合计", "total_weight")),
    Field("总分", "total", "自评总分", _number("自评总分", "total")),
    Field("评价等次", "grade", "优、良、中、差", lambda f: _or_missing("评价等次", f.grade)),
    Field("资金安排说明", "arranged_text", "年初预算、年中调整、全年预算和资金来源", funds.arranged),
    Field("资金到位说明", "received_text", "到位金额和到位率（资金明细的“到位”列）", funds.received),
    Field("资金执行说明", "executed_text", "支出、执行率、结余或超支", funds.executed),
    Field("执行率得分说明", "execution_text", "预算执行率的分值和得分；表上不计分时为空", funds.execution_score),
    Field("资金明细概况", "items_text", "几项支付完毕、部分支付、尚未支付", details.items_overview),
    Field("资金明细合计说明", "items_total_text", "资金明细合计；与自评表不一致时写明差额", details.items_total),
    Field("多年度安排说明", "years_text", "分年度安排、压减和合计；只有一年时为空", details.years_text),
    Field("分值构成说明", "weights_text", "满分和各部分分值；对不上时为空", conclusion.weights),
    Field("指标完成概况", "indicators_text", "指标个数，几项完成、部分完成、未完成", indicators.overview),
    Field("扣分概况", "deductions_text", "几项没有得满分，合计扣几分", indicators.deductions_overview),
    Field("评价结论", "result_text", "总分、等次和各部分得分", conclusion.result),
    Field("年度总体目标", "goals_expected", "年度总体目标，照表", conclusion.goals_expected),
    Field("总体目标完成情况", "goals_actual", "总体目标实际完成情况，照表", conclusion.goals_actual),
    Field("资金", "funds", "资金各行，首行为总额", lambda f: records("资金来源", f.form.funds, f), "资金来源"),
    Field("目标", "goals", "年度总体目标各行", lambda f: records("目标", f.form.goals, f), "目标"),
    Field("指标", "indicators", "全部三级指标，照表的次序", lambda f: records("指标", f.lines, f), "指标"),
    Field("一级指标组", "level1_groups", "按一级指标分组", lambda f: records("指标组", f.level1, f), "指标组"),
    Field("决策指标组", "decision_groups", "决策类的二级指标", _groups("decision"), "指标组"),
    Field("过程指标组", "process_groups", "过程、管理类的二级指标", _groups("process"), "指标组"),
    Field("管理指标组", "management_groups", "决策、过程和管理类的二级指标", _groups("decision", "process"), "指标组"),
    Field("产出指标组", "output_groups", "产出（含成本）类的二级指标", _groups("output"), "指标组"),
    Field("效益指标组", "benefit_groups", "效益（含满意度）类的二级指标", _groups("benefit"), "指标组"),
    Field(
        "扣分指标",
        "deductions",
        "没有得满分的各项，执行率在前",
        lambda f: records("扣分", indicators.deductions(f), f),
        "扣分",
    ),
    Field("资金明细", "items", "资金明细表各项", lambda f: records("资金项目", f.items, f), "资金项目"),
    Field(
        "年度资金", "years", "多年度安排，逐年；只有一年时为空", lambda f: records("年度资金", f.years, f), "年度资金"
    ),
    Field(
        "资金明细合计", "items_sum", "资金明细各项合计", lambda f: Record("资金项目", f.items_sum, f), "资金项目", False
    ),
    Field(
        "年度资金合计", "years_sum", "多年度安排合计", lambda f: Record("年度资金", f.years_sum, f), "年度资金", False
    ),
    Field("执行情况图", "execution_chart", "预算与执行对比图；数据不全时为空", charts.execution_chart),
    Field("得分情况图", "score_chart", "各部分分值与得分对比图；数据不全时为空", charts.score_chart),
    Field(
        MATERIAL,
        MATERIAL_ALIAS,
        "报告素材表中的段落，写作 素材.字段名；没有填写的显示为【待补充：字段名】",
        MaterialTexts,
    ),
    Field("图号", "figure_number", "下一张图的序号", lambda f: Counter()),
    Field("表号", "table_number", "下一张表的序号", lambda f: Counter()),
)
"""Every name, in the order in which ``template fields`` prints them."""

BY_NAME = {key: field for field in FIELDS for key in (field.name, field.alias)}


def build_context(facts: Facts, names: Iterable[str]) -> dict[str, Any]:
    """Values of the given names; a name and its alias share one value."""
    made: dict[str, Any] = {}
    context = {}
    for name in names:
        field = BY_NAME[name]
        if field.name not in made:
            made[field.name] = field.make(facts)
        context[name] = made[field.name]
    return context


@dataclass(frozen=True, slots=True)
class FieldNote:
    """One line of ``template fields``: how it is written, its alias, what it means, an example from a real workbook."""

    name: str
    alias: str
    meaning: str
    example: str


def describe(facts: Facts) -> list[FieldNote]:
    """Every name with an example; fields of list elements follow their list, written 指标.三级指标."""
    notes: list[FieldNote] = []
    for field in FIELDS:
        value = field.make(facts)
        if not field.holds:
            notes.append(FieldNote(field.name, field.alias, field.meaning, _example(value)))
            continue
        found = value if field.many else [value]
        if field.many:
            notes.append(FieldNote(field.name, field.alias, f"{field.meaning}（列表）", f"共{len(found)}项"))
        for entry in RECORDS[field.holds]:
            example = _example(found[0].lookup(entry.name)) if found else ""
            label, alias = f"{field.name}.{entry.name}", f"{field.alias}.{entry.alias}"
            notes.append(FieldNote(label, alias, entry.meaning, example))
    return notes


def _example(value: Any) -> str:
    if isinstance(value, list):
        return f"共{len(value)}项"
    if isinstance(value, Picture):
        return f"（图：{value.description}）"
    if isinstance(value, (Counter, MaterialTexts)):
        return "素材.项目背景" if isinstance(value, MaterialTexts) else "1"
    return "" if value is None else str(value)
