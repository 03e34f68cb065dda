"""Macros and ribbon for Excel, built from source text: the same input gives the same bytes.

pyOpenVBA writes the VBA project, XlsxWriter the workbook around it; no Office is needed.
"""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from xlsuite.core.errors import HostUnavailable

HERE = Path(__file__).parent
MODULE = "XlSuite"
SHEET_BUTTONS = (
    ("校验", "XlsCheck"),
    ("下一处", "XlsJump"),
    ("重新计分", "XlsRecalc"),
    ("恢复上次", "XlsRestore"),
    ("清除标记", "XlsClear"),
    ("生成报告", "XlsReport"),
    ("审核报告", "XlsAudit"),
    ("填写说明", "XlsGuide"),
    ("帮助", "XlsAbout"),
)
"""Captions and macros of the buttons on the sheet, from the top."""

_WIDTH, _HEIGHT, _GAP, _TOP = 96, 30, 8, 12
"""Pixels."""
_MADE = datetime(2026, 1, 1)  # noqa: DTZ001 - a fixed date, so that building twice gives the same bytes
_ADDIN_TYPE = b"application/vnd.ms-excel.addin.macroEnabled.main+xml"
_SHEET_TYPE = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_RIBBON_PART = "customUI/customUI14.xml"
_RIBBON_RELATION = (
    b'<Relationship Id="rIdRibbon" Type="http://schemas.microsoft.com/office/2007/relationships/ui/extensibility" '
    b'Target="customUI/customUI14.xml"/></Relationships>'
)


def macro_source() -> str:
    """The VBA module, with the line ends that VBA stores."""
    text = (HERE / "vba" / f"{MODULE}.bas").read_text(encoding="ascii")
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def vba_project(sheets: int) -> bytes:
    """A VBA project (vbaProject.bin) for a workbook of so many sheets, holding our one module.

    Raises:
        HostUnavailable: pyOpenVBA is not installed.
    """
    try:
        from pyopenvba import ExcelFile
    except ImportError:
        raise HostUnavailable("制作带按钮的工作簿需要 pyOpenVBA，请运行 pip install xlsuite[addin]。") from None
    import xlsxwriter

    with tempfile.TemporaryDirectory(prefix="xlsuite-vba-") as folder:
        skeleton, made = Path(folder, "skeleton.xlsm"), Path(folder, "made.xlsm")
        plain = io.BytesIO()
        workbook = xlsxwriter.Workbook(plain)
        for _ in range(sheets):
            workbook.add_worksheet()
        workbook.close()
        skeleton.write_bytes(plain.getvalue())
        with ExcelFile(skeleton) as file:
            file.add_vba_project()
            file.vba_project().add_module(MODULE, source=macro_source())
            file.save(made)
        with zipfile.ZipFile(made) as package:
            return package.read("xl/vbaProject.bin")


def add_buttons(workbook: Any, sheet: Any, column: int) -> None:
    """Give an XlsxWriter workbook, drawn but not yet closed, the macros and a column of buttons on one sheet.

    ``column`` is the 0-based column that the buttons stand in, beside the form and outside the printed area.
    """
    project = vba_project(len(workbook.worksheets()))
    workbook.add_vba_project(io.BytesIO(project), is_stream=True)
    sheet.set_column(column, column, 16)
    for number, (caption, macro) in enumerate(SHEET_BUTTONS):
        place = {"x_offset": 10, "y_offset": _TOP + number * (_HEIGHT + _GAP)}
        look = {"caption": caption, "macro": macro, "width": _WIDTH, "height": _HEIGHT}
        sheet.insert_button(0, column, {**look, **place, "description": caption})


def write_addin(target: Path) -> Path:
    """Write the ribbon add-in (.xlam): the macros and the tab 绩效自评, in a workbook that stays out of sight."""
    import xlsxwriter

    plain = io.BytesIO()
    workbook = xlsxwriter.Workbook(plain, {"in_memory": True})
    workbook.set_properties({"title": "绩效自评", "comments": "绩效自评的功能区按钮", "created": _MADE, "author": ""})
    workbook.add_worksheet("xlsuite")
    workbook.add_vba_project(io.BytesIO(vba_project(1)), is_stream=True)
    workbook.close()
    _put(target, _with_ribbon(plain.getvalue()))
    return target


def _with_ribbon(data: bytes) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            content = source.read(info)
            if info.filename == "[Content_Types].xml":
                content = content.replace(_SHEET_TYPE, _ADDIN_TYPE)
            elif info.filename == "_rels/.rels":
                content = content.replace(b"</Relationships>", _RIBBON_RELATION)
            target.writestr(info, content)
        ribbon = zipfile.ZipInfo(_RIBBON_PART, (1980, 1, 1, 0, 0, 0))
        target.writestr(ribbon, (HERE / "ribbon.xml").read_bytes(), zipfile.ZIP_DEFLATED)
    return output.getvalue()


def _put(target: Path, data: bytes) -> None:
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
