"""``xlsuite new``: a blank form of a profile."""

from __future__ import annotations

import argparse
from pathlib import Path

from xlsuite.app.new import new_form
from xlsuite.cli import EXIT_CLEAN

EXAMPLE = "例：xlsuite new 自评表.xlsx --profile hunan --year 2026"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("file", nargs="?", default="自评表.xlsx", metavar="文件", help="新文件名（默认 自评表.xlsx）")
    parser.add_argument(
        "--profile", default="national-2020", metavar="口径", help="按哪个口径的表样（默认 national-2020）"
    )
    parser.add_argument("--year", default="", metavar="年度", help="评价年度，如 2026；不写则留空待填")
    parser.add_argument("--force", action="store_true", help="文件已存在时覆盖")


def run(arguments: argparse.Namespace) -> int:
    """Write the workbook and say what is in it."""
    target = new_form(Path(arguments.file), arguments.profile, arguments.year, force=arguments.force)
    print(f"已新建 {target}：自评表、资金明细、报告素材、填写说明四张工作表；带公式的格子已锁定（没有密码）。")
    return EXIT_CLEAN
