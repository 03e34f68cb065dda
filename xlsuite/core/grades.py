"""Grades: which one a total score reaches, and which one a printed word means."""

from __future__ import annotations

from decimal import Decimal

from xlsuite.core.profile import Profile
from xlsuite.core.values import squeeze


def grade_of(total: Decimal, profile: Profile) -> str:
    """The grade of a total score: the highest band whose lower bound it reaches (90 is 优, 89.99 is 良)."""
    reached = [band for band in profile["grade.bands"] if total >= band["from"]]
    return str(max(reached, key=lambda band: Decimal(band["from"]))["name"]) if reached else ""


def standard_grade(text: str, profile: Profile) -> str:
    """The grade a word stands for (良好 is 良), or "" for a word the profile does not know."""
    plain_text = squeeze(text)
    if any(band["name"] == plain_text for band in profile["grade.bands"]):
        return plain_text
    return str(profile["grade.synonyms"].get(plain_text, ""))
