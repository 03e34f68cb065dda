"""Tables inside a report: columns against their 合计 row, and rate columns against the amounts beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from xlsuite.core.decimals import parse_decimal
from xlsuite.core.text import squeeze
from xlsuite.prose.documents import Document, Entry, Table
from xlsuite.prose.figures import plain, terms

_TOTAL = re.compile(r"^(?:合计|总计|总额|总合计|共计)(?:\(.*\))?:?$")
_SUBTOTAL = re.compile(r"小计|其中|合计|总计|总额|共计")
_NOT_SUMMED = re.compile(
    r"率|占比|比例|比重|%|单价|标准|序号|年度|年份|编号|编码|电话|日期|时间|增幅|排名|平均|人均|均"
)
_RATE = re.compile(r"(?:执行|支付|支出|使用|到位|完成)(?:率|进度)|(?:执行|支付|支出|完成)比例")
_PAID = re.compile(
    r"执行数|支出数|已支付|实际支出|支付金额|实际支付|支付数|支出金额|已使用|使用金额|决算|实际使用|执行金额|累计支付|已支出"
)
_BUDGET = re.compile(r"预算|下达|安排|计划|批复|到位|合同")
_FORM = re.compile(r"三级指标|一级指标|年度指标值|年度资金总额")


@dataclass(slots=True)
class Column:
    """A column with a total row that its entries should add up to."""

    paragraph: int
    quote: str
    header: str
    entries: list[Decimal]
    total: Decimal
    sound: bool

    @property
    def added(self) -> Decimal:
        """The sum of the entries."""
        return sum(self.entries, Decimal(0))

    @property
    def arithmetic(self) -> str:
        """The addition in words, shortened when long."""
        return f"{terms(self.entries)} = {plain(self.added)}"


@dataclass(slots=True)
class RowRate:
    """A rate printed in a row, with the amounts of the same row."""

    paragraph: int
    quote: str
    header: str
    row: str
    part: Decimal
    whole: Decimal
    rate: Decimal
    sound: bool

    @property
    def expected(self) -> Decimal:
        """The rate the amounts give, in per cent."""
        return self.part / self.whole * 100


def is_form(table: Table) -> bool:
    """Whether the table is a self-evaluation form, which has rules of its own."""
    return any(_FORM.search(squeeze(entry.text)) for row in table.rows for entry in row)


def _grid(table: Table) -> list[list[Entry]]:
    """Rows with spanned cells repeated, so that columns line up."""
    return [[entry for entry in row for _ in range(max(1, entry.span))] for row in table.rows]


def _number(text: str) -> Decimal | None:
    bare = re.sub(r"(?:万元|亿元|元|%|个|项|人|台|套|户|万)$", "", squeeze(text))
    return parse_decimal(bare)


def columns(document: Document) -> Iterator[Column]:
    """Every column of a plain table with a total row."""
    for table in document.tables:
        if is_form(table):
            continue
        rows = _grid(table)
        start = _first_numeric(rows)
        total = next((i for i, row in enumerate(rows) if i >= start and _is_total(row)), None)
        if total is None or len(rows) - start < 3:
            continue
        details = [row for i, row in enumerate(rows) if i >= start and i != total]
        if any(_SUBTOTAL.search(squeeze(entry.text)) for row in details for entry in row[:2]):
            continue
        for index in range(1, len(rows[total])):
            found = _column(rows[:start], rows[total], details, index)
            if found:
                yield found


def _first_numeric(rows: list[list[Entry]]) -> int:
    for index, row in enumerate(rows):
        if _is_total(row) or sum(1 for entry in row[1:] if _number(entry.text) is not None) >= 1:
            return index
    return len(rows)


def _is_total(row: list[Entry]) -> bool:
    return any(_TOTAL.match(squeeze(entry.text)) for entry in row[:2])


def _header(head: list[list[Entry]], index: int) -> str:
    words = [squeeze(row[index].text) for row in head if index < len(row)]
    return "".join(dict.fromkeys(words))


def _column(head: list[list[Entry]], total: list[Entry], details: list[list[Entry]], index: int) -> Column | None:
    header = _header(head, index)
    printed = _number(total[index].text)
    if printed is None or not header or _NOT_SUMMED.search(header) or "%" in total[index].text:
        return None
    if any(len(row) != len(total) for row in details):
        return None
    entries = [(_number(row[index].text), row[index].text) for row in details]
    if any(number is None and squeeze(text) not in ("", "-", "—", "/", "——") for number, text in entries):
        return None
    numbers = [number for number, _ in entries if number is not None]
    if len(numbers) < 2:
        return None
    fine = min(Decimal(1).scaleb(int(number.as_tuple().exponent)) for number in (*numbers, printed))
    slack = fine * (len(numbers) + 1) / 2 if fine < 1 else Decimal(0)
    sound = abs(sum(numbers, Decimal(0)) - printed) <= slack
    return Column(total[index].paragraph, total[index].text.strip(), header, numbers, printed, sound)


def row_rates(document: Document) -> Iterator[RowRate]:
    """Every rate in a table whose row holds exactly one budget and one payment."""
    for table in document.tables:
        if is_form(table):
            continue
        rows = _grid(table)
        start = _first_numeric(rows)
        width = max((len(row) for row in rows), default=0)
        headers = [_header(rows[:start], index) for index in range(width)]
        places = _rate_places(headers)
        if places is None:
            continue
        for row in rows[start:]:
            found = _row_rate(row, headers, places)
            if found:
                yield found


def _rate_places(headers: list[str]) -> tuple[int, int, int] | None:
    """(payment, budget, rate) columns; None unless there is exactly one of each, 到位率 has other columns."""
    rates = [i for i, header in enumerate(headers) if _RATE.search(header) and "到位" not in header]
    paid = [i for i, header in enumerate(headers) if _PAID.search(header) and i not in rates]
    budget = [i for i, header in enumerate(headers) if _BUDGET.search(header) and i not in rates and i not in paid]
    adjusted = [i for i in budget if re.search(r"全年|调整", headers[i])]
    budget = adjusted if len(adjusted) == 1 else budget
    return (paid[0], budget[0], rates[0]) if len(rates) == len(paid) == len(budget) == 1 else None


def _row_rate(row: list[Entry], headers: list[str], places: tuple[int, int, int]) -> RowRate | None:
    if len(row) != len(headers):
        return None
    part, whole, rate = (_number(row[place].text) for place in places)
    text = row[places[2]].text
    if part is None or whole is None or rate is None or whole <= 0:
        return None
    if "%" not in squeeze(text):
        rate = rate * 100 if rate <= 2 and "%" not in headers[places[2]] else rate
    step = Decimal(1).scaleb(int(rate.as_tuple().exponent))
    exact = part / whole * 100
    sound = exact - step < rate <= exact + step / 2 or abs(exact - rate) <= Decimal("0.01")
    label = next((entry.text.strip() for entry in row[:2] if _number(entry.text) is None and entry.text.strip()), "")
    return RowRate(row[places[2]].paragraph, text.strip(), headers[places[2]], label, part, whole, rate, sound)
