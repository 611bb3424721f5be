"""Remove personal words from the store for good."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from minutes_miner.cli.keeping import author_options
from minutes_miner.cli.options import database_option

if TYPE_CHECKING:
    from minutes_miner.store import Store
    from minutes_miner.store.corrections import Author
    from minutes_miner.store.redacting import Removal


@click.command(name="redact")
@click.argument("words", metavar="ID|TEXT")
@author_options
@click.option("--in", "within", metavar="ID", help="Only in the document of this record, and versions of it.")
@click.option("--dry-run", is_flag=True, help="Only tell how often the words stand where.")
@click.option("--yes", is_flag=True, help="Do not ask on a terminal.")
@database_option
def command(words: str, db: str, reason: str, by: str | None, within: str | None, dry_run: bool, yes: bool) -> None:
    """Remove words for good, or all words of the record that has an ID.

    They vanish from documents, records, quotes, the full-text index, the trail of corrections and saved searches; marks
    of the same length stand in their place. They stay away when the document is mined again. The raw archive, the files
    that were mined, exports and copies of the database are not reached. "-" reads the words from the standard input,
    so that they are in no shell's history.

    \b
    Examples:
      minutes-miner redact "Perdita Quill" --reason "a private person" --dry-run
      minutes-miner redact "12 Mill Lane" --in 3f2a --reason "a private address"
      minutes-miner redact 3f2a9c0d1e4b5a67 --reason "names a child"
    """
    from minutes_miner.store import open_store
    from minutes_miner.store.corrections import Author

    words = sys.stdin.read().strip() if words == "-" else words
    author = Author(reason, by)
    with open_store(db, create=False) as store:
        removed = _remove(store, words, author, within, is_trial=True)
        if not dry_run:
            if sys.stdin.isatty() and not yes:
                click.confirm(f"{_tell(removed, 'stand')}. Remove them for good?", abort=True, err=True)
            removed = _remove(store, words, author, within, is_trial=False)
    click.echo(_tell(removed, "stand" if dry_run else f"{removed.number}: removed; they stood"))
    if not dry_run and not removed.is_scrubbed:
        told = "another program has the database open: its file and log may hold the words until that program closes it"
        click.echo(f"Note: {told}", err=True)


def _remove(store: Store, words: str, author: Author, within: str | None, *, is_trial: bool) -> Removal:
    from minutes_miner.store.redacting import find_record, redact, redact_record

    named = find_record(store, words)
    if named and not within:
        return redact_record(store, named, author=author, is_trial=is_trial)
    return redact(store, words, author=author, within=within, is_trial=is_trial)


def _tell(removed: Removal, stand: str) -> str:
    counts = f"{removed.places:,} places of {removed.documents:,} documents and in {removed.records:,} records"
    return f"The words {stand} in {counts}" if stand == "stand" else f"{stand} in {counts}"
