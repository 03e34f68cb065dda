"""The use cases as a library: what ``import xlsuite`` offers."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from xlsuite.app import check as checking
from xlsuite.app.check import CheckOptions, confirm
from xlsuite.app.files import workbooks
from xlsuite.app.recalc import Recalculation
from xlsuite.app.recalc import recalc as _recalc
from xlsuite.batch.run import BatchOptions, check_many
from xlsuite.core.form import Form
from xlsuite.output.record import Record
from xlsuite.output.tables import COLUMNS, rows

PathLike = str | os.PathLike[str]


class Results:
    """Records of checked files (their shape: ``xlsuite schema findings``), one by one as they come.

    Iterate to stream, or call :meth:`to_frame` for all findings as one table. What was streamed is kept, so both may
    be done in any order, and iterating twice checks once.
    """

    def __init__(self, source: Iterator[Record]) -> None:
        self._source, self._kept = source, list[Record]()

    def __iter__(self) -> Iterator[Record]:
        index = 0
        while True:
            while index < len(self._kept):
                yield self._kept[index]
                index += 1
            made = next(self._source, None)
            if made is None:
                return
            self._kept.append(made)

    def to_frame(self) -> Any:
        """All findings as a pandas DataFrame with the stable columns of :data:`xlsuite.output.tables.COLUMNS`.

        A file that could not be checked is one row with the code SYS001.
        """
        import pandas as pd

        return pd.DataFrame(list(rows(self)), columns=[key for key, _ in COLUMNS])


def check(
    paths: PathLike | Iterable[PathLike],
    *,
    profile: str = "",
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    jobs: int = 1,
) -> Results:
    """Check workbooks and folders. ``jobs`` above 1 (or 0, which chooses) spreads the work over processes.

    Raises:
        UsageError: a path does not exist, a folder holds no workbook, or no rule has such a code.
        ProfileError: the profile is unknown or wrong. What is wrong with a file is told in its record instead.
    """
    listed = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    options = CheckOptions(profile, tuple(select), tuple(ignore))
    confirm(options)
    found = [os.fspath(path) for path in workbooks(listed)]
    return Results(check_many(found, options, BatchOptions(jobs=jobs, isolated=jobs != 1)))


def read(path: PathLike) -> list[Form]:
    """The forms of one workbook.

    Raises:
        UnreadableFile: the file cannot be opened.
        UnknownForm: no visible sheet holds a form.
    """
    return checking.read(path)[1]


def recalc(source: PathLike, target: PathLike | None = None, *, profile: str = "") -> Recalculation:
    """Plan the corrections of a workbook's computed cells; write them to ``target`` when one is given.

    Nothing is raised for what is wrong with the file: see ``Recalculation.error``.
    """
    return _recalc(Path(source), None if target is None else Path(target), CheckOptions(profile=profile))
