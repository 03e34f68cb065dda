"""What to write back: corrected values of computed cells, and visible marks of findings.

Only cells whose printed value is wrong, or that were left empty although their value is certain, are changed. A score
that a person judges is never overwritten, a formula never replaced by a constant, and a number that was typed as text
("9分", "77.11%") stays text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from xlsuite.core.finding import Edit, Finding, Mark
from xlsuite.core.form import Cell, Form, Ref
from xlsuite.core.grades import grade_of, standard_grade
from xlsuite.core.profile import Profile
from xlsuite.core.scorecard import Expected, Scorecard
from xlsuite.core.values import agrees, printed_places, round_half_up
from xlsuite.forms.rewriting import as_number, as_rate, as_word, printed_number

ZERO = Decimal(0)


class _Plan:
    """The edits so far, and what every score will be once they are written."""

    def __init__(self, form: Form, profile: Profile) -> None:
        self.form = form
        self.profile = profile
        self.edits: list[Edit] = []
        self.scores: dict[int, Decimal] = {}

    def value(self, cell: Cell[Decimal]) -> Decimal | None:
        """The number a cell will hold."""
        return self.scores.get(id(cell), cell.value)

    def write(self, cell: Cell[Any], new: object, why: str) -> None:
        """Plan a change of one cell."""
        assert cell.ref is not None
        self.edits.append(Edit(cell.ref, cell.stored, new, why))

    def score(self, cell: Cell[Decimal], value: Decimal, why: str) -> None:
        """Plan a new number of points."""
        self.scores[id(cell)] = value
        self.write(cell, as_number(cell, value), why)


def edits(form: Form, scorecard: Scorecard, profile: Profile) -> list[Edit]:
    """The changes that make the computed cells of a form right, in reading order; empty when nothing is wrong."""
    plan = _Plan(form, profile)
    row = form.fund_total
    if row is not None:
        _rate(plan, row.rate, scorecard.rate)
        _fixed(plan, row.score, row.weight, scorecard.execution)
    for indicator, expected in zip(form.indicators, scorecard.indicators, strict=True):
        _fixed(plan, indicator.score, indicator.weight, expected)
    for group in form.groups:
        _subtotal(plan, group.score, [one.score for one in form.indicators[group.start : group.stop]])
    total = _total(plan, scorecard)
    if total is not None:
        _grade(plan, total)
    return plan.edits


def _open(cell: Cell[Any]) -> bool:
    """Whether a cell may be written: it exists and holds no formula."""
    return cell.ref is not None and cell.formula is None


def _shown(cell: Cell[Any]) -> str:
    text = cell.text.strip()
    return f"表中为 {text}" if text else "表中未填"


def _rate(plan: _Plan, cell: Cell[Decimal], expected: Expected) -> None:
    exact = expected.exact
    if exact is None or not _open(cell) or (cell.value is None and cell.text.strip()):
        return
    if cell.value is None or not _right_rate(cell, exact):
        plan.write(cell, as_rate(cell, exact), f"{expected.arithmetic}，{_shown(cell)}。")


def _right_rate(cell: Cell[Decimal], exact: Decimal) -> bool:
    if "%" in cell.text or "％" in cell.text:
        return agrees(cell.text, exact)
    assert cell.value is not None
    places = printed_places(cell.text) or 0
    return agrees(cell.value, exact, places if printed_number(cell.text) == cell.value else places + 2)


def _fixed(plan: _Plan, cell: Cell[Decimal], weight: Cell[Decimal], expected: Expected) -> None:
    """A score that the rules fix to one value."""
    exact = expected.exact
    if exact is None or expected.judgement or expected.candidates or not _open(cell):
        return
    if cell.value is None:
        if cell.text.strip() or not weight.value:
            return
    elif expected.accepts(cell.value, printed_places(cell.text)):
        return
    plan.score(cell, exact, f"{expected.arithmetic}，{_shown(cell)}。")


def _subtotal(plan: _Plan, cell: Cell[Decimal], parts: list[Cell[Decimal]]) -> None:
    if cell.value is None or not _open(cell) or any(part.ref == cell.ref for part in parts):
        return
    values = [value for part in parts if (value := plan.value(part)) is not None]
    total = sum(values, ZERO)
    if values and not _fair(cell, total):
        plan.score(cell, total, f"各行得分相加为 {_plain(total)}，{_shown(cell)}。")


def _fair(cell: Cell[Decimal], value: Decimal) -> bool:
    return cell.value is not None and agrees(cell.value, value, printed_places(cell.text))


def _total(plan: _Plan, scorecard: Scorecard) -> Decimal | None:
    """The total that the form will show; None when it cannot be known."""
    form, cell = plan.form, plan.form.total.score
    row = form.fund_total
    counted = row is not None and (scorecard.execution.decided or row.score.value is not None)
    execution = plan.value(row.score) if row is not None and counted else ZERO
    points = list(_indicator_scores(plan))
    if execution is None or None in points or not points:
        return None
    indicators = sum((value for value in points if value is not None), ZERO)
    if row is not None and scorecard.printed_sum is not None and not plan.scores:
        execution = scorecard.printed_sum - indicators
    total = _capped(execution + indicators, scorecard, plan.profile)
    words = f"预算执行 {_plain(execution)} + 指标 {_plain(indicators)} = {_plain(execution + indicators)}"
    if total != execution + indicators:
        words += f"，执行率偏低，总分最高 {_plain(total)}"
    if _open(cell) and not (cell.value is None and cell.text.strip()) and not _fair(cell, total):
        plan.score(cell, total, f"{words}，{_shown(cell)}。")
    return total


def _indicator_scores(plan: _Plan) -> Iterator[Decimal | None]:
    """Scores of the rows that count; None for a row that has points but no score."""
    for indicator in plan.form.indicators:
        value = plan.value(indicator.score)
        if value is not None or indicator.weight.value:
            yield value


def _capped(total: Decimal, scorecard: Scorecard, profile: Profile) -> Decimal:
    """The total after the profile's ceilings for a low execution rate."""
    rate = scorecard.rate.exact
    if rate is None:
        return total
    ceilings = [Decimal(step["cap"]) for step in profile["score.cap_by_execution"] if rate < step["below"]]
    return min([total, *ceilings])


def _grade(plan: _Plan, total: Decimal) -> None:
    cell = plan.form.grade
    grade = grade_of(total, plan.profile)
    if not grade or not _open(cell):
        return
    printed = standard_grade(cell.value or "", plan.profile)
    if printed == grade or (cell.text.strip() and not printed):
        return
    word = as_word(cell, grade, plan.profile["grade.synonyms"])
    plan.write(cell, word, f"总分 {_plain(total)} 分，等次为“{grade}”，{_shown(cell)}。")


def _plain(value: Decimal) -> str:
    return f"{round_half_up(value, 4).normalize():f}"


def marks(findings: Iterable[Finding]) -> list[Mark]:
    """One mark for each cell with findings: the colour of the gravest, a note with all of them."""
    places: dict[Ref, list[Finding]] = {}
    for finding in findings:
        if finding.ref is not None:
            places.setdefault(finding.ref, []).append(finding)
    found = []
    for ref, here in places.items():
        here.sort(key=lambda finding: -finding.severity.rank)
        found.append(Mark(ref, here[0].severity, "\n".join(_note(finding) for finding in here)))
    return found


def _note(finding: Finding) -> str:
    suggestion = finding.suggestion if finding.suggestion not in finding.message else ""
    return f"【{finding.severity.label} {finding.code}】{finding.message}{suggestion}"
