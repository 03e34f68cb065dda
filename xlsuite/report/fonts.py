"""A Chinese font on this machine for charts. Fonts are looked for, never bundled."""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from pathlib import Path

CANDIDATES = (
    "simhei.ttf",
    "msyh.ttc",
    "Deng.ttf",
    "simsun.ttc",
    "simfang.ttf",
    "FZHTK.TTF",
    "PingFang.ttc",
    "Hiragino Sans GB.ttc",
    "STHeiti Medium.ttc",
    "Songti.ttc",
    "NotoSansCJKsc-Regular.otf",
    "NotoSansSC-Regular.otf",
    "NotoSansCJK-Regular.ttc",
    "SourceHanSansSC-Regular.otf",
    "SourceHanSansCN-Regular.otf",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "DroidSansFallbackFull.ttf",
    "DroidSansFallback.ttf",
    "uming.ttc",
    "NotoSerifCJK-Regular.ttc",
)
"""Font files with all common Chinese characters, best for charts first."""


def _folders() -> list[Path]:
    home = Path.home()
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", "")
        found = [Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"]
        return [*found, Path(local) / "Microsoft" / "Windows" / "Fonts"] if local else found
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts"]
    return [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local" / "share" / "fonts",
        home / ".fonts",
    ]


@lru_cache(maxsize=1)
def chinese_font() -> str:
    """Path of a font file that has Chinese characters; "" when this machine has none of the known ones."""
    found: dict[str, str] = {}
    for folder in _folders():
        for place, _, names in os.walk(folder):
            for name in names:
                found.setdefault(name.lower(), str(Path(place) / name))
    return next((found[name.lower()] for name in CANDIDATES if name.lower() in found), "")
