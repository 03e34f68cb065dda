"""Opening a narrative report: .docx, .txt and .md directly; .doc, .wps, .rtf, .odt and .pdf through a converter.

What a file is decides its content, never its name; a name that does not fit is said in the sentence.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from xlsuite.core.errors import HostUnavailable, LimitExceeded, ProtectedFile, UnreadableFile, XlsuiteError
from xlsuite.core.values import parse_decimal
from xlsuite.forms.grid import Area, Book, Grid, GridCell
from xlsuite.hosts.base import file_bytes
from xlsuite.prose.documents import Document, Table, from_text

CHOOSE = "请选择绩效自评报告文件（.docx、.doc、.pdf、.txt、.md）。"
_OLD = {b"{\\rtf": ".rtf", b"\xd0\xcf\x11\xe0": ".doc"}
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_MOST_PAGES = 1000
_MOST_CHARACTERS = 4_000_000


@dataclass(slots=True)
class Opened:
    """A report file: the document, its bytes and their hash. ``word`` says that the bytes are a .docx package."""

    document: Document
    data: bytes
    sha256: str
    word: bool


def open_report(path: str | os.PathLike[str]) -> Opened:
    """Read a report file.

    Raises:
        UnreadableFile: it is missing, damaged, empty, without text, or no report; the sentence says which.
        ProtectedFile: it is encrypted.
        HostUnavailable: it needs a converter that is not installed.
        LimitExceeded: it is larger than :mod:`xlsuite.hosts.limits` allows.
    """
    data = file_bytes(path)
    name = os.fspath(path)
    try:
        document, word = _dispatch(data, Path(name))
    except XlsuiteError:
        raise
    except Exception as error:
        # A clerk must never meet a traceback; the cause stays attached for the developers.
        raise UnreadableFile(
            f"读取报告时遇到意外的内容（{type(error).__name__}），文件可能已损坏，请用 Word 或 WPS 打开并另存后再试。"
        ) from error
    if document.blank:
        raise UnreadableFile("报告里没有文字，可能是空白文档，或只有图片；请选择有文字的报告文件。")
    if sum(len(paragraph.text) for paragraph in document.paragraphs) > _MOST_CHARACTERS:
        raise LimitExceeded(f"报告有四百万字以上，超过上限，请确认选对了文件（{Path(name).name}）。")
    return Opened(document, data, hashlib.sha256(data).hexdigest(), word)


def read_report(path: str | os.PathLike[str]) -> Document:
    """:func:`open_report` for those who need the document only."""
    return open_report(path).document


def _dispatch(data: bytes, path: Path) -> tuple[Document, bool]:
    if data[:4] == b"PK\3\4":
        return _package(data, path)
    if data[:5] == b"%PDF-" or b"%PDF-" in data[:1024]:
        return _pdf(data, path), False
    for mark, suffix in _OLD.items():
        if data.startswith(mark):
            return _converted(data, path, suffix), False
    if data.startswith(_PICTURES):
        raise UnreadableFile("这是图片，不是报告文档，无法读取其中的文字；" + CHOOSE)
    return _text(data, path), False


def _package(data: bytes, path: Path) -> tuple[Document, bool]:
    from xlsuite.hosts.foreign.sniff import zip_kind
    from xlsuite.hosts.package.container import Container
    from xlsuite.hosts.word.reading import read_word

    container = Container(data)
    if "mimetype" in container and container.read("mimetype").startswith(b"application/vnd.oasis.opendocument.text"):
        return _converted(data, path, ".odt"), False
    names = [name.lower() for name in container.members]
    if any(name.startswith("word/") for name in names):
        return read_word(container, path.name), True
    what = "Excel 工作簿" if any(name.startswith("xl/") for name in names) else zip_kind(names)
    raise UnreadableFile(f"「{path.name}」的内容是{what.strip()}，不是 Word 报告；" + CHOOSE)


def _text(data: bytes, path: Path) -> Document:
    from xlsuite.hosts.foreign.textual import decoded

    try:
        text = decoded(data)
    except UnreadableFile:
        raise UnreadableFile(f"「{path.name}」的内容无法识别，不是文字报告，或已经损坏；" + CHOOSE) from None
    head = text.lstrip()[:200].lower()
    if head.startswith(("<!doctype html", "<html", "<?xml")):
        raise UnreadableFile(f"「{path.name}」的内容是网页或 XML，不是报告文档；请用 Word 打开后另存为 .docx 再试。")
    if path.suffix.lower() in (".docx", ".doc", ".pdf", ".wps"):
        raise UnreadableFile(
            f"「{path.name}」的内容是纯文本，与扩展名 {path.suffix} 不符；请把扩展名改为 .txt，或用 Word 另存后再试。"
        )
    return from_text(text, path.name, "md" if path.suffix.lower() in (".md", ".markdown") else "txt")


def _pdf(data: bytes, path: Path) -> Document:
    try:
        import pypdf
    except ImportError:
        return _converted(data, path, ".pdf")
    try:
        reader = pypdf.PdfReader(__import__("io").BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ProtectedFile("PDF 带有打开密码，无法读取，请先取消密码后再试。")
        if len(reader.pages) > _MOST_PAGES:
            raise LimitExceeded(f"PDF 有 {len(reader.pages)} 页，超过 {_MOST_PAGES} 页的上限，请拆分后再试。")
        pages = [page.extract_text() or "" for page in reader.pages]
    except XlsuiteError:
        raise
    except Exception as error:
        raise UnreadableFile("PDF 已损坏或用了特殊的格式，无法读取，请另存为 Word 后再试。") from error
    if not any(page.strip() for page in pages):
        raise UnreadableFile("这是扫描件（只有图片、没有文字的 PDF），无法核对；请提供 Word 原稿，或先做文字识别。")
    return from_text("\n".join(_without_page_numbers(pages)), path.name, "pdf", wrapped=True)


def _without_page_numbers(pages: list[str]) -> list[str]:
    """Page texts without a line at head or foot that is only a page number: — 5 —, 第 5 页 共 9 页."""
    import re

    number = re.compile(r"^\s*[-—–·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/,，共]+\s*\d{1,4}\s*页?)?[-—–·\s]*$")
    kept = []
    for page in pages:
        lines = page.split("\n")
        while lines and (not lines[-1].strip() or number.match(lines[-1])):
            lines.pop()
        while lines and (not lines[0].strip() or number.match(lines[0])):
            lines.pop(0)
        kept.append("\n".join(lines))
    return kept


def _converted(data: bytes, path: Path, suffix: str) -> Document:
    """Let LibreOffice make a .docx of it. ProtectedFile for encrypted files, HostUnavailable without LibreOffice."""
    if suffix == ".doc":
        _refuse_encrypted(data, path)
    from xlsuite.hosts import soffice
    from xlsuite.hosts.package.container import Container
    from xlsuite.hosts.word.reading import read_word

    if soffice.find() is None:
        raise HostUnavailable(
            f"「{path.name}」是{_KINDS[suffix]}，要装有 LibreOffice 才能读取；请安装 LibreOffice，"
            f"或用 Word、WPS 另存为 .docx 后再试。"
        )
    with tempfile.TemporaryDirectory(prefix="xlsuite-report-", ignore_cleanup_errors=True) as folder:
        source = Path(folder) / f"report{suffix}"
        source.write_bytes(data)
        made = Path(folder) / "out"
        made.mkdir()
        kind = "docx:MS Word 2007 XML"
        try:
            output = soffice.convert([source], kind, made)[0].read_bytes()
        except HostUnavailable:
            raise UnreadableFile(
                f"「{path.name}」无法转换，可能已损坏，或不是{_KINDS[suffix]}；请用 Word、"
                f"WPS 打开并另存为 .docx 后再试。"
            ) from None
    document = read_word(Container(output), path.name)
    document.kind = suffix.lstrip(".")
    if suffix == ".pdf" and document.blank:
        raise UnreadableFile("这是扫描件（只有图片、没有文字的 PDF），无法核对；请提供 Word 原稿，或先做文字识别。")
    return document


_KINDS = {".doc": "旧版 Word 或 WPS 文档", ".rtf": " RTF 文档", ".odt": " OpenDocument 文档", ".pdf": " PDF"}


def _refuse_encrypted(data: bytes, path: Path) -> None:
    from xlsuite.hosts.foreign.compound import CompoundFile

    file = CompoundFile(data)
    if "EncryptedPackage" in file:
        raise ProtectedFile("报告带有打开密码，无法读取，请先用 Word 或 WPS 打开并取消密码、保存后再试。")
    if "Workbook" in file or "Book" in file:
        raise UnreadableFile(f"「{path.name}」的内容是旧版 Excel 工作簿，不是报告；" + CHOOSE)


def as_book(document: Document) -> Book:
    """The report's tables as a workbook, one sheet each, so that an attached 自评表 can be read as a form.

    Sheet names are 表1, 表2 …; the cells' rows and columns are those of the table.
    """
    sheets = [_grid(f"表{number}", table) for number, table in enumerate(document.tables, 1)]
    return Book(document.name, sheets)


def _grid(name: str, table: Table) -> Grid:
    grid = Grid(name)
    above: dict[int, Area] = {}
    for row, entries in enumerate(table.rows, 1):
        column = 1
        for entry in entries:
            area = Area(row, column, row, column + entry.span - 1)
            if entry.continued and column in above:
                above[column] = above[column]._replace(bottom=row)
            else:
                above[column] = area
                if entry.text.strip():
                    value: str | Decimal | None = parse_decimal(entry.text)
                    grid.cells[row, column] = GridCell(
                        entry.text.strip() if value is None else value, entry.text.strip()
                    )
            column = area.right + 1
            if entry.continued:
                continue
        grid.merges += [a for a in above.values() if a.bottom < row and (a.bottom > a.top or a.right > a.left)]
        above = {key: a for key, a in above.items() if a.bottom >= row}
    grid.merges += [a for a in above.values() if a.bottom > a.top or a.right > a.left]
    return grid
