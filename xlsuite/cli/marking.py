"""``xlsuite check --mark`` and ``--clear-marks``."""

from __future__ import annotations

import argparse
from pathlib import Path

from xlsuite.app.check import CheckOptions
from xlsuite.app.files import targets
from xlsuite.app.marking import Marking, clear_file, mark_file
from xlsuite.cli import EXIT_CLEAN, EXIT_FAILED, EXIT_FINDINGS
from xlsuite.core.errors import UsageError
from xlsuite.core.finding import Severity
from xlsuite.output.console import Paint, safe


def run_marking(arguments: argparse.Namespace, options: CheckOptions, threshold: int) -> int:
    """Write the copies, say where they are, and return the exit code of the check."""
    if arguments.format != "text":
        raise UsageError("--mark 和 --clear-marks 只用于文本输出，请不要同时写 --format。")
    folder = Path(arguments.output) if arguments.output else None
    suffix = "_校验" if arguments.mark else "_已清除标记"
    paint, failed, found = Paint(), False, False
    for source, target in targets(arguments.paths, folder, suffix):
        made = mark_file(source, target, options) if arguments.mark else clear_file(source, target)
        failed |= bool(made.error)
        worst = made.result.worst() if made.result else None
        found |= worst is not None and worst.rank >= threshold
        print("\n".join(_lines(made, paint)), end="\n\n")
    if failed:
        return EXIT_FAILED
    return EXIT_FINDINGS if found else EXIT_CLEAN


def _lines(made: Marking, paint: Paint) -> list[str]:
    lines = [paint.bold(safe(made.file))]
    if made.error:
        return [*lines, f"  {paint.severity(Severity.ERROR, '没有写出')} {safe(made.error)}"]
    if made.result is not None:
        counts = dict.fromkeys(Severity, 0)
        for finding in made.result.findings:
            counts[finding.severity] += 1
        listed = "，".join(f"{paint.severity(severity)} {count}" for severity, count in counts.items())
        lines.append(f"  {listed}；已在副本上标出：{made.target}")
    else:
        lines.append(f"  标记已清除，写入 {made.target}")
    return [*lines, *(f"  {safe(remark)}" for remark in made.remarks)]
