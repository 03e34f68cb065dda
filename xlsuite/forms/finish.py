"""What is settled when a form has been read to its end: units, rates, total, year, kind, and the loose texts."""

from __future__ import annotations

from xlsuite.core.form import Cell, Form, Total, column_letters
from xlsuite.forms.draft import Draft
from xlsuite.forms.execution import move_execution
from xlsuite.forms.money import settle_rates, settle_unit, settle_weights
from xlsuite.forms.sheet import Sheet
from xlsuite.forms.titles import settle_kind, settle_year

_STAND_INS = (("unit", "budget_unit"), ("unit", "reporter"), ("unit", "implementer"), ("department", "budget_unit"))
"""Missing entries and what stands in for them: a form that only says 填报单位 means the unit that does the work."""


def finish(sheet: Sheet, draft: Draft) -> None:
    """Complete the draft's form in place."""
    form = draft.form
    if draft.top:
        form.range = f"{column_letters(draft.left)}{draft.top}:{column_letters(draft.right)}{draft.bottom}"
    _beside(draft)
    _general(form)
    _points(draft)
    settle_unit(form, draft.block_unit, draft.stated_unit)
    settle_rates(form, draft.percent)
    settle_weights(form)
    _title(draft)
    for key, other in _STAND_INS:
        if key not in form.info and other in form.info:
            form.info[key] = form.info.pop(other)
    settle_year(form, draft.subtitle)
    settle_kind(form, draft.evidence)
    for ref, text in draft.loose:
        draft.remark(f"“{text.strip()}”不认识，没有读取。", ref, text)
    if draft.columns is None:
        draft.remark("没有找到绩效指标的表头，指标未读取。", form.title.ref, form.title.text)
    form.text = "\n".join([sheet.name, *draft.texts, *(cell.text for cell in form.info.values())])


def _beside(draft: Draft) -> None:
    """Amounts and points given as labels with values: the funds themselves, or what the table of funds lacks."""
    form = draft.form
    if not form.funds:
        form.funds = draft.beside
        return
    total, more = form.fund_total, next((fund for fund in draft.beside if fund.kind == "total"), None)
    for field in ("weight", "rate", "score") if total is not None and more is not None else ():
        if getattr(total, field).value is None and getattr(more, field).present:
            setattr(total, field, getattr(more, field))


def _general(form: Form) -> None:
    """本年一般公共预算拨款 is the fiscal row where it is the only one of its kind."""
    kinds = [fund.kind for fund in form.funds]
    if "fiscal" not in kinds and "government_fund" not in kinds and kinds.count("general") == 1:
        form.funds[kinds.index("general")].kind = "fiscal"


def _points(draft: Draft) -> None:
    form, points = draft.form, draft.total
    if points is not None:
        form.total = Total(points.weight, points.score)
    move_execution(form, form.total.weight.value)
    fund = form.fund_total
    if fund is not None and fund.weight.value is None and draft.execution_weight is not None:
        fund.weight = draft.execution_weight


def _title(draft: Draft) -> None:
    """Without a name that is known, the first text of the sheet that speaks of 绩效 is taken as the title."""
    form: Form = draft.form
    if form.title.present:
        return
    for place, (ref, text) in enumerate(draft.loose):
        if "绩效" in text:
            form.title = Cell(text.strip(), text, ref, None, text)
            del draft.loose[place]
            return
