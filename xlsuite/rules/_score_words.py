"""How a score that does not fit is told: what it should be, by which arithmetic, and by how much it is off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from xlsuite.core.finding import Problem
from xlsuite.core.scorecard import Expected
from xlsuite.core.values import in_unit_of
from xlsuite.rules._phrases import excess, figure, interval, points, shown, signed
from xlsuite.rules._rows import Row
from xlsuite.rules._verdicts import nearest

_CONCLUSION = re.compile(r"[，；](?:得分|即得).*$")
_OPPOSITE = re.compile(r"^[^；]*方向相反；")
_CALCULATED = re.compile(r"[÷×]|按分值")


def allowed(expected: Expected) -> str:
    """What a score may be, as the end of a sentence."""
    if expected.candidates:
        return f"应得 {' 分或 '.join(points(value) for value in expected.candidates)} 分"
    if expected.exact is not None:
        return f"应得 {points(expected.exact)} 分"
    assert expected.high is not None
    if expected.open_high and not expected.low:
        return f"得分应低于 {points(expected.high)} 分"
    if expected.low == 0:
        return f"得分不应高于 {points(expected.high)} 分"
    return f"得分应在 {interval(expected)} 分之间"


def expected_text(expected: Expected) -> str:
    """What a score may be, for the field ``expected`` of a finding."""
    if expected.candidates:
        return "或".join(points(value) for value in expected.candidates)
    if expected.exact is None and expected.high is not None and not expected.low:
        return f"{'<' if expected.open_high else '≤'}{points(expected.high)}"
    return interval(expected)


def _why(expected: Expected) -> str:
    """The arithmetic in brackets, without the conclusion that :func:`allowed` has just said."""
    if expected.exact is not None:
        return f"（{expected.arithmetic}）" if expected.arithmetic else ""
    text = _OPPOSITE.sub("", _CONCLUSION.sub("", expected.arithmetic))
    return f"（{text}）" if _CALCULATED.search(text) else ""


def score_problem(row: Row, lead: str, advice: str, *, first: str = "score") -> Problem:
    """A score that does not fit: the row, target and actual value, the arithmetic, and by how much it is off.

    A score above what the formula gives is certain; one below it may have a reason the form does not tell.
    """
    expected, item, score = row.expected, row.item, row.score
    assert score is not None
    goal = nearest(score, expected)
    cells = (item.score, item.target, item.actual) if first == "score" else (item.actual, item.target, item.score)
    off = "" if score == goal else f"，{excess(score, goal)}"
    why = _why(expected)
    return Problem(
        cells,
        message=(f"{row.name}{lead}，{allowed(expected)}{why}，表中填 {figure(item.score)} 分{off}。"),
        printed=figure(item.score),
        expected=expected_text(expected),
        difference=signed(score - goal) if score != goal else "",
        basis=expected.basis,
        suggestion=advice,
        certain=score >= goal and row.target.strict and row.actual.strict,
    )


def compared(row: Row) -> str:
    """Target and actual value of a row in words."""
    return f"的年度指标值是“{shown(row.item.target)}”，实际完成值是“{shown(row.item.actual)}”"


def overachieved(rows: list[Row], limit: Decimal) -> Iterator[tuple[Row, Decimal]]:
    """Forward rows at or above ``limit`` times their target, with that ratio."""
    for row in rows:
        target, actual = row.target, row.actual
        if row.met is not True or row.expected.method not in ("forward", "equal") or not target.number:
            continue
        same = in_unit_of(actual, target) if actual.operator in ("", "=") else None
        if same is None or same.number is None or target.number <= 0:
            continue
        times = same.number / target.number
        if times >= limit:
            yield row, times
