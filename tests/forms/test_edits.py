"""What is written back: only wrong or open computed cells, in the manner they were typed, each with its arithmetic."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.forms.drawn import draw, look, read
from xlsuite.core.finding import ERROR, INFO, WARNING, Finding
from xlsuite.core.form import Cell, Form, Ref
from xlsuite.core.profile import Profile, Setting, load
from xlsuite.core.scorecard import Expected, Scorecard
from xlsuite.forms.edits import edits, marks
from xlsuite.forms.grid import Book
from xlsuite.forms.read import read_forms
from xlsuite.hosts.memory import MemoryHost

TABLE = """
2022年度项目支出绩效自评表
项目名称|甲
项目资金（万元）|全年预算数|全年执行数|分值|执行率|得分|
年度资金总额|185.17|142.78|{weight}|{rate}|{execution}|
一级指标|二级指标|三级指标|指标值|完成值|分值|得分
产出指标|数量指标|数量|≥100|80|50|{first}
效益指标|社会效益指标|作用|明显|明显|40|{second}
小计|||||90|{subtotal}
总分|||||100|{total}
自评等级|{grade}
"""
RIGHT = {
    "weight": "10", "rate": "77.11%", "execution": "7.71", "first": "40", "second": "38", "subtotal": "78",
    "total": "85.71", "grade": "良",
}  # fmt: skip
RATIO = Decimal("142.78") / Decimal("185.17")


def profile(**values: Any) -> Profile:
    """The national profile with some parameters set otherwise."""
    shipped = load("national-2020").at(2022)
    found = Profile(shipped.id, shipped.title, shipped.year, dict(shipped.settings), shipped.rules)
    for name, value in values.items():
        found.settings[name.replace("__", ".")] = Setting(2000, value, "测试")
    return found


def card(form: Form, first: str | None = "40", second: tuple[str, str] = ("32", "40")) -> Scorecard:
    """The scorecard of the table: 77.11 %, 7.71 points, 40 fixed, 32 to 40 by judgement."""
    made = Scorecard(Expected(RATIO, RATIO, "142.78 ÷ 185.17 = 77.11%"))
    made.execution = Expected(Decimal("7.71"), Decimal("7.71"), "10 × 77.11% = 7.71")
    fixed = Expected(Decimal(first), Decimal(first), "80 ÷ 100 × 50 = 40") if first else Expected()
    made.indicators = [fixed, Expected(Decimal(second[0]), Decimal(second[1]), judgement=True)]
    scores = [form.funds[0].score, *(one.score for one in form.indicators)]
    made.printed_sum = (
        None
        if any(cell.value is None for cell in scores)
        else sum((cell.value or Decimal(0) for cell in scores), Decimal(0))
    )
    return made


def planned(**cells: str) -> dict[str, Any]:
    form = read(TABLE.format(**{**RIGHT, **cells}))
    return {edit.ref.a1: edit.new for edit in edits(form, card(form), profile())}


def test_nothing_is_written_where_nothing_is_wrong() -> None:
    assert planned() == {}


WRITTEN = [
    # cells typed wrong, what is written where
    ({"rate": "80%"}, {"E4": "77.11%"}),
    ({"rate": "80.0%"}, {"E4": "77.11%"}),
    ({"rate": "77%"}, {}),
    ({"rate": "77.1%"}, {}),
    ({"rate": "77.2%"}, {"E4": "77.11%"}),
    ({"rate": "0.8~80%"}, {"E4": Decimal("0.771075")}),
    ({"rate": "0.8~80.00%"}, {"E4": Decimal("0.771075")}),
    ({"rate": "0.8"}, {}),
    ({"rate": "0.85"}, {"E4": Decimal("0.7711")}),
    ({"rate": "80"}, {"E4": Decimal("77.11")}),
    ({"rate": "'80"}, {"E4": "77.11"}),
    ({"rate": "'0.85"}, {"E4": "0.7711"}),
    ({"rate": ""}, {"E4": "77.11%"}),
    ({"rate": "未执行"}, {}),
    ({"rate": "=C4/B4~80%"}, {}),
    ({"execution": "9", "total": "87"}, {"F4": Decimal("7.71"), "G9": Decimal("85.71")}),
    ({"execution": "9分", "total": "87分"}, {"F4": "7.71分", "G9": "85.71分"}),
    ({"execution": "'9", "total": "'87"}, {"F4": "7.71", "G9": "85.71"}),
    ({"execution": "◦9", "total": "◦87"}, {"F4": "◦7.71", "G9": "◦85.71"}),
    ({"execution": "=F1~9", "total": "87"}, {}),
    ({"execution": "9", "total": "=SUM(F4:G7)~87"}, {"F4": Decimal("7.71")}),
    ({"execution": "", "total": "85.71"}, {"F4": Decimal("7.71")}),
    ({"execution": "—", "total": "85.71"}, {}),
    ({"execution": "8", "total": "86"}, {}),
    (
        {"first": "45", "subtotal": "83", "total": "90.71", "grade": "优"},
        {"G6": Decimal(40), "G8": Decimal(78), "G9": Decimal("85.71"), "B10": "良"},
    ),
    ({"first": "", "subtotal": "78"}, {"G6": Decimal(40)}),
    ({"second": "10", "subtotal": "50", "total": "57.71", "grade": "差"}, {}),
    ({"subtotal": "80"}, {"G8": Decimal(78)}),
    ({"subtotal": "=SUM(G6:G7)~80"}, {}),
    ({"total": "92"}, {"G9": Decimal("85.71")}),
    ({"total": ""}, {"G9": Decimal("85.71")}),
    ({"total": "86"}, {}),
    ({"second": ""}, {"G8": Decimal(40)}),
    ({"grade": "优"}, {"B10": "良"}),
    ({"grade": "优秀"}, {"B10": "良好"}),
    ({"grade": ""}, {"B10": "良"}),
    ({"grade": "良好"}, {}),
    ({"grade": "待定"}, {}),
]


@pytest.mark.parametrize(("cells", "written"), WRITTEN)
def test_what_is_written(cells: dict[str, str], written: dict[str, Any]) -> None:
    expected = {cell: new.replace("◦", "\u3000") if isinstance(new, str) else new for cell, new in written.items()}
    assert planned(**cells) == expected


def test_every_edit_says_why_with_the_figures() -> None:
    form = read(TABLE.format(**{**RIGHT, "execution": "9", "total": "92", "grade": "优"}))
    assert [edit.why for edit in edits(form, card(form), profile())] == [
        "10 × 77.11% = 7.71，表中为 9。",
        "预算执行 7.71 + 指标 78 = 85.71，表中为 92。",
        "总分 85.71 分，等次为“良”，表中为 优。",
    ]
    form = read(TABLE.format(**{**RIGHT, "total": ""}))
    assert edits(form, card(form), profile())[0].why.endswith("= 85.71，表中未填。")


def test_scores_with_several_lawful_values_stay() -> None:
    form = read(TABLE.format(**{**RIGHT, "first": "45", "subtotal": "83", "total": "90.71", "grade": "优"}))
    made = card(form)
    made.indicators[0] = Expected(Decimal(40), Decimal(40), candidates=(Decimal(40), Decimal(45)))
    assert edits(form, made, profile()) == []
    made.indicators[0] = Expected()
    assert edits(form, made, profile()) == []


def test_a_ceiling_of_the_profile_holds_for_the_total() -> None:
    form = read(TABLE.format(**RIGHT))
    capped = profile(score__cap_by_execution=[{"below": Decimal("0.8"), "cap": 79}])
    written = edits(form, card(form), capped)
    assert [(edit.ref.a1, edit.new) for edit in written] == [("G9", Decimal(79)), ("B10", "中")]
    assert "执行率偏低，总分最高 79" in written[0].why


def test_a_score_behind_its_label_is_exchanged_in_place() -> None:
    form = read(
        "项目支出绩效自评表\n项目名称|甲\n自评得分：92分|自评等级：优\n一级指标|三级指标|指标值|完成值|得分\n产出指标|数量|5|5|85.5\n效益指标|作用|好|好|3"
    )
    made = Scorecard(indicators=[Expected(), Expected()])
    written = edits(form, made, profile())
    assert [edit.new for edit in written] == ["自评得分：88.5分", "自评等级：良"]
    assert [edit.old for edit in written] == ["自评得分：92分", "自评等级：优"]


def test_forms_without_money_or_grade_are_recomputed_too() -> None:
    form = read(
        "项目支出绩效自评表\n项目名称|甲\n一级指标|三级指标|指标值|完成值|得分\n产出指标|数量|5|5|50\n效益指标|作用|好|好|40\n总分||||91"
    )
    assert [
        (edit.ref.a1, edit.new) for edit in edits(form, Scorecard(indicators=[Expected(), Expected()]), profile())
    ] == [("E6", Decimal(90))]
    empty = read(
        "项目支出绩效自评表\n项目名称|甲\n全年预算数|1|全年执行数|1\n一级指标|三级指标|指标值|完成值|分值|得分\n产出指标|数量|||50|"
    )
    assert edits(empty, Scorecard(indicators=[Expected()]), profile()) == []


def test_edits_can_be_applied_and_a_second_run_finds_nothing() -> None:
    book = Book(
        "b",
        [
            draw(
                TABLE.format(
                    **{**RIGHT, "rate": "80%", "execution": "9分", "first": "45", "total": "95", "grade": "优"}
                )
            )
        ],
    )
    form = read_forms(book)[0]
    MemoryHost(book).apply(edits(form, card(form), profile()))
    again = read_forms(book)[0]
    assert edits(again, card(again), profile()) == []
    assert (again.total.score.value, again.grade.value) == (Decimal("85.71"), "良")


def test_marks_gather_what_was_found_at_a_cell() -> None:
    here, there = Ref("表", 4, 6), Ref("表", 9, 7)
    found = [
        Finding("FND110", INFO, "结余较多。", (here,)),
        Finding("FND104", ERROR, "得分填 9，应为 7.71。", (here, there), suggestion="请改为 7.71。"),
        Finding("SCO102", WARNING, "总分不符。", (there,), suggestion="总分不符。"),
        Finding("STR101", ERROR, "没有位置的问题。"),
    ]
    made = marks(found)
    assert [(mark.ref, mark.severity) for mark in made] == [(here, ERROR), (there, WARNING)]
    assert made[0].note == "【错误 FND104】得分填 9，应为 7.71。请改为 7.71。\n【提示 FND110】结余较多。"
    assert made[1].note == "【警告 SCO102】总分不符。"


def test_a_text_without_a_number_gets_a_plain_one() -> None:
    from xlsuite.forms.rewriting import as_number, as_word

    assert as_number(Cell(None, "不详", stored="不详"), Decimal(5)) == Decimal(5)
    assert as_number(Cell(Decimal(92), "92分", stored="总分：92分（92%）"), Decimal("7.50")) == "总分：7.5分（92%）"
    assert as_word(Cell("优", "（自评等级）优", stored="（自评等级）优"), "良", {}) == "（自评等级）良"
    assert as_word(Cell(None, ""), "良", {}) == "良"


def test_several_forms_are_recomputed_each_by_itself() -> None:
    found = look(draw(TABLE.format(**RIGHT), "甲"), draw(TABLE.format(**{**RIGHT, "total": "92"}), "乙"))
    assert [len(edits(form, card(form), profile())) for form in found.forms] == [0, 1]
