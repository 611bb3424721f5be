"""Count what a database holds."""

from __future__ import annotations

import click

from minutes_miner.cli.listing import format_sum
from minutes_miner.cli.options import database_option
from minutes_miner.cli.terminal import Column, print_table


@click.command(name="stats")
@database_option
def command(db: str) -> None:
    """Count what a database holds, in all, by kind and by council.

    \b
    Examples:
      minutes-miner stats
      minutes-miner stats --db postgresql://localhost/minutes
    """
    from minutes_miner.store import open_store
    from minutes_miner.store.search import count_records

    with open_store(db, create=False) as store:
        found = count_records(store)
    counts = {
        "documents": found.documents,
        "files that could not be mined": found.failures,
        "decisions": found.decisions,
        "actions": found.actions,
        "actions still open": found.actions_open,
        "actions with an owner": found.actions_with_owner,
        "actions with a deadline": found.actions_with_due,
        "sums of money": found.sums,
    }
    rows = [[name, f"{count:,}"] for name, count in counts.items()]
    rows += [[f"{currency} in decisions", format_sum(total, currency)] for currency, total in found.totals.items()]
    print_table([Column("in the database"), Column("count", "bold", right=True)], rows)
    for heading, part in (("kind", found.by_kind), ("outcome", found.by_outcome), ("authority", found.by_authority)):
        click.echo()
        rows = [[name, f"{count:,}"] for name, count in part.items()]
        print_table([Column(heading), Column("decisions", "bold", right=True)], rows)
