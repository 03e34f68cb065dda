"""What an amount is: budget, arrived, paid, left over, contract price … read from the words before it.

A role is a set of flags, because some words say several things: 投入 may be planned, arrived or spent.
"""

from __future__ import annotations

import re
from functools import lru_cache

BUDGET, ARRIVED, PAID, LEFT, CONTRACT, CUT, ADDED, REQUEST, DONE, WEIGHT, SCORE, DEDUCTED, INITIAL = (
    1 << i for i in range(13)
)

NAMES = {
    BUDGET: "预算安排", ARRIVED: "到位", PAID: "支出", LEFT: "结余", CONTRACT: "合同金额", CUT: "核减", ADDED: "追加",
    REQUEST: "申请", DONE: "完成", WEIGHT: "分值", SCORE: "得分", DEDUCTED: "扣分",
}  # fmt: skip

_SPENT = "支付|支出|使用|执行|列支|花费|发放|兑付|兑现|报销|付款|开支|报账"
_MONEY_WORDS: tuple[tuple[str, int], ...] = (
    (rf"(?:未|尚未|还未|没有|未能)(?:完成|实际|予以)?(?:{_SPENT}|拨付)|待支付|欠付|未付|应付未付", LEFT),
    (
        r"(?:上年度?|去年|年初|以前年度|往年|上一?年)(?:财政|项目|资金|预算)*(?:结转|结余|剩余)"
        r"(?:结余|结转|和|资金)*"
    , BUDGET),
    (r"结余|剩余|结转|余额|尚余|节余|缺口|沉淀", LEFT),
    (rf"(?:拟|申请|申报|请求)(?:市|省|县|区|财政|向|局|部门|上级|核拨|拨付|下达|{_SPENT})*", REQUEST),
    (r"年初预算(?:安排|批复|数|金额|资金)*", BUDGET | INITIAL),
    (
        rf"执行预算(?:资金|数)*|预算(?:已|实际|完成)?(?:执行|完成)(?:数|金额|资金|情况)*|(?:已|实际|"
        rf"全部|累计|共|全年|当年|本年){{1,2}}(?:{_SPENT}|投入|完成)"
    , PAID),
    (r"支出决算|决算(?:支出|数|金额)*", PAID),
    (
        rf"(?:计划|预计|应|预算)(?:{_SPENT}|投资|投入|完成)(?:数|金额|资金)*|(?:支出|资金|项目|经费|"
        rf"投资)?预算(?:安排|批复|总|数|金额|资金|额|下达|指标)*"
    , BUDGET),
    (r"安排支出|预算支出", BUDGET | PAID),
    (r"(?:应|计划|应当)到位(?:资金)*", BUDGET),
    (r"(?:实际)?到位|到账|收到|拨入|入账", ARRIVED),
    (r"拨付|下拨|核拨|划拨", ARRIVED | PAID),
    (r"下达|财政拨款|筹措|落实|争取|筹集", BUDGET | ARRIVED),
    (r"投入|总投资|投资总额|总投入", BUDGET | ARRIVED | PAID),
    (rf"完成投资|{_SPENT}|用于", PAID),
    (
        r"合同(?:总?(?:金额|价款|价|额))?|中标(?:金额|价格?)?|成交(?:金额|价格?)?|签约(?:金额)?|"
        r"送审(?:金额|价)?"
    , CONTRACT),
    (r"核减|压减|调减|削减|审减|扣减|收回|压缩", CUT),
    (r"追加|调增|增补|增拨", ADDED),
    (r"安排|批复|计划|核定|概算|投资额|估算|指标|额度|资金总额|总额|最高限价|控制价", BUDGET),
)  # fmt: skip
_MONEY = re.compile("|".join(f"(?P<r{i}>{words})" for i, (words, _) in enumerate(_MONEY_WORDS)))

_COUNT_WORDS: tuple[tuple[str, int], ...] = (
    (r"(?:计划|目标|应当?|拟|任务|预期|指标|需|要求|年初设定)[^，]{0,6}", BUDGET),
    (r"(?:实际|已经?|实)?(?:完成|达到|建成|实现|验收|发放|覆盖|办结|合格|通过|开展|举办|补助|培训|采购)|实际|已", DONE),
)
_COUNT = re.compile("|".join(f"(?P<r{i}>{words})" for i, (words, _) in enumerate(_COUNT_WORDS)))

_POINT_WORDS: tuple[tuple[str, int], ...] = (
    (r"扣(?:除|减|分)?|失分|丢分|减分", DEDUCTED),
    (r"(?:自评|综合|评价|最终|总|实际|实)?(?:得分|评分|总分|分数|得)", SCORE),
    (r"分值|权重|满分|占|总分值", WEIGHT),
)
_POINT = re.compile("|".join(f"(?P<r{i}>{words})" for i, (words, _) in enumerate(_POINT_WORDS)))


def _last(form: re.Pattern[str], words: tuple[tuple[str, int], ...], label: str) -> int:
    found = None
    for found in form.finditer(label):  # noqa: B007 - only the last match counts
        pass
    return words[int(found.lastgroup[1:])][1] if found and found.lastgroup else 0


@lru_cache(maxsize=4096)
def money_role(label: str) -> int:
    """Role of an amount of money from the words before it; 0 when they say nothing. The last such word decides."""
    return _last(_MONEY, _MONEY_WORDS, label)


@lru_cache(maxsize=4096)
def count_role(label: str) -> int:
    """BUDGET for a planned count, DONE for a reached one."""
    return _last(_COUNT, _COUNT_WORDS, label)


@lru_cache(maxsize=4096)
def point_role(label: str) -> int:
    """SCORE, WEIGHT or DEDUCTED for points."""
    return _last(_POINT, _POINT_WORDS, label)


def name(role: int) -> str:
    """The usual word for a role, for messages."""
    return next((word for flag, word in NAMES.items() if role & flag), "金额")
