"""Runs the product over drawn workbooks and counts: fields read right, mistakes found, findings on correct forms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.acceptance.compare import Comparison, Reading, compare, match
from tests.forms.layouts import FAMILIES, make
from tests.forms.layouts.defects import ARITHMETIC, INJECTORS, Defect, decidable, inject
from tests.forms.layouts.sheet import Truth, Workbook
from tests.forms.layouts.writers import WRITERS
from xlsuite.app.check import CheckOptions, examine
from xlsuite.core.errors import XlsuiteError
from xlsuite.core.finding import Finding, Severity
from xlsuite.core.form import Form
from xlsuite.forms.read import read_forms
from xlsuite.hosts.base import open_book


@dataclass(slots=True)
class Tally:
    """Counts of one family, with what went wrong in words."""

    family: str
    fields: int = 0
    wrong: list[str] = field(default_factory=list)
    clean: int = 0
    alarms: list[str] = field(default_factory=list)
    mistakes: int = 0
    missed: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Fields read right, 0 to 1."""
        return 1 - len(self.wrong) / self.fields if self.fields else 1.0


def read(path: Path) -> list[Form]:
    """The forms of a file; none when the product refuses it."""
    try:
        return read_forms(open_book(path))
    except XlsuiteError:
        return []


def save(book: Workbook, folder: Path, writer: str, name: str) -> Path:
    """The workbook as a file of a writer."""
    ending, function = WRITERS[writer]
    return function(book, folder / f"{name}{ending}")


def reading_of(book: Workbook, path: Path, strict: bool = True) -> tuple[list[Reading], Comparison]:
    """Every form of the file against its truth."""
    forms = read(path)
    readings = match(forms, book.truths, strict)
    whole = Comparison()
    for reading in readings:
        part = compare(reading)
        whole.total += part.total
        whole.wrong += part.wrong
    lost = len(book.truths) - len({id(reading.form) for reading in readings})
    for truth in book.truths[-lost:] if lost > 0 else ():
        whole.total += len(truth.fields)
        whole.wrong += [(path, told.text, "form not found") for path, told in truth.fields.items()]
    for _ in range(max(0, len(forms) - len(book.truths))):
        whole.check("form", "no further form", "a form that is none", False)
    return readings, whole


def findings(form: Form) -> list[Finding]:
    """What the rules say about a form, with the profile chosen by the product."""
    return examine(form, CheckOptions()).outcome.findings


def measure_reading(tally: Tally, book: Workbook, path: Path, strict: bool = True) -> list[Reading]:
    """Add the reading of one file to a tally."""
    readings, whole = reading_of(book, path, strict)
    tally.fields += whole.total
    tally.wrong += [f"{path.name} {field}: expected {expected}, got {got}" for field, expected, got in whole.wrong]
    return readings


def measure_clean(tally: Tally, readings: Iterable[Reading], name: str, tolerated: tuple[str, ...] = ()) -> None:
    """Errors and warnings on correct forms are false alarms."""
    for reading in readings:
        tally.clean += 1
        for finding in findings(reading.form):
            if finding.severity is Severity.INFO or short(finding).startswith(tolerated or ("-",)):
                continue
            tally.alarms.append(f"{name} {describe(finding)}")


def describe(finding: Finding) -> str:
    """A finding in a line."""
    place = finding.ref.a1 if finding.ref else "—"
    return f"{finding.code} {finding.severity.value} {place} {finding.message}"


def short(finding: Finding) -> str:
    """SCO103 → SCO03: the family and the last two digits."""
    return finding.code[:3] + finding.code[-2:]


def found(truth: Truth, defect: Defect, made: list[Finding]) -> bool:
    """Whether one of the findings names the mistake at one of its places."""
    cells = {truth.places[path][1] for path in defect.fields if path in truth.places}
    for finding in made:
        if short(finding) not in defect.codes or (finding.severity is Severity.INFO and not defect.hint):
            continue
        if "*" in defect.fields or any(ref.a1 in cells for ref in finding.refs[:1]):
            return True
        if any(ref.a1 in cells for ref in finding.refs):
            return True
    return False


def measure_defects(tally: Tally, folder: Path, seeds: Iterable[int], kinds: Iterable[str] = ()) -> None:
    """Put every mistake into a family once per seed and look whether it is found."""
    if not FAMILIES[tally.family].lines:
        return
    for kind in kinds or INJECTORS:
        for seed in seeds:
            book = make(tally.family, seed, inject(kind))
            truth = book.truths[0]
            if not truth.defects or not decidable(truth.defects[0], truth.places):
                continue
            name = f"{tally.family}-{seed}-{kind}"
            readings = match(read(save(book, folder, "xlsxwriter", name)), book.truths[:1])
            made = findings(readings[0].form) if readings else []
            tally.mistakes += 1
            if not found(truth, truth.defects[0], made):
                tally.missed.append(_missed(name, truth, made))


def _missed(name: str, truth: Truth, made: list[Finding]) -> str:
    defect = truth.defects[0]
    places = [truth.places[path][1] for path in defect.fields if path in truth.places]
    said = "; ".join(describe(finding) for finding in made if finding.severity is not Severity.INFO) or "nothing"
    return f"{name}: expected {'/'.join(defect.codes)} at {'/'.join(places) or 'the form'}, said: {said}"


def table(tallies: Iterable[Tally]) -> str:
    """The result per family as text."""
    shape = "{:<24}{:>8}{:>8}  {:>6}{:>8}  {:>9}{:>8}"
    lines = [shape.format("family", "fields", "right", "clean", "alarms", "mistakes", "found")]
    for tally in tallies:
        caught = f"{1 - len(tally.missed) / tally.mistakes:.0%}" if tally.mistakes else "—"
        counts = (tally.clean, len(tally.alarms), tally.mistakes, caught)
        lines.append(shape.format(tally.family, tally.fields, f"{tally.share:.1%}", *counts))
    return "\n".join(lines)


def families() -> list[str]:
    """Every family by name."""
    return sorted(FAMILIES)


def arithmetic(kinds: Iterable[str] = ()) -> list[str]:
    """The mistakes that the numbers alone prove."""
    return sorted(kind for kind in (kinds or INJECTORS) if kind in ARITHMETIC)


def sample(
    family: str, seeds: Iterable[int], folder: Path, writers: tuple[str, ...] = ("xlsxwriter", "openpyxl")
) -> Tally:
    """Read and check correct forms of a family."""
    tally = Tally(family)
    for seed in seeds:
        writer = writers[seed % len(writers)]
        book = make(family, seed)
        path = save(book, folder, writer, f"{family}-{seed}")
        measure_clean(tally, measure_reading(tally, book, path), path.name)
    return tally


__all__: list[Any] = [name for name in dir() if not name.startswith("_")]
