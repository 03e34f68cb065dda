"""Records for the tests of formats: one file with findings, one clean, one that could not be read."""

from __future__ import annotations

from typing import Any


def finding(**changes: Any) -> dict[str, Any]:
    made = {
        "code": "FND104",
        "severity": "error",
        "sheet": "自评表",
        "cell": "I6",
        "field": "funds[0].score",
        "message": "执行率 77.11%、分值 10 分，得分应为 7.71 分，表中填 9 分。",
        "printed": "9",
        "expected": "7.71",
        "difference": "1.29",
        "basis": "财预〔2020〕10号",
        "suggestion": "把得分改为 7.71。",
        "fingerprint": "0123456789ab-cdef01",
        "certain": True,
        "paragraph": None,
        "quote": "",
        "explanation": "",
        "explanation_state": "",
        "explained": False,
    }
    return made | changes


def form(findings: int, **changes: Any) -> dict[str, Any]:
    facts = {
        "project_name": "示例项目",
        "department": "示例局",
        "unit": "示例中心",
        "title": "2023年度项目支出绩效自评表",
        "year": 2023,
        "kind": "project",
        "amount_unit": "万元",
        "initial": "100",
        "budget": "100",
        "executed": "77.11",
        "grade_printed": None,
        "indicators": 1,
        "aspects": {"quantity": ["1", "50", "46.5"]},
    }
    made = {
        "sheet": "自评表",
        "profile": "national-2020",
        "profile_title": "全国",
        "profile_reason": "",
        "score": {"printed": "92", "recomputed": None, "low": "85.21", "high": "87.21", "grade": "良"},
        "execution": {"rate_printed": "0.7711", "rate": "0.7711", "score_printed": "9", "score": "7.71"},
        "facts": facts | changes.pop("facts", {}),
        "rules": {"run": 70, "undecided": [["SCO103", "没有指标值"]]},
        "findings": findings,
    }
    return made | changes


def file(name: str, findings: list[dict[str, Any]], **changes: Any) -> dict[str, Any]:
    made = {
        "file": name,
        "sha256": "0" * 64,
        "error": None,
        "remarks": [],
        "forms": [form(len(findings))],
        "findings": findings,
        "rules": {"run": 70, "undecidable": 1, "undecided": [["SCO103", "没有指标值"]]},
    }
    return made | changes


def sample() -> list[dict[str, Any]]:
    nasty = finding(
        severity="warning", code="DEV101", cell="H9", message='指标“<A&B>|"x"”失分却没有写原因。', printed="=cmd|1"
    )
    return [
        file("甲/自评表.xlsx", [finding(), nasty, finding(severity="info", code="IND111", cell=None)]),
        file("乙.xlsx", []),
        file("坏.xlsx", [], error="文件是空的（0 字节），请重新获取。", forms=[], sha256=""),
    ]
