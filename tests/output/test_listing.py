"""The reviewer's workbook: its three sheets, its links, and rows high enough for their text."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest

from tests.output.records import file, finding, sample
from xlsuite.output.listing import write_listing
from xlsuite.output.tables import rows


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path("结果.xlsx")


def test_every_finding_is_a_row_and_the_counts_agree(target: Path) -> None:
    write_listing(sample(), target)
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["按单位", "按规则", "统计"]
    assert book["按单位"].max_row - 1 == len(list(rows(sample())))
    by_rule = {row[0]: row[3] for row in book["按规则"].iter_rows(min_row=2, values_only=True)}
    assert by_rule == {"FND104": 1, "DEV101": 1, "IND111": 1, "SYS001": 1}
    assert all(sheet.auto_filter.ref for sheet in book)
    assert all(sheet.freeze_panes for sheet in book)


@pytest.mark.parametrize(
    ("name", "sheet"), [("甲 局/自评表.xlsx", "自评表"), ("1#表.xlsx", "表'一"), ("100%完成.xlsx", "a!b")]
)
def test_links_lead_to_the_file_and_the_cell(target: Path, name: str, sheet: str) -> None:
    write_listing([file(name, [finding(sheet=sheet)])], target)
    page = openpyxl.load_workbook(target)["按单位"]
    links = [cell.hyperlink for row in page.iter_rows() for cell in row if cell.hyperlink]
    assert len(links) == 2
    assert {unquote(link.target.replace("\\", "/")) for link in links} == {unquote(name)}
    assert [link.location for link in links] == [None, "'" + sheet.replace("'", "''") + "'!I6"]


def test_a_long_message_gets_a_high_row(target: Path) -> None:
    write_listing(
        [file("甲.xlsx", [finding(message="很长的一句话。" * 30), finding(message="短", suggestion="")])], target
    )
    page = openpyxl.load_workbook(target)["按单位"]
    assert page.row_dimensions[2].height > 3 * page.row_dimensions[3].height


def test_file_content_never_becomes_a_formula(target: Path) -> None:
    write_listing([file("甲.xlsx", [finding(message="=1+1", printed="@x")])], target)
    page = openpyxl.load_workbook(target)["按单位"]
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)
