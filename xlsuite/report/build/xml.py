"""Small pieces of WordprocessingML as text."""

from __future__ import annotations

from xml.sax.saxutils import escape

from xlsuite.report.build.layout import BODY, Page

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def run(text: str, font: str = BODY, extra: str = "") -> str:
    """A run in an East-Asian font; ``hint`` makes quotation marks and dashes take that font too."""
    properties = f'<w:rPr><w:rFonts w:hint="eastAsia" w:eastAsia="{font}"/>{extra}</w:rPr>'
    broken = escape(text).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return f'<w:r>{properties}<w:t xml:space="preserve">{broken}</w:t></w:r>'


def paragraph(style: str, content: str, extra: str = "") -> str:
    """A paragraph of a style; ``extra`` are further paragraph properties in schema order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{content}</w:p>'


def field(instruction: str, shown: str, font: str = BODY) -> str:
    """A field with the text it shows until it is updated."""
    properties = f'<w:rPr><w:rFonts w:hint="eastAsia" w:eastAsia="{font}"/></w:rPr>'
    return (
        f'<w:r>{properties}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{properties}<w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r>{properties}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"{run(shown, font)}"
        f'<w:r>{properties}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def section(page: Page, *, numbered: bool, restart: bool = False) -> str:
    """Section properties; a numbered section shows the page number, ``restart`` begins it at 1."""
    footers = '<w:footerReference w:type="default" r:id="rIdOdd"/><w:footerReference w:type="even" r:id="rIdEven"/>'
    blank = '<w:footerReference w:type="default" r:id="rIdNone"/><w:footerReference w:type="even" r:id="rIdNone"/>'
    orient = ' w:orient="landscape"' if page.landscape else ""
    return (
        f'<w:sectPr>{footers if numbered else blank}<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{page.width}" w:h="{page.height}"{orient}/>'
        f'<w:pgMar w:top="{page.top}" w:right="{page.right}" w:bottom="{page.bottom}" w:left="{page.left}" '
        f'w:header="851" w:footer="{page.footer}" w:gutter="0"/>'
        f"{'<w:pgNumType w:start=' + chr(34) + '1' + chr(34) + '/>' if restart else ''}"
        '<w:cols w:space="425"/></w:sectPr>'
    )
