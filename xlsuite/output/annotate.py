"""Findings of an audit as comments for the margin of the report."""

from __future__ import annotations

from collections.abc import Iterable

from xlsuite.core.finding import Finding
from xlsuite.prose.documents import Comment


def comments(findings: Iterable[Finding]) -> list[Comment]:
    """One comment for each finding, in the order of the text; those about the whole report go to its beginning."""
    placed = sorted(findings, key=lambda finding: (finding.paragraph or 0, -finding.severity.rank, finding.code))
    return [Comment(finding.paragraph or 1, finding.quote, _text(finding)) for finding in placed]


def _text(finding: Finding) -> str:
    """Severity and code, the sentence, the cells on the table's side, and what to do."""
    sure = "" if finding.certain else "（请核实）"
    lines = [f"【{finding.severity.label} {finding.code}】{sure}{finding.message}"]
    if finding.refs:
        cells = "、".join(f"{ref.sheet}!{ref.a1}" for ref in finding.refs[:6])
        lines.append(f"自评表对应单元格：{cells}")
    if finding.suggestion:
        lines.append(f"建议：{finding.suggestion}")
    return "\n".join(lines)
