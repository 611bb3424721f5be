"""Find what other councils decided on the same matter."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from typing import TYPE_CHECKING, Unpack

import click

from minutes_miner.cli.conditions import Conditions, condition_options
from minutes_miner.cli.listing import DECISION_COLUMNS, STYLES, decision_cells
from minutes_miner.cli.options import LIMIT, database_option
from minutes_miner.cli.terminal import Column, print_table

if TYPE_CHECKING:
    from minutes_miner.store import Store
    from minutes_miner.store.similar import SimilarDecision
    from minutes_miner.store.vectors import Listener

DEFAULT_LIMIT = 10


@click.command(name="similar")
@click.argument("record_id", metavar="[ID]", required=False)
@database_option
@click.option("--elsewhere/--everywhere", default=True, help="Other councils alone (the default), or all.")
@click.option("--query", metavar="QUERY", help="Only what a search for this finds, as in minutes-miner search.")
@condition_options
@click.option("--limit", type=LIMIT, default=DEFAULT_LIMIT, show_default=True, help="At most so many.")
@click.option("--format", "style", type=click.Choice(STYLES), default="table", help="[default: table]")
@click.option("--build", is_flag=True, help="Make all vectors anew; without an ID, do nothing else.")
def command(
    record_id: str | None,
    db: str,
    elsewhere: bool,
    query: str | None,
    limit: int,
    style: str,
    build: bool,
    **wanted: Unpack[Conditions],
) -> None:
    """Find what other councils decided on the same matter, the most alike first.

    ID is that of a decision, as the lists show it, or as much of its beginning as no other record has. Decisions are
    compared by what they mean, not by their words: 1.00 says the same, below about 0.50 little is in common. What was
    mined since the last time is taken in first.

    \b
    Examples:
      minutes-miner similar 3f2a9c0d1e4b5a67
      minutes-miner similar 3f2a --everywhere --kind refuse --since 2023-01-01
      minutes-miner similar --build
    """
    from minutes_miner.store import open_store
    from minutes_miner.store.search import DecisionFilter, find_similar

    if record_id is None and not build:
        raise click.UsageError("name a decision by its ID, as minutes-miner search shows it")
    with open_store(db, create=False) as store:
        count = prepare_vectors(store, anew=build)
        if record_id is None:
            click.echo(f"{count:,} decisions have vectors")
            return
        chosen = DecisionFilter(query=query, **wanted)
        print_similar(find_similar(store, record_id, filter=chosen, limit=limit, elsewhere=elsewhere), style)


def prepare_vectors(store: Store, *, anew: bool = False) -> int:
    """Bring a store's vectors up to date, with a bar on a terminal, and tell how many there are."""
    from minutes_miner.store.embedding import load_encoder
    from minutes_miner.store.vectors import update_vectors

    with _bar() as listener:
        found = update_vectors(store, load_encoder(), listener=listener, anew=anew)
    return len(found.numbers) if found else 0


def print_similar(found: Sequence[SimilarDecision], style: str) -> None:
    """Print decisions with how alike they are, in a format of STYLES."""
    if style != "table":
        from minutes_miner.export.tables import FORMATS
        from minutes_miner.store.search import DecisionRow

        names = [field.name for field in fields(DecisionRow)]
        rows = ({"similarity": one.score, **{name: getattr(one.row, name) for name in names}} for one in found)
        FORMATS[style](rows, sys.stdout, ["similarity", *names])
        return
    if found:
        cells = [[f"{one.score:.2f}", *decision_cells(one.row)] for one in found]
        print_table([Column("alike", "bold", right=True), *DECISION_COLUMNS], cells)
    else:
        click.echo("Nothing was found", err=True)


@contextmanager
def _bar() -> Iterator[Listener | None]:
    """Show on a terminal how many decisions have vectors; None elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    import rich.progress as bars
    from rich.console import Console

    columns = (bars.TextColumn("Reading decisions"), bars.BarColumn(), bars.MofNCompleteColumn())
    with bars.Progress(*columns, bars.TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
