"""From a stored cell to an entry of the form: text, number, points, rate or measure, each with its place."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from xlsuite.core.form import Cell, FundRow, Ref
from xlsuite.core.values import Measure, parse_decimal, parse_measure, squeeze
from xlsuite.forms.grid import CellError, GridCell

_AMOUNT = re.compile(r"^(.*?)(万元|亿元|千元|元|万)$")
_POINTS = re.compile(r"^([-+]?\d+(?:\.\d+)?)(分|%)$")
_INDEX = re.compile(r"^(?:指标|目标|任务)?\(?(?:\d{1,2}|[一二三四五六七八九十]{1,2})\)?[.、:]?$")
HUNDRED = Decimal(100)


def text_entry(ref: Ref, cell: GridCell | None) -> Cell[str]:
    """What was typed, without blanks around it; value None when nothing was."""
    if cell is None:
        return Cell(None, "", ref)
    value, text, formula = cell
    return Cell(None if type(value) is CellError else text.strip() or None, text, ref, formula, value)


def measure_entry(ref: Ref, cell: GridCell | None, nature: str, unit: str) -> Cell[Measure]:
    """A target or an actual value."""
    if cell is None:
        return Cell(None, "", ref)
    value, text, formula = cell
    if not text or type(value) is CellError:
        return Cell(None, text, ref, formula, value)
    return Cell(parse_measure(text, nature, unit), text, ref, formula, value)


def amount_entry(ref: Ref, cell: GridCell | None) -> Cell[Decimal]:
    """An amount as printed; a unit typed behind it is left for :func:`typed_unit`."""
    if cell is None:
        return Cell(None, "", ref)
    value, text, formula = cell
    number = value if type(value) is Decimal else amount_of(value)[0] if type(value) is str else None
    return Cell(number, text, ref, formula, value)


@lru_cache(maxsize=4096)
def amount_of(text: str) -> tuple[Decimal | None, str]:
    """The number of an amount and the unit typed behind it ("" when there is none): "185.17万元"."""
    plain = squeeze(text)
    match = _AMOUNT.match(plain)
    if match:
        return parse_decimal(match[1]), "万元" if match[2] == "万" else match[2]
    return parse_decimal(text), ""


def is_figure(cell: GridCell) -> bool:
    """Whether a cell holds a number, typed as one or as text: 142.78, "142.78万元", "77.11%"."""
    value = cell.value
    if type(value) is str:
        return amount_of(value)[0] is not None or rate_of(value) is not None
    return type(value) is Decimal


def is_index(cell: GridCell) -> bool:
    """Whether a cell only numbers what stands beside it: 1, "2.", "目标1"."""
    return bool(_INDEX.match(squeeze(cell.text)))


def typed_unit(cell: Cell[Decimal]) -> str:
    """The money unit typed into an amount's own cell, or ""."""
    return amount_of(cell.stored)[1] if type(cell.stored) is str else ""


def points_entry(ref: Ref, cell: GridCell | None) -> Cell[Decimal]:
    """Points: 10, "10分"; a weight in percent (10%) is that many points of a hundred."""
    if cell is None:
        return Cell(None, "", ref)
    value, text, formula = cell
    if type(value) is Decimal:
        return Cell(value * HUNDRED if "%" in text else value, text, ref, formula, value)
    return Cell(points_of(value) if type(value) is str else None, text, ref, formula, value)


@lru_cache(maxsize=4096)
def points_of(text: str) -> Decimal | None:
    """The points of a text such as "9", "9.5分" or "10%"; None for anything else."""
    match = _POINTS.match(squeeze(text))
    return Decimal(match[1]) if match else parse_decimal(text)


def rate_entry(ref: Ref, cell: GridCell | None) -> Cell[Decimal]:
    """A rate as printed: with % a ratio, without one the bare number, which :mod:`~xlsuite.forms.money` settles."""
    if cell is None:
        return Cell(None, "", ref)
    value, text, formula = cell
    number = value if type(value) is Decimal else rate_of(value) if type(value) is str else None
    return Cell(number, text, ref, formula, value)


@lru_cache(maxsize=4096)
def rate_of(text: str) -> Decimal | None:
    """The ratio of "77.11%", or the bare number of "77.11"."""
    plain = squeeze(text)
    if plain.endswith("%"):
        number = parse_decimal(plain[:-1])
        return None if number is None else number / HUNDRED
    return parse_decimal(text)


def part_entry(ref: Ref, cell: GridCell, part: str) -> Cell[str]:
    """An entry that shares its cell with its label: ``stored`` keeps the whole."""
    return Cell(part or None, part, ref, cell.formula, cell.text)


def label_points(ref: Ref, cell: GridCell, points: Decimal) -> Cell[Decimal]:
    """Points printed inside a label, 产出指标(50分): the text is the label as it stands."""
    return Cell(points, cell.text, ref, cell.formula, cell.value)


def put(fund: FundRow, key: str, ref: Ref, cell: GridCell | None) -> None:
    """Set one field of a fund row."""
    if key == "reason":
        fund.reason = text_entry(ref, cell)
    elif key == "rate":
        fund.rate = rate_entry(ref, cell)
    elif key in ("weight", "score"):
        setattr(fund, key, points_entry(ref, cell))
    else:
        setattr(fund, "budget" if key == "adjusted" else key, amount_entry(ref, cell))
