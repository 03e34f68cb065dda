"""``xlsuite recalc``: correct computed cells."""

from __future__ import annotations

import argparse
from pathlib import Path

from xlsuite.app.check import CheckOptions, confirm
from xlsuite.app.files import targets, workbooks
from xlsuite.app.recalc import Recalculation, recalc
from xlsuite.cli import EXIT_CLEAN, EXIT_FAILED
from xlsuite.core.finding import Severity
from xlsuite.output.console import Paint, safe

EXAMPLE = (
    "不写 -o 和 --in-place 时，在原文件旁边另存一份“原名_重新计分”，原文件不动。\n"
    "例：xlsuite recalc 自评表.xlsx --dry-run\n"
    "    xlsuite recalc 报送文件夹 -o 改正后"
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("paths", nargs="+", metavar="文件或文件夹", help="工作簿，或存放工作簿的文件夹")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("-o", "--output", metavar="文件夹", help="改正后的副本放在这个文件夹")
    where.add_argument("--in-place", action="store_true", help="直接改原文件（先在旁边留一份带时间的备份）")
    where.add_argument("--dry-run", action="store_true", help="只列出要改什么，不写任何文件")
    parser.add_argument("--profile", default="", metavar="口径", help="指定口径；不写则按每张表自动选择")
    parser.add_argument(
        "--no-recompute", action="store_true", help="不用 LibreOffice 刷新其他公式的结果（打开文件时会自动重算）"
    )


def run(arguments: argparse.Namespace) -> int:
    """Correct every file and list the changes; 2 when a file could not be done."""
    options, paint, failed = CheckOptions(profile=arguments.profile), Paint(), False
    confirm(options)
    for source, target in _pairs(arguments):
        result = recalc(source, target, options, recompute=not arguments.no_recompute)
        failed |= bool(result.error)
        print("\n".join(_lines(result, paint, dry=target is None)), end="\n\n")
    return EXIT_FAILED if failed else EXIT_CLEAN


def _pairs(arguments: argparse.Namespace) -> list[tuple[Path, Path | None]]:
    if arguments.dry_run:
        return [(path, None) for path in workbooks(arguments.paths)]
    if arguments.in_place:
        return [(path, path) for path in workbooks(arguments.paths)]
    folder = Path(arguments.output) if arguments.output else None
    return [(path, target) for path, target in targets(arguments.paths, folder, "_重新计分")]


def _lines(result: Recalculation, paint: Paint, *, dry: bool) -> list[str]:
    lines = [paint.bold(safe(result.file))]
    if result.error:
        return [*lines, f"  {paint.severity(Severity.ERROR, '没有改动')} {safe(result.error)}"]
    if not result.edits:
        return [*lines, "  计算出来的各项都对，不用改。"]
    for edit in result.edits:
        old = str(edit.old) if edit.old not in (None, "") else "（空）"
        new = str(edit.new) if edit.new not in (None, "") else "（空）"
        lines.append(f"  {edit.ref.a1:<6} {safe(old)} → {paint.bold(safe(new))}    {safe(edit.why)}")
    if dry:
        lines.append(f"  共 {len(result.edits)} 处要改（只是预览，没有写入）。")
    else:
        lines.append(f"  已改 {len(result.edits)} 处，写入 {result.target}。")
    if result.backup:
        lines.append(f"  原文件备份：{result.backup}")
    return [*lines, *(f"  {safe(remark)}" for remark in result.remarks)]
