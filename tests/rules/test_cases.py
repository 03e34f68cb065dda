"""Every rule on changes of one example form: what it says, where, with which numbers; and where it keeps silent."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.building import HERE, Checked, check, merged, table
from xlsuite.core.finding import Finding
from xlsuite.core.registry import rules

BASE = table("base.toml")
CASES: list[dict[str, Any]] = [
    {**case, "file": path.stem}
    for path in sorted((HERE / "cases").glob("*.toml"))
    for case in table(f"cases/{path.name}")["case"]
]
KEYS = {"rule", "what", "find", "also", "undecided", "file"}


def outcome_of(case: dict[str, Any]) -> Checked:
    base = {} if "whole" in case else BASE
    fragment = case["whole"] if "whole" in case else {key: value for key, value in case.items() if key not in KEYS}
    return check(merged(base, fragment))


def told(finding: Finding) -> str:
    return f"{finding.code} | {finding.field} | {finding.printed} | {finding.expected}"


def matches(finding: Finding, wanted: str) -> bool:
    parts = [part.strip() for part in wanted.split("|")]
    have = (finding.code, finding.field, finding.printed, finding.expected)
    return all(part == mine for part, mine in zip(parts, have, strict=False))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']}: {case['what']}")
def test_case(case: dict[str, Any]) -> None:
    found = outcome_of(case).outcome
    said = "\n".join(f"{told(one)}   {one.message}" for one in found.findings)
    left = list(found.findings)
    for wanted in case["find"]:
        hit = next((one for one in left if matches(one, wanted)), None)
        assert hit is not None, f"expected {wanted}; said\n{said}"
        left.remove(hit)
    rest = [told(one) for one in left if one.code not in case.get("also", ())]
    assert not rest, f"unexpected:\n{said}"
    for code in case.get("undecided", ()):
        assert code in {undecided for undecided, _ in found.undecided}
    if any(wanted.startswith(case["rule"]) for wanted in case["find"]):
        return
    assert case["rule"] not in {one.code for one in found.findings}


def test_base_says_nothing() -> None:
    found = check(BASE).outcome
    assert not found.findings
    assert not found.undecided


def test_every_rule_has_a_firing_and_a_silent_case() -> None:
    known = {rule.code for rule in rules("form")}
    firing = {case["rule"] for case in CASES if any(wanted.startswith(case["rule"]) for wanted in case["find"])}
    silent = {case["rule"] for case in CASES} - {
        code for code in known if all(any(w.startswith(code) for w in c["find"]) for c in CASES if c["rule"] == code)
    }
    assert firing == known
    assert silent == known


def test_fired_codes_are_the_registered_ones() -> None:
    fired = {finding.code for case in CASES for finding in outcome_of(case).outcome.findings}
    assert fired == {rule.code for rule in rules("form")}
