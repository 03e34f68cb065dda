"""Draws the parts of a form from their shapes, row by row, and records where every field went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .content import Content, Line, Money
from .hand import Hand
from .points import trimmed
from .shapes import Column, Funds, Goals, Table, width
from .sheet import Sheet, Truth, address, letters, shown

WIDE_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
FUND_FIELDS = {"initial", "budget", "executed"}


@dataclass(slots=True)
class Draft:
    """A form being drawn on a sheet; ``row`` is the next free row, ``columns`` the width of the form."""

    sheet: Sheet
    content: Content
    hand: Hand
    columns: int
    row: int = 1
    score_cells: tuple[str, ...] = ()
    weight_cells: tuple[str, ...] = ()

    def open(self, family: str, seed: int, kind: str = "project") -> Draft:
        """Begin the form's truth."""
        self.sheet.truths.append(Truth(family, seed, self.sheet.name, kind, self.content.amount_unit))
        return self

    def put(self, column: int, value: Any, **more: Any) -> None:
        """Fill a cell of the current row."""
        self.sheet.put(self.row, column, value, **more)

    def label(self, column: int, text: str, span: tuple[int, int] = (1, 1)) -> None:
        """A printed label in the current row."""
        self.put(column, self.hand.label(text), span=span, style="label")

    def banner(self, text: str, style: str = "title", told: str = "", means: Any = ...) -> None:
        """A line over the whole width."""
        self.put(1, text, span=(1, self.columns), style=style, told=told, means=means)
        self.row += 1

    def title(self, text: str = "项目支出绩效自评表", year: str = "（{year}年度）", together: bool = False) -> None:
        """The title and the year, on one line or two."""
        shown_year = str(self.content.year)
        if self.hand.rng.random() < 0.08:
            shown_year = shown_year.translate(WIDE_DIGITS)
        stamp = year.format(year=shown_year)
        if together:
            where = (self.row, 1)
            self.banner(f"{stamp}{text}", told="title")
            told = self.sheet.truths[-1].fields["title"]
            self.sheet.tell("year", self.content.year, told.text, *where)
            return
        self.banner(text, told="title")
        if year:
            self.banner(stamp, "subtitle", told="year", means=self.content.year)

    def pairs(self, *cells: tuple[str, int, Any, int, str]) -> None:
        """A row of (label, label span, value, value span, field)."""
        column = 1
        for label, label_span, value, value_span, told in cells:
            self.label(column, label, (1, label_span))
            self.put(column + label_span, value, span=(1, value_span), told=told)
            column += label_span + value_span
        self.row += 1

    def funds(self, shape: Funds) -> None:
        """The funds block, heading row and money rows."""
        top, first = self.row, shape.caption_span + 1
        if shape.caption:
            caption = shape.caption.format(unit=self.content.amount_unit)
            height = len(shape.rows) + 1 + bool(shape.heading)
            self.label(1, caption, (height, shape.caption_span))
        else:
            first = 1
        if shape.heading:
            self.label(first, shape.heading, (1, self.columns - first + 1))
            self.row += 1
        self.label(first, shape.corner, (1, shape.label_span)) if shape.corner else self.put(
            first, None, span=(1, shape.label_span), style="label"
        )
        spans = self._stretch(shape.columns, first + shape.label_span)
        for column, item, span in spans:
            self.label(column, item.label.format(unit=self.content.amount_unit), (1, span))
        self.row += 1
        rows = [money for money in self.content.money if money.kind in shape.rows]
        for index, money in enumerate(rows):
            self._money(index, money, shape, first, spans)
        self.sheet.ruled(top, 1, self.row - 1, self.columns)

    def _stretch(self, items: Sequence[Column], start: int) -> list[tuple[int, Column, int]]:
        """Columns with their place; the last one takes what is left of the form's width."""
        placed, column = [], start
        for number, item in enumerate(items, 1):
            span = self.columns - column + 1 if number == len(items) else item.span
            placed.append((column, item, max(1, span)))
            column += item.span
        return placed

    def _money(self, index: int, money: Money, shape: Funds, first: int, spans: list[tuple[int, Column, int]]) -> None:
        total = money.kind == "total"
        text = shape.rows[money.kind]
        label = self.hand.label(text) if total else f"{shape.indent}{self.hand.label(text)}"
        self.put(first, label, span=(1, shape.label_span), style="label", told=f"funds[{index}].label")
        self.sheet.tell(f"funds[{index}].kind", money.kind, "", self.row, first)
        for column, item, span in spans:
            value, pattern, means = self._fund_value(item, money, total, shape)
            told = f"funds[{index}].{item.key}"
            self.put(column, value, span=(1, span), pattern=pattern, told=told, means=means, style="number")
            if total and item.key == "score" and means is not None:
                self.score_cells += (address(self.row, column + self.sheet.left),)
        self.row += 1

    def _fund_value(self, item: Column, money: Money, total: bool, shape: Funds) -> tuple[Any, str, Any]:
        content, hand, key = self.content, self.hand, item.key
        if key in FUND_FIELDS:
            return hand.amount(getattr(money, key))
        if key == "adjustment":
            return hand.amount(money.budget - money.initial)
        if key == "rate" and not total and shape.rates_on_all and money.budget:
            return hand.ratio(money.executed / money.budget, item.label)
        if not total:
            return hand.nothing or None, "", None
        if key == "rate":
            exact = money.executed / money.budget if money.budget else Decimal(0)
            rate = content.rate if content.rate is not None else exact
            return hand.ratio(exact if abs(rate - exact) < Decimal("0.0001") else rate, item.label)
        if key == "weight":
            return hand.points(content.execution_weight, hand.weight)
        if key == "score":
            return hand.points(content.execution_score, hand.score)
        if key == "reason":
            return content.execution_reason or None, "", content.execution_reason or None
        return None, "", None

    def goals(self, shape: Goals) -> None:
        """The goals block."""
        top, first = self.row, shape.caption_span + 1
        count = len(self.content.goals)
        half = first + int((self.columns - first + 1) * shape.split)
        self.label(1, shape.caption, (count + 1, shape.caption_span))
        self.label(first, shape.expected, (1, half - first))
        self.label(half, shape.actual, (1, self.columns - half + 1))
        self.row += 1
        for index, goal in enumerate(self.content.goals):
            self.put(first, goal.expected, span=(1, half - first), style="text", told=f"goals[{index}].expected")
            self.put(half, goal.actual, span=(1, self.columns - half + 1), style="text", told=f"goals[{index}].actual")
            self.sheet.heights[self.row] = 48
            self.row += 1
        self.sheet.ruled(top, 1, self.row - 1, self.columns)

    def notes(self, *texts: str) -> None:
        """Remarks below the form, outside its frame."""
        for text in texts:
            self.put(1, text, span=(1, self.columns), style="note")
            self.row += 1

    def boxes(self, *items: tuple[str, str], caption_span: int = 1) -> None:
        """Framed texts at the foot: label at the left, text over the rest."""
        for label, text in items:
            self.label(1, label, (1, caption_span))
            self.put(caption_span + 1, text or None, span=(1, self.columns - caption_span), style="text")
            self.row += 1

    def total(
        self,
        label: str,
        weight_column: int,
        score_column: int,
        grade_column: int = 0,
        formula: bool = False,
        grade_label: str = "",
    ) -> None:
        """The total row: weights and scores under their columns, a grade behind them where the form has one."""
        content, hand = self.content, self.hand
        first = weight_column or score_column
        self.label(1, label, (1, first - 1))
        if weight_column:
            value, pattern, means = hand.points(content.total_weight, hand.weight)
            self.put(weight_column, value, pattern=pattern, told="total.weight", means=means, style="number")
        value, pattern, means = hand.points(content.total_score, hand.score)
        cells = "+".join(cell for cell in self.score_cells if cell)
        honest = content.total_score == content.printed_sum()  # a sum formula cannot show a wrong sum
        numeric = formula and honest and isinstance(value, Decimal) and cells
        self.put(
            score_column,
            value,
            pattern=pattern,
            formula=cells if numeric else "",
            told="total.score",
            means=means,
            style="number",
        )
        last = score_column + 1
        if grade_column:
            text = f"{grade_label}{content.grade}"
            span = (1, self.columns - grade_column + 1)
            self.put(grade_column, text, span=span, told="grade", means=content.grade)
            last = self.columns + 1
        if last <= self.columns:
            self.put(last, None, span=(1, self.columns - last + 1))
        self.row += 1

    def table(self, shape: Table) -> None:
        """The indicator block."""
        from .indicator_table import draw

        draw(self, shape)


def level_text(name: str, points: Decimal, style: str) -> str:
    """``产出指标（50分）`` in the manner of ``style``: a format with {name} and {points}, or empty."""
    return style.format(name=name, points=trimmed(points)) if style else name


def last_letter(draft: Draft) -> str:
    """The form's last column."""
    return letters(draft.columns + draft.sheet.left)


def line_value(line: Line, key: str) -> str:
    """The text of a target or actual value."""
    return line.target_text if key == "target" else line.actual_text


__all__ = ["Draft", "last_letter", "level_text", "line_value", "shown", "width"]
