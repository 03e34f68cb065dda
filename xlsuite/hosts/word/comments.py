"""Comments put into a Word file: the text part is patched in place, every other part stays byte for byte.

A run is split only where a comment begins or ends inside it; both halves keep its properties.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xlsuite.core.errors import UnsafeWrite
from xlsuite.hosts.package.archive import Changes, open_for_writing, rewritten
from xlsuite.hosts.package.container import Container
from xlsuite.hosts.package.markup import (
    Splice,
    escaped,
    from_utf8,
    inserted,
    outline,
    prefix_of,
    spliced,
    tag_stop,
    to_utf8,
)
from xlsuite.hosts.package.relations import STRICT, TRANSITIONAL, ContentTypes, Relations, relations_name
from xlsuite.hosts.word.reading import main_part
from xlsuite.hosts.word.scan import Piece, Scanned, scan
from xlsuite.prose.documents import Comment

AUTHOR, INITIALS = "xlsuite 核对", "核"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WORD_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_CHARACTER = re.compile(r"&[^;]{1,12};|\r\n|.", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(slots=True)
class _Mark:
    """One end of a comment at a character of a paragraph; ends go before beginnings of the same place."""

    place: int
    begins: bool
    number: int


def commented(data: bytes, comments: Sequence[Comment]) -> bytes:
    """The file with the comments in it.

    Raises:
        ProtectedFile: the file is encrypted or signed.
        UnsafeWrite: the package is of a kind that cannot be rewritten safely.
    """
    container = open_for_writing(data)
    part = main_part(container)
    xml, codec = to_utf8(container.read(part))
    paragraphs, _ = scan(xml)
    changes = Changes()
    relations = Relations(_optional(container, relations_name(part)), part)
    first = _store(container, relations, part, comments, changes)
    patched = _patched(xml, paragraphs, comments, first)
    changes.replaced[part] = from_utf8(patched, codec)
    _keep(container, relations_name(part), relations.result(), changes)
    return rewritten(container, changes)


def _optional(container: Container, name: str) -> bytes | None:
    return container.read(name) if name in container else None


def _keep(container: Container, name: str, content: bytes, changes: Changes) -> None:
    (changes.replaced if name in container else changes.added)[name] = content


def _store(container: Container, relations: Relations, part: str, comments: Sequence[Comment], changes: Changes) -> int:
    """Write the comments part; the number of the first new comment."""
    strict = _WORD_STRICT.encode() in container.read(part)[:2048]
    known = next((r.part for r in relations.of_kind("comments") if r.part in container), None)
    if known:
        xml, codec = to_utf8(container.read(known))
        root = outline(xml, 1)
        taken = [_number(node.attributes) for node in root.all("comment")]
        first = max(taken, default=-1) + 1
        content = _bodies(comments, first, prefix_of(xml, root).decode())
        changes.replaced[known] = from_utf8(spliced(xml, inserted(xml, root, content.encode())), codec)
        return first
    name = posixpath.join(posixpath.dirname(part), "comments.xml")
    if name in container:
        raise UnsafeWrite("报告里有无法识别的批注部件，没有写入任何内容，请用 Word 打开并另存后再试。")
    space = _WORD_STRICT if strict else _WORD
    changes.added[name] = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:comments xmlns:w="{space}">{_bodies(comments, 0, "w:")}</w:comments>'
    ).encode()
    relations.add((STRICT if strict else TRANSITIONAL).kind("comments"), name)
    types = ContentTypes(container.read(ContentTypes.NAME))
    types.add(name, _TYPE)
    changes.replaced[ContentTypes.NAME] = types.result()
    return 0


def _number(attributes: dict[str, str]) -> int:
    text = next((value for key, value in attributes.items() if key.rpartition(" ")[2] == "id"), "")
    return int(text) if text.lstrip("-").isdigit() else -1


def _bodies(comments: Iterable[Comment], first: int, prefix: str) -> str:
    return "".join(_body(comment, first + index, prefix) for index, comment in enumerate(comments))


def _body(comment: Comment, number: int, p: str) -> str:
    lines = _CONTROL.sub("", comment.text).split("\n")
    look = f'<{p}rPr><{p}sz {p}val="18"/></{p}rPr>'
    paragraphs = "".join(
        f'<{p}p><{p}r>{look}<{p}t xml:space="preserve">{escaped(line)}</{p}t></{p}r></{p}p>' for line in lines
    )
    return f'<{p}comment {p}id="{number}" {p}author="{AUTHOR}" {p}initials="{INITIALS}">{paragraphs}</{p}comment>'


def _patched(xml: bytes, paragraphs: Sequence[Scanned], comments: Sequence[Comment], first: int) -> bytes:
    marks: dict[int, list[_Mark]] = {}
    for index, comment in enumerate(comments):
        paragraph, start, stop = _located(paragraphs, comment)
        if paragraph is None:
            continue
        at = marks.setdefault(paragraph.number, [])
        at += [_Mark(start, True, first + index), _Mark(stop, False, first + index)]
    splices: list[Splice] = []
    for number, ends in marks.items():
        splices += _splices(xml, paragraphs[number - 1], ends)
    return spliced(xml, splices)


def _located(paragraphs: Sequence[Scanned], comment: Comment) -> tuple[Scanned | None, int, int]:
    """The paragraph a comment belongs to, and from where to where; a paragraph without text passes it on."""
    index = min(max(comment.paragraph, 1), len(paragraphs)) - 1 if paragraphs else -1
    paragraph = paragraphs[index] if index >= 0 else None
    if paragraph is not None and paragraph.outer is not None:
        paragraph = paragraphs[paragraph.outer - 1]  # Word knows no comments inside text boxes
    if paragraph is None or not paragraph.pieces:
        paragraph = next((item for item in paragraphs if item.pieces and item.outer is None), None)
        return paragraph, 0, len(paragraph.text) if paragraph else 0
    start = paragraph.text.find(comment.quote) if comment.quote else -1
    if start < 0:
        return paragraph, 0, len(paragraph.text)
    return paragraph, start, start + len(comment.quote)


def _splices(xml: bytes, paragraph: Scanned, ends: list[_Mark]) -> list[Splice]:
    splices: list[Splice] = []
    opened: set[int] = set()
    for place in sorted({mark.place for mark in ends}):
        here = sorted((mark for mark in ends if mark.place == place), key=lambda mark: (mark.begins, mark.number))
        piece, before = _piece_at(paragraph, place)
        prefix = _prefix(xml, piece)
        markup = b"".join(_markup(mark, prefix) for mark in here)
        splices += _inserted(xml, paragraph, piece, (place, before, opened), markup)
    return splices


def _prefix(xml: bytes, piece: Piece) -> bytes:
    tag = re.match(rb"<([^\s/>]+)", xml[piece.run.start : piece.run.start + 80])
    head, colon, _ = tag[1].rpartition(b":") if tag else (b"", b"", b"")
    return head + colon


def _markup(mark: _Mark, p: bytes) -> bytes:
    number = str(mark.number).encode()
    if mark.begins:
        return b'<%scommentRangeStart %sid="%s"/>' % (p, p, number)
    end = b'<%scommentRangeEnd %sid="%s"/>' % (p, p, number)
    return end + b'<%sr><%scommentReference %sid="%s"/></%sr>' % (p, p, p, number, p)


def _piece_at(paragraph: Scanned, place: int) -> tuple[Piece, bool]:
    """The piece a place lies in or at whose edge it lies; True when the place is before the piece's first character."""
    for piece in paragraph.pieces:
        if piece.start <= place < piece.stop:
            return piece, place == piece.start
    return paragraph.pieces[-1], False


def _inserted(
    xml: bytes, paragraph: Scanned, piece: Piece, at: tuple[int, bool, set[int]], markup: bytes
) -> list[Splice]:
    """The markup at a place: before, behind or inside a run. ``at`` is the place, whether it is the piece's first
    character, and the pieces whose element is already told to keep its blanks."""
    place, before, opened = at
    run = [other for other in paragraph.pieces if other.run is piece.run]
    if before and piece is run[0]:
        return [Splice(piece.run.start, piece.run.start, markup)]
    if place >= piece.stop and piece is run[-1]:
        return [Splice(piece.run.stop, piece.run.stop, markup)]
    p = _prefix(xml, piece)
    close, again = b"</%sr>" % p, b"<%sr>" % p + xml[piece.run.properties]
    if before or place >= piece.stop:
        edge = _edge(xml, piece) if before else _behind(xml, piece)
        return [Splice(edge, edge, close + markup + again)]
    inner = piece.inner + _bytes_before(xml[piece.inner : piece.outer], place - piece.start)
    text = b'<%st xml:space="preserve">' % p
    cut = Splice(inner, inner, b"</%st>" % p + close + markup + again + text)
    return [cut, *_preserved(xml, piece, opened)]


def _edge(xml: bytes, piece: Piece) -> int:
    """Where the element of a piece begins."""
    return xml.rfind(b"<", 0, piece.inner) if piece.inner != piece.outer else piece.inner


def _behind(xml: bytes, piece: Piece) -> int:
    """Where the element of a piece ends."""
    return xml.find(b">", piece.outer) + 1 if piece.inner != piece.outer else tag_stop(xml, piece.inner)


def _preserved(xml: bytes, piece: Piece, opened: set[int]) -> list[Splice]:
    """Keep the blanks at the new end of the first half: its element must say so."""
    start = xml.rfind(b"<", 0, piece.inner)
    if piece.inner in opened or b"xml:space" in xml[start : piece.inner]:
        return []
    opened.add(piece.inner)
    return [Splice(piece.inner - 1, piece.inner - 1, b' xml:space="preserve"')]


def _bytes_before(raw: bytes, characters: int) -> int:
    """How many bytes of element content hold that many characters."""
    text = raw.decode()
    position = 0
    for count, match in enumerate(_CHARACTER.finditer(text)):
        if count == characters:
            break
        position = match.end()
    return len(text[:position].encode())
