"""The records a template can loop over: what each is called, its fields and what they mean.

A record is computed field by field, only when a template asks for one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from xlsuite.core.form import FundRow, Goal
from xlsuite.report.facts import Facts, YearFunds
from xlsuite.report.lines import Group, Line
from xlsuite.report.materials import FundItem, due_of, paid_of
from xlsuite.report.phrases import Figure, Paragraphs, label_of, percent, plain, tidy
from xlsuite.report.wording import details, indicators


@dataclass(frozen=True, slots=True)
class Entry:
    """A field of a record. ``holds`` names the record type of a list field, "" for a plain value."""

    name: str
    alias: str
    meaning: str
    get: Callable[[Any, Facts], Any]
    holds: str = ""


class Record:
    """One element of a list; :meth:`lookup` computes a field, by its Chinese name or its alias."""

    __slots__ = ("entries", "facts", "kind", "source")

    def __init__(self, kind: str, source: Any, facts: Facts) -> None:
        self.kind, self.source, self.facts = kind, source, facts
        self.entries = _BY_NAME[kind]

    def lookup(self, name: str) -> Any:
        """The value of a field; raises KeyError for an unknown name."""
        return self.entries[name].get(self.source, self.facts)


def records(kind: str, sources: list[Any], facts: Facts) -> list[Record]:
    """Records over a list of sources."""
    return [Record(kind, source, facts) for source in sources]


def number(value: Decimal | None) -> Figure:
    """A number for a table cell, "" when it is unknown."""
    return Figure("" if value is None else plain(value))


def _rate(part: Decimal | None, whole: Decimal | None) -> Figure:
    return Figure(percent(part / whole) if part is not None and whole else "")


def _share(item: FundItem, facts: Facts) -> Figure:
    column = "paid" if item.paid is not None else "planned"
    return _rate(getattr(item, column), facts.item_sum(column))


def _unpaid(item: FundItem) -> Decimal | None:
    due, paid = due_of(item), paid_of(item)
    return None if due is None or paid is None else due - paid


def _fund_rate(row: FundRow, facts: Facts) -> Figure:
    if row is facts.form.fund_total:
        return Figure(facts.rate)
    return Figure("" if row.rate.value is None else tidy(row.rate.text))


def _text(name: str) -> Callable[[Any, Facts], str]:
    return lambda source, facts: str(getattr(source, name))


def _number(name: str) -> Callable[[Any, Facts], str]:
    return lambda source, facts: number(getattr(source, name))


def _cell(name: str) -> Callable[[Any, Facts], str]:
    return lambda source, facts: number(getattr(source, name).value)


def _lost(group: Group) -> Decimal | None:
    return None if group.weight is None or group.score is None else group.weight - group.score


RECORDS: dict[str, tuple[Entry, ...]] = {
    "指标": (
        Entry("一级指标", "level1", "一级指标名称", _text("level1")),
        Entry("二级指标", "level2", "二级指标名称", _text("level2")),
        Entry("三级指标", "level3", "三级指标名称", _text("level3")),
        Entry("年度指标值", "target", "年度指标值，照表", _text("target")),
        Entry("实际完成值", "actual", "实际完成值，照表", _text("actual")),
        Entry("分值", "weight", "分值", _number("weight")),
        Entry("得分", "score", "得分", _number("score")),
        Entry("扣分", "lost", "分值减得分", _number("lost")),
        Entry("偏差原因", "reason", "偏差原因分析及改进措施，照表", _text("reason")),
        Entry("完成状态", "status", "完成、部分完成、未完成、不适用或未填报", _text("status")),
    ),
    "指标组": (
        Entry("名称", "name", "一级或二级指标名称", _text("label")),
        Entry("上级", "parent", "所属一级指标", _text("parent")),
        Entry("分值", "weight", "组内分值合计", _number("weight")),
        Entry("得分", "score", "组内得分合计", _number("score")),
        Entry("扣分", "lost", "组内扣分合计", lambda group, facts: number(_lost(group))),
        Entry("指标数", "count", "组内三级指标个数", lambda group, facts: str(len(group.lines))),
        Entry("说明", "text", "逐项完成情况，成段文字", lambda group, facts: indicators.group_text(group)),
        Entry(
            "完成说明", "brief", "逐项完成情况，不带扣分原因", lambda g, facts: indicators.group_text(g, reasons=False)
        ),
        Entry("得分说明", "score_text", "分值和得分，一句话", lambda group, facts: indicators.group_scores(group)),
        Entry("指标", "lines", "组内指标", lambda group, facts: records("指标", group.lines, facts), "指标"),
        Entry(
            "二级指标组",
            "groups",
            "组内各二级指标",
            lambda group, facts: records("指标组", group.groups, facts),
            "指标组",
        ),
    ),
    "扣分": (
        Entry("名称", "name", "没有得满分的指标", _text("name")),
        Entry("分值", "weight", "分值", _number("weight")),
        Entry("得分", "score", "得分", _number("score")),
        Entry("扣分", "lost", "扣分", _number("lost")),
        Entry(
            "原因", "reason", "扣分原因及改进措施", lambda item, facts: indicators.reason_text(item.name, item.reason)
        ),
        Entry("说明", "text", "扣分及原因，成句文字", lambda item, facts: indicators.deduction_text(item)),
    ),
    "资金来源": (
        Entry("名称", "name", "资金来源，照表", lambda row, facts: label_of(row.label.text)),
        Entry("年初预算数", "initial", "年初预算数", _cell("initial")),
        Entry("全年预算数", "budget", "全年预算数", _cell("budget")),
        Entry("全年执行数", "executed", "全年执行数", _cell("executed")),
        Entry("分值", "weight", "分值", _cell("weight")),
        Entry("执行率", "rate", "执行率", _fund_rate),
        Entry("得分", "score", "得分", _cell("score")),
    ),
    "目标": (
        Entry("预期目标", "expected", "年度总体目标的预期目标", lambda goal, facts: _paragraphs(goal, "expected")),
        Entry("实际完成情况", "actual", "年度总体目标的实际完成情况", lambda goal, facts: _paragraphs(goal, "actual")),
    ),
    "资金项目": (
        Entry("名称", "name", "资金项目名称", _text("name")),
        Entry("年度", "year", "年度", _text("year")),
        Entry("安排", "planned", "预算安排", _number("planned")),
        Entry("年中调整", "adjusted", "年中调整，压减为负数", _number("adjusted")),
        Entry("调整后安排", "due", "预算安排加年中调整", lambda item, facts: number(due_of(item))),
        Entry("到位", "received", "到位金额", _number("received")),
        Entry("支付", "paid", "实际支付；状态为未支付的记 0", lambda item, facts: number(paid_of(item))),
        Entry("支付率", "rate", "支付除以调整后安排", lambda i, facts: _rate(paid_of(i), due_of(i))),
        Entry("未支付", "unpaid", "调整后安排减支付", lambda item, facts: number(_unpaid(item))),
        Entry("占比", "share", "在各项支付（没有支付时为安排）合计中的比例", _share),
        Entry("合同金额", "contract", "合同金额", _number("contract")),
        Entry("支付日期", "date", "支付日期", _text("date")),
        Entry("支付状态", "status", "支付状态；没有填写的按金额判断", lambda i, facts: i.status or details.state_of(i)),
        Entry("备注", "note", "备注", _text("note")),
        Entry("说明", "text", "安排和支付情况，成句文字", lambda item, facts: details.item_text(item, facts.unit)),
    ),
    "年度资金": (
        Entry("年度", "year", "年度", _text("year")),
        Entry("安排", "planned", "年初安排", _number("planned")),
        Entry("年中调整", "adjusted", "年中调整，压减为负数", _number("adjusted")),
        Entry("实际安排", "due", "安排加年中调整", _number("arranged")),
        Entry("支付", "paid", "实际支付", _number("paid")),
        Entry("支付率", "rate", "支付除以实际安排", lambda entry, facts: _rate(entry.paid, entry.arranged)),
        Entry(
            "说明", "text", "本年安排、调整和支付，一句话", lambda entry, facts: details.year_text(entry, facts.unit)
        ),
    ),
}
"""Record types by name. The element types of ``Field.holds`` and ``Entry.holds`` are keys of this table."""

_BY_NAME = {
    kind: {key: entry for entry in entries for key in (entry.name, entry.alias)} for kind, entries in RECORDS.items()
}


def names_of(kind: str) -> dict[str, Entry]:
    """Fields of a record type by Chinese name and by alias."""
    return _BY_NAME[kind]


def _paragraphs(goal: Goal, side: str) -> Paragraphs:
    cell = getattr(goal, side)
    return Paragraphs("" if cell.blank else cell.text.strip())


__all__ = ["RECORDS", "Entry", "Line", "Record", "YearFunds", "names_of", "number", "records"]
