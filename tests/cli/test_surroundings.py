"""The command as a process of its own: locale, colour, pipes, and what outputs tell of the machine."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.cli.conftest import EXAMPLES, ROOT

Done = subprocess.CompletedProcess[bytes]


def start(*arguments: str, folder: Path | None = None, **environment: str) -> Done:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XLSUITE_DEBUG", "LC_", "LANG"))}
    return subprocess.run(
        [sys.executable, "-m", "xlsuite", *arguments],
        capture_output=True,
        cwd=folder,
        env=kept | environment,
        check=False,
        timeout=60,
    )


def test_a_console_without_unicode_still_gets_utf8_and_no_traceback(folder: Path) -> None:
    done = start("check", str(folder), LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 1, done.stderr.decode("utf-8", "replace")
    assert "张自评表" in done.stdout.decode("utf-8")
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("style", ["json", "jsonl", "csv", "sarif", "junit"])
def test_stdout_carries_data_only(folder: Path, style: str) -> None:
    done = start("check", str(folder), "--format", style, LC_ALL="C", PYTHONUTF8="0")
    assert done.returncode == 1
    assert done.stderr == b""
    assert "已检查" not in done.stdout.decode("utf-8")


@pytest.mark.parametrize("style", ["json", "csv", "sarif", "junit", "html", "xlsx"])
def test_files_written_under_a_plain_locale_name_the_workbooks_rightly(
    folder: Path, tmp_path: Path, style: str
) -> None:
    target = tmp_path / f"out.{style}"
    done = start(
        "check", str(folder), "--format", style, "-o", str(target), LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"
    )
    assert done.returncode == 1, done.stderr.decode("utf-8", "replace")
    written = target.read_bytes()
    if style == "xlsx":
        import zipfile

        with zipfile.ZipFile(target) as package:
            written = package.read("xl/sharedStrings.xml")
    name = folder.name
    assert name.encode() in written or quote(name).encode() in written


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {}, {"TERM": "dumb"}])
def test_no_colour_when_not_wanted_or_not_on_a_terminal(environment: dict[str, str]) -> None:
    done = start("check", str(EXAMPLES / "yiyang-2022.xlsx"), **environment)
    assert b"\x1b" not in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a POSIX thing")
@pytest.mark.parametrize(("quiet", "coloured"), [("", True), ("1", False)])
def test_a_terminal_is_coloured_unless_no_color_is_set(quiet: str, coloured: bool) -> None:
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "xlsuite", "check", str(EXAMPLES / "yiyang-2022.xlsx")]
    kept = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    environment = kept | {"TERM": "xterm"} | ({"NO_COLOR": quiet} if quiet else {})
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        seen = b""
        try:
            while piece := os.read(ours, 65536):
                seen += piece
        except OSError:
            pass
        process.wait(30)
    os.close(ours)
    assert (b"\x1b[" in seen) == coloured


def test_a_reader_that_goes_away_is_no_error(folder: Path) -> None:
    command = [sys.executable, "-m", "xlsuite", "check", str(folder), "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
        process.wait(30)


@pytest.mark.parametrize("style", ["json", "jsonl", "csv", "sarif", "junit", "html", "xlsx", "text"])
def test_outputs_name_files_as_they_were_given_and_nothing_of_the_machine(tmp_path: Path, style: str) -> None:
    inside = tmp_path / "报送 甲"
    inside.mkdir()
    shutil.copy(EXAMPLES / "yiyang-2022.xlsx", inside)
    done = start("check", "报送 甲", "--format", style, "-o", f"结果.{style}", folder=tmp_path)
    assert done.returncode == 1, done.stderr.decode()
    written = (tmp_path / f"结果.{style}").read_bytes()
    if style == "xlsx":
        import zipfile

        with zipfile.ZipFile(tmp_path / "结果.xlsx") as package:
            written = b"".join(package.read(name) for name in package.namelist())
    assert str(tmp_path).encode() not in written
    assert b"yiyang-2022.xlsx" in written


def test_the_command_lines_of_the_readme_run(tmp_path: Path) -> None:
    for name in ("workbooks", "templates"):
        (tmp_path / name).symlink_to(ROOT / name)
    lines = []
    for document in ("README.md", "README.zh-CN.md"):
        for block in re.findall(r"```console\n(.*?)```", (ROOT / document).read_text("utf-8"), re.DOTALL):
            lines += [line[2:] for line in block.splitlines() if line.startswith("$ xlsuite ")]
    assert lines
    for line in lines:
        done = start(*shlex.split(line)[1:], folder=tmp_path)
        assert done.returncode in (0, 1), line + done.stderr.decode()


def test_every_command_the_chinese_readme_names_exists_with_its_options() -> None:
    from xlsuite.cli import COMMANDS
    from xlsuite.cli.completion import options_of

    text = (ROOT / "README.zh-CN.md").read_text("utf-8") + (ROOT / "README.md").read_text("utf-8")
    for line in re.findall(r"`xlsuite ([^`]+)`", text):
        command, *rest = line.split()
        if command.startswith("-"):
            continue
        assert command in COMMANDS, line
        unknown = {word for word in rest if word.startswith("--")} - set(options_of(command)) - {"--help"}
        assert not unknown, line


def test_a_bug_is_told_in_a_sentence_without_a_traceback(tmp_path: Path) -> None:
    script = tmp_path / "run.py"
    script.write_text(
        "import sys\nimport xlsuite.cli.schema as module\n"
        "module._schema = lambda name: 1 / 0\nfrom xlsuite.cli import main\nsys.exit(main(['schema']))\n",
        "utf-8",
    )
    environment = {name: value for name, value in os.environ.items() if name != "XLSUITE_DEBUG"}
    done = subprocess.run([sys.executable, str(script)], capture_output=True, env=environment, check=False)
    assert done.returncode == 2
    assert "程序出错" in done.stderr.decode("utf-8")
    assert b"Traceback" not in done.stderr
    shown = subprocess.run(
        [sys.executable, str(script)], capture_output=True, env=environment | {"XLSUITE_DEBUG": "1"}, check=False
    )
    assert b"Traceback" in shown.stderr


def test_json_lines_come_one_by_one_in_order(folder: Path) -> None:
    done = start("check", str(folder), "--format", "jsonl", "--jobs", "2")
    names = [json.loads(line)["file"] for line in done.stdout.splitlines()]
    assert names == sorted(names)
