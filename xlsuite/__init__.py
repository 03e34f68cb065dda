"""xlsuite: check, recompute and report on 项目支出绩效自评表 workbooks."""

from __future__ import annotations

__version__ = "0.1.0"
