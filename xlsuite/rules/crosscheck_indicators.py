"""The narrative report against the indicators, weights and funds rows of its form."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from xlsuite.core.finding import ERROR, WARNING, Problem
from xlsuite.core.form import Cell, Indicator
from xlsuite.core.profile import Profile
from xlsuite.core.registry import rule
from xlsuite.core.values import squeeze
from xlsuite.rules._phrases import LOGIC, Results, figure, plain, shown
from xlsuite.rules._places import found_at, whole_block

if TYPE_CHECKING:
    from xlsuite.prose.audit import Audit
    from xlsuite.prose.quantities import Quantity


def success_against_form(audit: Audit) -> Results:
    """The part of XCK107 that compares with the form: everything reached or nothing late, and missed indicators."""
    if audit.form is None or not audit.claims.all_done:
        return
    missed = [item for item in audit.form.indicators if _is_missed(item)]
    lost = [item for item in audit.form.indicators if item not in missed and _lost_points(item)]
    if not missed and not lost:
        return
    claim = audit.claims.all_done[-1]
    cells: tuple[Cell[Any], ...] = tuple(item.actual for item in missed)
    first = (missed or lost)[0]
    if missed:
        what = f"“{shown(first.level3)}”填的是“{shown(first.actual)}”"
    elif claim.text.startswith("未出现"):
        return
    else:
        what = f"“{shown(first.level3)}”得 {figure(first.score)} 分（分值 {figure(first.weight)} 分）"
        cells = tuple(item.score for item in lost)
    count = len(cells)
    more = f"，这样的指标共 {count} 项" if count > 1 else ""
    yield found_at(
        audit,
        claim,
        message=f"报告写“{claim.text}”，自评表{what}{more}，两处矛盾。",
        printed=claim.text,
        expected=shown(first.actual),
        suggestion="请写明没有完成或扣分的指标和原因。",
        cells=cells,
        certain=False,
    )


_MISSED = re.compile(
    r"^(?:尚|暂|还)?未(?:全部|按时|按期)?(?:完成|开展|启动|实施|验收|达成|达到|达标|通过)|^没有完成|^未达"
)


def _is_missed(item: Indicator) -> bool:
    return bool(_MISSED.match(squeeze(item.actual.text)))


def _lost_points(item: Indicator) -> bool:
    return item.score.value is not None and item.weight.value is not None and item.score.value < item.weight.value


@rule("XCK112", severity=WARNING, title="总体目标完成率与得分混用", source=LOGIC, scope="report")
def completion_is_score(audit: Audit, profile: Profile) -> Results:
    """The completion rate of the overall goal equals the form's total while the text gives another score.

    为什么：完成率与得分是两回事，完成率 92% 很可能是照抄了总分。
    错误：报告得分 87 分，总体绩效目标完成率 92%，自评表总分 92 分。
    正确：完成率按完成的目标数计算并写明依据。
    改法：写明完成率的算法；把得分写错的改正。
    """
    if audit.form is None or audit.form.total.score.value is None or not audit.scores:
        return
    total = audit.form.total.score
    for rate in audit.printed_rates("完成率"):
        if (
            re.search(r"(?:总体|绩效|整体)[^，。]{0,8}目标[^，。]{0,4}完成率$", rate.label)
            and rate.value == total.value != audit.scores[-1].value
        ):
            yield found_at(
                audit,
                rate,
                message=(
                    f"文中{audit.told(rate)}，与自评表总分 {figure(total)} 分的数字相同，"
                    f"而报告得分写 {plain(audit.scores[-1].value)} 分，完成率与得分可能混用。"
                ),
                printed=rate.said,
                expected="",
                suggestion="请写明完成率的算法，并统一得分。",
                cells=(total,),
                certain=False,
            )


_TARGET = re.compile(r"目标|指标值|计划|预期|要求|应达|不低于|设定|≥|≤|年初|上年|去年|\d{4}年")


@rule("XCK122", severity=ERROR, title="报告中的指标完成值与自评表不符", source="报告数据应与自评表一致", scope="report")
def indicator_differs(audit: Audit, profile: Profile) -> Results:
    """The text names an indicator of the form and gives another actual value.

    为什么：报告分析指标完成情况，数值应与自评表一致。
    错误：报告写服务对象满意度 98%，表中完成值 95%。
    正确：两处一致。
    改法：对照佐证材料改正。
    """
    if audit.form is None or audit.several_projects:
        return
    names = [squeeze(item.level3.text) for item in audit.form.indicators]
    for item, name in zip(audit.form.indicators, names, strict=True):
        measure = item.actual.value
        if (
            measure is None
            or measure.kind != "number"
            or measure.number is None
            or len(name) < 4
            or names.count(name) > 1
        ):
            continue
        told = _told_of(audit, name, measure.unit or "%")
        if told and all(f.number(f.value) != measure.number for f in told):
            yield _indicator(audit, told[0], item, name)


def _told_of(audit: Audit, name: str, unit: str) -> list[Quantity]:
    """Figures right behind an indicator's name, of its unit, that are not called a target."""
    found = []
    for passage in audit.passages:
        start = passage.text.find(name)
        while start >= 0:
            stop = start + len(name)
            behind = passage.between(stop, min(stop + 14, len(passage.text)))
            first = next(iter(behind), None)
            if (
                first is not None
                and first.exact
                and _same_unit(first, unit)
                and not _TARGET.search(passage.text[stop : first.start])
            ):
                lead = passage.text[max(0, start - 6) : start]
                if not _TARGET.search(lead) and not re.search(r"[\u4e00-\u9fff]$", lead[-1:] if lead else ""):
                    found.append(first)
            start = passage.text.find(name, stop)
    return found


def _same_unit(found: Quantity, unit: str) -> bool:
    return found.printed.endswith(unit) or (unit == "%" and found.kind == "percent")


def _indicator(audit: Audit, found: Quantity, item: Indicator, name: str) -> Problem:
    return found_at(
        audit,
        found,
        message=f"报告写“{name}”{found.said}，自评表实际完成值是 {shown(item.actual)}。",
        printed=found.said,
        expected=shown(item.actual),
        suggestion="请对照佐证材料核对，两处改成一致。",
        cells=(item.actual,),
    )


_WEIGHTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("output", re.compile(r"产出(?:指标)?(?:类)?")),
    ("benefit", re.compile(r"(?:效益|效果)(?:指标)?(?:类)?")),
    ("satisfaction", re.compile(r"满意度(?:指标)?(?:类)?")),
    ("cost", re.compile(r"成本(?:指标)?(?:类)?")),
    ("execution", re.compile(r"预算执行(?:率|情况)?(?:类)?")),
)


@rule("WGT108", severity=ERROR, title="报告写的分值与自评表不符", source="报告数据应与自评表一致", scope="report")
def weight_differs(audit: Audit, profile: Profile) -> Results:
    """Weights told in the text are not those of the form.

    为什么：分值构成要与自评表一致，否则得分无法核对。
    错误：报告写效益指标 30 分，自评表效益指标合计 40 分。
    正确：两处一致。
    改法：按自评表改正报告。
    """
    if audit.form is None:
        return
    told = [
        f
        for f in audit.figures()
        if f.kind == "points" and f.exact and f.role and re.search(r"权重|分值|满分", f.label)
    ]
    for found in told:
        key = next((key for key, words in _WEIGHTS if words.search(found.label)), "")
        weight, cells = _weight(audit, key)
        if weight is not None and weight != found.value:
            yield found_at(
                audit,
                found,
                message=f"报告写{audit.told(found)}，自评表该类分值合计 {plain(weight)} 分。",
                printed=found.said,
                expected=f"{plain(weight)} 分",
                suggestion="请按自评表改正报告中的分值。",
                cells=cells,
            )


def _weight(audit: Audit, key: str) -> tuple[Decimal | None, tuple[Cell[Any], ...]]:
    """Weight of a level-1 group in the form with its cells; None when it cannot be told."""
    assert audit.form is not None
    if key == "execution":
        row = audit.form.fund_total
        return (row.weight.value, (row.weight,)) if row else (None, ())
    items = [item for item in audit.form.indicators if item.dimension == key]
    if not items or any(item.weight.value is None and not item.weight.blank for item in items):
        return None, ()
    cells = tuple(item.weight for item in items if item.weight.value is not None)
    return sum((cell.value for cell in cells if cell.value is not None), Decimal(0)), cells


_SELF_FUNDED = re.compile(
    r"(?:资金)?来源(?:为|于|是|与)?(?:单位|全部|均为)?自筹|单位自筹资金|资金(?:全部)?(?:由|为)(?:本)?单位自筹"
)


@rule("FND117", severity=WARNING, title="资金来源与自评表不符", source="报告数据应与自评表一致", scope="report")
def source_differs(audit: Audit, profile: Profile) -> Results:
    """The text says self-funded, the form fills the row of public funds.

    为什么：资金来源决定资金的管理要求，报告与表应一致。
    错误：报告写“资金来源为单位自筹”，表中填在当年财政拨款。
    正确：按实际来源填写。
    改法：核对资金来源，改正其中一处。
    """
    if audit.form is None:
        return
    fiscal = next((row for row in audit.form.funds if row.kind == "fiscal" and row.budget.value), None)
    other = next((row for row in audit.form.funds if row.kind in ("other", "unit") and row.budget.value), None)
    if fiscal is None or other is not None:
        return
    for passage in audit.passages:
        match = _SELF_FUNDED.search(passage.text)
        if match:
            yield whole_block(
                audit,
                passage.block.index,
                message=(
                    f"报告写“{match[0]}”，"
                    f"自评表把 {figure(fiscal.budget)} {audit.form.amount_unit}全部填在“{shown(fiscal.label)}”，"
                    f"来源不一致。"
                ),
                printed=match[0],
                expected=shown(fiscal.label),
                suggestion="请核对资金来源，改正报告或自评表。",
                start=match.start(),
                cells=(fiscal.budget,),
                certain=False,
            )
            return
