"""Everything a report may say, computed once from the form, its scorecard, the profile and the materials.

Printed numbers win: the report and its annexed table must be the same. A number the table lacks is computed where
arithmetic alone decides it (rate, balance, sums); anything else stays None and becomes 【待补充：…】.
Amounts are in the form's unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from xlsuite.core.decimals import agrees, parse_decimal
from xlsuite.core.form import Cell, Form, FundRow
from xlsuite.core.profile import Profile
from xlsuite.core.scorecard import Scorecard
from xlsuite.core.text import squeeze
from xlsuite.report.grades import grade_of
from xlsuite.report.lines import Group, Line, groups_of, lines_of
from xlsuite.report.materials import MONEY_COLUMNS, FundItem, Materials, paid_of, plain_label
from xlsuite.report.phrases import SCALES, label_of, percent, plain, tidy

_YEAR = re.compile(r"^((?:19|20)\d\d)(?:年度?)?$")
_YEAR_TEXT = re.compile(r"(?:19|20)\d\d年?度?")


@dataclass(slots=True)
class Source:
    """A row of the funds block below the total."""

    label: str
    initial: Decimal | None
    budget: Decimal | None
    executed: Decimal | None


@dataclass(slots=True)
class YearFunds:
    """One year of a multi-year project. ``arranged`` is planned plus the change during the year."""

    year: str
    planned: Decimal | None = None
    adjusted: Decimal | None = None
    paid: Decimal | None = None

    @property
    def arranged(self) -> Decimal | None:
        """What remained arranged after the change during the year."""
        return None if self.planned is None else self.planned + (self.adjusted or 0)


@dataclass(eq=False)
class Facts:
    """The facts of one report; see the module's text."""

    form: Form
    card: Scorecard
    profile: Profile
    materials: Materials = field(default_factory=Materials)
    used: set[str] = field(default_factory=set)
    """Labels of the paragraphs that were asked for."""

    def written(self, label: str) -> str:
        """What people wrote in 报告素材 under a label, "" when nothing; remembers that it was asked for."""
        self.used.add(plain_label(label))
        return self.materials.text(label)

    def unused(self) -> list[str]:
        """Labels in 报告素材 that nothing asked for."""
        return [label for label in self.materials.texts if plain_label(label) not in self.used]

    @cached_property
    def subject(self) -> str:
        """Whose money it is: 项目, or 本部门（单位） in a form about a whole department."""
        return "本部门（单位）" if self.form.kind == "department" else "项目"

    @cached_property
    def unit(self) -> str:
        """Unit of every amount."""
        return self.form.amount_unit

    @cached_property
    def period(self) -> str:
        """The year or years of the form as text without 年: 2022 or 2019—2022."""
        if self.form.year.value is not None and len(set(re.findall(r"(?:19|20)\d\d", self.form.year.text))) < 2:
            return str(self.form.year.value)
        return re.sub(r"年度?$", "", tidy(self.form.year.text).strip("（）()"))

    @cached_property
    def when(self) -> str:
        """The period at the head of a sentence: 2022年度, 2019—2022年, or 本年度 when the form has no year."""
        if not self.period:
            return "本年度"
        return f"{self.period}年度" if self.period.isdigit() else f"{self.period}年"

    @cached_property
    def multi_year(self) -> bool:
        """Whether the form covers several years."""
        return bool(self.period) and not self.period.isdigit()

    def info(self, *keys: str) -> str:
        """The first entry of the form's head that is filled."""
        for key in keys:
            cell = self.form.info.get(key)
            if cell is not None and not cell.blank:
                return " ".join(cell.text.split())
        return ""

    @cached_property
    def funds(self) -> FundRow:
        """The 年度资金总额 row; an empty one when the form has none."""
        return self.form.fund_total or FundRow("total")

    @cached_property
    def initial(self) -> Decimal | None:
        """年初预算数."""
        return self.funds.initial.value

    @cached_property
    def budget(self) -> Decimal | None:
        """全年预算数; the initial budget where the form has no column for another."""
        return self.funds.budget.value if self.funds.budget.present else self.initial

    @cached_property
    def executed(self) -> Decimal | None:
        """全年执行数."""
        return self.funds.executed.value

    @cached_property
    def rate(self) -> str:
        """The execution rate as printed; computed when the form has none or a wrong one; "" when it cannot be."""
        cell = self.funds.rate
        exact = self.executed / self.budget if self.budget and self.executed is not None else None
        if cell.value is not None:
            shown = squeeze(cell.text)
            shown = shown if shown.endswith("%") else percent(cell.value)
            if exact is None or agrees(shown, exact):
                number = parse_decimal(shown[:-1])
                return shown if number is None else plain(number) + "%"
        return percent(exact) if exact is not None else ""

    @cached_property
    def balance(self) -> Decimal | None:
        """Budget minus executed; negative when overspent."""
        return None if self.budget is None or self.executed is None else self.budget - self.executed

    @cached_property
    def execution_weight(self) -> Decimal | None:
        """Points the execution rate can earn."""
        return self.funds.weight.value

    @cached_property
    def execution_score(self) -> Decimal | None:
        """Points it earned: as printed, else what the profile computes exactly."""
        return _known(self.funds.score, self.card.execution.exact)

    @cached_property
    def sources(self) -> list[Source]:
        """Funding rows below the total that carry an amount."""
        return [
            Source(label_of(row.label.text), row.initial.value, row.budget.value, row.executed.value)
            for row in self.form.funds
            if row is not self.form.fund_total and any((row.initial.value, row.budget.value, row.executed.value))
        ]

    @cached_property
    def lines(self) -> list[Line]:
        """The indicators in print order; spare rows left out."""
        return lines_of(self.form, self.card)

    @cached_property
    def scored(self) -> list[Line]:
        """Indicators that apply."""
        return [line for line in self.lines if line.status != "不适用"]

    @cached_property
    def level1(self) -> list[Group]:
        """Level-1 groups with their level-2 groups."""
        return groups_of(self.scored)

    @cached_property
    def total(self) -> Decimal | None:
        """总分: as printed, else the sum of the printed scores; none while a blank form's formula adds up nothing."""
        cell = self.form.total.score
        if cell.formula is not None and all(line.score is None for line in self.scored):
            return None
        return _known(cell, self.card.printed_sum if self.scored else None)

    @cached_property
    def total_weight(self) -> Decimal | None:
        """Full marks: as printed, else the sum of all weights."""
        if self.form.total.weight.value is not None:
            return self.form.total.weight.value
        weights = [line.weight for line in self.scored]
        if not weights or self.execution_weight is None or None in weights:
            return None
        return self.execution_weight + sum(weight for weight in weights if weight is not None)

    @cached_property
    def grade(self) -> str:
        """评价等次: as printed, else of the printed total under the profile's bands."""
        if not self.form.grade.blank:
            return tidy(self.form.grade.text)
        return grade_of(self.total, self.profile) if self.total is not None else ""

    @cached_property
    def _scaled(self) -> list[FundItem]:
        unit = self.materials.unit or self.unit
        factor = SCALES.get(unit, Decimal(1)) / SCALES.get(self.unit, Decimal(1))
        return [_scale(item, factor) for item in self.materials.items] if factor != 1 else self.materials.items

    @cached_property
    def _series(self) -> set[int]:
        """Rows of 资金明细 that differ in nothing but their year."""
        years: dict[str, dict[str, int]] = {}
        for index, item in enumerate(self._scaled):
            match = _YEAR.match(squeeze(item.year))
            if match:
                name = _YEAR_TEXT.sub("", tidy(item.name))
                years.setdefault(name, {}).setdefault(match[1], index)
        return {index for found in years.values() if len(found) > 1 for index in found.values()}

    @cached_property
    def items(self) -> list[FundItem]:
        """Projects or purposes of the money, without the rows of the multi-year series."""
        return [item for index, item in enumerate(self._scaled) if index not in self._series]

    @cached_property
    def years(self) -> list[YearFunds]:
        """The multi-year series in order; empty for a single year."""
        found: dict[str, YearFunds] = {}
        for index in sorted(self._series):
            item = self._scaled[index]
            entry = found.setdefault(squeeze(item.year)[:4], YearFunds(squeeze(item.year)[:4]))
            entry.planned = add(entry.planned, item.planned)
            entry.adjusted = add(entry.adjusted, item.adjusted)
            entry.paid = add(entry.paid, item.paid)
        return [found[year] for year in sorted(found)]

    def item_sum(self, column: str) -> Decimal | None:
        """Sum of a money column over the items; None as soon as one item lacks it (blank is not zero)."""
        return total_of(getattr(item, column) for item in self.items)

    @cached_property
    def items_sum(self) -> FundItem:
        """All items as one; a column that some item lacks stays open."""
        total = FundItem("合计", paid=total_of(paid_of(item) for item in self.items))
        changes = [item.adjusted for item in self.items if item.adjusted is not None]
        total.planned, total.adjusted = self.item_sum("planned"), sum(changes, Decimal(0)) if changes else None
        total.received, total.contract = self.item_sum("received"), self.item_sum("contract")
        return total

    @cached_property
    def years_sum(self) -> YearFunds:
        """All years as one."""
        changes = [entry.adjusted for entry in self.years if entry.adjusted is not None]
        return YearFunds(
            "合计",
            total_of(entry.planned for entry in self.years),
            sum(changes, Decimal(0)) if changes else None,
            total_of(entry.paid for entry in self.years),
        )

    @cached_property
    def received(self) -> Decimal | None:
        """Money that arrived, summed over all rows that say so; None when no row does."""
        amounts = [item.received for item in self._scaled if item.received is not None]
        return sum(amounts, Decimal(0)) if amounts else None


def add(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    """Sum where None means "not stated"."""
    return right if left is None else left if right is None else left + right


def total_of(values: Iterable[Decimal | None]) -> Decimal | None:
    """Sum of all values; None when there are none or one is missing."""
    found = list(values)
    if not found or None in found:
        return None
    return sum((value for value in found if value is not None), Decimal(0))


def _known(cell: Cell[Decimal], fallback: Decimal | None) -> Decimal | None:
    return cell.value if cell.value is not None else fallback


def _scale(item: FundItem, factor: Decimal) -> FundItem:
    changed = FundItem(item.name, item.year, date=item.date, status=item.status, note=item.note, row=item.row)
    for column in MONEY_COLUMNS:
        value = getattr(item, column)
        setattr(changed, column, None if value is None else value * factor)
    return changed
