"""Choosing the profile of a form: by its region, else by its own weights, else by its year; and saying why.

Region names are data (``[detect]`` of the profiles). A name counts only where a name can begin, so that 适宜城市 is not
宜城市; the units are asked before the title, and the title before the rest of the text.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from xlsuite.core.form import Form
from xlsuite.core.profile import load, profile_ids
from xlsuite.core.text import squeeze

_UNITS = ("department", "unit", "budget_unit", "reporter", "region")
_BEFORE = frozenset("省市州县区盟旗年度于在由为和及与")
"""Characters after which the name of a place may begin; anything that is no Chinese character is fine too."""
_NOT_AFTER = frozenset("路街道域间块别位划段镇乡村岸侧里湾麓")
"""上海路, 安居区域 and 黄河南岸 are no places of their own."""
_LAKES = frozenset("太西东南北庭阳武巢洪")
"""太湖南部 is not 湖南."""
_ELSEWHERE = ""

NATIONAL, WITH_COST, NEUTRAL = "national-2020", "national-2021", "neutral"


class _Places:
    """Names of places with the profile of their province; a province without a profile has the id ""."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.provinces: dict[str, str] = {}
        for profile_id in profile_ids():
            detect = load(profile_id).detect
            self.provinces.update(dict.fromkeys(detect.get("provinces", ()), profile_id))
            self.provinces.update(dict.fromkeys(detect.get("elsewhere", ()), _ELSEWHERE))
            self.names.update({f"{city}市": profile_id for city in detect.get("cities", ())})
            self.names.update(dict.fromkeys((*detect.get("names", ()), *detect.get("counties", ())), profile_id))
        self.lengths = sorted({len(name) for name in self.names}, reverse=True)
        self.province_lengths = sorted({len(name) for name in self.provinces}, reverse=True)

    def find(self, text: str) -> dict[str, str]:
        """Every profile id named in a text, with the name that showed it."""
        found: dict[str, str] = {}
        for start in range(len(text) - 1):
            name = _longest(text, start, self.provinces, self.province_lengths)
            if name and not (name[0] == "湖" and start and text[start - 1] in _LAKES):
                found.setdefault(self.provinces[name], name)
            elif start == 0 or text[start - 1] in _BEFORE or not "\u4e00" <= text[start - 1] <= "\u9fff":
                name = _longest(text, start, self.names, self.lengths)
                if name:
                    found.setdefault(self.names[name], name)
        return found


def _longest(text: str, start: int, names: dict[str, str], lengths: list[int]) -> str:
    for length in lengths:
        stop = start + length
        if text[start:stop] in names and text[stop : stop + 1] not in _NOT_AFTER:
            return text[start:stop]
    return ""


@lru_cache(maxsize=1)
def _places() -> _Places:
    return _Places()


@lru_cache(maxsize=1024)
def _region(text: str) -> tuple[str, str] | None:
    """The one profile a text names, with the name; None when it names none or several."""
    found = _places().find(text)
    return next(iter(found.items())) if len(found) == 1 else None


def choose(form: Form) -> tuple[str, str]:
    """The id of the profile a form should be checked against, and one Chinese sentence that says why."""
    units = "\n".join(squeeze(form.info[key].text) for key in _UNITS if key in form.info)
    project = form.info["project_name"].text if "project_name" in form.info else ""
    for where, text in (
        ("主管部门或实施单位", units),
        ("表名", squeeze(form.title.text)),
        ("表头表尾", squeeze(form.text)),
        ("项目名称", squeeze(project)),
    ):
        region = _region(text) if text else None
        if region:
            profile_id, name = region
            if profile_id == _ELSEWHERE:
                break
            return profile_id, f"{where}中有“{name}”，选用{load(profile_id).title}。"
    return _by_structure(form)


def _by_structure(form: Form) -> tuple[str, str]:
    total = form.fund_total
    execution = total.weight.value if total else None
    if any(row.dimension == "cost" and row.weight.value for row in form.indicators):
        return WITH_COST, f"没有可识别的地区，一级指标中设有成本指标，选用{load(WITH_COST).title}。"
    sums: dict[str, Decimal] = {}
    for row in form.indicators:
        sums[row.dimension] = sums.get(row.dimension, Decimal(0)) + (row.weight.value or 0)
    if execution == 10 or (execution is None and sums.get("output") == 50 and sums.get("benefit") in (30, 40)):
        reason = "预算执行率为 10 分" if execution == 10 else "产出指标为 50 分"
        return NATIONAL, f"没有可识别的地区，{reason}，选用{load(NATIONAL).title}。"
    if execution is not None:
        number = f"{execution.normalize():f}"
        return NEUTRAL, f"没有可识别的地区，预算执行率为 {number} 分，与全国通行安排不同，选用{load(NEUTRAL).title}。"
    if form.year.value and form.year.value >= 2020 and form.kind == "project":
        year = form.year.value
        return NATIONAL, f"没有可识别的地区和分值，评价年度为 {year} 年，选用{load(NATIONAL).title}。"
    return NEUTRAL, f"没有可识别的地区、分值安排和年度，选用{load(NEUTRAL).title}。"
