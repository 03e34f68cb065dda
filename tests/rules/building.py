"""Builds a Form from texts, as the reader would read them from a sheet laid out in the usual columns.

A form is written as a TOML table::

    profile = "national-2020"
    title = "2022年度项目支出绩效自评表"
    info = { project_name = "…", department = "…", unit = "…" }
    funds = ["total|年度资金总额|年初|全年|执行|分值|执行率|得分|原因", …]     # kind first
    goals = ["预期|实际"]
    indicators = ["一级|二级|三级|指标值|完成值|分值|得分|原因", …]          # blank level = the one above
    total = "100|92"
    grade = "优"

An entry ``@`` is a cell the form does not have, ``=SUM(H1:H3)#92`` a formula with the text it shows. Groups are made
from points in the labels, 产出指标（50分）. ``change`` sets single cells by path: ``funds[0].rate``,
``indicators[2].actual``, ``indicators[0].extra.复核得分``, ``info.unit``, ``groups[0].score``.
"""

from __future__ import annotations

import copy
import re
import tomllib
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from xlsuite.core.finding import Outcome
from xlsuite.core.form import Cell, Form, FundRow, Goal, Group, Indicator, Ref, Total, column_number
from xlsuite.core.profile import load
from xlsuite.core.registry import run, selected
from xlsuite.core.values import parse_decimal
from xlsuite.forms.entries import amount_entry, label_points, measure_entry, points_entry, put, text_entry
from xlsuite.forms.grid import CellError, GridCell
from xlsuite.forms.levels import aspect_of, dimension_of
from xlsuite.forms.money import settle_rates, settle_weights
from xlsuite.scoring import score

HERE = Path(__file__).parent
SHEET = "自评表"
FUND_COLUMNS = {"label": "B", "initial": "C", "adjustment": "D", "budget": "E", "executed": "F", "weight": "G"}
FUND_COLUMNS |= {"rate": "H", "score": "I", "reason": "J"}
FUND_ORDER = ("label", "initial", "budget", "executed", "weight", "rate", "score", "reason")
INDICATOR_COLUMNS = dict(zip(("level1", "level2", "level3", "target", "actual"), "BCDEF", strict=True))
INDICATOR_COLUMNS |= {"weight": "G", "score": "I", "reason": "J", "nature": "K", "unit": "L"}
INDICATOR_ORDER = ("level1", "level2", "level3", "target", "actual", "weight", "score", "reason")
FUNDS_TOP, GOALS_TOP, INDICATORS_TOP = 6, 11, 14
_PATH = re.compile(r"(?P<head>\w+)(?:\[(?P<index>\d+)\])?(?:\.(?P<slot>\w+)(?:\.(?P<key>.+))?)?")
_FORMULA = re.compile(r"=[A-Z(+']")
_IN_LABEL = re.compile(r"[(（](\d+(?:\.\d+)?)分?[)）]")


@dataclass(frozen=True, slots=True)
class Checked:
    """A form with the outcome of all rules over it."""

    form: Form
    outcome: Outcome


def entry(text: str) -> GridCell | None:
    """A stored cell from what a test writes."""
    formula = None
    if _FORMULA.match(text):
        formula, _, text = text[1:].partition("#")
        if not text:
            return GridCell(None, "", formula)
    if not text:
        return None
    if text.startswith("#"):
        return GridCell(CellError(text), text, formula)
    number = parse_decimal(text)
    if number is not None:
        return GridCell(number, text, formula)
    rate = parse_decimal(text.rstrip("%")) if text.endswith("%") and formula else None
    return GridCell(rate / 100 if rate is not None else text, text, formula)


def _ref(column: str, row: int) -> Ref:
    return Ref(SHEET, row, column_number(column))


def _text(text: str, column: str, row: int) -> Cell[str]:
    return Cell() if text == "@" else text_entry(_ref(column, row), entry(text))


def _fund(fund: FundRow, slot: str, text: str, row: int) -> None:
    if text == "@":
        setattr(fund, slot, Cell())
    elif slot == "label":
        fund.label = _text(text, FUND_COLUMNS[slot], row)
    elif slot == "adjustment":
        fund.adjustment = amount_entry(_ref("D", row), entry(text))
    else:
        put(fund, slot, _ref(FUND_COLUMNS[slot], row), entry(text))


def _indicator(item: Indicator, slot: str, text: str, row: int) -> None:
    ref = _ref(INDICATOR_COLUMNS[slot], row)
    if text == "@":
        setattr(item, slot, Cell())
    elif slot in ("target", "actual"):
        nature = item.nature.text if slot == "target" else ""
        setattr(item, slot, measure_entry(ref, entry(text), nature, item.unit.text))
    elif slot in ("weight", "score"):
        setattr(item, slot, points_entry(ref, entry(text)))
    else:
        setattr(item, slot, text_entry(ref, entry(text)))


def _funds(rows: list[str]) -> list[FundRow]:
    funds = []
    for number, line in enumerate(rows, FUNDS_TOP):
        kind, *texts = line.split("|")
        fund = FundRow(kind.strip())
        for slot, text in zip(FUND_ORDER, texts, strict=False):
            _fund(fund, slot, text.strip(), number)
        funds.append(fund)
    return funds


def _indicators(rows: list[str]) -> list[Indicator]:
    items: list[Indicator] = []
    for number, line in enumerate(rows, INDICATORS_TOP):
        texts = [text.strip() for text in line.split("|")]
        item = Indicator()
        for slot, text in zip(("nature", "unit"), texts[8:], strict=False):
            _indicator(item, slot, text, number)
        for slot, text in zip(INDICATOR_ORDER, texts, strict=False):
            _indicator(item, slot, text, number)
        for slot in ("level1", "level2"):
            cell = getattr(item, slot)
            if not cell.text and cell.ref and items and (slot == "level1" or not texts[0]):
                setattr(item, slot, getattr(items[-1], slot))
        _kinds(item)
        items.append(item)
    return items


def _kinds(item: Indicator) -> None:
    natural = {
        "quantity": "output",
        "quality": "output",
        "time": "output",
        "cost": "output",
        "satisfaction": "satisfaction",
    }
    item.aspect = aspect_of(item.level2.text)
    item.dimension = dimension_of(item.level1.text) or natural.get(item.aspect, "benefit" if item.aspect else "")


def _groups(items: list[Indicator]) -> list[Group]:
    groups = []
    for level, slot in ((1, "level1"), (2, "level2")):
        start = 0
        while start < len(items):
            label = getattr(items[start], slot)
            stop = start + 1
            while stop < len(items) and getattr(items[stop], slot) is label:
                stop += 1
            match = _IN_LABEL.search(label.text)
            if match and label.ref:
                weight = label_points(label.ref, GridCell(label.text, label.text), Decimal(match[1]))
                groups.append(Group(level, label, weight, Cell(), start, stop))
            start = stop
    return groups


def build(data: dict[str, Any]) -> Form:
    """The form that a table describes."""
    funds, items = _funds(data.get("funds", [])), _indicators(data.get("indicators", []))
    form = Form(data.get("sheet", SHEET), "A1:J60", funds=funds, indicators=items, groups=_groups(items))
    form.kind = data.get("kind", "project")
    form.amount_unit = data.get("amount_unit", "万元")
    form.amount_unit_stated = data.get("amount_unit_stated", True)
    form.title = _text(data.get("title", "2022年度项目支出绩效自评表"), "A", 1)
    _year(form, str(data.get("year", "2022")))
    for row, (key, text) in enumerate(data.get("info", {}).items(), 2):
        form.info[key] = _text(text, "C", row)
    for row, line in enumerate(data.get("goals", []), GOALS_TOP):
        expected, actual = line.split("|")
        form.goals.append(Goal(_text(expected, "B", row), _text(actual, "F", row)))
    last = INDICATORS_TOP + len(items)
    weight, _, points = data.get("total", "@|@").partition("|")
    form.total = Total(
        *(
            Cell() if text == "@" else points_entry(_ref(column, last), entry(text))
            for column, text in (("G", weight), ("I", points))
        )
    )
    form.grade = _text(data.get("grade", "@"), "J", last)
    for path, text in data.get("change", {}).items():
        change(form, path, text)
    settle_rates(form, percent=False)
    settle_weights(form)
    form.remarks.clear()
    return form


def _year(form: Form, text: str) -> None:
    form.year = Cell() if text == "@" else Cell(int(text) if text else None, text, _ref("A", 1))


def change(form: Form, path: str, text: str) -> None:
    """Set one cell by its path."""
    match = _PATH.fullmatch(path)
    assert match, path
    head, slot, index = match["head"], match["slot"], int(match["index"] or 0)
    if head == "funds" and index < len(form.funds):
        _fund(form.funds[index], slot, text, FUNDS_TOP + index)
    elif head == "indicators":
        _change_indicator(form, index, match, text)
    elif head == "groups":
        group = form.groups[index]
        setattr(group, slot, points_entry(_ref("H", INDICATORS_TOP + group.start), entry(text)))
    elif head == "total":
        column = "G" if slot == "weight" else "I"
        place = _ref(column, INDICATORS_TOP + len(form.indicators))
        setattr(form.total, slot, Cell() if text == "@" else points_entry(place, entry(text)))
    elif head == "info":
        form.info[slot] = _text(text, "C", 2 + len(form.info))
    elif head == "goals":
        setattr(form.goals[index], slot, _text(text, "B" if slot == "expected" else "F", GOALS_TOP + index))
    elif head == "year":
        _year(form, text)
    elif head in ("title", "grade"):
        setattr(form, head, _text(text, "A" if head == "title" else "J", 1 if head == "title" else 60))
    else:
        raise KeyError(path)


def _change_indicator(form: Form, index: int, match: re.Match[str], text: str) -> None:
    item, row = form.indicators[index], INDICATORS_TOP + index
    if match["slot"] == "extra":
        item.extra[match["key"]] = text_entry(_ref("M", row), entry(text))
        return
    _indicator(item, match["slot"], text, row)
    if match["slot"] in ("nature", "unit"):
        for slot in ("target", "actual"):
            _indicator(item, slot, getattr(item, slot).text, row)
    _kinds(item)


def merged(base: dict[str, Any], fragment: dict[str, Any]) -> dict[str, Any]:
    """A fragment over a whole form; ``add`` appends indicator rows."""
    data = copy.deepcopy(base)
    for key, value in fragment.items():
        if key == "add":
            data["indicators"] = [*data["indicators"], *value]
        else:
            data[key] = {**data[key], **value} if key in ("change", "info") and key in data else value
    return data


def check(data: dict[str, Any], profile: str = "") -> Checked:
    """Build a form, score it and run every rule over it; ``params`` replaces single parameters of the profile."""
    return checked(build(data), profile or data.get("profile", "national-2020"), data.get("params", {}))


def checked(form: Form, profile_id: str, params: dict[str, Any] | None = None) -> Checked:
    """Score a form and run every rule over it."""
    profile = load(profile_id).at(form.year.value)
    if params:
        changed = {name: replace(profile.settings[name], value=value) for name, value in params.items()}
        profile = replace(profile, settings={**profile.settings, **changed})
    paths = {id(cell): path for path, cell in form.cells()}
    return Checked(form, run(selected("form", profile), paths, form, score(form, profile), profile))


def table(name: str) -> dict[str, Any]:
    """A TOML file of this folder."""
    return tomllib.loads((HERE / name).read_text("utf-8"))
