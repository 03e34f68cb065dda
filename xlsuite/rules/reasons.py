"""DEV: lost points are explained, and explanations explain."""

from __future__ import annotations

from decimal import Decimal

from xlsuite.core.finding import ERROR, INFO, WARNING, Problem, Undecided
from xlsuite.core.form import Form
from xlsuite.core.profile import Profile
from xlsuite.core.registry import rule
from xlsuite.core.scorecard import Scorecard
from xlsuite.core.values import squeeze
from xlsuite.rules import _names as names
from xlsuite.rules._phrases import Results, figure, limit, listing, percent, plain, points, shown
from xlsuite.rules._rows import Row, facts
from xlsuite.rules._score_words import compared, overachieved
from xlsuite.rules._verdicts import judged, provably_missed

_SAME_REASON = 3
_SHORT_REASON = 6


def _is_boilerplate(text: str, profile: Profile) -> bool:
    return squeeze(text).strip("。.,;") in profile["reason.boilerplate"]


def _lost(row: Row) -> Decimal:
    assert row.weight is not None
    assert row.score is not None
    return row.weight - row.score


def _lost_points(row: Row) -> str:
    item = row.item
    return f"分值 {figure(item.weight)} 分、得分 {figure(item.score)} 分，扣了 {points(_lost(row))} 分"


@rule("DEV101", severity=ERROR, title="扣了分而没有写偏差原因", source="口径参数：扣分须写明偏差原因")
def reason_missing(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """Points were lost and 偏差原因分析及改进措施 is empty.

    为什么：表头要求对没有完成的指标分析偏差原因、提出改进措施，扣了分就必须填写。
    错误：分值 5 分，得分 4 分，偏差原因空着。
    正确：写明“因招标延后，验收推迟到次年 3 月；将督促承建单位加快整改”。
    改法：补写原因和改进措施；不该扣分的，改正得分。
    """
    known = facts(form, scorecard, profile)
    if not profile["reason.required"]:
        return
    if not known.has_reasons or not names.asks_for_reasons(form.reason_title):
        if known.lost:
            yield Undecided("表中没有偏差原因栏，扣分的原因要看自评报告")
        return
    told = {id(row) for row in judged(known).get("SCO107", ())}
    for row in known.lost:
        item = row.item
        if id(row) in told or item.reason.ref is None or item.reason.formula:
            continue
        if not item.reason.blank or not _lost(row):
            continue
        yield Problem(
            (item.reason, item.score, item.weight),
            message=f"{row.name}{_lost_points(row)}，却没有填偏差原因分析及改进措施。",
            printed=figure(item.score),
            expected="写明原因和改进措施",
            difference=f"-{points(_lost(row))}",
            basis=profile.source("reason.required"),
            suggestion="请写明没有完成的原因和改进措施；不该扣分的，改正得分。",
        )


@rule("DEV111", severity=WARNING, title="没有完成而没有写原因", source="表头要求：偏差原因分析及改进措施")
def miss_unexplained(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """In a row without points: the target is plainly missed and the reason is empty.

    为什么：不打分的自评表，没有完成的指标也要说明原因和改进措施。
    错误：指标值 ≥200 张，实际 150 张，未完成原因空着。
    正确：未完成原因写明“病房改造延期；次年 6 月前补齐”。
    改法：补写没有完成的原因和改进措施。
    """
    known = facts(form, scorecard, profile)
    if not known.has_reasons or not profile["reason.required"] or not names.asks_for_reasons(form.reason_title):
        return
    for row in known.rows:
        cell = row.item.reason
        if (row.weight is not None and row.score is not None) or cell.ref is None or not cell.blank or cell.formula:
            continue
        if provably_missed(row):
            yield Problem(
                (cell, row.item.actual, row.item.target),
                message=f"{row.name}{compared(row)}，没有完成，原因和改进措施没有填。",
                printed=shown(row.item.actual),
                expected="写明原因和改进措施",
                basis=profile.source("reason.required"),
                suggestion="请写明没有完成的原因和改进措施；完成值填错的，改正完成值。",
            )


@rule("DEV102", severity=WARNING, title="超额较多没有说明原因", source="口径参数：超额完成的处理")
def overachievement_unexplained(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """Far above the target without a reason, where the profile demands one.

    为什么：本地规定完成值高出指标值较多的，要说明原因。
    错误：指标值 ≥9 场，实际 20 场，偏差原因空着。
    正确：偏差原因写明“上级临时增加任务 11 场”。
    改法：写明超额的原因，下年度据实提高指标值。
    """
    if profile["score.over_policy"] != "reason":
        return
    most: Decimal = profile["score.over_threshold"]
    for row, times in overachieved(facts(form, scorecard, profile).rows, most):
        cell = row.item.reason
        if cell.ref is None or not (cell.blank or _is_boilerplate(cell.text, profile)):
            continue
        yield Problem(
            (cell, row.item.actual, row.item.target),
            message=(
                f"{row.name}{compared(row)}，完成比例 {percent(times)}，达到 {limit(most)} 以上，偏差原因没有填。"
            ),
            printed=percent(times),
            expected=f"<{limit(most)}，或说明原因",
            basis=profile.source("score.over_policy"),
            suggestion="请写明超额完成较多的原因，下年度据实提高指标值。",
        )


@rule("DEV103", severity=WARNING, title="偏差原因是套话", source="口径参数：不算原因的套话")
def reason_boilerplate(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """Points were lost and the reason is 无, 略, 已完成 and the like.

    为什么：扣了分却只写“无”“正常”，等于没有说明。
    错误：得分 4 分（分值 5 分），偏差原因填“无”。
    正确：写明具体原因和改进措施。
    改法：写清为什么没有完成、下一步怎么做。
    """
    for row in facts(form, scorecard, profile).lost:
        cell = row.item.reason
        if cell.blank or not _is_boilerplate(cell.text, profile):
            continue
        yield Problem(
            (cell, row.item.score),
            message=f"{row.name}{_lost_points(row)}，偏差原因只填“{shown(cell)}”，没有说明原因。",
            printed=shown(cell),
            expected="具体原因和改进措施",
            basis=profile.source("reason.boilerplate"),
            suggestion="请写清为什么没有完成、下一步怎么做。",
        )


@rule("DEV104", severity=WARNING, title="满分的指标却写着没有完成", source="审核实务")
def full_but_unfinished(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """Full points beside a reason that says the work was not done.

    为什么：原因栏说没有完成，得分却是满分，两处必有一处不对。
    错误：分值 5 分，得分 5 分，偏差原因写“因疫情影响未完成验收”。
    正确：得分按规则扣减；或者删去不属于本年的说明。
    改法：核对是否完成，改正得分或偏差原因。
    """
    for row in facts(form, scorecard, profile).rows:
        cell = row.item.reason
        if not cell.text or row.score is None or row.score != row.weight or not row.weight:
            continue
        said = names.says_unfinished(cell.text)
        if said:
            yield Problem(
                (cell, row.item.score),
                message=f"{row.name}得满分 {figure(row.item.score)} 分，偏差原因却写着“{said}”，两处矛盾。",
                printed=said,
                expected="得分与原因一致",
                suggestion="请核对是否完成，改正得分或偏差原因。",
                certain=False,
            )


@rule("DEV105", severity=INFO, title="偏差原因没有改进措施", source="表头要求：偏差原因分析及改进措施")
def no_measure(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A reason for lost points that says nothing about what will be done.

    为什么：这一栏既要分析原因，也要写改进措施。
    错误：偏差原因只写“资金紧张”。
    正确：偏差原因写“资金到位较晚；将提前申报用款计划，确保按期支付”。
    改法：补写下一步怎么做。
    """
    for row in facts(form, scorecard, profile).lost:
        cell = row.item.reason
        if cell.blank or _is_boilerplate(cell.text, profile) or names.names_measure(cell.text):
            continue
        yield Problem(
            (cell,),
            message=f"{row.name}扣了 {points(_lost(row))} 分，偏差原因只写“{shown(cell)}”，没有改进措施。",
            printed=shown(cell),
            expected="原因和改进措施",
            suggestion="请补写下一步怎么做。",
        )


@rule("DEV107", severity=INFO, title="资金已用完却以缺少资金为由", source="审核实务")
def money_blamed(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A reason blames missing money while the whole budget was spent.

    为什么：预算已经全部支出，再说资金没有到位，前后不一致。
    错误：执行率 100%，偏差原因写“资金未到位”。
    正确：写明真正的原因。
    改法：核对资金到位和支出情况，改写原因。
    """
    rate = scorecard.rate.exact
    if rate is None or rate < 1:
        return
    for row in facts(form, scorecard, profile).lost:
        said = names.blames_money(row.item.reason.text)
        if said:
            yield Problem(
                (row.item.reason,),
                message=f"{row.name}的偏差原因写“{said}”，而预算执行率是 {percent(rate)}，两处不一致。",
                printed=said,
                expected="与执行率一致的原因",
                suggestion="请核对资金到位和支出情况，改写原因。",
            )


@rule("DEV109", severity=INFO, title="多项指标照抄同一条原因", source="审核实务")
def reason_copied(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """The same reason, typed again, for three or more rows.

    为什么：不同的指标没有完成，原因一般不会一字不差。
    错误：4 项扣分指标的偏差原因都是“受疫情影响，今后加强管理”。
    正确：逐项写明各自的原因和措施。
    改法：按指标分别写明原因。
    """
    same: dict[str, list[Row]] = {}
    for row in facts(form, scorecard, profile).lost:
        text = squeeze(row.item.reason.text)
        if len(text) >= _SHORT_REASON:
            same.setdefault(text, []).append(row)
    for rows in same.values():
        if len({row.item.reason.ref for row in rows}) < _SAME_REASON:
            continue
        yield Problem(
            tuple(row.item.reason for row in rows),
            message=(
                f"{listing([row.title for row in rows], 3)}共 {len(rows)} 项指标的偏差原因都是"
                f"“{shown(rows[0].item.reason)}”。"
            ),
            printed=shown(rows[0].item.reason),
            expected="逐项写明原因",
            suggestion="请按指标分别写明原因和改进措施。",
        )


@rule("DEV110", severity=WARNING, title="写明的扣分与实际扣分不同", source="审核实务")
def stated_deduction_differs(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """扣2分 is written, but another number of points is missing.

    为什么：原因里写明的扣分要与分值减得分一致。
    错误：分值 10 分，得分 9 分，偏差原因写“因延期扣 2 分”。
    正确：得分 8 分，或者写“扣 1 分”。
    改法：改正得分或原因里的扣分。
    """
    for row in facts(form, scorecard, profile).rows:
        cell = row.item.reason
        if not cell.text or "分" not in cell.text or row.score is None or row.weight is None:
            continue
        stated = [Decimal(text) for text in names.stated_deductions(cell.text)]
        if not stated or _lost(row) < 0:
            continue
        if any(abs(value - _lost(row)) <= profile["tolerance.score"] for value in (*stated, sum(stated, Decimal(0)))):
            continue
        yield Problem(
            (cell, row.item.score, row.item.weight),
            message=(
                f"{row.name}的偏差原因写明扣 {plain(stated[0])} 分，而分值 {figure(row.item.weight)} 分减得分 "
                f"{figure(row.item.score)} 分等于 {points(_lost(row))} 分。"
            ),
            printed=f"扣 {plain(stated[0])} 分",
            expected=f"扣 {points(_lost(row))} 分",
            suggestion="请改正得分或原因里的扣分。",
        )
