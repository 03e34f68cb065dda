"""审核报告: a narrative report against itself, and against its table."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from xlsuite.app.check import CheckOptions, examine, forms_in, read
from xlsuite.app.results import FormResult
from xlsuite.core.choose import choose
from xlsuite.core.errors import UsageError
from xlsuite.core.finding import Outcome
from xlsuite.core.form import Form
from xlsuite.core.profile import Profile, load
from xlsuite.forms.grid import Book
from xlsuite.forms.read import read_forms
from xlsuite.hosts.documents import Opened, as_book, open_report
from xlsuite.prose.audit import Audit, audit
from xlsuite.prose.documents import Document

_HEAD = 3000
"""Characters at the beginning of a report that may name its region."""


@dataclass(slots=True)
class AuditResult:
    """A report's findings. ``form`` is the table it was held against, and ``form_place`` where that table stands."""

    file: str
    opened: Opened
    profile: Profile
    outcome: Outcome
    form: FormResult | None = None
    form_place: str = ""


def audit_file(
    report: str | os.PathLike[str],
    workbook: str | os.PathLike[str] | None = None,
    options: CheckOptions | None = None,
    *,
    book: Book | None = None,
) -> AuditResult:
    """Audit one report, against the workbook's form or else against the form among the report's own tables.

    ``book`` is the workbook as it stands in a spreadsheet program; without it the file ``workbook`` is read.

    Raises:
        UnreadableFile: the report or the workbook cannot be opened, or holds no text.
        UnknownForm, UsageError: the workbook holds no form, or several.
    """
    options = options or CheckOptions()
    opened = open_report(report)
    form, place = _table(opened.document, workbook, book)
    checked = examine(form, CheckOptions(profile=options.profile)) if form is not None else None
    profile = checked.profile if checked is not None else _profile(opened.document, options)
    subject = Audit(opened.document, form, checked.scorecard if checked is not None else None)
    outcome = audit(subject, profile, options.select, options.ignore)
    return AuditResult(os.fspath(report), opened, profile, outcome, checked, place)


def _table(document: Document, workbook: str | os.PathLike[str] | None, book: Book | None) -> tuple[Form | None, str]:
    if workbook is not None:
        forms = read(workbook)[1] if book is None else forms_in(book)
        if len(forms) > 1:
            raise UsageError(
                f"“{Path(workbook).name}”里有 {len(forms)} 张自评表，不知道用哪一张核对，请先分成单独的工作簿。"
            )
        return forms[0], f"{Path(workbook).name} 工作表“{forms[0].sheet}”"
    forms = read_forms(as_book(document)) if document.tables else []
    return (forms[0], "报告所附的自评表") if len(forms) == 1 else (None, "")


def _profile(document: Document, options: CheckOptions) -> Profile:
    head = "\n".join(paragraph.text for paragraph in document.paragraphs)[:_HEAD]
    profile_id = options.profile or choose(Form("", "", text=head))[0]
    return load(profile_id).at(None)


def annotate_file(result: AuditResult, target: Path) -> Path:
    """Write a .docx copy of the report with a Word comment at every finding; the report itself is never touched.

    Raises:
        UsageError: the copy is no .docx, or would replace the report.
        UnsafeWrite: the copy cannot be written.
    """
    from xlsuite.hosts.package.save import replace
    from xlsuite.hosts.word.comments import commented
    from xlsuite.hosts.word.plain import as_word
    from xlsuite.output.annotate import comments

    if target.suffix.lower() != ".docx":
        raise UsageError(f"批注副本应以 .docx 结尾，给的是“{target.name}”。")
    if target.resolve() == Path(result.file).resolve():
        raise UsageError(f"“{target}”就是报告原件，没有改动它；请换一个文件名。")
    opened = result.opened
    word = opened.data if opened.word else as_word(opened.document)
    replace(target, commented(word, comments(result.outcome.findings)), backup=False)
    return target
