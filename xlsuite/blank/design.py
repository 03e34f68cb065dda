"""What a profile says about its form: labels, columns, funds rows and indicator groups, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from xlsuite.core.errors import ProfileError
from xlsuite.core.profile import ProfileFile

COLUMN_LABELS = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "nature": "指标性质",
    "target": "年度指标值",
    "unit": "度量单位",
    "actual": "实际完成值",
    "weight": "分值",
    "score": "得分",
    "reason": "偏差原因分析及改进措施",
}
COLUMN_WIDTHS = {
    "level1": 9.5,
    "level2": 11,
    "level3": 22,
    "nature": 8,
    "target": 13,
    "unit": 8,
    "weight": 7.5,
    "actual": 15,
    "score": 8.5,
    "reason": 22,
}


@dataclass(frozen=True, slots=True)
class GroupDesign:
    """A level-1 group: its label, its preset weight (None leaves it open) and its level-2 kinds with row counts."""

    label: str
    weight: int | None
    children: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class FormDesign:
    """The form of a profile. ``columns`` are keys of :data:`COLUMN_LABELS` in printed order."""

    title: str
    amount_unit: str
    execution_weight: int | None
    funds: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    groups: tuple[GroupDesign, ...]
    annex: str = ""
    grade_label: str = ""
    labels: dict[str, str] = field(default_factory=dict)

    def label(self, key: str) -> str:
        """Printed heading of a column."""
        return self.labels.get(key, COLUMN_LABELS[key])


_DEFAULT_ROWS = 2


def form_design(profile: ProfileFile) -> FormDesign:
    """The form a profile describes.

    Raises:
        ProfileError: the profile has no ``[form]`` table, or an entry of it is unknown.
    """
    raw = profile.form
    if not raw:
        raise ProfileError(f"口径“{profile.id}”没有规定表样（[form]），请换一个口径，或在口径文件里补上。")
    columns = tuple(raw.get("columns", [key for key in COLUMN_LABELS if key not in ("nature", "unit")]))
    unknown = [key for key in columns if key not in COLUMN_LABELS]
    if unknown:
        raise ProfileError(f"口径文件 {profile.id}.toml 的 [form] 有不认识的列：{'、'.join(unknown)}。")
    return FormDesign(
        title=raw.get("title", "（{year}年度）项目支出绩效自评表"),
        amount_unit=raw.get("amount_unit", "万元"),
        execution_weight=raw.get("execution_weight"),
        funds=tuple((kind, label) for kind, label in raw["funds"]),
        columns=columns,
        groups=tuple(_group(entry) for entry in raw["groups"]),
        annex=raw.get("annex", ""),
        grade_label=raw.get("grade_label", ""),
        labels=raw.get("labels", {}),
    )


def _group(entry: dict[str, Any]) -> GroupDesign:
    children = tuple(
        (child, _DEFAULT_ROWS) if isinstance(child, str) else (str(child[0]), int(child[1]))
        for child in entry["children"]
    )
    return GroupDesign(str(entry["label"]), entry.get("weight"), children)
