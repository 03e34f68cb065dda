"""One thing broken in a correct form is found, at the broken cell, by the rule that is there for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from tests.rules.building import build, change, checked
from tests.rules.test_correct import FORMS
from xlsuite.core.finding import Finding, Severity
from xlsuite.core.form import Form, Indicator


@dataclass(frozen=True, slots=True)
class Mutation:
    """A path, its new text, the codes one of which must speak, and the fields at one of which it must."""

    path: str
    text: str
    codes: tuple[str, ...]
    fields: tuple[str, ...] = ()


def _scored(form: Form) -> Iterator[tuple[int, Indicator, Decimal, Decimal]]:
    for index, item in enumerate(form.indicators):
        if item.weight.value and item.score.value is not None and not item.score.formula:
            yield index, item, item.weight.value, item.score.value


def _plain(value: Decimal) -> str:
    return f"{value:f}"


def above_weight(form: Form) -> Iterator[Mutation]:
    for index, _, weight, _ in _scored(form):
        yield Mutation(f"indicators[{index}].score", _plain(weight + 1), ("SCO101",))


def score_forgotten(form: Form) -> Iterator[Mutation]:
    for index, *_ in _scored(form):
        if sum(1 for _ in _scored(form)) > 1:
            yield Mutation(f"indicators[{index}].score", "", ("SCO114",))


def result_forgotten(form: Form) -> Iterator[Mutation]:
    for index, item in enumerate(form.indicators):
        if item.weight.value and item.actual.text:
            yield Mutation(f"indicators[{index}].actual", "", ("IND101",))


def reason_removed(form: Form) -> Iterator[Mutation]:
    for index, item, weight, score in _scored(form):
        if score < weight and item.reason.text:
            yield Mutation(f"indicators[{index}].reason", "", ("DEV101", "SCO107"), (f"indicators[{index}].score",))


def total_wrong(form: Form) -> Iterator[Mutation]:
    total = form.total.score
    if total.value is not None and not total.formula:
        for step in (Decimal(-3), Decimal("-1.5")):
            if total.value + step >= 0:
                yield Mutation("total.score", _plain(total.value + step), ("SCO102",))


def weight_wrong(form: Form) -> Iterator[Mutation]:
    full = [item for item in form.indicators if item.weight.value]
    for index, _, weight, score in _scored(form):
        if score == weight and len(full) > 1:
            codes = ("WGT101", "WGT102", "WGT103", "WGT111")
            yield Mutation(f"indicators[{index}].weight", _plain(weight + 3), codes, ("*",))


def rate_wrong(form: Form) -> Iterator[Mutation]:
    row = form.fund_total
    if row and row.rate.value and row.budget.value and row.executed.value:
        text = f"{(row.rate.value - Decimal('0.07')) * 100:.2f}%"
        yield Mutation("funds[0].rate", text, ("FND102", "FND103"))


def execution_score_wrong(form: Form) -> Iterator[Mutation]:
    row = form.fund_total
    if row and row.score.value and row.weight.value and row.budget.value and row.executed.value:
        yield Mutation("funds[0].score", _plain(row.score.value - Decimal("1.7")), ("FND104",))


def money_wrong(form: Form) -> Iterator[Mutation]:
    for index, row in enumerate(form.funds):
        if row.kind == "fiscal" and row.executed.value and len(form.funds) > 1:
            wrong = _plain(row.executed.value * 2 + 1000)
            yield Mutation(f"funds[{index}].executed", wrong, ("FND101",), ("funds[0].executed",))


def grade_wrong(form: Form) -> Iterator[Mutation]:
    if form.grade.text and form.total.score.value is not None:
        yield Mutation("grade", "中" if form.total.score.value >= 80 else "优", ("GRD101",))


def unit_name_missing(form: Form) -> Iterator[Mutation]:
    for key in ("project_name", "unit", "department"):
        if key in form.info:
            yield Mutation(f"info.{key}", "", ("STR115",))


def error_value(form: Form) -> Iterator[Mutation]:
    for index, *_ in _scored(form):
        yield Mutation(f"indicators[{index}].score", "#REF!", ("STR122",))
        return


def satisfaction_impossible(form: Form) -> Iterator[Mutation]:
    for index, item in enumerate(form.indicators):
        if item.aspect == "satisfaction" and "%" in item.actual.text:
            yield Mutation(f"indicators[{index}].actual", "109%", ("VAL105",))


MUTATORS: tuple[Callable[[Form], Iterator[Mutation]], ...] = (
    above_weight,
    score_forgotten,
    result_forgotten,
    reason_removed,
    total_wrong,
    weight_wrong,
    rate_wrong,
    execution_score_wrong,
    money_wrong,
    grade_wrong,
    unit_name_missing,
    error_value,
    satisfaction_impossible,
)


def _speaks(finding: Finding, mutation: Mutation) -> bool:
    if finding.code not in mutation.codes or finding.severity is Severity.INFO:
        return False
    return "*" in mutation.fields or finding.field in (mutation.path, *mutation.fields)


def mutated(data: dict[str, Any], mutation: Mutation) -> list[Finding]:
    form = build(data)
    change(form, mutation.path, mutation.text)
    return checked(form, data["profile"]).outcome.findings


@pytest.mark.parametrize("data", FORMS, ids=lambda form: form["name"])
@pytest.mark.parametrize("mutator", MUTATORS, ids=lambda mutator: mutator.__name__)
def test_broken_form(data: dict[str, Any], mutator: Callable[[Form], Iterator[Mutation]]) -> None:
    for mutation in mutator(build(data)):
        found = mutated(data, mutation)
        said = "\n".join(f"{one.code} {one.field} {one.message}" for one in found)
        assert any(_speaks(one, mutation) for one in found), f"{mutation}\nsaid: {said}"


def test_every_mutation_applies_somewhere() -> None:
    for mutator in MUTATORS:
        assert sum(1 for data in FORMS for _ in mutator(build(data))) >= 3, mutator.__name__


@pytest.mark.parametrize("data", FORMS, ids=lambda form: form["name"])
def test_a_wrong_row_is_told_once(data: dict[str, Any]) -> None:
    """The total that was right before stays right: only the row is to be told."""
    for mutation in above_weight(build(data)):
        codes = [one.code for one in mutated(data, mutation) if one.severity is not Severity.INFO]
        assert codes == ["SCO101"], (mutation, codes)
