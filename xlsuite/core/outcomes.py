"""Words that say whether something was done: 已完成, 部分达成, 未完成, 尚未开展."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from xlsuite.core.text import squeeze

Outcome = Literal["done", "partly", "undone", ""]


class Said(NamedTuple):
    """What a phrase says was done, and of what: ("undone", "验收") for 未完成验收; ``of`` is "" for the whole."""

    outcome: Outcome
    of: str = ""


_VERB = (
    r"通过验收|投入使用|完成|达成|实现|达标|达到|开展|实施|验收|兑现|落实|执行|做到|建成|竣工|完工|交付|上线|发放|拨付|支付"
    r"|到位|通过"
)
_WELL = "按时|按期|如期|及时|按质|按量|保质|保量|圆满|顺利|超额|提前|按计划|按要求"
_HOW = rf"(?:已经?|均|全部|全面|实际|总体|年度目标|{_WELL})*"
_DONE = re.compile(rf"(?:是|√|✓|✔|(?:目标)?{_HOW}(?:{_VERB})(?P<of>.{{0,24}}))")
_PARTLY = re.compile(
    r"(?:已|均)?(?:部分|大部分|未完全|未全部|未能全部|没有全部|基本)(?:年度)?(?:指标|目标|任务)?已?"
    r"(?:完成|达成|实现|达到|达标|落实)(?P<of>.{0,24})"
)
_UNDONE = re.compile(
    rf"(?:否|×|不达标|(?:尚|仍|还|均|暂|目前|当年|本年|本年度)*(?:未能?|没有?|无法)(?:予|得到)?(?:{_VERB}|启动|开工|开始)(?P<of>.{{0,24}}))"
)
_MIXED = re.compile(r"未|没|无法|不|部分|基本|仅|正在|中$|但|待|尚|除|计划|预计|拟|将|延期|推迟|逾期|滞后|\d")
_WHOLE = re.compile(
    r"(?:了|的|年度|全年|全部|各项|预期|预定|既定|绩效|总体|工作|建设|项目)*(?:目标值?|任务|指标值?|计划|工作|要求|到位|情况良好)?"
)


@lru_cache(maxsize=4096)
def said(word: str) -> Said:
    """What a phrase says was done; the outcome is "" when it says none of these plainly."""
    plain = squeeze(word).strip("。.;,!")
    if len(plain) > 40:
        return Said("")
    for result, form in (("partly", _PARTLY), ("undone", _UNDONE), ("done", _DONE)):
        match = form.fullmatch(plain)
        if match is None:
            continue
        of = match["of"] or ""
        if result != "partly" and _MIXED.search(of):
            return Said("")
        return Said(result, "" if _WHOLE.fullmatch(of) else of)  # type: ignore[arg-type]
    return Said("")


def outcome(word: str) -> Outcome:
    """Whether a phrase says done, partly done or not done; "" when it says none of these plainly."""
    return said(word).outcome
