"""Reading what people type: numbers, amounts, percents, dates, operators and words, in any width and spacing.

The one door to the parsers of :mod:`~xlsuite.core.text`, :mod:`~xlsuite.core.decimals`, :mod:`~xlsuite.core.dates`,
:mod:`~xlsuite.core.measures`, :mod:`~xlsuite.core.outcomes` and :mod:`~xlsuite.core.reading`. Numbers become
:class:`~decimal.Decimal`; nothing is ever guessed: what is not understood stays text.
"""

from xlsuite.core.dates import Day, When, parse_when
from xlsuite.core.decimals import agrees, chinese_number, parse_decimal, printed_places, round_half_up
from xlsuite.core.measures import BLANK, Kind, Measure, comparable, in_unit_of, to_yuan
from xlsuite.core.outcomes import outcome, said
from xlsuite.core.reading import parse_measure
from xlsuite.core.text import is_placeholder, squeeze

__all__ = [
    "BLANK",
    "Day",
    "Kind",
    "Measure",
    "When",
    "agrees",
    "chinese_number",
    "comparable",
    "in_unit_of",
    "is_placeholder",
    "outcome",
    "parse_decimal",
    "parse_measure",
    "parse_when",
    "printed_places",
    "round_half_up",
    "said",
    "squeeze",
    "to_yuan",
]
