"""Cell contents between LibreOffice and xlwings: numbers, dates, texts, errors and formulas in Excel's syntax."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheet dates know no zone
DAY = dt.timedelta(days=1)

VALUE, DATETIME, TEXT, FORMULA = 1, 2, 4, 16
"""com.sun.star.sheet.CellFlags"""

_FORMULA_ERRORS = {502: "#VALUE!", 503: "#NUM!", 519: "#VALUE!", 524: "#REF!", 525: "#NAME?", 532: "#DIV/0!"}
_PLAIN = re.compile(r"[A-Za-z0-9_$:()+\-*/,;<>=&%^ ]*(?:(?<=[0-9])\.(?=[0-9])[A-Za-z0-9_$:()+\-*/,;<>=&%^ ]*)*")


class CellError(str):
    """An error value of a cell, as Excel writes it."""


def error_of(code: int) -> CellError:
    """Excel's name of one of LibreOffice's error numbers."""
    return CellError(_FORMULA_ERRORS.get(code, "#NULL!" if code == 533 else "#N/A"))


def excel_formula(text: str) -> str | None:
    """LibreOffice's English formula in Excel's syntax; None when only a parser could tell."""
    pieces = text.split('"')
    for index in range(0, len(pieces), 2):
        if not _PLAIN.fullmatch(pieces[index]):
            return None
        pieces[index] = pieces[index].replace(";", ",")
    return '"'.join(pieces)


def stored(value: Any) -> tuple[float | str, str]:
    """What ``setDataArray`` takes for a value, and what else is to be done: "", bool, date, datetime or formula."""
    if value is None:
        return "", ""
    if isinstance(value, bool):
        return float(value), "bool"
    if isinstance(value, int | float | Decimal):
        return float(value), ""
    if isinstance(value, dt.datetime):
        kind = "datetime" if value.hour or value.minute or value.second else "date"
        return (value.replace(tzinfo=None) - EPOCH) / DAY, kind
    if isinstance(value, dt.date):
        return float((value - EPOCH.date()).days), "date"
    text = str(value)
    if text.startswith("="):
        return text, "formula"
    return text.removeprefix("'"), ""


def cleaned(value: Any, options: dict[str, Any]) -> Any:
    """One cell for xlwings' converters."""
    if value is None:
        return options["empty_as"]
    if isinstance(value, CellError):
        return str(value) if options["err_to_str"] else None
    if isinstance(value, dt.datetime):
        builder = options["datetime_builder"]
        parts = ("year", "month", "day", "hour", "minute", "second", "microsecond")
        return builder(**{part: getattr(value, part) for part in parts}, tzinfo=None)
    if options["number_builder"] and type(value) is float:
        return options["number_builder"](value)
    return value


def rectangle(data: Any, shape: tuple[int, int]) -> list[Sequence[Any]]:
    """Rows for a range: a single value fills it."""
    if isinstance(data, list | tuple):
        return [row if isinstance(row, list | tuple) else [row] for row in data]
    return [[data] * shape[1]] * shape[0]
