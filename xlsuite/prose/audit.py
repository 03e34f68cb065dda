"""A report ready to be audited: its text read once, its relations found when a rule first asks for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property
from typing import Protocol

from xlsuite.core.finding import Outcome
from xlsuite.core.form import Form
from xlsuite.core.profile import Profile
from xlsuite.core.registry import run, selected
from xlsuite.core.scorecard import Scorecard
from xlsuite.prose import (
    claims,
    events,
    language,
    lookups,
    names,
    outputs,
    roles,
    statements,
)
from xlsuite.prose.claims import Claim, Claims
from xlsuite.prose.documents import Document
from xlsuite.prose.events import BadDate, Event, TwoDates
from xlsuite.prose.figures import POINTS
from xlsuite.prose.headings import Heading
from xlsuite.prose.language import Slip
from xlsuite.prose.lookups import Citation, TooLarge
from xlsuite.prose.names import Variant
from xlsuite.prose.outputs import Unreported
from xlsuite.prose.quantities import Quantity
from xlsuite.prose.relations import Relations
from xlsuite.prose.statements import Cover, Grade, Score

_CLAUSE = re.compile(r"[，。；、:]")


class Place(Protocol):
    """Anything that stands in the text: a block and start and stop in it."""

    @property
    def block(self) -> int:
        """Index of the block."""

    @property
    def start(self) -> int:
        """First character."""

    @property
    def stop(self) -> int:
        """Behind the last character."""


class Audit(Relations):
    """The subject of every report rule.

    ``document`` is the report, ``form`` and ``scorecard`` the table it belongs to, None when there is none. Everything
    else is derived from the text and computed at most once.
    """

    def __init__(self, document: Document, form: Form | None = None, scorecard: Scorecard | None = None) -> None:
        self.document = document
        self.form = form
        self.scorecard = scorecard

    @cached_property
    def scores(self) -> list[Score]:
        """Statements of the total score, also as the sum of the groups' scores: …，合计 96.1 分."""
        found = statements.scores(self.passages)
        known = {(score.block, score.start) for score in found}
        for item in self.sums:
            total = item.total
            whole = (
                total.kind == POINTS and total.label in ("合计", "共计", "总计", "以上合计", "") and len(item.parts) > 2
            )
            if whole and all(self.is_score(part) for part in item.parts) and (total.block, total.start) not in known:
                text = f"{total.label}{total.printed}"
                found.append(Score(total.block, total.start, total.stop, text, total.value, None))
        return sorted(found, key=lambda score: (score.block, score.start))

    @cached_property
    def grades(self) -> list[Grade]:
        """Statements of the grade."""
        return statements.grades(self.passages)

    @cached_property
    def bands(self) -> dict[str, Decimal]:
        """Lower bounds of the grades as the report explains them."""
        return statements.bands(self.passages)

    @cached_property
    def cover(self) -> Cover:
        """Title and cover."""
        return statements.cover(self.passages)

    @cached_property
    def events(self) -> list[Event]:
        """Dated events."""
        return events.events(self.passages)

    @cached_property
    def unit_names(self) -> list[str]:
        """The names of the reporting unit, from cover, title and form, longest first."""
        return _unit_names(self)

    @cached_property
    def several_projects(self) -> bool:
        """Whether the report gives scores or covers for more than one project."""
        named = [p for p in self.passages if p.text.startswith("项目名称:")]
        titles = {p.text for p in self.passages if statements.is_title(p.text)}
        return len({p.text for p in named}) > 1 or len(titles) > 1

    @cached_property
    def claims(self) -> Claims:
        """Claims of success and admissions of failure."""
        return Claims(self.passages)

    @cached_property
    def unreported(self) -> list[Unreported]:
        """Items paid for that no chapter on results mentions."""
        return list(outputs.unreported(self.passages, self.outline, self.sums))

    @cached_property
    def years(self) -> list[int]:
        """The years the report is about: of its cover, its title or its form."""
        field = self.cover.fields.get("year")
        told = [int(year) for year in re.findall(r"(?:19|20)\d\d", field.text)] if field else []
        form = [self.form.year.value] if self.form and self.form.year.value else []
        return told or self.cover.years or form

    @cached_property
    def two_dates(self) -> list[TwoDates]:
        """Events told with two dates."""
        return list(events.two_dates(self.events))

    @cached_property
    def bad_dates(self) -> list[BadDate]:
        """Dates that do not exist and periods that run backwards."""
        return list(events.bad_dates(self.passages))

    @cached_property
    def empty_answers(self) -> list[tuple[Heading, Claim]]:
        """Chapters on problems or measures that say 无."""
        return list(claims.empty_answers(self.passages, self.outline))

    @cached_property
    def too_large(self) -> list[TooLarge]:
        """Figures beyond anything there is."""
        return list(lookups.too_large(self.passages))

    @cached_property
    def citations(self) -> list[Citation]:
        """Cited documents with a wrong name."""
        return list(lookups.citations(self.passages))

    def slips(self, kind: str) -> list[Slip]:
        """Slips of one kind: the name of a function of :mod:`xlsuite.prose.language`, for example ``typos``."""
        return list(getattr(language, kind)(self.passages))

    @cached_property
    def name_variants(self) -> list[Variant]:
        """Other spellings of the unit's and the project's name, and systems named in two word orders."""
        found = [v for unit in self.unit_names for v in names.unit_variants(self.passages, unit)]
        for name in self.project_names:
            found += names.project_variants(self.passages, name)
        found += names.transposed(self.passages)
        return _without_overlaps(found)

    @cached_property
    def project_names(self) -> list[str]:
        """The project's name as the cover and the title give it."""
        field = self.cover.fields.get("project_name")
        return [name for name in (field.text if field else "", self.cover.name) if name]

    def topics(self, block: int) -> set[str]:
        """What the chapter of a block is about: problems, measures, funds, outcome, result …"""
        return claims.topics(self.passages[block].heading)

    def has_topic(self, topic: str) -> bool:
        """Whether any chapter is about a topic."""
        return any(topic in claims.topics(heading) for heading in self.outline.headings)

    @staticmethod
    def same_name(one: str, other: str) -> bool:
        """Whether two names differ in boilerplate only, or one contains the other."""
        return names.agrees(one, other)

    @staticmethod
    def likeness(one: str, other: str) -> float:
        """How alike two names are, 0 to 1."""
        return names.similar(names.core(one), names.core(other))

    def quote(self, place: Place) -> str:
        """The words at a place as they were written."""
        return self.blocks[place.block].quote(place.start, place.stop)

    def paragraph(self, place: Place) -> int:
        """The number of the physical paragraph of a place."""
        return self.blocks[place.block].at(place.start)

    def around(self, place: Place, before: int = 28, after: int = 14) -> str:
        """The words around a place, as they were written: whole clauses of its sentence where they fit."""
        passage = self.passages[place.block]
        text, block = passage.text, passage.block
        start, stop = passage.sentence(place.start)
        start = max([start, place.start - before, *(cut for cut in block.cuts if cut <= place.start)])
        stop = min([stop, place.stop + after, *(cut for cut in block.cuts if cut > place.start)])
        opening = _CLAUSE.search(text, start, place.start)
        if opening and start not in (0, *block.cuts):
            start = opening.end()
        closing = _CLAUSE.search(text, min(place.stop, stop), stop)
        if closing:
            stop = closing.start()
        while place.stop < stop < len(text) and text[stop - 1].isdigit() and text[stop].isdigit():
            stop -= 1
        return block.quote(start, stop).strip().strip("，。；、,;")

    @staticmethod
    def is_weight(figure: Quantity) -> bool:
        """Whether points are called a weight: 分值, 权重, 满分."""
        return bool(figure.role & roles.WEIGHT)

    @staticmethod
    def is_score(figure: Quantity) -> bool:
        """Whether points are called a score: 得分, 得."""
        return bool(figure.role & roles.SCORE)

    @staticmethod
    def told(figure: Quantity) -> str:
        """A figure with the words that name it, for messages: 实际支付 50418.98 万元."""
        label = re.sub(r"^.*[:：]|^(?:其中|并|且|已经?|共|，|的)+", "", figure.label)
        label = label if len(label) <= 16 else f"…{label[-12:]}"
        return f"{label} {figure.said}" if label else figure.said

    def figures(self) -> Iterator[Quantity]:
        """Every figure of the running text, in order."""
        return (figure for passage in self.passages for figure in passage.figures)


def _without_overlaps(found: list[Variant]) -> list[Variant]:
    """The longest variant where several stand at one place, in the order of the text."""
    kept: list[Variant] = []
    for variant in sorted(found, key=lambda v: (v.block, v.start, -v.stop)):
        if not kept or variant.block != kept[-1].block or variant.start >= kept[-1].stop:
            kept.append(variant)
    return kept


def _unit_names(audit: Audit) -> list[str]:
    found = [audit.cover.fields[key].text for key in ("unit", "department") if key in audit.cover.fields]
    if audit.form:
        found += [cell.value for key, cell in audit.form.info.items() if key in ("unit", "department") and cell.value]
    found += names.units_in(audit.cover.title)
    return sorted(dict.fromkeys(name for name in found if len(name) >= 6), key=len, reverse=True)


def audit(subject: Audit, profile: Profile, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> Outcome:
    """Run the report rules over a subject; ``select`` and ``ignore`` are prefixes of rule codes.

    Findings come in the order of the text. Nothing is invented for a document without text: it must be refused before,
    see :func:`xlsuite.hosts.documents.open_report`.
    """
    paths = {id(cell): path for path, cell in subject.form.cells()} if subject.form else {}
    outcome = run(selected("report", profile, select, ignore), paths, subject, profile)
    outcome.findings.sort(key=lambda finding: (finding.paragraph or 0, -finding.severity.rank, finding.code))
    return outcome
