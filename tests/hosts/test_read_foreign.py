"""Old, binary and OpenDocument workbooks, and what systems export under the name of Excel."""

from __future__ import annotations

import io
import struct
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.hosts.reading import compound, read, record, relations, sheet, unzipped, zipped
from xlsuite.core.errors import UnreadableFile
from xlsuite.forms.grid import Area, CellError, GridCell
from xlsuite.hosts.foreign.typed import typed_cell
from xlsuite.hosts.package.formulas import UNKNOWN

PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>导出</title><style>td {{ mso-number-format:General }}</style></head><body>
<h2>项目支出绩效自评表</h2>
<!-- <table><tr><td>注释</td></tr></table> -->
<table border=1><caption>（2023年度）</caption>
<thead><tr><th rowspan="2">一级指标</th><th colspan=2>年度指标值<br>（计划/实际）</th><th rowspan='2'>分值</th></tr>
<tr><th>计划</th><th>实际</th></tr></thead>
<tr style="height:20px"><td rowspan=2>产出<b>指标</b></td><td>&ge;90%</td><td>92%</td><td>10</td></tr>
<tr style="display:none"><td>5&nbsp;个<td>7,120.50<td style='mso-number-format:"\\@"'>007
<tr><td colspan="3">A&amp;B &lt;备注&gt; &#20013;</td><td x:num="0.77110000000000001">77.11%</td></tr>
</table><p>填表人：张三</p></body></html>"""


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "gb18030", "utf-8", "UTF-8", "unicode"])
def test_page_saved_as_workbook(charset: str) -> None:
    encoding = "gb18030" if charset.startswith("gb") else "utf-8"
    grid = sheet(PAGE.format(charset=charset).encode(encoding))
    assert grid.name == "Sheet1"
    assert {place: cell.text for place, cell in grid.cells.items()} == {
        (1, 1): "项目支出绩效自评表",
        (2, 1): "（2023年度）",
        (3, 1): "一级指标",
        (3, 2): "年度指标值\n（计划/实际）",
        (3, 4): "分值",
        (4, 2): "计划",
        (4, 3): "实际",
        (5, 1): "产出指标",
        (5, 2): "≥90%",
        (5, 3): "92%",
        (5, 4): "10",
        (6, 2): "5 个",
        (6, 3): "7,120.50",
        (6, 4): "007",
        (7, 1): "A&B <备注> 中",
        (7, 4): "77.11%",
        (8, 1): "填表人：张三",
    }
    assert grid.cells[5, 3].value == Decimal("0.92")
    assert grid.cells[6, 3].value == Decimal("7120.5")
    assert grid.cells[6, 4].value == "007"
    assert grid.cells[7, 4].value == Decimal("0.7711")
    assert sorted(grid.merges) == [
        Area(3, 1, 4, 1),
        Area(3, 2, 3, 3),
        Area(3, 4, 4, 4),
        Area(5, 1, 6, 1),
        Area(7, 1, 7, 3),
    ]
    assert grid.hidden_rows == {6}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_page_that_declares_nothing(encoding: str) -> None:
    assert sheet("<table><tr><td>得分</td><td>8</td></table>".encode(encoding)).cells[1, 2].value == Decimal(8)


def test_nested_tables_follow_their_row() -> None:
    page = (
        "<table><tr><td>外层标题</td></tr>"
        "<tr><td><table><tr><td>一</td><td>二</td></tr><tr><td>三</td></tr></table></td></tr>"
        "<tr><td>说明<table><tr><td>独格</td></tr></table></td><td>右</td></tr></table>"
    )
    cells = sheet(page.encode()).cells
    assert {place: cell.text for place, cell in cells.items()} == {
        (1, 1): "外层标题",
        (2, 1): "一",
        (2, 2): "二",
        (3, 1): "三",
        (4, 1): "说明\n独格",
        (4, 2): "右",
    }


@pytest.mark.parametrize(
    ("page", "cells"),
    [
        ("<table><tr><td>a<td>b<tr><td>c</table>", {(1, 1): "a", (1, 2): "b", (2, 1): "c"}),
        ("<table><td>无行</td></table>", {(1, 1): "无行"}),
        ("<table><tr><td>未闭合", {(1, 1): "未闭合"}),
        ("<TABLE><TR><TD ALIGN=LEFT>大写</TD></TR></TABLE>", {(1, 1): "大写"}),
        (
            "<table><tr><td rowspan=3>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
            {(1, 1): "a", (1, 2): "b", (2, 2): "c"},
        ),
        ("<table><tr><td style='display:none'>藏</td><td>见</td></tr></table>", {(1, 1): "见"}),
        ("<table><tr><td>5 < 6</td></tr></table>", {(1, 1): "5 < 6"}),
        ('<table><tr><td title="a>b">引号</td></tr></table>', {(1, 1): "引号"}),
        ("<table><tr><td><script>var a='<td>';</script>脚本</td></tr></table>", {(1, 1): "脚本"}),
        (
            "<table><tr><td>a</td></tr></table></table></td><table><tr><td>b</td></tr></table>",
            {(1, 1): "a", (2, 1): "b"},
        ),
        ("<table><tr><td rowspan=0 colspan=-1>a</td><td colspan=x>b</td></tr></table>", {(1, 1): "a", (1, 2): "b"}),
        ("<table><tr><td>a</td></tr></table><!-- 未完", {(1, 1): "a"}),
    ],
)
def test_untidy_pages(page: str, cells: dict[tuple[int, int], str]) -> None:
    assert {place: cell.text for place, cell in sheet(page.encode()).cells.items()} == cells


def test_formula_kept_in_a_page() -> None:
    cell = sheet(b'<table><tr><td x:num="5" x:fmla="=SUM(A1:A2)">5.00</td></tr></table>').cells[1, 1]
    assert cell == GridCell(Decimal(5), "5.00", "SUM(A1:A2)")


XML_2003 = """<?xml version="1.0" encoding="{encoding}"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:o="urn:schemas-microsoft-com:office:office"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">
<Styles><Style ss:ID="Default"/><Style ss:ID="s1"><NumberFormat ss:Format="Percent"/></Style>
<Style ss:ID="s2" ss:Parent="s1"/>
<Style ss:ID="s3"><NumberFormat ss:Format="yyyy&quot;年&quot;m&quot;月&quot;"/></Style></Styles>
<Worksheet ss:Name="自评表"><Table><Column ss:Index="2" ss:Hidden="1" ss:Span="1"/><Column ss:Width="0"/>
<Row><Cell ss:MergeAcross="2" ss:MergeDown="1"><Data ss:Type="String">项目&#10;支出</Data></Cell>
<Cell><Data ss:Type="Number">8.5</Data></Cell></Row>
<Row ss:Index="3" ss:Hidden="1"><Cell ss:Index="2" ss:StyleID="s2"><Data ss:Type="Number">0.7711</Data></Cell>
<Cell ss:StyleID="s3"><Data ss:Type="DateTime">2023-03-15T00:00:00.000</Data></Cell>
<Cell ss:Formula="=SUM(R1C4)"><Data ss:Type="Number">8.5</Data>
<Comment ss:Author="a"><ss:Data>批注</ss:Data></Comment></Cell></Row>
<Row ss:Span="2"><Cell><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Error">#N/A</Data></Cell></Row>
<Row><Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>粗</B><Font>细</Font></ss:Data></Cell>
<Cell><Data ss:Type="Number">八</Data></Cell><Cell ss:StyleID="s1"/></Row>
</Table></Worksheet><Worksheet ss:Name="藏"><Table/><WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel">
<Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>"""


@pytest.mark.parametrize("encoding", ["UTF-8", "GB2312", "utf-16"])
def test_xml_2003(encoding: str) -> None:
    data = XML_2003.format(encoding=encoding).encode("gb18030" if encoding == "GB2312" else encoding)
    first, second = read(data).sheets
    assert first.cells == {
        (1, 1): GridCell("项目\n支出", "项目\n支出"),
        (1, 4): GridCell(Decimal("8.5"), "8.5"),
        (3, 2): GridCell(Decimal("0.7711"), "77.11%"),
        (3, 3): GridCell(date(2023, 3, 15), "2023年3月"),
        (3, 4): GridCell(Decimal("8.5"), "8.5", "SUM(R1C4)"),
        (4, 1): GridCell(True, "TRUE"),
        (4, 2): GridCell(CellError("#N/A"), "#N/A"),
        (7, 1): GridCell("粗细", "粗细"),
        (7, 2): GridCell("八", "八"),
    }
    assert first.merges == [Area(1, 1, 2, 3)]
    assert first.hidden_rows == {3}
    assert first.hidden_columns == {2, 3, 4}
    assert first.notes == {(3, 4): "批注"}
    assert (first.hidden, second.hidden, second.name) == (False, True, "藏")


def test_archived_page() -> None:
    frame = (
        "<html><xml><x:ExcelWorkbook><x:ExcelWorksheets><x:ExcelWorksheet><x:Name>自评表</x:Name>"
        '<x:WorksheetSource HRef="a.files/sheet001.htm"/></x:ExcelWorksheet></x:ExcelWorksheets></x:ExcelWorkbook>'
        "</xml></html>"
    )
    message = 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="zz"\n\n'
    for location, page in (
        ("file:///C:/a.htm", frame),
        ("file:///C:/a.files/sheet001.htm", "<table><tr><td>得分<td>8</table>"),
    ):
        message += f"--zz\nContent-Location: {location}\nContent-Transfer-Encoding: 8bit\n"
        message += f'Content-Type: text/html; charset="utf-8"\n\n{page}\n'
    message += "--zz--\n"
    grid = sheet(message.encode())
    assert grid.name == "自评表"
    assert grid.cells[1, 2].value == Decimal(8)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_separated_text(encoding: str, separator: str) -> None:
    lines = [["指标", "分值", "得分"], ['含"引号"\n换行', "10", "9.50"], ["", "007", "77.1%"]]
    text = "\r\n".join(separator.join('"' + entry.replace('"', '""') + '"' for entry in line) for line in lines)
    cells = sheet(text.encode(encoding)).cells
    assert cells[2, 1].value == '含"引号"\n换行'
    assert cells[2, 2].value == Decimal(10)
    assert cells[2, 3] == GridCell(Decimal("9.5"), "9.50")
    assert cells[3, 2].value == "007"
    assert cells[3, 3] == GridCell(Decimal("0.771"), "77.1%")
    assert (3, 1) not in cells


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.50", Decimal("1234.5")),
        ("-8", Decimal(-8)),
        ("+8.0", Decimal(8)),
        (".5", Decimal("0.5")),
        ("0.0177922077922078", Decimal("0.0177922077922078")),
        ("12,34", "12,34"),
        ("001", "001"),
        ("430422198001010011", "430422198001010011"),
        ("1e5", "1e5"),
        ("８", "８"),
        ("#REF!", CellError("#REF!")),
        ("--", "--"),
        ("", None),
        (" \u00a0", None),
    ],
)
def test_typed(text: str, value: object) -> None:
    assert typed_cell(text).value == value
    assert type(typed_cell(text).value) is type(value)


def _biff8_text(text: str, length: str) -> bytes:
    return struct.pack(length, len(text)) + b"\1" + text.encode("utf-16-le")


def _sst() -> list[bytes]:
    """A shared string table with rich runs and phonetic data, cut inside a text that goes on in another width."""
    head = struct.pack("<2L", 4, 4) + _biff8_text("产出", "<H")
    rich = struct.pack("<HBHL", 2, 0x0D, 1, 3) + "富文".encode("utf-16-le") + b"\0\0\0\0" + b"abc"
    cut = struct.pack("<HB", 6, 1) + "中文".encode("utf-16-le")
    return [head + rich + cut, b"\0abcd" + struct.pack("<HB", 2, 0) + b"xy"]


def biff8() -> bytes:
    workbook = record(0x0809, struct.pack("<8H", 0x0600, 5, 0, 0, 0, 0, 0, 0)) + record(0x0042, b"\xb0\x04")
    workbook += record(0x041E, struct.pack("<H", 164) + _biff8_text('0.0"分"', "<H"))
    for number in (0, 10, 31, 164):
        workbook += record(0x00E0, struct.pack("<2H", 0, number) + bytes(16))
    names = [("自评表", 0, 0), ("藏", 1, 0), ("图", 0, 2)]
    sizes = sum(4 + 8 + 2 * len(name) for name, _, _ in names)
    first, second = _sst()
    strings = record(0x00FC, first) + record(0x003C, second)
    start = len(workbook) + sizes + len(strings) + 4
    page = record(0x0809, struct.pack("<8H", 0x0600, 0x10, 0, 0, 0, 0, 0, 0))
    page += record(0x0208, struct.pack("<6HL", 2, 0, 5, 0, 0, 0, 0x20))
    page += record(0x007D, struct.pack("<6H", 4, 5, 2000, 0, 1, 0))
    for column in range(4):
        page += record(0x00FD, struct.pack("<3HL", 0, column, 0, column))
    page += record(0x0203, struct.pack("<3Hd", 1, 0, 1, 0.7711))
    page += record(0x027E, struct.pack("<3HL", 1, 1, 2, 45000 << 2 | 2))
    page += record(
        0x00BD, struct.pack("<2H", 1, 2) + struct.pack("<HLHL", 3, 950 << 2 | 3, 0, 0xFFFFFFFE) + struct.pack("<H", 3)
    )
    page += record(0x0205, struct.pack("<3H2B", 2, 0, 0, 1, 0)) + record(0x0205, struct.pack("<3H2B", 2, 1, 0, 0x17, 1))
    formula = struct.pack("<HLH", 0, 0, 0)
    page += record(0x0006, struct.pack("<3Hd", 3, 0, 1, 0.5) + formula)
    page += record(0x0006, struct.pack("<3H", 3, 1, 0) + b"\0\0\0\0\0\0\xff\xff" + formula) + record(
        0x0207, _biff8_text("优", "<H")
    )
    page += record(0x0006, struct.pack("<3H", 3, 2, 0) + b"\2\0\x07\0\0\0\xff\xff" + formula)
    page += record(0x0006, struct.pack("<3H", 3, 3, 0) + b"\3\0\0\0\0\0\xff\xff" + formula)
    chart = record(0x0809, struct.pack("<8H", 0x0600, 0x20, 0, 0, 0, 0, 0, 0)) + record(
        0x0203, struct.pack("<3Hd", 9, 9, 0, 1)
    )
    page += chart + record(0x000A)
    page += record(0x00E5, struct.pack("<5H", 1, 0, 1, 4, 5)) + record(0x000A)
    other = record(0x0809, struct.pack("<8H", 0x0600, 0x10, 0, 0, 0, 0, 0, 0)) + record(0x000A)
    for name, hidden, kind in names:
        workbook += record(0x0085, struct.pack("<L2B", start, hidden, kind) + _biff8_text(name, "<B"))
        start += len(page) if name == "自评表" else len(other)
    return workbook + strings + record(0x000A) + page + other + other


def test_old_workbook() -> None:
    first, second = read(compound({"Workbook": biff8()})).sheets
    assert [cell.value for (row, _), cell in first.cells.items() if row == 1] == ["产出", "富文", "中文abcd", "xy"]
    assert first.cells[2, 1] == GridCell(Decimal("0.7711"), "77.11%")
    assert first.cells[2, 2] == GridCell(date(2023, 3, 15), "2023年3月15日")
    assert first.cells[2, 3] == GridCell(Decimal("9.5"), "9.5分")
    assert first.cells[2, 4].value == Decimal(-1)
    assert first.cells[3, 1] == GridCell(True, "TRUE")
    assert first.cells[3, 2] == GridCell(CellError("#REF!"), "#REF!")
    assert first.cells[4, 1] == GridCell(Decimal("0.5"), "50.00%", UNKNOWN)
    assert first.cells[4, 2] == GridCell("优", "优", UNKNOWN)
    assert first.cells[4, 3] == GridCell(CellError("#DIV/0!"), "#DIV/0!", UNKNOWN)
    assert first.cells[4, 4] == GridCell("", "", UNKNOWN)
    assert first.merges == [Area(1, 5, 2, 6)]
    assert first.hidden_rows == {3}
    assert first.hidden_columns == {5, 6}
    assert (first.name, first.hidden, second.name, second.hidden) == ("自评表", False, "藏", True)


def test_old_workbook_agrees_with_calamine() -> None:
    calamine: Any = pytest.importorskip("python_calamine")
    data = compound({"Workbook": biff8()})
    theirs = (
        calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    )
    for (row, column), cell in sheet(data).cells.items():
        if not isinstance(cell.value, CellError) and cell.value != "":
            other = theirs[row - 1][column - 1]
            assert cell.value == (Decimal(repr(other)) if isinstance(other, float) else other)


def test_embedded_workbook_is_not_the_workbook() -> None:
    data = compound({"Workbook": biff8(), "Ole": b"x" * 5000})
    assert [grid.name for grid in read(data).sheets] == ["自评表", "藏"]


@pytest.mark.parametrize("codepage", [None, 936, 1252])
def test_bare_stream_of_a_small_script(codepage: int | None) -> None:
    """What many export scripts write: one BIFF5 sheet, no container, texts in the system's code page."""
    data = struct.pack("<6H", 0x809, 8, 0, 0x10, 0, 0)
    text = "得分".encode("gb18030")
    data += record(0x0204, struct.pack("<4H", 0, 0, 0, len(text)) + text) + record(
        0x0203, struct.pack("<3Hd", 0, 1, 0, 8.5)
    )
    data += record(0x000A)
    assert [cell.value for cell in sheet(data).cells.values()] == ["得分", Decimal("8.5")]


def test_oldest_sheets() -> None:
    text = "得分".encode("gb18030")
    data = record(0x0009, struct.pack("<2H", 2, 0x10)) + record(0x0004, struct.pack("<2H3xB", 0, 0, len(text)) + text)
    data += (
        record(0x0002, struct.pack("<2H3xH", 0, 1, 8))
        + record(0x0003, struct.pack("<2H3xd", 0, 2, 0.5))
        + record(0x000A)
    )
    assert [cell.value for cell in sheet(data).cells.values()] == ["得分", Decimal(8), Decimal("0.5")]


OPEN_DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<{root} xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:s="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:x="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<o:automatic-styles><s:style s:name="ta1"><s:table-properties t:display="true"/></s:style>
<s:style s:name="ta2"><s:table-properties t:display="false"/></s:style></o:automatic-styles>
<o:body><o:spreadsheet><t:table t:name="自评表" t:style-name="ta1">
<t:table-column/><t:table-column t:visibility="collapse" t:number-columns-repeated="2"/>
<t:table-row><t:table-cell t:number-columns-spanned="3" t:number-rows-spanned="2" o:value-type="string">
<x:p>项目<x:s x:c="2"/>支出</x:p><x:p>绩效<x:line-break/>自评</x:p></t:table-cell>
<t:covered-table-cell t:number-columns-repeated="2"/><t:table-cell o:value-type="percentage" o:value="0.7711">
<x:p>77.11%</x:p></t:table-cell></t:table-row>
<t:table-row t:visibility="collapse" t:number-rows-repeated="2"><t:table-cell t:number-columns-repeated="3"/>
<t:table-cell o:value-type="float" o:value="5" t:number-columns-repeated="2"><x:p>5.00</x:p></t:table-cell>
</t:table-row><t:table-row><t:table-cell t:formula="of:=SUM([.D2:.E3])+[$字典.A1]" o:value-type="float"
 o:value="20"><o:annotation><dc:date>2023</dc:date><x:p>批注</x:p></o:annotation><x:p>20</x:p></t:table-cell>
<t:table-cell o:value-type="date" o:date-value="2023-03-15T10:00:00"><x:p>2023年3月15日</x:p></t:table-cell>
<t:table-cell o:value-type="boolean" o:boolean-value="true"><x:p>TRUE</x:p></t:table-cell>
<t:table-cell t:formula="of:=1/0" o:value-type="string" o:string-value=""><x:p>#DIV/0!</x:p></t:table-cell>
<t:table-cell><draw:frame><draw:text-box><x:p>图中文字</x:p></draw:text-box></draw:frame></t:table-cell>
</t:table-row><t:table-row t:number-rows-repeated="1048571"><t:table-cell t:number-columns-repeated="16384"/>
</t:table-row></t:table><t:table t:name="藏" t:style-name="ta2"><t:table-row><t:table-cell/>
</t:table-row></t:table></o:spreadsheet></o:body></{root}>"""


@pytest.mark.parametrize("flat", [False, True])
def test_open_document(flat: bool) -> None:
    content = OPEN_DOCUMENT.format(root="office:document" if flat else "office:document-content").encode()
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    first, second = read(content if flat else zipped({"mimetype": mimetype, "content.xml": content})).sheets
    title = "项目  支出\n绩效\n自评"
    five = GridCell(Decimal(5), "5.00")
    assert first.cells == {
        (1, 1): GridCell(title, title),
        (1, 4): GridCell(Decimal("0.7711"), "77.11%"),
        (2, 4): five,
        (2, 5): five,
        (3, 4): five,
        (3, 5): five,
        (4, 1): GridCell(Decimal(20), "20", "SUM(D2:E3)+字典!A1"),
        (4, 2): GridCell(date(2023, 3, 15), "2023年3月15日"),
        (4, 3): GridCell(True, "TRUE"),
        (4, 4): GridCell(CellError("#DIV/0!"), "#DIV/0!", "1/0"),
    }
    assert first.merges == [Area(1, 1, 2, 3)]
    assert first.hidden_rows == {2, 3}
    assert first.hidden_columns == {2, 3}
    assert first.notes == {(4, 1): "批注"}
    assert (first.hidden, second.name, second.hidden) == (False, "藏", True)


def test_open_document_without_mimetype() -> None:
    content = OPEN_DOCUMENT.format(root="office:document-content").encode()
    assert len(read(zipped({"content.xml": content})).sheets) == 2


def _binary_record(kind: int, body: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = len(body)
    return head + (bytes([length]) if length < 128 else bytes([length & 0x7F | 0x80, length >> 7])) + body


def _wide(text: str) -> bytes:
    return struct.pack("<L", len(text)) + text.encode("utf-16-le")


def binary_package() -> bytes:
    def cell(kind: int, column: int, style: int, body: bytes) -> bytes:
        return _binary_record(kind, struct.pack("<2L", column, style) + body)

    book = _binary_record(153, struct.pack("<2L", 0, 0) + _wide(""))
    for number, (name, state) in enumerate((("自评表", 0), ("藏", 2)), 1):
        book += _binary_record(156, struct.pack("<2L", state, number) + _wide(f"rId{number}") + _wide(name))
    styles = _binary_record(44, struct.pack("<H", 164) + _wide('0.0"分"')) + _binary_record(
        47, struct.pack("<2H", 0, 9) + bytes(12)
    )
    styles += _binary_record(617) + b"".join(
        _binary_record(47, struct.pack("<2H", 0, n) + bytes(12)) for n in (0, 10, 31, 164)
    )
    styles += _binary_record(618)
    strings = _binary_record(19, b"\0" + _wide("产出指标"))
    page = _binary_record(60, struct.pack("<4LH", 5, 6, 2000, 0, 1))
    page += (
        _binary_record(0, struct.pack("<2LH2B", 0, 0, 300, 0, 0))
        + cell(7, 0, 0, struct.pack("<L", 0))
        + cell(1, 1, 0, b"")
    )
    page += cell(5, 2, 1, struct.pack("<d", 0.7711)) + cell(2, 3, 2, struct.pack("<L", 45000 << 2 | 2))
    page += cell(6, 4, 0, _wide("直接")) + cell(4, 5, 0, b"\1") + cell(3, 6, 0, b"\x17")
    page += _binary_record(0, struct.pack("<2LH2B", 4, 0, 300, 0, 0x10)) + cell(
        9, 0, 3, struct.pack("<d", 9.5) + bytes(4)
    )
    page += cell(8, 1, 0, _wide("优") + bytes(4)) + cell(10, 2, 0, b"\0") + cell(11, 3, 0, b"\x2a")
    page += _binary_record(176, struct.pack("<4L", 0, 1, 0, 1))
    return zipped(
        {
            "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.bin")),
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": relations(
                ("rId1", "worksheet", "worksheets/sheet1.bin"),
                ("rId2", "worksheet", "worksheets/sheet2.bin"),
                ("rId3", "styles", "styles.bin"),
                ("rId4", "sharedStrings", "sharedStrings.bin"),
            ),
            "xl/styles.bin": styles,
            "xl/sharedStrings.bin": strings,
            "xl/worksheets/sheet1.bin": page,
            "xl/worksheets/sheet2.bin": b"",
        }
    )


def test_binary_package() -> None:
    first, second = read(binary_package()).sheets
    assert first.cells == {
        (1, 1): GridCell("产出指标", "产出指标"),
        (1, 3): GridCell(Decimal("0.7711"), "77.11%"),
        (1, 4): GridCell(date(2023, 3, 15), "2023年3月15日"),
        (1, 5): GridCell("直接", "直接"),
        (1, 6): GridCell(True, "TRUE"),
        (1, 7): GridCell(CellError("#REF!"), "#REF!"),
        (5, 1): GridCell(Decimal("9.5"), "9.5分", UNKNOWN),
        (5, 2): GridCell("优", "优", UNKNOWN),
        (5, 3): GridCell(False, "FALSE", UNKNOWN),
        (5, 4): GridCell(CellError("#N/A"), "#N/A", UNKNOWN),
    }
    assert first.merges == [Area(1, 1, 2, 2)]
    assert first.hidden_rows == {5}
    assert first.hidden_columns == {6, 7}
    assert (first.hidden, second.hidden) == (False, True)


@pytest.mark.parametrize("size", [3, 21, 100, 200])
def test_cut_binary_parts_are_damaged(size: int) -> None:
    contents = unzipped(binary_package())
    contents["xl/worksheets/sheet1.bin"] = contents["xl/worksheets/sheet1.bin"][:size]
    with pytest.raises(UnreadableFile, match="已损坏"):
        read(zipped(contents))


@pytest.mark.parametrize("corners", [(0, 4_000_000_000, 5, 4), (3, 2, 1, 1), (0, 1, 0, 16384)])
def test_impossible_merges_in_a_binary_package(corners: tuple[int, int, int, int]) -> None:
    contents = unzipped(binary_package())
    contents["xl/worksheets/sheet1.bin"] += _binary_record(176, struct.pack("<4L", *corners))
    with pytest.raises(UnreadableFile, match="合并单元格的位置超出了工作表的范围"):
        read(zipped(contents))
