"""Check many files: choose how, keep the order, keep the journal."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from xlsuite.app.check import CheckOptions
from xlsuite.batch.journal import Journal
from xlsuite.batch.task import Limits, check_record
from xlsuite.output.record import Record

FEW = 24
"""Up to so many files one process is faster than starting others."""


@dataclass(slots=True)
class BatchOptions:
    """How to run: ``jobs`` processes (0 chooses), a Dask scheduler, limits, a journal, a progress listener.

    Without ``isolated`` one job runs in this process, without the limits per file.
    """

    jobs: int = 0
    isolated: bool = True
    dask: str = ""
    limits: Limits = field(default_factory=Limits)
    journal: Journal | None = None
    progress: Callable[[int, int], None] | None = None


def check_many(paths: Sequence[str], options: CheckOptions, batch: BatchOptions) -> Iterator[Record]:
    """Records in the order of ``paths``, each as soon as all before it are done.

    Raises:
        HostUnavailable: the Dask scheduler does not answer.
    """
    done: dict[int, Record] = {}
    following = 0
    for finished, (index, made, fresh) in enumerate(_results(paths, options, batch), start=1):
        if fresh and batch.journal is not None:
            batch.journal.add(made)
        if batch.progress is not None:
            batch.progress(finished, len(paths))
        done[index] = made
        while following in done:
            yield done.pop(following)
            following += 1


def _results(paths: Sequence[str], options: CheckOptions, batch: BatchOptions) -> Iterator[tuple[int, Record, bool]]:
    waiting: list[int] = []
    for index, path in enumerate(paths):
        known = batch.journal.known(path) if batch.journal is not None else None
        if known is not None:
            yield index, known, False
        else:
            waiting.append(index)
    names = [paths[index] for index in waiting]
    for position, made in _fresh(names, options, batch):
        yield waiting[position], made, True


def _fresh(paths: list[str], options: CheckOptions, batch: BatchOptions) -> Iterable[tuple[int, Record]]:
    if batch.dask:
        from xlsuite.batch.cluster import run_on_cluster

        return run_on_cluster(paths, options, batch.dask)
    jobs = batch.jobs or (1 if len(paths) <= FEW else os.cpu_count() or 1)
    if jobs == 1 and (len(paths) <= FEW or not batch.isolated):
        return ((index, check_record(path, options)) for index, path in enumerate(paths))
    return _pooled(paths, options, batch.limits, jobs)


def _pooled(paths: list[str], options: CheckOptions, limits: Limits, jobs: int) -> Iterator[tuple[int, Record]]:
    from xlsuite.batch.pool import Pool

    with Pool(jobs, options, limits) as pool:
        yield from pool.run(paths)
