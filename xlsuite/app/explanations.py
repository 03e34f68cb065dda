"""出错说明: what users wrote about findings on the sheet 校验结果, and whether it still holds."""

from __future__ import annotations

from xlsuite.core.finding import Finding, Severity
from xlsuite.core.values import squeeze
from xlsuite.forms.grid import Book

LISTING = "校验结果"
_SAYS_NOTHING = ("核实无误", "情况属实", "数据无误", "已核实", "无误", "属实", "正确", "无", "已核对", "同意", "确认")


def attach(book: Book, findings: list[Finding]) -> None:
    """Give each finding the explanation kept for it.

    A warning or hint with a meaningful explanation for the same numbers is ``explained``; one whose numbers changed
    since is stale; a phrase such as 核实无误 alone is none. Errors cannot be explained away.
    """
    if not any(sheet.name.startswith(LISTING) for sheet in book.sheets):
        return
    from xlsuite.hosts.package.listing import read_explanations

    kept = read_explanations(book)
    by_place = {key.partition("-")[0]: (key, text) for key, text in kept.items()}
    for finding in findings:
        key, text = by_place.get(finding.fingerprint.partition("-")[0], ("", ""))
        if not text:
            continue
        finding.explanation = text
        if finding.severity is Severity.ERROR:
            finding.explanation_state = "错误须改正，说明不能代替"
        elif key != finding.fingerprint:
            finding.explanation_state = "数字已变，说明须复核"
        elif says_nothing(text):
            finding.explanation_state = "没有写明原因，不算说明"
        else:
            finding.explanation_state, finding.explained = "已说明", True


def says_nothing(text: str) -> bool:
    """Whether an explanation is only an empty phrase, however it is strung together."""
    rest = squeeze(text).strip("。，,.;；、！!")
    for phrase in sorted(_SAYS_NOTHING, key=len, reverse=True):
        rest = rest.replace(phrase, "")
    return not rest.strip("。，,.;；、！!经数据均已")
