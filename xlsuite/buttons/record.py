"""What the last 重新计分 changed in a workbook, kept on this machine so that it can be put back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from xlsuite.addin.places import home
from xlsuite.buttons.session import mark_of
from xlsuite.core.finding import Edit
from xlsuite.core.form import Ref


def _file(path: Path) -> Path:
    return home() / "undo" / f"{mark_of(path)}.json"


def keep(path: Path, edits: Sequence[Edit]) -> None:
    """Remember the edits as the last ones of a workbook."""
    file = _file(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = [[*edit.ref, _packed(edit.old), _packed(edit.new), edit.why] for edit in edits]
    file.write_text(json.dumps({"file": str(path), "edits": lines}, ensure_ascii=False), encoding="utf-8")


def kept(path: Path) -> list[Edit]:
    """The last edits of a workbook; none when nothing is remembered."""
    try:
        record = json.loads(_file(path).read_text(encoding="utf-8"))
        return [
            Edit(Ref(sheet, row, column), _unpacked(old), _unpacked(new), why)
            for sheet, row, column, old, new, why in record["edits"]
        ]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def forget(path: Path) -> None:
    """Remember nothing any more."""
    _file(path).unlink(missing_ok=True)


def _packed(value: Any) -> Any:
    return {"number": str(value)} if isinstance(value, Decimal) else value


def _unpacked(value: Any) -> Any:
    return Decimal(value["number"]) if isinstance(value, dict) else value
