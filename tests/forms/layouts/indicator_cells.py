"""What stands in one cell of the indicator block: value, number format and meaning."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .content import Line
from .points import trimmed
from .shapes import Table
from .sheet import shown

if TYPE_CHECKING:
    from .draft import Draft

HALF = str.maketrans("０１２３４５６７８９．％", "0123456789.%")


def meaning(line: Line, key: str, has_nature: bool) -> Any:
    """The value behind a cell; a month alone where operator and unit have columns of their own."""
    value = getattr(line, key)
    if isinstance(value, tuple) and not has_nature and not any(mark in value_text(line, key) for mark in "0123456789"):
        return None  # 按时完成 names no day
    return Decimal(value[1]) if isinstance(value, tuple) and has_nature else value


def value_text(line: Line, key: str) -> str:
    """A target or actual value as one cell says it."""
    return line.target_text if key == "target" else line.actual_text


def cell_of(draft: Draft, shape: Table, line: Line, key: str, has_nature: bool, number: int) -> tuple[Any, str, Any]:
    """(cell value, number format, meaning) of one column of a line."""
    hand = draft.hand
    if key == "level3":
        name = shape.numbered.format(n=_place(draft, line)) + line.name
        return name, "", name
    if key in ("weight", "score"):
        return hand.points(getattr(line, key), hand.weight if key == "weight" else hand.score)
    if key == "reason":
        return line.reason or None, "", line.reason or None
    if key in ("target", "actual"):
        return _split_value(line, key) if has_nature else _whole_value(draft, line, key)
    if key == "nature":
        sign = {"": "定性", "=": draft.hand.rng.choice("==＝﹦")}.get(line.operator, line.operator)
        return sign, "", sign
    if key == "unit":
        unit = "月" if line.kind == "date" else line.unit
        return unit or None, "", unit or None
    return extra(draft, line, key, number), "", None


def _place(draft: Draft, line: Line) -> int:
    peers = [other for other in draft.content.lines if (other.dimension, other.aspect) == (line.dimension, line.aspect)]
    return next(index for index, other in enumerate(peers, 1) if other is line)


def _whole_value(draft: Draft, line: Line, key: str) -> tuple[Any, str, Any]:
    """A value with its operator and unit in one cell; the meaning for the record is what the cell shows."""
    text = line.target_text if key == "target" else line.actual_text
    pure = text.strip().translate(HALF)
    bare = pure.removeprefix("完成") in _bare(line, key)
    value, pattern = draft.hand.measured(line.kind, getattr(line, key), line.unit, text, bare)
    return value, pattern, shown(value, pattern) or None


def _bare(line: Line, key: str) -> tuple[str, ...]:
    """How a value looks that carries nothing but a number, a unit or a day."""
    value = getattr(line, key)
    if isinstance(value, Decimal):
        return (f"{trimmed(value)}{line.unit}", f"{value:.2f}{line.unit}")
    if isinstance(value, tuple) and key == "actual":
        year, month, day = value
        return (f"{year}年{month}月{day}日", f"{year}-{month:02d}-{day:02d}", f"{year}.{month}.{day}")
    return ()


def _split_value(line: Line, key: str) -> tuple[Any, str, Any]:
    """The number alone, where operator and unit have columns of their own."""
    value = getattr(line, key)
    if isinstance(value, tuple):
        value = Decimal(value[1])
    if isinstance(value, Decimal):
        return value, "", trimmed(value)
    return value, "", value


def extra(draft: Draft, line: Line, key: str, number: int) -> Any:
    """Columns that only some regions have."""
    score = line.score if line.score is not None else Decimal(0)
    share = score / line.weight if line.weight else Decimal(0)
    made: dict[str, Any] = {
        "index": Decimal(number + 1),
        "deduct": line.weight - score,
        "initial_target": line.target_text,
        "recheck_actual": line.actual_text,
        "recheck_score": score,
        "coefficient": f"{trimmed((share * 100).quantize(Decimal('0.01')))}%",
        "core": "是" if number % 3 == 0 else "否",
        "method": "完成值达到指标值，记满分；未达到指标值，按完成比例计分。"
        if line.kind != "word"
        else "按达成程度分档计分。",
        "source": "业务统计资料",
        "explain": f"反映{line.name}的情况",
        "degree": f"{trimmed((share * 100).quantize(Decimal('0.01')))}%",
        "basis": "年初绩效目标",
    }
    return made.get(key)
