"""The use case of this package: one form in, one Word report out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from xlsuite.core.decimals import agrees
from xlsuite.core.errors import UnsafeWrite
from xlsuite.core.finding import ERROR, INFO, WARNING, Finding, Severity, fingerprint
from xlsuite.core.form import Cell, Form
from xlsuite.core.profile import Profile
from xlsuite.core.scorecard import Expected, Scorecard
from xlsuite.report.compiled import ready
from xlsuite.report.facts import Facts, total_of
from xlsuite.report.grades import grade_of
from xlsuite.report.library import template_bytes
from xlsuite.report.materials import FundItem, Materials, due_of, paid_of
from xlsuite.report.phrases import amount, percent, plain

MISSING = "RPT001"
"""Code of the finding that a paragraph still has to be written."""
SYNONYMS = "grade.synonyms"
_TOLERANCE = Decimal("0.01")


@dataclass(slots=True)
class ReportResult:
    """A written report: its path, the labels of every 【待补充：…】 in it in order, and what its reader should know."""

    path: Path
    missing: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def render_report(  # noqa: PLR0913 - the one door of this package: three inputs and four named options
    form: Form,
    scorecard: Scorecard,
    profile: Profile,
    *,
    template: str | Path | None = None,
    materials: Materials | None = None,
    output: Path,
    workbook: Path | None = None,
) -> ReportResult:
    """Write the narrative report of a form as .docx.

    ``template`` is a shipped id, a path, or None for the profile's outline (or the user's own template beside
    ``workbook``). The file appears whole or not at all.

    Raises:
        TemplateError: the template is wrong; ``problems`` lists every problem.
        UsageError: no such template.
        UnsafeWrite: the output cannot be written.
    """
    facts = Facts(form, scorecard, profile, materials or Materials())
    rendered = ready(template_bytes(template, form, profile, workbook)).render(facts)
    _store(output, rendered.data)
    return ReportResult(output, rendered.missing, findings_of(facts, rendered.missing))


def _store(output: Path, data: bytes) -> None:
    temporary = output.with_name(f".{output.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as target:
            target.write(data)
            target.flush()
            os.fsync(target.fileno())
        temporary.replace(output)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        reason = (
            "它正被打开，请先在 Word 里关闭"
            if isinstance(error, PermissionError)
            else "文件夹不存在、没有权限或磁盘已满"
        )
        raise UnsafeWrite(f"报告“{output.name}”写不进去：{reason}，然后再试；原有的文件没有改动。") from None


def findings_of(facts: Facts, missing: list[str]) -> list[Finding]:
    """What the reader of a report should know: gaps, and places where the table contradicts itself."""
    found = [_gap(label) for label in missing]
    found += _rate(facts)
    found += _scores(facts)
    found += _grade(facts)
    found += _totals(facts)
    found += [_unused(label) for label in facts.unused()]
    found += [_finding("RPT005", INFO, remark.message, (remark.text,)) for remark in facts.materials.remarks]
    return found


def _finding(code: str, severity: Severity, message: str, values: tuple[str, ...], *cells: Cell[Decimal]) -> Finding:
    return Finding(
        code=code,
        severity=severity,
        message=message,
        refs=tuple(cell.ref for cell in cells if cell.ref is not None),
        fingerprint=fingerprint(code, values[0] if values else "", values),
    )


def _gap(label: str) -> Finding:
    message = (
        f"报告里“{label}”还没有内容，已标出【待补充】；请在“报告素材”或自评表里补上后重新生成，或直接在 Word 里写。"
    )
    return _finding(MISSING, WARNING, message, (label,))


def _unused(label: str) -> Finding:
    message = f"报告素材“{label}”没有用在这份报告里（模板里没有这个字段，或者表中已有相应内容）；请核对字段名。"
    return _finding("RPT006", INFO, message, (label,))


def _rate(facts: Facts) -> Iterator[Finding]:
    cell, budget, spent = facts.funds.rate, facts.budget, facts.executed
    if cell.value is None or not budget or spent is None:
        return
    exact = spent / budget
    shown = cell.text.strip() if cell.text.strip().endswith("%") else percent(cell.value)
    if not agrees(shown, exact):
        message = (
            f"自评表的执行率是{shown}，按金额计算是 {plain(spent)} ÷ {plain(budget)} = {percent(exact)}，"
            "报告按计算的数写；请先改正自评表。"
        )
        yield _finding(
            "RPT002", ERROR, message, (shown, percent(exact)), cell, facts.funds.budget, facts.funds.executed
        )


def _scores(facts: Facts) -> Iterator[Finding]:
    pairs: list[tuple[str, Cell[Decimal], Expected]] = [
        ("预算执行率得分", facts.funds.score, facts.card.execution),
        ("总分", facts.form.total.score, facts.card.total),
    ]
    for name, cell, expected in pairs:
        if cell.value is not None and expected.low is not None and not expected.allows(cell.value, _TOLERANCE):
            high = "" if expected.high in (None, expected.low) else f"～{plain(expected.high or Decimal(0))}"
            wanted = f"{plain(expected.low)}{high}"
            message = (
                f"自评表的{name}是{plain(cell.value)}，按口径重算是{wanted}，报告照表写了{plain(cell.value)}；"
                "请先核对自评表，改正后重新生成报告。"
            )
            yield _finding("RPT003", WARNING, message, (name, plain(cell.value), wanted), cell)


def _grade(facts: Facts) -> Iterator[Finding]:
    if facts.form.grade.blank or facts.total is None:
        return
    synonyms: dict[str, str] = facts.profile.settings[SYNONYMS].value if SYNONYMS in facts.profile.settings else {}
    wanted = grade_of(facts.total, facts.profile)
    if wanted and synonyms.get(facts.grade, facts.grade) != wanted:
        message = (
            f"自评表的评价等次是“{facts.grade}”，按口径{plain(facts.total)}分应为“{wanted}”，报告照表写了“{facts.grade}”；"
            "请先核对自评表。"
        )
        yield _finding("RPT003", WARNING, message, ("等次", facts.grade, wanted))


def _totals(facts: Facts) -> Iterator[Finding]:
    sums = {
        "planned": ("预算安排", total_of(item.planned for item in facts.materials.items)),
        "paid": ("实际支付", total_of(paid_of(item) for item in facts.materials.items)),
    }
    unit = facts.materials.unit or facts.unit
    for printed in facts.materials.totals:
        for column, (label, found) in sums.items():
            stated: Decimal | None = getattr(printed, column)
            if stated is not None and found is not None and stated != found:
                message = (
                    f"资金明细第{printed.row}行合计的{label}是{amount(stated, unit)}，各行相加是{amount(found, unit)}，"
                    f"相差{amount(abs(stated - found), unit)}；请核对。"
                )
                yield _finding("RPT004", WARNING, message, (label, plain(stated), plain(found)))
    yield from _against_form(facts, facts.items)


def _against_form(facts: Facts, items: list[FundItem]) -> Iterator[Finding]:
    if len(items) < 2:
        return
    pairs = (
        ("安排", "全年预算数", total_of(due_of(item) for item in items), facts.budget),
        ("支付", "全年执行数", total_of(paid_of(item) for item in items), facts.executed),
    )
    for what, name, found, stated in pairs:
        if found is not None and stated is not None and found != stated:
            message = (
                f"资金明细各项{what}合计{amount(found, facts.unit)}，自评表的{name}是{amount(stated, facts.unit)}，"
                f"相差{amount(abs(found - stated), facts.unit)}；报告已写明差额，请补充原因或改正。"
            )
            yield _finding("RPT004", WARNING, message, (name, plain(found), plain(stated)))
