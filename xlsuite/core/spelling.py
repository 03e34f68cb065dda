"""One spelling for what people write in many: signs, 百分之九十五, 十个, ㎡, 人民币."""

from __future__ import annotations

import re

from xlsuite.core.decimals import chinese_number
from xlsuite.core.operators import HARMLESS, OPERATOR, split_suffix
from xlsuite.core.text import squeeze
from xlsuite.core.units import unit_at_head

_SIGNS = str.maketrans({"≧": "≥", "⩾": "≥", "≮": "≥", "≦": "≤", "⩽": "≤", "≯": "≤", "〉": ">", "〈": "<", "−": "-"})
_SQUARES = (
    ("㎡", "平方米"),
    ("m²", "平方米"),
    ("M²", "平方米"),
    ("㎥", "立方米"),
    ("m³", "立方米"),
    ("㎢", "平方公里"),
)
_WRITTEN = (
    ("≥=", "≥"), ("≤=", "≤"), (">=", "≥"), ("=>", "≥"), ("<=", "≤"), ("=<", "≤"), ("==", "="),
    ("百分百", "100%"), ("百分之百", "100%"), ("百分比", "%"), ("百分数", "%"),
    ("km2", "平方公里"), ("m2", "平方米"), ("m3", "立方米"), ("人民币", ""),
)  # fmt: skip
_INCLUDED = re.compile(r"\((不?含)[\d.]+[%‰]?\)")
_NUMERAL = r"[零〇一二两三四五六七八九十百千万]+"
_SHARE = re.compile(
    rf"(?P<of>百|千)分之(?:(?P<n>{_NUMERAL})(?:点(?P<decimals>[零〇一二三四五六七八九]+))?|(?P<digits>\d+(?:\.\d+)?))"
)
_COUNTED = re.compile(
    rf"(?P<lead>(?:{OPERATOR}|{HARMLESS})*)(?P<n>{_NUMERAL})(?:[至到](?P<n2>{_NUMERAL}))?(?P<rest>\D*)"
)
_COUNTABLE = (
    "个", "次", "场", "场次", "人", "人次", "名", "家", "台", "套", "户", "份", "篇", "座", "处", "所", "天", "年",
    "个月", "项", "件", "辆", "册", "条", "起", "个工作日", "公里", "亩", "元", "万元", "小时", "周",
)  # fmt: skip
"""Units with which a numeral alone is a count. 一期, 一级, 一批 and 十分 are none."""


def squares(text: str) -> str:
    """Square and cubic signs in words, before normalising would turn m² into m2."""
    for sign, name in _SQUARES:
        text = text.replace(sign, name)
    return text


def _share(match: re.Match[str]) -> str:
    sign = "%" if match["of"] == "百" else "‰"
    if match["digits"]:
        return match["digits"] + sign
    whole = chinese_number(match["n"])
    if whole is None:
        return match[0]
    decimals = "".join(str(chinese_number(digit)) for digit in match["decimals"] or "")
    return f"{whole}{'.' if decimals else ''}{decimals}{sign}"


def standard(text: str) -> str:
    """A text squeezed, its signs and percentages in one spelling."""
    plain = squeeze(squares(text)).translate(_SIGNS)
    for written, usual in _WRITTEN:
        if written in plain:
            plain = plain.replace(written, usual)
    return _INCLUDED.sub(r"(\1)", _SHARE.sub(_share, plain))


def counted(plain: str) -> str:
    """Chinese numerals as digits where the whole text is a count: 十个 is 10个; 一般, 一期 and 十分 stay."""
    match = _COUNTED.fullmatch(plain)
    if match is None:
        return plain
    unit, rest = unit_at_head(match["rest"])
    bare = not split_suffix(rest)[1]
    if not bare or not (unit.partition("/")[0] in _COUNTABLE or (not unit and len(match["n"]) > 1)):
        return plain
    first = chinese_number(match["n"])
    second = chinese_number(match["n2"]) if match["n2"] else None
    if first is None or (match["n2"] and second is None):
        return plain
    return f"{match['lead']}{first}{'' if second is None else f'至{second}'}{match['rest']}"
