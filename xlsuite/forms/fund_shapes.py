"""The rarer shapes of the funds block: sources as columns or under each amount, labels with their values."""

from __future__ import annotations

from typing import NamedTuple

from xlsuite.core.form import Cell, FundRow
from xlsuite.forms.entries import is_figure, put, text_entry
from xlsuite.forms.funds import Funds
from xlsuite.forms.funds_header import FIELDS
from xlsuite.forms.grid import GridCell
from xlsuite.forms.headings import Header, Heading, headings
from xlsuite.forms.sheet import Item, Row, Sheet, Span
from xlsuite.forms.vocabulary import AMOUNTS, NOTHING, SOURCE, Word


def read_wide(sheet: Sheet, index: int) -> Funds | None:
    """Amounts as headings, each divided into sources, and one row of figures; None when the row begins none."""
    rows = sheet.rows
    upper = rows[index]
    if index + 2 >= len(rows) or not rows[index + 1].signs & SOURCE:
        return None
    lower = rows[index + 1]
    if not all(word.fund_row or word.fund_column for _, _, word in lower.items):
        return None
    found = headings(sheet, Header(upper, lower, index + 2), lambda word: False)
    divided = [one for one in found if one.above.fund_column in AMOUNTS and one.word.fund_row]
    if len(divided) < 2 or len({one.above.fund_column for one in divided}) < 2:
        return None
    figures = rows[index + 2]
    funds = Funds(index + 3)
    kinds: dict[str, FundRow] = {}
    for heading in found:
        _wide_entry(sheet, heading, figures.number, kinds)
        _decorate(funds, heading.word if heading.row == upper.number else heading.above)
    funds.rows = list(kinds.values())
    return funds


def _wide_entry(sheet: Sheet, heading: Heading, number: int, kinds: dict[str, FundRow]) -> None:
    if heading.word.fund_row and heading.above.fund_column:
        kind, key = heading.word.fund_row, heading.above.fund_column
    else:
        kind, key = "total", heading.word.fund_column
    if key not in FIELDS and key not in AMOUNTS:
        return
    fund = kinds.get(kind)
    if fund is None:
        fund = kinds[kind] = FundRow(kind)
    if heading.word.fund_row and not fund.label.present:
        fund.label = text_entry(sheet.ref(heading.row, heading.span.left), heading.cell)
    column, cell = sheet.at(number, heading.span)
    put(fund, key, sheet.ref(number, column), cell)


def _decorate(funds: Funds, word: Word) -> None:
    funds.unit = word.unit or funds.unit
    funds.percent = funds.percent or (word.fund_column == "rate" and word.percent)


def read_transposed(sheet: Sheet, index: int) -> Funds | None:
    """Sources as headings, amounts as rows; None when the row begins no such table."""
    row = sheet.rows[index]
    sources = [item for item in row.items if item[2].fund_row and not item[2].fund_column]
    if len(sources) < 2 or any(is_figure(item[1]) for item in row.items):
        return None
    columns = [item[0] for item in sources]
    funds = Funds(index + 1)
    spans: list[Span] = []
    for place, (column, cell, word) in enumerate(sources):
        funds.rows.append(FundRow(word.fund_row, text_entry(sheet.ref(row.number, column), cell)))
        right = columns[place + 1] - 1 if place + 1 < len(columns) else sheet.area(row.number, column).right
        spans.append(Span(column, right))
    while funds.stop < len(sheet.rows):
        amounts = sheet.rows[funds.stop]
        word = _amount_of(amounts, columns)
        if not word.fund_column:
            break
        for fund, span in zip(funds.rows, spans, strict=True):
            column, figure = sheet.at(amounts.number, span)
            put(fund, word.fund_column, sheet.ref(amounts.number, column), figure)
        _decorate(funds, word)
        funds.stop += 1
    for _, _, word in row.items:
        _decorate(funds, word)
    return funds if funds.stop > index + 1 else None


def _amount_of(row: Row, sources: list[int]) -> Word:
    """The amount a row of a transposed block is about: its only such label, which stands under no source."""
    labels = [item for item in row.items if item[2].fund_column in FIELDS | AMOUNTS]
    return labels[0][2] if len(labels) == 1 and labels[0][0] not in sources else NOTHING


class _Pair(NamedTuple):
    """A column of labels with the column of figures beside it."""

    label: int
    key: str
    figures: Span


def read_paired(sheet: Sheet, index: int) -> Funds | None:
    """Columns of labels beside columns of figures: 预算数 401.96 执行数 401.96, below them 财政资金 … 财政资金 …"""
    rows = sheet.rows
    pairs = _pairs(rows[index])
    if len(pairs) < 2 or index + 1 >= len(rows):
        return None
    columns = {one.label for one in pairs}
    if sum(1 for item in rows[index + 1].items if item[2].fund_row and item[0] in columns) < 2:
        return None
    funds = Funds(index)
    while funds.stop < len(rows):
        row = rows[funds.stop]
        labels = [word for column, _, word in row.items if column in columns and (word.fund_row or word.fund_column)]
        kinds = {word.fund_row or "total" for word in labels}
        if len(kinds) != 1:
            break
        funds.rows.append(_paired_row(sheet, row.number, pairs, kinds.pop()))
        funds.stop += 1
    if index:
        _headed(sheet, rows[index - 1], rows[index], funds)
    return funds


def _pairs(row: Row) -> list[_Pair]:
    """Labels of amounts that have a figure as the next entry."""
    found = []
    for (left, _, word), (right, cell, _) in zip(row.items, row.items[1:], strict=False):
        if word.fund_column and word.fund_column != "rate" and is_figure(cell):
            found.append(_Pair(left, word.fund_column, Span(left + 1, right)))
    return found


def _paired_row(sheet: Sheet, number: int, pairs: list[_Pair], kind: str) -> FundRow:
    fund = FundRow(kind)
    for pair_of in pairs:
        cell = sheet.get((number, pair_of.label))
        if cell is not None and not fund.label.present:
            fund.label = text_entry(sheet.ref(number, pair_of.label), cell)
        column, figure = sheet.at(number, pair_of.figures)
        if pair_of.key in FIELDS | AMOUNTS:
            put(fund, pair_of.key, sheet.ref(number, column), figure)
    return fund


def _headed(sheet: Sheet, above: Row, first: Row, funds: Funds) -> None:
    """Figures of the first row that stand under a heading of their own, such as 预算执行进度."""
    for column, _, word in above.items:
        cell = sheet.get((first.number, column))
        if word.fund_column in ("rate", "weight", "score") and cell is not None and is_figure(cell):
            put(funds.rows[0], word.fund_column, sheet.ref(first.number, column), cell)
            funds.percent = funds.percent or word.percent


def pair(funds: list[FundRow], sheet: Sheet, row: int, label: Item, value: tuple[int, GridCell]) -> bool:
    """A label with its value beside it, 全年执行数 142.78; False when the label names no amount."""
    word = label[2]
    column, cell = value
    key = word.fund_column
    if key in FIELDS or key in AMOUNTS:
        total = next((fund for fund in funds if fund.kind == "total"), None)
        if total is None:
            total = FundRow("total")
            funds.append(total)
        put(total, key, sheet.ref(row, column), cell)
        return True
    if not word.fund_row:
        return False
    text: Cell[str] = text_entry(sheet.ref(row, label[0]), label[1])
    fund = next((one for one in funds if one.kind == word.fund_row and not one.budget.present), None)
    if fund is None:
        fund = FundRow(word.fund_row)
        funds.append(fund)
    fund.label = text
    put(fund, "budget", sheet.ref(row, column), cell)
    return True
