"""The report against itself beyond arithmetic: grade and score, dates, amounts and names told twice."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from xlsuite.core.errors import ProfileError
from xlsuite.core.finding import ERROR, INFO, Undecided
from xlsuite.core.profile import Profile
from xlsuite.core.registry import rule
from xlsuite.rules._phrases import LOGIC, Results, plain
from xlsuite.rules._places import found_at, whole_block

if TYPE_CHECKING:
    from xlsuite.prose.audit import Audit
    from xlsuite.prose.statements import Grade, Score

_SCORED = re.compile(r"[，,、]?(?:实际|自评|本次|评价)?(?:得分|得)(?:为|是|:|：)?")
"""The words between a weight and the score of the same item: 分值 30 分，得分 32 分."""


@rule("GRD106", severity=ERROR, title="文中的等级与得分不符", source="口径参数：等级划分", scope="report")
def grade_differs(audit: Audit, profile: Profile) -> Results:
    """The grade stated in the report is not the one of the score stated with it.

    为什么：等级由得分按固定分段确定。
    错误：自评得分 87 分，等级“优”。
    正确：自评得分 87 分，等级“良”。
    改法：按得分所在分段改正等级；得分写错的，先改得分。
    """
    floors = audit.bands or _floors(profile)
    if audit.grades and not audit.scores:
        yield Undecided("文中有等级而没有得分，没有核对")
    for grade in audit.grades:
        score = _score_of(audit, grade)
        if score is None or not floors:
            continue
        right = _grade(score.value, floors)
        if right != grade.standard:
            scale = "，".join(f"{plain(floors[word])} 分以上为{word}" for word in ("优", "良", "中"))
            yield found_at(
                audit,
                grade,
                message=f"文中自评得分 {plain(score.value)} 分，等级应为“{right}”（{scale}），文中写“{grade.text}”。",
                printed=grade.text,
                expected=right,
                basis="报告自己写明的等级划分" if audit.bands else profile.source("grade.bands"),
                suggestion=f"请把等级改为“{right}”；得分写错的，先改得分。",
            )


def _floors(profile: Profile) -> dict[str, Decimal]:
    """Lower bounds of 优, 良 and 中 by the profile; empty when it has other words."""
    try:
        bands = {str(band["name"]): Decimal(band["from"]) for band in profile["grade.bands"]}
    except ProfileError:
        return {}
    return {word: bands[word] for word in ("优", "良", "中")} if {"优", "良", "中"} <= set(bands) else {}


def _grade(score: Decimal, floors: dict[str, Decimal]) -> str:
    return next((word for word in ("优", "良", "中") if score >= floors[word]), "差")


def _score_of(audit: Audit, grade: Grade) -> Score | None:
    """The score stated last before the grade, or right behind it in the same paragraph."""
    before = [s for s in audit.scores if (s.block, s.start) < (grade.block, grade.start) and grade.block - s.block <= 4]
    behind = [s for s in audit.scores if s.block == grade.block and s.start > grade.start]
    return before[-1] if before else behind[0] if behind else None


_OBJECT = re.compile(
    r"(?:19|20)\d\d年(?:度)?|本|该|我[局委厅院校站所镇市县区]|项目|绩效|自评|自我|评价|评定|综合|总|得分|评分|分数|打分|最终|的|为|是|:|，|结果|经|支出|资金|\d|\.|分|\s"
)


@rule("XCK111", severity=ERROR, title="同一事项前后说法不一", source=LOGIC, scope="report")
def told_twice(audit: Audit, profile: Profile) -> Results:
    """The same score, amount or event appears with two values.

    为什么：同一事项只能有一个数、一个日期，前后不一必有一处写错。
    错误：前面写自评得分 87 分，后面写 92 分；同一笔申请一处写 2 月 14 日，一处写 2 月 15 日。
    正确：全文一致。
    改法：对照原始资料改正写错的一处。
    """
    yield from _scores_twice(audit)
    for odd in audit.restated:
        yield found_at(
            audit,
            odd.odd,
            message=(
                f"{audit.told(odd.odd)}，第 {audit.paragraph(odd.usual)} 段写的是{audit.told(odd.usual)}"
                f"{f'（全文共 {odd.times} 处）' if odd.times > 1 else ''}，两个数只差一处，疑有笔误。"
            ),
            printed=odd.odd.said,
            expected=odd.usual.said,
            suggestion="请核对原始资料，改正写错的一处；确是两笔资金的，请写清区别。",
            certain=False,
        )
    for pair in audit.two_dates:
        what = f"，都是{pair.first.amount.said}" if pair.first.amount else ""
        yield found_at(
            audit,
            pair.second,
            message=(
                f"这里写{pair.second.shown}，第 {audit.paragraph(pair.first)} 段写{pair.first.shown}，"
                f"说的是同一件事（{_tidy(pair.second.words)}{what}），日期不一致。"
            ),
            printed=pair.second.shown,
            expected=pair.first.shown,
            suggestion="请对照原始凭证改正写错的日期；确是两次的，请写清区别。",
            certain=False,
        )


def _scores_twice(audit: Audit) -> Results:
    if audit.several_projects:
        yield Undecided("报告涉及多个项目，没有比较各处的得分")
        return
    first: dict[tuple[str, int | None], Score] = {}
    for score in audit.scores:
        known = first.setdefault((_OBJECT.sub("", score.text), score.year), score)
        if known.value != score.value:
            yield found_at(
                audit,
                score,
                message=(
                    f"这里写自评得分 {plain(score.value)} 分，"
                    f"第 {audit.paragraph(known)} 段写 {plain(known.value)} 分，前后不一。"
                ),
                printed=plain(score.value),
                expected=plain(known.value),
                suggestion="请核对自评表，全文统一。",
            )


def _tidy(words: str) -> str:
    bare = words.strip("，,、的已再 ")
    return bare if len(bare) <= 24 else bare[:23] + "…"


@rule("XCK128", severity=INFO, title="名称前后不一", source=LOGIC, scope="report")
def named_twice(audit: Audit, profile: Profile) -> Results:
    """The unit, the project or a system is named in two ways.

    为什么：同一单位、同一项目只能有一个名称，否则无法与其他资料对应。
    错误：一处写“自然资源和规划局”，一处写“自然资源规划和林业局”。
    正确：全文用现行名称，曾用名加以注明。
    改法：统一名称。
    """
    for variant in audit.name_variants:
        yield found_at(
            audit,
            variant,
            message=f"名称前后不一：这里写“{variant.other}”，其他地方写“{variant.name}”。",
            printed=variant.other,
            expected=variant.name,
            suggestion="请统一名称；单位更名的，请注明曾用名。",
            certain=False,
        )


@rule("XCK125", severity=ERROR, title="日期不存在或起止颠倒", source=LOGIC, scope="report")
def date_impossible(audit: Audit, profile: Profile) -> Results:
    """A date no calendar has, or a period that ends before it begins.

    为什么：这样的日期一定是笔误。
    错误：2023 年 2 月 30 日；2023 年 8 月至 2023 年 3 月。
    正确：2023 年 2 月 28 日；2023 年 3 月至 2023 年 8 月。
    改法：对照原始资料改正。
    """
    for bad in audit.bad_dates:
        text = audit.quote(bad)
        why = "结束早于开始" if bad.reversed else "不存在"
        yield found_at(audit, bad, message=f"“{text}”{why}，请改正。", printed=text, suggestion="请对照原始资料改正。")


@rule("VAL113", severity=INFO, title="金额只写“目前”没有日期", source=LOGIC, scope="report")
def until_when(audit: Audit, profile: Profile) -> Results:
    """截止目前 beside an amount, without a date.

    为什么：“目前”指哪一天，读者无从知道，也无法与表核对。
    错误：截止目前项目已使用 142.78 万元。
    正确：截至 2022 年 12 月 31 日，项目已使用 142.78 万元。
    改法：写明截止日期。
    """
    for passage in audit.passages:
        for match in re.finditer(r"截[至止]目前", passage.text):
            start, stop = passage.sentence(match.start())
            money = [f for f in passage.between(match.end(), stop) if f.kind == "money"]
            if money and not re.search(r"\d{4}年\d{1,2}月", passage.text[start : match.start()]):
                yield whole_block(
                    audit,
                    passage.block.index,
                    message=f"“{match[0]}”没有写明日期，{audit.told(money[0])}是哪一天的数无法核对。",
                    printed=match[0],
                    suggestion="请写明截止日期，例如“截至 2022 年 12 月 31 日”。",
                    start=match.start(),
                    certain=False,
                )


_ONE_VALUE = re.compile(
    r"(?P<a>[\u4e00-\u9fff]{2,10}(?:率|度|提升|改善|效益))(?:和|与|及|以及)(?P<b>[\u4e00-\u9fff]{2,10}(?:率|度))(?:达到|达|为|完成|约)+(?P<v>\d+(?:\.\d+)?%)"
)


@rule("XCK126", severity=INFO, title="两个指标只写了一个数", source=LOGIC, scope="report")
def one_value_for_two(audit: Audit, profile: Profile) -> Results:
    """Two indicators share one value without 均 or 分别.

    为什么：两个指标各有各的完成值，合写一个数无法核对。
    错误：工作效率提升和使用者满意度达到 80%。
    正确：工作效率提升 75%，使用者满意度 85%；或写“均达到 80%”。
    改法：分别写明，或写“均”。
    """
    for passage in audit.passages:
        for match in _ONE_VALUE.finditer(passage.text):
            yield whole_block(
                audit,
                passage.block.index,
                message=f"“{match['a']}”和“{match['b']}”两个指标只写了一个 {match['v']}，分不清各是多少。",
                printed=match["v"],
                suggestion="请分别写明两个指标的完成值；确实相同的，写“均”。",
                start=match.start(),
                certain=False,
            )


@rule("XCK129", severity=ERROR, title="文中的得分高于分值", source=LOGIC, scope="report")
def score_over_weight(audit: Audit, profile: Profile) -> Results:
    """A group of indicators scores more than it is worth.

    为什么：得分不能超过分值。
    错误：效益指标分值 30 分，得分 32 分。
    正确：得分不高于 30 分。
    改法：核对分值和得分。
    """
    for passage in audit.passages:
        for weight, score in zip(passage.figures, passage.figures[1:], strict=False):
            points = weight.kind == score.kind == "points" and weight.exact and score.exact
            between = passage.text[weight.stop : score.start]
            near = weight.paren == score.paren and bool(_SCORED.fullmatch(between))
            if points and near and audit.is_weight(weight) and score.value > weight.value:
                yield found_at(
                    audit,
                    score,
                    message=f"文中{audit.told(weight)}，{audit.told(score)}，得分高于分值。",
                    printed=score.said,
                    expected=f"不高于 {weight.said}",
                    suggestion="请核对分值和得分。",
                )
