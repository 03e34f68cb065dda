"""The wordings of ``profiles/labels.toml`` as one dictionary: a squeezed label leads to everything it can mean.

What a label means is decided by its surroundings: 得分 is a column of the funds block and of the indicator block, so a
:class:`Word` carries all its roles side by side and the reader asks for the one that fits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from xlsuite.core.shipped import shipped_table
from xlsuite.core.values import squeeze

BRACKETS = str.maketrans("[{【〔〖〈﹝]}】〕〗〉﹞", "((((((()))))))")


LONGEST_GUESS = 24
"""A longer text is not taken for a variant of a known label."""

SENTENCE = re.compile("[,，。;；!！]")
"""Punctuation that no label and no title has."""


AMOUNTS = frozenset({"initial", "adjustment", "adjusted", "budget", "executed"})
LEVELS = ("level1", "level2", "level3")

LEVEL, BLOCK, AMOUNT, SOURCE, GOAL, TASK, MANAGEMENT, POINTS, TITLE, NAME, OTHER = (1 << bit for bit in range(11))
"""Signs of what a label can begin or belong to; a row carries those of all its labels (see :attr:`Word.signs`)."""


@dataclass(slots=True)
class Word:
    """All roles of one label, and what was printed with it. Shared between cells: never changed after it was made.

    ``weight`` is a number of points printed in the label (产出指标(50分)), ``unit`` a unit in its brackets, ``inline``
    the entry behind the label's colon in the same cell, ``pairs`` several such entries in one cell.
    """

    text: str = ""
    info: str = ""
    column: str = ""
    fund_column: str = ""
    fund_row: str = ""
    goal: str = ""
    task: str = ""
    block: str = ""
    dimension: str = ""
    aspect: str = ""
    total: str = ""
    title: str = ""
    span: bool = False
    execution: bool = False
    grade: bool = False
    management: bool = False
    note: bool = False
    ignore: bool = False
    weight: Decimal | None = None
    unit: str = ""
    percent: bool = False
    inline: str | None = None
    pairs: tuple[tuple[Word, str], ...] = ()
    signs: int = 0

    def __post_init__(self) -> None:
        self.sign()

    def sign(self) -> None:
        """Sum up the roles in ``signs``."""
        signs = LEVEL if self.column in LEVELS else 0
        signs |= BLOCK if self.block == "indicators" else 0
        signs |= AMOUNT if self.fund_column in AMOUNTS else 0
        signs |= SOURCE if self.fund_row else 0
        signs |= GOAL if self.goal else 0
        signs |= TASK if self.task in ("name", "content") else 0
        signs |= MANAGEMENT if self.management else 0
        signs |= POINTS if self.total in ("total", "subtotal") else 0
        signs |= TITLE if self.title else 0
        signs |= NAME if self.info in ("project_name", "department") else 0
        named = self.info or self.column or self.fund_column or self.block or self.total or self.execution or self.pairs
        signs |= OTHER if named or self.grade or self.note or self.ignore or self.span or self.inline is not None else 0
        self.signs = signs

    @property
    def heading(self) -> bool:
        """Whether the label names an entry of head or foot, a grade or a total: its value stands beside it."""
        return bool(self.info or self.grade or self.total or self.pairs)


NOTHING = Word()
"""What a figure, a sentence or an unknown word means."""

BLANK = Word()
"""What a text of nothing but blanks means."""


def plain(text: str) -> str:
    """The form of a label that is looked up: squeezed, every kind of bracket written as ( )."""
    return squeeze(text).translate(BRACKETS)


_Roles = dict[str, dict[str, str | bool]]
"""Roles by squeezed label; of two wordings for one role the first counts."""


def _put(roles: _Roles, label: str, role: str, value: str | bool) -> None:
    roles.setdefault(label, {}).setdefault(role, value)


_KEYED = (
    ("info", "info"),
    ("funds.columns", "fund_column"),
    ("funds.rows", "fund_row"),
    ("indicators.columns", "column"),
    ("goals", "goal"),
    ("tasks", "task"),
    ("dimensions", "dimension"),
    ("aspects", "aspect"),
    ("totals", "total"),
)
_FLAGGED: tuple[tuple[str, tuple[str, str | bool]], ...] = (
    ("indicators.spans", ("span", True)),
    ("execution", ("execution", True)),
    ("management", ("management", True)),
)
_BLOCKS: tuple[tuple[str, tuple[str, str | bool]], ...] = (
    ("funds.block", ("block", "funds")),
    ("indicators.block", ("block", "indicators")),
)


class Vocabulary:
    """The wordings as loaded: ``words`` by squeezed label, ``rank`` of a wording in its list, fallbacks by section."""

    def __init__(self, tables: dict[str, Any]) -> None:
        self.rank: dict[tuple[str, str], int] = {}
        self.tables = tables
        roles: _Roles = {}
        for section, role in _KEYED:
            for key, wordings in self.section(section).items():
                for place, label in enumerate(map(plain, wordings)):
                    _put(roles, label, role, key)
                    self.rank.setdefault((role, label), place)
        for section, flag in (*_FLAGGED, *_BLOCKS):
            for wording in self.section(section)["words"]:
                _put(roles, plain(wording), *flag)
        for wording in self.section("grade")["labels"]:
            _put(roles, plain(wording), "grade", True)
        for wording in self.section("notes")["ignore"]:
            _put(roles, plain(wording), "ignore", True)
        self.words = {label: Word(label, **given) for label, given in roles.items()}  # type: ignore[arg-type]
        self.grades = frozenset(self.section("grade")["words"])
        self.note_starts = tuple(plain(start) for start in self.section("notes")["starts"])
        self.titles = {key: _alternatives(wordings) for key, wordings in self.section("title").items()}

    def section(self, name: str) -> dict[str, list[str]]:
        """A table of the file by its dotted name."""
        table: Any = self.tables
        for part in name.split("."):
            table = table[part]
        return {key: value for key, value in table.items() if isinstance(value, list)}


def _alternatives(wordings: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(plain(wording)) for wording in wordings))


VOCABULARY = Vocabulary(shipped_table("profiles", "labels.toml"))


@lru_cache(maxsize=32)
def _fallbacks(section: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((key, _alternatives(wordings)) for key, wordings in VOCABULARY.section(section).items())


@lru_cache(maxsize=4096)
def guess(section: str, text: str) -> str:
    """The key of a ``contains`` list whose wording is part of the label; "" when none is or the text is a sentence."""
    label = plain(text)
    if not label or len(label) > LONGEST_GUESS or SENTENCE.search(label):
        return ""
    for key, pattern in _fallbacks(section):
        if pattern.search(label):
            return key
    return ""


def rank(role: str, label: str) -> int:
    """Place of a wording in its list: the smaller, the more it is preferred among two columns of one meaning."""
    return VOCABULARY.rank.get((role, label), 999)
