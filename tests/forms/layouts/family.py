"""The registry of layout families, and the workbook of one family for one seed."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from .compose import Wish, compose
from .content import Content
from .draft import Draft
from .hand import Hand
from .sheet import Sheet, Workbook


@dataclass(slots=True)
class Task:
    """What a family's drawing function works with."""

    family: str
    seed: int
    wish: Wish
    content: Content
    hand: Hand
    rng: random.Random

    def sheet(self, name: str = "项目支出绩效自评表", left: int = 0, merging: bool = True) -> Sheet:
        """An empty sheet."""
        return Sheet(name, left=left, merging=merging)

    def draft(
        self, sheet: Sheet, columns: int, content: Content | None = None, kind: str = "project", row: int = 1
    ) -> Draft:
        """A form begun on a sheet."""
        return Draft(sheet, content or self.content, self.hand, columns, row).open(self.family, self.seed, kind)

    def another(self, number: int) -> Content:
        """A further content for files with several forms."""
        content = compose(self.seed * 101 + number, self.wish, self.family)
        if content.places < 2 and self.hand.score == "0.00":
            self.hand.score = "number"
        return content


Draw = Callable[[Task], list[Sheet]]


@dataclass(frozen=True, slots=True)
class Family:
    """A way of printing the form. ``seen`` says where its features are known from."""

    id: str
    wish: Wish
    draw: Draw
    seen: str
    lines: bool = True
    """Whether every line of the content has a row of its own, so that mistakes in it have a place."""


FAMILIES: dict[str, Family] = {}


def family(name: str, seen: str, wish: Wish | None = None, lines: bool = True) -> Callable[[Draw], Draw]:
    """Register a drawing function."""

    def register(draw: Draw) -> Draw:
        FAMILIES[name] = Family(name, wish or Wish(), draw, seen, lines)
        return draw

    return register


def make(name: str, seed: int, change: Callable[[Content, random.Random], object] | None = None) -> Workbook:
    """The workbook of a family for a seed; ``change`` may put a defect into the content first."""
    chosen = FAMILIES[name]
    rng = random.Random(f"{name}-{seed}")
    content = compose(seed, chosen.wish, name)
    if change and not chosen.lines:
        raise ValueError(f"{name} has no row for every line")
    defect = change(content, random.Random(f"defect-{name}-{seed}")) if change else None
    hand = Hand.draw(rng)
    hand.unit = content.amount_unit
    if content.places < 2 and hand.score == "0.00":
        hand.score = "number"  # 3.9 shown as 3.90 would claim a precision nobody meant
    task = Task(name, seed, chosen.wish, content, hand, rng)
    book = Workbook(name, seed, chosen.draw(task))
    if defect is not None and book.truths:
        book.truths[0].defects.append(defect)
    return book
