"""The JSON contract (see :mod:`xlsuite.core.contract`), written without building models: this is on the fast path."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Protocol

from xlsuite.core.finding import Finding, Outcome, Severity
from xlsuite.core.form import Cell, Form
from xlsuite.core.scorecard import Scorecard
from xlsuite.core.values import Day, Measure

FORMS = "xlsuite.forms/1"
FINDINGS = "xlsuite.findings/1"

_FUND = ("label", "initial", "adjustment", "budget", "executed", "weight", "rate", "score", "reason")
_INDICATOR = ("level1", "level2", "level3", "nature", "unit", "target", "actual", "weight", "score", "reason")


class _Profile(Protocol):
    @property
    def id(self) -> str: ...


class _FormResult(Protocol):
    form: Form
    profile: Any
    scorecard: Scorecard
    outcome: Outcome


class _FileResult(Protocol):
    file: str
    sha256: str
    error: str
    forms: list[Any]


def plain(number: Decimal | None) -> str | None:
    """A decimal without exponent or trailing zeros, as the contract writes numbers."""
    if number is None:
        return None
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def cell_json(cell: Cell[Any]) -> dict[str, Any] | None:
    """A cell object of the contract, None where the form has no such cell."""
    if cell.ref is None:
        return None
    value = cell.value
    leaf: dict[str, Any] = {"cell": cell.ref.a1, "text": cell.text, "value": None}
    if isinstance(value, Decimal):
        leaf["value"] = plain(value)
    elif isinstance(value, Measure):
        leaf["value"] = _measure_text(value, cell.text)
        leaf["parsed"] = _parsed(value)
    elif value is not None:
        leaf["value"] = value
    if cell.formula is not None:
        leaf["formula"] = cell.formula
    return leaf


def _measure_text(value: Measure, text: str) -> str | None:
    if value.kind == "blank":
        return None
    if value.kind == "number" and value.strict:
        return f"{value.operator}{plain(value.number)}{value.unit}"
    return value.word or text


def _parsed(value: Measure) -> dict[str, Any]:
    return {
        "kind": value.kind,
        "operator": value.operator,
        "number": plain(value.number),
        "upper": plain(value.upper),
        "unit": value.unit,
        "date": _day(value.day),
        "strict": value.strict,
    }


def _day(day: Day | None) -> str | None:
    if day is None:
        return None
    year = f"{day.year:04d}" if day.year else "????"
    return f"{year}-{day.month:02d}-" + (f"{day.day:02d}" if day.day else "??")


def form_json(form: Form, profile_id: str) -> dict[str, Any]:
    """A form as read."""
    return {
        "sheet": form.sheet,
        "range": form.range,
        "kind": form.kind,
        "profile": profile_id,
        "amount_unit": form.amount_unit,
        "title": cell_json(form.title),
        "year": cell_json(form.year),
        "info": {key: cell_json(cell) for key, cell in form.info.items()},
        "funds": [{"kind": row.kind, **{name: cell_json(getattr(row, name)) for name in _FUND}} for row in form.funds],
        "goals": [{"expected": cell_json(goal.expected), "actual": cell_json(goal.actual)} for goal in form.goals],
        "indicators": [
            {
                **{name: cell_json(getattr(row, name)) for name in _INDICATOR},
                "extra": {key: cell_json(cell) for key, cell in row.extra.items()},
                "dimension": row.dimension,
                "aspect": row.aspect,
            }
            for row in form.indicators
        ],
        "total": {"weight": cell_json(form.total.weight), "score": cell_json(form.total.score)},
        "grade": cell_json(form.grade),
        "remarks": [
            {"cell": remark.ref.a1 if remark.ref else None, "text": remark.text, "message": remark.message}
            for remark in form.remarks
        ],
    }


def forms_document(files: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """``show --format json``: the given file objects under the schema's name."""
    return {"schema": FORMS, "files": list(files)}


def grade_text(card: Scorecard) -> str | None:
    """The recomputed grade: 良, or 良–优 where the interval crosses a boundary, None without a grade scheme."""
    if not card.grade_low and not card.grade_high:
        return None
    return card.grade_low if card.grade_low == card.grade_high else f"{card.grade_low}–{card.grade_high}"


def checked_form(result: _FormResult) -> dict[str, Any]:
    """A form's numbers in ``check``: printed beside recomputed."""
    form, card = result.form, result.scorecard
    funds = form.fund_total
    return {
        "sheet": form.sheet,
        "profile": result.profile.id,
        "score": {
            "printed": plain(form.total.score.value),
            "recomputed": plain(card.total.exact),
            "low": plain(card.total.low),
            "high": plain(card.total.high),
            "grade": grade_text(card),
        },
        "execution": {
            "rate_printed": plain(funds.rate.value) if funds else None,
            "rate": plain(card.rate.exact),
            "score_printed": plain(funds.score.value) if funds else None,
            "score": plain(card.execution.exact),
        },
    }


def finding_json(finding: Finding, sheet: str | None) -> dict[str, Any]:
    """A finding; ``sheet`` is used when the finding has no cell of its own."""
    ref = finding.ref
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "sheet": ref.sheet if ref else sheet,
        "cell": ref.a1 if ref else None,
        "field": finding.field,
        "message": finding.message,
        "printed": finding.printed,
        "expected": finding.expected,
        "difference": finding.difference,
        "basis": finding.basis,
        "suggestion": finding.suggestion,
        "fingerprint": finding.fingerprint,
        "certain": finding.certain,
        "paragraph": finding.paragraph,
        "quote": finding.quote,
        "explanation": finding.explanation,
        "explanation_state": finding.explanation_state,
        "explained": finding.explained,
    }


def checked_file(result: _FileResult) -> dict[str, Any]:
    """A file of ``check``."""
    undecided = [item for form in result.forms for item in form.outcome.undecided]
    return {
        "file": result.file,
        "sha256": result.sha256,
        "error": result.error or None,
        "forms": [checked_form(form) for form in result.forms],
        "findings": [
            finding_json(finding, form.form.sheet) for form in result.forms for finding in form.outcome.findings
        ],
        "rules": {
            "run": sum(form.outcome.run for form in result.forms),
            "undecidable": len(undecided),
            "undecided": [list(item) for item in undecided],
        },
    }


class Tally:
    """Counts over all files, for summaries."""

    def __init__(self) -> None:
        self.files = self.unreadable = self.forms = 0
        self.severities = {severity.value: 0 for severity in Severity}

    def add(self, made: dict[str, Any]) -> None:
        """Count one file's record."""
        self.files += 1
        self.unreadable += bool(made["error"])
        self.forms += len(made["forms"])
        for finding in made["findings"]:
            self.severities[finding["severity"]] += 1

    def json(self) -> dict[str, int]:
        """The summary object of the contract."""
        return {
            "files": self.files,
            "unreadable": self.unreadable,
            "forms": self.forms,
            "errors": self.severities["error"],
            "warnings": self.severities["warning"],
            "infos": self.severities["info"],
        }


def findings_document(records: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """``check --format json``."""
    tally = Tally()
    files = []
    for made in records:
        tally.add(made)
        files.append(made)
    return {"schema": FINDINGS, "files": files, "summary": tally.json()}
