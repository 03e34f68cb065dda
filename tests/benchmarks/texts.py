"""A consistent narrative report of a given length, for timing."""

from __future__ import annotations

_CHAPTER = """{number}、第{index}项工作

（一）资金情况。

{year}年预算安排{budget}万元，实际支出{paid}万元，预算执行率{rate}%。其中：设备购置{first}万元，系统开发{second}万元，
两项共计{paid}万元。资金按合同约定的进度支付，没有改变用途，支付手续齐全，核算规范。

（二）完成情况。

全年建成平台{count}个，其中市级{city}个、县级{county}个；培训{people}人次，服务对象满意度达到95.6%。各项任务按照年初计划
推进，项目管理制度健全，质量符合合同要求，数据及时更新，使用单位反映良好，达到了预期的绩效目标。
"""
_NUMBERS = "一二三四五六七八九十"


def _numeral(value: int) -> str:
    if value <= 10:
        return _NUMBERS[value - 1]
    hundreds, value = divmod(value, 100)
    tens, ones = divmod(value, 10)
    if hundreds:
        between = _NUMBERS[tens - 1] + "十" if tens else "零" if ones else ""
        return _NUMBERS[hundreds - 1] + "百" + between + (_NUMBERS[ones - 1] if ones else "")
    return ("" if tens == 1 else _NUMBERS[tens - 1]) + "十" + (_NUMBERS[ones - 1] if ones else "")


def report_text(pages: int) -> str:
    """About ``pages`` pages of 600 characters."""
    parts, index = ["2023年度示例项目绩效自评报告\n"], 0
    while sum(map(len, parts)) < pages * 600:
        index += 1
        first, second = 100 + index, 50 + 2 * index
        paid = first + second
        budget = paid * 2
        city, county = index, index * 3
        parts.append(
            _CHAPTER.format(
                number=_numeral(index),
                index=index,
                year=2023,
                budget=budget,
                paid=paid,
                rate=50,
                first=first,
                second=second,
                count=city + county,
                city=city,
                county=county,
                people=index * 40,
            )
        )
    return "\n".join(parts)
