"""Cells under a merged area: the grid shows only the first one, whatever a file keeps below."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from xlsuite.core.form import column_letters
from xlsuite.forms.grid import Area, Grid
from xlsuite.hosts import limits

_SMALL = 64
Place = tuple[int, int]


def drop_covered(grid: Grid) -> list[str]:
    """Take covered cells out of the grid, and merges of a single cell; says in Chinese what had content there."""
    cells = grid.cells
    grid.merges = [area for area in grid.merges if area[:2] != area[2:] and area[0] <= area[2] and area[1] <= area[3]]
    dropped: list[tuple[Area, Place]] = []
    work = 0
    for area in grid.merges:
        size = (area[2] - area[0] + 1) * (area[3] - area[1] + 1)
        if size <= _SMALL:
            places = _covered(area)
            if not cells.keys().isdisjoint(places):
                dropped.extend((area, place) for place in places if cells.pop(place, None))
            continue
        work += min(size, len(cells))
        limits.MERGED_CELLS.check(work, f"工作表「{grid.name}」")
        dropped.extend((area, place) for place in _within(area, size, cells) if cells.pop(place, None))
    return [_told(grid, dropped)] if dropped else []


def _within(area: Area, size: int, cells: Mapping[Place, object]) -> list[Place]:
    """Covered places of a large area that hold a cell."""
    top, left, bottom, right = area
    if size < len(cells):
        inside = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
        return [place for place in inside if place in cells and place != (top, left)]
    return [
        place for place in cells if top <= place[0] <= bottom and left <= place[1] <= right and place != (top, left)
    ]


@lru_cache(maxsize=8192)
def _covered(area: Area) -> tuple[Place, ...]:
    top, left, bottom, right = area
    places = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
    return tuple(place for place in places if place != (top, left))


def _told(grid: Grid, dropped: list[tuple[Area, Place]]) -> str:
    area = dropped[0][0]
    where = f"{column_letters(area.left)}{area.top}:{column_letters(area.right)}{area.bottom}"
    return (
        f"工作表「{grid.name}」的合并单元格（如 {where}）下面压着 {len(dropped)} 个看不见的内容，"
        "没有读取；如有需要，请取消合并后查看。"
    )
