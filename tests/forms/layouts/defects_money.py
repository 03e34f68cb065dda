"""Mistakes in the funds block, the execution rate and score, the total and the grade."""

from __future__ import annotations

import random
from decimal import Decimal

from .compose import settle
from .content import Content
from .mistakes import Defect, injector
from .points import grade_of, rounded


@injector("rate-wrong", arithmetic=True)
def rate_wrong(content: Content, rng: random.Random) -> Defect | None:
    """The printed rate fits neither budget."""
    exact = content.rate or Decimal(0)
    printed = exact - Decimal(rng.choice((3, 5, 11))) / 100
    total = content.funds_total
    if printed <= 0 or (total.initial and abs(total.executed / total.initial - printed) < Decimal("0.002")):
        return None
    content.rate = printed
    return Defect(
        "rate-wrong",
        ("FND02", "FND03"),
        ("funds[0].rate", "execution.actual"),
        ("funds[0].budget", "funds[0].executed"),
    )


@injector("rate-on-initial", arithmetic=True)
def rate_on_initial(content: Content, rng: random.Random) -> Defect | None:
    """The rate was computed with the initial budget."""
    total = content.funds_total
    if not total.initial or abs(total.initial - total.budget) < total.budget / 50:
        return None
    content.rate = rounded(total.executed / total.initial, 4)
    return Defect(
        "rate-on-initial",
        ("FND02", "FND03"),
        ("funds[0].rate", "execution.actual"),
        ("funds[0].initial", "funds[0].budget", "funds[0].executed"),
    )


@injector("execution-score-wrong", arithmetic=True)
def execution_score_wrong(content: Content, rng: random.Random) -> Defect | None:
    """The execution score does not follow from the rate."""
    exact = content.execution_score
    if exact is None:
        return None
    wrong = (
        exact - Decimal(rng.choice(("1", "1.5", "2")))
        if exact > 9
        else min(content.execution_weight, exact + Decimal("1.2"))
    )
    content.execution_score = wrong
    settle(content)
    return Defect(
        "execution-score-wrong",
        ("FND04",),
        ("funds[0].score", "execution.score"),
        ("funds[0].executed|execution.actual", "funds[0].score|execution.score", "funds[0].weight|execution.weight"),
    )


@injector("total-wrong", arithmetic=True)
def total_wrong(content: Content, rng: random.Random) -> Defect | None:
    """The printed total is not the sum."""
    change = Decimal(rng.choice(("-3", "-1", "2", "-0.9")))
    content.total_score += change if content.total_score + change <= 100 else -change
    content.grade = grade_of(content.total_score)
    return Defect("total-wrong", ("SCO02",), ("total.score",), ("total.score", "indicators[0].score"))


@injector("grade-wrong", arithmetic=True)
def grade_wrong(content: Content, rng: random.Random) -> Defect | None:
    """The grade does not belong to the total."""
    content.grade = {"优": "良", "良": "优", "中": "良", "差": "中"}[content.grade]
    return Defect("grade-wrong", ("GRD01",), ("grade", "total.score"), ("grade", "total.score"))


@injector("funds-do-not-add-up", arithmetic=True)
def funds_sum(content: Content, rng: random.Random) -> Defect | None:
    """The parts no longer add up to the total."""
    if len(content.money) < 3:
        return None
    column = rng.choice(("budget", "executed"))
    number, part = max(enumerate(content.money[1:], 1), key=lambda pair: getattr(pair[1], column))
    setattr(part, column, rounded(getattr(part, column) * Decimal("0.9"), 2))
    if sum(getattr(row, column) for row in content.money[1:]) == getattr(content.funds_total, column):
        return None
    places = (f"funds[0].{column}", f"funds[{number}].{column}")
    return Defect("funds-do-not-add-up", ("FND01", "FND21"), places, places)


@injector("spent-without-budget", arithmetic=True)
def no_budget(content: Content, rng: random.Random) -> Defect | None:
    """Money spent although the budget is zero."""
    if len(content.money) > 2:
        return None
    for row in content.money:
        row.budget = row.initial = Decimal(0)
    fields = tuple(f"funds[{n}].{slot}" for n in (0, 1) for slot in ("budget", "executed", "rate"))
    return Defect("spent-without-budget", ("FND06", "FND05", "FND18"), fields, ("funds[0].executed",))


@injector("overspent")
def overspent(content: Content, rng: random.Random) -> Defect | None:
    """More spent than budgeted."""
    total, part = content.funds_total, content.money[1]
    extra = rounded(total.budget * Decimal("0.2"), 2)
    part.executed += extra + (total.budget - total.executed)
    total.executed = sum((row.executed for row in content.money[1:]), Decimal(0))
    content.rate = rounded(total.executed / total.budget, 4)
    content.execution_score, content.execution_reason = content.execution_weight, ""
    settle(content)
    fields = ("funds[0].executed", "funds[0].rate", "funds[1].executed", "execution.actual")
    return Defect("overspent", ("FND05",), fields, ("funds[0].executed", "funds[0].budget"), hint=True)
