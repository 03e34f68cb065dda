"""WGT, distribution: single weights are possible, and the points are shared out in a usual way."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from xlsuite.core.finding import ERROR, INFO, WARNING, Problem
from xlsuite.core.form import Form
from xlsuite.core.profile import Profile
from xlsuite.core.registry import rule
from xlsuite.core.scorecard import Scorecard
from xlsuite.rules._formulas import is_error_text
from xlsuite.rules._names import not_applicable
from xlsuite.rules._phrases import LOGIC, Results, figure, plain, shown
from xlsuite.rules._rows import Row, facts

_ZERO = Decimal(0)
_DIMENSIONS = {"cost": "成本指标", "output": "产出指标", "benefit": "效益指标", "satisfaction": "满意度指标"}


@rule("WGT104", severity=INFO, title="一级指标分值安排与通行做法不同", source="口径参数：一级指标分值的通行安排")
def unusual_scheme(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """The level-1 weights fit none of the profile's usual schemes. Units may adjust them with a reason.

    为什么：一级指标的分值一般有固定安排，另作安排的要有依据。
    错误：产出 40 分、效益 40 分、满意度 10 分，而本地通行的是 50、30、10。
    正确：按本地通行安排分配分值；有特殊情况的，保留调整依据。
    改法：核对本地自评通知规定的分值；确需调整的，在报告中说明。
    """
    schemes = profile["weights.schemes"]
    known = facts(form, scorecard, profile)
    if not schemes or not known.rows or any(row.weight is None for row in known.rows):
        return
    have: Counter[str] = Counter()
    for row in [*known.rows, *known.not_applicable]:
        if row.weight and row.item.dimension not in _DIMENSIONS:
            return
        have[row.item.dimension] += row.weight or _ZERO  # type: ignore[assignment]
    if any(all(Decimal(scheme.get(key, 0)) == have[key] for key in _DIMENSIONS) for scheme in schemes):
        return
    mine = "、".join(f"{label} {plain(Decimal(have[key]))} 分" for key, label in _DIMENSIONS.items() if have[key])
    if not mine:
        return
    usual = "；".join(
        "、".join(f"{label} {plain(Decimal(scheme[key]))} 分" for key, label in _DIMENSIONS.items() if scheme.get(key))
        for scheme in schemes
    )
    yield Problem(
        tuple(dict.fromkeys(row.item.level1 for row in known.rows)),
        message=f"本表的分值安排是{mine}，与通行安排（{usual}）都不同。",
        printed=mine,
        expected=usual,
        basis=profile.source("weights.schemes"),
        suggestion="请核对本地自评通知规定的分值；确需调整的，在自评报告中说明依据。",
    )


@rule("WGT105", severity=INFO, title="指标分值为零", source=LOGIC)
def weight_zero(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """An applicable indicator that counts nothing.

    为什么：分值为零的指标做得好坏都不影响总分，等于没有考核。
    错误：指标“培训人数”有指标值和完成值，分值填 0。
    正确：指标“培训人数”的分值填 5 分；不考核的删去该行。
    改法：给该指标分配分值，或删去该行。
    """
    for item in form.indicators:
        if item.weight.value == 0 and item.target.value is not None and item.target.value.kind not in ("na", "blank"):
            name = shown(item.level3)
            yield Problem(
                (item.weight,),
                message=f"指标“{name}”有年度指标值“{shown(item.target)}”，分值却是 {figure(item.weight)} 分。",
                printed=figure(item.weight),
                expected=">0",
                suggestion="请给该指标分配分值；不考核的，删去该行。",
            )


@rule("WGT110", severity=ERROR, title="分值为负数", source=LOGIC)
def weight_negative(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A weight below zero.

    为什么：分值是满分，不可能小于零。
    错误：分值填 -5 分。
    正确：分值填 5 分。
    改法：去掉多余的减号。
    """
    for item in form.indicators:
        if item.weight.value is not None and item.weight.value < 0:
            yield Problem(
                (item.weight,),
                message=f"指标“{shown(item.level3)}”的分值填 {figure(item.weight)} 分，分值不能为负数。",
                printed=figure(item.weight),
                expected=">0",
                suggestion="请改正分值。",
            )


@rule("WGT112", severity=WARNING, title="分值不是数字", source=LOGIC)
def weight_not_numeric(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A weight cell with text that is no number.

    为什么：分值不是数字就无法合计，也无法计算得分。
    错误：分值填“五分”。
    正确：分值填 5。
    改法：改填阿拉伯数字。
    """
    for item in form.indicators:
        cell = item.weight
        if (
            cell.ref is None
            or cell.value is not None
            or cell.blank
            or not_applicable(cell.text)
            or is_error_text(cell.text)
        ):
            continue
        yield Problem(
            (cell,),
            message=f"指标“{shown(item.level3)}”的分值填的是“{shown(cell)}”，不是数字，无法计算得分。",
            printed=shown(cell),
            expected="数字",
            suggestion="请改填阿拉伯数字。",
        )


@rule("WGT106", severity=INFO, title="单项指标分值过于集中", source="审核实务")
def weight_concentrated(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """One indicator carries a large share of all points.

    为什么：一项指标占的分值过大，总分几乎由它决定，其他指标失去作用。
    错误：一项三级指标的分值是 40 分。
    正确：把 40 分分配给几项具体的三级指标。
    改法：把该指标拆分，或把部分分值调给其他指标。
    """
    limit = profile["weights.concentration"] * profile["weights.total"]
    for row in facts(form, scorecard, profile).rows:
        if row.weight is not None and row.weight > limit:
            yield Problem(
                (row.item.weight,),
                message=f"{row.name}的分值是 {figure(row.item.weight)} 分，超过 {plain(limit)} 分，分值过于集中。",
                printed=figure(row.item.weight),
                expected=f"≤{plain(limit)}",
                basis=profile.source("weights.concentration"),
                suggestion="请考虑把该指标拆分，或把部分分值调给其他指标。",
            )


@rule("WGT107", severity=WARNING, title="不适用的指标带有分值", source=LOGIC)
def not_applicable_weighted(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A row marked 不适用 that still has points.

    为什么：不适用的指标不考核，它的分值应分给其他指标，否则等于白送分。
    错误：生态效益指标填“不适用”，分值 5 分，得分 5 分。
    正确：生态效益指标填“不适用”，分值和得分都不填，5 分调给其他指标。
    改法：删去该行的分值和得分，把分值分给适用的指标。
    """
    for row in facts(form, scorecard, profile).not_applicable:
        if not row.weight and not row.score:
            continue
        points = "、".join(
            f"{label} {figure(cell)} 分"
            for label, cell in (("分值", row.item.weight), ("得分", row.item.score))
            if cell.value
        )
        place = row.item.weight if row.weight else row.item.score
        yield Problem(
            (place, row.item.target),
            message=f"{_na_name(row)}填的是“不适用”，却还有{points}。",
            printed=figure(place),
            expected="不填",
            suggestion="请删去该行的分值和得分，把分值分给适用的指标。",
        )


def _na_name(row: Row) -> str:
    """The level-2 heading names a row whose own name is 不适用."""
    return row.name if not not_applicable(row.item.level3.text) else f"“{shown(row.item.level2) or '该行'}”"


@rule("WGT109", severity=INFO, title="预算执行分值与通行做法不同", source="口径参数：预算执行率的通行分值")
def execution_weight_unusual(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """The execution's weight is not one of the usual ones.

    为什么：预算执行率的分值一般是固定的，另作安排的要有依据。
    错误：预算执行率的分值填 15 分，本地通行的是 10 分。
    正确：预算执行率的分值填 10 分。
    改法：核对本地自评通知规定的分值。
    """
    usual = [Decimal(value) for value in profile["weights.execution"]]
    row = form.fund_total
    if not usual or row is None or not row.weight.value or row.weight.value in usual or row.weight.value <= 1:
        return
    wanted = "或 ".join(plain(value) for value in usual)
    yield Problem(
        (row.weight,),
        message=f"预算执行率的分值填 {figure(row.weight)} 分，通行的是 {wanted} 分。",
        printed=figure(row.weight),
        expected=wanted,
        basis=profile.source("weights.execution"),
        suggestion="请核对本地自评通知规定的分值。",
    )
