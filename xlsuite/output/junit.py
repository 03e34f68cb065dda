"""JUnit XML: a suite per file, a failure per error or warning, so that ordinary build servers show the result."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from xlsuite.output.record import Record

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _text(value: object) -> str:
    return _ILLEGAL.sub("\ufffd", str(value))


def _case(finding: Record) -> str:
    place = finding["cell"] or "全表"
    name = quoteattr(_text(f"{finding['code']} {place}"))
    owner = quoteattr(_text(finding["sheet"] or ""))
    message = _text(finding["message"])
    if finding["severity"] == "info":
        return f"    <testcase classname={owner} name={name}><system-out>{escape(message)}</system-out></testcase>"
    kind = quoteattr(finding["severity"])
    body = escape(_text(finding["suggestion"]))
    return (
        f"    <testcase classname={owner} name={name}>"
        f"<failure type={kind} message={quoteattr(message)}>{body}</failure></testcase>"
    )


def _suite(made: Record) -> str:
    name = quoteattr(_text(made["file"]))
    if made["error"]:
        message = quoteattr(_text(made["error"]))
        case = f'    <testcase classname="" name={name}><error message={message}/></testcase>'
        return f'  <testsuite name={name} tests="1" failures="0" errors="1">\n{case}\n  </testsuite>'
    cases = [_case(finding) for finding in made["findings"]]
    failures = sum(finding["severity"] != "info" for finding in made["findings"])
    if not cases:
        cases = [f'    <testcase classname="" name={name}/>']
    head = f'  <testsuite name={name} tests="{len(cases)}" failures="{failures}" errors="0">'
    return "\n".join((head, *cases, "  </testsuite>"))


def junit_lines(records: Iterable[Record]) -> Iterable[str]:
    """The document, line by line."""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<testsuites name="xlsuite">'
    for made in records:
        yield _suite(made)
    yield "</testsuites>"
