"""Run documents in worker processes, so that a crash, a hang or a memory bomb costs one document only."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from types import TracebackType
from typing import Protocol, Self, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from minutes_miner.config import Limits
from minutes_miner.errors import AnnotateError
from minutes_miner.workflow.document import find_version, load_once, try_batch, try_listing
from minutes_miner.workflow.files import Found
from minutes_miner.workflow.outcome import Answered, Failure, Task

TASKS_PER_WORKER = 500
"""A worker makes room for a fresh one after so many documents, so that leaks of C libraries stay small."""

MOST_FILES = 16
"""Files of one batch: enough that handing them over costs nothing, few enough that little is lost with a worker."""

_CALLS = 3
"""Calls to the thread that hands out batches, when a pool ends; one would do but for Ctrl-C."""
Answer = Callable[[], list[Answered]]
"""Wait for what became of the files of a batch and give it, in their order."""

Listing = Callable[[], list[Found] | Failure | None]
"""Wait for the list of what an archive or a mail holds; None where the file is one document itself."""

_Result = TypeVar("_Result")


class Workers(Protocol):
    """Take documents and answer with what was found in them."""

    def __enter__(self) -> Self:
        """Start."""
        ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Stop, giving up on documents that are still in work."""
        ...

    @property
    def window(self) -> int:
        """Tell how many batches may be handed in before the first is answered."""
        ...

    def find_version(self) -> str:
        """Give the version of the pipeline that the workers use."""
        ...

    @property
    def size(self) -> int:
        """Tell how many files a batch may hold."""
        ...

    def submit(self, tasks: Sequence[Task]) -> Answer:
        """Hand in a batch of files."""
        ...

    def submit_container(self, task: Task) -> Listing:
        """Hand in one archive or mail, to be told what it holds."""
        ...


class InProcess:
    """Mine in this very process, one document after the other: for debugging and tests."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        pass

    @property
    def window(self) -> int:
        """Tell how many batches may be handed in before the first is answered."""
        return 1

    def find_version(self) -> str:
        """Give the version of the pipeline."""
        return find_version()

    @property
    def size(self) -> int:
        """Tell how many files a batch may hold."""
        return 1

    def submit(self, tasks: Sequence[Task]) -> Answer:
        """Mine a batch when the answer is asked for."""
        return lambda: try_batch(tasks, self._limits)

    def submit_container(self, task: Task) -> Listing:
        """List an archive's members when the answer is asked for."""
        return lambda: try_listing(task, self._limits)


class Pool:
    """Mine in worker processes with limits of time and memory.

    Args:
        jobs: number of processes, at least 1.
        limits: what one document may cost.
        size: the most files of a batch.
    """

    def __init__(self, jobs: int, limits: Limits, size: int = 1) -> None:
        self._jobs = jobs
        self._limits = limits
        self._size = size
        self._pool: ProcessPool

    def __enter__(self) -> Self:
        # One thread a worker: the processes share the cores, and each thread reserves address space.
        for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
            os.environ.setdefault(name, "1")
        # A worker is a copy of a process that has the pipeline loaded, or where there is no fork loads it before its
        # first document: the clock of a document never counts that.
        can_fork = "forkserver" in multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if can_fork else "spawn")
        context.set_forkserver_preload(["minutes_miner.workflow.preload"])
        self._pool = ProcessPool(
            max_workers=self._jobs,
            max_tasks=TASKS_PER_WORKER,
            initializer=_start_worker,
            initargs=(self._limits,),
            context=context,
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]  # pebble 5.2 leaves it without types
        # Ctrl-C while a batch was handed in can leave a waiter in the queue with which nobody waits any more. It takes
        # the one call that join() makes for the thread that does wait; so that is called again, or join() never ends.
        for _ in range(_CALLS):
            self._pool._context.task_queue.put(None)
        self._pool.join()

    @property
    def window(self) -> int:
        """Tell how many batches may be handed in before the first is answered."""
        return 4 * self._jobs

    def find_version(self) -> str:
        """Give the version of the pipeline that the workers use.

        Raises:
            AnnotateError: it can't be loaded.
        """
        try:
            return str(self._pool.schedule(find_version).result())
        except ProcessExpired as error:
            reason = f"the language pipeline crashed while it was loaded ({_name_exit(error.exitcode)})"
            advice = "check that the machine has memory to spare, and try --jobs 0"
            raise AnnotateError(reason, advice=advice) from None

    @property
    def size(self) -> int:
        """Tell how many files a batch may hold."""
        return self._size

    def submit(self, tasks: Sequence[Task]) -> Answer:
        """Hand in a batch of files; where it crashes or takes too long, each of them is tried by itself."""
        future = self._pool.schedule(try_batch, args=(tasks, self._limits), timeout=self._limits.max_seconds)
        return lambda: self._settle(future, tasks)

    def submit_container(self, task: Task) -> Listing:
        """Hand in one archive or mail, to be told what it holds."""
        future = self._pool.schedule(try_listing, args=(task, self._limits), timeout=self._limits.max_seconds)
        return lambda: self._wait(future, task)

    def _settle(self, future: ProcessFuture[list[Answered]], tasks: Sequence[Task]) -> list[Answered]:
        if len(tasks) == 1:
            answers = self._wait(future, tasks[0])
            return [Answered(answers)] if isinstance(answers, Failure) else answers
        try:
            return future.result()
        except (TimeoutError, ProcessExpired):
            alone = [self.submit([task]) for task in tasks]
            return [answer for wait in alone for answer in wait()]

    def _wait(self, future: ProcessFuture[_Result], task: Task) -> _Result | Failure:
        try:
            return future.result()
        except TimeoutError:
            reason = f"the document took longer than {self._limits.max_seconds:g} seconds; split it"
        except ProcessExpired as error:
            reason = f"the document crashed the program that reads it ({_name_exit(error.exitcode)})"
        except CancelledError:
            reason = "the run was stopped"
        return Failure(task.source, reason, task.size, task.sha256)


def open_workers(jobs: int | None, limits: Limits, *, tasks: int | None) -> Workers:
    """Give workers: a pool of processes, or this process where ``jobs`` is 0.

    Args:
        jobs: number of processes; None for one a core.
        limits: what one document may cost.
        tasks: number of documents, if known; no more processes are started than that.
    """
    if jobs == 0:
        return InProcess(limits)
    jobs = jobs or count_cores()
    jobs = jobs if tasks is None else max(1, min(jobs, tasks))
    return Pool(jobs, limits, choose_size(jobs, tasks))


def choose_size(workers: int, tasks: int | None) -> int:
    """Choose how many files a batch may hold: fewer where there are few, so that all workers have some.

    Args:
        workers: number of processes.
        tasks: number of documents, if known.
    """
    return MOST_FILES if tasks is None else max(1, min(MOST_FILES, tasks // (workers * 8)))


def count_cores() -> int:
    """Tell how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _start_worker(limits: Limits) -> None:
    """Set a worker's limits; the conductor alone handles Ctrl-C and talks to the terminal."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limits.max_memory, limits.max_memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(AnnotateError):  # told when the conductor asks for the version
        load_once()


def _name_exit(code: int) -> str:
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"exit code {code}"
