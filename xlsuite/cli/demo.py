"""``xlsuite demo``: the whole way on the example workbooks, for a newcomer."""

from __future__ import annotations

import argparse
import shutil
import time
from pathlib import Path

from xlsuite.app.check import CheckOptions, check_file
from xlsuite.app.marking import mark_file
from xlsuite.app.recalc import recalc
from xlsuite.app.report import write_report
from xlsuite.app.shipped import shipped
from xlsuite.cli import EXIT_CLEAN
from xlsuite.core.errors import UsageError
from xlsuite.output.console import Paint
from xlsuite.output.json_format import Tally
from xlsuite.output.record import record
from xlsuite.output.text import file_lines, summary_line

EXAMPLE = (
    "例：xlsuite demo                 结果放在 xlsuite-demo 文件夹\n    xlsuite demo --dir 试用       换一个文件夹"
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "--dir", default="xlsuite-demo", metavar="文件夹", help="放示例和结果的文件夹（默认 xlsuite-demo）"
    )


def run(arguments: argparse.Namespace) -> int:
    """Copy the examples, check, mark, recalculate and report; name every result."""
    start, paint, folder = time.monotonic(), Paint(), Path(arguments.dir)
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"“{folder}”已经存在，而且不是文件夹；请用 --dir 换一个名字。")
    folder.mkdir(parents=True, exist_ok=True)
    examples = [_copied(path, folder) for path in sorted((shipped("workbooks") / "examples").glob("*.xlsx"))]
    _check(examples, paint)
    _results(examples, folder, paint)
    print(paint.bold("四、接下来"))
    print(f"  打开 {folder / '校验后'} 里的工作簿看标出的格子和“校验结果”表，打开 {folder / '报告'} 里的 Word 报告。")
    print("  检查自己的表：xlsuite check 自评表.xlsx；新建空表：xlsuite new；全部命令：xlsuite --help。")
    print(f"用时 {time.monotonic() - start:.1f} 秒。")
    return EXIT_CLEAN


def _copied(source: Path, folder: Path) -> Path:
    target = folder / source.name
    shutil.copyfile(source, target)
    return target


def _check(examples: list[Path], paint: Paint) -> None:
    print(paint.bold(f"一、检查 {len(examples)} 张示例自评表（根据公开的自评报告整理，差错照录）"))
    tally = Tally()
    for path in examples:
        made = record(check_file(path, CheckOptions()))
        tally.add(made)
        print("\n".join("  " + line for line in file_lines(made, paint)))
    print("  " + summary_line(tally, paint) + "\n")


def _results(examples: list[Path], folder: Path, paint: Paint) -> None:
    print(paint.bold("二、在副本上标出问题，并重新计分（原文件一个字节也不动）"))
    for path in examples:
        marked = mark_file(path, folder / "校验后" / path.name)
        print(f"  标出问题：{marked.target or marked.error}")
        changed = recalc(path, folder / "重新计分" / path.name)
        for edit in changed.edits:
            print(f"    {edit.ref.a1} {edit.old} → {paint.bold(str(edit.new))}  {edit.why}")
        if changed.edits:
            print(f"  重新计分：{changed.target or changed.error}")
    print("\n" + paint.bold("三、生成自评报告"))
    (folder / "报告").mkdir(exist_ok=True)
    for path in examples:
        made = write_report(path, folder / "报告" / f"{path.stem}.docx")
        gaps = f"，还有 {len(made.missing)} 处待补充" if made.missing else ""
        print(f"  {made.path}{gaps}")
    print()
