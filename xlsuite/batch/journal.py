"""A journal of finished files, so that an interrupted run goes on where it stopped and unchanged files are not redone.

One JSON line a file, after a header that names the program's version and the options; a journal of another version or
with other options is not used. A line torn by a crash is passed over.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any, TextIO

import xlsuite
from xlsuite.app.check import CheckOptions
from xlsuite.core.errors import UsageError
from xlsuite.output.record import Record, readable

FORMAT = "xlsuite.journal/1"


def _profile_digest(profile: str) -> str:
    path = Path(profile)
    return hashlib.sha256(path.read_bytes()).hexdigest() if profile.endswith(".toml") and path.is_file() else profile


def _header(options: CheckOptions) -> dict[str, Any]:
    return {
        "journal": FORMAT,
        "version": xlsuite.__version__,
        "profile": _profile_digest(options.profile),
        "select": list(options.select),
        "ignore": list(options.ignore),
        "view": options.view,
    }


def file_digest(path: str) -> str:
    """SHA-256 of a file's bytes, "" when it cannot be read."""
    try:
        with Path(path).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


class Journal:
    """Append-only record of a run. ``known(path)`` gives a record only while the file's bytes are the same."""

    def __init__(self, path: Path, options: CheckOptions, *, resume: bool) -> None:
        self.path, self._header = path, _header(options)
        self._records: dict[str, Record] = {}
        if resume and path.exists():
            self._load()
        self._stream: TextIO = path.open("a" if self._records else "w", encoding="utf-8", newline="\n")
        if not self._records:
            self._write(self._header)

    def _load(self) -> None:
        lines = self.path.read_text(encoding="utf-8", errors="replace").splitlines()
        if not lines or _parsed(lines[0]) != self._header:
            return
        for line in lines[1:]:
            made = _parsed(line)
            if made and "file" in made and "findings" in made:
                self._records[made["file"]] = made
        if not self.path.read_bytes().endswith(b"\n"):
            with self.path.open("ab") as stream:
                stream.write(b"\n")

    def _write(self, made: dict[str, Any]) -> None:
        self._stream.write(json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n")
        self._stream.flush()

    def known(self, path: str) -> Record | None:
        """The record of an earlier run, when the file is unchanged since."""
        made = self._records.get(readable(path))
        if made is None or not made["sha256"] or file_digest(path) != made["sha256"]:
            return None
        return made

    def add(self, made: Record) -> None:
        """Keep a new record."""
        self._write(made)

    def close(self) -> None:
        """Flush to the disk and close."""
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.close()


def _parsed(line: str) -> dict[str, Any] | None:
    try:
        made = json.loads(line)
    except ValueError:
        return None
    return made if isinstance(made, dict) else None


def open_journal(path: Path, options: CheckOptions, *, resume: bool) -> Journal:
    """Open or start a journal.

    Raises:
        UsageError: the journal's folder cannot be written.
    """
    try:
        return Journal(path, options, resume=resume)
    except OSError as error:
        raise UsageError(f"进度文件“{path}”无法写入（{error.strerror}），请换一个可写的位置。") from None
