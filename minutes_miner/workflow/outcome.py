"""Tell what became of each file of a run, and of the run as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from minutes_miner.domain.record import Extraction


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


@dataclass(frozen=True, slots=True)
class Progress:
    """Tell how far a run is: files done, files in all, and the last one's outcome."""

    done: int
    total: int
    outcome: Outcome


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
