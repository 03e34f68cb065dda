"""Totals and the parts they are made of: 其中…, …共计, 分别为…, 由…组成, (A 万元、B 万元), and lists below a heading.

A text can be read in several ways. A sum counts as wrong only when no plausible reading adds up; how sure that is
depends on whether the list is closed, that is, claims to name every part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

from xlsuite.prose.figures import COUNT, MONEY, PERCENT, POINTS, terms
from xlsuite.prose.passages import Passage
from xlsuite.prose.quantities import Quantity
from xlsuite.prose.slips import one_part_slipped


class Sure(IntEnum):
    """How sure a contradiction is."""

    HOLDS = 0
    HINT = 1
    LIKELY = 2
    CERTAIN = 3


@dataclass(slots=True, eq=False)
class Sum:
    """A stated total, the parts it should be made of, and whether they agree. ``cue`` names what ties them together."""

    total: Quantity
    parts: list[Quantity]
    sure: Sure
    cue: str

    @property
    def added(self) -> Decimal:
        """The sum of the parts."""
        return sum((part.value for part in self.parts), Decimal(0))

    @property
    def difference(self) -> Decimal:
        """Parts minus total."""
        return self.added - self.total.value

    @property
    def arithmetic(self) -> str:
        """``301.6 + 245.79 = 547.39 万元``, in the unit of the total."""
        numbers = terms(self.total.number(part.value) for part in self.parts)
        return f"{numbers} = {self.total.like(self.added)}"


def tolerance(total: Quantity, parts: Sequence[Quantity]) -> Decimal:
    """What rounding of the printed digits explains.

    Counts are exact; figures with fewer than two decimals are taken at their word.
    """
    fine = min(figure.step for figure in (total, *parts))
    places = max(_places(figure) for figure in (total, *parts))
    if total.kind == COUNT or places < 2:
        return total.step / 2 if total.step > fine and total.kind != COUNT else Decimal(0)
    if total.kind == POINTS:
        return max(fine, total.step / 2 if total.step > fine else fine)
    return _drift(total, parts)


def _drift(total: Quantity, parts: Sequence[Quantity]) -> Decimal:
    """How far rounding each figure on its own can carry the sum away."""
    fine = min(figure.step for figure in (total, *parts))
    return max(total.step, fine) / 2 + len(parts) * fine / 2


def _places(figure: Quantity) -> int:
    digits = figure.printed.rstrip("".join(set(figure.printed) - set("0123456789.")))
    return len(digits.partition(".")[2])


def agrees(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether the parts add up to the total within rounding."""
    difference = sum((part.value for part in parts), Decimal(0)) - total.value
    return abs(difference) <= tolerance(total, parts)


_TOTAL_WORD = re.compile(r"合计|共计|总计|总额|总投资|总投入|总预算|总支出|总收入|共|总")
_REST = re.compile(r"^(?:其他|其它|其余|余下|剩余)")
_DECLARED = re.compile(r"(\d{1,2}|[二两三四五六七八九十]{1,2})大?(?:个|项|类|种|部分|方面|笔|期|级|批|块|家|所|户)")


def judge(
    passage: Passage, totals: Sequence[Quantity], groups: Sequence[list[Quantity]], cue: tuple[str, bool]
) -> Sum | None:
    """The agreeing reading where there is one, else the nearest total with the most natural list."""
    marker, clean = cue
    usable = [group for group in groups if not any(part.loose for part in group)]
    if not usable:
        return None
    for total in reversed(totals):
        for group in usable:
            reading = next((g for g in _readings(passage, group) if agrees(total, g)), None)
            if reading:
                return Sum(total, reading, Sure.HOLDS, marker)
    group = usable[0]
    total = _best_total(totals, group)
    sure = _how_sure(passage, total, group, marker)
    values = [part.value for part in group]
    if sure in (None, Sure.HINT) and one_part_slipped(total.value, values):
        sure = Sure.LIKELY
    elif sure is None and one_part_slipped(total.value, values, 2):
        sure = Sure.HINT
    if sure is None:
        return None
    if total.kind == MONEY and abs(sum((p.value for p in group), Decimal(0)) - total.value) <= _drift(total, group):
        sure = min(sure, Sure.LIKELY)
    if not clean or len({g[0] for g in usable}) > 1 or len(group) != len(usable[-1]):
        sure = min(sure, Sure.LIKELY)
    return Sum(total, group, sure, marker)


def _best_total(totals: Sequence[Quantity], group: list[Quantity]) -> Quantity:
    """The nearest figure, unless an earlier one of the clause calls itself a total and the nearest is too small."""
    nearest = totals[-1]
    worded = [t for t in totals if _TOTAL_WORD.search(t.label)]
    if nearest.value < max(part.value for part in group) and worded:
        return worded[-1]
    return nearest


def _readings(passage: Passage, group: list[Quantity]) -> Iterator[list[Quantity]]:
    """The list as it is, up to a change of role or sign, and with nested parts folded into the part before them."""
    yield group
    for length in range(len(group) - 1, 1, -1):
        if _breaks(passage, group, length):
            yield group[:length]
    merged = folded(group)
    if len(merged) > 1:
        yield merged


def _breaks(passage: Passage, group: list[Quantity], length: int) -> bool:
    """Whether the member at ``length`` no longer continues the list before it."""
    before, after = group[length - 1], group[length]
    if before.block != after.block or after.role != before.role:
        return True
    usual = passage.text[group[0].stop : group[1].start][:1]
    return passage.text[before.stop : after.start][:1] != usual


def folded(group: list[Quantity]) -> list[Quantity]:
    """A part followed by parts that add up to it stands for them."""
    result: list[Quantity] = []
    index = 0
    while index < len(group):
        result.append(group[index])
        below = next(
            (stop for stop in range(index + 3, len(group) + 1) if agrees(group[index], group[index + 1 : stop])), None
        )
        index = below or index + 1
    return result


def _how_sure(passage: Passage, total: Quantity, parts: list[Quantity], marker: str) -> Sure | None:
    added = sum((part.value for part in parts), Decimal(0))
    ratio = added / total.value if total.value else Decimal(0)
    if not Decimal("0.05") < ratio < Decimal(20):
        return None
    joined = passage.text[total.stop : parts[0].start]
    if marker.startswith("分别"):
        if total.block != parts[0].block or re.search(r"\d{4}年", joined) or joined.find("分别") > 2:
            return Sure.HINT if Decimal("0.5") < ratio < 2 else None
        return Sure.CERTAIN
    shares = _shares_of(passage, parts)
    if shares and all(share_agrees(share, part, total) for share, part in zip(shares, parts, strict=True)):
        return None  # each share is taken of the total, so the list does not claim to be whole
    if _is_closed(passage, total, parts, shares):
        return Sure.CERTAIN
    if added > total.value:
        if ratio > 2:
            return Sure.HINT
        if total.kind == COUNT:  # people can be counted under several headings
            return None if total.unit in ("person", "人次", "户", "户次") else Sure.LIKELY
        return Sure.CERTAIN
    if ratio >= Decimal("0.97"):
        return Sure.LIKELY
    return Sure.HINT if ratio >= Decimal("0.5") else None


def _shares_of(passage: Passage, parts: list[Quantity]) -> list[Quantity]:
    """The percentages that follow the parts one by one; empty unless every part has one."""
    stop = passage.sentence(parts[-1].stop)[1]
    shares = [f for f in passage.between(parts[0].start, stop) if f.kind == PERCENT]
    follow = len(shares) == len(parts) and all(
        part.stop <= share.start for part, share in zip(parts, shares, strict=True)
    )
    return shares if follow else []


def share_agrees(share: Quantity, part: Quantity, total: Quantity) -> bool:
    """Whether a share is the part's of the total, within rounding."""
    return total.value > 0 and abs(part.value / total.value * 100 - share.value) <= share.step


def _is_closed(passage: Passage, total: Quantity, parts: list[Quantity], shares: list[Quantity]) -> bool:
    """Whether the list says itself that it is complete."""
    if total.block != parts[0].block:
        return False
    if _REST.match(parts[-1].label) or "组成" in passage.text[parts[-1].stop : parts[-1].stop + 8]:
        return True
    lead = passage.text[max(0, total.start - 30) : parts[0].start]
    if any(_count(match[1]) == len(parts) for match in _DECLARED.finditer(lead)):
        return True
    if shares and abs(sum((share.value for share in shares), Decimal(-100))) < 1:
        return True
    years = [passage.year(part) for part in parts]
    return len(parts) > 2 and None not in years and len(set(years)) == len(years) and _span_of_years(lead, years)


def _span_of_years(lead: str, years: list[int | None]) -> bool:
    named = [int(year) for year in re.findall(r"(?:19|20)\d\d", lead)]
    return len(named) > 1 and min(named) == min(y for y in years if y) and max(named) == max(y for y in years if y)


def _count(text: str) -> int:
    if text.isdigit():
        return int(text)
    numerals = "零一二三四五六七八九十"
    return 2 if text == "两" else numerals.find(text) if len(text) == 1 else 0
