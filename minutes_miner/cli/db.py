"""Look after a database."""

from __future__ import annotations

import click

from minutes_miner.cli.options import database_option
from minutes_miner.cli.terminal import Column, print_table
from minutes_miner.config import database_url


@click.group(name="db")
def command() -> None:
    """Look after a database.

    \b
    Examples:
      minutes-miner db info
      minutes-miner db check --db minutes.db
    """


@command.command(name="info")
@database_option
def info(db: str) -> None:
    """Tell what a database is, what it holds, and which files could not be mined.

    \b
    Examples:
      minutes-miner db info
    """
    from minutes_miner.store import open_store
    from minutes_miner.store.failures import find_failures

    with open_store(db, create=False) as store:
        found, failures = store.info(), find_failures(store)
    rows = [["address", found.address], ["server", found.server], ["revision", found.revision]]
    rows.append(["size", f"{found.size / 1_000_000:,.1f} MB"])
    print_table([Column("database"), Column("", wraps=True)], rows)
    click.echo()
    counts = [[table, f"{count:,}"] for table, count in found.rows.items()]
    print_table([Column("table"), Column("rows", right=True)], counts)
    if failures:
        click.echo()
        failed = [[failure.source, failure.reason] for failure in failures]
        print_table([Column("not mined", wraps=True), Column("reason", wraps=True)], failed)


@command.command(name="check")
@database_option
def check(db: str) -> None:
    """Check that each record's words stand in its document, and that nothing is damaged.

    \b
    Examples:
      minutes-miner db check
    """
    from minutes_miner.store import open_store

    with open_store(db, create=False) as store:
        problems = store.check()
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        click.get_current_context().exit(1)
    click.echo("Everything fits")


@command.command(name="upgrade")
@database_option
def upgrade(db: str) -> None:
    """Bring the tables up to what this version of the program uses, and resolve names that wait for it.

    \b
    Examples:
      minutes-miner db upgrade
    """
    from minutes_miner.store import open_store
    from minutes_miner.workflow.resolving import resolve_parties

    with open_store(db, create=False) as store:
        click.echo(f"The tables are of revision {store.upgrade()}")
        if resolve_parties(store):
            click.echo("The names in the papers are resolved")


@command.command(name="copy")
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
def copy(source: str, target: str) -> None:
    """Copy a database into another one, which must not hold anything yet.

    Each is the path of an SQLite file or an SQLAlchemy address, so that a store can move to a server and back.

    \b
    Examples:
      minutes-miner db copy minutes.db postgresql://localhost/minutes
      minutes-miner db copy postgresql://localhost/minutes copy.db
    """
    from minutes_miner.store import open_store
    from minutes_miner.store.copying import copy_store

    with open_store(database_url(source), create=False) as old, open_store(database_url(target)) as new:
        counts = copy_store(old, new)
    click.echo(f"Copied {counts['documents']:,} documents with {counts['decisions']:,} decisions")
