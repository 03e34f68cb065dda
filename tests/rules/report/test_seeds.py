"""The five published reports: every proven mistake is found, and nothing that is right is reported."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from xlsuite.core.finding import Finding, Outcome, Severity
from xlsuite.core.profile import load
from xlsuite.forms.read import read_forms
from xlsuite.hosts.documents import as_book, open_report
from xlsuite.prose.audit import Audit, audit
from xlsuite.scoring import score

TABLE: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent / "seeds.toml").read_text(encoding="utf-8"))
PROFILE = load("national-2020").at(2022)
WANTED = [(seed, line) for seed, entry in TABLE.items() for line in entry["find"]]
SILENT = [(seed, figure) for seed, entry in TABLE.items() for figure in entry["silent"]]


@cache
def outcome_of(folder: Path, seed: str) -> Outcome:
    document = open_report(folder / f"{seed}.txt").document
    if not TABLE[seed].get("form"):
        return audit(Audit(document), PROFILE)
    (form,) = read_forms(as_book(document))
    return audit(Audit(document, form, score(form, PROFILE)), PROFILE)


def text_of(finding: Finding) -> str:
    return " ".join((finding.message, finding.printed, finding.expected, finding.difference, finding.quote))


def is_wanted(finding: Finding, wanted: str) -> bool:
    code, line, figures = (part.strip() for part in wanted.split("|"))
    if finding.code != code or (finding.paragraph or 0) != int(line):
        return False
    return all(figure in text_of(finding) for figure in figures.split())


@pytest.mark.parametrize(("seed", "wanted"), WANTED)
def test_found(seeds: Path, seed: str, wanted: str) -> None:
    found = outcome_of(seeds, seed).findings
    assert any(is_wanted(finding, wanted) for finding in found), [(f.paragraph, f.code, f.message) for f in found]


@pytest.mark.parametrize("seed", TABLE)
def test_every_error_is_listed(seeds: Path, seed: str) -> None:
    errors = [one for one in outcome_of(seeds, seed).findings if one.severity is not Severity.INFO]
    listed = TABLE[seed]["find"]
    assert not [(f.paragraph, f.code, f.message) for f in errors if not any(is_wanted(f, line) for line in listed)]


@pytest.mark.parametrize(("seed", "figure"), SILENT)
def test_right_figures_are_no_finding(seeds: Path, seed: str, figure: str) -> None:
    for finding in outcome_of(seeds, seed).findings:
        if finding.code[:3] in ("FND", "XCK", "GRD") and finding.severity is Severity.ERROR:
            assert figure not in finding.printed, finding.message
