"""The sheet 校验结果: every finding with a jump to its cell, and a column for the user's explanations."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from xlsuite.core.finding import Finding, Severity
from xlsuite.core.form import column_letters
from xlsuite.forms.grid import Book
from xlsuite.hosts.package.agreement import unescaped
from xlsuite.hosts.package.book_markup import BookMarkup, LocalName, Sheet
from xlsuite.hosts.package.cell_markup import value_markup
from xlsuite.hosts.package.container import Container
from xlsuite.hosts.package.ledger import MarkedCell
from xlsuite.hosts.package.listing_styles import ListingStyles
from xlsuite.hosts.package.look import display_width
from xlsuite.hosts.package.markup import escaped
from xlsuite.hosts.package.patch import SharedTexts
from xlsuite.hosts.package.relations import Dialect
from xlsuite.hosts.package.save import read_whole
from xlsuite.hosts.package.sheet_layout import Place
from xlsuite.hosts.package.sheet_patch import SheetPatch

NAME = "校验结果"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
HEADINGS = ("序号", "级别", "编号", "位置", "问题", "填报值", "应为", "建议", "说明", "说明状态", "指纹", "还原记录")
WIDTHS = (6, 7, 10, 14, 48, 12, 14, 30, 26, 12, 12, 12)
_EXPLANATION, FINGERPRINT, RECORD = (HEADINGS.index(name) + 1 for name in ("说明", "指纹", "还原记录"))
HEADING_ROW = 4
VISIBLE = FINGERPRINT - 1
TIP = (
    "点击“位置”跳到对应的单元格。确属合理的警告，请在“说明”栏写明原因，再次校验时会保留；"
    "数字变动后，“说明状态”会提示复核。改完后重新校验，或用“清除标记”恢复原样。"
)
STALE, EXPLAINED, GONE = "数字已变，说明须复核", "已说明", "已消除"


class Explanation(NamedTuple):
    """A user's text, and the fingerprint of the finding it was written for."""

    fingerprint: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the listing."""

    finding: Finding
    explanation: str = ""
    state: str = ""
    written_for: str = ""

    @property
    def key(self) -> str:
        """The hidden key: the finding, what the text was written for, and a check sum that shows later editing."""
        return "|".join((self.finding.fingerprint, self.written_for, _sum(self.explanation)))


def _sum(text: str) -> str:
    return hashlib.sha256(text.strip().encode()).hexdigest()[:8] if text.strip() else ""


def rows_of(findings: Sequence[Finding], explanations: Mapping[str, str]) -> list[Row]:
    """The lines for these findings, with the explanations that belong to them.

    An explanation whose finding has other numbers now stays, flagged for review; one whose finding is gone is kept at
    the end.
    """
    waiting = dict(explanations)
    by_place = {key.partition("-")[0]: key for key in explanations}
    rows = []
    for finding in findings:
        own = finding.fingerprint
        key = own if own in explanations else by_place.get(own.partition("-")[0], "")
        waiting.pop(key, None)
        text = explanations.get(key, "")
        state = "" if not text else finding.explanation_state or (EXPLAINED if key == own else STALE)
        rows.append(Row(finding, text, state, key if text else ""))
    for key, text in waiting.items():
        past = Finding("", Severity.INFO, "这个问题已不再出现，原说明留存备查。", fingerprint=key)
        rows.append(Row(past, text, GONE, key))
    return rows


def sheet_xml(dialect: Dialect, styles: ListingStyles, rows: Sequence[Row], cells: Sequence[MarkedCell]) -> bytes:
    """The sheet part."""
    last = max(HEADING_ROW + len(rows), HEADING_ROW + len(cells), HEADING_ROW)
    body = "".join(_lines(styles, rows, cells))
    links = "".join(_link(number, row) for number, row in enumerate(rows, HEADING_ROW + 1))
    merges = "".join(f'<mergeCell ref="A{n}:{column_letters(VISIBLE)}{n}"/>' for n in range(1, HEADING_ROW))
    first = f"A{HEADING_ROW + 1}"
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{dialect.main}">'
        '<sheetPr><tabColor rgb="FFC00000"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{column_letters(RECORD)}{last}"/>'
        '<sheetViews><sheetView showGridLines="0" zoomScale="90" zoomScaleNormal="90" workbookViewId="0">'
        f'<pane ySplit="{HEADING_ROW}" topLeftCell="{first}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="{first}" sqref="{first}"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{_columns()}</cols><sheetData>{body}</sheetData>'
        f'<autoFilter ref="{filter_area(len(rows))}"/>'
        f'<mergeCells count="{HEADING_ROW - 1}">{merges}</mergeCells>'
        f"{'<hyperlinks>' + links + '</hyperlinks>' if links else ''}"
        '<printOptions horizontalCentered="1"/>'
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter></worksheet>"
    ).encode()


def _columns() -> str:
    columns = []
    for number, width in enumerate(WIDTHS, 1):
        hidden = ' hidden="1"' if number > VISIBLE else ""
        columns.append(f'<col min="{number}" max="{number}" width="{width}"{hidden} customWidth="1"/>')
    return "".join(columns)


def filter_area(count: int) -> str:
    """The range of headings and lines, hidden key included, so that sorting keeps a line together."""
    return f"A{HEADING_ROW}:{column_letters(FINGERPRINT)}{HEADING_ROW + count}"


def local_names(name: str, index: int, count: int) -> list[LocalName]:
    """Names a spreadsheet program expects for the filter and for heading rows repeated in print."""
    sheet, edge = quoted(name), column_letters(FINGERPRINT)
    filtered = f"{sheet}!$A${HEADING_ROW}:${edge}${HEADING_ROW + count}"
    return [
        LocalName("_xlnm._FilterDatabase", index, filtered, hidden=True),
        LocalName("_xlnm.Print_Titles", index, f"{sheet}!${HEADING_ROW}:${HEADING_ROW}"),
    ]


def quoted(sheet: str) -> str:
    """A sheet name as references write it."""
    return "'" + sheet.replace("'", "''") + "'"


def _lines(styles: ListingStyles, rows: Sequence[Row], cells: Sequence[MarkedCell]) -> Iterable[str]:
    yield _row(1, [(1, NAME, styles.title)], 30)
    yield _row(2, [(1, summary(rows), styles.text)], 20)
    yield _row(3, [(1, TIP, styles.text)], 32)
    yield _row(HEADING_ROW, [(n, text, styles.heading) for n, text in enumerate(HEADINGS, 1)], 22)
    for index in range(max(len(rows), len(cells))):
        entries = _entries(styles, index + 1, rows[index]) if index < len(rows) else []
        if index < len(cells):
            entries.append((RECORD, cells[index].line(), styles.hidden))
        yield _row(HEADING_ROW + 1 + index, entries, _height(entries))


def _height(entries: Sequence[tuple[int, int | str, str]]) -> int:
    """Points that the visible texts of a line need; not every program fits rows to wrapped text on opening."""
    lines = 1
    for column, value, _ in entries:
        if column <= VISIBLE:
            room = WIDTHS[column - 1] - 2
            lines = max(lines, sum(-(-display_width(text) // room) for text in str(value).split("\n")))
    return min(6 + 15 * lines, 400)


def line_texts(number: int, row: Row) -> list[int | str]:
    """What a line says in each column of ``HEADINGS`` up to the fingerprint."""
    finding = row.finding
    gone = row.state == GONE
    level = GONE if gone else finding.severity.label
    place = f"{finding.ref.sheet} {finding.ref.a1}" if finding.ref else "整份表格" if not gone else ""
    texts = (finding.message, finding.printed, finding.expected, finding.suggestion)
    return [number, level, finding.code, place, *texts, row.explanation, row.state, row.key]


def _entries(styles: ListingStyles, number: int, row: Row) -> list[tuple[int, int | str, str]]:
    plain, body = styles.plain, styles.body
    severity = plain if row.state == GONE else styles.severity[row.finding.severity]
    link = styles.link if row.finding.ref else plain
    looks = (plain, severity, plain, link, body, body, body, body, styles.entry, plain, styles.hidden)
    return [
        (column, text, look) for column, (text, look) in enumerate(zip(line_texts(number, row), looks, strict=True), 1)
    ]


def summary(rows: Sequence[Row]) -> str:
    """How many lines of each severity, as one sentence."""
    found = [row.finding.severity for row in rows if row.state != GONE]
    if not found:
        return "没有发现问题。"
    counts = "，".join(f"{level.label} {found.count(level)} 条" for level in Severity if level in found)
    return f"共 {len(found)} 条：{counts}。"


def _row(number: int, entries: Sequence[tuple[int, int | str, str]], height: int = 0) -> str:
    size = f' ht="{height}"' + (' customHeight="1"' if number <= HEADING_ROW else "") if height else ""
    return f'<row r="{number}"{size}>' + "".join(_cell(number, *entry) for entry in entries) + "</row>"


def _cell(row: int, column: int, value: int | str, style: str) -> str:
    kind, content = value_markup(value if value != "" else None)
    head = f'<c r="{column_letters(column)}{row}" s="{style}"' + (f' t="{kind}"' if kind else "")
    return f"{head}>{content.decode()}</c>" if content else f"{head}/>"


def _link(number: int, row: Row) -> str:
    ref = row.finding.ref
    if ref is None:
        return ""
    location = escaped(f"{quoted(ref.sheet)}!{ref.a1}", quotes=True)
    display = escaped(f"{ref.sheet} {ref.a1}", quotes=True)
    return f'<hyperlink ref="{column_letters(4)}{number}" location="{location}" display="{display}"/>'


def find_sheet(book: BookMarkup, container: Container) -> tuple[Sheet, dict[Place, str]] | None:
    """Our sheet in a package with its texts; a sheet of that name that someone else made does not count."""
    shared = SharedTexts(container, book)
    for sheet in book.worksheets:
        if sheet.name.startswith(NAME):
            texts = _texts(SheetPatch(container.read(sheet.part)), shared)
            if headings(texts):
                return sheet, texts
    return None


def _texts(patch: SheetPatch, shared: SharedTexts) -> dict[Place, str]:
    texts = {}
    for place in patch.layout.cells:
        cell = patch.cell(place)
        if cell.content is not None:
            texts[place] = shared.text(cell.content) if cell.kind == "s" else cell.content
    return {place: unescaped(text) for place, text in texts.items()}


def headings(texts: Mapping[Place, str]) -> tuple[int, dict[str, int]] | None:
    """The row of the headings and their columns."""
    rows: dict[int, dict[str, int]] = {}
    for (row, column), text in texts.items():
        if row <= 20 and text in HEADINGS:
            rows.setdefault(row, {})[text] = column
    return next(((row, names) for row, names in rows.items() if {"说明", "指纹"} <= set(names)), None)


def explanations_in(texts: Mapping[Place, str]) -> dict[str, str]:
    """Explanations by the fingerprint of the finding each was written for."""
    found_headings = headings(texts)
    if found_headings is None:
        return {}
    row, columns = found_headings
    found: dict[str, str] = {}
    for (number, column), key in texts.items():
        if number <= row or column != columns["指纹"]:
            continue
        text = texts.get((number, columns["说明"]), "").strip()
        current, _, rest = key.partition("|")
        written_for, _, check = rest.partition("|")
        if text:
            found.setdefault(written_for if written_for and _sum(text) == check else current, text)
    return found


def record_lines(texts: Mapping[Place, str]) -> list[str]:
    """What the hidden column of records holds."""
    return [text for _, text in sorted(texts.items()) if text.startswith("{")]


def read_explanations(source: Book | Path) -> dict[str, str]:
    """The explanations (出错说明) that users typed on the sheet 校验结果, by fingerprint; {} without such a sheet."""
    if isinstance(source, Book):
        for grid in source.sheets:
            texts = {place: cell.text for place, cell in grid.cells.items()}
            if grid.name.startswith(NAME) and headings(texts):
                return explanations_in(texts)
        return {}
    container = Container(read_whole(source)[0])
    found = find_sheet(BookMarkup(container), container)
    return explanations_in(found[1]) if found else {}
