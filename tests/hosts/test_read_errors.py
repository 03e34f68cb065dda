"""Files that cannot be read: one plain sentence each, which says what is wrong and what to do."""

from __future__ import annotations

import gzip
import os
import re
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.hosts.reading import compound, form_workbook, minimal, parts, record, relations, zipped
from tests.hosts.test_read_foreign import biff8, binary_package
from xlsuite.core.errors import LimitExceeded, ProtectedFile, UnreadableFile
from xlsuite.hosts import base
from xlsuite.hosts.base import open_book, read_book

PASSWORD = "文件带有打开密码，无法读取，请先用 Excel 或 WPS 打开并取消密码、保存后再试。"


def _without(name: str) -> bytes:
    packed: dict[str, Any] = parts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=("a",))
    del packed[name]
    return zipped(packed)


def _with(name: str, content: str) -> bytes:
    packed: dict[str, Any] = parts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=("a",))
    return zipped(packed | {name: content})


def _encrypted_members() -> bytes:
    data = bytearray(minimal())
    for mark, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def _wrong_checksum() -> bytes:
    data = bytearray(minimal())
    for mark, offset in ((b"PK\3\4", 14), (b"PK\1\2", 16)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] ^= 0xFF
            at = data.find(mark, at + 4)
    return bytes(data)


def _encrypted_biff() -> bytes:
    stream = biff8()
    return compound({"Workbook": stream[:20] + record(0x002F, b"\1\0") + stream[20:]})


def broken(why: str) -> str:
    return f"文件已损坏或没有传完整（{why}），请重新获取或用 Excel、WPS 打开修复并另存后再试。"


def other(what: str) -> str:
    return f"这不是表格文件，而是{' ' * what[0].isascii()}{what}，请选择自评表的 Excel 工作簿（.xlsx、.xls、.et 等）。"


SENTENCES: list[tuple[str, Callable[[], bytes], str]] = [
    ("pdf", lambda: b"%PDF-1.7 ...", other("PDF 文档")),
    ("png", lambda: b"\x89PNG\r\n\x1a\n", other("图片（PNG）")),
    (
        "sylk",
        lambda: b"ID;PWXL;N;E\r\nP;PGeneral\r\n",
        other("SYLK 数据交换文件（请用 Excel 或 WPS 打开后另存为 .xlsx）"),
    ),
    ("jpeg", lambda: b"\xff\xd8\xff\xe0", other("图片（JPEG）")),
    ("rar", lambda: b"Rar!\x1a\x07", other("RAR 压缩包")),
    ("gzip", lambda: gzip.compress(b"a"), other("gzip 压缩包")),
    ("rtf", lambda: b"{\\rtf1 }", other("RTF 文档")),
    ("program", lambda: b"MZ\x90\0", other("Windows 程序")),
    ("docx", lambda: _with("word/document.xml", "<a/>"), ""),
    ("zip", lambda: zipped({"说明.txt": "a"}), other("压缩包")),
    (
        "zip of workbooks",
        lambda: zipped({"a.xlsx": "a", "b/c.XLS": "a"}),
        other("压缩包（里面有 2 个表格文件，请先解压）"),
    ),
    ("ofd", lambda: zipped({"OFD.xml": "<a/>"}), other("OFD 版式文件")),
    ("word package", lambda: zipped({"word/document.xml": "<a/>"}), other("Word 文档")),
    (
        "slides package",
        lambda: zipped(
            {
                "ppt/presentation.xml": "<a/>",
                "_rels/.rels": relations(("rId1", "officeDocument", "ppt/presentation.xml")),
            }
        ),
        other("PowerPoint 演示文稿"),
    ),
    (
        "text document",
        lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}),
        other("OpenDocument 文档（不是表格）"),
    ),
    ("empty zip", lambda: zipped({}), other("空的压缩包")),
    ("text", lambda: "这是一段说明。\n没有表格。".encode(), other("普通文本")),
    ("xml", lambda: b'<?xml version="1.0"?><a/>', other("其他 XML 文件")),
    (
        "page without table",
        lambda: b"<html><body><p>404</p></body></html>",
        other("不含表格的网页"),
    ),
    ("old Word", lambda: compound({"WordDocument": b"a"}), other("Word 文档（.doc 或 .wps）")),
    (
        "old slides",
        lambda: compound({"PowerPoint Document": b"a"}),
        other("PowerPoint 演示文稿"),
    ),
    ("other compound", lambda: compound({"Whatever": b"a"}), other("其他 Office 文件")),
    (
        "encrypted workbook",
        lambda: compound({"EncryptedPackage": b"a", "EncryptionInfo": b"a"}),
        PASSWORD,
    ),
    (
        "encrypted old workbook",
        _encrypted_biff,
        "文件带有打开密码或工作簿保护密码，无法读取，请先用 Excel 或 WPS 打开并取消密码、保存后再试。",
    ),
    (
        "encrypted open document",
        lambda: zipped(
            {
                "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                "content.xml": b"\x01\x02",
                "META-INF/manifest.xml": "<a><manifest:encryption-data/></a>",
            }
        ),
        "文件带有打开密码，无法读取，请先打开并取消密码、保存后再试。",
    ),
    ("zip password", _encrypted_members, PASSWORD),
    (
        "cloaked",
        lambda: b"%TSD-Header-###%" + bytes(range(256)),
        "文件被天锐绿盾等加密软件加密，只有在装有该软件的电脑上才能打开，请先解密后再试。",
    ),
    ("zeros", lambda: bytes(9000), "文件内容全是空字节，多半是复制或下载时损坏了，请重新获取后再试。"),
    (
        "noise",
        lambda: bytes(range(1, 256)) * 9,
        "文件的内容无法识别，不是表格文件，或已经损坏，请确认选对了文件后再试。",
    ),
    ("cut zip", lambda: form_workbook()[:-300], broken("压缩包没有结尾")),
    ("head of a zip", lambda: b"PK\3\4", broken("压缩包没有结尾")),
    ("wrong checksum", _wrong_checksum, broken("部件 _rels/.rels 的内容与校验码不符")),
    (
        "no main part",
        lambda: _without("xl/workbook.xml"),
        "文件里缺少工作簿的主部件，可能已损坏或没有传完整，请重新获取后再试。",
    ),
    (
        "no sheet part",
        lambda: _without("xl/worksheets/sheet1.xml"),
        broken("工作表「自评表」的内容丢失"),
    ),
    (
        "no strings",
        lambda: _without("xl/sharedStrings.xml"),
        broken("单元格引用了不存在的文本"),
    ),
    (
        "no relations",
        lambda: _without("xl/_rels/workbook.xml.rels"),
        broken("工作表「自评表」的内容丢失"),
    ),
    (
        "no sheets",
        lambda: _with("xl/workbook.xml", '<workbook xmlns="a"><sheets/></workbook>'),
        "工作簿里没有工作表（可能只有图表页），请确认选对了文件。",
    ),
    (
        "main part is something else",
        lambda: _with("xl/workbook.xml", "<a/>"),
        broken("主部件不是工作簿"),
    ),
    (
        "sheet is something else",
        lambda: _with("xl/worksheets/sheet1.xml", "<chartsheet/>"),
        broken("工作表部件的内容不是工作表"),
    ),
    (
        "cut sheet",
        lambda: _with("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row>"),
        broken("文件内的 XML 不完整或有错误"),
    ),
    ("cut binary workbook", lambda: binary_package()[:-40], broken("压缩包没有结尾")),
    (
        "cut compound file",
        lambda: compound({"Workbook": biff8()})[:1200],
        broken("文件的内部结构不完整"),
    ),
    ("cut records", lambda: compound({"Workbook": biff8()[:300].ljust(5000, b"\xff")}), ""),
    (
        "separated text with a broken quote",
        lambda: b'a,b\n"' + b"x" * 200_000 + b",c\nd,e\n",
        "文本的分隔方式有错误，无法分成表格，请用 Excel 或 WPS 打开后另存为新的 .xlsx 文件再试。",
    ),
]


@pytest.mark.parametrize(("name", "build", "sentence"), SENTENCES, ids=[case[0] for case in SENTENCES])
def test_sentence(name: str, build: Callable[[], bytes], sentence: str) -> None:
    data = build()
    if name == "docx":
        # A Word part beside a workbook does not make it a Word file.
        assert read_book(data, "a").sheets
        return
    with pytest.raises(UnreadableFile) as caught:
        read_book(data, "a.xlsx")
    assert isinstance(caught.value, ProtectedFile) == ("密码" in sentence or "加密" in sentence)
    assert str(caught.value) == sentence or not sentence
    assert "意外" not in str(caught.value)
    assert str(caught.value).endswith("。")


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(
        UnreadableFile, match=r"^找不到文件「没有.xlsx」，请检查路径是否正确、文件是否已被移走或改名。$"
    ):
        open_book(tmp_path / "没有.xlsx")


def test_empty_file(tmp_path: Path) -> None:
    (tmp_path / "空.xlsx").touch()
    with pytest.raises(UnreadableFile, match=r"^「空.xlsx」是空文件（0 字节），请重新获取后再试。$"):
        open_book(tmp_path / "空.xlsx")


def test_directory(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"是一个文件夹，不是文件，请选择其中的工作簿。$"):
        open_book(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.xlsx")
    with pytest.raises(UnreadableFile, match=r"不是普通文件，无法读取"):
        open_book(tmp_path / "管道.xlsx")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (PermissionError(), "没有读取文件「a.xlsx」的权限，或它正被别的程序独占"),
        (OSError(5, "I/O"), "读取文件「a.xlsx」失败，请检查磁盘、网络或 U 盘是否正常后再试。"),
    ],
)
def test_system_errors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, sentence: str) -> None:
    (tmp_path / "a.xlsx").write_bytes(minimal())

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(UnreadableFile, match=re.escape(sentence)):
        open_book(tmp_path / "a.xlsx")


def test_name_with_a_nul() -> None:
    with pytest.raises(UnreadableFile, match="失败"):
        open_book("a\0b.xlsx")


def test_content_decides_not_the_name(tmp_path: Path) -> None:
    for name in ("表.xls", "表.csv", "表", "表.docx"):
        (tmp_path / name).write_bytes(minimal('<row r="1"><c r="A1"><v>8</v></c></row>'))
        assert open_book(tmp_path / name).sheets[0].cells[1, 1].text == "8"


def test_mistakes_of_ours_become_a_sentence_with_its_cause(monkeypatch: pytest.MonkeyPatch) -> None:
    def mistaken(*_: object) -> None:
        raise AttributeError("a mistake in the program")

    monkeypatch.setattr(base, "_dispatch", mistaken)
    with pytest.raises(UnreadableFile, match=r"读取时遇到意外的内容（AttributeError）") as caught:
        read_book(b"a", "a.xlsx")
    assert isinstance(caught.value.__cause__, AttributeError)


def test_memory_exhaustion_becomes_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(base, "_dispatch", exhausted)
    with pytest.raises(LimitExceeded, match="内存过多"):
        read_book(b"a", "a.xlsx")


def test_stream_places_beyond_the_end() -> None:
    """A sheet that is said to begin behind the end of the stream."""
    stream = bytearray(biff8())
    at = stream.find(struct.pack("<H", 0x0085))
    stream[at + 4 : at + 8] = struct.pack("<L", 10**9)
    with pytest.raises(UnreadableFile, match="记录不完整"):
        read_book(compound({"Workbook": bytes(stream)}), "a.xls")
