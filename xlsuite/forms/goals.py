"""The goals block: what was expected and what became of it, in columns or as labels with their values."""

from __future__ import annotations

from dataclasses import dataclass, field

from xlsuite.core.form import Cell, Goal
from xlsuite.core.values import is_placeholder
from xlsuite.forms.columns import LEVELS
from xlsuite.forms.entries import text_entry
from xlsuite.forms.sheet import Row, Sheet, Span

_HEADINGS = ("expected", "adjusted", "actual")


@dataclass(slots=True)
class Goals:
    """What a goals block gave. ``stop`` is the index of the first row after it."""

    stop: int
    rows: list[Goal] = field(default_factory=list)


def find_goals(sheet: Sheet, index: int) -> dict[str, Span] | None:
    """Columns of a goals header (预期目标 | 实际完成情况) by key, or None when the row is none.

    年度总体目标 beside 实际完成情况 counts as the expected side where nothing else does.
    """
    row = sheet.rows[index]
    keys: dict[str, int] = {}
    for column, cell, word in row.items:
        key = word.goal
        if not key and not word.block and not word.task:
            return None
        if type(cell.value) is not str:
            return None
        if key and (key == "block" or key not in keys):
            keys[key] = column
    if "actual" not in keys or word_of_indicators(row):
        return None
    if not keys.keys() & {"expected", "adjusted"}:
        if "block" not in keys or keys["block"] > keys["actual"] or not _below(sheet, index, keys["block"]):
            return None
        keys["expected"] = keys["block"]
    keys.pop("block", None)
    return _spans(sheet, row, keys)


def word_of_indicators(row: Row) -> bool:
    """Whether a row holds a heading of the indicator block."""
    return any(item[2].column in LEVELS for item in row.items)


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
        right = after[0] - 1 if after else max(sheet.area(row.number, left).right, left)
        spans[key] = Span(left, right)
    return spans


def read_goals(sheet: Sheet, index: int, spans: dict[str, Span]) -> Goals:
    """Read the rows below a goals header, up to the first row of another part; one blank goal when there are none."""
    goals = Goals(index + 1)
    header = sheet.rows[index]
    depth = _depth(sheet, header)
    while goals.stop < len(sheet.rows):
        row = sheet.rows[goals.stop]
        if row.number > depth and _foreign(sheet, row, spans):
            break
        if not row.hidden:
            goal = _goal(sheet, row.number, spans)
            if not (is_placeholder(goal.expected.text) and is_placeholder(goal.actual.text)):
                goals.rows.append(goal)
        goals.stop += 1
    if not goals.rows:
        goals.rows.append(_goal(sheet, header.number + 1, spans))
    return goals


def _depth(sheet: Sheet, header: Row) -> int:
    """The last row of the block as the merge of its own heading tells it."""
    for column, _, word in header.items:
        if word.goal == "block":
            return sheet.area(header.number, column).bottom
    return 0


def _foreign(sheet: Sheet, row: Row, spans: dict[str, Span]) -> bool:
    if word_of_indicators(row):
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
    if not expected.present or not is_placeholder(adjusted.text):
        expected = adjusted
    return Goal(expected, _entry(sheet, number, spans.get("actual")))


def _entry(sheet: Sheet, number: int, span: Span | None) -> Cell[str]:
    if span is None:
        return Cell()
    column, cell = sheet.at(number, span)
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
