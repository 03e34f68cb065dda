"""Build what spreadsheet programs load: the workbook with buttons, the ribbon add-in and the extension."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from xlsuite.addin import install as installing
from xlsuite.addin.build import add_buttons, write_addin
from xlsuite.addin.install import Machine, this_machine
from xlsuite.addin.libreoffice.package import write_extension
from xlsuite.app.new import outline_of
from xlsuite.app.shipped import shipped
from xlsuite.blank.build import write_workbook
from xlsuite.blank.content import Content
from xlsuite.blank.sheet import FormSheet
from xlsuite.core.profile import load
from xlsuite.hosts.soffice import find
from xlsuite.report.outlines import outline_fields

WORKBOOK, ADDIN, EXTENSION = "自评表.xlsm", "xlsuite.xlam", "xlsuite.oxt"
_PROFILE = "national-2020"


def write_button_workbook(target: Path, profile_id: str = _PROFILE) -> Path:
    """Write a blank form with buttons beside it.

    Raises:
        ProfileError: unknown profile, or one without a form.
        HostUnavailable: pyOpenVBA is not installed.
    """
    outline = outline_of(load(profile_id).at(None))
    content = Content(outline=outline)
    write_workbook(target, profile_id, content, outline_fields(outline), finish=_with_buttons)
    return target


def _with_buttons(workbook: Any, form: FormSheet) -> None:
    add_buttons(workbook, form.sheet, form.last + 2)


def build_addins(folder: Path) -> list[Path]:
    """Build everything into a folder; the paths made."""
    folder.mkdir(parents=True, exist_ok=True)
    return [
        write_button_workbook(folder / WORKBOOK),
        write_addin(folder / ADDIN),
        write_extension(folder / EXTENSION),
    ]


def machine(home: Path, office_profile: Path | None = None) -> Machine:
    """This machine, with the LibreOffice that is on it."""
    return this_machine(home, find(), office_profile)


def install(here: Machine, folder: Path) -> list[str]:
    """Put what the product brings, or else builds, on this machine; what was done, as Chinese sentences.

    Raises:
        UsageError: LibreOffice is open.
        HostUnavailable: LibreOffice does not answer, or nothing was brought and pyOpenVBA is missing.
    """
    brought = shipped("workbooks")
    folder.mkdir(parents=True, exist_ok=True)
    for name, write in ((WORKBOOK, write_button_workbook), (ADDIN, write_addin)):
        if (brought / name).exists():
            shutil.copyfile(brought / name, folder / name)
        else:
            write(folder / name)
    write_extension(folder / EXTENSION)
    return installing.install(here, folder)
