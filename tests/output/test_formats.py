from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ElementTree

import pytest

from tests.output.records import file, finding, form, sample
from xlsuite.core.contract import FindingsDocument
from xlsuite.output.console import Paint, clip, pad, safe, width
from xlsuite.output.json_format import Tally, findings_document
from xlsuite.output.junit import junit_lines
from xlsuite.output.sarif import sarif_document
from xlsuite.output.tables import COLUMNS, harmless, rows, write_csv
from xlsuite.output.text import file_lines, summary_line


def test_json_document_keeps_the_contract() -> None:
    document = FindingsDocument.model_validate(findings_document(sample()))
    assert document.summary.model_dump() == {
        "files": 3,
        "unreadable": 1,
        "forms": 2,
        "errors": 1,
        "warnings": 1,
        "infos": 1,
    }


def test_csv_has_a_row_per_finding_and_per_unreadable_file() -> None:
    stream = io.StringIO()
    write_csv(sample(), stream)
    table = list(csv.DictReader(io.StringIO(stream.getvalue())))
    assert [row["规则"] for row in table] == ["FND104", "DEV101", "IND111", "SYS001"]
    assert table[0]["级别"] == "错误"
    assert table[0]["差额"] == "1.29"
    assert table[3]["问题"].startswith("文件是空的")
    assert len(table[0]) == len(COLUMNS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+cmd", "'+cmd"),
        ("-3.5", "-3.5"),
        ("-", "'-"),
        ("\tx", "'\tx"),
        ("≥95%", "≥95%"),
        ("", ""),
    ],
)
def test_no_text_becomes_a_formula(text: str, expected: str) -> None:
    assert harmless(text) == expected


def test_rows_name_the_form_of_each_finding() -> None:
    first, second = form(1, facts={"unit": "一"}), form(1, facts={"unit": "二"})
    made = file("两张.xlsx", [finding(), finding(code="WGT101")], forms=[first, second])
    assert [(row["unit"], row["code"]) for row in rows([made])] == [("一", "FND104"), ("二", "WGT101")]


def test_junit_is_well_formed_and_counts() -> None:
    root = ElementTree.fromstring("\n".join(junit_lines(sample())))
    suites = root.findall("testsuite")
    assert [(suite.get("tests"), suite.get("failures"), suite.get("errors")) for suite in suites] == [
        ("3", "2", "0"),
        ("1", "0", "0"),
        ("1", "0", "1"),
    ]
    assert root.findall(".//failure")[1].get("message") == '指标“<A&B>|"x"”失分却没有写原因。'


def test_sarif_levels_and_places() -> None:
    document = sarif_document(sample())
    run = document["runs"][0]
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note"]
    place = run["results"][0]["locations"][0]
    assert place["logicalLocations"][0]["fullyQualifiedName"] == "自评表!I6"
    assert "%E7%94%B2/" in place["physicalLocation"]["artifactLocation"]["uri"]
    assert run["invocations"][0]["executionSuccessful"] is False
    json.dumps(document)


def test_text_says_place_numbers_and_remedy() -> None:
    paint, tally = Paint(io.StringIO()), Tally()
    lines = [line for made in sample() for line in file_lines(made, paint)]
    tally.add(sample()[0])
    joined = "\n".join(lines)
    assert "错误 FND104 I6" in joined
    assert "怎么办：把得分改为 7.71。" in joined
    assert "填报 92，复算 85.21～87.21（良）" in joined
    assert "无法检查 文件是空的" in joined
    assert "未发现问题" in joined
    assert summary_line(tally, paint) == "共 1 个文件、1 张自评表：错误 1，警告 1，提示 1。"


def test_undecided_rules_are_counted_and_listed_on_request() -> None:
    brief = "\n".join(file_lines(sample()[0], Paint(io.StringIO())))
    full = "\n".join(file_lines(sample()[0], Paint(io.StringIO()), verbose=True))
    assert "其中 1 条因数据不足" in brief
    assert "SCO103：没有指标值" not in brief
    assert "SCO103：没有指标值" in full


def test_terminal_widths_and_control_characters() -> None:
    assert width("执行率 77%") == 10
    assert pad("执行", 6) == "执行  "
    assert clip("一二三四五六", 7) == "一二三…"
    assert "\x1b" not in safe("甲\x1b[31m乙\u202e丙")
