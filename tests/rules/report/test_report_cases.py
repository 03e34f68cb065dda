"""Every rule on narrative reports over small texts: what it says and how sure; and where it is silent."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.rules.building import build, merged, table
from xlsuite.core.finding import Finding, Outcome, Severity
from xlsuite.core.profile import load
from xlsuite.core.registry import SECTIONS, Rule, rules
from xlsuite.prose.audit import Audit, audit
from xlsuite.prose.documents import from_text
from xlsuite.scoring import score

HERE = Path(__file__).parent
PROFILE = load("national-2020").at(2022)
CASES: list[dict[str, Any]] = [
    case
    for path in sorted((HERE / "cases").glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]
RULES = rules("report")
ENGLISH = re.compile(r"\b(?:None|True|False|Decimal|Quantity|budget|score|error|warning)\b")


def outcome_of(case: dict[str, Any]) -> Outcome:
    document = from_text(case["text"].strip("\n"), "case", case.get("kind", "txt"))
    if "form" not in case:
        return audit(Audit(document), PROFILE)
    form = build(merged(table("base.toml"), case["form"]))
    return audit(Audit(document, form, score(form, PROFILE)), PROFILE)


FINDINGS = [finding for case in CASES for finding in outcome_of(case).findings]


def told(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.printed, finding.expected


def matches(finding: Finding, wanted: str) -> bool:
    parts = [part.strip() for part in wanted.split("|")]
    return all(part == mine for part, mine in zip(parts, told(finding), strict=False))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']}: {case['what']}")
def test_case(case: dict[str, Any]) -> None:
    outcome = outcome_of(case)
    said = "\n".join(f"{' | '.join(told(one))}   {one.message}" for one in outcome.findings)
    left = list(outcome.findings)
    for wanted in case["find"]:
        hit = next((one for one in left if matches(one, wanted)), None)
        assert hit is not None, f"expected {wanted}; said\n{said}"
        if hit.code == case["rule"] and "certain" in case:
            assert hit.certain is case["certain"]
        left.remove(hit)
    rest = [one for one in left if one.code not in case.get("also", ())]
    assert not rest, f"unexpected:\n{said}"
    for code in case.get("undecided", ()):
        assert code in {undecided for undecided, _ in outcome.undecided}


def test_every_rule_has_a_firing_and_a_silent_case() -> None:
    known = {rule.code for rule in RULES}
    firing = {case["rule"] for case in CASES if any(w.startswith(case["rule"]) for w in case["find"])}
    silent = {case["rule"] for case in CASES if not any(w.startswith(case["rule"]) for w in case["find"])}
    assert firing == known
    assert silent == known


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_documentation_is_complete(rule: Rule) -> None:
    assert tuple(rule.documentation) == SECTIONS
    for section, text in rule.documentation.items():
        assert text.endswith("。"), (section, text)
    assert rule.documentation["错误"] != rule.documentation["正确"]
    assert rule.source


def test_titles_are_told_apart() -> None:
    titles = [rule.title for rule in rules()]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("one", FINDINGS, ids=lambda one: f"{one.code} {one.printed}")
def test_message(one: Finding) -> None:
    text = one.message
    outside = re.sub(r"“[^”]*”", "", text)
    assert text.endswith("。")
    assert "。" not in outside[:-1], "one sentence"
    assert not ENGLISH.search(outside), text
    assert one.suggestion.endswith("。")
    assert one.basis
    assert text.count("“") == text.count("”"), text
    assert text.count("（") == text.count("）"), text
    assert not re.search(r"\d{5,}\.\d{7,}|E[+-]\d", text), text
    if one.quote:
        assert one.paragraph


def test_only_certain_findings_are_errors() -> None:
    assert all(one.certain for one in FINDINGS if one.severity is Severity.ERROR)
