"""A template made ready once and rendered many times.

Parsing, healing, checking and compiling happen on first use; afterwards a report costs one Jinja run and one
compression. Ready templates are kept by their bytes.
"""

from __future__ import annotations

import re
import traceback
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import unescape

from jinja2 import Template, TemplateSyntaxError, UndefinedError, meta

from xlsuite.core.errors import TemplateError
from xlsuite.report.archive import DocxArchive
from xlsuite.report.assemble import Assembly, assemble
from xlsuite.report.context import BY_NAME, build_context
from xlsuite.report.docxml import parse
from xlsuite.report.emit import PRINTERS, RenderState
from xlsuite.report.expressions import check_expressions
from xlsuite.report.facts import Facts
from xlsuite.report.problems import TemplateProblem, template_error
from xlsuite.report.sandbox import STATE, LimitReached, TemplateLanguage, guarded, language
from xlsuite.report.structure import Block, check_places, pair_blocks, promote
from xlsuite.report.tags import Tag, find_tags

DOCUMENT = "word/document.xml"
_RELATIONS = "word/_rels/document.xml.rels"
_TYPES = "[Content_Types].xml"
_CORE = "docProps/core.xml"
_PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml$")
_PROPERTY_TAG = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_TEMPLATE_TYPE = b"wordprocessingml.template.main+xml"
_DOCUMENT_TYPE = b"wordprocessingml.document.main+xml"
_PNG_TYPE = b'<Default Extension="png" ContentType="image/png"/>'
_PICTURE_FIELDS = {"执行情况图", "得分情况图"}
_DRAWING_ID = re.compile(rb'<wp:docPr [^>]*?id="(\d+)"')
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_EMPTY_CELLS = (
    ("</w:tcPr></w:tc>", "</w:tcPr><w:p/></w:tc>"),
    ("<w:tcPr/></w:tc>", "<w:tcPr/><w:p/></w:tc>"),
    ("<w:tc></w:tc>", "<w:tc><w:p/></w:tc>"),
    ("</w:tbl></w:tc>", "</w:tbl><w:p/></w:tc>"),
)
_EMPTY_TABLE = "</w:tblGrid></w:tbl>"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_KEPT = 16


@dataclass
class PartScan:
    """A part of a template with its tags found: what both checking and assembling start from."""

    name: str
    root: Any
    tags: list[Tag]
    blocks: list[Block]


@dataclass(frozen=True)
class Rendered:
    """A finished report and the labels of every 【待补充：…】 in it, in order."""

    data: bytes
    missing: list[str]


def scan(archive: DocxArchive, environment: TemplateLanguage) -> tuple[list[PartScan], list[TemplateProblem]]:
    """Find and check the tags of every part that may hold some."""
    parts: list[PartScan] = []
    problems: list[TemplateProblem] = []
    number = 0
    if any(name.endswith("vbaProject.bin") for name in archive.names):
        raise TemplateError("模板里带有宏，不能用作报告模板，请另存为不带宏的 .docx 后再试。")
    if DOCUMENT not in archive.names:
        raise TemplateError("文件里没有 Word 正文，请确认它是 .docx 文档，而不是改了扩展名的其他文件。")
    for name in archive.names:
        xml = archive.read(name) if _PARTS.match(name) else b""
        if not xml or (name != DOCUMENT and b"{" not in xml and "｛".encode() not in xml):
            continue
        root = parse(xml)
        tags, found = find_tags(root, name, number)
        number += len(tags)
        blocks, unpaired = pair_blocks(tags)
        promote(blocks)
        problems += [*found, *unpaired, *check_places(blocks, tags), *check_expressions(tags, environment)]
        parts.append(PartScan(name, root, tags, blocks))
    return parts, problems


class ReadyTemplate:
    """A checked and compiled template.

    Raises:
        TemplateError: the file is no .docx, or its tags are wrong; ``problems`` lists every one.
    """

    def __init__(self, data: bytes) -> None:
        archive = DocxArchive(data)
        environment = language()
        parts, problems = scan(archive, environment)
        properties, found = read_properties(archive, environment)
        problems += found
        if any(problem.fatal for problem in problems):
            raise template_error(problems)
        environment.filters |= PRINTERS
        assembly = Assembly()
        self._lines: dict[str, list[Tag | None]] = {}
        self._programs: dict[str, Template] = {}
        self.names: set[str] = set()
        for part in parts:
            by_number = {tag.number: tag for tag in part.tags}
            source, lines = assemble(part.root, part.tags, part.blocks, assembly, pictures=part.name == DOCUMENT)
            self._lines[part.name] = [None, None, *(by_number.get(number) for number in lines)]
            self._programs[part.name] = self._compile(environment, source)
        if properties:
            self._programs[_CORE] = self._compile(environment, properties)
        self._slots = assembly.slots
        self._finish(archive)

    def _compile(self, environment: TemplateLanguage, source: str) -> Template:
        try:
            tree = environment.parse(source)
            self.names |= meta.find_undeclared_variables(tree)
            code = environment.compile(guarded(environment, tree), filename="<template>")
        except (TemplateSyntaxError, SyntaxError, RecursionError, MemoryError, ValueError):
            raise template_error([TemplateProblem("控制标记嵌套得太深，或组合得无法理解，请写得简单些")]) from None
        return Template.from_code(environment, code, environment.globals)

    def _finish(self, archive: DocxArchive) -> None:
        """Fix what one file needs once: content types, relationships, drawing ids."""
        self._draws = any(BY_NAME[name].name in _PICTURE_FIELDS for name in self.names)
        types = archive.read(_TYPES).replace(_TEMPLATE_TYPE, _DOCUMENT_TYPE)
        if self._draws and b'Extension="png"' not in types:
            types = types.replace(b"</Types>", _PNG_TYPE + b"</Types>")
        if types != archive.read(_TYPES):
            archive = archive.replaced(_TYPES, types)
        changing = set(self._programs)
        if self._draws:
            self._relations = archive.read(_RELATIONS).decode("utf-8").rpartition("</Relationships>")[0]
            changing.add(_RELATIONS)
        ids = [int(number) for number in _DRAWING_ID.findall(archive.read(DOCUMENT))]
        self._first_id = max(ids, default=0) + 1000
        self._archive = archive.leaving_out(changing)

    def render(self, facts: Facts) -> Rendered:
        """The report of one form.

        Raises:
            TemplateError: the template computes something impossible, or asks for more than the limits allow.
        """
        state = RenderState(self._slots, self._first_id)
        context = build_context(facts, self.names)
        context[STATE] = state
        changed: dict[str, bytes] = {}
        for name, program in self._programs.items():
            text = _settled(self._run(name, program, context))
            changed[name] = (text if text.startswith("<?xml") else _DECLARATION + text).encode("utf-8")
        if self._draws:
            changed |= self._pictures(state)
        return Rendered(self._archive.write(changed), list(state.missing))

    def bare(self, name: str, facts: Facts) -> tuple[Callable[[dict[str, Any]], str], dict[str, Any]]:
        """The Jinja run of one part alone, and the values to call it with: the limit that benchmarks compare with."""
        values = build_context(facts, self.names)

        def program(context: dict[str, Any]) -> str:
            context[STATE] = RenderState(self._slots, self._first_id)
            return "".join(self._programs[name].root_render_func(self._programs[name].new_context(context)))

        return program, values

    def _run(self, name: str, program: Template, context: dict[str, Any]) -> str:
        try:
            return "".join(program.root_render_func(program.new_context(context)))
        except LimitReached as error:
            raise self._failure(name, error, str(error)) from None
        except UndefinedError as error:
            raise self._failure(name, error, "取到了不存在的内容") from None
        except (TypeError, ValueError, ArithmeticError, LookupError, MemoryError, RecursionError) as error:
            raise self._failure(name, error, "无法计算，请检查其中的比较和运算") from None

    def _failure(self, name: str, error: BaseException, message: str) -> TemplateError:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
        line = self._programs[name].get_corresponding_lineno(frames[-1].lineno or 0) if frames else 0
        lines = self._lines.get(name, [])
        tag = lines[line] if line < len(lines) else None
        if tag is None:
            return template_error([TemplateProblem(message, name)])
        return template_error([tag.problem(f"标记 {tag.raw[:40]} {message}")])

    def _pictures(self, state: RenderState) -> dict[str, bytes]:
        relations, media = [self._relations], {}
        for number, (picture, relation) in enumerate(state.pictures.items(), start=1):
            relations.append(f'<Relationship Id="{relation}" Type="{_IMAGE}" Target="media/xlsuite{number}.png"/>')
            media[f"word/media/xlsuite{number}.png"] = picture.png
        return {_RELATIONS: ("".join(relations) + "</Relationships>").encode("utf-8"), **media}


def read_properties(archive: DocxArchive, environment: TemplateLanguage) -> tuple[str, list[TemplateProblem]]:
    """Jinja source of the document properties, "" when they hold no tag."""
    xml = archive.read(_CORE).decode("utf-8", "replace") if _CORE in archive.names else ""
    bodies = _PROPERTY_TAG.findall(xml)
    if not bodies:
        return "", []
    tags = [Tag(0, _CORE, 0, "value", "", unescape(body).strip(), f"{{{{{body}}}}}") for body in bodies]
    problems = check_expressions(tags, environment)
    return _PROPERTY_TAG.sub(lambda match: f"{{{{ ({unescape(match[1]).strip()})|_plain }}}}", xml), problems


def _settled(xml: str) -> str:
    """The part with what the schema demands after blocks were left out: no empty cells, no tables without rows."""
    while _EMPTY_TABLE in xml:
        end = xml.index(_EMPTY_TABLE)
        xml = xml[: xml.rindex("<w:tbl>", 0, end)] + xml[end + len(_EMPTY_TABLE) :]
    for empty, filled in _EMPTY_CELLS:
        if empty in xml:
            xml = xml.replace(empty, filled)
    return _without_empty_section(xml)


def _without_empty_section(xml: str) -> str:
    """A last section in which nothing stands would be an empty page: the section before it becomes the last."""
    final = xml.rfind("<w:sectPr")
    end = xml.find("</w:sectPr>", final)
    before = xml[:final].rstrip()
    if final < 0 or end < 0 or not before.endswith("</w:sectPr></w:pPr></w:p>"):
        return xml
    start = max(before.rfind("<w:p>"), before.rfind("<w:p "))
    section = before[before.index("<w:sectPr", start) : -len("</w:pPr></w:p>")]
    return before[:start] + section + xml[end + len("</w:sectPr>") :]


_READY: OrderedDict[bytes, ReadyTemplate] = OrderedDict()


def ready(data: bytes) -> ReadyTemplate:
    """The compiled template of these bytes; the most recent ones are kept."""
    found = _READY.get(data)
    if found is None:
        found = ReadyTemplate(data)
        _READY[data] = found
        while len(_READY) > _KEPT:
            _READY.popitem(last=False)
    else:
        _READY.move_to_end(data)
    return found
