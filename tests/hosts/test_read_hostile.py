"""Hostile files end in a sentence, or are read for what they are: fast, in little memory, nothing else opened."""

from __future__ import annotations

import ast
import io
import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.hosts.reading import (
    MAIN,
    changed,
    compound,
    form_workbook,
    minimal,
    parts,
    read,
    record,
    unzipped,
    worksheet,
    zipped,
)
from tests.hosts.test_read_foreign import OPEN_DOCUMENT, XML_2003
from xlsuite.core.errors import LimitExceeded, UnreadableFile
from xlsuite.hosts import limits
from xlsuite.hosts.base import read_book
from xlsuite.hosts.package.container import Container

SECONDS = 10
"""No hostile file may take longer, whatever it tries; most take a few milliseconds."""
ENTITIES = "文件内部含有实体或文档类型声明"


def _cell(reference: str, value: object = 1) -> str:
    return f'<c r="{reference}"><v>{value}</v></c>'


def _blanks(count: int) -> str:
    return "".join(f'<c r="A{row}" s="0"/>' for row in range(1, count))


def _packed(**contents: str | bytes) -> bytes:
    """A minimal workbook with the parts named by keyword (sheet1, workbook, strings, styles) replaced."""
    names = {
        "sheet1": "xl/worksheets/sheet1.xml",
        "workbook": "xl/workbook.xml",
        "strings": "xl/sharedStrings.xml",
        "styles": "xl/styles.xml",
    }
    packed: dict[str, Any] = parts(_cell("A1"))
    return zipped(packed | {names[key]: content for key, content in contents.items()})


def _with_size(data: bytes, name: str, size: int) -> bytes:
    """The package with another inflated size stated for one member, in both places."""
    out = bytearray(data)
    member = Container(data).members[name]
    out[member.header + 22 : member.header + 26] = struct.pack("<L", size)
    out[member.entry + 24 : member.entry + 28] = struct.pack("<L", size)
    return bytes(out)


def _formula() -> str:
    return worksheet('<c r="A1"><f>B1+@</f><v>1</v></c>')


def _twice(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for item, content in unzipped(minimal()).items():
            package.writestr(item, content)
        with pytest.warns(UserWarning, match="Duplicate name"):
            package.writestr(name, "anders")
    return out.getvalue()


def _overlapping() -> bytes:
    """Two directory entries that share one local record."""
    data = minimal()
    container = Container(data)
    member = container.members["xl/styles.xml"]
    end = data.rfind(b"PK\5\6")
    entry = data[member.entry : member.entry_stop]
    tail = bytearray(data[end:])
    count, size = struct.unpack_from("<HL", tail, 10)
    struct.pack_into("<2HL", tail, 8, count + 1, count + 1, size + len(entry))
    return data[:end] + entry + bytes(tail)


def _symlink() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in unzipped(minimal(_cell("A1"))).items():
            package.writestr(name, content)
        link = zipfile.ZipInfo("xl/media/link")
        link.external_attr = 0o120777 << 16
        package.writestr(link, "/etc/passwd")
    return out.getvalue()


def _compound_loop() -> bytes:
    data = bytearray(compound({"Workbook": bytes(5000)}))
    struct.pack_into("<L", data, 512 + 4 * 3, 2)
    return bytes(data)


def _nested(depth: int) -> str:
    return worksheet("<!-- -->", after="<a>" * depth + "</a>" * depth)


DOCTYPE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "{}">]>'.format("z" * 50)


def _declared(xml: str) -> str:
    """The part with a document type in front of its root."""
    head, mark, rest = xml.partition("?>")
    return head + mark + DOCTYPE + rest if mark else DOCTYPE + xml


def _declared_part(name: str) -> Callable[[], bytes]:
    def build() -> bytes:
        whole = form_workbook()
        return changed(whole, lambda part, content: _declared(content.decode()).encode() if part == name else content)

    return build


def _far_cells_in_old_workbook() -> bytes:
    page = record(0x0809, struct.pack("<8H", 0x0600, 0x10, 0, 0, 0, 0, 0, 0))
    page += record(0x0203, struct.pack("<3Hd", 0, 0, 0, 1)) + record(0x0203, struct.pack("<3Hd", 65535, 255, 0, 1))
    return page + record(0x000A)


def _many_strings_claimed() -> bytes:
    stream = record(0x0809, struct.pack("<8H", 0x0600, 5, 0, 0, 0, 0, 0, 0))
    return compound({"Workbook": stream + record(0x00FC, struct.pack("<2L", 2**32 - 1, 2**32 - 1)) + record(0x000A)})


REFUSED: list[tuple[str, Callable[[], bytes], str]] = [
    ("bomb by ratio", lambda: _packed(sheet1=worksheet(" " * 30_000_000)), "压缩比达到"),
    ("part of two gigabytes", lambda: _with_size(minimal(), "xl/sharedStrings.xml", 2**31), "解压后超过 32 MB"),
    ("sheet of two gigabytes", lambda: _with_size(minimal(), "xl/worksheets/sheet1.xml", 2**31), "解压后超过 400 MB"),
    ("more than it says", lambda: _with_size(minimal(_cell("A1") * 500), "xl/worksheets/sheet1.xml", 9), "校验码不符"),
    ("less than it says", lambda: _with_size(minimal(), "xl/worksheets/sheet1.xml", 9000), "校验码不符"),
    ("many members", lambda: zipped({str(n): "" for n in range(5001)}), "5,001 个部件"),
    ("overlap", _overlapping, "互相重叠"),
    ("same name twice", lambda: _twice("xl/workbook.xml"), "重名的部件"),
    ("same name in another case", lambda: zipped({"a.xml": "", "A.XML": ""}), "重名的部件"),
    ("traversal", lambda: zipped({"../../etc/cron.d/x": "a"}), "越出自身目录"),
    ("traversal with backslashes", lambda: zipped({"..\\..\\x": "a"}), "越出自身目录"),
    *[
        (f"entities in {name}", _declared_part(name), ENTITIES)
        for name in (
            "_rels/.rels",
            "xl/workbook.xml",
            "xl/_rels/workbook.xml.rels",
            "xl/sharedStrings.xml",
            "xl/styles.xml",
            "xl/worksheets/sheet1.xml",
            "xl/worksheets/_rels/sheet1.xml.rels",
            "xl/comments1.xml",
        )
    ],
    ("entities in XML 2003", lambda: _declared(XML_2003.format(encoding="UTF-8")).encode(), ENTITIES),
    (
        "entities in open document",
        lambda: _declared(OPEN_DOCUMENT.format(root="office:document")).encode(),
        ENTITIES,
    ),
    ("unknown entity", lambda: minimal('<c r="A1" t="str"><v>&xxe;</v></c>'), "XML"),
    ("character that is none", lambda: minimal('<c r="A1" t="str"><v>&#0;</v></c>'), "XML"),
    ("surrogate reference", lambda: minimal('<c r="A1" t="str"><v>&#xD800;</v></c>'), "XML"),
    (
        "no UTF-8",
        lambda: _packed(sheet1=worksheet(_cell("A1", "@")).encode().replace(b"@", b"\xff")),
        "编码",
    ),
    ("no UTF-8 in a formula", lambda: _packed(sheet1=_formula().encode().replace(b"@", b"\xff")), "编码"),
    ("row beyond the last", lambda: minimal(_cell("A1048577")), "超出了工作表的范围"),
    ("column beyond the last", lambda: minimal(_cell("XFE1")), "超出了工作表的范围"),
    ("row zero", lambda: minimal(_cell("A0")), "超出了工作表的范围"),
    ("no reference", lambda: minimal(_cell("总分")), "超出了工作表的范围"),
    (
        "merge beyond the last",
        lambda: minimal(after='<mergeCells><mergeCell ref="A1:A9999999"/></mergeCells>'),
        "范围",
    ),
    ("string index beyond the last", lambda: minimal('<c r="A1" t="s"><v>7</v></c>'), "不存在的文本"),
    ("negative string index", lambda: minimal('<c r="A1" t="s"><v>-1</v></c>', strings=("a",)), "不存在的文本"),
    (
        "many merges",
        lambda: minimal(
            "",
            after="<mergeCells>" + "".join(f'<mergeCell ref="A{r}:B{r}"/>' for r in range(1, 65_600)) + "</mergeCells>",
        ),
        "65,599 个合并单元格区域",
    ),
    (
        "large merges over many cells",
        lambda: minimal(
            "".join(_cell(f"A{r}") for r in range(1, 20_000)),
            after="<mergeCells>" + '<mergeCell ref="B1:D30000"/>' * 300 + "</mergeCells>",
        ),
        "合并单元格区域过多、过大",
    ),
    (
        "many styles",
        lambda: _packed(styles=f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf />" * 70_001}</cellXfs></styleSheet>'),
        "种单元格格式",
    ),
    (
        "many strings",
        lambda: _packed(strings=f'<sst xmlns="{MAIN}">{"".join(f"<si><t>{n}</t></si>" for n in range(400_001))}</sst>'),
        "400,001 条文本",
    ),
    ("long text", lambda: minimal("", strings=("长" * 40_001,)), "长达 40,001 个字"),
    ("long inline text", lambda: minimal(f'<c r="A1" t="inlineStr"><is><t>{"长" * 40_001}</t></is></c>'), "个字"),
    ("many cells", lambda: minimal("".join(_cell(f"A{r}") for r in range(1, 300_002))), "300,001 个有内容的单元格"),
    (
        "many sheets",
        lambda: _packed(
            workbook=f'<workbook xmlns="{MAIN}" xmlns:r="r"><sheets>'
            + "".join(f'<sheet name="{n}" r:id="rId1"/>' for n in range(501))
            + "</sheets></workbook>"
        ),
        "501 张工作表",
    ),
    ("deep nesting", lambda: _packed(sheet1=_nested(300)), "嵌套超过 200 层"),
    (
        "open document that repeats a value a thousand million times",
        lambda: (
            OPEN_DOCUMENT.format(root="office:document")
            .replace('o:value="5" t:number-columns-repeated="2"', 'o:value="5" t:number-columns-repeated="16000"')
            .replace('t:number-rows-repeated="2"', 't:number-rows-repeated="1000000"')
            .encode()
        ),
        "个有内容的单元格",
    ),
    ("chain of sectors in a circle", _compound_loop, "内部结构不完整"),
    ("strings claimed in an old workbook", _many_strings_claimed, "4,294,967,295 条文本"),
    ("nested tables", lambda: b"<table><tr><td>" * 300 + b"a", "嵌套超过 200 层"),
    ("page as wide as it can be", lambda: b"<table><tr>" + b"<td colspan=1000>a" * 20, "超出了工作表的范围"),
    ("separated text too wide", lambda: b"a,b\n" + b"a," * 17_000 + b"a\n", "超出了工作表的范围"),
    ("page of many megabytes", lambda: b"<table><tr><td>" + b"a" * 17_000_000, "超过 16 MB"),
]


@pytest.mark.parametrize(("name", "build", "words"), REFUSED, ids=[case[0] for case in REFUSED])
def test_refused(name: str, build: Callable[[], bytes], words: str) -> None:
    data = build()
    started = time.process_time()
    with pytest.raises(UnreadableFile, match=words) as caught:
        read_book(data, name)
    assert time.process_time() - started < SECONDS
    assert "意外" not in str(caught.value)
    assert str(caught.value).endswith("。")


HIDDEN_COLUMNS = '<cols><col min="1" max="999999999" hidden="1"/></cols>'
HARMLESS: list[tuple[str, Callable[[], bytes], int]] = [
    ("cells at both ends of the sheet", lambda: minimal(_cell("A1") + _cell("XFD1048576")), 2),
    ("claimed extent", lambda: minimal(_cell("A1"), before='<dimension ref="A1:XFD1048576"/>'), 1),
    ("far cells in an old workbook", _far_cells_in_old_workbook, 2),
    ("symbolic link", _symlink, 1),
    ("external link", lambda: zipped(parts(_cell("A1")) | {"xl/externalLinks/externalLink1.xml": "<a/>"}), 1),
    (
        "hidden columns without end",
        lambda: minimal(_cell("A1"), before=HIDDEN_COLUMNS),
        1,
    ),
    ("same cell many times", lambda: minimal(_cell("A1") * 100_000), 1),
    ("blank cells by the hundred thousand", lambda: minimal(_blanks(400_000) + _cell("B1")), 1),
    (
        "blank cells with end tags",
        lambda: minimal(_blanks(400_000).replace("/>", "></c>") + _cell("B1")),
        1,
    ),
    ("comments never closed in a page", lambda: b"<table><tr><td>a</table>" + b"<!--" * 300_000, 1),
    ("quotes never closed in a page", lambda: b"<table><tr><td>a</table>" + b'<a "' * 300_001, 1),
    ("half tags in a page", lambda: b"<table><tr><td>a</table>" + b"<a " * 300_000, 1),
    ("scripts never closed in a page", lambda: b"<table><tr><td>a</table>" + b"<script>" * 200_000, 1),
    ("row spans over everything", lambda: b"<table>" + b"<tr><td rowspan=60000>a" * 2000 + b"</table>", 2000),
    ("formula that would run a program", lambda: minimal("<c r=\"A1\"><f>cmd|'/c calc'!A0</f><v>1</v></c>"), 1),
    ("number of a thousand digits", lambda: minimal(_cell("A1", "9" * 1000)), 1),
    ("format that takes its time", lambda: minimal('<c r="A1" s="1"><v>1</v></c>', codes=("#,##0;" * 60,)), 1),
]


@pytest.mark.parametrize(("name", "build", "cells"), HARMLESS, ids=[case[0] for case in HARMLESS])
def test_harmless(name: str, build: Callable[[], bytes], cells: int) -> None:
    data = build()
    started = time.process_time()
    book = read_book(data, name)
    assert time.process_time() - started < SECONDS
    assert len(book.sheets[0].cells) == cells


@pytest.mark.parametrize(
    ("limit", "most"),
    [
        ("FILE_BYTES", 10),
        ("TOTAL_BYTES", 100),
        ("SHEETS", 1),
        ("CELLS", 50),
        ("MERGES", 1),
        ("STRINGS", 5),
        ("SECONDS", -1),
    ],
)
def test_every_limit_on_a_usual_workbook(
    limit: str, most: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Each limit, set so low that a usual form is over it, is met with its own sentence."""
    from xlsuite.hosts.base import open_book

    source = tmp_path / "form.xlsx"
    source.write_bytes(form_workbook())
    assert open_book(source).sheets
    bound = getattr(limits, limit)
    monkeypatch.setattr(bound, "most", most)
    with pytest.raises(LimitExceeded) as caught:
        open_book(source)
    words = bound.sentence.split("{")[0]
    assert words in str(caught.value)
    assert "{" not in str(caught.value)


def test_cells_of_all_sheets_count_together(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read(form_workbook())
    total = sum(len(grid.cells) for grid in whole.sheets)
    monkeypatch.setattr(limits.CELLS, "most", total - 1)
    with pytest.raises(LimitExceeded, match=r"^工作簿内有"):
        read(form_workbook())


def test_nothing_is_opened_besides_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No network and no other file, even when every part asks for it."""
    import socket

    def forbidden(*arguments: object, **_: object) -> None:
        raise AssertionError(f"a connection was attempted: {arguments}")

    monkeypatch.setattr(socket, "socket", forbidden)
    monkeypatch.setattr(socket, "create_connection", forbidden)
    rels = '<Relationship Id="rId7" Type="http://x/externalLink" Target="http://127.0.0.1/x" TargetMode="External"/>'
    rels += "</Relationships>"
    packed: dict[str, Any] = parts(_cell("A1"))
    packed["xl/_rels/workbook.xml.rels"] = packed["xl/_rels/workbook.xml.rels"].replace("</Relationships>", rels)
    opened: list[str] = []
    source = tmp_path / "a.xlsx"
    source.write_bytes(zipped(packed))
    probe = (
        "import sys; from xlsuite.hosts.base import open_book; seen = []\n"
        "open_book(sys.argv[1])\n"
        "watched = ('open', 'socket.connect', 'os.listdir')\n"
        "sys.addaudithook(lambda e, a: seen.append(str(a[0])) if e in watched else None)\n"
        "open_book(sys.argv[1]); print(seen)"
    )
    done = subprocess.run([sys.executable, "-c", probe, str(source)], capture_output=True, text=True, check=True)
    opened.extend(ast.literal_eval(done.stdout))
    assert opened == [str(source)]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from /proc")
@pytest.mark.parametrize(
    "build",
    [
        lambda: minimal("".join(f'<c r="A{r}" t="str"><v>文字{r}</v></c>' for r in range(1, 300_000))),
        lambda: minimal("", strings=tuple(f"𠮷{n:060}" for n in range(290_000))),
        lambda: minimal("<!-- -->" + _blanks(1_000_000)),
        lambda: b"<table>" + "<tr><td>八<td>九".encode() * 140_000,
        lambda: "八,九,十\n".encode() * 99_000,
    ],
    ids=["cells", "strings", "events", "page", "text"],
)
def test_memory_at_the_limits(build: Callable[[], bytes], tmp_path: Path) -> None:
    source = tmp_path / "large"
    source.write_bytes(build())
    command = "import sys, re; from xlsuite.hosts.base import open_book; book = open_book(sys.argv[1])\n"
    command += "print(re.search(r'VmHWM:\\s*(\\d+)', open('/proc/self/status').read())[1])"
    run = [sys.executable, "-c", command, str(source)]
    done = subprocess.run(run, capture_output=True, text=True, check=True, timeout=60)
    assert int(done.stdout) < 512 * 1024
