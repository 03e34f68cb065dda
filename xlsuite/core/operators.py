"""Comparison words before a number: ≥, 不低于, 至少, 控制在, 超过; and the harmless words that stand beside them."""

from __future__ import annotations

import re

_STRICT = {"≥": ">", "≤": "<"}
_MUST = ("", "得", "应", "能", "可")

OPERATORS = {
    "≥": "≥", "≤": "≤", ">": ">", "<": "<", "=": "=", "等于": "=", "至少": "≥", "最少": "≥", "最低": "≥",
    "控制在": "≤", "至多": "≤", "最多": "≤", "最高": "≤", "最长": "≤",
    **{f"不{must}{word}": "≥" for must in _MUST for word in ("低于", "少于", "小于", "短于")},
    **{f"不{must}{word}": "≤" for must in _MUST for word in ("高于", "超过", "超出", "大于", "多于", "长于")},
    **{f"{word}{link}等于": sign for word, sign in (("大于", "≥"), ("小于", "≤")) for link in ("", "或", "或者")},
    **dict.fromkeys(("大于", "超过", "高于", "多于"), ">"),
    **dict.fromkeys(("小于", "低于", "少于", "短于"), "<"),
}  # fmt: skip
"""Every wording with the sign it stands for."""

OPERATOR = "|".join(sorted(map(re.escape, OPERATORS), key=len, reverse=True))
"""A pattern of them all, the longest first."""

HARMLESS = (
    r"已完成|实际完成|完成|已实现|实现|达到|达|为|是|应|须|需|确保|保持|保证|共计|合计|总计|累计|共|均|已|实际|[xX¥:]"
)
_LEAD = re.compile(rf"(?P<op>{OPERATOR})|(?:{HARMLESS})")
_SUFFIX = re.compile(r"(?:\(含(?:本数)?\))?(?P<op>[及或]?以[上下内]|之内|内)?(?P<open>\((?:不含|含)(?:本数)?\))?")


def split_lead(text: str) -> tuple[str, str] | None:
    """The sign and the remaining words of what stands before a number; None when two signs contradict."""
    found = {OPERATORS[match["op"]] for match in _LEAD.finditer(text) if match["op"]}
    if len(found) > 1:
        return None
    return (found.pop() if found else ""), _LEAD.sub("", text)


def split_suffix(text: str) -> tuple[str, str]:
    """The sign of 以上, 以内, (不含) behind a number and unit, and what follows."""
    match = _SUFFIX.match(text)
    assert match is not None  # every part of the pattern may be empty
    word = match["op"] or ""
    sign = "≥" if word.endswith("上") else "≤" if word else ""
    if "不含" in (match["open"] or ""):
        sign = _STRICT.get(sign, sign)
    return sign, text[match.end() :]


def agree(first: str, second: str) -> bool:
    """Whether two signs point the same way: ≥ and >, or one of them missing."""
    return not first or not second or _STRICT.get(first, first) == _STRICT.get(second, second)
