"""Numbers that differ by a slip of the pen, looked up instead of compared pair by pair: hundreds stay cheap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

_PLACES = 6
"""Decimals that count, as in :func:`xlsuite.prose.slips.slipped`."""
POWERS = (Decimal(10), Decimal(10**4), Decimal(10**8))
"""How many times too much a number in the wrong unit is."""

_Key = tuple[int, str]


class NearNumbers:
    """Distinct numbers by what is left of them without one digit, or with two neighbouring digits in order.

    Whoever asks gets every number that may be a slip of another, and few that are not: the judgement stays with
    :mod:`xlsuite.prose.slips`.
    """

    def __init__(self, values: Iterable[Decimal]) -> None:
        self._place = {value: number for number, value in enumerate(values)}
        self._digits = _aligned(list(self._place))
        self._by_key: dict[_Key, list[Decimal]] = defaultdict(list)
        self._by_power: dict[Decimal, list[Decimal]] = defaultdict(list)
        for value, digits in self._digits.items():
            for key in _keys(digits):
                self._by_key[key].append(value)
        for value in self._place:
            for power in POWERS:
                larger = (value or 1) * power
                if larger in self._place:
                    self._by_power[value].append(larger)
                    self._by_power[larger].append(value)

    def of(self, value: Decimal) -> list[Decimal]:
        """The numbers near one of the values, in the order they were given."""
        near = set(self._by_power.get(value, ()))
        if value in self._digits:
            for key in _keys(self._digits[value]):
                near.update(self._by_key[key])
        near.discard(value)
        return sorted(near, key=self._place.__getitem__)


def _aligned(values: list[Decimal]) -> dict[Decimal, str]:
    """Positive numbers as rows of digits of one length, without the columns that are 0 in all of them."""
    rows = {value: str(int(round(value, _PLACES).scaleb(_PLACES))) for value in values if value > 0}
    width = max(map(len, rows.values()), default=0)
    idle = min((len(row) - len(row.rstrip("0")) for row in rows.values()), default=0)
    return {value: row.zfill(width)[: width - idle] for value, row in rows.items()}


def _keys(digits: str) -> Iterator[_Key]:
    for place, digit in enumerate(digits):
        yield place, digits[:place] + digits[place + 1 :]
        following = digits[place + 1 : place + 2]
        if following and following != digit:
            pair = digit + following if digit < following else following + digit
            yield -place - 1, digits[:place] + pair + digits[place + 2 :]
