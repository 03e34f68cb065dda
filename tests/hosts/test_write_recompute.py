"""Cached results after an edit: refreshed through LibreOffice where it is, told where it is not."""

# ruff: noqa: E501 (markup is compared line by line, unbroken)

from __future__ import annotations

import os
import re
import sys
import time
from decimal import Decimal
from pathlib import Path

import pytest

from tests.hosts.packaging import differing, minimal, part, sheet, zipped
from tests.hosts.rich_workbook import SHEET, build
from xlsuite.core.errors import HostUnavailable
from xlsuite.core.finding import Edit
from xlsuite.core.form import Ref
from xlsuite.hosts import soffice
from xlsuite.hosts.package.patch import NOT_RECOMPUTED, apply_edits
from xlsuite.hosts.package.sheet_layout import place_of

ROWS = (
    '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1*2</f><v>2</v></c><c r="C1"><f>Z1+1</f><v>99</v></c></row>'
    '<row r="2"><c r="A2"><f t="shared" ref="A2:A3" si="0">$A$1+ROW()</f><v>3</v></c><c r="B2"><f>RAND()+A1</f><v>0.5</v></c></row>'
    '<row r="3"><c r="A3"><f t="shared" si="0"/><v>4</v></c><c r="B3" t="str"><f>IF(A1&gt;5,"高","低")</f><v>低</v></c></row>'
    '<row r="4"><c r="A4"><f t="array" ref="A4:A5">A1:A1*{1;2}</f><v>1</v></c><c r="B4"><f>10/(A1-7)</f><v>-1.6666</v></c></row>'
    '<row r="5"><c r="A5"><v>2</v></c><c r="B5" t="b"><f>A1&gt;5</f><v>0</v></c><c r="C5"><f>XYZ(A1)</f><v>7</v></c></row>'
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "表.xlsx"
    zipped(minimal(sheet(ROWS)), path)
    return path


def write(path: Path, new: str = "7"):
    return apply_edits(
        path, path, [Edit(Ref("表", 1, 1), Decimal(1), Decimal(new), "x")], expected_sha256=None, backup=False
    )


def cached(path: Path) -> dict[str, str]:
    found = re.findall(r'<c r="([A-Z]\d)"[^>]*>(?:<f[^>]*(?:/>|>[^<]*</f>))?<v>([^<]*)</v>', part(path).decode())
    return dict(found)


def addresses(refs: tuple[Ref, ...]) -> set[str]:
    return {ref.a1 for ref in refs}


@pytest.mark.office
@pytest.mark.usefixtures("soffice")
def test_dependent_results_are_refreshed_and_no_others(book):
    before = part(book).decode()
    result = write(book)
    values = cached(book)
    expected = {"A1": "7", "B1": "14", "A2": "9", "A3": "10", "B3": "高", "A4": "7", "A5": "14", "B5": "1"}
    assert {cell: values[cell] for cell in expected} == expected
    assert values["C1"] == "99", "does not depend on the edit, whatever LibreOffice makes of it"
    assert values["B2"] == "0.5", "changes by itself"
    assert values["B4"] == "-1.6666", "an error result is left to Excel"
    assert values["C5"] == "7", "a function unknown to LibreOffice is left to Excel"
    assert addresses(result.refreshed) == {"B1", "A2", "A3", "B3", "A4", "A5", "B5"}
    assert addresses(result.waiting) == {"B4", "C5"}
    assert result.remarks == [
        "有 2 个公式单元格（如“表”的 B4）本机无法可靠地重算，会在用 Excel 或 WPS 打开时自动重算。"
    ]
    formulas = re.compile(r"<f.*?(?:/>|</f>)")
    assert formulas.findall(part(book).decode()) == formulas.findall(before)


@pytest.mark.office
@pytest.mark.slow
@pytest.mark.usefixtures("soffice")
def test_the_rich_workbook(tmp_path):
    source, target = build(tmp_path / "a.xlsm"), tmp_path / "b.xlsm"
    edits = [Edit(Ref(SHEET, *place_of("C3")), Decimal(18), Decimal("17.5"), "")]
    result = apply_edits(source, target, edits, expected_sha256=None)
    assert addresses(result.refreshed) == {"D3", "C6", "F3"}
    assert addresses(result.waiting) == {"G3", "G4", "G5"}, "SORT is unknown to this LibreOffice"
    assert differing(source, target) == {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}
    assert {cell: cached(target)[cell] for cell in ("D3", "C6", "F3", "F4")} == {
        "D3": "0.875",
        "C6": "52.5",
        "F3": "35",
        "F4": "50",
    }


def test_without_libreoffice_the_user_is_told(book, monkeypatch):
    monkeypatch.setattr(soffice, "find", lambda: None)
    result = write(book)
    assert result.remarks == [NOT_RECOMPUTED]
    assert cached(book)["B1"] == "2"
    assert b'fullCalcOnLoad="1"' in part(book, "xl/workbook.xml")


def test_a_workbook_without_formulas_needs_no_libreoffice(tmp_path, monkeypatch):
    monkeypatch.setattr(soffice, "find", lambda: pytest.fail("not needed"))
    zipped(minimal(sheet('<row r="1"><c r="A1"><v>1</v></c></row>')), tmp_path / "a.xlsx")
    assert write(tmp_path / "a.xlsx").remarks == []


def test_when_libreoffice_fails_the_edit_is_written_and_the_user_told(book, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise HostUnavailable("LibreOffice 没有完成转换，请稍后重试。")

    monkeypatch.setattr(soffice, "find", lambda: Path("soffice"))
    monkeypatch.setattr(soffice, "convert", fail)
    result = write(book)
    assert result.remarks == [
        "LibreOffice 没有完成转换，请稍后重试。依赖这些单元格的公式会在用 Excel 或 WPS 打开时自动重算。"
    ]
    assert cached(book)["A1"] == "7"


def test_when_libreoffice_writes_rubbish_it_is_not_taken(book, monkeypatch):
    def rubbish(files, kind, folder, **_: object):
        outputs = [folder / f"{path.stem}.xlsx" for path in files]
        for path in outputs:
            path.write_bytes(b"rubbish")
        return outputs

    monkeypatch.setattr(soffice, "find", lambda: Path("soffice"))
    monkeypatch.setattr(soffice, "convert", rubbish)
    result = write(book)
    assert "自动重算" in result.remarks[0]
    assert cached(book)["B1"] == "2"


def program(folder: Path, body: str) -> Path:
    path = folder / "soffice"
    path.write_text(f"#!{sys.executable}\nimport os, sys, time\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def pretend(tmp_path, monkeypatch):
    """A program that stands in for LibreOffice."""

    def made(body: str) -> Path:
        path = program(tmp_path, body)
        monkeypatch.setattr(soffice, "find", lambda: path)
        return path

    return made


POSIX = pytest.mark.skipif(sys.platform == "win32", reason="process groups of POSIX")


@POSIX
def test_a_hanging_libreoffice_is_ended_with_its_children(tmp_path, pretend):
    mark = tmp_path / "pid"
    pretend(f"child = os.fork()\nif child: open({str(mark)!r}, 'w').write(str(child))\ntime.sleep(60)")
    start = time.monotonic()
    with pytest.raises(HostUnavailable, match="1 秒内没有完成"):
        soffice.convert([tmp_path / "a.xlsx"], "xlsx", tmp_path, time_limit=1)
    assert time.monotonic() - start < 10
    assert gone(int(mark.read_text()))


def gone(process: int) -> bool:
    for _ in range(50):
        try:
            state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


@POSIX
def test_a_missing_output_is_noticed(tmp_path, pretend):
    pretend("")
    with pytest.raises(HostUnavailable, match="没有完成转换"):
        soffice.convert([tmp_path / "a.xlsx"], "xlsx", tmp_path)


@POSIX
def test_our_own_python_does_not_leak_into_libreoffice(tmp_path, pretend, monkeypatch):
    monkeypatch.setenv("PYTHONHOME", "/nowhere-set-after-start")
    pretend("")
    seen = {}
    real = soffice.subprocess.Popen

    def spy(command, **options):
        seen.update(options["env"])
        seen["command"] = command
        return real(command, **options)

    monkeypatch.setattr(soffice.subprocess, "Popen", spy)
    with pytest.raises(HostUnavailable):
        soffice.convert([tmp_path / "a.xlsx"], "xlsx", tmp_path)
    assert "PYTHONHOME" not in seen
    profile = next(item for item in seen["command"] if item.startswith("-env:UserInstallation=file://"))
    assert not Path(profile.partition("file://")[2]).exists(), "the throw-away profile is gone"


def test_a_program_that_does_not_start_is_explained(tmp_path, monkeypatch):
    monkeypatch.setattr(soffice, "find", lambda: tmp_path / "missing")
    with pytest.raises(HostUnavailable, match="无法启动"):
        soffice.convert([tmp_path / "a.xlsx"], "xlsx", tmp_path)


def test_libreoffice_missing_is_explained(tmp_path, monkeypatch):
    monkeypatch.setattr(soffice, "find", lambda: None)
    with pytest.raises(HostUnavailable, match="没有安装 LibreOffice"):
        soffice.convert([tmp_path / "a.xlsx"], "xlsx", tmp_path)


@pytest.mark.parametrize(
    ("named", "found"), [("", None), ("/no/such/program", None), (sys.executable, Path(sys.executable))]
)
def test_the_program_can_be_named_or_forbidden(monkeypatch, named, found):
    monkeypatch.setitem(os.environ, "XLSUITE_SOFFICE", named)
    soffice.find.cache_clear()
    assert soffice.find() == found
    soffice.find.cache_clear()
