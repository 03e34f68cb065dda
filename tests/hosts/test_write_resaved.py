"""Marked files that another program saved in between are cleared as exactly as possible."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hosts.noted import DRAWING, at, found, with_notes
from tests.hosts.packaging import zipped
from xlsuite.core.finding import ERROR, INFO, WARNING
from xlsuite.hosts.base import open_book
from xlsuite.hosts.package import listing
from xlsuite.hosts.package.marks import clear_marks, mark

pytestmark = pytest.mark.filterwarnings("ignore:Workbook contains no default style")


def resaved_by_openpyxl(path: Path) -> None:
    """openpyxl renumbers styles, drops custom XML parts and rewrites everything."""
    import openpyxl

    workbook = openpyxl.load_workbook(path)
    workbook.save(path)


def look(path: Path) -> dict[str, tuple[object, object, object]]:
    """Value, fill and note of every cell, by openpyxl."""
    import openpyxl

    worksheet = openpyxl.load_workbook(path)["表"]
    cells = [cell for row in worksheet.iter_rows() for cell in row]
    return {
        cell.coordinate: (cell.value, cell.fill.fill_type and cell.fill.fgColor.rgb, cell.comment and cell.comment.text)
        for cell in cells
    }


@pytest.mark.parametrize("which", ["plain", "noted"])
def test_a_file_saved_by_another_program_is_cleared_cell_by_cell(request, which):
    path = request.getfixturevalue({"plain": "book", "noted": "noted"}[which])
    if which == "noted":  # a library cannot read the button text that no XML parser takes
        zipped(with_notes(**{"xl/drawings/vmlDrawing1.vml": DRAWING.replace("<br>", "<br/>")}), path)
    before = look(path)
    mark(path, path, [at("A1", note="甲"), at("B1", WARNING), at("B2", INFO), at("A2", ERROR)], [found("A1")])
    resaved_by_openpyxl(path)
    assert look(path) != before
    result = clear_marks(path, path)
    assert look(path) == before
    assert result.remarks == []
    assert [grid.name for grid in open_book(path).sheets] == ["表"]


def test_marks_shifted_by_inserted_rows_are_cleared_and_told(book):
    import openpyxl

    mark(book, book, [at("A1"), at("B2", WARNING)], [])
    workbook = openpyxl.load_workbook(book)
    source = workbook["表"]["A1"]
    workbook["表"]["D7"]._style = source._style
    workbook.save(book)
    result = clear_marks(book, book)
    assert look(book)["D7"][1] is None
    assert look(book)["A1"][1] == "FFD9E1F2"
    assert result.remarks == [
        "有 1 个单元格带有校验底色，但找不到原来的样子（可能插入或删除过行），已改为无填充，请核对。"
    ]


def test_a_fill_chosen_by_the_user_after_marking_stays(book):
    import openpyxl
    from openpyxl.styles import PatternFill

    mark(book, book, [at("A1"), at("B1")], [])
    workbook = openpyxl.load_workbook(book)
    workbook["表"]["A1"].fill = PatternFill("solid", fgColor="FF00FF00")
    workbook.save(book)
    clear_marks(book, book)
    assert look(book)["A1"][1] == "FF00FF00"
    assert look(book)["B1"][1] is None


def test_a_users_own_words_in_our_note_stay(book):
    import openpyxl

    mark(book, book, [at("A1", note="甲"), at("B1", note="乙")], [])
    workbook = openpyxl.load_workbook(book)
    workbook["表"]["A1"].comment.text += "\n已问过财务科。"
    workbook.save(book)
    clear_marks(book, book)
    assert look(book)["A1"][2] == "已问过财务科。"
    assert look(book)["B1"][2] is None


def test_the_listing_moved_to_the_front_by_another_program_goes_with_its_names(book):
    import openpyxl

    mark(book, book, [at("A1")], [found("A1")])
    workbook = openpyxl.load_workbook(book)
    workbook.move_sheet("校验结果", -1)
    workbook["表"].print_title_rows = "1:1"
    workbook.active = 1
    workbook.save(book)
    clear_marks(book, book)
    workbook = openpyxl.load_workbook(book)
    assert workbook.sheetnames == ["表"]
    assert workbook["表"].print_title_rows == "$1:$1"
    assert workbook.active.title == "表"


def test_marks_are_cleared_even_when_the_listing_was_deleted(book):
    import openpyxl

    mark(book, book, [at("B1"), at("B2")], [])
    workbook = openpyxl.load_workbook(book)
    del workbook["校验结果"]
    workbook.save(book)
    assert clear_marks(book, book).remarks == [
        "有 2 个单元格带有校验底色，但找不到原来的样子（可能插入或删除过行），已改为无填充，请核对。"
    ]
    after = look(book)
    assert (after["B1"], after["B2"]) == ((2, None, None), (None, None, None))


def test_a_sheet_renamed_after_marking_is_cleared(book):
    import openpyxl

    before = look(book)
    mark(book, book, [at("A1"), at("B2")], [])
    workbook = openpyxl.load_workbook(book)
    workbook["表"].title = "新名"
    workbook.save(book)
    assert clear_marks(book, book).remarks == []
    workbook = openpyxl.load_workbook(book)
    workbook["新名"].title = "表"
    workbook.save(book)
    assert look(book) == before


@pytest.mark.office
@pytest.mark.slow
@pytest.mark.parametrize("which", ["book", "noted"])
def test_a_file_saved_by_libreoffice_is_cleared(request, which, soffice, tmp_path):
    from xlsuite.hosts.soffice import convert

    path = request.getfixturevalue(which)
    folder = tmp_path / "out"
    folder.mkdir()
    marked = tmp_path / "marked.xlsx"
    mark(path, marked, [at("A1", note="甲"), at("B1", WARNING), at("B2", INFO)], [found("A1")])
    plain, saved = convert([path, marked], "xlsx:Calc MS Excel 2007 XML", folder)
    clear_marks(saved, saved)
    resaved = look(plain)
    assert look(saved) == resaved
    assert [grid.name for grid in open_book(saved).sheets] == ["表"]


def test_the_heading_row_and_columns_agree():
    assert len(listing.HEADINGS) == len(listing.WIDTHS)
