"""Remember runs, and tell what one changed in the records of another."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select, update

from minutes_miner.errors import StoreError
from minutes_miner.store.fingerprint import Fingerprint, read_fingerprints
from minutes_miner.store.repository import Store
from minutes_miner.store.runtables import run_documents, runs
from minutes_miner.store.tables import documents, sources

Options = Mapping[str, object]

_LONGEST_QUOTE = 200


@dataclass(frozen=True, slots=True)
class RunInfo:
    """Describe a run.

    Attributes:
        id: counts from 1 in a database.
        began, ended: moments in UTC; no end where it goes on or was cut off.
        state: ``running``, ``finished``, ``stopped`` by the user, or ``failed``; one that was killed stays running.
        pipeline: version of what found the records.
        model: digest of the pipeline's weights.
        options: of the command.
        counts: what became of the files; empty before the end.
        documents: whose records it wrote.
    """

    id: int
    began: str
    ended: str | None
    state: str
    pipeline: str
    model: str
    options: Options
    counts: Mapping[str, int]
    documents: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Tell of one record that a run gained, lost or altered.

    Attributes:
        change: ``gained``, ``lost`` or ``altered``.
        what: for an altered record what differs, such as ``kind: note → approve`` or ``owners``.
        quote: its words, as the document's text has them.
    """

    change: str
    noun: str
    id: str
    document_id: str
    source: str
    what: tuple[str, ...]
    quote: str


@dataclass(slots=True)
class Comparison:
    """Count what a run changed while its differences are read: documents compared, and records by noun and change."""

    documents: int
    counts: dict[tuple[str, str], int]


def begin_run(store: Store, pipeline: str, options: Options) -> int:
    """Enter a run, and give its id.

    Raises:
        StoreError: the database can't be written.
    """
    model = next((part.removeprefix("weights ") for part in pipeline.split(" / ") if part.startswith("weights ")), "")
    facts = {"began": store.now(), "state": "running", "pipeline": pipeline, "model": model, "counts": "{}"}
    with store.write() as connection:
        if connection.dialect.name == "postgresql":  # SQLite lets one writer in at a time
            connection.exec_driver_sql("LOCK TABLE runs IN EXCLUSIVE MODE")
        number = (connection.scalar(select(func.max(runs.c.id))) or 0) + 1
        connection.execute(insert(runs).values(id=number, **facts, options=json.dumps(options, ensure_ascii=False)))
    return int(number)


def end_run(store: Store, run: int, state: str, counts: Mapping[str, int]) -> None:
    """Write how a run ended.

    Args:
        state: ``finished``, ``stopped`` or ``failed``.
        counts: what became of its files.
    """
    facts = {"ended": store.now(), "state": state, "counts": json.dumps(counts)}
    with store.write() as connection:
        connection.execute(update(runs).where(runs.c.id == run).values(**facts))


def list_runs(store: Store, *, limit: int | None = None) -> list[RunInfo]:
    """List the runs, the newest first."""
    with store.read() as connection:
        return [_info(row) for row in connection.execute(_select_runs().order_by(runs.c.id.desc()).limit(limit))]


def find_run(store: Store, run: int) -> RunInfo:
    """Describe one run.

    Raises:
        StoreError: there is none with this number.
    """
    with store.read() as connection:
        row = connection.execute(_select_runs().where(runs.c.id == run)).one_or_none()
    if row is None:
        raise StoreError(f"there is no run {run}", where=store.address, advice="minutes-miner runs list names them")
    return _info(row)


def compare_runs(store: Store, before: int, after: int) -> tuple[Comparison, Iterator[Difference]]:
    """Tell what changed in the documents that were mined after one run, up to another, and before it too.

    A run that was stopped and those that went on from it are one in this: of each document the newest records up to
    ``before`` are compared with the newest up to ``after``.

    Args:
        before, after: the runs' ids.

    Returns:
        Counts, which are whole when all differences were read, and the differences, a document at a time.

    Raises:
        StoreError: a run is not there, or the second is not the later one.
    """
    for run in (before, after):
        find_run(store, run)
    if before >= after:
        raise StoreError(f"run {after} is not later than run {before}", advice="name the earlier run first")
    counts = {(noun, change): 0 for noun in ("decision", "action") for change in ("gained", "lost", "altered", "same")}
    comparison = Comparison(0, counts)
    return comparison, _compare(store, before, after, comparison)


def _compare(store: Store, before: int, after: int, comparison: Comparison) -> Iterator[Difference]:
    with store.read() as connection:
        held, now = (_newest(run, f"run_{name}") for run, name in ((before, "before"), (after, "after")))
        old, new = run_documents.alias("old"), run_documents.alias("new")
        name = select(func.min(sources.c.source)).where(sources.c.document_id == documents.c.id)
        wanted = (
            select(documents.c.id, documents.c.text, name.correlate(documents).scalar_subquery(), old.c.records)
            .add_columns(new.c.records.label("found"))
            .select_from(now)
            .join(held, held.c.document_id == now.c.document_id)
            .join(old, (old.c.run_id == held.c.run) & (old.c.document_id == held.c.document_id))
            .join(new, (new.c.run_id == now.c.run) & (new.c.document_id == now.c.document_id))
            .join(documents, documents.c.id == now.c.document_id)
            .where(now.c.run > before)
            .order_by(documents.c.id)
        )
        for row in connection.execute(wanted.execution_options(yield_per=100)):
            comparison.documents += 1
            yield from _differ(tuple(row), comparison)


def _newest(run: int, name: str) -> Any:
    newest = func.max(run_documents.c.run_id).label("run")
    chosen = select(run_documents.c.document_id, newest).where(run_documents.c.run_id <= run)
    return chosen.group_by(run_documents.c.document_id).subquery(name)


def _differ(row: Sequence[Any], comparison: Comparison) -> Iterator[Difference]:
    document, text, source, before, after = row
    old = {one.id: one for one in read_fingerprints(before)}
    new = {one.id: one for one in read_fingerprints(after)}
    for one in sorted({**old, **new}.values(), key=lambda one: (one.start, one.noun, one.id)):
        change, what = _judge(old.get(one.id), new.get(one.id))
        comparison.counts[one.noun, change] += 1
        if change != "same":
            quote = " ".join(text[one.start : one.end].split())[:_LONGEST_QUOTE]
            yield Difference(change, one.noun, one.id, document, source or "", what, quote)


def _judge(old: Fingerprint | None, new: Fingerprint | None) -> tuple[str, tuple[str, ...]]:
    if old is None or new is None:
        return ("gained" if old is None else "lost"), ()
    what = old.compare(new)
    return ("altered" if what else "same"), what


def _select_runs() -> Any:
    mined = select(func.count()).where(run_documents.c.run_id == runs.c.id).correlate(runs).scalar_subquery()
    return select(runs, mined.label("documents"))


def _info(row: Any) -> RunInfo:
    facts = dict(row._mapping)
    return RunInfo(**{**facts, "options": json.loads(row.options), "counts": json.loads(row.counts)})
