"""Arithmetic of the running text: remainders, adjusted amounts, growth and reductions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from xlsuite.core.finding import ERROR, INFO, Problem
from xlsuite.core.profile import Profile
from xlsuite.core.registry import rule
from xlsuite.rules._phrases import LOGIC, Results, plain
from xlsuite.rules._places import CERTAIN, found_at, percentage

if TYPE_CHECKING:
    from xlsuite.prose.audit import Audit
    from xlsuite.prose.growth import Growth
    from xlsuite.prose.moves import Move


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
        if found.expected < 0:
            yield found_at(
                audit,
                change,
                message=f"文中称{audit.told(now)}、{audit.told(change)}，增加额大于本年数，两个数必有一个写错。",
                printed=change.said,
                suggestion="请核对本年数和增加额。",
                certain=False,
            )
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
            f"文中由 {before.said}变为 {after.said}，"
            f"幅度应为 {right}（{gap} ÷ {plain(before.number(before.value))}），"
            f"文中写 {rate.said}。"
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
                f"文中由 {found.before.said}减为 {found.after.said}，"
                f"减少 {found.before.like(found.removed)}，完成目标 {found.rate.said}，"
                f"推算目标为 {plain(round(target, 2))} {found.before.unit}，不是整数，无法核对。"
            ),
            printed=found.rate.said,
            expected="",
            suggestion="请写明目标数，并按目标数重算完成比例。",
            certain=False,
        )
