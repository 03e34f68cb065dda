"""生成报告: from the checked form, and what people wrote beside it, to a Word file."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from xlsuite.app.check import CheckOptions, examine, forms_in, read
from xlsuite.core.errors import UsageError
from xlsuite.core.finding import Finding
from xlsuite.forms.grid import Book
from xlsuite.report.context import FieldNote, describe
from xlsuite.report.facts import Facts
from xlsuite.report.library import template_beside
from xlsuite.report.materials import read_materials
from xlsuite.report.outlines import outline_ids
from xlsuite.report.write import render_report

_PDF = 'pdf:writer_pdf_Export:{"UseLosslessCompression":{"type":"boolean","value":"true"}}'
"""Charts stay sharp: without this LibreOffice makes JPEGs of them."""


@dataclass(slots=True)
class WrittenReport:
    """A report: the Word file, its PDF when asked for, what people still have to write, and what the table says
    against itself."""

    path: Path
    pdf: Path | None = None
    missing: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def write_report(  # noqa: PLR0913 (the workbook, then options by name)
    workbook: Path,
    output: Path | None = None,
    *,
    template: str = "",
    options: CheckOptions | None = None,
    sheet: str = "",
    book: Book | None = None,
) -> WrittenReport:
    """Write the narrative report of a workbook's form.

    ``output`` defaults to a .docx beside the workbook. With several forms in the workbook ``sheet`` chooses.
    ``book`` is the workbook as it stands in a spreadsheet program, perhaps not saved yet; without it the file is read.

    Raises:
        UnreadableFile, UnknownForm: the workbook cannot be read.
        UsageError: several forms and no choice, or an unknown template.
        TemplateError: the template is wrong.
        UnsafeWrite: the output cannot be written.
    """
    book, forms = read(workbook) if book is None else (book, forms_in(book))
    chosen = [form for form in forms if not sheet or form.sheet == sheet]
    if len(chosen) != 1:
        names = "、".join(f"“{form.sheet}”{form.range}" for form in forms)
        hint = "请用 --sheet 指明工作表。" if len({form.sheet for form in forms}) > 1 else "请先分成单独的工作表。"
        raise UsageError(f"工作簿里有 {len(forms)} 张自评表（{names}），不知道为哪一张生成报告；{hint}")
    target = output or workbook.with_name(f"{workbook.stem}_自评报告.docx")
    if target.suffix.lower() != ".docx":
        raise UsageError(f"报告文件应以 .docx 结尾，给的是“{target.name}”。")
    result = examine(chosen[0], options or CheckOptions())
    materials = read_materials(book)
    if not template and template_beside(workbook) is None and materials.outline in outline_ids():
        template = materials.outline
    made = render_report(
        result.form,
        result.scorecard,
        result.profile,
        template=template or None,
        materials=materials,
        output=target,
        workbook=workbook,
    )
    return WrittenReport(made.path, None, made.missing, made.findings)


def to_pdf(document: Path) -> Path:
    """Convert a document beside itself; the PDF appears whole or not at all.

    Raises:
        HostUnavailable: LibreOffice is missing, fails or takes too long.
    """
    from xlsuite.hosts.soffice import convert

    target = document.with_suffix(".pdf")
    with tempfile.TemporaryDirectory(prefix="xlsuite-pdf-") as folder:
        made = convert([document.resolve()], _PDF, Path(folder))[0]
        temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
        temporary.write_bytes(made.read_bytes())
        temporary.replace(target)
    return target


def template_fields(workbook: Path | None) -> list[FieldNote]:
    """Everything a template may say, with examples from a workbook (the shipped example when none is given)."""
    if workbook is None:
        from xlsuite.app.shipped import shipped

        workbook = shipped("workbooks") / "examples" / "yiyang-2022.xlsx"
    book, forms = read(workbook)
    result = examine(forms[0], CheckOptions())
    return describe(Facts(result.form, result.scorecard, result.profile, read_materials(book)))
