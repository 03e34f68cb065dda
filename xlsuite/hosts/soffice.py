"""LibreOffice as a converter: found, given a throw-away profile, bounded in time, ended for certain."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from xlsuite.core.errors import HostUnavailable

TIME_LIMIT = 90.0
"""Seconds one conversion may take; a usual one needs two."""

_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)

_OPTIONS = {
    # formulas are computed on loading, whichever program wrote the file
    ("org.openoffice.Office.Calc/Formula/Load", "OOXMLRecalcMode"): "0",
    ("org.openoffice.Office.Calc/Formula/Load", "ODFRecalcMode"): "0",
    # nothing is fetched and nothing is run
    ("org.openoffice.Office.Calc/Content/Update", "Link"): "2",
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel"): "3",
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution"): "true",
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks"): "true",
    ("org.openoffice.Office.Common/Misc", "FirstRun"): "false",
}


@lru_cache(maxsize=1)
def find() -> Path | None:
    """The soffice program: named by XLSUITE_SOFFICE ("" forbids it), on the path, or where it usually lies."""
    named = os.environ.get("XLSUITE_SOFFICE")
    if named is not None:
        return Path(named) if named and Path(named).exists() else None
    for name in ("soffice.com", "soffice", "libreoffice") if sys.platform == "win32" else ("soffice", "libreoffice"):
        found = shutil.which(name)
        if found:
            return Path(found)
    return next((Path(place) for place in _PLACES if Path(place).exists()), None)


def convert(files: Sequence[Path], kind: str, folder: Path, *, time_limit: float = TIME_LIMIT) -> list[Path]:
    """Convert files in one LibreOffice process; the outputs in order.

    HostUnavailable when LibreOffice is missing, takes too long or leaves an output out.
    """
    program = find()
    if program is None:
        raise HostUnavailable("本机没有安装 LibreOffice，请安装后再试。")
    with tempfile.TemporaryDirectory(prefix="xlsuite-office-", ignore_cleanup_errors=True) as profile:
        _write_profile(Path(profile))
        command = [
            str(program),
            f"-env:UserInstallation={Path(profile).as_uri()}",
            *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
            *("--convert-to", kind, "--outdir", str(folder), *map(str, files)),
        ]
        _run(command, time_limit)
    outputs = [folder / f"{path.stem}.{kind.partition(':')[0]}" for path in files]
    if not all(path.exists() for path in outputs):
        raise HostUnavailable("LibreOffice 没有完成转换，请稍后重试或重新安装 LibreOffice。")
    return outputs


def _write_profile(folder: Path) -> None:
    user = folder / "user"
    user.mkdir()
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for (path, name), value in _OPTIONS.items()
    )
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>\n',
        encoding="utf-8",
    )


def _run(command: Sequence[str], time_limit: float) -> None:
    """Run in a process group of its own; the whole group is ended when time is up or we are interrupted."""
    windows = sys.platform == "win32"
    # another Python's variables would break LibreOffice's own
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "UNO_"))}
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            creationflags=0x200 if windows else 0,
            start_new_session=not windows,
        )
    except OSError as error:
        raise HostUnavailable(f"LibreOffice 无法启动（{error.strerror}），请检查安装后再试。") from None
    try:
        process.wait(time_limit)
    except subprocess.TimeoutExpired:
        raise HostUnavailable(f"LibreOffice 在 {time_limit:.0f} 秒内没有完成，已停止它，请稍后重试。") from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # the starter's child may outlive the starter
    process.wait()
