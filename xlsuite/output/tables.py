"""Findings as rows: the columns of the CSV, of the listing workbook and of the data frame are these."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import TextIO

from xlsuite.core.finding import Severity
from xlsuite.core.registry import rules
from xlsuite.output.record import Record

COLUMNS: tuple[tuple[str, str], ...] = (
    ("file", "文件"),
    ("department", "主管部门"),
    ("unit", "实施单位"),
    ("project_name", "项目名称"),
    ("year", "年度"),
    ("sheet", "工作表"),
    ("cell", "单元格"),
    ("severity", "级别"),
    ("code", "规则"),
    ("message", "问题"),
    ("printed", "填报值"),
    ("expected", "应为"),
    ("difference", "差额"),
    ("suggestion", "怎么办"),
    ("basis", "依据"),
    ("field", "字段"),
    ("fingerprint", "指纹"),
)
_FORMULA_START = ("=", "+", "-", "@", "\t", "\r")


def titles_of_codes() -> dict[str, str]:
    """What each code of a finding is called, the program's own codes included."""
    own = {"SYS001": "文件无法检查", "SYS101": "有未能识别的内容", "SYS900": "规则运行出错"}
    return {rule.code: rule.title for rule in rules()} | own


def harmless(text: str) -> str:
    """Text that a spreadsheet program will not take for a formula.

    Only text that is no plain number is changed: a leading apostrophe is put before = + - @ and control characters.
    """
    if not text.startswith(_FORMULA_START):
        return text
    try:
        float(text)
    except ValueError:
        return "'" + text
    return text


def rows(records: Iterable[Record]) -> Iterator[dict[str, object]]:
    """One row per finding, and one per file that could not be checked (rule SYS001)."""
    for made in records:
        if made["error"]:
            blank: dict[str, object] = dict.fromkeys((key for key, _ in COLUMNS), "")
            blank.update(file=made["file"], severity="error", code="SYS001", message=made["error"])
            yield blank
        start = 0
        for form in made["forms"]:
            facts = form["facts"]
            for finding in made["findings"][start : start + form["findings"]]:
                row = {key: finding.get(key) or "" for key, _ in COLUMNS}
                row.update(
                    file=made["file"],
                    department=facts["department"],
                    unit=facts["unit"],
                    project_name=facts["project_name"],
                    year=facts["year"] or "",
                )
                yield row
            start += form["findings"]


def write_csv(records: Iterable[Record], stream: TextIO) -> None:
    """CSV with Chinese headings; open the stream as utf-8-sig, so that Excel reads it as UTF-8."""
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([label for _, label in COLUMNS])
    for row in rows(records):
        row["severity"] = Severity(str(row["severity"])).label
        writer.writerow([harmless(str(row[key])) for key, _ in COLUMNS])
