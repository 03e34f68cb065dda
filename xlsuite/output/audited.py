"""An audited report as a record of the JSON contract: places are paragraphs, ``cell`` is null."""

from __future__ import annotations

from typing import Any

from xlsuite.output.json_format import finding_json
from xlsuite.output.record import Record


def audit_record(result: Any) -> Record:
    """The record of an audit; cells of the table are named in the messages."""
    outcome = result.outcome
    return {
        "file": result.file,
        "sha256": result.opened.sha256,
        "error": None,
        "remarks": list(result.opened.document.remarks),
        "forms": [],
        "findings": [finding_json(finding, None) | {"cell": None, "sheet": None} for finding in outcome.findings],
        "rules": {
            "run": outcome.run,
            "undecidable": len(outcome.undecided),
            "undecided": [list(item) for item in outcome.undecided],
        },
    }
