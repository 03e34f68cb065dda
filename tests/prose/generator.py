"""Consistent reports in many wordings, made without the product's own report writer.

Every figure that takes part in a relation is put between ``⟦`` and ``⟧``; :func:`plain` takes the marks away,
:func:`mutants` changes one such figure by a slip of the pen that rounding cannot explain.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal

_MARKED = re.compile(r"⟦([^⟧]*)⟧")
_FULL = str.maketrans("0123456789.%", "０１２３４５６７８９．％")


def plain(text: str) -> str:
    """The report as it is printed."""
    return _MARKED.sub(r"\1", text)


def rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


class Writer:
    """One report's habits: unit, decimals, thousands, width of digits, blanks."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.unit = rng.choice(["万元", "万元", "万元", "元", "亿元"])
        self.places = {"万元": rng.choice([0, 1, 2, 2]), "元": rng.choice([0, 2]), "亿元": 4}[self.unit]
        self.grouped = rng.random() < 0.35
        self.wide = rng.random() < 0.1
        self.blank = rng.choice(["", "", " "])
        self.rate_places = rng.choice([1, 2, 2, 2])

    def amount(self, low: int = 200, high: int = 9000) -> Decimal:
        """A random amount in the report's unit, not round."""
        scale = {"万元": Decimal(1), "元": Decimal(10000), "亿元": Decimal("0.0001")}[self.unit]
        return rounded(Decimal(self.rng.randint(low * 100, high * 100)) / 100 * scale, self.places)

    def split(self, total: Decimal, count: int) -> list[Decimal]:
        """A total in parts that add up exactly, each at least a twentieth of it."""
        weights = [self.rng.randint(3, 10) for _ in range(count)]
        parts = [rounded(total * w / sum(weights), self.places) for w in weights[:-1]]
        return [*parts, total - sum(parts, Decimal(0))]

    def number(self, value: Decimal | int, places: int | None = None) -> str:
        text = f"{value:,}" if self.grouped else str(value)
        if places is None and "." in text and self.rng.random() < 0.5:
            text = text.rstrip("0").rstrip(".")
        return text.translate(_FULL) if self.wide else text

    def money(self, value: Decimal) -> str:
        return f"{self.blank}⟦{self.number(value)}⟧{self.blank}{self.unit}"

    def percent(self, part: Decimal, whole: Decimal, places: int | None = None) -> str:
        exact = rounded(part / whole * 100, self.rate_places if places is None else places)
        return f"{self.blank}⟦{self.number(exact)}⟧%"

    def count(self, value: int) -> str:
        return f"{self.blank}⟦{self.number(value)}⟧{self.blank}"

    def pick(self, *choices: str) -> str:
        return self.rng.choice(choices)


Section = Callable[[Writer], str]


def sources(w: Writer) -> str:
    """Where the money comes from."""
    total = w.amount()
    names = w.rng.choice(
        [
            ["中央", "省级", "市级"],
            ["中央", "省级", "县级配套"],
            ["上级专项", "本级财政"],
            ["财政拨款", "单位自筹", "其他"],
        ]
    )
    parts = w.split(total, len(names))
    items = [f"{name}资金{w.money(part)}" for name, part in zip(names, parts, strict=True)]
    verb = w.pick("项目预算资金共", "项目总投资", "年度资金总额", "共安排资金", "下达资金合计")
    return w.pick(
        f"{verb}{w.money(total)}，其中：{'，'.join(items)}。",
        f"{verb}{w.money(total)}，其中{'、'.join(items)}。",
        f"{verb}{w.money(total)}。其中：{'；'.join(items)}。",
        f"资金来源包括{'、'.join(items)}，共计{w.money(total)}。",
        f"{verb}{w.money(total)}（{'，'.join(items)}）。",
        f"{verb}{w.money(total)}，由{'、'.join(items)}组成。",
    )


def execution(w: Writer) -> str:
    """Budget, arrival, spending, remainder and their rates."""
    budget = w.amount()
    spent = rounded(budget * w.rng.randint(7000, 9950) / 10000, w.places)
    left = budget - spent
    rate = w.percent(spent, budget)
    arrived = w.pick("", f"实际到位{w.money(budget)}，资金到位率100%，")
    return w.pick(
        f"全年预算数{w.money(budget)}，{arrived}全年执行数{w.money(spent)}，预算执行率{rate}，结余{w.money(left)}。",
        f"本年预算安排{w.money(budget)}，实际支出{w.money(spent)}，执行率为{rate}，剩余{w.money(left)}。",
        f"项目预算资金{w.money(budget)}，{arrived}已支付{w.money(spent)}，支付率达{rate}。",
        f"下达预算{w.money(budget)}，截至年底使用{w.money(spent)}，资金使用率为{rate}，未支付{w.money(left)}。",
        f"全年预算{w.money(budget)}。全年支出{w.money(spent)}，完成预算的{rate}。",
        f"预算执行率{rate}（全年预算{w.money(budget)}，全年执行{w.money(spent)}）。",
    )


def breakdown(w: Writer) -> str:
    """Spending by purpose with shares."""
    total = w.amount(1000, 9000)
    names = w.rng.sample(
        ["设备购置", "系统开发", "人员培训", "监理服务", "工程施工", "宣传推广", "运行维护"], w.rng.randint(3, 5)
    )
    parts = w.split(total, len(names))
    mark = w.pick("占比", "占", "占总支出的")
    items = [f"{n}支出{w.money(p)}，{mark}{w.percent(p, total)}" for n, p in zip(names, parts, strict=True)]
    return f"全年共支出{w.money(total)}，其中：{'；'.join(items)}。"


def adjusted(w: Writer) -> str:
    """An adjusted budget."""
    base, more, less = w.amount(2000, 9000), w.amount(100, 900), w.amount(50, 600)
    return w.pick(
        f"年初预算安排{w.money(base)}，年中追加{w.money(more)}，压减{w.money(less)}，"
        f"调整后预算{w.money(base + more - less)}。",
        f"原合同金额{w.money(base)}，核减{w.money(less)}，变更后合同金额为{w.money(base - less)}。",
        f"年初预算数{w.money(base)}，年中追加{w.money(more)}，全年预算数{w.money(base + more)}。",
    )


def growth(w: Writer) -> str:
    """A change against the year before."""
    now = w.amount(2000, 9000)
    change = rounded(now * w.rng.randint(300, 3000) / 10000, w.places)
    up = w.rng.random() < 0.5
    old = now - change if up else now + change
    rate = w.percent(change, old)
    more, rise = ("增加", w.pick("增长", "增幅")) if up else ("减少", w.pick("下降", "降幅"))
    since = w.pick("比上年", "较上年", "与2022年相比")
    return f"2023年总收入{w.money(now)}，{since}{more}{w.money(change)}，{rise}{rate}。"


def instalments(w: Writer) -> str:
    """Payments by percentage of the contract."""
    contract = Decimal(w.rng.randint(20, 900) * 10) * {"万元": 1, "元": 10000, "亿元": Decimal("0.0001")}[w.unit]
    first, second = w.rng.choice([(30, 40), (40, 50), (50, 30)])
    parts = [contract * p / 100 for p in (first, second)]
    return (
        f"项目合同金额{w.money(contract)}，首付款⟦{first}⟧%即{w.money(parts[0])}，"
        f"第二期⟦{second}⟧%即{w.money(parts[1])}，均已支付。"
    )


def years(w: Writer) -> str:
    """A sum over years."""
    total = w.amount(3000, 9000)
    parts = w.split(total, 3)
    items = [f"{year}年安排{w.money(part)}" for year, part in zip((2021, 2022, 2023), parts, strict=True)]
    return (
        f"2021年至2023年共安排专项资金{w.money(total)}，其中{w.pick('，', '')}{w.pick('、', '，', '；').join(items)}。"
    )


def output(w: Writer) -> str:
    """Planned and done counts."""
    plan = w.rng.randint(120, 4000)
    done = plan - w.rng.randint(1, plan // 8)
    thing, unit = w.rng.choice(
        [("培训学员", "人"), ("维修工程", "处"), ("采购设备", "台"), ("检测样品", "个"), ("发放补贴", "户")]
    )
    rate = w.percent(Decimal(done), Decimal(plan))
    return w.pick(
        f"计划{thing}{w.count(plan)}{unit}，实际完成{w.count(done)}{unit}，完成率{rate}。",
        f"年度目标{thing}{w.count(plan)}{unit}，实际完成{w.count(done)}{unit}，任务完成率为{rate}。",
    )


def composition(w: Writer) -> str:
    """A count by kinds."""
    parts = [w.rng.randint(13, 400) for _ in range(w.rng.randint(2, 4))]
    thing, unit = w.rng.choice([("建设项目", "个"), ("采购设备", "台"), ("开展检查", "次"), ("改造点位", "处")])
    kinds = w.rng.sample(["甲类", "乙类", "丙类", "丁类", "其他类"], len(parts))
    items = [f"{kind}{w.count(part)}{unit}" for kind, part in zip(kinds, parts, strict=True)]
    return w.pick(
        f"全年{thing}{w.count(sum(parts))}{unit}，其中{'、'.join(items)}。",
        f"全年{thing}{'、'.join(items)}，共计{w.count(sum(parts))}{unit}。",
    )


def score(w: Writer) -> str:
    """The total score, its groups and the grade."""
    groups = [("预算执行率", 10), ("产出指标", 50), ("效益指标", 30), ("满意度指标", 10)]
    got = [Decimal(weight) - Decimal(w.rng.randint(0, 25)) / 10 for _, weight in groups]
    total = sum(got, Decimal(0))
    word = "优" if total >= 90 else "良"
    items = [f"{name}得⟦{points}⟧分" for (name, _), points in zip(groups, got, strict=True)]
    end = w.pick(f"评价等级为“{word}”", f"等级为{word}", f"评定为“{word}”")
    return w.pick(
        f"经自评，项目自评得分⟦{total}⟧分，{end}。其中：{'，'.join(items)}。因指标未达目标扣分。",
        f"{'，'.join(items)}，合计⟦{total}⟧分，{end}。扣分原因是部分指标未达目标。",
    )


def opening(w: Writer) -> str:
    return w.pick("根据有关文件要求，本单位组织开展了自评工作。", "本单位按照通知要求成立工作小组，开展自评。")


def problems(w: Writer) -> str:
    count = w.rng.randint(2, 4)
    marks = "一二三四"
    items = "；".join(
        f"{marks[i]}是{w.pick('制度执行不够细', '人员力量不足', '指标设置偏粗', '进度把握不准')}" for i in range(count)
    )
    return f"主要问题有⟦{marks[count - 1]}⟧个方面：{items}。"


_CHAPTERS: tuple[tuple[str, tuple[Section, ...]], ...] = (
    ("项目概况", (opening,)),
    ("资金安排", (sources, adjusted, years)),
    ("资金使用", (execution, breakdown, growth, instalments)),
    ("绩效目标完成", (output, composition)),
    ("自评结果", (score,)),
    ("存在的不足", (problems,)),
)


def report(seed: int) -> str:
    """One marked report; the same for the same seed."""
    rng = random.Random(seed)
    w = Writer(rng)
    lines = [f"{w.pick('某县', '某市')}{w.pick('水利', '教育', '文旅')}项目2023年度绩效自评报告", ""]
    for number, (title, sections) in enumerate(_CHAPTERS):
        lines.append(f"{'一二三四五六'[number]}、{title}")
        chosen = [s for s in sections if len(sections) == 1 or rng.random() < 0.7] or [sections[0]]
        rng.shuffle(chosen)
        for order, section in enumerate(chosen, 1):
            body = section(w)
            lines.append(
                f"{order}.{body}" if len(chosen) > 1 and rng.random() < 0.3 and len(chosen) == order == 0 else body
            )
    return "\n".join(lines)


def mutants(marked: str, rng: random.Random) -> Iterator[tuple[str, str, str]]:
    """(text, before, after) for every marked figure: one digit changed or two swapped, more than rounding explains."""
    for match in _MARKED.finditer(marked):
        changed = _slip(match[1], rng)
        if changed:
            text = marked[: match.start()] + changed + marked[match.end() :]
            yield plain(text), match[1], changed


def _slip(printed: str, rng: random.Random) -> str | None:
    if printed in "一二三四":
        return rng.choice([c for c in "二三四五" if c != printed])
    narrow = printed.translate(str.maketrans("０１２３４５６７８９．", "0123456789."))
    places = [i for i, char in enumerate(narrow) if char.isdigit()]
    for _ in range(40):
        chars = list(narrow)
        if rng.random() < 0.7 or len(places) < 2:
            at = rng.choice(places)
            chars[at] = str((int(chars[at]) + rng.randint(1, 9)) % 10)
        else:
            left = rng.randrange(len(places) - 1)
            a, b = places[left], places[left + 1]
            chars[a], chars[b] = chars[b], chars[a]
        text = "".join(chars)
        old, new = (Decimal(t.replace(",", "")) for t in (narrow, text))
        leading = text.lstrip("0,") == text or text.startswith("0.")
        if leading and new > 0 and abs(new - old) / old >= Decimal("0.012"):
            return text.translate(_FULL) if narrow != printed else text
    return None
