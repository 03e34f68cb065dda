"""Arithmetic of the running text: rates, totals, shares, instalments, remainders, adjustments and growth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from xlsuite.core.finding import ERROR, INFO, WARNING, Problem, Undecided
from xlsuite.core.profile import Profile
from xlsuite.core.registry import rule
from xlsuite.rules._phrases import LOGIC, Results, plain
from xlsuite.rules._places import found_at, percentage

if TYPE_CHECKING:
    from xlsuite.prose.audit import Audit
    from xlsuite.prose.changes import Growth, Move
    from xlsuite.prose.lists import Listing
    from xlsuite.prose.rates import Rate
    from xlsuite.prose.sums import Sum

HINT, LIKELY, CERTAIN = 1, 2, 3
"""How sure a relation is, see ``xlsuite.prose.sums.Sure``; 0 means that it agrees."""


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


@rule("XCK108", severity=ERROR, title="各项之和与合计数不符", source=LOGIC, scope="report")
def total_differs(audit: Audit, profile: Profile) -> Results:
    """Listed figures do not add up to the total stated for them.

    为什么：合计数与所列各项同时公开，加总不符说明至少有一个数写错。
    错误：共到位 500 万元，其中中央 300 万元、省级 150 万元、县级 60 万元。
    正确：三项相加 510 万元，合计数或某一项应更正。
    改法：对照账面逐项核对；所列各项不完整的，写明“其余用于……”。
    """
    for found in audit.sums:
        if found.sure >= LIKELY:
            yield _total(audit, found)
    for column in audit.columns:
        if not column.sound:
            yield Problem(
                (),
                message=f"表中“{column.header}”一列各行相加为 {column.arithmetic}，合计行写 {column.quote}。",
                printed=column.quote,
                expected=plain(column.added),
                difference=plain(column.added - column.total),
                suggestion="请逐行核对后改正合计或明细。",
                quote=column.quote,
                paragraph=column.paragraph,
            )
    for paid in audit.paid_totals:
        if not paid.agrees:
            yield found_at(
                audit,
                paid.stated,
                message=(
                    f"文中列为已支付的 {len(paid.parts)} 项相加为 {paid.arithmetic}，"
                    f"而文中写{audit.told(paid.stated)}，相差 {paid.stated.like(abs(paid.added - paid.stated.value))}。"
                ),
                printed=paid.stated.said,
                expected=paid.stated.like(paid.added),
                difference=paid.stated.like(paid.added - paid.stated.value),
                suggestion="请核对实际支付的项目和金额，支出数变动后比率也要重算。",
                certain=paid.tied,
            )


@rule("XCK130", severity=INFO, title="所列各项与合计数不等", source=LOGIC, scope="report")
def total_incomplete(audit: Audit, profile: Profile) -> Results:
    """Listed parts that come to clearly less than the total they follow; they may not be all of it.

    为什么：读者会把所列各项当作全部；没有列全的，应当写明其余部分。
    错误：共支出 500 万元，其中甲 200 万元、乙 180 万元。
    正确：共支出 500 万元，其中甲 200 万元、乙 180 万元，其他 120 万元。
    改法：补列其余部分，或核对合计与分项。
    """
    for found in audit.sums:
        if found.sure == HINT:
            yield _total(audit, found)


def _total(audit: Audit, found: Sum) -> Problem:
    more = "多" if found.difference > 0 else "少"
    gap = found.total.like(abs(found.difference))
    if found.sure == HINT or (found.sure == LIKELY and found.difference < 0):
        advice = "如还有其他项目没有列出，请写明其余部分；各项已列全的，请改正合计或分项。"
    else:
        advice = "请核对合计数和各分项，改正写错的一个。"
    return found_at(
        audit,
        found.total,
        message=f"文中所列 {len(found.parts)} 项相加为 {found.arithmetic}，比文中的{audit.told(found.total)}{more} {gap}。",
        printed=found.total.said,
        expected=found.total.like(found.added),
        difference=found.total.like(found.difference),
        suggestion=advice,
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
                    f"（{plain(amount.number(amount.value))} ÷ {plain(amount.number(group.value))}），文中写 {share.said}。"
                ),
                printed=share.said,
                expected=right,
                suggestion="请核对该项金额和占比；其他各项占比都与这一总额相符。"
                if len(group.pairs) > 2
                else "请核对金额和占比。",
                certain=group.sure == CERTAIN,
            )


@rule("XCK110", severity=ERROR, title="写明的个数与所列的不符", source=LOGIC, scope="report")
def count_differs(audit: Audit, profile: Profile) -> Results:
    """A stated number of things is not the number of things listed.

    为什么：“四点”“六大类”之后列的条数对不上，说明漏写或多写。
    错误：主要做法有四点，后面只写了一是、二是、三是。
    正确：补上第四点，或改为“三点”。
    改法：数清所列内容，改正个数或补全内容。
    """
    for found in audit.counts:
        if not found.sure:
            continue
        listed = f"{found.low}" if found.low == found.high else f"{found.low} 至 {found.high}"
        yield found_at(
            audit,
            found,
            message=f"文中写明 {found.stated} {found.what}，所列的是 {listed} {found.unit}。",
            printed=str(found.stated),
            expected=listed,
            suggestion="请数清所列内容，改正个数或补全内容。",
            certain=found.sure == CERTAIN,
        )


@rule("XCK114", severity=WARNING, title="所列项目合计超过总额", source=LOGIC, scope="report")
def listed_over_budget(audit: Audit, profile: Profile) -> Results:
    """The numbered projects together exceed the amount announced for all of them.

    为什么：分项合计超过预算，要么列入了其他年度的内容，要么金额有误，应当说明。
    错误：预算 856 万元，下列五个项目合计 1253.29 万元。
    正确：写明哪些项目用的是其他年度或其他来源的资金。
    改法：核对各项目金额；确属跨年度的，加以说明。
    """
    largest: dict[object, Listing] = {}
    for listing in audit.listings:
        if listing.budget is not None and listing.added > listing.budget.value:
            known = largest.get(listing.budget.value)
            if known is None or known.added < listing.added:
                largest[listing.budget.value] = listing
    for listing in largest.values():
        budget = listing.budget
        assert budget is not None
        yield found_at(
            audit,
            budget,
            message=(
                f"所列 {len(listing.amounts)} 个项目的金额相加为 {listing.arithmetic}，"
                f"超过文中的{audit.told(budget)}，超出 {budget.like(listing.added - budget.value)}，文中没有说明。"
            ),
            printed=budget.said,
            expected=budget.like(listing.added),
            suggestion="请核对各项目金额；列入了以前年度或以后年度内容的，请分年度写明。",
            certain=False,
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
        if found.base:
            base = f"{audit.told(found.base)}"
        else:
            base = f"前一期款推算的合同总额 {found.amount.like(found.value)}"
        yield found_at(
            audit,
            found.amount,
            message=f"按{base}计算，{found.share.said} 应为 {right}，文中写 {found.amount.said}。",
            printed=found.amount.said,
            expected=right,
            suggestion="请对照合同核对付款比例、合同金额和付款金额。",
            certain=found.sure == CERTAIN,
        )


@rule("XCK119", severity=ERROR, title="结余与总额、支出不符", source=LOGIC, scope="report")
def remainder_differs(audit: Audit, profile: Profile) -> Results:
    """What is left is not the whole minus what was spent.

    为什么：剩余（结余）等于总额减去已用，三个数写在一起必须相符。
    错误：总投入 185.17 万元，已使用 142.78 万元，剩余 43.29 万元。
    正确：剩余 42.39 万元。
    改法：核对三个数，改正写错的一个。
    """
    for found in audit.differences:
        if not found.sure:
            continue
        left, whole, part = found.left, found.whole, found.part
        if found.expected < 0:
            yield found_at(
                audit,
                part,
                message=f"文中称{audit.told(whole)}、{audit.told(part)}，支出大于总额，却又写{audit.told(left)}，三个数不符。",
                printed=part.said,
                expected=part.like(whole.value - left.value),
                suggestion="请核对总额、支出和结余三个数。",
                certain=False,
            )
        else:
            yield found_at(
                audit,
                left,
                message=(
                    f"文中称{audit.told(whole)}、{audit.told(part)}，余额应为 {left.like(found.expected)}"
                    f"（{plain(left.number(whole.value))} − {plain(left.number(part.value))}），文中写 {left.said}。"
                ),
                printed=left.said,
                expected=left.like(found.expected),
                suggestion="请核对总额、支出和结余三个数。",
                certain=found.sure == CERTAIN,
            )


@rule("XCK120", severity=ERROR, title="增减额与增减幅度不符", source=LOGIC, scope="report")
def growth_differs(audit: Audit, profile: Profile) -> Results:
    """A percentage of growth does not follow from the amount and its change.

    为什么：增减幅度＝增减额÷上年数，上年数＝本年数减去增减额。
    错误：收入 792.22 万元，比上年增加 189.25 万元，增长 23.89%。
    正确：增长 31.39%。
    改法：按上年数重算；常见的错误是除以了本年数。
    """
    for move in audit.moves:
        if move.sure:
            yield _move(audit, move)
    for found in audit.growths:
        if not found.sure:
            continue
        now, change, rate = found.now, found.change, found.rate
        if rate.aside:
            yield _difference_to_old(audit, found)
            continue
        right = percentage(abs(found.expected), rate.value)
        old = now.value - change.change * change.value
        why = "，文中是按本年数计算的" if found.misread else ""
        yield found_at(
            audit,
            rate,
            message=(
                f"文中称{audit.told(now)}、{audit.told(change)}，幅度应为 {right}"
                f"（{plain(now.number(change.value))} ÷ {plain(now.number(old))}），文中写 {rate.said}{why}。"
            ),
            printed=rate.said,
            expected=right,
            suggestion="请按上年数重算增减幅度。",
            certain=found.sure == CERTAIN,
        )


def _difference_to_old(audit: Audit, found: Growth) -> Problem:
    now, change, old = found.now, found.change, found.rate
    right = change.like(found.expected)
    return found_at(
        audit,
        change,
        message=(
            f"文中称{audit.told(now)}、{audit.told(old)}，增减额应为 {right}"
            f"（{plain(change.number(now.value))} 与 {plain(change.number(old.value))} 之差），文中写 {change.said}。"
        ),
        printed=change.said,
        expected=right,
        suggestion="请核对本年数、上年数和增减额。",
        certain=found.sure == CERTAIN,
    )


def _move(audit: Audit, found: Move) -> Problem:
    before, after, rate = found.before, found.after, found.rate
    right = percentage(found.expected, rate.value)
    gap = plain(before.number(abs(after.value - before.value)))
    return found_at(
        audit,
        rate,
        message=(
            f"文中由 {before.said}变为 {after.said}，幅度应为 {right}（{gap} ÷ {plain(before.number(before.value))}），文中写 {rate.said}。"
        ),
        printed=rate.said,
        expected=right,
        suggestion="请按变化前的数重算增减幅度。",
        certain=found.sure == CERTAIN,
    )


@rule("XCK121", severity=ERROR, title="调整前后的金额不符", source=LOGIC, scope="report")
def adjustment_differs(audit: Audit, profile: Profile) -> Results:
    """An adjusted amount is not the original amount with its additions and cuts.

    为什么：调整后金额＝原金额＋追加－核减，写在一起必须相符。
    错误：原合同 956 万元，核减 10.26 万元，变更后 945.47 万元。
    正确：变更后 945.74 万元。
    改法：对照合同或批复核对原金额、增减额和调整后金额。
    """
    for found in audit.adjustments:
        if not found.sure:
            continue
        after = found.after
        base = audit.told(found.base) if found.base else f"各期款推算的合同金额 {after.like(found.value)}"
        gap = after.like(abs(found.expected - after.value))
        yield found_at(
            audit,
            after,
            message=(f"按{base}计算，{found.arithmetic}，文中写{audit.told(after)}，相差 {gap}。"),
            printed=after.said,
            expected=after.like(found.expected),
            difference=after.like(found.expected - after.value),
            suggestion="请对照合同或批复核对原金额、增减额和调整后金额。",
            certain=found.sure == CERTAIN,
        )


@rule("XCK124", severity=WARNING, title="分项的名称与合计的口径不一致", source=LOGIC, scope="report")
def label_and_total_differ(audit: Audit, profile: Profile) -> Results:
    """Parts called 安排 add up to what was paid.

    为什么：分项写“安排资金”，加起来却等于“支付”数，读者会误解各项的预算。
    错误：安排 51000 万元、支付 50418.98 万元，六类“安排资金”合计 50418.98 万元。
    正确：把分项写成“支付资金”，或改用安排数。
    改法：统一分项与合计的口径。
    """
    for found in audit.mislabelled:
        first = found.parts[0]
        added = first.like(sum((part.value for part in found.parts), start=first.value * 0))
        yield found_at(
            audit,
            first,
            message=(
                f"所列 {len(found.parts)} 项“{first.label.lstrip('其中:')}”合计 {added}，与文中的{audit.told(found.equals)}相等，"
                f"而不是{audit.told(found.due)}，分项的名称与口径不一致。"
            ),
            printed=added,
            expected=found.due.said,
            suggestion="请统一口径：分项写支出的，名称改为支出；写预算的，改用预算数。",
            certain=False,
        )


@rule("XCK118", severity=INFO, title="压减数量与完成比例无法对应", source=LOGIC, scope="report")
def reduction_target(audit: Audit, profile: Profile) -> Results:
    """A reduction from A to B together with a degree of completion that no whole target gives.

    为什么：数量目标是整数，压减量除以完成比例应当得到整数目标。
    错误：由 53 个减为 24 个，完成目标 92.86%，推算目标为 31.23 个。
    正确：写明目标数，例如目标压减 31 个，完成 93.55%。
    改法：写明目标数后重算完成比例。
    """
    yield from _reductions(audit)


def _reductions(audit: Audit) -> Iterator[Problem]:
    for found in audit.reductions:
        target = found.removed / found.rate.value * 100
        yield found_at(
            audit,
            found.rate,
            message=(
                f"文中由 {found.before.said}减为 {found.after.said}，减少 {found.before.like(found.removed)}，完成目标 {found.rate.said}，"
                f"推算目标为 {plain(round(target, 2))} {found.before.unit}，不是整数，无法核对。"
            ),
            printed=found.rate.said,
            expected="",
            suggestion="请写明目标数，并按目标数重算完成比例。",
            certain=False,
        )
