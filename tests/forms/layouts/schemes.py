"""Weight schemes: which level-1 headings a region uses, with their points, and where the money line stands."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .content import Dimension

OUTPUT = ("quantity", "quality", "time", "cost")
RESULT = ("quantity", "quality", "time")
BENEFIT = ("economic", "social", "ecological", "sustained")


@dataclass(frozen=True, slots=True)
class Scheme:
    """``dimensions`` as (key, name, points, aspects); points add up to 100 with ``execution``."""

    id: str
    execution: int
    dimensions: tuple[tuple[str, str, int, tuple[str, ...]], ...]

    def build(self) -> list[Dimension]:
        """Fresh dimension records."""
        return [Dimension(key, name, Decimal(points), aspects) for key, name, points, aspects in self.dimensions]


_SATISFIED = ("satisfaction", "满意度指标", 10, ("satisfaction",))

NATIONAL = Scheme(
    "national", 10, (("output", "产出指标", 50, OUTPUT), ("benefit", "效益指标", 30, BENEFIT), _SATISFIED)
)
FOLDED = Scheme(
    "folded", 10, (("output", "产出指标", 50, OUTPUT), ("benefit", "效益指标", 40, (*BENEFIT, "satisfaction")))
)
COST = Scheme(
    "cost",
    10,
    (
        ("cost", "成本指标", 20, ("cost",)),
        ("output", "产出指标", 40, RESULT),
        ("benefit", "效益指标", 20, BENEFIT),
        _SATISFIED,
    ),
)
TWENTY = Scheme("twenty", 20, (("output", "产出指标", 40, OUTPUT), ("benefit", "效益指标", 30, BENEFIT), _SATISFIED))
UNSATISFIED = Scheme("unsatisfied", 10, (("output", "产出指标", 50, OUTPUT), ("benefit", "效益指标", 40, BENEFIT)))
PROCESS = Scheme(
    "process",
    10,
    (
        ("management", "项目决策", 10, ("decision",)),
        ("management", "项目管理", 15, ("management",)),
        ("output", "项目产出", 30, OUTPUT),
        ("benefit", "项目效益", 35, (*BENEFIT, "satisfaction")),
    ),
)
FOUR_STEPS = Scheme(
    "four-steps",
    10,
    (
        ("management", "决策", 10, ("decision",)),
        ("management", "过程", 10, ("management",)),
        ("output", "产出", 40, OUTPUT),
        ("benefit", "效益", 30, (*BENEFIT, "satisfaction")),
    ),
)
EFFECT = Scheme(
    "effect",
    10,
    (
        ("management", "投入与管理", 20, ("management",)),
        ("output", "产出目标", 36, RESULT),
        ("benefit", "效果目标", 24, ("social", "economic", "satisfaction")),
        ("benefit", "影响力目标", 10, ("sustained",)),
    ),
)

DUTY = Scheme(
    "duty",
    10,
    (
        ("management", "运行成本", 10, ("decision",)),
        ("management", "管理效率", 20, ("management",)),
        ("output", "履职效能", 30, RESULT),
        ("benefit", "社会效应", 20, ("social", "economic", "ecological")),
        ("benefit", "可持续发展能力", 5, ("sustained",)),
        ("satisfaction", "服务对象满意度", 5, ("satisfaction",)),
    ),
)

MANAGEMENT_LINES = {
    "decision": (
        ("绩效目标合理性", "word"),
        ("立项程序规范性", "word"),
        ("预算编制科学性", "word"),
        ("“三公”经费控制率", "percent≤"),
    ),
    "management": (
        ("资金使用合规性", "word"),
        ("管理制度健全性", "word"),
        ("政府采购执行率", "percent≥"),
        ("资金到位率", "percent≥"),
        ("绩效监控开展情况", "word"),
    ),
}
"""Lines about how money was managed, which belong to no domain."""
