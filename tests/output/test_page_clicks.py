"""The page in a real browser: what it shows, what clicks and keys do, and that it never asks the network."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import need
from tests.output.page_records import HOSTILE, examples, many
from xlsuite.output.html import write_page

pytestmark = pytest.mark.browser

QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
ROWS = "#units tbody tr"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    program = shutil.which("chromium") or shutil.which("google-chrome")
    need(program, "Chromium")
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield started
        started.close()


class Shown:
    """A page, what it asked for, and what went wrong in it."""

    def __init__(self, browser: Any, path: Path) -> None:
        self.page = browser.new_page(viewport={"width": 1360, "height": 900})
        self.asked: list[str] = []
        self.wrong: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("console", lambda message: self.wrong.append(message.text) if message.type == "error" else None)
        self.page.on("dialog", lambda dialog: (self.wrong.append(dialog.message), dialog.dismiss()))
        start = time.perf_counter()
        self.page.goto(path.as_uri())
        self.page.wait_for_selector("body[data-ready]")
        self.seconds = time.perf_counter() - start

    def tile(self, name: str) -> int:
        text = self.page.locator(".tile", has_text=name).filter(has=self.page.get_by_text(name, exact=True))
        return int(text.locator("b").inner_text().replace(",", ""))

    def column(self, number: int) -> list[str]:
        return self.page.locator(f"{ROWS} td:nth-child({number})").all_inner_texts()

    def sort(self, name: str) -> None:
        self.page.locator("#units th button", has_text=name).click()

    def focused(self) -> str:
        return str(self.page.evaluate("document.activeElement.dataset.index || document.activeElement.id"))


Show = Callable[[list[dict[str, Any]]], Shown]


@pytest.fixture
def show(browser: Any, tmp_path: Path) -> Iterator[Show]:
    opened: list[Shown] = []

    def run(records: list[dict[str, Any]]) -> Shown:
        target = tmp_path / "结果 页.html"
        write_page(records, target)
        opened.append(Shown(browser, target))
        return opened[-1]

    yield run
    for shown in opened:
        address = (tmp_path / "结果 页.html").as_uri()
        assert [url for url in shown.asked if url != address and not url.startswith("data:")] == []
        assert shown.wrong == []
        shown.page.close()


def counted(records: list[dict[str, Any]], severity: str) -> int:
    return sum(finding["severity"] == severity for record in records for finding in record["findings"])


@pytest.mark.parametrize("size", [20, 5000])
def test_the_totals_are_those_of_the_records(show: Show, size: int) -> None:
    records = many(size)
    shown = show(records)
    assert shown.tile("文件") == size
    assert shown.tile("自评表") == sum(len(record["forms"]) for record in records)
    assert shown.tile("无法检查") == sum(bool(record["error"]) for record in records)
    assert shown.tile("错误") == counted(records, "error")
    assert shown.tile("警告") == counted(records, "warning")
    assert shown.tile("提示") == counted(records, "info")
    assert shown.page.locator(ROWS).count() == min(size, 100)
    assert sum(
        int(n.replace(",", "")) for n in shown.page.locator("#rates .bar span:last-child").all_inner_texts()
    ) == (shown.tile("自评表"))


def test_five_thousand_forms_load_sort_and_filter_quickly(show: Show) -> None:
    shown = show(many(5000))
    assert shown.seconds < 10
    start = time.perf_counter()
    shown.sort("复算得分")
    shown.page.locator("#search").fill("青山镇 教育局")
    shown.page.wait_for_function("document.getElementById('page').textContent.includes('/ 1 页')")
    assert time.perf_counter() - start < 5
    assert all("青山镇教育局" in name for name in shown.column(1) if name)
    shown.page.locator("#search").fill("")
    shown.page.locator("#next").click()
    assert shown.page.locator("#page").inner_text() == "第 2 / 50 页"
    assert shown.page.locator("#next").is_enabled()


@pytest.mark.parametrize(
    ("name", "column", "first_down"), [("复算得分", 5, False), ("错误", 8, True), ("执行率", 7, False)]
)
def test_a_click_on_a_heading_sorts_and_a_second_one_reverses(
    show: Show, name: str, column: int, first_down: bool
) -> None:
    shown = show(many(60))

    def numbers() -> list[Decimal]:
        texts = [text.rstrip("%") for text in shown.column(column)]
        return [Decimal(text) if text not in ("—", "") else Decimal(-1) for text in texts]

    shown.sort(name)
    assert numbers() == sorted(numbers(), reverse=first_down)
    shown.sort(name)
    assert numbers() == sorted(numbers(), reverse=not first_down)
    assert shown.page.locator("th[aria-sort]:not([aria-sort=none])").count() == 1


def test_filters_keep_what_they_say(show: Show) -> None:
    records = many(90)
    shown = show(records)
    shown.page.locator("#level").select_option("error")
    assert shown.page.locator(ROWS).count() == sum(counted([record], "error") > 0 for record in records)
    shown.page.locator("#level").select_option("failed")
    assert shown.page.locator(ROWS).count() == sum(bool(record["error"]) for record in records)
    shown.page.locator("#level").select_option("")
    code = records[1]["findings"][0]["code"]
    shown.page.locator("#rule").select_option(code)
    assert shown.page.locator(ROWS).count() == sum(
        any(finding["code"] == code for finding in record["findings"]) for record in records
    )
    shown.page.locator("#rule").select_option("")
    shown.page.locator("#defects button").first.click()
    chosen = shown.page.locator("#rule").input_value()
    assert chosen
    assert 0 < shown.page.locator(ROWS).count() < 90


def test_a_row_opens_by_click_with_its_cells_marked_and_escape_gives_the_focus_back(show: Show) -> None:
    records = examples()
    index = next(i for i, record in enumerate(records) if counted([record], "error") >= 2)
    shown = show(records)
    page = shown.page
    page.locator(ROWS).nth(index).click()
    assert page.locator("#detail").is_visible()
    assert page.locator("#detail .findings li").count() == len(records[index]["findings"])
    marked = page.locator("#detail [class*=mark-error]")
    assert marked.count() >= 1
    assert marked.first.is_visible()
    colour = marked.first.evaluate("e => getComputedStyle(e).backgroundColor")
    assert colour not in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)")
    assert marked.first.get_attribute("title")
    page.keyboard.press("Escape")
    assert not page.locator("#detail").is_visible()
    assert shown.focused() == str(index)


def test_every_finding_with_a_field_marks_a_cell(show: Show) -> None:
    records = examples()
    shown = show(records)
    for index, record in enumerate(records):
        fields = {finding["field"] for finding in record["findings"] if finding["field"]}
        shown.page.locator(ROWS).nth(index).click()
        assert shown.page.locator("#detail [class*=mark-]").count() == len(fields), record["file"]
        shown.page.keyboard.press("Escape")


def test_the_keyboard_alone_is_enough(show: Show) -> None:
    shown = show(many(20))
    keys = shown.page.keyboard
    keys.press("/")
    assert shown.focused() == "search"
    keys.type("教育局")
    for _ in range(40):
        keys.press("Tab")
        if shown.page.evaluate("document.activeElement.matches('#units tbody tr')"):
            break
    first = shown.focused()
    keys.press("ArrowDown")
    second = shown.focused()
    assert first != second
    keys.press("Enter")
    assert shown.page.locator("#detail").is_visible()
    assert shown.page.evaluate("document.activeElement.textContent").startswith("关闭")
    keys.press("Enter")
    assert not shown.page.locator("#detail").is_visible()
    assert shown.focused() == second


def test_print_shows_all_chosen_rows_and_no_controls(show: Show) -> None:
    shown = show(many(250))
    page = shown.page
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator(ROWS).count() == 250
    assert not page.locator("#search").is_visible()
    assert not page.locator(".pager").is_visible()
    assert "共 250 条" in page.locator("#printed").inner_text()
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(ROWS).count() == 100
    page.locator(ROWS).nth(1).click()
    page.emulate_media(media="print")
    assert page.locator("#d-title").is_visible()
    assert not page.locator("#units").is_visible()
    page.emulate_media(media="screen")


@pytest.mark.parametrize("size", [1, 3000])
def test_content_stays_content(show: Show, size: int) -> None:
    records = many(size)
    records[0]["file"] = HOSTILE
    form = records[0]["forms"][0]
    form["facts"] |= {"unit": HOSTILE, "project_name": HOSTILE}
    form["view"]["head"] = [["info.unit", HOSTILE, HOSTILE]]
    shown = show(records)
    assert shown.page.title() == "绩效自评检查结果"
    assert shown.column(1)[0] == HOSTILE
    shown.page.locator(ROWS).first.click()
    assert shown.page.locator("#d-title").inner_text() == HOSTILE
    assert shown.page.locator("img, #detail script").count() == 0


def test_an_empty_result_is_no_blank_page(show: Show) -> None:
    shown = show([])
    assert shown.tile("文件") == 0
    assert shown.page.locator("#count").inner_text() == "共 0 条"
