"""Every figure of a report must stand in its source or follow from it: an independent reckoning, by brute force."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

from tests.report.examples import Example

_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_MARKERS = re.compile(r"^(?:\d+\. |（\d+）)")
_CAPTION = re.compile(r"^[图表]\d+  ")
MONEY = ("planned", "adjusted", "received", "paid", "contract")


def figures(text: str) -> list[Decimal]:
    """Figures of a text without list markers and caption numbers."""
    found = []
    for line in text.split("\n"):
        line = _CAPTION.sub("", _MARKERS.sub("", line))
        found += [Decimal(number.replace(",", "")) for number in _FIGURE.findall(line)]
    return found


def unexplained(text: str, example: Example) -> list[Decimal]:
    """Figures that neither stand in the form or materials nor follow from them."""
    allowed = {value.normalize() for value in _stated(example)} | {value.normalize() for value in _derived(example)}
    return [value for value in figures(text) if value.normalize() not in allowed]


def _texts(example: Example) -> Iterable[str]:
    for _, cell in example.form.cells():
        yield cell.text
    yield from example.materials.texts.values()
    for item in example.materials.items:
        yield from (item.name, item.year, item.date, item.status, item.note)


def _stated(example: Example) -> set[Decimal]:
    found = {value for text in _texts(example) for value in figures(text)}
    for item in example.materials.items:
        found |= {abs(value) for column in MONEY if (value := getattr(item, column)) is not None}
    return found


def _percents(pairs: Iterable[tuple[Decimal, Decimal]]) -> set[Decimal]:
    return {(part / whole * 100).quantize(Decimal("0.01"), ROUND_HALF_UP) for part, whole in pairs if whole}


def _derived(example: Example) -> set[Decimal]:
    form, rows = example.form, example.materials.items
    money = [
        cell.value for row in form.funds for cell in (row.initial, row.budget, row.executed) if cell.value is not None
    ]
    due = [row.planned + (row.adjusted or 0) for row in rows if row.planned is not None]
    years = [row for row in rows if re.fullmatch(r"\d{4}年安排", row.name)]
    paid = [row.paid for row in rows if row.paid is not None]
    sums = [sum(due, Decimal(0)), sum(paid, Decimal(0)), sum((row.planned or Decimal(0) for row in years), Decimal(0))]
    sums += [sum((row.adjusted or Decimal(0) for row in years), Decimal(0))]
    sums += [sum((row.received for row in rows if row.received is not None), Decimal(0))]
    everything = [*money, *due, *paid, *sums]
    found = {abs(left - right) for left, right in combinations(everything, 2)} | {abs(value) for value in everything}
    pairs = [(part, whole) for part in [*paid, *money, *sums] for whole in [*due, *money, *sums, *paid]]
    return found | _percents(pairs) | _points(example) | _counts(example)


def _points(example: Example) -> set[Decimal]:
    found: set[Decimal] = set()
    groups: dict[str, list[tuple[Decimal, Decimal]]] = {}
    for item in example.form.indicators:
        if item.weight.value is not None and item.score.value is not None:
            pair = (item.weight.value, item.score.value)
            for level in (item.level1.text, item.level1.text + item.level2.text):
                groups.setdefault("".join(level.split()), []).append(pair)
            found.add(pair[0] - pair[1])
    lost = [pair[0] - pair[1] for key, pairs in groups.items() for pair in pairs if "指标" in key]
    for pairs in groups.values():
        found |= {sum(weight for weight, _ in pairs), sum(score for _, score in pairs)}
    total = example.form.fund_total
    executed = Decimal(0)
    if total is not None and total.weight.value is not None and total.score.value is not None:
        executed = total.weight.value - total.score.value
    return found | {executed, executed + sum(lost, Decimal(0)) / 2}  # every line stands in two groups


def _counts(example: Example) -> set[Decimal]:
    lines = [item for item in example.form.indicators if item.weight.value is not None]
    spare = [item for item in example.form.indicators if item.actual.text == "不适用"]
    full = [item for item in lines if item.score.value == item.weight.value]
    kinds = {("".join(item.level1.text.split()), "".join(item.level2.text.split())) for item in lines}
    executed = example.form.fund_total
    behind = 1 if executed is not None and executed.score.value not in (None, executed.weight.value) else 0
    counts = {len(lines), len(spare), len(full), len(lines) - len(full), len(lines) - len(full) + behind, len(kinds)}
    for kind in kinds:
        counts.add(
            sum(("".join(item.level1.text.split()), "".join(item.level2.text.split())) == kind for item in lines)
        )
    same: dict[tuple[str, str], int] = {}
    for item in lines:
        same[item.target.text, item.actual.text] = same.get((item.target.text, item.actual.text), 0) + 1
    counts |= set(same.values())
    unfinished = sum(item.actual.text == "未完成" for item in lines)
    reversed_ = sum(item.target.text.startswith("≤") and item.actual.text.startswith("≥") for item in lines)
    counts |= {
        unfinished,
        unfinished + reversed_,
        len(lines) - len(full) - unfinished,
        len(lines) - len(full) - unfinished - reversed_,
    }
    items = [row for row in example.materials.items if not re.fullmatch(r"\d{4}年安排", row.name)]
    unpaid = [row for row in items if row.status == "未支付"]
    counts |= {len(items), len(unpaid), len(items) - len(unpaid)}
    return {Decimal(count) for count in counts}
