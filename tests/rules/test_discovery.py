"""Checking a form needs none of the modules on reports."""

from __future__ import annotations

import subprocess
import sys

import pytest

from xlsuite.core.registry import REPORT_MODULES, Rule, rules


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.code)
def test_the_module_tells_what_its_rules_are_on(rule: Rule) -> None:
    name = rule.function.__module__.rpartition(".")[2]
    assert (rule.scope == "report") == name.startswith(REPORT_MODULES)


def test_rules_on_forms_are_complete_without_the_modules_on_reports() -> None:
    code = (
        "import sys; from xlsuite.core.registry import rules;"
        "found = [r.code for r in rules('form')];"
        "assert not any(m.startswith('xlsuite.rules.prose') for m in sys.modules);"
        "assert found == [r.code for r in rules() if r.scope == 'form'] == [r.code for r in rules('form')];"
        "assert rules('report') == [r for r in rules() if r.scope == 'report'] != []"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
