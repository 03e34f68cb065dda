"""How people write values: what was reached stays unsaid, what was missed with full points is said."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from tests.acceptance.measure import describe, findings, read
from tests.forms.layouts.compose import compose, settle
from tests.forms.layouts.content import Content, Line
from tests.forms.layouts.families_national import head
from tests.forms.layouts.family import FAMILIES, Task
from tests.forms.layouts.hand import Hand
from tests.forms.layouts.shapes import NATIONAL_FUNDS, NATIONAL_TABLE, Funds, Goals, Table
from tests.forms.layouts.sheet import Sheet, Workbook
from tests.forms.layouts.writers import xlsx
from xlsuite.core.finding import Finding, Severity

TABLE = tomllib.loads(Path(__file__).with_name("values.toml").read_text("utf-8"))
ASPECTS = ("quantity", "quality", "time", "social", "satisfaction")


def form_of(pairs: list[tuple[str, str]], path: Path) -> Path:
    """A national form of 2023, clean but for the given values, each line with full points."""
    import random

    content = compose(1, salt="values")
    content.year = 2023
    content.lines = [line(number, pair, len(pairs)) for number, pair in enumerate(pairs)]
    content.execution_reason = ""
    settle(content)
    task = Task("values", 1, FAMILIES["national-2020"].wish, content, plain_hand(), random.Random(1))
    return xlsx(Workbook("values", 1, [sheet_of(task, content)]), path)


def plain_hand() -> Hand:
    import random

    return Hand(random.Random(1), breaks=0, blanks=0)


def line(number: int, pair: tuple[str, str], count: int) -> Line:
    """A neutral name: what matters is the value. The weights share 90 points."""
    weight = Decimal(90) / count
    aspect = ASPECTS[number * len(ASPECTS) // count]
    dimension = {"social": "benefit", "satisfaction": "satisfaction"}.get(aspect, "output")
    name = f"工作任务{'甲乙丙丁戊己庚辛壬'[number]}完成水平"
    return Line(dimension, aspect, name, "word", "", "", pair[0], pair[1], weight, weight, "", *pair)


def sheet_of(task: Task, content: Content) -> Sheet:
    sheet = task.sheet()
    draft = task.draft(sheet, 9, content)
    head(draft)
    draft.funds(Funds(NATIONAL_FUNDS))
    draft.goals(Goals())
    draft.table(Table(NATIONAL_TABLE))
    draft.total("总分", 7, 8)
    return sheet


def spoken(path: Path) -> list[Finding]:
    """What is said about single lines; the scheme of points is not the matter here."""
    return [finding for finding in findings(read(path)[0]) if finding.code[:3] in ("SCO", "VAL", "DEV")]


REACHED = [tuple(pair) for pair in TABLE["reached"]]
NEUTRAL = [("≥10次", "10次"), ("≥95%", "96%"), ("12月底前", "12月20日"), ("提升", "提升"), ("≥90%", "92%")]


@pytest.mark.parametrize("start", range(0, len(REACHED), 9))
def test_reached_values_stay_unsaid(start: int, tmp_path: Path) -> None:
    pairs = (REACHED[start : start + 9] + NEUTRAL * 2)[:9]
    said = spoken(form_of(pairs, tmp_path / "reached.xlsx"))
    made = [finding for finding in said if finding.severity is not Severity.INFO]
    assert not made, "\n".join(describe(finding) for finding in made)


@pytest.mark.parametrize("pair", [tuple(pair) for pair in TABLE["missed"]], ids=lambda pair: f"{pair[0]}|{pair[1]}")
def test_missed_values_with_full_points_are_said(pair: tuple[str, str], tmp_path: Path) -> None:
    path = form_of([NEUTRAL[0], NEUTRAL[1], pair, *NEUTRAL[2:]], tmp_path / "missed.xlsx")
    form = read(path)[0]
    wanted = {form.indicators[2].score.ref, form.indicators[2].actual.ref}
    made = spoken(path)
    assert any(wanted & set(finding.refs) for finding in made), "\n".join(describe(finding) for finding in made)
