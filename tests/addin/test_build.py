"""What is built for Excel: the macros are exactly the source, the ribbon calls them, and validators find nothing."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from xlsuite.addin.build import HERE, MODULE, SHEET_BUTTONS, macro_source
from xlsuite.addin.libreoffice.package import COMMANDS
from xlsuite.app.addin import build_addins
from xlsuite.buttons import TASKS

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {path.suffix: path for path in build_addins(tmp_path_factory.mktemp("built"))}


def test_building_twice_gives_the_same_bytes_as_in_the_repository(built, tmp_path):
    for path in build_addins(tmp_path):
        assert path.read_bytes() == built[path.suffix].read_bytes()
    for suffix, name in ((".xlsm", "自评表.xlsm"), (".xlam", "xlsuite.xlam")):
        assert parts(built[suffix]) == parts(ROOT / "workbooks" / name), (
            f"run: xlsuite addin build -o workbooks ({name})"
        )


def parts(path: Path) -> dict[str, bytes]:
    """Compression may differ between versions of zlib, the content may not."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize("suffix", [".xlsm", ".xlam"])
def test_the_macros_inside_are_exactly_the_source(built, suffix):
    from oletools.olevba import VBA_Parser

    parser = VBA_Parser(str(built[suffix]))
    modules = {name.split("/")[-1]: code for _, _, name, code in parser.extract_macros()}
    parser.close()
    own = [code for name, code in modules.items() if name.startswith(MODULE)]
    lines = [line for line in own[0].replace("\r\n", "\n").split("\n") if not line.startswith("Attribute ")]
    assert "\n".join(lines).strip("\n") == macro_source().replace("\r\n", "\n").strip("\n")
    for name, code in modules.items():
        if not name.startswith(MODULE):
            assert all(not line or line.startswith("Attribute ") for line in code.splitlines()), name


def test_the_source_is_plain():
    source = macro_source()
    assert source.isascii()
    assert not re.search(r"^\s*#", source, re.MULTILINE), "LibreOffice knows no conditional compilation"
    assert len(source.splitlines()) < 250
    assert max(map(len, source.splitlines())) <= 130


def test_every_button_has_its_macro_and_every_macro_its_task():
    subs = dict(re.findall(r'Public Sub (Xls\w+)\(\)\s+RunTask "(\w+)"', macro_source().replace("\r\n", "\n")))
    assert [macro for _, macro in SHEET_BUTTONS if macro not in subs] == []
    assert {subs[macro]: caption for caption, macro in SHEET_BUTTONS} == {
        task: TASKS[task][0] for task in subs.values()
    }
    assert dict(COMMANDS) == {task: caption for task, (caption, _) in TASKS.items()}


def test_the_ribbon_calls_known_tasks():
    root = ElementTree.parse(HERE / "ribbon.xml").getroot()
    buttons = [item for item in root.iter() if item.tag.endswith("}button")]
    assert {(b.attrib["id"].removeprefix("xls_"), b.attrib["label"], b.attrib["onAction"]) for b in buttons} == {
        (task, caption, "XlsRibbon") for task, (caption, _) in TASKS.items() if task != "write_back"
    }


def test_the_messages_in_codes_are_chinese():
    texts = [
        "".join(chr(int(code, 16)) for code in codes.split())
        for codes in re.findall(r'Zh\("([^"]+)"\)', macro_source())
    ]
    assert "请先打开自评表工作簿。" in texts
    assert "按钮背后的程序没有完成：" in texts
    assert all(re.fullmatch(r"[\u4e00-\u9fff，。：]+", text) for text in texts)


def test_the_addin_is_one_with_a_ribbon_part(built):
    content = parts(built[".xlam"])
    assert b"addin.macroEnabled" in content["[Content_Types].xml"]
    assert content["customUI/customUI14.xml"] == (HERE / "ribbon.xml").read_bytes()
    assert b"2007/relationships/ui/extensibility" in content["_rels/.rels"]


def test_the_buttons_stand_outside_the_printed_area(built):
    content = parts(built[".xlsm"])
    anchors = re.findall(rb"<x:Anchor>\s*(\d+)", content["xl/drawings/vmlDrawing1.vml"])
    area = re.search(rb"_xlnm.Print_Area[^>]*>[^<]*\$([A-Z]+)\$\d+<", content["xl/workbook.xml"])
    assert len(anchors) == len(SHEET_BUTTONS)
    assert area
    assert min(map(int, anchors)) > ord(area[1].decode()) - 65


@pytest.mark.parametrize("suffix", [".xlsm", ".xlam"])
def test_openxml_audit_finds_nothing(built, suffix):
    program = Path(sys.executable).with_name("openxml-audit")
    told = subprocess.run([program, built[suffix], "-o", "json"], capture_output=True, text=True, check=False).stdout
    assert [(entry["valid"], entry["errors"], entry["warning_count"]) for entry in json.loads(told)] == [(True, [], 0)]


@pytest.mark.skipif(not os.environ.get("XLSUITE_OOXML_VALIDATE"), reason="XLSUITE_OOXML_VALIDATE names no folder")
@pytest.mark.parametrize("suffix", [".xlsm", ".xlam"])
def test_the_open_xml_sdk_finds_nothing(built, suffix):
    program = Path(os.environ["XLSUITE_OOXML_VALIDATE"]) / "node_modules/.bin/ooxml-validate"
    command = [program, built[suffix], "-f", "xlsx", "--of", "json"]
    told = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120).stdout
    assert json.loads(told) == []
