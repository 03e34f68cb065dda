"""STR: what a template or a converter left behind, slips of the pen, and the writing of numbers and citations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from xlsuite.core.finding import INFO, WARNING
from xlsuite.core.profile import Profile
from xlsuite.core.registry import rule
from xlsuite.rules._phrases import Results
from xlsuite.rules._places import found_at, whole_block

if TYPE_CHECKING:
    from xlsuite.prose.audit import Audit
    from xlsuite.prose.language import Slip

WRITING = "公文写作的通行要求"


@rule("STR106", severity=WARNING, title="残留模板的填写说明", source=WRITING, scope="report")
def template_left(audit: Audit, profile: Profile) -> Results:
    """An instruction of the template was left in the report.

    为什么：填写说明是给撰写人看的，留在正文里说明该部分没有写完。
    错误：正文写着“包括自评对象、范围、评价方法等”。
    正确：删除说明，写上本项目的实际情况。
    改法：删除模板文字并补写内容。
    """
    for slip in audit.slips("template_text"):
        yield found_at(
            audit,
            slip,
            message=f"“{_short(slip.text)}”是模板的填写说明，不是报告内容。",
            printed=slip.text,
            suggestion="请删除这句说明，写上本项目的实际情况。",
        )


@rule("STR127", severity=WARNING, title="残留占位符", source=WRITING, scope="report")
def placeholder_left(audit: Audit, profile: Profile) -> Results:
    """XX, ____ or 【待补充】 where a fact should stand.

    为什么：占位符说明数据还没有填。
    错误：共采购设备 XX 台。
    正确：共采购设备 69 台。
    改法：补填实际内容。
    """
    for slip in audit.slips("placeholders"):
        yield found_at(
            audit,
            slip,
            message=f"“{_short(slip.text)}”是占位符，这里的内容还没有填。",
            printed=slip.text,
            suggestion="请补填实际内容；没有的，写明原因。",
        )


@rule(
    "STR109",
    severity=INFO,
    title="文号的括号不规范",
    source="GB/T 9704 党政机关公文格式：发文字号用六角括号〔〕",
    scope="report",
)
def number_brackets(audit: Audit, profile: Profile) -> Results:
    """A document number with square or round brackets.

    为什么：发文字号的年份应用六角括号〔 〕。
    错误：国办发[2017]39号。
    正确：国办发〔2017〕39号。
    改法：把方括号、圆括号改为六角括号。
    """
    yield from _corrections(
        audit, audit.slips("number_brackets"), "文号中的“{wrong}”应写作“{right}”。", "请改用六角括号。"
    )
    yield from _mixed_brackets(audit)


def _mixed_brackets(audit: Audit) -> Results:
    marked = [h.block for h in audit.outline.headings if h.mark and h.mark.family in ("（一）", "（1）")]
    signs = [
        (audit.blocks[block].sources[0].text.lstrip()[:1], block) for block in marked if not audit.blocks[block].label
    ]
    half = [block for sign, block in signs if sign == "("]
    full = [block for sign, block in signs if sign == "（"]
    if half and full:
        yield whole_block(
            audit,
            half[0],
            message=f"标题编号的括号全角、半角混用：{len(half)} 处用“()”，{len(full)} 处用“（）”。",
            printed="()、（）",
            expected="（）",
            suggestion="请统一用全角括号（）。",
        )


@rule("STR110", severity=INFO, title="残留转换痕迹", source=WRITING, scope="report")
def residue_left(audit: Audit, profile: Profile) -> Results:
    """Bookmarks, field codes or Markdown marks that a conversion left in the text.

    为什么：这些符号不是内容，公开后影响阅读。
    错误：[bookmark: _Toc13803]1、智慧办公网络。
    正确：1、智慧办公网络。
    改法：删除这些符号。
    """
    by_block: dict[int, list[Slip]] = {}
    for slip in audit.slips("residue"):
        by_block.setdefault(slip.block, []).append(slip)
    for slips in by_block.values():
        more = f"，本段共 {len(slips)} 处" if len(slips) > 1 else ""
        yield found_at(
            audit,
            slips[0],
            message=f"“{_short(slips[0].text)}”是文件转换留下的痕迹{more}。",
            printed=slips[0].text,
            suggestion="请删除。",
        )
    cuts = audit.slips("cut_paragraphs")
    if cuts:
        places = "、".join(str(audit.paragraph(slip)) for slip in cuts[:6])
        yield found_at(
            audit,
            cuts[0],
            message=(
                f"有 {len(cuts)} 处在句子、词语或数字中间断成两段（第 {places} 段{'等' if len(cuts) > 6 else ''}）。"
            ),
            printed=str(len(cuts)),
            suggestion="请把断开的两段接成一段。",
        )


@rule("STR111", severity=INFO, title="错别字", source="prose/data/typos.toml：常见错别字表", scope="report")
def typo(audit: Audit, profile: Profile) -> Results:
    """A typo that is certain in its context, a word written twice, or doubled punctuation.

    为什么：错别字影响公开文件的严肃性，有的还改变意思。
    错误：由于给合实际使用需求。
    正确：由于结合实际使用需求。
    改法：按提示改正。
    """
    yield from _corrections(audit, audit.slips("typos"), "“{wrong}”疑为“{right}”之误。", "请核对后改正。")
    for slip in audit.slips("doubled"):
        yield found_at(
            audit,
            slip,
            message=f"“{slip.text}”重复，应为“{slip.right}”。",
            printed=slip.text,
            expected=slip.right,
            suggestion="请删除重复的字或标点。",
            certain=False,
        )


def _corrections(audit: Audit, slips: Iterable[Slip], message: str, advice: str) -> Results:
    for slip in slips:
        yield found_at(
            audit,
            slip,
            message=message.format(wrong=slip.text, right=slip.right),
            printed=slip.text,
            expected=slip.right,
            suggestion=advice,
        )


@rule("STR112", severity=INFO, title="金额缺少单位或界限", source=WRITING, scope="report")
def amount_unit_missing(audit: Audit, profile: Profile) -> Results:
    """1000万 without 元, or a threshold without 以上 or 以下.

    为什么：少一个“元”或“以上”，读者就要猜。
    错误：年中压减 1000 万；项目规模 100 万元需进行造价评估。
    正确：年中压减 1000 万元；项目规模 100 万元以上的需进行造价评估。
    改法：补全单位和界限。
    """
    yield from _corrections(
        audit, audit.slips("bare_amounts"), "金额“{wrong}”缺少“元”，应写作“{right}”。", "请补上“元”。"
    )
    for slip in audit.slips("open_thresholds"):
        yield found_at(
            audit,
            slip,
            message=f"“{slip.text}”没有写明是以上还是以下。",
            printed=slip.text,
            suggestion="请写明“以上”或“以下”。",
            certain=False,
        )


@rule(
    "STR114",
    severity=WARNING,
    title="数值大得不合常理",
    source="prose/data/magnitudes.toml：全国统计总量",
    scope="report",
)
def magnitude(audit: Audit, profile: Profile) -> Results:
    """A figure beyond what the whole country has; usually a slip of the unit.

    为什么：数值超过全国总量，多半是单位写错（“亿”与“万”、“公里”与“米”）。
    错误：长途光缆 590 亿公里。
    正确：按资料核实后填写。
    改法：核对数据来源和单位。
    """
    for found in audit.too_large:
        yield found_at(
            audit,
            found.figure,
            message=f"{audit.told(found.figure)}大得不合常理（全国总量也不会超过 {found.most}），可能是单位写错。",
            printed=found.figure.said,
            basis=f"{found.source}（一般常识，未核对原文）",
            suggestion="请核对数据来源和单位。",
            certain=False,
        )


@rule(
    "STR118",
    severity=INFO,
    title="引用文件的名称与文号不符",
    source="prose/data/citations.toml：常用文件名录",
    scope="report",
)
def citation_differs(audit: Audit, profile: Profile) -> Results:
    """A well-known document cited under a slightly different name.

    为什么：文件名称写错，读者按名称找不到依据。
    错误：《政府信息系统整合共享实施方案》（国办发〔2017〕39号）。
    正确：《政务信息系统整合共享实施方案》（国办发〔2017〕39号）。
    改法：对照原文改正名称或文号。
    """
    for found in audit.citations:
        note = "" if found.verified else "（名录未核对原文）"
        yield found_at(
            audit,
            found,
            message=f"{found.number}的名称应为《{found.official}》，文中写《{found.cited}》。",
            printed=found.cited,
            expected=found.official,
            basis=f"常用文件名录{note}",
            suggestion="请对照文件原文改正名称或文号。",
            certain=False,
        )


def _short(text: str) -> str:
    return text if len(text) <= 24 else text[:23] + "…"
