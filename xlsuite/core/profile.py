"""Profiles: the numbers of the law as data, by region and year, each with its source.

A profile is ``xlsuite/profiles/<id>.toml``. It ``extends`` another and states only what differs, from the year it says
on; before that year the inherited value holds::

    title = "湖南省项目支出绩效自评"
    extends = "national-2020"

    [detect]                                # how it is recognised, see xlsuite/core/choose.py
    regions = ["湖南", "益阳"]

    [params."execution.weight"]
    label = "预算执行率分值"
    unit = "points"
    values = [{ from = 2020, value = 10, source = "财预〔2020〕10号", verified = true }]

    [rules.FND108]
    values = [{ from = 2020, apply = false, severity = "warning", source = "…" }]

Values are looked up at the form's year, never at today; a parameter without a value for that year is an error.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from xlsuite.core.errors import ProfileError
from xlsuite.core.finding import Severity
from xlsuite.core.shipped import shipped

ROOT = "neutral"


@dataclass(frozen=True, slots=True)
class Setting:
    """One dated value of a parameter. ``verified`` is False for general knowledge not checked against the text."""

    since: int
    value: Any
    source: str
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter with its label, unit (points, ratio, money, count, flag, text, table) and dated values."""

    name: str
    label: str
    unit: str
    values: tuple[Setting, ...]
    profile: str


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """Whether a rule applies and how severe it is; ``severity`` None keeps the rule's own."""

    apply: bool = True
    severity: Severity | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class ProfileFile:
    """A profile as written, with everything inherited already merged in."""

    id: str
    title: str
    parents: tuple[str, ...]
    detect: dict[str, Any]
    parameters: dict[str, Parameter]
    rules: dict[str, tuple[tuple[int, RuleSetting], ...]]
    form: dict[str, Any] = field(default_factory=dict)
    """The ``[form]`` table: the blank form of this profile, read by ``xlsuite.blank.design``."""
    years: dict[int | None, Profile] = field(default_factory=dict, compare=False, repr=False)
    """Profiles already made by :meth:`at`."""

    def at(self, year: int | None) -> Profile:
        """The profile for forms of one year; None takes the newest values."""
        if year not in self.years:
            self.years[year] = _at(self, year)
        return self.years[year]


_ALWAYS = RuleSetting()


@dataclass(slots=True)
class Profile:
    """Parameters of a region in a year: ``profile["execution.weight"]``, ``profile.source("execution.weight")``."""

    id: str
    title: str
    year: int | None
    settings: dict[str, Setting] = field(default_factory=dict)
    rules: dict[str, RuleSetting] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        try:
            return self.settings[name].value
        except KeyError:
            when = f"{self.year} 年" if self.year else "任何年份"
            raise ProfileError(
                f"口径“{self.id}”没有为{when}规定参数 {name}，请在该口径文件中补上并写明出处。"
            ) from None

    def source(self, name: str) -> str:
        """Where a value comes from; says so when it has not been verified against the official text."""
        setting = self.settings.get(name)
        if setting is None:
            return ""
        return setting.source if setting.verified else f"{setting.source}（出处未核对原文）"

    def rule(self, code: str) -> RuleSetting:
        """Switch and severity of a rule in this profile."""
        return self.rules.get(code, _ALWAYS)


def profile_ids() -> list[str]:
    """Ids of the profiles that come with the package, sorted."""
    return sorted(
        entry.name[:-5]
        for entry in shipped("profiles").iterdir()
        if entry.name.endswith(".toml") and entry.name != "labels.toml"
    )


@lru_cache(maxsize=64)
def load(profile_id: str) -> ProfileFile:
    """Read a shipped profile by id, or a user's own by path (``…/我区.toml``).

    A user's own file is first held against the published shape, so that every mistake in it is told at once.
    """
    own = profile_id.endswith(".toml")
    try:
        raw = Path(profile_id).read_bytes() if own else (shipped("profiles") / f"{profile_id}.toml").read_bytes()
    except OSError:
        known = "、".join(profile_ids())
        raise ProfileError(f"没有名为“{profile_id}”的口径，可用的有：{known}。") from None
    if not own:
        return parse(profile_id, raw)
    from xlsuite.core.profile_schema import profile_problems

    problems = profile_problems(raw)
    if problems:
        raise ProfileError(f"口径文件 {Path(profile_id).name} 有 {len(problems)} 处问题：{''.join(problems)}")
    try:
        return parse(Path(profile_id).stem, raw)
    except RecursionError:
        raise ProfileError(f"口径文件 {Path(profile_id).name} 的 extends 转了一圈又回到自己，请改正。") from None


def parse(profile_id: str, raw: bytes) -> ProfileFile:
    """Parse and check one profile file; raises :class:`ProfileError` naming the file and the entry."""
    try:
        data = tomllib.loads(raw.decode("utf-8"), parse_float=Decimal)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ProfileError(f"口径文件 {profile_id}.toml 不是正确的 TOML：{error}") from None
    unknown = set(data) - {"title", "extends", "detect", "params", "rules", "form"}
    if unknown:
        raise ProfileError(f"口径文件 {profile_id}.toml 有不认识的项目：{'、'.join(sorted(unknown))}。")
    parent = load(data["extends"]) if data.get("extends") else None
    parameters = dict(parent.parameters) if parent else {}
    for name, entry in data.get("params", {}).items():
        parameters[name] = _parameter(profile_id, name, entry, parameters.get(name))
    rules = dict(parent.rules) if parent else {}
    for code, entry in data.get("rules", {}).items():
        rules[code] = tuple(sorted(_switches(profile_id, code, entry), key=lambda item: item[0]))
    parents = (parent.id, *parent.parents) if parent else ()
    form = data.get("form") or (parent.form if parent else {})
    title = str(data.get("title", profile_id))
    return ProfileFile(profile_id, title, parents, data.get("detect", {}), parameters, rules, form)


def _parameter(profile_id: str, name: str, entry: dict[str, Any], inherited: Parameter | None) -> Parameter:
    label = entry.get("label") or (inherited.label if inherited else "")
    unit = entry.get("unit") or (inherited.unit if inherited else "")
    values = []
    for item in entry.get("values", ()):
        if "value" not in item or "from" not in item or not item.get("source"):
            raise ProfileError(f"口径文件 {profile_id}.toml 的参数 {name} 缺少 from、value 或 source。")
        value = item["value"]
        if isinstance(value, int) and not isinstance(value, bool):
            value = Decimal(value)
        values.append(Setting(int(item["from"]), value, item["source"], bool(item.get("verified", False))))
    if not values or not label or not unit:
        raise ProfileError(f"口径文件 {profile_id}.toml 的参数 {name} 缺少 label、unit 或 values。")
    values.sort(key=lambda setting: setting.since)
    earlier = [v for v in inherited.values if v.since < values[0].since] if inherited else []
    return Parameter(name, label, unit, (*earlier, *values), profile_id)


def _switches(profile_id: str, code: str, entry: dict[str, Any]) -> list[tuple[int, RuleSetting]]:
    found = []
    for item in entry.get("values", ()):
        if "from" not in item or not item.get("source"):
            raise ProfileError(f"口径文件 {profile_id}.toml 的规则 {code} 缺少 from 或 source。")
        severity = Severity(item["severity"]) if "severity" in item else None
        found.append((int(item["from"]), RuleSetting(bool(item.get("apply", True)), severity, item["source"])))
    return found


def _at(source: ProfileFile, year: int | None) -> Profile:
    when = 9999 if year is None else year
    settings = {}
    for name, parameter in source.parameters.items():
        valid = [value for value in parameter.values if value.since <= when]
        if valid:
            settings[name] = valid[-1]
    switches = {}
    for code, dated in source.rules.items():
        valid_switches = [switch for since, switch in dated if since <= when]
        if valid_switches:
            switches[code] = valid_switches[-1]
    return Profile(source.id, source.title, year, settings, switches)
