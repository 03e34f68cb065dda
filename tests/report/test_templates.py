"""The templates that ship: built from their outlines, clean, official in layout, complete."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.report.word import W, audit, part
from xlsuite.report.build.package import package
from xlsuite.report.docxml import w
from xlsuite.report.outlines import load_outline, outline_fields, outline_ids
from xlsuite.report.template_check import check_template

FOLDER = Path(__file__).parents[2] / "templates"
SHIPPED = (
    "cn-eval",
    "cn-transfer",
    "gd-jiangmen",
    "gd-zhanjiang",
    "generic",
    "hn-project",
    "hn-project-old",
    "sc-project",
)
CHAPTERS = {
    "gd-zhanjiang": 7, "sc-project": 5, "hn-project": 7, "hn-project-old": 8, "gd-jiangmen": 6, "cn-eval": 7,
    "cn-transfer": 6, "generic": 7,
}  # fmt: skip
NUMERALS = "一二三四五六七八九十"


def contents(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_outline_ships() -> None:
    assert tuple(outline_ids()) == SHIPPED
    assert {path.stem for path in FOLDER.glob("*.docx")} == set(SHIPPED)


@pytest.mark.parametrize("outline", SHIPPED)
def test_committed_template_is_what_the_outline_builds(outline: str) -> None:
    assert contents((FOLDER / f"{outline}.docx").read_bytes()) == contents(package(load_outline(outline)))


@pytest.mark.parametrize("outline", SHIPPED)
def test_building_twice_gives_the_same_bytes(outline: str) -> None:
    assert package(load_outline(outline)) == package(load_outline(outline))


@pytest.mark.parametrize("outline", SHIPPED)
def test_template_is_clean(outline: str) -> None:
    path = FOLDER / f"{outline}.docx"
    assert audit(path) == []
    assert check_template(path.read_bytes()) == []
    assert not any("stylesWithEffects" in name for name in contents(path.read_bytes()))


@pytest.mark.parametrize("outline", SHIPPED)
def test_chapters_are_numbered_without_gap(outline: str) -> None:
    heads = [block.text for block in load_outline(outline).blocks if block.kind == "h1"]
    assert [head[:2] for head in heads] == [f"{NUMERALS[number]}、" for number in range(CHAPTERS[outline])]
    inner: list[str] = []
    for block in load_outline(outline).blocks:
        if block.kind == "h1":
            inner = []
        elif block.kind == "h2":
            inner.append(block.text)
            assert block.text.startswith(f"（{NUMERALS[len(inner) - 1]}）"), block.text


@pytest.mark.parametrize("outline", SHIPPED)
def test_fields_have_chapter_and_hint_and_are_printed(outline: str) -> None:
    fields = outline_fields(outline)
    assert len({key for _, key, _, _ in fields}) == len(fields)
    assert all(chapter and key == label and hint for chapter, key, label, hint in fields)
    printed = "".join(f"{block.text}{block.extra}" for block in load_outline(outline).blocks)
    filled_in_for = {
        "资金到位情况": "资金到位说明",
        "总体目标": "年度总体目标",
        "总体目标完成情况": "{{ 总体目标完成情况 }}",
        "填报日期": "{{ 填报日期 }}",
    }
    for block in load_outline(outline).blocks:
        if block.kind == "字段":
            assert filled_in_for[block.text] in printed


@pytest.mark.parametrize("outline", SHIPPED)
def test_every_style_and_run_names_its_east_asian_font(outline: str) -> None:
    data = (FOLDER / f"{outline}.docx").read_bytes()
    styles = part(data, "word/styles.xml")
    for style in styles.iter(f"{W}style"):
        fonts = style.find(f"{W}rPr/{W}rFonts")
        assert fonts is not None
        assert fonts.get(w("eastAsia")), style.get(w("styleId"))
        assert not [key for key in fonts.attrib if key.endswith("Theme")]
    for name in ("word/document.xml", "word/footer1.xml", "word/footer2.xml"):
        for run in part(data, name).iter(f"{W}r"):
            assert run.find(f"{W}rPr/{W}rFonts").get(w("eastAsia"))
    fonts = {font.get(w("name")): font.find(f"{W}altName") for font in part(data, "word/fontTable.xml")}
    for name in ("仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体", "宋体"):
        assert fonts[name].get(w("val"))


@pytest.mark.parametrize("outline", SHIPPED)
def test_page_and_type_follow_the_standard(outline: str) -> None:
    """GB/T 9704-2012: A4, 37 mm above and 28 mm left of a text area of 156 × 225 mm; 三号 body, two characters in."""
    data = (FOLDER / f"{outline}.docx").read_bytes()
    sections = list(part(data).iter(f"{W}sectPr"))
    upright = [found for found in sections if found.find(f"{W}pgSz").get(w("orient")) is None]
    for found in upright:
        size, margin = found.find(f"{W}pgSz"), found.find(f"{W}pgMar")
        twips = {key: int(margin.get(w(key))) for key in ("top", "left", "right", "bottom")}
        assert (size.get(w("w")), size.get(w("h"))) == ("11906", "16838")
        assert (twips["top"], twips["left"]) == (2098, 1587)
        assert abs((11906 - twips["left"] - twips["right"]) / 56.69 - 156) < 0.5
        assert abs((16838 - twips["top"] - twips["bottom"]) / 56.69 - 225) < 0.5
    assert sections[-1].find(f"{W}pgSz").get(w("orient")) == "landscape"
    styles = {style.get(w("styleId")): style for style in part(data, "word/styles.xml").iter(f"{W}style")}
    wanted = {
        "XlText": ("仿宋_GB2312", "32"),
        "Heading1": ("黑体", "32"),
        "Heading2": ("楷体_GB2312", "32"),
        "Title": ("方正小标宋简体", "44"),
        "Footer": ("宋体", "28"),
    }
    for key, (font, size_) in wanted.items():
        assert styles[key].find(f"{W}rPr/{W}rFonts").get(w("eastAsia")) == font
        assert styles[key].find(f"{W}rPr/{W}sz").get(w("val")) == size_
    for key in ("XlText", "Heading1", "Heading2", "Heading3"):
        assert styles[key].find(f"{W}pPr/{W}ind").get(w("firstLineChars")) == "200"
        assert styles[key].find(f"{W}pPr/{W}spacing").get(w("lineRule")) == "exact"


@pytest.mark.parametrize("outline", SHIPPED)
def test_page_numbers_stand_outside_between_dashes(outline: str) -> None:
    data = (FOLDER / f"{outline}.docx").read_bytes()
    for name, side in (("word/footer1.xml", "right"), ("word/footer2.xml", "left")):
        footer = part(data, name)
        assert footer.find(f".//{W}jc").get(w("val")) == side
        assert "".join(footer.itertext(f"{W}t")) == "— 1 —"
        assert "PAGE" in "".join(footer.itertext(f"{W}instrText"))
    assert part(data, "word/settings.xml").find(f"{W}evenAndOddHeaders") is not None
    covered = bool([block for block in load_outline(outline).blocks if block.kind.startswith("封面")])
    starts = [found.find(f"{W}pgNumType") for found in part(data).iter(f"{W}sectPr")]
    assert any(start is not None and start.get(w("start")) == "1" for start in starts) == covered


@pytest.mark.parametrize("outline", SHIPPED)
def test_table_rows_do_not_break_and_heads_repeat(outline: str) -> None:
    data = (FOLDER / f"{outline}.docx").read_bytes()
    tables = list(part(data).iter(f"{W}tbl"))
    for table in tables:
        for row in table.findall(f"{W}tr"):
            assert row.find(f"{W}trPr/{W}cantSplit") is not None
        assert table.find(f"{W}tblPr/{W}tblDescription").get(w("val"))
    looped = [table for table in tables if "一级指标|合并" in "".join(table.itertext(f"{W}t"))]
    assert len(looped) == 1
    assert looped[0].find(f"{W}tr/{W}trPr/{W}tblHeader") is not None


def test_tags_in_templates_are_readable_names() -> None:
    for outline in SHIPPED:
        for tag in re.findall(r"\{\{ *(.*?) *\}\}", "".join(part(package(load_outline(outline))).itertext(f"{W}t"))):
            assert re.fullmatch(r"[\u4e00-\u9fff]+(?:\.[\u4e00-\u9fff]+)?(?:\|[\u4e00-\u9fff]+)?|loop\.index", tag), tag
