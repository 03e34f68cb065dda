"""Shapes of the parts of a form, as data: which columns, which labels, in which order, merged or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a block. ``key`` names the field, ``span`` counts sheet columns, ``over`` is a heading above it."""

    key: str
    label: str
    span: int = 1
    over: str = ""


def columns(text: str) -> tuple[Column, ...]:
    """Columns from a compact notation: ``level1=一级指标 target=年度指标值*2@指标 actual=实际完成值``."""
    found = []
    for item in text.split():
        key, _, rest = item.partition("=")
        rest, _, over = rest.partition("@")
        label, star, span = rest.rpartition("*")
        if not star or not span.isdigit():
            label, span = rest, "1"
        found.append(Column(key, label.replace("|", "\n"), int(span), over))
    return tuple(found)


NATIONAL_FUND_ROWS = {
    "total": "年度资金总额",
    "fiscal": "其中：当年财政拨款",
    "carryover": "上年结转资金",
    "other": "其他资金",
}


@dataclass(frozen=True, slots=True)
class Funds:
    """The funds block. ``caption`` stands at the left, merged down; ``corner`` above the row labels."""

    columns: tuple[Column, ...]
    rows: Mapping[str, str] = field(default_factory=lambda: NATIONAL_FUND_ROWS)
    caption: str = "项目资金\n（{unit}）"
    caption_span: int = 1
    corner: str = ""
    label_span: int = 2
    heading: str = ""
    rates_on_all: bool = False
    indent: str = ""


@dataclass(frozen=True, slots=True)
class Goals:
    """The goals block: ``stacked`` puts headings above the texts, else beside them."""

    caption: str = "年度总体目标"
    expected: str = "预期目标"
    actual: str = "实际完成情况"
    caption_span: int = 1
    split: float = 0.5


@dataclass(frozen=True, slots=True)
class Table:
    """The indicator block."""

    columns: tuple[Column, ...]
    caption: str = "绩效指标"
    levels: str = "merged"
    group_points: str = ""
    aspect_points: str = ""
    subtotals: bool = False
    spare: int = 0
    execution: str = ""
    """Where the budget execution stands as an indicator row: first, last, or nowhere."""
    execution_names: tuple[str, str, str] = ("预算执行", "预算执行率", "预算执行率")
    dots: bool = False
    numbered: str = ""
    names: Mapping[str, str] = field(default_factory=lambda: ASPECTS)
    two_rows: str = ""
    not_applicable: float = 0.0


ASPECTS = {
    "quantity": "数量指标",
    "quality": "质量指标",
    "time": "时效指标",
    "cost": "成本指标",
    "economic": "经济效益指标",
    "social": "社会效益指标",
    "ecological": "生态效益指标",
    "sustained": "可持续影响指标",
    "satisfaction": "服务对象满意度指标",
    "decision": "项目决策",
    "management": "资金管理",
}
SHORT_ASPECTS = {
    **ASPECTS,
    "quantity": "产出数量",
    "quality": "产出质量",
    "time": "产出时效",
    "cost": "产出成本",
    "economic": "经济效益",
    "social": "社会效益",
    "ecological": "生态效益",
    "sustained": "可持续影响",
    "satisfaction": "满意度",
}
COST_ASPECTS = {**ASPECTS, "cost": "经济成本指标"}

NATIONAL_FUNDS = columns("initial=年初预算数 budget=全年预算数 executed=全年执行数 weight=分值 rate=执行率 score=得分")
NATIONAL_TABLE = columns(
    "level1=一级指标 level2=二级指标 level3=三级指标 target=年度指标值 actual=实际完成值 "
    "weight=分值 score=得分 reason=偏差原因分析及改进措施"
)


def width(items: Sequence[Column]) -> int:
    """Sheet columns that a block takes."""
    return sum(item.span for item in items)
