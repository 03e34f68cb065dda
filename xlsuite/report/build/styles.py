"""The styles of an official document: every one names its East-Asian font."""

from __future__ import annotations

from dataclasses import dataclass

from xlsuite.report.build.layout import BODY, ERHAO, HEI, KAI, LATIN, LINE, SANHAO, SIHAO, SONG, TITLE, WUHAO, XIAOSI
from xlsuite.report.build.xml import HEAD, NAMESPACES

_EXACT = f'<w:spacing w:before="0" w:after="0" w:line="{LINE}" w:lineRule="exact"/>'
_SINGLE = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
_TITLE_LINE = '<w:spacing w:before="0" w:after="0" w:line="700" w:lineRule="exact"/>'
_TWO = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_NONE = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: id, name in Word's list, font, size in half points, paragraph properties in schema order."""

    id: str
    name: str
    font: str
    size: int
    paragraph: str
    based_on: str = "Normal"
    bold: bool = False
    following: str = ""


_KEEP = "<w:keepNext/><w:keepLines/>"
STYLES = (
    Style("XlText", "公文正文", BODY, SANHAO, f'{_EXACT}{_TWO}<w:jc w:val="both"/>'),
    Style("Heading1", "heading 1", HEI, SANHAO, f'{_KEEP}{_EXACT}{_TWO}<w:outlineLvl w:val="0"/>', following="XlText"),
    Style("Heading2", "heading 2", KAI, SANHAO, f'{_KEEP}{_EXACT}{_TWO}<w:outlineLvl w:val="1"/>', following="XlText"),
    Style(
        "Heading3",
        "heading 3",
        BODY,
        SANHAO,
        f'{_KEEP}{_EXACT}{_TWO}<w:outlineLvl w:val="2"/>',
        "Normal",
        True,
        "XlText",
    ),
    Style("Heading4", "heading 4", BODY, SANHAO, f'{_KEEP}{_EXACT}{_TWO}<w:outlineLvl w:val="3"/>', following="XlText"),
    Style("Title", "Title", TITLE, ERHAO, f'{_KEEP}{_TITLE_LINE}{_NONE}<w:jc w:val="center"/>', following="XlText"),
    Style("Subtitle", "Subtitle", KAI, SANHAO, f'{_EXACT}{_NONE}<w:jc w:val="center"/>', following="XlText"),
    Style("XlCoverTitle", "公文封面标题", TITLE, 52, f'{_TITLE_LINE}{_NONE}<w:jc w:val="center"/>'),
    Style("XlCoverLabel", "公文封面项目", BODY, SANHAO, f'{_SINGLE}{_NONE}<w:jc w:val="distribute"/>'),
    Style("XlCoverValue", "公文封面内容", BODY, SANHAO, f'{_SINGLE}{_NONE}<w:jc w:val="left"/>'),
    Style(
        "XlSign",
        "公文落款",
        BODY,
        SANHAO,
        f'<w:keepLines/>{_EXACT}<w:ind w:rightChars="400" w:right="1280" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="right"/>',
    ),
    Style("XlAnnex", "公文附件字样", HEI, SANHAO, f'{_KEEP}{_EXACT}{_NONE}<w:jc w:val="left"/>'),
    Style("XlAnnexTitle", "公文附表标题", TITLE, 36, f'{_KEEP}{_EXACT}{_NONE}<w:jc w:val="center"/>'),
    Style("Caption", "caption", BODY, XIAOSI, f'{_SINGLE}{_NONE}<w:jc w:val="center"/>', "Normal", True, "XlText"),
    Style(
        "XlTableCaption",
        "公文表题",
        BODY,
        XIAOSI,
        f'<w:keepNext/>{_SINGLE}{_NONE}<w:jc w:val="center"/>',
        "Caption",
        True,
    ),
    Style(
        "XlFigure", "公文图", BODY, SANHAO, f'<w:keepNext/>{_SINGLE}{_NONE}<w:jc w:val="center"/>', following="Caption"
    ),
    Style("XlCell", "公文表格文字", BODY, WUHAO, f'{_SINGLE}{_NONE}<w:jc w:val="center"/>'),
    Style("XlCellLeft", "公文表格文字左", BODY, WUHAO, f'{_SINGLE}{_NONE}<w:jc w:val="left"/>', "XlCell"),
    Style("XlCellHead", "公文表格标题", HEI, WUHAO, f'<w:keepNext/>{_SINGLE}{_NONE}<w:jc w:val="center"/>', "XlCell"),
    Style(
        "XlGap", "公文表格间隔", BODY, 2, '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>' + _NONE
    ),
    Style("Footer", "footer", SONG, SIHAO, f'{_SINGLE}{_NONE}<w:jc w:val="left"/>'),
)


def _fonts(font: str) -> str:
    return f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{font}" w:cs="{LATIN}"/>'


def _style(style: Style) -> str:
    following = f'<w:next w:val="{style.following}"/>' if style.following else ""
    bold = "<w:b/><w:bCs/>" if style.bold else '<w:b w:val="0"/><w:bCs w:val="0"/>'
    custom = ' w:customStyle="1"' if style.id.startswith("Xl") else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{style.based_on}"/>{following}<w:qFormat/>'
        f"<w:pPr>{style.paragraph}</w:pPr>"
        f'<w:rPr>{_fonts(style.font)}{bold}<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/></w:rPr></w:style>'
    )


_TABLE = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
    '<w:semiHidden/><w:unhideWhenUsed/><w:pPr><w:widowControl/></w:pPr><w:rPr>{fonts}</w:rPr><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
    "<w:pPr><w:widowControl/></w:pPr><w:rPr>{fonts}</w:rPr><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr></w:style>"
)


def styles_xml() -> str:
    """The part word/styles.xml."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides)
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(BODY)}<w:kern w:val="2"/><w:sz w:val="{SANHAO}"/>'
        f'<w:szCs w:val="{SANHAO}"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:widowControl w:val="0"/><w:overflowPunct/>{_EXACT}<w:jc w:val="both"/></w:pPr>'
        f'<w:rPr>{_fonts(BODY)}<w:sz w:val="{SANHAO}"/><w:szCs w:val="{SANHAO}"/></w:rPr></w:style>'
    )
    character = (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>'
        f'<w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/><w:rPr>{_fonts(BODY)}</w:rPr></w:style>'
    )
    own = "".join(_style(style) for style in STYLES)
    table = _TABLE.format(borders=borders, fonts=_fonts(BODY))
    return f"{HEAD}<w:styles {NAMESPACES}>{defaults}{normal}{character}{table}{own}</w:styles>"
