"""Number formats of a package's cell styles."""

from __future__ import annotations

import re

from xlsuite.hosts import limits
from xlsuite.hosts.package.dialect import unprefixed, utf8
from xlsuite.hosts.package.events import Attributes, Reader
from xlsuite.hosts.package.strings import unescape

_BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '"¥"#,##0;"¥"-#,##0', 6: '"¥"#,##0;[Red]"¥"-#,##0', 7: '"¥"#,##0.00;"¥"-#,##0.00',
    8: '"¥"#,##0.00;[Red]"¥"-#,##0.00', 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;[Red]-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""Formats known by number only (ECMA-376 part 1, 18.8.30, zh-CN; 14 and 22 as Chinese systems show them)."""

_CODE = re.compile(rb'<numFmt numFmtId="([0-9]{1,9})" formatCode="([^"<]*)"\s*/>')
_XF = re.compile(rb'<xf (?:[^<>]*? )?numFmtId="([0-9]{1,9})"')


def code_of(number: int, custom: dict[int, str]) -> str:
    """The format code behind a format number; General for numbers nobody defined."""
    return custom.get(number) or _BUILT_IN.get(number, "General")


def read_styles(data: bytes) -> tuple[str, ...]:
    """The format code of every cell style, in the order cells refer to them."""
    data = utf8(data)
    codes = _scan(unprefixed(data))
    if codes is None:
        reader = _StyleReader()
        reader.read(data)
        codes = [code_of(number, reader.custom) for number in reader.numbers]
    return tuple(codes)


def _scan(data: bytes) -> list[str] | None:
    """The codes by regular expression; None when the part is written in another dialect."""
    start, stop = data.find(b"<cellXfs"), data.find(b"</cellXfs>")
    if b"<!" in data or b"<styleSheet" not in data[:2000] or not 0 <= start < stop:
        return None
    limits.STYLES.check(data.count(b"<xf ", start, stop), "工作簿内")
    numbers = _XF.findall(data, start, stop)
    first = data.find(b"<numFmts")
    last = data.find(b"</numFmts>")
    listed = _CODE.findall(data, first, last) if 0 <= first < last else []
    if len(numbers) != data.count(b"<xf", start, stop) or len(listed) != (
        data.count(b"<numFmt ", first, last) if 0 <= first < last else data.count(b"<numFmt ")
    ):
        return None
    custom = {int(number): unescape(code.decode("utf-8", "replace")) for number, code in listed}
    known = {raw: code_of(int(raw), custom) for raw in set(numbers)}
    return [known[raw] for raw in numbers]


class _StyleReader(Reader):
    def __init__(self) -> None:
        super().__init__()
        self.custom: dict[int, str] = {}
        self.numbers: list[int] = []
        self._inside = self._past = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "numFmt" and not self._past:
            self.custom[_number(attributes) or -1] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside:
            self.numbers.append(_number(attributes))
            limits.STYLES.check(len(self.numbers), "工作簿内")

    def end(self, name: str) -> None:
        if name == "cellXfs":
            # What follows has formats of its own, for conditional formatting.
            self._inside, self._past = False, True


def _number(attributes: Attributes) -> int:
    """The format number; 0, General, when it is missing or none."""
    number = attributes.get("numFmtId", "")
    return int(number) if number.isdecimal() and len(number) < 9 else 0
