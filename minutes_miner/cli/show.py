"""Show one record in full, with its words marked in their paragraph."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from minutes_miner.cli.listing import format_sum
from minutes_miner.cli.options import database_option
from minutes_miner.cli.terminal import Column, print_table

if TYPE_CHECKING:
    from minutes_miner.domain.record import MoneyAmount
    from minutes_miner.store.corrections import Correction
    from minutes_miner.store.search import ActionRow, DecisionRow, Passage, RecordDetail

MARKS = (">>", "<<")
"""Stand around the words of a record where there are no colours."""


@click.command(name="show")
@click.argument("record_id", metavar="ID")
@database_option
def command(record_id: str, db: str) -> None:
    """Show one decision or action in full, with the words it was read from.

    ID is what the lists show, or as much of its beginning as no other record has. The words stand in their paragraph,
    marked by colour on a terminal and by >> and << elsewhere.

    \b
    Examples:
      minutes-miner show 3f2a9c0d1e4b5a67
      minutes-miner show 3f2a
    """
    from minutes_miner.store import open_store
    from minutes_miner.store.corrections import find_in_force
    from minutes_miner.store.search import get_record

    with open_store(db, create=False) as store:
        found = get_record(store, record_id)
        corrected = find_in_force(store, found.record)
    facts = _decision(found) if hasattr(found.record, "kind") else _action(found)
    print_table([Column("record", "bold"), Column(found.record.id, wraps=True)], [row for row in facts if row[1]])
    if corrected:
        click.echo()
        _print_corrections(corrected)
    for passage in found.passages:
        click.echo()
        _print_passage(passage)


def _print_corrections(entries: Sequence[Correction]) -> None:
    """Print what was corrected, with what the document itself says."""
    columns = (Column("corrected", "bold"), Column("in the document", wraps=True), Column("now", wraps=True))
    about = (Column("no.", right=True), Column("by"), Column("on"), Column("reason", wraps=True))
    rows = [
        [entry.field or "left out of lists", entry.source or "none", entry.new or "none", str(entry.number)]
        + [entry.made_by or "", entry.made_at[:10], entry.reason]
        for entry in entries
    ]
    print_table((*columns, *about), rows)


def _decision(found: RecordDetail) -> list[tuple[str, str]]:
    from minutes_miner.store.search import DecisionRow

    record = found.record
    assert isinstance(record, DecisionRow)
    counts = (("for", record.votes_for), ("against", record.votes_against), ("abstained", record.abstentions))
    votes = [record.vote_manner.value] if record.vote_manner else []
    votes += [f"{count} {name}" for name, count in counts if count is not None]
    return [
        ("decision", record.text),
        ("kind", record.kind.value + (", routine" if record.procedural else "")),
        ("outcome", record.outcome.value),
        ("decided by", record.decision_maker or ""),
        ("vote", ", ".join(votes)),
        ("named votes", "; ".join(f"{vote.person}: {vote.ballot.value}" for vote in found.votes)),
        ("moved by", record.mover or ""),
        ("seconded by", record.seconder or ""),
        ("reason", record.reason or ""),
        ("alternatives", record.alternatives or ""),
        ("call-in", record.call_in or ""),
        ("portfolio", record.portfolio_holder or ""),
        ("topics", ", ".join(f"{score.code} ({score.confidence:.2f})" for score in found.topics)),
        ("sums", "; ".join(_sum(money) for money in found.sums)),
        ("actions", ", ".join(found.action_ids)),
        *_shared(found, record),
    ]


def _sum(money: MoneyAmount) -> str:
    """Write a sum with what it is."""
    role = f" ({money.role.value})" if money.role else ""
    return f"{format_sum(money.amount, money.currency)}{role}"


def _action(found: RecordDetail) -> list[tuple[str, str]]:
    from minutes_miner.store.search import ActionRow

    record = found.record
    assert isinstance(record, ActionRow)
    return [
        ("action", record.text),
        ("status", record.status.value),
        ("decision", record.decision_id or ""),
        *_shared(found, record),
    ]


def _shared(found: RecordDetail, record: DecisionRow | ActionRow) -> list[tuple[str, str]]:
    document = found.document
    days = (str(record.due_from or ""), str(record.due_to or ""))
    due = f"{record.due_text} ({' to '.join(dict.fromkeys(days))})" if record.due_to else record.due_text or ""
    return [
        ("owners", "; ".join(owner.text for owner in found.owners)),
        ("due", due),
        ("item", " ".join(filter(None, (record.item_number, record.item_title)))),
        ("meeting", ", ".join(str(part) for part in (record.authority, record.committee, record.meeting_date) if part)),
        ("confidence", f"{record.confidence:.2f}"),
        ("document", "; ".join(document.sources) or document.id),
        ("also in", "; ".join(f"{twin.source} ({twin.id})" for twin in found.twins)),
        ("sha256", document.sha256),
        ("mined by", document.pipeline),
    ]


def _print_passage(passage: Passage) -> None:
    evidence = passage.evidence
    page = f"page {evidence.page_number}, " if evidence.page_number else ""
    click.secho(f"{page}characters {evidence.start} to {evidence.end}", dim=True)
    before, words, after = (
        passage.text[: passage.start],
        passage.text[passage.start : passage.end],
        passage.text[passage.end :],
    )
    if sys.stdout.isatty():
        from rich.console import Console
        from rich.text import Text

        Console().print(Text.assemble(before, (words, "black on yellow"), after))
    else:
        click.echo(f"{before}{MARKS[0]}{words}{MARKS[1]}{after}")
