"""Numbered paragraphs that each carry an amount: a list of projects, with what was paid and what was not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlsuite.core.decimals import chinese_number
from xlsuite.prose import roles
from xlsuite.prose.figures import MONEY, terms
from xlsuite.prose.headings import Heading, Outline
from xlsuite.prose.passages import Passage
from xlsuite.prose.quantities import Quantity
from xlsuite.prose.sums import Sum, Sure, agrees

_PAID = re.compile(
    r"(?:已|全部|均已?)(?:经|全部|全额|完成|足额|按时)*(?:支付|列支|拨付|付清|付款|支出|使用)(?:完毕|完成)?|(?:支付|列支)完(?:成|毕)"
)
_UNPAID = re.compile(r"(?:未|尚未|没有|暂未|还未|待)(?:能|完成|全部|全额)*(?:支付|列支|拨付|付清|付款|支出)")
_PAID_COUNT = re.compile(
    r"(?:已|实际已?)(?:列支|支付|完成支付|付清)(?:了)?(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})(?:个|项|笔)|(?P<m>\d{1,2}|[一二两三四五六七八九十]{1,2})(?:个|项|笔)[^，。；]{0,6}?(?<!未)已(?:完成)?(?:支付|列支)"
)
_WHOLE_YEAR = re.compile(
    r"^(?:(?:19|20)\d\d年(?:度)?)?(?:全年|当年|本年|年度|实际|累计|共|合计|项目|资金|总)*(?:支出|支付|执行|列支|使用)(?:数|金额|资金|总额)?$"
)


@dataclass(slots=True, eq=False)
class Item:
    """One entry: its heading, its amount (None when it has none), and whether it is said to be paid."""

    heading: Heading
    amount: Quantity | None
    paid: bool | None


@dataclass(slots=True, eq=False)
class Listing:
    """A list with its introduction: ``budget`` is the amount announced for all, ``paid_count`` how many are paid."""

    items: list[Item]
    intro: Passage | None
    budget: Quantity | None
    paid_count: int | None

    @property
    def amounts(self) -> list[Quantity]:
        """The amounts of all entries."""
        return [item.amount for item in self.items if item.amount]

    @property
    def added(self) -> Decimal:
        """The sum of all amounts."""
        return sum((amount.value for amount in self.amounts), Decimal(0))

    @property
    def arithmetic(self) -> str:
        """The addition of all amounts in the unit of the announced one, else of the first."""
        like = self.budget or self.amounts[0]
        return f"{terms(like.number(amount.value) for amount in self.amounts)} = {like.like(self.added)}"

    @property
    def paid(self) -> list[Quantity]:
        """The amounts of the entries said to be paid."""
        return [item.amount for item in self.items if item.amount and item.paid]


@dataclass(slots=True, eq=False)
class PaidTotal:
    """What a list says was paid against the amount stated as spent; ``tied`` when the list names how many are paid."""

    stated: Quantity
    parts: list[Quantity]
    agrees: bool
    tied: bool

    @property
    def added(self) -> Decimal:
        """The sum of the paid entries."""
        return sum((part.value for part in self.parts), Decimal(0))

    @property
    def arithmetic(self) -> str:
        """The addition in the unit of the stated amount."""
        return f"{terms(self.stated.number(part.value) for part in self.parts)} = {self.stated.like(self.added)}"


def listings(passages: Sequence[Passage], outline: Outline) -> Iterator[Listing]:
    """Every numbered list of which at least two entries carry an amount in their first sentence."""
    for sequence in outline.sequences:
        items = [_item(passages[member.block], member) for member in sequence.members]
        if sum(1 for item in items if item.amount) < 2 or not sequence.sound:
            continue
        if not all(item.amount is None or _leads(passages[item.heading.block], item) for item in items):
            continue
        first = sequence.members[0].block
        intro = passages[first - 1] if first else None
        yield Listing(items, intro, _announced(intro), _paid_count(intro))


def _item(passage: Passage, heading: Heading) -> Item:
    stop = passage.sentence(min(heading.body, len(passage.text)) - 1)[1]
    figures = [f for f in passage.between(0, stop) if f.kind == MONEY and f.exact and f.paren == -1]
    head = passage.text[:stop]
    unpaid, paid = _UNPAID.search(head), _PAID.search(head)
    return Item(heading, figures[0] if len(figures) == 1 else None, False if unpaid else True if paid else None)


def _leads(passage: Passage, item: Item) -> bool:
    """The amount stands in the title of the entry, not deep in its text."""
    return item.amount is not None and item.amount.start - (item.heading.mark.stop if item.heading.mark else 0) <= 60


def _announced(intro: Passage | None) -> Quantity | None:
    if intro is None:
        return None
    figures = [f for f in intro.figures if f.kind == MONEY and f.exact and f.paren == -1]
    return figures[-1] if len({f.value for f in figures}) == 1 else None


def _paid_count(intro: Passage | None) -> int | None:
    match = _PAID_COUNT.search(intro.text) if intro else None
    text = (match["n"] or match["m"]) if match else ""
    return (int(text) if text.isdigit() else chinese_number(text)) if text else None


def paid_totals(passages: Sequence[Passage], found: Sequence[Listing]) -> Iterator[PaidTotal]:
    """Stated spending of the year against the paid entries of the lists, once for each stated amount."""
    stated = [
        figure
        for passage in passages
        for figure in passage.figures
        if figure.kind == MONEY
        and figure.exact
        and figure.role == roles.PAID
        and _WHOLE_YEAR.match(figure.label.rpartition(":")[2])
    ]
    for figure in stated:
        checks = [_against(figure, listing) for listing in found if len(listing.paid) > 1]
        near = [check for check in checks if check]
        if any(check.agrees for check in near):
            yield next(check for check in near if check.agrees)
        elif near:
            yield near[0]


def _against(stated: Quantity, listing: Listing) -> PaidTotal | None:
    if any(item.amount in (None, stated) and item.paid for item in listing.items):
        return None
    parts = listing.paid
    added = sum((part.value for part in parts), Decimal(0))
    if not Decimal("0.8") < added / stated.value < Decimal("1.25"):
        return None
    slack = stated.step / 2 + sum((min(part.step, stated.step) for part in parts), Decimal(0)) / 2
    return PaidTotal(stated, parts, abs(added - stated.value) <= slack, listing.paid_count == len(parts))


_WHOLE = re.compile(r"共|合计|总")
_FOLLOWS = re.compile(r"如下|以下|分别|其中|具体|包括|:$")


def listed_totals(found: Sequence[Listing]) -> Iterator[Sum]:
    """The amount that introduces a list against the sum of its entries, where every entry carries an amount."""
    for listing in found:
        intro = listing.intro
        if intro is None or not _FOLLOWS.search(intro.text[-24:]) or any(item.amount is None for item in listing.items):
            continue
        totals = [f for f in intro.figures if f.kind == MONEY and f.exact and f.paren == -1]
        parts = listing.amounts
        if not totals or any(part.kind != MONEY for part in parts):
            continue
        total = next((t for t in reversed(totals) if agrees(t, parts)), None)
        if total:
            yield Sum(total, parts, Sure.HOLDS, "如下")
            continue
        nearest = min(totals, key=lambda t: abs(t.value - listing.added))
        if listing.added < nearest.value and not nearest.role & roles.PAID and not _WHOLE.search(nearest.label):
            continue  # a budget need not be spent to the last item
        if Decimal("0.8") < listing.added / (nearest.value or 1) < Decimal("1.25"):
            yield Sum(nearest, parts, Sure.LIKELY, "如下")
