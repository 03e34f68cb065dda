"""A progress line on stderr for work that takes long; nothing is printed for quick work or into a log."""

from __future__ import annotations

import sys
import time

_QUIET_SECONDS = 1.5
_REDRAW_SECONDS = 0.2


class Progress:
    """Call it with (done, total)."""

    def __init__(self) -> None:
        self._stream = sys.stderr
        self._on = self._stream.isatty()
        self._start = time.monotonic()
        self._drawn = 0.0
        self._visible = False

    def __call__(self, done: int, total: int) -> None:
        """Redraw the line when it is due."""
        now = time.monotonic()
        elapsed = now - self._start
        if not self._on or elapsed < _QUIET_SECONDS or (now - self._drawn < _REDRAW_SECONDS and done < total):
            return
        self._drawn, self._visible = now, True
        rate = done / elapsed
        left = duration((total - done) / rate) if rate else "未知"
        share = f"{done * 100 // total}%"
        print(
            f"\r已检查 {done}/{total} 个文件（{share}），每秒 {rate:.0f} 个，约剩 {left}   ",
            end="",
            file=self._stream,
            flush=True,
        )

    def close(self) -> None:
        """Wipe the line."""
        if self._visible:
            print("\r" + " " * 78 + "\r", end="", file=self._stream, flush=True)


def duration(seconds: float) -> str:
    """Seconds in Chinese words: 5 秒, 3 分 20 秒, 2 小时 5 分."""
    whole = int(seconds + 0.5)
    if whole < 60:
        return f"{whole} 秒"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} 分 {rest} 秒"
    return f"{minutes // 60} 小时 {minutes % 60} 分"
