"""Reading Chinese dates and deadlines: 2023年3月15日, 10月31日前, 不晚于12月底, 年底前, 上半年, 第四季度.

A date with an open year or day stays open. A period (month, quarter, half year, from–to) is known by its last day and
read as "by then".
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from functools import lru_cache
from typing import NamedTuple

from xlsuite.core.decimals import chinese_number
from xlsuite.core.text import squeeze


class Day(NamedTuple):
    """A calendar date as written; ``year`` and ``day`` are None where the text leaves them open."""

    year: int | None
    month: int
    day: int | None


class When(NamedTuple):
    """A date or deadline. ``operator`` is ≤ ≥ < > = or "" for a plain date.

    ``sure`` is False when other words surround it.
    """

    operator: str
    day: Day
    sure: bool = True


def month_length(year: int | None, month: int) -> int:
    """Days of a month; February of an open year has 29."""
    return monthrange(year or 2000, month)[1]


def is_day(day: Day) -> bool:
    """Whether such a date exists: 2月30日 does not."""
    return 1 <= day.month <= 12 and (day.day is None or 1 <= day.day <= month_length(day.year, day.month))


_Y = r"(?<!\d)(?P<y>(?:19|20)\d\d)"
_M = r"(?P<m>\d{1,2})"
_D = r"(?P<d>\d{1,2})"
_PART = r"(?P<part>上旬|中旬|下旬|月?底|月?末|月?初)?"
_FORMS = [
    re.compile(form)
    for form in (
        rf"(?<!\d)(?:19|20)\d\d年?[-—–~至到]{_Y}年度?(?P<span>)",
        rf"(?<!\d)(?:19|20)\d\d\.\d{{1,2}}[-—–~至到]{_Y}\.{_M}(?P<until>)(?![\d.])",
        rf"{_Y}(?:年|[-./]){_M}(?:月份?|[-./]){_D}[日号]?(?!\d)",
        rf"(?<![\d.]){_M}月{_D}(?:[日号]|(?=前|之前|$))(?!\d)",
        rf"(?:{_Y}年)?(?<!\d)\d{{1,2}}月?[-—–~至到]{_M}月份?(?P<until>)(?!\d)",
        rf"{_Y}(?:年|[-./](?=\d{{1,2}}月)){_M}月份?{_PART}(?!\d)",
        rf"(?<![\d.]){_M}月份?{_PART}(?!\d)",
        rf"{_Y}(?:[-/]{_M}(?![\d/%.万元亿-])|\.(?P<m2>\d{{1,2}})(?=底|末|前))(?P<part>底|末)?",
        rf"(?:{_Y}年度?|[当本该]年度?)?(?P<span>上半年|下半年|全年|第?[一二三四1-4]季度[末底]?|Q[1-4])",
        rf"(?:{_Y}年度?|[当本该]?年度?)(?P<span>底|末|内|终)",
        r"(?<![\d.])(?P<m>1[0-2]|[1-9])\.(?P<d>[0-3]?\d)日?(?=前|之前|以前)",
        rf"{_Y}年度?(?:全年)?(?P<span>)(?![代级初])",
        r"(?<![\d.])(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?![\d.%万元亿])",
    )
]
_CLOCK = re.compile(r"(?<=[\d日])(?:\s+|T)\d{1,2}:\d\d(?::\d\d)?(?!\d)")
_MAYBE = re.compile(r"[年月季]|Q[1-4]|\d[-./]\d|\d{8}")
_WEEKDAY = re.compile(r"\((?:星期|周)[一二三四五六日天]\)")
_CHINESE_YEAR = re.compile(r"[二一][〇○零一二三四五六七八九]{3}(?=年)")
_CHINESE_PART = re.compile(r"[一二三四五六七八九十]{1,3}(?=[月日号])")
_LAST_MONTH = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}
_LAST_DAY = {"上旬": 10, "中旬": 20, "月初": 10, "初": 10}

_OPERATORS = (
    ("不早于", "≥"), ("不晚于", "≤"), ("不迟于", "≤"), ("不超过", "≤"), ("最迟", "≤"), ("最晚", "≤"), ("早于", "<"),
    ("晚于", ">"), ("≥", "≥"), (">=", "≥"), ("≤", "≤"), ("<=", "≤"), ("<", "<"), (">", ">"), ("=", "="),
)  # fmt: skip
_LEAD = re.compile(
    r"(?:.{0,8}(?:时间|日期|期限|时限)(?:为|是)?:?|均?已?经?|应|须)?(?:截[至止][到至]?|于|在|至|到|自)?(?P<op>[^\d]{0,3}?)(?:于|在|到)?"
)
_TAIL = re.compile(
    r"(?P<op>及?以?之?前|内|之内|以内|及?以?之?后|起)?(?:\(含(?:当[日天]|本[日数])?\))?(?P<op2>及?之?以?前)?(?P<rest>.*)"
)
_JOIN = re.compile(r"[-—–~至到]+")
_ACTION = re.compile(
    r"(?:已|均|经|全部|全面|按时|按期|如期|顺利|正式|基本)*"
    r"(?:完成|竣工|完工|验收|交付|上线|投入使用|发放|拨付|支付|到位|结束|开工|启动|印发|建成|开展|实施|通过|提交|报送|发布)"
    r"[^\d]{0,16}"
)
_DOUBT = re.compile(r"未|没|无|不|仅|拟|将|预计|计划|部分|延期|推迟|推后|逾期|延迟|基本")


def _token(match: re.Match[str]) -> When | None:
    found = match.groupdict()
    year = int(found["y"]) if found.get("y") else None
    span = found.get("span")
    if span is None:
        month = int(found["m"] or found.get("m2") or 0)
        part, day = found.get("part"), found.get("d")
        if part or "until" in found:
            return When("≤", Day(year, month, _LAST_DAY.get(part or "")))
        return When("", Day(year, month, int(day) if day else None))
    if "季度" in span or span.startswith("Q"):
        return When("≤", Day(year, _LAST_MONTH[span.lstrip("第Q")[0]], None))
    return When("≤", Day(year, 6, 30) if span == "上半年" else Day(year, 12, 31))


def _tokens(text: str) -> list[tuple[int, int, When]]:
    found = []
    for form in _FORMS:
        for match in form.finditer(text):
            token = _token(match)
            if token is not None and is_day(token.day):
                found.append((match.start(), match.end(), token))
        if found:
            text = "".join("\0" if any(a <= i < b for a, b, _ in found) else c for i, c in enumerate(text))
    return sorted(found)


def _western(text: str) -> str:
    text = _CHINESE_YEAR.sub(
        lambda m: "".join(str("零一二三四五六七八九".find(c) if c not in "〇○" else 0) for c in m[0]), text
    )
    return _CHINESE_PART.sub(lambda m: str(chinese_number(m[0]) or m[0]), text)


def _lead(text: str) -> tuple[str, bool] | None:
    """Operator before the date and whether nothing else stands there; None when the words cast doubt on the date."""
    for word, operator in _OPERATORS:
        if word in text:
            rest = text.replace(word, "", 1)
            return None if _DOUBT.search(rest) else (operator, bool(_LEAD.fullmatch(rest)))
    if _DOUBT.search(text):
        return None
    match = _LEAD.fullmatch(text)
    return "", bool(match) and not (match and match["op"])


def _tail(text: str) -> tuple[str, bool] | None:
    match = _TAIL.fullmatch(text)
    if match is None or _DOUBT.search(match["rest"]):
        return None
    word, rest = (match["op"] or "") + (match["op2"] or ""), match["rest"].strip("。;,")
    operator = "≤" if "前" in word or "内" in word else "≥" if word else ""
    return operator, not rest or bool(_ACTION.fullmatch(rest))


@lru_cache(maxsize=4096)
def parse_when(text: str) -> When | None:
    """The one date, deadline or period of a text; None when there is none, or more than it says plainly."""
    plain = squeeze(_CLOCK.sub("", unicodedata.normalize("NFKC", text)))
    if len(plain) > 60 or not _MAYBE.search(plain):
        return None
    plain = _western(_WEEKDAY.sub("", plain))
    tokens = _tokens(plain)
    if not tokens or len(tokens) > 2:
        return None
    if len(tokens) == 2:
        (start, gap, first), (resume, stop, last) = tokens
        if not _JOIN.fullmatch(plain[gap:resume]):
            return None
        day = last.day._replace(year=last.day.year or first.day.year)
        token = When("≤", day)
    else:
        start, stop, token = tokens[0]
    before, after = plain[:start], plain[stop:]
    if re.search(r"\d", before + after):
        return None
    lead, tail = _lead(before), _tail(after)
    if lead is None or tail is None:
        return None
    stated = {operator for operator in (lead[0], tail[0]) if operator}
    sure = lead[1] and tail[1] and len(stated) < 2
    return When(stated.pop() if len(stated) == 1 else token.operator, token.day, sure)
