"""Names that should be one and the same: the unit, the project, the system, told in slightly different words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from xlsuite.prose.passages import Passage

_QUOTES = re.compile(r"[“”\"'‘’《》〈〉「」『』\s]")
_BOILERPLATE = re.compile(r"(?:建设)?(?:项目|工程|专项)?(?:资金|经费|补助)?(?:项目)?$")
_CODE = re.compile(r"^[\dA-Z]{6,}[-—_]*")
_YEAR = re.compile(r"(?:19|20)\d\d年(?:度)?")
_REGION = re.compile(r"^[\u4e00-\u9fff]{1,8}?(?:自治州|自治县|省|市|县|区|州|旗)(?=[\u4e00-\u9fff]{3,})")
_UNIT_HEAD = re.compile(
    r"^[\u4e00-\u9fff]{2,8}?(?:省|市|县|区|州|旗|镇|乡)[\u4e00-\u9fff]{2,14}?(?:局|委员会|厅|中心|办公室|研究院|学院|学校|医院|政府)"
)
_TERM = re.compile(r"(?=([\u4e00-\u9fff]{6}(?:系统|平台)))")
_KINDS = "局委厅院校所站馆办会处"


@dataclass(slots=True, eq=False)
class Variant:
    """A name and another spelling of it with its place."""

    name: str
    other: str
    block: int
    start: int
    stop: int


def units_in(title: str) -> list[str]:
    """Names of public bodies at the head of a title: 某县水利局 of 某县水利局专项资金绩效自评报告."""
    bare = _YEAR.sub("", _QUOTES.sub("", title))
    match = _UNIT_HEAD.match(bare)
    return [match[0]] if match else []


def core(name: str) -> str:
    """A name without quotes, year, project code and words such as 项目 or 资金 at its end."""
    bare = _CODE.sub("", _QUOTES.sub("", name))
    return _BOILERPLATE.sub("", _YEAR.sub("", bare))


def similar(one: str, other: str) -> float:
    """Likeness of two names, 0 to 1."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def agrees(one: str, other: str) -> bool:
    """Whether two names differ in boilerplate only, or one contains the other."""
    first, second = core(one), core(other)
    return first == second or (min(len(first), len(second)) >= 4 and (first in second or second in first))


def unit_variants(passages: Sequence[Passage], unit: str) -> Iterator[Variant]:
    """Spellings of the unit's own name with a few characters more, fewer or exchanged."""
    bare = _QUOTES.sub("", unit)
    region = _REGION.match(bare)
    if not region or len(bare) < 7 or bare[-1] not in _KINDS:
        return
    form = re.compile(re.escape(region[0]) + rf"[\u4e00-\u9fff]{{2,{len(bare)}}}?" + bare[-1])
    seen: set[str] = set()
    for passage in passages:
        for match in form.finditer(passage.text):
            other = match[0]
            if other in seen or other in bare or passage.text.startswith(bare, match.start()):
                continue
            if _is_slip(bare, other):
                seen.add(other)
                yield Variant(bare, other, passage.block.index, match.start(), match.end())


def _is_slip(name: str, other: str) -> bool:
    """One has all characters of the other and at most four more: an insertion, an omission or another order."""
    mine, theirs = Counter(name), Counter(other)
    extra, lacking = sum((theirs - mine).values()), sum((mine - theirs).values())
    return min(extra, lacking) == 0 and max(extra, lacking) <= 4 and similar(name, other) >= 0.75


def project_variants(passages: Sequence[Passage], name: str) -> Iterator[Variant]:
    """Passages that name the project almost, but not quite, as the title does."""
    bare = core(name)
    if len(bare) < 8:
        return
    form = re.compile(re.escape(bare[:3]) + rf"[^，。；、:()]{{2,{len(bare) + 8}}}?" + re.escape(bare[-2:]))
    seen: set[str] = set()
    for passage in passages:
        text = _QUOTES.sub("", passage.text)
        for match in form.finditer(text):
            other = match[0]
            plain = _YEAR.sub("", other)
            if other in seen or bare in plain or plain in bare:
                continue
            if similar(bare, plain) >= 0.75:
                seen.add(other)
                start, stop = _place(passage.text, match.start(), match.end())
                yield Variant(bare, other, passage.block.index, start, stop)


def _place(text: str, start: int, stop: int) -> tuple[int, int]:
    """Places in a text with quotes from places in the text without them."""
    kept = [index for index, char in enumerate(text) if not _QUOTES.match(char)]
    return kept[start], kept[stop - 1] + 1


def transposed(passages: Sequence[Passage]) -> Iterator[Variant]:
    """Systems and platforms whose name appears with its words in two orders: 实施监督 and 监督实施."""
    spellings: dict[str, dict[str, tuple[int, int]]] = {}
    times: Counter[str] = Counter()
    for passage in passages:
        for match in _TERM.finditer(passage.text):
            term = match[1]
            times[term] += 1
            spellings.setdefault("".join(sorted(term)), {}).setdefault(term, (passage.block.index, match.start(1)))
    for terms in spellings.values():
        if len(terms) < 2:
            continue
        usual, *others = sorted(terms, key=lambda term: -times[term])
        for other in others:
            block, start = terms[other]
            yield Variant(usual, other, block, start, start + len(other))
