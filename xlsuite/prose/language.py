"""Slips of the pen and leftovers: typos, doubled words, template instructions, placeholders, converter residue."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from xlsuite.prose.passages import Passage

_DOUBLED = re.compile(r"([\u4e00-\u9fff]{2,4})\1")
_DOUBLE_OK = re.compile(
    r"项目|公司|单位|系统|平台|工程|中心|学校|政府|信息|资金|医院|人民|企业|社会|部门|[一二三四五六七八九十百千万两]|(.)\1|研究|讨论|商量|考虑|一步|进一|逐步|层层|来来|往往"
)
_DOUBLE_PUNCTUATION = re.compile(r"[，。、；]{2,}|(?<!：)[，、；]。")
_NUMBER_BRACKETS = re.compile(r"(?<=[\u4e00-\u9fff)])[\[【(《]((?:19|20)\d\d)[\]】)》](?=第?\d{1,5}号)")
_THRESHOLD = re.compile(
    r"(?:规模|限额|金额|投资额?|标准)(?:在|为|达到)?\d+(?:\.\d+)?(?:万|亿)?元(?:的)?(?:，|项目)?(?=(?:需|须|应|必须|要)(?:要|当|由|进行|经|报|开展))"
)


@dataclass(slots=True, eq=False)
class Slip:
    """Something wrong with the wording at a place; ``right`` is what should stand there, "" when it should go."""

    block: int
    start: int
    stop: int
    text: str
    right: str = ""


@lru_cache(maxsize=8)
def word_list(name: str) -> dict[str, Any]:
    """One of the word lists in ``xlsuite/prose/data``."""
    return tomllib.loads(files("xlsuite.prose.data").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _typos() -> list[tuple[str, re.Pattern[str], str, str]]:
    return [(t["find"], re.compile(t["form"]), t["wrong"], t["right"]) for t in word_list("typos")["typo"]]


@lru_cache(maxsize=1)
def _residue() -> dict[str, re.Pattern[str]]:
    lists = word_list("residue")
    return {
        "template": re.compile("|".join(f"(?:{form})" for form in lists["template"]["whole"])),
        "listing": re.compile(lists["template"]["listing"]),
        "placeholder": re.compile("|".join(lists["placeholder"]["forms"])),
        "residue": re.compile("|".join(lists["residue"]["forms"])),
    }


def typos(passages: Sequence[Passage]) -> Iterator[Slip]:
    """Certain typos of the list, each with its correction."""
    everything = "\n".join(passage.text for passage in passages)
    present = [typo for typo in _typos() if typo[0] in everything]
    for passage in passages:
        for find, form, wrong, right in present:
            if find not in passage.text:
                continue
            for match in form.finditer(passage.text):
                yield Slip(passage.block.index, match.start(), match.end(), wrong, right)


def doubled(passages: Sequence[Passage]) -> Iterator[Slip]:
    """Words written twice in a row, and punctuation marks run together."""
    for passage in passages:
        seen: set[str] = set()
        for match in _DOUBLED.finditer(passage.text):
            if not _DOUBLE_OK.search(match[1]) and match[0] not in seen:
                seen.add(match[0])
                yield Slip(passage.block.index, match.start(), match.end(), match[0], match[1])
        for match in _DOUBLE_PUNCTUATION.finditer(passage.text):
            yield Slip(passage.block.index, match.start(), match.end(), match[0], match[0][-1])


def template_text(passages: Sequence[Passage]) -> Iterator[Slip]:
    """Instructions of the template that should have been replaced by text."""
    lists, nouns = _residue(), word_list("residue")["template"]["nouns"]
    for passage in passages:
        body = passage.heading.body if passage.heading and passage.heading.block == passage.block.index else 0
        for start, stop in passage.sentences:
            start = max(start, body) if start < body < stop else start
            text = passage.text[start:stop].strip("。.；")
            if lists["template"].fullmatch(text) or (
                text.startswith("包括")
                and lists["listing"].fullmatch(text)
                and sum(noun in text for noun in nouns) >= 2
            ):
                yield Slip(passage.block.index, start, stop, text)


def placeholders(passages: Sequence[Passage]) -> Iterator[Slip]:
    """XX, ____, 某某, 【待补充…】 and their kin."""
    return _all(passages, _residue()["placeholder"])


def residue(passages: Sequence[Passage]) -> Iterator[Slip]:
    """Traces of a conversion: [bookmark: …], ** around words, field codes, HTML."""
    return _all(passages, _residue()["residue"])


def _all(passages: Sequence[Passage], form: re.Pattern[str]) -> Iterator[Slip]:
    for passage in passages:
        for match in form.finditer(passage.text):
            yield Slip(passage.block.index, match.start(), match.end(), match[0])


def number_brackets(passages: Sequence[Passage]) -> Iterator[Slip]:
    """Document numbers with brackets other than the required 〔 〕."""
    for passage in passages:
        for match in _NUMBER_BRACKETS.finditer(passage.text):
            yield Slip(passage.block.index, match.start(), match.end(), match[0], f"〔{match[1]}〕")


def bare_amounts(passages: Sequence[Passage]) -> Iterator[Slip]:
    """Amounts written 1000万 instead of 1000万元."""
    for passage in passages:
        for figure in passage.figures:
            if figure.bare:
                yield Slip(passage.block.index, figure.start, figure.stop, figure.printed, figure.printed + "元")


def open_thresholds(passages: Sequence[Passage]) -> Iterator[Slip]:
    """Thresholds without 以上 or 以下: 项目规模100万元需进行…"""
    for passage in passages:
        for match in _THRESHOLD.finditer(passage.text):
            yield Slip(passage.block.index, match.start(), match.end(), match[0])


def cut_paragraphs(passages: Sequence[Passage]) -> list[Slip]:
    """Places where one sentence runs over two physical paragraphs."""
    return [
        Slip(passage.block.index, max(0, cut - 6), cut, passage.text[max(0, cut - 6) : cut])
        for passage in passages
        for cut in passage.block.cuts
    ]
