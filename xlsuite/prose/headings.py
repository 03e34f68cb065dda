"""The outline of a report: which paragraphs are numbered, how they nest, and whether the numbers run on.

A list may restart inside a chapter with the same kind of number as the chapters themselves; it is recognised because
the outer sequence goes on after it. What neither restarts nor goes on is a wrong number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from xlsuite.prose.blocks import Block
from xlsuite.prose.marks import CJK, PART, Mark, read_mark

_TITLE_END = re.compile(r"[。:；]")
_CONTENTS_LINE = re.compile(r"(?:[.…·]{3,}|PAGEREF|_Toc)\S*\d+$|PAGEREF")
_ATTACHMENT = re.compile(r"附(?:件|表|录)[\d一二三四五六七八九十]{0,2}(?:[:].*|$)")
_RESIDUE = re.compile(r"(?:\[bookmark:[^\]]{0,60}\]|\*\*|#+)*")
_LONGEST_TITLE = 40


@dataclass(slots=True, eq=False)
class Heading:
    """A numbered paragraph, or one with a heading style.

    ``title`` ends before the first full stop or colon; ``body`` is where text follows it in the same block
    (the block's length when none does). ``depth`` counts from 0. ``item`` marks a list entry that is a sentence.
    """

    block: int
    mark: Mark | None
    title: str
    body: int
    depth: int = 0
    parent: Heading | None = None
    children: list[Heading] = field(default_factory=list)
    item: bool = False

    @property
    def path(self) -> list[Heading]:
        """From the chapter down to this heading."""
        return [*self.parent.path, self] if self.parent else [self]


@dataclass(slots=True, eq=False)
class Sequence:
    """Siblings numbered in one family, in order of appearance."""

    family: str
    parent: Heading | None
    members: list[Heading] = field(default_factory=list)
    expected: list[int] = field(default_factory=list)
    """The number that was due at each member."""

    @property
    def numbers(self) -> list[int]:
        """The numbers as printed."""
        return [member.mark.number for member in self.members if member.mark]

    @property
    def sound(self) -> bool:
        """Whether every number is the one that was due."""
        return self.numbers == self.expected


@dataclass
class Outline:
    """All headings and sequences of a document; ``of_block`` gives the innermost heading above each block."""

    headings: list[Heading] = field(default_factory=list)
    sequences: list[Sequence] = field(default_factory=list)
    of_block: list[Heading | None] = field(default_factory=list)

    @cached_property
    def chapters(self) -> list[Heading]:
        """The headings without a parent."""
        return [heading for heading in self.headings if heading.parent is None and not heading.item]

    def blocks_of(self, heading: Heading) -> Iterator[int]:
        """Blocks under a heading: its own first, then everything down to the next heading of its rank."""
        for index in range(heading.block, len(self.of_block)):
            owner = self.of_block[index]
            if owner is None or heading not in owner.path:
                if index > heading.block:
                    return
                continue
            yield index


@dataclass(slots=True, eq=False)
class _Level:
    sequence: Sequence
    heading: Heading

    @property
    def due(self) -> int:
        return self.sequence.expected[-1] + 1


def outline(blocks: list[Block]) -> Outline:
    """Read the outline of the logical paragraphs."""
    result = Outline()
    stack: list[_Level] = []
    contents = _contents_region(blocks)
    current: Heading | None = None
    for block in blocks:
        if block.index not in contents:
            if _ATTACHMENT.fullmatch(block.text[:60]):
                stack, current = [], None
            start = _RESIDUE.match(block.text).end()  # type: ignore[union-attr]
            mark = read_mark(block.label or block.text[start:])
            if mark:
                current = _place(result, stack, _heading(block, mark, start))
            elif block.level and len(block.text) <= _LONGEST_TITLE:
                current = _styled(result, stack, block)
        result.of_block.append(current)
    return result


def _heading(block: Block, mark: Mark, residue: int) -> Heading:
    start = residue + (0 if block.label else mark.stop)
    end = _TITLE_END.search(block.text, start)
    stop = end.start() if end else len(block.text)
    title = block.text[start:stop]
    body = end.end() if end else len(block.text)
    item = len(title) > _LONGEST_TITLE or (
        body >= len(block.text) and bool(re.search(r"，.*(?:\d|，)|；$", block.text[start:]))
    )
    return Heading(block.index, mark, title, body, item=item)


def _styled(result: Outline, stack: list[_Level], block: Block) -> Heading:
    """A heading by style without a number hangs below the numbered heading of a higher style level."""
    parent = next((level.heading for level in reversed(stack) if _style(level.heading, result) < block.level), None)
    heading = Heading(block.index, None, block.text, len(block.text), parent.depth + 1 if parent else 0, parent)
    result.headings.append(heading)
    return heading


def _style(heading: Heading, result: Outline) -> int:
    return heading.depth + 1


def _place(result: Outline, stack: list[_Level], heading: Heading) -> Heading:
    mark = heading.mark
    assert mark is not None
    level = _level_for(stack, mark)
    if level is None:
        _open(result, stack, heading)
    else:
        _resume(stack, level)
        due = level.due
        level.sequence.members.append(heading)
        level.sequence.expected.append(mark.number if mark.number == 1 and due != 1 else due)
        level.heading = heading
        _hang(heading, stack[-2].heading if len(stack) > 1 else None)
    result.headings.append(heading)
    return heading


def _level_for(stack: list[_Level], mark: Mark) -> _Level | None:
    """The open sequence this number belongs to: the innermost one where it is due, else the innermost of its family."""
    family = [level for level in reversed(stack) if level.sequence.family == mark.family]
    for level in family:
        if level.due == mark.number:
            return level
    if not family or mark.number == 1:
        return None
    return family[0]


def _resume(stack: list[_Level], level: _Level) -> None:
    while stack[-1] is not level:
        stack.pop()


def _open(result: Outline, stack: list[_Level], heading: Heading) -> None:
    """A new sequence: below the open heading, or in place of a finished one of the same family."""
    mark = heading.mark
    assert mark is not None
    depth = next((i for i, level in enumerate(stack) if level.sequence.family == mark.family), None)
    nested = mark.family == CJK and depth is not None and len(stack) - 1 > depth
    if depth is not None and not nested:
        del stack[depth:]
    elif mark.family == PART:
        stack.clear()
    parent = stack[-1].heading if stack else None
    sequence = Sequence(mark.family, parent, [heading], [mark.number if mark.number == 1 else 1])
    if mark.number != 1:
        sequence.expected = [1]
    _hang(heading, parent)
    result.sequences.append(sequence)
    stack.append(_Level(sequence, heading))


def _hang(heading: Heading, parent: Heading | None) -> None:
    heading.parent = parent
    heading.depth = parent.depth + 1 if parent else 0
    if parent:
        parent.children.append(heading)


def _contents_region(blocks: list[Block]) -> set[int]:
    """The table of contents: lines with page numbers, or a run of chapter titles that come again later."""
    region = {block.index for block in blocks if _CONTENTS_LINE.search(block.text)}
    start = next((block.index for block in blocks if re.fullmatch(r"目录:?", block.text)), None)
    if start is None:
        return region
    listed: set[str] = set()
    for block in blocks[start + 1 :]:
        text = re.sub(r"[.…·\-]*\d*$", "", block.text)
        if text in listed or len(text) > _LONGEST_TITLE:
            break
        listed.add(text)
        region.add(block.index)
    return region
