"""List who must do what, and by when."""

from __future__ import annotations

from datetime import date
from typing import TypedDict, Unpack

import click

from minutes_miner.cli.listing import choose_limit, listing_options, print_actions
from minutes_miner.cli.options import DAY, TERRITORY, database_option
from minutes_miner.domain.vocabulary import Status


class _Wanted(TypedDict):
    """Hold the options that are passed on to ``store.search.ActionFilter`` as they are."""

    query: str | None
    authority: str | None
    committee: str | None
    territory: str | None
    owner: str | None
    due_before: date | None
    due_after: date | None
    overdue_on: date | None


@click.command(name="actions")
@database_option
@click.option("--query", metavar="WORDS", help="Words of the action.")
@click.option("--owner", metavar="NAME", help="Part of the name or post of who must do it.")
@click.option("--due-before", type=DAY, metavar="DATE", help="Due before this day.")
@click.option("--due-after", type=DAY, metavar="DATE", help="Due after this day.")
@click.option("--overdue-on", type=DAY, metavar="DATE", help="Still open, and due before this day.")
@click.option("--authority", metavar="NAME", help="Part of the council's name.")
@click.option("--committee", metavar="NAME", help="Part of the committee's name.")
@click.option("--territory", type=TERRITORY, metavar="NAME", help="England, Scotland, Wales or Northern Ireland.")
@click.option("--status", type=click.Choice([status.value for status in Status]), help="Where the action stands.")
@listing_options
def command(db: str, status: str | None, limit: int | None, style: str, **wanted: Unpack[_Wanted]) -> None:
    """List actions: who must do what, and by when.

    The earliest deadline comes first. A deadline such as "March 2024" is over when March is.

    \b
    Examples:
      minutes-miner actions --overdue-on 2024-06-30
      minutes-miner actions --owner clerk --status open
      minutes-miner actions --due-before 30/06/2024 --format csv > actions.csv
    """
    from minutes_miner.store import open_store
    from minutes_miner.store.search import ActionFilter, find_actions

    stands = Status(status) if status else None
    chosen = ActionFilter(status=stands, limit=choose_limit(limit, style), **wanted)
    with open_store(db, create=False) as store:
        print_actions(find_actions(store, chosen), style, limit=limit)
