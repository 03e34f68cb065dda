"""What the law says the numbers of a form should be: an exact value, or the interval the law leaves to judgement."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(slots=True)
class Expected:
    """The allowed value of one number, inclusive on both ends.

    ``low`` is None when it cannot be decided; ``reason`` then says what is missing. ``open_high`` excludes the upper
    end (未达成 is strictly below 60 %). ``arithmetic`` is the computation in words, ``basis`` the profile parameter and
    its legal source, ``method`` the formula's key (proportional, bands, met, forward, reverse, equal, range, date,
    cost, qualitative, word, unfinished, contradiction, …). ``judgement`` is True where a person decides inside it.
    ``candidates`` lists the only values known formulas give, the usual one first; a value between them is none of them.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    arithmetic: str = ""
    basis: str = ""
    method: str = ""
    reason: str = ""
    judgement: bool = False
    open_high: bool = False
    candidates: tuple[Decimal, ...] = ()

    @property
    def decided(self) -> bool:
        """Whether a value or interval is known."""
        return self.low is not None

    @property
    def exact(self) -> Decimal | None:
        """The one value the law fixes, or None."""
        return self.low if self.low is not None and self.low == self.high else None

    def allows(self, printed: Decimal, tolerance: Decimal = Decimal(0)) -> bool:
        """Whether a printed number is one of the candidates, or lies in the interval, give or take ``tolerance``."""
        if self.low is None or self.high is None:
            return True
        if self.candidates:
            return any(abs(printed - value) <= tolerance for value in self.candidates)
        if printed < self.low - tolerance:
            return False
        return printed < self.high if self.open_high else printed <= self.high + tolerance

    def accepts(self, printed: Decimal, places: int | None = None, tolerance: Decimal = Decimal(0)) -> bool:
        """:meth:`allows`, at the precision of the printed number: 9 is a fair rounding of 8.62, 8.5 is not.

        ``places`` are the decimals the user sees; None counts those of ``printed``.
        """
        if places is None:
            exponent = printed.as_tuple().exponent
            places = max(0, -exponent) if isinstance(exponent, int) else 0
        return self.allows(printed, max(tolerance, Decimal(5).scaleb(-places - 1)))


def undecided(reason: str) -> Expected:
    """No value can be given; ``reason`` says in Chinese what is missing."""
    return Expected(reason=reason)


@dataclass(slots=True)
class Scorecard:
    """Recomputed numbers of one form, in the order of ``form.indicators``."""

    rate: Expected = field(default_factory=Expected)
    execution: Expected = field(default_factory=Expected)
    indicators: list[Expected] = field(default_factory=list)
    total: Expected = field(default_factory=Expected)
    grade_low: str = ""
    grade_high: str = ""
    """Grade at the lower and the upper end of ``total``; equal when the grade is certain."""
    printed_sum: Decimal | None = None
    """Sum of the printed execution and indicator scores; None when a score is missing."""
