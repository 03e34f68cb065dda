"""Results as plain text for people: what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from xlsuite.core.finding import Finding, Severity
from xlsuite.core.form import Cell, Form
from xlsuite.core.scorecard import Expected
from xlsuite.output.console import Paint, clip, pad, safe, width
from xlsuite.output.json_format import Tally, grade_text, plain

KINDS = {"project": "项目支出", "department": "部门整体支出", "transfer": "转移支付"}


def percent(rate: Decimal | None) -> str:
    """A ratio as a percentage with two places: 0.7711 → 77.11%."""
    return "—" if rate is None else f"{rate * 100:.2f}%"


def interval(expected: Expected) -> str:
    """An expected value as one number or as an interval."""
    if expected.low is None or expected.high is None:
        return "无法复算"
    low, high = plain(round(expected.low, 2)), plain(round(expected.high, 2))
    return str(low) if low == high else f"{low}～{high}"


def form_line(result: Any) -> str:
    """One line on a form: sheet, project, profile, printed and recomputed score."""
    form, card = result.form, result.scorecard
    name = form.info.get("project_name") or form.info.get("unit")
    parts = [f"工作表“{form.sheet}”", KINDS.get(form.kind, "")]
    if name is not None and name.text:
        parts.append(clip(name.text, 40))
    if form.year.value:
        parts.append(f"{form.year.value} 年度")
    parts.append(f"口径：{result.profile.title}")
    printed = form.total.score.text.strip()
    if printed or card.total.decided:
        score = f"总分：填报 {printed or '未填'}，复算 {interval(card.total)}"
        grade = grade_text(card)
        parts.append(score + (f"（{grade}）" if grade else ""))
    return " · ".join(safe(part) for part in parts if part)


def finding_lines(finding: Finding, paint: Paint) -> Iterator[str]:
    """A finding as one or two lines."""
    place = finding.ref.a1 if finding.ref else (f"第{finding.paragraph}段" if finding.paragraph else "全表")
    head = f"  {paint.severity(finding.severity)} {finding.code} {pad(place, 6)} "
    yield head + safe(finding.message)
    if finding.quote:
        yield " " * 22 + paint.faint(f"原文：{safe(clip(finding.quote, 90))}")
    if finding.suggestion:
        yield " " * 22 + paint.faint(f"怎么办：{safe(finding.suggestion)}")


def file_lines(result: Any, paint: Paint, *, verbose: bool = False) -> Iterator[str]:
    """Everything about one checked file."""
    yield paint.bold(safe(result.file))
    if result.error:
        yield f"  {paint.severity(Severity.ERROR, '无法检查')} {safe(result.error)}"
        return
    for remark in result.remarks:
        yield f"  {paint.severity(Severity.INFO)} {safe(remark)}"
    for form in result.forms:
        yield f"  {form_line(form)}"
        for finding in form.outcome.findings:
            yield from finding_lines(finding, paint)
        if not form.outcome.findings:
            yield "  " + paint("未发现问题", "32")
        if form.outcome.undecided:
            yield "  " + paint.faint(_undecided(form, verbose=verbose))


def _undecided(form: Any, *, verbose: bool) -> str:
    outcome = form.outcome
    codes = sorted({code for code, _ in outcome.undecided})
    line = f"执行规则 {outcome.run} 条，其中 {len(codes)} 条因数据不足有未判定的内容"
    if not verbose:
        return line + "（加 -v 查看）。"
    seen = dict.fromkeys(f"{code}：{reason}" for code, reason in outcome.undecided)
    return line + "：\n    " + "\n    ".join(safe(item) for item in seen)


def summary_line(tally: Tally, paint: Paint) -> str:
    """The closing line over all files."""
    counts = tally.severities
    line = (
        f"共 {tally.files} 个文件、{tally.forms} 张自评表："
        f"{paint.severity(Severity.ERROR)} {counts[Severity.ERROR]}，"
        f"{paint.severity(Severity.WARNING)} {counts[Severity.WARNING]}，"
        f"{paint.severity(Severity.INFO)} {counts[Severity.INFO]}"
    )
    if tally.unreadable:
        line += f"；{tally.unreadable} 个文件无法检查"
    return line + "。"


def _show(cell: Cell[Any]) -> str:
    return safe(" ".join(cell.text.split()))


_INFO_LABELS = {
    "project_name": "项目名称",
    "department": "主管部门",
    "unit": "实施单位",
}


def show_lines(form: Form, paint: Paint) -> Iterator[str]:
    """A form as read, as a table."""
    yield paint.bold(_show(form.title) or "（无标题）")
    year = f"{form.year.value} 年度" if form.year.value else "年度未写明"
    yield f"  工作表“{safe(form.sheet)}” {form.range} · {KINDS.get(form.kind, '')} · {year} · 金额单位：{form.amount_unit}"
    for key, cell in form.info.items():
        yield f"  {_INFO_LABELS.get(key, key)}：{_show(cell)}  [{cell.ref.a1 if cell.ref else ''}]"
    if form.funds:
        yield from _table(
            ("资金", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
            [
                tuple(_show(c) for c in (r.label, r.initial, r.budget, r.executed, r.weight, r.rate, r.score))
                for r in form.funds
            ],
            paint,
        )
    for goal in form.goals:
        yield f"  预期目标：{clip(_show(goal.expected), 100)}"
        yield f"  实际完成：{clip(_show(goal.actual), 100)}"
    if form.indicators:
        yield from _table(
            ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因及改进措施"),
            [
                tuple(
                    clip(_show(c), 28)
                    for c in (r.level1, r.level2, r.level3, r.target, r.actual, r.weight, r.score, r.reason)
                )
                for r in form.indicators
            ],
            paint,
        )
    yield f"  总分：{_show(form.total.weight) or '—'} / {_show(form.total.score) or '未填'}" + (
        f"  等次：{_show(form.grade)}" if form.grade.text else ""
    )
    for remark in form.remarks:
        place = f"{remark.ref.a1} " if remark.ref else ""
        yield f"  {paint.severity(Severity.INFO)} {place}{safe(remark.message)}"


def _table(heads: tuple[str, ...], rows: list[tuple[str, ...]], paint: Paint) -> Iterator[str]:
    widths = [max(width(row[i]) for row in (heads, *rows)) for i in range(len(heads))]
    yield "  " + paint.faint("  ".join(pad(head, size) for head, size in zip(heads, widths, strict=True)).rstrip())
    for row in rows:
        yield "  " + "  ".join(pad(text, size) for text, size in zip(row, widths, strict=True)).rstrip()
