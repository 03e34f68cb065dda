"""Walking down the indicator block: its rows, the labels that hold for them, rows of points, and where it ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from xlsuite.core.form import Cell, Group, Indicator, Remark
from xlsuite.forms.columns import Columns, find_header
from xlsuite.forms.indicator_rows import RowReader
from xlsuite.forms.levels import Levels, groups, kinds, lift
from xlsuite.forms.sheet import Item, Row, Sheet
from xlsuite.forms.totals import FULL_MARKS, Points, read_points, settle
from xlsuite.forms.vocabulary import POINTS, Word
from xlsuite.forms.words import word as word_of


@dataclass(slots=True)
class Block:
    """What the indicator block gave. ``stop`` is the index of the first row after it; ``hidden`` rows have entries."""

    columns: Columns
    stop: int = 0
    indicators: list[Indicator] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    total: Points | None = None
    remarks: list[Remark] = field(default_factory=list)
    hidden: list[Row] = field(default_factory=list)


class _Walk:
    """The state of the walk; a new header on the way (a page break) replaces the columns."""

    def __init__(self, sheet: Sheet, columns: Columns, with_hidden: bool) -> None:
        self.sheet = sheet
        self.with_hidden = with_hidden
        self.block = Block(columns)
        self.levels = Levels(sheet, columns.spans)
        self.rows = RowReader(sheet, columns)
        self.outline = not {"level1", "level2"} <= columns.spans.keys()
        self.closed = False
        self.points: list[Points] = []
        self.residue: list[Row] = []

    def lead(self, row: Row) -> Item:
        """The first entry that is not the heading of the whole block."""
        first = row.items[0]
        if first[2].block == "indicators" and len(row.items) > 1 and first[0] < self.block.columns.left:
            return row.items[1]
        return first

    def run(self) -> int:
        """Read row after row; the index of the first row that is not part of the block."""
        rows, index = self.sheet.rows, self.block.columns.start
        while index < len(rows):
            row = rows[index]
            if self._usual(row):
                self._row(row)
                index += 1
                continue
            after = self._special(row, index)
            if after is None:
                break
            index = after
        return index

    def _usual(self, row: Row) -> bool:
        """Whether a row is an indicator beyond doubt: figures, texts and kinds only, no total above it."""
        if row.signs or self.closed or len(row.items) < 3:
            return False
        return not (self.outline and _kind(row.items[0][2]))

    def _special(self, row: Row, index: int) -> int | None:
        """A row that may be no indicator; the index of the row to go on with, None when the block ends before it."""
        lead = self.lead(row)
        if lead[0] > self.block.columns.right:
            text = lead[1].text.strip()
            message = f"第 {row.number} 行的“{text[:40]}”在指标表右侧，没有读取。"
            self.block.remarks.append(Remark(message, self.sheet.ref(row.number, lead[0]), lead[1].text))
            return index + 1
        points = self._points(row, lead)
        if points is not None:
            self.points.append(points)
            self.closed = points.word.total != "subtotal"
            return index + 1
        if self.closed and not (self.rows.scored(row.number) or _kind(lead[2])):
            return None
        self.closed = False
        if lead[2].column and self._new_header(index):
            return self.block.columns.start
        if self._ends(index, row, lead):
            return None
        if not self._banner(row, lead):
            self._row(row)
        return index + 1

    def _points(self, row: Row, lead: Item) -> Points | None:
        """The row as one of points, where 总分, 合计 or 小计 stands in place of a name."""
        if not row.signs & POINTS and lead[2].total != "head":
            return None
        name = self.sheet.at(row.number, self.block.columns.spans["level3"])[1]
        if name is not None and not word_of(name.text).total:
            return None
        points = read_points(self.sheet, row, self.block.columns)
        if points is not None:
            points.after = len(self.block.indicators)
        return points

    def _new_header(self, index: int) -> bool:
        header = find_header(self.sheet, index)
        if header is None:
            return False
        self.block.columns = header
        self.levels.spans = header.spans
        self.rows = RowReader(self.sheet, header)
        return True

    def _ends(self, index: int, row: Row, lead: Item) -> bool:
        if _foreign(lead[2]) and not self.rows.scored(row.number):
            return True
        if self.rows.entered(row.number):
            return False
        if lead[2].title and len(row.items) < 3:
            return True
        name = self.block.columns.spans["level3"]
        if self.sheet.at(row.number, name)[1] is not None and lead[0] >= self.block.columns.left:
            return False
        beside = lead[0] < self.block.columns.left and lead[2].block != "indicators"
        across = self.sheet.area(row.number, lead[0]).right > name.right and not lead[2].dimension
        return (beside or across) and not self._goes_on(index + 1)

    def _goes_on(self, index: int) -> bool:
        """Whether the next row is an indicator again, so that a strange row only divides the block."""
        if index >= len(self.sheet.rows):
            return False
        row = self.sheet.rows[index]
        return (
            not _foreign(self.lead(row)[2]) and self.rows.entered(row.number) and find_header(self.sheet, index) is None
        )

    def _banner(self, row: Row, lead: Item) -> bool:
        """Take a row that only says which kind of indicators follows: merged across the names, or in their column."""
        columns, word = self.block.columns, lead[2]
        if self.rows.valued(row.number):
            return False
        level = 1 if word.dimension else 2
        own_column = f"level{level}" in columns.spans
        if word.dimension or (word.aspect and not own_column):
            if own_column and self.sheet.area(row.number, lead[0]).right <= columns.spans["level3"].right:
                return False
        elif len(row.items) > 1 or lead[0] >= columns.left or own_column:
            return False
        self.levels.banner(level, row.number, lead[0], lead[1])
        for key in ("weight", "score"):
            if key in columns.spans and self.sheet.at(row.number, columns.spans[key])[1] is not None:
                columns.level_points.setdefault((level, key), columns.spans[key])
        return True

    def _row(self, row: Row) -> None:
        self.levels.step(row.number)
        indicator = self.rows.read(row.number)
        if indicator is None:
            if self.rows.name(row.number).text.strip():
                self.residue.append(row)
            return
        if not indicator.level3.text and self._adds_up(row, indicator):
            return
        if row.hidden:
            self.block.hidden.append(row)
            if not self.with_hidden:
                return
        indicator.level1, indicator.level2 = self.levels.cells(row.number)
        self.block.indicators.append(indicator)

    def _adds_up(self, row: Row, indicator: Indicator) -> bool:
        """Take a last row without name and values, whose weight is the sum of all, as the total it evidently is."""
        weight = indicator.weight.value
        named = indicator.target.text or indicator.actual.text
        above = [one.weight.value for one in self.block.indicators if one.weight.value is not None]
        if weight is None or named or len(above) < 2 or weight not in (sum(above), FULL_MARKS):
            return False
        column, cell, _ = row.items[0]
        label = Cell("", "", self.sheet.ref(row.number, column))
        total = Word("总分", total="total")
        self.points.append(Points(label, total, column, len(self.block.indicators), indicator.weight, indicator.score))
        message = f"第 {row.number} 行没有写“总分”，分值等于合计数，按总分行读取。"
        self.block.remarks.append(Remark(message, label.ref, cell.text))
        return True


def _kind(meaning: Word) -> bool:
    return bool(meaning.dimension or meaning.aspect)


def _foreign(meaning: Word) -> bool:
    """Whether a label belongs to another part of the form."""
    if meaning.dimension or meaning.aspect or meaning.execution or meaning.block == "indicators":
        return False
    return bool(
        meaning.info
        or meaning.grade
        or meaning.note
        or meaning.pairs
        or meaning.goal
        or meaning.block
        or meaning.management
        or meaning.ignore
    )


def read_indicators(sheet: Sheet, columns: Columns, execution: Decimal) -> Block:
    """Read the block below a header. ``execution`` is the weight of the budget execution, 0 when it is not known.

    Hidden rows are left out, because nobody sees them; unless the printed total weight only adds up with them.
    """
    block = _read(sheet, columns, with_hidden=False)
    if block.hidden:
        whole = _read(sheet, columns, with_hidden=True)
        if not _adds_up(block, execution) and _adds_up(whole, execution):
            block, what = whole, "表内总分包含这些行，已按指标读取"
        else:
            what = "未作为指标读取"
        block.remarks.append(_rows_remark(sheet, block.hidden, f"已隐藏，{what}"))
    return block


def _adds_up(block: Block, execution: Decimal) -> bool:
    if block.total is None or block.total.weight.value is None:
        return False
    weights = sum(one.weight.value for one in block.indicators if one.weight.value is not None)
    return block.total.weight.value in (weights, weights + execution)


def _read(sheet: Sheet, columns: Columns, *, with_hidden: bool) -> Block:
    walk = _Walk(sheet, columns, with_hidden)
    block = walk.block
    block.stop = walk.run()
    block.remarks = [*columns.remarks, *block.remarks]
    lift(block.indicators, walk.levels.own)
    kinds(block.indicators)
    block.groups = groups(block.indicators, walk.levels, block.columns.level_points)
    block.total, subtotals = settle(walk.points, block.indicators, block.columns)
    block.groups += subtotals
    if walk.residue:
        block.remarks.append(_rows_remark(sheet, walk.residue, "只有占位文字，没有填写内容，未作为指标读取"))
    return block


def _rows_remark(sheet: Sheet, rows: list[Row], what: str) -> Remark:
    numbers = "、".join(str(row.number) for row in rows[:12]) + ("等" if len(rows) > 12 else "")
    column, cell, _ = rows[0].items[0]
    return Remark(f"指标表第 {numbers} 行{what}。", sheet.ref(rows[0].number, column), cell.text)
