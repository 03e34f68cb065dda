"""``xlsuite show``: the forms as read."""

from __future__ import annotations

import argparse
import json

from xlsuite.app import check as app
from xlsuite.app.files import workbooks
from xlsuite.cli import EXIT_CLEAN, EXIT_FAILED
from xlsuite.core.choose import choose
from xlsuite.core.errors import XlsuiteError
from xlsuite.output import json_format, text
from xlsuite.output.console import Paint, safe

EXAMPLE = "例：xlsuite show 自评表.xlsx --format json"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("paths", nargs="+", metavar="文件", help="一个或多个工作簿，也可以是文件夹")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式（默认 text）")


def run(arguments: argparse.Namespace) -> int:
    """Print every form of every file; 2 when a file could not be read."""
    paint, documents, failed = Paint(), [], False
    for path in workbooks(arguments.paths):
        entry: dict[str, object] = {"file": str(path), "sha256": "", "error": None, "forms": []}
        try:
            book, forms = app.read(path)
            entry["sha256"] = book.sha256
            entry["forms"] = [json_format.form_json(form, choose(form)[0]) for form in forms]
        except XlsuiteError as error:
            failed, forms = True, []
            entry["error"] = str(error)
        documents.append(entry)
        if arguments.format == "text":
            print(paint.bold(safe(str(path))))
            if entry["error"]:
                print(f"  无法读取：{safe(str(entry['error']))}")
            for form in forms:
                print("\n".join(text.show_lines(form, paint)))
            print()
    if arguments.format == "json":
        print(json.dumps(json_format.forms_document(documents), ensure_ascii=False, indent=1))
    return EXIT_FAILED if failed else EXIT_CLEAN
