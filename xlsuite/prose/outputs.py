"""What was paid for against what is told as done: items with an amount that no chapter on results mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xlsuite.prose import roles
from xlsuite.prose.claims import topics
from xlsuite.prose.figures import MONEY
from xlsuite.prose.headings import Outline
from xlsuite.prose.passages import Passage
from xlsuite.prose.quantities import Quantity
from xlsuite.prose.sums import Sum, Sure

_TAIL = re.compile(r"(?:支出|支付|费用|资金|部分|经费|金额|费|款|了|共|采购|项目)+$")
_RESULTS = re.compile(r"完成情况|产出|实施情况|建设内容|任务完成")


@dataclass(slots=True, eq=False)
class Unreported:
    """An item that was paid for and is not mentioned among the results."""

    item: Quantity
    name: str
    results: str


def unreported(passages: Sequence[Passage], outline: Outline, sums: Sequence[Sum]) -> Iterator[Unreported]:
    """Paid items without a word in the chapter on results, while other items of the same list are mentioned there."""
    heading = next((h for h in outline.headings if _RESULTS.search(h.title) and "资金" not in h.title), None)
    if heading is None:
        return
    text = "".join(passages[index].text for index in outline.blocks_of(heading))
    seen: set[str] = set()
    for found in sums:
        if found.sure != Sure.HOLDS or found.total.kind != MONEY or not _is_payment(passages, found):
            continue
        names = [(_TAIL.sub("", re.sub(r"^其中:?", "", part.label)), part) for part in found.parts]
        told = [name for name, _ in names if _mentioned(name, text)]
        for name, part in names:
            if len(name) >= 4 and told and not _pairs(name) & _pairs(text) and name not in seen:
                seen.add(name)
                yield Unreported(part, name, heading.title)


def _is_payment(passages: Sequence[Passage], found: Sum) -> bool:
    paid = found.total.role & roles.PAID or any(part.role & roles.PAID for part in found.parts)
    return bool(paid) and "funds" in topics(passages[found.total.block].heading)


def _mentioned(name: str, text: str) -> bool:
    pairs = _pairs(name)
    return len(name) >= 4 and len(pairs & _pairs(text)) * 2 >= len(pairs)


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}
