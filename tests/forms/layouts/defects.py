"""Puts one known mistake into a consistent content and says which check should speak, and at which field."""

from __future__ import annotations

from . import defects_lines, defects_money
from .mistakes import ARITHMETIC, INJECTORS, Defect, decidable, inject

__all__ = ["ARITHMETIC", "INJECTORS", "Defect", "decidable", "defects_lines", "defects_money", "inject"]
