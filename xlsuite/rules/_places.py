"""Findings in a narrative report: their place, the words quoted, and percentages written like the printed ones."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from xlsuite.core.decimals import round_half_up
from xlsuite.core.finding import Problem

if TYPE_CHECKING:
    from xlsuite.prose.audit import Audit, Place


HINT, LIKELY, CERTAIN = 1, 2, 3
"""How sure a relation is, see ``xlsuite.prose.sums.Sure``; 0 means that it agrees."""


def found_at(audit: Audit, place: Place, message: str, **details: Any) -> Problem:
    """A problem at a place of the text: paragraph and quote are filled in. ``cells`` name the table's side, if any."""
    return Problem(
        details.pop("cells", ()),
        message=message,
        quote=audit.around(place),
        paragraph=audit.paragraph(place),
        **details,
    )


def percentage(exact: Decimal, printed: Decimal) -> str:
    """An exact percentage, with two decimals or as many as the printed one has."""
    exponent = printed.as_tuple().exponent
    decimals = max(2, -exponent if isinstance(exponent, int) else 2)
    return f"{round_half_up(exact, decimals):f}%"


def whole_block(audit: Audit, block: int, message: str, *, start: int = 0, **details: Any) -> Problem:
    """A problem of a whole paragraph: its first words are quoted, from ``start`` on."""
    source = audit.blocks[block]
    stop = min(len(source.text), start + 40, *(cut for cut in source.cuts if cut > start), len(source.text))
    return Problem(
        details.pop("cells", ()),
        message=message,
        quote=source.quote(start, stop).strip(),
        paragraph=source.at(start),
        **details,
    )
