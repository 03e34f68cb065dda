"""Show the findings inside a copy of the workbook, and take them out again."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from xlsuite.app.check import CheckOptions, check_file
from xlsuite.app.results import FileResult
from xlsuite.core.errors import XlsuiteError
from xlsuite.forms.edits import marks as marks_of


@dataclass(slots=True)
class Marking:
    """What was written where; ``error`` is the sentence why nothing was."""

    file: str
    target: Path | None = None
    result: FileResult | None = None
    error: str = ""
    remarks: list[str] = field(default_factory=list)


def mark_file(source: Path, target: Path, options: CheckOptions | None = None) -> Marking:
    """Check a workbook and write a copy with fills, notes and the sheet 校验结果."""
    made = Marking(file=os.fspath(source), result=check_file(source, options))
    assert made.result is not None
    made.error = made.result.error
    if made.error:
        return made
    try:
        from xlsuite.hosts.package.marks import mark

        target.parent.mkdir(parents=True, exist_ok=True)
        findings = made.result.findings
        written = mark(source, target, marks_of(findings), findings, expected_sha256=made.result.sha256)
        made.target, made.remarks = target, written.remarks
    except XlsuiteError as error:
        made.error = str(error)
    return made


def clear_file(source: Path, target: Path) -> Marking:
    """Write a copy without the marks; ``target`` may be the source, of which a backup is kept."""
    made = Marking(file=os.fspath(source))
    try:
        from xlsuite.hosts.package.marks import clear_marks

        target.parent.mkdir(parents=True, exist_ok=True)
        written = clear_marks(source, target)
        made.target, made.remarks = target, written.remarks
    except XlsuiteError as error:
        made.error = str(error)
    return made
