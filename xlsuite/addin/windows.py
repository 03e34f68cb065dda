"""Excel on Windows: where the add-in goes, and which registry values make its macros run.

Nothing here was run against a real Excel; paths and values follow Microsoft's documentation, and the checklist in
docs/windows-checklist.md says what to look at.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

OWN_KEY = r"Software\xlsuite"
_TRUSTED = r"Software\Microsoft\Office\{}\Excel\Security\Trusted Locations\xlsuite"
_SECURITY = r"Software\Microsoft\Office\{}\Excel\Security"
_VERSION = r"Software\Microsoft\Office\{}\Excel"
VERSIONS = ("16.0", "15.0", "14.0", "12.0")
"""Office 2016 and later, 2013, 2010, 2007."""

Value = str | int


class Registry(Protocol):
    """The current user's part of the Windows registry."""

    def read(self, key: str, name: str, *, machine: bool = False) -> Value | None:
        """A value, None when it is missing; ``machine`` looks among the settings of the whole machine."""

    def has(self, key: str) -> bool:
        """Whether a key exists."""

    def write(self, key: str, values: Mapping[str, Value]) -> None:
        """Create a key with values."""

    def remove(self, key: str) -> None:
        """Remove a key; no error when it is missing."""


class WindowsRegistry:
    """The real one, through ``winreg``."""

    def __init__(self) -> None:
        import winreg

        self._api: Any = winreg

    def read(self, key: str, name: str, *, machine: bool = False) -> Value | None:
        """See :class:`Registry`."""
        root = self._api.HKEY_LOCAL_MACHINE if machine else self._api.HKEY_CURRENT_USER
        try:
            with self._api.OpenKey(root, key) as opened:
                found: Value = self._api.QueryValueEx(opened, name)[0]
                return found
        except OSError:
            return None

    def has(self, key: str) -> bool:
        """See :class:`Registry`."""
        try:
            with self._api.OpenKey(self._api.HKEY_CURRENT_USER, key):
                return True
        except OSError:
            return False

    def write(self, key: str, values: Mapping[str, Value]) -> None:
        """See :class:`Registry`."""
        with self._api.CreateKey(self._api.HKEY_CURRENT_USER, key) as opened:
            for name, value in values.items():
                kind = self._api.REG_DWORD if isinstance(value, int) else self._api.REG_SZ
                self._api.SetValueEx(opened, name, 0, kind, value)

    def remove(self, key: str) -> None:
        """See :class:`Registry`."""
        with suppress(OSError):
            self._api.DeleteKey(self._api.HKEY_CURRENT_USER, key)


def registry() -> Registry | None:
    """The registry of this machine; None where there is none."""
    return WindowsRegistry() if sys.platform == "win32" else None


def install(registry: Registry, roaming: Path, addin: Path, trusted: Path, interpreter: str) -> list[str]:
    """Copy the add-in to Excel's start folder, register the interpreter and trust one folder.

    ``roaming`` is %APPDATA%. Returns what was done, as Chinese sentences.
    """
    target = start_folder(roaming) / addin.name
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(addin, target)
    with suppress(OSError):  # the mark that a file came from the internet, which would block its macros
        Path(f"{target}:Zone.Identifier").unlink()
    registry.write(OWN_KEY, {"Interpreter": interpreter})
    done = [f"Excel：加载项已放到 {target}，重新打开 Excel 后出现“绩效自评”选项卡。"]
    versions = excel_versions(registry)
    values: dict[str, Value] = {"Path": f"{trusted}\\", "Description": "xlsuite", "AllowSubfolders": 0}
    for version in versions:
        registry.write(_TRUSTED.format(version), values)
    if versions:
        done.append(f"Excel：文件夹 {trusted} 已设为受信任位置，里面的“自评表.xlsm”可以直接用按钮。")
    else:
        done.append("Excel：没有找到 Excel 的设置，受信任位置未添加；如果装的是 WPS，请看 docs/windows-checklist.md。")
    return done


def uninstall(registry: Registry, roaming: Path, addin_name: str) -> list[str]:
    """The inverse of :func:`install`."""
    target = start_folder(roaming) / addin_name
    target.unlink(missing_ok=True)
    for version in VERSIONS:
        registry.remove(_TRUSTED.format(version))
    registry.remove(OWN_KEY)
    return [f"Excel：已删除 {target} 和相应的注册表设置；请重新打开 Excel。"]


def start_folder(roaming: Path) -> Path:
    """XLSTART: Excel opens what lies there, and trusts it by default."""
    return roaming / "Microsoft" / "Excel" / "XLSTART"


def excel_versions(registry: Registry) -> list[str]:
    """Versions of Excel that this user has settings of, newest first."""
    return [version for version in VERSIONS if registry.has(_VERSION.format(version))]


def macro_policy(registry: Registry, version: str) -> tuple[Value | None, bool]:
    """VBAWarnings (1 all run, 2 ask, 3 signed only, 4 none) and whether an administrator fixed it."""
    policy = _SECURITY.format(version).replace("Software\\", "Software\\Policies\\", 1)
    for machine in (False, True):
        fixed = registry.read(policy, "VBAWarnings", machine=machine)
        if fixed is not None:
            return fixed, True
    return registry.read(_SECURITY.format(version), "VBAWarnings"), False


def trusted_locations(registry: Registry) -> list[str]:
    """Our trusted locations, one for each version of Excel."""
    found = [registry.read(_TRUSTED.format(version), "Path") for version in VERSIONS]
    return [str(path) for path in found if path is not None]


def server_of(registry: Registry, program: str) -> str:
    """The executable that answers to a program's name ("Excel.Application"); "" when nobody does."""
    for machine in (False, True):
        identity = registry.read(rf"Software\Classes\{program}\CLSID", "", machine=machine)
        if not identity:
            continue
        for branch in (r"Software\Classes", r"Software\Classes\WOW6432Node"):
            for everybody in (False, True):
                server = registry.read(rf"{branch}\CLSID\{identity}\LocalServer32", "", machine=everybody)
                if server:
                    return str(server)
    return ""
