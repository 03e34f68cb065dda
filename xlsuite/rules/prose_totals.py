"""Arithmetic of the running text: totals, lists, stated counts, and the labels of lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlsuite.core.finding import ERROR, INFO, WARNING, Problem
from xlsuite.core.profile import Profile
from xlsuite.core.registry import rule
from xlsuite.rules._phrases import LOGIC, Results, plain
from xlsuite.rules._places import CERTAIN, HINT, LIKELY, found_at

if TYPE_CHECKING:
    from xlsuite.prose.audit import Audit
    from xlsuite.prose.lists import Listing
    from xlsuite.prose.sums import Sum


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
        message=(
            f"文中所列 {len(found.parts)} 项相加为 {found.arithmetic}，比文中的{audit.told(found.total)}{more} {gap}。"
        ),
        printed=found.total.said,
        expected=found.total.like(found.added),
        difference=found.total.like(found.difference),
        suggestion=advice,
        certain=found.sure == CERTAIN,
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
    told = {id(found.total) for found in audit.sums if found.sure}
    for listing in audit.listings:
        if id(listing.budget) in told:
            continue
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
                f"所列 {len(found.parts)} 项“{first.label.lstrip('其中:')}”合计 {added}，"
                f"与文中的{audit.told(found.equals)}相等，"
                f"而不是{audit.told(found.due)}，分项的名称与口径不一致。"
            ),
            printed=added,
            expected=found.due.said,
            suggestion="请统一口径：分项写支出的，名称改为支出；写预算的，改用预算数。",
            certain=False,
        )
