"""The extension (.oxt) for LibreOffice: a menu and a toolbar 绩效自评, and the component that answers them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from xlsuite import __version__

IDENTIFIER = "xlsuite.buttons"
COMMANDS = (
    ("check", "校验"),
    ("jump", "下一处"),
    ("recalc", "重新计分"),
    ("restore", "恢复上次"),
    ("clear", "清除标记"),
    ("report", "生成报告"),
    ("audit", "审核报告"),
    ("write_back", "写回原表"),
    ("guide", "填写说明"),
    ("about", "帮助"),
)
"""Tasks and captions, in the order of the toolbar and the menu."""

_CALC = "com.sun.star.sheet.SpreadsheetDocument"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_REGISTRY = (
    'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" oor:name="{}" '
    'oor:package="{}"'
)
_COMPONENT = Path(__file__).parent / "extension" / "xlsuite_buttons.py"
_STAMP = (2026, 1, 1, 0, 0, 0)


def write_extension(target: Path) -> Path:
    """Write the extension; the same version always gives the same bytes."""
    parts = {
        "META-INF/manifest.xml": _manifest(),
        "description.xml": _description(),
        "Addons.xcu": _addons(),
        "CalcWindowState.xcu": _window_state(),
        "ProtocolHandler.xcu": _handler(),
        _COMPONENT.name: _COMPONENT.read_text(encoding="utf-8"),
    }
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, _STAMP), content.encode(), zipfile.ZIP_DEFLATED)
    target.write_bytes(output.getvalue())
    return target


def _data(name: str, package: str, body: str) -> str:
    registry = _REGISTRY.format(name, package)
    return f"{_HEAD}<oor:component-data {registry}>{body}</oor:component-data>\n"


def _node(name: str, body: str) -> str:
    return f'<node oor:name="{name}" oor:op="replace">{body}</node>'


def _property(name: str, value: str, kind: str = "string") -> str:
    return f'<prop oor:name="{name}" oor:type="xs:{kind}"><value>{escape(value)}</value></prop>'


def _entries() -> str:
    entries = []
    for number, (task, caption) in enumerate(COMMANDS):
        body = _property("URL", f"xlsuite:{task}") + _property("Title", caption)
        body += _property("Target", "_self") + _property("Context", _CALC)
        entries.append(_node(f"b{number:02d}", body))
    return "".join(entries)


def _addons() -> str:
    toolbar = f'<node oor:name="OfficeToolBar">{_node("xlsuite.toolbar", _entries())}</node>'
    head = _property("Title", "绩效自评") + _property("Context", _CALC)
    menu = _node("xlsuite.menu", f'{head}<node oor:name="Submenu">{_entries()}</node>')
    body = f'<node oor:name="AddonUI">{toolbar}<node oor:name="OfficeMenuBar">{menu}</node></node>'
    return _data("Addons", "org.openoffice.Office", body)


def _window_state() -> str:
    state = (
        _property("UIName", "绩效自评")
        + _property("Docked", "true", "boolean")
        + _property("DockingArea", "0", "int")
        + _property("DockPos", "0,2")
        + _property("Visible", "true", "boolean")
        + _property("Style", "1", "int")
    )
    place = _node("private:resource/toolbar/addon_xlsuite.toolbar", state)
    body = f'<node oor:name="UIElements"><node oor:name="States">{place}</node></node>'
    return _data("CalcWindowState", "org.openoffice.Office.UI", body)


def _handler() -> str:
    protocols = '<prop oor:name="Protocols" oor:type="oor:string-list"><value>xlsuite:*</value></prop>'
    body = f'<node oor:name="HandlerSet">{_node("xlsuite.Buttons", protocols)}</node>'
    return _data("ProtocolHandler", "org.openoffice.Office", body)


def _description() -> str:
    return (
        f'{_HEAD}<description xmlns="http://openoffice.org/extensions/description/2006">'
        f'<identifier value="{IDENTIFIER}"/><version value="{__version__}"/>'
        '<display-name><name lang="zh-CN">绩效自评</name><name lang="en">xlsuite</name></display-name>'
        "</description>\n"
    )


def _manifest() -> str:
    data = "application/vnd.sun.star.configuration-data"
    kinds = dict.fromkeys(("Addons.xcu", "CalcWindowState.xcu", "ProtocolHandler.xcu"), data)
    kinds[_COMPONENT.name] = "application/vnd.sun.star.uno-component;type=Python"
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
        for name, kind in kinds.items()
    )
    return f'{_HEAD}<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">{entries}</manifest:manifest>\n'
