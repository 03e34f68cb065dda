"""Reading one target or actual value: ``≥95%``, ``不超过30天``, ``3至5个``, ``10月31日前``, ``已完成``."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from xlsuite.core.dates import parse_when
from xlsuite.core.decimals import odd_digits, split_digits
from xlsuite.core.measures import BLANK, Measure
from xlsuite.core.operators import OPERATORS, agree, split_lead, split_suffix
from xlsuite.core.ranges import NUMBER, number_of, parse_range
from xlsuite.core.spelling import counted, squares, standard
from xlsuite.core.text import is_placeholder, squeeze
from xlsuite.core.units import unit_at_head

_LONGEST = 60
"""A longer entry is prose; nothing is picked out of it."""

_NA = re.compile(
    r"(?:本(?:年|年度|项目|单位)?)?"
    r"(?:不适用|不涉及|未涉及|无此项(?:内容|指标|工作)?|无此指标|无该项(?:内容|指标)?|不考核|不参评)"
    r"(?:此项|该项|本项)?。?|n/?a",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"大约|约|将近|接近|近|左右|上下|余|多|几|数")
_LABEL = re.compile(r"(?!每)[\u4e00-\u9fff]{0,10}(?:率|度|比例|数量|数|金额|成本|费用)")
_DOUBT = re.compile(r"未|没|无|不|仅|只|差|缺|剩|尚|除|其中|第|原|计划|预计|拟|将|由|从|[-—–~*/+±≠≥≤<>=]")
_CODE = re.compile(r"[a-zA-Z]|\..")
_NO_UNIT = re.compile(r"[前后起止至到同比率约余多第及与和或的了过是有为在每]|左右|上下|以[上下内]|之内|季度")
_ORDINALS = ("级", "号", "版", "届", "等", "年级")
_END = r"(?=$|[及或]?以[上下内]|之内|内$|\()"
_RATIO_UNIT = re.compile(rf"[\u4e00-\u9fffa-zA-Z]{{1,8}}/[\u4e00-\u9fffa-zA-Z·/]{{1,6}}?{_END}")
_SOME_UNIT = re.compile(rf"[\u4e00-\u9fff]{{1,4}}?{_END}")
_LATIN_UNIT = re.compile(rf"[a-zA-Z]{{2,6}}(?:/[a-zA-Z]{{1,3}})?{_END}")
"""Units nobody listed: 微克/立方米, 千克标准煤/人, 分贝, Mbps."""
_DONE = re.compile(r"(?:已|均|全部)?(?:完成|达标|达成|合格|满意|覆盖|到位|落实|发放|通过|实现)?[。;.]?")
_SINGLE = re.compile(rf"(?P<lead>\D*?)(?P<sign>[-+]?)(?P<num>{NUMBER})(?P<rest>\D*)")
_REMARKED = re.compile(r"(?P<core>[^()]+)(?P<remark>\([^()]*\))")
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_MONTH = re.compile(r"(?:19|20)\d\d\.(?:0?[1-9]|1[0-2])")


def _tail(text: str) -> tuple[str, str, str]:
    """Unit, sign and remaining words after a number."""
    about = _ABOUT.match(text)
    if about:
        unit, sign, rest = _tail(text[about.end() :])
        return unit, sign, about[0] + rest
    unit, rest = unit_at_head(text)
    for form in (_RATIO_UNIT, _SOME_UNIT, _LATIN_UNIT):
        match = form.match(text)
        if match and (form is _RATIO_UNIT or not unit) and _may_be_unit(match[0]):
            unit, rest = match[0], text[match.end() :]
            break
    sign, rest = split_suffix(rest)
    return unit, sign, "" if _DONE.fullmatch(rest) else rest


def _may_be_unit(word: str) -> bool:
    return not (_NO_UNIT.search(word) or _DOUBT.search(word.replace("/", "")) or _DONE.fullmatch(word))


def _is_code(before: str, digits: str, unit: str, rest: str) -> bool:
    """Whether the digits name something instead of counting it: 5A级, V3.0, 2级, 2023年初, 每月25日前."""
    if unit in _ORDINALS or _CODE.match(rest) or (before[-1:].isascii() and before[-1:].isalpha()):
        return True
    if unit == "年" and _YEAR.fullmatch(digits):
        return True
    return unit in ("日", "号") and rest[:1] in ("前", "之", "以")


def _single(plain: str) -> Measure | None:
    match = _SINGLE.fullmatch(plain)
    if match is None:
        return None
    number, lead = number_of(match["num"]), split_lead(match["lead"])
    if number is None or lead is None:
        return None
    sign, before = lead
    unit, suffix, rest = _tail(match["rest"])
    if _is_code(before, match["num"], unit, rest) or _DOUBT.search(before + rest) or not agree(sign, suffix):
        return None
    if match["sign"]:
        if before:
            return None
        number = -number if match["sign"] == "-" else number
    around = before + rest
    strict = not rest and (not before or bool(_LABEL.fullmatch(before))) and not _ABOUT.search(around)
    if not unit and _YEAR_MONTH.fullmatch(match["num"]):
        strict = False
    return Measure("number", suffix or sign, number, unit=unit, word=around, strict=strict)


def _remarked(plain: str) -> Measure | None:
    """A value with a remark in brackets, 100%(5/5): the value is evidence, no proof."""
    match = _REMARKED.fullmatch(plain)
    if match is None or _DOUBT.search(match["remark"].replace("/", "")):
        return None
    found = _single(match["core"])
    return replace(found, word=found.word + match["remark"], strict=False) if found and found.strict else None


def _compose(measure: Measure, nature: str, unit: str) -> Measure:
    """Add what the columns 指标性质 and 度量单位 say to what the value itself says."""
    sign = standard(nature)
    sign = OPERATORS.get(sign, "") or {"正向": "≥", "正向指标": "≥", "反向": "≤", "反向指标": "≤"}.get(sign, "")
    if measure.kind in ("number", "date") and sign and not measure.operator:
        measure = replace(measure, operator=sign)
    elif measure.kind == "number" and not agree(sign, measure.operator):
        measure = replace(measure, strict=False)
    if measure.kind not in ("number", "range") or is_placeholder(unit) or squeeze(unit) in ("无", "定性", "不适用"):
        return measure
    wanted = standard(unit)
    if not measure.unit and not (wanted == "%" and measure.number is not None and 0 < abs(measure.number) <= 1):
        return replace(measure, unit=wanted, strict=measure.strict or not measure.word)
    if measure.unit in ("万", "亿"):
        return replace(measure, unit=wanted if wanted.startswith(measure.unit) else measure.unit + wanted)
    return measure


def _read(text: str) -> Measure:
    if is_placeholder(text):
        return BLANK
    plain = squeeze(text)
    if _NA.fullmatch(plain):
        return Measure("na", word=plain)
    word = Measure("word", word=plain)
    written = squares(text)
    if len(plain) > _LONGEST or odd_digits(written):
        return word
    when = parse_when(written)
    if when is not None:
        return Measure("date", when.operator, day=when.day, word="" if when.sure else plain, strict=when.sure)
    if split_digits(written):
        return word
    plain = counted(standard(written))
    if not any("0" <= char <= "9" for char in plain):
        return word
    return parse_range(plain) or _single(plain) or _remarked(plain) or word


@lru_cache(maxsize=16384)
def parse_measure(text: str, nature: str = "", unit: str = "") -> Measure:
    """Parse a target or actual value; ``nature`` and ``unit`` come from separate columns where a form has them.

    Give ``nature`` (≥ ≤ = 定性 正向 反向) for a target only: an actual value has no operator but its own.
    """
    measure = _read(text)
    return _compose(measure, nature, unit) if nature or unit else measure
