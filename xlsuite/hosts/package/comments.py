"""Cell notes in their two parts: the texts (``comments1.xml``) and the boxes (``vmlDrawing1.vml``).

Notes are added to the parts a sheet already has, or to new ones; a cell that has a note gets further text below it.
Cells with threaded comments are left alone: their note is only a stand-in that programs rewrite.
"""

from __future__ import annotations

from xlsuite.core.errors import UnsafeWrite
from xlsuite.hosts.package.agreement import unescaped
from xlsuite.hosts.package.book_markup import Sheet, office_prefix
from xlsuite.hosts.package.cell_markup import cell_text, text_content
from xlsuite.hosts.package.kept import reverse
from xlsuite.hosts.package.look import AUTHOR, HEADING
from xlsuite.hosts.package.markup import (
    Node,
    Splice,
    escaped,
    from_utf8,
    inserted,
    outline,
    prefix_of,
    spliced,
    to_utf8,
)
from xlsuite.hosts.package.note_boxes import NoteBoxes, place_box
from xlsuite.hosts.package.package_edit import PackageEdit
from xlsuite.hosts.package.sheet_layout import Place, a1, place_of
from xlsuite.hosts.package.sheet_patch import SheetPatch

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_AFTER_DRAWING = frozenset(
    ("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst")
)
"""Children of a sheet that the schema places behind its legacy drawing."""


class SheetNotes:
    """The notes of one worksheet and changes to them; :meth:`finish` carries them into the package."""

    def __init__(self, package: PackageEdit, sheet: Sheet, patch: SheetPatch) -> None:
        self._package, self._sheet, self._patch = package, sheet, patch
        self._relations = package.relations(sheet.part)
        found = self._relations.of_kind("comments")
        self._part = found[0].part if found and package.has(found[0].part) else ""
        raw = package.read(self._part) if self._part else _no_comments(package.book.dialect.main)
        self._xml, self._codec = to_utf8(raw)
        self._root = outline(self._xml, 5)
        self._notes = {place_of(node.attributes["ref"]): node for node in self._listed()}
        self._threaded = self._read_threaded()
        self._splices: list[Splice] = []
        self._new: list[tuple[Place, str, str]] = []
        self._gone: set[Place] = set()

    def _listed(self) -> list[Node]:
        listed = self._root.child("commentList")
        return [node for node in listed.children if node.attributes.get("ref")] if listed else []

    def _read_threaded(self) -> set[Place]:
        places = set()
        for relation in self._relations.of_kind("threadedComment"):
            if self._package.has(relation.part):
                root = outline(to_utf8(self._package.read(relation.part))[0], 1)
                places |= {place_of(node.attributes["ref"]) for node in root.children if "ref" in node.attributes}
        return places

    def places(self) -> list[Place]:
        """Cells with a note."""
        return list(self._notes)

    def text(self, place: Place) -> str:
        """The note's text, "" without a note."""
        node = self._notes.get(place)
        return unescaped(text_content(self._xml[node.start : node.stop], "t")) if node else ""

    def add(self, place: Place, block: str, colour: str) -> bool:
        """Put ``block`` into the cell's note; False for a threaded comment, which is left alone."""
        if place in self._threaded:
            return False
        node = self._notes.get(place)
        if node is None:
            self._new.append((place, block, colour))
        else:
            self._append(node, block)
        return True

    def _append(self, node: Node, block: str) -> None:
        text = node.child("text")
        prefix = prefix_of(self._xml, node).decode()
        run = self._run(prefix, "\n" + block)
        if text is None:
            self._splices += inserted(self._xml, node, f"<{prefix}text>{run}</{prefix}text>".encode())
            return
        runs = [item for item in text.children if item.name in ("t", "r")]
        for item in runs:
            if item.name == "t":  # text without format and runs with format do not stand side by side
                self._splices.append(Splice(item.start, item.start, f"<{prefix}r>".encode()))
                self._splices.append(Splice(item.stop, item.stop, f"</{prefix}r>".encode()))
        if runs:
            at = runs[-1].stop
            self._splices.append(Splice(at, at, run.encode()))
        else:
            self._splices += inserted(self._xml, text, run.encode(), text.inner if not text.empty else None)

    def _run(self, prefix: str, text: str) -> str:
        font = f'<{prefix}sz val="9"/><{prefix}rFont val="宋体"/><{prefix}charset val="134"/>'
        content = f'<{prefix}t xml:space="preserve">{escaped(cell_text(text))}</{prefix}t>'
        return f"<{prefix}r><{prefix}rPr>{font}</{prefix}rPr>{content}</{prefix}r>"

    def strip(self, place: Place, block: str) -> None:
        """Take our text out of a note: the whole note when nothing else is in it."""
        node = self._notes.get(place)
        text = self.text(place)
        if node is None or HEADING not in text:
            return
        begin, stop = _own_range(text, block)
        if not (text[:begin] + text[stop:]).strip():
            self._splices.append(Splice(node.start, node.stop, b""))
            self._gone.add(place)
            return
        body = node.child("text")
        assert body is not None
        self._cut(body, begin, stop)

    def _cut(self, body: Node, begin: int, stop: int) -> None:
        """Remove characters ``begin`` to ``stop`` of a note; programs spread our text over several runs."""
        position = 0
        for run in (item for item in body.children if item.name in ("r", "t")):
            element = run if run.name == "t" else run.child("t")
            text = "" if element is None else unescaped(text_content(self._xml[element.start : element.stop], "t"))
            first, last = max(begin - position, 0), min(stop - position, len(text))
            position += len(text)
            if element is None or first >= last:
                continue
            kept = text[:first] + text[last:]
            if not kept:
                self._splices.append(Splice(run.start, run.stop, b""))
            else:
                self._splices.append(Splice(element.inner, element.outer, escaped(cell_text(kept)).encode()))

    def finish(self) -> None:
        """Carry all changes into the package and the sheet part."""
        if self._new:
            self._write_boxes()
            self._list_new()
        if self._gone:
            self._remove_boxes()
        if not self._splices:
            return
        content = from_utf8(spliced(self._xml, self._splices), self._codec)
        if not self._part:
            self._part = self._package.add("xl/", "comments", ".xml")
            self._relations.add(self._package.book.dialect.kind("comments"), self._part)
            self._package.types.add(self._part, CONTENT_TYPE)
        if self._gone and len(self._gone) == len(self._notes) and not self._new:
            self._drop_comments()
        else:
            self._package.write(self._part, content, reverse(self._xml, self._splices))

    def _list_new(self) -> None:
        authors, listed = self._root.child("authors"), self._root.child("commentList")
        if authors is None or listed is None:
            raise UnsafeWrite(f"工作表“{self._sheet.name}”的批注部件不完整，无法添加批注，请用表格软件另存一份再试。")
        prefix = prefix_of(self._xml, self._root).decode()
        number = len(authors.children)
        self._splices += inserted(self._xml, authors, f"<{prefix}author>{AUTHOR}</{prefix}author>".encode())
        items = "".join(
            f'<{prefix}comment ref="{a1(place)}" authorId="{number}">'
            f"<{prefix}text>{self._run(prefix, block)}</{prefix}text></{prefix}comment>"
            for place, block, _ in sorted(self._new)
        )
        self._splices += inserted(self._xml, listed, items.encode())

    def _drop_comments(self) -> None:
        relation = self._relations.to_part(self._part)
        if relation is not None:
            self._relations.remove(relation)
        self._package.drop(self._part)

    def _drawing(self) -> Node | None:
        return self._patch.outline.child("legacyDrawing")

    def _boxes(self) -> tuple[NoteBoxes, str] | None:
        """The drawing the sheet already has, and its part."""
        node = self._drawing()
        if node is None:
            return None
        identity = next((value for key, value in node.attributes.items() if key.endswith(" id")), "")
        relation = next((item for item in self._relations.items if item.id == identity), None)
        if relation is None or not self._package.has(relation.part):
            raise UnsafeWrite(f"工作表“{self._sheet.name}”的批注图形已缺失，无法添加批注，请用表格软件另存一份再试。")
        return NoteBoxes(self._package.read(relation.part)), relation.part

    def _write_boxes(self) -> None:
        existing = self._boxes()
        if existing is None:
            boxes = NoteBoxes.empty(self._free_block())
            part = self._package.add("xl/drawings/", "vmlDrawing", ".vml")
            self._package.types.add_extension(part, DRAWING_TYPE)
            self._insert_drawing(self._relations.add(self._package.book.dialect.kind("vmlDrawing"), part))
        else:
            boxes, part = existing
        for place, block, colour in sorted(self._new):
            boxes.add(place, place_box(self._patch, place, block), colour)
        self._package.write(part, boxes.result())

    def _free_block(self) -> int:
        """A block of shape numbers that no drawing of the workbook uses."""
        drawings = (NoteBoxes(self._package.read(name)) for name in self._package.parts(".vml"))
        return max((block for boxes in drawings for block in boxes.blocks()), default=0) + 1

    def _insert_drawing(self, identity: str) -> None:
        root = self._patch.outline
        office, declaration = office_prefix(self._patch.xml, root, self._package.book.dialect.office)
        prefix = prefix_of(self._patch.xml, root).decode()
        markup = f'<{prefix}legacyDrawing{declaration} {office}:id="{identity}"/>'.encode()
        at = next((node.start for node in root.children if self._behind_drawing(node)), root.outer)
        self._patch.splice([Splice(at, at, markup)])

    def _behind_drawing(self, node: Node) -> bool:
        if node.name != "AlternateContent":
            return node.name in _AFTER_DRAWING
        return any(f"<{name}".encode() in self._patch.xml[node.start : node.stop] for name in _AFTER_DRAWING)

    def _remove_boxes(self) -> None:
        existing = self._boxes()
        if existing is None:
            return
        boxes, part = existing
        for place in self._gone:
            boxes.remove(place)
        if not boxes.empty_now:
            self._package.write(part, boxes.result())
            return
        node, relation = self._drawing(), self._relations.to_part(part)
        if node is not None and relation is not None:
            self._patch.splice([Splice(node.start, node.stop, b"")])
            self._relations.remove(relation)
            self._package.drop(part)


def _own_range(text: str, block: str) -> tuple[int, int]:
    """Where our text lies in a note, with the line break that parts it from the rest; to the end when it was edited."""
    begin = text.find(block) if block else -1
    stop = begin + len(block)
    if begin < 0:
        begin, stop = text.index(HEADING), len(text)
    while begin and text[begin - 1] == "\n":
        begin -= 1
    while not begin and text[stop : stop + 1] == "\n":
        stop += 1
    return begin, stop


def _no_comments(namespace: str) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<comments xmlns="{namespace}"><authors/><commentList/></comments>'.encode()
