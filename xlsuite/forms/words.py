"""What one text of a form means: its label looked up, with numbering, brackets, weight, unit and entry taken off."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from xlsuite.forms.vocabulary import BLANK, NOTHING, SENTENCE, VOCABULARY, Word, guess, plain

LONGEST_LABEL = 60
"""A longer text is never a label, only a narrative, a note or a label with its entry behind a colon."""

MOST_ENTRIES = 12
"""More colons in one cell are prose, not entries beside each other."""

_NUMBERING = re.compile(
    r"^(?:\((?:\d{1,2}|[一二三四五六七八九十]{1,3})\)|(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)、.．](?!\d)|[*★☆▲●■◆※#]+|其中:?|减:|加:)+"
)
_BARE_DIGITS = re.compile(r"^\d{1,2}(?=[\u4e00-\u9fff])")
_BRACKET = re.compile(r"\(([^()]*)\)")
_POINTS = re.compile(r"^(?:权重|分值|满分|共|计|占|总分)?[:为]?(\d{1,3}(?:\.\d+)?)(?:分|%|分值)?(?:\*.+)?$")
_TRAILING_POINTS = re.compile(r"^(.*[^\d.:\-_])([:\-_]?)(\d{1,3}(?:\.\d+)?)(?:分|%)?$")
_MONEY = re.compile(r"(?:人民币)?(万元|亿元|千元|元)$")
_STATED_UNIT = re.compile(r"^\(?(?:金额|计量|货币|资金)?单位[:为]?(?:人民币)?(万元|亿元|千元|元)(?:[、,/].{1,8})?\)?$")
_TRAILING_UNIT = re.compile(r"^(.+?)[/,、]?(万元|亿元|千元)$")
_YEAR_PREFIX = re.compile(r"^(?:\d{4}(?:年度?)?|本年度?|当年|本|20xx年度?)")
_OF_WHICH = re.compile(r"^(?:其中|减|加):")
_COLON = re.compile(r"[:：﹕︰]")


@lru_cache(maxsize=16384)
def word(text: str) -> Word:
    """Everything the text can mean; `NOTHING` for figures, sentences and unknown words."""
    label = plain(text)
    if not label:
        return BLANK
    known = VOCABULARY.words.get(label)
    if known is not None:
        return known
    if len(label) > LONGEST_LABEL:
        return _long(text, label)
    stated = _STATED_UNIT.match(label)
    if stated:
        return Word(label, unit=stated[1])
    return _bare(label) or _note(label) or _with_entry(text, label) or _title(label) or NOTHING


def _long(text: str, label: str) -> Word:
    return _note(label) or _with_entry(text, label) or NOTHING


def _lookup(label: str) -> Word | None:
    found = VOCABULARY.words.get(label)
    if found is None:
        shorter = _NUMBERING.sub("", label)
        if shorter != label:
            found = VOCABULARY.words.get(shorter)
    return found


def _bare(label: str) -> Word | None:
    """A label with decorations but without an entry."""
    core = label.rstrip(":")
    extras: list[str] = []
    while True:
        bracket = _BRACKET.search(core)
        if not bracket:
            break
        found = _lookup(core)
        if found is not None:
            return _decorated(found, extras)
        extras.append(bracket[1])
        core = core[: bracket.start()] + core[bracket.end() :]
    core = core.rstrip(":")
    found = _lookup(core) or _lookup(_BARE_DIGITS.sub("", core)) or _yearless(core)
    if found is not None:
        return _decorated(found, extras)
    return _weighted(core, extras) or _with_unit(core, extras)


def _yearless(core: str) -> Word | None:
    prefix = _YEAR_PREFIX.match(core)
    if not prefix:
        return None
    rest = core[prefix.end() :]
    if not rest:
        return None
    return _lookup(rest) or _lookup("年度" + rest) or _lookup("全年" + rest)


def _weighted(core: str, extras: list[str]) -> Word | None:
    match = _TRAILING_POINTS.match(core)
    found = _lookup(match[1]) if match else None
    if match is None or found is None or (match[2] == ":" and found.heading):
        return None
    if found.dimension or found.aspect or found.execution or found.total or found.block:
        return _decorated(found, [match[3], *extras])
    return None


def _with_unit(core: str, extras: list[str]) -> Word | None:
    match = _TRAILING_UNIT.match(core)
    found = _lookup(match[1]) if match else None
    return _decorated(found, [match[2], *extras]) if match and found else None


def _decorated(found: Word, extras: list[str]) -> Word:
    weight, unit, percent = None, "", False
    for extra in extras:
        points, money = _POINTS.match(extra), _MONEY.search(extra)
        if points and Decimal(points[1]) > 0:
            weight = Decimal(points[1])
        elif money:
            unit = money[1]
        elif "%" in extra:
            percent = True
    return replace(found, weight=weight, unit=unit, percent=percent) if weight or unit or percent else found


def _with_entry(text: str, label: str) -> Word | None:
    """A label and its entry in one cell, or several of them."""
    if ":" not in label:
        return None
    if 1 < label.count(":") < MOST_ENTRIES:
        several = _pairs(text)
        if len(several) > 1:
            return Word(label, pairs=several)
    prefix = _OF_WHICH.match(label)
    head, _, rest = label[prefix.end() if prefix else 0 :].partition(":")
    found = _bare(head)
    if found is None or not (found.info or found.total or found.grade or found.fund_row or found.fund_column):
        return None
    if not rest:
        return found
    if found.text == "单位" and _MONEY.fullmatch(rest):
        return Word(label, unit=rest)
    colons = 2 if prefix and ":" in prefix[0] else 1
    return replace(found, inline=_COLON.split(text, maxsplit=colons)[colons].strip())


def _pairs(text: str) -> tuple[tuple[Word, str], ...]:
    """``填报单位：甲局  填报日期：2023年1月`` as label and entry, label and entry."""
    pieces = _COLON.split(text)
    found: list[tuple[Word, str]] = []
    current: Word | None = None
    before = pieces[0]
    for number, piece in enumerate(pieces):
        if number == 0:
            continue
        label, entry = _last_label(before)
        if current is not None and label is not None:
            found.append((current, entry))
        current = label if label is not None else current
        before = piece if label is not None else f"{before}：{piece}"
    if current is not None:
        found.append((current, before.strip()))
    return tuple(found)


def _last_label(text: str) -> tuple[Word | None, str]:
    """The label at the end of a piece of text, and what stands before it."""
    tokens = text.split()
    for taken in range(1, min(3, len(tokens)) + 1):
        head = "".join(tokens[-taken:])
        found = _bare(plain(head))
        if found is not None and (found.info or found.total or found.grade):
            return found, text.rsplit(tokens[-taken], 1)[0].strip()
    return None, text


def _note(label: str) -> Word | None:
    return Word(label, note=True) if label.startswith(VOCABULARY.note_starts) else None


def _title(label: str) -> Word | None:
    """The name of a form: evaluation, weak (绩效表), declaration, or other (a list, a log, instructions)."""
    titles = VOCABULARY.titles
    if SENTENCE.search(label):
        return None
    if titles["evaluation"].search(label):
        return Word(label, title="other" if titles["other"].search(label) else "evaluation")
    for kind in ("declaration", "other", "weak"):
        if titles[kind].search(label) and (label.endswith("表") or kind == "declaration" or "表(" in label):
            return Word(label, title=kind)
    return None


def aspect_of(text: str) -> str:
    """The standard key of a level-2 label, "" when its wording says none."""
    return (word(text).aspect or guess("aspects_contains", text)) if text else ""


def dimension_of(text: str) -> str:
    """The standard key of a level-1 label, "" when its wording says none."""
    return (word(text).dimension or guess("dimensions_contains", text)) if text else ""
