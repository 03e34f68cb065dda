"""IND, targets: what is measured is an output or effect, in the right direction, and can be judged."""

from __future__ import annotations

from xlsuite.core.finding import INFO, WARNING, Problem
from xlsuite.core.form import Form
from xlsuite.core.profile import Profile
from xlsuite.core.registry import rule
from xlsuite.core.scorecard import Scorecard
from xlsuite.core.values import squeeze
from xlsuite.rules import _names as names
from xlsuite.rules._phrases import LOGIC, Results, listing, plain, shown, tidy
from xlsuite.rules._rows import Row, facts


def _upward(row: Row) -> bool:
    return row.target.operator in ("≥", ">")


def _downward(row: Row) -> bool:
    return row.target.operator in ("≤", "<")


@rule("IND103", severity=INFO, title="用资金支付情况作产出指标", source="审核实务")
def spending_as_output(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """Payments listed among quantities: the execution rate measures them already.

    为什么：资金支付进度已由预算执行率考核，不是项目做出来的东西。
    错误：数量指标“资金支付率”。
    正确：数量指标“完成改造面积”。
    改法：改为考核项目产出的数量。
    """
    for row in facts(form, scorecard, profile).rows:
        if row.item.aspect == "quantity" and names.about_spending(row.item.level3.text):
            yield Problem(
                (row.item.level3, row.item.level2),
                message=f"{row.name}放在数量指标下，考核的是资金支付，已由预算执行率考核。",
                printed=row.title,
                expected="项目产出的数量",
                suggestion="请改为考核项目产出的数量。",
            )


@rule("IND104", severity=INFO, title="质量指标写成了数量", source="审核实务")
def quality_is_count(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A quality row that is a plain count or the completion rate of the task.

    为什么：质量指标应说明做得好不好，数量和完成率说明的是做了多少。
    错误：质量指标“任务完成率 ≥95%”。
    正确：质量指标“验收合格率 ≥95%”。
    改法：改为合格率、达标率、准确率等反映质量的指标。
    """
    for row in facts(form, scorecard, profile).rows:
        name = row.item.level3.text
        if row.item.aspect == "quality" and (names.is_count(name) or names.is_task_rate(name)):
            yield Problem(
                (row.item.level3, row.item.level2),
                message=f"{row.name}放在质量指标下，说明的是做了多少，不是做得好不好。",
                printed=row.title,
                expected="反映质量的指标",
                suggestion="请改为合格率、达标率、准确率等反映质量的指标，或移到数量指标下。",
            )


@rule("IND105", severity=WARNING, title="成本指标的方向写反", source="填表逻辑：成本越低越好")
def cost_upward(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A cost with ≥: spending more would be better.

    为什么：成本是花费的上限，写“≥”就成了花得越多越好。
    错误：成本指标“设备购置费”指标值 ≥17.4 万元。
    正确：成本指标“设备购置费”指标值 ≤17.4 万元。
    改法：把“≥”改为“≤”。
    """
    for row in facts(form, scorecard, profile).rows:
        item = row.item
        if "cost" not in (item.aspect, item.dimension) or not _upward(row):
            continue
        if row.target.unit == "%" or names.is_saving(f"{item.level3.text}"):
            continue
        yield Problem(
            (item.target, item.level3),
            message=f"成本{row.name}的年度指标值写成“{shown(item.target)}”，成本应是上限，用“≤”。",
            printed=shown(item.target),
            expected=f"≤{plain(row.target.number) if row.target.number is not None else ''}{row.target.unit}",
            suggestion="请把“≥”改为“≤”。",
        )


@rule("IND106", severity=WARNING, title="指标值的方向与指标含义相反", source=LOGIC)
def direction_odd(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """故障率 with ≥, or 合格率 with ≤.

    为什么：问题率、故障率越低越好，合格率、满意度越高越好，比较符号写反，得分也会算反。
    错误：指标“系统故障率”指标值 ≥5%。
    正确：指标“系统故障率”指标值 ≤5%。
    改法：核对比较符号，改正方向。
    """
    for row in facts(form, scorecard, profile).rows:
        item = row.item
        if row.target.kind != "number" or item.aspect == "cost":
            continue
        better = names.better(item.level3.text)
        if better == "less" and _upward(row):
            wrong, right = "越低越好", "≤"
        elif better == "more" and _downward(row):
            wrong, right = "越高越好", "≥"
        else:
            continue
        yield Problem(
            (item.target, item.level3),
            message=f"{row.name}一般{wrong}，年度指标值却写成“{shown(item.target)}”，比较符号可能写反了。",
            printed=shown(item.target),
            expected=f"{right}{plain(row.target.number) if row.target.number is not None else ''}{row.target.unit}",
            suggestion=f"请核对比较符号，一般应为“{right}”。",
            certain=False,
        )


def _grouped(rows: list[Row], sentence: str, advice: str, expected: str) -> Problem:
    """One finding for several rows with the same weakness; ``sentence`` takes their names and an example."""
    example = shown(rows[0].item.target)
    return Problem(
        tuple(row.item.target for row in rows),
        message=sentence.format(names=listing([row.title for row in rows]), example=example),
        printed=example,
        expected=expected,
        suggestion=advice,
    )


@rule("IND109", severity=INFO, title="指标值空泛", source="审核实务")
def target_vague(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """Targets such as 提高, 加强, 明显改善, told once for the form.

    为什么：“提高”“加强”没有程度和标准，年底无法判断是否完成。
    错误：年度指标值“加强”。
    正确：年度指标值“投诉量比上年下降 10%”，或写明可以判断的结果。
    改法：写明程度、数量或可以判断的结果。
    """
    rows = [
        row
        for row in facts(form, scorecard, profile).rows
        if row.target.kind == "word" and row.item.aspect != "quantity" and names.is_vague(row.item.target.text)
    ]
    if rows:
        sentence = "{names}的年度指标值比较空泛（如“{example}”），年底难以判断是否完成。"
        yield _grouped(rows, sentence, "请写明程度、数量或可以判断的结果。", "可衡量的指标值")


@rule("IND110", severity=INFO, title="社会效益指标只有百分比", source="审核实务")
def social_percentage(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A social benefit measured by a bare percentage of nothing.

    为什么：名称不是比率的社会效益指标只写一个百分比，看不出是什么的百分之几。
    错误：社会效益“提升公共服务水平”指标值 ≥95%。
    正确：社会效益“服务事项办结率”指标值 ≥95%。
    改法：在名称里写明是什么比率，或改为文字标准。
    """
    rows = [
        row
        for row in facts(form, scorecard, profile).rows
        if row.item.aspect == "social"
        and row.target.unit == "%"
        and not any(sign in row.item.level3.text for sign in "率度比幅量额")
    ]
    if rows:
        sentence = "社会效益指标{names}的年度指标值只有百分比（如“{example}”），看不出是什么的百分之几。"
        yield _grouped(rows, sentence, "请在名称里写明是什么比率。", "写明比率的含义")


@rule("IND111", severity=INFO, title="数量指标的指标值不是数字", source="审核实务")
def quantity_in_words(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """Quantity targets in words, told once for the form.

    为什么：数量指标写成数字才能按完成比例计分。
    错误：数量指标“工作台模块”指标值“完成开发工作”。
    正确：数量指标“工作台模块”指标值“=1 个”。
    改法：能用数字的改为数字。
    """
    rows = [
        row
        for row in facts(form, scorecard, profile).rows
        if row.item.aspect == "quantity" and row.target.kind == "word"
    ]
    if rows:
        sentence = "数量指标{names}的年度指标值是文字（如“{example}”），不能按完成比例计分。"
        yield _grouped(rows, sentence, "能用数字的请改为数字。", "数字")


@rule("IND114", severity=INFO, title="指标值与年初不同", source="审核实务")
def target_changed(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A form with a column for the initial target shows another one now, and no reason.

    为什么：自评应对照年初批复的指标值，中途调整要有批准手续。
    错误：年初指标值 ≥100 人，调整后指标值 ≥80 人，没有说明。
    正确：在偏差原因栏写明调整依据。
    改法：核对是否办理了调整手续，并写明依据。
    """
    for row in facts(form, scorecard, profile).rows:
        for title, cell in row.item.extra.items():
            if "年初" not in title or "值" not in title or cell.blank or row.item.target.blank:
                continue
            if cell.ref == row.item.target.ref or squeeze(cell.text) == squeeze(row.item.target.text):
                continue
            if not row.item.reason.blank:
                continue
            yield Problem(
                (row.item.target, cell),
                message=f"{row.name}的{tidy(title)}是“{shown(cell)}”，现在的指标值是“{shown(row.item.target)}”，两者不同。",
                printed=shown(row.item.target),
                expected=shown(cell),
                suggestion="请核对是否办理了绩效目标调整手续，并写明依据。",
            )


@rule("IND116", severity=INFO, title="以没有投诉代替满意度", source="审核实务")
def satisfaction_by_silence(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """Satisfaction claimed because nobody complained.

    为什么：没有投诉不等于满意，满意度要有调查样本。
    错误：满意度实际完成值“未收到投诉”，得满分。
    正确：满意度实际完成值“96%（回收问卷 120 份）”。
    改法：开展满意度调查，填写调查得出的百分比。
    """
    for row in facts(form, scorecard, profile).rows:
        item = row.item
        if "satisfaction" in (item.aspect, item.dimension) and names.no_complaint(item.actual.text):
            if names.no_complaint(item.target.text) or "投诉" in item.level3.text:
                continue
            yield Problem(
                (item.actual,),
                message=f"{row.name}的实际完成值是“{shown(item.actual)}”，没有投诉不等于满意，缺少调查结果。",
                printed=shown(item.actual),
                expected="调查得出的满意度",
                suggestion="请填写满意度调查得出的百分比，并保留问卷。",
            )
