"""Word comments at a place in a document: the file is copied byte for byte except the parts a comment needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from xlsuite.report.archive import DocxArchive
from xlsuite.report.build.layout import BODY
from xlsuite.report.build.xml import HEAD, NAMESPACES
from xlsuite.report.docxml import W, parse, w
from xlsuite.report.emit import legal
from xlsuite.report.tags import paragraphs, pieces

DOCUMENT = "word/document.xml"
_COMMENTS = "word/comments.xml"
_RELATIONS = "word/_rels/document.xml.rels"
_TYPES = "[Content_Types].xml"
_RELATION_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


class Note(NamedTuple):
    """A comment: paragraph number from 1 (0: the first), the words it is about ("" for all of it), its text."""

    paragraph: int
    quote: str
    text: str


def annotate(data: bytes, notes: Sequence[Note], author: str = "模板检查") -> bytes:
    """A copy of a .docx with comments.

    Raises:
        TemplateError: the file is no readable .docx.
    """
    archive = DocxArchive(data)
    root = parse(archive.read(DOCUMENT))
    comments = parse(archive.read(_COMMENTS) if _COMMENTS in archive.names else _empty())
    found = dict(paragraphs(root))
    number = max((int(item.get(w("id"), "0")) for item in comments), default=-1)
    for note in notes:
        number += 1
        place = found.get(note.paragraph or 1)
        if place is not None:
            _mark(place, note.quote, number)
            comments.append(_comment(note.text, number, author))
    changed = {DOCUMENT: _bytes(root), _COMMENTS: _bytes(comments)}
    if _COMMENTS not in archive.names:
        changed |= _announced(archive)
    return archive.leaving_out(changed).write(changed)


def _empty() -> bytes:
    return f"{HEAD}<w:comments {NAMESPACES}/>".encode()


def _bytes(root: Any) -> bytes:
    from lxml import etree

    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def _announced(archive: DocxArchive) -> dict[str, bytes]:
    """Content types and relationships that name the new part."""
    types = archive.read(_TYPES).replace(
        b"</Types>", f'<Override PartName="/{_COMMENTS}" ContentType="{_CONTENT_TYPE}"/></Types>'.encode()
    )
    relation = f'<Relationship Id="rIdXlComments" Type="{_RELATION_TYPE}" Target="comments.xml"/></Relationships>'
    if _RELATIONS not in archive.names:
        space = "http://schemas.openxmlformats.org/package/2006/relationships"
        return {_TYPES: types, _RELATIONS: f'{HEAD}<Relationships xmlns="{space}">{relation}'.encode()}
    return {_TYPES: types, _RELATIONS: archive.read(_RELATIONS).replace(b"</Relationships>", relation.encode())}


def _child_of(paragraph: Any, element: Any) -> Any:
    """The child of the paragraph that holds an element."""
    while element.getparent() is not paragraph:
        element = element.getparent()
    return element


def _mark(paragraph: Any, quote: str, number: int) -> None:
    """Put the comment's range around the quoted words, or around the whole paragraph."""
    text, parts = pieces(paragraph)
    start = text.find(quote) if quote else -1
    held = [piece.element for piece in parts if start < 0 or (piece.stop > start and piece.start < start + len(quote))]
    begin, end = paragraph.makeelement(w("commentRangeStart")), paragraph.makeelement(w("commentRangeEnd"))
    for element in (begin, end):
        element.set(w("id"), str(number))
    if held:
        _child_of(paragraph, held[0]).addprevious(begin)
        last = _child_of(paragraph, held[-1])
    else:
        properties = paragraph.find(w("pPr"))
        paragraph.insert(0 if properties is None else 1, begin)
        last = begin
    last.addnext(end)
    run = paragraph.makeelement(w("r"))
    reference = run.makeelement(w("commentReference"))
    reference.set(w("id"), str(number))
    run.append(reference)
    end.addnext(run)


def _comment(text: str, number: int, author: str) -> Any:
    from lxml import etree

    comment = etree.Element(w("comment"), nsmap={"w": W})
    for name, value in (("id", str(number)), ("author", author), ("initials", author[:1])):
        comment.set(w(name), value)
    for line in legal(text).split("\n"):
        run = etree.SubElement(etree.SubElement(comment, w("p")), w("r"))
        properties = etree.SubElement(run, w("rPr"))
        fonts = etree.SubElement(properties, w("rFonts"))
        fonts.set(w("hint"), "eastAsia")
        fonts.set(w("eastAsia"), BODY)
        etree.SubElement(properties, w("sz")).set(w("val"), "21")
        etree.SubElement(run, w("t")).text = line
    return comment
