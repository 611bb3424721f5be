"""List what was corrected, suppressed and redacted, and take it back."""

from __future__ import annotations

import click

from minutes_miner.cli.keeping import author_options, print_entries
from minutes_miner.cli.listing import DEFAULT_LIMIT, STYLES, write_rows
from minutes_miner.cli.options import LIMIT, database_option
from minutes_miner.cli.terminal import Column, print_table


@click.group(name="corrections")
def command() -> None:
    """List what was corrected, suppressed and redacted, by whom and why, and take it back.

    \b
    Examples:
      minutes-miner corrections list
      minutes-miner corrections undo 3 --reason "a slip"
    """


@command.command(name="list")
@click.option("--record", metavar="ID", help="Only of this record.")
@click.option("--in-force", is_flag=True, help="Only what was not undone.")
@click.option("--limit", type=LIMIT, help=f"At most so many.  [default: {DEFAULT_LIMIT} in tables]")
@click.option("--format", "style", type=click.Choice(STYLES), default="table", help="[default: table]")
@database_option
def listing(db: str, record: str | None, in_force: bool, limit: int | None, style: str) -> None:
    """List the trail, the newest first.

    \b
    Examples:
      minutes-miner corrections list
      minutes-miner corrections list --record 3f2a --format csv
    """
    from minutes_miner.store import open_store
    from minutes_miner.store.corrections import Correction, find_corrections

    most = limit or (DEFAULT_LIMIT if style == "table" else None)
    with open_store(db, create=False) as store:
        found = find_corrections(store, record_id=record, limit=most, include_undone=not in_force)
    if style != "table":
        write_rows(found, Correction, style)
    elif found:
        print_table(COLUMNS, [cells(entry) for entry in found])
    else:
        click.echo("Nothing was corrected", err=True)


COLUMNS = (
    Column("no.", "bold", right=True),
    Column("when"),
    Column("by", below=True),
    Column("act", "green"),
    Column("record", below=True),
    Column("field"),
    Column("old", wraps=True),
    Column("new", wraps=True),
    Column("state", below=True),
    Column("reason", wraps=True),
)


def cells(entry: object) -> list[str]:
    """Give an entry of the trail as the cells of COLUMNS."""
    from minutes_miner.store.corrections import Correction

    assert isinstance(entry, Correction)
    state = f"undone on {entry.undone_at[:10]}" if entry.undone_at else "in force"
    if state == "in force" and entry.record_id and not entry.is_found:
        state = "waits: its record is not there now"
    about = [str(entry.number), entry.made_at[:10], entry.made_by or "", entry.act, entry.record_id or ""]
    values = [entry.old or "none", entry.new or "none"] if entry.act == "correct" else ["", ""]
    return [*about, entry.field or "", *values, state, entry.reason]


@command.command(name="undo")
@click.argument("number", type=click.IntRange(min=1), metavar="NUMBER")
@author_options
@database_option
def undoing(number: int, db: str, reason: str, by: str | None) -> None:
    """Take back an entry of the trail: the record shows again what its document says.

    Words that were redacted are not kept: they come back only when their document is mined again with --force.

    \b
    Examples:
      minutes-miner corrections undo 3 --reason "a slip"
    """
    from minutes_miner.store import open_store
    from minutes_miner.store.corrections import Author, undo

    with open_store(db, create=False) as store:
        entries = undo(store, number, author=Author(reason, by))
    if entries[0].act == "redact":
        click.echo("Undone: mine the document again with --force to have its words back")
    else:
        print_entries(entries, "")
