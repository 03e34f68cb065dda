"""重新计分: correct the computed cells of a workbook, and nothing else."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from xlsuite.app.check import CheckOptions, examine, read
from xlsuite.core.errors import XlsuiteError
from xlsuite.core.finding import Edit
from xlsuite.core.form import Form
from xlsuite.forms.edits import edits as edits_of


@dataclass(slots=True)
class Recalculation:
    """What would change, or did. ``error`` is the sentence why it could not; ``remarks`` are further sentences."""

    file: str
    edits: list[Edit] = field(default_factory=list)
    target: Path | None = None
    backup: Path | None = None
    error: str = ""
    remarks: list[str] = field(default_factory=list)


def plan(path: str | os.PathLike[str], options: CheckOptions | None = None) -> tuple[str, list[Edit]]:
    """The hash of the file as read, and the edits that its computed cells need.

    Raises:
        UnreadableFile, UnknownForm: as in reading.
    """
    book, forms = read(path)
    return book.sha256, corrections(forms, options)


def corrections(forms: list[Form], options: CheckOptions | None = None) -> list[Edit]:
    """The edits that the computed cells of some forms need."""
    changes: list[Edit] = []
    for form in forms:
        result = examine(form, options or CheckOptions())
        changes += edits_of(form, result.scorecard, result.profile)
    return changes


def recalc(
    source: Path, target: Path | None, options: CheckOptions | None = None, *, recompute: bool = True
) -> Recalculation:
    """Plan the edits of one workbook and, when ``target`` is given, write them there (it may be the source).

    A workbook that needs no change is left alone, and no copy is made of it.
    """
    result = Recalculation(file=os.fspath(source))
    try:
        digest, result.edits = plan(source, options)
        if target is None or not result.edits:
            return result
        from xlsuite.hosts.package.patch import apply_edits

        target.parent.mkdir(parents=True, exist_ok=True)
        written = apply_edits(source, target, result.edits, expected_sha256=digest, recompute=recompute)
        result.target, result.backup, result.remarks = target, written.backup, written.remarks
    except XlsuiteError as error:
        result.error = str(error)
    return result
