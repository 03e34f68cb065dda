"""Dates in the text: the same event told with two dates, and dates that no calendar has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from xlsuite.core.dates import Day, is_day
from xlsuite.prose.figures import MONEY
from xlsuite.prose.passages import Passage
from xlsuite.prose.quantities import Quantity

_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)年(\d{1,2})月(?:(\d{1,2})[日号])?")
_OPEN_DATE = re.compile(r"(?<![\d年])(\d{1,2})月(\d{1,2})[日号]")
_PERIOD = re.compile(
    r"((?:19|20)\d\d)年(?:(\d{1,2})月)?(?:(\d{1,2})[日号])?(?:起)?[至到—–~-]{1,2}((?:19|20)\d\d)年(?:(\d{1,2})月)?(?:(\d{1,2})[日号])?"
)
_CLAUSE_END = re.compile(r"[。；]|(?:19|20)\d\d年\d{1,2}月")
_FILLER = re.compile(r"[，、：:“”\"()（）的了已再次于向对该本局部门我市县区为将项目]")
_MILESTONE = re.compile(r"签订|签定|中标|开工|竣工|完工|验收|试运行|上线|投入使用|开标|批复|立项|成立")
_MOST_ALIKE = 200
MOST_DAYS = 15
"""Two requests for the same amount further apart than this may well be two."""


@dataclass(slots=True, eq=False)
class Event:
    """Something that happened on a day: its place, what the text says of it, and the amount it was about."""

    block: int
    start: int
    stop: int
    day: date
    words: str
    amount: Quantity | None

    @property
    def shown(self) -> str:
        """The day as the text writes it."""
        return f"{self.day.year}年{self.day.month}月{self.day.day}日"


@dataclass(slots=True, eq=False)
class TwoDates:
    """One event with two dates."""

    first: Event
    second: Event


@dataclass(slots=True, eq=False)
class BadDate:
    """A date that does not exist, or a period that ends before it begins."""

    block: int
    start: int
    stop: int
    reversed: bool = False


def events(passages: Sequence[Passage]) -> list[Event]:
    """Every event with a full date."""
    found = []
    for passage in passages:
        for match in _DATE.finditer(passage.text):
            if not match[3]:
                continue
            day = Day(int(match[1]), int(match[2]), int(match[3]))
            if not is_day(day):
                continue
            end = _CLAUSE_END.search(passage.text, match.end())
            stop = min(end.start() if end else len(passage.text), match.end() + 70)
            amount = next((f for f in passage.between(match.end(), stop) if f.kind == MONEY), None)
            words = passage.text[match.end() : amount.start if amount else stop]
            when = date(int(match[1]), int(match[2]), int(match[3]))
            found.append(
                Event(passage.block.index, match.start(), amount.stop if amount else stop, when, words, amount)
            )
    return found


def two_dates(found: Sequence[Event]) -> Iterator[TwoDates]:
    """Events of different paragraphs that say the same of two days."""
    groups: dict[object, list[Event]] = {}
    for event in found:
        stone = _MILESTONE.search(event.words)
        key = event.amount.value if event.amount else stone[0] if stone else None
        if key is not None:
            groups.setdefault(key, []).append(event)
    pairs: list[TwoDates] = []
    for events in groups.values():
        reported: set[tuple[date, date]] = set()
        for index, second in enumerate(events[:_MOST_ALIKE]):
            for first in events[:index]:
                days = (min(first.day, second.day), max(first.day, second.day))
                if first.block != second.block and days not in reported and _same_event(first, second):
                    reported.add(days)
                    pairs.append(TwoDates(first, second))
    return iter(sorted(pairs, key=lambda pair: (pair.second.block, pair.second.start)))


def _same_event(first: Event, second: Event) -> bool:
    days = abs((first.day - second.day).days)
    if days == 0:
        return False
    if first.amount and second.amount:
        return days <= MOST_DAYS and alike(first.words, second.words) >= 0.5
    if first.amount or second.amount or min(len(first.words), len(second.words)) < 8:
        return False
    return alike(first.words, second.words) >= 0.75


def alike(one: str, other: str) -> float:
    """Overlap of the character pairs of two phrases, filler words aside: 0 to 1."""
    pairs = [_pairs(_FILLER.sub("", text)) for text in (one, other)]
    joined = pairs[0] | pairs[1]
    return len(pairs[0] & pairs[1]) / len(joined) if joined else 0.0


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def bad_dates(passages: Sequence[Passage]) -> Iterator[BadDate]:
    """Dates such as 2 月 30 日 or 13 月, and periods that run backwards."""
    for passage in passages:
        for match in _DATE.finditer(passage.text):
            if not is_day(Day(int(match[1]), int(match[2]), int(match[3]) if match[3] else None)):
                yield BadDate(passage.block.index, match.start(), match.end())
        for match in _OPEN_DATE.finditer(passage.text):
            if not is_day(Day(None, int(match[1]), int(match[2]))):
                yield BadDate(passage.block.index, match.start(), match.end())
        for match in _PERIOD.finditer(passage.text):
            if _backwards(match):
                yield BadDate(passage.block.index, match.start(), match.end(), reversed=True)


def _backwards(match: re.Match[str]) -> bool:
    begin = [int(group) for group in match.groups()[:3] if group]
    end = [int(group) for group in match.groups()[3:] if group]
    shared = min(len(begin), len(end))
    return begin[:shared] > end[:shared]
