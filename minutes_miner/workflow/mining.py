"""Take many files through the stages, and into the database, in an order that does not depend on the workers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from minutes_miner.config import Limits
from minutes_miner.domain.record import Extraction
from minutes_miner.workflow.files import Found, find_files, name_of, source_of
from minutes_miner.workflow.lots import Census, answer_lots, cut_lots, sample, take_census
from minutes_miner.workflow.outcome import Answered, Failure, Outcome, Progress, Report, Skipped, Task
from minutes_miner.workflow.plan import Plan
from minutes_miner.workflow.sink import DatabaseSink, Sink
from minutes_miner.workflow.stopwatch import Stopwatch
from minutes_miner.workflow.unpacking import iter_answers, open_containers
from minutes_miner.workflow.workers import Workers, open_workers

Listener = Callable[[Progress], None]
"""Is told of each file as it is done."""


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
    with open_workers(jobs, limits, tasks=take_census(tasks).documents) as workers:
        lots = cut_lots(iter_answers(tasks, workers), workers.size)
        for answer in (one for lot in answer_lots(lots, workers) for one in lot):
            for outcome in answer.outcome if isinstance(answer.outcome, list) else [answer.outcome]:
                assert isinstance(outcome, (Extraction, Failure))
                yield outcome


def mine(
    paths: Iterable[Path | str],
    store_url: str,
    *,
    authority: str | None = None,
    jobs: int | None = None,
    force: bool = False,
    limits: Limits = Limits(),
    on_progress: Listener | None = None,
) -> Report:
    """Mine files and folders into a database.

    Files are stored a lot at a time, each of them whole, as soon as those before are, so a run that is stopped
    anywhere leaves whole files only, and the same command goes on from there. The database is the same for any number
    of jobs.

    Args:
        paths: files and folders, walked in sorted order, and addresses that fsspec knows.
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
    plan = Plan(jobs, force, limits)
    return mine_paths(list(paths), DatabaseSink(store_url, plan), plan, authority=authority, on_progress=on_progress)


def mine_paths(
    paths: Sequence[Path | str],
    sink: Sink,
    plan: Plan,
    *,
    authority: str | None = None,
    on_progress: Listener | None = None,
) -> Report:
    """Mine files and folders into any sink, as a plan says; see :func:`mine`."""

    def find() -> Iterator[Found]:
        return sample(find_files(paths, authority=authority), plan.sample, plan.limit)

    return _conduct(find, sink, plan, on_progress)


def mine_found(
    found: Sequence[Found],
    store_url: str,
    *,
    jobs: int | None = None,
    force: bool = False,
    limits: Limits = Limits(),
    on_progress: Listener | None = None,
) -> Report:
    """Mine files that were found already; see :func:`mine`."""
    plan = Plan(jobs, force, limits)
    return _conduct(lambda: iter(found), DatabaseSink(store_url, plan), plan, on_progress)


def _conduct(
    find: Callable[[], Iterator[Found]], sink: Sink, plan: Plan, on_progress: Listener | None = None
) -> Report:
    """Go through the files twice: to count them, and to mine them; at no time is there a list of them all."""
    began = time.monotonic()
    report = Report()
    census = take_census(find())
    if census.is_empty:  # then no database is made either
        report.skipped = [item for item in find() if isinstance(item, Skipped)]
        return report
    report.found = census.files
    with sink, _open_crew(plan, census) as workers:
        report.address = sink.address
        if census.documents != 0:
            report.pipeline = workers.find_version()
            report.run = sink.begin(report.pipeline)
        state = "failed"
        try:
            for progress in _mine(_leave_out(find(), sink.address), sink, workers, report):
                if on_progress:
                    on_progress(progress)
            state = "finished"
        except KeyboardInterrupt:
            state = "stopped"
            raise
        finally:
            report.seconds = time.monotonic() - began
            sink.end(state, report)
    return report


def _leave_out(found: Iterable[Found], address: str) -> Iterator[Found]:
    """Leave out the files that the run itself writes where the documents are: they are none that were skipped."""
    own = source_of(Path(address.removeprefix("sqlite:///")))
    return (item for item in found if not (isinstance(item, Skipped) and item.source.startswith(own)))


def _open_crew(plan: Plan, census: Census) -> Workers:
    if plan.cluster is None:
        return open_workers(plan.jobs, plan.limits, tasks=census.documents)
    from minutes_miner.workflow.cluster import open_cluster

    return open_cluster(plan.cluster, plan.limits, tasks=census.documents)


def _mine(found: Iterable[Found], sink: Sink, workers: Workers, report: Report) -> Iterator[Progress]:
    lots = (sink.look_up(lot) for lot in cut_lots(_unpack(found, workers, sink, report), workers.size))
    clock = Stopwatch()
    for lot in answer_lots(lots, workers):
        with clock("store"):
            kept = sink.keep(lot)
        report.spend(clock.spent)
        clock.spent.clear()
        for answer, outcomes in zip(lot, kept, strict=True):
            yield from _report(answer, outcomes, report)


def _report(answer: Answered, outcomes: Sequence[Outcome], report: Report) -> Iterator[Progress]:
    """Count what became of one file."""
    report.found += len(outcomes) - 1
    report.spend(answer.spent, _name(outcomes[0]))
    for place, outcome in enumerate(outcomes):
        report.add(outcome)
        yield Progress(report.done, report.found, outcome, {} if place else answer.spent, report)


def _name(outcome: Outcome) -> str:
    return outcome.document.ref.source if isinstance(outcome, Extraction) else outcome.source


def _unpack(found: Iterable[Found], workers: Workers, sink: Sink, report: Report) -> Iterator[Found]:
    """Give the files, and in the place of archives and mails what they hold."""
    for item, members in open_containers(found, workers):
        if members is None:
            yield item
            continue
        report.found += len(members) - 1
        sink.forget(item.source)
        yield from members
