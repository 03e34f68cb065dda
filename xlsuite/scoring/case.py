"""One indicator to be scored, and the shapes an expected score can take."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from xlsuite.core.form import Indicator
from xlsuite.core.profile import Profile
from xlsuite.core.scorecard import Expected
from xlsuite.core.values import Measure, round_half_up, squeeze
from xlsuite.scoring.wording import basis, plain

ZERO, ONE = Decimal(0), Decimal(1)


@dataclass(slots=True)
class Case:
    """An indicator with a weight, a target and an actual value, and the profile it is scored under."""

    indicator: Indicator
    profile: Profile
    weight: Decimal
    target: Measure
    actual: Measure

    @property
    def name(self) -> str:
        """The level-3 name, squeezed."""
        return squeeze(self.indicator.level3.text)

    @property
    def said(self) -> str:
        """The squeezed text of the actual value."""
        return squeeze(self.indicator.actual.text) or self.actual.word

    @property
    def wanted(self) -> str:
        """The squeezed text of the target."""
        return squeeze(self.indicator.target.text) or self.target.word

    def points(self, share: Decimal) -> Decimal:
        """A share of the weight, rounded as scores are."""
        return round_half_up(self.weight * share, int(self.profile["score.decimals"]))

    def exact(self, share: Decimal, words: str, method: str, parameter: str) -> Expected:
        """The one score the law fixes."""
        value = self.points(share)
        return Expected(value, value, f"{words}{plain(value)}", basis(self.profile, parameter), method)

    def full(self, words: str, method: str, parameter: str) -> Expected:
        """Met: the whole weight."""
        return Expected(
            self.weight, self.weight, f"{words}，得满分 {plain(self.weight)}", basis(self.profile, parameter), method
        )

    def span(self, low: Decimal, high: Decimal, words: str, method: str, parameter: str) -> Expected:
        """Anything between two shares of the weight, both included."""
        bottom, top = self.points(low), self.points(high)
        text = f"{words}，得分在 {plain(bottom)} 至 {plain(top)} 之间"
        return Expected(bottom, top, text, basis(self.profile, parameter), method, judgement=True)

    def below(self, share: Decimal, words: str, method: str, parameter: str) -> Expected:
        """Less than a share of the weight; how much less is judged."""
        top = self.points(share)
        text = f"{words}，得分应低于 {plain(top)}"
        return Expected(ZERO, top, text, basis(self.profile, parameter), method, judgement=True, open_high=True)

    def one_of(self, shares: tuple[Decimal, ...], words: str, method: str, parameter: str) -> Expected:
        """One of several scores, each by its own formula; the usual one comes first."""
        values = tuple(dict.fromkeys(self.points(share) for share in shares))
        text = f"{words}{' 或 '.join(plain(value) for value in values)}"
        many = values if len(values) > 1 else ()
        return Expected(min(values), max(values), text, basis(self.profile, parameter), method, candidates=many)
