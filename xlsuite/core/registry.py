"""The rule registry: one decorator, discovery by folder, one runner.

    @rule("FND102", severity=ERROR, title="执行率与金额不符", source="财预〔2020〕10号")
    def execution_rate_differs(form, scorecard, profile):
        \"\"\"为什么：… 错误：… 正确：… 改法：…\"\"\"
        yield Problem((row.rate, row.budget, row.executed), message=…, printed=…, expected=…)

A rule states a defect, knows no cell address and no legal number. It yields :class:`Problem` for each defect and
:class:`Undecided` when data is missing. A crash inside one rule becomes the finding SYS900; the others still run.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from xlsuite.core.errors import UsageError
from xlsuite.core.finding import ERROR, Finding, Outcome, Problem, Severity, Undecided, fingerprint

RuleFunction = Callable[..., Iterator[Problem | Undecided]]
SECTIONS = ("为什么", "错误", "正确", "改法")


@dataclass(frozen=True, slots=True)
class Rule:
    """A check. ``scope`` is "form" (form, scorecard, profile) or "report" (audit, profile)."""

    code: str
    severity: Severity
    title: str
    source: str
    scope: str
    function: RuleFunction

    @property
    def family(self) -> str:
        """The three letters of the code."""
        return self.code[:3]

    @property
    def documentation(self) -> dict[str, str]:
        """The docstring's sections: 为什么, 错误, 正确, 改法."""
        sections: dict[str, str] = {}
        current = ""
        for line in (self.function.__doc__ or "").splitlines():
            stripped = line.strip()
            head, colon, rest = stripped.partition("：")
            if colon and head in SECTIONS:
                current, stripped = head, rest.strip()
            if current and stripped:
                sections[current] = sections.get(current, "") + stripped
        return sections


_RULES: dict[str, Rule] = {}
REPORT_MODULES = ("prose", "crosscheck")
"""How the names of the modules begin whose rules are on reports."""
_DISCOVERED: set[str | None] = set()
"""Scopes whose modules have been imported; None is all of them."""


def rule(
    code: str, *, severity: Severity, title: str, source: str, scope: str = "form"
) -> Callable[[RuleFunction], RuleFunction]:
    """Register a rule. Codes are three letters and three digits, given once and never reused."""

    def register(function: RuleFunction) -> RuleFunction:
        known = _RULES.get(code)
        if known is not None and known.function.__qualname__ != function.__qualname__:
            raise ValueError(f"rule code {code} is given twice")
        _RULES[code] = Rule(code, severity, title, source, scope, function)
        return function

    return register


def rules(scope: str | None = None) -> list[Rule]:
    """Every rule, by code, or those of one scope. Modules of ``xlsuite.rules`` are found by themselves.

    Checking forms is spared the modules on reports: those called ``prose…`` and ``crosscheck…``.
    """
    package = importlib.import_module("xlsuite.rules")
    for module in pkgutil.iter_modules(package.__path__) if scope not in _DISCOVERED else ():
        if scope != "form" or not module.name.startswith(REPORT_MODULES):
            importlib.import_module(f"xlsuite.rules.{module.name}")
    _DISCOVERED.update(("form",) if scope == "form" else ("form", "report", None))
    return sorted((r for r in _RULES.values() if scope in (None, r.scope)), key=lambda r: r.code)


_SELECTED: dict[tuple[str, int, tuple[str, ...], tuple[str, ...]], tuple[Any, list[tuple[Rule, Severity]]]] = {}
"""Earlier selections, each with its profile: an object that lives on keeps its id."""


def selected(
    scope: str, profile: Any, select: Iterable[str] = (), ignore: Iterable[str] = ()
) -> list[tuple[Rule, Severity]]:
    """Rules to run with their severity: the profile's switches first, then code prefixes from the command line."""
    key = (scope, id(profile), tuple(select), tuple(ignore))
    if key not in _SELECTED:
        _SELECTED[key] = (profile, _select(scope, profile, key[2], key[3]))
    return _SELECTED[key][1]


def _select(
    scope: str, profile: Any, wanted: tuple[str, ...], unwanted: tuple[str, ...]
) -> list[tuple[Rule, Severity]]:
    chosen = []
    known = rules() if wanted or unwanted else rules(scope)
    for prefix in (*wanted, *unwanted):
        if not any(r.code.startswith(prefix) for r in known):
            raise UsageError(f"没有编号以“{prefix}”开头的规则，请用 xlsuite rules 查看全部规则编号。")
    for item in known:
        if item.scope != scope:
            continue
        setting = profile.rule(item.code)
        if not setting.apply and not (wanted and item.code in wanted):
            continue
        if wanted and not item.code.startswith(wanted):
            continue
        if unwanted and item.code.startswith(unwanted):
            continue
        chosen.append((item, setting.severity or item.severity))
    return chosen


class Paths(Protocol):
    """Field paths by ``id(cell)``: a dict, or :class:`xlsuite.core.form.FieldPaths`."""

    def get(self, key: int, default: str, /) -> str:
        """The path of a cell."""


def run(chosen: Iterable[tuple[Rule, Severity]], paths: Paths, *arguments: Any, subject: str = "") -> Outcome:
    """Run rules over one subject. ``paths`` maps ``id(cell)`` to the field path, for fingerprints and output.

    ``subject`` (the sheet's name) keeps the fingerprints of several forms in one workbook apart.
    """
    outcome = Outcome()
    for item, severity in chosen:
        outcome.run += 1
        try:
            for result in item.function(*arguments):
                if isinstance(result, Undecided):
                    outcome.undecided.append((item.code, result.reason))
                else:
                    outcome.findings.append(_finding(item, severity, result, paths, subject))
        except Exception as error:  # a broken rule must never hide the others
            outcome.findings.append(_crash(item, error))
    return outcome


def _finding(item: Rule, severity: Severity, problem: Problem, paths: Paths, subject: str) -> Finding:
    first = problem.cells[0] if problem.cells else None
    path = paths.get(id(first), "") if first is not None else ""
    place = path or problem.quote or item.code
    if not problem.certain and severity is ERROR:
        severity = Severity.WARNING
    return Finding(
        code=item.code,
        severity=severity,
        message=problem.message,
        refs=tuple(cell.ref for cell in problem.cells if cell.ref is not None),
        field=path,
        printed=problem.printed,
        expected=problem.expected,
        difference=problem.difference,
        basis=problem.basis or item.source,
        suggestion=problem.suggestion,
        quote=problem.quote,
        paragraph=problem.paragraph,
        certain=problem.certain,
        fingerprint=fingerprint(
            item.code,
            f"{subject}\x1f{place}",
            (problem.printed, problem.expected, *(cell.text for cell in problem.cells)),
        ),
    )


def _crash(item: Rule, error: Exception) -> Finding:
    return Finding(
        code="SYS900",
        severity=ERROR,
        message=f"规则 {item.code}（{item.title}）没有算完（{type(error).__name__}），其余规则照常执行。",
        suggestion="这是程序的问题，不是填表的问题；请人工核对该项，并把本文件发给维护人员。",
        fingerprint=fingerprint("SYS900", item.code, (type(error).__name__,)),
    )
