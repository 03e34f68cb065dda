"""``xlsuite rules``: the checks, their meaning and their basis."""

from __future__ import annotations

import argparse
import json

from xlsuite.cli import EXIT_CLEAN, did_you_mean
from xlsuite.core.errors import UsageError
from xlsuite.core.registry import Rule, rules
from xlsuite.output.console import Paint, pad

EXAMPLE = (
    "例：xlsuite rules            列出全部规则\n"
    "    xlsuite rules FND102     说明一条规则：为什么、错例、正例、怎么改、怎么停用"
)

FAMILIES = {
    "FND": "资金与执行率",
    "WGT": "分值权重",
    "SCO": "得分",
    "GRD": "等次",
    "IND": "指标设置",
    "VAL": "指标值与完成值",
    "DEV": "偏差原因",
    "XCK": "表文一致与正文数字",
    "STR": "结构与文字",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("codes", nargs="*", metavar="编号", help="规则编号，如 FND102，或前缀，如 FND")
    parser.add_argument("--format", choices=("text", "json", "markdown"), default="text", help="输出格式（默认 text）")


def run(arguments: argparse.Namespace) -> int:
    """List the rules, or explain those asked for."""
    chosen = _chosen([code.upper() for code in arguments.codes])
    if arguments.format == "json":
        print(json.dumps([_record(item) for item in chosen], ensure_ascii=False, indent=1))
    elif arguments.format == "markdown":
        from xlsuite.output.rule_pages import markdown

        print(markdown(chosen, FAMILIES), end="")
    elif arguments.codes and all(any(item.code == code for item in chosen) for code in map(str.upper, arguments.codes)):
        print("\n\n".join(explanation(item) for item in chosen))
    else:
        print(listing(chosen))
    return EXIT_CLEAN


def _chosen(codes: list[str]) -> list[Rule]:
    known = rules()
    if not codes:
        return known
    for code in codes:
        if not any(item.code.startswith(code) for item in known):
            hint = did_you_mean(code, [item.code for item in known])
            raise UsageError(f"没有编号为“{code}”的规则。{hint}用 xlsuite rules 查看全部规则。")
    return [item for item in known if item.code.startswith(tuple(codes))]


def _record(item: Rule) -> dict[str, object]:
    return {
        "code": item.code,
        "severity": item.severity.value,
        "title": item.title,
        "source": item.source,
        "scope": item.scope,
        "documentation": item.documentation,
    }


def listing(chosen: list[Rule]) -> str:
    """All rules by family, one line each."""
    paint, lines, family = Paint(), [], ""
    for item in chosen:
        if item.family != family:
            family = item.family
            lines += ["", paint.bold(f"{family} {FAMILIES.get(family, '')}")]
        scope = "" if item.scope == "form" else "（报告）"
        lines.append(f"  {item.code} {paint.severity(item.severity)} {item.title}{scope}")
    lines += ["", f"共 {len(chosen)} 条。输入 xlsuite rules 编号 查看说明，例如 xlsuite rules {chosen[0].code}。"]
    return "\n".join(lines).lstrip("\n")


def explanation(item: Rule) -> str:
    """A rule's meaning, basis, examples, remedy, and how to switch it off."""
    paint = Paint()
    scope = "自评表" if item.scope == "form" else "自评报告"
    rows = [("级别", item.severity.label), ("检查对象", scope), ("依据", item.source), *item.documentation.items()]
    lines = [paint.bold(f"{item.code} {item.title}")]
    lines += [f"  {pad(name, 8)}  {value}" for name, value in rows]
    lines.append(
        f"  {pad('停用', 8)}  本次不查：加 --ignore {item.code}；长期不查：在口径文件里写 [rules.{item.code}] 和 "
        'values = [{ from = 2020, apply = false, source = "写明依据" }]。'
    )
    return "\n".join(lines)
