"""Tell what became of each file of a run, and of the run as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from minutes_miner.domain.record import Extraction

SLOWEST = 10
"""Slow documents that a run remembers."""


@dataclass(frozen=True, slots=True)
class Task:
    """Name a file, or a member of an archive or mail, that is to be mined.

    Attributes:
        path: where it is.
        source: the path as text that any database and terminal can take.
        authority: code or name of the authority, where the user told it.
        sha256: digest of its bytes, where they were read already.
        size: number of bytes, where known.
        steps: which member of the archive or mail it is, and of which in that one; none for the file itself.
        title: what to call the document where it does not say itself.
        is_whole: whether it is one document even if it is a pack of several meetings' minutes.
        committee: name of the body that met, where the user or the gatherer told it.
        meeting_date: day of the meeting, where they told it.
        url: where the document was published, where they told it.
        held: digest of the bytes that the database holds of this source and that need not be mined again.
        held_part: digest of the first document of a pack, likewise.
        address: where the file is fetched from, if it is not on this machine.
    """

    path: Path
    source: str
    authority: str | None = None
    sha256: str | None = None
    size: int = 0
    steps: tuple[int, ...] = ()
    title: str | None = None
    is_whole: bool = False
    committee: str | None = None
    meeting_date: date | None = None
    url: str | None = None
    held: str | None = None
    held_part: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """Name a file that was left out, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Name a file that the database holds already, as mined by the same pipeline."""

    source: str


@dataclass(frozen=True, slots=True)
class Copied:
    """Name a file that holds the same bytes as another one, whose records stand for both."""

    source: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Name a file that could not be mined.

    Attributes:
        source: the path as text.
        reason: one line: what is wrong and what to do.
        size: number of bytes, 0 where unknown.
        sha256: digest of its bytes, where they could be read.
        trace: the Python traceback where the cause is a fault of the program.
    """

    source: str
    reason: str
    size: int = 0
    sha256: str | None = None
    trace: str | None = None


Outcome = Extraction | Failure | Skipped | Unchanged | Copied
"""What became of one file."""


Spent = Mapping[str, float]
"""Seconds by stage: read, parse, annotate, extract, store."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Hold what became of one file in a worker: the documents found in it, or why there are none.

    Attributes:
        outcome: each document of the file, or one failure, or that it has not changed.
        spent: what each stage took.
    """

    outcome: list[Extraction] | Failure | Unchanged | Skipped
    spent: Spent = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Progress:
    """Tell how far a run is.

    Attributes:
        done: files done.
        total: files in all, as far as is known.
        outcome: the last one's.
        spent: what its stages took; of a file with several documents it stands with the first.
        report: the sums of the run so far.
    """

    done: int
    total: int
    outcome: Outcome
    spent: Spent = field(default_factory=dict)
    report: Report | None = None


@dataclass(slots=True)
class Report:
    """Sum up a run while it goes on; counts are of this run, not of the database.

    Attributes:
        found: files of the run so far, those in archives and mails counted each.
        mined: documents read and stored.
        unchanged: documents left as they are.
        copied: files that hold the same as another one.
        skipped: files left out.
        failed: files that could not be mined.
        decisions: decisions stored.
        actions: actions stored.
        sums: mentions of money stored.
        warnings: warnings given on documents and records.
        seconds: wall-clock time.
        address: where the records are, a password hidden.
        pipeline: version of what found the records.
        run: number of the run in the database, where there is one.
        spent: seconds that all workers together took for each stage.
        slowest: the documents that took longest, with their seconds, the slowest first.
    """

    found: int = 0
    mined: int = 0
    unchanged: int = 0
    copied: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    decisions: int = 0
    actions: int = 0
    sums: int = 0
    warnings: int = 0
    seconds: float = 0.0
    address: str = ""
    pipeline: str = ""
    run: int | None = None
    spent: dict[str, float] = field(default_factory=dict)
    slowest: list[tuple[float, str]] = field(default_factory=list)

    @property
    def done(self) -> int:
        """The number of files whose outcome is known."""
        return self.mined + self.unchanged + self.copied + len(self.skipped) + len(self.failed)

    def counts(self) -> dict[str, int]:
        """Give what became of the files, and how much was found."""
        files = {"mined": self.mined, "unchanged": self.unchanged, "copied": self.copied}
        lists = {"skipped": len(self.skipped), "failed": len(self.failed)}
        return {**files, **lists, "decisions": self.decisions, "actions": self.actions, "sums": self.sums}

    def spend(self, spent: Spent, source: str = "") -> None:
        """Add up what stages took, and remember the source if it was slow."""
        for stage, seconds in spent.items():
            self.spent[stage] = self.spent.get(stage, 0.0) + seconds
        if source and spent:
            self.slowest.append((sum(spent.values()), source))
            self.slowest.sort(reverse=True)
            del self.slowest[SLOWEST:]

    def add(self, outcome: Outcome) -> None:
        """Count one file."""
        if isinstance(outcome, Skipped):
            self.skipped.append(outcome)
        elif isinstance(outcome, Failure):
            self.failed.append(outcome)
        elif isinstance(outcome, Unchanged):
            self.unchanged += 1
        elif isinstance(outcome, Copied):
            self.copied += 1
        else:
            self.mined += 1
            self.decisions += len(outcome.decisions)
            self.actions += len(outcome.actions)
            self.sums += len(outcome.money)
            self.warnings += len(dict.fromkeys(outcome.document.notices + outcome.notices))
