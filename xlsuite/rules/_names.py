"""What an indicator's wording says: which way is better, what cannot exceed 100 %, what is vague, what is residue."""

from __future__ import annotations

import re
from functools import lru_cache

from xlsuite.core.values import squeeze

_TAIL = r"(?:\(.*\))?$"
_TURNED = re.compile(
    r"(?:降低|下降|减少|压减|压缩|控制|节约|整改|解决|处理|处置|化解|消除|修复|排除|办结|回复|响应|查处|下降|降幅|减幅|发现|识别|检出|防范|拦截|抵御|纠正|销号|治理)"
)
_FEWER = re.compile(
    r"(?:问题|故障|投诉|差错|错误|事故|失误|返工|缺陷|违规|违纪|流失|死亡|发病|患病|宕机|中断|误报|漏报|超支|逾期|拖欠|退货|不合格|不良|误差|偏差|复发|返贫|空置|闲置|舆情)"
    r"(?:发生)?(?:率|数|数量|次数|件数|起数|例数|人数|时间|时长)?" + _TAIL
)
_MORE = re.compile(
    r"(?:合格|达标|优良|满意|覆盖|完成|及时|准确|正常|完好|可用|通过|到位|就业|成活|普及|知晓|参与|保障|利用)(?:性|率|度)"
    + _TAIL
)
_CAPPED = re.compile(
    r"(?:满意度|合格率|及格率|优良率|优秀率|达标率|覆盖率|准确率|正确率|及时率|通过率|正常率|完好率|可用率|成活率|普及率|知晓率|到岗率|出勤率|兑现率|公开率|办结率|整改率|满意率|入学率|巩固率)"
    + _TAIL
)
_SPENDING = re.compile(
    r"(?:资金|经费|预算|款项)(?:的)?(?:支付|拨付|执行|支出|使用|到位|下达)|(?:支付|拨付|执行)(?:资金|经费|预算|进度|率)"
)
_COUNTED = re.compile(r"(?:数量|个数|次数|人数|户数|台数|套数|件数|场次|期数|面积|长度|里程)" + _TAIL)
_TASK_RATE = re.compile(r"(?:任务|工作|计划|项目|工程|目标)?完成率" + _TAIL)
_SAVING = re.compile(
    r"节约|节省|节能|降低|下降|减少|压减|压缩|控制|结余|率" + "|回收|收入|收益|增收|投资|配套|筹集|自筹"
)
_VAGUE = re.compile(
    r"(?:(?:显著|明显|有效|逐步|进一步|不断|持续|稳步|大力|切实|基本|较大|较好|有所|得到|全面)*"
    r"(?:提高|加强|提升|改善|增强|促进|推动|推进|优化|保障|完善|增加|上升|下降|降低|减少|强化|改进|好转|良好|较好|显著|明显|有效|长期|持续|稳定|提供|巩固)){1,2}"
)
_RESIDUE = re.compile(
    r"(?:[xX×]{2,}|[?？]{2,}|【[^】]*】|待补充|待填|请填写|\(?填写说明|指标\d+:?$|指标[一二三四五六七八九十]:?$|(?:示例|举例|样例)[:：]|待定|TODO)",
    re.IGNORECASE,
)
_ACCEPTANCE = re.compile(r"验收|竣工|完工|交付|上线|投入使用|建成")
_NO_COMPLAINT = re.compile(
    r"(?:无|未|没有|0起?|零)(?:收到|接到|发生|出现)?(?:群众|有效|任何|相关)?投诉|投诉(?:为)?(?:0|零|无)"
)
_UNFINISHED = re.compile(
    r"(?:尚?未|没有|未能)(?:全部|完全|按时|按期|如期|及时)?(?:完成|开展|实施|启动|验收|开工|达成|达到|达标|实现|执行|落实|建成|支付|拨付|投入使用)"
)
_MEASURE = re.compile(
    r"改进|整改|措施|下一步|今后|下年|明年|次年|后续|将|加强|加快|完善|优化|推进|督促|强化|提高|提升|健全|调整|规范|跟踪|争取|力争|计划|拟|尽快|继续|严格|落实|建立|合理|细化|科学|沟通|协调|做好"
)
_NO_MONEY = re.compile(
    r"资金(?:紧张|不足|未到位|不到位|未能?及时到位|到位(?:不及时|较?晚|率低|滞后)|短缺|未拨付|未下达|拨付(?:不及时|滞后|较?晚))|财政(?:困难|紧张|未拨付)|未(?:拨付|下达)(?:到位)?资金"
)
_REASONS_ASKED = re.compile(r"原因|措施|理由|偏差|偏离|扣分|未完成|未达|差异|问题")
_NUMBERING = re.compile(r"^(?:三级)?指标\d+[:、.．]?(?=[\u4e00-\u9fff])|^\d+[、.．)](?!\d)|^\(\d+\)|^[①-⑳]")
_TICKED = re.compile(r"([^\W\d_]{1,3}?)[\s(]*[☑✓√■●✔]|[☑✔][\s)]*([^\W\d_]{1,3}?)(?=[\s□○☐☑]|$)")
_BRACKETED = re.compile(r"^\([^()]*\)(?=.)")
_NOT_APPLICABLE = frozenset(("", "不适用", "无", "不涉及", "暂无", "/", "—", "-", "——"))
_DEDUCTED = re.compile(r"(?:扣(?:减|除|掉)?|减)(?P<points>\d+(?:\.\d+)?)分")


def not_applicable(text: str) -> bool:
    """Whether an entry is blank or says 不适用, 无 or the like."""
    return squeeze(text) in _NOT_APPLICABLE


@lru_cache(maxsize=256)
def asks_for_reasons(title: str) -> bool:
    """Whether a column heading asks for reasons; an unknown heading ("") is taken to. 备注 does not."""
    return not title or bool(_REASONS_ASKED.search(squeeze(title)))


@lru_cache(maxsize=4096)
def without_numbering(name: str) -> str:
    """An indicator's name without the template's numbering: 指标1：培训人数 is 培训人数."""
    return _NUMBERING.sub("", squeeze(name)) or squeeze(name)


@lru_cache(maxsize=256)
def grade_word(text: str) -> str:
    """The grade in an entry: 优□良☑中□差□ is 良, 自评等级：优 is 优."""
    plain = squeeze(text)
    ticked = [first or second for first, second in _TICKED.findall(plain)]
    if ticked:
        return ticked[0] if len(ticked) == 1 else plain
    return _BRACKETED.sub("", plain.rsplit(":", 1)[-1]).strip('。.()"“”')


@lru_cache(maxsize=4096)
def better(name: str) -> str:
    """Which way an indicator is better by its name: "less" (故障率), "more" (合格率) or ""."""
    plain = squeeze(name)
    if _TURNED.search(plain):
        return ""
    if _FEWER.search(plain):
        return "less"
    return "more" if _MORE.search(plain) else ""


@lru_cache(maxsize=4096)
def at_most_whole(name: str) -> bool:
    """Whether a percentage of this name can never exceed 100 %: 满意度, 合格率, 覆盖率; not 完成率 or 增长率."""
    return bool(_CAPPED.search(squeeze(name)))


@lru_cache(maxsize=4096)
def about_spending(name: str) -> bool:
    """Whether the indicator only restates that money was paid out."""
    return bool(_SPENDING.search(squeeze(name)))


@lru_cache(maxsize=4096)
def is_count(name: str) -> bool:
    """Whether the name is a plain count: 培训人数, 建设面积."""
    return bool(_COUNTED.search(squeeze(name)))


@lru_cache(maxsize=4096)
def is_task_rate(name: str) -> bool:
    """Whether the name is the completion rate of the task itself."""
    return bool(_TASK_RATE.search(squeeze(name)))


@lru_cache(maxsize=4096)
def is_saving(name: str) -> bool:
    """Whether more of a cost indicator can be good: 成本节约率, 招商投资额."""
    return bool(_SAVING.search(squeeze(name)))


@lru_cache(maxsize=4096)
def is_vague(target: str) -> bool:
    """Whether a target is nothing but a general wish: 提高, 进一步加强, 明显改善."""
    return bool(_VAGUE.fullmatch(squeeze(target).strip("。;,")))


@lru_cache(maxsize=4096)
def residue(text: str) -> str:
    """What is left of a template in an entry (XX, 【…】, 待补充, 指标1), or ""."""
    match = _RESIDUE.search(squeeze(text))
    return match[0] if match else ""


def about_acceptance(text: str) -> bool:
    """Whether a name or target speaks of acceptance or completion of the works."""
    return bool(_ACCEPTANCE.search(squeeze(text)))


def no_complaint(text: str) -> bool:
    """Whether satisfaction is claimed from the absence of complaints."""
    return bool(_NO_COMPLAINT.search(squeeze(text)))


@lru_cache(maxsize=4096)
def says_unfinished(text: str) -> str:
    """The words by which a reason says that something was not done, or ""."""
    match = _UNFINISHED.search(squeeze(text))
    return match[0] if match else ""


def names_measure(reason: str) -> bool:
    """Whether a reason says what will be done about it."""
    return bool(_MEASURE.search(squeeze(reason)))


def blames_money(reason: str) -> str:
    """The words by which a reason blames missing money, or ""."""
    match = _NO_MONEY.search(squeeze(reason))
    return match[0] if match else ""


def stated_deductions(reason: str) -> list[str]:
    """Points that a reason says were deducted: ["2"] for 因延期扣2分."""
    return _DEDUCTED.findall(squeeze(reason))
