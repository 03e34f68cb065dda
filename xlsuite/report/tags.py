"""Finding the tags of a template: {{ value }}, {% block %}, {# comment #}, also where Word split them over runs.

A tag begins and ends in one paragraph. docxtpl's conventions hold: {%p …%} stands for its paragraph, {%tr …%} for its
table row, {%tc …%} for its cell, {%r …%} for its run. What looks like a tag but is none becomes a problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from xlsuite.core.errors import TemplateError
from xlsuite.report.docxml import XML_SPACE, ancestor, w
from xlsuite.report.problems import TemplateProblem

OPEN, CLOSE = "\uf8f0", "\uf8f1"
"""A found tag is replaced in the text by its number between these two characters until the template is assembled."""

SPLIT = "split"
"""Kind of the notice that a tag was healed."""

MAX_TAGS = 5000
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_PREFIX = re.compile(r"(tr|tc|p|r)\s+(?=\S)")
_BRACES = re.compile(r"[{｛][{｛%％#＃]|[}｝%％#＃][}｝]")
_QUOTES = str.maketrans("“”‘’＂＇", "\"\"''\"'")
_WIDE_SIGNS = str.maketrans("（），．｜＝！＋［］｛｝＜＞　\xa0", "(),.|=!+[]{}<>  ")
_STRING = re.compile(r"\"[^\"]*\"|'[^']*'")
_QUOTE_LENGTH = 60


@dataclass(slots=True)
class Tag:
    """A tag in place. ``kind`` is value, block or comment; ``prefix`` is p, tr, tc, r or ""; ``body`` what is inside.

    ``text`` is the w:t element that holds its number; ``paragraph`` counts from 1 within the part.
    """

    number: int
    part: str
    paragraph: int
    kind: str
    prefix: str
    body: str
    raw: str
    text: Any = None
    alone: bool = False

    @property
    def word(self) -> str:
        """First word of a block: for, endif, …"""
        return self.body.split(None, 1)[0] if self.body else ""

    def container(self) -> Any:
        """The element a prefixed block stands for."""
        return ancestor(self.text, self.prefix)

    def problem(self, message: str, *, fatal: bool = True, kind: str = "") -> TemplateProblem:
        """A problem at this tag."""
        return TemplateProblem(message, self.part, self.paragraph, self.raw[:_QUOTE_LENGTH], fatal, kind)


class Piece(NamedTuple):
    """A w:t element of a paragraph and the part of the paragraph's text that it holds."""

    element: Any
    start: int
    stop: int


def token(number: int) -> str:
    """What stands in the text for a tag."""
    return f"{OPEN}{number}{CLOSE}"


def paragraphs(root: Any) -> Iterator[tuple[int, Any]]:
    """Every paragraph of a part with its number, in document order."""
    yield from enumerate(root.iter(w("p")), start=1)


def pieces(paragraph: Any) -> tuple[str, list[Piece]]:
    """The text of a paragraph and its w:t elements; paragraphs inside it (text boxes) are not its own text."""
    found, text = [], ""
    for element in paragraph.iter(w("t")):
        if ancestor(element, "p") is paragraph:
            start = len(text)
            text += element.text or ""
            found.append(Piece(element, start, len(text)))
    return text, found


def find_tags(root: Any, part: str, first: int = 0) -> tuple[list[Tag], list[TemplateProblem]]:
    """Put a number in place of every tag of a part; return the tags in order and what is wrong in the text itself."""
    tags: list[Tag] = []
    problems: list[TemplateProblem] = []
    for number, paragraph in paragraphs(root):
        text, parts = pieces(paragraph)
        if not _BRACES.search(text):
            continue
        matches = list(_TAG.finditer(text))
        found = [_tag(first + len(tags) + index, part, number, match[0]) for index, match in enumerate(matches)]
        for tag, match in reversed(list(zip(found, matches, strict=True))):
            split = _cut(tag, parts, match.start(), match.end())
            tag.alone = not (text[: match.start()] + text[match.end() :]).strip() and _only_text(paragraph)
            problems += _odd(tag, split)
        problems += _strays(text, matches, part, number)
        tags += found
        if len(tags) > MAX_TAGS:
            raise TemplateError(f"模板里的标记超过 {MAX_TAGS} 个，不像是报告模板，请确认选对了文件。")
    return tags, problems


def _tag(number: int, part: str, paragraph: int, raw: str) -> Tag:
    kind = {"{": "value", "%": "block", "#": "comment"}[raw[1]]
    inner = raw[2:-2]
    match = _PREFIX.match(inner)
    body = inner[match.end() :] if match else inner
    return Tag(
        number, part, paragraph, kind, match[1] if match else "", half_width(body.strip().strip("-+").strip()), raw
    )


def half_width(body: str) -> str:
    """A tag's inside with full-width quotes and signs made half-width, except inside strings."""
    body = body.translate(_QUOTES)
    parts, last = [], 0
    for match in _STRING.finditer(body):
        parts += [body[last : match.start()].translate(_WIDE_SIGNS), match[0]]
        last = match.end()
    return "".join(parts) + body[last:].translate(_WIDE_SIGNS)


def _cut(tag: Tag, parts: list[Piece], start: int, stop: int) -> bool:
    """Take the tag's text out and leave its number; True when it was spread over several elements."""
    first = next(index for index, piece in enumerate(parts) if piece.start <= start < piece.stop)
    last = next(index for index, piece in enumerate(parts) if piece.start < stop <= piece.stop)
    head, tail = parts[first], parts[last]
    rest = (tail.element.text or "")[stop - tail.start :]
    before = (head.element.text or "")[: start - head.start]
    for piece in parts[first + 1 : last + 1]:
        piece.element.text = ""
    if first != last:
        tail.element.text = rest
    head.element.text = before + token(tag.number) + ("" if first != last else rest)
    for element in (head.element, tail.element):
        element.set(XML_SPACE, "preserve")
    tag.text = head.element
    return first != last


def _only_text(paragraph: Any) -> bool:
    return not any(True for name in ("drawing", "pict", "object", "sectPr", "br") for _ in paragraph.iter(w(name)))


def _odd(tag: Tag, split: bool) -> Iterator[TemplateProblem]:
    if "{{" in tag.body or "{%" in tag.body:
        yield tag.problem(f"标记 {tag.raw[:30]} 里面又有一个左花括号，前一个标记没有写右花括号，请补上")
    elif not tag.body and tag.kind != "comment":
        yield tag.problem(f"标记 {tag.raw} 是空的，请写上字段名或删去")
    if split:
        yield tag.problem(
            f"标记 {tag.raw[:30]} 被 Word 拆成了几段，生成时会自动接好，不用处理", fatal=False, kind=SPLIT
        )
    if any(sign in tag.raw for sign in "“”‘’（），．｜＝　"):
        yield tag.problem(f"标记 {tag.raw[:30]} 里有全角的引号或符号，已按半角理解，建议改成半角", fatal=False)


def _strays(text: str, matches: list[re.Match[str]], part: str, number: int) -> Iterator[TemplateProblem]:
    """Braces that belong to no tag."""
    for match in reversed(matches):
        text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
    opened = False
    for match in _BRACES.finditer(text):
        signs = match[0]
        quote = text[max(0, match.start() - 4) : match.start() + _QUOTE_LENGTH].strip()
        opening = signs[0] in "{｛"
        if not opening and opened:
            opened = False
            continue
        opened = opening
        if any(sign in "｛｝％＃" for sign in signs):
            message = f"“{signs}”是全角花括号，标记要用半角的 {{{{ 字段名 }}}} 或 {{% … %}}，请在英文输入状态下重新输入"
        elif opening:
            message = f"“{signs}”没有配对的右花括号；一个标记要在同一段里写完，以 }}}} 或 %}} 结束"
        else:
            message = f"“{signs}”前面没有配对的左花括号，请补上 {{{{ 或 {{%，或删去多余的花括号"
        yield TemplateProblem(message, part, number, quote)
