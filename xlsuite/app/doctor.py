"""``xlsuite doctor``: what on this machine helps or hinders the buttons, each point with what to do about it."""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from xlsuite.addin import windows
from xlsuite.addin.install import Machine
from xlsuite.addin.places import LOG, SETTINGS, read_settings

GOOD, ODD, BAD = "正常", "注意", "不可用"
_PACKAGES = (("pydantic", BAD), ("python_calamine", BAD), ("docxtpl", BAD), ("xlwings", BAD), ("pyopenvba", ODD))
_EXCEL, _WORD = "Excel.Application", "Word.Application"
_WPS = "KET.Application"
_POLICIES = {
    1: (ODD, "所有宏都可以运行"),
    2: (GOOD, "打开带宏的文件时询问"),
    3: (ODD, "只运行带数字签名的宏，按钮只在受信任的文件夹里可用"),
    4: (BAD, "宏被全部禁止，按钮不可用；请用“拖到这里校验”的办法，或请管理员放开受信任位置"),
}


@dataclass(frozen=True, slots=True)
class Point:
    """One thing looked at: how it stands, and what to do in a sentence."""

    name: str
    state: str
    text: str


def examine_machine(machine: Machine) -> list[Point]:
    """Every point, in the order of how likely it explains a button that does nothing."""
    points = [*_python(machine), *_paths(machine), *_office(machine)]
    if machine.registry is not None:
        points += [*_programs(machine.registry), *_macros(machine.registry)]
    return [*points, *_word(machine), *_last_error(machine)]


def _python(machine: Machine) -> Iterator[Point]:
    yield Point("Python", GOOD, f"{platform.python_version()}，{sys.executable}")
    for name, severity in _PACKAGES:
        if importlib.util.find_spec(name) is None:
            yield Point("Python 组件", severity, f"缺少 {name}，请运行 pip install xlsuite[addin]。")
    settings = read_settings(machine.home / SETTINGS)
    behind = settings.get("INTERPRETER", "")
    if not behind:
        yield Point("按钮设置", ODD, "还没有安装按钮，请运行 xlsuite addin install。")
    elif not Path(behind).exists():
        yield Point("按钮设置", BAD, f"按钮背后的程序 {behind} 已经不在了，请重新运行 xlsuite addin install。")
    elif Path(behind).parent != Path(machine.interpreter).parent:
        yield Point(
            "按钮设置", ODD, f"按钮用的是另一个 Python（{behind}）；要换成现在这个，请运行 xlsuite addin install。"
        )
    else:
        yield Point("按钮设置", GOOD, str(machine.home / SETTINGS))


def _paths(machine: Machine) -> Iterator[Point]:
    encoding = sys.getfilesystemencoding()
    if encoding.lower() not in ("utf-8", "utf8"):
        yield Point("中文路径", ODD, f"系统文件名编码是 {encoding}，请设置环境变量 PYTHONUTF8=1。")
    trial = machine.home / "试写 中文（）.txt"
    try:
        trial.parent.mkdir(parents=True, exist_ok=True)
        trial.write_text("试", encoding="utf-8")
        trial.unlink()
        yield Point("中文路径", GOOD, f"能在 {machine.home} 里读写带中文和空格的文件名。")
    except (OSError, UnicodeError) as error:
        yield Point("中文路径", BAD, f"不能在 {machine.home} 里写文件（{error}），请检查磁盘权限。")
    if machine.trusted.as_posix().startswith("//"):
        yield Point("网络路径", ODD, "用户文件夹在网络上，Excel 默认不信任其中的宏，请把表格放到本机磁盘。")


def _office(machine: Machine) -> Iterator[Point]:
    if machine.office is None:
        hint = "没有找到；用 Excel 时不影响，要转 PDF 或刷新公式缓存值时请安装。"
        yield Point("LibreOffice", ODD, hint)
        return
    yield Point("LibreOffice", GOOD, str(machine.office.program))
    state = (GOOD, "已安装") if machine.office.installed else (ODD, "没有安装，请运行 xlsuite addin install")
    yield Point("LibreOffice 工具栏", state[0], f"{state[1]}（{machine.office.folder}）。")
    from xlsuite.addin.libreoffice.bridge import import_uno
    from xlsuite.core.errors import HostUnavailable

    try:
        import_uno()
        yield Point("LibreOffice 通信", GOOD, "当前的 Python 能与 LibreOffice 通信。")
    except HostUnavailable as error:
        yield Point("LibreOffice 通信", BAD, str(error))


def _programs(registry: windows.Registry) -> Iterator[Point]:
    """Which program answers to Excel's name: WPS may have taken it."""
    server = windows.server_of(registry, _EXCEL)
    if not server:
        yield Point("Excel", BAD, "本机没有登记 Excel，按钮不可用；可以用命令行，或“拖到这里校验”的办法。")
    elif _is_wps(server):
        yield Point(
            "Excel",
            BAD,
            f"Excel 的名称被 WPS 占用（{server}），按钮会连到 WPS；请在“WPS 配置工具”的“兼容设置”里"
            "取消“WPS Office 兼容第三方系统和软件”，再修复安装 Excel。",
        )
    else:
        yield Point("Excel", GOOD, server)
    if windows.server_of(registry, _WPS):
        yield Point("WPS", ODD, "装有 WPS；WPS 里的按钮没有验证过，请用“拖到这里校验”的办法处理关闭的文件。")
    if importlib.util.find_spec("win32com") is None:
        yield Point("Excel 接口", BAD, "缺少 pywin32，请运行 pip install pywin32。")


def _is_wps(server: str) -> bool:
    return any(word in server.lower() for word in ("wps", "kingsoft", "et.exe", "ksolaunch"))


def _macros(registry: windows.Registry) -> Iterator[Point]:
    for version in windows.excel_versions(registry):
        policy, fixed = windows.macro_policy(registry, version)
        state, text = _POLICIES.get(int(policy) if policy is not None else 2, (ODD, f"未知的设置 {policy}"))
        by = "（由管理员规定）" if fixed else ""
        yield Point(f"宏设置 {version}", state, f"{text}{by}。")
    trusted = windows.trusted_locations(registry)
    if trusted:
        yield Point("受信任位置", GOOD, "、".join(trusted))
    else:
        yield Point("受信任位置", ODD, "没有添加，请运行 xlsuite addin install。")


def _word(machine: Machine) -> Iterator[Point]:
    if machine.registry is not None:
        server = windows.server_of(machine.registry, _WORD)
        if server:
            yield Point("Word", GOOD, server)
        else:
            yield Point("Word", ODD, "没有登记 Word；报告照样生成，请用 WPS 或 LibreOffice 打开。")
    elif shutil.which("soffice") or shutil.which("libreoffice"):
        yield Point("Word", GOOD, "报告用 LibreOffice Writer 打开。")
    else:
        yield Point("Word", ODD, "没有能打开 .docx 的程序；报告照样生成。")


def _last_error(machine: Machine) -> Iterator[Point]:
    log = machine.home / LOG
    if log.exists():
        yield Point("上次出错", ODD, f"按钮上次出错的记录在 {log}，请发给维护人员。")
    if os.environ.get("PYTHONHOME") or os.environ.get("PYTHONPATH"):
        yield Point("环境变量", ODD, "设置了 PYTHONHOME 或 PYTHONPATH，可能使按钮找错组件，请取消。")
