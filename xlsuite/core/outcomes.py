"""Words that say whether something was done: 已完成, 部分达成, 未完成, 尚未开展."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from xlsuite.core.text import squeeze

Outcome = Literal["done", "partly", "undone", ""]

_VERB = (
    r"(?:完成|达成|实现|达标|达到|开展|实施|启动|验收|兑现|落实|执行|做到|建成|竣工|完工|交付|上线|发放|拨付|支付|到位|投入使用"
    r"|通过验收|通过)"
)
_HOW = r"(?:已|已经|均|全部|全面|按时|按期|如期|及时|按质|按量|保质|保量|圆满|顺利|超额|提前|按计划|按要求|实际|总体|年度目标)*"
_DONE = re.compile(rf"(?:是|√|✓|✔|(?:目标)?{_HOW}{_VERB}(?P<tail>.{{0,24}}))")
_PARTLY = re.compile(
    r"(?:已|均)?(?:部分|大部分|未完全|未全部|未能全部|没有全部|基本)(?:年度)?(?:指标|目标|任务)?(?:已)?(?:完成|达成|实现|达到|达标|落实).{0,24}"
)
_UNDONE = re.compile(
    rf"(?:否|×|(?:尚|仍|还|均|暂|目前|当年|本年|本年度)*(?:未|未能|没有|没|无法)(?:能|予|得到)?(?:按时|按期|如期)?{_VERB}(?P<tail>.{{0,24}})|不达标)"
)
_MIXED = re.compile(r"未|没|无法|不|部分|基本|仅|正在|中$|但|待|尚|除|计划|预计|拟|将|延期|推迟|逾期|滞后|\d")


@lru_cache(maxsize=4096)
def outcome(word: str) -> Outcome:
    """Whether a phrase says done, partly done or not done; "" when it says none of these plainly."""
    plain = squeeze(word).strip("。.;,!")
    if len(plain) > 40:
        return ""
    if _PARTLY.fullmatch(plain):
        return "partly"
    match = _UNDONE.fullmatch(plain)
    if match:
        return "" if _MIXED.search(match["tail"] or "") or _late(plain) else "undone"
    match = _DONE.fullmatch(plain)
    return "done" if match and not _MIXED.search(match["tail"] or "") else ""


def _late(plain: str) -> bool:
    """未按时完成 may mean done, but late."""
    return any(word in plain for word in ("按时", "按期", "如期"))
