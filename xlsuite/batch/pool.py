"""Local worker processes under supervision.

The parent hands out small chunks; a worker notes in shared memory which file it is on and since when, and sends its
results a few at a time. So the parent can end a worker that hangs on a file, or replace one that died; it knows the
file to blame, and gives what had not arrived to another worker.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from xlsuite.app.check import CheckOptions
from xlsuite.batch.task import Limits, check_record, died, too_slow
from xlsuite.output.record import Record

CHUNK = 40
_TICK = 0.25
_SEND_SECONDS = 0.1
_IDLE = -1


Task = Callable[[str, CheckOptions], Record]


def _worker(pipe: Connection, place: Any, task: Task, options: CheckOptions, limits: Limits) -> None:
    """Serve chunks of (index, path) until None comes. ``place`` holds the index at work and when it was begun."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory(limits.megabytes)
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    with contextlib.suppress(EOFError, BrokenPipeError):
        while (chunk := pipe.recv()) is not None:
            made: list[tuple[int, Record]] = []
            sent = time.monotonic()
            for index, path in chunk:
                now = time.monotonic()
                if made and now - sent > _SEND_SECONDS:
                    pipe.send(made)
                    made, sent = [], now
                # The time first: the parent may look in between, and must never see an old time beside a new file.
                place[1] = now
                place[0] = index
                made.append((index, task(path, options)))
            place[0] = _IDLE
            pipe.send(made)


def _limit_memory(megabytes: int) -> None:
    if not megabytes or sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))


@dataclass(slots=True)
class _Slot:
    process: BaseProcess
    pipe: Connection
    place: Any
    pending: deque[int] = field(default_factory=deque)

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()

    @property
    def current(self) -> int | None:
        """Index of the file at work, when it is one that is still waited for."""
        index = int(self.place[0])
        return index if index in self.pending else None

    def busy(self, now: float) -> float:
        """Seconds since the file at work was begun."""
        return 0.0 if self.current is None else now - float(self.place[1])


class Pool:
    """Checks files in ``workers`` processes. Use as a context manager; leaving it ends every worker."""

    def __init__(self, workers: int, options: CheckOptions, limits: Limits, *, task: Task = check_record) -> None:
        self._task, self._chunk = task, CHUNK
        self._context = multiprocessing.get_context("spawn")
        self._options, self._limits = options, limits
        self._workers = max(1, workers)
        self._slots: list[_Slot] = []
        self._paths: Sequence[str] = ()
        self._queue: deque[int] = deque()

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for slot in self._slots:
            slot.end()
        self._slots.clear()

    def run(self, paths: Sequence[str]) -> Iterator[tuple[int, Record]]:
        """Results as (index, record) in the order they come."""
        self._paths, self._queue = paths, deque(range(len(paths)))
        missing = len(paths)
        wanted = min(self._workers, -(-len(paths) // self._chunk))
        self._slots = [self._start() for _ in range(wanted)]
        for slot in self._slots:
            self._feed(slot)
        while missing:
            ready = wait([slot.pipe for slot in self._slots], timeout=_TICK)
            for slot in list(self._slots):
                if slot.pipe in ready:
                    for result in self._hear(slot):
                        missing -= 1
                        yield result
            for result in self._overdue():
                missing -= 1
                yield result

    def _start(self) -> _Slot:
        ours, theirs = self._context.Pipe()
        place = self._context.RawArray("d", [_IDLE, 0.0])
        work = (theirs, place, self._task, self._options, self._limits)
        process = self._context.Process(target=_worker, args=work, daemon=True)
        process.start()
        theirs.close()
        return _Slot(process, ours, place)

    def _feed(self, slot: _Slot) -> None:
        # Short chunks at the end keep all workers busy to the last file.
        size = max(1, min(self._chunk, len(self._queue) // (2 * self._workers)))
        while self._queue and len(slot.pending) < size:
            slot.pending.append(self._queue.popleft())
        if slot.pending:
            slot.pipe.send([(index, self._paths[index]) for index in slot.pending])

    def _hear(self, slot: _Slot) -> Iterator[tuple[int, Record]]:
        try:
            results = slot.pipe.recv()
        except (EOFError, OSError):
            yield from self._replace(slot, slow=False)
            return
        for index, _ in results:
            slot.pending.remove(index)
        if not slot.pending:
            self._feed(slot)
        yield from results

    def _overdue(self) -> Iterator[tuple[int, Record]]:
        now = time.monotonic()
        for slot in list(self._slots):
            if slot.busy(now) > self._limits.seconds and not slot.pipe.poll():
                yield from self._replace(slot, slow=True)

    def _replace(self, slot: _Slot, *, slow: bool) -> Iterator[tuple[int, Record]]:
        """End a worker, tell its current file's fate, and give the rest of its chunk to a new one."""
        slot.end()
        # A worker that dies before its first file is charged with that file, or it would be replaced for ever.
        guilty = slot.current if slot.current is not None else next(iter(slot.pending), None)
        if guilty is not None:
            slot.pending.remove(guilty)
            path = self._paths[guilty]
            yield guilty, too_slow(path, self._limits) if slow else died(path)
        self._queue.extendleft(reversed(slot.pending))
        self._slots.remove(slot)
        if self._queue:
            fresh = self._start()
            self._slots.append(fresh)
            self._feed(fresh)
