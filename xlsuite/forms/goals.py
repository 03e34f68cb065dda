"""The goals block: what was expected and what became of it, in columns or as labels with their values."""

from __future__ import annotations

from dataclasses import dataclass, field

from xlsuite.core.form import Cell, Goal
from xlsuite.core.values import is_placeholder
from xlsuite.forms.entries import is_index, text_entry
from xlsuite.forms.sheet import Row, Sheet, Span
from xlsuite.forms.vocabulary import GOAL, LEVEL, guess, plain

_UNCHANGED = frozenset({"无", "无调整", "未调整", "不调整", "同年初", "同年初目标", "同左", "/", "未变"})


@dataclass(slots=True)
class Goals:
    """What a goals block gave. ``stop`` is the index of the first row after it."""

    stop: int
    rows: list[Goal] = field(default_factory=list)


def find_goals(sheet: Sheet, index: int) -> dict[str, Span] | None:
    """Columns of a goals header (预期目标 | 实际完成情况) by key, or None when the row is none.

    年度总体目标 beside 实际完成情况 is the expected side where nothing else is, 年度总体目标完成情况 beside
    年初设定目标 the actual side.
    """
    row = sheet.rows[index]
    keys: dict[str, int] = {}
    blocks: list[tuple[int, str]] = []
    if not row.signs & GOAL or row.signs & LEVEL:
        return None
    for column, cell, word in row.items:
        key = word.goal or ("" if word.block or word.task else guess("goals_contains", cell.text))
        if key == "block":
            blocks.append((column, word.text))
        elif key:
            keys[key] = column
        elif not word.block and not word.task and ("actual" not in keys or type(cell.value) is not str):
            return None
    if not (keys or blocks):
        return None
    aimed = max((keys[key] for key in ("expected", "adjusted") if key in keys), default=0)
    if "actual" not in keys and aimed:
        keys["actual"] = max((column for column, text in blocks if column > aimed and "完成" in text), default=0)
    if not aimed and "actual" in keys:
        before = [column for column, _ in blocks if column < keys["actual"] and _below(sheet, index, column)]
        keys["expected"] = max(before, default=0)
    keys = {key: column for key, column in keys.items() if column}
    return _spans(sheet, row, keys) if len(keys) > 1 and "actual" in keys else None


def _below(sheet: Sheet, index: int, column: int) -> bool:
    """Whether a text stands directly under a heading, so that the heading is one of a column."""
    if index + 1 >= len(sheet.rows):
        return False
    below = sheet.rows[index + 1]
    return sheet.get((below.number, column)) is not None


def _spans(sheet: Sheet, row: Row, keys: dict[str, int]) -> dict[str, Span]:
    lefts = [item[0] for item in row.items]
    spans = {}
    for key, left in keys.items():
        after = [one for one in lefts if one > left]
        right = after[0] - 1 if after else max(min(sheet.area(row.number, left).right, sheet.edge), left)
        spans[key] = Span(left, right)
    return spans


def read_goals(sheet: Sheet, index: int, spans: dict[str, Span]) -> Goals:
    """Read the rows below a goals header, up to the first row of another part; one blank goal when there are none."""
    goals = Goals(index + 1)
    header = sheet.rows[index]
    while goals.stop < len(sheet.rows):
        row = sheet.rows[goals.stop]
        if _foreign(row, spans):
            break
        if not row.hidden:
            goal = _goal(sheet, row.number, spans)
            if not (is_placeholder(goal.expected.text) and is_placeholder(goal.actual.text)):
                goals.rows.append(goal)
        goals.stop += 1
    if not goals.rows:
        goals.rows.append(_goal(sheet, header.number + 1, spans))
    return goals


def _foreign(row: Row, spans: dict[str, Span]) -> bool:
    if row.signs & LEVEL:
        return True
    column, _, word = row.items[0]
    if word.note or word.title or word.block in ("funds", "indicators") or word.task or word.management:
        return True
    if not (word.info or word.grade or word.total or word.fund_column or word.goal or word.pairs):
        return False
    return not any(span.left <= column <= span.right for span in spans.values()) and word.goal != "block"


def _goal(sheet: Sheet, number: int, spans: dict[str, Span]) -> Goal:
    expected = _entry(sheet, number, spans.get("expected"))
    adjusted = _entry(sheet, number, spans.get("adjusted"))
    if not expected.present or (not is_placeholder(adjusted.text) and plain(adjusted.text) not in _UNCHANGED):
        expected = adjusted
    return Goal(expected, _entry(sheet, number, spans.get("actual")))


def _entry(sheet: Sheet, number: int, span: Span | None) -> Cell[str]:
    if span is None:
        return Cell()
    column, cell = sheet.at(number, span)
    if cell is not None and column < span.right and is_index(cell):
        column, cell = sheet.at(number, Span(column + 1, span.right))
    return text_entry(sheet.ref(number, column), cell)


def pair_goal(goals: list[Goal], key: str, entry: Cell[str]) -> None:
    """A goal given as a label with its value: the expected side opens a goal, the actual side completes the last."""
    if key == "actual":
        if not goals or goals[-1].actual.present:
            goals.append(Goal())
        goals[-1].actual = entry
    elif goals and not goals[-1].expected.present:
        goals[-1].expected = entry
    else:
        goals.append(Goal(entry))
