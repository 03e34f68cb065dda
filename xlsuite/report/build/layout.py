"""The measures of GB/T 9704-2012 and the fonts, by name with the names to fall back on. Lengths in twips (1/20 pt)."""

from __future__ import annotations

from dataclasses import dataclass

TWIPS_PER_MM = 1440 / 25.4


def mm(length: float) -> int:
    """Millimetres in twips."""
    return round(length * TWIPS_PER_MM)


LATIN = "Times New Roman"
BODY, HEI, KAI, TITLE, SONG = "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体", "宋体"
FONTS = {
    BODY: ("仿宋,FangSong,华文仿宋,STFangsong", "modern"),
    HEI: ("SimHei,华文细黑,Noto Sans CJK SC", "modern"),
    KAI: ("楷体,KaiTi,华文楷体,STKaiti", "modern"),
    TITLE: ("方正小标宋_GBK,华文中宋,STZhongsong,宋体,SimSun", "script"),
    SONG: ("SimSun,华文宋体,Noto Serif CJK SC", "auto"),
}
"""Font names with the alternatives Word may take, and their family. Fonts are named, never embedded."""

LINE = 560
"""Fixed line spacing of the text: 28 pt. ``library.py`` sets what the profile wants."""

ERHAO, SANHAO, SIHAO, XIAOSI, WUHAO = 44, 32, 28, 24, 21
"""Chinese type sizes in half points: 二号, 三号, 四号, 小四, 五号."""


@dataclass(frozen=True, slots=True)
class Page:
    """Paper, margins, and how far the page number stands from the lower edge: 7 mm below the text area.

    The text area is 156 mm wide and 225 mm high on an upright page.
    """

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int
    footer: int
    landscape: bool = False

    @property
    def text_width(self) -> int:
        """Width of the text area."""
        return self.width - self.left - self.right


UPRIGHT = Page(11906, 16838, mm(37), mm(26), mm(35), mm(28), mm(22))
LANDSCAPE = Page(16838, 11906, mm(28), mm(35), mm(26), mm(37), mm(13), landscape=True)
