"""SARIF 2.1.0, for reviewers whose tools read it. Cells are named as logical locations, for a workbook has no lines."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

import xlsuite
from xlsuite.core.registry import rules
from xlsuite.output.record import Record

_LEVEL = {"error": "error", "warning": "warning", "info": "note"}


def _uri(file: str) -> str:
    return quote(PurePath(file).as_posix(), safe="/:")


def _result(made: Record, finding: Record) -> dict[str, Any]:
    place: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": _uri(made["file"])}}}
    if finding["cell"]:
        name = f"{finding['sheet']}!{finding['cell']}"
        place["logicalLocations"] = [{"name": finding["cell"], "fullyQualifiedName": name, "kind": "member"}]
    return {
        "ruleId": finding["code"],
        "level": _LEVEL[finding["severity"]],
        "message": {"text": finding["message"]},
        "locations": [place],
        "partialFingerprints": {"xlsuite/v1": finding["fingerprint"]},
        "properties": {key: finding[key] for key in ("printed", "expected", "difference", "suggestion", "basis")},
    }


def sarif_document(records: Iterable[Record]) -> dict[str, Any]:
    """One SARIF run over all records; files that could not be checked are tool notifications."""
    results: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    for made in records:
        if made["error"]:
            place = {"physicalLocation": {"artifactLocation": {"uri": _uri(made["file"])}}}
            notes.append({"level": "error", "message": {"text": made["error"]}, "locations": [place]})
        results += [_result(made, finding) for finding in made["findings"]]
    described = [
        {
            "id": rule.code,
            "shortDescription": {"text": rule.title},
            "fullDescription": {"text": rule.documentation.get("为什么", rule.title)},
            "defaultConfiguration": {"level": _LEVEL[rule.severity.value]},
        }
        for rule in rules()
    ]
    run = {
        "tool": {"driver": {"name": "xlsuite", "version": xlsuite.__version__, "rules": described}},
        "invocations": [{"executionSuccessful": not notes, "toolExecutionNotifications": notes}],
        "results": results,
    }
    return {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
