"""Turning a value into WordprocessingML at the place where its tag stands.

Text is escaped, stripped of characters XML cannot hold, its line breaks become w:br and its tabs w:tab. 【待补充：…】
is highlighted wherever it comes from, and remembered. A :class:`Paragraphs` text becomes paragraphs of the same look.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import quoteattr

from jinja2 import pass_context
from jinja2.runtime import Context, Undefined
from markupsafe import escape

from xlsuite.report.phrases import MISSING_MARK, Figure, Paragraphs, plain
from xlsuite.report.sandbox import STATE, Budget, LimitReached
from xlsuite.report.values import Counter, Picture

_SPECIAL = re.compile("[&<>\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff【]")
_ILLEGAL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_BREAKS = re.compile("\r\n|[\r\n\x0b\x0c\u2028\u2029]")
_TEXT = '<w:t xml:space="preserve">'
_TEXTS = {str, Figure}
_EMU_PER_MM = 36000
_DRAWING = (
    '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" '
    'distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="{id}" name="{name}" descr={descr}/>'
    '<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'noChangeAspect="1"/></wp:cNvGraphicFramePr>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:nvPicPr><pic:cNvPr id="{id}" name="{name}"/>'
    '<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{rel}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/><a:stretch><a:fillRect/></a:stretch>'
    '</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect">'
    "<a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
)


class Xml(str):
    """Finished XML: the template language prints it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a value is printed: the properties of its run, the same highlighted, and those of its paragraph.

    ``open_properties`` are the paragraph's with automatic line height, for a picture. ``splits`` is whether the
    paragraph may be continued in a new one here; ``pictures`` whether this part can hold pictures.
    """

    run: str
    marked: str
    paragraph: str = ""
    open_properties: str = ""
    splits: bool = False
    pictures: bool = True


@dataclass(slots=True)
class RenderState:
    """What one rendering collects: marks printed, pictures used, merge runs, and what it has spent."""

    slots: list[Slot]
    first_id: int = 1
    budget: Budget = field(default_factory=Budget)
    missing: dict[str, None] = field(default_factory=dict)
    pictures: dict[Picture, str] = field(default_factory=dict)
    merges: dict[int, tuple[Any, bool]] = field(default_factory=dict)
    used_ids: int = 0

    def next_id(self) -> int:
        """A drawing id not used elsewhere in the document."""
        self.used_ids += 1
        return self.first_id + self.used_ids

    def relation(self, picture: Picture) -> str:
        """Relationship id of a picture; the same picture is stored once."""
        return self.pictures.setdefault(picture, f"rIdChart{len(self.pictures) + 1}")


def legal(text: str) -> str:
    """Text without the characters XML cannot hold."""
    return _ILLEGAL.sub("", text)


def plain_text(value: Any) -> str:
    """A value as text."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Counter):
        return value.step()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return plain(value)
    if value is None:
        return ""
    if isinstance(value, (int, Undefined)):
        return str(value)
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    raise LimitReached("标记取到的是列表或记录，不能直接打印，请写明要哪一个子字段")


def _inline(text: str, slot: Slot, state: RenderState) -> str:
    """One paragraph's worth of text for the inside of a w:t element."""
    pieces = []
    last = 0
    for match in MISSING_MARK.finditer(text):
        state.missing.setdefault(match[1])
        mark = f"{_TEXT}{escape(legal(match[0]))}</w:t></w:r>"
        pieces.append(
            f"{_broken(text[last : match.start()])}</w:t></w:r><w:r>{slot.marked}{mark}<w:r>{slot.run}{_TEXT}"
        )
        last = match.end()
    pieces.append(_broken(text[last:]))
    return "".join(pieces)


def _broken(text: str) -> str:
    """Escaped text with line breaks and tabs as elements."""
    safe = str(escape(legal(_BREAKS.sub("\n", text))))
    return safe.replace("\n", f"</w:t><w:br/>{_TEXT}").replace("\t", f"</w:t><w:tab/>{_TEXT}")


def _drawing(picture: Picture, slot: Slot, state: RenderState) -> str:
    if not slot.pictures:
        raise LimitReached("图只能放在正文里，不能放在页眉、页脚或脚注里，请移动图的标记")
    number = state.next_id()
    return _DRAWING.format(
        cx=round(picture.width * _EMU_PER_MM),
        cy=round(picture.height * _EMU_PER_MM),
        id=number,
        name=f"图 {number}",
        descr=quoteattr(legal(picture.description)),
        rel=state.relation(picture),
    )


def _lines(value: Paragraphs) -> list[str]:
    return [line.strip() for line in _BREAKS.split(value) if line.strip()]


@pass_context
def print_text(context: Context, value: Any, number: int) -> Xml:
    """A value inside a run: what stands between its w:t tags."""
    state: RenderState = context.parent[STATE]
    if type(value) in _TEXTS and not _SPECIAL.search(value):
        state.budget.output += len(value)
        return Xml(value)
    slot = state.slots[number]
    if isinstance(value, Picture):
        return Xml(f"</w:t></w:r><w:r>{slot.run}{_drawing(value, slot, state)}</w:r><w:r>{slot.run}{_TEXT}")
    if isinstance(value, Paragraphs) and slot.splits:
        turn = f"</w:t></w:r></w:p><w:p>{slot.paragraph}<w:r>{slot.run}{_TEXT}"
        xml = turn.join(_inline(line, slot, state) for line in _lines(value))
    else:
        xml = _inline(plain_text(value).strip() if isinstance(value, Paragraphs) else plain_text(value), slot, state)
    state.budget.write(len(xml))
    return Xml(xml)


@pass_context
def print_paragraph(context: Context, value: Any, number: int) -> Xml:
    """A value that is the whole of its paragraph: one paragraph or several, none at all when the value is empty."""
    state: RenderState = context.parent[STATE]
    slot = state.slots[number]
    if isinstance(value, Picture):
        return Xml(f"<w:p>{slot.open_properties}<w:r>{slot.run}{_drawing(value, slot, state)}</w:r></w:p>")
    lines = _lines(value) if isinstance(value, Paragraphs) else [plain_text(value)]
    shown = [line for line in lines if line]
    loose = slot.paragraph.replace("<w:keepNext/>", "")
    heads = [loose] * (len(shown) - 1) + [slot.paragraph]
    xml = "".join(
        f"<w:p>{head}<w:r>{slot.run}{_TEXT}{_inline(line, slot, state)}</w:t></w:r></w:p>"
        for head, line in zip(heads, shown, strict=False)
    )
    state.budget.write(len(xml))
    return Xml(xml)


@pass_context
def merge_start(context: Context, value: Any, number: int, outer: tuple[int, ...]) -> Xml:
    """w:vMerge of a cell that is merged with equal ones above it; ``outer`` are the merged columns to its left."""
    state: RenderState = context.parent[STATE]
    last = state.merges.get(number)
    restart = last is None or not value or last[0] != value or any(state.merges[column][1] for column in outer)
    state.merges[number] = (value, restart)
    return Xml("restart" if restart else "continue")


@pass_context
def merged_text(context: Context, value: Any, number: int, column: int) -> Xml:
    """The text of a merged cell: only its first one prints it."""
    state: RenderState = context.parent[STATE]
    return print_text(context, value, number) if state.merges[column][1] else Xml("")


@pass_context
def merge_end(context: Context, value: Any, columns: tuple[int, ...]) -> Xml:
    """Forget the merge runs of a table: a new table, or a row of another kind, begins."""
    state: RenderState = context.parent[STATE]
    for column in columns:
        state.merges.pop(column, None)
    return Xml("")


@pass_context
def new_id(context: Context, value: Any) -> str:
    """A drawing id, for drawings inside loops."""
    state: RenderState = context.parent[STATE]
    return str(state.next_id())


def print_plain(value: Any) -> Xml:
    """A value in a document property: escaped text, marks without highlighting."""
    return Xml(escape(" ".join(legal(plain_text(value)).split())))


def colour(value: Any) -> str:
    """A cell colour as six hexadecimal digits; ``auto`` for anything else."""
    text = str(value).lstrip("#").upper()
    return text if re.fullmatch(r"[0-9A-F]{6}", text) else "auto"


def span(value: Any) -> str:
    """A column span between 1 and 63."""
    text = plain_text(value)
    return str(min(63, max(1, int(text)))) if text.isdigit() else "1"


PRINTERS = {
    "_text": print_text,
    "_paragraph": print_paragraph,
    "_plain": print_plain,
    "_merge": merge_start,
    "_merged": merged_text,
    "_unmerge": merge_end,
    "_id": new_id,
    "_colour": colour,
    "_span": span,
}
"""Filters that the assembled template calls; a template's author never writes them."""
