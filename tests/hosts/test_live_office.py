"""The live host over a LibreOffice without a window, against the closed world on the same files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlwings

from tests.addin.office import Office, available
from tests.conftest import need
from xlsuite.app.check import check_file
from xlsuite.app.marking import mark_file
from xlsuite.core.finding import ERROR, Mark
from xlsuite.core.form import Ref
from xlsuite.forms.edits import marks as marks_of
from xlsuite.hosts.base import open_book
from xlsuite.hosts.live import LiveHost

EXAMPLES = sorted((Path(__file__).parents[2] / "workbooks" / "examples").glob("*.xlsx"))
pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    need(available(), "LibreOffice with its Python bridge")
    made = Office(tmp_path_factory.mktemp("office"))
    try:
        yield made.start()
    finally:
        made.stop()


@pytest.fixture
def opened(office: Office, tmp_path: Path) -> Iterator[Any]:
    """Opens a copy of a workbook."""
    books = []

    def open_copy(source: Path) -> LiveHost:
        copy = Path(shutil.copy(source, tmp_path / f"表 {source.stem}.xlsx"))
        # With a window, as for a user: LibreOffice 7.4 crashes when it undoes a new sheet in a document without one.
        books.append(xlwings.Book(impl=office.app.impl.books.open(str(copy), hidden=False)))
        books[-1].api.calculateAll()
        return LiveHost(books[-1])

    yield open_copy
    for book in books:
        book.close()


def fills(host: LiveHost, sheet: str) -> list[Any]:
    found = host.book.sheets[sheet]
    return found.impl.fill_areas(found.used_range.impl)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_a_snapshot_is_the_same_as_of_the_closed_file(opened, example):
    closed = open_book(example).sheets
    for grid in closed:
        grid.merges.sort()
    assert opened(example).snapshot().sheets == closed


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_marks_of_a_closed_file_are_cleared_live(opened, example, tmp_path):
    plain = opened(example)
    looks = fills(plain, "自评表")
    marked = tmp_path / "标记.xlsx"
    mark_file(example, marked)
    host = opened(marked)
    assert host.listed()
    assert host.clear() == []
    assert host.snapshot().sheets == plain.snapshot().sheets
    painted = [(area, colour) for area, colour in fills(host, "自评表") if colour is not None]
    assert painted == [(area, colour) for area, colour in looks if colour is not None]


def test_marking_is_one_undo_step_and_keeps_the_protection(opened):
    host = opened(EXAMPLES[-2])
    before = host.snapshot()
    sheet = host.book.sheets[0].impl
    assert sheet.protected
    findings = check_file(EXAMPLES[-2]).findings
    host.mark(marks_of(findings), findings)
    assert sheet.protected
    assert len(host.book.sheets) == len(before.sheets) + 1
    host.book.api.getUndoManager().undo()
    after = host.snapshot()
    assert [grid.name for grid in after.sheets] == [grid.name for grid in before.sheets]
    assert [grid.notes for grid in after.sheets] == [grid.notes for grid in before.sheets]


def test_a_password_is_respected(opened):
    from xlsuite.core.errors import UnsafeWrite

    host = opened(EXAMPLES[0])
    sheet = host.book.sheets[0].impl
    sheet.api.unprotect("")
    sheet.api.protect("秘密")
    with pytest.raises(UnsafeWrite, match="保护密码"):
        host.apply([], [Mark(Ref("自评表", 5, 5), ERROR, "x")])
    assert sheet.protected


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=SUM(A1:A3)", 6.0),
        ('=IF(A1>0,"是;否","")', "是;否"),
        ("='填写说明'!A1", "填写说明"),
        ("=ROUND(A1*1.5,1)", 1.5),
    ],
)
def test_formulas_go_in_and_out_in_excels_syntax(opened, formula, value):
    host = opened(EXAMPLES[0])
    sheet = host.book.sheets["资金明细"]
    sheet.range("A1:A3").value = [[1], [2], [3]]
    sheet.range("L1").formula = formula
    assert sheet.range("L1").value == value
    assert sheet.range("L1").formula.replace("'", "") == formula.replace("'", "")
