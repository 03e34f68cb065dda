"""How large the sample is: ``XLSUITE_ACCEPTANCE_SEEDS`` forms of every family (default 2), the same ones every time."""

from __future__ import annotations

import os

import pytest


@pytest.fixture(scope="session")
def sampled() -> range:
    """The seeds of the sample."""
    return range(int(os.environ.get("XLSUITE_ACCEPTANCE_SEEDS", "2")))
