"""Profiles as data: complete in every year, each number with its source, each file of the published shape."""

from __future__ import annotations

from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest

from xlsuite.core.errors import ProfileError
from xlsuite.core.finding import INFO
from xlsuite.core.profile import ROOT, load, parse, profile_ids
from xlsuite.core.profile_schema import PARAMETERS, profile_problems, profile_schema

IDS = profile_ids()
SHIPPED = {"neutral", "national-2020", "national-2021", "hunan", "guangdong", "sichuan", "yunnan", "hubei"}


def test_the_promised_profiles_are_there() -> None:
    assert set(IDS) >= SHIPPED


@pytest.mark.parametrize("profile_id", IDS)
def test_shape(profile_id: str) -> None:
    raw = files("xlsuite.profiles").joinpath(f"{profile_id}.toml").read_bytes()
    assert profile_problems(raw) == []


def test_neutral_states_every_parameter() -> None:
    assert set(load(ROOT).parameters) == set(PARAMETERS)


@pytest.mark.parametrize("profile_id", IDS)
@pytest.mark.parametrize("year", [2015, 2018, 2020, 2021, 2024, None])
def test_every_parameter_has_a_value_in_every_year(profile_id: str, year: int | None) -> None:
    profile = load(profile_id).at(year)
    for name in PARAMETERS:
        assert profile[name] is not None
        assert profile.source(name)


@pytest.mark.parametrize("profile_id", IDS)
def test_everything_descends_from_neutral(profile_id: str) -> None:
    assert profile_id == ROOT or load(profile_id).parents[-1] == ROOT


@pytest.mark.parametrize("profile_id", IDS)
def test_schemes_add_up(profile_id: str) -> None:
    for year in (2019, 2021, 2024):
        profile = load(profile_id).at(year)
        for scheme in profile["weights.schemes"]:
            parts = [Decimal(points) for key, points in scheme.items() if key != "name"]
            assert sum(parts) == profile["weights.total"], scheme


@pytest.mark.parametrize("profile_id", IDS)
def test_bands_are_in_order(profile_id: str) -> None:
    profile = load(profile_id).at(2023)
    bands = profile["score.qualitative"]
    assert [Decimal(band["low"]) for band in bands] == sorted((Decimal(band["low"]) for band in bands), reverse=True)
    assert bands[-1]["low"] == 0
    for band in bands:
        assert band["low"] < band["high"] <= 1
    grades = [band["from"] for band in profile["grade.bands"]]
    assert grades == sorted(grades, reverse=True)
    assert grades[-1] == 0


def test_unverified_sources_say_so() -> None:
    profile = load("national-2021").at(2022)
    assert profile.source("score.satisfaction_bands").endswith("（出处未核对原文）")
    assert "未核对" not in load("hubei").at(2022).source("score.reverse")


def test_values_are_taken_at_the_forms_year() -> None:
    before, after = load("national-2021").at(2020), load("national-2021").at(2021)
    assert before["score.pass_line"] == 0
    assert after["score.pass_line"] == Decimal("0.6")


def test_what_a_province_does_not_state_is_inherited() -> None:
    hubei, national = load("hubei").at(2022), load("national-2020").at(2022)
    assert hubei["score.unfinished_ceiling"] == Decimal("0.5")
    assert hubei["score.forward"] == national["score.forward"] == "proportional"
    assert hubei["weights.execution"] == [20]


def test_earlier_values_of_the_parent_stay() -> None:
    raw = """title = "区"
extends = "national-2020"
[params."score.late"]
values = [{ from = 2024, value = "zero", source = "区文件" }]
"""
    found = parse("district", raw.encode())
    values = {setting.since: setting.value for setting in found.parameters["score.late"].values}
    assert values == {2000: "partial", 2024: "zero"}


def test_no_place_belongs_to_two_provinces() -> None:
    seen: dict[str, str] = {}
    for profile_id in IDS:
        detect = load(profile_id).detect
        for key in ("provinces", "cities", "names", "counties"):
            for name in detect.get(key, ()):
                assert seen.setdefault(name, profile_id) == profile_id, name


def test_problems_are_told_in_chinese_with_their_place() -> None:
    raw = """title = "区"
[params."score.late"]
values = [{ from = 2000, value = "never", source = "" }]
[params."no.such"]
values = []
[rules.FND]
values = [{ from = 2000 }]
"""
    problems = profile_problems(raw.encode())
    assert any("title" in problem for problem in problems)
    assert any("score.late" in problem and "不是允许的选项" in problem for problem in problems)
    assert any("no.such" in problem and "不认识" in problem for problem in problems)
    assert all(problem.endswith("。") for problem in problems)


def test_no_toml_is_an_error() -> None:
    with pytest.raises(ProfileError, match="TOML"):
        profile_problems(b"= broken")


def test_published_schema_names_every_parameter() -> None:
    schema = profile_schema()
    assert set(schema["$defs"]["ParameterTable"]["properties"]) == set(PARAMETERS)
    assert schema["additionalProperties"] is False


def own(folder: Path, text: str) -> str:
    path = folder / "我区.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_regions_own_file(tmp_path: Path) -> None:
    text = """title = "我区口径"
extends = "hunan"
[params."score.late"]
values = [{ from = 2023, value = "zero", source = "我区〔2023〕1号", verified = true }]
[rules.FND108]
values = [
  { from = 2023, apply = false, source = "我区〔2023〕1号" },
  { from = 2020, severity = "info", source = "我区" },
]
"""
    found = load(own(tmp_path, text))
    assert found.id == "我区"
    assert found.parents == ("hunan", "national-2020", "neutral")
    assert found.at(2024)["score.late"] == "zero"
    assert found.at(2022)["score.late"] == "partial"
    assert found.at(2024) is found.at(2024)
    assert not found.at(2023).rule("FND108").apply
    assert found.at(2022).rule("FND108").severity is INFO
    assert found.at(2019).rule("FND108").apply
    assert found.at(2024).source("no.such") == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("= broken", "TOML"),
        (
            'title = "我区口径"\n[params."score.late"]\nvalues = [{ from = 2020, value = "never", source = "甲乙" }]',
            "不是允许的选项",
        ),
        ('title = "我区口径"\nextends = "nowhere"', "没有名为“nowhere”的口径"),
        ('title = "我区口径"\nextends = "{path}"', "转了一圈"),
    ],
)
def test_mistakes_in_a_regions_own_file(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "我区.toml"
    path.write_text(text.replace("{path}", str(path)), encoding="utf-8")
    with pytest.raises(ProfileError, match=said):
        load(str(path))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colour = 1", "不认识的项目：colour"),
        ('[params."a.b"]\nlabel = "甲"\nunit = "text"\nvalues = []', "缺少 label、unit 或 values"),
        (
            '[params."a.b"]\nlabel = "甲"\nunit = "text"\nvalues = [{ from = 2020, value = 1 }]',
            "缺少 from、value 或 source",
        ),
        ('[params."a.b"]\nvalues = [{ from = 2020, value = 1, source = "甲" }]', "缺少 label"),
        ("[rules.FND101]\nvalues = [{ from = 2020 }]", "缺少 from 或 source"),
        ("\x00", "不是正确的 TOML"),
    ],
)
def test_ill_formed_profiles_are_refused(text: str, said: str) -> None:
    with pytest.raises(ProfileError, match=said):
        parse("x", text.encode())


def test_unknown_profile_and_parameter() -> None:
    with pytest.raises(ProfileError, match="没有名为“atlantis”的口径，可用的有"):
        load("atlantis")
    with pytest.raises(ProfileError, match="没有为2022 年规定参数 no"):
        load("neutral").at(2022)["no.such"]
    with pytest.raises(ProfileError, match="任何年份"):
        load("neutral").at(None)["no.such"]


@pytest.mark.parametrize("profile_id", IDS)
def test_outline_has_its_template(profile_id: str) -> None:
    outline = load(profile_id).at(2022)["report.outline"]
    assert (Path(__file__).parents[2] / "templates" / f"{outline}.docx").is_file()
