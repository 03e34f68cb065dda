"""Worksheet functions, through xlwings' UDF server on Windows; everywhere they are plain Python functions.

=XLS_RATE(F6,E6)           执行率
=XLS_SCORE(10,F6,E6)       预算执行得分
=XLS_GRADE(92.5)           等次
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar

from xlsuite.buttons.session import load_xlwings
from xlsuite.core.decimals import parse_decimal
from xlsuite.core.form import Cell, Form, FundRow, Ref
from xlsuite.core.profile import load
from xlsuite.scoring.execution import execution_score, rate
from xlsuite.scoring.totals import grade_of

Function = TypeVar("Function", bound=Callable[..., Any])
_PROFILE = "national-2020"
_ROW = 1
Entry = float | str | None


def worksheet_function(**arguments: str) -> Callable[[Function], Function]:
    """Offer a function to worksheets, with a text for each argument; it stays callable from Python."""
    xlwings = load_xlwings()

    def offered(function: Function) -> Function:
        made: Any = function
        for name, text in reversed(arguments.items()):
            made = xlwings.arg(name, doc=text)(made)
        return xlwings.func(made)  # type: ignore[no-any-return]

    return offered


def _amount(entry: Any) -> Decimal | None:
    return parse_decimal(str(entry)) if entry not in (None, "") else None


def _form(executed: Entry, budget: Entry, weight: Entry = None) -> Form:
    def cell(entry: Entry) -> Cell[Decimal]:
        return Cell(_amount(entry), "" if entry is None else str(entry), Ref("", _ROW, _ROW))

    row = FundRow("total", budget=cell(budget), executed=cell(executed), weight=cell(weight))
    return Form("", "", funds=[row])


@worksheet_function(executed="全年执行数", budget="全年预算数（调整后预算）")
def xls_rate(executed: Entry, budget: Entry) -> float | str:
    """执行率 = 全年执行数 ÷ 全年预算数；数据不全时为空白。"""
    found = rate(_form(executed, budget)).exact
    return "" if found is None else float(found)


@worksheet_function(
    weight="预算执行率的分值",
    executed="全年执行数",
    budget="全年预算数（调整后预算）",
    profile="口径，不写为 national-2020",
)
def xls_score(weight: Entry, executed: Entry, budget: Entry, profile: str = _PROFILE) -> float | str:
    """预算执行得分 = 分值 × 执行率，按口径取整并不超过分值；数据不全时为空白。"""
    form = _form(executed, budget, weight)
    found = execution_score(form, load(profile or _PROFILE).at(None), rate(form)).exact
    return "" if found is None else float(found)


@worksheet_function(total="总分", profile="口径，不写为 national-2020")
def xls_grade(total: Entry, profile: str = _PROFILE) -> str:
    """总分对应的等次；没有总分时为空白。"""
    points = _amount(total)
    return "" if points is None else grade_of(points, load(profile or _PROFILE).at(None))
