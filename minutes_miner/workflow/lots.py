"""Put files together into batches, and the answers to them back in the order of the files."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from minutes_miner.workflow.container import is_container
from minutes_miner.workflow.files import Found
from minutes_miner.workflow.outcome import Answered, Skipped, Task, Unchanged
from minutes_miner.workflow.remote import may_hold_others
from minutes_miner.workflow.workers import Answer, Workers

Lot = Sequence[Found | Unchanged]
"""Files that are mined and stored together, and what needs no mining between them."""

_HEAVY = 200_000
"""Bytes of files after which a lot is full: a large one is alone."""

_REMOTE = 50_000
"""Bytes that a file counts for where only asking would tell its size."""

_LOOKED_AT = 64
"""Files that are opened to see whether they hold others before a run begins."""


@dataclass(frozen=True, slots=True)
class Census:
    """Hold what is known of a run before it begins.

    Attributes:
        files: how many were found.
        documents: how many of them are to be mined; None where archives among few hide how many there are.
        is_empty: whether there is nothing but files that are left out.
    """

    files: int
    documents: int | None
    is_empty: bool


def take_census(found: Iterable[Found]) -> Census:
    """Count files, holding none of them; of the first few it is seen whether they hold others."""
    files = tasks = skipped = 0
    has_container = False
    for item in found:
        files += 1
        skipped += isinstance(item, Skipped)
        if isinstance(item, Task):
            tasks += 1
            has_container = has_container or tasks <= _LOOKED_AT and holds_others(item)
    return Census(files, None if has_container and tasks <= _LOOKED_AT else tasks, skipped == files)


def holds_others(task: Task) -> bool:
    """Tell whether a file may be an archive, a mail or a WARC file that is still to be opened."""
    if task.steps:
        return False
    return may_hold_others(task.address) if task.address else is_container(task.path)


def cut_lots(items: Iterable[Found], size: int) -> Iterator[list[Found]]:
    """Cut files into lots of so many, fewer where they are large."""
    lot: list[Found] = []
    weight = 0
    for item in items:
        own = _weigh(item)
        if lot and (len(lot) >= size or weight + own > _HEAVY):
            yield lot
            lot, weight = [], 0
        lot.append(item)
        weight += own
    if lot:
        yield lot


def answer_lots(lots: Iterable[Lot], workers: Workers) -> Iterator[list[Answered]]:
    """Have lots mined, with a bounded number of them in work, and give the answers in the order of the files."""
    waiting: deque[tuple[Lot, Answer | None]] = deque()
    for lot in lots:
        tasks = [item for item in lot if isinstance(item, Task)]
        waiting.append((lot, workers.submit(tasks) if tasks else None))
        if len(waiting) >= workers.window:
            yield _settle(*waiting.popleft())
    while waiting:
        yield _settle(*waiting.popleft())


def sample(found: Iterable[Found], share: float, limit: int | None) -> Iterator[Found]:
    """Choose files: the same ones in every run, whatever the others are, and all of them in any larger sample.

    Args:
        found: files in their order.
        share: how many to take of 1.
        limit: the most files to take, in their order; what is left out anyway does not count.
    """
    from minutes_miner.workflow.files import digest

    chosen = (one for one in found if share >= 1 or int(digest(one.source.encode())[:8], 16) < share * 16**8)
    if limit is None:
        yield from chosen
        return
    yield from islice((one for one in chosen if not isinstance(one, Skipped)), limit)


def _settle(lot: Lot, answer: Answer | None) -> list[Answered]:
    answers = iter(answer() if answer else ())
    return [next(answers) if isinstance(item, Task) else Answered(item) for item in lot]


def _weigh(item: Found) -> int:
    if not isinstance(item, Task):
        return 0
    if item.size or item.steps:
        return item.size
    if item.address:
        return _REMOTE
    try:
        return item.path.stat().st_size
    except (OSError, ValueError):
        return 0
