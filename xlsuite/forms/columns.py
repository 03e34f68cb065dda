"""The header of the indicator block: which column holds what, in any order, wording and number of rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from xlsuite.core.form import Remark, column_letters
from xlsuite.forms.headings import Header, Heading, header_rows, headings
from xlsuite.forms.sheet import Row, Sheet, Span
from xlsuite.forms.vocabulary import BLOCK, LEVEL, LEVELS, Word, guess, plain, rank
from xlsuite.forms.words import dimension_of

NAMES = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "target": "年度指标值",
    "initial": "年初指标值",
    "adjusted": "调整后指标值",
    "actual": "实际完成值",
    "weight": "分值",
    "score": "得分",
    "nature": "指标性质",
    "unit": "度量单位",
    "reason": "偏差原因",
}
"""Keys that become fields of an indicator; every other column is kept in ``Indicator.extra``."""

VALUES = frozenset({"target", "initial", "adjusted", "actual", "weight", "score"})

_OPERATOR = re.compile(r"^(?:[≥>≤<=﹤﹥≦≧]+|定性|大于|小于|等于|不低于|不高于)")
_POLARITY = re.compile(r"^(?:定量|定性|正向|反向|逆向|正指标|反指标)")
_REVIEW = re.compile("复核|审核|核查|核定|复评|再评价")


@dataclass(slots=True)
class Columns:
    """The header as understood. ``start`` is the index of the first row below it among the sheet's rows.

    ``level_points`` are columns of points beside 一级指标 and 二级指标, by level and key.
    """

    start: int
    top: int
    spans: dict[str, Span] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    extras: list[tuple[str, Span]] = field(default_factory=list)
    level_points: dict[tuple[int, str], Span] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def left(self) -> int:
        """The leftmost column with a meaning."""
        return min(span.left for span in self.spans.values())

    @property
    def right(self) -> int:
        """The rightmost column with a meaning."""
        return max(span.right for span in self.spans.values())


def find_header(sheet: Sheet, index: int) -> Columns | None:
    """The header that begins with the row at ``index``, or None when that row begins none."""
    upper = sheet.rows[index]
    if not upper.signs & (LEVEL | BLOCK) or len(upper.items) < 3:
        return None
    keys = {item[2].column for item in upper.items}
    levels = keys.intersection(LEVELS)
    if sum(1 for item in upper.items if item[1].value is not None and type(item[1].value) is not str) > 1:
        return None
    header = header_rows(sheet, index, _fits_without_levels if levels else _fits)
    if header.lower is not None:
        keys |= {item[2].column for item in header.lower.items}
        levels = keys.intersection(LEVELS)
    values = keys & VALUES
    if not values or len(values) + len(levels) < 3:
        return None
    return _columns(sheet, header)


def _fits(word: Word) -> bool:
    return bool(word.column or word.span)


def _fits_without_levels(word: Word) -> bool:
    return _fits(word) and word.column not in LEVELS


def _whole(word: Word) -> bool:
    return word.column in LEVELS


def _columns(sheet: Sheet, header: Header) -> Columns | None:
    columns = Columns(header.start, header.upper.number)
    below = sheet.rows[header.start] if header.start < len(sheet.rows) else None
    keyed = [(heading, _key(sheet, heading, below)) for heading in headings(sheet, header, _whole)]
    chosen: dict[str, Heading] = {}
    rest: list[tuple[Heading, str]] = []
    for heading, key in _level_points(columns, keyed):
        rival = chosen.get(key)
        if key not in NAMES:
            rest.append((heading, key))
        elif rival is None:
            chosen[key] = heading
        elif _preferred(sheet, key, heading, rival, below):
            chosen[key] = heading
            rest.append((rival, key))
        else:
            rest.append((heading, key))
    if "level3" not in chosen and not _name(chosen, rest):
        return None
    if "reason" not in chosen:
        _reason(sheet, columns, chosen, rest)
    _remember(sheet, columns, chosen, rest)
    return columns


def _key(sheet: Sheet, heading: Heading, below: Row | None) -> str:
    word = heading.word
    key = word.column
    if key in ("score", "actual") and _REVIEW.search(heading.above.text):
        return f"review_{key}"
    if key in ("level1", "level2") and "级" not in word.text:
        # 指标类型 may head the level-2 kinds or say 定量/定性: the first entry below decides
        return "direction" if _POLARITY.match(_first_entry(sheet, heading, below)) else key
    if word.block == "indicators" and dimension_of(_first_entry(sheet, heading, below)):
        return "level1"
    if key or word.block or word.span:
        return key
    return guess("indicators.contains", heading.cell.text)


def _first_entry(sheet: Sheet, heading: Heading, below: Row | None) -> str:
    cell = sheet.at(below.number, heading.span)[1] if below is not None else None
    return plain(cell.text) if cell is not None else ""


def _level_points(columns: Columns, keyed: list[tuple[Heading, str]]) -> list[tuple[Heading, str]]:
    """Points printed beside 一级指标 and 二级指标 belong to those headings when the rows have their own."""
    rest = list(keyed)
    for key in ("weight", "score"):
        if sum(one == key for _, one in keyed) < 2:
            continue
        for place, (heading, mine) in enumerate(keyed[1:]):
            before = keyed[place][1]
            if mine == key and before in ("level1", "level2"):
                columns.level_points[1 if before == "level1" else 2, key] = heading.span
                rest.remove((heading, mine))
    return rest


def _preferred(sheet: Sheet, key: str, heading: Heading, rival: Heading, below: Row | None) -> bool:
    """Which of two columns of one meaning counts: the visible one, the one with operators, the usual wording."""
    hidden = [one.span.left in sheet.hidden_columns for one in (heading, rival)]
    if hidden[0] != hidden[1]:
        return hidden[1]
    if key == "nature":
        operators = [bool(_OPERATOR.match(_first_entry(sheet, one, below))) for one in (heading, rival)]
        if operators[0] != operators[1]:
            return operators[0]
    return rank("column", heading.word.text) < rank("column", rival.word.text)


def _name(chosen: dict[str, Heading], rest: list[tuple[Heading, str]]) -> bool:
    """Without a name column, 绩效指标 (or the last level there is) heads the names."""
    for entry in rest:
        if entry[0].word.block == "indicators":
            chosen["level3"] = entry[0]
            rest.remove(entry)
            return True
    for level in ("level2", "level1"):
        if level in chosen:
            chosen["level3"] = chosen.pop(level)
            return True
    return False


def _reason(sheet: Sheet, columns: Columns, chosen: dict[str, Heading], rest: list[tuple[Heading, str]]) -> None:
    """In a form without a column for reasons, the one column of notes is where they are written."""
    notes = [entry for entry in rest if entry[1] == "note"]
    if len(notes) == 1:
        heading = chosen["reason"] = notes[0][0]
        rest.remove(notes[0])
        _remark(sheet, columns, heading, f"没有偏差原因列，“{plain(heading.cell.text)}”按偏差原因读取")


def _remember(sheet: Sheet, columns: Columns, chosen: dict[str, Heading], rest: list[tuple[Heading, str]]) -> None:
    for key, heading in chosen.items():
        columns.spans[key] = heading.span
        columns.titles[key] = title = plain(heading.cell.text)
        if heading.span.left in sheet.hidden_columns:
            _remark(sheet, columns, heading, f"“{title}”所在的列已隐藏，仍按表内数据读取")
        elif heading.word.column not in (key, "note") and not heading.word.block:
            _remark(sheet, columns, heading, f"列标题“{title}”不在词表中，按“{NAMES[key]}”列读取")
    for heading, key in rest:
        word = heading.word
        if key == "index" or (not key and (word.block or word.span)):
            continue
        title = plain(heading.cell.text)
        if len(title) < 2:
            continue  # nothing, or one character of a block heading that is written down its own cells
        if any(title == other for other, _ in columns.extras):
            title = f"{title}({column_letters(heading.span.left)})"
        columns.extras.append((title, heading.span))
        if not key and not heading.above.column:
            _remark(sheet, columns, heading, f"列标题“{title}”不认识，该列只作为附加列保留")
        elif key in VALUES:
            _remark(sheet, columns, heading, f"“{NAMES[key]}”不止一列，“{title}”列只作为附加列保留")


def _remark(sheet: Sheet, columns: Columns, heading: Heading, what: str) -> None:
    letters = column_letters(heading.span.left)
    ref = sheet.ref(heading.row, heading.span.left)
    columns.remarks.append(Remark(f"指标表第 {letters} 列：{what}。", ref, heading.cell.text))
