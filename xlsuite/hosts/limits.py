"""Every limit on one file, in one place. A file over a limit is refused with the sentence given here.

The values are generous for any 自评表 workbook (a usual one has 20 KB, 3 sheets and 1,500 cells) and keep the reading
of a hostile file under a few seconds and 512 MB of memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import thread_time

from xlsuite.core.errors import LimitExceeded

KB, MB = 1024, 1024 * 1024


@dataclass(slots=True)
class Limit:
    """``most`` is the largest value allowed; ``sentence`` says in Chinese what is wrong and what to do.

    ``unit`` is "bytes" (shown as KB or MB) or "count". ``sentence`` may use ``{found}`` and ``{most}``.
    """

    most: int
    sentence: str
    unit: str = "count"

    def check(self, found: int, where: str = "") -> None:
        """Raise LimitExceeded when ``found`` is more than allowed; ``where`` names the place, for example a sheet."""
        if found > self.most:
            raise LimitExceeded(where + self.sentence.format(found=self._show(found), most=self._show(self.most)))

    def _show(self, number: int) -> str:
        if self.unit == "bytes":
            return f"{number / MB:.0f} MB" if number >= MB else f"{number / KB:.0f} KB"
        return f"{number:,}"


SPLIT = "请把自评表单独另存为一个工作簿后再试。"
RESAVE = "请用 Excel 或 WPS 打开后另存为新的 .xlsx 文件再试。"

FILE_BYTES = Limit(64 * MB, "文件有 {found}，超过 {most} 的上限，" + SPLIT, "bytes")
MEMBERS = Limit(5_000, "文件包内有 {found} 个部件，超过 {most} 个的上限，" + RESAVE)
PART_BYTES = Limit(32 * MB, "文件内的一个部件解压后超过 {most}，" + SPLIT, "bytes")
TEXT_FILE_BYTES = Limit(16 * MB, "这个网页或文本格式的文件有 {found}，超过 {most} 的上限，" + SPLIT, "bytes")
SHEET_BYTES = Limit(400 * MB, "一张工作表解压后超过 {most}，" + SPLIT, "bytes")
TOTAL_BYTES = Limit(600 * MB, "文件解压后超过 {most}，可能是人为制造的压缩炸弹，" + SPLIT, "bytes")
RATIO = Limit(400, "文件内有一个部件的压缩比达到 {found} 倍，超过 {most} 倍的上限，可能是压缩炸弹，" + RESAVE)
SHEETS = Limit(500, "工作簿有 {found} 张工作表，超过 {most} 张的上限，" + SPLIT)
CELLS = Limit(300_000, "有 {found} 个有内容的单元格，超过 {most} 个的上限，" + SPLIT)
MERGES = Limit(65_536, "有 {found} 个合并单元格区域，超过 {most} 个的上限，" + RESAVE)
MERGED_CELLS = Limit(5_000_000, "的合并单元格区域过多、过大，无法逐格核对，" + RESAVE)
STYLES = Limit(70_000, "有 {found} 种单元格格式，超过 {most} 种的上限，" + RESAVE)
STRINGS = Limit(400_000, "有 {found} 条文本，超过 {most} 条的上限，" + SPLIT)
TEXT_CHARACTERS = Limit(40_000, "有一个单元格的文字长达 {found} 个字，超过 {most} 个字的上限，请缩短后再试。")
XML_DEPTH = Limit(200, "文件内部的标记嵌套超过 {most} 层，" + RESAVE)
SECONDS = Limit(30, "读取已用 {found} 秒，超过 {most} 秒的上限，" + SPLIT)

HEAD_BYTES = 24 * MB
"""A sheet larger than this is read up to the last whole row within it; the rest is mostly empty formatted rows."""

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
"""The largest row and column numbers a workbook can have."""

WIDE_RATIO_BYTES = MB
"""The compression ratio is judged only for parts larger than this; small parts of blanks compress well honestly."""


class Clock:
    """Computing time spent on one file; waiting for other programs does not count."""

    __slots__ = ("_start",)

    def __init__(self) -> None:
        self._start = thread_time()

    def check(self) -> None:
        """Raise LimitExceeded when the file has taken longer than ``SECONDS``."""
        SECONDS.check(int(thread_time() - self._start))
