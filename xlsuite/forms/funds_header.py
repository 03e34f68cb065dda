"""The header of the funds block: which column holds which amount."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from xlsuite.core.form import Cell, Remark, column_letters
from xlsuite.forms.entries import is_figure, label_points
from xlsuite.forms.headings import Heading, header_rows, headings
from xlsuite.forms.sheet import Item, Row, Sheet, Span
from xlsuite.forms.vocabulary import AMOUNT, AMOUNTS, LEVEL, Word, guess, plain, rank

FIELDS = frozenset({"initial", "adjustment", "budget", "executed", "weight", "rate", "score", "reason"})
"""Keys that become fields of a row; 到位数, 结余 and the like are known but have no place in the model."""


@dataclass(slots=True)
class FundsHeader:
    """The header as understood. ``start`` is the index of the first row below it among the sheet's rows.

    ``groups`` holds the columns by key; there are two of them when the block is printed side by side. ``weight`` are
    points printed in a heading (预算执行情况(20分)), ``percent`` says that the rate's heading carries a %.
    """

    start: int
    groups: list[dict[str, Span]] = field(default_factory=list)
    weight: Cell[Decimal] | None = None
    percent: bool = False
    unit: str = ""
    remarks: list[Remark] = field(default_factory=list)


def source_kind(item: Item) -> str:
    """The kind of fund row a label names, "" when it names none."""
    kind = item[2].fund_row
    if kind or type(item[1].value) is not str or known_elsewhere(item[2]):
        return kind
    return guess("funds.rows_contains", item[1].text)


def known_elsewhere(word: Word) -> bool:
    """Whether a label has a meaning outside the funds block."""
    return bool(word.info or word.goal or word.column or word.total or word.grade or word.note or word.title)


def find_funds(sheet: Sheet, index: int) -> FundsHeader | None:
    """The header that begins with the row at ``index``: two headings or more, one of them an amount; or None."""
    row = sheet.rows[index]
    if row.signs & LEVEL or not row.signs & AMOUNT or _paired(row):
        return None
    keys = {item[2].fund_column for item in row.items}
    rows = header_rows(sheet, index, _fits)
    if rows.lower is not None:
        keys |= {item[2].fund_column for item in rows.lower.items}
    if len(keys & (AMOUNTS | FIELDS)) < 2:
        return None
    header = FundsHeader(rows.start)
    below = sheet.rows[header.start] if header.start < len(sheet.rows) else None
    found = [one for one in headings(sheet, rows, _never) if not _heads_sources(one, below)]
    _choose(sheet, header, found)
    for line in (row, rows.lower) if rows.lower else (row,):
        for item in line.items:
            _decorations(sheet, header, line.number, item)
    return header


def _fits(word: Word) -> bool:
    return bool(word.fund_column) and not word.fund_row


def _never(_: Word) -> bool:
    return False


def _paired(row: Row) -> bool:
    """Whether figures stand between the headings: then they are labels with their values, no header."""
    seen = False
    for _, cell, word in row.items:
        if word.fund_column in AMOUNTS:
            seen = True
        elif seen and is_figure(cell):
            return True
    return False


def _heads_sources(heading: Heading, below: Row | None) -> bool:
    """Whether a heading names the block or stands over the sources, not over an amount."""
    if heading.word.block and not heading.word.fund_column:
        return True
    if heading.word.fund_column not in ("", "label", "note", "budget") or below is None:
        return False
    return any(item[0] == heading.span.left and source_kind(item) for item in below.items)


def _choose(sheet: Sheet, header: FundsHeader, found: list[Heading]) -> None:
    """One column for each field; the same heading again begins a second group beside the first.

    调整预算数 is the adjusted budget, or beside 全年预算数 the adjustment: it is looked at last.
    """
    groups: list[dict[str, Heading]] = [{}]
    for heading in sorted(found, key=lambda one: one.word.fund_column == "adjusted"):
        key = heading.word.fund_column or guess("funds.contains", heading.cell.text)
        if key == "adjusted":
            key = "adjustment" if "budget" in groups[-1] else "budget"
        if key not in FIELDS:
            _unknown(sheet, header, heading, key)
            continue
        rival = groups[-1].get(key)
        if rival is None:
            groups[-1][key] = heading
        elif rival.word.text == heading.word.text:
            groups.append({key: heading})
        else:
            better = rank("fund_column", heading.word.text) < rank("fund_column", rival.word.text)
            groups[-1][key], loser = (heading, rival) if better else (rival, heading)
            _remark(sheet, header, loser, "与另一列含义相同，该列未读取")
    _total_as_budget(sheet, header, found, groups[0])
    header.groups = [{key: one.span for key, one in group.items()} for group in groups]


def _total_as_budget(sheet: Sheet, header: FundsHeader, found: list[Heading], group: dict[str, Heading]) -> None:
    """Budgets by source in one row (中央 | 省级 | 合计 | 执行数): the total of the sources is the budget."""
    totals = [heading for heading in found if heading.word.fund_row == "total" and not heading.word.fund_column]
    if len(totals) == 1 and "budget" not in group and "initial" not in group:
        group["budget"] = totals[0]
        _remark(sheet, header, totals[0], "按全年预算数读取")


def _unknown(sheet: Sheet, header: FundsHeader, heading: Heading, key: str) -> None:
    word = heading.word
    if not key and not word.fund_row and not word.goal and not word.block:
        _remark(sheet, header, heading, "不认识，该列未读取")


def _remark(sheet: Sheet, header: FundsHeader, heading: Heading, what: str) -> None:
    column = heading.span.left
    message = f"资金表第 {column_letters(column)} 列的标题“{plain(heading.cell.text)}”{what}。"
    header.remarks.append(Remark(message, sheet.ref(heading.row, column), heading.cell.text))


def _decorations(sheet: Sheet, header: FundsHeader, row: int, item: Item) -> None:
    column, cell, word = item
    if word.unit:
        header.unit = word.unit
    if word.fund_column == "rate" and word.percent:
        header.percent = True
    if word.weight is not None and (word.block == "funds" or word.fund_column in ("score", "weight")):
        header.weight = label_points(sheet.ref(row, column), cell, word.weight)
