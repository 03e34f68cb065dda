"""绩效指标完成情况、扣分及原因."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from xlsuite.report.facts import Facts
from xlsuite.report.lines import Group, Line
from xlsuite.report.phrases import Missing, clause, earned, joined, listed, missing, points, quoted, sentence

_MEASURED = re.compile(r"\d")
_STOPS = re.compile(r"[，。；、,;“”]")
_SHORT = 16


@dataclass(frozen=True, slots=True)
class Deduction:
    """Points lost on one line, with the reason the table gives ("" when it gives none)."""

    name: str
    weight: Decimal
    score: Decimal
    reason: str

    @property
    def lost(self) -> Decimal:
        """Points lost."""
        return self.weight - self.score


def deductions(facts: Facts) -> list[Deduction]:
    """Every line that lost points, the execution rate first."""
    found = []
    weight, score = facts.execution_weight, facts.execution_score
    if weight is not None and score is not None and score < weight:
        cell = facts.funds.reason
        found.append(Deduction("预算执行率", weight, score, "" if cell.blank else cell.text.strip()))
    return found + [
        Deduction(line.level3 or line.level2, line.weight, line.score, line.reason)
        for line in facts.scored
        if line.weight is not None and line.score is not None and line.score < line.weight
    ]


def reason_text(name: str, reason: str) -> str:
    """Why points were lost, or the mark that nobody said."""
    return sentence(reason) if reason else missing(f"“{name}”的扣分原因及改进措施")


def _closed(reason: str) -> str:
    """A reason within running text: a mark gets the full stop a sentence has."""
    return f"{reason}。" if isinstance(reason, Missing) else reason


def deduction_text(item: Deduction) -> str:
    """One deduction in a sentence."""
    head = f"{quoted(item.name)}分值{points(item.weight)}，自评{earned(item.score)}，扣{points(item.lost)}。"
    return head + _closed(reason_text(item.name, item.reason))


def deductions_overview(facts: Facts) -> str:
    """How many lines lost how many points; says so when none did."""
    if not facts.scored and facts.execution_score is None:
        return missing("扣分指标及扣分原因")
    found = deductions(facts)
    if found:
        lost = sum((item.lost for item in found), Decimal(0))
        return f"共有{len(found)}项指标没有得满分，合计扣{points(lost)}。"
    if any(line.score is None for line in facts.scored):
        return missing("扣分指标及扣分原因")
    return "各项指标均得满分，没有扣分事项。"


def overview(facts: Facts) -> str:
    """绩效指标总体完成情况: how many indicators, how many met, how many with full marks."""
    lines = facts.scored
    if not lines:
        return missing("绩效指标完成情况")
    count = len(lines)
    kinds = len({(line.level1, line.level2) for line in lines})
    head = f"绩效指标共设置三级指标{count}项" + (f"，分属{kinds}类二级指标" if kinds > 1 and count > kinds else "")
    spare = sum(line.status == "不适用" for line in facts.lines)
    tail = f"另有{spare}项指标不适用，不参与评分。" if spare else ""
    return joined([head]) + _by_status(lines) + tail


def _by_status(lines: list[Line]) -> str:
    states = [line.status for line in lines]
    open_lines = states.count("未填报")
    if open_lines:
        return missing(f"{open_lines}项指标的实际完成值")
    if "" in states:
        return ""
    if set(states) == {"完成"}:
        return "对照年度指标值，各项指标全部完成。"
    counts = [f"{states.count(word)}项{word}" for word in ("完成", "部分完成", "未完成") if word in states]
    if len(counts) == 1:
        return f"对照年度指标值，{counts[0].replace('项', '项指标', 1)}。"
    return f"对照年度指标值，{'、'.join(counts)}。"


def group_scores(group: Group) -> str:
    """A level-1 group: its points, and those of its level-2 groups where there are several."""
    weight, score = group.weight, group.score
    if weight is None or score is None:
        return f"{group.label}设置三级指标{len(group.lines)}项。"
    head = f"{group.label}分值{points(weight)}，自评{earned(score, weight)}"
    parts = [f"{sub.label}{earned(sub.score)}" for sub in group.groups if sub.score is not None]
    if len(group.groups) > 1 and len(parts) == len(group.groups):
        return f"{head}，其中{listed(parts)}。"
    return f"{head}。"


def group_text(group: Group, *, reasons: bool = True) -> str:
    """A level-2 group: count and points, then its indicators, equal ones together, each deduction with its reason.

    ``reasons=False`` leaves the reasons to a list of deductions elsewhere in the report.
    """
    weight, score = group.weight, group.score
    head = [f"{group.label}设置三级指标{len(group.lines)}项"]
    if weight is not None and score is not None and len(group.lines) > 1:
        head += [f"分值{points(weight)}", f"自评{earned(score, weight)}"]
    parts: dict[tuple[str, str, bool], list[Line]] = {}
    for number, line in enumerate(group.lines):
        alone = bool(line.lost and line.lost > 0)
        key = (line.target, line.actual, True) if not alone else (str(number), "", False)
        parts.setdefault(key, []).append(line)
    return joined(head) + "".join(_lines_text(lines, reasons) for lines in parts.values())


def _lines_text(lines: list[Line], reasons: bool) -> str:
    first = lines[0]
    text = _names(lines) + _values(first, "均" if len(lines) > 1 else "")
    if len(lines) > 1 or first.weight is None or first.score is None:
        return text + "。"
    text += f"，分值{points(first.weight)}，{earned(first.score)}"
    if first.score >= first.weight:
        return text + (f"（{clause(first.reason)}）。" if first.reason and "\n" not in first.reason else "。")
    text = f"{text}，扣{points(first.weight - first.score)}。"
    return text + _closed(reason_text(first.level3 or first.level2, first.reason)) if reasons else text


def _names(lines: list[Line]) -> str:
    names = [line.level3 or line.level2 for line in lines]
    if len(names) <= 2:
        return "".join(quoted(name) for name in names)
    return f"{listed(names)}等{len(names)}项指标的"


def _values(line: Line, both: str) -> str:
    target, actual = _shown(line.target), _shown(line.actual)
    if not line.actual:
        return (
            f"年度指标值{both}为{target or missing('年度指标值')}，实际完成值{missing(f'“{line.level3}”的实际完成值')}"
        )
    if not line.target:
        return f"实际完成值{both}为{actual}"
    if target == actual:
        return f"年度指标值和实际完成值均为{target}"
    return f"年度指标值{both}为{target}，实际完成值{both}为{actual}"


def _shown(text: str) -> str:
    """A short value with a number or date as it is, words in quotation marks."""
    if not text or (len(text) <= _SHORT and _MEASURED.search(text) and not _STOPS.search(text)):
        return text
    return quoted(text.rstrip("。"))
