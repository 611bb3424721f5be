"""Take many files through the stages, and into the database, in an order that does not depend on the workers."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from minutes_miner.config import Limits
from minutes_miner.domain.record import Extraction
from minutes_miner.domain.source import part_digest
from minutes_miner.errors import ReadError
from minutes_miner.workflow.container import read_content
from minutes_miner.workflow.files import Found, digest, find_files, name_of
from minutes_miner.workflow.outcome import Copied, Failure, Outcome, Progress, Report, Skipped, Task, Unchanged
from minutes_miner.workflow.unpacking import count_documents, iter_answers, open_containers
from minutes_miner.workflow.workers import Answer, Workers, open_workers

if TYPE_CHECKING:
    from minutes_miner.store import Store


def extract_files(
    paths: Iterable[Path],
    *,
    authority: str | None = None,
    jobs: int | None = None,
    limits: Limits = Limits(),
    is_whole: bool = False,
) -> Iterator[Extraction | Failure]:
    """Find everything in each file, in the order of the paths, storing nothing.

    Args:
        paths: files, not folders; each document in an archive, a mail or a pack is answered in its place.
        authority: code or name of the authority that the documents are of.
        jobs: number of worker processes; None for one a core, 0 for none.
        limits: what one document may cost.
        is_whole: read a pack of several meetings' minutes as one document, so that each file has one answer.

    Yields:
        For each document what was found, or why it can't be read; at least one answer a path.
    """
    tasks = [Task(path, name_of(path), authority, is_whole=is_whole) for path in paths]
    with open_workers(jobs, limits, tasks=count_documents(tasks)) as workers:
        for outcomes in _in_order(iter_answers(tasks, workers), workers):
            for outcome in outcomes:
                assert isinstance(outcome, (Extraction, Failure))
                yield outcome


def mine(
    paths: Iterable[Path],
    store_url: str,
    *,
    authority: str | None = None,
    jobs: int | None = None,
    force: bool = False,
    limits: Limits = Limits(),
    on_progress: Callable[[Progress], None] | None = None,
) -> Report:
    """Mine files and folders into a database.

    Each file is stored in one transaction as soon as those before it are, so a run that is stopped anywhere
    leaves whole files only, and the same command goes on from there. The database is the same for any number
    of jobs.

    Args:
        paths: files and folders, walked in sorted order.
        store_url: SQLAlchemy address of the database; it is made where there is none.
        authority: code or name of the authority that the documents are of.
        jobs: number of worker processes; None for one a core, 0 for none.
        force: mine documents again that the database holds already.
        limits: what one document may cost.
        on_progress: told of each file as it is done.

    Returns:
        What became of the files; a document that can't be mined is a line of the report, not an exception.

    Raises:
        StoreError: the database can't be opened or written; what was stored before stays.
        AnnotateError: the language pipeline can't be loaded.
    """
    found = list(find_files(paths, authority=authority))
    return mine_found(found, store_url, jobs=jobs, force=force, limits=limits, on_progress=on_progress)


def mine_found(
    found: Sequence[Found],
    store_url: str,
    *,
    jobs: int | None = None,
    force: bool = False,
    limits: Limits = Limits(),
    on_progress: Callable[[Progress], None] | None = None,
) -> Report:
    """Mine files that were found already; see :func:`mine`."""
    from minutes_miner.store import open_store

    began = time.monotonic()
    report = Report(skipped=[item for item in found if isinstance(item, Skipped)])
    if len(report.skipped) == len(found):  # then no database is made either
        return report
    report.skipped, report.found = [], len(found)
    tasks = count_documents(found)
    with open_store(store_url) as store, open_workers(jobs, limits, tasks=tasks) as workers:
        report.address = store.address
        pipeline = "" if tasks == 0 else workers.find_version()
        unpacked = _unpack(found, workers, store, report)
        fresh = (_look_up(item, store, pipeline, limits, force=force) for item in unpacked)
        for outcomes in _in_order(fresh, workers):
            report.found += len(outcomes) - 1
            for outcome in _keep(outcomes, store, pipeline, force=force):
                report.add(outcome)
                if on_progress:
                    done = report.mined + report.unchanged + report.copied + len(report.skipped) + len(report.failed)
                    on_progress(Progress(done, report.found, outcome))
    report.seconds = time.monotonic() - began
    return report


def _unpack(found: Sequence[Found], workers: Workers, store: Store, report: Report) -> Iterator[Found]:
    """Give the files, and in the place of archives and mails what they hold."""
    for item, members in open_containers(found, workers):
        if members is None:
            yield item
            continue
        report.found += len(members) - 1
        store.forget_failure(item.source)
        yield from members


def _look_up(item: Found, store: Store, pipeline: str, limits: Limits, *, force: bool) -> Found | Unchanged:
    """Tell whether the database holds the file's very bytes already, and of which authority the user said they are."""
    from minutes_miner.store import Told

    if not isinstance(item, Task):
        return item
    sha256, size = item.sha256, item.size
    if sha256 is None:
        try:
            data = read_content(item, limits)
        except ReadError as error:
            reason = str(ReadError(error.reason, advice=error.advice))
            return Failure(item.source, reason)
        sha256, size = digest(data), len(data)
    item = replace(item, authority=item.authority or store.recall_authority(item.source, sha256))
    # A pack's meetings have days and committees of their own: only of one document are these told.
    told = ((sha256, Told(item.committee, item.meeting_date, item.url)), (part_digest(sha256, 1), Told(url=item.url)))
    is_current = partial(store.is_current, item.source, pipeline=pipeline, authority=item.authority)
    if not force and any(is_current(sha256=one, told=facts) for one, facts in told):
        return Unchanged(item.source)
    return replace(item, sha256=sha256, size=size)


def _keep(outcomes: Sequence[Outcome], store: Store, pipeline: str, *, force: bool) -> Sequence[Outcome]:
    """Store a file's outcomes together, and give what became of them: a file that can't be stored has failed."""
    from minutes_miner.store import UnstorableError

    found = [outcome for outcome in outcomes if isinstance(outcome, Extraction)]
    if found:
        ref = found[0].document.ref
        try:
            saved = store.save_parts(found, pipeline=pipeline, replace=force)
            pairs = zip(found, saved, strict=True)
            return [Copied(one.document.ref.source) if done.change == "unchanged" else one for one, done in pairs]
        except UnstorableError as error:
            reason = str(type(error)(error.reason, advice=error.advice))
            outcomes = [Failure(ref.source, reason, ref.size, ref.sha256)]
    for outcome in outcomes:
        if isinstance(outcome, Failure):
            store.record_failure(outcome.source, outcome.reason, size=outcome.size, sha256=outcome.sha256)
    return outcomes


def _in_order(items: Iterable[Found | Unchanged], workers: Workers) -> Iterator[Sequence[Outcome]]:
    """Give each file's outcomes in the order of the files, with a bounded number of documents in work."""
    waiting: deque[Answer | Outcome] = deque()
    for item in items:
        waiting.append(workers.submit(item) if isinstance(item, Task) else item)
        if len(waiting) >= workers.window:
            yield _settle(waiting.popleft())
    while waiting:
        yield _settle(waiting.popleft())


def _settle(entry: Answer | Outcome) -> Sequence[Outcome]:
    outcome = entry() if callable(entry) else entry
    return outcome if isinstance(outcome, list) else [outcome]
