"""SCO, sums: totals and subtotals are the sums of what is printed, and the whole is not suspiciously perfect."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlsuite.core.finding import ERROR, INFO, WARNING, Problem, Undecided
from xlsuite.core.form import Cell, Form, Group
from xlsuite.core.profile import Profile
from xlsuite.core.registry import rule
from xlsuite.core.scorecard import Scorecard
from xlsuite.core.values import agrees, parse_decimal, printed_places
from xlsuite.rules._amounts import half_unit
from xlsuite.rules._formulas import is_error_text
from xlsuite.rules._phrases import LOGIC, Results, addition, excess, figure, plain, points, signed, tidy
from xlsuite.rules._rows import facts
from xlsuite.rules._verdicts import fits, judged

_ZERO = Decimal(0)
_ENOUGH_ROWS = 5
_HAIR = Decimal("0.011")


def _scores(form: Form) -> list[Cell[Decimal]]:
    """The printed row scores, the execution's first."""
    cells = [item.score for item in form.indicators if item.score.value is not None]
    funds = form.fund_total
    if funds is not None and funds.score.value is not None:
        cells.insert(0, funds.score)
    return cells


def _sum(cells: list[Cell[Decimal]]) -> Decimal:
    return sum((cell.value for cell in cells if cell.value is not None), _ZERO)


def _as_shown(cells: list[Cell[Decimal]]) -> Decimal:
    """Sum of the scores as the user sees them, where cells hide further decimals."""
    total = _ZERO
    for cell in cells:
        shown = parse_decimal(cell.text.rstrip("分"))
        total += shown if shown is not None else cell.value or _ZERO
    return total


def _matches(printed: Cell[Decimal], total: Decimal, tolerance: Decimal) -> bool:
    assert printed.value is not None
    places = printed_places(printed.text)
    return abs(printed.value - total) <= tolerance or agrees(printed.value, total, places)


def _fair_sums(form: Form, scorecard: Scorecard, profile: Profile) -> Iterator[Decimal]:
    """The sums a printed total may show."""
    assert scorecard.printed_sum is not None
    yield scorecard.printed_sum
    yield _as_shown(_scores(form))
    rate = scorecard.rate.exact
    for step in profile["score.cap_by_execution"]:
        if rate is not None and rate < step["below"] and scorecard.printed_sum > step["cap"]:
            yield Decimal(step["cap"])


def _corrections(
    form: Form, scorecard: Scorecard, profile: Profile, start: int = 0, stop: int | None = None
) -> tuple[Decimal, Decimal]:
    """By how much the sum can change, at least and at most, when the rows that other rules find wrong are put right.

    A total that fits then was right from the beginning: the wrong row alone is to be told.
    """
    least = most = _ZERO
    for rows in judged(facts(form, scorecard, profile)).values():
        for row in rows:
            if row.index < start or (stop is not None and row.index >= stop):
                continue
            assert row.score is not None
            assert row.weight is not None
            low, high = row.expected.low, row.expected.high
            rounding = half_unit(row.item.score)
            least += (_ZERO if low is None else low) - row.score - rounding
            most += (row.weight if high is None else high) - row.score + rounding
    funds = form.fund_total
    if stop is None and funds is not None and funds.score.value is not None:
        expected = scorecard.execution
        if expected.low is not None and expected.high is not None and not fits(funds.score, expected):
            least, most = least + expected.low - funds.score.value, most + expected.high - funds.score.value
    return least, most


def _explained(printed: Cell[Decimal], total: Decimal, change: tuple[Decimal, Decimal]) -> bool:
    """Whether a total is the sum with its wrong rows put right."""
    assert printed.value is not None
    least, most = change
    return (least, most) != (_ZERO, _ZERO) and total + least - _HAIR <= printed.value <= total + most + _HAIR


@rule("SCO102", severity=ERROR, title="总分不等于各项得分之和", source=LOGIC)
def total_differs(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """The printed total must be the sum of the printed scores.

    为什么：总分是预算执行得分与各指标得分之和，加错会直接影响等次。
    错误：预算执行 9 分、产出 46 分、效益 37 分，总分填 95 分。
    正确：9 + 46 + 37 = 92，总分填 92 分。
    改法：把各项得分重新相加，改正总分或填错的一项。
    """
    printed = form.total.score
    if printed.value is None:
        if not printed.present:
            yield Undecided("表中没有总分")
        return
    if scorecard.printed_sum is None or not facts(form, scorecard, profile).has_scores:
        yield Undecided("有的指标没有填得分，未核对总分", (printed,))
        return
    tolerance = profile["tolerance.total"]
    if any(_matches(printed, total, tolerance) for total in _fair_sums(form, scorecard, profile)):
        return
    if facts(form, scorecard, profile).broken_scores:
        return  # STR123 shows the formula that causes it
    if _explained(printed, scorecard.printed_sum, _corrections(form, scorecard, profile)):
        return
    cells, total = _scores(form), scorecard.printed_sum
    values = [cell.value for cell in cells if cell.value is not None]
    yield Problem(
        (printed, *cells),
        message=(
            f"总分填 {figure(printed)} 分，而各项得分相加 {addition(values, total)} 分，"
            f"{excess(printed.value, total)}。"
        ),
        printed=figure(printed),
        expected=plain(total),
        difference=signed(printed.value - total),
        basis=profile.source("tolerance.total"),
        suggestion=f"请把总分改为 {plain(total)} 分，或核对是否有得分填错。",
    )


@rule("SCO120", severity=WARNING, title="表头总分与总分行不一致", source=LOGIC)
def stated_total_differs(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """The total written in the head of the form is not the one in its total row.

    为什么：同一张表的两处总分不同，读者不知道以哪一个为准。
    错误：表头“自评总分：91分”，合计行得分 90 分。
    正确：两处都是 90 分。
    改法：把各项得分重新相加，两处填同一个总分。
    """
    stated, total = form.info.get("stated_score"), form.total.score
    if stated is None or total.value is None:
        return
    value = parse_decimal(stated.text.strip().rstrip("分"))
    if value is None or value == total.value or _matches(total, value, profile["tolerance.total"]):
        return
    yield Problem(
        (stated, total),
        message=(
            f"表头写的总分是 {plain(value)} 分，总分行填 {figure(total)} 分，"
            f"两处不一致，相差 {plain(abs(value - total.value))} 分。"
        ),
        printed=plain(value),
        expected=figure(total),
        difference=signed(value - total.value),
        suggestion="请把各项得分重新相加，两处填同一个总分。",
    )


@rule("SCO117", severity=ERROR, title="小计得分不等于各行得分之和", source=LOGIC)
def subtotal_differs(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A printed subtotal of scores must be the sum of its rows.

    为什么：小计是下面各行得分之和，小计不对，总分也就不可信。
    错误：“产出指标”下面各行得分合计 46 分，小计填 48 分。
    正确：小计填 46 分。
    改法：把该部分各行得分重新相加，改正小计或填错的一行。
    """
    known = facts(form, scorecard, profile)
    broken = {id(found.cell) for found in known.broken_scores} if form.groups else set()
    for group in form.groups:
        cell, rows = group.score, form.indicators[group.start : group.stop]
        cells = [item.score for item in rows if item.score.value is not None]
        if cell.value is None or not cells or id(cell) in broken or any(one.ref == cell.ref for one in cells):
            continue
        if any(item.weight.value and item.score.ref is not None and item.score.value is None for item in rows):
            continue
        total = _sum(cells)
        sums = [total, _as_shown(cells)]
        funds = form.fund_total
        if group.level == 0 and funds is not None and funds.score.value is not None:
            sums.append(total + funds.score.value)
        if any(_matches(cell, one, profile["tolerance.total"]) for one in sums):
            continue
        if not _explained(cell, total, _corrections(form, scorecard, profile, group.start, group.stop)):
            yield _subtotal_problem(group, cell.value, cells, total)


def _subtotal_problem(group: Group, printed: Decimal, cells: list[Cell[Decimal]], total: Decimal) -> Problem:
    values = [one.value for one in cells if one.value is not None]
    return Problem(
        (group.score, *cells),
        message=(
            f"“{tidy(group.label.text)}”的小计得分填 {figure(group.score)} 分，"
            f"而各行得分相加 {addition(values, total)} 分，{excess(printed, total)}。"
        ),
        printed=figure(group.score),
        expected=plain(total),
        difference=signed(printed - total),
        suggestion=f"请把小计改为 {plain(total)} 分，或核对是否有得分填错。",
    )


@rule("SCO119", severity=WARNING, title="总分没有填", source=LOGIC)
def total_missing(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """All rows are scored and the total cell is empty.

    为什么：总分决定等次，必须填写。
    错误：各项得分都已填写，总分空着。
    正确：总分填各项得分之和 92 分。
    改法：把各项得分相加后填入总分。
    """
    cell = form.total.score
    if cell.ref is None or cell.value is not None or not cell.blank or cell.formula or scorecard.printed_sum is None:
        return
    if is_error_text(cell.text) or not facts(form, scorecard, profile).has_scores:
        return
    total = plain(scorecard.printed_sum)
    yield Problem(
        (cell,),
        message=f"各项得分都已填写，合计 {total} 分，总分却没有填。",
        printed="",
        expected=total,
        suggestion=f"请在总分处填 {total} 分。",
    )


@rule("SCO116", severity=ERROR, title="总分超出 0 至满分的范围", source=LOGIC)
def total_out_of_range(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A total below zero or above the full score, where no sum can tell where it comes from.

    为什么：自评总分是百分制，只能在 0 和 100 分之间。
    错误：总分填 920 分。
    正确：总分填 92 分。
    改法：核对并改正总分。
    """
    cell = form.total.score
    if cell.value is None or scorecard.printed_sum is not None:
        return  # with a sum at hand, SCO102, SCO101 or WGT101 tell the cause
    full = max(profile["weights.total"], form.total.weight.value or _ZERO)
    if 0 <= cell.value <= full:
        return
    yield Problem(
        (cell,),
        message=f"总分填 {figure(cell)} 分，超出了 0 至 {plain(full)} 分的范围。",
        printed=figure(cell),
        expected=f"0～{plain(full)}",
        suggestion="请改正总分。",
    )


@rule("SCO113", severity=INFO, title="各项指标全部满分", source="审核实务")
def all_full(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """Every indicator has all its points: reviewers look at such forms first.

    为什么：所有指标都得满分的自评，审核时会被怀疑流于形式。
    错误：12 项指标全部满分，而预算执行率只有 85%。
    正确：如实打分；确实全部完成的，备好佐证材料。
    改法：逐项核对完成情况和佐证材料。
    """
    rows = [row for row in facts(form, scorecard, profile).rows if row.weight]
    if len(rows) < _ENOUGH_ROWS or any(row.score is None or row.score != row.weight for row in rows):
        return
    total = sum((row.weight for row in rows if row.weight is not None), _ZERO)
    yield Problem(
        tuple(row.item.score for row in rows),
        message=f"{len(rows)} 项指标全部得满分，合计 {points(total)} 分，审核时会重点核对。",
        printed=points(total),
        expected="如实打分",
        suggestion="请逐项核对完成情况，备好佐证材料。",
    )
