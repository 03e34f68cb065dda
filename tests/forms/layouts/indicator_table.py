"""Draws the indicator block: levels merged, repeated or left blank, spare rows, subtotals, execution as a row."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .content import Dimension, Line
from .indicator_cells import cell_of, meaning
from .points import trimmed
from .shapes import Column, Table
from .sheet import address

if TYPE_CHECKING:
    from .draft import Draft

Placed = list[tuple[int, Column, int]]


@dataclass(slots=True)
class Row:
    """A row to be: a line with its number, or one of spare, dots, absent, subtotal, execution."""

    kind: str
    dimension: Dimension | None
    aspect: str
    line: Line | None = None
    number: int = 0


def draw(draft: Draft, shape: Table) -> None:
    """Draw heading and rows, and record every field."""
    top = draft.row
    first = 2 if shape.caption else 1
    placed = draft._stretch(shape.columns, first)
    rows = plan(draft, shape)
    head = 2 if shape.two_rows else 1
    if shape.caption:
        draft.label(1, shape.caption, (len(rows) + head, 1))
    _heading(draft, shape, placed)
    start = draft.row
    _levels(draft, shape, placed, rows, start)
    for row in rows:
        {"line": _line, "dots": _dots, "absent": _absent, "subtotal": _subtotal, "execution": _execution}.get(
            row.kind, _nothing
        )(draft, shape, placed, row)
        draft.row += 1
    draft.sheet.ruled(top, 1, draft.row - 1, draft.columns)


def plan(draft: Draft, shape: Table) -> list[Row]:
    """The rows in order."""
    rows: list[Row] = []
    number = 0
    rng = draft.hand.rng
    for dimension in draft.content.dimensions:
        for aspect in dimension.aspects:
            lines = [line for line in _of(draft, dimension) if line.aspect == aspect]
            for line in lines:
                rows.append(Row("line", dimension, aspect, line, number))
                number += 1
            if not lines and rng.random() < shape.not_applicable:
                rows.append(Row("absent", dimension, aspect))
                continue
            if lines and shape.dots and rng.random() < 0.5:
                rows.append(Row("dots", dimension, aspect))
            rows += [Row("spare", dimension, aspect)] * (rng.randint(0, shape.spare) if lines and shape.spare else 0)
        if shape.subtotals:
            rows.append(Row("subtotal", dimension, ""))
    if shape.execution:
        rows.insert(0 if shape.execution == "first" else len(rows), Row("execution", None, ""))
    return rows


def _of(draft: Draft, dimension: Dimension) -> list[Line]:
    """Lines of a dimension; two dimensions may share a key, then the aspect decides."""
    return [
        line for line in draft.content.lines if line.dimension == dimension.key and line.aspect in dimension.aspects
    ]


def _heading(draft: Draft, shape: Table, placed: Placed) -> None:
    if not shape.two_rows:
        for column, item, span in placed:
            draft.label(column, item.label, (1, span))
        draft.row += 1
        return
    groups: dict[str, list[tuple[int, int]]] = {}
    for column, item, span in placed:
        if item.over:
            groups.setdefault(item.over, []).append((column, span))
        else:
            draft.label(column, item.label, (2, span))
    for text, cells in groups.items():
        draft.label(cells[0][0], text, (1, sum(span for _, span in cells)))
    draft.row += 1
    for column, item, span in placed:
        if item.over:
            draft.label(column, item.label, (1, span))
    draft.row += 1


def _levels(draft: Draft, shape: Table, placed: Placed, rows: list[Row], start: int) -> None:
    """Level-1 and level-2 cells, merged, repeated or only on the first row of their group."""
    by_key = {item.key: (column, span) for column, item, span in placed}
    for level, key in ((1, "level1"), (2, "level2")):
        if key not in by_key:
            continue
        column, span = by_key[key]
        for begin, end in _groups(rows, level):
            text = _level_text(draft, shape, rows[begin], level)
            for index in range(begin, end) if shape.levels == "flat" else (begin,):
                height = end - begin if shape.levels == "merged" else 1
                draft.sheet.put(start + index, column, text, span=(height, span), style="label")
            for index in range(begin, end):
                if rows[index].kind == "line":
                    where = start + (index if shape.levels == "flat" else begin)
                    draft.sheet.tell(f"indicators[{rows[index].number}].{key}", text, text, where, column)


def _groups(rows: list[Row], level: int) -> list[tuple[int, int]]:
    """(begin, end) of neighbouring rows under one heading."""
    found: list[tuple[int, int]] = []
    previous: Any = None
    for index, row in enumerate(rows):
        if row.kind == "execution" or (row.kind == "subtotal" and level == 2):
            previous = None
            continue
        mark = (id(row.dimension), row.aspect if level == 2 else "")
        if row.kind == "subtotal":
            previous = None
            continue
        if mark == previous:
            found[-1] = (found[-1][0], index + 1)
        else:
            found.append((index, index + 1))
        previous = mark
    return found


def _level_text(draft: Draft, shape: Table, row: Row, level: int) -> str:
    if row.dimension is None:
        return ""
    if level == 1:
        points = row.dimension.points
        style, name = shape.group_points, row.dimension.name
    else:
        lines = [line for line in _of(draft, row.dimension) if line.aspect == row.aspect]
        points = sum((line.weight for line in lines), Decimal(0))
        style, name = shape.aspect_points, shape.names[row.aspect]
    if not style or not points:
        return draft.hand.label(name)
    return style.format(name=draft.hand.label(name).strip(), points=trimmed(points))


def _line(draft: Draft, shape: Table, placed: Placed, row: Row) -> None:
    line, number = row.line, row.number
    assert line is not None
    has_nature = any(item.key == "nature" for _, item, _ in placed)
    for column, item, span in placed:
        if item.key in ("level1", "level2"):
            continue
        value, pattern, means = cell_of(draft, shape, line, item.key, has_nature, number)
        told = f"indicators[{number}].{item.key}"
        style = "text" if item.key in ("level3", "reason", "target", "actual", "remark") else "number"
        draft.put(column, value, span=(1, span), pattern=pattern, told=told, means=means, style=style)
        if item.key in ("target", "actual"):
            draft.sheet.truths[-1].meanings[told] = meaning(line, item.key, has_nature)
        if item.key == "score":
            draft.score_cells += (address(draft.row, column + draft.sheet.left),)


def _dots(draft: Draft, shape: Table, placed: Placed, row: Row) -> None:
    for column, item, span in placed:
        if item.key == "level3":
            draft.put(column, "……", span=(1, span))
    draft.sheet.truths[-1].tolerated.add(draft.row)


def _absent(draft: Draft, shape: Table, placed: Placed, row: Row) -> None:
    word = draft.hand.rng.choice(("不适用", "无", "不适用", "——"))
    for column, item, span in placed:
        if item.key in ("level3", "target", "actual"):
            draft.put(column, word if item.key == "level3" or word == "不适用" else None, span=(1, span))
    draft.sheet.truths[-1].tolerated.add(draft.row)


def _subtotal(draft: Draft, shape: Table, placed: Placed, row: Row) -> None:
    assert row.dimension is not None
    lines = _of(draft, row.dimension)
    keys = [item.key for _, item, _ in placed]
    label_to = keys.index("level3")
    first = placed[0][0]
    draft.label(first, "小  计", (1, placed[label_to][0] + placed[label_to][2] - first))
    for column, item, span in placed:
        if item.key in ("weight", "score"):
            amount = sum((getattr(line, item.key) or Decimal(0) for line in lines), Decimal(0))
            value, pattern, _ = draft.hand.points(
                amount, draft.hand.weight if item.key == "weight" else draft.hand.score
            )
            draft.put(column, value, span=(1, span), pattern=pattern, style="number")


def _execution(draft: Draft, shape: Table, placed: Placed, row: Row) -> None:
    content, hand = draft.content, draft.hand
    total = content.funds_total
    rate = content.rate if content.rate is not None else total.executed / total.budget
    value, pattern, means = hand.ratio(rate)
    if isinstance(value, Decimal) and not pattern:
        value, pattern, means = f"{trimmed(rate * 100)}%", "", rate
    has_nature = any(item.key == "nature" for _, item, _ in placed)
    made: dict[str, tuple[Any, str, Any]] = {
        "level1": (shape.execution_names[0], "", None),
        "level2": (shape.execution_names[1], "", None),
        "level3": (shape.execution_names[2], "", None),
        "nature": ("=", "", None),
        "target": (Decimal(100), "", None) if has_nature else ("100%", "", None),
        "unit": ("%", "", None),
        "actual": (rate * 100, "", rate) if has_nature else (value, pattern, means),
        "weight": hand.points(content.execution_weight, hand.weight),
        "score": hand.points(content.execution_score, hand.score),
        "reason": (content.execution_reason or None, "", None),
    }
    for column, item, span in placed:
        value, pattern, means = made.get(item.key, (None, "", None))
        told = f"execution.{item.key}"
        draft.put(column, value, span=(1, span), pattern=pattern, told=told, means=means)
        if item.key == "score":
            draft.score_cells += (address(draft.row, column + draft.sheet.left),)


def _nothing(draft: Draft, shape: Table, placed: Placed, row: Row) -> None:
    """A spare row: only borders."""
