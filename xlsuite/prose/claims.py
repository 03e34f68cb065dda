"""What a report claims about success, and what it says elsewhere about tasks, money and points that were missed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from xlsuite.prose.headings import Heading, Outline
from xlsuite.prose.passages import Passage

TOPICS = {
    "problems": re.compile(r"问题|不足|偏离|偏差原因"),
    "measures": re.compile(r"改进|整改|建议|措施|意见"),
    "experience": re.compile(r"经验|做法"),
    "funds": re.compile(r"资金|预算(?:执行|安排)|投入"),
    "outcome": re.compile(r"完成情况|实施情况|产出|项目绩效|目标实现|实现情况"),
    "result": re.compile(r"结论|自评结果(?!.{0,4}应用)|评价结果(?!.{0,4}应用)|得分"),
    "use": re.compile(r"应用|公开"),
    "unit": re.compile(r"(?:项目|实施)?单位(?:的)?(?:基本)?(?:情况|概况)"),
}
"""Kinds of chapters by the words of their titles; a chapter may be of several kinds."""

_OTHER = re.compile(r"其他|其它|需要?说明")
_NOTHING = re.compile(
    r"(?:暂|均|目前)?(?:无|没有|未发现|不存在)(?:明显|重大|突出|相关)?(?:问题|不足|偏离|偏差|情况|异常)?(?:和(?:不足|偏离|偏差))?(?:的?情况)?[。.]?"
)
_ALL_DONE = re.compile(
    r"(?:各项|全部|所有|均|全面|圆满|都)[^，。；]{0,12}(?:绩效)?(?:指标|目标|任务|工作)[^，。；]{0,8}(?:均|都|全部|全面|圆满|已经?)*(?:完成|达到|达成|实现|达标)"
    r"(?:了)?(?:预期|年初|既定|设定)?(?:的)?(?:绩效)?(?:目标|指标|要求|任务)?"
    r"|(?:全部|全面|圆满|均已?)(?:完成|达成|实现|达到)(?:了)?[^，。；]{0,10}(?:目标|任务|指标|预期)"
    r"|未出现(?:重大)?(?:延期|滞后|超期|拖延)(?:情况|现象|问题)?|(?:均|全部|都)(?:按时|按期|如期)完成"
)
_NOT_ALL = re.compile(
    r"未|没有|不|基本|除|尚|预计|力争|确保|争取|将|拟|保证|推动|促进|为|要求|应|若|如果|能否|是否|计划"
)
_PARTIAL = re.compile(r"基本|\d")
_MISSED = re.compile(
    r"(?:未能?|尚未|没有|还未)(?:按[时期]|如期|全部|全面|完全|100%|完成|及时)*(?:完成|达到|实现|支付|验收|拨付|到位|完工|达标|列支|开工|投入使用|如期支付)"
    r"|未完成|进度(?:偏慢|滞后|缓慢|较慢)|(?:严重)?滞后|逾期|未达(?:标|预期|到)|延期(?!情况)"
)
_NO_MISS = re.compile(
    r"无|没有|未出现|不存在|杜绝|防止|避免|若|如|对于|对|凡|的项目|的单位|原则|规定|应当|要求|不符|不予|制度|办法$"
)
_UNDER_WAY = re.compile(
    r"(?:正在?|正稳步|稳步|有序|持续|加快)(?:稳步|有序|持续|加快|抓紧)?(?:推进|实施|建设|施工|开展)(?:建设|项目|工程|各项)?(?:内容|工作)?(?:实施|建设)?|(?:项目|工程|系统)?(?:暂|尚|还|仍)?未(?:全部)?(?:完工|竣工|验收|通过验收|完成验收|建成|投入使用)"
    r"|(?:处于|进入|仍在)(?:建设|实施|施工|试运行)(?:阶段|期|中)|没有达到预期"
)
_FINISHED = re.compile(
    r"(?:已|全部|均已?)(?:完成|通过)(?:最终|终|竣工|总体)?验收|已(?:全部|全面)?(?:完工|竣工|建成(?:投用|投入使用)?)"
)
_FUTURE = re.compile(r"下一步|今后|接下来|将|继续|下步|计划|拟")
_SHORTAGE = re.compile(
    r"财政资金紧张|财力(?:紧张|困难|不足)|资金(?:未能?|没有)(?:及时|足额|如期|全额)?(?:到位|拨付)|资金(?:紧张|短缺)|财政(?:困难|紧张)|请款未能"
)
_DEDUCTION_TOLD = re.compile(r"扣(?:除|减|分|\d)|失分|丢分|未得满分|减分|(?<!未)得分率")


@dataclass(slots=True, eq=False)
class Claim:
    """A place in the text that claims or admits something."""

    block: int
    start: int
    stop: int
    text: str


class Claims:
    """All claims and admissions of a report, each kind looked for when it is first asked for."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages

    @cached_property
    def all_done(self) -> list[Claim]:
        """Claims that everything was reached."""
        return all_done(self._passages)

    @cached_property
    def missed(self) -> list[Claim]:
        """Admissions that something was not done, paid or reached."""
        return missed(self._passages)

    @cached_property
    def under_way(self) -> list[Claim]:
        """Statements that the work still goes on."""
        return under_way(self._passages)

    @cached_property
    def finished(self) -> list[Claim]:
        """Statements that the work is completed and accepted."""
        return finished(self._passages)

    @cached_property
    def shortages(self) -> list[Claim]:
        """Statements that money was short or late."""
        return shortages(self._passages)

    @cached_property
    def deductions_told(self) -> bool:
        """Whether the report says why points were lost."""
        return deductions_told(self._passages)


def topics(heading: Heading | None) -> set[str]:
    """Every topic of a heading and of those above it."""
    return _topics_of(tuple(above.title for above in heading.path)) if heading else set()


@lru_cache(maxsize=512)
def _topics_of(titles: tuple[str, ...]) -> set[str]:
    return {topic for title in titles for topic, form in TOPICS.items() if form.search(title)}


def _claims(passages: Sequence[Passage], form: re.Pattern[str], refuse: re.Pattern[str] | None) -> Iterator[Claim]:
    for passage in passages:
        for match in form.finditer(passage.text):
            start = max(passage.text.rfind(sign, 0, match.start()) for sign in "。；，:") + 1
            if refuse and refuse.search(passage.text, max(start, match.start() - 14), match.start()):
                continue
            yield Claim(passage.block.index, match.start(), match.end(), match[0])


def all_done(passages: Sequence[Passage]) -> list[Claim]:
    """Claims that everything was reached: 各项指标均已完成, 全部完成目标任务, 未出现延期."""
    told = [p for p in passages if not topics(p.heading) & {"measures", "use"}]
    found = list(_claims(told, _ALL_DONE, None))
    return [
        claim for claim in found if not _NOT_ALL.search(_before(passages, claim)) and not _PARTIAL.search(claim.text)
    ]


def _before(passages: Sequence[Passage], claim: Claim) -> str:
    text = passages[claim.block].text
    start = max(text.rfind(sign, 0, claim.start) for sign in "。；，:") + 1
    return text[max(start, claim.start - 12) : claim.start]


def missed(passages: Sequence[Passage]) -> list[Claim]:
    """Admissions that something was not done, paid or reached."""
    told = [p for p in passages if not topics(p.heading) & {"measures", "experience", "use"}]
    return list(_claims(told, _MISSED, _NO_MISS))


def under_way(passages: Sequence[Passage]) -> list[Claim]:
    """Statements that the project is still being carried out; plans for later years do not count."""
    told = [p for p in passages if not topics(p.heading) & {"measures", "experience", "use"}]
    return [
        c
        for c in _claims(told, _UNDER_WAY, _FUTURE)
        if topics(passages[c.block].heading) & {"outcome", "funds", "problems"}
    ]


def finished(passages: Sequence[Passage]) -> list[Claim]:
    """Statements that the project is completed and accepted."""
    return list(_claims(passages, _FINISHED, _NOT_ALL))


def shortages(passages: Sequence[Passage]) -> list[Claim]:
    """Statements that money was short or late."""
    return list(_claims(passages, _SHORTAGE, re.compile(r"未出现|不存在|没有|避免|防止")))


def deductions_told(passages: Sequence[Passage]) -> bool:
    """Whether the report says anywhere why points were lost."""
    return any(_DEDUCTION_TOLD.search(passage.text) for passage in passages)


def empty_answers(passages: Sequence[Passage], outline: Outline) -> Iterator[tuple[Heading, Claim]]:
    """Chapters on problems or measures whose whole text is 无."""
    for heading in outline.headings:
        own = {topic for topic, form in TOPICS.items() if form.search(heading.title)}
        if not own & {"problems", "measures"} or _OTHER.search(heading.title):
            continue
        body = [passages[index] for index in outline.blocks_of(heading)]
        first = passages[heading.block]
        inline = first.text[heading.body :]
        texts = [(first.block.index, heading.body, inline)] if inline else []
        texts += [(p.block.index, 0, p.text) for p in body if p.block.index != heading.block]
        for block, start, text in texts:
            if _NOTHING.fullmatch(text):
                yield heading, Claim(block, start, start + len(text), text)
                break
