from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from xlsuite.app.check import CheckOptions
from xlsuite.batch.journal import Journal, open_journal
from xlsuite.batch.run import BatchOptions, check_many
from xlsuite.blank.build import write_workbook
from xlsuite.blank.content import Content
from xlsuite.core.errors import UsageError


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """120 forms with different budgets, one of them broken and one empty."""
    base = tmp_path_factory.mktemp("报送")
    model = base / "000.xlsx"
    for number in range(6):
        funds = {"total": {"budget": 100 + number, "executed": 50 + number, "rate": 0.9}}
        write_workbook(base / f"{number:03}.xlsx", "national-2020", Content(year="2023", funds=funds), [])
    for number in range(6, 120):
        shutil.copy(base / f"{number % 6:03}.xlsx", base / f"{number:03}.xlsx")
    (base / "030.xlsx").write_bytes(model.read_bytes()[:900])
    (base / "031.xlsx").write_bytes(b"")
    return base


def paths(folder: Path) -> list[str]:
    return [str(path) for path in sorted(folder.glob("*.xlsx"))]


def lines(records: object) -> list[str]:
    return sorted(json.dumps(made, ensure_ascii=False) for made in records)  # type: ignore[attr-defined]


def test_pool_and_single_process_agree_and_keep_the_order(folder: Path) -> None:
    names = paths(folder)
    pooled = list(check_many(names, CheckOptions(), BatchOptions(jobs=2)))
    alone = list(check_many(names, CheckOptions(), BatchOptions(jobs=1, isolated=False)))
    assert [made["file"] for made in pooled] == names
    assert pooled == alone
    assert [Path(made["file"]).name for made in pooled if made["error"]] == ["030.xlsx", "031.xlsx"]


def test_resume_after_a_torn_journal_gives_the_same_result(folder: Path, tmp_path: Path) -> None:
    names, journal = paths(folder), tmp_path / "进度"
    whole = lines(check_many(names, CheckOptions(), BatchOptions(jobs=1, isolated=False)))
    kept = open_journal(journal, CheckOptions(), resume=False)
    list(check_many(names[:70], CheckOptions(), BatchOptions(jobs=1, isolated=False, journal=kept)))
    kept.close()
    journal.write_bytes(journal.read_bytes()[:-37])
    resumed = open_journal(journal, CheckOptions(), resume=True)
    fresh: list[int] = []
    batch = BatchOptions(jobs=1, isolated=False, journal=resumed, progress=lambda done, total: fresh.append(done))
    assert lines(check_many(names, CheckOptions(), batch)) == whole
    resumed.close()
    assert sum(1 for line in journal.read_text("utf-8").splitlines() if '"findings"' in line) >= 118


def test_unchanged_files_are_not_checked_twice_but_changed_ones_are(folder: Path, tmp_path: Path) -> None:
    name = tmp_path / "表.xlsx"
    shutil.copy(folder / "000.xlsx", name)
    journal = Journal(tmp_path / "进度", CheckOptions(), resume=False)
    list(check_many([str(name)], CheckOptions(), BatchOptions(journal=journal)))
    journal.close()
    again = Journal(tmp_path / "进度", CheckOptions(), resume=True)
    assert again.known(str(name)) is not None
    shutil.copy(folder / "001.xlsx", name)
    assert again.known(str(name)) is None
    again.close()
    other = Journal(tmp_path / "进度", CheckOptions(profile="hunan"), resume=True)
    assert other.known(str(name)) is None
    other.close()


def test_a_journal_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="无法写入"):
        open_journal(tmp_path / "没有" / "进度", CheckOptions(), resume=False)


@pytest.mark.slow
def test_kill_at_a_random_moment_then_resume(folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "xlsuite", "check", str(folder), "--format", "jsonl", "--jobs", "2"]
    whole = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False).stdout
    journal = tmp_path / "进度"
    first = subprocess.Popen(
        [*command, "--journal", str(journal)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    limit = time.monotonic() + 20
    wanted = random.Random(7).randrange(5, 60)
    while time.monotonic() < limit and first.poll() is None:
        if journal.exists() and journal.read_bytes().count(b"\n") > wanted:
            break
        time.sleep(0.005)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    resumed = subprocess.run(
        [*command, "--journal", str(journal), "--resume"], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert sorted(resumed.stdout.splitlines()) == sorted(whole.splitlines())
    assert len(whole.splitlines()) == 120
