"""Find what other councils decided on the same matter."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from minutes_miner.cli.listing import DECISION_COLUMNS, STYLES, decision_cells
from minutes_miner.cli.options import AMOUNT, DAY, LIMIT, database_option
from minutes_miner.cli.terminal import Column, print_table
from minutes_miner.domain.vocabulary import Kind, Outcome

if TYPE_CHECKING:
    from minutes_miner.store import Store
    from minutes_miner.store.similar import SimilarDecision
    from minutes_miner.store.vectors import Listener

DEFAULT_LIMIT = 10


class _Wanted(TypedDict):
    """Hold the options that are passed on to ``store.search.DecisionFilter`` as they are."""

    authority: str | None
    committee: str | None
    owner: str | None
    since: date | None
    until: date | None
    min_amount: Decimal | None
    max_amount: Decimal | None
    include_procedural: bool


@click.command(name="similar")
@click.argument("record_id", metavar="[ID]", required=False)
@database_option
@click.option("--elsewhere/--everywhere", default=True, help="Other councils alone (the default), or all.")
@click.option("--query", metavar="QUERY", help="Only what a search for this finds, as in minutes-miner search.")
@click.option("--authority", metavar="NAME", help="Part of the council's name.")
@click.option("--committee", metavar="NAME", help="Part of the committee's name.")
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), help="What the decision does.")
@click.option("--outcome", type=click.Choice([outcome.value for outcome in Outcome]), help="What became of it.")
@click.option("--owner", metavar="NAME", help="Part of the name or post of who must carry it out.")
@click.option("--since", type=DAY, metavar="DATE", help="Meetings on or after this day.")
@click.option("--until", type=DAY, metavar="DATE", help="Meetings on or before this day.")
@click.option("--min-amount", type=AMOUNT, metavar="SUM", help="With a sum of at least so much.")
@click.option("--max-amount", type=AMOUNT, metavar="SUM", help="With a sum of at most so much.")
@click.option("--include-procedural", is_flag=True, help="Also routine business, such as earlier minutes.")
@click.option("--limit", type=LIMIT, default=DEFAULT_LIMIT, show_default=True, help="At most so many.")
@click.option("--format", "style", type=click.Choice(STYLES), default="table", help="[default: table]")
@click.option("--build", is_flag=True, help="Make all vectors anew; without an ID, do nothing else.")
def command(
    record_id: str | None,
    db: str,
    elsewhere: bool,
    query: str | None,
    kind: str | None,
    outcome: str | None,
    limit: int,
    style: str,
    build: bool,
    **wanted: Unpack[_Wanted],
) -> None:
    """Find what other councils decided on the same matter, the most alike first.

    ID is that of a decision, as the lists show it, or as much of its beginning as no other record has. Decisions are
    compared by what they mean, not by their words: 1.00 says the same, below about 0.40 little is in common. What was
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
        chosen_kind, chosen_outcome = Kind(kind) if kind else None, Outcome(outcome) if outcome else None
        chosen = DecisionFilter(query=query, kind=chosen_kind, outcome=chosen_outcome, **wanted)
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
