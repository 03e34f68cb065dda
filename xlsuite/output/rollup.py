"""汇总: many forms as one table, grouped, with sums that reconcile to the last cent.

Amounts are exact decimals in 元 inside and are shown in 万元. A form without an amount is left out of that sum and
named in the list 未计入; nothing is estimated.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from xlsuite.output.record import Record
from xlsuite.output.tables import harmless

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
_FORM_COLUMNS = {
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
    forms = pd.DataFrame(rows, columns=list(_FORM_COLUMNS), dtype=object)
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
        for row in part.sort_values("year").to_dict("records"):
            budget, executed = row["budget"], row["executed"]
            made.append(
                {
                    "实施单位": unit,
                    "项目名称": project,
                    "年度": row["year"],
                    "全年预算数（万元）": None if budget is None else budget / 10000,
                    "比上期增减（万元）": None if budget is None or before is None else (budget - before) / 10000,
                    "全年执行数（万元）": None if executed is None else executed / 10000,
                    "执行率": row["rate"],
                    "得分（填报）": row["score_printed"],
                    "等次（复算）": row["grade"],
                }
            )
            before = budget
    return made


def write_rollup(rollup: Rollup, target: Path) -> None:
    """Write the roll-up as a workbook: 总览, groups, years, indicator kinds, all forms, and what was left out."""
    import xlsxwriter

    workbook = xlsxwriter.Workbook(str(target), {"in_memory": True, "strings_to_formulas": False})
    pages = _Pages(workbook)
    for key, name in GROUPS:
        pages.add(name, grouped(rollup.forms, key) if len(rollup.forms) else [])
    pages.add("按指标类别", by_aspect(rollup.aspects) if len(rollup.aspects) else [])
    pages.add("多年对比", over_years(rollup.forms) if len(rollup.forms) else [])
    pages.add("明细", [_detail(row) for row in rollup.forms.to_dict("records")])
    notes = [{"文件": file, "工作表": sheet, "说明": why} for file, sheet, why in rollup.left_out]
    pages.add("未计入与提醒", notes or [{"文件": "", "工作表": "", "说明": "全部计入，没有遗漏。"}])
    workbook.close()


def _detail(row: dict[str, Any]) -> dict[str, Any]:
    made = {label: row[key] for key, label in _FORM_COLUMNS.items()}
    for label in ("全年预算数（万元）", "全年执行数（万元）"):
        if made[label] is not None:
            made[label] = made[label] / 10000
    return made


class _Pages:
    """Writes lists of dicts as filtered tables."""

    def __init__(self, workbook: Any) -> None:
        base = {"font_name": "宋体", "font_size": 10.5, "border": 1, "valign": "vcenter"}
        self._workbook = workbook
        self._head = workbook.add_format(
            {**base, "bold": True, "bg_color": "#E7EDF5", "text_wrap": True, "align": "center"}
        )
        self._text = workbook.add_format({**base, "text_wrap": True})
        self._money = workbook.add_format({**base, "num_format": "#,##0.00####"})
        self._number = workbook.add_format({**base, "num_format": "0.00"})
        self._rate = workbook.add_format({**base, "num_format": "0.00%"})
        self._count = workbook.add_format({**base, "num_format": "0"})

    def add(self, name: str, rows: list[dict[str, Any]]) -> None:
        """Add a sheet."""
        sheet = self._workbook.add_worksheet(name)
        if not rows:
            sheet.write_string(0, 0, "没有可列的内容。")
            return
        heads = list(rows[0])
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, self._head)
            longest = max((len(str(row[head])) for row in rows[:200] if isinstance(row[head], str)), default=0)
            sheet.set_column(column, column, min(44, max(12, 2 * len(head), 2 * longest)))
        for index, row in enumerate(rows, start=1):
            for column, head in enumerate(heads):
                self._cell(sheet, index, column, head, row[head])
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(rows), len(heads) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def _cell(self, sheet: Any, row: int, column: int, head: str, value: Any) -> None:
        if value is None or value != value:
            sheet.write_blank(row, column, None, self._text)
        elif isinstance(value, str):
            sheet.write_string(row, column, harmless(value), self._text)
        elif "率" in head:
            sheet.write_number(row, column, float(value), self._rate)
        elif "万元" in head:
            sheet.write_number(row, column, float(value), self._money)
        elif isinstance(value, int):
            sheet.write_number(row, column, value, self._count)
        else:
            sheet.write_number(row, column, float(value), self._number)
