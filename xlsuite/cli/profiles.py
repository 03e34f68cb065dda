"""``xlsuite profiles``: the numbers of the law, by region, with their source."""

from __future__ import annotations

import argparse
from decimal import Decimal
from typing import Any

from xlsuite.cli import EXIT_CLEAN, did_you_mean
from xlsuite.core.errors import UsageError
from xlsuite.core.profile import Setting, load, profile_ids
from xlsuite.output.console import Paint, pad
from xlsuite.output.json_format import plain

EXAMPLE = "例：xlsuite profiles          列出全部口径\n    xlsuite profiles hunan    列出湖南口径的每个数字及出处"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("profile", nargs="?", metavar="口径", help="口径编号，或自己的口径文件（.toml）")
    parser.add_argument("--year", type=int, metavar="年度", help="只看某一年度有效的数字")


def run(arguments: argparse.Namespace) -> int:
    """List the profiles, or every number of one."""
    if not arguments.profile:
        for profile_id in profile_ids():
            source = load(profile_id)
            parents = f"（在 {source.parents[0]} 的基础上）" if source.parents else ""
            print(f"{pad(profile_id, 16)}{source.title}{parents}")
        return EXIT_CLEAN
    known = profile_ids()
    if arguments.profile not in known and not arguments.profile.endswith(".toml"):
        hint = did_you_mean(arguments.profile, known)
        raise UsageError(f"没有名为“{arguments.profile}”的口径。{hint}可用的有：{'、'.join(known)}。")
    _print(arguments.profile, arguments.year)
    return EXIT_CLEAN


def _print(profile_id: str, year: int | None) -> None:
    source, paint = load(profile_id), Paint()
    chain = " → ".join((source.id, *source.parents))
    print(paint.bold(f"{source.id} {source.title}"))
    print(f"继承：{chain}")
    for name, parameter in sorted(source.parameters.items()):
        where = "" if parameter.profile == source.id else f"（来自 {parameter.profile}）"
        print(f"\n{parameter.label} {paint.faint(name)}{where}")
        for setting in parameter.values:
            if year is None or setting.since <= year:
                print(_setting(setting))
    for code, dated in sorted(source.rules.items()):
        for since, switch in dated:
            state = "适用" if switch.apply else "不适用"
            level = f"，级别 {switch.severity.label}" if switch.severity else ""
            print(f"\n规则 {code}：{since} 年起{state}{level}。依据：{switch.source}")


def _setting(setting: Setting) -> str:
    state = "已核对原文" if setting.verified else "出处未核对原文"
    since = f"{setting.since} 年起 " if setting.since else ""
    return f"  {since}{_value(setting.value)}    依据：{setting.source}（{state}）"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return str(plain(value))
    if isinstance(value, dict):
        return "，".join(f"{key} {_value(item)}" for key, item in value.items())
    if isinstance(value, list):
        return "；".join(_value(item) for item in value) or "（未规定）"
    return str(value)
