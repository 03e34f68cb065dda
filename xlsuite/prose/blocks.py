"""Logical paragraphs: lines that a page break or a hard wrap cut apart are joined, blanks are taken out.

Every place in a block leads back to the physical paragraph and to the words as they were written there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from xlsuite.prose.documents import Document, Paragraph
from xlsuite.prose.marks import starts_with_mark

_WIDE = (
    ";！？０１２３４５６７８９％．（）"
    "＋－－／＜＞＝～：ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ﹝﹞−"
)
_NARROW = "；！？0123456789%.()+--/<>=~:ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz〔〕-"
_WIDTH = str.maketrans(_WIDE, _NARROW)
_COMMA = re.compile(r"(?<!\d),|,(?!\d)")
_SOLID = re.compile(r"[^\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffc]+")
_GROUP_BEFORE = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})*$")
_GROUP_AFTER = re.compile(r"\d{3}(?!\d)")
_STOPS = "。！？!?；;：:"
_DANGLING = "的和与及或在对为将以由从按经向把被于并而其该各本每共约达至到是有所等了"
_UNIT_NEXT = re.compile(
    r"([\d.,]*\d)?(?:亿|万|千|百)*(?:元|%|个|项|台|人|户|分|份|次|家|套|亩|公里|条|件|年|月|日|平方|立方|吨)"
)
_OPENING, _CLOSING = "《“（(〈「", "》”）)〉」"
_CLOSES_FIRST = "，、。；：）)》”！？,;%％"


class Segment(NamedTuple):
    """From ``at`` in the block's text on: characters of paragraph ``paragraph`` from ``raw`` on, one to one."""

    at: int
    paragraph: int
    raw: int


@dataclass(slots=True, eq=False)
class Block:
    """A logical paragraph. ``text`` has no blanks and no full-width digits; ``level`` is the heading level by style."""

    index: int
    text: str
    segments: list[Segment]
    sources: list[Paragraph]
    label: str = ""
    level: int = 0
    cuts: list[int] = field(default_factory=list)
    """Where in ``text`` one physical paragraph was joined to the next."""

    @property
    def paragraph(self) -> int:
        """Number of the first physical paragraph."""
        return self.sources[0].number

    def at(self, place: int) -> int:
        """Number of the physical paragraph that holds a place of the text."""
        return self.segments[max(0, bisect_right(self.segments, (place, 1 << 60, 0)) - 1)].paragraph

    def _raw(self, place: int) -> tuple[int, int]:
        segment = self.segments[max(0, bisect_right(self.segments, (place, 1 << 60, 0)) - 1)]
        return segment.paragraph, segment.raw + place - segment.at

    def quote(self, start: int, stop: int) -> str:
        """The words between two places as they were written; where a paragraph ends in between, up to its end."""
        number, first = self._raw(start)
        last_number, last = self._raw(max(start, stop - 1))
        source = next(source for source in self.sources if source.number == number)
        return source.text[first : last + 1] if last_number == number else source.text[first:].rstrip()


def blocks(document: Document) -> list[Block]:
    """The logical paragraphs of a document, without tables."""
    lines = [p for p in document.paragraphs if p.table is None and _SOLID.search(p.text + p.label)]
    finished = _usually_finished(lines)
    width = _width(lines) if document.wrapped else 0
    groups: list[list[Paragraph]] = []
    for line in lines:
        if groups and _continues(groups[-1], line, finished, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_block(index, group) for index, group in enumerate(groups)]


def _usually_finished(lines: list[Paragraph]) -> bool:
    """Whether prose lines of this document end with a full stop as a habit, so that one without is a cut line."""
    prose = [p.text.rstrip() for p in lines if len(p.text) >= 30 and ("，" in p.text or "," in p.text)]
    ended = sum(1 for text in prose if text[-1] in _STOPS or text[-1] in _CLOSING)
    return len(prose) >= 3 and ended >= 0.7 * len(prose)


def _width(lines: list[Paragraph]) -> int:
    lengths = sorted(len(line.text.strip()) for line in lines)
    return lengths[int(len(lengths) * 0.9)] if lengths else 0


def _continues(group: list[Paragraph], line: Paragraph, finished: bool, width: int) -> bool:
    """Whether ``line`` goes on where the group stops in the middle of a sentence, word or number."""
    before, after = group[-1].text.rstrip(), line.text.lstrip()
    if not before or not after or line.label or line.level or group[0].level or before[-1] in "。！？!?；;：:】":
        return False
    if len(before) >= 10 and before[-1].isdigit() and _unit_follows(before, after):
        return True
    if starts_with_mark(after) or len(before) < 8:
        return False
    if width and len(before) >= width - 2:
        return True
    if after[0] in _CLOSES_FIRST or before[-1] in "，、,":
        return True
    if _unclosed(before) or (before[-1] in _DANGLING and len(before) >= 12):
        return True
    prose = "。" in before or (
        _COMMA.search(before.replace("，", ",")) and (len(before) >= 50 or not starts_with_mark(group[0].text))
    )
    return bool(finished and prose) and len(before) >= 20 and before[-1] not in _CLOSING and not _is_signature(after)


def _unit_follows(before: str, after: str) -> bool:
    """A number cut from its unit, or cut in two inside a sentence."""
    match = _UNIT_NEXT.match(after)
    return match is not None and not starts_with_mark(after) and (not match[1] or "，" in before)


def _unclosed(text: str) -> bool:
    return sum(map(text.count, "《“〈「")) > sum(map(text.count, "》”〉」"))


def _is_signature(text: str) -> bool:
    """The name or date under a letter is no continuation."""
    return len(text) <= 20 and not re.search(r"[，。；]", text)


def _block(index: int, group: list[Paragraph]) -> Block:
    pieces: list[str] = []
    segments: list[Segment] = []
    cuts: list[int] = []
    length = 0
    for order, source in enumerate(group):
        plain = _COMMA.sub("，", source.text.translate(_WIDTH))
        if order:
            cuts.append(length)
        first = True
        for match in _SOLID.finditer(plain):
            piece, start = match[0], match.start()
            if pieces and not first and _apart(pieces, piece):
                segments.append(Segment(length, source.number, start - 1))
                pieces.append(" ")
                length += 1
            segments.append(Segment(length, source.number, start))
            pieces.append(piece)
            length += len(piece)
            first = False
    return Block(index, "".join(pieces), segments, group, group[0].label, group[0].level, cuts)


def _apart(pieces: list[str], piece: str) -> bool:
    """Whether the blank between two pieces must stay: it separates two numbers or two Western words."""
    last, first = pieces[-1][-1], piece[0]
    if not (last.isascii() and first.isascii() and last.isalnum() and first.isalnum()):
        return False
    if not (last.isdigit() and first.isdigit()):
        return True
    tail = "".join(pieces[-3:])[-40:]
    if len(pieces) > 2 and all(len(p) == 1 for p in pieces[-2:]) and len(piece) == 1:
        return False  # letter-spaced digits
    return not (_GROUP_BEFORE.search(tail) and _GROUP_AFTER.match(piece))
