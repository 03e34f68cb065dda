"""A workbook with everything a bureau may have put into its form, for tests that nothing of it is lost.

XlsxWriter writes what it can; the parts that only Excel writes (threaded comments, slicer, pivot table, calculation
chain, printer settings, custom XML, an unknown extension) are added to the package by hand.
"""

# ruff: noqa: E501 (markup is compared line by line, unbroken)

from __future__ import annotations

import io
import struct
import tempfile
import zipfile
import zlib
from pathlib import Path

SHEET = "自评表"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
PARTS = "application/vnd.openxmlformats-officedocument"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

INDICATORS = [("数量指标", 20, 18), ("质量指标", 30, 25), ("时效指标", 10, 10)]
EXPECTED_FEATURES = (
    *("xl/vbaProject.bin", "xl/ctrlProps/ctrlProp1.xml", "xl/drawings/vmlDrawing1.vml", "xl/comments1.xml"),
    *("xl/threadedComments/threadedComment1.xml", "xl/persons/person.xml", "xl/media/image1.png"),
    *("xl/charts/chart1.xml", "xl/tables/table1.xml", "xl/slicers/slicer1.xml", "xl/slicerCaches/slicerCache1.xml"),
    *("xl/pivotTables/pivotTable1.xml", "xl/pivotCache/pivotCacheDefinition1.xml", "xl/calcChain.xml"),
    *("xl/metadata.xml", "xl/featurePropertyBag/featurePropertyBag.xml", "customXml/item1.xml", "docProps/custom.xml"),
    *("xl/printerSettings/printerSettings1.bin", "xl/sharedStrings.xml"),
)


def png(width: int = 60, height: int = 30) -> bytes:
    """A small red picture."""
    rows = b"".join(b"\0" + b"\xc0\x20\x20" * width for _ in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def vba_project() -> bytes:
    """A macro project with one module."""
    import pyopenvba

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.xlsm"
        with pyopenvba.ExcelFile.create_new(path) as file:
            file.set_module("Module1", 'Sub Check()\r\n    MsgBox "OK"\r\nEnd Sub\r\n')
            file.save()
        with zipfile.ZipFile(path) as package:
            return package.read("xl/vbaProject.bin")


def write_form(path: Path, project: bytes) -> None:
    """The part that XlsxWriter can write."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path)
    project_file = path.with_suffix(".bin")
    project_file.write_bytes(project)
    book.add_vba_project(str(project_file))
    book.set_vba_name("ThisWorkbook")
    form, data = book.add_worksheet(SHEET), book.add_worksheet("数据")
    form.set_vba_name("Sheet1")
    data.set_vba_name("Sheet2")
    pivot = book.add_worksheet("透视")
    pivot.set_vba_name("Sheet3")
    _fill_form(book, form)
    _decorate_form(book, form, path)
    data.write_column("A1", ["验收报告", "合同", "照片"])
    rows = {"data": [["甲", 1], ["乙", 2], ["丙", 3]], "columns": [{"header": "项目"}, {"header": "金额"}]}
    data.add_table("C1:D4", rows | {"name": "对照表"})
    data.hide()
    pivot.write_row("A3", ["项目", "求和项:金额"])
    pivot.write_row("A4", ["甲", 1])
    pivot.write_row("A5", ["总计", 1])
    book.define_name("满分", f"={SHEET}!$B$3:$B$5")
    book.define_name(f"{SHEET}!局部", f"={SHEET}!$A$1")
    book.set_custom_property("批复文号", "财预〔2023〕1号")
    book.close()
    project_file.unlink()


def _fill_form(book, form) -> None:
    head = book.add_format({"bold": True, "bg_color": "#D9E1F2", "border": 1, "align": "center"})
    open_cell = book.add_format({"locked": False, "border": 1})
    rate = book.add_format({"num_format": "0.00%", "border": 1})
    form.merge_range("A1:E1", "项目支出绩效自评表", head)
    form.write_row("A2", ["指标", "分值", "得分", "完成率", "依据"], head)
    for number, (name, weight, score) in enumerate(INDICATORS, 2):
        form.write(number, 0, name)
        form.write(number, 1, weight)
        form.write(number, 2, score, open_cell)
        form.write_formula(number, 3, f"=C{number + 1}/B{number + 1}", rate, score / weight)
        form.write(number, 4, "", open_cell)
    red, bold = book.add_format({"color": "red"}), book.add_format({"bold": True})
    form.write_rich_string("A6", bold, "合", red, "计")
    form.write_formula("C6", "=SUM(C3:C5)", None, 53)
    form.write_formula("D6", '=IF(C6>=60,"及格","不及格")', None, "不及格")
    form.write_dynamic_array_formula("G3:G5", "=SORT(C3:C5)", None, 10)
    form.write_array_formula("F3:F5", "{=C3:C5*2}", None, 36)
    form.write_number("F4", 50)
    form.write_number("F5", 20)
    form.write("E6", "9分")
    form.write_string("B6", "60")
    form.write_boolean("B7", True)


def _decorate_form(book, form, path: Path) -> None:
    low = book.add_format({"bg_color": "#FFC7CE"})
    between = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": "=B3"}
    form.data_validation("C3:C5", between | {"error_title": "分值", "error_message": "得分不得超过分值"})
    form.data_validation("E3:E5", {"validate": "list", "source": "=数据!$A$1:$A$3"})
    form.conditional_format("C3:C5", {"type": "cell", "criteria": "<", "value": "$B3*0.9", "format": low})
    form.conditional_format("D3:D5", {"type": "data_bar", "data_bar_2010": True})
    form.conditional_format("B3:B5", {"type": "icon_set", "icon_style": "3_arrows"})
    form.conditional_format("F3:F5", {"type": "3_color_scale"})
    form.insert_image("H2", "logo.png", {"image_data": io.BytesIO(png())})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"categories": f"={SHEET}!$A$3:$A$5", "values": f"={SHEET}!$C$3:$C$5"})
    form.insert_chart("H6", chart)
    form.write_comment("C3", "依据：验收报告", {"author": "财务科"})
    form.write_comment("E5", "[Threaded comment] 请核对", {"author": "tc={11111111-2222-3333-4444-555555555555}"})
    for column, caption in enumerate(("校验填报", "生成报告")):
        form.insert_button(8, column * 2, {"macro": "Check", "caption": caption, "width": 110, "height": 30})
    form.insert_checkbox(11, 0, True)
    form.add_sparkline("I3", {"range": f"{SHEET}!B3:D3"})
    form.protect("pw", {"format_cells": True})
    form.set_landscape()
    form.set_paper(9)
    form.fit_to_pages(1, 0)
    form.repeat_rows(1)
    form.print_area("A1:G12")
    form.set_header("&C绩效自评")
    form.set_footer("&L第 &P 页")
    form.freeze_panes(2, 1)
    form.set_h_pagebreaks([20])
    form.ignore_errors({"number_stored_as_text": "A1:B9"})
    form.set_column("A:A", 14)
    form.set_row(1, 30)


def _relation(identity: str, kind: str, target: str) -> str:
    kind = kind if "://" in kind else f"{OFFICE}/{kind}"
    return f'<Relationship Id="{identity}" Type="{kind}" Target="{target}"/>'


def _override(part: str, kind: str) -> str:
    return f'<Override PartName="/{part}" ContentType="{kind}"/>'


SLICER_EXTENSION = (
    '<ext uri="{A8765BA9-456A-4dab-B4F3-ACF838C121DE}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    '<x14:slicerList><x14:slicer r:id="rIdSl1"/></x14:slicerList></ext>'
    '<ext uri="{DEADBEEF-0000-0000-0000-000000000001}" xmlns:q="urn:example:q"><q:keep v="1"/></ext>'
)
CONTROLS = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" Requires="x14"><controls>'
    '<mc:AlternateContent><mc:Choice Requires="x14"><control shapeId="1025" r:id="rIdCt1" name="Button 1">'
    '<controlPr defaultSize="0" print="0" autoFill="0" autoPict="0" macro="Check"><anchor moveWithCells="1" sizeWithCells="1">'
    '<from xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"><xdr:col>0</xdr:col><xdr:colOff>0'
    "</xdr:colOff><xdr:row>8</xdr:row><xdr:rowOff>0</xdr:rowOff></from>"
    '<to xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"><xdr:col>1</xdr:col><xdr:colOff>0'
    "</xdr:colOff><xdr:row>10</xdr:row><xdr:rowOff>0</xdr:rowOff></to></anchor></controlPr></control></mc:Choice>"
    "</mc:AlternateContent></controls></mc:Choice></mc:AlternateContent>"
)
CONTROL = f'{XML}<formControlPr xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" objectType="Button" lockText="1"/>'
PIVOT_CACHE = (
    f'{XML}<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{OFFICE}" refreshedBy="x" refreshedVersion="6" recordCount="0" '
    'saveData="0" refreshOnLoad="1"><cacheSource type="worksheet"><worksheetSource ref="C1:D4" sheet="数据"/></cacheSource>'
    '<cacheFields count="2"><cacheField name="项目" numFmtId="0"><sharedItems count="1"><s v="甲"/></sharedItems></cacheField>'
    '<cacheField name="金额" numFmtId="0"><sharedItems containsSemiMixedTypes="0" containsString="0" containsNumber="1" '
    'containsInteger="1" minValue="1" maxValue="1"/></cacheField></cacheFields></pivotCacheDefinition>'
)
PIVOT_TABLE = (
    f'{XML}<pivotTableDefinition xmlns="{MAIN}" name="透视表1" cacheId="1" dataCaption="值" updatedVersion="6" createdVersion="6">'
    '<location ref="A3:B5" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/><pivotFields count="2">'
    '<pivotField axis="axisRow" showAll="0"><items count="2"><item x="0"/><item t="default"/></items></pivotField>'
    '<pivotField dataField="1" showAll="0"/></pivotFields><rowFields count="1"><field x="0"/></rowFields>'
    '<rowItems count="2"><i><x/></i><i t="grand"><x/></i></rowItems><colItems count="1"><i/></colItems>'
    '<dataFields count="1"><dataField name="求和项:金额" fld="1" baseField="0" baseItem="0"/></dataFields></pivotTableDefinition>'
)
THREADED = (
    f'{XML}<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
    '<threadedComment ref="E5" dT="2024-01-01T00:00:00.00" personId="{99999999-2222-3333-4444-555555555555}" '
    'id="{11111111-2222-3333-4444-555555555555}"><text>请核对</text></threadedComment></ThreadedComments>'
)
PERSONS = (
    f'{XML}<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
    '<person displayName="李四" id="{99999999-2222-3333-4444-555555555555}" userId="li" providerId="None"/></personList>'
)
SLICER_CACHE = (
    f'{XML}<slicerCacheDefinition xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" name="Slicer_k" '
    'sourceName="项目"><extLst><x:ext xmlns:x="' + MAIN + '" uri="{2F2917AC-EB37-4324-AD4E-5DD8C200BD13}" '
    'xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"><x15:tableSlicerCache tableId="1" column="1"/>'
    "</x:ext></extLst></slicerCacheDefinition>"
)
SLICER = (
    f'{XML}<slicers xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    '<slicer name="项目" cache="Slicer_k" caption="项目" rowHeight="241300"/></slicers>'
)
CALC_CHAIN = (
    f'{XML}<calcChain xmlns="{MAIN}"><c r="D3" i="1"/><c r="D4"/><c r="D5"/><c r="C6"/><c r="D6"/><c r="F3" a="1"/>'
    '<c r="G3" a="1"/></calcChain>'
)
STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
ADDED = {
    "xl/ctrlProps/ctrlProp1.xml": CONTROL,
    "xl/slicers/slicer1.xml": SLICER,
    "xl/slicerCaches/slicerCache1.xml": SLICER_CACHE,
    "xl/calcChain.xml": CALC_CHAIN,
    "xl/printerSettings/printerSettings1.bin": "\0" * 64,
    "xl/threadedComments/threadedComment1.xml": THREADED,
    "xl/persons/person.xml": PERSONS,
    "xl/pivotTables/pivotTable1.xml": PIVOT_TABLE,
    "xl/pivotTables/_rels/pivotTable1.xml.rels": f'{XML}<Relationships xmlns="{RELATIONS}">'
    + _relation("rId1", "pivotCacheDefinition", "../pivotCache/pivotCacheDefinition1.xml")
    + "</Relationships>",
    "xl/pivotCache/pivotCacheDefinition1.xml": PIVOT_CACHE,
    "customXml/item1.xml": "<a xmlns='urn:example:bureau'>某局</a>",
    "customXml/itemProps1.xml": '<ds:datastoreItem ds:itemID="{00000000-0000-0000-0000-000000000001}" '
    f'xmlns:ds="{STORE}"><ds:schemaRefs><ds:schemaRef ds:uri="urn:example:bureau"/></ds:schemaRefs></ds:datastoreItem>',
    "customXml/_rels/item1.xml.rels": f'{XML}<Relationships xmlns="{RELATIONS}">'
    + _relation("rId1", "customXmlProps", "itemProps1.xml")
    + "</Relationships>",
}
MICROSOFT = "http://schemas.microsoft.com/office"
SHEET_RELATIONS = (
    _relation("rIdSl1", f"{MICROSOFT}/2007/relationships/slicer", "../slicers/slicer1.xml")
    + _relation("rIdCt1", "ctrlProp", "../ctrlProps/ctrlProp1.xml")
    + _relation("rIdPs1", "printerSettings", "../printerSettings/printerSettings1.bin")
    + _relation(
        "rIdTc1", f"{MICROSOFT}/2017/10/relationships/threadedComment", "../threadedComments/threadedComment1.xml"
    )
)
BOOK_RELATIONS = (
    _relation("rIdCc", "calcChain", "calcChain.xml")
    + _relation("rIdCx", "customXml", "../customXml/item1.xml")
    + _relation("rIdPc", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml")
    + _relation("rIdSc", f"{MICROSOFT}/2007/relationships/slicerCache", "slicerCaches/slicerCache1.xml")
    + _relation("rIdPe", f"{MICROSOFT}/2017/10/relationships/person", "persons/person.xml")
)
TYPES = (
    _override("xl/slicers/slicer1.xml", "application/vnd.ms-excel.slicer+xml")
    + _override("xl/slicerCaches/slicerCache1.xml", "application/vnd.ms-excel.slicerCache+xml")
    + _override("xl/ctrlProps/ctrlProp1.xml", "application/vnd.ms-excel.controlproperties+xml")
    + _override("xl/calcChain.xml", f"{PARTS}.spreadsheetml.calcChain+xml")
    + _override("customXml/itemProps1.xml", f"{PARTS}.customXmlProperties+xml")
    + _override("xl/printerSettings/printerSettings1.bin", f"{PARTS}.spreadsheetml.printerSettings")
    + _override("xl/threadedComments/threadedComment1.xml", "application/vnd.ms-excel.threadedcomments+xml")
    + _override("xl/persons/person.xml", "application/vnd.ms-excel.person+xml")
    + _override("xl/pivotTables/pivotTable1.xml", f"{PARTS}.spreadsheetml.pivotTable+xml")
    + _override("xl/pivotCache/pivotCacheDefinition1.xml", f"{PARTS}.spreadsheetml.pivotCacheDefinition+xml")
)


def _enriched(name: str, content: str) -> str:
    if name == "xl/worksheets/sheet1.xml":
        at = content.rindex("</extLst>")
        content = content[:at] + SLICER_EXTENSION + content[at:]
        at = content.index("/>", content.index("<legacyDrawing ")) + 2
        content = content[:at] + CONTROLS + content[at:]
        return content.replace('<pageSetup paperSize="9"', '<pageSetup paperSize="9" r:id="rIdPs1"')
    if name == "xl/worksheets/_rels/sheet1.xml.rels":
        return content.replace("</Relationships>", SHEET_RELATIONS + "</Relationships>")
    if name == "[Content_Types].xml":
        return content.replace("</Types>", TYPES + "</Types>")
    if name == "xl/_rels/workbook.xml.rels":
        return content.replace("</Relationships>", BOOK_RELATIONS + "</Relationships>")
    if name == "xl/workbook.xml":
        slicers = (
            '<extLst><ext uri="{46BE6895-7355-4a93-B00E-2C351335B9C9}" '
            f'xmlns:x15="{MICROSOFT}/spreadsheetml/2010/11/main"><x15:slicerCaches '
            f'xmlns:x14="{MICROSOFT}/spreadsheetml/2009/9/main"><x14:slicerCache r:id="rIdSc"/></x15:slicerCaches></ext></extLst>'
        )
        content = content.replace(' fullCalcOnLoad="1"', "")  # as Excel saves it
        caches = '<pivotCaches><pivotCache cacheId="1" r:id="rIdPc"/></pivotCaches>'
        return content.replace("</workbook>", caches + slicers + "</workbook>")
    return content


PIVOT_SHEET_RELATIONS = (
    f'{XML}<Relationships xmlns="{RELATIONS}">'
    + _relation("rId1", "pivotTable", "../pivotTables/pivotTable1.xml")
    + "</Relationships>"
)


def build(path: Path) -> Path:
    """Write the rich workbook (.xlsm) and check that every feature is in it."""
    plain = path.with_name("plain-" + path.name)
    write_form(plain, vba_project())
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            data = source.read(info)
            if info.filename.endswith((".xml", ".rels")):
                data = _enriched(info.filename, data.decode()).encode()
            target.writestr(info, data)
        for name, content in {**ADDED, "xl/worksheets/_rels/sheet3.xml.rels": PIVOT_SHEET_RELATIONS}.items():
            target.writestr(zipfile.ZipInfo(name, (2023, 5, 6, 7, 8, 10)), content, zipfile.ZIP_DEFLATED)
        names = set(target.namelist())
    plain.unlink()
    missing = set(EXPECTED_FEATURES) - names
    assert not missing, f"the rich workbook lacks {sorted(missing)}"
    return path
