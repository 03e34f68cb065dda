"""Reading one target or actual value: ``≥95%``, ``不超过30天``, ``3至5个``, ``10月31日前``, ``已完成``."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from xlsuite.core.dates import parse_when
from xlsuite.core.decimals import MAX_DIGITS, chinese_number, odd_digits, split_digits
from xlsuite.core.measures import BLANK, Measure
from xlsuite.core.text import is_placeholder, squeeze
from xlsuite.core.units import unit_at_head

_LONGEST = 60
"""A longer entry is prose; nothing is picked out of it."""

_NA = re.compile(
    r"(?:本(?:年|年度|项目|单位)?)?(?:不适用|不涉及|未涉及|无此项(?:内容|指标|工作)?|无此指标|无该项(?:内容|指标)?|不考核|不参评)(?:此项|该项|本项)?。?|n/?a",
    re.IGNORECASE,
)
_SIGNS = str.maketrans(
    {"≧": "≥", "⩾": "≥", "≮": "≥", "≦": "≤", "⩽": "≤", "≯": "≤", "〉": ">", "〈": "<", "−": "-", "％": "%"}
)
_PAIRS = (("≥=", "≥"), ("≤=", "≤"), (">=", "≥"), ("=>", "≥"), ("<=", "≤"), ("=<", "≤"), ("==", "="))

_OPERATORS = {
    "≥": "≥", "≤": "≤", ">": ">", "<": "<", "=": "=",
    **dict.fromkeys(("大于或等于", "大于等于", "不低于", "不少于", "不小于", "不短于", "不得低于", "不得少于", "不得小于", "至少", "最少", "最低"), "≥"),
    **dict.fromkeys(("小于或等于", "小于等于", "不高于", "不超过", "不超出", "不大于", "不多于", "不长于", "不得超过", "不得高于",
                     "不得大于", "不得多于", "控制在", "至多", "最多", "最高", "最长"), "≤"),
    **dict.fromkeys(("大于", "超过", "高于", "多于"), ">"),
    **dict.fromkeys(("小于", "低于", "少于", "短于"), "<"),
    "等于": "=",
}  # fmt: skip
_OPERATOR = "|".join(sorted(map(re.escape, _OPERATORS), key=len, reverse=True))
_PLAIN = r"已完成|实际完成|完成|已实现|实现|达到|达|为|是|共计|合计|总计|累计|共|均|已|实际|人民币|¥|:"
_LEAD = re.compile(rf"(?P<op>{_OPERATOR})|(?:{_PLAIN})")
_ABOUT = re.compile(r"大约|约|将近|接近|近|左右|上下|余|多|几|数")
_LABEL = re.compile(r"[\u4e00-\u9fff]{1,10}(?:率|度|比例|数量|数|金额|成本|费用)")
_DOUBT = re.compile(r"未|没|无|不|仅|只|差|缺|剩|尚|除|其中|第|原|计划|预计|拟|将|由|从|[-—–~*/+±≠]")
_UPTO = {
    "以上": "≥",
    "及以上": "≥",
    "或以上": "≥",
    "以下": "≤",
    "及以下": "≤",
    "或以下": "≤",
    "以内": "≤",
    "之内": "≤",
    "内": "≤",
    "及以内": "≤",
}
_SUFFIX = re.compile(r"(?:\(含(?:本数)?\))?(?P<op>[及或]?以[上下内]|之内|内)?(?P<open>\((?:不含|含)(?:本数)?\))?")
_DONE = re.compile(r"(?:已|均|全部)?(?:完成|达标|达成|合格|满意|覆盖|到位|落实|发放|通过|实现)?[。;.]?")
_ORDINALS = ("级", "号", "版", "届", "等", "年级")

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d{1,4}(?:,\d{4})+|\d+)(?:\.\d+)?|\.\d+"
_SINGLE = re.compile(rf"(?P<lead>\D*?)(?P<sign>[-+]?)(?P<num>{_NUMBER})(?P<rest>\D*)")
_SPAN = re.compile(
    rf"(?P<lead>\D*?)(?P<low>{_NUMBER})(?P<unit>[^\d\-—–~至到≤<]{{0,4}})(?:[-—–~]+|至|到)(?P<high>{_NUMBER})(?P<rest>\D*)"
)
_CHAIN = re.compile(
    rf"(?P<low>{_NUMBER})(?P<unit>[^\d≤<]{{0,3}})[≤<][^\d≤<]{{0,8}}[≤<](?P<high>{_NUMBER})(?P<rest>\D*)"
)
_BOUNDS = re.compile(
    rf"(?P<a>{_OPERATOR})(?P<x>{_NUMBER})(?P<unit>\D{{0,4}}?)[,;、且并和及]*(?P<b>{_OPERATOR})(?P<y>{_NUMBER})(?P<rest>\D*)"
)
_BRACKETS = re.compile(rf"[\[(](?P<low>{_NUMBER})(?P<unit>%?),(?P<high>{_NUMBER})(?P<rest>%?)[\])]")
_SPAN_LEAD = re.compile(r"(?:控制在|保持在|介于|在|为|达到|达)?[\[(]?")
_SPAN_TAIL = re.compile(r"(?:之间|区间|范围|以内|之内|内)*[\])]?")
_NUMERAL = r"[零〇一二两三四五六七八九十百千万]+"
_PERCENT_WORDS = re.compile(rf"百分之(?P<n>{_NUMERAL}|\d+(?:\.\d+)?)")
_COUNTED = re.compile(
    rf"(?P<lead>(?:{_OPERATOR}|{_PLAIN})*)(?P<n>{_NUMERAL})(?:[至到](?P<n2>{_NUMERAL}))?(?P<rest>\D*)"
)
_COUNTABLE = ("个", "次", "场", "场次", "人", "人次", "名", "家", "台", "套", "户", "份", "篇", "座", "处", "所", "天", "年", "个月",
              "项", "件", "辆", "册", "期", "条", "起", "个工作日", "公里", "亩", "元", "万元", "小时", "周")  # fmt: skip


def _plain(text: str) -> str:
    text = text.translate(_SIGNS)
    for square, name in (("㎡", "平方米"), ("m²", "平方米"), ("㎥", "立方米"), ("m³", "立方米"), ("㎢", "平方公里")):
        text = text.replace(square, name)
    return text


def _squeezed(text: str) -> str:
    plain = squeeze(text).translate(_SIGNS)
    for sign, single in _PAIRS:
        plain = plain.replace(sign, single)
    plain = (
        plain.replace("百分百", "100%").replace("百分之百", "100%").replace("km2", "平方公里").replace("m2", "平方米")
    )
    plain = plain.replace("m3", "立方米")
    match = _PERCENT_WORDS.search(plain)
    if match:
        value = match["n"] if match["n"][0].isdigit() else chinese_number(match["n"])
        if value is not None:
            plain = f"{plain[: match.start()]}{value}%{plain[match.end() :]}"
    return plain


def _decimal(digits: str) -> Decimal | None:
    plain = digits.replace(",", "")
    if len(plain) > MAX_DIGITS or (len(plain) > 1 and plain[0] == "0" and plain[1] != "."):
        return None
    return Decimal(plain)


def _counted(plain: str) -> str:
    """Chinese numerals as digits where the whole text is a count: 不少于十个 is 不少于10个, 一般 stays."""
    match = _COUNTED.fullmatch(plain)
    if match is None:
        return plain
    rest = _SUFFIX.sub("", match["rest"])
    first, second = chinese_number(match["n"]), chinese_number(match["n2"]) if match["n2"] else None
    counted = rest in _COUNTABLE or (not rest and len(match["n"]) > 1)
    if first is None or not counted or (match["n2"] and second is None):
        return plain
    return f"{match['lead']}{first}{'' if second is None else f'-{second}'}{match['rest']}"


def _lead(text: str) -> tuple[str, str] | None:
    """Operator and remaining words before a number; None when two operators contradict."""
    found = {_OPERATORS[match["op"]] for match in _LEAD.finditer(text) if match["op"]}
    if len(found) > 1:
        return None
    return (found.pop() if found else ""), _LEAD.sub("", text)


def _tail(text: str) -> tuple[str, str, str]:
    """Unit, operator and remaining words after a number."""
    about = _ABOUT.match(text)
    if about:
        unit, operator, rest = _tail(text[about.end() :])
        return unit, operator, about[0] + rest
    unit, rest = unit_at_head(text)
    if not unit:
        match = re.match(r"[\u4e00-\u9fff]{1,4}?(?=$|[及或]?以[上下内]|之内|\()", text)
        if match and not _DOUBT.search(match[0]) and not _DONE.fullmatch(match[0]) and match[0] not in _ORDINALS:
            unit, rest = match[0], text[match.end() :]
            if unit in ("以上", "以下", "以内", "之内", "及以", "左右", "上下"):
                unit, rest = "", text
    match = _SUFFIX.match(rest)
    operator = ""
    if match:
        operator = _UPTO.get(match["op"] or "", "")
        if match["open"] and "不含" in match["open"]:
            operator = {"≥": ">", "≤": "<"}.get(operator, operator)
        rest = rest[match.end() :]
    return unit, operator, "" if _DONE.fullmatch(rest) else rest


def _single(plain: str) -> Measure | None:
    match = _SINGLE.fullmatch(plain)
    if match is None:
        return None
    number, lead = _decimal(match["num"]), _lead(match["lead"])
    if number is None or lead is None:
        return None
    unit, suffix, rest = _tail(match["rest"])
    operator, before = lead
    if rest in _ORDINALS or re.match(r"[a-zA-Z]", rest) or _DOUBT.search(before + rest):
        return None
    if match["sign"] and before:
        return None
    if match["sign"] == "-":
        number = -number
    if (
        operator
        and suffix
        and operator[0] not in (suffix, {"≥": ">", "≤": "<"}.get(suffix), {">": "≥", "<": "≤"}.get(suffix))
    ):
        return None
    around = before + rest
    strict = not rest and (not before or bool(_LABEL.fullmatch(before))) and not _ABOUT.search(around)
    if not unit and re.fullmatch(r"(?:19|20)\d\d\.(?:0?[1-9]|1[0-2])", match["num"]):
        strict = False
    return Measure("number", suffix or operator, number, unit=unit, word=around, strict=strict)


def _range(plain: str) -> Measure | None:
    for form in (_SPAN, _CHAIN, _BRACKETS):
        match = form.fullmatch(plain)
        if match:
            groups = match.groupdict()
            if form is _SPAN and not _SPAN_LEAD.fullmatch(groups["lead"]):
                return None
            return _span(groups["low"], groups["high"], groups["unit"], groups["rest"])
    match = _BOUNDS.fullmatch(plain)
    if match:
        first, second = _OPERATORS[match["a"]], _OPERATORS[match["b"]]
        if first in "≥>" and second in "≤<":
            return _span(match["x"], match["y"], match["unit"], match["rest"])
        if first in "≤<" and second in "≥>":
            return _span(match["y"], match["x"], match["unit"], match["rest"])
    return None


def _span(low_text: str, high_text: str, low_unit: str, rest: str) -> Measure | None:
    low, high = _decimal(low_text), _decimal(high_text)
    unit, rest = unit_at_head(rest)
    if low is None or high is None or low >= high or low_unit not in ("", unit) or not _SPAN_TAIL.fullmatch(rest):
        return None
    years = all(len(digits) == 4 and digits[:2] in ("19", "20") for digits in (low_text, high_text))
    if not unit and (years or len(high_text) > 6):
        return None
    return Measure("range", "", low, high, unit)


def _compose(measure: Measure, nature: str, unit: str) -> Measure:
    """Add what the columns 指标性质 and 度量单位 say to what the value itself says."""
    sign = _squeezed(nature)
    operator = _OPERATORS.get(sign, "") or {"正向": "≥", "正向指标": "≥", "反向": "≤", "反向指标": "≤"}.get(sign, "")
    wanted = "" if is_placeholder(unit) else squeeze(unit)
    if measure.kind in ("number", "date") and operator and not measure.operator:
        measure = replace(measure, operator=operator)
    elif measure.kind == "number" and operator and operator != measure.operator:
        measure = replace(measure, strict=False)
    if measure.kind in ("number", "range") and wanted and not measure.unit:
        measure = replace(measure, unit=wanted, strict=measure.strict or not measure.word)
    elif measure.unit in ("万", "亿") and wanted:
        measure = replace(measure, unit=wanted if wanted.startswith(measure.unit) else measure.unit + wanted)
    return measure


def _read(text: str) -> Measure:
    if is_placeholder(text):
        return BLANK
    text = _plain(text)
    plain = _squeezed(text)
    if _NA.fullmatch(plain):
        return Measure("na", word=plain)
    word = Measure("word", word=plain)
    if len(plain) > _LONGEST or odd_digits(text):
        return word
    when = parse_when(text)
    if when is not None:
        return Measure("date", when.operator, day=when.day, word="" if when.sure else plain, strict=when.sure)
    if split_digits(text):
        return word
    plain = _counted(plain)
    return _range(plain) or _single(plain) or word


@lru_cache(maxsize=16384)
def parse_measure(text: str, nature: str = "", unit: str = "") -> Measure:
    """Parse a target or actual value; ``nature`` and ``unit`` come from separate columns where a form has them.

    Give ``nature`` (≥ ≤ = 定性 正向 反向) for a target only: an actual value has no operator but its own.
    """
    measure = _read(text)
    return _compose(measure, nature, unit) if nature or unit else measure
