"""The command line called in this process, and files to call it on."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from xlsuite.blank.build import write_workbook
from xlsuite.blank.content import Content
from xlsuite.cli import main

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "workbooks" / "examples"


class Said(NamedTuple):
    code: int
    out: str
    err: str


Call = Callable[..., Said]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run a command as a user would; an exit by argparse is an exit code like any other."""
    monkeypatch.delenv("XLSUITE_DEBUG", raising=False)

    def run(*arguments: object) -> Said:
        capsys.readouterr()
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as left:
            code = int(left.code or 0)
        captured = capsys.readouterr()
        assert "Traceback" not in captured.out + captured.err
        return Said(code, captured.out, captured.err)

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a blank in its Chinese name, and the examples in it."""
    made = tmp_path / "报送 材料（2022）"
    made.mkdir()
    for example in EXAMPLES.glob("*.xlsx"):
        shutil.copy(example, made)
    return made


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """A form whose execution rate and score are wrong."""
    funds = {"total": {"initial": 100, "budget": 100, "executed": 50, "rate": 0.9, "weight": 10, "score": 10}}
    target = tmp_path / "算错 的表.xlsx"
    write_workbook(target, "national-2020", Content(year="2023", funds=funds), [])
    return target


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """No workbook, though it is called one."""
    target = tmp_path / "坏.xlsx"
    target.write_bytes(b"PK\x03\x04 broken")
    return target
