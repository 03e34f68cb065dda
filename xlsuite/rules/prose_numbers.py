"""Arithmetic of the running text: rates, totals, shares, instalments, remainders, adjustments and growth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlsuite.core.finding import ERROR, INFO, Problem, Undecided
from xlsuite.core.profile import Profile
from xlsuite.core.registry import rule
from xlsuite.rules._phrases import LOGIC, Results, plain
from xlsuite.rules._places import CERTAIN, HINT, LIKELY, found_at, percentage

if TYPE_CHECKING:
    from xlsuite.prose.audit import Audit
    from xlsuite.prose.rate_kinds import Rate


@rule("FND114", severity=ERROR, title="文中的比率与金额不符", source=LOGIC, scope="report")
def rate_differs(audit: Audit, profile: Profile) -> Results:
    """A rate in the text is not the ratio of the amounts beside it.

    为什么：到位率、执行率、支付率由同一段里的两个金额决定，算错会误导结论。
    错误：安排 51000 万元，支付 50418.98 万元，支付率写 97.61%。
    正确：支付率写 98.86%。
    改法：按文中金额重算；金额有误的，先改金额。
    """
    for found in audit.rates:
        if found.sure >= LIKELY:
            yield _rate(audit, found)
    for row in audit.row_rates:
        if not row.sound:
            yield Problem(
                (),
                message=(
                    f"表中“{row.row}”一行的{row.header}应为 {percentage(row.expected, row.rate)}"
                    f"（{plain(row.part)} ÷ {plain(row.whole)}），表中写 {row.quote}。"
                ),
                printed=row.quote,
                expected=percentage(row.expected, row.rate),
                suggestion="请按同一行的金额重算比率。",
                quote=row.quote,
                paragraph=row.paragraph,
            )
    if audit.lone_rates:
        yield Undecided(f"文中有 {len(audit.lone_rates)} 个比率找不到对应的两个金额，没有核对")


@rule("FND127", severity=INFO, title="文中的比率与金额略有出入", source=LOGIC, scope="report")
def rate_doubtful(audit: Audit, profile: Profile) -> Results:
    """A rate that fits only loosely: 100 % for amounts that differ a little, or amounts of different spans of time.

    为什么：四舍五入成 100%，或用多年的总投资作分母，都会让比率失真。
    错误：预算 500 万元，支出 498.6 万元，执行率 100%。
    正确：执行率 99.72%。
    改法：按两位小数写比率；口径不同的，写明分母。
    """
    for found in audit.rates:
        if found.sure == HINT:
            yield _rate(audit, found)


def _rate(audit: Audit, found: Rate) -> Problem:
    part, whole, rate = found.part, found.whole, found.rate
    right = percentage(found.expected, rate.value)
    return found_at(
        audit,
        rate,
        message=(
            f"文中称{audit.told(part)}、{audit.told(whole)}，{found.name}应为 {right}"
            f"（{plain(part.number(part.value))} ÷ {plain(part.number(whole.value))}），文中写 {rate.said}。"
        ),
        printed=rate.said,
        expected=right,
        suggestion="请核对两个金额后改正比率。",
        certain=found.sure == CERTAIN,
    )


@rule("XCK109", severity=ERROR, title="占比与金额不符", source=LOGIC, scope="report")
def share_differs(audit: Audit, profile: Profile) -> Results:
    """A share is not the ratio of its amount to the base of the other shares.

    为什么：占比由分项和总额决定，各项占比的口径应当一致。
    错误：总支出 200 万元，其中设备费 50 万元，占 35%。
    正确：设备费占 25%。
    改法：统一按同一总额重算各项占比。
    """
    for group in audit.shares:
        for amount, share in group.wrong:
            exact = amount.value / group.value * 100
            right = percentage(exact, share.value)
            base = f"{audit.told(group.base)}" if group.base else f"所列各项合计 {amount.like(group.value)}"
            yield found_at(
                audit,
                share,
                message=(
                    f"按{base}计算，{amount.said}的占比应为 {right}"
                    f"（{plain(amount.number(amount.value))} ÷ {plain(amount.number(group.value))}）"
                    f"，文中写 {share.said}。"
                ),
                printed=share.said,
                expected=right,
                suggestion="请核对该项金额和占比；其他各项占比都与这一总额相符。"
                if len(group.pairs) > 2
                else "请核对金额和占比。",
                certain=group.sure == CERTAIN,
            )


@rule("XCK115", severity=ERROR, title="分期款与合同金额的比例不符", source=LOGIC, scope="report")
def instalment_differs(audit: Audit, profile: Profile) -> Results:
    """A percentage of the contract does not give the amount stated for it.

    为什么：分期款按合同金额的比例支付，比例、合同金额、付款金额三者必须相符。
    错误：合同金额 625 万元，首付款 30% 即 178.5 万元。
    正确：首付款为 187.5 万元。
    改法：对照合同核对比例和金额。
    """
    for found in audit.instalments:
        if not found.sure:
            continue
        right = found.amount.like(found.value * found.share.value / 100)
        base = audit.told(found.base) if found.base else f"前一期款推算的合同总额 {found.amount.like(found.value)}"
        yield found_at(
            audit,
            found.amount,
            message=f"按{base}计算，{found.share.said} 应为 {right}，文中写 {found.amount.said}。",
            printed=found.amount.said,
            expected=right,
            suggestion="请对照合同核对付款比例、合同金额和付款金额。",
            certain=found.sure == CERTAIN,
        )
