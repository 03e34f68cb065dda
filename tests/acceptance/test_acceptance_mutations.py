"""The way a form travels changes nothing of what it says: rows inserted, merges lost, blanks copied from web pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.measure import Tally, families, measure_clean, measure_reading
from tests.forms.layouts import make
from tests.forms.layouts.mutations import MUTATIONS, mutate
from tests.forms.layouts.writers import xlsx

RIGHT = 0.98
LOST = {"merges-lost": {"shared-reason", "shared-weights", "merged-money-points"}}
"""Families whose meaning lies in the merged areas: without them nobody could tell."""


@pytest.mark.parametrize("name", sorted(MUTATIONS))
def test_a_mutated_form_reads_the_same(name: str, sampled: range, tmp_path: Path) -> None:
    tally = Tally(name)
    for number, family in enumerate(family for family in families() if family not in LOST.get(name, ())):
        seed = number % max(2, len(sampled))
        book = mutate(make(family, seed), [name], seed)
        readings = measure_reading(tally, book, xlsx(book, tmp_path / f"{family}-{seed}.xlsx"))
        measure_clean(tally, readings, f"{family}-{seed}")
    assert tally.share >= RIGHT, f"{tally.share:.2%}\n" + "\n".join(tally.wrong[:40])
    assert not tally.alarms, "\n".join(tally.alarms[:20])
