"""The published JSON contract as models: ``xlsuite.forms/1`` and ``xlsuite.findings/1``.

The writers in ``xlsuite.output`` produce these shapes directly, for speed; tests hold their output against these
models, and ``xlsuite schema`` prints the JSON Schema made from them. Numbers are strings: no reader rounds them.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Model(BaseModel):
    """Base: unknown members are an error, so that the contract cannot drift silently."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class ParsedModel(Model):
    """How a target or actual value was understood."""

    kind: Literal["blank", "na", "number", "range", "date", "word"]
    operator: str = Field(description="≥ > ≤ < = or empty")
    number: str | None = Field(description="in the printed unit: 95 for 95%")
    upper: str | None = Field(description="upper end of a range")
    unit: str
    date: str | None = Field(description="YYYY-MM-DD, with ? for parts the text leaves open")
    strict: bool = Field(description="false when the number was picked out of a longer phrase")


class CellModel(Model):
    """One cell. ``value`` is a decimal string, a text or an integer (year); null when blank or not understood."""

    cell: str = Field(examples=["F12"])
    text: str = Field(examples=["77.11%"], description="what the user sees")
    value: str | int | None = Field(examples=["0.7711"])
    formula: str | None = None
    parsed: ParsedModel | None = None


Leaf = CellModel | None


class FundModel(Model):
    """A row of the funds block; amounts in ``amount_unit``, rate as a ratio."""

    kind: str = Field(description="total, fiscal, carryover, other, …")
    label: Leaf
    initial: Leaf = Field(description="年初预算数")
    adjustment: Leaf = Field(description="预算调整数")
    budget: Leaf = Field(description="全年预算数")
    executed: Leaf = Field(description="全年执行数")
    weight: Leaf = Field(description="分值")
    rate: Leaf = Field(description="执行率")
    score: Leaf = Field(description="得分")
    reason: Leaf = Field(description="偏差原因")


class GoalModel(Model):
    """年度总体目标."""

    expected: Leaf
    actual: Leaf


class IndicatorModel(Model):
    """绩效指标."""

    level1: Leaf
    level2: Leaf
    level3: Leaf
    nature: Leaf = Field(description="指标性质")
    unit: Leaf = Field(description="度量单位")
    target: Leaf = Field(description="年度指标值")
    actual: Leaf = Field(description="实际完成值")
    weight: Leaf = Field(description="分值")
    score: Leaf = Field(description="得分")
    reason: Leaf = Field(description="偏差原因分析及改进措施")
    extra: dict[str, Leaf] = Field(description="further columns by their heading")
    dimension: str
    aspect: str


class TotalModel(Model):
    """总分."""

    weight: Leaf
    score: Leaf


class RemarkModel(Model):
    """Something that was not understood."""

    cell: str | None
    text: str
    message: str


class FormModel(Model):
    """A form as read."""

    sheet: str
    range: str = Field(examples=["A3:I42"])
    kind: Literal["project", "department", "transfer"]
    profile: str
    amount_unit: str
    title: Leaf
    year: Leaf
    info: dict[str, Leaf]
    funds: list[FundModel]
    goals: list[GoalModel]
    indicators: list[IndicatorModel]
    total: TotalModel
    grade: Leaf
    remarks: list[RemarkModel]


class FormsFile(Model):
    """One file of ``show``."""

    file: str
    sha256: str
    error: str | None
    forms: list[FormModel]


class FormsDocument(Model):
    """``show --format json``."""

    schema_: Literal["xlsuite.forms/1"] = Field(alias="schema")
    files: list[FormsFile]


class ScoreModel(Model):
    """总分: printed beside recomputed; ``recomputed`` is null where the law leaves an interval."""

    printed: str | None
    recomputed: str | None
    low: str | None
    high: str | None
    grade: str | None = Field(description="recomputed grade, 良 or 良–优 where the interval crosses a boundary")


class ExecutionModel(Model):
    """预算执行: printed beside recomputed."""

    rate_printed: str | None
    rate: str | None
    score_printed: str | None
    score: str | None


class FactsModel(Model):
    """What identifies a form in a list; amounts in ``amount_unit``."""

    project_name: str
    department: str
    unit: str
    title: str
    year: int | None
    kind: Literal["project", "department", "transfer"]
    amount_unit: str
    initial: str | None
    budget: str | None
    executed: str | None
    grade_printed: str | None
    indicators: int
    aspects: dict[str, tuple[str, str, str]] = Field(
        description="by standard level-2 kind: scored indicators, sum of weights, sum of printed scores"
    )


class FormRules(Model):
    """How many rules ran on a form, and which lacked data."""

    run: int
    undecided: list[tuple[str, str]]


class CheckedForm(Model):
    """A form in ``check``; ``findings`` counts those of this form, in the order of the file's list."""

    sheet: str
    profile: str
    profile_title: str
    profile_reason: str
    score: ScoreModel
    execution: ExecutionModel
    facts: FactsModel
    rules: FormRules
    findings: int
    view: dict[str, Any] | None = Field(default=None, description="entries for drill-down pages; absent in check")


class FindingModel(Model):
    """A finding. In ``audit`` ``cell`` may be null; ``paragraph`` and ``quote`` then say where."""

    code: str
    severity: Literal["error", "warning", "info"]
    sheet: str | None
    cell: str | None
    field: str
    message: str
    printed: str
    expected: str
    difference: str
    basis: str
    suggestion: str
    fingerprint: str
    certain: bool
    paragraph: int | None
    quote: str
    explanation: str = Field(description="what the user wrote about it on the sheet 校验结果")
    explanation_state: str
    explained: bool = Field(description="a warning or hint that stands with a meaningful explanation")


class RulesModel(Model):
    """How many rules ran, and which lacked data."""

    run: int
    undecidable: int
    undecided: list[tuple[str, str]] = Field(description="rule code and reason")


class FindingsFile(Model):
    """One file of ``check`` or ``audit``."""

    file: str
    sha256: str
    error: str | None
    remarks: list[str] = Field(description="what the file as a whole shows, in Chinese")
    forms: list[CheckedForm]
    findings: list[FindingModel]
    rules: RulesModel


class SummaryModel(Model):
    """Counts over all files."""

    files: int
    unreadable: int
    forms: int
    errors: int
    warnings: int
    infos: int


class FindingsDocument(Model):
    """``check --format json`` and ``audit --format json``."""

    schema_: Literal["xlsuite.findings/1"] = Field(alias="schema")
    files: list[FindingsFile]
    summary: SummaryModel


def json_schema(name: str) -> dict[str, Any]:
    """JSON Schema of a published document: ``forms`` or ``findings``."""
    documents: dict[str, type[Model]] = {"forms": FormsDocument, "findings": FindingsDocument}
    return documents[name].model_json_schema(by_alias=True)
