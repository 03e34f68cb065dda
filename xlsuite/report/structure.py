"""Whether the blocks of a template fit together: every for and if has its end, in a place where it can work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from xlsuite.report.docxml import ancestor, w
from xlsuite.report.expressions import ENDS
from xlsuite.report.problems import TemplateProblem
from xlsuite.report.tags import Tag

_PLACES = {"p": "段落", "tr": "表格行", "tc": "单元格", "r": "文字"}


@dataclass(slots=True)
class Block:
    """A for or if with its branches and its end."""

    tags: list[Tag] = field(default_factory=list)
    parent: Block | None = None


def pair_blocks(tags: Iterable[Tag]) -> tuple[list[Block], list[TemplateProblem]]:
    """Match starts and ends over one part; every unmatched one is a problem."""
    blocks: list[Block] = []
    problems: list[TemplateProblem] = []
    stack: list[Block] = []
    for tag in tags:
        if tag.kind != "block":
            continue
        word = tag.word
        if word in ("for", "if"):
            block = Block([tag], stack[-1] if stack else None)
            stack.append(block)
            blocks.append(block)
        elif word in ENDS:
            _close(tag, word, stack, problems)
    for block in stack:
        start = block.tags[0]
        problems.append(start.problem(f"标记 {start.raw[:40]} 没有结束，请在后面补上 {_end(start)}"))
    return blocks, problems


def _end(start: Tag) -> str:
    return f"{{%{start.prefix} end{start.word} %}}"


def _close(tag: Tag, word: str, stack: list[Block], problems: list[TemplateProblem]) -> None:
    if not stack:
        problems.append(tag.problem(f"标记 {tag.raw[:40]} 前面没有与它配对的 for 或 if，请补上开头或删去它"))
        return
    start = stack[-1].tags[0]
    wanted = ENDS[word]
    if wanted and wanted != start.word:
        message = f"标记 {tag.raw[:40]} 与前面未结束的 {start.raw[:40]} 不配对，请先写 {_end(start)}"
        problems.append(tag.problem(message))
        if any(block.tags[0].word == wanted for block in stack):
            while stack and stack[-1].tags[0].word != wanted:
                stack.pop()
            stack.pop()
        return
    stack[-1].tags.append(tag)
    if wanted:
        stack.pop()


def promote(blocks: Iterable[Block]) -> None:
    """Let a block whose tags each stand alone in a paragraph take these paragraphs with them, as {%p …%} would."""
    for block in blocks:
        if all(not tag.prefix and tag.alone for tag in block.tags) and len(_parents(block, "p")) == 1:
            for tag in block.tags:
                tag.prefix = "p"


def _parents(block: Block, name: str) -> set[Any]:
    return {_parent(tag, name) for tag in block.tags}


def _parent(tag: Tag, name: str) -> Any:
    found = ancestor(tag.text, name)
    return None if found is None else found.getparent()


def check_places(blocks: Iterable[Block], tags: Iterable[Tag]) -> list[TemplateProblem]:
    """Start, branches and end of a block must stand for elements side by side, each its own."""
    problems: list[TemplateProblem] = []
    for block in blocks:
        start = block.tags[0]
        for tag in block.tags[1:]:
            if tag.prefix != start.prefix:
                message = f"标记 {tag.raw[:40]} 与开头 {start.raw[:40]} 的前缀不同，请都写成 {{%{start.prefix} …%}}"
                problems.append(tag.problem(message))
            elif _parent(tag, tag.prefix or "p") is not _parent(start, start.prefix or "p"):
                problems.append(tag.problem(_apart(start, tag)))
            elif not tag.prefix and _path(tag) != _path(start):
                message = f"标记 {tag.raw[:40]} 与开头 {start.raw[:40]} 一个在超链接或控件里，一个在外面，请放到一起"
                problems.append(tag.problem(message))
    problems += _shared(tags)
    return problems


def _path(tag: Tag) -> tuple[str, ...]:
    """Elements between a tag and its paragraph."""
    names, element = [], tag.text
    while element is not None and element.tag != w("p"):
        names.append(element.tag)
        element = element.getparent()
    return tuple(names)


def _apart(start: Tag, tag: Tag) -> str:
    if not start.prefix and ancestor(start.text, "tr") is not None:
        way = "要重复整行，请把开头和结束各放在单独的一行，写成 {%tr for … %} 和 {%tr endfor %}"
        return f"标记 {tag.raw[:40]} 与开头 {start.raw[:40]} 不在同一个单元格里；{way}"
    return f"标记 {tag.raw[:40]} 与开头 {start.raw[:40]} 不在同一处（一个在表格里，一个在表格外），请放到一起"


def _shared(tags: Iterable[Tag]) -> list[TemplateProblem]:
    """A prefixed tag takes its whole paragraph, row or cell away: two of them in one cannot work."""
    problems: list[TemplateProblem] = []
    owners: dict[Any, Tag] = {}
    for tag in tags:
        if not tag.prefix or tag.kind == "comment" or (tag.kind == "value" and tag.prefix == "r"):
            continue
        owner = tag.container()
        what = _PLACES[tag.prefix]
        if owner is None:
            problems.append(tag.problem(f"标记 {tag.raw[:40]} 不在表格里，不能用前缀 {tag.prefix}，请改成 p 前缀"))
        elif owner in owners:
            message = f"同一{what}里有两个控制标记 {owners[owner].raw[:30]} 和 {tag.raw[:30]}，请各放在单独的{what}里"
            problems.append(tag.problem(message))
        else:
            owners[owner] = tag
            if tag.prefix == "p" and not tag.alone and tag.kind == "block":
                message = f"标记 {tag.raw[:40]} 所在段落里的其他文字不会出现在报告里，请移到别的段落"
                problems.append(tag.problem(message, fatal=False))
    return problems
