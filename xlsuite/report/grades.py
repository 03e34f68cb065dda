"""评价等次 of a printed total."""

from __future__ import annotations

from decimal import Decimal

from xlsuite.core.profile import Profile

BANDS = "grade.bands"


def grade_of(total: Decimal, profile: Profile) -> str:
    """The grade a profile gives to a total: the highest band it reaches; "" where the profile has no bands."""
    setting = profile.settings.get(BANDS)
    if setting is None:
        return ""
    bands = sorted(((Decimal(str(band["from"])), str(band["name"])) for band in setting.value), reverse=True)
    return next((name for low, name in bands if total >= low), "")
