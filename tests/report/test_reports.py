"""The five published reports, written again: complete, in their own outline, every figure accounted for."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from tests.report.examples import SEEDS, Example
from tests.report.figures import unexplained
from tests.report.word import Para, W, audit, names, paras, part, rows, text, told
from xlsuite.core.form import Cell, Ref
from xlsuite.report.docxml import w
from xlsuite.report.materials import Materials
from xlsuite.report.outlines import load_outline, outline_ids
from xlsuite.report.write import ReportResult, render_report

HEADINGS = ("Heading1", "Heading2", "Heading3", "Heading4")


def write(example: Example, folder: Path, template: str | None = None) -> tuple[ReportResult, bytes]:
    result = render_report(
        example.form,
        example.card,
        example.profile,
        template=template or example.outline,
        materials=example.materials,
        output=folder / "报告.docx",
    )
    return result, result.path.read_bytes()


@pytest.fixture(params=sorted(SEEDS))
def report(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Example, ReportResult, bytes]:
    example = SEEDS[request.param]()
    return example, *write(example, tmp_path)


def test_report_is_clean(report: tuple[Example, ReportResult, bytes]) -> None:
    _, result, data = report
    assert audit(result.path) == []
    assert len(names(data)) == len(set(names(data)))


def test_nothing_of_the_template_is_left(report: tuple[Example, ReportResult, bytes]) -> None:
    content = text(report[2])
    assert not re.search(r"\{\{|\}\}|\{%|%\}|｛|｝|参考格式|None|\[bookmark|素材\.", content)


def test_chapters_stand_in_the_order_of_the_outline(report: tuple[Example, ReportResult, bytes]) -> None:
    example, _, data = report
    wanted = [block.text for block in load_outline(example.outline).blocks if block.kind == "h1"]
    found = [para.text for para in paras(data) if para.style == "Heading1"]
    assert found == [head for head in wanted if head != "八、自评结论" or example.form.total.score.value is not None]


def test_no_heading_is_empty(report: tuple[Example, ReportResult, bytes]) -> None:
    found = [para for para in paras(report[2]) if para.text.strip() or para.style == "XlFigure"]
    for former, following in pairwise(found):
        if former.style in HEADINGS:
            assert following.style not in HEADINGS or following.style > former.style, former.text
    assert found[-1].style not in HEADINGS


def test_every_figure_is_accounted_for(report: tuple[Example, ReportResult, bytes]) -> None:
    example, _, data = report
    assert unexplained(told(data), example) == []


def test_no_zero_amount_is_told_as_a_figure(report: tuple[Example, ReportResult, bytes]) -> None:
    prose = "\n".join(para.text for para in paras(report[2]) if not para.in_table)
    assert not re.search(r"(?<![\d.,])0(?:万元|元|分)", prose)


def test_missing_is_marked_and_listed(report: tuple[Example, ReportResult, bytes]) -> None:
    _, result, data = report
    marked = [mark for para in paras(data) for mark in para.marked]
    assert all(re.fullmatch("【待补充：[^】]+】", mark) for mark in marked)
    assert len(re.findall("【待补充：", text(data))) == len(marked)
    assert set(result.missing) == {mark[5:-1] for mark in marked}
    assert [finding.code for finding in result.findings].count("RPT001") == len(result.missing)


def test_every_font_has_its_east_asian_name(report: tuple[Example, ReportResult, bytes]) -> None:
    for run in part(report[2]).iter(f"{W}r"):
        fonts = run.find(f"{W}rPr/{W}rFonts")
        assert fonts is not None
        assert fonts.get(w("eastAsia"))


EXPECTED = {
    "zhanjiang": [
        "2023年度项目预算安排856万元。",
        "项目全年实际支出543.94万元，预算执行率63.54%，预算结余312.06万元。",
        "经自评，项目得95分，评价等次为“优”。",
        "资金共涉及5项支出，其中2项已支付完毕、3项尚未支付。",
        "自然资源政务一体化系统项目第二期：合同金额625万元，安排资金187.5万元，尚未支付（财政资金紧张）。",
        "国土空间基础信息平台建设项目第一期：安排资金301.6万元，已于2023年3月14日支付301.6万元，支付率100%。",
    ],
    "yanbian": [
        "2021年度项目预算安排469,515元。",
        "预算资金足额到位，实际到位469,515元，资金到位率100%。",
        "项目全年实际支出469,515元，预算执行率100%，预算资金全部支出，没有结余。",
        "以上各项合计安排资金469,515元，实际支付469,515元，支付率100%。",
    ],
    "yiyang": [
        "2022年度项目年初预算安排185.17万元，年中没有调整，全年预算185.17万元，资金来源为当年财政拨款。",
        "项目全年实际支出142.78万元，预算执行率77.11%，预算结余42.39万元。",
        "预算执行率指标分值10分，自评得9分，扣1分。",
        "自评满分为100分，其中预算执行率10分、产出指标50分、效益指标40分。",
        "经自评，项目得92分（满分100分），评价等次为“优”。",
        "软件开发：安排资金141.3万元，已支付98.91万元，支付率70%，尚有42.39万元没有支付。",
        "产出指标分值50分，自评得46分，其中数量指标得10分、质量指标得9分、时效指标得9分、成本指标得18分。",
        "共有6项指标没有得满分，合计扣8分。",
        "另有1项指标不适用，不参与评分。",
    ],
    "hengnan": [
        "2021年度项目预算安排178.8万元。",
        "项目全年实际支出178.8万元，预算执行率100%，预算资金全部支出，没有结余。",
    ],
    "jiangmen": [
        "2019年至2022年合计安排64000万元，年中压减13000万元，实际安排51000万元。",
        "2020年安排12000万元，年中压减1000万元，压减后为11000万元",
        "项目累计实际支出50418.98万元，预算执行率98.86%，预算结余581.02万元。",
        "经自评，项目得91分，评价等次为“优”。",
        "以上各项合计实际支付50418.98万元。",
    ],
}


@pytest.mark.parametrize("seed", sorted(EXPECTED))
def test_sentences(seed: str, tmp_path: Path) -> None:
    content = text(write(SEEDS[seed](), tmp_path)[1])
    for sentence in EXPECTED[seed]:
        assert sentence in content


def test_jiangmen_shares_are_those_of_the_payments(tmp_path: Path) -> None:
    data = write(SEEDS["jiangmen"](), tmp_path)[1]
    table = next(found for number in range(9) if "占比" in (found := rows(data, number))[0])
    assert [row[3] for row in table[1:7]] == ["14.34%", "10.61%", "6.85%", "5.62%", "29.31%", "33.28%"]
    assert table[7][1] == "50418.98"


def test_annexed_table_repeats_the_form(tmp_path: Path) -> None:
    example = SEEDS["yiyang"]()
    data = write(example, tmp_path)[1]
    tables = len(list(part(data).iter(f"{W}tbl")))
    head, lines = rows(data, tables - 2), rows(data, tables - 1)
    assert head[0][1] == "益阳市土地储备全生命周期系统建设项目"
    assert head[3][1:] == ["年度资金总额", "185.17", "185.17", "142.78", "10", "77.11%", "9"]
    told = [item for item in example.form.indicators if item.weight.value is not None or item.target.text == "不适用"]
    assert [row[2] for row in lines[1:-1]] == [" ".join(item.level3.text.split()) for item in told]
    assert [row[5] for row in lines[1:-1]] == [item.weight.text for item in told]
    assert lines[-1] == ["总分", "100", "92", ""]


def test_level_cells_of_the_annex_are_merged(tmp_path: Path) -> None:
    data = write(SEEDS["yiyang"](), tmp_path)[1]
    table = list(part(data).iter(f"{W}tbl"))[-1]
    merged = [
        [cell.find(f"{W}tcPr/{W}vMerge") for cell in row.findall(f"{W}tc")][:2] for row in table.findall(f"{W}tr")[1:-1]
    ]
    first = [cell[0].get(w("val")) for cell in merged]
    assert [index for index, value in enumerate(first) if value == "restart"] == [0, 16]
    second = [cell[1].get(w("val")) for cell in merged]
    assert [index for index, value in enumerate(second) if value == "restart"] == [0, 10, 12, 14, 16, 18, 20, 21, 22]
    texts = rows(data, len(list(part(data).iter(f"{W}tbl"))) - 1)
    assert [row[0] for row in texts[1:-1] if row[0]] == ["产出指标", "效益指标"]


@pytest.mark.parametrize(("seed", "landscape"), [("yiyang", True), ("zhanjiang", False), ("jiangmen", False)])
def test_a_report_without_annex_has_no_empty_last_page(seed: str, landscape: bool, tmp_path: Path) -> None:
    body = part(write(SEEDS[seed](), tmp_path)[1])[0]
    final = body[-1]
    assert final.tag == f"{W}sectPr"
    assert (final.find(f"{W}pgSz").get(w("orient")) == "landscape") == landscape
    assert body[-2].find(f"{W}pPr/{W}sectPr") is None


@pytest.mark.parametrize("outline", outline_ids())
def test_every_outline_takes_the_full_table(outline: str, tmp_path: Path) -> None:
    example = SEEDS["yiyang"]()
    result, data = write(example, tmp_path, outline)
    assert audit(result.path) == []
    assert unexplained(told(data), example) == []
    assert "项目得92分" in text(data)


@pytest.mark.parametrize("outline", outline_ids())
def test_every_outline_survives_an_empty_form(outline: str, tmp_path: Path) -> None:
    example = SEEDS["hengnan"]()
    form = replace(example.form, funds=[], info={}, year=Cell())
    bare = replace(example, form=form, materials=Materials())
    result, data = write(bare, tmp_path, outline)
    assert audit(result.path) == []
    assert "项目名称" in result.missing
    assert [para for para in paras(data) if para.style == "Heading1"]


def test_a_wrong_rate_is_computed_and_reported(tmp_path: Path) -> None:
    example = SEEDS["jiangmen"]()
    example.form.funds[0].rate = Cell(Decimal("0.9761"), "97.61%", Ref("自评表", 5, 7))
    result, data = write(example, tmp_path)
    assert "预算执行率98.86%" in text(data)
    assert "97.61" not in text(data)
    told = [finding for finding in result.findings if finding.code == "RPT002"]
    assert "97.61%" in told[0].message
    assert "50418.98 ÷ 51000 = 98.86%" in told[0].message
    assert told[0].ref == Ref("自评表", 5, 7)


def test_a_score_outside_the_law_is_reported(tmp_path: Path) -> None:
    result, _ = write(SEEDS["yiyang"](), tmp_path)
    told = [finding.message for finding in result.findings if finding.code == "RPT003"]
    assert any("预算执行率得分是9" in message and "7.71" in message for message in told)


def test_items_that_do_not_add_up_are_said(tmp_path: Path) -> None:
    result, data = write(SEEDS["zhanjiang"](), tmp_path)
    assert "合计数与全年预算856万元相差397.293918万元" in text(data)
    assert "合计数与全年执行数543.94万元相差3.453918万元" in text(data)
    assert [finding.code for finding in result.findings].count("RPT004") == 2


def test_a_paragraph_that_no_chapter_takes_is_told(tmp_path: Path) -> None:
    example = SEEDS["hengnan"]()
    example.materials.texts["项目效宜情况"] = "写错了字段名"
    told = [finding.message for finding in write(example, tmp_path)[0].findings if finding.code == "RPT006"]
    assert len(told) == 1
    assert "“项目效宜情况”没有用在这份报告里" in told[0]


def test_a_single_item_makes_no_table(tmp_path: Path) -> None:
    content = text(write(SEEDS["hengnan"](), tmp_path)[1])
    assert "表1" not in content
    assert "（1）" not in content


def test_the_same_report_twice_is_the_same_file(tmp_path: Path) -> None:
    assert write(SEEDS["yiyang"](), tmp_path)[1] == write(SEEDS["yiyang"](), tmp_path)[1]


def test_drawings_have_words_and_ids_of_their_own(tmp_path: Path) -> None:
    data = write(SEEDS["yiyang"](), tmp_path)[1]
    drawings = [element for element in part(data).iter() if element.tag.endswith("}docPr")]
    assert len(drawings) == 2
    assert len({element.get("id") for element in drawings}) == 2
    assert (
        drawings[1].get("descr") == "预算执行情况：年初预算数185.17万元，全年预算数185.17万元，全年执行数142.78万元。"
    )


def test_paras_helper_sees_tables(tmp_path: Path) -> None:
    found = paras(write(SEEDS["yiyang"](), tmp_path)[1])
    assert Para("XlCellHead", "资金项目", True, ()) in found
