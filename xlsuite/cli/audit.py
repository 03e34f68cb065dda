"""``xlsuite audit``: a narrative report against itself and its table."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from xlsuite.app.audit import AuditResult, annotate_file, audit_file
from xlsuite.app.check import CheckOptions, confirm
from xlsuite.cli import EXIT_CLEAN, EXIT_FINDINGS
from xlsuite.cli.check import LEVELS, codes
from xlsuite.output.audited import audit_record
from xlsuite.output.console import Paint, safe
from xlsuite.output.json_format import Tally, findings_document
from xlsuite.output.text import finding_lines, summary_line

EXAMPLE = (
    "报告可以是 .docx、.txt、.md；.doc、.wps、.odt、.rtf 需要本机有 LibreOffice，.pdf 须是文字版。\n"
    "例：xlsuite audit 自评报告.docx --form 自评表.xlsx\n"
    "    xlsuite audit 自评报告.docx --annotate 批注.docx"
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add = parser.add_argument
    add("report", metavar="报告", help="绩效自评报告")
    add("--form", metavar="工作簿", help="对应的自评表；不写则用报告所附的表，没有附表就只核对正文")
    add("--annotate", metavar="文件", help="写一份副本，在每个问题处加 Word 批注")
    add("--format", choices=("text", "json"), default="text", help="输出格式（默认 text）")
    add("--profile", default="", metavar="口径", help="指定口径；不写则自动选择")
    add("--select", default="", metavar="编号", help="只查这些规则（编号或前缀，逗号分隔）")
    add("--ignore", default="", metavar="编号", help="不查这些规则（编号或前缀，逗号分隔）")
    add("--fail-on", choices=tuple(LEVELS), default="error", help="达到哪一级时退出码为 1（默认 error）")
    add("-v", "--verbose", action="store_true", help="同时列出因数据不足未判定的规则")


def run(arguments: argparse.Namespace) -> int:
    """Audit the report, print the findings, and return the exit code."""
    options = CheckOptions(arguments.profile, codes(arguments.select), codes(arguments.ignore))
    confirm(options)
    result = audit_file(arguments.report, arguments.form, options)
    if arguments.annotate:
        annotate_file(result, Path(arguments.annotate))
    made = audit_record(result)
    if arguments.format == "json":
        print(json.dumps(findings_document([made]), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_lines(result, made, verbose=arguments.verbose)))
        if arguments.annotate:
            print(f"已在副本 {arguments.annotate} 里逐处批注。")
    worst = max((finding.severity.rank for finding in result.outcome.findings), default=0)
    return EXIT_FINDINGS if worst >= LEVELS[arguments.fail_on] else EXIT_CLEAN


def _lines(result: AuditResult, made: dict[str, object], *, verbose: bool) -> list[str]:
    paint, outcome = Paint(), result.outcome
    against = f"正文、{result.form_place}" if result.form_place else "正文"
    lines = [paint.bold(safe(result.file)), f"  核对：{safe(against)} · 口径：{result.profile.title}"]
    lines += [f"  {safe(remark)}" for remark in result.opened.document.remarks]
    for finding in made["findings"]:  # type: ignore[attr-defined]
        lines += finding_lines(finding, paint)
    if not outcome.findings:
        lines.append("  " + paint("未发现问题", "32"))
    if outcome.undecided:
        codes_left = sorted({code for code, _ in outcome.undecided})
        lines.append(paint.faint(f"  执行规则 {outcome.run} 条，其中 {len(codes_left)} 条因数据不足有未判定的内容。"))
        if verbose:
            lines += [f"    {code}：{safe(reason)}" for code, reason in dict.fromkeys(outcome.undecided)]
    tally = Tally()
    tally.add(made)
    return [*lines, "", summary_line(tally, paint, what="份报告")]
