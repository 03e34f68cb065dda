"""Sheets with notes and buttons, and marks on them, for the tests of marking."""

# ruff: noqa: E501 (markup is compared line by line, unbroken)

from __future__ import annotations

import re
from pathlib import Path

from tests.hosts.packaging import HEAD, MAIN, OFFICE, RELATIONS, minimal, part, sheet
from xlsuite.core.finding import ERROR, Finding, Mark, fingerprint
from xlsuite.core.form import Ref
from xlsuite.hosts.package.sheet_layout import place_of
from xlsuite.hosts.package.sheet_patch import SheetPatch
from xlsuite.hosts.package.styles_patch import StylesPatch

DATA = (
    '<row r="1"><c r="A1" s="1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    '<row r="2"><c r="A2" s="2" t="inlineStr"><is><t>文</t></is></c><c r="B2" s="1"/></row>'
)
COMMENTS = (
    f'{HEAD}<comments xmlns="{MAIN}"><authors><author>张三</author></authors><commentList>'
    '<comment ref="A1" authorId="0"><text><t>用户的批注</t></text></comment>'
    '<comment ref="B2" authorId="0"><text><r><rPr><b/></rPr><t xml:space="preserve">粗 </t></r><r><t>体</t></r></text></comment>'
    "</commentList></comments>"
)
DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>'
    '<v:shapetype id="_x0000_t202"></v:shapetype>'
    '<v:shape id="_x0000_s2046" type="#_x0000_t202"><x:ClientData ObjectType="Note"><x:Row>0</x:Row><x:Column>0</x:Column>'
    '</x:ClientData></v:shape><v:shape id="_x0000_s2047" type="#_x0000_t201"><v:textbox><div>按<br>钮</div></v:textbox>'
    '<x:ClientData ObjectType="Button"/></v:shape></xml>'
)


def with_notes(**parts: str) -> dict[str, bytes]:
    """A workbook whose sheet has notes and a button, in markup that no XML parser would take."""
    found = minimal(sheet(DATA, after='<legacyDrawing r:id="rId7"/>'))
    found["xl/worksheets/_rels/sheet1.xml.rels"] = (
        f'{HEAD}<Relationships xmlns="{RELATIONS}">'
        f'<Relationship Id="rId7" Type="{OFFICE}/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/>'
        f'<Relationship Id="rId8" Type="{OFFICE}/comments" Target="../comments1.xml"/></Relationships>'
    ).encode()
    found["xl/comments1.xml"], found["xl/drawings/vmlDrawing1.vml"] = COMMENTS.encode(), DRAWING.encode()
    return found | {name: content.encode() for name, content in parts.items()}


def at(cell: str, severity=ERROR, note: str = "说明", name: str = "表") -> Mark:
    return Mark(Ref(name, *place_of(cell)), severity, note)


def found(cell: str, severity=ERROR, values: tuple[str, ...] = ("1",), message: str = "数不对。") -> Finding:
    return Finding(
        "SCO101", severity, message, (Ref("表", *place_of(cell)),), fingerprint=fingerprint("SCO101", cell, values)
    )


def fill(path: Path, cell: str) -> str:
    """RRGGBB of the solid fill a cell has."""
    styles = StylesPatch(part(path, "xl/styles.xml"))
    return styles.solid_colour(styles.fill_of(SheetPatch(part(path)).cell(place_of(cell)).style))


def without_styles(parts: dict[str, bytes]) -> dict[str, bytes]:
    """A workbook that leaves the styles part out, which the standard allows."""
    del parts["xl/styles.xml"]
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        parts[name] = re.sub(rb"<(?:Override|Relationship) [^<>]*styles[^<>]*/>", b"", parts[name])
    return parts


def replaced(path: Path, name: str, content: bytes, **added: bytes) -> None:
    """Put other content into a part, as another program would."""
    from xlsuite.hosts.package.archive import Changes, open_for_writing, rewritten

    path.write_bytes(rewritten(open_for_writing(path.read_bytes()), Changes(replaced={name: content}, added=added)))
