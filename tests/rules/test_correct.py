"""Correct forms of many manners raise no error and no warning, whichever profile looks at them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.building import check, table
from xlsuite.core.finding import Severity

FORMS: list[dict[str, Any]] = [table("base.toml"), *table("correct.toml")["form"]]
FORMS[0]["name"] = "示例表"


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form["name"])
@pytest.mark.parametrize("profile", ["", "neutral"])
def test_correct_form(form: dict[str, Any], profile: str) -> None:
    found = check(form, profile).outcome.findings
    wrong = [
        f"{one.code} {one.severity.value} {one.field} {one.message}"
        for one in found
        if one.severity is not Severity.INFO
    ]
    assert not wrong, "\n".join(wrong)


def test_there_are_enough() -> None:
    assert len(FORMS) >= 16
    assert len({form["profile"] for form in FORMS}) >= 7
