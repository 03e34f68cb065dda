"""Which rule owns a row whose printed score does not fit: every row is judged once, so no defect is told twice."""

from __future__ import annotations

from decimal import Decimal

from xlsuite.core.form import Cell
from xlsuite.core.scorecard import Expected
from xlsuite.core.values import agrees, in_unit_of, outcome, printed_places
from xlsuite.rules._rows import Facts, Row

_BY_METHOD = {
    "contradiction": "VAL103",
    "unfinished": "SCO109",
    "date": "VAL108",
    "cost": "SCO111",
    "forward": "SCO103",
    "either": "SCO103",
    "reverse": "SCO104",
    "equal": "SCO105",
    "range": "SCO121",
    "qualitative": "SCO106",
    "word": "SCO106",
}
"""The rule that tells of a misfit, by the method that gave the expected score."""

_NOTICEABLE = Decimal("0.05")
_LEAST_SLIP, _MOST_SLIP = Decimal("0.008"), Decimal("0.0125")
_FULL_THOUGH_MISSED = frozenset(("SCO103", "SCO104", "SCO105", "SCO121"))


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


def rounded_up(cell: Cell[Decimal], expected: Expected) -> bool:
    """Whether a score is above the exact one by rounding to fewer decimals: 10 for 9.6."""
    return cell.value is not None and expected.exact is not None and cell.value - expected.exact >= _NOTICEABLE


def judge(row: Row, tolerance: Decimal) -> str:
    """Code of the rule that must tell about the row's score, or "" when it is fine or cannot be checked."""
    score, weight, expected = row.score, row.weight, row.expected
    if score is None or weight is None or weight < 0:
        return ""
    if score < 0 or score > weight:
        return "SCO101"
    if expected.low is None or expected.high is None or score == expected.low == expected.high:
        return ""
    if fits(row.item.score, expected, tolerance):
        return ""
    code = _BY_METHOD.get(expected.method, "SCO103")
    if row.met and score < weight:
        return "SCO111" if row.item.aspect == "cost" else "SCO107"
    if code in ("VAL103", "SCO109", "SCO111", "VAL108"):
        return code
    if _point_misplaced(row):
        return "VAL118"
    return "SCO108" if score == weight and code in _FULL_THOUGH_MISSED else code


def _point_misplaced(row: Row) -> bool:
    """Whether the actual percentage only needs its decimal point moved by two places: 0.96% for ≥95%."""
    if row.target.unit != "%" or row.actual.unit != "%" or not row.target.number or not row.actual.number:
        return False
    times = row.actual.number / row.target.number
    return row.actual.number <= 1 and _LEAST_SLIP <= times <= _MOST_SLIP


def judged(known: Facts) -> dict[str, list[Row]]:
    """The rows that need a word about their score, by the code of the rule that says it; worked out once per form."""
    if known.judged is None:
        tolerance = known.profile["tolerance.score"]
        known.judged = {}
        for row in known.rows:
            code = judge(row, tolerance)
            if code:
                known.judged.setdefault(code, []).append(row)
    return known.judged


def provably_missed(row: Row) -> bool:
    """Whether target and actual value alone show that the target was missed, whatever the weights."""
    if is_undone(row):
        return True
    target = row.target
    same = in_unit_of(row.actual, target) if row.actual.operator in ("", "=") else None
    if same is None or same.number is None or target.number is None or target.kind != "number":
        return False
    if not (target.strict and row.actual.strict) or row.actual.kind != "number":
        return False
    if target.operator in ("≥", ">", "="):
        return same.number < target.number
    return target.operator in ("≤", "<") and same.number > target.number


def is_undone(row: Row) -> bool:
    """Whether the actual value says plainly that nothing was achieved."""
    return row.actual.kind == "word" and outcome(row.actual.word) == "undone"
