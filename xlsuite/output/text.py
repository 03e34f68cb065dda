"""Results as plain text for people: what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xlsuite.core.finding import Severity
from xlsuite.core.form import Cell, Form
from xlsuite.output.console import Paint, clip, pad, safe, width
from xlsuite.output.json_format import Tally
from xlsuite.output.record import Record
from xlsuite.output.view import INFO_LABELS

KINDS = {"project": "项目支出", "department": "部门整体支出", "transfer": "转移支付"}


def form_line(form: Record) -> str:
    """One line on a form: sheet, project, profile, printed and recomputed score."""
    facts, score = form["facts"], form["score"]
    parts = [f"工作表“{form['sheet']}”", KINDS.get(facts["kind"], ""), clip(facts["project_name"] or facts["unit"], 40)]
    if facts["year"]:
        parts.append(f"{facts['year']} 年度")
    parts.append(f"口径：{form['profile_title']}")
    if score["printed"] or score["low"]:
        line = f"总分：填报 {score['printed'] or '未填'}，复算 {interval(score)}"
        parts.append(line + (f"（{score['grade']}）" if score["grade"] else ""))
    return " · ".join(safe(part) for part in parts if part)


def interval(score: Record) -> str:
    """A recomputed score as one number or as an interval."""
    low, high = score["low"], score["high"]
    if low is None or high is None:
        return "无法复算"
    return str(low) if low == high else f"{low}～{high}"


def finding_lines(finding: Record, paint: Paint) -> Iterator[str]:
    """A finding as one or two lines."""
    severity = Severity(finding["severity"])
    place = finding["cell"] or (f"第{finding['paragraph']}段" if finding["paragraph"] else "全表")
    yield f"  {paint.severity(severity)} {finding['code']} {pad(place, 6)} {safe(finding['message'])}"
    indent = " " * 20
    if finding["quote"]:
        yield indent + paint.faint(f"原文：{safe(clip(finding['quote'], 90))}")
    if finding["explanation"]:
        yield indent + paint.faint(f"说明（{finding['explanation_state']}）：{safe(clip(finding['explanation'], 90))}")
    elif finding["suggestion"]:
        yield indent + paint.faint(f"怎么办：{safe(finding['suggestion'])}")


def file_lines(made: Record, paint: Paint, *, verbose: bool = False) -> Iterator[str]:
    """Everything about one checked file."""
    yield paint.bold(safe(made["file"]))
    if made["error"]:
        yield f"  {paint.severity(Severity.ERROR, '无法检查')} {safe(made['error'])}"
        return
    for remark in made["remarks"]:
        yield f"  {paint.severity(Severity.INFO)} {safe(remark)}"
    start = 0
    for form in made["forms"]:
        findings = made["findings"][start : start + form["findings"]]
        start += form["findings"]
        yield f"  {form_line(form)}"
        for finding in findings:
            yield from finding_lines(finding, paint)
        if not findings:
            yield "  " + paint("未发现问题", "32")
        if form["rules"]["undecided"]:
            yield "  " + paint.faint(_undecided(form["rules"], verbose=verbose))


def _undecided(rules: Record, *, verbose: bool) -> str:
    codes = {code for code, _ in rules["undecided"]}
    line = f"执行规则 {rules['run']} 条，其中 {len(codes)} 条因数据不足有未判定的内容"
    if not verbose:
        return line + "（加 -v 查看）。"
    seen = dict.fromkeys(f"{code}：{reason}" for code, reason in rules["undecided"])
    return line + "：\n    " + "\n    ".join(safe(item) for item in seen)


def summary_line(tally: Tally, paint: Paint, what: str = "") -> str:
    """The closing line over all files; ``what`` names them (份报告) where they hold no forms."""
    counts = "，".join(f"{paint.severity(severity)} {tally.severities[severity.value]}" for severity in Severity)
    subject = f"{tally.files} {what}" if what else f"{tally.files} 个文件、{tally.forms} 张自评表"
    line = f"共 {subject}：{counts}"
    if tally.unreadable:
        line += f"；{tally.unreadable} 个文件无法检查"
    return line + "。"


def _show(cell: Cell[Any]) -> str:
    return safe(" ".join(cell.text.split()))


def show_lines(form: Form, paint: Paint) -> Iterator[str]:
    """A form as read, as a table."""
    yield paint.bold(_show(form.title) or "（无标题）")
    year = f"{form.year.value} 年度" if form.year.value else "年度未写明"
    place = f"工作表“{safe(form.sheet)}” {form.range}"
    yield f"  {place} · {KINDS.get(form.kind, '')} · {year} · 金额单位：{form.amount_unit}"
    for key, cell in form.info.items():
        yield f"  {INFO_LABELS.get(key, key)}：{_show(cell)}  [{cell.ref.a1 if cell.ref else ''}]"
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
