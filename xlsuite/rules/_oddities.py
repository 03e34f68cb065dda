"""Cells that hold no proper content: formula errors, formulas without a result, residue of the template.

One pass over the form finds them for several rules; names of places are made only for what was found.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from xlsuite.core.form import Cell, Form, FundRow, Indicator
from xlsuite.rules._formulas import is_error_text
from xlsuite.rules._names import residue
from xlsuite.rules._phrases import fund_name, shown

COVER = (("project_name", "项目名称"), ("department", "主管部门"), ("unit", "实施单位"))
MINOR_COVER = (
    ("leader", "项目负责人"),
    ("contact", "联系人"),
    ("phone", "联系电话"),
    ("filled_by", "填表人"),
    ("filled_on", "填报日期"),
)
_INFO = {**dict(COVER), **dict(MINOR_COVER)}
_FUND_SLOTS = (
    ("initial", "年初预算数"),
    ("adjustment", "预算调整数"),
    ("budget", "全年预算数"),
    ("executed", "全年执行数"),
    ("weight", "分值"),
    ("rate", "执行率"),
    ("score", "得分"),
    ("reason", "偏差原因"),
)
Named = tuple[str, Cell[Any]]


@dataclass(slots=True)
class Oddities:
    """What was found, each with the Chinese name of its place. ``residues`` has no level-3 names of unused rows."""

    errors: list[Named] = field(default_factory=list)
    uncached: list[Named] = field(default_factory=list)
    residues: list[Named] = field(default_factory=list)

    def look(self, cell: Cell[Any], owner: Form | FundRow | Indicator, label: str) -> None:
        """Sort one cell; most are fine and cost almost nothing."""
        text = cell.text
        if cell.value is None and not text:
            if cell.formula and '""' not in cell.formula:  # a formula may give an empty text on purpose
                self.uncached.append((_place(owner, label), cell))
            return
        if text[:1] in ("#", "E") and is_error_text(text):
            self.errors.append((_place(owner, label), cell))
        elif cell.formula is None and residue(text) and not _told_elsewhere(owner, cell):
            self.residues.append((_place(owner, label), cell))

    def look_number(self, cell: Cell[Any], owner: Form | FundRow | Indicator, label: str) -> None:
        """Sort one number; one that was read is fine."""
        if cell.value is None and (cell.text or cell.formula):
            self.look(cell, owner, label)


def _place(owner: Form | FundRow | Indicator, label: str) -> str:
    if isinstance(owner, Indicator):
        return f"指标“{shown(owner.level3)}”的{label}"
    return f"“{fund_name(owner)}”的{label}" if isinstance(owner, FundRow) else label


def _told_elsewhere(owner: Form | FundRow | Indicator, cell: Cell[Any]) -> bool:
    """A placeholder name with points is IND115's matter; in a spare row of the template it is no matter."""
    if not isinstance(owner, Indicator) or cell is not owner.level3:
        return False
    return bool(owner.weight.value or owner.score.value or owner.target.blank)


def oddities(form: Form) -> Oddities:
    """Every odd cell of a form, in reading order."""
    found = Oddities()
    look, number = found.look, found.look_number
    look(form.title, form, "标题")
    for key, cell in form.info.items():
        look(cell, form, _INFO.get(key, "表头"))
    for row in form.funds:
        for slot, label in _FUND_SLOTS:
            number(getattr(row, slot), row, label)
    for goal in form.goals:
        look(goal.expected, form, "预期目标")
        look(goal.actual, form, "实际完成情况")
    for item in form.indicators:
        look(item.level3, item, "名称")
        look(item.target, item, "年度指标值")
        look(item.actual, item, "实际完成值")
        look(item.reason, item, "偏差原因")
        number(item.weight, item, "分值")
        number(item.score, item, "得分")
    number(form.total.weight, form, "总分行的分值")
    number(form.total.score, form, "总分")
    look(form.grade, form, "等次")
    return found
