"""``xlsuite template``: list the templates, list what they may say, check one."""

from __future__ import annotations

import argparse
from pathlib import Path

from xlsuite.cli import EXIT_CLEAN, EXIT_FINDINGS
from xlsuite.core.errors import UsageError
from xlsuite.core.finding import ERROR, INFO
from xlsuite.output.console import Paint, clip, pad, safe

EXAMPLE = (
    "例：xlsuite template list                      列出自带模板\n"
    "    xlsuite template fields                    列出模板里可以写的全部字段\n"
    "    xlsuite template check 本局模板.docx       检查模板，并在副本里逐处批注"
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("task", choices=("list", "fields", "check"), metavar="list|fields|check", help="做什么")
    parser.add_argument("file", nargs="?", metavar="文件", help="check：模板（.docx）；fields：取例子的工作簿，可不写")
    parser.add_argument("-o", "--output", metavar="文件", help="check：批注副本的文件名（默认：原名_批注.docx）")


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked."""
    if arguments.task == "list":
        return _list()
    if arguments.task == "fields":
        return _fields(Path(arguments.file) if arguments.file else None)
    if not arguments.file:
        raise UsageError("请写出要检查的模板，例如 xlsuite template check 本局模板.docx。")
    return _check(Path(arguments.file), arguments.output)


def _list() -> int:
    from xlsuite.report.outlines import load_outline, outline_ids

    for outline_id in outline_ids():
        described = load_outline(outline_id)
        print(f"{pad(outline_id, 16)}{described.name}　{described.scope}")
    return EXIT_CLEAN


def _fields(workbook: Path | None) -> int:
    from xlsuite.app.report import template_fields

    paint = Paint()
    print("在模板里写成 {{ 名称 }}；右边是示例。列表用 {%p for 行 in 指标 %} … {%p endfor %} 逐项列出，")
    print("子字段写作 行.三级指标。\n")
    for note in template_fields(workbook):
        alias = paint.faint(f"（也可写 {note.alias}）") if note.alias else ""
        print(f"{pad(note.name, 26)}{note.meaning}{alias}")
        if note.example:
            print(f"{' ' * 26}{paint.faint('例：' + safe(clip(note.example, 80)))}")
    return EXIT_CLEAN


def _check(template: Path, output: str | None) -> int:
    from xlsuite.report.template_check import check_file

    copy = Path(output) if output else template.with_name(f"{template.stem}_批注.docx")
    problems, paint = check_file(template, copy), Paint()
    for problem in problems:
        print(f"  {paint.severity(ERROR if problem.fatal else INFO)} {safe(str(problem))}")
    if not problems:
        print(f"模板“{template.name}”没有问题。")
        return EXIT_CLEAN
    print(f"共 {len(problems)} 处；已在副本 {copy} 里逐处批注。")
    return EXIT_FINDINGS if any(problem.fatal for problem in problems) else EXIT_CLEAN
