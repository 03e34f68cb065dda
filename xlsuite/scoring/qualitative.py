"""Scores of words: the three bands of 定性 indicators, and 已完成 / 未完成 where a number or date was asked for.

A person judges inside a band, so the expectation is an interval. Words that say nothing plainly leave the whole weight
open.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from xlsuite.core.profile import Profile
from xlsuite.core.scorecard import Expected
from xlsuite.core.values import outcome, said, squeeze
from xlsuite.scoring.case import ONE, ZERO, Case
from xlsuite.scoring.wording import percent, plain

PARAMETER = "score.qualitative"
_LIMITS = re.compile(r"未|没|不|无|部分|基本|仅|除|尚|但|有待|略|低于|少于")
_YES_NO = ("是", "否", "有", "√", "×")
_LATE = re.compile(r"未能?(?:按时|按期|如期|及时)|没有?(?:按时|按期|如期|及时)|延期|逾期|推迟|滞后")
_SCALE = re.compile(r"优[、/]?良[、/]?中(?:[、/]?低)?(?:[、/]?差)?|高[、/]?中[、/]?低|好[、/]?中[、/]?差|好坏")
_NONE = re.compile(r"(?:无|没有|未发生|没有发生|未出现|没有出现|未收到|零|〇)(?!法).{0,10}")


def band_of(text: str, profile: Profile) -> dict[str, Any] | None:
    """The band whose words an entry uses; the longest wording decides, so that 部分达成 is not 达成."""
    plain = squeeze(text)
    best: tuple[int, dict[str, Any]] | None = None
    for row in profile[PARAMETER]:
        for words in row["words"]:
            if plain.startswith(words) and (best is None or len(words) > best[0]):
                if plain != words and _LIMITS.search(plain[len(words) :]):
                    continue
                best = (len(words), row)
    return best[1] if best else None


def in_band(case: Case, row: dict[str, Any], words: str) -> Expected:
    """The interval of one band."""
    low, high = Decimal(row["low"]), Decimal(row["high"])
    found = case.span(low, high, f"{words}，按分值的 {percent(low)} 至 {percent(high)} 计", "qualitative", PARAMETER)
    found.open_high = bool(row.get("open_high"))
    if found.open_high and found.high is not None:
        found.arithmetic += f"（不含 {plain(found.high)}）"
    return found


def met_in_words(case: Case, words: str) -> Expected:
    """Said to be met: the uppermost band."""
    return in_band(case, case.profile[PARAMETER][0], words)


def unfinished(case: Case) -> Expected:
    """Said to be not done: below the ceiling of the profile."""
    ceiling = Decimal(case.profile["score.unfinished_ceiling"])
    return case.below(ceiling, f"实际完成值为“{case.said}”", "unfinished", "score.unfinished_ceiling")


def says_none(text: str) -> bool:
    """Whether words say that something did not happen at all: 无, 未发生安全事故, 零投诉."""
    return bool(_NONE.fullmatch(squeeze(text)))


def by_words(case: Case) -> Expected | None:
    """Score of an actual value that is a phrase, whatever the target; None when the phrase says nothing plainly."""
    words = f"实际完成值为“{case.said}”"
    row = band_of(case.said, case.profile)
    if row is not None:
        return in_band(case, row, words)
    if case.said in _YES_NO and case.wanted not in _YES_NO:
        return None
    if _LATE.search(case.said):
        return case.below(ONE, words, "word", "score.late")
    result, of = said(case.said)
    whole = not of or of in case.wanted or of in case.name
    if result == "undone":
        return unfinished(case) if whole else case.below(ONE, words, "word", "score.unfinished_ceiling")
    if result == "partly":
        first, second = case.profile[PARAMETER][0], case.profile[PARAMETER][1]
        if "部分" in case.said:
            return in_band(case, second, words)
        return case.span(Decimal(second["low"]), Decimal(first["high"]), words, "qualitative", PARAMETER)
    return met_in_words(case, words) if result == "done" and whole else None


def repeats_target(case: Case) -> bool:
    """Whether the actual value is the target again, perhaps with more words: 上升 and 有所上升."""
    if len(case.wanted) < 2 or case.wanted not in case.said:
        return False
    return not _LIMITS.search(case.said.replace(case.wanted, "", 1))


def top_of_scale(case: Case) -> bool:
    """Whether the target lists a scale (优良中低差, 高中低) and the actual value is its upper end."""
    scale = _SCALE.fullmatch(case.wanted)
    return bool(scale) and case.said.rstrip("秀等度").startswith(case.wanted[0])


def qualitative(case: Case) -> Expected:
    """Score where the target itself is a phrase."""
    same = case.said == case.wanted
    if same or ((repeats_target(case) or top_of_scale(case)) and outcome(case.said) not in ("undone", "partly")):
        return met_in_words(case, f"指标值为“{case.wanted}”，实际完成值为“{case.said}”")
    found = by_words(case)
    if found is not None:
        return found
    words = f"指标值“{case.wanted}”和实际完成值“{case.said}”是文字描述，由评价人判断"
    return case.span(ZERO, ONE, words, "qualitative", PARAMETER)
