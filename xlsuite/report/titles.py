"""Breaking a long title into lines of about equal length, where a phrase ends."""

from __future__ import annotations

import re

WIDTH = 20.0
"""Characters of 二号 type on one line of the text area."""

_NARROW = 0.55
"""Width of a Latin letter or digit in Chinese characters."""

_GOOD_ENDS = re.compile(
    r"年度?|[市县区省州盟旗乡镇]|局|中心|[的和与及暨]|[”》）〉、]|项目|工程|系统|平台|资金|经费|建设|管理"
)
_REACH = 0.34


def width_of(text: str) -> float:
    """Width in Chinese characters."""
    return sum(_NARROW if character < "\u2000" else 1 for character in text)


def broken(title: str, width: float = WIDTH) -> str:
    """The title with line breaks: none when it fits; else near equal lines, ended after a phrase when one is near."""
    if width_of(title) <= width or "【" in title or "\n" in title:
        return title
    lines = int(-(-width_of(title) // width))
    cut = _cut(title, width_of(title) / lines, width)
    return f"{title[:cut]}\n{broken(title[cut:], width)}"


def _cut(title: str, wanted: float, width: float) -> int:
    """Where to end the first line: after the phrase nearest to the wanted width, else at that width."""
    places = {match.end() for match in _GOOD_ENDS.finditer(title)}
    ranked = sorted((abs(width_of(title[:place]) - wanted), place) for place in places if place < len(title))
    rest = width_of(title)
    for distance, place in ranked:
        first = width_of(title[:place])
        if distance <= wanted * _REACH and first <= width and (rest - first <= width or rest > 2 * width):
            return place
    return next(place for place in range(1, len(title) + 1) if width_of(title[:place]) >= min(wanted, width))
