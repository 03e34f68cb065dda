"""Facts of the outside world: magnitudes nothing can reach, and the official names of documents often cited."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from xlsuite.core.text import squeeze
from xlsuite.core.units import scale
from xlsuite.prose.figures import COUNT
from xlsuite.prose.language import word_list
from xlsuite.prose.names import similar
from xlsuite.prose.passages import Passage
from xlsuite.prose.quantities import Quantity

_CITED = re.compile(
    r"《(?P<name>[^《》]{4,80}(?:〈[^〉]*〉[^《》]{0,20})?)》(?:的通知)?[(（]?(?P<number>[\u4e00-\u9fff]{2,8}[〔\[【(]\d{4}[〕\]】)]\d{1,4}号)"
)
_NOTICE = re.compile(r"^(?:.{0,24}?关于)?(?:印发|转发)|的?通知$|[〈〉《》“”\"]|^.{0,20}?关于印发")


@dataclass(slots=True, eq=False)
class TooLarge:
    """A figure beyond anything the country has."""

    figure: Quantity
    most: str
    source: str


@dataclass(slots=True, eq=False)
class Citation:
    """A cited document whose name differs from the official one."""

    block: int
    start: int
    stop: int
    cited: str
    official: str
    number: str
    verified: bool


@lru_cache(maxsize=1)
def _limits() -> list[tuple[re.Pattern[str], str, Decimal, str, str]]:
    limits = []
    for item in word_list("magnitudes")["limit"]:
        family, factor = scale(item["unit"])
        words = re.compile(f"(?:{item['words']})[^，。；]{{0,8}}$")
        limits.append((words, family, item["most"] * factor, f"{item['most']:,} {item['unit']}", item["source"]))
    return limits


def too_large(passages: Sequence[Passage]) -> Iterator[TooLarge]:
    """Figures that must have the wrong unit, by the list of upper bounds."""
    for passage in passages:
        for figure in passage.figures:
            if figure.kind != COUNT or figure.value < 10**5:
                continue
            for words, family, most, shown, source in _limits():
                if family == figure.unit and figure.value > most and words.search(figure.label):
                    yield TooLarge(figure, shown, source)
                    break


def _bare(name: str) -> str:
    return re.sub(r"[“”\"《》〈〉，、\s]", "", _NOTICE.sub("", squeeze(name)))


def citations(passages: Sequence[Passage]) -> Iterator[Citation]:
    """Documents of the list whose name is cited almost, but not quite, as it is."""
    known = {re.sub(r"\D", " ", item["number"]): item for item in word_list("citations")["citation"]}
    for passage in passages:
        for match in _CITED.finditer(passage.text):
            item = known.get(re.sub(r"\D", " ", match["number"]))
            if item is None or item["number"][:2] != match["number"][:2]:
                continue
            cited, official = _bare(match["name"]), _bare(item["name"])
            if cited in official or official in cited:
                continue
            if similar(cited, official) >= 0.7:
                yield Citation(
                    passage.block.index,
                    match.start("name"),
                    match.end("name"),
                    match["name"],
                    item["name"],
                    item["number"],
                    item["verified"],
                )
