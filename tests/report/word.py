"""Looking into Word files, and making users' templates."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Para:
    """A paragraph: style id, text, whether it stands in a table, its highlighted parts."""

    style: str
    text: str
    in_table: bool
    marked: tuple[str, ...]


def part(data: bytes, name: str = "word/document.xml") -> Any:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def names(data: bytes) -> list[str]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert package.testzip() is None
        return package.namelist()


def paras(data: bytes) -> list[Para]:
    found = []
    for item in part(data).iter(f"{W}p"):
        style = item.find(f"{W}pPr/{W}pStyle")
        marked = tuple(
            "".join(run.itertext(f"{W}t")) for run in item.iter(f"{W}r") if run.find(f"{W}rPr/{W}highlight") is not None
        )
        inside = any(parent.tag == f"{W}tbl" for parent in item.iterancestors())
        found.append(Para("" if style is None else style.get(f"{W}val"), text_of(item), inside, marked))
    return found


def text_of(element: Any) -> str:
    signs = {f"{W}br": "\n", f"{W}tab": "\t"}
    return "".join(signs.get(node.tag, node.text or "") for node in element.iter(f"{W}t", *signs))


def text(data: bytes) -> str:
    return "\n".join(para.text for para in paras(data))


def rows(data: bytes, table: int) -> list[list[str]]:
    """Cell texts of a table, row by row."""
    found = list(part(data).iter(f"{W}tbl"))[table]
    return [
        ["\n".join(text_of(p) for p in cell.iter(f"{W}p")) for cell in row.findall(f"{W}tc")]
        for row in found.findall(f"{W}tr")
    ]


def told(data: bytes) -> str:
    """The text without the running numbers in the first column of tables."""
    lines = [para.text for para in paras(data) if not para.in_table]
    for table in range(len(list(part(data).iter(f"{W}tbl")))):
        lines += [cell for row in rows(data, table) for cell in row[1:]]
    return "\n".join(lines)


def user_docx(*lines: str | list[list[str]], splits: bool = False) -> bytes:
    """A user's .docx as python-docx makes it: paragraphs, and tables given as rows of cell texts.

    With ``splits`` every character of a paragraph gets a run of its own, as Word's spelling check may leave it.
    """
    import docx

    document = docx.Document()
    for line in lines:
        if isinstance(line, list):
            table = document.add_table(len(line), len(line[0]))
            for index, cells in enumerate(line):
                for column, content in enumerate(cells):
                    table.cell(index, column).text = content
        elif splits:
            paragraph = document.add_paragraph()
            for character in line:
                paragraph.add_run(character)
        else:
            document.add_paragraph(line)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def audit(path: Path) -> list[str]:
    """What openxml-audit finds wrong."""
    from openxml_audit import OpenXmlValidator

    return [str(error) for error in OpenXmlValidator().validate(str(path)).errors]
