"""Cell formats of the forms: the look a finance office expects, and printable in black and white."""

from __future__ import annotations

from typing import Any

_BASE = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter", "text_wrap": True}
_BOX = {**_BASE, "border": 1, "align": "center"}

_STYLES: dict[str, dict[str, Any]] = {
    "plain": {**_BASE, "text_wrap": False},
    "note": {**_BASE, "font_size": 9, "font_color": "#595959", "align": "left", "text_wrap": False},
    "title": {**_BASE, "font_name": "黑体", "font_size": 16, "align": "center", "text_wrap": False},
    "heading": {**_BASE, "font_name": "黑体", "font_size": 14, "align": "left", "text_wrap": False},
    "label": {**_BOX},
    "head": {**_BOX, "bold": True},
    "text": {**_BOX, "align": "left", "locked": False},
    "center": {**_BOX, "locked": False},
    "money": {**_BOX, "num_format": "#,##0.00####", "locked": False},
    "points": {**_BOX, "num_format": "General", "locked": False},
    "rate": {**_BOX, "num_format": "0.00%", "locked": False},
    "money_formula": {**_BOX, "num_format": "#,##0.00####"},
    "points_formula": {**_BOX, "num_format": "General"},
    "rate_formula": {**_BOX, "num_format": "0.00%"},
    "grid_head": {**_BOX, "bold": True, "bg_color": "#E7EDF5"},
    "grid_text": {**_BOX, "align": "left", "locked": False},
    "grid_money": {**_BOX, "num_format": "#,##0.00######", "align": "right", "locked": False},
    "grid_hint": {**_BOX, "align": "left", "font_color": "#7F7F7F", "italic": True},
}


class Styles:
    """Formats of one workbook, made once each."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = self._workbook.add_format(_STYLES[name])
        return self._made[name]
