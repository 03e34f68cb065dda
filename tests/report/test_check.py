"""``template check``: every error at once, each with its place and a way out; a copy with a comment at each."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.report.word import W, audit, part, text_of, user_docx
from xlsuite.core.errors import TemplateError
from xlsuite.report.compiled import ready
from xlsuite.report.template_check import annotated_copy, check_file, check_template

WRONG = [
    ("{{ 项目名秤 }}", "没有名为“项目名秤”的字段", "“项目名称”"),
    ("{{ projct_name }}", "没有名为“projct_name”的字段", "“project_name”"),
    ("{{ 执行律 }}", "没有名为“执行律”的字段", "“执行率”"),
    ("{{ 项目名称", "没有配对的右花括号", "同一段"),
    ("项目名称 }}", "没有配对的左花括号", ""),
    ("｛｛ 项目名称 ｝｝", "全角花括号", "半角"),
    ("{｛ 项目名称 ｝}", "全角花括号", "半角"),
    ("{％ if 总分 ％}", "全角花括号", "半角"),
    ("{{ 项目 名称 }}", "字段名中间不能有空格", ""),
    ("{{ }}", "是空的", ""),
    ("{{ 项目名称 | 大些 }}", "没有名为“大些”的过滤器", ""),
    ("{{ 资金明细 }}", "是列表，不能直接打印", "{%p for"),
    ("{{ 资金明细.名称 }}", "是列表", "逐项"),
    ("{{ 项目名称.长度 }}", "没有子字段“长度”", ""),
    ("{{ 素材 }}", "后面要写素材的字段名", "素材.项目背景"),
    ("{{ 资金明细合计 }}", "是一条记录", "资金明细合计.名称"),
    ("{%p if 总分 %}", "没有结束", "{%p endif %}"),
    ("{%p endif %}", "前面没有与它配对的", ""),
    ("{%p for 项 资金明细 %}", "写法不对", ""),
    ("{%p fro 项 in 资金明细 %}", "不认识的控制标记“fro”", "“for”"),
    ("{%tr if 总分 %}", "不在表格里", "p 前缀"),
    ("{{ loop.index }}", "循环没有", ""),
    ("{{ 项目名称 {{ 总分 }}", "又有一个左花括号", ""),
    ("{% include 'a' %}", "不认识的控制标记“include”", ""),
    ("{{ range(5) }}", "不允许的写法：函数调用", ""),
]


@pytest.mark.parametrize(("line", "told", "way"), WRONG)
def test_each_error_is_told_with_its_place(line: str, told: str, way: str) -> None:
    problems = [problem for problem in check_template(user_docx("第一段", line)) if problem.fatal]
    assert problems, line
    messages = [str(problem) for problem in problems]
    assert any(told in message and way in message for message in messages), messages
    assert all(problem.paragraph == 2 for problem in problems)
    assert all(message.startswith("正文第2段：") for message in messages)


PAIRS = [
    (["{%p for 项 in 资金明细 %}", "{{ 项.名秤 }}", "{%p endfor %}"], "“项”没有名为“名秤”的子字段，是不是想写“名称”"),
    (["{%p for 项 in 资金明细 %}", "{%p endif %}", "{%p endfor %}"], "不配对"),
    (["{%p for 项 in 项目名称们 %}", "{%p endfor %}"], "没有名为“项目名称们”的字段"),
    (["{%p if 总分 %}甲{%p endif %}"], "同一段落里有两个控制标记"),
    (["{%p if 总分 %}", "{%tr endif %}"], "前缀不同"),
    (["{%p for 项 in 资金明细 %}", "{%p endfor %}", "{{ 项.名称 }}"], "没有名为“项”的字段"),
]


@pytest.mark.parametrize(("lines", "told"), PAIRS)
def test_errors_between_tags(lines: list[str], told: str) -> None:
    assert any(told in str(problem) for problem in check_template(user_docx(*lines)) if problem.fatal)


def test_block_over_two_cells_is_told() -> None:
    problems = check_template(user_docx([["{% for 项 in 资金明细 %}{{ 项.名称 }}", "{{ 项.支付 }}{% endfor %}"]]))
    assert any("不在同一个单元格" in str(problem) and "{%tr for" in str(problem) for problem in problems)


def test_two_row_tags_in_one_row_are_told() -> None:
    problems = check_template(user_docx([["{%tr for 项 in 资金明细 %}", "{%tr endfor %}"]]))
    assert any("同一表格行里有两个控制标记" in str(problem) for problem in problems)


NOTICES = [
    (user_docx("{{ 项目名称 }}", splits=True), "被 Word 拆成了几段"),
    (user_docx("{{ 项目名称|join(“、”) }}"), "全角的引号"),
    (user_docx("{{ 素材.局长寄语 }}"), "不在自带提纲里"),
    (user_docx("没有标记"), "没有任何标记"),
    (user_docx("{%p if 总分 %}这些字会消失", "甲", "{%p endif %}"), "其他文字不会出现"),
]


@pytest.mark.parametrize(("data", "told"), NOTICES)
def test_notices_do_not_stop_a_report(data: bytes, told: str) -> None:
    problems = check_template(data)
    assert any(told in problem.message for problem in problems)
    assert not any(problem.fatal for problem in problems)
    ready(data)


def test_many_healed_tags_are_told_once() -> None:
    problems = check_template(user_docx(*["{{ 项目名称 }}"] * 9, splits=True))
    assert len(problems) == 1
    assert "有 9 个标记被 Word 拆成了几段" in str(problems[0])


def test_every_error_at_once() -> None:
    lines = [line for line, _, _ in WRONG if not line.startswith("{%p") and "loop" not in line]
    problems = [problem for problem in check_template(user_docx(*lines)) if problem.fatal]
    assert {problem.paragraph for problem in problems} == set(range(1, len(lines) + 1))
    with pytest.raises(TemplateError) as caught:
        ready(user_docx(*lines))
    assert len([problem for problem in caught.value.problems if problem.fatal]) == len(problems)  # type: ignore[attr-defined]
    assert "另有" in str(caught.value)


def test_a_good_template_has_nothing_to_say() -> None:
    assert check_template(user_docx("{{ 项目名称 }}", "{%p if 总分 %}", "得{{ 总分 }}分", "{%p endif %}")) == []


def comments(data: bytes) -> dict[str, str]:
    """Quoted words by comment text."""
    told = {item.get(f"{W}id"): text_of(item) for item in part(data, "word/comments.xml")}
    found = {}
    for paragraph in part(data).iter(f"{W}p"):
        for start in paragraph.iter(f"{W}commentRangeStart"):
            number, words, element = start.get(f"{W}id"), "", start.getnext()
            while element.tag != f"{W}commentRangeEnd" or element.get(f"{W}id") != number:
                words += text_of(element)
                element = element.getnext()
            found[told[number]] = words
    return found


def test_comments_stand_at_their_places(tmp_path: Path) -> None:
    data = user_docx("好的一段", "前面{{ 项目名秤 }}后面", "｛｛ 总分 ｝｝", [["{{ 表里 }}"]])
    copy = annotated_copy(data, check_template(data))
    found = comments(copy)
    assert any("项目名秤" in told and "{{ 项目名秤 }}" in words for told, words in found.items())
    assert any("全角" in told and "｛｛" in words for told, words in found.items())
    assert any("表里" in told and words == "{{ 表里 }}" for told, words in found.items())
    path = tmp_path / "copy.docx"
    path.write_bytes(copy)
    assert [error for error in audit(path) if "stylesWithEffects" not in error] == []
    with zipfile.ZipFile(BytesIO(copy)) as package:
        assert package.testzip() is None


def test_comments_join_those_already_there() -> None:
    data = user_docx("{{ 甲乙丙丁 }}")
    once = annotated_copy(data, check_template(data))
    twice = annotated_copy(once, check_template(once))
    numbers = [item.get(f"{W}id") for item in part(twice, "word/comments.xml")]
    assert numbers == ["0", "1"]


def test_a_problem_in_the_header_is_noted_in_the_text() -> None:
    import docx

    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "{{ 页眉里 }}"
    document.add_paragraph("正文")
    target = BytesIO()
    document.save(target)
    problems = check_template(target.getvalue())
    assert str(problems[0]).startswith("页眉第1段：")
    assert any("页眉第1段" in told for told in comments(annotated_copy(target.getvalue(), problems)))


def test_check_file_writes_a_copy_only_when_there_is_something_to_say(tmp_path: Path) -> None:
    good, bad = tmp_path / "好.docx", tmp_path / "坏.docx"
    good.write_bytes(user_docx("{{ 项目名称 }}"))
    bad.write_bytes(user_docx("{{ 项目名秤 }}"))
    assert check_file(good, tmp_path / "好_批注.docx") == []
    assert not (tmp_path / "好_批注.docx").exists()
    assert len(check_file(bad, tmp_path / "坏_批注.docx")) == 1
    assert (tmp_path / "坏_批注.docx").exists()
    with pytest.raises(TemplateError, match="读不了"):
        check_file(tmp_path / "没有.docx")
