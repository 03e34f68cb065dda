"""Which template is used, line spacing, charts, fonts, output files, PDF."""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.report.examples import SEEDS
from tests.report.figures import unexplained
from tests.report.word import W, part, text, user_docx
from xlsuite.core.errors import TemplateError, UnsafeWrite, UsageError
from xlsuite.core.profile import Setting, load
from xlsuite.hosts.soffice import convert, find
from xlsuite.report import charts, fonts
from xlsuite.report.build.__main__ import main as build
from xlsuite.report.context import BY_NAME, FIELDS, describe
from xlsuite.report.docxml import w
from xlsuite.report.facts import Facts
from xlsuite.report.library import line_spacing, outline_of, shipped, template_beside, template_bytes, template_ids
from xlsuite.report.records import RECORDS
from xlsuite.report.values import Picture
from xlsuite.report.write import render_report

YIYANG = SEEDS["yiyang"]()


def facts() -> Facts:
    return Facts(YIYANG.form, YIYANG.card, YIYANG.profile, YIYANG.materials)


def test_every_profile_names_a_template() -> None:
    from xlsuite.core.profile import profile_ids

    for profile_id in profile_ids():
        assert outline_of(load(profile_id).at(2023)) in template_ids()


def test_transfer_forms_take_the_transfer_outline() -> None:
    assert outline_of(YIYANG.profile, replace(YIYANG.form, kind="transfer")) == "cn-transfer"
    assert outline_of(YIYANG.profile, YIYANG.form) == "hn-project"


@pytest.mark.parametrize("points", [28, 29, 30])
def test_line_spacing_is_the_profiles(points: int) -> None:
    styles = {
        style.get(w("styleId")): style
        for style in part(shipped("hn-project", points), "word/styles.xml").iter(f"{W}style")
    }
    spacing = styles["XlText"].find(f"{W}pPr/{W}spacing")
    assert (spacing.get(w("line")), spacing.get(w("lineRule"))) == (str(points * 20), "exact")
    profile = replace(YIYANG.profile, settings={"report.line_spacing": Setting(2000, Decimal(points), "试")})
    assert line_spacing(profile) == points


@pytest.mark.parametrize("name", ["自评表-模板.docx", "自评表模板.docx", "报告模板.docx"])
def test_a_template_beside_the_workbook_is_used(name: str, tmp_path: Path) -> None:
    workbook = tmp_path / "自评表.xlsx"
    (tmp_path / name).write_bytes(user_docx("本局模板：{{ 项目名称 }}"))
    assert template_beside(workbook) == tmp_path / name
    result = render_report(
        YIYANG.form,
        YIYANG.card,
        YIYANG.profile,
        materials=YIYANG.materials,
        output=tmp_path / "报告.docx",
        workbook=workbook,
    )
    assert text(result.path.read_bytes()).startswith("本局模板：益阳市")


def test_a_template_may_be_named_relative_to_the_workbook(tmp_path: Path) -> None:
    (tmp_path / "我的.docx").write_bytes(user_docx("{{ 总分 }}"))
    assert (
        template_bytes("我的.docx", YIYANG.form, YIYANG.profile, tmp_path / "表.xlsx")
        == (tmp_path / "我的.docx").read_bytes()
    )


def test_unknown_templates_are_told_with_the_known_ones(tmp_path: Path) -> None:
    for name in ("hn-projekt", str(tmp_path / "没有.docx")):
        with pytest.raises(UsageError, match="hn-project"):
            template_bytes(name, YIYANG.form, YIYANG.profile)


def test_a_wrong_template_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "坏.docx").write_bytes(user_docx("{{ 项目名秤 }}"))
    target = tmp_path / "报告.docx"
    with pytest.raises(TemplateError, match="项目名称"):
        render_report(YIYANG.form, YIYANG.card, YIYANG.profile, template=tmp_path / "坏.docx", output=target)
    assert not target.exists()


@pytest.mark.skipif(os.name != "posix", reason="folders are not files on every system")
def test_an_output_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnsafeWrite, match="写不进去"):
        render_report(YIYANG.form, YIYANG.card, YIYANG.profile, output=tmp_path / "没有" / "报告.docx")
    assert list(tmp_path.iterdir()) == []


def test_charts_are_pictures_with_words() -> None:
    for picture in (charts.execution_chart(facts()), charts.score_chart(facts())):
        assert isinstance(picture, Picture)
        assert picture.png.startswith(b"\x89PNG")
        assert len(picture.png) < 60_000
        assert unexplained(picture.description, YIYANG) == []
    assert charts.score_chart(facts()).description.startswith("各部分分值与得分：预算执行率分值10分，预算执行率得分9分")  # type: ignore[union-attr]


def test_charts_are_told_apart_without_colour() -> None:
    """In grey, the hatched bar keeps a pattern: it has at least two tones inside, the plain bar has one."""
    from io import BytesIO

    from PIL import Image

    picture = charts.execution_chart(facts())
    assert picture is not None
    grey = Image.open(BytesIO(picture.png)).convert("L")
    width, height = grey.size
    inside = int(width * (0.26 + 0.2))
    tones = []
    for bar in range(3):
        middle = (charts._MARGIN / 2 + charts._ROW * (bar + 0.5)) / picture.height
        tones.append(len({grey.getpixel((x, int(height * middle))) for x in range(inside, inside + 60)}))
    assert tones[0] == tones[1] == 1
    assert tones[2] > 1


def test_without_a_chinese_font_there_is_no_chart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(charts, "chinese_font", lambda: "")
    assert charts.execution_chart(facts()) is None
    result = render_report(YIYANG.form, YIYANG.card, YIYANG.profile, template="hn-project", output=tmp_path / "a.docx")
    assert "图1" not in text(result.path.read_bytes())


def test_fonts_are_looked_for_by_file_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "SIMHEI.TTF").write_bytes(b"")
    (tmp_path / "simsun.ttc").write_bytes(b"")
    monkeypatch.setattr(fonts, "_folders", lambda: [tmp_path])
    fonts.chinese_font.cache_clear()
    try:
        assert fonts.chinese_font().endswith("SIMHEI.TTF")
    finally:
        fonts.chinese_font.cache_clear()


def test_every_field_is_documented_with_an_example() -> None:
    notes = describe(facts())
    assert len({note.name for note in notes}) == len(notes)
    assert all(note.meaning and re.fullmatch(r"[a-z0-9_.]+", note.alias) for note in notes)
    by_name = {note.name: note.example for note in notes}
    assert by_name["项目名称"] == "益阳市土地储备全生命周期系统建设项目"
    assert by_name["指标"] == "共23项"
    assert by_name["指标.三级指标"] == "工作台模块"
    assert by_name["执行情况图"].startswith("（图：预算执行情况")


def test_names_and_aliases_do_not_clash() -> None:
    assert len(BY_NAME) == 2 * len(FIELDS)
    for entries in RECORDS.values():
        keys = [key for entry in entries for key in (entry.name, entry.alias)]
        assert len(set(keys)) == len(keys)


def test_building_the_templates(tmp_path: Path) -> None:
    assert build([str(tmp_path), "--check"]) == 1
    assert build([str(tmp_path)]) == 0
    assert build([str(tmp_path), "--check"]) == 0


@pytest.mark.office
@pytest.mark.skipif(find() is None, reason="no LibreOffice here")
def test_reports_open_in_libreoffice(tmp_path: Path) -> None:
    result = render_report(
        YIYANG.form,
        YIYANG.card,
        YIYANG.profile,
        materials=YIYANG.materials,
        template="hn-project",
        output=tmp_path / "报告.docx",
    )
    pypdf = pytest.importorskip("pypdf")
    pages = pypdf.PdfReader(convert([result.path], "pdf", tmp_path)[0]).pages
    printed = Counter("".join(page.extract_text() for page in pages))
    wanted = Counter("".join(text(result.path.read_bytes()).split()))
    assert not {sign: count for sign, count in (wanted - printed).items() if sign not in "“”"}
    assert 8 <= len(pages) <= 10
