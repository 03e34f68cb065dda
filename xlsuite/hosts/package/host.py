"""A closed workbook file as a host: snapshots, edits and marks, each write all or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from xlsuite.core.finding import Edit, Finding, Mark
from xlsuite.forms.grid import Book
from xlsuite.hosts.base import open_book
from xlsuite.hosts.package.marks import clear_marks, marked
from xlsuite.hosts.package.patch import WriteResult, edited, require_unchanged
from xlsuite.hosts.package.save import read_whole, replace, writing


class PackageHost:
    """The workbook at ``path``, changed in place. What was read last must still be there when something is written."""

    def __init__(self, path: Path, *, recompute: bool = True, backup: bool = True) -> None:
        self.path = path
        self._recompute, self._backup = recompute, backup
        self._read: str | None = None

    def snapshot(self) -> Book:
        """The workbook as it stands now."""
        book = open_book(self.path)
        self._read = book.sha256
        return book

    def apply(self, edits: Sequence[Edit], marks: Sequence[Mark] = (), findings: Sequence[Finding] = ()) -> WriteResult:
        """Write edits and marks in one step; the listing shows ``findings``.

        StaleCell when the file or a cell is no longer what was read, UnsafeWrite when something could be lost.
        """
        with writing(self.path, self.path) as (source, target):
            data, identity = read_whole(source)
            require_unchanged(source, data, self._read)
            result = WriteResult(target, "", tuple(edits))
            output = edited(data, edits, result, recompute=self._recompute) if edits else data
            if marks or findings:
                output, remarks = marked(output, marks, findings)
                result.remarks += remarks
            result.sha256 = self._read = hashlib.sha256(output).hexdigest()
            if output != data:
                result.backup = replace(target, output, backup=self._backup, unchanged=identity)
            return result

    def clear(self) -> WriteResult:
        """Take all marks out again."""
        result = clear_marks(self.path, self.path, expected_sha256=self._read, backup=self._backup)
        self._read = result.sha256
        return result
