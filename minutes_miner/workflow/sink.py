"""Keep what a run finds in a database: the one writer, which stores the files of a lot in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from minutes_miner.domain.record import Extraction
from minutes_miner.domain.source import part_digest
from minutes_miner.errors import ReadError, StoreError
from minutes_miner.workflow.files import Found, digest
from minutes_miner.workflow.outcome import Answered, Copied, Failure, Outcome, Report, Task, Unchanged
from minutes_miner.workflow.plan import Plan
from minutes_miner.workflow.remote import read_bytes
from minutes_miner.workflow.resolving import resolve_parties

if TYPE_CHECKING:
    from minutes_miner.store import Store
    from minutes_miner.store.holdings import Holding


class Sink(Protocol):
    """Keep what is found, and know what is kept already."""

    def __enter__(self) -> Self:
        """Open it."""
        ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close it; what was kept stays."""
        ...

    @property
    def address(self) -> str:
        """Where the records are, a password hidden."""
        ...

    def begin(self, pipeline: str) -> int | None:
        """Enter a run, and give its number if it has one."""
        ...

    def look_up(self, lot: Sequence[Found]) -> list[Found | Unchanged]:
        """Tell which files are kept already, or which bytes of them would be."""
        ...

    def keep(self, lot: Sequence[Answered]) -> list[list[Outcome]]:
        """Keep what was found in the files of a lot, all or nothing of each, and give what became of each."""
        ...

    def forget(self, source: str) -> None:
        """Forget that an archive could not be opened."""
        ...

    def end(self, state: str, report: Report) -> None:
        """Write how the run ended: ``finished``, ``stopped`` or ``failed``."""
        ...


class DatabaseSink:
    """Keep what is found in a database.

    Args:
        url: its SQLAlchemy address; it is made where there is none.
        plan: what the run is to do.
    """

    def __init__(self, url: str, plan: Plan) -> None:
        self._url = url
        self._plan = plan
        self._pipeline = ""
        self._run: int | None = None
        self._store: Store
        self._has_given = False

    def __enter__(self) -> Self:
        from minutes_miner.store import open_store
        from minutes_miner.store.holdings import has_given_authorities

        self._store = open_store(self._url)
        self._has_given = has_given_authorities(self._store)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._store.__exit__(kind, error, at)

    @property
    def address(self) -> str:
        """Where the records are, a password hidden."""
        return self._store.address

    def begin(self, pipeline: str) -> int | None:
        """Enter a run, and give its number."""
        from minutes_miner.store.runs import begin_run

        self._pipeline = pipeline
        self._run = begin_run(self._store, pipeline, self._plan.describe())
        return self._run

    def look_up(self, lot: Sequence[Found]) -> list[Found | Unchanged]:
        """Tell which files are stored already, or which bytes of them would be."""
        from minutes_miner.store.holdings import find_holdings

        tasks = [item for item in lot if isinstance(item, Task)]
        holdings = find_holdings(self._store, [task.source for task in tasks]) if tasks else {}
        self._has_given = self._has_given or any(task.authority for task in tasks)
        return [self._judge(item, holdings.get(item.source)) if isinstance(item, Task) else item for item in lot]

    def keep(self, lot: Sequence[Answered]) -> list[list[Outcome]]:
        """Store the files of a lot in one transaction, or each in one of its own where a value can't be stored."""
        from minutes_miner.store import UnstorableError

        files = [answer.outcome for answer in lot if isinstance(answer.outcome, list)]
        try:
            kept = iter(self._save(files))
        except UnstorableError:
            kept = iter([self._save_alone(file) for file in files])
        outcomes: list[list[Outcome]] = [next(kept) if isinstance(one.outcome, list) else [one.outcome] for one in lot]
        for failure in (one for file in outcomes for one in file if isinstance(one, Failure)):
            self._store.record_failure(failure.source, failure.reason, size=failure.size, sha256=failure.sha256)
        return outcomes

    def forget(self, source: str) -> None:
        """Forget that an archive could not be opened."""
        self._store.forget_failure(source)

    def end(self, state: str, report: Report) -> None:
        """Resolve the names in what was kept, and write how the run ended, if the database can still be written."""
        from minutes_miner.store.runs import end_run

        if state == "finished":
            resolve_parties(self._store)
        if self._run is not None:
            with suppress(StoreError):
                end_run(self._store, self._run, state, report.counts())

    def _judge(self, task: Task, holding: Holding | None) -> Found | Unchanged:
        """Say what is held of a file, and of which authority the user once said that it is."""
        from minutes_miner.store import Told

        given = task.authority or (holding.authority_given if holding else None)
        if not given and self._has_given:
            recalled = self._recall(task)
            if isinstance(recalled, Failure):
                return recalled
            task, given = recalled, recalled.authority
        task = replace(task, authority=given)
        if holding is None or self._plan.force:
            return task
        # A pack's meetings have days and committees of their own: only of one document are these told.
        told = Told(task.committee, task.meeting_date, task.url)
        whole = holding.digest_if_current(self._pipeline, task.authority, told)
        part = holding.digest_if_current(self._pipeline, task.authority, Told(url=task.url))
        if task.sha256 and (task.sha256 == whole or part_digest(task.sha256, 1) == part):
            return Unchanged(task.source)
        return replace(task, held=whole, held_part=part)

    def _recall(self, task: Task) -> Task | Failure:
        """Find the authority that was given to another source of the same bytes."""
        if task.sha256 is None:
            try:
                data = read_bytes(task, self._plan.limits)
            except ReadError as error:
                return Failure(task.source, str(ReadError(error.reason, advice=error.advice)))
            task = replace(task, sha256=digest(data), size=len(data))
        assert task.sha256 is not None
        return replace(task, authority=self._store.recall_authority(task.source, task.sha256))

    def _save(self, files: Sequence[list[Extraction]]) -> list[list[Outcome]]:
        if not files:
            return []
        saved = self._store.save_files(files, pipeline=self._pipeline, replace=self._plan.force, run=self._run)
        return [
            [Copied(one.document.ref.source) if done.change == "unchanged" else one for one, done in zip(file, each)]
            for file, each in zip(files, saved, strict=True)
        ]

    def _save_alone(self, file: list[Extraction]) -> list[Outcome]:
        """Store one file; one that can't be stored has failed."""
        from minutes_miner.store import UnstorableError

        ref = file[0].document.ref
        try:
            return self._save([file])[0]
        except UnstorableError as error:
            return [Failure(ref.source, str(type(error)(error.reason, advice=error.advice)), ref.size, ref.sha256)]
