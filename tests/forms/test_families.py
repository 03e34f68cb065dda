"""Every layout family of ``families.toml`` is read as drawn."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.forms.drawn import entry, funds, indicators, info, read, rows, told
from xlsuite.core.form import Form

FAMILIES: dict[str, dict[str, Any]] = tomllib.loads(Path(__file__).with_name("families.toml").read_text("utf-8"))


def groups(form: Form) -> list[str]:
    return [f"{one.level} {entry(one.weight)} {entry(one.score)} {one.start}:{one.stop}" for one in form.groups]


READ = {
    "title": lambda form: entry(form.title),
    "year": lambda form: form.year.value,
    "kind": lambda form: form.kind,
    "unit": lambda form: form.amount_unit,
    "info": info,
    "funds": funds,
    "goals": lambda form: rows(form.goals, "expected", "actual"),
    "indicators": indicators,
    "groups": groups,
    "total": lambda form: " ".join(rows([form.total], "weight", "score")),
    "grade": lambda form: entry(form.grade),
    "natures": lambda form: [entry(one.nature) for one in form.indicators],
    "aspects": lambda form: " ".join(f"{one.dimension}.{one.aspect}" for one in form.indicators),
    "extra": lambda form: [{key: entry(cell) for key, cell in one.extra.items()} for one in form.indicators],
}


@pytest.mark.parametrize("name", FAMILIES)
def test_family_is_read_as_drawn(name: str) -> None:
    family = FAMILIES[name]
    form = read(family["grid"])
    expected = {key: value for key, value in family.items() if key in READ}
    assert {key: READ[key](form) for key in expected} == expected
    for part in family.get("remarks", ()):
        assert part in told(form)
    if family.get("remarks") == []:
        assert told(form) == ""


def test_there_are_many_families() -> None:
    assert len(FAMILIES) >= 35
