"""Put what archives and mails hold in their place, in the order of the files."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from minutes_miner.workflow.files import Found
from minutes_miner.workflow.lots import holds_others
from minutes_miner.workflow.outcome import Failure, Skipped, Task
from minutes_miner.workflow.workers import Listing, Workers


def open_containers(items: Iterable[Found], workers: Workers) -> Iterator[tuple[Found, list[Found] | None]]:
    """List what each archive and mail holds; the next ones are opened while the documents of the last are mined.

    Args:
        items: files in their order.
        workers: they open the containers, as they do all that came from elsewhere.

    Yields:
        Each item, or the failure to open it, and what it holds; None where it is one document itself.
    """
    waiting: deque[tuple[Found, Listing | None]] = deque()
    for item in items:
        is_one = isinstance(item, Task) and holds_others(item)
        waiting.append((item, workers.submit_container(item) if isinstance(item, Task) and is_one else None))
        if len(waiting) >= workers.window:
            yield _settle(*waiting.popleft())
    while waiting:
        yield _settle(*waiting.popleft())


def iter_answers(items: Iterable[Found], workers: Workers) -> Iterator[Found]:
    """Give the documents of each file, and at least one answer a file: what is left out in archives is not told."""
    for item, members in open_containers(items, workers):
        if members is None:
            yield item
            continue
        told = [member for member in members if not isinstance(member, Skipped)]
        yield from told or [Failure(item.source, "it holds no file of a kind that is read")]


def _settle(item: Found, listing: Listing | None) -> tuple[Found, list[Found] | None]:
    members = listing() if listing else None
    return (members, None) if isinstance(members, Failure) else (item, members)
