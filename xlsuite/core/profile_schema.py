"""The shape of a profile file as pydantic models: what a region's own file is held against, published as JSON Schema.

Not on the path of a check: :mod:`xlsuite.core.profile` reads the files without pydantic.
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from xlsuite.core.errors import ProfileError

Points = Annotated[Decimal, Field(ge=0, le=1000)]
Share = Annotated[Decimal, Field(ge=0, le=1)]
Ratio = Annotated[Decimal, Field(ge=0)]
Count = Annotated[int, Field(ge=0)]
Unit = Literal["points", "ratio", "money", "count", "flag", "text", "table"]
T = TypeVar("T")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class ExecutionBand(_Strict):
    """预算执行率不低于 from 的，得分值的 share。"""

    from_: Ratio = Field(alias="from")
    share: Share


class Scheme(_Strict):
    """一级指标分值的一种安排。"""

    name: str
    execution: Points = Decimal(0)
    cost: Points = Decimal(0)
    output: Points = Decimal(0)
    benefit: Points = Decimal(0)
    satisfaction: Points = Decimal(0)


class QualitativeBand(_Strict):
    """一档定性结论的写法和得分区间（占分值的比率）。"""

    words: list[str] = Field(min_length=1)
    low: Share
    high: Share
    open_high: bool = False


class Cap(_Strict):
    """执行率低于 below 的，总分不高于 cap。"""

    below: Ratio
    cap: Points


class GradeBand(_Strict):
    """总分不低于 from 的为该等级。"""

    name: str
    from_: Points = Field(alias="from")


PARAMETERS: dict[str, Any] = {
    "execution.method": Literal["proportional", "bands"],
    "execution.bands": list[ExecutionBand],
    "execution.cap": Ratio,
    "execution.zero_budget": Literal["undecided", "zero", "full", "excluded"],
    "execution.explain_below": Ratio,
    "execution.unspent_flag": Ratio,
    "execution.over_flag": Ratio,
    "weights.total": Points,
    "weights.execution": list[Points],
    "weights.schemes": list[Scheme],
    "weights.concentration": Share,
    "score.decimals": Count,
    "score.truncated": bool,
    "score.forward": Literal["proportional", "at_most"],
    "score.pass_line": Share,
    "score.reverse": Literal["deviation", "ratio", "either"],
    "score.equal": Literal["met", "exact", "either"],
    "score.cost": Literal["ceiling", "ratio", "either"],
    "score.late": Literal["zero", "partial", "undecided"],
    "score.qualitative": Annotated[list[QualitativeBand], Field(min_length=3, max_length=3)],
    "score.unfinished_ceiling": Share,
    "score.over_policy": Literal["none", "flag", "reason", "deduct"],
    "score.over_threshold": Ratio,
    "score.over_deduction": Points,
    "score.satisfaction_bands": list[ExecutionBand],
    "score.cap_by_execution": list[Cap],
    "grade.bands": Annotated[list[GradeBand], Field(min_length=1)],
    "grade.synonyms": dict[str, str],
    "coherence.gap": Ratio,
    "reason.required": bool,
    "reason.boilerplate": list[str],
    "indicators.few": Count,
    "indicators.many": Count,
    "tolerance.money": Ratio,
    "tolerance.score": Ratio,
    "tolerance.total": Ratio,
    "report.outline": str,
    "report.line_spacing": Count,
}
"""Every parameter of a profile with the type of its value."""


class Dated(_Strict, Generic[T]):
    """A value from a year on, with its source; ``verified`` only when it was checked against the source's text."""

    from_: int = Field(alias="from", ge=1990, le=2100)
    value: T
    source: str = Field(min_length=2)
    verified: bool = False


class ParameterEntry(_Strict, Generic[T]):
    """One parameter; label and unit may be left to the profile it extends."""

    label: str = ""
    unit: Unit | Literal[""] = ""
    values: list[Dated[T]] = Field(min_length=1)


class Switch(_Strict):
    """Whether a rule applies from a year on, and how severe it is."""

    from_: int = Field(alias="from", ge=1990, le=2100)
    apply: bool = True
    severity: Literal["error", "warning", "info"] | None = None
    source: str = Field(min_length=2)


class RuleEntry(_Strict):
    """Switches of one rule."""

    values: list[Switch] = Field(min_length=1)


class Detect(_Strict):
    """Names by which a form of this region is recognised, see :mod:`xlsuite.core.choose`."""

    provinces: list[str] = []
    cities: list[str] = []
    names: list[str] = []
    counties: list[str] = []
    elsewhere: list[str] = []


ParameterTable = create_model(  # type: ignore[call-overload]
    "ParameterTable",
    __base__=_Strict,
    **{
        name.replace(".", "_"): (ParameterEntry[kind] | None, Field(default=None, alias=name))  # type: ignore[valid-type]
        for name, kind in PARAMETERS.items()
    },
)


class ProfileDocument(_Strict):
    """A profile file. ``form`` is the blank form of the profile, described by ``xlsuite.blank.design``."""

    title: str = Field(min_length=2)
    extends: str = ""
    detect: Detect = Detect()
    params: ParameterTable = ParameterTable()  # type: ignore[valid-type]
    rules: dict[Annotated[str, Field(pattern=r"^[A-Z]{3}\d{3}$")], RuleEntry] = {}
    form: dict[str, Any] = {}


_WRONG = {
    "missing": "缺少这一项",
    "extra_forbidden": "不认识这一项，请核对名称",
    "literal_error": "不是允许的选项",
    "string_too_short": "不能为空",
    "too_short": "至少要有一项",
}


def profile_problems(raw: bytes) -> list[str]:
    """Everything wrong with a profile file, each as one Chinese sentence with its place; empty when it is right.

    Raises:
        ProfileError: the file is not TOML at all.
    """
    try:
        data = tomllib.loads(raw.decode("utf-8"), parse_float=Decimal)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ProfileError(f"口径文件不是正确的 TOML：{error}") from None
    try:
        ProfileDocument.model_validate(data)
    except ValidationError as error:
        return [
            f"{' → '.join(str(part) for part in item['loc'])}：{_WRONG.get(item['type'], item['msg'])}。"
            for item in error.errors()
        ]
    return []


def profile_schema() -> dict[str, Any]:
    """JSON Schema of a profile file."""
    return ProfileDocument.model_json_schema(by_alias=True)
