"""No rule crashes, whatever a form holds; and the same form is always told the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rules.building import build, check, checked
from xlsuite.core.profile import profile_ids


def texts(listed: str) -> st.SearchStrategy[str]:
    """One of the entries between blanks; ``_`` is an empty cell."""
    return st.sampled_from(["" if text == "_" else text for text in listed.split()])


AMOUNTS = texts(
    "_ 0 -3 185.17 142.78 1e9 100000000000 0.00000001 约10 — 不适用 #REF! =SUM(C1:C9)#10 =X 33.3333333333 @"
)
RATES = texts("_ 77.11% 77.11 0.7711 1 100% -5% 0 #DIV/0! =F6/C6#77% =F6/E6 不适用 12345% @")
POINTS = texts("_ 0 -1 10 9.5 10分 33.333333 100 1000 满分 @ =G9#5 =Y #VALUE! 0.1 7.12345")
VALUES = texts(
    "_ ≥95% ≤5 ≥90 100 0 -3% 0.97% 9700% 3-5个 10月31日前 2022年2月30日 2023-13-05 2021年3月 已完成 未完成 "
    "部分达成 上升 不适用 无 …… 稳步推进 12吨 141.3万元 98元 =5 ≥0 0% =A1 #N/A @ XX 约30 105% 百分之九十五"
)
NAMES = texts(
    "_ 培训人数 功能问题率 合格率 满意度 指标1 …… XX 不适用 资金支付率 指标2：培训人数 @ 系统验收 成本节约率 #REF!"
)
LEVELS1 = texts("产出指标 产出指标（50分） 效益指标(40分) 满意度指标（10分） 成本指标 别的 _ @")
LEVELS2 = texts("数量指标 质量指标（10） 时效指标 成本指标 社会效益指标 服务对象满意度指标 别的 _ @")
REASONS = texts("_ 无 — 资金未到位 因雨季未完成验收，扣2分；将加强管理 【原因】 @ #REF! 扣1.5分扣2分")
WORDS = texts("_ 某项目 XX项目 不适用 @ #NAME? =B2 2023年11月31日 2020年1月1日")
KINDS = texts("total fiscal carryover other general central local basic project bond")


def line(*parts: Any) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map("|".join)


FUNDS = line(KINDS, NAMES, AMOUNTS, AMOUNTS, AMOUNTS, POINTS, RATES, POINTS, REASONS)
ROWS = line(LEVELS1, LEVELS2, NAMES, VALUES, VALUES, POINTS, POINTS, REASONS, texts("_ ≥ 定性 ="), texts("_ % 个"))
FORMS = st.fixed_dictionaries(
    {
        "profile": st.sampled_from(profile_ids()),
        "year": st.sampled_from(["", "2022", "2019", "@"]),
        "title": st.sampled_from(["2022年度项目支出绩效自评表", "2021年度表", "", "（XX年度）自评表"]),
        "sheet": st.sampled_from(["自评表", "2021"]),
        "amount_unit": st.sampled_from(["万元", "元"]),
        "kind": st.sampled_from(["project", "department", "transfer"]),
        "info": st.dictionaries(texts("project_name department unit filled_on phone"), WORDS, max_size=4),
        "funds": st.lists(FUNDS, max_size=5),
        "goals": st.lists(line(NAMES, NAMES), max_size=2),
        "indicators": st.lists(ROWS, max_size=9),
        "total": line(POINTS, POINTS),
        "grade": st.sampled_from(["", "优", "良好", "A", "优□良☑", "优☑良☑", "@", "等次：中", "#REF!"]),
    }
)  # fmt: skip


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(FORMS)
def test_no_rule_crashes(data: dict[str, Any]) -> None:
    found = check(data).outcome.findings
    assert not [one.message for one in found if one.code == "SYS900"]
    for one in found:
        assert one.message.endswith("。")
        assert one.suggestion.endswith("。")
        assert one.fingerprint


@settings(max_examples=40, deadline=None)
@given(FORMS)
def test_the_same_form_is_told_the_same(data: dict[str, Any]) -> None:
    form = build(data)
    first, second = (checked(form, data["profile"]).outcome for _ in range(2))
    assert [one.message for one in first.findings] == [one.message for one in second.findings]
    assert first.undecided == second.undecided


@pytest.mark.parametrize("profile", profile_ids())
def test_an_empty_form(profile: str) -> None:
    found = check({"year": "", "title": ""}, profile).outcome.findings
    assert "SYS900" not in {one.code for one in found}
