"""Field paths of a form's cells."""

from __future__ import annotations

import pytest

from xlsuite.core.form import Cell, FieldPaths, Form, FundRow, Goal, Group, Indicator


def _form() -> Form:
    level = Cell(text="产出指标")
    indicators = [Indicator(level1=level, extra={"度量单位": Cell(text="个")}), Indicator(level1=level)]
    groups = [Group(1, level, Cell(), Cell(), 0, 2)]
    return Form(
        "表",
        "A1",
        info={"unit": Cell()},
        funds=[FundRow("total")],
        goals=[Goal()],
        indicators=indicators,
        groups=groups,
    )


def test_a_shared_level_label_has_the_path_of_its_first_row() -> None:
    form = _form()
    assert FieldPaths(form).get(id(form.indicators[1].level1)) == "indicators[0].level1"


def test_every_cell_is_found_by_the_path_it_is_listed_with() -> None:
    form = _form()
    listed: dict[int, str] = {}
    for path, cell in form.cells():
        listed.setdefault(id(cell), path)
    paths = FieldPaths(form)
    assert {key: paths.get(key) for key in listed} == listed
    assert len(set(listed.values())) == len(listed)


@pytest.mark.parametrize(
    "path",
    ["title", "info.unit", "funds[0].rate", "goals[0].actual", "indicators[0].extra.度量单位", "groups[0].score"],
)
def test_listed_paths(path: str) -> None:
    assert path in dict(_form().cells())


def test_a_strange_cell_has_no_path() -> None:
    assert FieldPaths(_form()).get(id(Cell()), "—") == "—"
