"""What a sheet part may hold, cell by cell."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter

from tests.hosts.reading import DECLARATION, MAIN, minimal, parts, read, relations, sheet, worksheet, zipped
from xlsuite.forms.grid import Area, CellError, GridCell
from xlsuite.hosts import limits
from xlsuite.hosts.package.formulas import UNKNOWN, moved


def plain(content: str) -> str:
    return f'<c r="A1">{content}</c>'


def inline(content: str) -> str:
    return f'<c r="A1" t="inlineStr"><is><t>{content}</t></is></c>'


def shown(text: str) -> GridCell:
    return GridCell(text, text)


CELLS: list[tuple[str, str, GridCell | None]] = [
    ("number", plain('<v>5</v>'), GridCell(Decimal(5), "5")),
    ("float noise", plain('<v>0.77110000000000001</v>'), GridCell(Decimal("0.7711"), "0.7711")),
    ("percent", '<c r="A1" s="1"><v>0.7711</v></c>', GridCell(Decimal("0.7711"), "77.11%")),
    ("date", '<c r="A1" s="2"><v>45000</v></c>', GridCell(date(2023, 3, 15), "2023年3月15日")),
    ("date and time", '<c r="A1" s="2"><v>45000.75</v></c>', GridCell(date(2023, 3, 15), "2023年3月15日")),
    ("no such date", '<c r="A1" s="2"><v>-3</v></c>', GridCell(Decimal(-3), "-3")),
    ("far date", '<c r="A1" s="2"><v>1E+20</v></c>', GridCell(Decimal("1E+20"), "1E+20")),
    ("unknown style", '<c r="A1" s="99"><v>2</v></c>', GridCell(Decimal(2), "2")),
    ("explicit type", '<c r="A1" t="n"><v>2</v></c>', GridCell(Decimal(2), "2")),
    ("minus zero", plain('<v>-0</v>'), GridCell(Decimal(0), "0")),
    ("huge", plain('<v>1E308</v>'), GridCell(Decimal("1E+308"), "1E+308")),
    ("beyond floats", plain('<v>1E999</v>'), GridCell(CellError("#NUM!"), "#NUM!")),
    ("NaN", plain('<v>NaN</v>'), GridCell(CellError("#NUM!"), "#NUM!")),
    ("no number", plain('<v>8分</v>'), shown("8分")),
    ("underscore", plain('<v>1_000</v>'), shown("1_000")),
    ("shared string", '<c r="A1" t="s"><v>0</v></c>', shown("产出")),
    ("zeros before the index", '<c r="A1" t="s"><v>000</v></c>', shown("产出")),
    ("empty shared string", '<c r="A1" t="s"><v>1</v></c>', None),
    ("inline string", inline('产出'), shown("产出")),
    ("inline rich", '<c r="A1" t="inlineStr"><is><r><t>产</t></r><r><t>出</t></r></is></c>', shown("产出")),
    ("inline empty", '<c r="A1" t="inlineStr"><is><t></t></is></c>', None),
    ("escaped", inline('R&amp;D &lt;1&gt; &#20013;&#x6587;'), shown("R&D <1> 中文")),
    ("twice escaped", inline('&amp;lt;'), shown("&lt;")),
    ("line end", inline('a_x000D_\nb'), shown("a\nb")),
    ("escape of an escape", inline('_x005F_x000D_'), shown("_x000D_")),
    ("surrogates", inline('_xD842__xDFB7_'), shown("𠮷")),
    ("half a surrogate", inline('_xD842_a'), shown("�a")),
    ("boolean", '<c r="A1" t="b"><v>1</v></c>', GridCell(True, "TRUE")),
    ("error", '<c r="A1" t="e"><v>#REF!</v></c>', GridCell(CellError("#REF!"), "#REF!")),
    ("iso date", '<c r="A1" t="d" s="2"><v>2023-03-15T08:00:00Z</v></c>', GridCell(date(2023, 3, 15), "2023年3月15日")),
    ("iso date without format", '<c r="A1" t="d"><v>2023-03-15</v></c>', GridCell(date(2023, 3, 15), "2023/3/15")),
    ("no iso date", '<c r="A1" t="d"><v>明天</v></c>', shown("明天")),
    ("formula", plain('<f>B1*2</f><v>4</v>'), GridCell(Decimal(4), "4", "B1*2")),
    ("formula to text", '<c r="A1" t="str"><f>B1&amp;"元"</f><v>4元</v></c>', GridCell("4元", "4元", 'B1&"元"')),
    ("formula to nothing", '<c r="A1" t="str"><f>IF(B1,"","")</f><v></v></c>', GridCell("", "", 'IF(B1,"","")')),
    ("formula without result", plain('<f>B1*2</f>'), GridCell(None, "", "B1*2")),
    ("formula with empty result", plain('<f>B1*2</f><v></v>'), GridCell(None, "", "B1*2")),
    ("formula with empty element", plain('<f>B1*2</f><v/>'), GridCell(None, "", "B1*2")),
    ("formula to an error", '<c r="A1" t="e"><f>1/A2</f><v>#N/A</v></c>', GridCell(CellError("#N/A"), "#N/A", "1/A2")),
    ("array formula", plain('<f t="array" ref="A1:A2">B1:B2*2</f><v>4</v>'), GridCell(Decimal(4), "4", "B1:B2*2")),
    ("data table", plain('<f t="dataTable" ref="A1:A2" r1="B1"/><v>4</v>'), GridCell(Decimal(4), "4", UNKNOWN)),
    ("shared without first", plain('<f t="shared" si="7"/><v>4</v>'), GridCell(Decimal(4), "4", UNKNOWN)),
    ("empty formula", plain('<f></f><v>4</v>'), GridCell(Decimal(4), "4")),
    ("formula with attributes", plain('<f aca="false">B1</f><v>4</v>'), GridCell(Decimal(4), "4", "B1")),
    ("more attributes", '<c r="A1" s="1" t="n" cm="1"><f>B1</f><v>1</v></c>', GridCell(Decimal(1), "100.00%", "B1")),
    ("attributes in another order", '<c t="s" s="1" r="A1"><v>0</v></c>', shown("产出")),
    ("spaces kept", '<c r="A1" t="str"><v xml:space="preserve"> a </v></c>', shown(" a ")),
    ("text hidden by format", '<c r="A1" s="3" t="s"><v>0</v></c>', GridCell("产出", "")),
    ("text shown by format", '<c r="A1" s="4" t="s"><v>0</v></c>', GridCell("产出", "产出指标")),
    ("blank", '<c r="A1" s="1"/>', None),
    ("blank with end tag", '<c r="A1" s="1"></c>', None),
    ("bidi and zero width kept", inline('\u202e1\u200b'), shown("\u202e1\u200b")),
]  # fmt: skip
CODES = ("0.00%", "yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;", ";;;", "@&quot;指标&quot;")


@pytest.mark.parametrize(("name", "xml", "cell"), CELLS, ids=[case[0] for case in CELLS])
@pytest.mark.parametrize("way", ["scan", "events"])
def test_cell(name: str, xml: str, cell: GridCell | None, way: str) -> None:
    row = f'<row r="1">{xml}</row>' + ("<!-- -->" if way == "events" else "")
    found = sheet(minimal(row, strings=("产出", ""), codes=CODES)).cells
    assert found == ({} if cell is None else {(1, 1): cell})
    if cell is not None:
        assert type(found[1, 1].value) is type(cell.value)


@pytest.mark.parametrize("way", ["scan", "events"])
def test_shared_formulas(way: str) -> None:
    rows = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="0">B1+$C$1*Sheet2!D1&amp;"B1"</f><v>1</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>2</v></c></row>'
        '<row r="3"><c r="A3"><f t="shared" si="0"></f><v>3</v></c></row>'
    ) + ("<!-- -->" if way == "events" else "")
    cells = sheet(minimal(rows)).cells
    assert [cells[row, 1].formula for row in (1, 2, 3)] == [
        'B1+$C$1*Sheet2!D1&"B1"',
        'B2+$C$1*Sheet2!D2&"B1"',
        'B3+$C$1*Sheet2!D3&"B1"',
    ]


@pytest.mark.parametrize(
    ("formula", "rows", "columns", "result"),
    [
        ("A1", 1, 1, "B2"),
        ("$A1+A$1+$A$1", 2, 2, "$A3+C$1+$A$1"),
        ("SUM(A1:B2)", 0, 3, "SUM(D1:E2)"),
        ("SUM(A:B)+SUM(1:2)", 1, 1, "SUM(B:C)+SUM(2:3)"),
        ("SUM($A:B)", 0, 1, "SUM($A:C)"),
        ('"A1"&A1', 1, 0, '"A1"&A2'),
        ("'A1 表'!B2", 1, 0, "'A1 表'!B3"),
        ("LOG10(A1)", 1, 0, "LOG10(A2)"),
        ("Q1Total+A1", 1, 0, "Q1Total+A2"),
        ("表1[金额]+A1", 1, 0, "表1[金额]+A2"),
        ("A1.B2", 1, 0, "A1.B2"),
        ("XFD1", 0, 1, "A1"),
        ("A1048576", 1, 0, "A1"),
        ("TRUE", 1, 1, "TRUE"),
        ('""""&A1', 1, 0, '""""&A2'),
    ],
)
def test_moved_formula(formula: str, rows: int, columns: int, result: str) -> None:
    assert moved(formula, rows, columns) == result


def test_merges_hide_what_lies_below() -> None:
    rows = "".join(f'<row r="{r}"><c r="A{r}"><v>{r}</v></c><c r="B{r}"><v>{r}</v></c></row>' for r in range(1, 4))
    after = (
        '<mergeCells count="3"><mergeCell ref="A1:B2"/><mergeCell ref="B3:B3"/><mergeCell ref="D4:C3"/></mergeCells>'
    )
    book = read(minimal(rows, after=after))
    assert sorted(book.sheets[0].cells) == [(1, 1), (3, 1), (3, 2)]
    assert book.sheets[0].merges == [Area(1, 1, 2, 2), Area(3, 3, 4, 4)]
    assert book.remarks == [
        "工作表「自评表」的合并单元格（如 A1:B2）下面压着 3 个看不见的内容，没有读取；如有需要，请取消合并后查看。"
    ]


def test_large_merges() -> None:
    rows = '<row r="5"><c r="A5"><v>1</v></c><c r="XFD5"><v>2</v></c></row>'
    grid = sheet(minimal(rows, after='<mergeCells><mergeCell ref="A5:XFD1048576"/></mergeCells>'))
    assert list(grid.cells) == [(5, 1)]


def test_merges_of_whole_rows_and_columns() -> None:
    after = '<mergeCells><mergeCell ref="B:C"/><mergeCell ref="7:7"/><mergeCell ref="$E$1:$F$2"/></mergeCells>'
    assert sheet(minimal(after=after)).merges == [Area(1, 2, 1048576, 3), Area(7, 1, 7, 16384), Area(1, 5, 2, 6)]


def test_hidden_rows_and_columns() -> None:
    rows = (
        '<row r="1" hidden="1"><c r="A1"><v>1</v></c></row><row r="2" ht="0" customHeight="1"/>'
        '<row r="3" ht="0.75" customHeight="1"/><row r="4" spans="1:3" hidden="true" outlineLevel="1"/>'
        '<row r="5" hidden="0"/><row r="6" ht="13.5"><c r="A6"><v>1</v></c></row>'
    )
    before = '<cols><col min="2" max="3" width="9" hidden="1"/><col min="5" max="5" width="0" customWidth="1"/></cols>'
    for tail in ("", "<!-- -->"):
        grid = sheet(minimal(rows + tail, before=before))
        assert grid.hidden_rows == {1, 2, 4}
        assert grid.hidden_columns == {2, 3, 5}


def test_sheets_in_order_with_states_and_other_kinds() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        first = book.add_worksheet("说明")
        first.write(0, 0, 1)
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=说明!$A$1:$A$1"})
        book.add_chartsheet("图").set_chart(chart)
        book.add_worksheet("a&b's <表>").write(0, 0, 2)
        book.add_worksheet("藏").hide()
        book.add_worksheet("深藏").very_hidden()
    grids = read(out.getvalue()).sheets
    assert [(grid.name, grid.hidden) for grid in grids] == [
        ("说明", False),
        ("a&b's <表>", False),
        ("藏", True),
        ("深藏", True),
    ]


def test_1904_dates() -> None:
    data = minimal(
        '<row r="1"><c r="A1" s="1"><v>43538</v></c></row>',
        codes=("yyyy-mm-dd",),
        workbook='<workbookPr date1904="1"/>',
    )
    assert sheet(data).cells[1, 1] == GridCell(date(2023, 3, 15), "2023-03-15")


@pytest.mark.parametrize(
    ("number", "serial", "text"),
    [
        (14, "45000", "2023/3/15"),
        (31, "45000", "2023年3月15日"),
        (57, "45000", "2023年3月"),
        (58, "45000", "3月15日"),
        (27, "45000", "2023年3月"),
        (28, "45000", "3月15日"),
        (30, "45000", "3-15-23"),
        (32, "0.75", "18时00分"),
        (55, "0.75", "下午6时00分"),
        (10, "0.7711", "77.11%"),
        (4, "1234.5", "1,234.50"),
        (43, "1234.5", "1,234.50"),
        (49, "5", "5"),
        (163, "5", "5"),
    ],
)
def test_built_in_formats(number: int, serial: str, text: str) -> None:
    packed: dict[str, Any] = parts(f'<row r="1"><c r="A1" s="1"><v>{serial}</v></c></row>')
    styles = f'<cellXfs><xf numFmtId="0"/><xf numFmtId="{number}" xfId="0"/></cellXfs>'
    packed["xl/styles.xml"] = f'{DECLARATION}<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    assert sheet(zipped(packed)).cells[1, 1].text == text


def test_styles_in_an_unusual_spelling() -> None:
    packed: dict[str, Any] = parts('<row r="1"><c r="A1" s="1"><v>0.5</v></c></row>')
    packed["xl/styles.xml"] = (
        f'{DECLARATION}<styleSheet xmlns="{MAIN}"><numFmts><numFmt formatCode="0.0%" numFmtId="170"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf/><xf applyFill="1" numFmtId="170"/></cellXfs>'
        '<dxfs><dxf><numFmt numFmtId="170" formatCode="0"/></dxf></dxfs></styleSheet>'
    )
    assert sheet(zipped(packed)).cells[1, 1].text == "50.0%"


def test_without_optional_parts() -> None:
    packed: dict[str, Any] = parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    del packed["xl/styles.xml"], packed["xl/sharedStrings.xml"]
    assert sheet(zipped(packed)).cells == {(1, 1): GridCell(Decimal(1), "1")}


def test_targets_of_every_form() -> None:
    packed: dict[str, Any] = parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    packed["xl/_rels/workbook.xml.rels"] = relations(("rId1", "worksheet", "/xl/../xl/worksheets/%73heet1.xml"))
    assert sheet(zipped(packed)).cells == {(1, 1): GridCell(Decimal(1), "1")}
    packed["其他.xml"] = packed.pop("xl/workbook.xml")
    packed["_rels/.rels"] = relations(("rId9", "officeDocument", "/其他.xml"))
    packed["_rels/其他.xml.rels"] = relations(("rId1", "worksheet", "xl/worksheets/sheet1.xml"))
    assert sheet(zipped(packed)).cells == {(1, 1): GridCell(Decimal(1), "1")}


def test_a_sheet_listed_without_a_part_is_no_worksheet() -> None:
    packed: dict[str, Any] = parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    packed["xl/workbook.xml"] = packed["xl/workbook.xml"].replace(
        "</sheets>", '<sheet name="宏" sheetId="2" r:id=""/></sheets>'
    )
    assert [grid.name for grid in read(zipped(packed)).sheets] == ["自评表"]


def test_notes() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.write_comment("B2", "说明 & 依据\n第二行")
        page.write_comment("C9", "另一条")
        book.add_worksheet("无批注").write(0, 0, 1)
    grids = read(out.getvalue()).sheets
    assert grids[0].notes == {(2, 2): "说明 & 依据\n第二行", (9, 3): "另一条"}
    assert grids[1].notes == {}


def test_formulas_without_results_are_remarked() -> None:
    rows = (
        '<row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><f>2</f><v>2</v></c></row><row r="2"><c r="C2"><f>3</f></c></row>'
    )
    for tail in ("", "<!-- -->"):
        assert read(minimal(rows + tail)).remarks == [
            "有 2 个公式没有保存计算结果（如工作表「自评表」的 A1），读到的是空值；"
            "请用 Excel 或 WPS 打开并保存一次后再试。"
        ]


def test_phonetic_guides_are_not_read() -> None:
    text = '</t><rPh sb="0" eb="1"><t>かん</t></rPh><phoneticPr fontId="1"/></si><si><r><rPr><b/></rPr>'
    text += "<t>产</t></r><r><t>出"
    data = minimal('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>', strings=(f"漢{text}",))
    assert [cell.value for cell in sheet(data).cells.values()] == ["漢", "产出"]


def test_empty_items_keep_their_index() -> None:
    packed: dict[str, Any] = parts('<row r="1"><c r="A1" t="s"><v>2</v></c></row>')
    packed["xl/sharedStrings.xml"] = f'{DECLARATION}<sst xmlns="{MAIN}"><si/><si><t/></si><si><t>对</t></si></sst>'
    assert sheet(zipped(packed)).cells[1, 1].value == "对"


def test_sha256_and_label() -> None:
    data = minimal()
    book = read(data)
    import hashlib

    assert book.sha256 == hashlib.sha256(data).hexdigest()
    assert book.label == "试.xlsx"


def test_rows_beyond_the_head_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet formatted down to the last row is read at its head; merges, which come after the cells, are kept."""
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>' + "".join(
        f'<row r="{r}" s="1"><c r="A{r}" s="1"/></row>' for r in range(2, 9000)
    )
    data = minimal(rows, after='<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>')
    monkeypatch.setattr(limits, "HEAD_BYTES", 100_000)
    monkeypatch.setattr(limits, "MB", 4096)
    book = read(data)
    assert book.sheets[0].cells == {(1, 1): GridCell(Decimal(1), "1")}
    assert book.sheets[0].merges == [Area(1, 1, 1, 2)]
    assert len(book.remarks) == 1
    assert "只读取了前面的部分" in book.remarks[0]


def test_sheet_part_without_rows() -> None:
    packed: dict[str, Any] = parts()
    packed["xl/worksheets/sheet1.xml"] = worksheet("").replace("<sheetData></sheetData>", "<sheetData/>")
    assert sheet(zipped(packed)).cells == {}
