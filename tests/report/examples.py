"""The five published reports as forms: only what their texts state, everything else blank."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from xlsuite.blank.content import read_content
from xlsuite.core.dates import parse_when
from xlsuite.core.form import Cell, Form, FundRow, Goal, Indicator, Ref, Total
from xlsuite.core.profile import Profile, load
from xlsuite.core.scorecard import Scorecard
from xlsuite.core.values import parse_measure
from xlsuite.report.materials import FundItem, Materials
from xlsuite.report.phrases import day
from xlsuite.scoring import score

SOURCES = Path(__file__).parents[2] / "workbooks" / "sources"


@dataclass(frozen=True)
class Example:
    """A form with all that its report needs."""

    name: str
    outline: str
    form: Form
    card: Scorecard
    profile: Profile
    materials: Materials


class Sheet:
    """Cells with places of their own, one after the other."""

    def __init__(self) -> None:
        self.row = 0

    def text(self, value: str) -> Cell[str]:
        self.row += 1
        return Cell(value or None, value, Ref("自评表", self.row, 1))

    def number(self, value: str | None) -> Cell[Decimal]:
        self.row += 1
        text = value or ""
        bare = text.rstrip("%分")
        found = Decimal(bare) if bare else None
        if found is not None and text.endswith("%"):
            found /= 100
        return Cell(found, text, Ref("自评表", self.row, 1))

    def measure(self, value: str) -> Cell:
        self.row += 1
        return Cell(parse_measure(value), value, Ref("自评表", self.row, 1))

    def fund(self, kind: str, label: str, **values: str) -> FundRow:
        row = FundRow(kind, self.text(label))
        for name in ("initial", "budget", "executed", "weight", "rate", "score"):
            if name in values or kind == "total":
                setattr(row, name, self.number(values.get(name)))
        return row

    def indicator(self, levels: tuple[str, str, str], target: str, actual: str, **entries: str) -> Indicator:
        dimension = "output" if levels[0].startswith("产出") else "benefit"
        if levels[0].startswith("满意") or levels[1].startswith("服务对象"):
            dimension = "satisfaction" if levels[0].startswith("满意") else "benefit"
        return Indicator(
            *(self.text(level) for level in levels),
            target=self.measure(target),
            actual=self.measure(actual),
            weight=self.number(entries.get("weight")),
            score=self.number(entries.get("score")),
            reason=self.text(entries.get("reason", "")),
            dimension=dimension,
        )


def example(name: str, outline: str, profile_id: str, form: Form) -> Example:
    """Rescore a form and put it together with the materials of the shipped workbook's source."""
    profile = load(profile_id).at(form.year.value)
    return Example(name, outline, form, score(form, profile), profile, materials_of(name, form.amount_unit))


def materials_of(name: str, unit: str) -> Materials:
    """Paragraphs and items from ``workbooks/sources``."""
    content = read_content(SOURCES / f"{name}.toml")
    money = {"planned", "adjusted", "received", "paid", "contract"}
    rows = []
    for number, entries in enumerate(content.items, start=4):
        values = {key: Decimal(str(value)) if key in money else str(value) for key, value in entries.items()}
        when = parse_when(values.get("date", ""))
        if when is not None:
            values["date"] = day(when.day)
        rows.append(FundItem(**values, row=number))
    texts = {key: text.strip() for key, text in content.materials.items()}
    return Materials(texts, rows, unit=unit)


def zhanjiang() -> Example:
    """湛江 2023: money and a total score, no table."""
    sheet = Sheet()
    form = Form(
        "自评表",
        "A1:I20",
        year=Cell(2023, "2023", Ref("自评表", 1, 1)),
        info={"project_name": sheet.text("系统建设经费"), "unit": sheet.text("湛江市自然资源局")},
        funds=[sheet.fund("total", "年度资金总额", budget="856", executed="543.94", rate="63.54%")],
        total=Total(score=sheet.number("95")),
        grade=sheet.text("优"),
    )
    return example("zhanjiang-2023", "gd-zhanjiang", "guangdong", form)


def yanbian() -> Example:
    """盐边 2021: amounts in 元, no score."""
    sheet = Sheet()
    form = Form(
        "自评表",
        "A1:I20",
        year=Cell(2021, "2021", Ref("自评表", 1, 1)),
        amount_unit="元",
        info={
            "project_name": sheet.text("国土空间基础信息平台和规划“一张图”实施监督信息系统建设项目"),
            "unit": sheet.text("盐边县自然资源和规划局"),
        },
        funds=[sheet.fund("total", "年度资金总额", budget="469515", executed="469515")],
    )
    return example("yanbian-2021", "sc-project", "sichuan", form)


def _yiyang_lines(sheet: Sheet) -> list[Indicator]:
    output, benefit = "产出指标\n(50分)", "效益指标\n\n（40分）"
    modules = (
        "工作台模块",
        "智能决策模块",
        "挂图作战模块",
        "计划实施模块",
        "资金管理模块",
        "公文合同模块",
        "业务互享模块",
        "档案数据模块",
    )
    rows: list[tuple[str, str, str, str, str, str, str]] = [
        (output, "数量指标", name, "完成开发工作", "已完成", "1", "1") for name in modules
    ]
    rows += [
        (output, "数量指标", "国产化环境搭建", "完成搭建工作", "已完成", "1", "1"),
        (output, "数量指标", "国产化软件部署", "完成部署工作", "已完成", "1", "1"),
        (output, "质量指标", "功能问题率", "≤5", "≥90", "5", "4"),
        (output, "质量指标", "功能可用性", "≥95", "≥95　", "5", "5"),
        (output, "时效指标", "完成系统开发工作", "不晚于10月31日", "10月15日完成开发工作", "5", "5"),
        (output, "时效指标", "完成系统验收", "不晚于12月31日", "未完成", "5", "4"),
        (output, "成本指标", "土地储备全生命周期管理系统软件开发费用", "141.3", "98.91", "10", "8"),
        (output, "成本指标", "土地储备全生命管理系统国产化环境搭建费用", "43.87", "43.87", "10", "10"),
        (benefit, "经济效\n\n益指标", "提高土地储备资金使用率", "上升", "上升", "5", "5"),
        (benefit, "经济效\n\n益指标", "降低人力成本", "下降", "下降", "5", "5"),
        (benefit, "社会效\n\n益指标", "提高信息化建设治理能力", "加强", "加强", "5", "5"),
        (benefit, "社会效\n\n益指标", "强化市级监管力度，规范土地市场行为", "加强　", "加强", "5", "5"),
        (benefit, "生态效\n\n益指标", "不适用", "不适用", "不适用", "", ""),
        (benefit, "可持续影响指标", "提升政府科学决策能力，推行城市绿色发展", "　上升", "上升", "10", "8"),
        (benefit, "服务对象满意度指标", "服务对象满意度", "100%", "95%", "10", "9"),
        (benefit, "服务对象满意度指标", "……", "", "", "", ""),
    ]
    return [sheet.indicator(row[:3], row[3], row[4], weight=row[5], score=row[6]) for row in rows]


def yiyang() -> Example:
    """益阳 2022: the full table as published."""
    sheet = Sheet()
    money = {"initial": "185.17", "budget": "185.17", "executed": "142.78"}
    form = Form(
        "自评表",
        "A1:I42",
        title=sheet.text("2022年度项目支出绩效自评表"),
        year=Cell(2022, "2022", Ref("自评表", 1, 1)),
        info={
            "project_name": sheet.text("益阳市土地储备全生命周期系统建设项目　"),
            "department": sheet.text("　益阳市自然资源和规划局"),
            "unit": sheet.text("　益阳市土地储备发展中心"),
        },
        funds=[
            sheet.fund("total", "年度资金总额　", **money, weight="10分", rate="77.11%", score="9"),
            sheet.fund("fiscal", "其中：当年财政拨款　", **money),
            sheet.fund("carryover", "上年结转资金　"),
            sheet.fund("other", "其他资金"),
        ],
        goals=[
            Goal(
                sheet.text("2022年年度完成益阳市土地储备全生命周期管理系统开发及验收工作。　　"),
                sheet.text("完成益阳市土地储备全生命周期管理系统开发工作，并进入试运行阶段。"),
            )
        ],
        indicators=_yiyang_lines(sheet),
        total=Total(sheet.number("100分"), sheet.number("92")),
    )
    return example("yiyang-2022", "hn-project", "hunan", form)


def hengnan() -> Example:
    """衡南 2021: fully paid, neither score nor table."""
    sheet = Sheet()
    form = Form(
        "自评表",
        "A1:I20",
        year=Cell(2021, "2021", Ref("自评表", 1, 1)),
        info={"project_name": sheet.text("“互联网+”政务服务系统"), "unit": sheet.text("衡南县自然资源局")},
        funds=[sheet.fund("total", "年度资金总额", budget="178.8", executed="178.8", rate="100%")],
    )
    return example("hengnan-2021", "hn-project-old", "hunan", form)


def jiangmen() -> Example:
    """江门 2019—2022: four years with cuts, six classes, a total score."""
    sheet = Sheet()
    form = Form(
        "自评表",
        "A1:I20",
        year=Cell(None, "2019—2022", Ref("自评表", 1, 1)),
        info={
            "project_name": sheet.text("“数字政府”建设专项资金"),
            "department": sheet.text("江门市政务服务数据管理局"),
        },
        funds=[sheet.fund("total", "资金总额", initial="64000", budget="51000", executed="50418.98")],
        total=Total(score=sheet.number("91")),
        grade=sheet.text("优"),
    )
    return example("jiangmen-2019-2022", "gd-jiangmen", "guangdong", form)


SEEDS: dict[str, Callable[[], Example]] = {
    "zhanjiang": zhanjiang,
    "yanbian": yanbian,
    "yiyang": yiyang,
    "hengnan": hengnan,
    "jiangmen": jiangmen,
}
