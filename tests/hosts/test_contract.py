"""What every host must do, whatever it drives. A further host joins by one more entry in ``HOSTS``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

import pytest

from tests.conftest import need
from xlsuite.core.errors import StaleCell, UnsafeWrite, XlsuiteError
from xlsuite.core.finding import ERROR, INFO, WARNING, Edit, Mark
from xlsuite.core.form import Ref
from xlsuite.forms.grid import Book
from xlsuite.hosts.memory import MemoryHost, book_of
from xlsuite.hosts.package.host import PackageHost

SHEET = "自评表"
ROWS: list[list[Any]] = [
    ["项目支出绩效自评表", None, None],
    ["指标", "分值", "得分"],
    ["数量指标", 20, 18.5],
    ["质量指标", 30, "25分"],
    ["合计", "=SUM(B3:B4)", None],
]
MERGE = "A1:C1"


class AnyHost(Protocol):
    """What the tests use of a host."""

    def snapshot(self) -> Book: ...

    def apply(self, edits: list[Edit], marks: list[Mark] = ...) -> object: ...


def in_memory(_: Path) -> AnyHost:
    return MemoryHost(book_of({SHEET: ROWS}, merges={SHEET: [MERGE]}))


def in_package(folder: Path) -> AnyHost:
    import xlsxwriter

    path = folder / "表.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet(SHEET)
    for number, row in enumerate(ROWS):
        sheet.write_row(number, 0, row)
    sheet.merge_range(MERGE, ROWS[0][0])
    book.close()
    return PackageHost(path, recompute=False, backup=False)


def in_recording(_: Path) -> AnyHost:
    from tests.hosts import recording
    from xlsuite.hosts.live import LiveHost

    book = recording.book({SHEET: ROWS})
    book.impl.tabs[0].merged.append((1, 1, 1, 3))
    return LiveHost(book)


HOSTS: dict[str, Callable[[Path], AnyHost]] = {"memory": in_memory, "package": in_package, "recording": in_recording}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A LibreOffice without a window."""
    from tests.addin.office import Office, available

    need(available(), "LibreOffice with its Python bridge")
    made = Office(tmp_path_factory.mktemp("office"))
    try:
        yield made.start()
    finally:
        made.stop()


@pytest.fixture(params=[*HOSTS, pytest.param("libreoffice", marks=pytest.mark.office)])
def host(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AnyHost]:
    if request.param != "libreoffice":
        yield HOSTS[request.param](tmp_path)
        return
    from xlsuite.hosts.live import LiveHost

    in_package(tmp_path)
    book = request.getfixturevalue("office").app.books.open(str(tmp_path / "表.xlsx"))
    book.api.calculateAll()
    yield LiveHost(book)
    book.close()


def ref(cell: str, sheet: str = SHEET) -> Ref:
    return Ref(sheet, int(cell[1:]), ord(cell[0]) - 64)


def value(host: AnyHost, cell: str) -> object:
    place = ref(cell)
    found = host.snapshot().sheets[0].cells.get((place.row, place.column))
    return found.value if found else None


def edit(cell: str, old: object, new: object, sheet: str = SHEET) -> Edit:
    return Edit(ref(cell, sheet), old, new, "测试")


def test_a_snapshot_shows_values_texts_formulas_and_merges(host):
    grid = host.snapshot().sheets[0]
    assert grid.name == SHEET
    assert grid.cells[3, 2].value == Decimal(20)
    assert grid.cells[3, 3].value == Decimal("18.5")
    assert (grid.cells[4, 3].value, grid.cells[4, 3].text) == ("25分", "25分")
    assert grid.cells[5, 2].formula == "SUM(B3:B4)"
    assert grid.merges == [(1, 1, 1, 3)]
    assert (5, 3) not in grid.cells


EDITS = [
    ("C3", Decimal("18.5"), Decimal("17.25")),
    ("C4", "25分", "24分"),
    ("C5", None, Decimal("41.25")),
    ("C5", "", "四十一分"),
    ("C3", Decimal("18.5"), "十八分"),
    ("C4", "25分", Decimal(25)),
    ("C3", Decimal("18.5"), None),
    ("E9", None, Decimal(1)),
]


@pytest.mark.parametrize(("cell", "old", "new"), EDITS)
def test_an_edit_is_seen_in_the_next_snapshot_and_nothing_else_is(host, cell, old, new):
    before = dict(host.snapshot().sheets[0].cells)
    host.apply([edit(cell, old, new)])
    after = dict(host.snapshot().sheets[0].cells)
    place = (ref(cell).row, ref(cell).column)
    assert value(host, cell) == new
    before.pop(place, None)
    after.pop(place, None)
    assert before == after


def test_several_edits_in_one_step(host):
    host.snapshot()
    host.apply([edit("C3", Decimal("18.5"), Decimal(18)), edit("C5", None, Decimal(43))])
    assert (value(host, "C3"), value(host, "C5")) == (Decimal(18), Decimal(43))


def test_a_covered_cell_means_the_head_of_its_merged_area(host):
    host.snapshot()
    host.apply([edit("B1", ROWS[0][0], "2023年度项目支出绩效自评表")])
    assert value(host, "A1") == "2023年度项目支出绩效自评表"
    assert value(host, "B1") is None


REFUSED = [
    ([edit("C3", Decimal(18), Decimal(17))], StaleCell),
    ([edit("C5", Decimal(1), Decimal(17))], StaleCell),
    ([edit("C4", None, Decimal(17))], StaleCell),
    ([edit("C5", None, Decimal(1)), edit("C3", Decimal(18), Decimal(17))], StaleCell),
    ([edit("B5", None, Decimal(50))], UnsafeWrite),
    ([edit("A1", None, "x", "别的表")], XlsuiteError),
]


@pytest.mark.parametrize(("edits", "error"), REFUSED)
def test_what_cannot_be_written_is_refused_and_nothing_is(host, edits, error):
    before = dict(host.snapshot().sheets[0].cells)
    with pytest.raises(error) as caught:
        host.apply(edits)
    assert "没有写入任何内容" in str(caught.value)
    assert dict(host.snapshot().sheets[0].cells) == before


def test_nothing_to_do_is_fine(host):
    before = dict(host.snapshot().sheets[0].cells)
    host.apply([])
    assert dict(host.snapshot().sheets[0].cells) == before


def test_marks_change_no_value(host):
    before = dict(host.snapshot().sheets[0].cells)
    host.apply([], [Mark(ref("C3"), ERROR, "甲"), Mark(ref("C4"), WARNING, "乙"), Mark(ref("C5"), INFO, "丙")])
    assert dict(host.snapshot().sheets[0].cells) == before


def test_edits_and_marks_in_one_step(host):
    host.snapshot()
    host.apply([edit("C3", Decimal("18.5"), Decimal(18))], [Mark(ref("C4"), WARNING, "乙")])
    assert value(host, "C3") == Decimal(18)


def test_a_package_that_changed_since_the_snapshot_is_refused(tmp_path):
    host = in_package(tmp_path)
    host.snapshot()
    other = PackageHost(tmp_path / "表.xlsx", recompute=False, backup=False)
    other.apply([edit("C5", None, Decimal(1))])
    with pytest.raises(StaleCell, match="在读取之后被改动过"):
        host.apply([edit("C3", Decimal("18.5"), Decimal(18))])


def test_a_package_host_marks_and_clears(tmp_path):
    host = in_package(tmp_path)
    before = (tmp_path / "表.xlsx").read_bytes()
    host.snapshot()
    host.apply([], [Mark(ref("C3"), ERROR, "甲")])
    assert [grid.name for grid in host.snapshot().sheets] == [SHEET, "校验结果"]
    host.clear()
    assert (tmp_path / "表.xlsx").read_bytes() == before
