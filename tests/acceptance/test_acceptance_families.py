"""Forms nobody described to the product: fields are read right, correct forms stay silent, mistakes are found.

Run with ``-s`` for the table; ``XLSUITE_ACCEPTANCE_SEEDS=25`` takes a larger sample.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.measure import Tally, arithmetic, families, measure_defects, sample, table

RIGHT = 0.98
FOUND = 0.95


@pytest.fixture(scope="module")
def tallies(sampled: range, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Tally]:
    folder = tmp_path_factory.mktemp("families")
    measured = {family: sample(family, sampled, folder) for family in families()}
    for number, tally in enumerate(measured.values()):
        measure_defects(tally, folder, sampled[:1], share(arithmetic(), number, sampled))
    print("\n" + table(measured.values()))
    return measured


def share(kinds: list[str], number: int, sampled: range) -> list[str]:
    """Every third kind of mistake, another third for the next family; all of them in a larger sample."""
    return kinds if len(sampled) > 2 else kinds[number % 3 :: 3]


@pytest.mark.parametrize("family", families())
def test_fields_are_read_right(tallies: dict[str, Tally], family: str) -> None:
    tally = tallies[family]
    assert tally.share >= RIGHT, "\n".join(tally.wrong[:25])


@pytest.mark.parametrize("family", families())
def test_correct_forms_raise_no_error_and_no_warning(tallies: dict[str, Tally], family: str) -> None:
    assert not tallies[family].alarms, "\n".join(tallies[family].alarms[:25])


def test_arithmetic_mistakes_are_found_at_their_cell(tallies: dict[str, Tally]) -> None:
    mistakes = sum(tally.mistakes for tally in tallies.values())
    missed = [line for tally in tallies.values() for line in tally.missed]
    assert mistakes > 150
    assert len(missed) <= mistakes * (1 - FOUND), "\n".join(missed)


def test_other_mistakes_are_found_somewhere(sampled: range, tmp_path: Path) -> None:
    others = sorted(set(_kinds()) - set(arithmetic()))
    tallies = [Tally(family) for family in families()[::3]]
    for tally in tallies:
        measure_defects(tally, tmp_path, sampled[:1], others)
    mistakes = sum(tally.mistakes for tally in tallies)
    missed = [line for tally in tallies for line in tally.missed]
    assert len(missed) <= mistakes * 0.1, "\n".join(missed)


def _kinds() -> list[str]:
    from tests.forms.layouts.defects import INJECTORS

    return list(INJECTORS)
