"""A pool ends whatever Ctrl-C left behind."""

from __future__ import annotations

from threading import Lock, Thread

from minutes_miner.config import Limits
from minutes_miner.workflow.workers import Pool


def test_a_pool_ends_where_ctrl_c_left_a_waiter_that_nobody_waits_with() -> None:
    """A signal between the two steps of ``Condition.notify`` leaves its waiter listed, and locked again by who woke."""
    left = Lock()
    left.acquire()
    pool = Pool(1, Limits())
    with pool:
        assert "minutes_miner" in pool.find_version()
        pool._pool._context.task_queue.not_empty._waiters.appendleft(left)  # type: ignore[attr-defined]
        ending = Thread(target=pool.__exit__, args=(None, None, None), daemon=True)
        ending.start()
        ending.join(60)
        assert not ending.is_alive()
