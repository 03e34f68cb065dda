"""VAL: target and actual value can be compared, and are possible at all."""

from __future__ import annotations

import re
from decimal import Decimal

from xlsuite.core.finding import ERROR, INFO, WARNING, Problem
from xlsuite.core.form import Form
from xlsuite.core.measures import Measure, in_unit_of
from xlsuite.core.profile import Profile
from xlsuite.core.registry import rule
from xlsuite.core.scorecard import Scorecard
from xlsuite.core.units import scale
from xlsuite.core.values import outcome, parse_measure
from xlsuite.rules._phrases import LOGIC, Results, shown
from xlsuite.rules._rows import Row, facts
from xlsuite.rules._score_words import compared, score_problem
from xlsuite.rules._verdicts import judged

_INEQUALITIES = ("≥", ">", "≤", "<")
_FIGURES = ("number", "range")
_DIGIT = re.compile(r"[\d一二两三四五六七八九十百千万]")
_ATTAINED = re.compile(
    r"达|符合|合格|满足|完成|实现|通过|正常|无|零|未发生|没有发生|优|良好|较好|好$|是$|√|全覆盖|及时|满意"
)
_LOW_LIMIT, _NEARLY_ALL, _WHOLE = Decimal(20), Decimal(80), Decimal(100)
_HARD = frozenset(("money", "length", "area", "volume", "mass", "clock", "energy", "power"))


@rule("VAL101", severity=WARNING, title="实际完成值与指标值不是同一类内容", source=LOGIC)
def kinds_differ(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A figure was asked for, and words that say nothing plainly were given.

    为什么：指标值是数字或日期，完成值也要填数字或日期，否则无法判断是否完成。
    错误：指标值 ≥95%，实际完成值“稳步推进”。
    正确：实际完成值 96%。
    改法：按指标值的写法填写实际数值或日期。
    """
    for row in _worded(form, scorecard, profile):
        if _ATTAINED.search(row.item.actual.text):
            continue
        wanted = "日期" if row.target.kind == "date" else "数值"
        yield Problem(
            (row.item.actual, row.item.target),
            message=f"{row.name}{compared(row)}，指标值是{wanted}，完成值却不是，无法判断是否完成。",
            printed=shown(row.item.actual),
            expected=wanted,
            suggestion=f"请按指标值的写法填写实际{wanted}。",
        )


@rule("VAL114", severity=INFO, title="有数值指标值而完成值只写了文字", source=LOGIC)
def figure_in_words(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A figure was asked for, and 已达标 or the like was given.

    为什么：指标值是数字的，完成值写出实际数字才能核对得分。
    错误：指标值 ≥95%，实际完成值“已达标”。
    正确：实际完成值 96%。
    改法：把文字换成实际数值。
    """
    known = facts(form, scorecard, profile)
    for row in known.rows:
        if row.target.kind not in _FIGURES or row.actual.kind != "word" or _DIGIT.search(row.item.actual.text):
            continue
        said = outcome(row.actual.word)
        if said == "undone" or (not said and not _ATTAINED.search(row.item.actual.text)):
            continue
        if row.target.number == 0:
            continue
        yield Problem(
            (row.item.actual, row.item.target),
            message=f"{row.name}{compared(row)}，没有写出实际数值，得分无法核对。",
            printed=shown(row.item.actual),
            expected="数值",
            suggestion="请填写实际完成的数值。",
        )


def _worded(form: Form, scorecard: Scorecard, profile: Profile) -> list[Row]:
    """Rows whose target is a figure or date and whose actual value is words without any figure."""
    return [
        row
        for row in facts(form, scorecard, profile).rows
        if row.target.kind in ("number", "range", "date")
        and row.actual.kind == "word"
        and not row.expected.decided
        and not outcome(row.actual.word)
        and not _DIGIT.search(row.item.actual.text)
    ]


@rule("VAL102", severity=WARNING, title="实际完成值填成了不等式", source=LOGIC)
def actual_is_inequality(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """The actual value must be what was measured, not a bound.

    为什么：实际完成值是年底的实际结果，应是一个确定的数，写成“≥95”等于没有填结果。
    错误：指标值 ≥95，实际完成值“≥95”。
    正确：实际完成值“97”。
    改法：填写统计得出的实际数值，去掉比较符号。
    """
    for row in facts(form, scorecard, profile).rows:
        if row.actual.operator in _INEQUALITIES and _bounded(row.item.actual.text):
            yield Problem(
                (row.item.actual, row.item.target),
                message=f"{row.name}的实际完成值填“{shown(row.item.actual)}”，是一个范围而不是实际结果。",
                printed=shown(row.item.actual),
                expected="一个确定的数",
                suggestion="请填写统计得出的实际数值，不带比较符号。",
            )


def _bounded(text: str) -> bool:
    """Whether the entry itself is an inequality; an operator can also come from the column 指标性质."""
    measure = parse_measure(text)
    return measure.kind == "number" and measure.operator in _INEQUALITIES


@rule("VAL103", severity=ERROR, title="实际完成值与指标值方向相反", source=LOGIC)
def directions_contradict(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """≤5 was asked for and ≥90 was given, yet the row is scored as if nearly met, or its points cannot be checked.

    为什么：指标值要求不超过某数，完成值却大得多，两者不可能同时成立，多半是把“合格率”一类的数填到了“问题率”上。
    错误：指标“功能问题率”指标值 ≤5，实际完成值 ≥90，分值 5 分，得分填 4 分。
    正确：实际完成值 3%，得分 5 分；若确为 90%，得 0 分并说明原因。
    改法：先核对实际完成值是否填错；没有填错的，按公式改得分并写明原因。
    """
    known = facts(form, scorecard, profile)
    for row in judged(known).get("VAL103", ()):
        advice = "请先核对实际完成值是否填错；没有填错的，按公式改得分，并写明偏差原因。"
        yield score_problem(row, f"{compared(row)}，方向相反", advice, first="actual")
    for row in known.rows:
        if _turned_round(row):
            yield Problem(
                (row.item.actual, row.item.target),
                message=f"{row.name}{compared(row)}，超出上限很多，指标值或完成值可能填反了。",
                printed=shown(row.item.actual),
                expected=shown(row.item.target),
                suggestion="请核对完成值和指标名称，改正填反的一处。",
                certain=False,
            )


def _turned_round(row: Row) -> bool:
    """A small limit and a result near 100 %, in a row whose points cannot tell whether the miss was seen."""
    target, actual = row.target, row.actual
    if target.operator not in ("≤", "<") or target.number is None or actual.number is None:
        return False
    if row.expected.decided and row.score is not None:
        return False
    if target.unit not in ("%", "") or actual.kind != "number":
        return False
    return target.number <= _LOW_LIMIT and _NEARLY_ALL <= actual.number <= _WHOLE


def _family(unit: str) -> str:
    return scale(unit)[0] if unit else ""


@rule("VAL104", severity=WARNING, title="指标值与完成值的单位不能换算", source=LOGIC)
def units_differ(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """Units of different kinds, or money that is off by the factor between 元 and 万元.

    为什么：单位不同的两个数不能比较，金额差一万倍多半是元和万元弄混了。
    错误：指标值 ≤100 万元，实际完成值 98 元。
    正确：实际完成值 98 万元。
    改法：统一单位后重新填写。
    """
    for row in facts(form, scorecard, profile).rows:
        target, actual = row.target, row.actual
        if target.kind != "number" or actual.kind != "number" or not target.unit or not actual.unit:
            continue
        mine, theirs = _family(target.unit), _family(actual.unit)
        if (mine != theirs and mine in _HARD and theirs in _HARD) or _money_slip(target, actual):
            yield Problem(
                (row.item.actual, row.item.target),
                message=f"{row.name}{compared(row)}，单位“{target.unit}”和“{actual.unit}”对不上，不能比较。",
                printed=shown(row.item.actual),
                expected=f"以{target.unit}为单位",
                suggestion="请统一单位后重新填写。",
            )


def _money_slip(target: Measure, actual: Measure) -> bool:
    if _family(target.unit) != "money" or _family(actual.unit) != "money" or target.unit == actual.unit:
        return False
    same = in_unit_of(actual, target)
    if same is None or not same.number or not target.number or not actual.number:
        return False
    as_typed, converted = actual.number / target.number, same.number / target.number
    return Decimal("0.3") < as_typed < 3 and not Decimal("0.02") < converted < 50


@rule("VAL115", severity=INFO, title="指标值与完成值的单位写法不一致", source=LOGIC)
def unit_unsaid(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """One of the two has a percent sign or a money unit, the other has no unit.

    为什么：一个写“95%”，一个写“95”，读者要猜单位，系统也难以核对。
    错误：指标值 ≥95%，实际完成值 96。
    正确：实际完成值 96%。
    改法：两处写同样的单位。
    """
    for row in facts(form, scorecard, profile).rows:
        target, actual = row.target, row.actual
        if target.kind != "number" or actual.kind != "number" or bool(target.unit) == bool(actual.unit):
            continue
        unit = target.unit or actual.unit
        if _family(unit) in ("ratio", "money") and actual.number:
            yield Problem(
                (row.item.actual, row.item.target),
                message=f"{row.name}{compared(row)}，一处写了单位“{unit}”，另一处没有写。",
                printed=shown(row.item.actual),
                expected=f"都写“{unit}”",
                suggestion=f"请在两处都写明单位“{unit}”。",
            )
