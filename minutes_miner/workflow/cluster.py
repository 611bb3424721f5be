"""Have batches mined by the workers of a Dask cluster, wherever they are; the writer stays in this process.

A worker of the cluster gives its batches to worker processes of its own, just as a run on one machine does, so a
document that crashes, hangs or needs too much memory costs itself only. What a lost worker had in hand is given to
another one.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from contextlib import ExitStack
from functools import cache
from multiprocessing import current_process
from types import TracebackType
from typing import Any, Self

from minutes_miner.config import Limits
from minutes_miner.errors import ClusterError
from minutes_miner.workflow.files import Found
from minutes_miner.workflow.outcome import Answered, Failure, Task
from minutes_miner.workflow.workers import MOST_FILES, Answer, Listing, Pool, Workers, choose_size

LOCAL = "local:"
"""Begins the address of a cluster that is started for the run, such as ``local:4``."""

PATIENCE = 60.0
"""Seconds that a run waits for a worker where the cluster has none."""

_PER_WORKER = 4
"""Batches in hand for each worker: enough that none waits, few enough that little is done again when one is lost."""

_TRIES = 10
"""Workers that may be lost over one batch before it is given up."""

_STEP = 2.0
"""Seconds between two looks at whether the cluster is still there."""


def open_cluster(address: str, limits: Limits, *, tasks: int | None) -> Workers:
    """Give the workers of a cluster.

    Args:
        address: of the scheduler, such as ``tcp://scheduler:8786``; or ``local:N``.
        limits: what one document may cost.
        tasks: number of documents, if known.

    Raises:
        ClusterError: Dask is not installed, or the scheduler can't be reached.
    """
    try:
        import distributed  # noqa: F401
    except ModuleNotFoundError:
        advice = "install it with: pip install 'minutes-miner[cluster]'"
        raise ClusterError("a cluster needs Dask", where=address, advice=advice) from None
    return Cluster(address, limits, tasks)


class Cluster:
    """Hand batches to a Dask cluster and take its answers, a bounded number at a time."""

    def __init__(self, address: str, limits: Limits, tasks: int | None) -> None:
        self._address = address
        self._limits = limits
        self._tasks = tasks
        self._open = ExitStack()
        self._client: Any
        self._version = ""
        self._counted = float("-inf")
        self._threads = 0

    def __enter__(self) -> Self:
        from distributed import Client

        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        with ExitStack() as stack:
            address = self._address
            if address.startswith(LOCAL):
                started = stack.enter_context(_start_local(address.removeprefix(LOCAL), self._address))
                address = started.scheduler_address
            try:
                connected = Client(address, timeout=20, set_as_default=False)  # type: ignore[no-untyped-call]
                self._client = stack.enter_context(connected)
            except (OSError, ValueError, TypeError) as error:
                reason = f"the scheduler can't be reached ({_first_line(error)})"
                raise ClusterError(reason, where=self._address, advice="check the address, and that it runs") from error
            self._open = stack.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._open.close()

    @property
    def window(self) -> int:
        """Tell how many batches may be handed in before the first is answered; it grows with the cluster."""
        return _PER_WORKER * max(1, self._count())

    @property
    def size(self) -> int:
        """Tell how many files a batch may hold."""
        return choose_size(max(1, self._count()), self._tasks) if self._tasks is not None else MOST_FILES

    def find_version(self) -> str:
        """Give the version of the pipeline, which must be the same on all workers.

        Raises:
            ClusterError: there are no workers, or their versions differ.
            AnnotateError: it can't be loaded.
        """
        from distributed import TimeoutError as Late

        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except Late:
            raise self._without_workers() from None
        future = self._client.submit(_version, self._limits, pure=False, retries=_TRIES)
        self._version = self._wait(future)
        return self._version

    def submit(self, tasks: Sequence[Task]) -> Answer:
        """Hand in a batch of files."""
        future = self._client.submit(_mine, list(tasks), self._limits, self._version, pure=False, retries=_TRIES)
        return lambda: self._answer(future, tasks)

    def submit_container(self, task: Task) -> Listing:
        """Hand in one archive or mail, to be told what it holds."""
        future = self._client.submit(_list, task, self._limits, pure=False, retries=_TRIES)
        return lambda: self._listing(future, task)

    def _answer(self, future: Any, tasks: Sequence[Task]) -> list[Answered]:
        from distributed.scheduler import KilledWorker

        try:
            answers: list[Answered] = self._wait(future)
        except KilledWorker:
            if len(tasks) > 1:
                return [answer for wait in [self.submit([task]) for task in tasks] for answer in wait()]
            return [Answered(_lost(tasks[0]))]
        return answers

    def _listing(self, future: Any, task: Task) -> list[Found] | Failure | None:
        from distributed.scheduler import KilledWorker

        try:
            found: list[Found] | Failure | None = self._wait(future)
        except KilledWorker:
            return _lost(task)
        return found

    def _wait(self, future: Any) -> Any:
        """Wait for an answer as long as anything may still give it.

        Raises:
            ClusterError: the scheduler is gone, or no worker is left.
        """
        from distributed import TimeoutError as Late
        from distributed.client import FutureCancelledError

        idle = 0.0
        try:
            while True:
                try:
                    return future.result(timeout=_STEP)
                except Late:
                    idle = 0.0 if self._count() else idle + _STEP
                    if self._client.status != "running":
                        raise self._without_scheduler() from None
                    if idle >= PATIENCE:
                        raise self._without_workers() from None
        except (FutureCancelledError, OSError):
            raise self._without_scheduler() from None
        finally:
            future.release()

    def _count(self) -> int:
        """Count the workers, as the client last heard."""
        if time.monotonic() - self._counted >= _STEP:
            self._counted = time.monotonic()
            try:
                workers = self._client.scheduler_info(n_workers=-1).get("workers", {})
            except OSError:  # the scheduler is gone, or about to be
                workers = {}
            self._threads = sum(int(one.get("nthreads", 1)) for one in workers.values())
        return self._threads

    def _without_scheduler(self) -> ClusterError:
        advice = "what is stored stays: start the cluster, and run the same command again"
        return ClusterError("the cluster's scheduler is gone", where=self._address, advice=advice)

    def _without_workers(self) -> ClusterError:
        reason = f"the cluster has had no workers for {PATIENCE:g} seconds"
        advice = "what is stored stays: start workers, and run the same command again"
        return ClusterError(reason, where=self._address, advice=advice)


def _start_local(count: str, where: str) -> Any:
    """Start a scheduler in this process and workers in processes of their own."""
    import dask
    from distributed import LocalCluster

    if not count.isdecimal() or not 1 <= int(count) <= 1024:
        raise ClusterError("this is not a number of workers", where=where, advice="write local:4")
    dask.config.set({"distributed.worker.daemon": False})  # a worker has worker processes of its own
    return LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=int(count), threads_per_worker=1, processes=True, dashboard_address=None, memory_limit=0
    )


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _lost(task: Task) -> Failure:
    return Failure(task.source, "each worker of the cluster that took it was lost; mine it alone", task.size)


# What follows runs in the cluster's workers.


def _version(limits: Limits) -> str:
    return _crew(limits).find_version()


def _mine(tasks: list[Task], limits: Limits, version: str) -> list[Answered]:
    """Mine a batch in a worker process of this worker.

    Raises:
        ClusterError: this worker has another pipeline than the first one asked.
    """
    own = _own_version(limits)
    if own != version:
        reason = f"the workers differ: one has {own!r}, another {version!r}"
        raise ClusterError(reason, advice="install the same minutes-miner and model on all of them")
    return _crew(limits).submit(tasks)()


def _list(task: Task, limits: Limits) -> list[Found] | Failure | None:
    return _crew(limits).submit_container(task)()


@cache
def _own_version(limits: Limits) -> str:
    return _crew(limits).find_version()


@cache
def _crew(limits: Limits) -> Workers:
    """Give the worker processes of this worker: one a thread, started once.

    Raises:
        ClusterError: the worker may not start processes.
    """
    from distributed import get_worker

    if current_process().daemon:
        advice = "start the workers with DASK_DISTRIBUTED__WORKER__DAEMON=False, or with --no-nanny"
        raise ClusterError("a worker of the cluster may not start processes of its own", advice=advice)
    return Pool(max(1, get_worker().state.nthreads), limits, MOST_FILES).__enter__()
