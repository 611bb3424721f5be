"""Write what a run does as JSON, one object a line, for programs that watch runs."""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from minutes_miner.domain.record import Extraction
from minutes_miner.workflow.outcome import Failure, Progress, Report, Skipped


class Journal:
    """Write one line a file and one at the end; a context manager.

    Args:
        path: the file to add to; ``-`` for the standard error.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stack = ExitStack()
        self._stream: IO[str] = sys.stderr

    def __enter__(self) -> Self:
        if str(self._path) != "-":
            self._stream = self._stack.enter_context(self._path.open("a", encoding="utf-8"))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind:
            self._write({"event": "stopped", "reason": str(error) or kind.__name__})
        self._stack.close()

    def __call__(self, progress: Progress) -> None:
        """Write what became of one file."""
        spent = {stage: round(seconds, 4) for stage, seconds in progress.spent.items()}
        run = progress.report.run if progress.report else None
        place = {"done": progress.done, "total": progress.total, "run": run}
        self._write({"event": "document", **_describe(progress), "seconds": spent, **place})

    def finish(self, report: Report) -> None:
        """Write the sums of the run."""
        spent = {stage: round(seconds, 3) for stage, seconds in report.spent.items()}
        facts = {"run": report.run, "pipeline": report.pipeline, "seconds": round(report.seconds, 3)}
        self._write({"event": "finished", **facts, **report.counts(), "spent": spent})

    def _write(self, told: dict[str, object]) -> None:
        moment = datetime.now(UTC).isoformat(timespec="milliseconds")
        print(json.dumps({"time": moment, **told}, ensure_ascii=False), file=self._stream, flush=True)


def _describe(progress: Progress) -> dict[str, object]:
    outcome = progress.outcome
    if isinstance(outcome, Extraction):
        ref = outcome.document.ref
        counts = {"decisions": len(outcome.decisions), "actions": len(outcome.actions), "sums": len(outcome.money)}
        return {"source": ref.source, "outcome": "mined", "document": ref.sha256[:16], "bytes": ref.size, **counts}
    told: dict[str, object] = {"source": outcome.source, "outcome": type(outcome).__name__.lower()}
    if isinstance(outcome, Failure):
        return {**told, "outcome": "failed", "reason": outcome.reason}
    return {**told, "reason": outcome.reason} if isinstance(outcome, Skipped) else told
