"""The buttons on a recording engine: what the user is told, without any spreadsheet program."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest

from tests.hosts import recording
from xlsuite import buttons
from xlsuite.buttons import functions, record
from xlsuite.buttons.__main__ import _parsed
from xlsuite.buttons.carrying import changes
from xlsuite.buttons.session import _alone, mark_of
from xlsuite.core.errors import UnsafeWrite, XlsuiteError
from xlsuite.core.finding import Edit
from xlsuite.core.form import Ref
from xlsuite.hosts.base import open_book

EXAMPLE = Path(__file__).parents[2] / "workbooks" / "examples" / "yiyang-2022.xlsx"


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("XLSUITE_HOME", str(tmp_path / "home"))


@pytest.fixture
def told(monkeypatch):
    """Every message, and "yes" to every question."""
    messages: list[tuple[str, str | None]] = []

    def alert(self, prompt, title, kinds, mode, callback):
        messages.append((prompt, mode))
        return "yes" if kinds == "yes_no" else "ok"

    monkeypatch.setattr(recording.App, "alert", alert, raising=False)
    return messages


def opened(path: Path = EXAMPLE):
    """The example as an open workbook."""
    sheets = {}
    for grid in open_book(path).sheets:
        rows = max((row for row, _ in grid.cells), default=1)
        columns = max((column for _, column in grid.cells), default=1)
        table = [[None] * columns for _ in range(rows)]
        for (row, column), cell in grid.cells.items():
            value = float(cell.value) if isinstance(cell.value, Decimal) else cell.value
            table[row - 1][column - 1] = value
        sheets[grid.name] = table
    book = recording.book(sheets, str(path))
    for tab, grid in zip(book.impl.tabs, open_book(path).sheets, strict=True):
        tab.merged = [tuple(area) for area in grid.merges]
    book.set_mock_caller()
    return book


def test_check_tells_the_counts_and_leaves_the_screen_on(told):
    book = opened()
    buttons.check()
    assert told[-1][0].startswith("校验完成：错误")
    assert "校验结果" in [sheet.name for sheet in book.sheets]
    assert book.app.screen_updating
    assert book.app.impl.status_bar is False


def test_recalc_and_restore(told):
    book = opened()
    before = dict(book.impl.tabs[0].cells_)
    buttons.recalc()
    assert "要改正吗" in told[0][0]
    assert "9 → 7.71" in told[0][0]
    assert book.impl.tabs[0].cells_ != before
    buttons.restore()
    assert book.impl.tabs[0].cells_ == before
    buttons.restore()
    assert "没有可以恢复的内容" in told[-1][0]


def test_a_refusal_is_a_message_and_never_a_traceback(told):
    book = opened()
    book.impl.path = "工作簿1"
    buttons.check()
    assert told[-1] == ("这个工作簿还没有保存过，请先保存到本机的文件夹里，再点按钮。", "critical")


def test_an_unexpected_error_names_the_log(told, monkeypatch, tmp_path):
    opened()
    monkeypatch.setattr(recording.Sheet, "used_range", property(lambda self: 1 / 0))
    buttons.check()
    assert "ZeroDivisionError" in told[-1][0]
    assert "ZeroDivisionError" in (tmp_path / "home" / "last-error.txt").read_text(encoding="utf-8")


def test_a_workbook_without_a_form_is_told(told):
    recording.book({"别的": [["x"]]}).set_mock_caller()
    buttons.recalc()
    assert "没有找到绩效自评表" in told[-1][0]


def test_a_second_click_is_turned_away_and_a_dead_lock_is_not(tmp_path):
    path = tmp_path / "a.xlsx"
    with _alone(path), pytest.raises(XlsuiteError, match="上一步还没有做完"), _alone(path):
        pass
    lock = tmp_path / "home" / "running" / mark_of(path)
    lock.write_text("4194303")
    with _alone(path):
        assert lock.read_text() == str(os.getpid())
    assert not lock.exists()


def test_the_record_keeps_numbers_and_texts(tmp_path):
    edits = [
        Edit(Ref("表 一", 3, 4), Decimal("18.50"), "九分", "为什么"),
        Edit(Ref("表 一", 5, 6), None, Decimal(7), ""),
    ]
    record.keep(tmp_path / "a.xlsx", edits)
    assert record.kept(tmp_path / "a.xlsx") == edits
    assert record.kept(tmp_path / "b.xlsx") == []


def test_carrying_back_finds_changed_cells_and_refuses_changed_shapes(tmp_path):
    live = open_book(EXAMPLE)
    assert changes(EXAMPLE, live)[0] == []
    place = (3, 3)
    live.sheets[0].cells[place] = live.sheets[0].cells[place]._replace(value="某局", text="某局")
    assert [(edit.ref[1:], edit.new) for edit in changes(EXAMPLE, live)[0]] == [(place, "某局")]
    live.sheets[0].merges.pop()
    with pytest.raises(UnsafeWrite, match="合并单元格"):
        changes(EXAMPLE, live)


@pytest.mark.parametrize(
    ("arguments", "task", "options"),
    [
        (["check", "--wb=/a b/x=y.xlsm", "--office"], "check", {"wb": "/a b/x=y.xlsm", "office": ""}),
        (["--pipe=p", "recalc"], "recalc", {"pipe": "p"}),
    ],
)
def test_arguments_may_hold_equals_signs_and_blanks(arguments, task, options):
    assert _parsed(arguments) == (task, options)


def test_worksheet_functions():
    assert functions.xls_rate(142.78, 185.17) == pytest.approx(0.771075, abs=1e-6)
    assert functions.xls_rate(None, 185.17) == ""
    assert functions.xls_score(10, 142.78, 185.17) == 7.71
    assert functions.xls_score(10, 200, 185.17) == 10
    assert (functions.xls_grade(92.5), functions.xls_grade(59.9), functions.xls_grade("")) == ("优", "差", "")
