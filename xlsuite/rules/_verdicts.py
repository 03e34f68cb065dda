"""Which rule owns a row whose printed score does not fit: every row is judged once, so no defect is told twice."""

from __future__ import annotations

from decimal import Decimal

from xlsuite.core.form import Cell
from xlsuite.core.profile import Profile
from xlsuite.core.scorecard import Expected
from xlsuite.core.values import agrees, in_unit_of, outcome, printed_places
from xlsuite.rules._names import better
from xlsuite.rules._rows import Facts, Row

_BY_METHOD = {
    "contradiction": "VAL103",
    "unfinished": "SCO109",
    "date": "VAL108",
    "cost": "SCO111",
    "forward": "SCO103",
    "reverse": "SCO104",
    "equal": "SCO105",
    "range": "SCO121",
    "satisfaction": "SCO122",
    "qualitative": "SCO106",
    "word": "SCO106",
    "proportional": "FND104",
    "bands": "FND104",
}
"""The rule that tells of a misfit, by the method that gave the expected score."""

_NUMERIC = frozenset(("forward", "reverse", "equal", "range"))


def nearest(printed: Decimal, expected: Expected) -> Decimal:
    """The allowed value a printed score comes closest to."""
    assert expected.low is not None
    assert expected.high is not None
    choices = expected.candidates or (expected.low, expected.high)
    return min(choices, key=lambda value: abs(value - printed))


def fits(cell: Cell[Decimal], expected: Expected, tolerance: Decimal = Decimal(0)) -> bool:
    """Whether a printed score agrees with the expected one at its own precision; cut-off decimals are tolerated."""
    if cell.value is None or not expected.decided:
        return True
    places = printed_places(cell.text)
    if expected.accepts(cell.value, places, tolerance):
        return True
    if expected.open_high and expected.high is not None and cell.value >= expected.high:
        return False
    return bool(places) and agrees(cell.value, nearest(cell.value, expected), places, truncated=True)


def cut_off(cell: Cell[Decimal], expected: Expected) -> bool:
    """Whether a fitting score is not the commercial rounding of the exact one: 9 for 9.5, 7.7 for 7.78."""
    exact = expected.exact
    if cell.value is None or exact is None or cell.value >= exact:
        return False
    places = printed_places(cell.text) or 0
    half = Decimal(5).scaleb(-places - 1)
    return exact - cell.value >= half


def doubtful(row: Row) -> bool:
    """Whether the expected score rests on a reading that could be wrong: a number inside a phrase, an unsaid direction."""
    if not row.target.strict or not row.actual.strict:
        return True
    if row.target.operator or row.expected.method not in ("forward", "equal"):
        return False
    return row.item.aspect in ("time", "cost") or better(row.title) == "less"


def judge(row: Row, tolerance: Decimal) -> str:
    """Code of the rule that must tell about the row's score, or "" when it is fine or cannot be checked."""
    score, weight = row.score, row.weight
    if score is None or weight is None:
        return ""
    if score < 0 or score > weight:
        return "SCO101"
    expected = row.expected
    if not expected.decided or fits(row.item.score, expected, tolerance):
        return ""
    code = _BY_METHOD.get(expected.method, "SCO106" if expected.judgement else "SCO103")
    if code in ("VAL103", "SCO109", "SCO111", "FND104"):
        return code
    if row.item.aspect == "cost" and code != "SCO106" and not row.target.operator:
        return "SCO111"
    if _same_scale_missed(row):
        return "VAL118"
    if row.met and score < weight:
        return "SCO107"
    if score == weight and code in ("SCO103", "SCO104", "SCO105", "SCO121"):
        return "SCO108"
    return code


def _same_scale_missed(row: Row) -> bool:
    """Whether the actual value only needs its decimal point moved by two places: 0.96% or 9600% for ≥95%."""
    actual = in_unit_of(row.actual, row.target)
    if actual is None or not row.target.number or not actual.number or row.target.unit != "%":
        return False
    times = actual.number / row.target.number
    return Decimal("0.008") <= times <= Decimal("0.0125") or Decimal(80) <= times <= Decimal(125)


def judged(known: Facts, profile: Profile) -> dict[str, list[Row]]:
    """The rows that need a word about their score, by the code of the rule that says it."""
    tolerance = profile["tolerance.score"]
    found: dict[str, list[Row]] = {}
    for row in known.rows:
        code = judge(row, tolerance)
        if code:
            found.setdefault(code, []).append(row)
    return found


def is_undone(row: Row) -> bool:
    """Whether the actual value says plainly that nothing was achieved."""
    return row.actual.kind == "word" and outcome(row.actual.word) == "undone"
