"""Rows of points: 总分, 合计, 小计, and which of them is the total of the form."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from xlsuite.core.form import Cell, Group, Indicator, Ref, absent
from xlsuite.core.values import squeeze
from xlsuite.forms.columns import Columns
from xlsuite.forms.entries import label_points, points_entry, text_entry
from xlsuite.forms.grid import GridCell
from xlsuite.forms.sheet import Item, Row, Sheet, Span
from xlsuite.forms.vocabulary import VOCABULARY, Word, plain
from xlsuite.forms.words import dimension_of

FULL_MARKS = Decimal(100)
_GRADE_LABEL = re.compile(r"^\([^()]*\)|\([^()]*\)$")


@dataclass(slots=True)
class Points:
    """A row of points as printed. ``after`` counts the indicators above it."""

    label: Cell[str]
    word: Word
    column: int
    after: int = 0
    weight: Cell[Decimal] = field(default_factory=absent)
    score: Cell[Decimal] = field(default_factory=absent)
    grade: Cell[str] = field(default_factory=absent)


def read_points(sheet: Sheet, row: Row, columns: Columns | None) -> Points | None:
    """The weight, score and grade of a row that is headed by 总分, 合计 or 小计; None when it is no such row."""
    heads = [item for item in row.items if item[2].total in ("total", "subtotal")] or row.items[:1]
    if not heads[0][2].total:
        return None
    column, cell, meaning = heads[0]
    points = Points(text_entry(sheet.ref(row.number, column), cell), meaning, column)
    labelled = any(item[0] > column and item[2].total == "head" for item in row.items)
    if columns is not None and not labelled:
        points.weight = _under(sheet, row, columns.spans.get("weight"))
        points.score = _under(sheet, row, columns.spans.get("score"))
    _by_order(sheet, row, heads[0], points)
    if points.weight.value is None and meaning.weight is not None:
        points.weight = label_points(sheet.ref(row.number, column), cell, meaning.weight)
    if meaning.inline and points.score.value is None:
        points.score = inline_points(sheet.ref(row.number, column), cell, meaning.inline)
    points.grade = _grade(sheet, row)
    return points


def _under(sheet: Sheet, row: Row, span: Span | None) -> Cell[Decimal]:
    if span is None:
        return absent()
    column, cell = sheet.at(row.number, span)
    return points_entry(sheet.ref(row.number, column), cell)


def inline_points(ref: Ref, cell: GridCell, entry: str) -> Cell[Decimal]:
    """Points behind the colon of their label, 总分：92分."""
    points = points_entry(ref, GridCell(entry, entry))
    points.stored, points.formula = cell.text, cell.formula
    return points


def _by_order(sheet: Sheet, row: Row, head: Item, points: Points) -> None:
    """Points that stand elsewhere than under the headings: by their order, or behind a label 得分 of their own."""
    figures: list[tuple[int, Cell[Decimal]]] = []
    scored = False
    for column, cell, meaning in row.items:
        if column <= head[0]:
            continue
        if meaning.total == "head" or meaning.column == "score":
            scored = True
            continue
        entry = points_entry(sheet.ref(row.number, column), cell)
        if entry.value is None:
            continue
        if scored and points.score.value is None:
            points.score, scored = entry, False
        elif entry.ref not in (points.weight.ref, points.score.ref):
            figures.append((column, entry))
    _assign(points, figures)


def _assign(points: Points, figures: list[tuple[int, Cell[Decimal]]]) -> None:
    for column, entry in figures:
        score_at = points.score.ref.column if points.score.value is not None and points.score.ref else None
        if score_at is not None:
            if points.weight.value is None and column < score_at:
                points.weight = entry
        elif points.weight.value is not None:
            points.score = entry
        elif len(figures) > 1 or (entry.value == FULL_MARKS and not points.word.inline and points.score.present):
            points.weight = entry
        else:
            points.score = entry


def _grade(sheet: Sheet, row: Row) -> Cell[str]:
    for column, cell, word in row.items:
        if type(cell.value) is not str:
            continue
        text = plain(word.inline) if word.grade and word.inline else _GRADE_LABEL.sub("", plain(cell.value))
        if text in VOCABULARY.grades:
            entry = text_entry(sheet.ref(row.number, column), cell)
            entry.value = text
            return entry
    return absent()


def settle(rows: list[Points], indicators: list[Indicator], columns: Columns) -> tuple[Points | None, list[Group]]:
    """The total of the form, and the other rows of points as groups of the indicators they add up."""
    total = next(
        (one for one in reversed(rows) if one.word.total != "subtotal" and one.after == len(indicators)),
        None,
    )
    subtotals = [one for one in rows if one is not total]
    groups: list[Group] = []
    before = 0
    for one in subtotals:
        if one.after:
            groups.append(_group(one, len(subtotals), indicators, columns, before))
            before = one.after
    return total, groups


def _group(points: Points, number: int, indicators: list[Indicator], columns: Columns, before: int) -> Group:
    """The indicators a 小计 adds up: those under its heading, or all since the subtotal before when only that fits."""
    stop = points.after
    level = _level(points, number, indicators[:stop], columns)
    start = stop - 1
    while start > 0 and _same(indicators[start - 1], indicators[stop - 1], level):
        start -= 1
    start = 0 if level == 0 else start
    fits = [_weight(indicators[one:stop]) == points.weight.value for one in (start, before)]
    if before < start and fits == [False, True]:
        level, start = 0, before
    return Group(level, points.label, points.weight, points.score, start, stop)


def _weight(indicators: list[Indicator]) -> Decimal:
    return sum((one.weight.value for one in indicators if one.weight.value is not None), Decimal(0))


def _same(one: Indicator, other: Indicator, level: int) -> bool:
    if squeeze(one.level1.text) != squeeze(other.level1.text):
        return False
    return level < 2 or squeeze(one.level2.text) == squeeze(other.level2.text)


def _level(points: Points, number: int, above: list[Indicator], columns: Columns) -> int:
    """Which heading a 小计 adds up: said by its column, its own wording, or by being the only one (0: everything)."""
    spans = columns.spans
    if "level1" in spans and "level2" in spans and _in(points.column, spans["level3"]):
        return 2
    if "level2" in spans and _in(points.column, spans["level2"]):
        return 1
    if dimension_of(points.label.text) or number > 1:
        return 1
    return 0 if points.weight.value in (None, _weight(above)) else 1


def _in(column: int, span: Span) -> bool:
    return span.left <= column <= span.right
