"""How marks look: the fill of each severity, and how a mark reads in a cell's note.

The three fills differ in brightness as well as in hue, so that they can be told apart on a black-and-white print; the
severity is always written out as well.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from xlsuite.core.finding import Mark, Severity

COLOURS = {Severity.ERROR: "FFB7B9", Severity.INFO: "CFE3F7", Severity.WARNING: "FFF3B8"}
"""RRGGBB, by severity: light red (darkest), light blue, light yellow (brightest). Uncommon shades on purpose."""

HEADING = "—— 校验标记 ——"
"""First line of what a mark adds to a note; what stands above it is the user's own."""

AUTHOR = "绩效自评校验"


def display_width(text: str) -> int:
    """Width of a line in half-width characters."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def fill_markup(severity: Severity) -> str:
    """The ``<fill>`` of a severity."""
    return solid_fill(COLOURS[severity])


def solid_fill(colour: str) -> str:
    """The ``<fill>`` of one colour, RRGGBB."""
    colours = f'<fgColor rgb="FF{colour}"/><bgColor indexed="64"/>'
    return f'<fill><patternFill patternType="solid">{colours}</patternFill></fill>'


def severity_of(colour: str) -> Severity | None:
    """The severity whose fill has that RRGGBB colour."""
    return next((severity for severity, own in COLOURS.items() if own == colour.upper()), None)


def note_block(marks: Sequence[Mark]) -> str:
    """The text that the marks of one cell put into its note, most serious first."""
    lines = [HEADING]
    for mark in sorted(marks, key=lambda item: -item.severity.rank):
        said = mark.note.startswith(f"【{mark.severity.label}")
        line = mark.note if said else f"【{mark.severity.label}】{mark.note}"
        if line not in lines:
            lines.append(line)
    return "\n".join(lines)
