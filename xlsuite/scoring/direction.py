"""Which way a numeric indicator is better: by its operator, else by its kind and name."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from xlsuite.core.values import Measure
from xlsuite.scoring.case import Case

Direction = Literal["forward", "reverse", "equal", "range", "cost", "either"]

_FEWER = re.compile(
    r"(?:问题|故障|投诉|差错|错误|事故|失误|返工|缺陷|违规|违纪|流失|死亡|发病|患病|宕机|中断|误报|漏报|超支|逾期|拖欠|退货"
    r"|不合格|误差|偏差|复发|返贫|空置|闲置|舆情)"
    r"(?:发生)?(?:率|数|数量|次数|件数|起数|例数|人数|时间|时长)?(?:\(.*\))?$"
)
_MORE = re.compile(
    r"合格|达标|优良|优秀|满意|覆盖|完成|及时|准确|正确|正常|完好|可用|通过|到位|就业|成活|存活|普及|知晓|参与|保障|利用|发放|执行|兑现|落实"
    r"|公开|办结|整改|到岗|出勤|入学|巩固|签约|受益|响应|提高|提升|增长|增加|增收|改善|治愈|回收|净化|绿化|处理|处置|修复|解决|化解|消除"
    r"|检出|识别|发现|有效|可靠|稳定|规范|健全|使用率|支付|拨付|采购|验收|下降|降低|减少|节约|节能|压减"
)
"""Roots of names of which more is better, and of work on something bad (投诉办结率, 能耗下降率)."""

_SAVED = re.compile(r"节约|节省|降低|下降|减少|压减|控制|结余|率|达标|收入|收益|增收|配套|筹集")
_PERHAPS_FEWER = re.compile(
    r"未|不合格|不达标|不满意|辍学|受害|损失|损耗|不良|伤|亡|死|病|感染|发案|案件|犯罪|污染|超标|排放|能耗|消耗|浪费|空置|闲置|失业|贫困|差评|退|延误|拥堵|违"
    r"|处罚|债|坏账|逾期|误|漏|故障|投诉|事故|问题|纠纷|访|灾|虚假|欠|废|缺|差|重复|结余|结转|等候|等待|耗时|时长|时间|时限|周期|天数"
    r"|间隔|距离|成本|费用|支出|控制|变动率"
)
"""Roots of names that may well be better when smaller; without an operator such a target can be read both ways."""

_COUNTS = frozenset(
    (
        "个",
        "人",
        "人次",
        "名",
        "户",
        "家",
        "场",
        "场次",
        "亩",
        "公里",
        "项",
        "篇",
        "份",
        "台",
        "套",
        "座",
        "处",
        "平方米",
    )
)
_HALF, _WHOLE = Decimal(50), Decimal(100)


def is_cost(case: Case) -> bool:
    """Whether the indicator stands under 成本."""
    return "cost" in (case.indicator.aspect, case.indicator.dimension)


def direction(case: Case, target: Measure) -> Direction:
    """How the target is to be read. "either" means that the text does not say which way is better."""
    if target.kind == "range":
        return "range"
    if target.operator in ("≥", ">"):
        return "either" if is_cost(case) and not _SAVED.search(case.name) else "forward"
    if target.operator in ("≤", "<") or (target.number == 0 and not target.operator):
        return "reverse"  # nobody plans for nothing and hopes for more: 0 起 is a ceiling
    if is_cost(case):
        return "either" if _SAVED.search(case.name) or target.unit in ("%", "‰") else "cost"
    if target.operator == "=":
        return "equal"
    if _PERHAPS_FEWER.search(case.name):
        if _FEWER.search(case.name) and not _MORE.search(case.name):
            return "reverse"
        return "forward" if _MORE.search(case.name) and _high_percentage(target) else "either"
    return "forward" if _more_is_better(case, target) else "either"


def _high_percentage(target: Measure) -> bool:
    """Half or more of something: nobody plans for a fault rate of 50 %."""
    return target.number is not None and target.unit in ("%", "") and _HALF <= target.number <= _WHOLE


def _more_is_better(case: Case, target: Measure) -> bool:
    """Whether a target without operator is a floor: by its kind, its name, or because it is a count or a high share."""
    kinds = (case.indicator.aspect, case.indicator.dimension)
    if "quantity" in kinds or "satisfaction" in kinds or _high_percentage(target):
        return True
    return bool(_MORE.search(case.name)) or target.unit.lstrip("万亿") in _COUNTS
