"""A write leaves the old or the new file, whole: killed at every step, on a full disk, with other writers about."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.hosts.packaging import minimal, part, sheet, zipped
from xlsuite.core.errors import StaleCell, UnreadableFile, UnsafeWrite
from xlsuite.core.finding import ERROR, Edit, Mark
from xlsuite.core.form import Ref
from xlsuite.hosts import locking
from xlsuite.hosts.locking import owner_file, process_lives, require_closed, writer_lock
from xlsuite.hosts.package import save
from xlsuite.hosts.package.marks import mark
from xlsuite.hosts.package.patch import apply_edits

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and modes of POSIX")
EDIT = Edit(Ref("表", 1, 1), Decimal(1), Decimal(2), "测试")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "自评 表.xlsx"
    zipped(minimal(sheet('<row r="1"><c r="A1"><v>1</v></c></row>')), path)
    return path


def write(path: Path, target: Path | None = None, **options):
    return apply_edits(path, target or path, [EDIT], **{"expected_sha256": None, "recompute": False} | options)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


KILLER = """
import os, signal, sys
from decimal import Decimal
from pathlib import Path
from xlsuite.core.finding import ERROR, Edit, Mark
from xlsuite.core.form import Ref
from xlsuite.hosts.package.marks import mark
from xlsuite.hosts.package.patch import apply_edits

folder, limit, when, what = Path(sys.argv[1]).resolve(), int(sys.argv[2]), sys.argv[3], sys.argv[4]
calls = 0

def guarded(function):
    def call(*arguments, **named):
        global calls
        calls += 1
        mine = calls
        if when == "before" and mine == limit:
            os.kill(os.getpid(), signal.SIGKILL)
        if when == "half" and mine == limit and function is write:
            function(arguments[0], arguments[1][: len(arguments[1]) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        try:
            return function(*arguments, **named)
        finally:
            if when == "after" and mine == limit:
                os.kill(os.getpid(), signal.SIGKILL)
    return call

write = os.write
path = folder / "a.xlsx"
for name in ("open", "write", "fsync", "link", "replace", "unlink", "close", "chown", "utime", "ftruncate"):
    setattr(os, name, guarded(getattr(os, name)))
if what == "edit":
    apply_edits(path, path, [Edit(Ref("表", 1, 1), Decimal(1), Decimal(2), "x")], expected_sha256=None, recompute=False)
else:
    mark(path, path, [Mark(Ref("表", 1, 1), ERROR, "x")], [])
print("done", calls)
"""


def run_killed(folder: Path, step: int, when: str, what: str) -> subprocess.CompletedProcess[str]:
    arguments = [sys.executable, "-c", KILLER, str(folder), str(step), when, what]
    return subprocess.run(arguments, capture_output=True, text=True, timeout=60, check=False)


@POSIX
@pytest.mark.parametrize(
    ("what", "when"), [("edit", "before"), ("edit", "after"), ("edit", "half"), ("mark", "before")]
)
def test_a_write_killed_at_any_step_leaves_a_whole_file(tmp_path, what, when):
    """The write is killed at its first system call, then at its second, and so on until it gets through."""
    data = zipped(minimal(sheet('<row r="1"><c r="A1"><v>1</v></c></row>')))
    seen, step, finished = set(), 0, False
    while not finished:
        step += 1
        folder = tmp_path / str(step)
        folder.mkdir()
        path = folder / "a.xlsx"
        path.write_bytes(data)
        outcome = run_killed(folder, step, when, what)
        through = re.search(r"done (\d+)", outcome.stdout)
        assert through or outcome.returncode == -signal.SIGKILL, outcome.stderr
        finished = through is not None and int(through[1]) < step
        content = path.read_bytes()
        is_old = content == data
        if not is_old:
            part(path)  # whole: every member's check sum is right
            backups = [other for other in folder.iterdir() if "_备份_" in other.name]
            assert [other.read_bytes() for other in backups] == [data]
        seen.add("old" if is_old else "new")
        age_lock(folder)
        write_again(path, is_old or what == "mark")
        assert {re.sub(r"_备份_.*", "_备份", name) for name in names(folder)} <= {"a.xlsx", "a_备份"}
        assert step < 60
    assert step > 5
    assert "new" in seen
    assert when == "half" or "old" in seen


def age_lock(folder: Path) -> None:
    """An empty lock counts as taken for a moment; here the moment is over."""
    for path in folder.glob(".*.lock"):
        os.utime(path, (1, 1))


def write_again(path: Path, still_one: bool) -> None:
    """The next write is hindered by nothing that the killed one left."""
    old, new = (Decimal(1), Decimal(3)) if still_one else (Decimal(2), Decimal(3))
    apply_edits(path, path, [Edit(EDIT.ref, old, new, "x")], expected_sha256=None, recompute=False, backup=False)
    assert b"<v>3</v>" in part(path)


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "磁盘空间不足"), (errno.EACCES, "没有权限"), (errno.EROFS, "没有权限"), (errno.EIO, "出错")],
)
@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_failing_system_call_leaves_the_original(book, monkeypatch, number, words, call):
    before = book.read_bytes()

    def fail(*_: object, **__: object):
        raise OSError(number, os.strerror(number))

    real = getattr(os, call)
    monkeypatch.setattr(save.os, call, lambda *a, **k: real(*a, **k) if is_lock(a) else fail())
    with pytest.raises(UnsafeWrite, match=words) as caught:
        write(book)
    monkeypatch.undo()
    assert "没有改动" in str(caught.value)
    assert book.read_bytes() == before
    assert {name for name in names(book.parent) if "备份" not in name} == {book.name}


def is_lock(arguments: tuple[object, ...]) -> bool:
    """The lock's own small record may be written."""
    return len(arguments) == 2 and isinstance(arguments[1], bytes) and b"process" in arguments[1]


@POSIX
def test_a_really_full_disk(book, tmp_path):
    """/dev/full stands for one: a limit on file size makes the write itself fail."""
    code = (
        "import resource, signal, sys\nfrom pathlib import Path\nfrom tests.hosts.test_write_safety import write\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\nresource.setrlimit(resource.RLIMIT_FSIZE, (600, 600))\n"
        "try:\n    write(Path(sys.argv[1]))\nexcept Exception as error:\n    print(type(error).__name__, error)\n"
    )
    before = book.read_bytes()
    root = Path(__file__).parents[2]
    run = subprocess.run([sys.executable, "-c", code, str(book)], capture_output=True, text=True, cwd=root, check=False)
    assert "UnsafeWrite" in run.stdout, run.stderr
    assert book.read_bytes() == before
    assert names(tmp_path) == {book.name}


def test_the_backup_is_the_old_file_and_is_named_by_time(book):
    before = book.read_bytes()
    result = write(book)
    assert re.fullmatch(r"自评 表_备份_\d{8}-\d{6}\.xlsx", result.backup.name)
    assert result.backup.read_bytes() == before
    assert book.read_bytes() != before


def test_two_backups_of_one_second_do_not_meet(book):
    moment = datetime(2026, 11, 20, 10, 30, 5).astimezone()
    first = save.backup_path(book, moment)
    assert first.name == "自评 表_备份_20261120-103005.xlsx"
    first.touch()
    assert save.backup_path(book, moment).name == "自评 表_备份_20261120-103005_2.xlsx"


def test_a_file_system_without_second_names_gets_a_copy(book, monkeypatch):
    before = book.read_bytes()

    def no_link(*_: object):
        raise OSError(errno.EPERM, "not here")

    monkeypatch.setattr(save.os, "link", no_link)
    assert write(book).backup.read_bytes() == before


@POSIX
def test_mode_and_links_are_kept(book, tmp_path):
    book.chmod(0o640)
    link = tmp_path / "链接.xlsx"
    link.symlink_to(book)
    write(link)
    assert link.is_symlink()
    assert book.stat().st_mode & 0o777 == 0o640
    assert b"<v>2</v>" in part(book)


def test_a_read_only_file_is_refused(book):
    book.chmod(0o444)
    with pytest.raises(UnsafeWrite, match="只读"):
        write(book)
    book.chmod(0o644)


def test_folders_and_missing_places_are_refused(book, tmp_path):
    with pytest.raises(UnsafeWrite, match="不是文件"):
        write(book, tmp_path)
    with pytest.raises(UnsafeWrite, match="输出文件夹"):
        write(book, tmp_path / "没有" / "a.xlsx")
    with pytest.raises(UnreadableFile, match="找不到文件"):
        write(tmp_path / "没有.xlsx", tmp_path / "b.xlsx")
    assert names(tmp_path) == {book.name}


@pytest.mark.parametrize("owner", ["~$自评 表.xlsx", ".~lock.自评 表.xlsx#", ".~自评 表.xlsx"])
def test_a_workbook_that_is_open_somewhere_is_refused(book, owner):
    marker = book.with_name(owner)
    marker.write_text("张三")
    assert owner_file(book) == marker
    with pytest.raises(UnsafeWrite, match="正在表格软件中打开"):
        write(book)
    with pytest.raises(UnsafeWrite, match=re.escape(owner)):
        mark(book, book, [Mark(EDIT.ref, ERROR, "x")], [])
    assert names(book.parent) == {book.name, owner}
    write(book, book.with_name("另存.xlsx"))  # a copy may be made of it


def test_a_second_writer_is_refused_and_a_later_one_is_not(book):
    with writer_lock(book), pytest.raises(UnsafeWrite, match="另一个校验程序正在写入"):
        write(book)
    write(book)
    assert {name for name in names(book.parent) if "备份" not in name} == {book.name}


def test_of_many_writers_one_at_a_time(book):
    """Every successful write adds one; none is lost."""
    done = []

    def add() -> None:
        for _ in range(40):
            try:
                with writer_lock(book):
                    value = Decimal(int(re.search(rb"<v>(\d+)</v>", part(book))[1]))
                    data = book.read_bytes().replace(b"x", b"x")
                    output = save_value(data, value + 1)
                    save.replace(book, output, backup=False)
                    done.append(1)
            except UnsafeWrite:
                time.sleep(0.001)

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done
    assert f"<v>{1 + len(done)}</v>".encode() in part(book)


def save_value(data: bytes, value: Decimal) -> bytes:
    from xlsuite.hosts.package.patch import WriteResult, edited

    old = Decimal(int(re.search(rb"<v>(\d+)</v>", part(data))[1]))
    return edited(data, [Edit(EDIT.ref, old, value, "")], WriteResult(Path(), ""), recompute=False)


LOCKS = [
    # content, age in seconds, taken over
    ({"host": socket.gethostname(), "process": 2**22 + 5, "time": 0}, 0, True),
    ({"host": socket.gethostname(), "process": os.getppid(), "time": 0}, 0, False),
    ({"host": "elsewhere", "process": 1, "time": 0}, 5, False),
    ({"host": "elsewhere", "process": 1, "time": 0}, 3600, True),
    ("", 0, False),
    ("", 60, True),
    ("rubbish", 60, True),
]


@POSIX
@pytest.mark.parametrize(("content", "age", "free"), LOCKS)
def test_left_over_locks(book, content, age, free):
    lock = book.with_name(f".{book.name}.xlsuite.lock")
    lock.write_text(content if isinstance(content, str) else json.dumps(content))
    moment = time.time() - age
    os.utime(lock, (moment, moment))
    if free:
        write(book)
        assert not lock.exists()
    else:
        with pytest.raises(UnsafeWrite, match="请等它结束后重试"):
            write(book)
        assert lock.exists()


def test_whether_a_process_lives():
    assert process_lives(os.getpid())
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    assert not process_lives(child.pid)


def test_a_change_by_another_program_during_the_write_is_noticed(book, monkeypatch):
    real = save._write_through
    foreign = zipped(minimal(sheet("")))

    def interrupted(temporary, data, target):
        real(temporary, data, target)
        book.write_bytes(foreign)

    monkeypatch.setattr(save, "_write_through", interrupted)
    with pytest.raises(StaleCell, match="在处理期间被其他程序改动"):
        write(book)
    assert book.read_bytes() == foreign
    assert names(book.parent) == {book.name}


@POSIX
@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_refused(book):
    book.parent.chmod(0o555)
    try:
        with pytest.raises(UnsafeWrite, match="不能写入"):
            write(book)
    finally:
        book.parent.chmod(0o755)


def test_a_lock_that_cannot_be_made_is_explained(book, monkeypatch):
    def refuse(*_: object, **__: object):
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr(locking.os, "open", refuse)
    with pytest.raises(UnsafeWrite, match="文件夹不能写入"):
        write(book)


def test_a_huge_file_is_not_read(tmp_path):
    path = tmp_path / "a.xlsx"
    with path.open("wb") as stream:
        stream.truncate(65 * 1024 * 1024)
    with pytest.raises(UnreadableFile, match="超过 64 MB"):
        write(path)


def test_require_closed_accepts_a_file_that_is_not_there(tmp_path):
    require_closed(tmp_path / "a.xlsx")


def test_names_with_odd_characters(tmp_path):
    path = tmp_path / "[2023]*项目? 'a'&.xlsx"
    zipped(minimal(sheet('<row r="1"><c r="A1"><v>1</v></c></row>')), path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    result = write(path, expected_sha256=digest)
    assert result.backup.exists()
    assert b"<v>2</v>" in part(path)
