"""The rows of a form as the rules see them, worked out once per form: what is used, what is spare, what lost points."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cached_property

from xlsuite.core.form import Cell, Form, Indicator
from xlsuite.core.profile import Profile
from xlsuite.core.scorecard import Expected, Scorecard
from xlsuite.core.values import BLANK, Measure, parse_measure, squeeze
from xlsuite.rules._amounts import Parts, fund_parts
from xlsuite.rules._formulas import BrokenSum, broken_fund_sums, broken_score_sums, broken_weight_sums
from xlsuite.rules._names import residue, without_numbering
from xlsuite.rules._oddities import Oddities, oddities
from xlsuite.rules._phrases import tidy
from xlsuite.rules._sums import LeafWeights, Misfit, leaf_weights, misfits

_NOTHING = frozenset(("无", "暂无", "没有", "无。", "无指标"))
_UNKNOWN = Expected()
_TEMPLATE_NUMBER = re.compile(r"^指标\s*\d+\s*[:：]\s*")


class Row:
    """One indicator with its recomputed score. ``target`` and ``actual`` are BLANK where nothing can be read."""

    __slots__ = ("actual", "expected", "index", "item", "score", "target", "weight")

    def __init__(self, index: int, item: Indicator, expected: Expected) -> None:
        self.index = index
        self.item = item
        self.expected = expected
        self.target: Measure = item.target.value or BLANK
        self.actual: Measure = item.actual.value or BLANK
        self.weight: Decimal | None = item.weight.value
        self.score: Decimal | None = item.score.value

    @property
    def title(self) -> str:
        """The bare name of the indicator."""
        item = self.item
        for cell in (item.level3, item.level2, item.level1):
            if not cell.blank:
                return tidy(_TEMPLATE_NUMBER.sub("", cell.text.strip()) or cell.text)
        return f"第 {self.index + 1} 行"

    @property
    def name(self) -> str:
        """The indicator in a sentence: 指标“完成系统验收”."""
        return f"指标“{self.title}”"

    @property
    def lost(self) -> bool:
        """Whether the printed score is below the weight."""
        return self.score is not None and self.weight is not None and self.score < self.weight

    @property
    def met(self) -> bool | None:
        """Whether the target was reached by calculation; None where that is open or a matter of judgement."""
        expected, weight = self.expected, self.weight
        if expected.low is None or expected.high is None or weight is None:
            return None
        if expected.low == weight:
            return True
        return False if expected.high < weight or (expected.open_high and expected.high <= weight) else None


class Facts:
    """What several rules ask about one form; whatever costs time is worked out when the first rule asks."""

    def __init__(self, form: Form, card: Scorecard, profile: Profile) -> None:
        self.form, self.card, self.profile = form, card, profile
        self.rows: list[Row] = []
        self.not_applicable: list[Row] = []
        self.spare: list[Row] = []
        self.unfilled: list[Row] = []
        self.judged: dict[str, list[Row]] | None = None
        """Filled by :func:`xlsuite.rules._verdicts.judged`."""
        expected = card.indicators
        known = len(expected)
        self.has_scores = self.has_weights = self.has_reasons = False
        for index, item in enumerate(form.indicators):
            row = Row(index, item, expected[index] if index < known else _UNKNOWN)
            if row.score is not None:
                self.has_scores = True
            if row.weight is not None:
                self.has_weights = True
            if item.reason.ref is not None:
                self.has_reasons = True
            self._place(row, item)

    @cached_property
    def lost(self) -> list[Row]:
        """Used rows with fewer points than their weight."""
        return [row for row in self.rows if row.lost]

    @cached_property
    def odd(self) -> Oddities:
        """Cells without proper content."""
        return oddities(self.form)

    @cached_property
    def parts(self) -> list[Parts]:
        """The columns of the funds block with their source rows, without those whose total is a broken formula."""
        return [parts for parts in fund_parts(self.form) if parts.column not in self.broken_funds]

    @cached_property
    def broken_funds(self) -> dict[str, BrokenSum]:
        """Totals of money by formulas that leave something out."""
        return broken_fund_sums(self.form)

    @cached_property
    def broken_scores(self) -> list[BrokenSum]:
        """Totals of scores by formulas that leave something out."""
        return broken_score_sums(self.form)

    @cached_property
    def broken_weights(self) -> list[BrokenSum]:
        """Totals of weights by formulas that leave something out."""
        return broken_weight_sums(self.form)

    @cached_property
    def leaf_weights(self) -> LeafWeights:
        """The weights of all rows, added up."""
        return leaf_weights(self.form)

    @cached_property
    def misfits(self) -> list[Misfit]:
        """Headings whose printed weight is not the sum of their rows."""
        return misfits(self.form)

    @cached_property
    def repeats(self) -> list[tuple[Row, Row]]:
        """Used rows that bear the name of an earlier one, each with that one."""
        first: dict[str, Row] = {}
        pairs = []
        for row in self.rows:
            if not row.item.level3.text:
                continue
            earlier = first.setdefault(_identity(row.item), row)
            if earlier is not row and earlier.item.level3.ref != row.item.level3.ref:
                pairs.append((earlier, row))
        return pairs

    def _place(self, row: Row, item: Indicator) -> None:
        target, actual = row.target.kind, row.actual.kind
        if target not in ("na", "blank") and actual not in ("na", "blank") and row.weight:
            self.rows.append(row)
        elif target == "na" or (actual == "na" and not row.weight) or _says(item.level3) == "na":
            self.not_applicable.append(row)
        elif row.weight or row.score:
            self.rows.append(row)
        else:
            self._place_unscored(row, item)

    def _place_unscored(self, row: Row, item: Indicator) -> None:
        says = _says(item.target), _says(item.actual)
        if says == ("blank", "blank"):
            named = _says(item.level3) == "something" and not residue(item.level3.text)
            (self.unfilled if named else self.spare).append(row)
        elif "something" in says:
            self.rows.append(row)
        else:
            self.not_applicable.append(row)


def _says(cell: Cell[str] | Cell[Measure]) -> str:
    """Whether an entry is blank, "na" (不适用, 无) or says something."""
    if cell.blank:
        return "blank"
    return "na" if squeeze(cell.text) in _NOTHING or parse_measure(cell.text).kind == "na" else "something"


def _identity(item: Indicator) -> str:
    """The name of an indicator for comparison, with what a fourth level adds to it."""
    name = without_numbering(item.level3.text)
    if item.extra:
        name += "".join(
            f"\n{squeeze(cell.text)}" for title, cell in item.extra.items() if "四级" in title or "要点" in title
        )
    return name


_last: Facts | None = None


def facts(form: Form, card: Scorecard, profile: Profile) -> Facts:
    """The facts of a form, kept until another form comes: every rule of one run asks for the same."""
    global _last
    last = _last
    if last is None or last.form is not form or last.card is not card or last.profile is not profile:
        _last = last = Facts(form, card, profile)
    return last
