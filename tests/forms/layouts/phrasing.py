"""How people write targets and actual values into one cell: symbols, words, spaces, full width, units or none."""

from __future__ import annotations

import random
from decimal import Decimal

from .content import Value
from .points import trimmed

FULL = str.maketrans("0123456789.%-", "０１２３４５６７８９．％－")

AT_LEAST = (
    *("≥{v}",) * 4,
    "≥ {v}",
    ">={v}",
    "不低于{v}",
    "{v}以上",
    "不少于{v}",
    "大于等于{v}",
    "≧{v}",
    "{v}及以上",
    "{v}（含）以上",
    "至少{v}",
    "达到{v}以上",
    "大于或等于{v}",
)
AT_MOST = (
    *("≤{v}",) * 4,
    "≤ {v}",
    "<={v}",
    "不超过{v}",
    "{v}以内",
    "控制在{v}以内",
    "不高于{v}",
    "≦{v}",
    "小于等于{v}",
    "{v}及以下",
    "不大于{v}",
    "不多于{v}",
)
EQUAL = ("{v}", "{v}", "={v}", "＝{v}", "= {v}", "﹦{v}")
BEFORE = (
    "{y}年{m}月底前",
    "{y}年{m}月{d}日前",
    "不晚于{m}月{d}日",
    "{m}月{d}日前完成",
    "{y}年{m}月{d}日之前",
    "{y}年{m}月底前完成",
    "{y}.{m:02d}.{d:02d}前",
    "不迟于{y}年{m}月{d}日",
)
DONE_ON = (
    "{y}年{m}月{d}日",
    "{m}月{d}日完成",
    "{y}年{m}月{d}日完成",
    "{y}-{m:02d}-{d:02d}",
    "{y}.{m}.{d}",
    "已于{m}月{d}日完成",
)
DONE_WORDS = ("按时完成", "按期完成", "已完成", "已按期完成", "{y}年{m}月", "{m}月", "{y}年{m}月底", "完成")
WORD_PAIRS = (
    ("完成", "已完成"),
    ("是", "是"),
    ("达标", "达标"),
    ("优", "优"),
    ("良好以上", "良好"),
    ("健全", "健全"),
    ("合规", "合规"),
    ("无安全责任事故", "无"),
    ("零投诉", "零投诉"),
    ("及时", "及时"),
    ("有保障", "有保障"),
    ("逐年提高", "已提高"),
)
WORD_TARGETS = (
    "有效提升",
    "逐步改善",
    "明显增强",
    "持续提高",
    "得到保障",
    "较上年提升",
    "显著",
    "良好",
    "长期",
    "提升",
)
WORD_MET = ("达成年度指标", "达成预期指标", "达成", "全部达成")
LAST_DAY = {1: 31, 2: 28, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}


def number_with_unit(value: Decimal, unit: str) -> str:
    """``95%``, ``12场次``."""
    return f"{trimmed(value)}{unit}"


def target_text(rng: random.Random, operator: str, target: Value, unit: str, plain: bool) -> str:
    """A target as one cell states it; ``plain`` people leave the operator out."""
    if isinstance(target, tuple):
        year, month, day = target
        patterns = BEFORE if day == LAST_DAY[month] else [pattern for pattern in BEFORE if "{d" in pattern]
        return rng.choice(patterns).format(y=year, m=month, d=day)
    if not isinstance(target, Decimal):
        return str(target)
    shown = number_with_unit(target, unit)
    if plain:
        return shown
    pattern = rng.choice({"≥": AT_LEAST, "≤": AT_MOST}.get(operator, EQUAL)).format(v=shown)
    return pattern.translate(FULL) if rng.random() < 0.06 else pattern


def actual_text(rng: random.Random, actual: Value, unit: str, counted: bool = False) -> str:
    """An actual value as people write it: a number with its unit, sometimes with 完成 before it."""
    if isinstance(actual, tuple):
        patterns = DONE_WORDS if rng.random() < 0.22 else DONE_ON
        return rng.choice(patterns).format(y=actual[0], m=actual[1], d=actual[2])
    if not isinstance(actual, Decimal):
        return str(actual)
    shown = number_with_unit(actual, unit)
    dice = rng.random()
    if unit == "%" and dice < 0.2:
        return f"{actual:.2f}%"
    if dice < 0.26:
        return f"完成{shown}" if counted else shown
    if dice < 0.30:
        return shown.translate(FULL)
    return shown if dice < 0.9 else f" {shown} "
