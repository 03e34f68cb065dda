"""xlsuite: check, recompute and report on 项目支出绩效自评表 workbooks.

The names below are the whole public interface; they are imported on first use, so that starting stays fast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from xlsuite.core.errors import XlsuiteError
    from xlsuite.core.finding import Finding, Severity
    from xlsuite.core.form import Form
    from xlsuite.library import Results, check, read, recalc

_HOMES = {
    "Finding": "xlsuite.core.finding",
    "Form": "xlsuite.core.form",
    "Results": "xlsuite.library",
    "Severity": "xlsuite.core.finding",
    "XlsuiteError": "xlsuite.core.errors",
    "check": "xlsuite.library",
    "read": "xlsuite.library",
    "recalc": "xlsuite.library",
}

__all__ = ["Finding", "Form", "Results", "Severity", "XlsuiteError", "check", "read", "recalc"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        import importlib

        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'xlsuite' has no attribute {name!r}")
