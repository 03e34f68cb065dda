"""WGT: the weights add up, fit their headings, and are distributed in a usual way."""

from __future__ import annotations

from decimal import Decimal

from xlsuite.core.finding import ERROR, Problem, Undecided
from xlsuite.core.form import Form
from xlsuite.core.profile import Profile
from xlsuite.core.registry import rule
from xlsuite.core.scorecard import Scorecard
from xlsuite.rules._phrases import LOGIC, Results, addition, figure, plain, signed, tidy
from xlsuite.rules._rows import facts
from xlsuite.rules._sums import HAIR, Misfit

_ZERO = Decimal(0)


def _whole(form: Form, profile: Profile, leaves: Decimal) -> tuple[list[Decimal], Decimal, str]:
    """The totals a correct form may have, the one this form has, and the sum in words."""
    total = profile["weights.total"]
    funds = form.fund_total
    execution = funds.weight.value if funds is not None else None
    alone = f"各指标分值合计 {plain(leaves)}"
    if execution is None:
        usual = [Decimal(value) for value in profile["weights.execution"]] or [Decimal(10), Decimal(20)]
        return [total, *(total - value for value in usual)], leaves, alone
    words = f"预算执行 {plain(execution)} + 各指标 {plain(leaves)} = {plain(leaves + execution)}"
    return [total], leaves + execution, words


def _fits(value: Decimal, allowed: list[Decimal]) -> bool:
    return any(abs(value - choice) <= HAIR for choice in allowed)


@rule("WGT101", severity=ERROR, title="分值合计不是 100 分", source="口径参数：分值合计")
def weights_total(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """All weights, with the execution's, must give the configured total.

    为什么：自评总分是百分制，分值多于或少于 100 分，得分和等次就失去意义。
    错误：预算执行 10 分、产出 50 分、效益 28 分、满意度 10 分，合计 98 分。
    正确：预算执行 10 分、产出 50 分、效益 30 分、满意度 10 分，合计 100 分。
    改法：核对每一行的分值，补足或减去差额，使合计等于 100 分。
    """
    known = facts(form, scorecard, profile)
    weights = known.leaf_weights
    if not weights.cells or weights.opened:
        reason = "有指标没有填分值" if weights.cells else "表中没有指标分值"
        yield Undecided(f"{reason}，未核对分值合计")
        return
    allowed, have, words = _whole(form, profile, weights.sum)
    if _fits(have, allowed) or known.misfits:
        return
    printed, total = form.total.weight.value, profile["weights.total"]
    certain = printed is not None and printed != have
    place = form.total.weight if form.total.weight.ref is not None else weights.cells[0]
    yield Problem(
        (place, *weights.cells),
        message=(
            f"分值合计应为 {plain(total)} 分，表中{words} 分，"
            f"{'多' if have > total else '少'} {plain(abs(have - total))} 分。"
        ),
        printed=plain(have),
        expected=plain(total),
        difference=signed(have - total),
        basis=profile.source("weights.total"),
        suggestion=f"请核对各行分值，使合计等于 {plain(total)} 分。",
        certain=certain,
    )


def _heading_problem(misfit: Misfit) -> Problem:
    group, below, gap = misfit.group, misfit.below, misfit.gap
    assert group.weight.value is not None
    values = [cell.value for cell in misfit.cells if cell.value is not None]
    name = tidy(group.label.text)
    return Problem(
        (group.weight if group.weight.ref is not None else group.label, *misfit.cells),
        message=(
            f"“{name}”标明 {plain(group.weight.value)} 分，下面各三级指标的分值合计 {addition(values, below)} 分，"
            f"{'多' if gap > 0 else '少'} {plain(abs(gap))} 分。"
        ),
        printed=plain(group.weight.value),
        expected=plain(below),
        difference=signed(-gap),
        suggestion=f"请核对“{name}”的分值和下面各行的分值，使两者一致。",
    )


@rule("WGT102", severity=ERROR, title="一级指标分值与各行之和不符", source=LOGIC)
def level1_weight_differs(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """The weight printed on a level-1 heading must be the sum of its rows.

    为什么：一级指标的分值要由三级指标的分值构成，两者不一致，得分无法核对。
    错误：“产出指标（50分）”下面各行分值合计 48 分。
    正确：“产出指标（50分）”下面各行分值合计 50 分。
    改法：核对该一级指标下每一行的分值，或改正标题上的分值。
    """
    found = facts(form, scorecard, profile).misfits
    for misfit in found:
        if misfit.group.level == 2:
            continue
        start, stop = misfit.group.start, misfit.group.stop
        inside = [
            other.gap
            for other in found
            if other.group.level == 2 and start <= other.group.start and other.group.stop <= stop
        ]
        if inside and sum(inside, _ZERO) == misfit.gap:
            continue  # the level-2 heading tells it
        yield _heading_problem(misfit)


@rule("WGT103", severity=ERROR, title="二级指标分值与各行之和不符", source=LOGIC)
def level2_weight_differs(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """The weight printed on a level-2 heading must be the sum of its rows.

    为什么：二级指标的分值要由三级指标的分值构成，两者不一致，得分无法核对。
    错误：“数量指标（10分）”下面两行分值为 5 分和 4 分。
    正确：“数量指标（10分）”下面两行分值为 5 分和 5 分。
    改法：核对该二级指标下每一行的分值，或改正标题上的分值。
    """
    for misfit in facts(form, scorecard, profile).misfits:
        if misfit.group.level == 2:
            yield _heading_problem(misfit)


@rule("WGT111", severity=ERROR, title="总分行的分值与各行之和不符", source=LOGIC)
def total_weight_differs(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """The weight printed in the total row must be the sum of the weights above it.

    为什么：总分行的分值是各行分值之和，不一致时不知道哪一个作数。
    错误：各行分值合计 100 分，总分行的分值填 95 分。
    正确：各行分值合计 100 分，总分行的分值填 100 分。
    改法：把总分行的分值改为各行之和。
    """
    known = facts(form, scorecard, profile)
    printed, weights = form.total.weight.value, known.leaf_weights
    if printed is None or not weights.cells or weights.opened or known.broken_weights:
        return
    allowed, have, words = _whole(form, profile, weights.sum)
    if not _fits(have, allowed) or _fits(printed, [have, weights.sum, profile["weights.total"]]):
        return  # the sum itself is WGT101's matter
    yield Problem(
        (form.total.weight, *weights.cells),
        message=(
            f"总分行的分值填 {figure(form.total.weight)} 分，而{words} 分，两者相差 {plain(abs(printed - have))} 分。"
        ),
        printed=figure(form.total.weight),
        expected=plain(have),
        difference=signed(printed - have),
        suggestion=f"请把总分行的分值改为 {plain(have)} 分。",
    )
