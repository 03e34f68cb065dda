"""Reports that contradict nowhere: hand-written ones of many regions, and generated ones; no error in any of them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.prose.generator import mutants, plain, report
from xlsuite.core.finding import Finding, Severity
from xlsuite.core.profile import load
from xlsuite.prose.audit import Audit, audit
from xlsuite.prose.documents import from_text

CLEAN = sorted((Path(__file__).parent / "clean").iterdir())
PROFILE = load("national-2020").at(2023)
TRICKY = [
    line for line in (Path(__file__).parent / "tricky.txt").read_text(encoding="utf-8").splitlines() if line.strip()
]


def findings_of(text: str, kind: str = "txt") -> list[Finding]:
    return audit(Audit(from_text(text, "report", kind)), PROFILE).findings


def test_there_are_enough() -> None:
    assert len(CLEAN) >= 12
    assert len(TRICKY) >= 60


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
def test_clean_report(path: Path) -> None:
    found = findings_of(path.read_text(encoding="utf-8"), path.suffix[1:])
    loud = [one.message for one in found if one.severity is not Severity.INFO]
    assert not loud


@pytest.mark.parametrize("line", TRICKY)
def test_right_sentence(line: str) -> None:
    assert not [one.message for one in findings_of(line) if one.severity is not Severity.INFO]


@pytest.mark.parametrize("start", range(0, 200, 20))
def test_generated_report(start: int) -> None:
    for seed in range(start, start + 20):
        found = [one for one in findings_of(plain(report(seed))) if one.severity is not Severity.INFO]
        assert not found, (seed, [one.message for one in found])


def test_a_slip_of_the_pen_is_found() -> None:
    hits, misses = 0, []
    for seed in range(500, 516):
        marked = report(seed)
        before = {(one.code, one.message) for one in findings_of(plain(marked))}
        for text, old, new in mutants(marked, random.Random(seed)):
            if any((one.code, one.message) not in before for one in findings_of(text)):
                hits += 1
            else:
                misses.append((seed, old, new))
    assert hits >= 300
    assert hits / (hits + len(misses)) >= 0.95, misses
