"""汇总: many forms as one table, grouped, with sums that reconcile to the last cent.

Amounts are exact decimals in 元 inside and are shown in 万元. A form without an amount is left out of that sum and
named in the list 未计入; nothing is estimated.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from xlsuite.output.record import Record

YUAN = {
    "元": Decimal(1),
    "千元": Decimal(1000),
    "万元": Decimal(10000),
    "百万元": Decimal(1000000),
    "亿元": Decimal(10**8),
}
GROUPS = (("department", "按主管部门"), ("region", "按口径"), ("year", "按年度"), ("kind", "按表类"))
ASPECTS = {
    "quantity": "数量指标",
    "quality": "质量指标",
    "time": "时效指标",
    "cost": "成本指标",
    "economic": "经济效益指标",
    "social": "社会效益指标",
    "ecological": "生态效益指标",
    "sustained": "可持续影响指标",
    "satisfaction": "满意度指标",
    "unknown": "其他指标",
}
KINDS = {"project": "项目支出", "department": "部门整体支出", "transfer": "转移支付"}
FORM_COLUMNS = {
    "file": "文件",
    "sheet": "工作表",
    "department": "主管部门",
    "unit": "实施单位",
    "project_name": "项目名称",
    "year": "年度",
    "kind": "表类",
    "region": "口径",
    "budget": "全年预算数（万元）",
    "executed": "全年执行数（万元）",
    "rate": "执行率（复算）",
    "rate_printed": "执行率（填报）",
    "score_printed": "得分（填报）",
    "score_low": "得分（复算下限）",
    "score_high": "得分（复算上限）",
    "grade_printed": "等次（填报）",
    "grade": "等次（复算）",
    "errors": "错误数",
    "warnings": "警告数",
}


@dataclass(slots=True)
class Rollup:
    """``forms`` has one row per form (a DataFrame); ``left_out`` names files or forms and why."""

    forms: Any
    aspects: Any
    left_out: list[tuple[str, str, str]] = field(default_factory=list)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _yuan(text: str | None, unit: str) -> Decimal | None:
    return None if text is None else Decimal(text) * YUAN.get(unit, Decimal(10000))


def _severities(findings: list[Record], severity: str) -> int:
    return sum(finding["severity"] == severity for finding in findings)


def _form_row(made: Record, form: Record, findings: list[Record]) -> dict[str, Any]:
    facts, score = form["facts"], form["score"]
    return {
        "file": made["file"],
        "sheet": form["sheet"],
        "department": facts["department"] or "（未填）",
        "unit": facts["unit"] or "（未填）",
        "project_name": facts["project_name"] or "（未填）",
        "year": facts["year"],
        "kind": KINDS.get(facts["kind"], facts["kind"]),
        "region": form["profile_title"],
        "budget": _yuan(facts["budget"], facts["amount_unit"]),
        "executed": _yuan(facts["executed"], facts["amount_unit"]),
        "rate": _number(form["execution"]["rate"]),
        "rate_printed": _number(form["execution"]["rate_printed"]),
        "score_printed": _number(score["printed"]),
        "score_low": _number(score["low"]),
        "score_high": _number(score["high"]),
        "grade_printed": facts["grade_printed"],
        "grade": score["grade"],
        "errors": _severities(findings, "error"),
        "warnings": _severities(findings, "warning"),
    }


def _missing(row: dict[str, Any]) -> list[str]:
    reasons = []
    if row["budget"] is None:
        reasons.append("没有全年预算数，未计入预算合计")
    if row["executed"] is None:
        reasons.append("没有全年执行数，未计入执行合计")
    if row["score_printed"] is None:
        reasons.append("没有总分，未计入平均得分")
    return reasons


def roll_up(records: Iterable[Record]) -> Rollup:
    """Collect records into frames, naming everything that could not be counted."""
    import pandas as pd

    rows: list[dict[str, Any]] = []
    aspects: list[dict[str, Any]] = []
    left_out: list[tuple[str, str, str]] = []
    for made in records:
        if made["error"]:
            left_out.append((made["file"], "", f"整个文件未计入：{made['error']}"))
        start = 0
        for form in made["forms"]:
            findings = made["findings"][start : start + form["findings"]]
            start += form["findings"]
            row = _form_row(made, form, findings)
            rows.append(row)
            left_out += [(made["file"], form["sheet"], reason) for reason in _missing(row)]
            for aspect, (count, weight, score) in form["facts"]["aspects"].items():
                entry = {"aspect": ASPECTS.get(aspect, aspect), "count": int(count)}
                aspects.append(entry | {"weight": Decimal(weight), "score": Decimal(score)})
    left_out += _repeated(rows)
    forms = pd.DataFrame(rows, columns=list(FORM_COLUMNS), dtype=object)
    return Rollup(forms, pd.DataFrame(aspects, columns=["aspect", "count", "weight", "score"], dtype=object), left_out)


def _repeated(rows: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """Forms that look like a second copy; they are counted, and the reader is warned."""
    seen: dict[tuple[Any, ...], str] = {}
    found = []
    for row in rows:
        key = (row["unit"], row["project_name"], row["year"])
        if "（未填）" in key[:2]:
            continue
        if key in seen:
            found.append((row["file"], row["sheet"], f"与“{seen[key]}”的单位、项目和年度相同，可能重复；两张都已计入"))
        else:
            seen[key] = row["file"]
    return found


def _total(values: Any) -> Decimal:
    return sum((value for value in values if value is not None), Decimal(0))


def _mean(values: Any) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) / len(known) if known else None


def _share(executed: Decimal, budget: Decimal) -> Decimal | None:
    return executed / budget if budget else None


def summary(part: Any) -> dict[str, Any]:
    """Sums and counts of some forms: the rate is of the sums, over forms that state both amounts."""
    both = part[part["budget"].notna() & part["executed"].notna()]
    grades = part["grade"].value_counts()
    made: dict[str, Any] = {
        "表数": len(part),
        "全年预算数（万元）": _total(part["budget"]) / 10000,
        "全年执行数（万元）": _total(part["executed"]) / 10000,
        "执行率": _share(_total(both["executed"]), _total(both["budget"])),
        "平均得分（填报）": _mean(part["score_printed"]),
        "平均得分（复算下限）": _mean(part["score_low"]),
        "平均得分（复算上限）": _mean(part["score_high"]),
    }
    for grade in ("优", "良", "中", "差"):
        made[f"{grade}（复算）"] = int(grades.get(grade, 0))
    made["等次不定或无"] = len(part) - sum(int(grades.get(grade, 0)) for grade in ("优", "良", "中", "差"))
    made["有错误的表"] = int((part["errors"] > 0).sum())
    return made


def grouped(forms: Any, key: str) -> list[dict[str, Any]]:
    """One summary per value of a column, then the sum over all."""
    made = []
    for value, part in forms.groupby(key, dropna=False, sort=True):
        made.append({"分组": "（未填）" if value is None or value != value else str(value), **summary(part)})
    return [*made, {"分组": "合计", **summary(forms)}]


def by_aspect(aspects: Any) -> list[dict[str, Any]]:
    """Weights and printed scores by kind of indicator."""
    made = []
    for aspect, part in aspects.groupby("aspect", sort=False):
        weight, score = _total(part["weight"]), _total(part["score"])
        made.append(
            {"指标类别": aspect, "指标数": int(part["count"].sum()), "分值合计": weight, "得分合计": score,
             "得分率": score / weight if weight else None}
        )  # fmt: skip
    return made


def over_years(forms: Any) -> list[dict[str, Any]]:
    """Projects that appear in several years, one row per project and year, with the change of the budget."""
    made = []
    named = forms[(forms["project_name"] != "（未填）") & forms["year"].notna()]
    for (unit, project), part in named.groupby(["unit", "project_name"], sort=True):
        if part["year"].nunique() < 2:
            continue
        before: Decimal | None = None
        for year, same in part.sort_values("year", kind="stable").groupby("year", sort=True):
            made += [_year_row(unit, project, year, row, before) for row in same.to_dict("records")]
            # Several forms of one year may be parts or copies: then the next year has nothing to be compared with.
            before = same["budget"].iloc[0] if len(same) == 1 else None
    return made


def _year_row(unit: str, project: str, year: Any, row: dict[str, Any], before: Decimal | None) -> dict[str, Any]:
    budget, executed = row["budget"], row["executed"]
    return {
        "实施单位": unit,
        "项目名称": project,
        "年度": year,
        "全年预算数（万元）": None if budget is None else budget / 10000,
        "比上期增减（万元）": None if budget is None or before is None else (budget - before) / 10000,
        "全年执行数（万元）": None if executed is None else executed / 10000,
        "执行率": row["rate"],
        "得分（填报）": row["score_printed"],
        "等次（复算）": row["grade"],
    }
