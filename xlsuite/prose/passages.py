"""Blocks with what stands in them: sentences, clauses and figures."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from xlsuite.prose.blocks import Block
from xlsuite.prose.headings import Heading
from xlsuite.prose.quantities import Quantity, quantities

_SENTENCE = re.compile(r"[。！？!?](?:[”’」』)]*)")
_YEAR = re.compile(r"((?:19|20)\d\d)年(?![-~至到—])|(上年|去年|上一年)|(当年|本年|今年)")


@dataclass(eq=False)
class Passage:
    """A block, its figures in order, and the heading it stands under."""

    block: Block
    heading: Heading | None = None
    figures: list[Quantity] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.figures = quantities(self.block.index, self.block.text)

    @property
    def text(self) -> str:
        """The block's text without blanks."""
        return self.block.text

    @cached_property
    def starts(self) -> list[int]:
        """Where each figure starts."""
        return [figure.start for figure in self.figures]

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Start and stop of every sentence."""
        bounds = [match.end() for match in _SENTENCE.finditer(self.text)]
        if not bounds or bounds[-1] < len(self.text):
            bounds.append(len(self.text))
        return list(zip([0, *bounds], bounds, strict=False))

    def sentence(self, place: int) -> tuple[int, int]:
        """The sentence around a place."""
        stops = [stop for _, stop in self.sentences]
        return self.sentences[min(bisect_right(stops, place), len(stops) - 1)]

    def clause(self, place: int) -> tuple[int, int]:
        """The part of the sentence around a place that semicolons enclose."""
        start, stop = self.sentence(place)
        left = self.text.rfind("；", start, place) + 1
        right = self.text.find("；", place, stop)
        return max(left, start), right if right >= 0 else stop

    def between(self, start: int, stop: int) -> list[Quantity]:
        """Figures that start between two places."""
        return self.figures[bisect_left(self.starts, start) : bisect_left(self.starts, stop)]

    def year(self, figure: Quantity) -> int | None:
        """The year named last before a figure in its sentence, or None; 上年 and 当年 leave it open."""
        start, _ = self.sentence(figure.start)
        year = None
        for match in _YEAR.finditer(self.text, start, figure.start):
            year = int(match[1]) if match[1] else None
        return year
