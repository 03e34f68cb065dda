"""How high a row must be for its wrapped text: not every spreadsheet program works that out when it opens a file."""

from __future__ import annotations

from collections.abc import Iterable

from xlsuite.output.console import width

LINE_POINTS = 14.5
MOST_LINES = 12


def row_points(cells: Iterable[tuple[str, float]]) -> float:
    """Height in points for texts in columns of the given widths (in characters), at most twelve lines."""
    lines = 1
    for text, columns in cells:
        room = max(2.0, columns - 1.5)
        lines = max(lines, sum(max(1, -int(-width(part) // room)) for part in text.split("\n")))
    return min(lines, MOST_LINES) * LINE_POINTS + 2
