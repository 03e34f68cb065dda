"""``xlsuite check``: check workbooks."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator

from xlsuite.app.check import CheckOptions, check
from xlsuite.app.files import workbooks
from xlsuite.app.results import FileResult
from xlsuite.cli import EXIT_CLEAN, EXIT_FAILED, EXIT_FINDINGS
from xlsuite.output import json_format, text
from xlsuite.output.console import Paint

EXAMPLE = "例：xlsuite check 自评表.xlsx\n    xlsuite check 报送文件夹 --format json > 结果.json"
LEVELS = {"error": 3, "warning": 2, "info": 1, "never": 9}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("paths", nargs="+", metavar="文件或文件夹", help="工作簿，或存放工作簿的文件夹（含下级文件夹）")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式（默认 text）")
    parser.add_argument("--profile", default="", metavar="口径", help="指定口径；不写则按每张表自动选择")
    parser.add_argument("--select", default="", metavar="编号", help="只查这些规则（编号或前缀，逗号分隔）")
    parser.add_argument("--ignore", default="", metavar="编号", help="不查这些规则（编号或前缀，逗号分隔）")
    parser.add_argument(
        "--fail-on", choices=tuple(LEVELS), default="error", help="达到哪一级时退出码为 1（默认 error）"
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="同时列出因数据不足未判定的规则")


def run(arguments: argparse.Namespace) -> int:
    """Check every file, print the results, and return the exit code."""
    options = CheckOptions(arguments.profile, codes(arguments.select), codes(arguments.ignore))
    verdict = Verdict(LEVELS[arguments.fail_on])
    results = verdict.watch(check(workbooks(arguments.paths), options))
    if arguments.format == "json":
        json.dump(json_format.findings_document(results), sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        _print_text(results, verbose=arguments.verbose)
    return verdict.exit_code


def codes(given: str) -> tuple[str, ...]:
    """Rule codes of a comma-separated option."""
    return tuple(code.strip().upper() for code in given.replace("，", ",").split(",") if code.strip())


class Verdict:
    """Watches results go by and knows the exit code at the end."""

    def __init__(self, threshold: int) -> None:
        self.threshold = threshold
        self.failed = self.found = False

    def watch(self, results: Iterable[FileResult]) -> Iterator[FileResult]:
        """Pass results on, remembering the worst."""
        for result in results:
            worst = result.worst()
            self.failed |= bool(result.error)
            self.found |= worst is not None and worst.rank >= self.threshold
            yield result

    @property
    def exit_code(self) -> int:
        """2 when a file could not be checked, else 1 when something was found, else 0."""
        if self.failed:
            return EXIT_FAILED
        return EXIT_FINDINGS if self.found else EXIT_CLEAN


def _print_text(results: Iterable[FileResult], *, verbose: bool) -> None:
    paint, tally = Paint(), json_format.Tally()
    for result in results:
        tally.add(result)
        print("\n".join(text.file_lines(result, paint, verbose=verbose)), end="\n\n")
    print(text.summary_line(tally, paint))
