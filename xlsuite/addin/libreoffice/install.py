"""Putting the extension and its settings into a user's LibreOffice, and taking them out again.

LibreOffice itself does it: it is started without a window on the user's profile, told over a pipe, and ended.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xlsuite.addin.libreoffice.bridge import connect, import_uno
from xlsuite.addin.libreoffice.package import IDENTIFIER
from xlsuite.core.errors import HostUnavailable, UsageError

_RESTART_WANTED = 81
_START_SECONDS = 60
_END_SECONDS = 15


@dataclass(frozen=True, slots=True)
class OfficeProfile:
    """A LibreOffice program and the user's profile folder (``…/libreoffice/4``)."""

    program: Path
    folder: Path

    @property
    def running(self) -> bool:
        """Whether a LibreOffice is open on the profile."""
        return (self.folder / ".lock").exists()

    @property
    def installed(self) -> bool:
        """Whether the extension is in the profile."""
        cache = self.folder / "user" / "uno_packages" / "cache" / "uno_packages"
        return any(cache.glob("*/xlsuite.oxt"))


def default_profile() -> Path:
    """Where LibreOffice keeps the current user's profile."""
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", str(Path.home()))) / "LibreOffice" / "4"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "libreoffice" / "4"


def install(profile: OfficeProfile, extension: Path, pipe: str, trusted: Path) -> list[str]:
    """Add the extension, listen on ``pipe`` for sheet buttons, and trust the macros in one folder.

    Returns what was done, as Chinese sentences.

    Raises:
        UsageError: LibreOffice is open.
        HostUnavailable: it does not start or refuses.
    """
    with _session(profile) as context:
        manager = context.getByName("/singletons/com.sun.star.deployment.ExtensionManager")
        environment = _approval()
        if profile.installed:
            manager.removeExtension(IDENTIFIER, "xlsuite.oxt", "user", None, environment)
        manager.addExtension(extension.resolve().as_uri(), (), "user", None, environment)
        done = ["LibreOffice：已安装工具栏和菜单“绩效自评”，重新打开表格后可见。"]
        with _settings(context, "/org.openoffice.Setup/Office") as office:
            present = office.getByName("ooSetupConnectionURL")
            if present and "name=xlsuite-" not in present:
                done.append("LibreOffice：已有别的连接设置，没有改动它；工作表上的按钮不可用，请用工具栏。")
            else:
                office.replaceByName("ooSetupConnectionURL", f"pipe,name={pipe};urp;StarOffice.ComponentContext")
        _trust(context, trusted, add=True)
        done.append(f"LibreOffice：文件夹 {trusted} 里的宏可以运行，其他位置的宏仍按原来的安全级别。")
    return done


def uninstall(profile: OfficeProfile, trusted: Path) -> list[str]:
    """The inverse of :func:`install`."""
    with _session(profile) as context:
        if profile.installed:
            manager = context.getByName("/singletons/com.sun.star.deployment.ExtensionManager")
            manager.removeExtension(IDENTIFIER, "xlsuite.oxt", "user", None, _approval())
        with _settings(context, "/org.openoffice.Setup/Office") as office:
            if "name=xlsuite-" in (office.getByName("ooSetupConnectionURL") or ""):
                office.replaceByName("ooSetupConnectionURL", "")
        _trust(context, trusted, add=False)
    return ["LibreOffice：已卸载工具栏和菜单，撤销了连接设置和受信任的文件夹。"]


def _trust(context: Any, folder: Path, *, add: bool) -> None:
    with _settings(context, "/org.openoffice.Office.Common/Security/Scripting") as security:
        others = tuple(url for url in security.getByName("SecureURL") or () if url != folder.as_uri())
        urls = (*others, folder.as_uri()) if add else others
        uno = import_uno()
        uno.invoke(security, "replaceByName", ("SecureURL", uno.Any("[]string", urls)))


@contextmanager
def _settings(context: Any, path: str) -> Iterator[Any]:
    """A part of the configuration, written when the context is left."""
    import_uno()
    from com.sun.star.beans import PropertyValue

    provider = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.configuration.ConfigurationProvider", context
    )
    place = PropertyValue(Name="nodepath", Value=path)
    access = provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationUpdateAccess", (place,))
    yield access
    access.commitChanges()


def _approval() -> Any:
    """Answers the questions that LibreOffice asks while it installs: the user asked for it on the command line."""
    import_uno()
    import uno
    import unohelper
    from com.sun.star.task import XInteractionHandler
    from com.sun.star.ucb import XCommandEnvironment, XProgressHandler

    approve = uno.getTypeByName("com.sun.star.task.XInteractionApprove")

    class Approval(unohelper.Base, XCommandEnvironment, XInteractionHandler, XProgressHandler):  # type: ignore[misc]
        def getInteractionHandler(self) -> Any:  # noqa: N802
            return self

        def getProgressHandler(self) -> Any:  # noqa: N802
            return self

        def handle(self, request: Any) -> None:
            for choice in request.getContinuations():
                approving = choice.queryInterface(approve)
                if approving:
                    approving.select()
                    return

        def push(self, status: Any) -> None:
            pass

        def update(self, status: Any) -> None:
            pass

        def pop(self) -> None:
            pass

    return Approval()


@contextmanager
def _session(profile: OfficeProfile) -> Iterator[Any]:
    """A LibreOffice without a window on the profile, ended at the end."""
    if profile.running:
        raise UsageError("LibreOffice 正在运行，请先关闭它的所有窗口（包括任务栏里的快速启动），再执行一次。")
    process, context = _started(profile)
    try:
        yield context
    finally:
        with suppress(Exception):  # the connection breaks while it ends
            desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
            desktop.terminate()
        try:
            process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()


def _started(profile: OfficeProfile) -> tuple[subprocess.Popen[bytes], Any]:
    pipe = f"xlsuite-install-{uuid.uuid4().hex[:12]}"
    options = ("--headless", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard")
    command = [str(profile.program), f"-env:UserInstallation={profile.folder.as_uri()}", *options]
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "UNO_"))}
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment}
    if not (profile.folder / "user" / "uno_packages").exists():  # a new profile's first start only settles it
        subprocess.run([*command, "--terminate_after_init"], timeout=_START_SECONDS, check=False, **quiet)
    listening = [*command, f"--accept=pipe,name={pipe};urp;StarOffice.ComponentContext"]
    end = time.monotonic() + _START_SECONDS
    process = subprocess.Popen(listening, **quiet)
    while time.monotonic() < end:
        with suppress(HostUnavailable):
            return process, connect(pipe, time_limit=0.5)
        if process.poll() == _RESTART_WANTED:
            process = subprocess.Popen(listening, **quiet)
    process.kill()
    raise HostUnavailable("LibreOffice 没有启动成功，没有安装任何内容；请确认它能正常打开，再执行一次。")
