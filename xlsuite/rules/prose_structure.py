"""STR: chapters, numbering, empty chapters and the cover of a narrative report."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from xlsuite.core.decimals import spell
from xlsuite.core.finding import INFO, WARNING, Problem
from xlsuite.core.profile import Profile
from xlsuite.core.registry import rule
from xlsuite.rules._phrases import Results
from xlsuite.rules._places import whole_block

if TYPE_CHECKING:
    from xlsuite.prose.audit import Audit
    from xlsuite.prose.headings import Heading, Sequence

LAYOUT = "公文结构层次的通行要求：一、（一）1.（1）"
_CJK = ("一、", "（一）", "第一部分")
_CHAPTER_WORDS = re.compile(
    r"^(?!请|应)(?:项目|绩效|资金|总体|主要|综合|评价|自评|其他|存在|下一步|有关|相关|预算|组织)?[\u4e00-\u9fff、和及]{0,18}"
    r"(?:概况|情况|情况分析|完成分析|结论|问题|原因分析|措施|建议|说明|做法|经验|公开情况|应用情况|财务管理|绩效目标|需要说明的问题|改进意见)。?$"
)


def _numeral(family: str, number: int) -> str:
    return spell(number) if family in _CJK else str(number)


@rule("STR101", severity=WARNING, title="章节编号不连续", source=LAYOUT, scope="report")
def numbering_broken(audit: Audit, profile: Profile) -> Results:
    """Numbers of one level repeat or leave a gap.

    为什么：编号重复或跳号，引用和查找都会出错，也说明可能缺了内容。
    错误：一、二、三、四、三、三、六。
    正确：一、二、三、四、五、六、七。
    改法：按顺序重新编号；确有缺漏的，补上内容。
    """
    for sequence in audit.outline.sequences:
        if not sequence.sound and _is_numbering(sequence):
            yield _broken(audit, sequence)
    for run in audit.points:
        if not run.sound and len(run.numbers) > 1 and run.numbers[0] == 1:
            yield _broken_run(audit, run.numbers, run.places)


def _is_numbering(sequence: Sequence) -> bool:
    """A single stray number, or a list that continues another one, is no broken numbering."""
    if len(sequence.members) < 2:
        return False
    return sequence.numbers[0] == 1 or (sequence.family in _CJK and sequence.parent is None)


def _broken(audit: Audit, sequence: Sequence) -> Problem:
    printed = "、".join(_numeral(sequence.family, number) for number in sequence.numbers)
    first = next(
        member
        for member, due in zip(sequence.members, sequence.expected, strict=True)
        if member.mark and member.mark.number != due
    )
    right = _numeral(sequence.family, len(sequence.members))
    mark = first.mark.text if first.mark else ""
    where = f"“{sequence.parent.title[:16]}”之下的" if sequence.parent else "各章"
    return whole_block(
        audit,
        first.block,
        message=(
            f"{where}编号依次为{printed}，从“{mark}{first.title[:16]}”起不连续，"
            f"共 {len(sequence.members)} 个，应编到{right}。"
        ),
        printed=printed,
        expected=f"{_numeral(sequence.family, 1)}至{right}",
        suggestion="请按顺序重新编号；中间有缺漏的，先补内容。",
    )


def _broken_run(audit: Audit, numbers: list[int], places: list[tuple[int, int]]) -> Problem:
    at = next(i for i, number in enumerate(numbers) if number != i + 1)
    printed = "、".join(f"{spell(number)}是" for number in numbers)
    return whole_block(
        audit,
        places[at][0],
        message=f"分点依次为{printed}，第 {at + 1} 点应为“{spell(at + 1)}是”，文中写“{spell(numbers[at])}是”。",
        printed=printed,
        expected=f"{spell(at + 1)}是",
        suggestion="请按顺序改正；中间有缺漏的，先补内容。",
        start=places[at][1],
    )


@rule("STR102", severity=INFO, title="同一层次的编号形式不统一", source=LAYOUT, scope="report")
def numbering_mixed(audit: Audit, profile: Profile) -> Results:
    """Chapters whose sub-headings use another kind of number than those of the other chapters.

    为什么：同一层次应当用同一种编号，否则层次不清。
    错误：第一、二章下用（一），第三章下直接用（1）。
    正确：各章下都用（一）。
    改法：改成与其他章一致的编号。
    """
    families = {
        chapter: chapter.children[0].mark.family
        for chapter in audit.outline.chapters
        if chapter.children and chapter.children[0].mark and not chapter.children[0].item
    }
    if len(families) < 3:
        return
    usual, times = Counter(families.values()).most_common(1)[0]
    for chapter, family in families.items():
        if family != usual and times >= 2 and family in ("（1）", "1）", "①"):
            yield whole_block(
                audit,
                chapter.children[0].block,
                message=f"“{chapter.title[:16]}”之下的小标题用“{family}”编号，其他各章用“{usual}”。",
                printed=family,
                expected=usual,
                suggestion=f"请改用“{usual}”。",
            )


@rule("STR103", severity=WARNING, title="标题漏了编号", source=LAYOUT, scope="report")
def heading_unnumbered(audit: Audit, profile: Profile) -> Results:
    """A line that reads like a chapter title stands without a number among numbered chapters.

    为什么：多数章节有编号，个别没有，层次不清，目录也会漏掉它。
    错误：三、综合评价结论之后，“存在的问题和改进措施”没有编号。
    正确：五、存在的问题和改进措施。
    改法：补上编号，后面的章节顺延。
    """
    chapters = audit.outline.chapters
    if len(chapters) < 3 or not all(chapter.mark for chapter in chapters[:2]):
        return
    numbered = {heading.block for heading in audit.outline.headings if heading.mark}
    for block in audit.blocks[chapters[0].block + 1 : _last_block(audit)]:
        text = block.text
        if block.index in numbered or not 4 <= len(text) <= 24 or not _CHAPTER_WORDS.match(text):
            continue
        if not _inside_list(audit, block.index):
            yield whole_block(
                audit,
                block.index,
                message=f"“{text.rstrip('。:')}”像是一个标题，但没有编号，前后的标题都有编号。",
                printed=text,
                suggestion="请补上编号，后面的编号顺延；不是标题的，请写成完整的句子。",
                certain=False,
            )


def _last_block(audit: Audit) -> int:
    """Where the report proper ends: at its attachments."""
    first = audit.outline.chapters[0].block
    for block in audit.blocks:
        if block.index > first and re.match(r"附(?:件|表)(?:\d|[一二三]|:|$)", block.text):
            return block.index
    return len(audit.blocks)


def _inside_list(audit: Audit, index: int) -> bool:
    """A line between the entries of a list that are no longer than itself."""
    near = [block.text for block in audit.blocks[max(0, index - 2) : index + 3] if block.index != index]
    return sum(1 for text in near if len(text) <= 24 and not text.endswith("。")) >= 4


@rule("STR104", severity=INFO, title="下级编号与上级编号形式相同", source=LAYOUT, scope="report")
def numbering_nested(audit: Audit, profile: Profile) -> Results:
    """A list inside a chapter restarts with the kind of number the chapters use.

    为什么：章下又出现“一、二、三”，分不清是章还是条目。
    错误：“一、基本情况”之下又列“一、二、三、四、五”。
    正确：改用（1）（2）或 1. 2. 编号。
    改法：把下级条目改成下一级的编号形式。
    """
    for sequence in audit.outline.sequences:
        above = sequence.parent.path if sequence.parent else []
        outer = next((heading for heading in above if heading.mark and heading.mark.family == sequence.family), None)
        if outer is None or len(sequence.members) < 2 or not _goes_on(audit, outer, sequence):
            continue
        last = _numeral(sequence.family, sequence.numbers[-1])
        yield whole_block(
            audit,
            sequence.members[0].block,
            message=(
                f"“{_head(outer, 12)}”之下又用“{sequence.family}”至“{last}”编号，与各章的编号形式相同，层次不清。"
            ),
            printed=sequence.family,
            suggestion="请把这组条目改用下一级的编号形式。",
        )


def _head(heading: Heading, most: int) -> str:
    """A heading with its number, cut when long."""
    return f"{heading.mark.text if heading.mark else ''}{heading.title[:most]}"


def _goes_on(audit: Audit, outer: Heading, inner: Sequence) -> bool:
    """Whether the outer sequence has a member after the inner one."""
    last = inner.members[-1].block
    for sequence in audit.outline.sequences:
        if outer in sequence.members:
            return any(member.block > last for member in sequence.members)
    return False


@rule("STR108", severity=WARNING, title="章节没有内容", source="报告各部分应当如实填写", scope="report")
def chapter_empty(audit: Audit, profile: Profile) -> Results:
    """A numbered or titled chapter with nothing below it.

    为什么：有标题没有内容，多半是漏写；确实没有的，也要写明“无”。
    错误：七、其他需要说明的问题（下面空白）。
    正确：七、其他需要说明的问题：无。
    改法：补写内容；没有需要说明的，写“无”。
    """
    filled = Counter(id(heading.parent) for heading in audit.outline.headings if _has_text(audit, heading))
    count = Counter(id(heading.parent) for heading in audit.outline.headings)
    for heading in audit.outline.headings:
        siblings = id(heading.parent)
        if filled[siblings] >= max(1, count[siblings] // 2) and _is_empty(audit, heading):
            yield _empty(audit, heading.block, heading.title)
    last = audit.blocks[_last_block(audit) - 1] if audit.outline.chapters else None
    if last and len(last.text) <= 24 and _CHAPTER_WORDS.match(last.text) and not _owned(audit, last.index):
        yield _empty(audit, last.index, last.text)


def _owned(audit: Audit, index: int) -> bool:
    return any(heading.block == index for heading in audit.outline.headings)


def _is_empty(audit: Audit, heading: Heading) -> bool:
    if heading.item or heading.children or heading.body < len(audit.blocks[heading.block].text) or heading.depth > 1:
        return False
    if (
        heading.mark is None
        or heading.mark.family not in _CJK
        or not 2 <= len(heading.title) <= 30
        or heading.title[-1] in "；;"
    ):
        return False
    return not _has_text(audit, heading) and not _table_follows(audit, heading.block)


def _has_text(audit: Audit, heading: Heading) -> bool:
    return (
        bool(heading.children)
        or heading.body < len(audit.blocks[heading.block].text)
        or len(list(islice(audit.outline.blocks_of(heading), 2))) > 1
    )


def _table_follows(audit: Audit, index: int) -> bool:
    """A table or picture directly below the heading is its content."""
    number = audit.blocks[index].sources[-1].number
    for paragraph in audit.document.paragraphs[number:]:
        if paragraph.table is not None or paragraph.picture:
            return True
        if paragraph.text.strip():
            return False
    return False


def _empty(audit: Audit, index: int, title: str) -> Problem:
    return whole_block(
        audit,
        index,
        message=f"“{title.rstrip('。:')}”之下没有内容。",
        printed="",
        suggestion="请补写内容；没有需要说明的，写“无”。",
    )
