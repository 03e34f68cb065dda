"""``xlsuite rollup``: many forms in one table."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from xlsuite.app.check import CheckOptions, confirm
from xlsuite.app.files import workbooks
from xlsuite.batch.run import BatchOptions, check_many
from xlsuite.cli import EXIT_CLEAN, EXIT_FAILED
from xlsuite.cli.check import job_count
from xlsuite.cli.formats import replacing, spare
from xlsuite.cli.progress import Progress
from xlsuite.core.errors import UsageError

EXAMPLE = "例：xlsuite rollup 报送文件夹 -o 汇总.xlsx"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("paths", nargs="+", metavar="文件或文件夹", help="工作簿，或存放工作簿的文件夹")
    parser.add_argument("-o", "--output", required=True, metavar="文件", help="汇总表文件名（.xlsx）")
    parser.add_argument("--profile", default="", metavar="口径", help="指定口径；不写则按每张表自动选择")
    parser.add_argument("--jobs", type=job_count, default=0, metavar="数", help="同时用几个进程")


def run(arguments: argparse.Namespace) -> int:
    """Write the roll-up; 2 when a file could not be counted."""
    from xlsuite.output.rollup import roll_up
    from xlsuite.output.rollup_workbook import write_rollup

    target = Path(arguments.output)
    if target.suffix.lower() != ".xlsx":
        raise UsageError(f"汇总表应以 .xlsx 结尾，给的是“{target.name}”。")
    options = CheckOptions(profile=arguments.profile)
    confirm(options)
    paths = workbooks(arguments.paths)
    spare(paths, arguments.output)
    progress = Progress()
    batch = BatchOptions(jobs=arguments.jobs, progress=progress)
    made = roll_up(check_many([str(path) for path in paths], options, batch))
    progress.close()
    with replacing(target) as temporary:
        write_rollup(made, temporary)
    unreadable = sum(why.startswith("整个文件未计入") for _, _, why in made.left_out)
    print(f"已汇总 {len(made.forms)} 张自评表，写入 {target}。")
    for file, sheet, why in made.left_out:
        print(f"  {file}{' ' + sheet if sheet else ''}：{why}", file=sys.stderr)
    return EXIT_FAILED if unreadable else EXIT_CLEAN
