"""Indicators as a report tells them: cleaned labels, whether the target was met, groups by level."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from xlsuite.core.form import Form, Indicator
from xlsuite.core.scorecard import Expected, Scorecard
from xlsuite.core.text import is_placeholder, squeeze
from xlsuite.report.phrases import label_of, tidy

_UNMET = re.compile(r"^(?:尚?未|没有?|暂未|暂无|不能|无法)|未达[成到]|未能")
_PARTLY = re.compile(r"部分|基本|阶段性")
_PERCENT = {"百分比": "%", "百分数": "%", "百分率": "%"}
_SIGN = re.compile(r"^[≥≤<>=＝≧≦]|^定性")


@dataclass(slots=True)
class Line:
    """One indicator. ``status`` is 完成, 部分完成, 未完成, 不适用, 未填报, or "" where nothing decides it."""

    level1: str
    level2: str
    level3: str
    target: str
    actual: str
    weight: Decimal | None
    score: Decimal | None
    reason: str
    status: str
    dimension: str
    expected: Expected
    source: Indicator

    @property
    def lost(self) -> Decimal | None:
        """Points lost; None without weight or score."""
        return None if self.weight is None or self.score is None else self.weight - self.score


@dataclass(slots=True)
class Group:
    """Indicators under one heading; ``groups`` are the level-2 groups of a level-1 group."""

    label: str
    parent: str = ""
    dimension: str = ""
    lines: list[Line] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)

    @property
    def weight(self) -> Decimal | None:
        """Sum of the weights; None when one is missing."""
        return _sum([line.weight for line in self.lines])

    @property
    def score(self) -> Decimal | None:
        """Sum of the scores; None when one is missing."""
        return _sum([line.score for line in self.lines])


def _sum(values: list[Decimal | None]) -> Decimal | None:
    if not values or None in values:
        return None
    return sum((value for value in values if value is not None), Decimal(0))


def lines_of(form: Form, card: Scorecard) -> list[Line]:
    """The form's indicators in print order; spare rows (no name and no values, or only ……) are left out."""
    lines = []
    for index, item in enumerate(form.indicators):
        if is_placeholder(item.level3.text) and is_placeholder(item.target.text) and item.weight.value is None:
            continue
        expected = card.indicators[index] if index < len(card.indicators) else Expected()
        lines.append(_line(item, expected))
    return lines


def _line(item: Indicator, expected: Expected) -> Line:
    return Line(
        level1=label_of(item.level1.text),
        level2=label_of(item.level2.text),
        level3=" ".join(item.level3.text.split()),
        target=_value(item.nature.text, item.target.text, item.unit.text),
        actual=_value("", item.actual.text, item.unit.text),
        weight=item.weight.value,
        score=item.score.value,
        reason="" if item.reason.blank else item.reason.text.strip(),
        status=status_of(item, expected),
        dimension=item.dimension,
        expected=expected,
        source=item,
    )


def _value(nature: str, text: str, unit: str) -> str:
    """A value as one reads it where sign and unit stand in columns of their own: ≥ | 95 | % → ≥95%."""
    shown = " ".join(text.split())
    if not shown or is_placeholder(shown):
        return ""
    sign = squeeze(nature)
    if sign in ("≥", "≤", "<", ">") and not _SIGN.match(squeeze(shown)):
        shown = sign + shown
    if unit and not is_placeholder(unit) and re.search(r"[\d.]$", shown):
        shown += _PERCENT.get(squeeze(unit), tidy(unit))
    return shown


def status_of(item: Indicator, expected: Expected) -> str:
    """Whether the target was met: by what was entered, then by the scorecard, then by the printed score."""
    target, actual, weight, score = item.target.value, item.actual.value, item.weight.value, item.score.value
    if (target is not None and target.kind == "na") or squeeze(item.level3.text) == "不适用":
        return "不适用"
    if item.actual.blank:
        return "未填报"
    words = squeeze(item.actual.text)
    if actual is not None and actual.kind == "word":
        if _UNMET.search(words) and not _UNMET.search(squeeze(item.target.text)):
            return "未完成"
        if _PARTLY.search(words):
            return "部分完成"
    if weight and expected.decided and not expected.judgement and expected.low is not None:
        if expected.low >= weight:
            return "完成"
        if expected.high is not None and expected.high < weight:
            return "部分完成" if expected.high > 0 else "未完成"
    if score is None or not weight:
        return ""
    return "完成" if score >= weight else "部分完成"


def groups_of(lines: list[Line]) -> list[Group]:
    """Level-1 groups in order of first appearance, each with its level-2 groups."""
    found: dict[str, Group] = {}
    for line in lines:
        name = line.level1 or "绩效指标"
        top = found.setdefault(name, Group(name, dimension=line.dimension))
        top.lines.append(line)
        label = line.level2 or name
        sub = next((group for group in top.groups if group.label == label), None)
        if sub is None:
            sub = Group(label, parent=name, dimension=line.dimension)
            top.groups.append(sub)
        sub.lines.append(line)
    return list(found.values())


_KINDS = (
    ("benefit", re.compile("效益|效果|影响|满意|经济|社会|生态")),
    ("decision", re.compile("决策|立项|目标|投入")),
    ("process", re.compile("过程|管理|执行|实施|资金|制度|组织|履职")),
    ("output", re.compile("产出|数量|质量|时效|成本|进度|完成")),
)
_OF_DIMENSION = {"output": "output", "cost": "output", "benefit": "benefit", "satisfaction": "benefit"}


def kind_of(top: Group, sub: Group) -> str:
    """The chapter a level-2 group belongs to: decision, process, output or benefit.

    By the standard kind of its level-1 group, else by the words of either heading, else output.
    """
    known = _OF_DIMENSION.get(top.dimension)
    if known:
        return known
    for label in (top.label, sub.label):
        for kind, words in _KINDS:
            if words.search(label):
                return kind
    return "output"
