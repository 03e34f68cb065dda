"""Writing check results: to the screen or to a file, in the format asked for."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TextIO

from xlsuite.core.errors import UsageError
from xlsuite.output.json_format import Tally, findings_document
from xlsuite.output.record import Record

FORMATS = ("text", "json", "jsonl", "csv", "xlsx", "html", "sarif", "junit")
_FILES_ONLY = {"xlsx": ".xlsx", "html": ".html"}


def write(
    records: Iterable[Record], style: str, output: str | None, *, verbose: bool, wipe: Callable[[], None]
) -> None:
    """Write all records. ``wipe`` clears the progress line before a line is printed.

    Raises:
        UsageError: the format needs ``-o``, or the file cannot be written.
    """
    if style in _FILES_ONLY:
        if not output:
            raise UsageError(f"{style} 格式需要用 -o 指明结果文件，例如 -o 结果{_FILES_ONLY[style]}。")
        _write_file(records, style, Path(output))
        print(f"结果已写入 {output}。", file=sys.stderr)
        return
    if not output:
        _write_stream(records, style, sys.stdout, verbose=verbose, wipe=wipe)
        return
    encoding = "utf-8-sig" if style == "csv" else "utf-8"
    newline = "" if style == "csv" else "\n"
    with replacing(Path(output)) as temporary, temporary.open("w", encoding=encoding, newline=newline) as stream:
        _write_stream(records, style, stream, verbose=verbose, wipe=wipe)
    print(f"结果已写入 {output}。", file=sys.stderr)


def spare(paths: Iterable[Path], output: str | None) -> None:
    """Refuse a result file that is one of the workbooks at work.

    Raises:
        UsageError: it is.
    """
    if output and Path(output).exists() and any(path.samefile(output) for path in paths if path.exists()):
        raise UsageError(f"“{output}”在要处理的文件之中，写结果会覆盖它；请换一个文件名，或放到别的文件夹。")


class replacing:  # noqa: N801 - reads as a statement: with replacing(path) as temporary
    """A temporary path beside the target that becomes the target when all went well."""

    def __init__(self, target: Path) -> None:
        if not target.parent.is_dir():
            raise UsageError(f"文件夹“{target.parent}”不存在，请先建好。")
        self._target = target
        self._temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")

    def __enter__(self) -> Path:
        return self._temporary

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._temporary.replace(self._target)
        else:
            self._temporary.unlink(missing_ok=True)


def _write_file(records: Iterable[Record], style: str, target: Path) -> None:
    with replacing(target) as temporary:
        if style == "xlsx":
            from xlsuite.output.listing import write_listing

            write_listing(records, temporary)
        else:
            from xlsuite.output.html import write_page

            write_page(records, temporary)


def _write_stream(
    records: Iterable[Record], style: str, stream: TextIO, *, verbose: bool, wipe: Callable[[], None]
) -> None:
    if style == "text":
        _text(records, stream, verbose=verbose, wipe=wipe)
    elif style == "json":
        json.dump(findings_document(records), stream, ensure_ascii=False, indent=1)
        stream.write("\n")
    elif style == "jsonl":
        stream.writelines(json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n" for made in records)
    elif style == "csv":
        from xlsuite.output.tables import write_csv

        write_csv(records, stream)
    elif style == "sarif":
        from xlsuite.output.sarif import sarif_document

        json.dump(sarif_document(records), stream, ensure_ascii=False, indent=1)
        stream.write("\n")
    else:
        from xlsuite.output.junit import junit_lines

        stream.writelines(line + "\n" for line in junit_lines(records))


def _text(records: Iterable[Record], stream: TextIO, *, verbose: bool, wipe: Callable[[], None]) -> None:
    from xlsuite.output.console import Paint
    from xlsuite.output.text import file_lines, summary_line

    paint, tally = Paint(stream), Tally()
    for made in records:
        tally.add(made)
        wipe()
        stream.write("\n".join(file_lines(made, paint, verbose=verbose)) + "\n\n")
    wipe()
    stream.write(summary_line(tally, paint) + "\n")
