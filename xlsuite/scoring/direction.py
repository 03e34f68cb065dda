"""Which way a numeric indicator is better: by its operator, else by its kind and name."""

from __future__ import annotations

import re
from typing import Literal

from xlsuite.core.values import Measure
from xlsuite.scoring.case import Case

Direction = Literal["forward", "reverse", "equal", "range", "cost", "either"]

_FEWER = re.compile(
    r"(?:问题|故障|投诉|差错|错误|事故|失误|返工|缺陷|违规|违纪|流失|死亡|发病|患病|宕机|中断|误报|漏报|超支|逾期|拖欠|退货"
    r"|不合格|误差|偏差|复发|返贫|空置|闲置|舆情)"
    r"(?:发生)?(?:率|数|数量|次数|件数|起数|例数|人数|时间|时长)?(?:\(.*\))?$"
)
_HANDLED = re.compile(r"降低|下降|减少|压减|整改|解决|处理|处置|化解|消除|修复|办结|回复|响应|发现|识别|检出|防范|控制")
_SAVED = re.compile(r"节约|节省|降低|下降|减少|压减|控制|结余|率|达标|收入|收益|增收|配套|筹集")
_PERHAPS_FEWER = re.compile(
    r"辍学|受害|损失|损耗|不良|伤|亡|死|病|感染|发案|案件|犯罪|污染|超标|排放|能耗|消耗|浪费|空置|闲置|失业|贫困|差评|退|延误|拥堵|违"
    r"|处罚|债|坏账|逾期|误|漏|故障|投诉|事故|问题|纠纷|访|灾|虚假|欠|废|缺|差|重复|结余|结转|等候|等待|耗时|时长|时间|时限|周期|天数"
    r"|间隔|距离|成本|费用|支出"
)
"""Roots of names that may well be better when smaller; without an operator such a target can be read both ways."""

_DURATION = frozenset(
    ("天", "日", "个工作日", "工作日", "小时", "个小时", "分钟", "秒", "周", "个月", "月", "年", "季度")
)


def is_cost(case: Case) -> bool:
    """Whether the indicator stands under 成本."""
    return "cost" in (case.indicator.aspect, case.indicator.dimension)


def direction(case: Case, target: Measure) -> Direction:
    """How the target is to be read. "either" means that the text does not say which way is better."""
    if target.kind == "range":
        return "range"
    if target.operator in ("≥", ">"):
        return "either" if is_cost(case) and not _SAVED.search(case.name) else "forward"
    if target.operator in ("≤", "<"):
        return "reverse"
    if is_cost(case):
        return "either" if _SAVED.search(case.name) or target.unit in ("%", "‰") else "cost"
    if target.operator == "=":
        return "equal"
    if _PERHAPS_FEWER.search(case.name):
        return "reverse" if _FEWER.search(case.name) and not _HANDLED.search(case.name) else "either"
    if case.indicator.aspect == "time" and target.unit in _DURATION:
        return "either"
    return "forward"
