"""The lines of head and foot: labels whose entry stands beside, below or behind them."""

from __future__ import annotations

from xlsuite.forms.draft import Draft
from xlsuite.forms.entries import is_figure, text_entry
from xlsuite.forms.grid import GridCell
from xlsuite.forms.line_entries import accept, accept_part, loose, more, take_points, variant
from xlsuite.forms.sheet import Item, Row, Sheet
from xlsuite.forms.vocabulary import NOTHING, Word


def read_line(sheet: Sheet, index: int, draft: Draft) -> int:
    """Read one line; the index of the first row after it."""
    row = sheet.rows[index]
    draft.noted = row.first.note or (draft.noted and len(row.items) == 1 and row.first is NOTHING)
    if draft.noted:
        draft.texts.extend(cell.text for _, cell, _ in row.items)
        return index + 1
    below = _values_below(sheet, index)
    if below:
        number = sheet.rows[index + 1].number
        for item, column, cell in below:
            accept(sheet, row.number, item, (number, column, cell), draft)
        return index + 2
    position = 0
    while position < len(row.items):
        position = _item(sheet, row, position, draft)
    return index + 1


def _values_below(sheet: Sheet, index: int) -> list[tuple[Item, int, GridCell | None]]:
    """Labels of a line with their entries on the next, where nothing stands between the labels."""
    row = sheet.rows[index]
    if index + 1 >= len(sheet.rows) or not all(item[2].info and item[2].inline is None for item in row.items):
        return []
    below = sheet.rows[index + 1]
    lefts = [item[0] for item in row.items]
    if any(names(item[2]) or item[2].block or item[2].title or item[0] < lefts[0] for item in below.items):
        return []
    found: list[tuple[Item, int, GridCell | None]] = []
    for place, item in enumerate(row.items):
        end = lefts[place + 1] - 1 if place + 1 < len(lefts) else sheet.area(row.number, item[0]).right
        hits = [one for one in below.items if item[0] <= one[0] <= end]
        found.append((item, hits[0][0], hits[0][1]) if hits else (item, item[0], None))
    hit = sum(1 for _, _, cell in found if cell is not None)
    return found if hit == len(below.items) else []


def names(word: Word) -> bool:
    """Whether a text can be the label of an entry in head or foot."""
    return word.heading or bool(word.goal or word.fund_column or word.fund_row)


def _item(sheet: Sheet, row: Row, position: int, draft: Draft) -> int:
    """Read the label at a position and its entry; the position after them."""
    column, cell, word = item = row.items[position]
    if word.title:
        _title(sheet, row.number, item, draft)
        return position + 1
    if word.unit and not word.block:
        draft.stated_unit = draft.stated_unit or word.unit
    if word.pairs or word.inline:
        for label, part in word.pairs or ((word, word.inline or ""),):
            accept_part(sheet, row.number, (column, cell, label), part, draft)
        return position + 1
    if not names(word):
        known = variant(sheet, row, position, draft)
        if known is None:
            loose(sheet, row.number, item, draft)
            return position + 1
        item = (column, cell, known)
    if word.total == "total":
        take_points(sheet, row, draft)
        return _next_label(row, position + 1)
    after = position + 1
    if after < len(row.items) and not _is_label(row, after):
        entry_column, entry, _ = row.items[after]
        accept(sheet, row.number, item, (row.number, entry_column, entry), draft)
        return more(sheet, row, after + 1, draft, stop=names)
    blank = sheet.area(row.number, column).right + 1
    taken = after < len(row.items) and row.items[after][0] <= blank
    accept(sheet, row.number, item, (row.number, column if taken else blank, None), draft)
    return after


def _title(sheet: Sheet, row: int, item: Item, draft: Draft) -> None:
    column, cell, word = item
    if not draft.form.title.present or (draft.title_kind != "evaluation" and word.title == "evaluation"):
        draft.form.title = text_entry(sheet.ref(row, column), cell)
        draft.title_kind = word.title
    draft.texts.append(cell.text)


def _next_label(row: Row, position: int) -> int:
    while position < len(row.items) and not (row.items[position][2].info or row.items[position][2].grade):
        position += 1
    return position


def _is_label(row: Row, position: int) -> bool:
    """Whether the text at a position is a label: a word that is one only in a block of its own may be an entry here."""
    word = row.items[position][2]
    if word.heading or word.goal:
        return True
    if not (word.fund_column or word.fund_row):
        return False
    return position + 1 < len(row.items) and is_figure(row.items[position + 1][1])
