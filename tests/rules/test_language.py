"""What every rule owes its reader: documentation, one complete sentence, the numbers, a next step."""

from __future__ import annotations

import re

import pytest

from tests.rules.test_cases import CASES, outcome_of
from tests.rules.test_yiyang import FOUND
from xlsuite.core.finding import Finding, Severity
from xlsuite.core.profile import load, profile_ids
from xlsuite.core.registry import SECTIONS, Rule, rules

RULES = rules("form")
FINDINGS: list[Finding] = [*FOUND, *(one for case in CASES for one in outcome_of(case).outcome.findings)]
FAMILIES = {"FND", "WGT", "SCO", "GRD", "IND", "VAL", "DEV", "STR"}
ENGLISH = re.compile(r"\b(?:None|True|False|Decimal|Measure|Cell|total|score|indicator|error|warning)\b")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_documentation_is_complete(rule: Rule) -> None:
    assert tuple(rule.documentation) == SECTIONS
    for section, text in rule.documentation.items():
        assert text.endswith("。"), (section, text)
        assert len(text) >= 6
    assert rule.source
    assert not rule.title.endswith("。")
    assert rule.documentation["错误"] != rule.documentation["正确"]


def test_codes_are_of_a_family_and_above_a_hundred() -> None:
    assert {rule.family for rule in RULES} == FAMILIES
    assert all(re.fullmatch(r"[A-Z]{3}1\d\d", rule.code) for rule in RULES)
    assert len(RULES) >= 75


def test_titles_are_told_apart() -> None:
    titles = [rule.title for rule in RULES]
    assert len(set(titles)) == len(titles)


def test_no_rule_cites_an_article() -> None:
    assert not [rule.code for rule in RULES if re.search(r"第.{1,3}条", rule.source)]


@pytest.mark.parametrize("one", FINDINGS, ids=lambda one: f"{one.code} {one.field}")
def test_message(one: Finding) -> None:
    text = one.message
    assert text.endswith("。")
    assert "。" not in re.sub(r"“[^”]*”", "", text[:-1]), "one sentence"
    assert not ENGLISH.search(re.sub(r"“[^”]*”", "", text)), text
    assert one.printed.strip("≤≥<>") in text.replace("\n", "")
    assert one.suggestion.endswith("。")
    assert one.basis
    assert one.refs, "a place"
    assert not re.search(r"\d{5,}\.\d{7,}|E[+-]\d", text), text
    assert text.count("“") == text.count("”")
    assert text.count("（") == text.count("）")


def test_hints_on_wording_are_never_loud() -> None:
    taste = {
        "IND103",
        "IND104",
        "IND107",
        "IND108",
        "IND109",
        "IND110",
        "IND111",
        "IND113",
        "IND116",
        "WGT104",
        "WGT106",
    }
    assert {rule.code for rule in RULES if rule.severity is Severity.INFO} >= taste
    errors = {rule.family for rule in RULES if rule.severity is Severity.ERROR}
    assert "IND" not in errors


def test_profiles_switch_only_rules_that_exist() -> None:
    known = {rule.code for rule in rules()}
    for profile_id in profile_ids():
        assert set(load(profile_id).rules) <= known, profile_id
