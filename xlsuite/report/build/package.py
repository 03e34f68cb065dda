"""The whole .docx of an outline, the same bytes every time."""

from __future__ import annotations

import zipfile
from io import BytesIO

from xlsuite.report.build.body import document_xml
from xlsuite.report.build.layout import BODY, FONTS, LATIN, SONG
from xlsuite.report.build.styles import styles_xml
from xlsuite.report.build.theme import theme_xml
from xlsuite.report.build.xml import HEAD, NAMESPACES, field, paragraph, run
from xlsuite.report.outlines import Outline

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MOMENT = (1980, 1, 1, 0, 0, 0)

_TYPES = (
    f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_WORD}.settings+xml"/>'
    f'<Override PartName="/word/fontTable.xml" ContentType="{_WORD}.fontTable+xml"/>'
    '<Override PartName="/word/theme/theme1.xml" ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>'
    + "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.footer+xml"/>'
        for name in ("footer1", "footer2", "footer3")
    )
    + '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    '<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>'
    "</Types>"
)
_ROOT_RELATIONS = (
    f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/extended-properties" Target="docProps/app.xml"/></Relationships>'
)
_PARTS = (
    ("rIdStyles", "styles", "styles"),
    ("rIdSettings", "settings", "settings"),
    ("rIdFonts", "fontTable", "fontTable"),
    ("rIdTheme", "theme", "theme/theme1"),
    ("rIdOdd", "footer", "footer1"),
    ("rIdEven", "footer", "footer2"),
    ("rIdNone", "footer", "footer3"),
)
_DOCUMENT_RELATIONS = (
    f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    + "".join(f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{name}.xml"/>' for key, kind, name in _PARTS)
    + "</Relationships>"
)
_SETTINGS = (
    f'{HEAD}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/>'
    "<w:doNotLeaveBackslashAlone/><w:ulTrailSpace/><w:useFELayout/>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
)
_APP = (
    f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>xlsuite</Application></Properties>"
)


def _core(outline: Outline, title: str) -> str:
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:subject>{outline.name}</dc:subject><dc:language>zh-CN</dc:language>"
        "</cp:coreProperties>"
    )


def _font_table() -> str:
    fonts = [
        f'<w:font w:name="{LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
    ]
    for name, (alternatives, family) in FONTS.items():
        fonts.append(
            f'<w:font w:name="{name}"><w:altName w:val="{alternatives}"/><w:charset w:val="86"/>'
            f'<w:family w:val="{family}"/><w:pitch w:val="default"/></w:font>'
        )
    return f"{HEAD}<w:fonts {NAMESPACES}>{''.join(fonts)}</w:fonts>"


def _footer(side: str) -> str:
    """The page number between dashes, one character in from the outer edge; ``side`` "" is an empty footer."""
    if not side:
        return f"{HEAD}<w:ftr {NAMESPACES}>{paragraph('Footer', run('', BODY))}</w:ftr>"
    indent = (
        '<w:ind w:rightChars="100" w:right="280"/>' if side == "right" else '<w:ind w:leftChars="100" w:left="280"/>'
    )
    number = run("— ", SONG) + field("PAGE", "1", SONG) + run(" —", SONG)
    return f"{HEAD}<w:ftr {NAMESPACES}>{paragraph('Footer', number, f'{indent}<w:jc w:val={chr(34)}{side}{chr(34)}/>')}</w:ftr>"


def package(outline: Outline) -> bytes:
    """The template of an outline as a .docx."""
    members = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _ROOT_RELATIONS,
        "word/document.xml": document_xml(outline),
        "word/_rels/document.xml.rels": _DOCUMENT_RELATIONS,
        "word/styles.xml": styles_xml(),
        "word/settings.xml": _SETTINGS,
        "word/fontTable.xml": _font_table(),
        "word/theme/theme1.xml": theme_xml(),
        "word/footer1.xml": _footer("right"),
        "word/footer2.xml": _footer("left"),
        "word/footer3.xml": _footer(""),
        "docProps/core.xml": _core(outline, "{{ 项目名称 }}绩效自评报告"),
        "docProps/app.xml": _APP,
    }
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, _MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content.encode("utf-8"))
    return target.getvalue()
