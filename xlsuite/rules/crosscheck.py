"""XCK: the narrative report against the form it belongs to. Every finding names the cell on the other side."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from xlsuite.core.finding import ERROR, WARNING, Problem, Undecided
from xlsuite.core.form import Cell
from xlsuite.core.profile import Profile
from xlsuite.core.registry import rule
from xlsuite.core.values import squeeze
from xlsuite.rules._phrases import Results, figure, percent, plain
from xlsuite.rules._places import found_at, percentage, whole_block

if TYPE_CHECKING:
    from xlsuite.prose.audit import Audit
    from xlsuite.prose.quantities import Quantity

UNITS = {
    "元": Decimal(1),
    "千元": Decimal(1000),
    "万元": Decimal(10**4),
    "百万元": Decimal(10**6),
    "亿元": Decimal(10**8),
}
SEVERAL = "报告涉及多个项目，没有与自评表核对"


@rule("XCK101", severity=ERROR, title="报告得分与自评表总分不符", source="报告数据应与自评表一致", scope="report")
def score_differs(audit: Audit, profile: Profile) -> Results:
    """The score in the text is not the total of the form.

    为什么：报告和自评表同时公开，得分必须一致。
    错误：报告写 87 分，自评表总分 92 分。
    正确：两处都写 92 分（或都改为核对后的得分）。
    改法：先核对自评表总分，再改报告。
    """
    if audit.form is None:
        return
    total = audit.form.total.score
    if total.value is None or not audit.scores:
        yield Undecided("报告或自评表没有写总分，没有核对", (total,))
    elif audit.several_projects:
        yield Undecided(SEVERAL, (total,))
    elif not any(score.value == total.value for score in audit.scores):
        score = audit.scores[-1]
        yield found_at(
            audit,
            score,
            message=(
                f"报告写自评得分 {plain(score.value)} 分，自评表总分是 {figure(total)} 分，"
                f"相差 {plain(abs(score.value - total.value))} 分。"
            ),
            printed=plain(score.value),
            expected=figure(total),
            difference=plain(score.value - total.value),
            suggestion="请先核对自评表总分，再把报告改成一致。",
            cells=(total,),
        )


@rule("XCK102", severity=ERROR, title="报告等级与自评表总分不符", source="口径参数：等级划分", scope="report")
def grade_differs(audit: Audit, profile: Profile) -> Results:
    """The grade in the text is not the one that the form's total gives.

    为什么：等级由自评表总分决定。
    错误：报告写“良好”，自评表总分 92 分，应为优。
    正确：两处等级一致，都与总分相符。
    改法：核对总分后统一等级。
    """
    if audit.form is None or not audit.grades or audit.form.total.score.value is None:
        return
    if audit.several_projects:
        yield Undecided(SEVERAL)
        return
    total = audit.form.total.score
    floors = [(Decimal(band["from"]), str(band["name"])) for band in profile["grade.bands"]]
    right = max(
        (item for item in floors if total.value is not None and item[0] <= total.value), default=(Decimal(0), "")
    )[1]
    synonyms = profile["grade.synonyms"]
    grade = audit.grades[-1]
    if right and all(str(synonyms.get(g.text, g.text)) != right and g.standard != right for g in audit.grades):
        yield found_at(
            audit,
            grade,
            message=f"报告写等级“{grade.text}”，自评表总分 {figure(total)} 分，等级应为“{right}”。",
            printed=grade.text,
            expected=right,
            basis=profile.source("grade.bands"),
            suggestion="请核对自评表总分，统一得分和等级。",
            cells=(total, audit.form.grade) if audit.form.grade.present else (total,),
        )


@rule("XCK103", severity=WARNING, title="项目名称与自评表不一致", source="报告数据应与自评表一致", scope="report")
def project_name_differs(audit: Audit, profile: Profile) -> Results:
    """Title or cover name the project differently from the form.

    为什么：名称不一致，无法确认报告与表是同一个项目。
    错误：报告写“……全生命周期管理系统项目”，表中写“……全生命周期系统建设项目”。
    正确：与批复的项目名称一致。
    改法：按预算批复统一名称。
    """
    cell = audit.form.info.get("project_name") if audit.form else None
    if cell is None or not cell.value:
        return
    name = squeeze(cell.value)
    if audit.document.text and any(
        squeeze(name) in squeeze(p.text) for p in audit.document.paragraphs if p.table is None
    ):
        return
    places = [p for p in (audit.cover.fields.get("project_name"), audit.cover.name_place) if p]
    for place in places[:1]:
        if not audit.same_name(place.text, name):
            yield found_at(
                audit,
                place,
                message=f"报告的项目名称是“{place.text}”，自评表是“{name}”，两者不一致。",
                printed=place.text,
                expected=name,
                suggestion="请按预算批复的名称统一。",
                cells=(cell,),
                certain=audit.likeness(place.text, name) >= 0.6,
            )


@rule("XCK104", severity=WARNING, title="单位名称与自评表不一致", source="报告数据应与自评表一致", scope="report")
def unit_name_differs(audit: Audit, profile: Profile) -> Results:
    """The unit or department on the cover is not the one of the form.

    为什么：单位名称不一致，责任单位不清。
    错误：报告封面写“自然资源局”，表中写“自然资源和规划局”。
    正确：用单位现行全称。
    改法：统一单位名称。
    """
    if audit.form is None:
        return
    known = [squeeze(c.value) for key, c in audit.form.info.items() if key in ("unit", "department") and c.value]
    for key, label in (("unit", "实施单位"), ("department", "主管部门")):
        stated, cell = audit.cover.fields.get(key), audit.form.info.get(key)
        if stated is None or cell is None or not cell.value:
            continue
        if not any(stated.text in other or other in stated.text for other in known):
            yield found_at(
                audit,
                stated,
                message=f"报告封面的{label}是“{stated.text}”，自评表是“{squeeze(cell.value)}”，两者不一致。",
                printed=stated.text,
                expected=squeeze(cell.value),
                suggestion="请统一单位名称；更名的，用现行名称。",
                cells=(cell,),
            )


_AMOUNTS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("initial", "年初预算数", re.compile(r"年初(?:预算|批复|安排)(?:数|资金|金额)?$")),
    (
        "budget",
        "全年预算数",
        re.compile(
            r"(?:全年|年度|调整后?的?)预算(?:数|资金|金额|总额)?$|(?:年度)?(?:项目)?资金总额$"
            r"|^(?:\d{4}年度?)?(?:项目)?预算(?:安排|资金|总额|数|金额)*$"
        ),
    ),
    (
        "executed",
        "全年执行数",
        re.compile(
            r"(?:全年|年度|预算)执行(?:数|金额)?$"
            r"|^(?:\d{4}年度?)?(?:全年|实际|累计|共|截[至止].{0,14})*(?:实际)?(?:支出|支付|执行|已支付|已使用)(?:数|资金|金额)?$"
        ),
    ),
)


@rule("XCK105", severity=ERROR, title="报告金额与自评表不符", source="报告数据应与自评表一致", scope="report")
def amount_differs(audit: Audit, profile: Profile) -> Results:
    """Budget or spending in the text is not the one of the form, in whatever unit either uses.

    为什么：预算数、执行数是报告的基本数据，必须与表一致。
    错误：报告写全年执行数 124.78 万元，表中是 142.78 万元。
    正确：两处一致。
    改法：对照决算或支付记录改正。
    """
    row = audit.form.fund_total if audit.form else None
    if audit.form is None or row is None:
        return
    if audit.several_projects:
        yield Undecided(SEVERAL)
        return
    factor = UNITS.get(audit.form.amount_unit, Decimal(10**4))
    amounts = [f for f in audit.figures() if f.kind == "money" and f.exact and f.paren == -1]
    for slot, label, words in _AMOUNTS:
        cell: Cell[Decimal] = getattr(row, slot)
        if cell.value is None:
            continue
        told = [f for f in amounts if words.search(f.label)]
        if not told or any(_equal(f, cell.value * factor) for f in amounts):
            continue
        yield _amount(audit, told[0], cell, label)
    yield from _rate(audit)


def _equal(found: Quantity, value: Decimal) -> bool:
    return abs(found.value - value) <= found.step / 2


def _amount(audit: Audit, found: Quantity, cell: Cell[Decimal], label: str) -> Problem:
    assert audit.form is not None
    assert cell.value is not None
    unit = audit.form.amount_unit
    table = cell.value * UNITS.get(unit, Decimal(10**4))
    ratio = max(found.value, table) / (min(found.value, table) or 1)
    hint = "，两数相差的倍数像是单位写错" if ratio in (10, 100, 1000, 10**4, 10**8) else ""
    return found_at(
        audit,
        found,
        message=f"报告写{audit.told(found)}，自评表{label}是 {figure(cell)} {unit}{hint}。",
        printed=found.said,
        expected=f"{figure(cell)} {unit}",
        difference=found.like(found.value - table),
        suggestion="请对照预算批复和支付记录，把报告和自评表改成一致。",
        cells=(cell,),
    )


def _rate(audit: Audit) -> Results:
    row = audit.form.fund_total if audit.form else None
    if row is None or row.rate.value is None:
        return
    printed = [
        rate
        for rate in audit.printed_rates("执行率")
        if re.search(r"预算执行率$|^(?:资金|项目|全年|年度)?执行率$", rate.label)
    ]
    exact = row.rate.value * 100
    if not printed or any(
        abs(rate.value - exact) <= rate.step / 2 for rate in audit.printed_rates("执行率", "完成预算")
    ):
        return
    budget, executed = row.budget.value, row.executed.value
    if (
        budget
        and executed is not None
        and any(abs(rate.value - executed / budget * 100) <= rate.step / 2 for rate in printed)
    ):
        return
    rate = printed[0]
    yield found_at(
        audit,
        rate,
        message=f"报告写{audit.told(rate)}，自评表执行率是 {percent(row.rate.value)}。",
        printed=rate.said,
        expected=percentage(exact, rate.value),
        suggestion="请按全年执行数÷全年预算数核对，两处改成一致。",
        cells=(row.rate,),
    )


@rule("XCK106", severity=ERROR, title="报告年度与自评表不一致", source="报告数据应与自评表一致", scope="report")
def year_differs(audit: Audit, profile: Profile) -> Results:
    """The year of the title or cover is not that of the form.

    为什么：年度不同就不是同一份自评。
    错误：报告标题写 2022 年度，自评表是 2023 年度。
    正确：两处年度一致。
    改法：确认评价年度后统一。
    """
    stated = audit.cover.fields.get("year")
    years = [int(y) for y in re.findall(r"(?:19|20)\d\d", stated.text)] if stated else []
    if stated and years and audit.cover.years and not set(years) & set(audit.cover.years):
        yield found_at(
            audit,
            stated,
            message=f"标题写 {'、'.join(map(str, audit.cover.years))} 年，封面评价年度写 {stated.text}，两处不一致。",
            printed=stated.text,
            expected="、".join(map(str, audit.cover.years)),
            suggestion="请统一评价年度。",
        )
    year = audit.form.year if audit.form else None
    told = audit.cover.years or years
    if year is None or year.value is None or not told or (len(told) > 1 and told[0] <= year.value <= told[-1]):
        return
    if year.value not in told:
        yield whole_block(
            audit,
            audit.cover.title_block if audit.cover.years else stated.block if stated else 0,
            message=f"报告写的是 {told[-1]} 年度，自评表是 {year.value} 年度，不是同一年度。",
            printed=str(told[-1]),
            expected=str(year.value),
            suggestion="请确认评价年度，报告与自评表应为同一年度。",
            cells=(year,),
        )
