"""Putting the entries of head and foot in their place: information, grade, total, goals, amounts."""

from __future__ import annotations

import re
from collections.abc import Callable

from xlsuite.core.form import Cell
from xlsuite.core.values import is_placeholder
from xlsuite.forms.draft import Draft
from xlsuite.forms.entries import part_entry, points_entry, text_entry
from xlsuite.forms.fund_shapes import pair
from xlsuite.forms.goals import pair_goal
from xlsuite.forms.grid import GridCell
from xlsuite.forms.sheet import Item, Row, Sheet
from xlsuite.forms.titles import lone_year
from xlsuite.forms.totals import Points, inline_points, read_points
from xlsuite.forms.vocabulary import AMOUNTS, NOTHING, VOCABULARY, Word, guess, plain
from xlsuite.forms.words import word as word_of

Entry = tuple[int, int, GridCell | None]
"""Row, column and content of an entry; the content is None where it is blank."""

_BOXES = re.compile(r"[□☐☑☒√✓✔■]")
_OPTION = r"([^\s□☐☑☒√✓✔■()（）]+)"
_CHOSEN = re.compile(rf"{_OPTION}\s*[(（]?\s*[☑√✓✔■]|[☑√✓✔■]\s*[)）]?\s*{_OPTION}")
_MONEY_UNITS = frozenset({"万元", "元", "千元", "亿元"})
_SCORES_OF_EXECUTION = frozenset({"得分", "实际得分", "评分"})
"""Beside amounts that are given as labels with values, a bare 得分 is that of the budget execution."""

MOST_LOOSE = 20
"""Unknown texts told one by one; a sheet full of prose is not repeated line by line."""

_LONG = 40
"""A longer text of the head is a narrative or a note, not an unknown label."""


def accept(sheet: Sheet, row: int, item: Item, entry: Entry, draft: Draft) -> None:
    """Take the entry that stands beside or below a label."""
    word = item[2]
    ref, cell = sheet.ref(entry[0], entry[1]), entry[2]
    if cell is not None and plain(cell.text) in _MONEY_UNITS:
        draft.stated_unit = draft.stated_unit or plain(cell.text)
    elif word.total and not (_money_open(draft) and word.text in _SCORES_OF_EXECUTION):
        _score(
            draft, Points(text_entry(sheet.ref(row, item[0]), item[1]), word, item[0], score=points_entry(ref, cell))
        )
    elif word.grade or word.info:
        _store(draft, word, text_entry(ref, cell))
    elif word.goal:
        if cell is not None:
            reached = word.goal == "actual" or (word.goal == "block" and word.text.endswith("完成情况"))
            pair_goal(draft.form.goals, "actual" if reached else "expected", text_entry(ref, cell))
            draft.evidence.add("goals" if reached else "goal")
    elif cell is not None and (_money_open(draft) or word.fund_row or word.fund_column in AMOUNTS):
        pair(draft.beside, sheet, row, item, (entry[1], cell))
        draft.block_unit = draft.block_unit or word.unit
        draft.percent = draft.percent or (word.fund_column == "rate" and word.percent)


def _money_open(draft: Draft) -> bool:
    """Whether the lines are about money: amounts were read, and the indicators have not begun."""
    return bool(draft.beside or draft.form.funds) and draft.columns is None


def accept_part(sheet: Sheet, row: int, item: Item, entry: str, draft: Draft) -> None:
    """Take the entry that stands behind its label in the same cell."""
    column, cell, word = item
    ref = sheet.ref(row, column)
    if plain(entry) in _MONEY_UNITS:
        draft.stated_unit = draft.stated_unit or plain(entry)
    elif word.total:
        label = text_entry(ref, cell)
        _score(draft, Points(label, word, column, score=inline_points(ref, cell, entry)))
    elif word.info or word.grade:
        _store(draft, word, part_entry(ref, cell, entry))
    else:
        pair(draft.beside, sheet, row, item, (column, GridCell(entry, entry)))


def take_points(sheet: Sheet, row: Row, draft: Draft) -> None:
    """Take a total that stands in head or foot, outside the indicator block."""
    points = read_points(sheet, row, None)
    if points is not None:
        _score(draft, points)


def _score(draft: Draft, points: Points) -> None:
    """Keep the first total; a later one only fills what the first lacks."""
    if draft.total is None:
        draft.total = points
    elif draft.total.score.value is None and points.score.value is not None:
        draft.total.score = points.score
    if points.grade.present and not draft.form.grade.present:
        draft.form.grade = points.grade


def _store(draft: Draft, word: Word, entry: Cell[str]) -> None:
    form = draft.form
    entry.value = chosen(entry.text) if entry.value is not None else None
    if word.grade:
        if not form.grade.present or form.grade.value is None:
            form.grade = entry
        return
    key = word.info
    if key == "conclusion" and plain(entry.text) in VOCABULARY.grades and not form.grade.present:
        form.grade = entry
        return
    held = form.info.get(key)
    if held is None or held.value is None:
        form.info[key] = entry
    elif entry.value is not None and plain(entry.text) != plain(held.text):
        message = f"“{word.text}”出现了两次，内容不同，按先出现的“{held.text.strip()}”读取。"
        draft.remark(message, entry.ref, entry.text)


def chosen(text: str) -> str | None:
    """The ticked option of a line of check-boxes, else the text itself; None when it is blank."""
    if _BOXES.search(text):
        ticked = [first or second for first, second in _CHOSEN.findall(text)]
        if len(ticked) == 1:
            return re.sub(r"^\d{1,2}[.、．)]?|[.、：:；;，,]+$", "", ticked[0])
    return text.strip() or None


def variant(sheet: Sheet, row: Row, position: int, draft: Draft) -> Word | None:
    """An unknown label with an entry beside it, understood by a part of it (具体承担单位), and told."""
    column, cell, word = row.items[position]
    beside = row.items[position + 1] if position + 1 < len(row.items) else None
    if word is not NOTHING or type(cell.value) is not str or beside is None or beside[2] is not NOTHING:
        return None
    key = guess("info_contains", cell.text)
    if not key or key in draft.form.info:
        return None
    usual = VOCABULARY.section("info")[key][0]
    message = f"“{plain(cell.text)}”不在词表中，按“{usual}”读取。"
    draft.remark(message, sheet.ref(row.number, column), cell.text)
    return Word(plain(cell.text), info=key)


def more(sheet: Sheet, row: Row, position: int, draft: Draft, stop: Callable[[Word], bool]) -> int:
    """Texts after the entry before ``position``: further options of its check-boxes, or something not understood."""
    label = row.items[position - 2][2]
    while position < len(row.items):
        _, cell, word = row.items[position]
        if stop(word) or word.unit or word.title or lone_year(cell.text) or guess("info_contains", cell.text):
            break
        held = draft.form.info.get(label.info)
        if held is not None and _BOXES.search(held.text + cell.text):
            held.text = f"{held.text} {cell.text}"
            held.value = chosen(held.text)
        else:
            loose(sheet, row.number, row.items[position], draft)
        position += 1
    return position


def loose(sheet: Sheet, row: int, item: Item, draft: Draft) -> None:
    """A text that is neither label nor entry: the year below the title, a heading, a narrative, or unknown."""
    column, cell, word = item
    if type(cell.value) is not str or len(draft.loose) >= MOST_LOOSE:
        return
    draft.texts.append(cell.text)
    if lone_year(cell.text) and not draft.subtitle.present:
        draft.subtitle = text_entry(sheet.ref(row, column), cell)
    elif not (word.block or word.unit or word.ignore or word.note or word.span or word.task or word.management):
        short = plain(cell.text)
        if short and len(short) <= _LONG and not is_placeholder(cell.text) and not _harmless(short):
            draft.loose.append((sheet.ref(row, column), cell.text))


_HARMLESS = re.compile(
    r"^(?:附件|附表|附|表)[\d一二三四五六七八九十\-—.:]*$|^[A-Za-z\d公开附\-.]+表$|^[A-Za-z\d\-.%/]+$|公章|盖章|签字|签章"
    r"|^[一二三四五六七八九十]{1,2}、[^,。]{2,20}$|印制|监制|制表?$|年.{0,3}月.{0,3}日$"
)
"""Annex marks, section headings, seals and print marks: part of the form's look, no entries."""


def _harmless(text: str) -> bool:
    return bool(_HARMLESS.search(text)) or word_of(text).heading
