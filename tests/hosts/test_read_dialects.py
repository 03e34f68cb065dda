"""The same workbook in every dialect writers use: values, formulas and merges as openpyxl reads them."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest

from tests.hosts.reading import MAIN, changed, form_workbook, openpyxl_view, our_view, read, unzipped, zipped
from xlsuite.hosts import limits
from xlsuite.hosts.package.dialect import unprefixed, utf8
from xlsuite.hosts.package.sheet_events import read_sheet
from xlsuite.hosts.package.sheet_xml import scan_sheet
from xlsuite.hosts.package.strings import read_strings
from xlsuite.hosts.package.styles import read_styles
from xlsuite.hosts.package.tables import Tables

STRICT = "http://purl.oclc.org/ooxml"
TRANSITIONAL = "http://schemas.openxmlformats.org"


@pytest.fixture(scope="module")
def original() -> bytes:
    return form_workbook()


def _xml(name: str) -> bool:
    return name.endswith((".xml", ".rels")) and name.startswith(("xl/", "_rels/"))


def _sheets(name: str) -> bool:
    return name.startswith("xl/worksheets/sheet")


def _prefixed(name: str, content: bytes) -> bytes:
    if not name.startswith(("xl/worksheets/sheet", "xl/sharedStrings", "xl/styles", "xl/workbook.xml")):
        return content
    content = re.sub(rb"<(/?)([A-Za-z][A-Za-z0-9]*)(?=[\s>/])", rb"<\1x:\2", content)
    return content.replace(b'xmlns="' + MAIN.encode(), b'xmlns:x="' + MAIN.encode(), 1)


def _strict(name: str, content: bytes) -> bytes:
    if not _xml(name):
        return content
    for old, new in (
        ("/spreadsheetml/2006/main", "/spreadsheetml/main"),
        ("/officeDocument/2006/relationships", "/officeDocument/relationships"),
    ):
        content = content.replace(f"{TRANSITIONAL}{old}".encode(), f"{STRICT}{new}".encode())
    return content


def _references(content: bytes) -> bytes:
    return "".join(char if ord(char) < 128 else f"&#{ord(char)};" for char in content.decode()).encode()


def _hexadecimal(name: str, content: bytes) -> bytes:
    if not _xml(name):
        return content
    return "".join(char if ord(char) < 128 else f"&#x{ord(char):X};" for char in content.decode()).encode()


def _single_quotes(name: str, content: bytes) -> bytes:
    if not _sheets(name):
        return content
    return re.sub(rb'([\w:]+)="([^"<]*)"', rb"\1='\2'", content)


def _spread_out(name: str, content: bytes) -> bytes:
    """Pretty-printed: every tag on its own line, except around texts."""
    if not _sheets(name):
        return content
    return re.sub(rb"(</?(?:row|c|sheetData|mergeCells?|cols?)\b[^>]*>)", rb"\n  \1", content)


def _without_places(name: str, content: bytes) -> bytes:
    if not _sheets(name):
        return content
    content = _filled(content)
    return re.sub(rb'<(c|row) r="[A-Z0-9]+"', rb"<\1", content)


def _filled(content: bytes) -> bytes:
    """Rows and cells without gaps, so that places can be counted."""

    def row(found: re.Match[bytes]) -> bytes:
        cells = {c[1]: c[0] for c in re.finditer(rb'<c r="([A-Z]+)[0-9]+"(?:[^>]*/>|.*?</c>)', found[0])}
        return (
            found[1] + b"".join(cells.get(letter, b"<c/>") for letter in (b"%c" % n for n in b"ABCDEFGH")) + b"</row>"
        )

    rows = {int(m[2]): m for m in re.finditer(rb'(<row r="([0-9]+)"[^>]*>).*?</row>', content, re.DOTALL)}
    body = b"".join(row(rows[n]) if n in rows else b"<row></row>" for n in range(1, max(rows, default=0) + 1))
    return re.sub(
        rb"<sheetData>.*</sheetData>", lambda _: b"<sheetData>" + body + b"</sheetData>", content, flags=re.DOTALL
    )


def _comments(name: str, content: bytes) -> bytes:
    return content.replace(b"<c ", b"<!-- <c r='Z9'><v>1</v></c> --><c ") if _sheets(name) else content


def _cdata(name: str, content: bytes) -> bytes:
    if not name.startswith("xl/sharedStrings"):
        return content
    return re.sub(rb"<t([^>]*)>([^<&]+)</t>", rb"<t\1><![CDATA[\2]]></t>", content)


def _utf16(name: str, content: bytes) -> bytes:
    if not _xml(name):
        return content
    return content.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")


def _gbk(name: str, content: bytes) -> bytes:
    if not name.startswith("xl/sharedStrings"):
        return content
    return content.decode().replace('encoding="UTF-8"', 'encoding="GB18030"').encode("gb18030")


def _bom(name: str, content: bytes) -> bytes:
    return b"\xef\xbb\xbf" + content if _xml(name) else content


def _like_excel(name: str, content: bytes) -> bytes:
    """What Excel adds: spans, dyDescent, phonetic settings and guides, an extension list."""
    if _sheets(name):
        content = re.sub(rb'<row r="(\d+)"', rb'<row r="\1" x14ac:dyDescent="0.15"', content)
        head = f'xmlns="{MAIN}" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
        return content.replace(f'xmlns="{MAIN}"'.encode(), head.encode(), 1)
    if name.startswith("xl/sharedStrings"):
        guide = '<rPh sb="0" eb="2"><t>ㄒㄧㄤ</t></rPh><phoneticPr fontId="1" type="noConversion"/>'
        content = re.sub(rb"</t></si>", lambda _: f"</t>{guide}</si>".encode(), content, count=5)
        return re.sub(rb"</t></si>", rb'</t><phoneticPr fontId="1"/></si>', content)
    return content


def _like_wps(name: str, content: bytes) -> bytes:
    """What WPS writes: no spans, its own extension attributes, and a type on every number."""
    if not _sheets(name):
        return content
    content = re.sub(rb' spans="[^"]*"', b"", content)
    return re.sub(rb'<c r="([A-Z]+\d+)" s="(\d+)"><v>', rb'<c r="\1" s="\2" t="n"><v>', content)


def _inline(name: str, content: bytes, strings: list[str]) -> bytes:
    if not _sheets(name):
        return content

    def text(found: re.Match[bytes]) -> bytes:
        value = escape(strings[int(found[2])])
        return b'<c%s t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>' % (found[1], value.encode())

    return re.sub(rb'<c([^>]*) t="s"><v>(\d+)</v></c>', text, content)


TRANSFORMATIONS: dict[str, Callable[[str, bytes], bytes]] = {
    "prefixed": _prefixed,
    "strict": _strict,
    "decimal references": lambda name, content: _references(content) if _xml(name) else content,
    "hexadecimal references": _hexadecimal,
    "single quotes": _single_quotes,
    "spread out": _spread_out,
    "without places": _without_places,
    "comments": _comments,
    "cdata": _cdata,
    "utf-16": _utf16,
    "gb18030": _gbk,
    "byte order mark": _bom,
    "like Excel": _like_excel,
    "like WPS": _like_wps,
    "windows line ends": lambda name, content: content.replace(b"?>\n<", b"?>\r\n<") if _xml(name) else content,
}


def test_as_written_by_xlsxwriter(original: bytes) -> None:
    assert our_view(read(original)) == openpyxl_view(original)


@pytest.mark.parametrize("name", TRANSFORMATIONS)
def test_text_transformations(original: bytes, name: str) -> None:
    other = changed(original, TRANSFORMATIONS[name])
    assert unzipped(other) != unzipped(original)
    assert our_view(read(other)) == our_view(read(original))
    assert [grid.hidden_rows for grid in read(other).sheets] == [grid.hidden_rows for grid in read(original).sheets]
    assert [cell.text for cell in read(other).sheets[0].cells.values()] == [
        cell.text for cell in read(original).sheets[0].cells.values()
    ]


@pytest.mark.parametrize("escaped", [False, True])
def test_inline_strings(original: bytes, escaped: bool) -> None:
    strings = read_strings(unzipped(original)["xl/sharedStrings.xml"])
    other = changed(original, lambda name, content: _inline(name, content, strings))
    if escaped:
        other = changed(other, lambda name, content: _references(content) if _sheets(name) else content)
    assert our_view(read(other)) == our_view(read(original))


@pytest.mark.parametrize("name", ["as it is", "prefixed", "strict", "decimal references", "like Excel", "like WPS"])
def test_scan_and_event_reader_agree(original: bytes, name: str) -> None:
    """The quick scan takes these dialects, and finds what the parser finds."""
    packed = unzipped(changed(original, TRANSFORMATIONS[name])) if name in TRANSFORMATIONS else unzipped(original)
    strings = read_strings(packed["xl/sharedStrings.xml"])
    codes = read_styles(packed["xl/styles.xml"])
    for part in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
        data = utf8(packed[part])
        quick = scan_sheet(unprefixed(data), Tables(codes, strings, False))
        slow = read_sheet(data, Tables(codes, strings, False), limits.Clock())
        assert quick == slow
        assert list(slow.cells)


@pytest.mark.parametrize("name", ["single quotes", "spread out", "without places", "comments"])
def test_scan_leaves_what_it_does_not_know(original: bytes, name: str) -> None:
    packed = unzipped(changed(original, TRANSFORMATIONS[name]))
    data = packed["xl/worksheets/sheet1.xml"]
    strings = read_strings(packed["xl/sharedStrings.xml"])
    assert scan_sheet(data, Tables((), strings, False)) is None


def test_openpyxl_saves(original: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(original))
    page = book.worksheets[0]
    page["H8"] = "＝全角 & <标签>"
    page["H9"] = 1e308
    out = io.BytesIO()
    book.save(out)
    data = out.getvalue()
    assert our_view(read(data)) == openpyxl_view(data)
    assert any("没有保存计算结果" in remark for remark in read(data).remarks)


def test_excelize_saves(original: bytes, tmp_path: Path) -> None:
    excelize = pytest.importorskip("excelize")
    source, target = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    source.write_bytes(original)
    book = excelize.open_file(str(source))
    book.set_cell_value("自评表", "H8", "补充 & <说明>")
    book.save_as(str(target))
    book.close()
    data = target.read_bytes()
    assert our_view(read(data)) == openpyxl_view(data)
    assert read(data).sheets[0].cells[8, 8].value == "补充 & <说明>"


@pytest.mark.office
@pytest.mark.parametrize("kind", ["xlsx:Calc MS Excel 2007 XML", "xls:MS Excel 97", "ods", "fods"])
def test_libreoffice_saves(original: bytes, kind: str, soffice: str, tmp_path: Path) -> None:
    source = tmp_path / "form.xlsx"
    source.write_bytes(original)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, "--headless", profile, "--convert-to", kind, "--outdir", str(tmp_path / "out"), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    book = read((tmp_path / "out" / f"form.{kind.partition(':')[0]}").read_bytes())
    first = read(original)
    assert [(grid.name, grid.hidden) for grid in book.sheets] == [(grid.name, grid.hidden) for grid in first.sheets]
    for ours, theirs in zip(book.sheets, first.sheets, strict=True):
        assert sorted(ours.merges) == sorted(theirs.merges)
        assert ours.cells.keys() == theirs.cells.keys()
        computed = {place for place, cell in theirs.cells.items() if cell.formula}
        # LibreOffice makes formulas of TRUE and of every cell of an array; in .xls it stores 0 for a text result.
        assert {place for place, cell in ours.cells.items() if cell.formula} - {(21, 2), (22, 4)} == computed
        compared = theirs.cells.keys() - (computed if kind.startswith("xls:") else set())
        assert {place: ours.cells[place].text for place in compared} == {
            place: theirs.cells[place].text for place in compared
        }
        assert ours.hidden_rows == theirs.hidden_rows
        assert ours.hidden_columns >= theirs.hidden_columns


def test_zip_with_data_descriptors(original: bytes) -> None:
    out = io.BytesIO()

    class Unseekable(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            return out.write(data)

    with zipfile.ZipFile(Unseekable(), "w", zipfile.ZIP_DEFLATED) as package:  # type: ignore[arg-type]
        for name, content in unzipped(original).items():
            package.writestr(name, content)
    assert our_view(read(out.getvalue())) == our_view(read(original))


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_zip_methods(original: bytes, method: int) -> None:
    assert our_view(read(zipped(unzipped(original), method))) == our_view(read(original))


@pytest.mark.parametrize("rename", [str.upper, lambda name: "/" + name, lambda name: name.replace("/", "\\")])
def test_part_names_of_careless_writers(original: bytes, rename: Callable[[str], str]) -> None:
    renamed = zipped({rename(name): content for name, content in unzipped(original).items()})
    assert our_view(read(renamed)) == our_view(read(original))


def test_large_file_records(original: bytes) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in unzipped(original).items():
            with package.open(name, "w", force_zip64=True) as stream:
                stream.write(content)
    assert our_view(read(out.getvalue())) == our_view(read(original))
