"""Which files a folder stands for, and where their outputs go."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from xlsuite.core.errors import UsageError

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".et", ".ett", ".ods", ".fods"})
_TEMPORARY = ("~$", ".~lock.", ".~", "._")


def located(paths: Iterable[str | os.PathLike[str]]) -> dict[Path, Path]:
    """Workbooks named directly, and those below the folders named, each with its place relative to what was named.

    The order is stable and no file comes twice. A file named directly is taken whatever its ending; inside folders
    only workbook endings count, and lock or temporary files of spreadsheet programs are passed over.

    Raises:
        UsageError: a path does not exist, or no workbook is found at all.
    """
    found: dict[Path, Path] = {}
    for given in paths:
        path = Path(given)
        if path.is_dir():
            for below in _below(path):
                found.setdefault(below, below.relative_to(path))
        elif path.exists():
            found.setdefault(path, Path(path.name))
        else:
            raise UsageError(f"找不到“{given}”，请检查文件名和所在文件夹。")
    if not found:
        raise UsageError("所给的文件夹里没有工作簿（.xlsx、.xlsm、.xls、.et、.ods 等），请检查路径。")
    return found


def workbooks(paths: Iterable[str | os.PathLike[str]]) -> list[Path]:
    """The workbooks of :func:`located`, without their relative places."""
    return list(located(paths))


def targets(paths: Iterable[str | os.PathLike[str]], folder: Path | None, suffix: str) -> list[tuple[Path, Path]]:
    """Each workbook with the copy to write: below ``folder`` in the same arrangement, or beside it with a suffix.

    Raises:
        UsageError: two files would be written to the same place, or a copy would replace its original.
    """
    pairs: list[tuple[Path, Path]] = []
    taken: dict[Path, Path] = {}
    for path, relative in located(paths).items():
        target = folder / relative if folder is not None else path.with_name(f"{path.stem}{suffix}{path.suffix}")
        if target in taken:
            raise UsageError(f"“{taken[target]}”和“{path}”重名，会写到同一个文件“{target}”，请分开处理。")
        if target.resolve() == path.resolve():
            raise UsageError(f"“{target}”就是原文件，没有改动它；请换一个文件夹，确要改原文件时用 --in-place。")
        taken[target] = path
        pairs.append((path, target))
    return pairs


def _below(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(parent, name)
            if path.suffix.lower() in WORKBOOKS and not name.startswith(_TEMPORARY):
                yield path
