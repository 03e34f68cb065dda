"""STR, formulas: totals that miss rows, rates with the wrong divisor, totals typed over."""

from __future__ import annotations

from decimal import Decimal

from xlsuite.core.finding import INFO, WARNING, Problem
from xlsuite.core.form import Cell, Form
from xlsuite.core.profile import Profile
from xlsuite.core.registry import rule
from xlsuite.core.scorecard import Scorecard
from xlsuite.rules._amounts import rate_state
from xlsuite.rules._formulas import (
    BrokenSum,
    divisors,
)
from xlsuite.rules._phrases import LOGIC, Results, figure, fund_name, tidy
from xlsuite.rules._rows import facts


@rule("STR123", severity=WARNING, title="合计公式漏加或重复加", source=LOGIC)
def sum_formula_broken(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A sum whose range leaves out or repeats rows.

    为什么：插入或删除行以后，合计公式的范围常常没有跟着改，总分就会少加或多加。
    错误：总分公式 =SUM(H14:H38)，而第 39 行也是指标。
    正确：总分公式 =H6+SUM(H14:H39)。
    改法：把公式改成提示给出的写法。
    """
    known = facts(form, scorecard, profile)
    for broken in (*known.broken_funds.values(), *known.broken_weights, *known.broken_scores):
        yield _problem(broken)


def _problem(broken: BrokenSum) -> Problem:
    missing = "、".join(cell.ref.a1 for cell in broken.missing if cell.ref is not None)
    repeated = "、".join(cell.ref.a1 for cell in broken.repeated if cell.ref is not None)
    faults = [f"漏加了 {missing}" if missing else "", f"重复加了 {repeated}" if repeated else ""]
    formula = f"={tidy(broken.cell.formula or '')}"
    value = f"，现在的结果是 {figure(broken.cell)}" if broken.cell.value is not None else ""
    return Problem(
        (broken.cell, *broken.missing, *broken.repeated),
        message=f"{broken.name}的公式 {formula} {'，'.join(fault for fault in faults if fault)}{value}。",
        printed=formula,
        expected=f"={broken.right}",
        suggestion=f"请把公式改为 ={broken.right}。",
    )


@rule("STR124", severity=INFO, title="执行率公式除以年初预算数", source=LOGIC)
def rate_formula_divides_by_initial(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """The rate's formula divides by 年初预算数; today the result happens to be right.

    为什么：执行率应除以全年预算数，公式引用年初预算数，预算一调整就会算错。
    错误：执行率公式 =F6/D6，D6 是年初预算数。
    正确：执行率公式 =F6/E6，E6 是全年预算数。
    改法：把除数改为全年预算数。
    """
    for row in form.funds:
        if not row.rate.formula or row.initial.ref is None or row.budget.ref is None:
            continue
        places = divisors(row.rate.formula)
        initial, budget = (row.initial.ref.row, row.initial.ref.column), (row.budget.ref.row, row.budget.ref.column)
        if initial not in places or budget in places or rate_state(row)[0] == "initial":
            continue  # FND103 tells it where the result is wrong
        executed = row.executed.ref.a1 if row.executed.ref is not None else "全年执行数"
        right = f"={executed}/{row.budget.ref.a1}"
        yield Problem(
            (row.rate, row.budget),
            message=(
                f"“{fund_name(row)}”的执行率公式 ={tidy(row.rate.formula)} 除以年初预算数，"
                f"应除以全年预算数 {row.budget.ref.a1}。"
            ),
            printed=f"={tidy(row.rate.formula)}",
            expected=right,
            suggestion=f"请把公式改为 {right}。",
        )


@rule("STR117", severity=INFO, title="总分是手工填写的数字", source=LOGIC)
def total_typed(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """The rows are formulas, the total is not: it will not follow a change.

    为什么：各行得分是公式而总分是填死的数字，改了得分总分不会跟着变。
    错误：各行得分都是公式，总分直接填 92。
    正确：总分用 =SUM(…) 计算。
    改法：把总分改为合计公式。
    """
    total: Cell[Decimal] = form.total.score
    if total.value is None or total.formula or total.ref is None:
        return
    cells = [item.score for item in form.indicators if item.score.value is not None]
    if len(cells) < 2 or sum(1 for cell in cells if cell.formula) * 2 < len(cells):
        return
    yield Problem(
        (total,),
        message=f"各行得分由公式计算，总分 {figure(total)} 却是手工填写的，得分变了总分不会跟着变。",
        printed=figure(total),
        expected="=SUM(…)",
        suggestion="请把总分改为合计公式。",
    )
