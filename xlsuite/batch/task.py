"""The unit of work: one file in, one record out, whatever happens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xlsuite.app.check import CheckOptions, check_file
from xlsuite.output.record import Record, readable, record


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one file: wall seconds, and address space in megabytes (0 for none)."""

    seconds: float = 60.0
    megabytes: int = 1024


def check_record(path: str, options: CheckOptions) -> Record:
    """Check one file; running out of memory is told in the record like any other reason."""
    try:
        made = record(check_file(path, options), view=options.view)
    except MemoryError:
        return failed(path, "检查这个文件需要的内存超过了限制，已跳过；请单独用表格软件打开看看它是否异常大。")
    made["file"] = readable(path)
    return made


def check_chunk(paths: list[str], options: CheckOptions) -> list[Record]:
    """Check several files in a row, for schedulers that hand out work in chunks."""
    return [check_record(path, options) for path in paths]


def failed(path: str, sentence: str) -> Record:
    """The record of a file that could not be checked."""
    empty: dict[str, Any] = {"run": 0, "undecidable": 0, "undecided": []}
    return {
        "file": readable(path),
        "sha256": "",
        "error": sentence,
        "remarks": [],
        "forms": [],
        "findings": [],
        "rules": empty,
    }


def too_slow(path: str, limits: Limits) -> Record:
    """The record of a file that took longer than its time."""
    return failed(path, f"检查超过 {limits.seconds:g} 秒仍未完成，已跳过；请单独打开看看它是否异常大或已损坏。")


def died(path: str) -> Record:
    """The record of a file during which the worker process ended."""
    return failed(path, "检查这个文件时工作进程意外退出（可能是内存不足），已跳过；其余文件不受影响。")
