"""What a report costs: ours against plain docxtpl on the same document, and against a bare Jinja run of it.

``python -m tests.report.benchmark`` prints medians of CPU time per report and the ratios. All ways run interleaved
in one process, garbage collected before each timed call. Charts are drawn beforehand; all ways get the same PNG.
"""

from __future__ import annotations

import gc
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from statistics import median
from time import process_time
from typing import Any

from tests.report.examples import SEEDS
from xlsuite.report.compiled import DOCUMENT, ready
from xlsuite.report.context import build_context
from xlsuite.report.facts import Facts
from xlsuite.report.library import shipped
from xlsuite.report.records import Record, names_of
from xlsuite.report.values import Counter, Picture

ROUNDS = 15


def docxtpl_template(data: bytes) -> bytes:
    """The shipped template in docxtpl's own dialect: no 合并 filter, the document properties without tags."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith(".xml"):
                content = content.replace("|合并".encode(), b"").replace("|个数".encode(), b"|length")
            copy.writestr(name, content)
    return target.getvalue()


def plain_context(facts: Facts, names: set[str]) -> dict[str, Any]:
    """The same values as plain dicts, lists and texts."""
    return {name: _plain(value) for name, value in build_context(facts, names).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, Record):
        return {
            entry.name: _plain(entry.get(value.source, value.facts)) for entry in set(names_of(value.kind).values())
        }
    if isinstance(value, (Picture, Counter)):
        return value
    if hasattr(value, "facts"):
        return dict(value.facts.materials.texts)
    return None if value is None else str(value)


def with_docxtpl(data: bytes, context: dict[str, Any]) -> bytes:
    """A report as docxtpl documents it: open, render, save."""
    from docx.shared import Mm
    from docxtpl import DocxTemplate, InlineImage

    template = DocxTemplate(BytesIO(data))
    values = {
        name: InlineImage(template, BytesIO(value.png), width=Mm(value.width))
        if isinstance(value, Picture)
        else "1"
        if isinstance(value, Counter)
        else value
        for name, value in context.items()
    }
    template.render(values, autoescape=True)
    target = BytesIO()
    template.save(target)
    return target.getvalue()


def measured(ways: dict[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, float]:
    """Median CPU milliseconds of each way, interleaved."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            gc.collect()
            start = process_time()
            way()
            times[name].append((process_time() - start) * 1000)
    return {name: median(values) for name, values in times.items()}


def measured_ways() -> dict[str, Callable[[], object]]:
    """docxtpl as documented, ours, and a bare Jinja run of the same document."""
    example = SEEDS["yiyang"]()
    data = shipped("hn-project", 30)
    template = ready(data)

    def facts() -> Facts:
        return Facts(example.form, example.card, example.profile, example.materials)

    other, context = docxtpl_template(data), plain_context(facts(), template.names)
    program, values = template.bare(DOCUMENT, facts())
    return {
        "docxtpl": lambda: with_docxtpl(other, context),
        "xlsuite": lambda: template.render(facts()),
        "bare jinja": lambda: program(values),
    }


def main() -> int:
    results = measured(measured_ways())
    for name, value in results.items():
        sys.stdout.write(f"{name:12} {value:8.2f} ms\n")
    sys.stdout.write(f"docxtpl ÷ xlsuite = {results['docxtpl'] / results['xlsuite']:.1f}\n")
    sys.stdout.write(f"xlsuite ÷ bare jinja = {results['xlsuite'] / results['bare jinja']:.1f}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
