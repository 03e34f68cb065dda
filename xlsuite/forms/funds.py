"""The rows of the funds block: sources as rows, amounts as columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from xlsuite.core.form import Cell, FundRow, Remark
from xlsuite.forms.entries import is_figure, put, text_entry
from xlsuite.forms.funds_header import FundsHeader, known_elsewhere, source_kind
from xlsuite.forms.sheet import Item, Row, Sheet, Span
from xlsuite.forms.vocabulary import GOAL, LEVEL, MANAGEMENT, plain


@dataclass(slots=True)
class Funds:
    """What a funds block gave. ``stop`` is the index of the first row after it.

    ``weight`` are points printed in a heading, ``percent`` says that the rate's heading carries a %.
    """

    stop: int
    rows: list[FundRow] = field(default_factory=list)
    weight: Cell[Decimal] | None = None
    percent: bool = False
    unit: str = ""
    remarks: list[Remark] = field(default_factory=list)


def read_funds(sheet: Sheet, header: FundsHeader) -> Funds:
    """Read the rows below a header, up to the first that is no source of funds."""
    funds = Funds(header.start, [], header.weight, header.percent, header.unit, list(header.remarks))
    while funds.stop < len(sheet.rows):
        row = sheet.rows[funds.stop]
        if _foreign(row):
            break
        if row.hidden:
            message = f"资金表第 {row.number} 行已隐藏，未读取。"
            funds.remarks.append(Remark(message, sheet.ref(row.number, row.items[0][0]), row.items[0][1].text))
        elif not _read(sheet, header, row, funds):
            break
        funds.stop += 1
    _shared_points(funds.rows)
    return funds


def _foreign(row: Row) -> bool:
    """Whether the row belongs to another part of the form."""
    if row.signs & (LEVEL | MANAGEMENT):
        return True
    if row.signs & GOAL and any(word.goal in ("expected", "actual", "adjusted") for _, _, word in row.items):
        return True
    word = row.first
    if word.block == "indicators" or word.task:
        return True
    return known_elsewhere(word) and not word.fund_row


def _read(sheet: Sheet, header: FundsHeader, row: Row, funds: Funds) -> bool:
    """Take over the fund rows of one sheet row; False when there is none and the block ends here."""
    spans = [span for group in header.groups for span in group.values()]
    outside = [item for item in row.items if not any(span.left <= item[0] <= span.right for span in spans)]
    taken = False
    edge = 0
    for group in header.groups:
        left = min(span.left for span in group.values())
        beside = [item for item in outside if len(header.groups) == 1 or edge <= item[0] < left]
        edge = max(span.right for span in group.values()) + 1
        taken = _fund_row(sheet, row, group, beside, funds) or taken
    return taken or _continues(sheet, row, funds)


def _fund_row(sheet: Sheet, row: Row, group: dict[str, Span], beside: list[Item], funds: Funds) -> bool:
    label = _label(beside)
    kind = source_kind(label) if label else ""
    if label is not None and label[2].inline:
        return False
    if not kind and not any(_figure(sheet, row.number, span) for span in group.values()):
        return False
    if not kind:
        kind = _unnamed(sheet, row, label, funds)
    fund = FundRow(kind)
    if label is not None:
        fund.label = text_entry(sheet.ref(row.number, label[0]), label[1])
    for key, span in group.items():
        column, cell = sheet.at(row.number, span)
        put(fund, key, sheet.ref(row.number, column), cell)
    funds.rows.append(fund)
    return True


def _figure(sheet: Sheet, number: int, span: Span) -> bool:
    cell = sheet.at(number, span)[1]
    return cell is not None and (is_figure(cell) or cell.formula is not None)


def _label(beside: list[Item]) -> Item | None:
    """The source of a row: the last label that names one, else the last text that does not head the block."""
    texts = [item for item in beside if type(item[1].value) is str and not item[2].pairs]
    named = [item for item in texts if source_kind(item)]
    if named:
        return named[-1]
    texts = [item for item in texts if item[2].block != "funds"]
    return texts[-1] if texts else None


def _unnamed(sheet: Sheet, row: Row, label: Item | None, funds: Funds) -> str:
    """A row with figures and no known source: the total when it is the first and nameless, otherwise other funds."""
    if label is None and not funds.rows:
        return "total"
    text = plain(label[1].text) if label else ""
    what = f"资金来源“{text}”不认识" if text else "没有写明资金来源"
    column = label[0] if label else row.items[0][0]
    message = f"资金表第 {row.number} 行{what}，按其他资金读取。"
    funds.remarks.append(Remark(message, sheet.ref(row.number, column), text))
    return "other"


def _continues(sheet: Sheet, row: Row, funds: Funds) -> bool:
    """Whether a row without figures and without a known source stands inside the block; it is left out and told."""
    following = sheet.rows[funds.stop + 1] if funds.stop + 1 < len(sheet.rows) else None
    inline = any(item[2].fund_row and item[2].inline for item in row.items)
    if not inline and (
        following is None or _foreign(following) or not any(source_kind(one) for one in following.items)
    ):
        return False
    text = "、".join(plain(cell.text) for _, cell, _ in row.items)
    message = f"资金表第 {row.number} 行“{text[:40]}”没有对应的金额列，未读取。"
    funds.remarks.append(Remark(message, sheet.ref(row.number, row.items[0][0]), text))
    return True


def _shared_points(rows: list[FundRow]) -> None:
    """Points written once for the whole block belong to the total row, wherever the merged cell begins."""
    total = next((row for row in rows if row.kind == "total"), None)
    if total is None or total.weight.value is not None or total.score.value is not None:
        return
    holders = [row for row in rows if row.weight.value is not None or row.score.value is not None]
    if len(holders) == 1:
        holder = holders[0]
        total.weight, holder.weight = holder.weight, total.weight
        total.score, holder.score = holder.score, total.score
        if total.rate.value is None and holder.rate.value is not None:
            total.rate, holder.rate = holder.rate, total.rate
