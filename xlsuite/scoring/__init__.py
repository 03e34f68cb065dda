"""Rescoring a form: what its own figures and the profile say every score should be."""

from __future__ import annotations

from xlsuite.core.form import Form
from xlsuite.core.profile import Profile
from xlsuite.core.scorecard import Scorecard
from xlsuite.scoring.execution import execution_score, rate
from xlsuite.scoring.indicators import score_indicator
from xlsuite.scoring.totals import grade_of, graded, printed_sum, standard_grade, total_score

__all__ = ["grade_of", "score", "score_indicator", "standard_grade"]


def score(form: Form, profile: Profile) -> Scorecard:
    """Recompute execution rate, every score, the total and the grade of a form. Pure: the form is not changed."""
    card = Scorecard()
    card.rate = rate(form)
    card.execution = execution_score(form, profile, card.rate)
    card.indicators = [score_indicator(indicator, profile) for indicator in form.indicators]
    card.total = total_score(form, card, profile)
    if card.total.low is not None and card.total.high is not None and graded(form, profile):
        card.grade_low, card.grade_high = grade_of(card.total.low, profile), grade_of(card.total.high, profile)
    card.printed_sum = printed_sum(form, profile)
    return card
