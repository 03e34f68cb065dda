"""The year and the kind of a form, from its title, the line below it, its labels or its sheet's name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from xlsuite.core.form import Cell, Form, Remark
from xlsuite.core.values import squeeze
from xlsuite.forms.vocabulary import VOCABULARY, plain

_YEARS = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:年?度?)?[-—–―~至到、](?:((?:19|20)\d{2})|(\d{2}))(?:年|$|\)|度)")
_YEAR_DU = re.compile(r"(?<!\d)((?:19|20)\d{2})年?度")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:年|(?!\d))")
_CHINESE = re.compile(r"[一二][〇零○O0九][〇零○O0一二三四五六七八九]{2}(?=年)")
_DIGITS = str.maketrans("〇零○O一二三四五六七八九", "0000123456789")
_LONE = re.compile(r"^\(?(?:[〇零○一二三四五六七八九\d]{4})(?:[-—–~至](?:\d{4}|\d{2}))?年?度?\)?$")


class Year(NamedTuple):
    """The year a text is about, and the words that say so."""

    value: int
    text: str


@lru_cache(maxsize=2048)
def year_of(text: str) -> Year | None:
    """The year a text is about; of several years (2019-2022) the last, as the one that is accounted for."""
    plain_text = _CHINESE.sub(lambda found: found[0].translate(_DIGITS), squeeze(text))
    several = _YEARS.search(plain_text)
    if several:
        last = several[2] or several[1][:2] + several[3]
        return Year(int(last), several[0].rstrip(")"))
    found = _YEAR_DU.search(plain_text) or _YEAR.search(plain_text)
    return Year(int(found[1]), found[0]) if found else None


def lone_year(text: str) -> bool:
    """Whether a text is nothing but a year: ( 2022 年度)."""
    return bool(_LONE.match(plain(text))) and year_of(text) is not None


def settle_year(form: Form, subtitle: Cell[str]) -> None:
    """Title first, then the line below it, the label 年度, the sheet's name; disagreement is told."""
    candidates: list[Cell[str]] = [form.title, subtitle]
    labelled = form.info.get("year")
    if labelled is not None:
        candidates.append(labelled)
    years = [(year, cell) for cell in candidates if (year := year_of(cell.text)) is not None]
    if not years:
        named = year_of(form.sheet)
        form.year = Cell(named.value, named.text) if named else Cell()
        return
    year, cell = years[0]
    form.year = Cell(year.value, year.text, cell.ref, cell.formula, cell.stored)
    for other, where in years[1:]:
        if other.value != year.value:
            message = f"年度写法不一致：“{cell.text.strip()}”与“{where.text.strip()}”，按 {year.value} 年读取。"
            form.remarks.append(Remark(message, where.ref, where.text))
            return


def settle_kind(form: Form, evidence: set[str]) -> None:
    """project, department or transfer, by the title; without a title by the blocks the form has."""
    title = plain(form.title.text)
    if VOCABULARY.titles["transfer"].search(title):
        form.kind = "transfer"
    elif VOCABULARY.titles["department"].search(title):
        form.kind = "department"
    elif "management" in evidence or "central_department" in form.info:
        form.kind = "transfer"
    elif "project_name" not in form.info and ("tasks" in evidence or "duties" in form.info):
        form.kind = "department"
