"""The body of a template from an outline's blocks."""

from __future__ import annotations

from collections.abc import Callable

from xlsuite.report.build.layout import BODY, HEI, KAI, LANDSCAPE, TITLE, UPRIGHT, mm
from xlsuite.report.build.tables import TABLES
from xlsuite.report.build.xml import HEAD, NAMESPACES, field, paragraph, run, section
from xlsuite.report.outlines import Block, Outline

_SIMPLE = {
    "标题": ("Title", TITLE),
    "副标题": ("Subtitle", KAI),
    "h1": ("Heading1", HEI),
    "h2": ("Heading2", KAI),
    "h3": ("Heading3", BODY),
    "h4": ("Heading4", BODY),
    "control": ("XlText", BODY),
    "text": ("XlText", BODY),
    "落款": ("XlSign", BODY),
}
"""Blocks that are one paragraph: style and East-Asian font."""

_COVER_LABEL, _COVER_COLON, _COVER_VALUE = mm(64), mm(8), mm(80)
_TITLE_GAP = '<w:spacing w:before="0" w:after="560" w:line="700" w:lineRule="exact"/>'
_SIGN_GAP = '<w:keepNext/><w:spacing w:before="1120" w:after="0"/>'


def document_xml(outline: Outline) -> str:
    """The part word/document.xml."""
    parts: list[str] = []
    cover = [block for block in outline.blocks if block.kind.startswith("封面")]
    if cover:
        parts.append(_cover(cover))
    blocks = [block for block in outline.blocks if not block.kind.startswith("封面")]
    upright = True
    for index, block in enumerate(blocks):
        if block.kind == "横排":
            parts.append(paragraph("XlText", "", section(UPRIGHT, numbered=True, restart=bool(cover))))
            upright = False
        else:
            parts.append(_block(block, blocks[index - 1] if index else block, _next(blocks, index)))
    final = section(UPRIGHT, numbered=True, restart=bool(cover)) if upright else section(LANDSCAPE, numbered=True)
    return f"{HEAD}<w:document {NAMESPACES}><w:body>{''.join(parts)}{final}</w:body></w:document>"


def _next(blocks: list[Block], index: int) -> str:
    """Kind of the next block that prints something."""
    return next((block.kind for block in blocks[index + 1 :] if block.kind != "字段"), "")


def _block(block: Block, former: Block, following: str) -> str:
    if block.kind == "material":
        return paragraph("XlText", run(f"{{{{ 素材.{block.text} }}}}"), "<w:keepNext/>" if following == "落款" else "")
    if block.kind in _SIMPLE:
        style, font = _SIMPLE[block.kind]
        return paragraph(style, run(block.text, font), _spacing(block, former, following))
    return _SPECIAL[block.kind](block) if block.kind in _SPECIAL else ""


def _spacing(block: Block, former: Block, following: str) -> str:
    """Room below the last line of the title and above the signature, which never stands alone on a page."""
    if block.kind in ("标题", "副标题") and following not in ("标题", "副标题"):
        return _TITLE_GAP if block.kind == "标题" else '<w:spacing w:before="0" w:after="560"/>'
    if block.kind in ("text", "control") and following == "落款":
        return "<w:keepNext/>"
    return _SIGN_GAP if block.kind == "落款" and former.kind not in ("落款", "字段") else ""


def _annex(block: Block) -> str:
    year = "（{{ 评价年度 }}年度）" if block.extra == "{{ 表名 }}" else ""
    title = block.extra or year
    return paragraph("XlAnnex", run(block.text, HEI)) + paragraph(
        "XlAnnexTitle", run(title, TITLE), '<w:spacing w:before="0" w:after="120"/>'
    )


def _table(block: Block) -> str:
    caption = ""
    if block.extra:
        numbered = (
            run("表") + field(r"SEQ 表 \* ARABIC", "{{ 表号 }}") + run(f"  {block.extra}（单位：{{{{ 金额单位 }}}}）")
        )
        caption = paragraph("XlTableCaption", numbered, '<w:keepNext/><w:spacing w:before="120" w:after="60"/>')
    after = (
        paragraph("XlGap", "")
        if block.text == "自评表"
        else paragraph("XlText", "", '<w:spacing w:line="240" w:lineRule="exact"/>')
    )
    return caption + TABLES[block.text]() + after


def _figure(block: Block) -> str:
    caption = run("图") + field(r"SEQ 图 \* ARABIC", "{{ 图号 }}") + run(f"  {block.extra}")
    return (
        paragraph("XlText", run(f"{{%p if {block.text} %}}"))
        + paragraph("XlFigure", run(f"{{{{ {block.text} }}}}"), '<w:keepNext/><w:spacing w:before="120" w:after="0"/>')
        + paragraph("Caption", caption, '<w:spacing w:before="0" w:after="120"/>')
        + paragraph("XlText", run("{%p endif %}"))
    )


_SPECIAL: dict[str, Callable[[Block], str]] = {
    "附件标题": _annex,
    "表": _table,
    "图": _figure,
}


def _cover(blocks: list[Block]) -> str:
    """A page of its own: the title in the upper third, the entries below, labels spread, values on a line."""
    parts = []
    for number, block in enumerate(block for block in blocks if block.kind == "封面标题"):
        gap = '<w:spacing w:before="2600" w:after="2200" w:line="700" w:lineRule="exact"/>' if not number else ""
        parts.append(paragraph("XlCoverTitle", run(block.text, TITLE), gap))
    rows = "".join(_cover_row(block) for block in blocks if block.kind == "封面项")
    widths = (_COVER_LABEL, _COVER_COLON, _COVER_VALUE)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    layout = (
        f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0000"/><w:tblDescription w:val="封面：项目名称、评价年度、单位和日期"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )
    end = paragraph("XlGap", "", section(UPRIGHT, numbered=False))
    return f"{''.join(parts)}<w:tbl>{layout}{rows}</w:tbl>{end}"


def _cover_row(block: Block) -> str:
    line = '<w:tcBorders><w:bottom w:val="single" w:sz="6" w:space="0" w:color="auto"/></w:tcBorders>'
    cells = (
        (_COVER_LABEL, "", "XlCoverLabel", block.text),
        (_COVER_COLON, "", "XlCoverValue", "："),
        (_COVER_VALUE, line, "XlCoverValue", block.extra),
    )
    content = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{border}<w:vAlign w:val="bottom"/></w:tcPr>'
        f"{paragraph(style, run(text))}</w:tc>"
        for width, border, style, text in cells
    )
    return f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="850" w:hRule="atLeast"/></w:trPr>{content}</w:tr>'
