"""A user's own template: docxtpl's conventions, tags split by Word, awkward values, hostile input."""

from __future__ import annotations

import time
import zipfile
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.report.benchmark import plain_context, with_docxtpl
from tests.report.examples import SEEDS
from tests.report.word import W, audit, paras, part, rows, text, user_docx
from xlsuite.core.errors import TemplateError
from xlsuite.core.form import Cell, Ref
from xlsuite.report.compiled import ready
from xlsuite.report.facts import Facts
from xlsuite.report.materials import Materials

YIYANG = SEEDS["yiyang"]()
NAME = "益阳市土地储备全生命周期系统建设项目"


def facts(**texts: str) -> Facts:
    materials = Materials({**YIYANG.materials.texts, **texts}, YIYANG.materials.items, unit="万元")
    return Facts(YIYANG.form, YIYANG.card, YIYANG.profile, materials)


def rendered(*lines: str | list[list[str]], splits: bool = False, **texts: str) -> bytes:
    return ready(user_docx(*lines, splits=splits)).render(facts(**texts)).data


def shown(*lines: str | list[list[str]], splits: bool = False, **texts: str) -> list[str]:
    return [para.text for para in paras(rendered(*lines, splits=splits, **texts))]


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["{{ 项目名称 }}得{{总分}}分"], [f"{NAME}得92分"]),
        (["{{ project_name }}"], [NAME]),
        (["{{ 项目名称|length }}"], [str(len(NAME))]),
        (["{%p if 总分 %}", "有", "{%p else %}", "无", "{%p endif %}"], ["有"]),
        (["{% if 总分 %}", "有", "{% endif %}"], ["有"]),
        (["甲{% if 年度资金 %}乙{% else %}丙{% endif %}丁"], ["甲丙丁"]),
        (
            ["{%p for 项 in 资金明细 %}", "{{ loop.index }}、{{ 项.名称 }}", "{%p endfor %}"],
            ["1、国产化环境搭建", "2、软件开发"],
        ),
        (["{%p for item in items %}", "{{ item.name }}", "{%p endfor %}"], ["国产化环境搭建", "软件开发"]),
        (["{% for 项 in 资金明细 %}{{ 项.名称 }}；{% endfor %}"], ["国产化环境搭建；软件开发；"]),
        (["{%p set 头 = 资金明细|first %}", "{{ 头.支付 }}"], ["43.87"]),
        (["{# 说明 #}正文"], ["正文"]),
        (["{{ 执行率 if 执行率 else '无' }}"], ["77.11%"]),
        (["{{ “甲” ~ 总分 ~ ‘乙’ }}"], ["甲92乙"]),
        (["{{ 总分 + 8 }}"], ["100"]),
        (["{{ 资金明细|map(attribute='名称')|join('、') }}"], ["国产化环境搭建、软件开发"]),
        (["{{ 指标|selectattr('完成状态', 'equalto', '未完成')|list|length }}"], ["1"]),
        (["{{ 多年度安排说明 }}", "后文"], ["后文"]),
        (["{% if 总分 >= 90 %}优{% elif 总分 >= 80 %}良{% endif %}"], ["优"]),
        (["{% if 执行率 < 80 %}偏低{% endif %}{% if 执行率 != '100%' %}未满{% endif %}"], ["偏低未满"]),
        (["{% if 全年预算数 > 全年执行数 %}有结余{% endif %}"], ["有结余"]),
        (["{% if 素材.没有的 > 1 %}甲{% else %}乙{% endif %}"], ["乙"]),
        (["{{ (总分 / 3)|round(2) }}"], ["30.67"]),
        (["{{r 项目名称 }}"], [NAME]),
        (["不是标记：a{b}c"], ["不是标记：a{b}c"]),
    ],
)
def test_template(lines: list[str], wanted: list[str]) -> None:
    assert shown(*lines) == wanted


@pytest.mark.parametrize(
    "line", ["{{ 项目名称 }}", "甲{{ 总分 }}乙{{ 评价等次 }}丙", "{% if 总分 %}{{ 总分 }}{% endif %}"]
)
def test_tags_split_into_single_characters_heal(line: str) -> None:
    assert shown(line, splits=True) == shown(line)


def test_table_rows_and_merged_cells() -> None:
    data = rendered(
        [
            ["类", "名"],
            ["{%tr for 行 in 指标 %}", ""],
            ["{{ 行.一级指标|合并 }}", "{{ 行.三级指标 }}"],
            ["{%tr endfor %}", ""],
            ["合计", "{{ 总分 }}"],
        ]
    )
    table = rows(data, 0)
    assert len(table) == 2 + 23
    assert [row[0] for row in table if row[0]] == ["类", "产出指标", "效益指标", "合计"]
    merges = [cell.get(f"{W}val") for cell in part(data).iter(f"{W}vMerge")]
    assert merges == ["restart"] + ["continue"] * 15 + ["restart"] + ["continue"] * 6


def test_merging_starts_again_in_every_table() -> None:
    table = [["{%tr for 行 in 组.指标 %}"], ["{{ 行.一级指标|合并 }}"], ["{%tr endfor %}"]]
    data = rendered("{%p for 组 in 产出指标组 %}", table, "{%p endfor %}")
    merges = [cell.get(f"{W}val") for cell in part(data).iter(f"{W}vMerge")]
    assert merges.count("restart") == 4


def test_cell_marks_of_docxtpl() -> None:
    data = rendered([["{% colspan 2 %}甲", "乙"], ["{% cellbg 'FF0000' %}丙", "丁"]])
    assert [span.get(f"{W}val") for span in part(data).iter(f"{W}gridSpan")] == ["2"]
    assert [shade.get(f"{W}fill") for shade in part(data).iter(f"{W}shd")] == ["FF0000"]
    loop = rendered([["{%tr for 行 in 资金明细 %}", ""], ["{% vm %}甲", "{{ 行.名称 }}"], ["{%tr endfor %}", ""]])
    assert [cell.get(f"{W}val") for cell in part(loop).iter(f"{W}vMerge")] == ["restart", "continue"]


def test_same_text_as_docxtpl() -> None:
    lines: list[str | list[list[str]]] = [
        "{{ 项目名称 }}（{{ 评价年度 }}）",
        "{%p if 资金明细 %}",
        "{%p for 项 in 资金明细 %}",
        "{{ loop.index }}.{{ 项.名称 }}：{{ 项.说明 }}",
        "{%p endfor %}",
        "{%p endif %}",
        "A & B < C {{ 素材.项目概况 }}",
        [["名", "值"], ["{%tr for 行 in 指标 %}", ""], ["{{ 行.三级指标 }}", "{{ 行.分值 }}"], ["{%tr endfor %}", ""]],
    ]
    template = user_docx(*lines)
    ours = ready(template)
    theirs = with_docxtpl(template, plain_context(facts(), ours.names))
    assert text(ours.render(facts()).data) == text(theirs)


AWKWARD = [
    ("a<b & c>d \"e\" 'f'", ["a<b & c>d \"e\" 'f'"]),
    ("第一段\n第二段\r\n第三段", ["第一段", "第二段", "第三段"]),
    ("控制\x00\x01\x1f字符\ufffe", ["控制字符"]),
    ("制\t表", ["制\t表"]),
    ("{{ 总分 }} {% raw %}", ["{{ 总分 }} {% raw %}"]),
    ("</w:t></w:r><w:p>", ["</w:t></w:r><w:p>"]),
    ("长" * 50_000, ["长" * 50_000]),
    ("\ud800半个", ["半个"]),
    ("表情😀和生僻字𠮷", ["表情😀和生僻字𠮷"]),
]


@pytest.mark.parametrize(("value", "wanted"), AWKWARD)
def test_awkward_values_survive(value: str, wanted: list[str], tmp_path: Path) -> None:
    data = rendered("{{ 素材.项目概况 }}", "前{{ 素材.项目概况 }}后", 项目概况=value)
    found = [para.text for para in paras(data)]
    assert found[: len(wanted)] == wanted
    assert "".join(found[len(wanted) :]) == "前" + "".join(wanted) + "后"
    path = tmp_path / "out.docx"
    path.write_bytes(data)
    assert [error for error in audit(path) if "stylesWithEffects" not in error] == audit_of_empty(tmp_path)


def audit_of_empty(folder: Path) -> list[str]:
    path = folder / "empty.docx"
    path.write_bytes(user_docx("正文"))
    return [error for error in audit(path) if "stylesWithEffects" not in error]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gives_a_document_that_says_it(value: str) -> None:
    data = rendered("始{{ 素材.项目概况 }}终", 项目概况=value)
    said = "".join(para.text for para in paras(data))
    assert said.startswith("始")
    assert said.endswith("终")
    for word in value.split():
        kept = "".join(character for character in word if character.isalnum())
        assert kept in "".join(character for character in said if character.isalnum())


def test_missing_is_highlighted_in_place() -> None:
    found = paras(rendered("负责人：{{ 素材.负责人意见 }}，完。"))
    assert found[0].text == "负责人：【待补充：负责人意见】，完。"
    assert found[0].marked == ("【待补充：负责人意见】",)


def test_a_mark_written_by_the_user_is_highlighted_too() -> None:
    result = ready(user_docx("{{ 素材.项目概况 }}")).render(facts(项目概况="甲【待补充：乙】丙"))
    assert result.missing == ["乙"]
    assert paras(result.data)[0].marked == ("【待补充：乙】",)


def test_look_of_the_run_is_kept() -> None:
    import docx

    document = docx.Document()
    run = document.add_paragraph().add_run("{{ 素材.项目概况 }}")
    run.bold = True
    target = BytesIO()
    document.save(target)
    data = ready(target.getvalue()).render(facts(项目概况="甲\n乙")).data
    assert [run.find(f"{W}rPr/{W}b") is not None for run in part(data).iter(f"{W}r")] == [True, True]


def test_header_and_property_tags() -> None:
    import docx

    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "{{ 项目名称 }}"
    document.core_properties.title = "{{ 项目名称 }}报告"
    document.add_paragraph("正文")
    target = BytesIO()
    document.save(target)
    data = ready(target.getvalue()).render(facts()).data
    with zipfile.ZipFile(BytesIO(data)) as package:
        header = next(name for name in package.namelist() if "header" in name)
        assert NAME in package.read(header).decode()
        assert f"{NAME}报告" in package.read("docProps/core.xml").decode()


def test_other_members_are_copied_to_the_byte() -> None:
    template = user_docx("{{ 项目名称 }}")
    data = ready(template).render(facts()).data
    with zipfile.ZipFile(BytesIO(template)) as old, zipfile.ZipFile(BytesIO(data)) as new:
        assert set(old.namelist()) == set(new.namelist())
        for info in old.infolist():
            if info.filename != "word/document.xml":
                assert old.read(info.filename) == new.read(info.filename)
                assert new.getinfo(info.filename).compress_size == info.compress_size


def test_empty_lists_leave_no_ruins() -> None:
    lines = [[["名"], ["{%tr for 行 in 年度资金 %}"], ["{{ 行.年度 }}"], ["{%tr endfor %}"]]]
    assert rows(rendered(*lines), 0) == [["名"]]
    gone = rendered("前", [["{%tr for 行 in 年度资金 %}"], ["{{ 行.年度 }}"], ["{%tr endfor %}"]], "后")
    assert not list(part(gone).iter(f"{W}tbl"))
    import docx

    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.paragraphs[0].text = "{%p if 年度资金 %}"
    for line in ("乙", "{%p endif %}"):
        cell.add_paragraph(line)
    target = BytesIO()
    document.save(target)
    empty = ready(target.getvalue()).render(facts()).data
    assert rows(empty, 0) == [[""]]
    assert len(next(part(empty).iter(f"{W}tc")).findall(f"{W}p")) == 1


HOSTILE = [
    "{{ ''.__class__.__mro__ }}",
    "{{ 项目名称.__class__ }}",
    "{{ 项目名称['__class__'] }}",
    "{{ 项目名称|attr('__class__') }}",
    "{{ 素材.__class__.__init__.__globals__ }}",
    "{{ self }}",
    "{{ self._TemplateReference__context }}",
    "{{ _state }}",
    "{{ range(10**9)|list }}",
    "{{ range(3) }}",
    "{{ 10**10**10 }}",
    "{{ 'a' * 10**9 }}",
    "{{ 'a' * 1000000000 }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ 'a'|center(1000000000) }}",
    "{{ 'a'|indent(1000000000) }}",
    "{{ 'a'.ljust(1000000000) }}",
    "{{ 项目名称.format(1) }}",
    "{{ cycler('a') }}",
    "{{ lipsum() }}",
    "{% include '/etc/passwd' %}",
    "{% import 'x' as y %}",
    "{% extends 'x' %}",
    "{% macro f() %}{{ f() }}{% endmacro %}",
    "{% call f() %}{% endcall %}",
    "{% for x in 指标 recursive %}{{ loop(指标) }}{% endfor %}",
    "{% set ns = namespace(a=1) %}",
    "{{ joiner() }}",
    "{{ dict(a=1) }}",
    "{{ 1|_text(0) }}",
    "{{ 指标|map('upper').__class__ }}",
    "{% filter upper %}a{% endfilter %}",
    "{% raw %}{{ 1 }}{% endraw %}",
    "{% autoescape false %}x{% endautoescape %}",
    "{% do 1 %}",
    "{{ 1/0 }}",
    "{{ 项目名称 * 3 }}",
    "{{ 1.5|round(999999999, 1) }}",
    "{{ " + "(" * 300 + "1" + ")" * 300 + " }}",
    "{{ " + "9" * 6000 + " }}",
]


@pytest.mark.parametrize("line", HOSTILE)
def test_hostile_expressions_end_in_a_sentence(line: str) -> None:
    start = time.monotonic()
    with pytest.raises(TemplateError) as caught:
        rendered("前文", line)
    assert time.monotonic() - start < 3
    assert "第2段" in str(caught.value)
    assert "Traceback" not in str(caught.value)


LOOPS = [
    "{% for a in 指标 %}" * 12 + "x" + "{% endfor %}" * 12,
    "".join(f"{{% for {name} in 指标 %}}" for name in "abcd") + "{{ a.三级指标 }}" + "{% endfor %}" * 4,
    "{% set x = 'aaaaaaaaaa' %}" + "{% set x = x ~ x ~ x ~ x %}" * 40 + "{{ x }}",
    "{% set x = 'aaaaaaaaaa' %}" + "{% set x = x + x %}" * 60 + "{{ x }}",
    "{% set x = [1, 2] %}" + "{% set x = [x, x, x, x] %}" * 30 + "{{ x|join }}",
]


@pytest.mark.parametrize("line", LOOPS)
def test_growth_is_bounded(line: str) -> None:
    start = time.monotonic()
    with pytest.raises(TemplateError):
        rendered(line)
    assert time.monotonic() - start < 5


def test_a_big_loop_body_is_counted() -> None:
    lines = [
        "{%p for a in 指标 %}",
        "{%p for b in 指标 %}",
        "{%p for c in 指标 %}",
        *["长" * 5000] * 20,
        "{%p endfor %}",
    ]
    with pytest.raises(TemplateError, match="3200 万"):
        rendered(*lines, "{%p endfor %}", "{%p endfor %}")


BROKEN_FILES = [
    (b"", "空的"),
    (b"hello", "不是 Word"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "doc"),
]


@pytest.mark.parametrize(("data", "told"), BROKEN_FILES)
def test_what_is_no_docx_is_said(data: bytes, told: str) -> None:
    with pytest.raises(TemplateError, match=told):
        ready(data)


def changed(data: bytes, name: str, content: bytes | None) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        if content is not None:
            new.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("word/document.xml", None, "正文"),
        ("word/document.xml", b"<w:document", "结构不完整"),
        ("word/document.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "DOCTYPE"),
        ("word/document.xml", b"<a>" + b" " * (17 * 1024 * 1024) + b"</a>", "16 MB"),
        ("word/vbaProject.bin", b"x", "宏"),
        ("../evil", b"x", "部件名"),
        ("word/media/bomb.bin", b"\0" * (49 * 1024 * 1024), "过大"),
    ],
)
def test_damaged_packages_are_said(name: str, content: bytes | None, told: str) -> None:
    with pytest.raises(TemplateError, match=told):
        ready(changed(user_docx("正文"), name, content))


def test_too_many_tags_are_said() -> None:
    with pytest.raises(TemplateError, match="标记超过"):
        ready(user_docx("{{ 总分 }}" * 5001))


def test_truncated_file_is_said() -> None:
    data = user_docx("{{ 项目名称 }}" * 50)
    for length in (30, 100, len(data) // 2, len(data) - 5):
        with pytest.raises(TemplateError):
            ready(data[:length])


def test_ready_templates_are_reused() -> None:
    data = user_docx("{{ 项目名称 }}第二份")
    assert ready(data) is ready(bytes(bytearray(data)))


def test_arithmetic_on_what_is_no_number_is_said() -> None:
    with pytest.raises(TemplateError, match="不都是数字"):
        rendered("{{ 项目名称 - 1 }}")


def test_scores_are_decimals_not_floats() -> None:
    form = YIYANG.form
    former = form.funds[0].score
    form.funds[0].score = Cell(Decimal("7.71"), "7.71", Ref("自评表", 1, 1))
    try:
        assert shown("{{ 执行率得分 * 10 }}") == ["77.1"]
    finally:
        form.funds[0].score = former
