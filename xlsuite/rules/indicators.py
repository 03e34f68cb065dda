"""IND: the indicators are complete, stand in their place, and say what they measure. Mostly matters of judgement."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlsuite.core.finding import INFO, WARNING, Problem
from xlsuite.core.form import Form
from xlsuite.core.profile import Profile
from xlsuite.core.registry import rule
from xlsuite.core.scorecard import Scorecard
from xlsuite.core.values import squeeze
from xlsuite.rules import _names as names
from xlsuite.rules._phrases import LOGIC, Results, figure, listing, plain, shown, tidy
from xlsuite.rules._rows import Facts, Row, facts

_OUTPUTS = (("quantity", "数量指标"), ("quality", "质量指标"), ("time", "时效指标"))
_BENEFITS = frozenset(("economic", "social", "ecological", "sustained"))
_BELONGS = {
    "quantity": ("output",),
    "quality": ("output",),
    "time": ("output",),
    "economic": ("benefit",),
    "social": ("benefit",),
    "ecological": ("benefit",),
    "sustained": ("benefit",),
}
_DIMENSION_NAMES = {"output": "产出指标", "benefit": "效益指标"}
_MANY_SMALL = 10


def _upward(row: Row) -> bool:
    return row.target.operator in ("≥", ">")


def _downward(row: Row) -> bool:
    return row.target.operator in ("≤", "<")


@rule("IND101", severity=WARNING, title="指标行没有填全", source=LOGIC)
def fields_missing(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A used row lacks its name, target, actual value or weight.

    为什么：指标名称、年度指标值、实际完成值和分值缺一项，就无法计算和核对得分。
    错误：指标“培训人数”填了年度指标值和分值，实际完成值空着。
    正确：实际完成值填 105 人次。
    改法：补填空着的栏目；该指标不考核的，填“不适用”并删去分值。
    """
    known = facts(form, scorecard, profile)
    for row in known.rows:
        item = row.item
        fields = [(item.level3, "三级指标名称"), (item.target, "年度指标值"), (item.actual, "实际完成值")]
        if known.has_weights:
            fields.append((item.weight, "分值"))
        missing = [(cell, label) for cell, label in fields if cell.ref is not None and cell.blank and not cell.formula]
        if missing:
            labels = "、".join(label for _, label in missing)
            yield Problem(
                (*(cell for cell, _ in missing), item.level3),
                message=f"{row.name}没有填{labels}，这一行无法核对。",
                printed="",
                expected=labels,
                suggestion=f"请补填{labels}；该指标不考核的，填“不适用”并删去分值。",
            )


@rule("IND117", severity=INFO, title="只有指标名称的空行", source=LOGIC)
def row_unfilled(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A row with a name and nothing else.

    为什么：只有名称的行没有考核作用，读者会以为漏填。
    错误：指标“宣传资料发放”一行只有名称，其余各栏都空着。
    正确：填全这一行，或删去这一行。
    改法：补填指标值、完成值和分值，或清除名称。
    """
    for row in facts(form, scorecard, profile).unfilled:
        yield Problem(
            (row.item.level3,),
            message=f"{row.name}只有名称，年度指标值、实际完成值和分值都没有填。",
            printed=row.title,
            expected="填全或删去",
            suggestion="请填全这一行；不考核的，清除指标名称。",
        )


def _repeated(rows: list[Row]) -> Iterator[tuple[Row, Row]]:
    first: dict[str, Row] = {}
    for row in rows:
        cell = row.item.level3
        if cell.blank:
            continue
        finer = [squeeze(entry.text) for title, entry in row.item.extra.items() if "四级" in title or "要点" in title]
        earlier = first.setdefault("\n".join([squeeze(cell.text), *finer]), row)
        if earlier is not row and earlier.item.level3.ref != cell.ref:
            yield earlier, row


@rule("IND102", severity=WARNING, title="同一类下指标重复", source="审核实务")
def indicator_repeated(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """Two rows of the same name under the same level-2 heading.

    为什么：同名指标重复考核，等于把同一件事计两次分。
    错误：数量指标下有两行都叫“培训人数”。
    正确：合并为一行；确为两件事的，写清区别，如“第一期培训人数”“第二期培训人数”。
    改法：删去重复的一行，或改写名称加以区别。
    """
    for earlier, row in _repeated(facts(form, scorecard, profile).rows):
        if _place(earlier) != _place(row):
            continue
        yield Problem(
            (row.item.level3, earlier.item.level3),
            message=f"{row.name}在“{shown(row.item.level2) or shown(row.item.level1)}”下出现了两次，同一件事重复计分。",
            printed=row.title,
            expected="不重复",
            suggestion="请删去重复的一行；确为两件事的，改写名称加以区别。",
        )


@rule("IND118", severity=INFO, title="不同类下有同名指标", source="审核实务")
def indicator_elsewhere(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """The same name under two different headings.

    为什么：同一个指标放在两类里，审核时一般只认一处。
    错误：产出指标和效益指标下都有“任务完成率”。
    正确：产出指标考核完成的数量，效益指标考核带来的效果。
    改法：删去一处，或改写成不同的考核内容。
    """
    for earlier, row in _repeated(facts(form, scorecard, profile).rows):
        if _place(earlier) == _place(row):
            continue
        places = f"“{shown(earlier.item.level2)}”和“{shown(row.item.level2)}”"
        yield Problem(
            (row.item.level3, earlier.item.level3),
            message=f"{row.name}同时出现在{places}下，审核时一般只认一处。",
            printed=row.title,
            expected="不重复",
            suggestion="请删去一处，或改写成不同的考核内容。",
        )


def _place(row: Row) -> tuple[str, str]:
    return squeeze(row.item.level1.text), squeeze(row.item.level2.text)


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


@rule("IND107", severity=INFO, title="缺少常设的二级指标", source="审核实务")
def level2_missing(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """No quantity, quality or time indicator, or no benefit at all.

    为什么：产出一般要从数量、质量、时效三方面考核，并至少有一项效益指标。
    错误：产出指标下只有数量指标。
    正确：产出指标下设数量、质量、时效指标，效益指标下至少一项。
    改法：补设缺少的二级指标；确不适用的，填“不适用”。
    """
    known = facts(form, scorecard, profile)
    rows = [*known.rows, *known.not_applicable]
    have = {row.item.aspect for row in rows} - {""}
    if len(have) < 2 or any(not row.item.aspect for row in rows):
        return
    missing = [label for key, label in _OUTPUTS if key not in have]
    if not have & _BENEFITS:
        missing.append("效益指标")
    if missing:
        yield Problem(
            (rows[0].item.level2,),
            message=f"本表没有{'、'.join(missing)}，产出一般要从数量、质量、时效三方面考核，并至少有一项效益指标。",
            printed="、".join(missing),
            expected="设有该类指标",
            suggestion=f"请补设{'、'.join(missing)}；确不适用的，填“不适用”。",
        )


@rule("IND108", severity=INFO, title="没有满意度指标", source="审核实务")
def satisfaction_missing(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """No satisfaction indicator, neither as level 1 nor as level 2.

    为什么：项目有服务对象的，应考核服务对象的满意度。
    错误：面向群众的培训项目没有满意度指标。
    正确：设“参训人员满意度 ≥90%”。
    改法：补设满意度指标；没有服务对象的，填“不适用”。
    """
    known = facts(form, scorecard, profile)
    rows = [*known.rows, *known.not_applicable, *known.spare]
    if not known.rows or any(
        "satisfaction" in (row.item.aspect, row.item.dimension) or "满意" in row.item.level3.text for row in rows
    ):
        return
    if not any(row.item.aspect for row in known.rows):
        return
    yield Problem(
        (known.rows[-1].item.level1,),
        message=f"{len(known.rows)} 项指标中没有满意度指标，有服务对象的项目一般要考核满意度。",
        printed=str(len(known.rows)),
        expected="满意度指标",
        suggestion="请补设满意度指标；没有服务对象的，填“不适用”。",
    )


def _grouped(rows: list[Row], words: str, why: str, advice: str, expected: str) -> Problem:
    """One finding for several rows with the same weakness."""
    titles = [row.title for row in rows]
    return Problem(
        tuple(row.item.target for row in rows),
        message=f"{listing(titles)}{words}（如“{shown(rows[0].item.target)}”），{why}。",
        printed=shown(rows[0].item.target),
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
        yield _grouped(
            rows, "的年度指标值比较空泛", "年底难以判断是否完成", "请写明程度、数量或可以判断的结果。", "可衡量的指标值"
        )


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
        yield _grouped(
            rows, "的年度指标值只有百分比", "看不出是什么的百分之几", "请在名称里写明是什么比率。", "写明比率的含义"
        )


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
        yield _grouped(
            rows,
            "等数量指标的指标值是文字" if len(rows) > 1 else "的指标值是文字",
            "不能按完成比例计分",
            "能用数字的请改为数字。",
            "数字",
        )


@rule("IND113", severity=INFO, title="指标过少或过多", source="审核实务")
def indicator_count(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """Fewer or more indicators than is usual, or a crowd of one-point rows.

    为什么：指标太少反映不了项目全貌，太多太碎则每一项都无足轻重。
    错误：全表只有 2 项三级指标；或者有 12 项指标各 1 分。
    正确：一般设 5 至 20 项，重点指标分值高一些。
    改法：补充或合并指标，突出重点。
    """
    known: Facts = facts(form, scorecard, profile)
    rows, few, many = known.rows, profile["indicators.few"], profile["indicators.many"]
    if not rows:
        return
    small = [row for row in rows if row.weight is not None and row.weight <= 1]
    if len(rows) < few:
        message, basis = (
            f"全表只有 {len(rows)} 项三级指标，少于 {plain(Decimal(few))} 项，难以反映项目全貌",
            "indicators.few",
        )
    elif len(rows) > many:
        message, basis = f"全表有 {len(rows)} 项三级指标，多于 {plain(Decimal(many))} 项，重点不突出", "indicators.many"
    elif len(small) >= _MANY_SMALL and all(row.weight == 1 for row in small):
        message, basis = f"有 {len(small)} 项指标每项只有 1 分（共 {len(rows)} 项），分得过细，重点不突出", ""
    else:
        return
    yield Problem(
        (rows[0].item.level3,),
        message=f"{message}。",
        printed=str(len(small) if not basis else len(rows)),
        expected="数量适当、突出重点",
        basis=profile.source(basis) if basis else "",
        suggestion="请补充或合并指标，突出重点。",
    )


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


@rule("IND115", severity=WARNING, title="模板占位行带有分值", source=LOGIC)
def placeholder_weighted(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """A row still named 指标1, XX or …… that has points.

    为什么：名称还是模板占位的行带着分值，说明漏改了名称。
    错误：三级指标“指标1：”，分值 5 分，得分 5 分。
    正确：写明指标名称；不用的行删去分值。
    改法：写明指标名称，或清空该行。
    """
    for item in form.indicators:
        if not item.weight.value and not item.score.value:
            continue
        left = names.residue(item.level3.text)
        if left:
            place = item.weight if item.weight.value else item.score
            yield Problem(
                (item.level3, place),
                message=f"三级指标名称还是模板占位“{shown(item.level3)}”，却有 {figure(place)} 分。",
                printed=shown(item.level3),
                expected="指标名称",
                suggestion="请写明指标名称；不用的行，请清空分值和得分。",
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


@rule("IND119", severity=INFO, title="二级指标放错了一级指标", source=LOGIC)
def level2_misplaced(form: Form, scorecard: Scorecard, profile: Profile) -> Results:
    """数量指标 under 效益指标, or 社会效益 under 产出指标.

    为什么：数量、质量、时效属于产出，经济、社会、生态效益属于效益，放错位置分值就算错了类。
    错误：“社会效益指标”放在“产出指标”下。
    正确：“社会效益指标”放在“效益指标”下。
    改法：把该行移到对应的一级指标下。
    """
    for row in facts(form, scorecard, profile).rows:
        item = row.item
        right = _BELONGS.get(item.aspect)
        if right is None or item.dimension in right or item.dimension not in _DIMENSION_NAMES:
            continue
        yield Problem(
            (item.level2, item.level1, item.level3),
            message=(
                f"{row.name}的二级指标“{shown(item.level2)}”放在“{shown(item.level1)}”下，"
                f"应放在“{_DIMENSION_NAMES[right[0]]}”下。"
            ),
            printed=shown(item.level1),
            expected=_DIMENSION_NAMES[right[0]],
            suggestion=f"请把该行移到“{_DIMENSION_NAMES[right[0]]}”下。",
        )
