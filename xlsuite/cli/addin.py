"""``xlsuite addin``: build, install, uninstall and describe the buttons."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from xlsuite.addin.places import home
from xlsuite.app.addin import build_addins, install, machine
from xlsuite.cli import EXIT_CLEAN

EXAMPLE = (
    "build      把带按钮的工作簿、Excel 加载项和 LibreOffice 扩展做到一个文件夹\n"
    "install    装到本机：设置、加载项、受信任的文件夹、LibreOffice 工具栏\n"
    "uninstall  全部撤销\n"
    "status     看装了什么\n"
    "例：xlsuite addin install\n"
    "    xlsuite addin build -o 分发文件夹"
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "action", choices=("build", "install", "uninstall", "status"), metavar="动作", help="见下方说明"
    )
    parser.add_argument("-o", "--output", default="xlsuite-addin", metavar="文件夹", help="build 的输出文件夹")
    parser.add_argument(
        "--office-profile", metavar="文件夹", help="LibreOffice 的用户配置文件夹（默认是当前用户的那一个）"
    )


def run(arguments: argparse.Namespace) -> int:
    """Do it and say what was done."""
    if arguments.action == "build":
        lines = [f"已生成 {path}" for path in build_addins(Path(arguments.output))]
    else:
        from xlsuite.addin import install as installing

        here = machine(home(), Path(arguments.office_profile).resolve() if arguments.office_profile else None)
        if arguments.action == "install":
            with tempfile.TemporaryDirectory(prefix="xlsuite-addin-") as folder:
                lines = install(here, Path(folder))
        else:
            lines = (installing.uninstall if arguments.action == "uninstall" else installing.status)(here)
    print("\n".join(lines))
    return EXIT_CLEAN
