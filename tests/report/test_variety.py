"""Forms from many regions: every one gets a report that an independent reading finds free of contradictions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.acceptance.handmade import Handmade, load_all
from tests.acceptance.measure import families, read, save
from tests.forms.layouts import make
from tests.forms.layouts.writers import xlsx
from tests.report.word import audit, text
from xlsuite.app.audit import audit_file
from xlsuite.app.check import CheckOptions, examine
from xlsuite.core.finding import Severity
from xlsuite.core.form import Form
from xlsuite.report.outlines import outline_ids
from xlsuite.report.write import render_report

OUTLINES = outline_ids()
RESIDUE = re.compile(r"\{\{|\}\}|\{%|%\}|None|(?<![\d.,])0(?:万元|元|分)(?![之/])|。。|，，|，。")


def report_of(form: Form, outline: str, folder: Path) -> Path:
    result = examine(form, CheckOptions())
    return render_report(form, result.scorecard, result.profile, template=outline, output=folder / "报告.docx").path


NOT_OURS = {
    "SYS900": "a rule that crashed says nothing about the report",
    "WGT108": "adds up all groups of one kind where a form prints several, or none by name",
}
"""Findings of the audit that are no contradictions between report and table."""


def contradictions(report: Path, workbook: Path) -> list[str]:
    found = audit_file(report, workbook).outcome.findings
    return [f"{one.code} {one.message}" for one in found if one.severity is Severity.ERROR and one.code not in NOT_OURS]


@pytest.mark.parametrize("number", range(55))
def test_families(number: int, tmp_path: Path) -> None:
    names = families()
    if number >= len(names):
        pytest.skip("no such family")
    workbook = save(make(names[number], 1), tmp_path, "xlsxwriter", "表")
    forms = read(workbook)
    if len(forms) != 1:
        pytest.skip("none or several forms")
    report = report_of(forms[0], OUTLINES[number % len(OUTLINES)], tmp_path)
    assert not RESIDUE.search(text(report.read_bytes()))
    assert contradictions(report, workbook) == []


@pytest.mark.parametrize("form", load_all(), ids=lambda form: form.id)
def test_handmade_forms(form: Handmade, tmp_path: Path) -> None:
    workbook = Path(xlsx(form.book, tmp_path / "表.xlsx"))
    outline = OUTLINES[sum(map(ord, form.id)) % len(OUTLINES)]
    report = report_of(read(workbook)[0], outline, tmp_path)
    assert not RESIDUE.search(text(report.read_bytes()))
    assert audit(report) == []
    if not form.findings:
        assert contradictions(report, workbook) == []
