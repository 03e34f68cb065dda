"""What the use cases hand back: one result per file, one per form in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from xlsuite.core.finding import Finding, Outcome, Severity
from xlsuite.core.form import Form
from xlsuite.core.profile import Profile
from xlsuite.core.scorecard import Scorecard


@dataclass(slots=True)
class FormResult:
    """One form, read, rescored and checked."""

    form: Form
    profile: Profile
    why_profile: str
    scorecard: Scorecard
    outcome: Outcome


@dataclass(slots=True)
class FileResult:
    """One file. ``error`` is the Chinese sentence why it could not be checked, "" when it could."""

    file: str
    sha256: str = ""
    error: str = ""
    forms: list[FormResult] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def findings(self) -> list[Finding]:
        """Every finding of the file, form by form."""
        return [finding for form in self.forms for finding in form.outcome.findings]

    def worst(self) -> Severity | None:
        """The highest severity found, explained findings left out; None for a clean file."""
        return max((f.severity for f in self.findings if not f.explained), key=lambda s: s.rank, default=None)
