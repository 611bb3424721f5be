"""Correct a field of a record that the program read wrong, or that has changed since."""

from __future__ import annotations

import click

from minutes_miner.cli.keeping import author_options, print_entries
from minutes_miner.cli.options import database_option


@click.command(name="correct")
@click.argument("record_id", metavar="ID")
@click.argument("field", metavar="FIELD")
@click.argument("value", metavar="VALUE")
@author_options
@database_option
def command(record_id: str, field: str, value: str, db: str, reason: str, by: str | None) -> None:
    """Correct a field of a decision or an action; what the document says is kept beside it.

    Lists, searches, counts and exports show the corrected value, also after the document is mined again. ID may be
    shortened; "none" as VALUE means that nothing is known. Fields of decisions: kind, outcome, procedural,
    decision_maker, vote_manner, votes_for, votes_against, abstentions, mover, seconder, portfolio_holder, sums; of
    actions: status; of both: owners, due, item_number, item_title, and authority, committee and meeting_date, which all
    records of a document share. Sums are given all at once, each with what it is where that is known.

    \b
    Examples:
      minutes-miner correct 3f2a status done --reason "letter sent on 3 May"
      minutes-miner correct 5981f933 votes_for 7 --reason "the minutes say seven on page 3"
      minutes-miner correct 5981f933 sums "£12,500 grant; £300 cost" --reason "misread: not £125,000"
      minutes-miner correct 5981f933 owners "Clerk; Town Surveyor" --reason "misread table"
    """
    from minutes_miner.scrape.territories import find_territory
    from minutes_miner.store import open_store
    from minutes_miner.store.corrections import Author, correct
    from minutes_miner.store.search import get_record

    with open_store(db, create=False) as store:
        author = Author(reason, by)
        entries = correct(store, record_id, field, value, author=author, find_territory=find_territory)
        words = get_record(store, str(entries[0].record_id)).record.text
    print_entries(entries, words)
