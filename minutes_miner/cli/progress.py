"""Show how far a run is: a bar on a terminal, and a line for each failure everywhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from minutes_miner.cli.terminal import print_failure

if TYPE_CHECKING:
    from minutes_miner.workflow import Progress, Report
    from minutes_miner.workflow.gathering import Gathered

Listener = Callable[["Progress"], None]
"""Is told of each file as it is done."""

Counter = Callable[["Gathered"], None]
"""Is told after each batch of answers."""


@contextmanager
def listening() -> Iterator[Listener]:
    """Give a listener that shows a bar on a terminal, and a line for each failure everywhere."""
    if not sys.stderr.isatty():
        yield _tell_failure
        return
    import rich.progress as bars
    from rich.console import Console

    rate = bars.TextColumn("{task.fields[rate]} documents/s, time left")
    spent = bars.TextColumn("{task.fields[shares]}", style="dim")
    columns = (bars.BarColumn(), bars.MofNCompleteColumn(), rate, bars.TimeRemainingColumn(), spent)
    with bars.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, rate="-", shares="")

        def listen(progress: Progress) -> None:
            speed = bar.tasks[0].speed
            said = f"{speed:.1f}" if speed else "-"
            shares = _describe(progress.report)
            bar.update(task, total=progress.total, completed=progress.done, rate=said, shares=shares)
            _tell_failure(progress)

        yield listen


@contextmanager
def counting() -> Iterator[Counter | None]:
    """Give a listener that shows on a terminal how much was asked for and how much waits; None elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    import rich.progress as bars
    from rich.console import Console

    text = bars.TextColumn("{task.fields[unread]} unread, {task.fields[meetings]} meetings, time left")
    columns = (bars.BarColumn(), bars.MofNCompleteColumn(), text, bars.TimeRemainingColumn())
    with bars.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, unread=0, meetings=0)

        def count(found: Gathered) -> None:
            unread, meetings = sum(found.obstacles.values()), sum(found.occasions.values())
            total = found.asked + found.waiting
            bar.update(task, total=total, completed=found.asked, unread=unread, meetings=meetings)

        yield count


def _describe(report: Report | None) -> str:
    """Say what share of the workers' time each stage took, and how many files failed."""
    if report is None or not (whole := sum(report.spent.values())):
        return ""
    shares = [f"{stage} {seconds / whole:.0%}" for stage, seconds in report.spent.items() if seconds / whole >= 0.005]
    return ", ".join([*shares, *([f"{len(report.failed):,} failed"] if report.failed else [])])


def _tell_failure(progress: Progress) -> None:
    from minutes_miner.workflow import Failure

    if isinstance(progress.outcome, Failure):
        print_failure(progress.outcome.source, progress.outcome.reason)
        if progress.outcome.trace and click.get_current_context().find_root().params.get("debug"):
            click.echo(progress.outcome.trace, err=True)
