"""Leave a record out of every list."""

from __future__ import annotations

import click

from minutes_miner.cli.keeping import author_options, print_entries
from minutes_miner.cli.options import database_option


@click.command(name="suppress")
@click.argument("record_id", metavar="ID")
@author_options
@database_option
def command(record_id: str, db: str, reason: str, by: str | None) -> None:
    """Leave a decision or an action out of every list, search, count and export.

    For what is no decision or no action at all. The document's text stays as it is; to remove words, use redact.
    "corrections undo" brings the record back.

    \b
    Examples:
      minutes-miner suppress 3f2a --reason "a heading, not a decision"
    """
    from minutes_miner.store import open_store
    from minutes_miner.store.corrections import Author, suppress
    from minutes_miner.store.search import get_record

    with open_store(db, create=False) as store:
        entries = suppress(store, record_id, author=Author(reason, by))
        words = get_record(store, str(entries[0].record_id)).record.text
    print_entries(entries, words)
