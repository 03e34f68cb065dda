"""VAL, possible values: rates within 100 %, no stray signs or points, targets above last year's results."""

from __future__ import annotations

import re
from decimal import Decimal

from xlsuite.core.finding import ERROR, INFO, WARNING, Problem
from xlsuite.core.form import Form
from xlsuite.core.measures import in_unit_of
from xlsuite.core.profile import Profile
from xlsuite.core.registry import rule
from xlsuite.core.scorecard import Scorecard
from xlsuite.core.values import parse_measure
from xlsuite.rules import _names as names
from xlsuite.rules._phrases import LOGIC, Results, plain, shown, tidy
from xlsuite.rules._rows import facts
from xlsuite.rules._score_words import compared
from xlsuite.rules._verdicts import judged

_DIGIT = re.compile(r"[\d一二两三四五六七八九十百千万]")
_QUANTITATIVE = re.compile(r"^(?:≥|>=|>|≤|<=|<|=|正向.*|反向.*|逆向.*|定量.*)$")
_MAY_BE_NEGATIVE = re.compile(r"增|降|减|升|变化|差|温|偏离|波动|收益|利润|盈")
_WHOLE = Decimal(100)


@rule("VAL105", severity=ERROR, title="比率超过 100%", source=LOGIC)
def above_whole(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """Satisfaction, pass rates and coverage cannot exceed 100 %.

    为什么：满意度、合格率、覆盖率是部分占全部的比率，最高 100%。
    错误：满意度实际完成值 105%。
    正确：满意度实际完成值 95%。
    改法：核对调查或统计结果，改正数值。
    """
    for row in facts(form, scorecard, profile).rows:
        item = row.item
        if "satisfaction" not in (item.aspect, item.dimension) and not names.at_most_whole(item.level3.text):
            continue
        for cell, measure in ((item.actual, row.actual), (item.target, row.target)):
            if (
                measure.kind == "number"
                and measure.unit == "%"
                and measure.number is not None
                and measure.number > _WHOLE
            ):
                yield Problem(
                    (cell,),
                    message=f"{row.name}填“{shown(cell)}”，这类比率最高只能是 100%。",
                    printed=shown(cell),
                    expected="≤100%",
                    suggestion="请核对统计结果，改正数值。",
                )


@rule("VAL106", severity=WARNING, title="定量指标的指标值不是数字", source=LOGIC)
def quantitative_in_words(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """The nature column has ≥ ≤ =, and the target holds no number.

    为什么：指标性质选了“≥”“≤”“=”的是定量指标，指标值必须是数字。
    错误：指标性质“≥”，指标值“提高”。
    正确：指标性质“≥”，指标值“95”，度量单位“%”；或者指标性质改为“定性”。
    改法：填数字，或把指标性质改为“定性”。
    """
    for row in facts(form, scorecard, profile).rows:
        nature = tidy(row.item.nature.text)
        if not nature or row.target.kind != "word" or not _QUANTITATIVE.match(nature):
            continue
        if _DIGIT.search(row.item.target.text):
            continue
        yield Problem(
            (row.item.target, row.item.nature),
            message=f"{row.name}的指标性质是“{nature}”，指标值却填“{shown(row.item.target)}”，不是数字。",
            printed=shown(row.item.target),
            expected="数字",
            suggestion="请填数字，或把指标性质改为“定性”。",
        )


@rule("VAL107", severity=WARNING, title="实际完成值为负数", source=LOGIC)
def actual_negative(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A negative result where only zero or more is possible.

    为什么：数量、比率、金额的完成值不会小于零，负数多半是多打了减号。
    错误：培训人数实际完成值 -3。
    正确：培训人数实际完成值 3。
    改法：去掉多余的减号。
    """
    for row in facts(form, scorecard, profile).rows:
        number = row.actual.number
        if number is None or number >= 0 or (row.target.number is not None and row.target.number < 0):
            continue
        if _MAY_BE_NEGATIVE.search(f"{row.item.level3.text}{row.item.target.text}"):
            continue
        yield Problem(
            (row.item.actual,),
            message=f"{row.name}的实际完成值填“{shown(row.item.actual)}”，不应为负数。",
            printed=shown(row.item.actual),
            expected="≥0",
            suggestion="请去掉多余的减号，或核对完成值。",
        )


@rule("VAL111", severity=INFO, title="指标值低于上年完成值", source="审核实务")
def target_below_last_year(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A forward target that last year's result already reached with room to spare.

    为什么：指标值比上年已经完成的还低，起不到激励作用，审核时会认为目标定低了。
    错误：上年完成 120 场，本年指标值 ≥80 场。
    正确：参照上年完成值合理确定本年指标值。
    改法：说明调低的原因，或在下年度调高指标值。
    """
    for row in facts(form, scorecard, profile).rows:
        if row.target.operator not in ("≥", ">") or row.target.number is None:
            continue
        for title, cell in row.item.extra.items():
            if "上年" not in title and "历史" not in title:
                continue
            before = in_unit_of(parse_measure(cell.text), row.target)
            if before is None or before.number is None or before.number <= row.target.number:
                continue
            yield Problem(
                (row.item.target, cell),
                message=f"{row.name}的{tidy(title)}是“{shown(cell)}”，本年指标值只有“{shown(row.item.target)}”，低于上年。",
                printed=shown(row.item.target),
                expected=f"≥{plain(before.number)}{before.unit}",
                suggestion="请说明调低的原因，或在下年度调高指标值。",
            )


@rule("VAL118", severity=WARNING, title="百分比的小数点可能错位", source=LOGIC)
def point_misplaced(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """0.96% where 96% must be meant: the score is that of a met target.

    为什么：把 0.96 设成百分比或手工加上“%”，就会变成 0.96%，差一百倍。
    错误：指标值 ≥95%，实际完成值 0.96%，得分满分。
    正确：实际完成值 96%。
    改法：把实际完成值改为正确的百分比。
    """
    for row in judged(facts(form, scorecard, profile)).get("VAL118", ()):
        assert row.actual.number is not None
        right = f"{plain(row.actual.number * 100)}%"
        yield Problem(
            (row.item.actual, row.item.target, row.item.score),
            message=f"{row.name}{compared(row)}，得分却是 {shown(row.item.score)} 分，完成值很可能应为 {right}。",
            printed=shown(row.item.actual),
            expected=right,
            suggestion=f"请核对后把实际完成值改为 {right}；若确为 {shown(row.item.actual)}，请改得分。",
            certain=False,
        )
