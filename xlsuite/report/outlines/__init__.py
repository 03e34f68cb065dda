"""The outlines of narrative reports as readable text: one ``<id>.txt`` is one Word template and its list of fields.

    名称：…                     head of the file: name and where the outline is used
    ---
    封面标题：… 封面项：标签 | 值   lines of a cover page
    正文                        the text section begins; 横排 begins a landscape one
    标题：…  副标题：…  落款：…  附件标题：…
    # 一、…   ## （一）…   ### 1. …   #### （1）…     headings of four levels
    @ 字段 | 写什么               a paragraph that people write in the sheet 报告素材
    字段：字段 | 写什么            such a field that is printed elsewhere
    表：名称 | 题注   图：字段 | 题注   a table or chart of the builder
    {%p … %} and other lines      control tags and paragraphs, as they stand in Word

Lines that begin with // are remarks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from xlsuite.core.errors import UsageError

_MARKED = ("封面标题", "封面项", "标题", "副标题", "落款", "附件标题", "表", "图", "字段")
_SECTIONS = ("正文", "横排")


@dataclass(frozen=True, slots=True)
class Block:
    """A line: its kind (a marked word, h1–h4, material, control, text, 正文, 横排), its text and its second part."""

    kind: str
    text: str = ""
    extra: str = ""


@dataclass(slots=True)
class Outline:
    """An outline: what it is, its blocks in order, and the fields people write: (chapter, key, label, hint)."""

    id: str
    name: str = ""
    scope: str = ""
    blocks: list[Block] = field(default_factory=list)
    fields: list[tuple[str, str, str, str]] = field(default_factory=list)


def outline_ids() -> list[str]:
    """Ids of the outlines, sorted."""
    return sorted(entry.name[:-4] for entry in files(__package__).iterdir() if entry.name.endswith(".txt"))


def outline_fields(outline_id: str) -> list[tuple[str, str, str, str]]:
    """(chapter, key, label, hint) of every paragraph people write, in the order of the report.

    ``key`` and ``label`` are the same Chinese name; a template prints it as ``{{ 素材.label }}``.

    Raises:
        UsageError: no such outline.
    """
    return list(load_outline(outline_id).fields)


@lru_cache(maxsize=32)
def load_outline(outline_id: str) -> Outline:
    """Read one outline.

    Raises:
        UsageError: no such outline.
    """
    if outline_id not in outline_ids():
        raise UsageError(f"没有名为“{outline_id}”的报告提纲，可用的有：{'、'.join(outline_ids())}。")
    text = files(__package__).joinpath(f"{outline_id}.txt").read_text(encoding="utf-8")
    head, _, body = text.partition("\n---\n")
    outline = Outline(outline_id)
    for line in head.splitlines():
        key, _, value = line.partition("：")
        if key == "名称":
            outline.name = value.strip()
        elif key == "适用":
            outline.scope = value.strip()
    chapters = ["", ""]
    for line in body.splitlines():
        stripped = line.strip()
        if stripped and not stripped.startswith("//"):
            block = _block(stripped)
            outline.blocks.append(block)
            _note(block, chapters, outline)
    return outline


def _block(line: str) -> Block:
    if line in _SECTIONS:
        return Block(line)
    if line.startswith("#"):
        marks, _, text = line.partition(" ")
        return Block(f"h{len(marks)}", text.strip())
    if line.startswith("@"):
        return _two("material", line[1:])
    if line.startswith("{%p"):
        return Block("control", line)
    word, colon, rest = line.partition("：")
    if colon and word in _MARKED:
        return _two(word, rest)
    return Block("text", line)


def _two(kind: str, text: str) -> Block:
    first, _, second = text.partition(" | ")
    return Block(kind, first.strip(), second.strip())


def _note(block: Block, chapters: list[str], outline: Outline) -> None:
    if block.kind == "h1":
        chapters[:] = [block.text, ""]
    elif block.kind == "h2":
        chapters[1] = block.text
    elif block.kind in ("material", "字段") and block.text not in {key for _, key, _, _ in outline.fields}:
        chapter = "".join(chapters) or "封面"
        outline.fields.append((chapter, block.text, block.text, block.extra))
