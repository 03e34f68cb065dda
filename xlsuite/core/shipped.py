"""Tables that come with the package as TOML, read once and then kept parsed, as Python keeps its own modules."""

from __future__ import annotations

import hashlib
import importlib.util
import marshal
import os
import sys
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_HERE = Path(__file__).parents[1]


def shipped(folder: str) -> Traversable:
    """A folder of the package. ``importlib.resources``, dear to import, is asked only where the package is zipped."""
    if _HERE.is_dir():
        return _HERE / folder
    from importlib.resources import files

    return files("xlsuite") / folder


def shipped_table(folder: str, name: str) -> dict[str, Any]:
    """The file ``name`` in a folder of the package, which holds no fractions and no dates.

    What was parsed is kept in ``__pycache__`` with the hash of the text, where Python may write there; a changed text
    is parsed anew, and a damaged copy is passed over.
    """
    source = shipped(folder) / name
    raw = source.read_bytes()
    digest = hashlib.sha256(raw).digest()
    kept = _place(source) if isinstance(source, Path) else None
    table = _kept(kept, digest) if kept else None
    if table is None:
        table = tomllib.loads(raw.decode("utf-8"))
        if kept and not sys.dont_write_bytecode:
            _keep(kept, digest, table)
    return table


def _place(source: Path) -> Path | None:
    try:
        return Path(importlib.util.cache_from_source(str(source)).removesuffix(".pyc") + source.suffix)
    except NotImplementedError:
        return None


def _kept(path: Path, digest: bytes) -> dict[str, Any] | None:
    try:
        raw = path.read_bytes()
        table = marshal.loads(raw[len(digest) :]) if raw.startswith(digest) else None
    except (OSError, EOFError, ValueError, TypeError):
        return None
    return table if isinstance(table, dict) else None


def _keep(path: Path, digest: bytes, table: dict[str, Any]) -> None:
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        temporary.write_bytes(digest + marshal.dumps(table))
        os.replace(temporary, path)  # noqa: PTH105 (one system call, named as such)
