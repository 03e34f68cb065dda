"""Everything in a report that can be recomputed, found when it is first asked for."""

from __future__ import annotations

from functools import cached_property

from xlsuite.prose import (
    adjustments,
    bases,
    counts,
    growth,
    instalments,
    lists,
    moves,
    rates,
    remainders,
    restated,
    shares,
    tables,
    totals,
)
from xlsuite.prose.adjustments import Adjustment
from xlsuite.prose.bases import Mislabelled
from xlsuite.prose.blocks import Block, blocks
from xlsuite.prose.counts import Count, Run
from xlsuite.prose.documents import Document
from xlsuite.prose.growth import Growth
from xlsuite.prose.headings import Outline, outline
from xlsuite.prose.instalments import Instalment
from xlsuite.prose.lists import Listing, PaidTotal
from xlsuite.prose.moves import Move, Reduction
from xlsuite.prose.passages import MOST_FIGURES, Passage
from xlsuite.prose.quantities import Quantity
from xlsuite.prose.rate_kinds import Lone, Rate
from xlsuite.prose.remainders import Difference
from xlsuite.prose.restated import Restated
from xlsuite.prose.shares import Shares
from xlsuite.prose.sums import Sum
from xlsuite.prose.tables import Column, RowRate


class Relations:
    """The figures of a report in relation to each other. Subclasses set ``document``."""

    document: Document

    @cached_property
    def blocks(self) -> list[Block]:
        """Logical paragraphs outside of tables."""
        return blocks(self.document)

    @cached_property
    def outline(self) -> Outline:
        """Chapters and numbering."""
        return outline(self.blocks)

    @cached_property
    def passages(self) -> list[Passage]:
        """Blocks with their figures; the index of a passage is the index of its block."""
        return [Passage(block, self.outline.of_block[block.index]) for block in self.blocks]

    @cached_property
    def _readable(self) -> list[Passage]:
        """Passages whose figures can be related; those of a table run together are left empty-handed."""
        return [passage if len(passage.figures) <= MOST_FIGURES else Passage.bare(passage) for passage in self.passages]

    @cached_property
    def sums(self) -> list[Sum]:
        """Totals and their parts."""
        return [*totals.sums(self._readable), *lists.listed_totals(self.listings)]

    @cached_property
    def _every_rate(self) -> list[Rate | Lone]:
        return list(rates.rates(self._readable))

    @property
    def rates(self) -> list[Rate]:
        """Rates and their amounts."""
        return [found for found in self._every_rate if isinstance(found, Rate)]

    @property
    def lone_rates(self) -> list[Lone]:
        """Rates whose amounts the text does not give."""
        return [found for found in self._every_rate if isinstance(found, Lone)]

    def printed_rates(self, *kinds: str) -> list[Quantity]:
        """Every printed rate of some kinds (执行率, 完成预算, 到位率 …), with or without amounts."""
        return [found.rate for found in self._every_rate if found.kind in kinds]

    @cached_property
    def shares(self) -> list[Shares]:
        """Shares and their bases."""
        return list(shares.shares(self._readable))

    @cached_property
    def instalments(self) -> list[Instalment]:
        """Percentages of contracts."""
        return list(instalments.instalments(self._readable))

    @cached_property
    def differences(self) -> list[Difference]:
        """Remainders."""
        return list(remainders.differences(self._readable))

    @cached_property
    def adjustments(self) -> list[Adjustment]:
        """Adjusted amounts."""
        return list(adjustments.adjustments(self._readable))

    @cached_property
    def growths(self) -> list[Growth]:
        """Changes against an earlier period."""
        return list(growth.growths(self._readable))

    @cached_property
    def moves(self) -> list[Move]:
        """Changes told by both ends."""
        return list(moves.moves(self._readable))

    @cached_property
    def reductions(self) -> list[Reduction]:
        """Reductions whose degree of completion fits no whole target."""
        return list(moves.reductions(self._readable))

    @cached_property
    def counts(self) -> list[Count]:
        """Stated counts and their lists."""
        return list(counts.counts(self._readable, self.outline))

    @cached_property
    def points(self) -> list[Run]:
        """Runs of 一是, 二是."""
        return counts.points(self.passages)

    @cached_property
    def mislabelled(self) -> list[Mislabelled]:
        """Lists with the name of one total and the figures of another."""
        return list(bases.mislabelled(self._readable))

    @cached_property
    def columns(self) -> list[Column]:
        """Columns of tables with a total row."""
        return list(tables.columns(self.document))

    @cached_property
    def row_rates(self) -> list[RowRate]:
        """Rates inside tables."""
        return list(tables.row_rates(self.document))

    @cached_property
    def listings(self) -> list[Listing]:
        """Numbered paragraphs that each carry an amount."""
        return list(lists.listings(self.passages, self.outline))

    @cached_property
    def paid_totals(self) -> list[PaidTotal]:
        """Stated spending against the entries said to be paid."""
        return list(lists.paid_totals(self.passages, self.listings))

    @cached_property
    def restated(self) -> list[Restated]:
        """Amounts told twice with a slip of the pen."""
        return list(restated.restated(self._readable))
