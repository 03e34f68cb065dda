"""Workbooks and templates that come with the product: in the wheel, or beside the package in a checkout."""

from __future__ import annotations

from pathlib import Path

from xlsuite.core.errors import UsageError

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped(folder: str) -> Path:
    """The shipped folder ``workbooks`` or ``templates``.

    Raises:
        UsageError: the installation is incomplete.
    """
    for candidate in (_PACKAGE / "_shipped" / folder, _PACKAGE.parent / folder):
        if candidate.is_dir():
            return candidate
    raise UsageError(f"安装不完整，缺少自带的文件夹 {folder}，请重新安装 xlsuite。")
