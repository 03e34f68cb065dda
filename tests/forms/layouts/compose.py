"""Composes realistic self-evaluations from the catalogue: consistent numbers, reasons where points are lost."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from . import phrasing
from .content import Content, Dimension, Goal, Line, Money, Value
from .points import execution_rate, execution_score, fixed_score, grade_of, rounded, trimmed
from .schemes import MANAGEMENT_LINES, NATIONAL, Scheme

PARTLY = "部分达成年度指标并具有一定效果"
MEASURED = {"count", "percent", "money", "price", "days"}


@dataclass(frozen=True, slots=True)
class Wish:
    """What a layout family needs of its content."""

    scheme: Scheme = NATIONAL
    amount_unit: str = "万元"
    kinds: tuple[str, ...] = ("fiscal", "carryover", "other")
    plain_targets: float = 0.15
    goals: tuple[int, int] = (1, 1)
    places: int = 2
    words: bool = True
    overrun: float = 0.08
    partly: bool = True
    deductions: bool = True
    idle: bool = False
    """Whether the reason column is filled where there is nothing to explain."""


@lru_cache(maxsize=1)
def catalogue() -> list[dict[str, Any]]:
    """The domains of ``catalogue.toml``."""
    return _stock()["domain"]


@lru_cache(maxsize=1)
def _stock() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("catalogue.toml").read_text("utf-8"))


def compose(seed: int, wish: Wish | None = None, salt: str = "") -> Content:
    """One consistent self-evaluation. The same seed, wish and salt give the same content."""
    wish = wish or Wish()
    rng = random.Random(f"{salt}-{wish.scheme.id}-{wish.amount_unit}-{seed}")
    domain = rng.choice(catalogue())
    place, year = rng.choice(_stock()["places"]), rng.randint(2019, 2024)
    money = _money(rng, wish)
    wish = replace(wish, idle=rng.random() < 0.15, places=rng.choice((*(wish.places,) * 6, 1)))
    plain = rng.random() < wish.plain_targets
    dimensions = wish.scheme.build()
    lines = [line for dimension in dimensions for line in _lines(rng, wish, domain, dimension, money[0], year)]
    for line in lines:
        _fill(rng, line, year, wish, plain)
    lines = _unlike(lines)
    weight = Decimal(wish.scheme.execution)
    total = money[0]
    content = Content(
        year=year,
        place=place,
        project=_project(rng, domain, place, year),
        department=rng.choice(domain["departments"]).format(place=place),
        unit=rng.choice(domain["units"]).format(place=place),
        owner=rng.choice(_stock()["surnames"]) + rng.choice(_stock()["given"]),
        phone=f"0{rng.randint(310, 998)}-{rng.randint(2100000, 8999999)}",
        amount_unit=wish.amount_unit,
        money=money,
        goals=_goals(rng, wish, domain),
        dimensions=dimensions,
        lines=lines,
        execution_weight=weight,
        rate=execution_rate(total.executed, total.budget),
        execution_score=execution_score(weight, total.executed, total.budget, wish.places),
        execution_reason="",
        total_weight=Decimal(100),
        total_score=Decimal(0),
        grade="",
        places=wish.places,
    )
    if content.rate is not None and content.rate < Decimal("0.9"):
        content.execution_reason = rng.choice(_stock()["execution_reasons"])
    settle(content)
    return content


def _project(rng: random.Random, domain: dict[str, Any], place: str, year: int) -> str:
    before, after = ("", "", place, f"{year}年"), ("", "项目", "经费", "专项资金")
    return f"{rng.choice(before)}{rng.choice(domain['projects'])}{rng.choice(after)}"


def settle(content: Content) -> None:
    """Recompute the total and the grade from the printed scores."""
    content.total_score = content.printed_sum()
    content.grade = grade_of(content.total_score)


def _goals(rng: random.Random, wish: Wish, domain: dict[str, Any]) -> list[Goal]:
    count = rng.randint(*wish.goals)
    chosen = [domain["goals"][index % len(domain["goals"])] for index in range(count)]
    done = rng.choice(
        ("已按年初目标完成各项任务。", "年度目标基本完成，资金使用规范，效益良好。", "全年任务已完成，达到预期效果。")
    )
    return [
        Goal(f"目标{n}：{text}" if count > 1 else text, f"目标{n}：{done}" if count > 1 else done)
        for n, text in enumerate(chosen, 1)
    ]


def _money(rng: random.Random, wish: Wish) -> list[Money]:
    scale = Decimal(10000) if wish.amount_unit == "元" else Decimal(1)
    places = rng.choice((0, 1, 2, 2, 2, 4)) if wish.amount_unit == "万元" else rng.choice((0, 2))
    rows: list[Money] = []
    for index, kind in enumerate(wish.kinds):
        if index and rng.random() < 0.72:
            rows.append(Money(kind, Decimal(0), Decimal(0), Decimal(0)))
            continue
        base = Decimal(rng.choice((rng.randint(5, 99), rng.randint(80, 900), rng.randint(900, 12000)))) * scale
        initial = rounded(base + Decimal(rng.randint(0, 9999)) / 10000 * scale, places)
        if kind == "carryover":
            initial = rounded(initial / 8, places)
        budget = initial if rng.random() < 0.55 else rounded(initial * Decimal(rng.randint(80, 125)) / 100, places)
        rows.append(Money(kind, initial, budget, rounded(budget * _share(rng), places)))
    total = Money(
        "total", *(sum((getattr(row, slot) for row in rows), Decimal(0)) for slot in ("initial", "budget", "executed"))
    )
    return [total, *rows]


def _share(rng: random.Random) -> Decimal:
    dice = rng.random()
    if dice < 0.45:
        return Decimal(1)
    low, high = (9000, 9999) if dice < 0.85 else (8000, 9000) if dice < 0.97 else (6200, 8000)
    return Decimal(rng.randint(low, high)) / 10000


def _lines(
    rng: random.Random, wish: Wish, domain: dict[str, Any], dimension: Dimension, total: Money, year: int
) -> list[Line]:
    picked: list[tuple[str, Sequence[Any]]] = []
    aspects = _aspects(rng, dimension)
    for aspect in aspects:
        pool = _pool(domain, aspect, wish)
        most = min(len(pool), {"quantity": 4, "management": 3}.get(aspect, 2))
        picked += [(aspect, entry) for entry in rng.sample(pool, rng.randint(1, most))] if pool else []
    weights = split(rng, dimension.points, len(picked))
    return [
        Line(
            dimension.key,
            aspect,
            entry[0],
            entry[1],
            entry[2],
            entry[5],
            _target(rng, entry, wish, total, year),
            None,
            weight,
            None,
        )
        for (aspect, entry), weight in zip(picked, weights, strict=True)
    ]


def _aspects(rng: random.Random, dimension: Dimension) -> list[str]:
    """The level-2 headings that are filled in: all of an output block, some of a benefit block."""
    if dimension.key != "benefit" or len(dimension.aspects) < 3:
        return list(dimension.aspects)
    needed = {"social", "satisfaction"}
    return [aspect for aspect in dimension.aspects if aspect in needed or rng.random() < 0.55]


def _pool(domain: dict[str, Any], aspect: str, wish: Wish) -> list[Any]:
    if aspect in MANAGEMENT_LINES:
        made = []
        for name, kind in MANAGEMENT_LINES[aspect]:
            if kind == "word":
                made.append([name, "word", "", 0, 0, ""])
            else:
                made.append([name, "percent", kind[-1], 100, 100, "%"])
        return made
    pool = [entry for entry in domain[aspect] if wish.words or entry[1] != "word"]
    return pool or [["社会公众知晓率", "percent", "≥", 80, 95, "%"]]


def split(rng: random.Random, points: Decimal, parts: int) -> list[Decimal]:
    """Weights of ``parts`` lines adding up to ``points``: even where it divides, else whole or half points."""
    if parts and points % parts == 0 and rng.random() < 0.5:
        return [points / parts] * parts
    step = Decimal("0.5") if rng.random() < 0.12 or points < parts * 2 else Decimal(1)
    units = int(points / step)
    floor = max(1, units // (parts * 3))
    spare = units - floor * parts
    cuts = sorted(rng.randint(0, spare) for _ in range(parts - 1))
    shares = [b - a for a, b in zip([0, *cuts], [*cuts, spare], strict=True)]
    return [(floor + share) * step for share in shares]


def _target(rng: random.Random, entry: Sequence[Any], wish: Wish, total: Money, year: int) -> Value:
    _, kind, _, low, high, _ = entry
    if kind == "word":
        return rng.choice(phrasing.WORD_PAIRS)[0] if rng.random() < 0.2 else rng.choice(phrasing.WORD_TARGETS)
    if kind == "date":
        month = rng.randint(low, high)
        return (year, month, phrasing.LAST_DAY[month] if rng.random() < 0.7 else rng.choice((10, 15, 20)))
    if kind == "money":
        share = Decimal(rng.randint(low, high)) / 100
        return rounded(total.budget * share, 2) if share != 1 else total.budget
    if kind == "price":
        value = Decimal(rng.randint(low, high))
        return value if value < 1000 else value // 10 * 10
    value = rng.randint(low, high)
    return Decimal(value if value < 1000 else value // 100 * 100)


def _fill(rng: random.Random, line: Line, year: int, wish: Wish, plain: bool) -> None:
    """Actual value, score, reason and wording of one line."""
    missed = wish.deductions and rng.random() < 0.16
    line.actual = _actual(rng, line, missed, wish)
    if line.kind == "money":
        line.unit = wish.amount_unit
    if line.kind == "word":
        _judge(rng, line, wish)
    else:
        line.score = fixed_score(line.operator, line.target, line.actual, line.weight, wish.places)
        if line.score is not None and line.score < line.weight:
            line.reason = rng.choice(_stock()["reasons"])
        elif _far_above(line):
            line.reason = "任务量较年初预计增加，实际完成超出较多；今后将合理设定目标值。"
        elif wish.idle and rng.random() < 0.6:
            line.reason = rng.choice(("无", "无偏差", "无", "已完成"))
    line.target_text = phrasing.target_text(rng, line.operator, line.target, line.unit, plain)
    line.actual_text = phrasing.actual_text(rng, line.actual, line.unit, counted=line.aspect == "quantity")


def _far_above(line: Line) -> bool:
    if line.operator != "≥" or not isinstance(line.target, Decimal) or not isinstance(line.actual, Decimal):
        return False
    return line.actual >= line.target * Decimal("1.2")


def _judge(rng: random.Random, line: Line, wish: Wish) -> None:
    """A qualitative line: attained with full points, or in the 80–100 % or 60–80 % band with a reason."""
    line.score = line.weight
    dice = rng.random() if wish.deductions else 1.0
    if dice < 0.12:
        line.score = max(rounded(line.weight * Decimal("0.9"), 1 if wish.places else 0), line.weight * Decimal("0.8"))
    elif dice < 0.18 and wish.partly:
        line.actual = PARTLY
        line.score = rounded(line.weight * Decimal("0.7"), 1 if wish.places else 0)
    if line.score < line.weight:
        line.reason = rng.choice(_stock()["reasons"])


def _actual(rng: random.Random, line: Line, missed: bool, wish: Wish) -> Value:
    target = line.target
    if line.kind == "word":
        pair = dict(phrasing.WORD_PAIRS).get(str(target))
        return pair or (rng.choice(phrasing.WORD_MET) if rng.random() < 0.6 else str(target))
    if isinstance(target, tuple):
        month = rng.randint(max(1, target[1] - 2), target[1])
        return (target[0], month, rng.randint(1, min(target[2], 28)))
    if not isinstance(target, Decimal):
        raise TypeError(line.name)
    if line.operator == "≤":
        return _below(rng, line, target)
    if missed and target > 0:
        return _coarse(target * Decimal(rng.randint(72, 97)) / 100, line)
    if line.operator == "=" or rng.random() < 0.4:
        return target
    high = 100 if line.kind == "percent" else 0
    above = _coarse(target * Decimal(rng.randint(100, 135 if rng.random() < wish.overrun else 112)) / 100, line)
    return max(target, min(above, Decimal(high))) if high else max(target, above)


def _below(rng: random.Random, line: Line, target: Decimal) -> Decimal:
    if target == 0 or rng.random() < 0.35:
        return target
    share = Decimal(rng.randint(60, 99)) / 100
    if line.kind in ("money", "price"):
        return rounded(target * max(share, Decimal("0.85")), 2 if target != int(target) else 0)
    return min(target, _coarse(target * share, line))


def _coarse(value: Decimal, line: Line) -> Decimal:
    """As many digits as people report for such a value."""
    return (
        rounded(value, 2 if line.kind == "percent" and value != int(value) else 0) if value > 3 else rounded(value, 1)
    )


def _unlike(lines: list[Line]) -> list[Line]:
    """No two lines of a correct form share a name."""
    seen: dict[str, int] = {}
    for line in lines:
        seen[line.name] = seen.get(line.name, 0) + 1
        if seen[line.name] > 1:
            line.name += f"（{'一二三四五六七八'[seen[line.name] - 1]}期）"
    return lines


__all__ = ["PARTLY", "Wish", "compose", "settle", "split", "trimmed"]
