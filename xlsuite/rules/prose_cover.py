"""STR: what the report as a whole must state: a score and grade, its own unit, a filled cover."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xlsuite.core.finding import INFO, WARNING, Problem, Undecided
from xlsuite.core.profile import Profile
from xlsuite.core.registry import rule
from xlsuite.rules._phrases import Results, listing
from xlsuite.rules._places import found_at, whole_block

if TYPE_CHECKING:
    from xlsuite.prose.audit import Audit


@rule("STR105", severity=INFO, title="报告没有写明自评得分", source="绩效自评报告应当写明得分和等级", scope="report")
def score_missing(audit: Audit, profile: Profile) -> Results:
    """A self-evaluation report without a score, or with a score and no grade.

    为什么：自评得分和等级是报告的结论，审核和公开都要用。
    错误：全文没有得分，也没有等级。
    正确：自评得分 91 分，等级为优。
    改法：在自评结论中写明得分和等级，与自评表一致。
    """
    told = "自评" in audit.document.text and len(audit.outline.chapters) > 2
    if not audit.cover.title and not told:
        yield Undecided("看不出是自评报告，没有核对得分是否写明")
        return
    if not audit.scores:
        also = "，也没有写明等级" if not audit.grades else ""
        yield Problem(
            (),
            message=f"全文没有写明自评得分{also}。",
            suggestion="请在自评结论中写明得分和等级，与自评表一致。",
            certain=False,
        )
    elif not audit.grades:
        score = audit.scores[-1]
        yield found_at(
            audit,
            score,
            message=f"写明了自评得分 {score.value} 分，没有写明等级。",
            printed=str(score.value),
            suggestion="请按得分写明等级。",
            certain=False,
        )


@rule("STR113", severity=WARNING, title="项目单位情况写的是其他单位", source="报告各部分应当如实填写", scope="report")
def wrong_subject(audit: Audit, profile: Profile) -> Results:
    """The chapter on the reporting unit describes a company.

    为什么：“项目单位基本情况”应写预算单位自己，写成承建公司的介绍属于张冠李戴。
    错误：项目单位基本情况写成“通信有限公司成立于 2008 年”。
    正确：项目单位基本情况写“行政审批服务局内设科室 6 个”。
    改法：改写为预算单位的职能、机构和人员情况。
    """
    for heading in audit.outline.headings:
        if not re.search(r"(?:项目|实施|预算)?单位(?:的)?(?:基本)?(?:情况|概况)", heading.title):
            continue
        body = [index for index in audit.outline.blocks_of(heading) if index != heading.block]
        if not body:
            continue
        text = audit.blocks[body[0]].text
        match = re.match(r"[^，。；、]{2,30}?(?:有限公司|集团|股份公司|公司)", text)
        if match and not re.search(r"公司|集团|企业", audit.cover.title):
            yield whole_block(
                audit,
                body[0],
                message=f"“{heading.title[:16]}”写的是{match[0]}的情况，应写承担项目的预算单位。",
                printed=match[0],
                suggestion="请改写为预算单位的职能、机构和人员情况；承建单位的情况可放到项目实施部分。",
                certain=False,
            )


@rule("STR125", severity=WARNING, title="封面有空白项", source="报告封面应当填写完整", scope="report")
def cover_blank(audit: Audit, profile: Profile) -> Results:
    """Cover lines with nothing behind the colon.

    为什么：封面的单位、日期、负责人是报告的责任信息，不应空着。
    错误：填报日期：（空白）。
    正确：填报日期：2024 年 7 月 19 日。
    改法：补填封面各项。
    """
    blank = audit.cover.blank
    if blank:
        names = [label for label, _ in blank]
        yield whole_block(
            audit,
            blank[0][1].block,
            message=f"封面的{listing(names)}没有填写。",
            printed="",
            suggestion="请补填封面各项。",
        )
