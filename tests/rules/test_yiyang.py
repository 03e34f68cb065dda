"""The published table of 益阳, 2022: every defect that can be proven from it is told at its cell, and nothing false."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.rules.building import build, check, table
from xlsuite.core.finding import Finding, Severity
from xlsuite.core.profile import load
from xlsuite.scoring import score

DATA = table("yiyang.toml")
FOUND = check(DATA).outcome.findings


def told(code: str, field: str) -> Finding:
    hits = [one for one in FOUND if one.code == code and one.field == field]
    assert len(hits) == 1, f"{code} at {field}: {[one.field for one in FOUND if one.code == code]}"
    return hits[0]


def test_execution_score() -> None:
    one = told("FND104", "funds[0].score")
    assert (one.severity, one.printed, one.expected, one.difference) == (Severity.ERROR, "9", "7.71", "+1.29")
    assert "142.78 ÷ 185.17 = 77.11%；10 × 77.11% = 7.71" in one.message
    assert "多 1.29 分" in one.message


def test_problem_rate_contradicts_its_target() -> None:
    one = told("VAL103", "indicators[10].actual")
    assert one.severity is Severity.ERROR
    assert all(part in one.message for part in ("功能问题率", "≤5", "≥90", "4 分"))
    assert [ref.a1 for ref in one.refs] == ["F24", "E24", "I24"]


@pytest.mark.parametrize(("row", "text"), [(10, "≥90"), (11, "≥95")])
def test_inequalities_as_results(row: int, text: str) -> None:
    assert told("VAL102", f"indicators[{row}].actual").printed == text


def test_acceptance_not_done() -> None:
    one = told("SCO109", "indicators[13].score")
    assert (one.severity, one.printed, one.expected) == (Severity.ERROR, "4", "<3")
    assert "未完成" in one.message


def test_cost_score_fits_no_formula() -> None:
    one = told("SCO111", "indicators[14].score")
    assert (one.printed, one.expected) == ("8", "10或7")
    assert "98.91 ÷ 141.3 = 70%" in one.message


def test_every_row_with_lost_points_lacks_its_reason() -> None:
    rows = [one.field for one in FOUND if one.code == "DEV101"]
    assert rows == [f"indicators[{row}].reason" for row in (10, 13, 14, 22, 24)]


def test_sum_is_right_and_the_grade_is_not() -> None:
    assert not [one for one in FOUND if one.code in ("SCO102", "FND101", "FND102", "WGT101", "WGT102", "GRD101")]
    one = told("GRD105", "total.score")
    assert (one.printed, one.expected) == ("92", "85.21～87.21")
    assert "“良”" in one.message
    assert "“优”" in one.message
    card = score(build(DATA), load("hunan").at(2022))
    assert (card.total.low, card.total.high) == (Decimal("85.21"), Decimal("87.21"))


def test_money_and_indicators() -> None:
    one = told("FND110", "funds[0].rate")
    assert one.printed == "16.39%"
    assert "92.22%" in one.message
    assert "77.11%" in one.message


def test_wording_is_a_hint_at_most() -> None:
    hints = {one.code for one in FOUND if one.severity is Severity.INFO}
    assert hints == {"FND109", "FND110", "IND109", "IND111", "IND113", "SCO112"}
    loud = {one.code for one in FOUND if one.severity is not Severity.INFO}
    assert loud == {"FND104", "VAL103", "VAL102", "SCO109", "SCO111", "DEV101", "GRD105"}
