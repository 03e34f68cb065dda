"""The generator itself: its forms are consistent, its truth is where it says, every mistake fits somewhere."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import pytest

from .compose import Wish, compose
from .content import Content
from .defects import ARITHMETIC, INJECTORS, decidable, inject
from .family import FAMILIES, make
from .points import fixed_score, grade_of
from .schemes import COST, DUTY, EFFECT, FOLDED, FOUR_STEPS, NATIONAL, PROCESS, TWENTY, UNSATISFIED
from .sheet import Workbook
from .writers import csv_file, html_file, openpyxl_file, xlsx

SCHEMES = (COST, DUTY, EFFECT, FOLDED, FOUR_STEPS, NATIONAL, PROCESS, TWENTY, UNSATISFIED)


def contents() -> list[Content]:
    return [compose(seed, Wish(scheme)) for scheme in SCHEMES for seed in range(40)]


def test_weights_money_and_totals_add_up() -> None:
    for content in contents():
        assert sum(line.weight for line in content.lines) + content.execution_weight == 100
        for slot in ("initial", "budget", "executed"):
            assert sum(getattr(row, slot) for row in content.money[1:]) == getattr(content.funds_total, slot)
        assert content.total_score == content.printed_sum() <= 100
        assert content.grade == grade_of(content.total_score)


def test_scores_follow_the_arithmetic_and_lost_points_have_a_reason() -> None:
    for content in contents():
        for line in content.lines:
            assert line.score is not None
            assert 0 <= line.score <= line.weight
            fixed = fixed_score(line.operator, line.target, line.actual, line.weight, content.places)
            assert line.kind == "word" or line.score == fixed
            assert line.score == line.weight or line.reason


def test_names_are_unique_and_the_seed_decides_everything() -> None:
    for content in contents():
        assert len({line.name for line in content.lines}) == len(content.lines)
    assert compose(7, Wish(COST)) == compose(7, Wish(COST))
    assert compose(7, Wish(COST)) != compose(8, Wish(COST))


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_every_family_says_where_its_fields_are(name: str, tmp_path: Path) -> None:
    for seed in range(3):
        book = make(name, seed)
        assert book.truths
        _compare_with_file(book, openpyxl_file(book, tmp_path / f"{seed}.xlsx"))


def _compare_with_file(book: Workbook, path: Path) -> None:
    from openpyxl import load_workbook

    pages = load_workbook(path)
    for truth in book.truths:
        assert {"title", "info.project_name"} <= truth.fields.keys() or truth.kind != "project"
        for field, told in truth.fields.items():
            stored = pages[told.sheet][told.cell].value
            if field.endswith((".kind",)) or field == "year":
                assert stored is not None, (book.family, field)
            elif isinstance(told.value, Decimal) and isinstance(stored, int | float):
                assert abs(Decimal(str(stored)) - told.value) < Decimal("0.01") or field.endswith(("rate", "actual")), (
                    field
                )
            else:
                assert str(stored).strip(), (book.family, field, told)


@pytest.mark.parametrize("kind", sorted(INJECTORS))
def test_every_mistake_is_visible_in_several_families(kind: str) -> None:
    families = set()
    for name in (name for name, family in FAMILIES.items() if family.lines):
        for seed in range(6):
            book = make(name, seed, inject(kind))
            truth = book.truths[0]
            if truth.defects and decidable(truth.defects[0], truth.places):
                families.add(name)
                fields = truth.defects[0].fields
                assert "*" in fields or any(field in truth.places for field in fields), (kind, name)
                break
    assert len(families) >= 4, (kind, families)


def test_there_are_enough_families_and_arithmetic_mistakes() -> None:
    assert len(FAMILIES) >= 20
    assert len(ARITHMETIC) >= 12
    origins = ("published", "code", "knowledge", "invented")
    assert all(family.seen.startswith(origins) for family in FAMILIES.values())


@pytest.mark.parametrize("writer", [xlsx, html_file, csv_file])
def test_other_writers_keep_the_texts(writer: object, tmp_path: Path) -> None:
    for name in random.Random(3).sample(sorted(FAMILIES), 8):
        book = make(name, 1)
        path = writer(book, tmp_path / f"{name}.bin")  # type: ignore[operator]
        assert path.stat().st_size > 900
