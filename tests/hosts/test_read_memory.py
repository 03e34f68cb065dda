"""Books made in memory."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from xlsuite.core.errors import StaleCell
from xlsuite.core.finding import ERROR, Edit, Mark
from xlsuite.core.form import Ref
from xlsuite.forms.grid import Area, CellError, GridCell
from xlsuite.hosts.memory import MemoryHost, area_of, book_of


@pytest.mark.parametrize(
    ("content", "cell"),
    [
        ("文", GridCell("文", "文")),
        (1, GridCell(Decimal(1), "1")),
        (1e15, GridCell(Decimal(10**15), "1E+15")),
        (0.7711, GridCell(Decimal("0.7711"), "0.7711")),
        (Decimal("9.50"), GridCell(Decimal("9.50"), "9.5")),
        (True, GridCell(True, "TRUE")),
        (date(2023, 3, 5), GridCell(date(2023, 3, 5), "2023-03-05")),
        (datetime(2023, 3, 5, 8), GridCell(date(2023, 3, 5), "2023-03-05")),  # noqa: DTZ001
        (CellError("#REF!"), GridCell(CellError("#REF!"), "#REF!")),
        ("=A1*2", GridCell(None, "", "A1*2")),
        ("=", GridCell("=", "=")),
        (GridCell(Decimal(2), "2.0", "B1"), GridCell(Decimal(2), "2.0", "B1")),
    ],
)
def test_cells(content: object, cell: GridCell) -> None:
    book = book_of({"表": [[None, "", content]]})
    assert book.sheets[0].cells == {(1, 3): cell}


def test_merges_cover_what_lies_below() -> None:
    grid = book_of({"表": [["a", "b"], ["c", "d"]]}, merges={"表": ["A1:B1"]}).sheets[0]
    assert grid.merges == [Area(1, 1, 1, 2)]
    assert sorted(grid.cells) == [(1, 1), (2, 1), (2, 2)]


def test_hidden_sheets() -> None:
    assert [grid.hidden for grid in book_of({"a": [], "b": []}, hidden=["b"]).sheets] == [False, True]


@pytest.mark.parametrize(
    ("address", "area"),
    [
        ("B2", Area(2, 2, 2, 2)),
        ("A1:C3", Area(1, 1, 3, 3)),
        ("$C$3:$A$1", Area(1, 1, 3, 3)),
        ("XFD1", Area(1, 16384, 1, 16384)),
    ],
)
def test_addresses(address: str, area: Area) -> None:
    assert area_of(address) == area


@pytest.mark.parametrize("address", ["", "A", "1", "a1", "A1:", "A1:B", "表!A1"])
def test_no_addresses(address: str) -> None:
    with pytest.raises(ValueError, match="not a cell address"):
        area_of(address)


def test_edits_are_applied_together() -> None:
    host = MemoryHost(book_of({"表": [["a", 1]]}))
    host.apply(
        [Edit(Ref("表", 1, 2), Decimal(1), Decimal("7.71"), ""), Edit(Ref("表", 2, 1), None, "新", "")],
        [Mark(Ref("表", 1, 2), ERROR, "不符")],
    )
    assert host.snapshot().sheets[0].cells[1, 2].text == "7.71"
    assert host.snapshot().sheets[0].cells[2, 1].value == "新"
    assert [mark.note for mark in host.marks] == ["不符"]
    host.apply([Edit(Ref("表", 2, 1), "新", None, "")])
    assert (2, 1) not in host.snapshot().sheets[0].cells


@pytest.mark.parametrize("ref", [Ref("表", 1, 1), Ref("无", 1, 1)])
def test_nothing_is_applied_when_one_cell_changed(ref: Ref) -> None:
    host = MemoryHost(book_of({"表": [["a", 1]]}))
    with pytest.raises(StaleCell, match="没有写入任何内容"):
        host.apply([Edit(Ref("表", 1, 2), Decimal(1), Decimal(2), ""), Edit(ref, "b", "c", "")])
    assert host.snapshot().sheets[0].cells[1, 2].value == Decimal(1)
