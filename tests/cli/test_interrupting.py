"""A run that is broken off keeps what it did, and the same command with ``--resume`` goes on."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import EXAMPLES, Call


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    made = tmp_path / "报送"
    made.mkdir()
    for number in range(400):
        shutil.copy(EXAMPLES / "yiyang-2022.xlsx", made / f"{number:03}.xlsx")
    return made


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT to one process is a POSIX thing")
def test_control_c_keeps_what_is_done_and_resume_finishes(call: Call, forms: Path, tmp_path: Path) -> None:
    target, journal = tmp_path / "结果.jsonl", tmp_path / "结果.jsonl.journal"
    command = ["check", str(forms), "--format", "jsonl", "-o", str(target)]
    with subprocess.Popen([sys.executable, "-m", "xlsuite", *command], stderr=subprocess.PIPE) as process:
        limit = time.monotonic() + 60
        while time.monotonic() < limit and not (journal.exists() and journal.read_bytes().count(b"\n") > 10):
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        assert process.stderr
        said = process.stderr.read().decode("utf-8")
        assert process.wait(30) == 130
    assert "--resume" in said
    assert "Traceback" not in said
    assert not target.exists()
    assert 10 < journal.read_bytes().count(b"\n") < 401
    assert call(*command, "--resume").code == 1
    assert len(target.read_text("utf-8").splitlines()) == 400


def test_a_finished_run_leaves_no_journal_unless_it_was_asked_for(call: Call, forms: Path, tmp_path: Path) -> None:
    for path in sorted(forms.iterdir())[40:]:
        path.unlink()
    assert call("check", forms, "--format", "csv", "-o", tmp_path / "a.csv", "--jobs", "1").code == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "报送"]
    kept = tmp_path / "进度"
    assert call("check", forms, "--format", "csv", "-o", tmp_path / "a.csv", "--journal", kept).code == 1
    assert kept.read_text("utf-8").count("\n") == 41
