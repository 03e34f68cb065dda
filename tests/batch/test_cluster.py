from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from xlsuite.app.check import CheckOptions
from xlsuite.batch.run import BatchOptions, check_many
from xlsuite.blank.build import write_workbook
from xlsuite.blank.content import Content
from xlsuite.core.errors import HostUnavailable

pytest.importorskip("distributed")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A real scheduler and two worker processes on loopback."""
    state = tmp_path / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path}
    loopback = ["--host", "127.0.0.1"]
    dask = [sys.executable, "-m", "dask"]
    scheduler = subprocess.Popen(
        [*dask, "scheduler", *loopback, "--port", "0", "--no-dashboard", "--scheduler-file", str(state)], **quiet
    )
    workers: list[subprocess.Popen[bytes]] = []
    try:
        limit = time.monotonic() + 30
        while not state.exists() and time.monotonic() < limit:
            time.sleep(0.1)
        address = json.loads(state.read_text())["address"]
        options = [*loopback, "--nthreads", "1", "--no-dashboard", "--no-nanny", "--local-directory", str(tmp_path)]
        workers += [subprocess.Popen([*dask, "worker", address, *options], **quiet) for _ in range(2)]
        yield address, workers
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    base = tmp_path_factory.mktemp("集群")
    write_workbook(base / "000.xlsx", "hunan", Content(year="2023"), [])
    for number in range(1, 300):
        shutil.copy(base / "000.xlsx", base / f"{number:03}.xlsx")
    (base / "007.xlsx").write_bytes(b"PK\x03\x04 broken")
    return [str(path) for path in sorted(base.glob("*.xlsx"))]


def test_the_cluster_gives_what_one_machine_gives(cluster: tuple, names: list[str]) -> None:
    address, _ = cluster
    local = list(check_many(names, CheckOptions(), BatchOptions(jobs=1, isolated=False)))
    assert list(check_many(names, CheckOptions(), BatchOptions(dask=address))) == local


def test_a_worker_killed_in_mid_run_loses_nothing(cluster: tuple, names: list[str]) -> None:
    address, workers = cluster
    victim = threading.Timer(0.0, lambda: workers[0].send_signal(signal.SIGKILL))
    made = []
    for record in check_many(names, CheckOptions(), BatchOptions(dask=address)):
        if not made:
            victim.start()
        made.append(record)
    victim.join()
    assert workers[0].wait(10) == -signal.SIGKILL
    assert [record["file"] for record in made] == names
    assert [Path(record["file"]).name for record in made if record["error"]] == ["007.xlsx"]


def test_a_scheduler_that_does_not_answer_is_told() -> None:
    with pytest.raises(HostUnavailable, match="没有应答"):
        list(check_many(["x.xlsx"], CheckOptions(), BatchOptions(dask="tcp://127.0.0.1:9")))
