"""Real clicks: the toolbar over a plain workbook, and the buttons on the sheet of 自评表.xlsm."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from tests.addin.desk import Desk
from tests.addin.office import available
from tests.addin.screen import eventually
from tests.conftest import need
from xlsuite.app.check import check_file
from xlsuite.app.recalc import plan
from xlsuite.forms.edits import marks as marks_of
from xlsuite.forms.grid import Book, Grid
from xlsuite.hosts.package.look import COLOURS, HEADING

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "workbooks" / "examples").glob("*.xlsx"))
PICTURES = ROOT / ".artifacts" / "clicks"
pytestmark = [pytest.mark.screen, pytest.mark.office, pytest.mark.slow, pytest.mark.xdist_group("screen")]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    need(available(), "LibreOffice with its Python bridge")
    for program in ("Xvfb", "openbox", "xdotool", "import"):
        need(shutil.which(program), program)
    former = os.environ.get("XLSUITE_HOME")
    made = Desk(tmp_path_factory.mktemp("桌面"), PICTURES)
    try:
        yield made.start()
    finally:
        made.stop()
        os.environ.pop("XLSUITE_HOME")
        if former is not None:
            os.environ["XLSUITE_HOME"] = former


@pytest.fixture(autouse=True)
def tidy(desk: Desk, request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if request.session.testsfailed:
        desk.screen.picture(f"failed-{request.node.name.replace('/', '-')[:60]}")
    desk.close()


def copy_of(example: Path, folder: Path) -> Path:
    return Path(shutil.copy(example, folder / f"{example.stem} 自评（终稿）.xlsx"))


def sheet(book: Book, name: str) -> Grid:
    return next(grid for grid in book.sheets if grid.name == name)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_the_whole_work_by_toolbar(desk: Desk, tmp_path: Path, example: Path) -> None:
    path = copy_of(example, tmp_path)
    desk.open(path)
    before = desk.seen()

    desk.click("校验")
    said = desk.answer("校验", picture=f"{example.stem}-1-checked")
    expected = check_file(path)
    counted = len(expected.findings)
    assert "校验完成" in said
    desk.idle()
    after = desk.seen()
    assert [grid.name for grid in after.sheets] == [*(grid.name for grid in before.sheets), "校验结果"]
    listed = [cell.text for (row, column), cell in sorted(sheet(after, "校验结果").cells.items()) if column == 3]
    assert listed[1:] == [finding.code for finding in expected.findings]
    assert len(listed) == counted + 1
    book = desk.book
    for mark in marks_of(expected.findings):
        cell = book.sheets[mark.ref.sheet].range((mark.ref.row, mark.ref.column)).merge_area[0, 0]
        assert "".join(f"{part:02X}" for part in cell.color or ()) in COLOURS.values()
        assert HEADING in cell.note.text
        assert mark.note.split("】")[1][:20] in cell.note.text

    desk.click("重新计分")
    edits = plan(path)[1]
    if edits:
        assert f"{len(edits)} 处" in desk.answer("重新计分", "yes", picture=f"{example.stem}-2-question")
    assert ("已改正" if edits else "不用改") in desk.answer("重新计分")
    desk.idle()
    now = desk.seen()
    for edit in edits:
        cell = sheet(now, edit.ref.sheet).cells[edit.ref.row, edit.ref.column]
        assert cell.value == edit.new or (isinstance(cell.value, Decimal) and float(cell.value) == float(edit.new))

    desk.click("生成报告")
    desk.answer("生成报告", picture=f"{example.stem}-3-report")
    report = path.with_name(f"{path.stem}_自评报告.docx")
    with zipfile.ZipFile(report) as package:
        assert "绩效" in package.read("word/document.xml").decode()
    desk.idle()
    components = desk.office.app.impl.desktop.Components.createEnumeration()
    opened = []
    while components.hasMoreElements():
        opened.append(components.nextElement())
    documents = [one for one in opened if one.supportsService("com.sun.star.text.TextDocument")]
    assert [Path(one.URL).suffix for one in documents] == [".docx"]
    documents[0].close(True)

    desk.document.CurrentController.Frame.ContainerWindow.toFront()
    desk.click("清除标记")
    assert "恢复" in desk.answer("清除标记")
    desk.idle()
    cleared = desk.seen()
    assert [grid.name for grid in cleared.sheets] == [grid.name for grid in before.sheets]
    assert [grid.notes for grid in cleared.sheets] == [grid.notes for grid in before.sheets]


def test_jump_and_restore(desk: Desk, tmp_path: Path) -> None:
    path = copy_of(ROOT / "workbooks" / "examples" / "yiyang-2022.xlsx", tmp_path)
    desk.open(path)
    before = desk.seen().sheets[0].cells
    desk.click("重新计分")
    desk.answer("重新计分", "yes")
    desk.answer("重新计分")
    desk.idle()
    assert desk.seen().sheets[0].cells != before
    desk.click("恢复上次")
    desk.answer("恢复上次", "yes")
    assert "已退回" in desk.answer("恢复上次")
    desk.idle()
    assert desk.seen().sheets[0].cells == before

    desk.click("下一处")
    assert "请先点" in desk.answer("下一处")
    desk.idle()
    desk.click("校验")
    desk.answer("校验")
    desk.idle()
    places = []
    app = desk.office.app.impl
    for _ in range(3):
        former = places[-1] if places else (1, 1)
        desk.click("下一处")
        eventually(lambda now=former: app.selection and app.selection.first != now, "jumped")
        desk.idle()
        places.append(app.selection.first)
    wanted = list(dict.fromkeys(one.ref for one in check_file(path).findings if one.ref))
    assert places == [(ref.row, ref.column) for ref in wanted[:3]]


def test_an_answer_of_no_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    path = copy_of(ROOT / "workbooks" / "examples" / "yiyang-2022.xlsx", tmp_path)
    desk.open(path)
    before = desk.seen()
    desk.click("重新计分")
    desk.answer("重新计分", "no")
    assert "没有改动" in desk.answer("重新计分")
    desk.idle()
    assert desk.seen() == before


def test_write_back_changes_only_the_cells(desk: Desk, tmp_path: Path) -> None:
    path = copy_of(ROOT / "workbooks" / "examples" / "yiyang-2022.xlsx", tmp_path)
    with zipfile.ZipFile(path) as package:
        before = {name: package.read(name) for name in package.namelist()}
    desk.open(path)
    desk.document.Sheets.getByIndex(0).getCellRangeByName("C3").setString("益阳市自然资源局")
    desk.click("写回原表")
    desk.answer("写回原表", "yes", picture="write-back")
    assert "已写回 1 个" in desk.answer("写回原表")
    desk.idle()
    with zipfile.ZipFile(path) as package:
        changed = [name for name in package.namelist() if package.read(name) != before.get(name)]
        assert "益阳市自然资源局" in package.read("xl/worksheets/sheet1.xml").decode()
    assert set(changed) <= {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}
    assert list(tmp_path.glob("*备份*")) or len(list(tmp_path.glob("*.xlsx"))) > 1


def test_the_buttons_on_the_sheet(desk: Desk) -> None:
    path = desk.trusted / "自评表.xlsm"
    desk.open(path)
    sheet_api = desk.document.Sheets.getByIndex(0)
    sheet_api.unprotect("")
    for cell, value in (("E6", 100.0), ("F6", 150.0)):
        sheet_api.getCellRangeByName(cell).setValue(value)
    desk.click("校验", on_sheet=True)
    said = desk.answer("校验", picture="sheet-buttons-1-checked")
    assert "校验完成" in said
    desk.idle()
    assert "校验结果" in [grid.name for grid in desk.seen().sheets]
    desk.click("清除标记", on_sheet=True)
    assert "恢复" in desk.answer("清除标记", picture="sheet-buttons-2-cleared")
    desk.idle()
    assert "校验结果" not in [grid.name for grid in desk.seen().sheets]
    desk.click("帮助", on_sheet=True)
    assert "校验：" in desk.answer("帮助", picture="sheet-buttons-3-help")
