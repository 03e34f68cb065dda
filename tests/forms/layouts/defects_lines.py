"""Mistakes in single indicators: weights, scores, values, dates, reasons."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal

from .compose import PARTLY, settle
from .content import Content, Line
from .mistakes import Defect, injector
from .points import rounded


def _pick(content: Content, rng: random.Random, wanted: Callable[[Line], bool]) -> tuple[int, Line] | None:
    found = [(index, line) for index, line in enumerate(content.lines) if wanted(line)]
    return rng.choice(found) if found else None


def _numeric(line: Line) -> bool:
    return isinstance(line.target, Decimal) and isinstance(line.actual, Decimal)


def _stated(line: Line, operator: str) -> bool:
    """A number whose operator the target states, on a line heavy enough that no rounding hides the mistake."""
    spoken = not line.target_text.strip()[:1].isdigit() or any(word in line.target_text for word in ("以上", "以内"))
    return _numeric(line) and line.operator == operator and spoken and line.weight >= 4 and line.target > 0  # type: ignore[operator]


def _retype(line: Line, old: Decimal, new: Decimal) -> None:
    """Change the actual value in the cell's text as well."""
    line.actual = new
    line.actual_text = f"{new:f}{line.unit}"


@injector("weights-do-not-add-up", arithmetic=True)
def weights(content: Content, rng: random.Random) -> Defect | None:
    """One weight was changed and the total left at 100."""
    found = _pick(content, rng, lambda line: line.score == line.weight)
    if found is None:
        return None
    index, line = found
    line.weight += 2
    line.score = line.weight
    settle(content)
    content.total_score = min(content.total_score, Decimal(100)) if content.total_score > 100 else content.total_score
    places = (
        "total.weight",
        f"indicators[{index}].weight",
        f"indicators[{index}].level1",
        f"indicators[{index}].level2",
        "*",
    )
    return Defect(
        "weights-do-not-add-up", ("WGT01", "WGT02", "WGT03", "WGT04"), places, (f"indicators[{index}].weight",)
    )


@injector("score-above-weight", arithmetic=True)
def above_weight(content: Content, rng: random.Random) -> Defect | None:
    """A score larger than its weight."""
    found = _pick(content, rng, lambda line: line.score == line.weight)
    if found is None:
        return None
    index, line = found
    line.score = line.weight + Decimal(rng.choice(("1", "0.5", "2")))
    settle(content)
    needs = (f"indicators[{index}].weight", f"indicators[{index}].score")
    return Defect("score-above-weight", ("SCO01",), (f"indicators[{index}].score",), needs)


@injector("row-score-wrong", arithmetic=True)
def row_score_wrong(content: Content, rng: random.Random) -> Defect | None:
    """A missed quantity with a score that its ratio does not give."""
    found = _pick(content, rng, lambda line: _stated(line, "≥") and line.target >= 10)  # type: ignore[operator]
    if found is None:
        return None
    index, line = found
    target = line.target
    assert isinstance(target, Decimal)
    _retype(line, target, (target * Decimal("0.8")).to_integral_value())
    actual = line.actual
    assert isinstance(actual, Decimal)
    right = rounded(actual / target * line.weight)
    line.score = right + Decimal("0.7") if rng.random() < 0.5 and right + 1 < line.weight else right - Decimal(1)
    line.reason = "受外部条件影响未能全部完成；下一步将加快推进，确保完成。"
    settle(content)
    return Defect(
        "row-score-wrong", ("SCO03", "SCO05", "SCO11", "SCO12"), (f"indicators[{index}].score",), _row_needs(index)
    )


def _row_needs(index: int) -> tuple[str, ...]:
    return tuple(f"indicators[{index}].{slot}" for slot in ("target", "actual", "weight", "score"))


@injector("full-though-missed", arithmetic=True)
def full_though_missed(content: Content, rng: random.Random) -> Defect | None:
    """Full points although the number falls short."""
    found = _pick(content, rng, lambda line: _stated(line, "≥") and line.target > 20)  # type: ignore[operator]
    if found is None:
        return None
    index, line = found
    _retype(line, Decimal(0), (line.target * Decimal("0.7")).to_integral_value())  # type: ignore[operator]
    line.score, line.reason = line.weight, ""
    settle(content)
    return Defect("full-though-missed", ("SCO08", "SCO03"), (f"indicators[{index}].score",), _row_needs(index))


@injector("reverse-missed-full", arithmetic=True)
def reverse_missed(content: Content, rng: random.Random) -> Defect | None:
    """A limit was exceeded, yet full points."""
    found = _pick(content, rng, lambda line: _stated(line, "≤"))
    if found is None:
        return None
    index, line = found
    _retype(line, Decimal(0), rounded(line.target * Decimal("1.4"), 1))  # type: ignore[operator]
    line.score, line.reason = line.weight, ""
    settle(content)
    return Defect(
        "reverse-missed-full", ("SCO04", "SCO08", "SCO11"), (f"indicators[{index}].score",), _row_needs(index)
    )


@injector("reason-missing")
def reason_missing(content: Content, rng: random.Random) -> Defect | None:
    """Points lost and nothing said."""
    found = _pick(content, rng, lambda line: line.score is not None and line.score < line.weight and bool(line.reason))
    if found is None:
        return None
    index, line = found
    line.reason = rng.choice(("", "", "无", "—"))
    places = (f"indicators[{index}].reason", f"indicators[{index}].score")
    needs = (f"indicators[{index}].weight", f"indicators[{index}].score", f"indicators[{index}].reason")
    return Defect("reason-missing", ("DEV01", "DEV03"), places, needs)


@injector("direction-contradiction")
def direction(content: Content, rng: random.Random) -> Defect | None:
    """A rate that should stay below 5 % is reported at 90 % with most of the points."""
    found = _pick(content, rng, lambda line: line.kind == "percent" and line.operator == "≤" and line.target <= 10)  # type: ignore[operator]
    if found is None:
        return None
    index, line = found
    line.target_text, line.actual, line.actual_text = "≤5%", Decimal(90), rng.choice(("90%", "≥90%"))
    line.target = Decimal(5)
    line.score = rounded(line.weight * Decimal("0.8"))
    settle(content)
    fields = tuple(f"indicators[{index}].{slot}" for slot in ("actual", "target", "score"))
    return Defect("direction-contradiction", ("VAL03", "VAL02", "SCO04"), fields, _row_needs(index)[:2])


@injector("date-impossible")
def date_impossible(content: Content, rng: random.Random) -> Defect | None:
    """A day that the calendar does not have."""
    found = _pick(content, rng, lambda line: line.kind == "date")
    if found is None:
        return None
    index, line = found
    line.actual_text = rng.choice((f"{content.year}年2月30日", f"{content.year}年11月31日", f"{content.year}-13-05"))
    line.actual = None
    fields = (f"indicators[{index}].actual",)
    return Defect("date-impossible", ("VAL10",), fields, (*fields, f"!indicators[{index}].nature"))


@injector("finished-late-full")
def late_full(content: Content, rng: random.Random) -> Defect | None:
    """Finished after the date, yet full points."""
    found = _pick(content, rng, lambda line: line.kind == "date" and line.target[1] <= 10)  # type: ignore[index]
    if found is None:
        return None
    index, line = found
    line.actual_text = f"{content.year}年{line.target[1] + 2}月5日"  # type: ignore[index]
    line.actual = (content.year, line.target[1] + 2, 5)  # type: ignore[index]
    line.score = line.weight
    fields = (f"indicators[{index}].score", f"indicators[{index}].actual")
    return Defect(
        "finished-late-full", ("SCO08", "VAL08"), fields, (*_row_needs(index), f"!indicators[{index}].nature")
    )


@injector("duplicate-indicator")
def duplicate(content: Content, rng: random.Random) -> Defect | None:
    """Two indicators of the same name."""
    peers = [(i, line) for i, line in enumerate(content.lines) if line.aspect == "quantity"]
    if len(peers) < 2:
        return None
    (first, one), (second, two) = peers[:2]
    two.name = one.name
    fields = (f"indicators[{first}].level3", f"indicators[{second}].level3")
    return Defect("duplicate-indicator", ("IND02",), fields, fields)


@injector("score-missing")
def score_missing(content: Content, rng: random.Random) -> Defect | None:
    """A weighted row without a score."""
    index = rng.randrange(len(content.lines))
    line = content.lines[index]
    line.score, line.reason = None, ""
    settle(content)
    fields = (f"indicators[{index}].score", f"indicators[{index}].weight", f"indicators[{index}].level3")
    return Defect(
        "score-missing", ("SCO14", "IND01"), fields, (f"indicators[{index}].weight", f"indicators[{index}].score")
    )


@injector("unfinished-scored")
def unfinished(content: Content, rng: random.Random) -> Defect | None:
    """未完成 with four fifths of the points."""
    found = _pick(content, rng, lambda line: line.kind == "date")
    if found is None:
        return None
    index, line = found
    line.actual, line.actual_text = "未完成", rng.choice(("未完成", "尚未完成"))
    line.score, line.reason = (
        rounded(line.weight * Decimal("0.8")),
        "验收资料不全，推迟到次年；将督促承建单位尽快整改。",
    )
    settle(content)
    fields = (f"indicators[{index}].score", f"indicators[{index}].actual")
    return Defect("unfinished-scored", ("SCO09", "SCO08", "VAL08"), fields, _row_needs(index))


@injector("band-exceeded", arithmetic=True)
def band(content: Content, rng: random.Random) -> Defect | None:
    """部分达成 with more than 80 % of the points."""
    found = _pick(content, rng, lambda line: line.kind == "word" and line.weight >= 4)
    if found is None:
        return None
    index, line = found
    line.actual = line.actual_text = PARTLY
    line.score, line.reason = rounded(line.weight * Decimal("0.95")), "部分工作延后；将加快推进。"
    settle(content)
    return Defect("band-exceeded", ("SCO06", "SCO08"), (f"indicators[{index}].score",), _row_needs(index))


@injector("satisfaction-above-100")
def satisfaction(content: Content, rng: random.Random) -> Defect | None:
    """105 % satisfied."""
    found = _pick(content, rng, lambda line: line.aspect == "satisfaction")
    if found is None:
        return None
    index, line = found
    line.actual, line.actual_text = Decimal(105), "105%"
    line.score, line.reason = line.weight, ""
    settle(content)
    return Defect(
        "satisfaction-above-100", ("VAL05",), (f"indicators[{index}].actual",), (f"indicators[{index}].actual",)
    )
