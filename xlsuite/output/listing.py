"""The reviewer's workbook: problems by unit, by rule, and the statistics, with filters and links to files and cells."""

from __future__ import annotations

import contextlib
import os
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import Any

from xlsuite.core.finding import Severity
from xlsuite.output.fitting import row_points
from xlsuite.output.record import Record, readable
from xlsuite.output.tables import COLUMNS, harmless, rows, titles_of_codes

_WIDTHS = {
    "file": 28,
    "department": 16,
    "unit": 16,
    "project_name": 22,
    "year": 7,
    "severity": 7,
    "message": 52,
    "suggestion": 34,
    "basis": 22,
}
_HIDDEN = {"field", "fingerprint"}
_MOST_LINKS = 60000
"""A sheet may hold 65,530 links; past this many rows the place is plain text."""


def write_listing(records: Iterable[Record], target: Path) -> None:
    """Write the workbook with the sheets 按单位, 按规则, 统计."""
    import xlsxwriter

    kept = list(records)
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = xlsxwriter.Workbook(str(target), options)
    book = _Book(workbook, target)
    found = list(rows(kept))
    book.units(found)
    book.rules(found)
    book.statistics(kept)
    workbook.close()


class _Book:
    def __init__(self, workbook: Any, target: Path) -> None:
        base = {"font_name": "宋体", "font_size": 10.5, "valign": "top", "text_wrap": True, "border": 1}
        self._workbook = workbook
        # By the letters of the names alone: a plain locale cannot look up names in Chinese.
        self._folder = readable(os.path.normpath(Path.cwd() / target.parent))
        self._text = workbook.add_format(base)
        self._link = workbook.add_format({**base, "font_color": "#0563C1", "underline": 1})
        self._head = workbook.add_format({**base, "bold": True, "bg_color": "#E7EDF5", "align": "center"})
        self._level = {
            "error": workbook.add_format({**base, "bg_color": "#F8CBAD", "bold": True}),
            "warning": workbook.add_format({**base, "bg_color": "#FFE699"}),
            "info": workbook.add_format({**base, "bg_color": "#DDEBF7"}),
        }

    def _sheet(self, name: str, heads: list[tuple[str, int]], count: int) -> Any:
        sheet = self._workbook.add_worksheet(name)
        for column, (head, width) in enumerate(heads):
            sheet.write_string(0, column, head, self._head)
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        if count:
            sheet.autofilter(0, 0, count, len(heads) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        return sheet

    def units(self, found: list[dict[str, object]]) -> None:
        """Every finding, in the order of the files."""
        columns = [(key, label) for key, label in COLUMNS if key not in _HIDDEN]
        sheet = self._sheet("按单位", [(label, _WIDTHS.get(key, 11)) for key, label in columns], len(found))
        for index, row in enumerate(found, start=1):
            sheet.set_row(index, row_points((str(row[key]), _WIDTHS.get(key, 11)) for key, _ in columns))
            for column, (key, _) in enumerate(columns):
                self._cell(sheet, index, column, key, row)

    def _cell(self, sheet: Any, index: int, column: int, key: str, row: dict[str, object]) -> None:
        value = str(row[key])
        if key == "severity":
            sheet.write_string(index, column, Severity(value).label, self._level[value])
        elif key in ("file", "cell") and value and index < _MOST_LINKS // 2:
            sheet.write_url(index, column, self._url(row, key), self._link, harmless(value))
        elif key == "year" and value.isdigit():
            sheet.write_number(index, column, int(value), self._text)
        else:
            sheet.write_string(index, column, harmless(value)[:32000], self._text)

    def _url(self, row: dict[str, object], key: str) -> str:
        path = PurePath(os.path.normpath(Path(readable(str(Path.cwd()))) / str(row["file"])))
        with contextlib.suppress(ValueError):
            path = path.relative_to(self._folder)
        sheet = str(row["sheet"]).replace("'", "''")
        place = f"#'{sheet}'!{row['cell']}" if key == "cell" else ""
        # The first "#" of a link ends the file's name, so one inside the name is written as in an address.
        return f"external:{str(path).replace('#', '%23')}{place}"

    def rules(self, found: list[dict[str, object]]) -> None:
        """How often each rule fired, in how many files, with an example."""
        titles = titles_of_codes()
        groups: dict[str, list[dict[str, object]]] = defaultdict(list)
        for row in found:
            groups[str(row["code"])].append(row)
        ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
        heads = [("规则", 10), ("名称", 34), ("级别", 8), ("次数", 8), ("涉及文件", 10), ("例子", 90)]
        sheet = self._sheet("按规则", heads, len(ordered))
        for index, (code, members) in enumerate(ordered, start=1):
            level, example = str(members[0]["severity"]), f"{members[0]['file']}：{members[0]['message']}"
            sheet.set_row(index, row_points([(titles.get(code, ""), 34), (example, 90)]))
            sheet.write_string(index, 0, code, self._text)
            sheet.write_string(index, 1, titles.get(code, ""), self._text)
            sheet.write_string(index, 2, Severity(level).label, self._level[level])
            sheet.write_number(index, 3, len(members), self._text)
            sheet.write_number(index, 4, len({row["file"] for row in members}), self._text)
            sheet.write_string(index, 5, harmless(example)[:32000], self._text)

    def statistics(self, records: list[Record]) -> None:
        """Totals, grades, and the distribution of execution rates."""
        forms = [form for made in records for form in made["forms"]]
        lines: list[tuple[str, str, int]] = [
            ("总数", "文件", len(records)),
            ("总数", "自评表", len(forms)),
            ("总数", "无法检查的文件", sum(bool(made["error"]) for made in records)),
            ("总数", "没有问题的文件", sum(not made["error"] and not made["findings"] for made in records)),
        ]
        levels = Counter(finding["severity"] for made in records for finding in made["findings"])
        lines += [("问题", severity.label, levels[severity.value]) for severity in Severity]
        grades = Counter(form["score"]["grade"] or "无等次" for form in forms)
        lines += [("等次（复算）", grade, count) for grade, count in sorted(grades.items())]
        lines += [("执行率（复算）", name, count) for name, count in rate_distribution(forms)]
        sheet = self._sheet("统计", [("类别", 18), ("项目", 26), ("数量", 12)], len(lines))
        for index, (group, name, count) in enumerate(lines, start=1):
            sheet.write_string(index, 0, group, self._text)
            sheet.write_string(index, 1, name, self._text)
            sheet.write_number(index, 2, count, self._text)


_BOUNDS = ((0.6, "60% 以下"), (0.8, "60%～80%"), (0.9, "80%～90%"), (0.95, "90%～95%"), (1.0, "95%～100%（不含）"))


def rate_distribution(forms: list[Record]) -> list[tuple[str, int]]:
    """Forms per band of the recomputed execution rate."""
    counts = dict.fromkeys([*(name for _, name in _BOUNDS), "100%", "超过 100%", "无法计算"], 0)
    for form in forms:
        text = form["execution"]["rate"]
        if text is None:
            counts["无法计算"] += 1
            continue
        rate = float(text)
        if rate > 1:
            counts["超过 100%"] += 1
        else:
            counts[next((name for bound, name in _BOUNDS if rate < bound), "100%")] += 1
    return list(counts.items())
