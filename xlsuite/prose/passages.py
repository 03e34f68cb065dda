"""Blocks with what stands in them: sentences, clauses and figures."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from xlsuite.prose.blocks import Block
from xlsuite.prose.headings import Heading
from xlsuite.prose.quantities import Quantity, quantities

MOST_FIGURES = 300
"""A paragraph with more figures than this is a table run together; no relation is read out of it."""

_SENTENCE = re.compile(r"[。！？!?](?:[”’」』)]*)")
_YEAR = re.compile(r"((?:19|20)\d\d)年(?![-~至到—])|(上年|去年|上一年)|(当年|本年|今年)")


@dataclass(eq=False)
class Passage:
    """A block, its figures in order, and the heading it stands under."""

    block: Block
    heading: Heading | None = None
    figures: list[Quantity] = field(default_factory=list)
    text: str = ""
    """The block's text without blanks."""

    def __post_init__(self) -> None:
        self.text = self.block.text
        self.figures = quantities(self.block.index, self.text)

    @classmethod
    def bare(cls, passage: Passage) -> Passage:
        """The same passage without its figures."""
        twin = cls.__new__(cls)
        twin.block, twin.heading, twin.text, twin.figures = passage.block, passage.heading, "", []
        return twin

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

    @cached_property
    def _stops(self) -> list[int]:
        return [stop for _, stop in self.sentences]

    def sentence(self, place: int) -> tuple[int, int]:
        """The sentence around a place."""
        return self.sentences[min(bisect_right(self._stops, place), len(self._stops) - 1)]

    def before(self, figure: Quantity) -> Quantity | None:
        """The figure before another one."""
        index = bisect_left(self.starts, figure.start)
        return self.figures[index - 1] if index else None

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
        start = max(self.sentence(figure.start)[0], figure.start - 300)
        year = None
        for match in _YEAR.finditer(self.text, start, figure.start):
            year = int(match[1]) if match[1] else None
        return year
