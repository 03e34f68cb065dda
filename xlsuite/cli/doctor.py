"""``xlsuite doctor``: look over the machine."""

from __future__ import annotations

import argparse
from pathlib import Path

from xlsuite.addin.places import home
from xlsuite.app.addin import machine
from xlsuite.app.doctor import BAD, GOOD, examine_machine
from xlsuite.cli import EXIT_CLEAN, EXIT_FINDINGS
from xlsuite.output.console import pad, safe, width

EXAMPLE = "例：xlsuite doctor\n有“不可用”的项目时退出码为 1。"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--office-profile", metavar="文件夹", help="LibreOffice 的用户配置文件夹")


def run(arguments: argparse.Namespace) -> int:
    """Print every point; 1 when something does not work at all."""
    profile = Path(arguments.office_profile).resolve() if arguments.office_profile else None
    points = examine_machine(machine(home(), profile))
    room = max(width(point.name) for point in points)
    for point in points:
        print(f"{pad(point.state, 6)}  {pad(point.name, room)}  {safe(point.text)}")
    bad = sum(point.state == BAD for point in points)
    odd = sum(point.state not in (BAD, GOOD) for point in points)
    print(f"\n共 {len(points)} 项：不可用 {bad}，注意 {odd}。")
    return EXIT_FINDINGS if bad else EXIT_CLEAN
