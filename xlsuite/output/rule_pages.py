"""The rule reference page: the same text that ``xlsuite rules`` prints, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xlsuite.core.registry import SECTIONS, Rule


def _escape(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace(">", "&gt;")


def markdown(chosen: Iterable[Rule], families: Mapping[str, str]) -> str:
    """All rules by family, each with severity, basis, meaning, wrong and right example, and remedy."""
    lines = [
        "# 校验规则一览",
        "",
        "本页由 `xlsuite rules --format markdown` 生成。编号一经使用不再改作他用；"
        "停用某条规则：临时用 `--ignore 编号`，长期在口径文件里写明依据后设 `apply = false`。",
    ]
    family = ""
    for item in chosen:
        if item.family != family:
            family = item.family
            lines += ["", f"## {family} {families.get(family, '')}"]
        target = "自评表" if item.scope == "form" else "自评报告"
        lines += ["", f"### {item.code} {_escape(item.title)}", ""]
        lines.append(f"- 级别：{item.severity.label}；检查对象：{target}；依据：{_escape(item.source)}")
        sections = item.documentation
        lines += [f"- {name}：{_escape(sections[name])}" for name in SECTIONS if name in sections]
    return "\n".join(lines) + "\n"
