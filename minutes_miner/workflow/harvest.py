"""Mine what was gathered, and tell which of its records say the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from minutes_miner.config import Limits
from minutes_miner.workflow.mining import mine_found
from minutes_miner.workflow.outcome import Progress, Report, Task
from minutes_miner.workflow.reconciling import reconcile

if TYPE_CHECKING:
    from minutes_miner.store import Store
    from minutes_miner.store.papers import MinablePaper


def mine_gathered(
    store: Store,
    store_url: str,
    folder: Path,
    codes: Sequence[str],
    *,
    jobs: int | None = None,
    limits: Limits = Limits(),
    on_progress: Callable[[Progress], None] | None = None,
) -> Report:
    """Mine the papers that were gathered of some authorities; what has not changed is left alone.

    Args:
        store: holds what was gathered.
        store_url: its address.
        folder: of the archive.
        codes: of the authorities.
        jobs: number of worker processes; None for one a core, 0 for none.
        limits: what one document may cost.
        on_progress: told of each paper as it is done.

    Raises:
        StoreError: the database can't be written; what was stored before stays.
        AnnotateError: the language pipeline can't be loaded.
    """
    from minutes_miner.store.papers import find_papers

    tasks = [_task(paper, folder) for paper in find_papers(store, codes)]
    report = mine_found(tasks, store_url, jobs=jobs, limits=limits, on_progress=on_progress)
    for code in codes:
        reconcile(store, code)
    return report


def _task(found: MinablePaper, folder: Path) -> Task:
    paper = found.paper
    return Task(
        folder / paper.place.file,
        paper.source,
        authority=found.authority or None,
        sha256=paper.sha256,
        size=paper.size,
        steps=(paper.place.offset,),
        title=paper.title,
        is_whole=True,
        committee=found.committee,
        meeting_date=found.day,
        url=found.url,
    )
