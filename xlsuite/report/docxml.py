"""WordprocessingML by its names: parsing safely, and putting properties in the order the schema wants."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from xlsuite.core.errors import TemplateError

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

MAX_XML = 16 * 1024 * 1024
"""A template of 500 pages has about 2 MB of text; parsing takes about ten times the size in memory."""

_RUN_ORDER = [
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow",
    "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern",
    "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs",
    "em", "lang", "eastAsianLayout", "specVanish", "oMath", "rPrChange",
]  # fmt: skip
_CELL_ORDER = [
    "cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection",
    "tcFitText", "vAlign", "hideMark", "headers", "cellIns", "cellDel", "cellMerge", "tcPrChange",
]  # fmt: skip
_DAMAGED = "模板的内部结构不完整，无法读取，请用 Word 或 WPS 打开后另存为新的 .docx 再试。"


@lru_cache(maxsize=512)
def w(name: str) -> str:
    """The qualified name of a WordprocessingML element or attribute."""
    return f"{{{W}}}{name}"


def parse(xml: bytes) -> Any:
    """The root element of a part; no entities, no network.

    Raises:
        TemplateError: not well-formed, too large, or with a document type declaration.
    """
    from lxml import etree

    if len(xml) > MAX_XML:
        raise TemplateError("模板正文超过 16 MB，不像是报告模板，请确认选对了文件。")
    if b"<!DOCTYPE" in xml[:4096] or b"<!ENTITY" in xml:
        raise TemplateError("模板里有文档类型声明（DOCTYPE），不是 Word 生成的文件，不予读取。")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(xml, parser)
    except etree.XMLSyntaxError:
        raise TemplateError(_DAMAGED) from None


def text_of(element: Any) -> str:
    """An element as XML text without the namespace declarations its root already makes."""
    from lxml import etree

    text: str = etree.tostring(element, encoding="unicode", with_tail=False)
    head, bracket, rest = text.partition(">")
    for prefix, uri in element.nsmap.items():
        declared = f' xmlns:{prefix}="{uri}"' if prefix else f' xmlns="{uri}"'
        head = head.replace(declared, "")
    return head + bracket + rest


def ancestor(element: Any, name: str) -> Any:
    """The nearest ancestor (or the element itself) of a WordprocessingML name, or None."""
    wanted = w(name)
    while element is not None and element.tag != wanted:
        element = element.getparent()
    return element


def _put(parent: Any, name: str, order: list[str], attributes: dict[str, str]) -> Any:
    found = parent.find(w(name))
    if found is None:
        found = parent.makeelement(w(name), nsmap=None)
        rank = order.index(name)
        place = len(parent)
        for index, child in enumerate(parent):
            local = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
            if local in order and order.index(local) > rank:
                place = index
                break
        parent.insert(place, found)
    for key, value in attributes.items():
        found.set(w(key), value)
    return found


def put_run_property(properties: Any, name: str, **attributes: str) -> Any:
    """Set a property inside w:rPr, in schema order."""
    return _put(properties, name, _RUN_ORDER, attributes)


def put_cell_property(cell: Any, name: str, **attributes: str) -> Any:
    """Set a property of a table cell, in schema order; w:tcPr is made when missing."""
    properties = cell.find(w("tcPr"))
    if properties is None:
        properties = cell.makeelement(w("tcPr"), nsmap=None)
        cell.insert(0, properties)
    return _put(properties, name, _CELL_ORDER, attributes)
