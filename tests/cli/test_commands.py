"""What every command has in common: help, exit codes, and the published JSON."""

from __future__ import annotations

import csv
import io
import json
import shutil
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from tests.cli.conftest import EXAMPLES, Call
from xlsuite.cli import COMMANDS
from xlsuite.core.contract import FindingsDocument, FormsDocument
from xlsuite.core.profile import profile_ids
from xlsuite.core.registry import rules

LATIN_HELP = ("usage", "positional", "optional", "options:", "show this", "default:", "required")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_fits_a_screen_and_gives_an_example(call: Call, command: str) -> None:
    said = call(command, "--help")
    lines = said.out.splitlines()
    assert said.code == 0
    assert len(lines) <= 40
    assert f"xlsuite {command}" in said.out.partition("例：")[2]
    assert lines[0].startswith(f"用法：xlsuite {command}")
    assert not [word for word in LATIN_HELP if word in said.out.lower()]


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["help"]])
def test_the_overview_names_every_command(call: Call, arguments: list[str]) -> None:
    said = call(*arguments)
    assert said.code == 0
    assert [name for name in COMMANDS if f"\n  {name} " not in said.out] == []


def test_without_a_command_the_overview_is_shown_and_nothing_was_done(call: Call) -> None:
    assert call().code == 2


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["chek", "x.xlsx"], "check"),
        (["repot", "x.xlsx"], "report"),
        (["rules", "FDN102"], "FND102"),
        (["profiles", "hunnan"], "hunan"),
        (["check", EXAMPLES / "yiyang-2022.xlsx", "--profile", "hunnan"], "hunan"),
        (["new", "表.xlsx", "--profile", "sichaun"], "sichuan"),
    ],
)
def test_a_slip_of_the_pen_is_met_with_what_was_probably_meant(
    call: Call, arguments: list[object], expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = call(*arguments)
    assert said.code == 2
    assert expected in said.err + said.out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["check"], "还缺少参数"),
        (["check", "没有这个.xlsx"], "找不到“没有这个.xlsx”"),
        (["check", EXAMPLES, "--format", "pdf"], "不是可选的值"),
        (["check", EXAMPLES, "--jobs", "两个"], "0 到 256 的整数"),
        (["check", EXAMPLES, "--jobs=-1"], "0 到 256 的整数"),
        (["check", EXAMPLES, "--timeout", "0"], "大于 0 的秒数"),
        (["check", EXAMPLES, "--profile", "hunnan"], "hunan"),
        (["rollup", EXAMPLES, "-o", "汇总.xlsx", "--profile", "hunnan"], "hunan"),
        (["recalc", EXAMPLES, "--dry-run", "--profile", "hunnan"], "hunan"),
        (["check", EXAMPLES, "--format", "html"], "-o 结果.html"),
        (["check", EXAMPLES, "--resume"], "--journal"),
        (["check", EXAMPLES, "--select", "ABC999"], "ABC999"),
        (["check", EXAMPLES, "--ignore", "FDN102"], "FND102"),
        (["check", EXAMPLES, "--format", "csv", "-o", "没有/结果.csv"], "不存在"),
        (["check", EXAMPLES, "--mark", "--format", "json"], "--mark"),
        (["recalc", EXAMPLES, "--dry-run", "--in-place"], "不能同时使用"),
        (["report", "没有.xlsx"], "没有.xlsx"),
        (["audit", "没有.docx"], "没有.docx"),
        (["template", "check"], "请写出要检查的模板"),
        (["template", "check", "没有.docx"], "没有.docx"),
        (["rollup", EXAMPLES], "还缺少参数"),
        (["rollup", EXAMPLES, "-o", "汇总.csv"], ".xlsx"),
        (["new", "表.doc"], ".xlsx"),
        (["profiles", "没有.toml"], "没有.toml"),
        (["schema", "nothing"], "不是可选的值"),
    ],
)
def test_a_wrong_call_says_in_chinese_what_to_do_and_exits_with_2(
    call: Call, arguments: list[object], expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = call(*arguments)
    assert said.code == 2
    assert said.err.startswith("xlsuite：")
    assert expected in said.err
    assert said.out == ""
    assert list(tmp_path.iterdir()) == [], "a refused call leaves nothing behind"


def test_exit_codes_follow_what_was_found(call: Call, wrong: Path, broken: Path, tmp_path: Path) -> None:
    clean = tmp_path / "改好.xlsx"
    assert call("check", wrong).code == 1
    assert call("check", wrong, "--fail-on", "never").code == 0
    assert call("check", wrong, "--select", "GRD").code == 0
    assert call("check", broken).code == 2
    assert call("check", broken, "--fail-on", "never").code == 2
    shutil.copy(EXAMPLES / "yiyang-2022.xlsx", clean)
    assert call("show", clean).code == 0
    assert call("show", broken).code == 2


def test_a_bad_file_does_not_keep_the_others_from_being_checked(call: Call, folder: Path, broken: Path) -> None:
    shutil.copy(broken, folder / "a坏.xlsx")
    (folder / "z空.xlsx").write_bytes(b"")
    (folder / "~$yiyang-2022.xlsx").write_bytes(b"lock")
    (folder / "说明.txt").write_text("不是工作簿", "utf-8")
    said = call("check", folder, broken, "--format", "json")
    document = FindingsDocument.model_validate_json(said.out)
    assert said.code == 2
    assert document.summary.files == len(list(EXAMPLES.glob("*.xlsx"))) + 3
    assert sorted(Path(file.file).name for file in document.files if file.error) == ["a坏.xlsx", "z空.xlsx", "坏.xlsx"]
    assert all(file.forms for file in document.files if not file.error)


def test_the_same_file_named_twice_is_checked_once(call: Call, folder: Path) -> None:
    said = call("check", folder, folder / "yiyang-2022.xlsx", folder, "--format", "jsonl")
    names = [json.loads(line)["file"] for line in said.out.splitlines()]
    assert len(names) == len(set(names)) == len(list(EXAMPLES.glob("*.xlsx")))


def test_json_of_check_keeps_the_contract(call: Call, folder: Path) -> None:
    document = FindingsDocument.model_validate_json(call("check", folder, "--format", "json").out)
    assert document.summary.files == len(document.files)
    assert document.summary.errors == sum(f.severity == "error" for file in document.files for f in file.findings)


def test_json_of_show_keeps_the_contract(call: Call, folder: Path, broken: Path) -> None:
    said = call("show", folder, broken, "--format", "json")
    document = FormsDocument.model_validate_json(said.out)
    assert said.code == 2
    assert [bool(file.error) for file in document.files].count(True) == 1
    assert all(file.forms for file in document.files if not file.error)


def test_json_of_audit_keeps_the_contract(call: Call, wrong: Path, tmp_path: Path) -> None:
    text = tmp_path / "报告.txt"
    text.write_text("项目自评报告\n全年预算数100万元，全年执行数50万元，预算执行率为90%。", "utf-8")
    said = call("audit", text, "--format", "json")
    document = FindingsDocument.model_validate_json(said.out)
    assert said.code == 1
    assert document.summary.errors >= 1
    assert all(finding.cell is None for finding in document.files[0].findings)
    assert any("90" in finding.quote or "90" in finding.message for finding in document.files[0].findings)


@pytest.mark.parametrize("name", ["forms", "findings", "profile"])
def test_the_schema_is_printed(call: Call, name: str) -> None:
    made = json.loads(call("schema", name).out)
    assert made["type"] == "object"
    assert made["properties"]
    assert json.loads(call("schema").out)[name] == made


@pytest.mark.parametrize("style", ["text", "json", "jsonl", "csv", "sarif", "junit", "xlsx", "html"])
def test_every_format_can_go_to_a_file(call: Call, folder: Path, tmp_path: Path, style: str) -> None:
    target = tmp_path / f"结果 一.{style}"
    said = call("check", folder, "--format", style, "-o", target)
    assert said.code == 1
    assert said.out == ""
    assert str(target) in said.err
    assert target.stat().st_size > 500
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".tmp")] == []


def test_formats_on_stdout_are_what_they_are_called(call: Call, folder: Path) -> None:
    assert json.loads(call("check", folder, "--format", "sarif").out)["version"] == "2.1.0"
    assert ElementTree.fromstring(call("check", folder, "--format", "junit").out).tag == "testsuites"
    rows = list(csv.DictReader(io.StringIO(call("check", folder, "--format", "csv").out.lstrip("\ufeff"))))
    assert {"文件", "级别", "规则", "问题"} <= set(rows[0])


def test_rules_are_listed_and_each_can_be_explained(call: Call) -> None:
    listed = call("rules")
    assert listed.code == 0
    for rule in rules():
        assert f"  {rule.code} " in listed.out
        said = call("rules", rule.code)
        assert said.code == 0
        assert [word for word in ("为什么", "错误", "正确", "改法", "依据") if word not in said.out] == []
    assert len(json.loads(call("rules", "--format", "json").out)) == len(rules())
    assert call("rules", "fnd").out.count("FND") >= 5


def test_profiles_are_listed_with_every_number_and_its_source(call: Call) -> None:
    listed = call("profiles").out
    for profile_id in profile_ids():
        assert profile_id in listed
        said = call("profiles", profile_id)
        assert said.code == 0
        assert "依据：" in said.out


def test_completion_knows_the_commands(call: Call) -> None:
    for shell in ("bash", "zsh", "powershell"):
        said = call("completion", shell)
        assert said.code == 0, shell
        assert [name for name in COMMANDS if name not in said.out] == []
