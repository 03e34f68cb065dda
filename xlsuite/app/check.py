"""Read and check workbooks: the main job."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from xlsuite.app.explanations import attach
from xlsuite.app.results import FileResult, FormResult
from xlsuite.core.choose import choose
from xlsuite.core.errors import UnknownForm, UsageError, XlsuiteError
from xlsuite.core.finding import INFO, Finding, fingerprint
from xlsuite.core.form import FieldPaths, Form
from xlsuite.core.profile import load
from xlsuite.core.registry import rules, run, selected
from xlsuite.forms.grid import Book
from xlsuite.forms.read import read_forms, survey
from xlsuite.hosts.base import open_book
from xlsuite.scoring import score


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """Settings of a check: a profile id or path ("" chooses by the form), and rule code prefixes.

    ``view`` keeps every form's entries in the records, for pages that drill down.
    """

    profile: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    view: bool = False


def confirm(options: CheckOptions) -> None:
    """Refuse settings that no file could be checked with, before the first file is opened.

    Raises:
        ProfileError: the profile is unknown or wrong.
        UsageError: no rule has such a code.
    """
    if options.profile:
        load(options.profile)
    for prefix in (*options.select, *options.ignore):
        if not any(item.code.startswith(prefix) for item in rules()):
            from difflib import get_close_matches

            near = get_close_matches(prefix, [item.code for item in rules()], n=3, cutoff=0.5)
            hint = f"您是不是要找：{'、'.join(near)}？" if near else ""
            raise UsageError(f"没有编号以“{prefix}”开头的规则。{hint}请用 xlsuite rules 查看全部规则编号。")


def read(path: str | os.PathLike[str]) -> tuple[Book, list[Form]]:
    """The forms of one workbook.

    Raises:
        UnreadableFile: the file cannot be opened.
        UnknownForm: it opens, but no visible sheet holds a form.
    """
    book = open_book(path)
    return book, forms_in(book)


def forms_in(book: Book) -> list[Form]:
    """The forms of a workbook at hand.

    Raises:
        UnknownForm: no visible sheet holds a form.
    """
    forms = read_forms(book)
    if not forms:
        raise UnknownForm(_no_form(book))
    return forms


def _no_form(book: Book) -> str:
    visible = [sheet.name for sheet in book.sheets if not sheet.hidden]
    names = "、".join(f"“{name}”" for name in visible[:5]) + (f"等 {len(visible)} 个" if len(visible) > 5 else "")
    if not any(sheet.cells for sheet in book.sheets if not sheet.hidden):
        return "工作簿里没有内容（可见的工作表都是空表），请确认选对了文件。"
    similar = survey(book).remarks
    if similar:
        return f"{similar[0].message.rstrip('。')}，请改选填有实际完成值和得分的自评表。"
    return (
        f"在可见的工作表{names}里没有找到绩效自评表（需要有“指标值、完成值、分值、得分”一类的表头），"
        "请确认选对了文件和工作表。"
    )


def examine(form: Form, options: CheckOptions) -> FormResult:
    """Choose the profile, rescore the form and run the rules over it."""
    profile_id, why = (options.profile, "由使用者指定") if options.profile else choose(form)
    profile = load(profile_id).at(form.year.value)
    card = score(form, profile)
    chosen = selected("form", profile, options.select, options.ignore)
    outcome = run(chosen, FieldPaths(form), form, card, profile, subject=form.sheet)
    outcome.findings.extend(_not_understood(form))
    outcome.findings.sort(key=_order)
    return FormResult(form, profile, why, card, outcome)


def check_file(path: str | os.PathLike[str], options: CheckOptions | None = None) -> FileResult:
    """Check one workbook. What goes wrong with the file is told in ``FileResult.error``; nothing is raised for it."""
    try:
        return check_book(open_book(path), os.fspath(path), options)
    except XlsuiteError as error:
        return FileResult(file=os.fspath(path), error=str(error))


def check_book(book: Book, label: str, options: CheckOptions | None = None) -> FileResult:
    """Check a workbook at hand; ``label`` names it. A book without a form is told in ``FileResult.error``."""
    result = FileResult(file=label, sha256=book.sha256, remarks=list(book.remarks))
    try:
        found = survey(book)
    except XlsuiteError as error:
        result.error = str(error)
        return result
    if not found.forms:
        result.error = _no_form(book)
        return result
    result.remarks += [remark.message for remark in found.remarks]
    result.forms = [examine(form, options or CheckOptions()) for form in found.forms]
    attach(book, result.findings)
    return result


def check(paths: Iterable[str | os.PathLike[str]], options: CheckOptions | None = None) -> Iterator[FileResult]:
    """Check workbooks one after the other, yielding each result as it comes."""
    for path in paths:
        yield check_file(path, options)


def _not_understood(form: Form) -> Iterator[Finding]:
    for remark in form.remarks:
        place = remark.ref.a1 if remark.ref else ""
        yield Finding(
            code="SYS101",
            severity=INFO,
            message=remark.message,
            refs=(remark.ref,) if remark.ref else (),
            printed=remark.text,
            suggestion="请核对该处；程序没有把它当作数据使用。",
            fingerprint=fingerprint("SYS101", place, (remark.text,)),
        )


def _order(finding: Finding) -> tuple[int, int, int, str]:
    ref = finding.ref
    return (-finding.severity.rank, ref.row if ref else 0, ref.column if ref else 0, finding.code)
