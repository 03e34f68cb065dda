"""IND: the indicators are complete, stand in their place, and say what they measure. Mostly matters of judgement."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from xlsuite.core.finding import INFO, WARNING, Problem
from xlsuite.core.form import Cell, Form
from xlsuite.core.profile import Profile
from xlsuite.core.registry import rule
from xlsuite.core.scorecard import Scorecard
from xlsuite.core.values import squeeze
from xlsuite.rules import _names as names
from xlsuite.rules._phrases import LOGIC, Results, figure, plain, shown
from xlsuite.rules._rows import Facts, Row, facts

_OUTPUTS = (("quantity", "数量指标"), ("quality", "质量指标"), ("time", "时效指标"))
_BENEFITS = frozenset(("economic", "social", "ecological", "sustained"))
_BELONGS = {
    "quantity": ("output",),
    "quality": ("output",),
    "time": ("output",),
    "economic": ("benefit",),
    "social": ("benefit",),
    "ecological": ("benefit",),
    "sustained": ("benefit",),
}
_DIMENSION_NAMES = {"output": "产出指标", "benefit": "效益指标"}
_MANY_SMALL = 10


@rule("IND101", severity=WARNING, title="指标行没有填全", source=LOGIC)
def fields_missing(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A used row lacks its name, target, actual value or weight.

    为什么：指标名称、年度指标值、实际完成值和分值缺一项，就无法计算和核对得分。
    错误：指标“培训人数”填了年度指标值和分值，实际完成值空着。
    正确：实际完成值填 105 人次。
    改法：补填空着的栏目；该指标不考核的，填“不适用”并删去分值。
    """
    known = facts(form, scorecard, profile)
    for row in known.rows:
        item = row.item
        if row.target.kind != "blank" and row.actual.kind != "blank" and row.weight and not item.level3.blank:
            continue
        fields: list[tuple[Cell[Any], str]] = [
            (item.level3, "三级指标名称"),
            (item.target, "年度指标值"),
            (item.actual, "实际完成值"),
        ]
        if known.has_weights:
            fields.append((item.weight, "分值"))
        missing = [(cell, label) for cell, label in fields if cell.ref is not None and cell.blank and not cell.formula]
        if missing:
            labels = "、".join(label for _, label in missing)
            yield Problem(
                (*(cell for cell, _ in missing), item.level3),
                message=f"{row.name}没有填{labels}，这一行无法核对。",
                printed="",
                expected=labels,
                suggestion=f"请补填{labels}；该指标不考核的，填“不适用”并删去分值。",
            )


@rule("IND120", severity=INFO, title="只有指标名称的空行", source=LOGIC)
def row_unfilled(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A row with a name and nothing else.

    为什么：只有名称的行没有考核作用，读者会以为漏填。
    错误：指标“宣传资料发放”一行只有名称，其余各栏都空着。
    正确：填全这一行，或删去这一行。
    改法：补填指标值、完成值和分值，或清除名称。
    """
    for row in facts(form, scorecard, profile).unfilled:
        yield Problem(
            (row.item.level3,),
            message=f"{row.name}只有名称，年度指标值、实际完成值和分值都没有填。",
            printed=row.title,
            expected="填全或删去",
            suggestion="请填全这一行；不考核的，清除指标名称。",
        )


@rule("IND102", severity=WARNING, title="同一类下指标重复", source="审核实务")
def indicator_repeated(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """Two rows of the same name under the same level-2 heading.

    为什么：同名指标重复考核，等于把同一件事计两次分。
    错误：数量指标下有两行都叫“培训人数”。
    正确：合并为一行；确为两件事的，写清区别，如“第一期培训人数”“第二期培训人数”。
    改法：删去重复的一行，或改写名称加以区别。
    """
    for earlier, row in facts(form, scorecard, profile).repeats:
        if _place(earlier) != _place(row):
            continue
        yield Problem(
            (row.item.level3, earlier.item.level3),
            message=f"{row.name}在“{shown(row.item.level2) or shown(row.item.level1)}”下出现了两次，同一件事重复计分。",
            printed=row.title,
            expected="不重复",
            suggestion="请删去重复的一行；确为两件事的，改写名称加以区别。",
        )


@rule("IND118", severity=INFO, title="不同类下有同名指标", source="审核实务")
def indicator_elsewhere(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """The same name under two different headings.

    为什么：同一个指标放在两类里，审核时一般只认一处。
    错误：产出指标和效益指标下都有“任务完成率”。
    正确：产出指标考核完成的数量，效益指标考核带来的效果。
    改法：删去一处，或改写成不同的考核内容。
    """
    for earlier, row in facts(form, scorecard, profile).repeats:
        if _place(earlier) == _place(row):
            continue
        places = f"“{shown(earlier.item.level2)}”和“{shown(row.item.level2)}”"
        yield Problem(
            (row.item.level3, earlier.item.level3),
            message=f"{row.name}同时出现在{places}下，审核时一般只认一处。",
            printed=row.title,
            expected="不重复",
            suggestion="请删去一处，或改写成不同的考核内容。",
        )


def _place(row: Row) -> tuple[str, str]:
    return squeeze(row.item.level1.text), squeeze(row.item.level2.text)


@rule("IND107", severity=INFO, title="缺少常设的二级指标", source="审核实务")
def level2_missing(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """No quantity, quality or time indicator, or no benefit at all.

    为什么：产出一般要从数量、质量、时效三方面考核，并至少有一项效益指标。
    错误：产出指标下只有数量指标。
    正确：产出指标下设数量、质量、时效指标，效益指标下至少一项。
    改法：补设缺少的二级指标；确不适用的，填“不适用”。
    """
    known = facts(form, scorecard, profile)
    rows = [*known.rows, *known.not_applicable]
    have = {row.item.aspect for row in rows} - {""}
    if len(have) < 2 or any(not row.item.aspect for row in rows):
        return
    missing = [label for key, label in _OUTPUTS if key not in have]
    if not have & _BENEFITS:
        missing.append("效益指标")
    if missing:
        yield Problem(
            (rows[0].item.level2,),
            message=f"本表没有{'、'.join(missing)}，产出一般要从数量、质量、时效三方面考核，并至少有一项效益指标。",
            printed="、".join(missing),
            expected="设有该类指标",
            suggestion=f"请补设{'、'.join(missing)}；确不适用的，填“不适用”。",
        )


@rule("IND108", severity=INFO, title="没有满意度指标", source="审核实务")
def satisfaction_missing(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """No satisfaction indicator, neither as level 1 nor as level 2.

    为什么：项目有服务对象的，应考核服务对象的满意度。
    错误：面向群众的培训项目没有满意度指标。
    正确：设“参训人员满意度 ≥90%”。
    改法：补设满意度指标；没有服务对象的，填“不适用”。
    """
    known = facts(form, scorecard, profile)
    rows = [*known.rows, *known.not_applicable, *known.spare]
    if not known.rows or any(
        "satisfaction" in (row.item.aspect, row.item.dimension) or "满意" in row.item.level3.text for row in rows
    ):
        return
    if not any(row.item.aspect for row in known.rows):
        return
    yield Problem(
        (known.rows[-1].item.level1,),
        message=f"{len(known.rows)} 项指标中没有满意度指标，有服务对象的项目一般要考核满意度。",
        printed=str(len(known.rows)),
        expected="满意度指标",
        suggestion="请补设满意度指标；没有服务对象的，填“不适用”。",
    )


@rule("IND113", severity=INFO, title="指标过少或过多", source="审核实务")
def indicator_count(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """Fewer or more indicators than is usual, or a crowd of one-point rows.

    为什么：指标太少反映不了项目全貌，太多太碎则每一项都无足轻重。
    错误：全表只有 2 项三级指标；或者有 12 项指标各 1 分。
    正确：一般设 5 至 20 项，重点指标分值高一些。
    改法：补充或合并指标，突出重点。
    """
    known: Facts = facts(form, scorecard, profile)
    rows, few, many = known.rows, profile["indicators.few"], profile["indicators.many"]
    if not rows:
        return
    small = [row for row in rows if row.weight is not None and row.weight <= 1]
    if len(rows) < few:
        message, basis = (
            f"全表只有 {len(rows)} 项三级指标，少于 {plain(Decimal(few))} 项，难以反映项目全貌",
            "indicators.few",
        )
    elif len(rows) > many:
        message, basis = f"全表有 {len(rows)} 项三级指标，多于 {plain(Decimal(many))} 项，重点不突出", "indicators.many"
    elif len(small) >= _MANY_SMALL and all(row.weight == 1 for row in small):
        message, basis = f"有 {len(small)} 项指标每项只有 1 分（共 {len(rows)} 项），分得过细，重点不突出", ""
    else:
        return
    yield Problem(
        (rows[0].item.level3,),
        message=f"{message}。",
        printed=str(len(small) if not basis else len(rows)),
        expected="数量适当、突出重点",
        basis=profile.source(basis) if basis else "",
        suggestion="请补充或合并指标，突出重点。",
    )


@rule("IND115", severity=WARNING, title="模板占位行带有分值", source=LOGIC)
def placeholder_weighted(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A row still named 指标1, XX or …… that has points.

    为什么：名称还是模板占位的行带着分值，说明漏改了名称。
    错误：三级指标“指标1：”，分值 5 分，得分 5 分。
    正确：写明指标名称；不用的行删去分值。
    改法：写明指标名称，或清空该行。
    """
    for item in form.indicators:
        if not item.weight.value and not item.score.value:
            continue
        left = names.residue(item.level3.text)
        if left:
            place = item.weight if item.weight.value else item.score
            yield Problem(
                (item.level3, place),
                message=f"三级指标名称还是模板占位“{shown(item.level3)}”，却有 {figure(place)} 分。",
                printed=shown(item.level3),
                expected="指标名称",
                suggestion="请写明指标名称；不用的行，请清空分值和得分。",
            )


@rule("IND119", severity=INFO, title="二级指标放错了一级指标", source=LOGIC)
def level2_misplaced(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """数量指标 under 效益指标, or 社会效益 under 产出指标.

    为什么：数量、质量、时效属于产出，经济、社会、生态效益属于效益，放错位置分值就算错了类。
    错误：“社会效益指标”放在“产出指标”下。
    正确：“社会效益指标”放在“效益指标”下。
    改法：把该行移到对应的一级指标下。
    """
    for row in facts(form, scorecard, profile).rows:
        item = row.item
        right = _BELONGS.get(item.aspect)
        if right is None or item.dimension in right or item.dimension not in _DIMENSION_NAMES:
            continue
        yield Problem(
            (item.level2, item.level1, item.level3),
            message=(
                f"{row.name}的二级指标“{shown(item.level2)}”放在“{shown(item.level1)}”下，"
                f"应放在“{_DIMENSION_NAMES[right[0]]}”下。"
            ),
            printed=shown(item.level1),
            expected=_DIMENSION_NAMES[right[0]],
            suggestion=f"请把该行移到“{_DIMENSION_NAMES[right[0]]}”下。",
        )
