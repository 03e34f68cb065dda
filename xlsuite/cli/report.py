"""``xlsuite report``: the narrative report as Word."""

from __future__ import annotations

import argparse
from pathlib import Path

from xlsuite.app.check import CheckOptions
from xlsuite.app.report import to_pdf, write_report
from xlsuite.cli import EXIT_CLEAN
from xlsuite.output.console import Paint, safe
from xlsuite.report.write import MISSING

EXAMPLE = (
    "例：xlsuite report 自评表.xlsx\n"
    "    xlsuite report 自评表.xlsx --template 本局模板.docx -o 自评报告.docx --pdf\n"
    "自带的模板：xlsuite template list；自己的模板放在工作簿旁边、取名“报告模板.docx”即可自动使用。"
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("file", metavar="工作簿", help="填好的自评表")
    parser.add_argument("-o", "--output", metavar="文件", help="报告文件名（默认：原名_自评报告.docx）")
    parser.add_argument("--template", default="", metavar="模板", help="自带模板的编号，或自己的 .docx")
    parser.add_argument("--profile", default="", metavar="口径", help="指定口径；不写则按表自动选择")
    parser.add_argument("--sheet", default="", metavar="工作表", help="工作簿里有几张自评表时，指明是哪一张")
    parser.add_argument("--pdf", action="store_true", help="同时用 LibreOffice 转成 PDF")


def run(arguments: argparse.Namespace) -> int:
    """Write the report and say what is still missing in it."""
    paint = Paint()
    made = write_report(
        Path(arguments.file),
        Path(arguments.output) if arguments.output else None,
        template=arguments.template,
        options=CheckOptions(profile=arguments.profile),
        sheet=arguments.sheet,
    )
    print(f"报告已写入 {paint.bold(str(made.path))}")
    if made.missing:
        print(f"还有 {len(made.missing)} 处要补充（报告里已用底色标出，也可先填工作表“报告素材”再生成）：")
        for label in made.missing:
            print(f"  【待补充：{safe(label)}】")
    for finding in (finding for finding in made.findings if finding.code != MISSING):
        place = f"{finding.ref.a1} " if finding.ref else ""
        print(f"  {paint.severity(finding.severity)} {place}{safe(finding.message)}")
    if arguments.pdf:
        print(f"PDF 已写入 {to_pdf(made.path)}")
    return EXIT_CLEAN
