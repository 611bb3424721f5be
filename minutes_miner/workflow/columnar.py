"""Keep what a run finds in Parquet files, with the columns of an export and without a database that stays.

A part holds the records of some hundred documents: ``TABLE/council=NAME/part-N-0.parquet``. The file
``documents/part-N.parquet`` tells of which files, and is written last: what stands in no such file was cut off, and is
removed and mined again. Until a part is full its documents stand in a database in a temporary folder, which is why its
rows are those of an export.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from minutes_miner.domain.dataset import TABLES, Dataset
from minutes_miner.domain.record import Extraction
from minutes_miner.workflow.files import Found
from minutes_miner.workflow.ledger import Entry, Ledger
from minutes_miner.workflow.outcome import Answered, Copied, Failure, Outcome, Report, Task, Unchanged
from minutes_miner.workflow.plan import Plan
from minutes_miner.workflow.sink import DatabaseSink

DOCUMENTS = 500
"""Documents of one part: what a run that is killed may have to mine again, at most."""


class ParquetSink:
    """Keep what is found as Parquet files in a folder.

    Args:
        folder: is made where there is none.
        plan: what the run is to do.
        documents: of one part.
    """

    def __init__(self, folder: Path, plan: Plan, documents: int = DOCUMENTS) -> None:
        self._folder = folder
        self._plan = plan
        self._most = documents
        self._pipeline = ""
        self._entries: list[Entry] = []
        self._written: set[str] = set()
        self._forced: set[str] = set()
        self._ledger: Ledger
        self._part: DatabaseSink | None = None
        self._temporary: tempfile.TemporaryDirectory[str]

    def __enter__(self) -> Self:
        self._ledger = Ledger(self._folder)
        self._temporary = tempfile.TemporaryDirectory(prefix="minutes-miner-")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._part:
            self._part.__exit__(kind, error, at)
        self._temporary.cleanup()

    @property
    def address(self) -> str:
        """The folder."""
        return str(self._folder)

    def begin(self, pipeline: str) -> int | None:
        """Take note of the pipeline; the run has no number."""
        self._pipeline = pipeline
        return None

    def look_up(self, lot: Sequence[Found]) -> list[Found | Unchanged]:
        """Tell which bytes of the files need not be mined again."""
        return [self._judge(item) if isinstance(item, Task) else item for item in lot]

    def keep(self, lot: Sequence[Answered]) -> list[list[Outcome]]:
        """Keep what was found in the files of a lot until the part is full, then write it."""
        answers = [answer for answer in lot if not self._is_copy(answer.outcome)]
        kept = iter(self._open_part().keep(answers))
        outcomes: list[list[Outcome]] = []
        for answer in lot:
            if self._is_copy(answer.outcome):
                assert isinstance(answer.outcome, list)
                outcomes.append([Copied(one.document.ref.source) for one in answer.outcome])
            else:
                outcomes.append(next(kept))
            self._note(answer, outcomes[-1])
        if sum(entry.state == "mined" for entry in self._entries) >= self._most:
            self._write()
        return outcomes

    def forget(self, source: str) -> None:
        """Forget that an archive could not be opened."""
        self._ledger.forget_failure(source)

    def end(self, state: str, report: Report) -> None:
        """Write what is left, unless writing is what failed."""
        if state != "failed" and self._entries:
            self._write()

    def _judge(self, task: Task) -> Found | Unchanged:
        entry = self._ledger.find(task.source)
        if entry is None or entry.state != "mined" or self._plan.force or entry.pipeline != self._pipeline:
            return task
        if task.authority not in {None, entry.authority_given}:
            return task
        return self._ledger.compare(task, entry)

    def _is_copy(self, outcome: object) -> bool:
        """Tell whether the documents of a file stand in an earlier part, as the same pipeline mined them."""
        if not isinstance(outcome, list):
            return False
        names = {one.document.ref.sha256[:16] for one in outcome}
        if self._plan.force:
            return names <= self._forced
        return all(self._ledger.holds(name, self._pipeline) for name in names)

    def _open_part(self) -> DatabaseSink:
        if self._part is None:
            path = Path(self._temporary.name) / "part.db"
            self._part = DatabaseSink(f"sqlite:///{path}", Plan(force=False, limits=self._plan.limits)).__enter__()
            self._part.begin(self._pipeline)
        return self._part

    def _note(self, answer: Answered, outcomes: Sequence[Outcome]) -> None:
        failure = outcomes[0]
        if isinstance(failure, Failure):
            self._entries.append(Entry(failure.source, "failed", reason=failure.reason))
        elif isinstance(answer.outcome, list):
            refs = [one.document.ref for one in answer.outcome if isinstance(one, Extraction)]
            names = [ref.sha256[:16] for ref in refs]
            if not self._is_copy(answer.outcome):
                self._written.update(names)
            if self._plan.force:
                self._forced.update(names)
            ids, first = " ".join(names), refs[0]
            self._entries.append(
                Entry(first.source, "mined", first.sha256, ids, self._pipeline, first.authority or None)
            )

    def _write(self) -> None:
        """Write the part: its tables first, then what says that they count."""
        from minutes_miner.export.parquet import ParquetExporter
        from minutes_miner.store import open_store
        from minutes_miner.store.export import open_selection
        from minutes_miner.store.search import DecisionFilter

        beside = Path(tempfile.mkdtemp(prefix=".part-", dir=self._folder))
        if self._part:
            self._part.__exit__(None, None, None)
            self._part = None
            place = Path(self._temporary.name) / "part.db"
            everything = DecisionFilter(include_procedural=True)
            with open_store(f"sqlite:///{place}") as store, open_selection(store, everything) as selection:
                ParquetExporter().write(Dataset(tuple(TABLES.values()), selection.rows, {}), beside / "rows")
            for file in place.parent.glob("part.db*"):
                file.unlink()
        self._ledger.add(sorted((beside / "rows").rglob("*.parquet")), self._entries, self._written)
        shutil.rmtree(beside)
        self._entries, self._written = [], set()
