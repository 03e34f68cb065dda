"""A LibreOffice of the tests' own: own profile, own pipe, and only its own process is ended."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Any

from xlsuite.addin.libreoffice.bridge import connect, import_uno
from xlsuite.addin.libreoffice.engine import register

PROGRAM = Path("/usr/lib/libreoffice/program/soffice.bin")
_RESTART_WANTED = 81


def available() -> bool:
    """Whether LibreOffice and its Python bridge are here."""
    if not PROGRAM.exists():
        return False
    with suppress(Exception):
        return bool(import_uno())
    return False


def write_profile(folder: Path, **settings: str) -> None:
    """Settings of a new profile: ``{"path|name": "<value>…</value>"}`` beside those that keep dialogs away."""
    items = {
        "org.openoffice.Office.Common/Misc|FirstRun": "false",
        "org.openoffice.Office.Common/Misc|ShowTipOfTheDay": "false",
        "org.openoffice.Setup/Product|ooSetupLastVersion": "7.4",
        "org.openoffice.Setup/Product|LastTimeDonateShown": "4000000000",
        "org.openoffice.Setup/Product|LastTimeGetInvolvedShown": "4000000000",
        **settings,
    }
    body = "".join(
        f'<item oor:path="/{key.partition("|")[0]}"><prop oor:name="{key.partition("|")[2]}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>\n"
        for key, value in items.items()
    )
    (folder / "user").mkdir(parents=True, exist_ok=True)
    (folder / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
        f"{body}</oor:items>\n",
        encoding="utf-8",
    )


class Office:
    """One running LibreOffice; ``app`` is it as xlwings sees it."""

    def __init__(self, profile: Path, *, display: str = "", environment: dict[str, str] | None = None) -> None:
        self.profile, self.pipe = profile, f"xlsuite-test-{uuid.uuid4().hex[:12]}"
        own = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "UNO_"))}
        self.environment = {**own, **(environment or {}), "LC_ALL": "C.UTF-8"}
        if display:
            self.environment["DISPLAY"] = display
        self.arguments = [
            str(PROGRAM),
            f"-env:UserInstallation={profile.as_uri()}",
            *("--norestore", "--nologo", "--nodefault", "--nofirststartwizard"),
        ]
        self.headless = not display
        if not (profile / "user" / "registrymodifications.xcu").exists():
            write_profile(profile)
        self.process: subprocess.Popen[bytes] | None = None
        self.context: Any = None
        self.app: Any = None

    def start(self) -> Office:
        """Start, after a first run in which a new profile settles down and ends itself."""
        if not (self.profile / "user" / "extensions").exists():
            first = [*self.arguments, "--headless", "--terminate_after_init"]
            subprocess.run(first, env=self.environment, capture_output=True, timeout=60, check=False)
        more = [f"--accept=pipe,name={self.pipe};urp;StarOffice.ComponentContext"] + ["--headless"] * self.headless
        for _ in range(4):
            self.process = subprocess.Popen(
                [*self.arguments, *more], env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            if self._answers():
                self.app = register(self.context)
                return self
        raise RuntimeError("LibreOffice does not start")

    def _answers(self) -> bool:
        assert self.process is not None
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if self.process.poll() == _RESTART_WANTED:
                return False
            with suppress(Exception):
                self.context = connect(self.pipe, time_limit=0.2)
                return True
        raise RuntimeError("LibreOffice does not answer")

    def stop(self) -> None:
        """End it, by force if need be."""
        if self.process is None:
            return
        with suppress(Exception):
            self.app.impl.desktop.terminate()
        try:
            self.process.wait(3)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)
