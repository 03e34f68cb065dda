"""Commands that write files: nothing is touched that was not asked for, and what was written is right."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.cli.conftest import EXAMPLES, Call
from xlsuite.core.profile import profile_ids
from xlsuite.core.registry import rules

COMPUTED = ("FND104", "FND102", "SCO101")


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def errors(call: Call, path: Path) -> list[str]:
    made = [json.loads(line) for line in call("check", path, "--format", "jsonl").out.splitlines()]
    return [finding["code"] for file in made for finding in file["findings"] if finding["severity"] == "error"]


def test_a_dry_run_says_what_it_would_change_and_writes_nothing(call: Call, wrong: Path) -> None:
    before = digests(wrong.parent)
    said = call("recalc", wrong, "--dry-run")
    assert said.code == 0
    assert "→" in said.out
    assert "没有写入" in said.out
    assert digests(wrong.parent) == before


def test_recalc_into_a_folder_leaves_the_originals_and_keeps_the_arrangement(
    call: Call, folder: Path, wrong: Path, tmp_path: Path
) -> None:
    (folder / "下级 单位").mkdir()
    wrong.replace(folder / "下级 单位" / wrong.name)
    before, target = digests(folder), tmp_path / "改正 后"
    said = call("recalc", folder, "-o", target, "--no-recompute")
    assert said.code == 0
    assert digests(folder) == before
    assert (target / "下级 单位" / wrong.name).exists()
    assert set(digests(target)) <= set(before)


def test_recalc_twice_changes_nothing_more_and_the_check_agrees(call: Call, wrong: Path) -> None:
    assert set(errors(call, wrong)) & set(COMPUTED)
    assert call("recalc", wrong, "--in-place", "--no-recompute").code == 0
    once = wrong.read_bytes()
    again = call("recalc", wrong, "--in-place", "--no-recompute")
    assert again.code == 0
    assert "不用改" in again.out
    assert wrong.read_bytes() == once
    assert not set(errors(call, wrong)) & set(COMPUTED)


def test_recalc_in_place_keeps_a_backup_of_the_original(call: Call, wrong: Path) -> None:
    original = wrong.read_bytes()
    said = call("recalc", wrong, "--in-place", "--no-recompute")
    kept = [path for path in wrong.parent.iterdir() if "备份" in path.name]
    assert [path.read_bytes() for path in kept] == [original]
    assert kept[0].name in said.out


def test_recalc_goes_on_past_a_bad_file(call: Call, wrong: Path, broken: Path, tmp_path: Path) -> None:
    said = call("recalc", broken, wrong, "-o", tmp_path / "改", "--no-recompute")
    assert said.code == 2
    assert "没有改动" in said.out
    assert (tmp_path / "改" / wrong.name).exists()
    assert not (tmp_path / "改" / broken.name).exists()


def test_recalc_refuses_to_write_over_an_original_by_accident(call: Call, wrong: Path) -> None:
    before = wrong.read_bytes()
    said = call("recalc", wrong, "-o", wrong.parent)
    assert said.code == 2
    assert "--in-place" in said.err
    assert wrong.read_bytes() == before


def test_marks_go_to_a_copy_and_can_be_cleared(call: Call, wrong: Path, tmp_path: Path) -> None:
    before = wrong.read_bytes()
    assert call("check", wrong, "--mark", "-o", tmp_path / "校验后").code == 1
    marked = tmp_path / "校验后" / wrong.name
    assert marked.read_bytes() != before
    assert wrong.read_bytes() == before
    assert call("check", marked, "--clear-marks", "-o", tmp_path / "清除").code == 0
    assert (tmp_path / "清除" / wrong.name).exists()


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*.xlsx")), ids=lambda path: path.stem)
def test_a_report_is_written_and_agrees_with_its_table(call: Call, example: Path, tmp_path: Path) -> None:
    target = tmp_path / f"{example.stem} 报告.docx"
    said = call("report", example, "-o", target)
    assert said.code == 0
    assert str(target) in said.out
    audited = call("audit", target, "--form", example, "--format", "json")
    assert audited.code in (0, 1)
    contradictions = [
        finding["message"]
        for finding in json.loads(audited.out)["files"][0]["findings"]
        if finding["severity"] == "error" and finding["code"].startswith("XCK0")
    ]
    assert contradictions == []


def test_templates_are_listed_and_each_passes_its_own_check(call: Call, tmp_path: Path) -> None:
    names = [line.split()[0] for line in call("template", "list").out.splitlines()]
    assert len(names) >= 5
    for name in names:
        shipped = EXAMPLES.parents[1] / "templates" / f"{name}.docx"
        assert call("template", "check", shipped, "-o", tmp_path / "批注.docx").code == 0, name
    assert "{{" in call("template", "fields", EXAMPLES / "yiyang-2022.xlsx").out


@pytest.mark.parametrize("profile", profile_ids())
def test_a_new_form_is_read_back_as_a_form_of_its_profile(call: Call, profile: str, tmp_path: Path) -> None:
    target = tmp_path / f"新 表 {profile}.xlsx"
    said = call("new", target, "--profile", profile, "--year", "2025")
    if "没有规定表样" in said.err:
        pytest.skip(f"{profile} has no blank form")
    assert said.code == 0
    checked = call("check", target, "--format", "json")
    form = json.loads(checked.out)["files"][0]["forms"][0]
    assert checked.code in (0, 1)
    assert form["facts"]["year"] == 2025
    assert form["facts"]["kind"] in ("project", "department", "transfer")


def test_new_does_not_replace_a_file_unasked(call: Call, wrong: Path) -> None:
    before = wrong.read_bytes()
    said = call("new", wrong)
    assert said.code == 2
    assert "--force" in said.err
    assert wrong.read_bytes() == before
    assert call("new", wrong, "--force").code == 0


def test_a_rollup_is_written_and_names_what_it_could_not_count(call: Call, folder: Path, tmp_path: Path) -> None:
    (folder / "坏.xlsx").write_bytes(b"")
    target = tmp_path / "汇 总.xlsx"
    said = call("rollup", folder, "-o", target)
    assert said.code == 2
    assert target.exists()
    assert "坏.xlsx" in said.err
    assert call("rollup", folder / "yiyang-2022.xlsx", "-o", target).code == 0


def test_a_single_rule_can_be_left_out(call: Call, wrong: Path) -> None:
    before = errors(call, wrong)
    assert before
    ignored = ",".join(sorted(set(before)))
    assert call("check", wrong, "--ignore", ignored).code == 0
    assert all(code in {rule.code for rule in rules()} for code in before)


@pytest.mark.parametrize(
    "arguments", [["check", "--format", "xlsx"], ["check", "--format", "json"], ["rollup"]], ids=lambda a: a[-1]
)
def test_a_result_never_replaces_a_workbook_at_work(call: Call, folder: Path, arguments: list[str]) -> None:
    command, *rest = arguments
    target = folder / "yiyang-2022.xlsx"
    before = digests(folder)
    said = call(command, folder, *rest, "-o", folder / ".." / folder.name / target.name)
    assert said.code == 2
    assert "覆盖" in said.err
    assert digests(folder) == before
