"""Forms built in memory for the scoring tests."""

from __future__ import annotations

from decimal import Decimal

from xlsuite.core.form import Cell, Form, FundRow, Goal, Indicator, Ref, Total
from xlsuite.core.values import parse_decimal, parse_measure

ASPECTS = {
    "数量": ("output", "quantity"),
    "质量": ("output", "quality"),
    "时效": ("output", "time"),
    "成本": ("output", "cost"),
    "经济": ("benefit", "economic"),
    "社会": ("benefit", "social"),
    "生态": ("benefit", "ecological"),
    "持续": ("benefit", "sustained"),
    "满意度": ("satisfaction", "satisfaction"),
}
_row = 0


def _ref() -> Ref:
    global _row
    _row += 1
    return Ref("自评表", _row, 1)


def words(text: str) -> Cell[str]:
    return Cell(text or None, text, _ref())


def number(text: str | None) -> Cell[Decimal]:
    if text is None:
        return Cell()
    return Cell(parse_decimal(text.rstrip("分")), text, _ref())


def indicator(
    kind: str,
    target: str,
    actual: str,
    weight: str = "10",
    printed: str | None = "",
    *,
    name: str = "",
    nature: str = "",
    unit: str = "",
    level1: str = "",
) -> Indicator:
    dimension, aspect = ASPECTS[kind]
    level1 = level1 or {"output": "产出指标", "benefit": "效益指标", "satisfaction": "满意度指标"}[dimension]
    return Indicator(
        level1=words(level1),
        level2=words(f"{kind}指标"),
        level3=words(name),
        nature=words(nature),
        unit=words(unit),
        target=Cell(parse_measure(target, nature, unit) if target else None, target, _ref()),
        actual=Cell(parse_measure(actual, "", unit) if actual else None, actual, _ref()),
        weight=number(weight),
        score=number(printed),
        aspect=aspect,
        dimension=dimension,
    )


def fund(
    kind: str, budget: str, executed: str, weight: str | None = None, score: str | None = None, rate: str | None = None
) -> FundRow:
    return FundRow(
        kind,
        label=words(kind),
        initial=number(budget),
        budget=number(budget),
        executed=number(executed),
        weight=number(weight),
        rate=number(rate.rstrip("%")) if rate else Cell(),
        score=number(score),
    )


def form(funds: list[FundRow], indicators: list[Indicator], total: str = "", **info: str) -> Form:
    return Form(
        "自评表",
        "A1:I30",
        title=words(info.pop("title", "项目支出绩效自评表")),
        year=Cell(int(info.pop("year", "2022")), "2022", _ref()),
        info={key: words(text) for key, text in info.items()},
        funds=funds,
        goals=[Goal(words("目标"), words("完成"))],
        indicators=indicators,
        total=Total(number("100"), number(total)),
    )


def yiyang() -> Form:
    """The published form of 益阳 2022, figures only."""
    tasks = [indicator("数量", "完成开发工作", "已完成", "1", "1") for _ in range(10)]
    return form(
        [fund("total", "185.17", "142.78", "10", "9", "77.11%"), fund("fiscal", "185.17", "142.78")],
        [
            *tasks,
            indicator("质量", "≤5", "≥90", "5", "4", name="功能问题率"),
            indicator("质量", "≥95", "≥95　", "5", "5", name="功能可用性"),
            indicator("时效", "不晚于10月31日", "10月15日完成开发工作", "5", "5", name="完成系统开发工作"),
            indicator("时效", "不晚于12月31日", "未完成", "5", "4", name="完成系统验收"),
            indicator("成本", "141.3", "98.91", "10", "8", name="软件开发费用"),
            indicator("成本", "43.87", "43.87", "10", "10", name="国产化环境搭建费用"),
            indicator("经济", "上升", "上升", "5", "5"),
            indicator("经济", "下降", "下降", "5", "5"),
            indicator("社会", "加强", "加强", "5", "5"),
            indicator("社会", "加强　", "加强", "5", "5"),
            indicator("生态", "不适用", "不适用", "", ""),
            indicator("持续", "　上升", "上升", "10", "8"),
            indicator("满意度", "100%", "95%", "10", "9", name="服务对象满意度", level1="效益指标"),
        ],
        "92",
        department="益阳市自然资源和规划局",
        unit="益阳市土地储备发展中心",
    )
