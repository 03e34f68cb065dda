"""Comparing printed amounts and rates with what they should be, as precisely as they are printed and no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from xlsuite.core.form import Cell, Form, FundRow
from xlsuite.core.scorecard import Scorecard
from xlsuite.core.values import agrees, parse_decimal, printed_places, round_half_up, squeeze
from xlsuite.rules._phrases import figure, percent

COLUMNS = (
    ("initial", "年初预算数"),
    ("adjustment", "预算调整数"),
    ("budget", "全年预算数"),
    ("executed", "全年执行数"),
)
"""The amount columns of the funds block with their Chinese names."""

DISJOINT_FAMILIES = (
    frozenset(("fiscal", "carryover", "other")),
    frozenset(("general", "government_fund", "state_capital", "social_insurance", "account", "carryover", "other")),
    frozenset(("central", "local", "carryover", "other")),
    frozenset(("central", "provincial", "municipal", "county", "carryover", "other")),
    frozenset(("basic", "project")),
)
"""Families of row kinds that never contain one another, so that they must add up to the total."""

_MANY_ROWS = 9
_HALF_PERCENT = Decimal("0.005")
_FAINT = Decimal("0.01")
"""More than this share of an amount is never lost by rounding it."""


def places(cell: Cell[Decimal]) -> int:
    """Decimals of an amount as printed."""
    found = printed_places(cell.text)
    if found is not None:
        return found
    exponent = cell.value.as_tuple().exponent if cell.value is not None else 0
    return max(0, -exponent) if isinstance(exponent, int) else 0


def half_unit(cell: Cell[Decimal]) -> Decimal:
    """Half a unit of the last printed digit; 0 where the digits are finer than any rounding."""
    return Decimal(5).scaleb(-places(cell) - 1)


def _shift(cell: Cell[Decimal]) -> int:
    """2 where a rate is printed in percent (77.11%, 77.11), 0 where as a ratio; the value is always the ratio."""
    text = squeeze(cell.text)
    number = parse_decimal(text.rstrip("%"))
    return 2 if "%" in text or (number is not None and abs(number) > abs(cell.value or Decimal(0)) * 10) else 0


def rate_agrees(cell: Cell[Decimal], ratio: Decimal, *, truncated: bool = False) -> bool:
    """Whether a printed rate is a fair rounding of a ratio."""
    assert cell.value is not None
    shift, digits = _shift(cell), printed_places(cell.text)
    value = cell.value.scaleb(shift)
    if agrees(value, ratio.scaleb(shift), digits, truncated=truncated):
        return True
    return agrees(value, round_half_up(ratio, 4).scaleb(shift), digits)  # rounded to 98.50%, then shown as 99%


def rate_half_unit(cell: Cell[Decimal]) -> Decimal:
    """Half a unit of the last printed digit of a rate, as a ratio: 0.00005 for 77.11%; half a percent at most."""
    return min(_HALF_PERCENT, Decimal(5).scaleb(-(printed_places(cell.text) or 0) - 1 - _shift(cell)))


def rate_range(row: FundRow) -> tuple[Decimal, Decimal] | None:
    """Lowest and highest rate that the unrounded amounts behind a row's printed ones can have."""
    base = rate_base(row)
    budget, executed = base.value, row.executed.value
    if budget is None or executed is None:
        return None
    up, down = half_unit(row.executed), half_unit(base)
    if budget - down <= 0 or executed <= 0 or up / executed + down / budget > _FAINT:
        return None  # nobody rounds 19.4 万元 to 19
    return (executed - up) / (budget + down), (executed + up) / (budget - down)


def ratio(part: Cell[Decimal], whole: Cell[Decimal]) -> Decimal | None:
    """Part ÷ whole; None when either is missing or the whole is zero."""
    if part.value is None or not whole.value:
        return None
    return part.value / whole.value


def rate_base(row: FundRow) -> Cell[Decimal]:
    """What the rate divides by: 全年预算数, or 年初预算数 in a form that has no other."""
    return row.initial if row.budget.ref is None and row.initial.value is not None else row.budget


def rate_state(row: FundRow, exact: Decimal | None = None) -> tuple[str, Decimal | None]:
    """How a row's printed rate relates to its amounts, and the exact rate; ``exact`` is given where it is known.

    ok: a fair rounding; initial: it fits 年初预算数 only; cut: digits cut off; capped: 100 % for more than that;
    loose: finer amounts than those printed may give it; wrong: none of these; "": there is nothing to compare.
    """
    base = rate_base(row)
    if exact is None:
        exact = ratio(row.executed, base)
    printed = row.rate.value
    if exact is None or printed is None:
        return "", exact
    if rate_agrees(row.rate, exact):
        return "ok", exact
    initial = ratio(row.executed, row.initial) if base is row.budget else None
    if initial is not None and rate_agrees(row.rate, initial):
        return "initial", exact
    if rate_agrees(row.rate, exact, truncated=True):
        return "cut", exact
    if exact > 1 and printed == 1:
        return "capped", exact
    bounds = rate_range(row)
    if bounds is not None and bounds[0] <= printed <= bounds[1]:
        return "loose", exact
    return "wrong", exact


def division(row: FundRow, exact: Decimal, scorecard: Scorecard | None = None) -> str:
    """The arithmetic of a rate; where the total row is empty, the scorecard tells how its amounts were added up."""
    base = rate_base(row)
    if not base.value or row.executed.value is None:
        return scorecard.rate.arithmetic if scorecard is not None else percent(exact)
    return f"{figure(row.executed)} ÷ {figure(base)} = {percent(exact)}"


@dataclass(slots=True)
class Parts:
    """The source rows of one column against its total. ``total`` and ``filled`` hold values; ``blank`` does not."""

    column: str
    label: str
    total: Cell[Decimal]
    filled: list[tuple[FundRow, Cell[Decimal]]]
    blank: list[FundRow]
    disjoint: bool

    @property
    def sum(self) -> Decimal:
        """Sum of the filled source rows."""
        return sum((cell.value for _, cell in self.filled if cell.value is not None), Decimal(0))

    @property
    def difference(self) -> Decimal:
        """Total minus parts."""
        assert self.total.value is not None
        return self.total.value - self.sum

    def slack(self, tolerance: Decimal) -> Decimal:
        """What rounding to the printed decimals can cost: it grows with the number of parts."""
        finest = min(half_unit(cell) for cell in (self.total, *(cell for _, cell in self.filled)))
        return max(tolerance, finest * (len(self.filled) + 1))

    def some_fit(self, tolerance: Decimal) -> bool:
        """Whether any choice of the rows adds up to the total; rows may contain one another."""
        assert self.total.value is not None
        values = [cell.value for _, cell in self.filled if cell.value]
        slack = self.slack(tolerance)
        return any(
            abs(sum(chosen, Decimal(0)) - self.total.value) <= slack
            for size in range(1, len(values) + 1)
            for chosen in combinations(values[:_MANY_ROWS], size)
        ) or (not values and abs(self.total.value) <= slack)


def fund_parts(form: Form) -> Iterator[Parts]:
    """Every column of the funds block that has a printed total and at least one printed part."""
    total = form.fund_total
    if total is None or total.kind != "total":
        return
    rows = [row for row in form.funds if row is not total and row.kind != "total"]
    kinds = [row.kind for row in rows]
    distinct = len(set(kinds)) == len(kinds) and any(family.issuperset(kinds) for family in DISJOINT_FAMILIES)
    for column, label in COLUMNS:
        cell: Cell[Decimal] = getattr(total, column)
        if cell.value is None:
            continue
        filled, blank = [], []
        for row in rows:
            part: Cell[Decimal] = getattr(row, column)
            if part.value is not None:
                filled.append((row, part))
            elif part.ref is not None:
                blank.append(row)
        if filled:
            yield Parts(column, label, cell, filled, blank, distinct)
