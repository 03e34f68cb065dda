"""``xlsuite addin install``: settings, add-ins, the workbook with buttons, and a shortcut for locked-down machines."""

from __future__ import annotations

import os
import shutil
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path

from xlsuite.addin import windows
from xlsuite.addin.libreoffice import install as office
from xlsuite.addin.libreoffice.install import OfficeProfile
from xlsuite.addin.places import LAUNCHER, SETTINGS, folder, read_settings, settings_text

_DROP = "拖到这里校验"


@dataclass(frozen=True, slots=True)
class Machine:
    """What installing touches: the product's own folder, Excel's (Windows only) and LibreOffice's (where it is).

    ``trusted`` is the folder for workbooks with buttons, the only one whose macros may run.
    """

    home: Path
    trusted: Path
    interpreter: str
    registry: windows.Registry | None = None
    roaming: Path | None = None
    office: OfficeProfile | None = None


def this_machine(home: Path, program: Path | None, profile: Path | None = None) -> Machine:
    """The machine we run on; ``program`` is LibreOffice's."""
    roaming = os.environ.get("APPDATA")
    return Machine(
        home,
        folder(),
        interpreter(sys.executable),
        windows.registry(),
        Path(roaming) if roaming and sys.platform == "win32" else None,
        OfficeProfile(program, profile or office.default_profile()) if program else None,
    )


def interpreter(executable: str) -> str:
    """The Python for buttons: on Windows the one that opens no console window."""
    windowless = Path(executable).with_name("pythonw.exe")
    return str(windowless) if executable.lower().endswith("python.exe") and windowless.exists() else executable


def install(machine: Machine, built: Path) -> list[str]:
    """Install what was built into ``built``; what was done, as Chinese sentences.

    Raises:
        UsageError: LibreOffice is open.
        HostUnavailable: LibreOffice does not answer.
    """
    machine.trusted.mkdir(parents=True, exist_ok=True)
    former = read_settings(machine.home / SETTINGS)
    pipe = former.get("SOFFICE_PIPE") or f"xlsuite-{uuid.uuid4().hex}"
    settings = {**former, "INTERPRETER": machine.interpreter, "SOFFICE_PIPE": pipe}
    _private(machine.home / SETTINGS, settings_text(settings))
    done = [f"设置：{machine.home / SETTINGS}（按钮背后的程序是 {machine.interpreter}）。"]
    workbook = machine.trusted / "自评表.xlsm"
    if workbook.exists():
        done.append(f"工作簿：{workbook} 已经有了，没有改动它。")
    else:
        shutil.copyfile(built / "自评表.xlsm", workbook)
        done.append(f"工作簿：{workbook}（带按钮的空白表）。")
    done.append(_drop_target(machine))
    if machine.registry is not None and machine.roaming is not None:
        addin = built / "xlsuite.xlam"
        done += windows.install(machine.registry, machine.roaming, addin, machine.trusted, machine.interpreter)
    if machine.office is not None:
        _launcher(machine)
        done += office.install(machine.office, built / "xlsuite.oxt", pipe, machine.trusted)
    else:
        done.append("LibreOffice：本机没有找到，跳过。")
    return done


def uninstall(machine: Machine) -> list[str]:
    """Undo :func:`install`; workbooks in the trusted folder stay."""
    done = []
    if machine.registry is not None and machine.roaming is not None:
        done += windows.uninstall(machine.registry, machine.roaming, "xlsuite.xlam")
    if machine.office is not None and machine.office.folder.exists():
        done += office.uninstall(machine.office, machine.trusted)
    for name in (SETTINGS, LAUNCHER, f"{LAUNCHER}.cmd"):
        (machine.home / name).unlink(missing_ok=True)
    for suffix in (".cmd", ".sh"):
        (machine.trusted / f"{_DROP}{suffix}").unlink(missing_ok=True)
    return [*done, f"设置已删除；{machine.trusted} 里的工作簿没有动。"]


def status(machine: Machine) -> list[str]:
    """What is installed, as Chinese sentences."""
    settings = read_settings(machine.home / SETTINGS)
    python = settings.get("INTERPRETER", "")
    told = [f"设置：按钮背后的程序是 {python}。" if python else "设置：没有安装。"]
    if python and not Path(python).exists():
        told.append("    这个程序已经不在了，请重新运行 xlsuite addin install。")
    if machine.registry is not None and machine.roaming is not None:
        addin = windows.start_folder(machine.roaming) / "xlsuite.xlam"
        told.append(f"Excel：加载项{'已安装' if addin.exists() else '没有安装'}（{addin}）。")
        trusted = windows.trusted_locations(machine.registry)
        told.append(f"Excel：受信任位置 {'、'.join(trusted) if trusted else '没有添加'}。")
    if machine.office is not None:
        told.append(
            f"LibreOffice：工具栏{'已安装' if machine.office.installed else '没有安装'}（{machine.office.folder}）。"
        )
    return told


def _launcher(machine: Machine) -> None:
    """What the macro of the workbook starts in LibreOffice."""
    if sys.platform == "win32":
        command = f'@"{machine.interpreter}" -X utf8 -m xlsuite.buttons %*\r\n'
        _private(machine.home / f"{LAUNCHER}.cmd", f"@chcp 65001 >nul\r\n{command}")
        return
    target = machine.home / LAUNCHER
    unset = "unset PYTHONHOME PYTHONPATH LD_LIBRARY_PATH UNO_PATH URE_BOOTSTRAP"
    python = machine.interpreter.replace("'", "'\\''")
    _private(target, f"#!/bin/sh\n{unset}\nPYTHONUTF8=1 exec '{python}' -m xlsuite.buttons \"$@\"\n")
    target.chmod(0o700)


def _drop_target(machine: Machine) -> str:
    """A file to drag closed workbooks on, for machines where macros may not start a program."""
    if machine.registry is not None:
        target = machine.trusted / f"{_DROP}.cmd"
        console = machine.interpreter.replace("pythonw.exe", "python.exe")
        lines = ("@echo off", "chcp 65001 >nul", f'"{console}" -X utf8 -m xlsuite check --mark %*', "pause")
        target.write_bytes("".join(f"{line}\r\n" for line in lines).encode())
    else:
        target = machine.trusted / f"{_DROP}.sh"
        python = machine.interpreter.replace("'", "'\\''")
        target.write_text(f"#!/bin/sh\nexec '{python}' -m xlsuite check --mark \"$@\"\n", encoding="utf-8")
        target.chmod(0o755)
    return f"不用宏的办法：把关闭的工作簿拖到 {target} 上，旁边会出现一份标好问题的“原名_校验”。"


def _private(path: Path, text: str) -> None:
    """Write a file that only its owner may read: it names the pipe."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(text.encode())
    temporary.replace(path)
