"""One record for everything the product finds; marks, text, JSON, CSV, SARIF, JUnit and HTML are formats of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from xlsuite.core.form import Cell, Ref


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        """The Chinese word users see."""
        return {"error": "错误", "warning": "警告", "info": "提示"}[self.value]

    @property
    def rank(self) -> int:
        """Order of weight: error 3, warning 2, info 1."""
        return {"error": 3, "warning": 2, "info": 1}[self.value]


ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


@dataclass(slots=True)
class Problem:
    """What a rule yields. The registry adds code and severity.

    ``cells`` — the first is the place, the others explain it. ``printed``/``expected``/``difference`` are texts as
    a clerk would write them. ``basis`` replaces the rule's own source when a profile parameter decided.
    ``quote`` and ``paragraph`` say the place in a narrative report. ``certain`` is False for a suspicion.
    """

    cells: tuple[Cell[Any], ...]
    message: str
    printed: str = ""
    expected: str = ""
    difference: str = ""
    basis: str = ""
    suggestion: str = ""
    quote: str = ""
    paragraph: int | None = None
    certain: bool = True


@dataclass(slots=True)
class Undecided:
    """What a rule yields when data is missing, so that silence always means "checked"."""

    reason: str
    cells: tuple[Cell[Any], ...] = ()


@dataclass(slots=True)
class Finding:
    """A defect with its place, its numbers and its basis. ``message`` is one Chinese sentence.

    ``fingerprint`` is ``PPPPPPPPPPPP-VVVVVV``: the first part names rule and place, the second the numbers, so an
    explanation kept for it is known to be stale when only the second part changes.
    """

    code: str
    severity: Severity
    message: str
    refs: tuple[Ref, ...] = ()
    field: str = ""
    printed: str = ""
    expected: str = ""
    difference: str = ""
    basis: str = ""
    suggestion: str = ""
    quote: str = ""
    paragraph: int | None = None
    certain: bool = True
    fingerprint: str = ""
    explanation: str = ""
    """What the user wrote about it on the sheet 校验结果 (出错说明)."""
    explanation_state: str = ""
    explained: bool = False

    @property
    def ref(self) -> Ref | None:
        """The place, None for a finding about the whole form or a report."""
        return self.refs[0] if self.refs else None


def fingerprint(code: str, place: str, values: tuple[str, ...]) -> str:
    """Stable identity of a finding: rule and place, then the values that were compared."""
    where = hashlib.sha256(f"{code}\x1f{place}".encode()).hexdigest()[:12]
    what = hashlib.sha256("\x1f".join(values).encode()).hexdigest()[:6]
    return f"{where}-{what}"


@dataclass(slots=True)
class Outcome:
    """The result of running rules over one form or report."""

    findings: list[Finding] = field(default_factory=list)
    run: int = 0
    undecided: list[tuple[str, str]] = field(default_factory=list)
    """(rule code, reason) of every rule that lacked data."""


@dataclass(slots=True)
class Edit:
    """A change a host applies: ``old`` is the text or number that was read; when it differs nothing is written.

    ``new`` is a Decimal, a string, or None to clear.
    """

    ref: Ref
    old: Any
    new: Any
    why: str


@dataclass(slots=True)
class Mark:
    """A visible mark on a cell: fill by severity, and a note."""

    ref: Ref
    severity: Severity
    note: str
