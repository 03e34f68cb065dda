"""What a report claims about success, payment and output, and what it says elsewhere that does not fit."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from xlsuite.core.errors import ProfileError
from xlsuite.core.finding import ERROR, INFO, WARNING
from xlsuite.core.profile import Profile
from xlsuite.core.registry import rule
from xlsuite.rules._phrases import LOGIC, Results, plain
from xlsuite.rules._places import found_at, whole_block
from xlsuite.rules.crosscheck_indicators import success_against_form

if TYPE_CHECKING:
    from xlsuite.prose.audit import Audit


SPENT = ("执行率", "完成预算")
"""Kinds of rates that say how much of the money was spent."""


@rule(
    "DEV108",
    severity=ERROR,
    title="有未完成事项而问题写“无”",
    source="财预〔2020〕10号：未完成绩效目标的应当分析原因",
    scope="report",
)
def problems_denied(audit: Audit, profile: Profile) -> Results:
    """The chapter on problems says 无 although money or points were lost or tasks missed.

    为什么：执行率低、有未完成事项，就应当分析原因、提出措施。
    错误：支出率 63.54%，三个项目未完成支付，“存在的问题”写“无”。
    正确：写明未完成的原因和下一步措施。
    改法：补写问题和改进措施。
    """
    facts, grave = _shortfalls(audit, profile)
    if not facts:
        return
    for heading, claim in audit.empty_answers:
        yield found_at(
            audit,
            claim,
            message=f"“{heading.title[:24]}”写“{claim.text.rstrip('。')}”，但{'，'.join(facts)}，前后矛盾。",
            printed=claim.text,
            suggestion="请写明没有完成的原因和下一步改进措施。",
            certain=grave,
        )


def _shortfalls(audit: Audit, profile: Profile) -> tuple[list[str], bool]:
    """What was missed, in words, and whether it is more than a small remainder."""
    facts: list[str] = []
    grave = False
    line = Decimal(str(_value(profile, "execution.explain_below", Decimal("0.8")))) * 100
    spent = [rate for rate in audit.printed_rates(*SPENT) if rate.value < 100]
    if spent:
        lowest = min(spent, key=lambda figure: figure.value)
        facts.append(f"第 {audit.paragraph(lowest)} 段写{audit.told(lowest)}")
        grave = lowest.value < line
    missed = audit.claims.missed
    if missed:
        more = f"等 {len(missed)} 处" if len(missed) > 1 else ""
        facts.append(f"第 {audit.paragraph(missed[0])} 段写“{missed[0].text}”{more}")
        grave = True
    if audit.scores and audit.scores[-1].value < 100:
        facts.append(f"自评得分 {plain(audit.scores[-1].value)} 分，扣了 {plain(100 - audit.scores[-1].value)} 分")
    return facts, grave


def _value(profile: Profile, name: str, default: Decimal) -> Decimal:
    try:
        return Decimal(profile[name])
    except ProfileError:
        return default


@rule("DEV117", severity=WARNING, title="到位率 100% 又称资金紧张", source=LOGIC, scope="report")
def shortage_denied(audit: Audit, profile: Profile) -> Results:
    """Money is said to have fully arrived, and to be short.

    为什么：资金全额到位，就不能再以资金紧张作没有完成的原因。
    错误：资金到位率 100%；因财政资金紧张，未完成支付。
    正确：写明到位的是预算指标还是实拨资金。
    改法：核对到位情况，改正原因。
    """
    full = [rate for rate in audit.printed_rates("到位率") if rate.value == 100]
    if full and audit.claims.shortages:
        claim = audit.claims.shortages[0]
        yield found_at(
            audit,
            claim,
            message=f"这里写“{claim.text}”，第 {audit.paragraph(full[0])} 段写{audit.told(full[0])}，两处矛盾。",
            printed=claim.text,
            expected=audit.told(full[0]),
            suggestion="请核对资金是否实际到位，改正其中一处。",
            certain=False,
        )


@rule("XCK107", severity=WARNING, title="称全部完成而有未完成或扣分", source=LOGIC, scope="report")
def success_overstated(audit: Audit, profile: Profile) -> Results:
    """Everything is said to be reached although points were lost or tasks missed.

    为什么：全部达到预期目标就没有扣分的理由，两者不能同时成立。
    错误：各项绩效指标均已达到预期目标，自评得分 91 分。
    正确：写明哪些指标没有达到、各扣几分。
    改法：写明扣分的指标和原因，或改写结论。
    """
    against = list(success_against_form(audit))
    yield from against
    if against:
        return
    claims = audit.claims.all_done
    claim = next((c for c in reversed(claims) if not c.text.startswith("未出现")), None)
    if claim and _unexplained(audit):
        score = audit.scores[-1].value
        yield found_at(
            audit,
            claim,
            message=(
                f"这里写“{claim.text}”，自评得分却是 {plain(score)} 分，扣掉的 {plain(100 - score)} 分没有写明原因。"
            ),
            printed=claim.text,
            suggestion="请写明扣分的指标和原因，或改写结论。",
            certain=False,
        )
        return
    for claim in claims[-1:]:
        missed = [m for m in audit.claims.missed if m.block != claim.block or abs(m.start - claim.start) > 12]
        if missed:
            yield found_at(
                audit,
                claim,
                message=(
                    f"这里写“{claim.text}”，"
                    f"第 {audit.paragraph(missed[0])} 段又写“{audit.around(missed[0], 16, 6)}”，"
                    f"两处矛盾。"
                ),
                printed=claim.text,
                expected=missed[0].text,
                suggestion="请核对完成情况，改正其中一处。",
                certain=False,
            )


def _unexplained(audit: Audit) -> bool:
    """Whether points were lost that neither the execution rate nor a word on deductions explains."""
    if not audit.scores or audit.claims.deductions_told:
        return False
    lost = 100 - audit.scores[-1].value
    spent = [rate.value for rate in audit.printed_rates(*SPENT) if rate.value < 100]
    if spent:
        lost -= (100 - min(spent)) / 10
    return lost > 1


@rule(
    "XCK127",
    severity=WARNING,
    title="文中称资金已付清而项目还在实施",
    source="财政资金支付应与项目进度相符",
    scope="report",
)
def paid_ahead(audit: Audit, profile: Profile) -> Results:
    """All money is paid while the work still goes on.

    为什么：项目还在实施，款项已全部付清，有超进度支付的风险。
    错误：支出完成全年预算数的 100%，项目正稳步推进建设。
    正确：写明已按合同节点支付，或剩余工作不再需要资金。
    改法：写明付款依据和项目进度。
    """
    full = [rate for rate in audit.printed_rates(*SPENT) if rate.value == 100]
    going = audit.claims.under_way
    if full and going and not audit.claims.finished:
        others = [rate for rate in audit.printed_rates(*SPENT) if rate.value < 100]
        if others:
            return
        yield found_at(
            audit,
            going[0],
            message=(
                f"第 {audit.paragraph(full[0])} 段写{audit.told(full[0])}，这里写“{going[0].text}”，"
                f"资金已付清而项目还没有完成。"
            ),
            printed=going[0].text,
            expected=audit.told(full[0]),
            suggestion="请写明付款依据和项目进度；提前支付的，说明原因。",
            certain=False,
        )


@rule("XCK116", severity=INFO, title="资金到位部分没有写到位金额", source="报告应当写明资金到位情况", scope="report")
def arrival_untold(audit: Audit, profile: Profile) -> Results:
    """The section on the arrival of funds gives neither an amount nor a rate of arrival.

    为什么：到位情况要写到位金额和到位率，只写预算看不出是否到位。
    错误：资金到位情况。2023 年预算安排 856 万元。
    正确：资金到位情况。预算安排 856 万元，实际到位 856 万元，到位率 100%。
    改法：补写到位金额和到位率。
    """
    for heading in audit.outline.headings:
        if not re.search(r"到位情况", heading.title) or heading.children:
            continue
        blocks = list(audit.outline.blocks_of(heading))
        text = "".join(audit.passages[index].text for index in blocks)[len(heading.title) + 2 :]
        money = [f for index in blocks for f in audit.passages[index].figures if f.kind == "money"]
        if money and not re.search(r"到位|到账|收到|下达|拨入|拨付", text):
            yield whole_block(
                audit,
                heading.block,
                message=f"“{heading.title}”只写了{audit.told(money[0])}，没有写到位金额和到位率。",
                printed=money[0].said,
                suggestion="请补写实际到位金额和到位率。",
                certain=False,
            )


@rule("XCK117", severity=INFO, title="付了款的内容没有写完成情况", source="报告应当写明各项支出的产出", scope="report")
def output_untold(audit: Audit, profile: Profile) -> Results:
    """An item of the payments is not mentioned in the chapter on results, while others of the list are.

    为什么：花了钱就应当有产出，完成情况里一字不提，审核时会被追问。
    错误：支付数据采集费 70125 元，完成情况只写了硬件采购和平台建设。
    正确：完成情况写明数据采集的成果。
    改法：补写该项内容的完成情况。
    """
    for found in audit.unreported:
        yield found_at(
            audit,
            found.item,
            message=f"文中“{found.name}”付了 {found.item.said}，“{found.results}”部分没有写这一项的完成情况。",
            printed=found.item.said,
            suggestion="请补写该项内容的完成情况；没有完成的，说明原因。",
            certain=False,
        )


@rule("XCK123", severity=WARNING, title="计入本年的付款不在本年", source=LOGIC, scope="report")
def paid_in_other_year(audit: Audit, profile: Profile) -> Results:
    """An entry listed as paid carries a date of payment outside the year the report is about.

    为什么：年度自评只算本年的支出，列入其他年度的付款会使执行率失真。
    错误：2023 年度列支的项目，付款日期是 2022 年 6 月 17 日。
    正确：只列 2023 年支付的款项，或注明以前年度的部分。
    改法：核对付款年度，分年度写明。
    """
    if len(audit.years) != 1:
        return
    year = audit.years[0]
    seen: set[object] = set()
    for listing in audit.listings:
        for item in listing.items:
            if not item.paid or item.amount is None or item.amount.value in seen:
                continue
            inside = set(audit.outline.blocks_of(item.heading))
            dated = [e for e in audit.events if e.block in inside and e.amount and e.amount.value == item.amount.value]
            if dated and all(event.day.year != year for event in dated):
                seen.add(item.amount.value)
                yield found_at(
                    audit,
                    dated[-1],
                    message=(
                        f"{item.amount.said}列为 {year} 年度已支付，付款日期写的是{dated[-1].shown}，不在 {year} 年。"
                    ),
                    printed=dated[-1].shown,
                    expected=f"{year} 年",
                    suggestion="请核对付款年度；属于以前年度支出的，不应计入本年执行数。",
                    certain=False,
                )
