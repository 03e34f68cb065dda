"""Numbering marks at the head of a paragraph: 一、 （一） 1. （1） ① 第一章 1.1 and the families they belong to."""

from __future__ import annotations

import re
from typing import NamedTuple

from xlsuite.core.decimals import chinese_number

PART, CJK, CJK_PAREN, DIGIT, DIGIT_PAREN, DIGIT_CLOSE, CIRCLE, DECIMAL = (
    "第一部分", "一、", "（一）", "1.", "（1）", "1）", "①", "1.1",
)  # fmt: skip
"""Families of marks, named by their first member."""

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_NOT_A_MARK = r"(?!\d|[万亿千百]?元|%|[余多]?[万亿个台套人户项年月日])"
_FORMS = (
    (PART, re.compile(rf"第({_NUMERAL}|\d{{1,2}})(?:部分|[章篇编])[、:：.．]?")),
    (CJK, re.compile(rf"({_NUMERAL})[、.．，,:：](?!{_NUMERAL}[、，])")),
    (CJK_PAREN, re.compile(rf"[(（]({_NUMERAL})[)）][、.．,，:：]?")),
    (DECIMAL, re.compile(rf"(\d{{1,2}}(?:[.．]\d{{1,2}}){{1,3}})[、.．]?{_NOT_A_MARK}(?=[\u4e00-\u9fff《“])")),
    (DIGIT, re.compile(r"(\d{1,2})[、.．](?!\d)(?=[^%])")),
    (DIGIT_PAREN, re.compile(r"[(（](\d{1,2})[)）][、.．,，:：]?")),
    (DIGIT_CLOSE, re.compile(r"(\d{1,2})[)）][、.．,，:：]?")),
    (CIRCLE, re.compile(f"([{_CIRCLED}])[、.．]?")),
)
_FIRST = re.compile(rf"[第一二三四五六七八九十(（\d{_CIRCLED}]")


class Mark(NamedTuple):
    """A numbering mark: its family, its number within the family, its text, and where the title begins."""

    family: str
    number: int
    text: str
    stop: int


def read_mark(text: str) -> Mark | None:
    """The mark at the head of a text without blanks, or None."""
    if not text or not _FIRST.match(text):
        return None
    for family, form in _FORMS:
        match = form.match(text)
        if match:
            number = _number(family, match[1])
            if number:
                return Mark(family, number, match[0], match.end())
    return None


def _number(family: str, text: str) -> int:
    if family == CIRCLE:
        return _CIRCLED.index(text) + 1
    if family == DECIMAL:
        return int(re.split(r"[.．]", text)[-1])
    return int(text) if text.isdigit() else (chinese_number(text) or 0)


_BLANKS = re.compile(r"\s+")


def starts_with_mark(text: str) -> bool:
    """Whether a raw line begins with a numbering mark, 附件 or 一是."""
    head = _BLANKS.sub("", text[:16])
    return read_mark(head) is not None or bool(
        re.match(r"附(?:件|表|录)[\d一二三四五六七八九十:：]|[一二三四五六七八九]是|[—-]{1,2}[\u4e00-\u9fff]", head)
    )
