"""What every test may use: programs that may be absent, and the seeds' folder."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

CI = os.environ.get("CI", "").lower() == "true"

# Machines are noisy, so no example is judged by its time; under CI the examples are the same in every run.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci" if CI else "here")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Real programs on a busy machine may miss a beat: such tests get a second try, and no other test does.

    The acceptance tests share one expensive sample, so they stay together in one worker.
    """
    for item in items:
        if any(item.get_closest_marker(name) for name in ("screen", "browser", "office")):
            item.add_marker(pytest.mark.flaky(reruns=2, reruns_delay=1))
        if "acceptance" in item.path.parts:
            item.add_marker(pytest.mark.xdist_group("acceptance"))


def need(found: object, what: str) -> None:
    """Skip when something is absent on this machine; under CI that is a failure."""
    if found:
        return
    if CI:
        pytest.fail(f"{what} is missing, and CI must have it")
    pytest.skip(f"{what} is not on this machine")


@pytest.fixture(scope="session")
def soffice() -> str:
    """The LibreOffice command."""
    path = shutil.which("soffice") or shutil.which("libreoffice")
    need(path, "LibreOffice")
    assert path
    return path


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder with the seeds' prose, from XLSUITE_SEEDS."""
    folder = os.environ.get("XLSUITE_SEEDS", "")
    need(folder and Path(folder).is_dir(), "the folder named by XLSUITE_SEEDS")
    return Path(folder)
