"""``xlsuite check``: check workbooks, one or a province's."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from xlsuite.app.check import CheckOptions, confirm
from xlsuite.app.files import workbooks
from xlsuite.batch.run import FEW, BatchOptions, check_many
from xlsuite.batch.task import Limits
from xlsuite.cli import EXIT_CLEAN, EXIT_FAILED, EXIT_FINDINGS, EXIT_INTERRUPTED, fail
from xlsuite.cli.formats import FORMATS, spare, write
from xlsuite.cli.progress import Progress
from xlsuite.core.errors import UsageError
from xlsuite.core.finding import Severity
from xlsuite.output.record import Record

if TYPE_CHECKING:
    from xlsuite.batch.journal import Journal

EXAMPLE = (
    "例：xlsuite check 自评表.xlsx\n"
    "    xlsuite check 报送文件夹 --format html -o 结果.html\n"
    "    xlsuite check 自评表.xlsx --mark -o 校验后"
)
LEVELS = {"error": 3, "warning": 2, "info": 1, "never": 9}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add = parser.add_argument
    add("paths", nargs="+", metavar="文件或文件夹", help="工作簿，或存放工作簿的文件夹（含下级文件夹）")
    add("--format", choices=FORMATS, default="text", help="输出格式（默认 text）")
    add("-o", "--output", metavar="文件", help="把结果写到文件，不写到屏幕；与 --mark 同用时是存放副本的文件夹")
    add("--profile", default="", metavar="口径", help="指定口径；不写则按每张表自动选择")
    add("--select", default="", metavar="编号", help="只查这些规则（编号或前缀，逗号分隔）")
    add("--ignore", default="", metavar="编号", help="不查这些规则（编号或前缀，逗号分隔）")
    add("--fail-on", choices=tuple(LEVELS), default="error", help="达到哪一级时退出码为 1（默认 error）")
    add("-v", "--verbose", action="store_true", help="同时列出因数据不足未判定的规则")
    add("--mark", action="store_true", help="在副本上标出问题（底色、批注、校验结果表），原文件不动")
    add("--clear-marks", action="store_true", help="清除副本上的标记，恢复原样")
    add("--jobs", type=job_count, default=0, metavar="数", help="同时用几个进程（默认按文件多少自动选择）")
    add("--timeout", type=seconds, default=60.0, metavar="秒", help="单个文件最长检查时间（默认 60）")
    add("--journal", metavar="文件", help="进度文件（默认：结果文件名加 .journal，查完即删）")
    add("--resume", action="store_true", help="接着上次的进度检查，未改动的文件不重查")
    add("--dask", default="", metavar="地址", help="交给 Dask 集群检查，如 tcp://10.0.0.1:8786")


def run(arguments: argparse.Namespace) -> int:
    """Check every file, write the results, and return the exit code."""
    options = CheckOptions(
        arguments.profile, codes(arguments.select), codes(arguments.ignore), arguments.format == "html"
    )
    confirm(options)
    if arguments.mark or arguments.clear_marks:
        from xlsuite.cli.marking import run_marking

        return run_marking(arguments, options, LEVELS[arguments.fail_on])
    verdict, progress = Verdict(LEVELS[arguments.fail_on]), Progress()
    paths = workbooks(arguments.paths)
    spare(paths, arguments.output)
    journal = _journal(arguments, options, len(paths))
    batch = BatchOptions(
        jobs=arguments.jobs,
        dask=arguments.dask,
        limits=Limits(arguments.timeout),
        journal=journal,
        progress=progress,
    )
    try:
        results = verdict.watch(check_many([str(path) for path in paths], options, batch))
        write(results, arguments.format, arguments.output, verbose=arguments.verbose, wipe=progress.close)
    except KeyboardInterrupt:
        if journal is None:
            raise
        progress.close()
        fail(f"已按要求中断；查完的部分记在 {journal.path}，用同样的命令加 --resume 可以接着检查。")
        return EXIT_INTERRUPTED
    finally:
        progress.close()
        if journal is not None:
            journal.close()
    if journal is not None and not (arguments.journal or arguments.resume):
        journal.path.unlink(missing_ok=True)
    return verdict.exit_code


def _journal(arguments: argparse.Namespace, options: CheckOptions, count: int) -> Journal | None:
    """The journal asked for; without one, a long run that writes to a file keeps its own until it is finished."""
    name = arguments.journal or (f"{arguments.output}.journal" if arguments.output else "")
    if arguments.resume and not name:
        raise UsageError("用 --resume 时，请同时用 --journal 指明进度文件，或用 -o 指明结果文件。")
    if not name or not (arguments.journal or arguments.resume or count > FEW):
        return None
    from xlsuite.batch.journal import open_journal

    return open_journal(Path(name), options, resume=arguments.resume)


def job_count(given: str) -> int:
    """A number of processes; 0 chooses.

    Raises:
        argparse.ArgumentTypeError: it is no whole number from 0 to 256.
    """
    if not given.isdecimal() or int(given) > 256:
        raise argparse.ArgumentTypeError(f"进程数应为 0 到 256 的整数，给的是“{given}”")
    return int(given)


def seconds(given: str) -> float:
    """A time limit in seconds.

    Raises:
        argparse.ArgumentTypeError: it is no number above 0.
    """
    try:
        value = float(given)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"时间应为大于 0 的秒数，给的是“{given}”")
    return value


def codes(given: str) -> tuple[str, ...]:
    """Rule codes of a comma-separated option."""
    return tuple(code.strip().upper() for code in given.replace("，", ",").split(",") if code.strip())


class Verdict:
    """Watches records go by and knows the exit code at the end."""

    def __init__(self, threshold: int) -> None:
        self.threshold = threshold
        self.failed = self.found = False

    def watch(self, records: Iterable[Record]) -> Iterator[Record]:
        """Pass records on, remembering the worst."""
        for made in records:
            self.failed |= bool(made["error"])
            self.found |= any(
                Severity(f["severity"]).rank >= self.threshold and not f["explained"] for f in made["findings"]
            )
            yield made

    @property
    def exit_code(self) -> int:
        """2 when a file could not be checked, else 1 when something was found, else 0."""
        if self.failed:
            return EXIT_FAILED
        return EXIT_FINDINGS if self.found else EXIT_CLEAN
