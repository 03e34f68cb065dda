"""Units of measure: finding one at the head of a text, and converting between those of one family.

Only exact legal factors are kept; 个 and 件, or 亩 and 公顷, stay different units.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

_FAMILIES: dict[str, dict[str, str]] = {
    "ratio": {"%": "1", "‰": "0.1"},
    "points": {"个百分点": "1", "百分点": "1"},
    "money": {
        "角": "0.1", "元": "1", "千元": "1000", "万元": "10000", "百万元": "1000000", "千万元": "10000000",
        "亿元": "100000000",
    },
    "length": {
        "毫米": "0.001", "厘米": "0.01", "米": "1", "公里": "1000", "千米": "1000", "mm": "0.001", "cm": "0.01",
        "m": "1", "km": "1000",
    },
    "area": {"平方米": "1", "平米": "1", "公顷": "10000", "平方公里": "1000000", "平方千米": "1000000"},
    "volume": {"立方米": "1", "立方": "1", "方": "1"},
    "mass": {"克": "0.001", "千克": "1", "公斤": "1", "吨": "1000", "g": "0.001", "kg": "1", "t": "1000"},
    "clock": {"秒": "1", "分钟": "60", "小时": "3600", "个小时": "3600", "天": "86400", "日": "86400", "周": "604800"},
    "calendar": {"个月": "1", "月": "1", "季度": "3", "个季度": "3", "年": "12"},
    "workday": {"个工作日": "1", "工作日": "1"},
    "person": {"人": "1", "名": "1"},
    "energy": {"千瓦时": "1", "度": "1", "kwh": "1"},
    "power": {"千瓦": "1", "兆瓦": "1000", "kw": "1", "mw": "1000"},
}  # fmt: skip
_KNOWN = {unit: (family, Decimal(factor)) for family, units in _FAMILIES.items() for unit, factor in units.items()}

_COUNTS = (
    "人次", "人·次", "场次", "台次", "车次", "批次", "班次", "户次", "件次", "架次", "艘次", "例次", "辆次", "家次",
    "届次", "台套", "人天", "人年", "课时", "学时", "户数", "人数", "个", "项", "件", "次", "场", "家", "台", "套",
    "户", "期", "份", "条", "篇", "部", "座", "处", "所", "本", "册", "辆", "艘", "架", "栋", "幢", "间", "张", "块",
    "片", "株", "棵", "头", "只", "对", "组", "队", "班", "门", "种", "类", "例", "起", "宗", "单", "笔", "批", "幅",
    "款", "节", "盏", "盘", "根", "支", "枚", "口", "眼", "站", "点", "村", "镇", "乡", "县", "区", "市", "校", "院",
    "亩", "床", "席", "桶", "箱", "包", "袋", "瓶", "页", "字", "季",
    "台件", "人份", "套件", "台班", "工日", "分贝", "平台", "系统", "模块", "支队", "标段", "点位",
    "路口", "吨公里", "度电", "分", "倍", "位", "兆", "gb", "tb", "mb", "ppm",
)  # fmt: skip
_MULTIPLIERS = {
    "万": Decimal(10**4),
    "亿": Decimal(10**8),
    "百万": Decimal(10**6),
    "千万": Decimal(10**7),
    "千": Decimal(1000),
}
_UNIT = "|".join(re.escape(unit) for unit in sorted({*_KNOWN, *_COUNTS}, key=len, reverse=True))
_HEAD = re.compile(
    rf"(?:(?:百万|千万|万|亿|千)?(?:{_UNIT})(?:\((?:{_UNIT})\))?(?:[/每]\(?(?:{_UNIT})\)?)*(?![a-z])|(?:百万|千万|万|亿)(?!分))",
    re.IGNORECASE,
)
_ALIASES = {"名": "人", "日": "天", "个月": "月", "平米": "平方米", "m2": "平方米", "m3": "立方米", "km2": "平方公里"}


def unit_at_head(text: str) -> tuple[str, str]:
    """Split a known unit off a squeezed text: "万人次以上" gives ("万人次", "以上"); without one ("", text)."""
    match = _HEAD.match(text)
    return (match[0].replace("每", "/"), text[match.end() :]) if match else ("", text)


@lru_cache(maxsize=1024)
def scale(unit: str) -> tuple[str, Decimal]:
    """The family of a unit and its factor in that family: ("money", 10000) for 万元, ("人次", 10000) for 万人次."""
    head, slash, per = unit.lower().partition("/")
    known = _KNOWN.get(head)
    if known is None:
        for prefix, factor in _MULTIPLIERS.items():
            rest = head.removeprefix(prefix)
            if head.startswith(prefix) and rest not in ("克", "米"):
                family, inner = _KNOWN.get(rest, (_ALIASES.get(rest, rest), Decimal(1)))
                known = (family, factor * inner)
    family, factor = known or (_ALIASES.get(head, head), Decimal(1))
    return (f"{family}{slash}{_ALIASES.get(per, per)}", factor)


def convert(number: Decimal, have: str, want: str) -> Decimal | None:
    """A number re-expressed in another unit, or None when the units are of different kinds."""
    if have == want:
        return number
    (family, factor), (wanted, divisor) = scale(have), scale(want)
    return number * factor / divisor if family == wanted else None
