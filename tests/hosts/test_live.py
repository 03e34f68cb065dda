"""The live host on a recording engine: what Excel would be told, and what it never is."""

from __future__ import annotations

import ast
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.hosts import recording
from xlsuite.core.errors import HostUnavailable, UnsafeWrite
from xlsuite.core.finding import ERROR, WARNING, Edit, Finding, Mark
from xlsuite.core.form import Ref
from xlsuite.forms.grid import Area, CellError
from xlsuite.hosts.live import LiveHost
from xlsuite.hosts.live.fills import Fill
from xlsuite.hosts.live.host import busy
from xlsuite.hosts.package.listing import read_explanations
from xlsuite.hosts.package.look import COLOURS, HEADING

PACKAGE = Path(__file__).parents[2] / "xlsuite"
ROWS = [
    ["表", None, None],
    ["指标", "分值", "得分"],
    ["甲", 20.0, 18.5],
    ["乙", 30.0, "25分"],
    ["合计", "=SUM(B3:B4)", None],
]


def opened():
    book = recording.book({"自评表": ROWS, "附表": [["x"]]})
    return book, LiveHost(book), book.impl.tabs[0], book.app.impl.log


def ref(row: int, column: int) -> Ref:
    return Ref("自评表", row, column)


def mark(host: LiveHost, *places: tuple[int, int]) -> None:
    findings = [
        Finding("FND102", ERROR, f"第{row}行错", (ref(row, column),), fingerprint=f"{row:012d}-aaaaaa")
        for row, column in places
    ]
    host.mark([Mark(ref(*place), ERROR, "错了") for place in places], findings)


def test_numbers_are_shown_by_their_format_and_dates_are_days():
    _, host, sheet, _ = opened()
    sheet.cells_[6, 1], sheet.cells_[6, 2], sheet.cells_[6, 3] = recording.day("2024-12-31"), 0.7711, "#REF!"
    sheet.formats |= {(6, 1): "yyyy-mm-dd", (6, 2): "0.00%"}
    cells = host.snapshot().sheets[0].cells
    assert (cells[6, 1].value, cells[6, 1].text) == (date(2024, 12, 31), "2024-12-31")
    assert (cells[6, 2].value, cells[6, 2].text) == (Decimal("0.7711"), "77.11%")
    assert cells[6, 3].value == CellError("#REF!")
    assert cells[5, 2].formula == "SUM(B3:B4)"


def test_merged_areas_are_found_by_halving():
    _, host, sheet, _ = opened()
    sheet.merged = [(1, 1, 1, 3), (3, 1, 4, 1)]
    sheet.cells_.pop((4, 1))
    assert host.snapshot().sheets[0].merges == [Area(1, 1, 1, 3), Area(3, 1, 4, 1)]


def test_edits_below_each_other_are_one_write():
    _, host, _, log = opened()
    host.apply([Edit(ref(3, 2), Decimal(20), Decimal(21), "x"), Edit(ref(4, 2), Decimal(30), Decimal("31.5"), "x")])
    assert [entry for entry in log if entry[0] == "value"] == [("value", "自评表", (3, 2), (4, 2), [[21], [31.5]])]


@pytest.mark.parametrize(
    ("new", "code", "stays"),
    [("77.11%", "General", "77.11%"), ("9", "General", "9"), ("9", "@", "9"), ("24分", "General", "24分")],
)
def test_a_text_stays_a_text(new, code, stays):
    _, host, sheet, _ = opened()
    sheet.formats[4, 3] = code
    host.apply([Edit(ref(4, 3), "25分", new, "x")])
    assert sheet.cells_[4, 3] == stays


def test_a_number_in_a_text_cell_becomes_one():
    _, host, sheet, _ = opened()
    sheet.formats[4, 3] = "@"
    host.apply([Edit(ref(4, 3), "25分", Decimal(25), "x")])
    assert (sheet.cells_[4, 3], sheet.formats[4, 3]) == (25, "General")


def test_marks_are_cleared_exactly():
    book, host, sheet, _ = opened()
    sheet.colours[3, 3], sheet.texts[3, 3] = (1, 2, 3), "用户的批注"
    mark(host, (3, 3), (4, 3))
    assert sheet.colours[4, 3] == Fill(COLOURS[ERROR]).rgb
    assert sheet.texts[3, 3].startswith(f"用户的批注\n{HEADING}")
    assert [tab.name for tab in book.sheets] == ["自评表", "附表", "校验结果"]
    assert book.sheets.active.name == "自评表"
    assert host.listed() == [ref(3, 3), ref(4, 3)]
    assert host.clear() == []
    assert (sheet.colours, sheet.texts) == ({(3, 3): (1, 2, 3)}, {(3, 3): "用户的批注"})
    assert [tab.name for tab in book.sheets] == ["自评表", "附表"]


def test_a_fill_chosen_since_is_kept():
    _, host, sheet, _ = opened()
    mark(host, (3, 3))
    sheet.colours[3, 3] = (0, 255, 0)
    host.clear()
    assert sheet.colours == {(3, 3): (0, 255, 0)}


def test_marking_again_replaces_marks_and_keeps_explanations():
    book, host, sheet, _ = opened()
    mark(host, (3, 3))
    listing = book.impl.tabs[2]
    listing.cells_[5, 9] = "合同约定分期支付"
    mark(host, (3, 3), (4, 3))
    assert sheet.texts[3, 3].count(HEADING) == 1
    assert list(read_explanations(host.snapshot()).values()) == ["合同约定分期支付"]
    assert sum(tab.name.startswith("校验结果") for tab in book.sheets) == 1


def test_links_point_into_the_workbook():
    _, host, _, log = opened()
    mark(host, (3, 3))
    assert [entry[-1] for entry in log if entry[0] == "link"] == ["#'自评表'!C3"]


def test_the_screen_is_given_back_even_after_a_failure():
    book, host, _, log = opened()
    with pytest.raises(UnsafeWrite):
        host.apply([Edit(ref(5, 2), None, Decimal(1), "x")])
    assert [entry[1] for entry in log if entry[0] == "screen_updating"] == [False, True]
    assert book.app.screen_updating


def test_a_sheet_without_a_password_is_unprotected_for_the_moment():
    _, host, sheet, log = opened()
    sheet.protected = True
    host.apply([Edit(ref(3, 3), Decimal("18.5"), Decimal(18), "x")])
    assert sheet.protected
    assert sheet.cells_[3, 3] == 18
    assert [entry[0] for entry in log if "protect" in entry[0]][-2:] == ["unprotect", "protect"]


def test_a_password_is_told_and_nothing_is_written():
    book, host, sheet, _ = opened()
    sheet.protected = sheet.password = True
    before = dict(sheet.cells_)
    with pytest.raises(UnsafeWrite, match="保护密码，没有写入任何内容"):
        host.apply([Edit(ref(3, 3), Decimal("18.5"), Decimal(18), "x")], [Mark(ref(3, 3), WARNING, "x")])
    assert (sheet.cells_, sheet.colours, len(book.sheets)) == (before, {}, 2)


@pytest.mark.parametrize(
    ("path", "read_only", "told"), [("工作簿1", False, "还没有保存过"), ("/a/b.xlsx", True, "只读")]
)
def test_a_workbook_that_cannot_be_used_is_refused(path, read_only, told):
    book = recording.book({"自评表": ROWS}, path)
    book.impl.read_only = read_only
    with pytest.raises(UnsafeWrite, match=told):
        LiveHost(book).require_usable()


def test_a_locked_structure_is_refused_before_anything_is_marked():
    book, host, sheet, _ = opened()
    book.impl.locked_structure = True
    with pytest.raises(UnsafeWrite, match="结构受保护"):
        mark(host, (3, 3))
    assert sheet.colours == {}


class Rejected(Exception):
    """Like pywintypes.com_error."""

    hresult = -2147418111


def test_a_busy_program_is_told_politely(monkeypatch):
    _, host, _, _ = opened()

    def rejects(self):
        raise Rejected(-2147418111, "被呼叫方拒绝接收呼叫。")

    monkeypatch.setattr(recording.Sheet, "used_range", property(rejects))
    with pytest.raises(HostUnavailable, match="先按回车结束编辑"):
        host.snapshot()
    assert not busy(ValueError("x"))


@pytest.mark.parametrize(
    "fill", [Fill(), Fill("A1B2C3"), Fill(theme=4, tint=0.599), Fill("FF0000", pattern="17"), Fill(theme=0)]
)
def test_a_fill_survives_its_record(fill):
    assert Fill.from_markup(fill.markup()) == fill


def test_nothing_of_xlwings_pro_is_used():
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [f"{node.module}.{a.name}" for a in node.names] if isinstance(node, ast.ImportFrom) else []
            assert not any(name.startswith(("xlwings.pro", "xlwings.reports", "xlwings.server")) for name in names), (
                path
            )
