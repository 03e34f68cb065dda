"""Reaching a running LibreOffice: importing ``uno`` wherever it lies, and connecting over a pipe."""

from __future__ import annotations

import glob
import importlib
import os
import sys
import time
from pathlib import Path
from typing import Any

from xlsuite.core.errors import HostUnavailable

_FOLDERS = (
    "/usr/lib/python3/dist-packages",
    "/usr/lib/libreoffice/program",
    "/usr/lib64/libreoffice/program",
    "/opt/libreoffice*/program",
    "C:/Program Files/LibreOffice/program",
    "C:/Program Files (x86)/LibreOffice/program",
)
_ADDRESS = "uno:pipe,name={};urp;StarOffice.ComponentContext"
_PAUSE = 0.02


def import_uno() -> Any:
    """The module ``uno``.

    Its folder is put on the path only while it is imported, so that a distribution's other packages stay out of sight.

    Raises:
        HostUnavailable: no installed ``uno`` works with this Python.
    """
    if "uno" in sys.modules:
        return sys.modules["uno"]
    try:
        return importlib.import_module("uno")
    except ImportError:
        pass
    for folder in uno_folders():
        sys.path.append(folder)
        try:
            uno = importlib.import_module("uno")
            importlib.import_module("unohelper")
            return uno
        except ImportError:
            sys.modules.pop("uno", None)
        finally:
            sys.path.remove(folder)
    raise HostUnavailable(
        f"当前的 Python {sys.version_info.major}.{sys.version_info.minor} 不能与 LibreOffice 通信，"
        "请安装 python3-uno，并用与它相同版本的 Python 安装 xlsuite。"
    )


def uno_folders() -> list[str]:
    """Existing folders that hold ``uno.py``; XLSUITE_UNO names one before all others."""
    named = os.environ.get("XLSUITE_UNO", "")
    places = [named, *_FOLDERS] if named else list(_FOLDERS)
    found = [folder for place in places for folder in sorted(glob.glob(place))]  # noqa: PTH207 (absolute patterns)
    return [folder for folder in found if Path(folder, "uno.py").is_file()]


def connect(pipe: str, *, time_limit: float = 10.0) -> Any:
    """The component context of the LibreOffice that listens on a pipe of this user.

    Raises:
        HostUnavailable: nobody answers within ``time_limit`` seconds.
    """
    uno = import_uno()
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    return _patiently(lambda: resolver.resolve(_ADDRESS.format(pipe)), time_limit)


def receive(pipe: str, *, time_limit: float = 10.0) -> tuple[Any, Any]:
    """The document and the component context that LibreOffice hands out once over a pipe made for this purpose."""
    uno = import_uno()
    local = uno.getComponentContext()

    def new(name: str) -> Any:
        return local.ServiceManager.createInstanceWithContext(name, local)

    connector = new("com.sun.star.connection.Connector")
    connection = _patiently(lambda: connector.connect(f"pipe,name={pipe}"), time_limit)
    bridge = new("com.sun.star.bridge.BridgeFactory").createBridge("", "urp", connection, None)
    return bridge.getInstance("document"), bridge.getInstance("context")


def _patiently(attempt: Any, time_limit: float) -> Any:
    end = time.monotonic() + time_limit
    while True:
        try:
            return attempt()
        except Exception as error:  # UNO raises its own types, known only at run time
            if time.monotonic() > end:
                raise HostUnavailable("LibreOffice 没有应答，请确认文件仍在打开，然后再点一次按钮。") from error
            time.sleep(_PAUSE)
