"""The funds block of a form: one row per source, the first with live 执行率 and 得分."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from xlsuite.blank.canvas import Canvas, a1
from xlsuite.blank.content import Entry

_FUND_FIELDS = ("initial", "budget", "executed", "weight", "rate", "score")
_FUND_HEADS = {
    "initial": "年初\n预算数",
    "budget": "全年\n预算数",
    "executed": "全年\n执行数",
    "weight": "分值",
    "rate": "执行率",
    "score": "得分",
}


class FundsBlock:
    """Draws the block at the canvas' next row; amounts, weight, rate and score take the last six columns."""

    def __init__(self, canvas: Canvas, unit: str) -> None:
        self.canvas, self.unit = canvas, unit
        self.column = {key: canvas.last - 5 + index for index, key in enumerate(_FUND_FIELDS)}

    def draw(self) -> None:
        """Draw the heading and every source."""
        top, label_end = self.canvas.row, self.canvas.last - 6
        self.canvas.merge((top, 0, top + len(self.canvas.design.funds), 0), f"项目资金\n（{self.unit}）", "label")
        self.canvas.merge((top, 1, top, label_end), "", "label")
        for key in _FUND_FIELDS:
            self.canvas.write(top, self.column[key], _FUND_HEADS[key], "label")
        self.canvas.sheet.set_row(top, 30)
        self.canvas.row += 1
        for index, (kind, label) in enumerate(self.canvas.design.funds):
            self.canvas.merge((self.canvas.row, 1, self.canvas.row, label_end), label, "label")
            entries = self.canvas.content.funds.get(kind, {})
            if index == 0:
                self._fund_total(entries)
            else:
                self._fund_part(entries)
            self.canvas.sheet.set_row(self.canvas.row, 21)
            self.canvas.row += 1

    def _fund_part(self, entries: dict[str, Entry]) -> None:
        for key in ("initial", "budget", "executed"):
            self.canvas.write(self.canvas.row, self.column[key], entries.get(key), "money")
        for key in ("weight", "rate", "score"):
            self.canvas.write(
                self.canvas.row, self.column[key], "—" if not self.canvas.content.profile else None, "label"
            )

    def _fund_total(self, entries: dict[str, Entry]) -> None:
        row, column = self.canvas.row, self.column
        parts = len(self.canvas.design.funds) - 1
        for key in ("initial", "budget", "executed"):
            if key in entries or not parts:
                self.canvas.write(row, column[key], entries.get(key), "money")
            else:
                area = f"{a1(row + 1, column[key])}:{a1(row + parts, column[key])}"
                self.canvas.formula(row, column[key], f'IF(COUNT({area})=0,"",SUM({area}))', None, "money_formula")
        self.canvas.write(row, column["weight"], entries.get("weight", self.canvas.design.execution_weight), "points")
        budget, executed = a1(row, column["budget"]), a1(row, column["executed"])
        weight = a1(row, column["weight"])
        spent = f'OR(N({budget})=0,{executed}="")'
        if "rate" in entries:
            self.canvas.write(row, column["rate"], entries["rate"], "rate")
        else:
            rate = _ratio(entries.get("executed"), entries.get("budget"))
            self.canvas.formula(row, column["rate"], f'IF({spent},"",{executed}/{budget})', rate, "rate_formula")
        if "score" in entries:
            self.canvas.write(row, column["score"], entries["score"], "points")
        else:
            points = entries.get("weight", self.canvas.design.execution_weight)
            score = _share(_ratio(entries.get("executed"), entries.get("budget")), points)
            formula = f'IF(OR({spent},N({weight})=0),"",ROUND(MIN(1,{executed}/{budget})*{weight},2))'
            self.canvas.formula(row, column["score"], formula, score, "points_formula")
        self.canvas.weight_cells.append((row, column["weight"]))
        self.canvas.score_cells.append((row, column["score"]))


def _ratio(executed: Entry, budget: Entry) -> Decimal | None:
    if not isinstance(executed, int | Decimal) or not isinstance(budget, int | Decimal) or not budget:
        return None
    return Decimal(executed) / Decimal(budget)


def _share(rate: Decimal | None, weight: Entry) -> Decimal | None:
    if rate is None or not isinstance(weight, int | Decimal):
        return None
    return (min(Decimal(1), rate) * weight).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
