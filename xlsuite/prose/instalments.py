"""Instalments of a contract: 合同金额的 26% 即 2457939.18 元, 第一期 50% 金额 4778100 元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlsuite.prose import roles
from xlsuite.prose.figures import MONEY, PERCENT
from xlsuite.prose.passages import Passage
from xlsuite.prose.quantities import Quantity
from xlsuite.prose.sums import Sure

_INSTALMENT_BEFORE = re.compile(
    r"(?:第[一二三四五六七八九十\d]+(?:期|笔|次|阶段)|首付款?|预付款?|首期|合同\S{0,8}的|按|支付|拨付|申请\S{0,6})"
)
_GAP = re.compile(r"^(?:的)?(?:费用|金额|款项?|资金|工程款|进度款|合同款|预付款|首付款|尾款|，?即|，?计|共计|为|\()*$")


@dataclass(slots=True, eq=False)
class Instalment:
    """p % of a contract, the amount stated for it, and the base it is measured against."""

    share: Quantity
    amount: Quantity
    base: Quantity | None
    value: Decimal
    sure: Sure


def instalments(passages: Sequence[Passage]) -> Iterator[Instalment]:
    """Every "p % = amount" of a contract with the base that is stated, or implied by the other instalments."""
    for passage in passages:
        found = stated_in(passage)
        for order, (share, amount) in enumerate(found):
            yield _measured(passage, found[:order], share, amount)


def stated_in(passage: Passage) -> list[tuple[Quantity, Quantity]]:
    """(share, amount) of every instalment of a passage."""
    found = []
    for share, amount in zip(passage.figures, passage.figures[1:], strict=False):
        if (
            share.kind != PERCENT
            or amount.kind != MONEY
            or not share.exact
            or not amount.exact
            or not 0 < share.value < 100
        ):
            continue
        lead = passage.text[max(0, share.start - 24) : share.start]
        if _GAP.match(passage.text[share.stop : amount.start]) and _INSTALMENT_BEFORE.search(lead):
            found.append((share, amount))
    return found


def implied(share: Quantity, amount: Quantity) -> tuple[Decimal, Decimal]:
    """(whole, uncertainty) that an instalment implies."""
    return amount.value / share.value * 100, amount.step / 2 / share.value * 100


def _measured(
    passage: Passage, earlier: list[tuple[Quantity, Quantity]], share: Quantity, amount: Quantity
) -> Instalment:
    contracts = [
        f for f in passage.figures if f.kind == MONEY and f.role & roles.CONTRACT and f.exact and f.start < share.start
    ]
    for base in reversed(contracts):
        if _is_part(share, amount, base.value):
            return Instalment(share, amount, base, base.value, Sure.HOLDS)
    if contracts:
        named = _NAMED_CONTRACT.search(passage.text, max(0, share.start - 20), share.start)
        sure = (
            Sure.CERTAIN if len(contracts) == 1 or (named and contracts[-1].label.endswith(named[1])) else Sure.LIKELY
        )
        return Instalment(share, amount, contracts[-1], contracts[-1].value, sure)
    for one_share, one_amount in earlier:
        whole, _ = implied(one_share, one_amount)
        sure = Sure.HOLDS if _is_part(share, amount, whole) else Sure.LIKELY
        return Instalment(share, amount, None, whole, sure)
    return Instalment(share, amount, None, implied(share, amount)[0], Sure.HOLDS)


_NAMED_CONTRACT = re.compile(r"([\u4e00-\u9fff]{0,6}合同(?:总)?(?:金额|价款|价|额))的?$")


def _is_part(share: Quantity, amount: Quantity, whole: Decimal) -> bool:
    """Whether an amount is that percentage of a whole; the last digit may be cut off, the share may be rounded."""
    exact = whole * share.value / 100
    low, high = whole * (share.value - share.step / 2) / 100, whole * (share.value + share.step / 2) / 100
    rounded = share.step < 1 and low <= amount.value <= high
    return abs(exact - amount.value) <= amount.step or rounded
