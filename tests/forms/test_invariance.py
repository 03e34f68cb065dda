"""What must not change the reading: place, empty rows and columns, full-width typing, the order of columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.forms.drawn import draw, entry, indicators, read
from tests.forms.test_families import FAMILIES, READ
from xlsuite.core.form import Form
from xlsuite.forms.grid import Area, Grid, GridCell

WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def facts(form: Form) -> dict[str, Any]:
    """All that was read, without places."""
    return {key: how(form) for key, how in READ.items()} | {
        "reasons": [entry(one.reason) for one in form.indicators],
        "natures": [entry(one.nature) + entry(one.unit) for one in form.indicators],
        "labels": [entry(one.label) for one in form.funds],
    }


def mapped(grid: Grid, row: Callable[[int], int], column: Callable[[int], int]) -> Grid:
    """The grid with its rows and columns renumbered, merges stretched along."""
    moved = Grid(grid.name)
    moved.cells = {(row(r), column(c)): cell for (r, c), cell in grid.cells.items()}
    moved.merges = [Area(row(a.top), column(a.left), row(a.bottom), column(a.right)) for a in grid.merges]
    return moved


def widened(cell: GridCell) -> GridCell:
    if not isinstance(cell.value, str):
        return cell
    text = unicodedata.normalize("NFC", cell.value).translate(WIDE)
    return GridCell(text, text, cell.formula)


names = st.sampled_from(sorted(FAMILIES))


@QUICK
@given(names, st.integers(0, 40), st.integers(0, 30))
def test_place_does_not_matter(name: str, down: int, right: int) -> None:
    grid = draw(FAMILIES[name]["grid"])
    assert facts(read(mapped(grid, lambda r: r + down, lambda c: c + right))) == facts(read(grid))


@QUICK
@given(names, st.data())
def test_empty_rows_do_not_matter(name: str, data: st.DataObject) -> None:
    grid = draw(FAMILIES[name]["grid"])
    last = max(row for row, _ in grid.cells)
    gaps = data.draw(st.sets(st.integers(1, last), max_size=4))
    spread = mapped(grid, lambda r: r + sum(gap < r for gap in gaps), lambda c: c)
    assert facts(read(spread)) == facts(read(grid))


@QUICK
@given(names, st.data())
def test_empty_columns_do_not_matter(name: str, data: st.DataObject) -> None:
    grid = draw(FAMILIES[name]["grid"])
    last = max(column for _, column in grid.cells)
    gaps = data.draw(st.sets(st.integers(1, last), max_size=3))
    spread = mapped(grid, lambda r: r, lambda c: c + sum(gap < c for gap in gaps))
    assert facts(read(spread)) == facts(read(grid))


@pytest.mark.parametrize("name", FAMILIES)
def test_full_width_typing_does_not_matter(name: str) -> None:
    grid = draw(FAMILIES[name]["grid"])
    wide = Grid(grid.name, {place: widened(cell) for place, cell in grid.cells.items()}, grid.merges)
    assert facts(read(wide)) == facts(read(grid))


COLUMNS = {
    "一级指标": ("产出指标", "产出指标", "效益指标"),
    "二级指标": ("数量指标", "质量指标", "社会效益指标"),
    "三级指标": ("数量", "质量", "作用"),
    "指标性质": ("≥", "=", "定性"),
    "年度指标值": ("50", "100", "明显"),
    "度量单位": ("个", "%", ""),
    "实际完成值": ("52", "98", "明显"),
    "分值": ("40", "30", "30"),
    "自评得分": ("40", "29.4", "28"),
    "偏差原因分析及改进措施": ("", "设备老化；更换", "覆盖不足；扩大"),
    "佐证材料": ("台账", "报告", ""),
}


@QUICK
@given(
    st.permutations(sorted(COLUMNS)),
    st.sets(st.sampled_from(["指标性质", "度量单位", "佐证材料", "偏差原因分析及改进措施"])),
)
def test_order_of_columns_does_not_matter(order: list[str], missing: set[str]) -> None:
    heads = [head for head in order if head not in missing]
    lines = ["项目支出绩效自评表", "项目名称|甲", "|".join(heads)]
    lines += ["|".join(COLUMNS[head][row] for head in heads) for row in range(3)]
    form = read("\n".join(lines))
    assert indicators(form, "level1", "level2", "level3", "weight", "score") == [
        "产出指标 数量指标 数量 40 40",
        "产出指标 质量指标 质量 30 29.4",
        "效益指标 社会效益指标 作用 30 28",
    ]
    assert [one.target.text for one in form.indicators] == ["50", "100", "明显"]
    assert all(one.reason.present != ("偏差原因分析及改进措施" in missing) for one in form.indicators)


@QUICK
@given(
    st.lists(
        st.tuples(st.sampled_from(["产出指标", "效益指标", "满意度指标"]), st.integers(1, 4)), min_size=1, max_size=6
    )
)
def test_labels_are_carried_down_and_never_further(runs: list[tuple[str, int]]) -> None:
    """Merged, blank and repeated levels read the same; every row has the label of its own group."""
    expected = [label for label, height in runs for _ in range(height)]
    heads = "项目支出绩效自评表\n项目名称|甲\n一级指标|二级指标|三级指标|指标值|完成值|得分\n"
    rows = {"merged": [], "repeated": [], "blank": []}  # type: dict[str, list[str]]
    for label, height in runs:
        for place in range(height):
            tail = f"|二级{label}|名称|1|1|1"
            rows["repeated"].append(label + tail)
            rows["blank"].append(("" if place else label) + tail)
            rows["merged"].append(("^" if place else label) + tail)
    for style, lines in rows.items():
        form = read(heads + "\n".join(lines))
        assert [one.level1.value for one in form.indicators] == expected, style


def test_amounts_are_exact_decimals() -> None:
    form = read(
        "项目支出绩效自评表\n项目名称|甲\n全年预算数（万元）|0.1|全年执行数（万元）|0.3\n一级指标|三级指标|指标值|完成值|得分\n产出指标|数量|5|5|9"
    )
    assert (form.funds[0].budget.value, form.funds[0].executed.value) == (Decimal("0.1"), Decimal("0.3"))
