"""The same forms in the other formats people send: HTML under .xls, CSV, and LibreOffice's .xls, .ods and .xlsx."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.measure import reading_of
from tests.forms.layouts import make
from tests.forms.layouts.writers import csv_file, html_file, office, xlsx

ONE_SHEET = (
    "national-2020",
    "national-repeated",
    "hunan-folded",
    "central-cost",
    "yuan-amounts",
    "yunnan-two-rows",
    "hubei-twenty",
    "sichuan-platform",
    "chengdu-review",
    "guangxi-deduction",
    "transfer-2021",
    "head-total",
    "plain-list",
    "word-paste",
)
UNMERGED = tuple(name for name in ONE_SHEET if name != "yunnan-two-rows")


@pytest.mark.parametrize("encoding", ["gb2312", "utf-8"])
@pytest.mark.parametrize("family", ONE_SHEET)
def test_html_saved_as_xls(family: str, encoding: str, tmp_path: Path) -> None:
    book = make(family, 1)
    check(book, html_file(book, tmp_path / f"{family}.xls", encoding))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
@pytest.mark.parametrize("family", UNMERGED)
def test_csv(family: str, encoding: str, tmp_path: Path) -> None:
    book = make(family, 2)
    check(book, csv_file(book, tmp_path / f"{family}.csv", encoding))


def check(book: object, path: Path, strict: bool = False) -> None:
    _, whole = reading_of(book, path, strict)  # type: ignore[arg-type]
    wrong = "\n".join(f"{field}: expected {expected}, got {got}" for field, expected, got in whole.wrong)
    assert len(whole.wrong) <= 0.02 * whole.total, wrong


@pytest.mark.office
@pytest.mark.parametrize("ending", ["xls:MS Excel 97", "ods", "xlsx"])
def test_saved_again_by_libreoffice(ending: str, tmp_path: Path, soffice: str) -> None:
    families = (*ONE_SHEET, "stacked-forms", "book-of-projects", "second-sheet", "offset-hidden", "hebei-sections")
    books = {family: make(family, 3) for family in families}
    (tmp_path / "in").mkdir()
    files = [xlsx(book, tmp_path / "in" / f"{family}.xlsx") for family, book in books.items()]
    saved = office(files, ending, tmp_path / "out", tmp_path / "profile")
    for (family, book), path in zip(books.items(), saved, strict=True):
        _, whole = reading_of(book, path)
        assert len(whole.wrong) <= 0.02 * whole.total, (family, whole.wrong[:8])
