"""STR, content of the sheet: cover fields, year, placeholders, goals, error values."""

from __future__ import annotations

import re

from xlsuite.core.finding import ERROR, INFO, WARNING, Problem, Undecided
from xlsuite.core.form import Form
from xlsuite.core.profile import Profile
from xlsuite.core.registry import rule
from xlsuite.core.scorecard import Scorecard
from xlsuite.core.values import squeeze
from xlsuite.rules import _names as names
from xlsuite.rules._oddities import COVER, MINOR_COVER
from xlsuite.rules._phrases import LOGIC, Results, shown, tidy
from xlsuite.rules._rows import facts

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年|年度)?(?!\d)")


@rule("STR115", severity=WARNING, title="封面必填项空着", source=LOGIC)
def cover_empty(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """Project name, department or unit has a place and no content.

    为什么：没有项目名称、主管部门或实施单位，自评表不知道是谁的，无法汇总。
    错误：“项目名称”右边空着。
    正确：填写与预算批复一致的项目名称。
    改法：补填空着的栏目。
    """
    for key, label in COVER:
        cell = form.info.get(key)
        if cell is not None and cell.ref is not None and cell.blank and not cell.formula:
            yield Problem(
                (cell,),
                message=f"表头的{label}没有填。",
                printed="",
                expected=label,
                suggestion=f"请补填{label}，与预算批复一致。",
            )


@rule("STR131", severity=INFO, title="表头其他信息没有填", source=LOGIC)
def contact_empty(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """Contact fields that the form has and that are empty, told once.

    为什么：负责人、联系人、填报日期空着，审核人员无法联系和归档。
    错误：“联系电话”右边空着。
    正确：填写联系人、电话和填报日期。
    改法：补填空着的栏目。
    """
    empty = [
        (label, form.info[key])
        for key, label in MINOR_COVER
        if key in form.info and form.info[key].ref is not None and form.info[key].blank
    ]
    if empty:
        labels = "、".join(label for label, _ in empty)
        yield Problem(
            tuple(cell for _, cell in empty),
            message=f"表头的{labels}没有填。",
            printed="",
            expected=labels,
            suggestion=f"请补填{labels}。",
        )


@rule("STR119", severity=INFO, title="没有写明评价年度", source=LOGIC)
def year_missing(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """No year anywhere in the head of the form.

    为什么：没有年度，就不知道按哪一年的规定评价，也无法与预算核对。
    错误：标题“（　　年度）项目支出绩效自评表”。
    正确：标题“（2022年度）项目支出绩效自评表”。
    改法：在标题里填写评价年度。
    """
    if form.year.value is None:
        place = form.year if form.year.ref is not None else form.title
        yield Problem(
            (place,),
            message=f"表上没有写明评价年度（标题为“{shown(form.title) or '空'}”）。",
            printed=shown(form.title),
            expected="评价年度",
            suggestion="请在标题里填写评价年度。",
        )


@rule("STR120", severity=WARNING, title="年度前后不一致", source=LOGIC)
def years_disagree(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """Title and year cell, or sheet name, name different years.

    为什么：标题和表内的年度不同，多半是沿用上年的表没有改全。
    错误：标题“2021年度项目支出绩效自评表”，评价年度填 2022。
    正确：两处都是 2022 年。
    改法：核对评价年度，改正沿用旧表的一处。
    """
    year = form.year.value
    if year is None:
        return
    for place, text in (("标题", form.title.text), ("工作表名称", form.sheet)):
        found = {int(match) for match in _YEAR.findall(squeeze(text))}
        if not found or year in found:
            continue
        other = max(found)
        if place == "工作表名称" and other == year + 1:
            continue  # a sheet may be named after the year of reporting
        yield Problem(
            (form.year, form.title),
            message=f"{place}里的年度是 {other} 年，评价年度填的是 {year} 年，两处不一致。",
            printed=str(year),
            expected=str(other),
            suggestion="请核对评价年度，改正沿用旧表的一处。",
        )
        return


@rule("STR107", severity=WARNING, title="留有模板占位文字", source=LOGIC)
def placeholder_left(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """XX, 【…】, 待补充 and the like in cover fields, goals, names, values or reasons.

    为什么：模板里的占位文字没有改成实际内容，公开后很不严肃。
    错误：项目名称“XX项目”，实际完成值“待补充”。
    正确：写明实际内容。
    改法：把占位文字换成实际内容。
    """
    for name, cell in facts(form, scorecard, profile).odd.residues:
        yield Problem(
            (cell,),
            message=f"{name}里还留有模板占位文字“{names.residue(cell.text)}”（“{shown(cell)}”）。",
            printed=shown(cell),
            expected="实际内容",
            suggestion="请换成实际内容；不用的行，请清空。",
        )


@rule("STR122", severity=ERROR, title="单元格显示公式错误", source=LOGIC)
def error_value(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """#REF!, #DIV/0! and their like.

    为什么：公式错误会传到总分，这一格也就没有数据。
    错误：执行率显示 #DIV/0!。
    正确：执行率显示 77.11%。
    改法：改正公式引用的单元格；除数为零的，先填预算数。
    """
    for name, cell in facts(form, scorecard, profile).odd.errors:
        yield Problem(
            (cell,),
            message=f"{name}显示公式错误 {shown(cell)}，没有得出结果。",
            printed=shown(cell),
            expected="计算结果",
            suggestion="请检查公式引用的单元格；除数为零的，先填写预算数。",
        )


@rule("STR121", severity=WARNING, title="公式没有计算结果", source=LOGIC)
def formula_uncached(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A formula cell for which the file keeps no value, told once for the form.

    为什么：文件里只有公式没有结果，其他程序和上报平台看到的是空白。
    错误：总分单元格是公式，而文件没有保存计算结果。
    正确：在表格软件里打开并保存一次，结果随文件保存。
    改法：用 Excel 或 WPS 打开，按 F9 重新计算后保存。
    """
    empty = facts(form, scorecard, profile).odd.uncached
    if empty:
        name, first = empty[0]
        many = f"等 {len(empty)} 处" if len(empty) > 1 else ""
        yield Problem(
            tuple(cell for _, cell in empty),
            message=f"{name}{many}的公式“={tidy(first.formula or '')}”没有保存计算结果，无法核对。",
            printed=f"={tidy(first.formula or '')}",
            expected="计算结果",
            suggestion="请用 Excel 或 WPS 打开，重新计算（F9）后保存。",
        )


@rule("STR132", severity=INFO, title="总体目标没有填完成情况", source=LOGIC)
def goal_unanswered(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """An expected goal and an empty 实际完成情况.

    为什么：年度总体目标要写明实际完成情况，才能判断目标是否实现。
    错误：预期目标写了一段，实际完成情况空着。
    正确：对照预期目标逐条写明完成情况。
    改法：补写实际完成情况。
    """
    for goal in form.goals:
        if not goal.expected.blank and goal.actual.ref is not None and goal.actual.blank:
            yield Problem(
                (goal.actual, goal.expected),
                message=f"年度总体目标“{shown(goal.expected)}”没有填实际完成情况。",
                printed="",
                expected="实际完成情况",
                suggestion="请对照预期目标补写实际完成情况。",
            )


@rule("STR133", severity=INFO, title="总体目标完成情况照抄预期目标", source="审核实务")
def goal_copied(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """The result repeats the goal word for word although a row is missed.

    为什么：完成情况与预期目标一字不差，而有指标没有完成，说明没有如实填写。
    错误：实际完成情况照抄预期目标，而指标“完成系统验收”未完成。
    正确：写明已完成哪些、没有完成哪些。
    改法：按实际情况改写完成情况。
    """
    missed = [row for row in facts(form, scorecard, profile).rows if row.met is False]
    if not missed:
        return
    for goal in form.goals:
        if goal.expected.blank or squeeze(goal.expected.text) != squeeze(goal.actual.text):
            continue
        yield Problem(
            (goal.actual, goal.expected),
            message=f"总体目标的实际完成情况照抄预期目标“{shown(goal.expected)}”，而{missed[0].name}没有完成。",
            printed=shown(goal.actual),
            expected="实际完成情况",
            suggestion="请按实际情况改写，写明没有完成的部分。",
        )


@rule("STR134", severity=WARNING, title="没有读到绩效指标", source=LOGIC)
def no_indicators(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A form without a single used indicator row.

    为什么：自评表的主体是绩效指标，没有指标就无从评价。
    错误：指标部分只有表头，没有一行填写。
    正确：至少填写产出指标和效益指标。
    改法：补填绩效指标；已经填了的，请检查表头用语是否规范。
    """
    if facts(form, scorecard, profile).rows:
        return
    if not form.indicators:
        yield Problem(
            (form.title,),
            message=f"表“{shown(form.title) or form.sheet}”里没有读到一行绩效指标。",
            printed=shown(form.title) or form.sheet,
            expected="绩效指标",
            suggestion="请补填绩效指标；已经填了的，请检查表头用语是否规范。",
        )
        return
    yield Undecided("指标行都还没有填写")
