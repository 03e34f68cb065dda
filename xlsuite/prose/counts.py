"""Stated counts against the lists they announce: 六大类, 四点：一是…, 3 个单位，分别为…, 7 县 4 区 7 乡镇共 18 个."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlsuite.core.decimals import chinese_number
from xlsuite.prose.figures import COUNT
from xlsuite.prose.headings import Outline
from xlsuite.prose.passages import Passage
from xlsuite.prose.quantities import Quantity
from xlsuite.prose.sums import Sure

_NUMBER = r"(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3})"
_UNIT = r"(?:大类|类|个?方面|点|项|个|条|种|部分|家|所|处|阶段|环节|大)"
_ONLY_UNIT = re.compile(_UNIT)
_HEAD = re.compile(
    rf"(?<![第\d.一二三四五六七八九十]){_NUMBER}(?P<unit>{_UNIT})(?P<noun>[\u4e00-\u9fff]{{0,10}}?)(?P<lead>[，:]?(?:分别(?:为|是)|即|依次(?:为|是))|:)"
)
_TAIL = re.compile(
    rf"(?P<etc>等)?(?P<d>共|共计|合计|这)?(?<![第\d.]){_NUMBER}(?P<unit>大类|类|个方面|方面|大板块|板块|个部分|部分|个环节|环节|个阶段|阶段|个维度|大部分)"
)
_POINT = re.compile(r"(?:^|(?<=[，。；:、*\]】]))([一二三四五六七八九十])是(?!否|不)")
_ANNOUNCED = re.compile(
    rf"(?:有|为|以下|如下|下列|存在|体现在|表现在|包括|主要是|采取了?|做到|突出|抓好|从)(?:了|以下|如下)?{_NUMBER}(?P<unit>个方面|方面|点|条|项|个|种)(?P<noun>[\u4e00-\u9fff]{{0,8}})(?P<end>[:：。，]|$)"
)
_BEFORE_LIST = re.compile(r"[，。；:(]")
_LONGEST_LIST = 300
_STOP = re.compile(r"[。；]|，(?!分别|即)")
_SPLIT = re.compile(r"、")
_AND = re.compile(r"(?<=[\u4e00-\u9fff”》)])(?:和|及|以及|与)(?=[\u4e00-\u9fff“《])")
_QUOTED = re.compile(r"[“《(][^”》)]{0,60}[”》)]")


@dataclass(slots=True, eq=False)
class Count:
    """A stated number of things, and how many the list has: between ``low`` and ``high`` depending on the reading."""

    block: int
    start: int
    stop: int
    stated: int
    low: int
    high: int
    what: str
    sure: Sure

    @property
    def unit(self) -> str:
        """The counting word alone."""
        match = _ONLY_UNIT.match(self.what)
        return match[0].removeprefix("大") if match else self.what


@dataclass(slots=True, eq=False)
class Run:
    """Points of one text introduced by 一是, 二是 …, with their places."""

    numbers: list[int]
    places: list[tuple[int, int]]

    @property
    def sound(self) -> bool:
        """Whether they count 一, 二, 三 without a gap or a repeat."""
        return self.numbers == list(range(1, len(self.numbers) + 1))


def number(text: str) -> int:
    """The value of 3, 三 or 两; 0 when it is none."""
    return int(text) if text.isdigit() else (chinese_number(text) or 0)


def counts(passages: Sequence[Passage], outline: Outline) -> Iterator[Count]:
    """Every stated count with a list."""
    runs = points(passages)
    for passage in passages:
        yield from _listed_behind(passage)
        yield from _listed_before(passage)
        yield from _added_up(passage)
        yield from _announced(passage, runs, outline)


def points(passages: Sequence[Passage]) -> list[Run]:
    """Every run of 一是, 二是, …; a new 一是 begins a new run, and so does a new section."""
    runs: list[Run] = []
    heading: object = None
    for passage in passages:
        fresh = passage.heading is not heading
        heading = passage.heading
        for match in _POINT.finditer(passage.text):
            value = number(match[1])
            if value == 1 or not runs or fresh:
                runs.append(Run([], []))
                fresh = False
            runs[-1].numbers.append(value)
            runs[-1].places.append((passage.block.index, match.start(1)))
    return runs


def _listed_behind(passage: Passage) -> Iterator[Count]:
    """N 个单位，分别为 A、B 和 C."""
    for match in _HEAD.finditer(passage.text):
        stated = number(match["n"])
        end = _STOP.search(passage.text, match.end())
        stop = end.start() if end else len(passage.text)
        items = passage.text[match.end() : stop]
        if not 2 <= stated <= 60 or _has_figures(items) or (end and end[0] == "；"):
            continue
        low, high, plain = _size(items)
        if low < 2 or (re.search(r"等[^、]{0,6}$", items) and low <= stated):
            continue
        sure = (
            Sure.HOLDS if low <= stated <= high else Sure.CERTAIN if plain and "分别" in match["lead"] else Sure.LIKELY
        )
        if sure != Sure.HOLDS and match["lead"] == ":" and not plain:
            continue
        yield Count(passage.block.index, match.start(), stop, stated, low, high, match["unit"] + match["noun"], sure)


def _listed_before(passage: Passage) -> Iterator[Count]:
    """A、B、C 等 N 类."""
    for match in _TAIL.finditer(passage.text):
        stated = number(match["n"])
        floor = max(0, match.start() - _LONGEST_LIST)
        start = max((m.end() for m in _BEFORE_LIST.finditer(passage.text, floor, match.start())), default=floor)
        items = passage.text[start : match.start()]
        if not 2 <= stated <= 60 or items.count("、") < 2 or _has_figures(items):
            continue
        low, high, plain = _size(items)
        if match["etc"] and low <= stated:
            continue
        sure = Sure.HOLDS if low <= stated <= high else Sure.CERTAIN if plain and match["etc"] else Sure.LIKELY
        if abs(low - stated) > 3 and sure == Sure.LIKELY:
            continue
        yield Count(passage.block.index, start, match.end(), stated, low, high, match["unit"], sure)


def _has_figures(items: str) -> bool:
    return bool(re.search(r"\d", items)) or not items


def _size(items: str) -> tuple[int, int, bool]:
    """(fewest, most, plain): members of a list by its 、, and with 和 counted as well; plain means short names only."""
    bare = _QUOTED.sub("□", items)
    parts = _SPLIT.split(bare)
    ands = sum(len(_AND.findall(part)) for part in parts)
    plain = all(0 < len(part) <= 14 for part in parts[1:]) and len(parts[0]) <= 24
    return len(parts), len(parts) + ands, plain


def _added_up(passage: Passage) -> Iterator[Count]:
    """Counts run together and then their sum: 7 县 4 区 7 乡镇共 18 个."""
    figures = [f for f in passage.figures if f.kind == COUNT and f.exact]
    for index, total in enumerate(figures):
        parts: list[Quantity] = []
        place = total.start
        for part in reversed(figures[:index]):
            if not re.fullmatch(r"[\u4e00-\u9fff]{0,3}?(?:共计?|合计)?", passage.text[part.stop : place]):
                break
            parts.insert(0, part)
            place = part.start
        joined = passage.text[parts[-1].stop : total.start] if parts else ""
        if len(parts) < 2 or not re.search(r"共计?$|合计$", joined):
            continue
        added = int(sum((part.value for part in parts), Decimal(0)))
        stated = int(total.value)
        sure = Sure.HOLDS if added == stated else Sure.CERTAIN
        yield Count(
            passage.block.index,
            parts[0].start,
            total.stop,
            stated,
            added,
            added,
            total.printed.lstrip("0123456789"),
            sure,
        )


def _announced(passage: Passage, runs: Sequence[Run], outline: Outline) -> Iterator[Count]:
    """主要做法有四点：一是…；二是…, or numbered paragraphs below the sentence."""
    for match in _ANNOUNCED.finditer(passage.text):
        stated = number(match["n"])
        if not 2 <= stated <= 20:
            continue
        found = _points_behind(passage, match.end(), runs) or (
            _children_behind(passage, outline) if match.end() >= len(passage.text) - 1 else None
        )
        if not found:
            continue
        sure = Sure.HOLDS if found == stated else Sure.CERTAIN if match["end"] in (":", "：") else Sure.LIKELY
        what = match["unit"] + match["noun"]
        yield Count(passage.block.index, match.start("n"), match.end(), stated, found, found, what, sure)


def _points_behind(passage: Passage, place: int, runs: Sequence[Run]) -> int:
    for run in runs:
        block, start = run.places[0]
        if block == passage.block.index and place <= start <= place + 3 and run.sound:
            return len(run.numbers)
    return 0


def _children_behind(passage: Passage, outline: Outline) -> int:
    for sequence in outline.sequences:
        if sequence.members[0].block == passage.block.index + 1 and sequence.sound:
            return len(sequence.members)
    return 0
