"""Which files a folder stands for."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from xlsuite.core.errors import UsageError

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".et", ".ett", ".ods", ".fods"})
REPORTS = frozenset({".docx", ".docm", ".doc", ".wps", ".txt", ".md", ".pdf", ".odt", ".rtf"})
_TEMPORARY = ("~$", ".~lock.", ".~")


def workbooks(paths: Iterable[str | os.PathLike[str]]) -> list[Path]:
    """Workbooks named directly, and those below the folders named, in a stable order, none twice.

    A file named directly is taken whatever its ending; inside folders only workbook endings count, and lock or
    temporary files of spreadsheet programs are passed over.

    Raises:
        UsageError: a path does not exist, or no workbook is found at all.
    """
    found: dict[Path, None] = {}
    for given in paths:
        path = Path(given)
        if path.is_dir():
            found.update(dict.fromkeys(_below(path, WORKBOOKS)))
        elif path.exists():
            found[path] = None
        else:
            raise UsageError(f"找不到“{given}”，请检查文件名和所在文件夹。")
    if not found:
        raise UsageError("所给的文件夹里没有工作簿（.xlsx、.xlsm、.xls、.et、.ods 等），请检查路径。")
    return list(found)


def _below(folder: Path, endings: frozenset[str]) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(parent, name)
            if path.suffix.lower() in endings and not name.startswith(_TEMPORARY):
                yield path
