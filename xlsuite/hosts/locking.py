"""One writer at a time: is a workbook open in a spreadsheet program, and a lock among our own processes."""

from __future__ import annotations

import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from xlsuite.core.errors import UnsafeWrite

if sys.platform != "win32":
    import fcntl

_OWNER_FILES = ("~${name}", ".~lock.{name}#", ".~{name}")
"""What Excel and WPS, LibreOffice, and WPS on Linux leave beside a workbook while it is open."""

_FOREIGN_LOCK_SECONDS = 15 * 60
"""A lock of another machine cannot be asked whether its process lives; no write takes a quarter of an hour."""

_FILL_IN_SECONDS = 2
"""An empty lock that young was created this moment, and its owner is about to state itself."""

_ATTEMPTS = 5


def owner_file(path: Path) -> Path | None:
    """The file that says a spreadsheet program has ``path`` open, or None."""
    for pattern in _OWNER_FILES:
        candidate = path.with_name(pattern.format(name=path.name))
        if candidate.exists():
            return candidate
    return None


def require_closed(path: Path) -> None:
    """UnsafeWrite when the workbook is open in a spreadsheet program."""
    marker = owner_file(path)
    if marker is not None:
        raise UnsafeWrite(
            f"“{path.name}”正在表格软件中打开（旁边有 {marker.name}），没有写入任何内容，请先保存并关闭该文件；"
            f"如果确实没有程序打开它，请删除 {marker.name} 后重试。"
        )
    if path.exists() and sys.platform == "win32":
        try:
            with path.open("r+b"):
                pass
        except PermissionError:
            raise UnsafeWrite(f"“{path.name}”正被其他程序占用或为只读，没有写入任何内容，请关闭后重试。") from None


@contextmanager
def writer_lock(path: Path) -> Iterator[None]:
    """Hold the right to write ``path`` among all our processes. UnsafeWrite when another one has it.

    The lock is a file created exclusively beside the workbook. It is also locked through the operating system, which
    lets go of it when a process is killed, so that a left-over lock is recognised and taken over.
    """
    lock = path.with_name(f".{path.name}.xlsuite.lock")
    handle = _acquire(lock, path.name)
    try:
        yield
    finally:
        if sys.platform == "win32":  # an open file cannot be removed there
            os.close(handle)
            lock.unlink(missing_ok=True)
        else:
            with suppress(OSError):
                lock.unlink()
            os.close(handle)


def _acquire(lock: Path, name: str) -> int:
    for _ in range(_ATTEMPTS):
        try:
            handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        except FileExistsError:
            taken = _take_over(lock, name)
            if taken is None:
                continue
            handle = taken
        except OSError as error:
            raise UnsafeWrite(
                f"“{name}”所在的文件夹不能写入（{error.strerror}），没有写入任何内容，请换一个可写的文件夹或检查权限后再试。"
            ) from None
        while not _hold(handle):  # somebody is just looking whether this lock was left over, and lets go at once
            time.sleep(0.001)
        _state_owner(handle)
        return handle
    raise _busy(name)


def _take_over(lock: Path, name: str) -> int | None:
    """The handle of a lock whose owner is gone; None when the lock has just vanished. UnsafeWrite when it is alive."""
    try:
        handle = os.open(lock, os.O_RDWR)
    except FileNotFoundError:
        return None
    except OSError:
        raise _busy(name) from None
    try:
        same = _hold(handle) and os.fstat(handle).st_ino == os.stat(lock).st_ino  # noqa: PTH116 (inode of the path now)
    except FileNotFoundError:
        os.close(handle)
        return None
    if same and not _owner_lives(handle):
        return handle
    os.close(handle)
    raise _busy(name)


def _busy(name: str) -> UnsafeWrite:
    return UnsafeWrite(f"另一个校验程序正在写入“{name}”，没有写入任何内容，请等它结束后重试。")


def _hold(handle: int) -> bool:
    """Lock the open file for this process; True also where the system has no such locks."""
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _state_owner(handle: int) -> None:
    text = json.dumps({"host": socket.gethostname(), "process": os.getpid(), "time": int(time.time())})
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, text.encode())


def _owner_lives(handle: int) -> bool:
    """Whether the process that states itself in the lock may still be writing."""
    age = time.time() - os.fstat(handle).st_mtime
    try:
        owner: dict[str, Any] = json.loads(os.read(handle, 4096))
        process, host = int(owner["process"]), owner["host"]
    except (ValueError, KeyError, TypeError):
        return age < _FILL_IN_SECONDS
    if host != socket.gethostname():
        return age < _FOREIGN_LOCK_SECONDS
    if process == os.getpid():
        return sys.platform == "win32"  # elsewhere the system's lock has told that it is a left-over
    return process_lives(process)


def process_lives(process: int) -> bool:
    """Whether a process of this machine exists."""
    if sys.platform == "win32":
        import ctypes

        query_limited, still_active = 0x1000, 259
        kernel = ctypes.windll.kernel32
        opened = kernel.OpenProcess(query_limited, False, process)
        if not opened:
            return False
        code = ctypes.c_ulong()
        kernel.GetExitCodeProcess(opened, ctypes.byref(code))
        kernel.CloseHandle(opened)
        return code.value == still_active
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
