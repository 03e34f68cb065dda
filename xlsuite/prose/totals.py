"""Where totals and their parts stand: 其中…, …共计, 分别为…, 由…组成, (A 万元、B 万元), 加…总计."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from xlsuite.prose import roles
from xlsuite.prose.figures import COUNT, MONEY, POINTS
from xlsuite.prose.passages import Passage
from xlsuite.prose.quantities import Quantity
from xlsuite.prose.slips import one_part_slipped
from xlsuite.prose.sums import Sum, Sure, agrees, folded, judge

_MARKER = re.compile(
    r"其中|分别(?:为|是|安排|下达|支出|投入|拨付|到位|完成)?|(?:主要)?包括|(?:主要)?由(?=[^。；]{2,160}(?:组成|构成))|具体为"
)
_INSIDE = re.compile(r"(?:^|[。；])([\u4e00-\u9fff“”]{2,14}?)中[，:]")
_MOST_PARTS = 40
_NESTED = re.compile(r"其中|包括|包含|含(?!税|量)|用于|分别|内含")
_BREAK = re.compile(
    r"此外|另外|另有|与此同时|截[至止]|较上年|比上年|与上年|同比|较去年|比去年|除此|较年初|比\d{4}年|较\d{4}年|与\d{4}年|目前|剩余|结余|现有"
)
_BARE_TOTAL = re.compile(
    r"(?:^|[，。；、:])(?:(?:以上|上述|前述)?(?:[二两三四五六七八九十\d]+|各)(?:项|类|部分|笔|期|年|家|个项目|级|方面)?(?:资金|费用|支出|金额)?)?"
    r"(?:金额|资金|费用|支出)?(?:合计|共计|总计|总共|一共|累计|共)(?P<verb>[^\d，。；、:]{0,12})$"
)
_POINT_TOTAL = re.compile(
    r"(?:^|[，。；、:])[^，。；、:]{0,20}(?:总得分|总分|综合得分|综合评分|最终得分|自评得分|评价得分|得分合计)[^\d，。；、:]{0,4}$"
)
_WHOLE = re.compile(r"(?:组成|构成)[，。；].{0,20}(?:总投资|总额|总价|总费用|投资|金额|资金)[^，。；]{0,6}$")
_TOTAL_LABEL = re.compile(
    r"^(?:以上|上述|各项|[二两三四五六七八九十\d]+[项类笔])?(?:资金|费用)?(?:合计|共计|总计|小计)?$(?<=计)"
)
_PLUS = re.compile(r"[，、]?(?:加上?|再加上?)(?!强|快|大|工|入|装|密|固|盖)")


def sums(passages: Sequence[Passage]) -> Iterator[Sum]:
    """Every total with parts in running text, whether it agrees or not."""
    for number, passage in enumerate(passages):
        if len(passage.figures) < 2:
            continue
        claimed: set[Quantity] = set()
        before = passages[number - 1] if number else None
        readers = (_concluded, _bracketed, _chained, _inside)
        for found in (*_announced(passage, before), *(found for reader in readers for found in reader(passage))):
            if found.total not in claimed or found.sure == Sure.HOLDS:
                claimed.add(found.total)
                yield found


def _announced(passage: Passage, before: Passage | None) -> Iterator[Sum]:
    """The total comes first: T，其中A…、B…"""
    for marker in _MARKER.finditer(passage.text):
        start, stop = passage.sentence(marker.start())
        paren = _bracket_around(passage, marker.start())
        reach = None if marker[0].endswith("由") else before
        candidates = _totals_before(passage, marker.start(), start, paren, reach)
        if not candidates:
            continue
        if paren >= 0:
            stop = min(stop, _closing(passage.text, paren))
        for kind, unit in dict.fromkeys((c.kind, c.unit) for c in reversed(candidates)):
            totals = [c for c in candidates if (c.kind, c.unit) == (kind, unit)]
            groups, clean = _groups(passage, (marker.end(), stop), totals[-1], paren)
            found = judge(passage, totals, groups, (marker[0], clean))
            if found:
                yield found


def _totals_before(passage: Passage, place: int, start: int, paren: int, before: Passage | None) -> list[Quantity]:
    """Figures that may be the total announced by a marker: of its own sentence, else of the one before."""
    kinds = (MONEY, POINTS, COUNT)
    if paren >= start and paren >= place - 2:
        return [f for f in passage.between(start, paren) if f.kind in kinds and f.exact][-1:]
    found = [f for f in passage.between(start, place) if f.kind in kinds and f.exact and f.paren == paren]
    if found or place - start > 3 or passage.text.startswith(("由", "主要由"), place):
        return found
    if start > 0:
        previous = passage.sentence(start - 1)
        found = [f for f in passage.between(*previous) if f.kind in kinds and f.exact and f.paren == -1]
        if found or previous[0] > 0 or previous[1] > 40:
            return found
    if before and before.sentences:
        return [f for f in before.between(*before.sentences[-1]) if f.kind in kinds and f.exact and f.paren == -1]
    return []


def _bracket_around(passage: Passage, place: int) -> int:
    opened = passage.text.rfind("(", 0, place)
    return opened if opened >= 0 and passage.text.find(")", opened, place) < 0 else -1


def _closing(text: str, opened: int) -> int:
    closed = text.find(")", opened)
    return closed if closed >= 0 else len(text)


def _groups(
    passage: Passage, region: tuple[int, int], total: Quantity, paren: int
) -> tuple[list[list[Quantity]], bool]:
    """Possible lists of parts in a region, the most natural first, and whether the region is a plain list."""
    start, stop = region
    heads: list[Quantity] = []
    every: list[Quantity] = []
    clean = True
    for left, right in _items(passage.text, start, stop):
        nested = _NESTED.search(passage.text, left, right)
        figures = _alike(passage, (left, right), total, paren)
        if nested and figures and nested.start() > figures[0].stop:
            figures, clean = [f for f in figures if f.start < nested.start()], False
        if figures:
            heads.append(figures[0])
            every += figures
        broken = _BREAK.search(passage.text, figures[0].stop, right) if figures else None
        if broken:
            every = [f for f in every if f.start < broken.start()]
            break
    listed = [f for f in every if _fits(f, total)]
    groups = [every] if len(heads) < 2 else [heads, every]
    first_stop = passage.text.find("；", start, stop)
    if len(heads) > 1 and len([f for f in every if f.start < first_stop]) > 1:
        groups = [[f for f in every if f.start < first_stop], every, heads]  # the first item is the list itself
    if listed != every:
        groups.insert(0, listed)
        clean = clean and len(listed) == len(heads)
    return [group for group in groups if len(group) > 1], clean


def _items(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Parts of a region between semicolons."""
    left = start
    for match in re.finditer("；", text[start:stop]):
        yield left, start + match.start()
        left = start + match.end()
    yield left, stop


def _alike(passage: Passage, span: tuple[int, int], total: Quantity, paren: int) -> list[Quantity]:
    """Figures in a span that could be parts: same kind and bracket, no changes and no cuts."""
    return [
        figure
        for figure in passage.between(*span)
        if figure.kind == total.kind
        and figure.unit == total.unit
        and figure.paren == paren
        and not figure.change
        and not figure.aside
        and not figure.role & (roles.CUT | roles.ADDED)
        and not _TOTAL_LABEL.match(figure.label)
    ]


def _fits(part: Quantity, total: Quantity) -> bool:
    """Whether a part can be of the total's role; words that say nothing fit everything."""
    return not part.role or not total.role or bool(part.role & total.role)


def _concluded(passage: Passage) -> Iterator[Sum]:
    """The parts come first: A…、B…，共计T."""
    for total in passage.figures:
        if total.kind not in (MONEY, POINTS, COUNT) or not total.exact:
            continue
        start, _ = passage.sentence(total.start)
        lead = passage.text[start : total.start]
        before = [
            f for f in passage.between(start, total.start)[-_MOST_PARTS:] if _same(f, total) and f.paren == total.paren
        ]
        if len(before) < 2 or any(figure.loose for figure in before):
            continue
        if total.kind == POINTS and _POINT_TOTAL.search(lead) and not lead.endswith(("分别", "分别为", "分别是")):
            found = _points(total, before)
        else:
            bare = _BARE_TOTAL.search(_stripped(lead))
            if not bare and not _WHOLE.search(lead[-60:]):
                continue
            weak = bare is not None and ("累计" in bare[0] or bool(bare["verb"]))
            found = _suffix(passage, total, before, weak)
        if found:
            yield found


def _points(total: Quantity, before: list[Quantity]) -> Sum | None:
    """Scores of the groups and then the total score; weights between them are another column."""
    scores = [figure for figure in before if figure.role & roles.SCORE] or before
    if len(scores) < 3:
        return None
    holds = agrees(total, scores) or agrees(total, before)
    return Sum(total, scores, Sure.HOLDS if holds else Sure.CERTAIN, "总分")


_CONNECTORS = re.compile(r"(?:人民币|为|是|达到|达|了|:|=|约)+$")


def _stripped(text: str) -> str:
    match = _CONNECTORS.search(text[-8:])
    return text[: len(text) - (len(text[-8:]) - match.start())] if match else text


def _same(figure: Quantity, total: Quantity) -> bool:
    return figure.kind == total.kind and figure.unit == total.unit and not figure.change


def _suffix(passage: Passage, total: Quantity, before: list[Quantity], weak: bool) -> Sum | None:
    """The list that ends where the total begins; any stretch that adds up is taken as meant."""
    for first in range(len(before) - 1):
        for last in range(len(before), first + 1, -1):
            if agrees(total, before[first:last]):
                return Sum(total, before[first:last], Sure.HOLDS, "共计")
    merged = folded(before)
    if len(merged) > 1 and agrees(total, merged):
        return Sum(total, merged, Sure.HOLDS, "共计")
    group = _uniform_tail(passage, before)
    if len(group) < 2 or not all(_fits(part, total) for part in group):
        return None
    added = sum((part.value for part in group), Decimal(0))
    if not total.value or not Decimal("0.2") < added / total.value < 5:
        return None
    whole = len(group) == len(before)
    return Sum(total, group, Sure.LIKELY if weak or not whole else Sure.CERTAIN, "共计")


def _uniform_tail(passage: Passage, before: list[Quantity]) -> list[Quantity]:
    """The longest run at the end whose members follow each other with the same sign between them."""
    group = [before[-1]]
    sign = ""
    for left, right in zip(reversed(before[:-1]), reversed(before), strict=False):
        between = passage.text[left.stop : right.start]
        separator = next((char for char in between if char in "、，；"), "和" if "和" in between[:2] else "")
        if not separator or _NESTED.search(between) or _BREAK.search(between) or len(between) > 60:
            break
        if sign and separator not in (sign, "和") and sign != "和":
            break
        sign = sign if separator == "和" and sign else separator
        group.insert(0, left)
    return group


def _bracketed(passage: Passage) -> Iterator[Sum]:
    """A total with its parts in brackets right behind it: T(A 400万元，B 295万元)."""
    for total in passage.figures:
        if (
            total.kind not in (MONEY, POINTS, COUNT)
            or not total.exact
            or passage.text[total.stop : total.stop + 1] != "("
        ):
            continue
        stop = _closing(passage.text, total.stop)
        inside = passage.text[total.stop : stop]
        parts = [f for f in passage.between(total.stop, stop) if _same(f, total) and f.paren == total.stop]
        if len(parts) < 2 or any(part.loose for part in parts) or _MARKER.search(inside):
            continue
        if agrees(total, parts):
            yield Sum(total, parts, Sure.HOLDS, "括号")
        elif not re.match(r"\((?:含|包括|不含|详见|见|如)", inside) and all(_fits(part, total) for part in parts):
            ratio = sum((part.value for part in parts), Decimal(0)) / (total.value or 1)
            if Decimal("0.5") < ratio < 2:
                yield Sum(total, parts, Sure.CERTAIN if total.kind == MONEY else Sure.LIKELY, "括号")
            elif one_part_slipped(total.value, [part.value for part in parts]):
                yield Sum(total, parts, Sure.LIKELY, "括号")


def _chained(passage: Passage) -> Iterator[Sum]:
    """A，加B，加C，总计T."""
    for start, stop in passage.sentences:
        joints = [match.end() for match in _PLUS.finditer(passage.text, start, stop)]
        figures = [f for f in passage.between(start, stop) if f.kind == MONEY and f.paren == -1]
        if not joints or len(figures) < 3:
            continue
        total = next((f for f in figures if f.start > joints[-1] and re.search(r"合计|共计|总计", f.label)), None)
        if total is None:
            continue
        first = next((i for i, f in enumerate(figures) if f.stop > joints[0]), 0) - 1
        parts = [f for f in figures[max(0, first) : figures.index(total)] if not f.change]
        if len(parts) > 1 and not any(f.loose for f in (*parts, total)):
            yield Sum(total, parts, Sure.HOLDS if agrees(total, parts) else Sure.LIKELY, "加")


def _inside(passage: Passage) -> Iterator[Sum]:
    """The whole is taken up by name: 基本支出中，人员经费…，公用经费…"""
    for match in _INSIDE.finditer(passage.text):
        totals = [
            f
            for f in passage.figures
            if f.stop <= match.start(1) and f.exact and f.label.endswith(match[1]) and f.paren == -1
        ]
        if not totals:
            continue
        _, stop = passage.sentence(match.end())
        groups, clean = _groups(passage, (match.end(), stop), totals[-1], -1)
        found = judge(passage, totals, groups, ("其中", clean))
        if found:
            yield found
