"""One self-contained page with the result of a whole batch; it needs no network and runs from any folder."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

import xlsuite
from xlsuite.output.record import Record
from xlsuite.output.tables import titles_of_codes

_PLAIN_LIMIT = 1_000_000
"""Up to so many characters the data stands in the page as it is; above, it is deflated."""


def page_data(records: Iterable[Record]) -> dict[str, Any]:
    """What the page's script works on: one entry per form or unreadable file, and the rules' titles."""
    entries: list[dict[str, Any]] = []
    for made in records:
        if made["error"]:
            entries.append({"file": made["file"], "error": made["error"]})
        start = 0
        for form in made["forms"]:
            findings = made["findings"][start : start + form["findings"]]
            start += form["findings"]
            entries.append(_entry(made, form, findings))
    return {"version": xlsuite.__version__, "rules": titles_of_codes(), "entries": entries}


def _entry(made: Record, form: Record, findings: list[Record]) -> dict[str, Any]:
    facts = form["facts"]
    return {
        "file": made["file"],
        "sheet": form["sheet"],
        "profile": form["profile_title"],
        "names": [facts["department"], facts["unit"], facts["project_name"]],
        "year": facts["year"],
        "kind": facts["kind"],
        "money": [facts["budget"], facts["executed"], facts["amount_unit"]],
        "rate": [form["execution"]["rate_printed"], form["execution"]["rate"]],
        "score": [form["score"]["printed"], form["score"]["low"], form["score"]["high"]],
        "grade": [facts["grade_printed"], form["score"]["grade"]],
        "rules": [form["rules"]["run"], len({code for code, _ in form["rules"]["undecided"]})],
        "findings": [
            [f["code"], f["severity"], f["cell"], f["field"], f["message"], f["suggestion"]] for f in findings
        ],
        "view": form.get("view"),
    }


def page(records: Iterable[Record]) -> str:
    """The whole page."""
    text = json.dumps(page_data(records), ensure_ascii=False, separators=(",", ":"))
    packed = len(text) > _PLAIN_LIMIT
    if packed:
        compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
        raw = compressor.compress(text.encode("utf-8")) + compressor.flush()
        body = base64.b64encode(raw).decode("ascii")
    else:
        # "<" never appears raw inside the script element, so no content can end it or open a comment.
        body = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    template = files("xlsuite.output").joinpath("page.html").read_text(encoding="utf-8")
    return template.replace("@@ENCODING@@", "deflate" if packed else "json").replace("@@DATA@@", body)


def write_page(records: Iterable[Record], target: Path) -> None:
    """Write the page."""
    target.write_text(page(records), encoding="utf-8", newline="\n")
