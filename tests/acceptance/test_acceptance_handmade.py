"""Forms written out by hand: read right, and reviewed as a careful person would."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.handmade import Handmade, load_all
from tests.acceptance.measure import describe, findings, reading_of, short
from tests.forms.layouts.writers import xlsx
from xlsuite.core.finding import Finding, Severity

FORMS = load_all()
RANK = {"error": (Severity.ERROR,), "warning": (Severity.ERROR, Severity.WARNING)}


def test_there_are_enough_of_them() -> None:
    assert len(FORMS) >= 14
    assert sum(not form.findings for form in FORMS) >= 5


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_read_right(form: Handmade, tmp_path: Path) -> None:
    _, whole = reading_of(form.book, xlsx(form.book, tmp_path / f"{form.id}.xlsx"))
    wrong = "\n".join(f"{field}: expected {expected}, got {got}" for field, expected, got in whole.wrong)
    assert len(whole.wrong) <= 0.02 * whole.total, wrong


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_reviewed_right(form: Handmade, tmp_path: Path) -> None:
    readings, _ = reading_of(form.book, xlsx(form.book, tmp_path / f"{form.id}.xlsx"))
    assert readings, "the form was not found"
    made = [finding for finding in findings(readings[0].form) if finding.severity is not Severity.INFO]
    said = "\n".join(describe(finding) for finding in made)
    used: set[int] = set()
    for expected in form.findings:
        hits = {
            index
            for index, finding in enumerate(made)
            if _fits(finding, expected.codes, expected.cells, expected.severity)
        }
        assert hits, f"expected {expected.codes} at {expected.cells}; said:\n{said}"
        used |= hits
    extra = [
        describe(finding)
        for index, finding in enumerate(made)
        if index not in used and not short(finding).startswith(form.tolerated or ("-",))
    ]
    assert not extra, "\n".join(extra)


def _fits(finding: Finding, codes: tuple[str, ...], cells: tuple[str, ...], severity: str) -> bool:
    at = {ref.a1 for ref in finding.refs}
    return short(finding) in codes and finding.severity in RANK[severity] and bool(at & set(cells))
