"""``xlsuite template check``: every problem of a template at once, and a copy with a Word comment at each."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from xlsuite.core.errors import TemplateError
from xlsuite.report.archive import DocxArchive
from xlsuite.report.comments import DOCUMENT, Note, annotate
from xlsuite.report.compiled import PartScan, ReadyTemplate, read_properties, scan
from xlsuite.report.context import MATERIAL, MATERIAL_ALIAS
from xlsuite.report.outlines import outline_fields, outline_ids
from xlsuite.report.problems import TemplateProblem
from xlsuite.report.sandbox import language
from xlsuite.report.tags import SPLIT

_FEW = 5
_MATERIAL_USE = re.compile(rf"\b(?:{MATERIAL}|{MATERIAL_ALIAS})\.(\w+)")
_EXTERNAL = re.compile(rb"<Relationship [^>]*TargetMode=\"External\"[^>]*>")


def check_template(data: bytes) -> list[TemplateProblem]:
    """Every problem and notice of a template; an empty list means it can be used as it is.

    Raises:
        TemplateError: the file is no .docx at all.
    """
    archive = DocxArchive(data)
    environment = language()
    parts, problems = scan(archive, environment)
    problems += read_properties(archive, environment)[1]
    problems += _material_notes(parts)
    problems += _package_notes(archive)
    if not any(part.tags for part in parts) and not problems:
        message = "模板里没有任何标记，生成的报告会和模板一模一样；请在要填内容的地方写上 {{ 字段名 }}"
        problems.append(TemplateProblem(message, fatal=False))
    if not any(problem.fatal for problem in problems):
        problems += _compiling(data)
    return sorted(
        _gathered(problems),
        key=lambda problem: (problem.part != DOCUMENT, problem.part, problem.paragraph, not problem.fatal),
    )


def _gathered(problems: list[TemplateProblem]) -> list[TemplateProblem]:
    """Many healed tags told once, at the first of them."""
    split = [problem for problem in problems if problem.kind == SPLIT]
    if len(split) <= _FEW:
        return problems
    message = f"有 {len(split)} 个标记被 Word 拆成了几段（这是第一处），生成时会自动接好，不用处理"
    return [problem for problem in problems if problem.kind != SPLIT] + [replace(split[0], message=message)]


def _compiling(data: bytes) -> list[TemplateProblem]:
    """What only shows when the whole template is put together."""
    try:
        ReadyTemplate(data)
    except TemplateError as error:
        return [problem for problem in error.problems if isinstance(problem, TemplateProblem)] or [
            TemplateProblem(str(error))
        ]
    return []


def _material_notes(parts: list[PartScan]) -> list[TemplateProblem]:
    known = {key for outline in outline_ids() for _, key, _, _ in outline_fields(outline)}
    notes = []
    for part in parts:
        for tag in part.tags:
            for name in _MATERIAL_USE.findall(tag.body):
                if name not in known:
                    message = f"素材字段“{name}”不在自带提纲里，请在“报告素材”表加一行，“字段”写“{name}”"
                    notes.append(tag.problem(message, fatal=False))
    return notes


def _package_notes(archive: DocxArchive) -> list[TemplateProblem]:
    external = [
        found
        for name in archive.names
        if name.endswith(".rels")
        for found in _EXTERNAL.findall(archive.read(name))
        if b"/hyperlink" not in found
    ]
    if not external:
        return []
    message = "模板引用了外部的文件或图片（链接到别的位置），生成的报告离开本机后可能打不开这些内容，建议改为嵌入"
    return [TemplateProblem(message, fatal=False)]


def annotated_copy(data: bytes, problems: list[TemplateProblem]) -> bytes:
    """The template with one comment per problem; those outside the text are noted at its first paragraph."""
    notes = [
        Note(problem.paragraph, problem.quote, problem.message)
        if problem.part == DOCUMENT
        else Note(1, "", str(problem))
        for problem in problems
    ]
    return annotate(data, notes)


def check_file(path: Path, copy: Path | None = None) -> list[TemplateProblem]:
    """Check a template file; with ``copy`` also write the annotated copy when there is something to say.

    Raises:
        TemplateError: the file cannot be read or is no .docx.
    """
    try:
        data = path.read_bytes()
    except OSError:
        raise TemplateError(f"读不了模板“{path.name}”，请确认文件存在，并关闭正在打开它的程序。") from None
    problems = check_template(data)
    if copy is not None and problems:
        copy.write_bytes(annotated_copy(data, problems))
    return problems
