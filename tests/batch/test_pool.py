from __future__ import annotations

import sys
import time

import pytest

from tests.batch.tasks import greedy, scripted
from xlsuite.app.check import CheckOptions
from xlsuite.batch.pool import Pool
from xlsuite.batch.task import Limits


def run(paths: list[str], *, workers: int = 2, seconds: float = 1.0, task=scripted) -> dict[int, dict]:
    with Pool(workers, CheckOptions(), Limits(seconds, 1024), task=task) as pool:
        results = list(pool.run(paths))
    assert len(results) == len(paths)
    return dict(results)


def test_every_file_comes_back_once_under_its_index() -> None:
    paths = [f"slow-{number}" if number % 7 == 0 else f"file-{number}" for number in range(150)]
    results = run(paths)
    assert [results[index]["file"] for index in range(150)] == paths
    assert len({results[index]["error"] for index in range(150)}) == 2, "both workers should have worked"


def test_a_hanging_file_is_named_and_the_others_are_done() -> None:
    start = time.monotonic()
    results = run(["a", "hang", *(f"b{number}" for number in range(30))])
    assert "超过 1 秒" in results[1]["error"]
    assert all("done" in made["error"] for index, made in results.items() if index != 1)
    assert time.monotonic() - start < 30


def test_a_dying_worker_is_replaced() -> None:
    results = run(["a", "die-1", "b", "die-2", "c"])
    assert [("意外退出" in results[index]["error"]) for index in range(5)] == [False, True, False, True, False]


@pytest.mark.skipif(sys.platform == "win32", reason="no address-space limit on Windows")
def test_memory_is_limited_per_worker() -> None:
    assert run(["a"], task=greedy)[0]["error"] == "no memory"


def test_leaving_early_ends_the_workers() -> None:
    with Pool(2, CheckOptions(), Limits(60), task=scripted) as pool:
        results = pool.run(["slow", *["hang"] * 60])
        next(iter(results))
        processes = [slot.process for slot in pool._slots]
    assert not any(process.is_alive() for process in processes)
