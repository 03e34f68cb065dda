"""Building small workbook packages by hand, and comparing packages byte for byte."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
PARTS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SHEET_PART = "xl/worksheets/sheet1.xml"
STAMP = (2022, 3, 4, 5, 6, 8)

STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFD9E1F2"/></patternFill></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="10" fontId="0" fillId="2" borderId="0" xfId="0" applyFill="1"><alignment horizontal="center"/></xf>'
    '<xf numFmtId="2" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>'
)


def sheet(data: str, before: str = "", after: str = "") -> str:
    """A sheet part around the content of ``<sheetData>``."""
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{before}<sheetData>{data}</sheetData>{after}</worksheet>'
    )


def minimal(sheet_xml: str | bytes, *, strict: bool = False, book: str = "", **others: str | bytes) -> dict[str, bytes]:
    """The parts of a workbook with one sheet named 表. ``others`` are further parts; ``book`` follows the sheets."""
    main, office = (STRICT_MAIN, STRICT_OFFICE) if strict else (MAIN, OFFICE)
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{PARTS}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{PARTS}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{PARTS}.styles+xml"/></Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{RELATIONS}">'
        f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        f'<sheet name="表" sheetId="1" r:id="rId1"/></sheets>{book}</workbook>',
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{RELATIONS}">'
        f'<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{office}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": STYLES.replace(MAIN, main),
        SHEET_PART: sheet_xml,
    }
    parts |= others
    return {name: content.encode() if isinstance(content, str) else content for name, content in parts.items()}


def zipped(parts: dict[str, bytes], path: Path | None = None, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The package file, also written to ``path``."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, STAMP), content, method)
    if path is not None:
        path.write_bytes(stream.getvalue())
    return stream.getvalue()


def part(data: bytes | Path, name: str = SHEET_PART) -> bytes:
    """The content of a part."""
    source = io.BytesIO(data) if isinstance(data, bytes) else data
    with zipfile.ZipFile(source) as package:
        return package.read(name)


def records(path: Path) -> dict[str, bytes]:
    """Every member as it lies in the file: local header, name, extra fields, compressed bytes; in file order."""
    data = path.read_bytes()
    found = {}
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        starts = [info.header_offset for info in package.infolist()] + [package.start_dir]
        for info in package.infolist():
            stop = min(start for start in starts if start > info.header_offset)
            found[info.filename] = data[info.header_offset : stop]
    return found


def contents(path: Path) -> list[tuple[str, bytes]]:
    """Every part with its content, in file order."""
    with zipfile.ZipFile(path) as package:
        return [(name, package.read(name)) for name in package.namelist()]


def differing(before: Path, after: Path) -> set[str]:
    """Names of members whose stored bytes differ, were added or are gone; members in common must keep their order."""
    old, new = records(before), records(after)
    assert [name for name in old if name in new] == [name for name in new if name in old]
    return {name for name in {*old, *new} if old.get(name) != new.get(name)}
