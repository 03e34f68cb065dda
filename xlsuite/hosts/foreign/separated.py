"""Separated text (CSV, TSV) as a one-sheet book, whatever the file is called."""

from __future__ import annotations

import csv
from io import StringIO

from xlsuite.core.errors import UnreadableFile
from xlsuite.forms.grid import Book, Grid
from xlsuite.hosts import limits
from xlsuite.hosts.foreign import sniff
from xlsuite.hosts.foreign.typed import typed_cell

_SEPARATORS = ("\t", ",", ";", "|", "；", "，")
_SAMPLE_LINES = 200


def read_separated(text: str, label: str) -> Book:
    """The table of a separated text. UnreadableFile when the lines have no common separator: then it is plain text."""
    separator = _separator(text)
    if not separator:
        raise sniff.no_workbook("普通文本")
    grid = Grid("Sheet1")
    try:
        for row, entries in enumerate(csv.reader(StringIO(text), delimiter=separator), 1):
            for column, entry in enumerate(entries, 1):
                cell = typed_cell(entry)
                if cell.value is not None:
                    grid.cells[row, column] = cell
            limits.CELLS.check(len(grid.cells))
            if row > limits.MAX_ROW or len(entries) > limits.MAX_COLUMN:
                raise UnreadableFile("文本的行数或列数超出了工作表的范围，" + limits.SPLIT)
    except csv.Error as error:
        raise UnreadableFile("文本的分隔方式有错误，无法分成表格，" + limits.RESAVE) from error
    if not grid.cells:
        raise UnreadableFile("文件里没有任何内容，请重新获取后再试。")
    return Book(label, [grid])


def _separator(text: str) -> str:
    """The separator that most lines have in the same number; "" when no separator splits at least two lines."""
    lines = [line for line in text.splitlines()[:_SAMPLE_LINES] if line.strip()]
    best, best_score = "", 0
    for separator in _SEPARATORS:
        counts = [line.count(separator) for line in lines if separator in line]
        if len(counts) < 2 or len(counts) * 2 < len(lines):
            continue
        usual = max(set(counts), key=counts.count)
        score = counts.count(usual) * 10 + min(usual, 9)
        if score > best_score:
            best, best_score = separator, score
    return best
