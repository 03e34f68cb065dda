"""Tables of the package, parsed once."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from xlsuite.core.shipped import shipped, shipped_table


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "some_tables"
    folder.mkdir()
    (folder / "words.toml").write_text('[a]\nwords = ["甲", "乙"]\n', encoding="utf-8")
    monkeypatch.setattr("xlsuite.core.shipped._HERE", tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    return folder


def _kept(package: Path) -> list[Path]:
    return list((package / "__pycache__").glob("words.*"))


def test_the_second_reading_takes_what_was_kept(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = shipped_table("some_tables", "words.toml")
    monkeypatch.setattr("tomllib.loads", None)
    assert shipped_table("some_tables", "words.toml") == first == {"a": {"words": ["甲", "乙"]}}


def test_a_changed_text_is_read_anew(package: Path) -> None:
    shipped_table("some_tables", "words.toml")
    (package / "words.toml").write_text("[a]\nwords = []\n", encoding="utf-8")
    assert shipped_table("some_tables", "words.toml") == {"a": {"words": []}}
    assert len(_kept(package)) == 1


@pytest.mark.parametrize("damage", [lambda raw: raw[:40], lambda raw: raw[:32] + b"\xff", lambda _: b""])
def test_a_damaged_copy_is_passed_over(package: Path, damage: object) -> None:
    table = shipped_table("some_tables", "words.toml")
    [kept] = _kept(package)
    kept.write_bytes(damage(kept.read_bytes()))  # type: ignore[operator]
    assert shipped_table("some_tables", "words.toml") == table


def test_nothing_is_kept_where_python_may_not(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    shipped_table("some_tables", "words.toml")
    assert not _kept(package)


def test_a_zipped_package_is_read_through_importlib(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("xlsuite.core.shipped._HERE", tmp_path / "bundle.zip" / "xlsuite")
    assert (shipped("profiles") / "labels.toml").read_bytes()
