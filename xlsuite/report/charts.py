"""Charts of a report: execution of the funds, and scores by part.

They read in black and white: every bar carries its value, and the two kinds of bar differ by hatching, not by colour.
The drawing library is loaded only when a chart is drawn; without a Chinese font there is no chart.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from typing import Any, NamedTuple

from xlsuite.report.facts import Facts
from xlsuite.report.fonts import chinese_font
from xlsuite.report.phrases import amount, points
from xlsuite.report.values import Picture

WIDTH = 140.0
"""Width of a chart in millimetres."""

_ROW = 10.0
_MARGIN = 9.0
_DPI = 200
_SOLID, _LIGHT, _LINE = "#5b7aa3", "#ffffff", "#1f2d3d"
_LABEL_SHARE, _BAR_SHARE = 0.26, 0.56
_MAX_ROWS = 12
_MM_PER_INCH = 25.4


class Bar(NamedTuple):
    """One bar: its name, length, the text at its end, and whether it is the hatched kind."""

    name: str
    value: float
    label: str
    hatched: bool


def execution_chart(facts: Facts) -> Picture | None:
    """预算与执行对比图, by year for a multi-year project; None when budget or spending is unknown."""
    bars: list[Bar] = []
    title = "预算执行情况"
    if facts.years and all(entry.arranged is not None for entry in facts.years):
        for entry in facts.years:
            bars.append(_money(f"{entry.year}年安排", entry.arranged, facts.unit, False))
            if entry.paid is not None:
                bars.append(_money(f"{entry.year}年支付", entry.paid, facts.unit, True))
        if facts.years_sum.paid is None and facts.executed is not None:
            bars.append(_money("实际安排合计", facts.years_sum.arranged, facts.unit, False))
            bars.append(_money("累计支付", facts.executed, facts.unit, True))
        title = "分年度资金安排和支付"
    elif facts.budget is not None and facts.executed is not None:
        if facts.initial is not None and facts.funds.budget.present:
            bars.append(_money("年初预算数", facts.initial, facts.unit, False))
        bars.append(_money("全年预算数", facts.budget, facts.unit, False))
        bars.append(_money("全年执行数", facts.executed, facts.unit, True))
    return _picture(title, bars)


def score_chart(facts: Facts) -> Picture | None:
    """各部分分值与得分对比图; None when a weight or score is unknown."""
    bars: list[Bar] = []
    parts: list[tuple[str, Decimal | None, Decimal | None]] = []
    if facts.execution_weight is not None:
        parts.append(("预算执行率", facts.execution_weight, facts.execution_score))
    parts += [(group.label, group.weight, group.score) for group in facts.level1]
    for name, weight, score in parts:
        if weight is None or score is None:
            return None
        bars.append(Bar(f"{name}分值", float(weight), points(weight), False))
        bars.append(Bar(f"{name}得分", float(score), points(score), True))
    return _picture("各部分分值与得分", bars) if len(parts) > 1 else None


def _money(name: str, value: Decimal | None, unit: str, hatched: bool) -> Bar:
    return Bar(name, float(value or 0), amount(value or Decimal(0), unit), hatched)


def _picture(title: str, bars: Sequence[Bar]) -> Picture | None:
    if not bars or len(bars) > _MAX_ROWS or max(bar.value for bar in bars) <= 0 or not chinese_font():
        return None
    height = _ROW * len(bars) + _MARGIN
    described = f"{title}：" + "，".join(f"{bar.name}{bar.label}" for bar in bars) + "。"
    return Picture(_draw(tuple(bars), height), WIDTH, height, described)


@lru_cache(maxsize=64)
def _draw(bars: tuple[Bar, ...], height: float) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties
    from matplotlib.patches import Rectangle

    figure: Any = Figure(figsize=(WIDTH / _MM_PER_INCH, height / _MM_PER_INCH), dpi=_DPI, facecolor="white")
    canvas: Any = FigureCanvasAgg(figure)
    font = FontProperties(fname=chinese_font(), size=10)
    longest = max(bar.value for bar in bars)
    step = _ROW / height
    top = 1 - _MARGIN / height / 2
    for number, bar in enumerate(bars):
        middle = top - (number + 0.5) * step
        length = max(bar.value, 0) / longest * _BAR_SHARE
        style: dict[str, Any] = {"facecolor": _SOLID, "hatch": "////"} if bar.hatched else {"facecolor": _LIGHT}
        figure.add_artist(
            Rectangle(
                (_LABEL_SHARE, middle - step * 0.32), length, step * 0.64, edgecolor=_LINE, linewidth=0.8, **style
            )
        )
        name = bar.name if len(bar.name) <= 12 else bar.name[:11] + "…"
        place: dict[str, Any] = {"verticalalignment": "center", "fontproperties": font, "color": _LINE}
        figure.text(_LABEL_SHARE - 0.015, middle, name, horizontalalignment="right", **place)
        figure.text(_LABEL_SHARE + length + 0.012, middle, bar.label, horizontalalignment="left", **place)
    figure.add_artist(
        Rectangle(
            (_LABEL_SHARE - 0.002, _MARGIN / height / 2), 0.002, 1 - _MARGIN / height, facecolor=_LINE, linewidth=0
        )
    )
    canvas.draw()
    return _png(canvas)


def _png(canvas: Any) -> bytes:
    """The drawn canvas as a small PNG in the few colours a chart has, with the steps between them."""
    from PIL import Image

    image = Image.frombuffer("RGBA", canvas.get_width_height(), bytes(canvas.buffer_rgba()), "raw", "RGBA", 0, 1)
    palette = Image.new("P", (1, 1))
    ramps = _ramp(_LIGHT, _LINE, 16) + _ramp(_LIGHT, _SOLID, 8) + _ramp(_SOLID, _LINE, 8)
    palette.putpalette([value for colour in ramps for value in colour])
    target = BytesIO()
    reduced = image.convert("RGB").quantize(palette=palette, dither=Image.Dither.NONE)
    reduced.save(target, "PNG", dpi=(_DPI, _DPI))
    return target.getvalue()


def _ramp(first: str, last: str, steps: int) -> list[tuple[int, int, int]]:
    """Colours from one to the other, both included."""
    begin, end = bytes.fromhex(first[1:]), bytes.fromhex(last[1:])
    mixed = [
        [round(a + (b - a) * step / (steps - 1)) for a, b in zip(begin, end, strict=True)] for step in range(steps)
    ]
    return [(red, green, blue) for red, green, blue in mixed]


__all__ = ["WIDTH", "Bar", "execution_chart", "score_chart"]
