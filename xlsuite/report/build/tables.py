"""The tables of a report, with their tags in place: header rows repeat, rows do not break, the grid is fixed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsuite.report.build.layout import BODY, HEI, LANDSCAPE, UPRIGHT
from xlsuite.report.build.xml import paragraph, run

_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a template table: its text, how many grid columns it spans, head cell or not, alignment, vertical merge.

    ``keep`` holds the row on the page of the next one.
    """

    text: str = ""
    span: int = 1
    head: bool = False
    left: bool = False
    merge: str = ""
    keep: bool = False


def _cell(cell: TableCell, widths: Sequence[int], place: int) -> str:
    width = sum(widths[place : place + cell.span])
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    merge = f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else ""
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>' if cell.head else ""
    style = "XlCellHead" if cell.head else "XlCellLeft" if cell.left else "XlCell"
    content = run(cell.text, HEI if cell.head else BODY) if cell.text else ""
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{shade}<w:vAlign w:val="center"/>'
    keep = "<w:keepNext/>" if cell.keep else ""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(style, content, keep)}</w:tc>"


def row(cells: Sequence[TableCell], widths: Sequence[int], *, header: bool = False, height: int = 360) -> str:
    """A table row that does not break across pages; a ``header`` row is repeated on every page."""
    repeated = "<w:tblHeader/>" if header else ""
    place, parts = 0, []
    for cell in cells:
        parts.append(_cell(cell, widths, place))
        place += cell.span
    properties = f'<w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/>{repeated}</w:trPr>'
    return f"<w:tr>{properties}{''.join(parts)}</w:tr>"


def control_row(tag: str, widths: Sequence[int]) -> str:
    """A row that only holds a {%tr …%} tag."""
    return row([TableCell(tag, len(widths), left=True)], widths)


def table(rows: Sequence[str], widths: Sequence[int], description: str) -> str:
    """A table with a fixed grid and an alternative text."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    margins = '<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>'
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>{margins}<w:tblLook w:val="0000"/>'
        f'<w:tblDescription w:val="{description}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def _scaled(shares: Sequence[float], width: int) -> list[int]:
    widths = [int(width * share / sum(shares)) for share in shares]
    widths[-1] += width - sum(widths)
    return widths


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list table: heading, field of the element, share of the width, alignment; ``total`` also below."""

    heading: str
    field: str
    share: float
    left: bool = False
    total: bool = False


def _list_table(description: str, each: str, columns: Sequence[Column], first: str = "{{ loop.index }}") -> str:
    """A table with one looped row and a row of sums; ``first`` is the content of the first column."""
    widths = _scaled([column.share for column in columns], UPRIGHT.text_width)
    values = [
        TableCell(first),
        *(TableCell(f"{{{{ 项.{column.field} }}}}", left=column.left) for column in columns[1:]),
    ]
    lead = next(index for index, column in enumerate(columns) if column.total)
    sums = [TableCell(f"{{{{ {each}合计.{column.field} }}}}" if column.total else "") for column in columns[lead:]]
    rows = [
        row([_head(column.heading) for column in columns], widths, header=True),
        control_row(f"{{%tr for 项 in {each} %}}", widths),
        row(values, widths),
        control_row("{%tr endfor %}", widths),
        row([_head("合计", lead), *sums], widths),
    ]
    return table(rows, widths, description)


def items_table() -> str:
    """资金明细: items with arrangement, payment, rate and status."""
    columns = (
        Column("序号", "", 10),
        Column("资金项目", "名称", 46, left=True),
        Column("预算安排", "调整后安排", 23, total=True),
        Column("实际支付", "支付", 23, total=True),
        Column("支付率", "支付率", 17, total=True),
        Column("支付状态", "支付状态", 17),
        Column("备注", "备注", 20, left=True),
    )
    return _list_table("资金明细表：各资金项目的安排、支付和支付率", "资金明细", columns)


def years_table() -> str:
    """年度资金: what was arranged, cut and left, year by year; what was paid where every year says so."""
    columns = (
        Column("年度", "", 20),
        Column("年初安排", "安排", 30, total=True),
        Column("年中调整", "年中调整", 30, total=True),
        Column("实际安排", "实际安排", 30, total=True),
    )
    paid = (*columns, Column("实际支付", "支付", 30, total=True), Column("支付率", "支付率", 20, total=True))
    first, title = "{{ 项.年度 }}年", "分年度资金表：各年安排、年中调整、实际安排"
    return (
        paragraph("XlText", run("{%p if 年度资金合计.支付 %}"))
        + _list_table(f"{title}和支付", "年度资金", paid, first)
        + paragraph("XlText", run("{%p else %}"))
        + _list_table(title, "年度资金", columns, first)
        + paragraph("XlText", run("{%p endif %}"))
    )


def classes_table() -> str:
    """资金分类: items with payment and share."""
    columns = (
        Column("序号", "", 12),
        Column("资金类别", "名称", 66, left=True),
        Column("实际支付", "支付", 30, total=True),
        Column("占比", "占比", 18),
        Column("备注", "备注", 30, left=True),
    )
    return _list_table("资金分类表：各类资金的支付和占比", "资金明细", columns)


_HEAD_SHARES = (30, 52, 36, 36, 36, 18, 24, 18)
_INDICATOR_SHARES = (24, 31, 52, 32, 32, 14, 14, 51)


def form_tables() -> str:
    """自评表: head with funds and goals, then the indicators with their repeated header row and merged levels."""
    gap = paragraph("XlGap", "")
    return _form_head(_scaled(_HEAD_SHARES, LANDSCAPE.text_width)) + gap + _indicators()


def _head(text: str, span: int = 1, merge: str = "") -> TableCell:
    return TableCell(text, span, head=True, merge=merge)


def _left(text: str, span: int = 1) -> TableCell:
    return TableCell(text, span, left=True)


def _form_head(widths: list[int]) -> str:
    columns = ("资金来源", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    values = [_left("{{ 行.名称 }}"), *(TableCell(f"{{{{ 行.{name} }}}}") for name in columns[1:])]
    goal = "{%tr if 目标 %}", "{%tr for 行 in 目标 %}", "{%tr endfor %}", "{%tr endif %}"
    rows = [
        row([_head("项目名称"), _left("{{ 项目名称 }}", 7)], widths),
        row([_head("主管部门"), _left("{{ 主管部门 }}", 3), _head("实施单位"), _left("{{ 实施单位 }}", 3)], widths),
        row([_head("项目资金\n（{{ 金额单位 }}）", merge="restart"), *map(_head, columns)], widths),
        control_row("{%tr for 行 in 资金 %}", widths),
        row([_head("", merge="continue"), *values], widths),
        control_row("{%tr endfor %}", widths),
        control_row(goal[0], widths),
        row([_head("年度总体目标", merge="restart"), _head("预期目标", 3), _head("实际完成情况", 4)], widths),
        control_row(goal[1], widths),
        row([_head("", merge="continue"), _left("{{ 行.预期目标 }}", 3), _left("{{ 行.实际完成情况 }}", 4)], widths),
        control_row(goal[2], widths),
        control_row(goal[3], widths),
    ]
    return table(rows, widths, "自评表的表头：项目名称、资金和年度总体目标")


def _indicators() -> str:
    widths = _scaled(_INDICATOR_SHARES, LANDSCAPE.text_width)
    names = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
    values = [
        TableCell("{{ 行.一级指标|合并 }}"),
        TableCell("{{ 行.二级指标|合并 }}"),
        _left("{{ 行.三级指标 }}"),
        *(TableCell(f"{{{{ 行.{name} }}}}") for name in names[3:7]),
        _left("{{ 行.偏差原因 }}"),
    ]
    rows = [
        row([_head(name) for name in names], widths, header=True),
        control_row("{%tr for 行 in 指标 %}", widths),
        row(values, widths),
        control_row("{%tr endfor %}", widths),
        row([_head("总分", 5), TableCell("{{ 满分 }}"), TableCell("{{ 总分 }}"), TableCell()], widths),
    ]
    return table(rows, widths, "自评表的绩效指标：指标值、完成值、分值、得分和偏差原因")


TABLES = {"资金明细": items_table, "年度资金": years_table, "资金分类": classes_table, "自评表": form_tables}
"""Tables an outline can name."""
