"""Small workbooks that several tests of this folder mark."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hosts.noted import DATA, with_notes
from tests.hosts.packaging import minimal, sheet, zipped


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "表.xlsx"
    zipped(minimal(sheet(DATA)), path)
    return path


@pytest.fixture
def noted(tmp_path: Path) -> Path:
    path = tmp_path / "注.xlsx"
    zipped(with_notes(), path)
    return path
