"""Text made to be slow: the audit stays linear, crashes nowhere, and keeps its memory."""

from __future__ import annotations

import time
import tracemalloc

import pytest

from xlsuite.core.profile import load
from xlsuite.prose.audit import Audit, audit
from xlsuite.prose.documents import from_text

SIZE = 30_000
PROFILE = load("national-2020").at(2023)
PATTERNS = {
    "letters": "a", "digits": "1", "spaced digits": "1 ", "amounts": "1万元，", "list": "支出1万元、", "marker": "其中",
    "announced": "共100万元，其中1万元、2万元，", "open": "(", "pairs": "()", "close": ")",
    "dates": "2023年1月1日支付1万元。",
    "dated lines": "2023年1月1日支付合同款项1万元。\n", "counts": "3类", "members": "甲、", "points": "一是",
    "headings": "一、标题\n", "levels": "一、甲\n（一）乙\n1.丙\n（1）丁\n",
    "quotes": "“", "titles": "《", "cells": "\t1\n",
    "percentages": "占1%，", "rates": "支出1万元，执行率99%；", "growth": "收入1万元，比上年增加1万元，增长1%。",
    "grades": "优良中差", "scores": "自评得分95分，", "colons": ":",
    "lines": "甲\n", "dashes": "a-", "placeholders": "X",
    "names": "长河县自然资源", "semicolons": "1万元；", "instalments": "合同金额100万元，第一期30%30万元，",
}  # fmt: skip


@pytest.mark.parametrize("name", PATTERNS)
def test_linear(name: str) -> None:
    pattern = PATTERNS[name]
    text = pattern * (SIZE // len(pattern))
    start = time.process_time()
    outcome = audit(Audit(from_text(text)), PROFILE)
    assert time.process_time() - start < 5
    assert "SYS900" not in {finding.code for finding in outcome.findings}


def test_many_parts_of_one_total() -> None:
    text = "其中：" + "、".join(f"{i}万元" for i in range(1, 4000)) + "共计100万元"
    start = time.process_time()
    audit(Audit(from_text(text)), PROFILE)
    assert time.process_time() - start < 5


def test_memory_stays_in_proportion() -> None:
    page = "2023年预算安排100万元，支出98万元，执行率98%，其中设备50万元、软件48万元。\n" * 20

    def peak(pages: int) -> int:
        tracemalloc.start()
        audit(Audit(from_text(page * pages)), PROFILE)
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    assert peak(40) < peak(10) * 6
