"""Figures in running text: amounts of money, percentages, points and counts, each with the words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from xlsuite.core.units import scale, unit_at_head
from xlsuite.prose import figures
from xlsuite.prose.figures import COUNT, MONEY, PERCENT, POINTS, PRICE, STEPS
from xlsuite.prose.roles import count_role, money_role, point_role

_NUMBER = re.compile(r"(?<![\d.A-Za-z])-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_CHINESE_GROUPS = re.compile(r"\d{1,3}(?:，\d{3})+(?:\.\d+)?(?=元)")
_MONEY = re.compile(
    r"(?P<more>[余多来几])?(?P<scale>万亿|亿|千万|百万|十万|万|千|百)?(?P<more2>[余多])?元(?P<per>[/每]|[（(]人)?"
)
_BARE = re.compile(r"(?P<scale>万|亿)(?=[，。；、)！]|$)")
_PERCENT = re.compile(r"%|‰|个百分点|百分点")
_POINTS = re.compile(r"分(?![钟之别类期批局公管散布工部支行段包厂校院店销红贝子析担解化级组享辨母米\d])")
_MORE = re.compile(r"[余多来几]")
_FACTORS = {
    None: 1, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5,
    "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12,
}  # fmt: skip
_MASK = re.compile(
    r"(?:19|20)\d\d年?(?:度)?(?:[-~—–至到](?:19|20)?\d\d年(?:度)?)?(?:\d{1,2}月(?:份)?(?:\d{1,2}[日号])?)?(?=\D|$)(?<=[年度月份日号])"
    r"|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}"
    r"|(?<!\d)\d{1,2}(?:[-~—至]\d{1,2})?月(?:份)?(?:\d{1,2}[日号])?"
    r"|[〔\[【(](?:19|20)\d\d[〕\]】)]第?\d{1,5}号"
    r"|第\d+"
    r"|(?<![A-Za-z0-9])[A-Za-z0-9]{1,40}(?:-[A-Za-z0-9]{1,40}){1,8}"
)
_LOOSE_BEFORE = re.compile(
    r"(?:约|大约|将近|接近|近|超过?|逾|突破|不足|不到|不满|至少|至多|最多|最低|最高|不低于|不少于|不超过|不高于|不大于|不小于|不得超过|控制在"
    r"|低于|高于|大于|小于|少于|多于|≥|≤|>|<|＞|＜|原则上)(?:等于|或等于)?(?:人民币)?$"
)
_LOOSE_AFTER = re.compile(
    r"(?:及|或|\(含\)|（含）)?(?:以上|以下|以内|之内|左右|上下|余|多(?!于|个)|之间|不等|起)|[≤≥<>]"
)
_RANGE_BEFORE = re.compile(
    r"\d(?:亿|万|千|百)?(?:元|%|分|\D)?(?:\(含\))?[-~—–]{1,2}$|\d(?:%|分|万元|元|个|年|天)(?:\(含\))?[至到]$"
)
_RANGE_AFTER = re.compile(r"(?:\(含\))?(?:[-~—–]{1,2}|[至到])\d")
_PRICE_LABEL = re.compile(r"人均|亩均|户均|均价|单价|标准$|每[人户亩个台套次年月天平公只头]|平均|日均|月均|限额|生均")
_BOUNDARY = re.compile(r"[，。；、()！？“”\"《》]")
_LABEL_TAIL = re.compile(r"(?:人民币|分别|均|各|为|是|达到|达|约|至|到|了|共计|共|(?<![总合小])计|:|“|\"|=|\(|¥|￥)+$")
_ASIDE = re.compile(
    r"(?:较|比|相比|与|同)(?:上年度?|去年|上一年|年初|(?:19|20)\d\d年度?)(?:同期)?的?(?:决算数?|预算数?)?$"
)
_UP = re.compile(
    r"(?:增加|增长|增收|增支|增|提高|提升|上升|上涨|(?<![最至])多|上浮|增幅为?)(?:了|额|支出|收入|资金|金额|幅度|率|预算)*$"
)
_DOWN = re.compile(
    r"(?:减少|下降|减收|减支|减|降低|缩减|下浮|(?<![最至])少|节约|节省|节支|降幅为?)(?:了|额|支出|收入|资金|金额|幅度|率|成本|预算)*$"
)
_MONEY_WORD = re.compile(r"资金|预算|经费|支出|支付|投入|投资|压减|安排|拨款|拨付|费用|金额|款|费|收入|结余|补助")


@dataclass(slots=True, eq=False)
class Quantity:
    """One figure.

    ``start:stop`` is its place in the block, unit included; ``step`` the value of its last printed digit. ``unit`` is
    the counted unit (个, 台), "" for other kinds. ``loose`` marks figures that are not exact: about, bounds, ranges.
    ``change`` is 1 for an increase by the figure, -1 for a decrease. ``label`` are the words before it, ``paren`` the
    place of the bracket it stands in or -1. ``bare`` is an amount written without 元, ``aside`` one only compared
    with: 较上年的 500 万元.
    """

    block: int
    start: int
    stop: int
    kind: str
    value: Decimal
    step: Decimal
    printed: str
    unit: str = ""
    loose: bool = False
    change: int = 0
    label: str = ""
    role: int = 0
    paren: int = -1
    bare: bool = False
    aside: bool = False

    @property
    def exact(self) -> bool:
        """A plain figure: neither about, nor a change, nor only compared with."""
        return not (self.loose or self.change or self.aside)

    @property
    def said(self) -> str:
        """The figure as printed, with a blank before its unit."""
        return figures.said(self.printed)

    def like(self, value: Decimal) -> str:
        """Another value of the same kind in this figure's unit and, unless that hides it, to this figure's decimals."""
        return figures.amount(value, self.kind, self.printed)

    def number(self, value: Decimal) -> Decimal:
        """Another value of the same kind as a bare number of this figure's unit."""
        return figures.in_unit(value, self.kind, self.printed)


def quantities(block: int, text: str) -> list[Quantity]:
    """Every figure of a block's text that carries a unit, in order."""
    masked = [(m.start(), m.end()) for m in _MASK.finditer(text)]
    brackets = _brackets(text)
    found: list[Quantity] = []
    mask = 0
    grouped = {m.start(): m for m in _CHINESE_GROUPS.finditer(text)} if "，" in text else {}
    last = 0
    for match in _NUMBER.finditer(text):
        start = match.start()
        if start < last:
            continue
        while mask < len(masked) and masked[mask][1] <= start:
            mask += 1
        if mask < len(masked) and masked[mask][0] <= start:
            continue
        quantity = _quantity(block, text, grouped.get(start) or match)
        if quantity is None:
            continue
        last = quantity.stop
        _describe(quantity, text, found[-1].stop if found else 0)
        quantity.paren = _enclosing(brackets, start)
        found.append(quantity)
    return found


def _quantity(block: int, text: str, match: re.Match[str]) -> Quantity | None:
    start, end = match.span()
    digits = match[0].replace(",", "").replace("，", "")
    if digits[0] == "-" and start and text[start - 1].isdigit():
        digits = digits[1:]
        start += 1
    kind, unit, factor, stop, loose = _unit(text, end)
    if not kind or len(digits) > 20:
        return None
    number = Decimal(digits)
    exponent = number.as_tuple().exponent
    step = Decimal(1).scaleb(int(exponent)) * factor
    quantity = Quantity(block, start, stop, kind, number * factor, step, text[start:stop], unit, loose)
    quantity.bare = kind == MONEY and text[stop - 1] != "元"
    return quantity


def _unit(text: str, end: int) -> tuple[str, str, Decimal, int, bool]:
    """(kind, counted unit, factor, where it ends, inexact) of the unit after a number; kind "" without one."""
    one = Decimal(1)
    match = _PERCENT.match(text, end)
    if match:
        kind = STEPS if "点" in match[0] else PERCENT
        return kind, "", Decimal("0.1") if match[0] == "‰" else one, match.end(), False
    match = _MONEY.match(text, end)
    if match:
        kind = PRICE if match["per"] else MONEY
        loose = bool(match["more"] or match["more2"])
        return kind, "", Decimal(_FACTORS[match["scale"]]), match.end() - len(match["per"] or ""), loose
    match = _POINTS.match(text, end)
    if match:
        return POINTS, "", one, match.end(), False
    match = _BARE.match(text, end)
    if match and _MONEY_WORD.search(text[max(0, end - 20) : end]):
        return MONEY, "", Decimal(_FACTORS[match["scale"]]), match.end(), False
    more = _MORE.match(text, end)
    head = text[more.end() if more else end :][:8]
    unit, _ = unit_at_head(head)
    if not unit or unit in "gGkK" or unit.startswith("分"):
        return "", "", one, end, False
    family, factor = scale(unit)
    return COUNT, family, factor, (more.end() if more else end) + len(unit), bool(more)


def _describe(quantity: Quantity, text: str, floor: int) -> None:
    """Label, role, change and looseness from the words around the figure."""
    start, stop = quantity.start, quantity.stop
    before = text[max(0, start - 12) : start]
    quantity.loose = bool(
        quantity.loose
        or _LOOSE_BEFORE.search(before)
        or _LOOSE_AFTER.match(text, stop)
        or _RANGE_BEFORE.search(before)
        or _RANGE_AFTER.match(text, stop)
    )
    label = _label(text, start, floor)
    quantity.label = label
    quantity.aside = bool(_ASIDE.search(label))
    if _UP.search(label):
        quantity.change = 1
    elif _DOWN.search(label):
        quantity.change = -1
    if quantity.kind == MONEY:
        quantity.role = money_role(label)
        if _PRICE_LABEL.search(label):
            quantity.kind = PRICE
    elif quantity.kind == COUNT:
        quantity.role = count_role(label)
    elif quantity.kind == POINTS:
        quantity.role = point_role(label)


def _label(text: str, start: int, floor: int) -> str:
    """The words of the same clause before a figure, without the connecting words at their end."""
    window = text[max(floor, start - 40) : start]
    tail = _LABEL_TAIL.search(window)
    head = window[: tail.start()] if tail else window
    cut = 0
    for match in _BOUNDARY.finditer(head):
        cut = match.end()
    return head[cut:]


def _brackets(text: str) -> list[tuple[int, int]]:
    """(open, close) of every matched bracket pair, outer pairs first."""
    pairs: list[tuple[int, int]] = []
    opened: list[int] = []
    if "(" not in text:
        return pairs
    for match in re.finditer(r"[()]", text):
        if match[0] == "(":
            opened.append(match.start())
        elif opened:
            pairs.append((opened.pop(), match.start()))
    return sorted(pairs)


def _enclosing(brackets: list[tuple[int, int]], place: int) -> int:
    inner = -1
    for opened, closed in brackets:
        if opened > place:
            break
        if place < closed:
            inner = opened
    return inner
