"""The same work on an existing Dask cluster. Workers must see the files under the same paths."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

from xlsuite.app.check import CheckOptions
from xlsuite.batch.task import check_chunk, died, failed
from xlsuite.core.errors import HostUnavailable
from xlsuite.output.record import Record

CHUNK = 50


def run_on_cluster(
    paths: list[str], options: CheckOptions, address: str, chunk: int = CHUNK
) -> Iterator[tuple[int, Record]]:
    """Results as (index, record) in the order they come.

    A chunk whose worker keeps dying is taken apart, so that only the guilty file is reported.

    Raises:
        HostUnavailable: Dask is not installed, or the scheduler does not answer.
    """
    try:
        distributed: Any = importlib.import_module("distributed")
    except ImportError:
        raise HostUnavailable("没有安装 Dask，请先安装 xlsuite[dask]，或去掉 --dask 在本机检查。") from None
    try:
        client = distributed.Client(address, timeout=10)
    except (OSError, TimeoutError, ValueError) as error:
        raise HostUnavailable(
            f"Dask 调度器 {address} 没有应答（{type(error).__name__}），请检查地址，或去掉 --dask 在本机检查。"
        ) from None
    with client:
        waiting: dict[Any, list[int]] = {}

        def submit(indexes: list[int]) -> Any:
            future = client.submit(check_chunk, [paths[i] for i in indexes], options, pure=False)
            waiting[future] = indexes
            return future

        starts = range(0, len(paths), chunk)
        queue = distributed.as_completed([submit(list(range(i, min(i + chunk, len(paths))))) for i in starts])
        for future in queue:
            indexes = waiting.pop(future)
            trouble = future.exception()
            if trouble is None:
                yield from zip(indexes, future.result(), strict=True)
            elif len(indexes) > 1:
                for index in indexes:
                    queue.add(submit([index]))
            else:
                yield indexes[0], _lost(paths[indexes[0]], trouble)


def _lost(path: str, error: BaseException) -> Record:
    if type(error).__name__ == "KilledWorker":
        return died(path)
    return failed(path, f"集群上的检查没有完成（{type(error).__name__}），请在本机单独检查这个文件。")
