"""Make a workbook: a blank form of a profile, or one filled with given content."""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from xlsuite.blank.companions import write_guide, write_items, write_materials
from xlsuite.blank.content import Content
from xlsuite.blank.design import form_design
from xlsuite.blank.sheet import FormSheet
from xlsuite.blank.styles import Styles
from xlsuite.core.profile import load

_EMPTY_RESULT = re.compile(rb'(<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?)(><f>[^<]*</f><v></v></c>)')
_MADE = datetime(2026, 1, 1)  # noqa: DTZ001 - a fixed date without zone, so that building twice gives the same bytes

OutlineFields = Sequence[tuple[str, str, str, str]]
Finish = Callable[[Any, FormSheet], None]
"""What is done to the drawn workbook before it is closed, for example adding buttons."""


def write_workbook(
    target: Path, profile_id: str, content: Content, fields: OutlineFields, finish: Finish | None = None
) -> None:
    """Write the workbook: the form, 资金明细, 报告素材 with the outline's ``fields``, 填写说明.

    The file appears whole or not at all: it is written beside the target and then moved there.

    Raises:
        ProfileError: unknown profile, or one without a form.
        OSError: the folder cannot be written.
    """
    import xlsxwriter

    design = form_design(load(profile_id))
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    workbook = xlsxwriter.Workbook(os.fspath(temporary), {"in_memory": True})
    workbook.set_properties({"title": design.title.replace("{year}", content.year), "created": _MADE, "author": ""})
    workbook.set_size(1600, 1200)
    styles = Styles(workbook)
    sheet = FormSheet(workbook, design, content, styles)
    sheet.draw()
    write_items(workbook, content, styles, sheet.unit)
    write_materials(workbook, content, styles, fields)
    write_guide(workbook, styles)
    if finish is not None:
        finish(workbook, sheet)
    try:
        workbook.close()
        temporary.write_bytes(_with_empty_results(temporary.read_bytes()))
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _with_empty_results(data: bytes) -> bytes:
    """Say of every formula whose result is an empty text that it is one.

    XlsxWriter writes such a result without a type, which readers take for a formula that was never calculated.
    """
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            content = source.read(info)
            if info.filename.startswith("xl/worksheets/sheet"):
                content = _EMPTY_RESULT.sub(rb'\1 t="str"\2', content)
            target.writestr(info, content)
    return output.getvalue()
