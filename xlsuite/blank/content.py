"""Entries for a form: what to fill into a blank, read from a TOML file such as those in ``workbooks/sources``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

Entry = str | Decimal | int | None


@dataclass(slots=True)
class Content:
    """Entries of one form and its companion sheets. A missing entry leaves the blank form's cell as it is.

    ``funds`` maps a row kind to its entries (initial, budget, executed, weight, rate, score); ``groups`` replaces the
    profile's groups when given: each has label, weight and children, each child a label and its indicator rows.
    """

    year: str = ""
    amount_unit: str = ""
    info: dict[str, str] = field(default_factory=dict)
    funds: dict[str, dict[str, Entry]] = field(default_factory=dict)
    goal: dict[str, str] = field(default_factory=dict)
    groups: list[dict[str, Any]] = field(default_factory=list)
    total: dict[str, Entry] = field(default_factory=dict)
    grade: str = ""
    items: list[dict[str, Entry]] = field(default_factory=list)
    materials: dict[str, str] = field(default_factory=dict)
    profile: str = ""
    outline: str = ""
    annex: str | None = None


def read_content(path: Path) -> Content:
    """Read a content file."""
    data = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    return Content(**data)
