"""Putting new bytes in the place of a file so that a crash at any moment leaves the old or the new file, whole."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from xlsuite.core.errors import StaleCell, UnreadableFile, UnsafeWrite, XlsuiteError
from xlsuite.hosts import limits
from xlsuite.hosts.locking import require_closed, writer_lock

Identity = tuple[int, int, int]
"""Size, modification time and file number: what changes when someone else writes the file."""


@contextmanager
def writing(source: Path, target: Path) -> Iterator[tuple[Path, Path]]:
    """Both paths with links followed, while nobody else may write the target."""
    followed = _real(source)
    source, target = followed, followed if target == source else _real(target)
    if not target.parent.is_dir():
        raise UnsafeWrite(f"输出文件夹“{target.parent}”不存在，没有写入任何内容，请先建立该文件夹。")
    require_writable(target)
    require_closed(target)
    with writer_lock(target):
        yield source, target


def require_writable(target: Path) -> None:
    """UnsafeWrite when the target is marked read-only or is no file."""
    try:
        mode = target.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return
    if not stat.S_ISREG(mode):
        raise UnsafeWrite(f"“{target.name}”不是文件，没有写入任何内容，请换一个输出位置。")
    if not mode & 0o222 or not os.access(target, os.W_OK):
        raise UnsafeWrite(f"“{target.name}”是只读文件，没有写入任何内容，请先取消只读属性，或另选输出位置。")


def read_whole(path: Path) -> tuple[bytes, Identity]:
    """The bytes of a file and its identity at that moment. UnreadableFile when it cannot be read."""
    try:
        with path.open("rb") as stream:
            status = os.fstat(stream.fileno())
            limits.FILE_BYTES.check(status.st_size)
            return stream.read(), (status.st_size, status.st_mtime_ns, status.st_ino)
    except FileNotFoundError:
        raise UnreadableFile(f"找不到文件“{path.name}”，请检查路径是否正确。") from None
    except OSError as error:
        raise UnreadableFile(f"无法读取“{path.name}”（{error.strerror}），请检查权限后再试。") from None


def replace(target: Path, data: bytes, *, backup: bool, unchanged: Identity | None = None) -> Path | None:
    """Write ``data`` as ``target``; the path of the backup of its old content, if there was to be one.

    ``unchanged`` is the identity the target must still have (StaleCell). Any failure leaves the old file as it was.
    The caller holds the writer's lock, so the temporary file's name is ours alone; a left-over of a killed write goes.
    """
    temporary = target.with_name(f".{target.name}.xlsuite.tmp")
    try:
        _write_through(temporary, data, target)
        if unchanged is not None and _identity(target) != unchanged:
            raise StaleCell(f"“{target.name}”在处理期间被其他程序改动，没有写入任何内容，请重新检查后再试。")
        kept = _back_up(target) if backup and target.exists() else None
        os.replace(temporary, target)  # noqa: PTH105 (one system call, named as such)
    except BaseException as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _explained(error, target) from None
        raise
    _flush_folder(target.parent)
    return kept


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        raise UnsafeWrite(f"路径“{path}”无法使用（可能是循环的快捷链接），没有写入任何内容，请换一个位置。") from None


def _identity(path: Path) -> Identity | None:
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino


def _write_through(temporary: Path, data: bytes, target: Path) -> None:
    try:
        handle = _created(temporary)
    except FileExistsError:
        temporary.unlink(missing_ok=True)
        handle = _created(temporary)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view) :]
        if target.exists():
            _like(temporary, target)
        os.fsync(handle)
    finally:
        os.close(handle)


def _created(temporary: Path) -> int:
    return os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o666)


def _like(temporary: Path, target: Path) -> None:
    """Give the new file the old one's permissions, owner and extended attributes, as far as allowed."""
    before = temporary.stat()
    with suppress(OSError):
        shutil.copystat(target, temporary)
        os.utime(temporary, ns=(before.st_atime_ns, before.st_mtime_ns))
    if sys.platform != "win32":
        owner = target.stat()
        if (owner.st_uid, owner.st_gid) != (before.st_uid, before.st_gid):
            with suppress(OSError):
                os.chown(temporary, owner.st_uid, owner.st_gid)


def backup_path(target: Path, moment: datetime) -> Path:
    """``原名_备份_YYYYMMDD-HHMMSS.xlsx``, numbered when that name is taken."""
    stem = f"{target.stem}_备份_{moment:%Y%m%d-%H%M%S}"
    path, number = target.with_name(stem + target.suffix), 2
    while path.exists():
        path, number = target.with_name(f"{stem}_{number}{target.suffix}"), number + 1
    return path


def _back_up(target: Path) -> Path:
    """Keep the old file under a second name. The same file under two names costs nothing and is never half written."""
    path = backup_path(target, datetime.now().astimezone())
    try:
        os.link(target, path)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise
        temporary = target.with_name(f".{target.name}.backup.xlsuite.tmp")
        shutil.copy2(target, temporary)
        with temporary.open("rb+") as stream:
            os.fsync(stream.fileno())
        os.replace(temporary, path)  # noqa: PTH105
    return path


def _flush_folder(folder: Path) -> None:
    """Make the new name durable; systems without this call keep their own order."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _explained(error: OSError, target: Path) -> XlsuiteError:
    name = target.name
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return UnsafeWrite(f"磁盘空间不足，“{name}”没有改动，请清理磁盘或换一个位置后再试。")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return UnsafeWrite(f"没有权限写入“{name}”或文件正被占用，原文件没有改动，请检查权限、关闭占用它的程序后再试。")
    return UnsafeWrite(f"写入“{name}”时出错（{error.strerror}），原文件没有改动，请换一个位置后再试。")
