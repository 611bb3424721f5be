"""Print lists of records as a table, CSV, JSON or JSON Lines."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

import click

from minutes_miner.cli.options import LIMIT
from minutes_miner.cli.terminal import Column, print_table

if TYPE_CHECKING:
    from minutes_miner.domain.gathering import Authority
    from minutes_miner.scrape.catalogue import Entry
    from minutes_miner.store.search import ActionRow, DecisionRow, Facets, PartyRow

_Command = TypeVar("_Command", bound=Callable[..., Any])
STYLES = ("table", "csv", "json", "jsonl")
DEFAULT_LIMIT = 50

DECISION_COLUMNS = (
    Column("meeting"),
    Column("authority", below=True),
    Column("kind", "green", wraps=True),
    Column("amount", "magenta", right=True),
    Column("id", below=True),
    Column("decision", wraps=True),
)
ACTION_COLUMNS = (
    Column("due", "yellow"),
    Column("owner", "green", wraps=True),
    Column("status", below=True),
    Column("authority", below=True),
    Column("meeting", below=True),
    Column("id", below=True),
    Column("action", wraps=True),
)
AUTHORITY_COLUMNS = (
    Column("code", "bold"),
    Column("territory"),
    Column("platform", "green"),
    Column("address", below=True),
    Column("notes", below=True),
    Column("name", wraps=True),
)

PARTY_COLUMNS = (
    Column("id", "bold"),
    Column("kind", "green"),
    Column("authority", below=True),
    Column("named", right=True),
    Column("meetings", below=True),
    Column("name", wraps=True),
)

RECORD_COLUMNS = (
    Column("fetched"),
    Column("status", right=True),
    Column("kind", "green"),
    Column("type", below=True),
    Column("bytes", right=True),
    Column("file", below=True),
    Column("address", wraps=True),
)


def listing_options(command: _Command) -> _Command:
    """Add ``--limit`` and ``--format``; the command gets them as ``limit`` and ``style``."""
    limit = click.option("--limit", type=LIMIT, help=f"At most so many.  [default: {DEFAULT_LIMIT} in tables]")
    style = click.option("--format", "style", type=click.Choice(STYLES), default="table", help="[default: table]")
    return limit(style(command))


def choose_limit(limit: int | None, style: str) -> int | None:
    """Give the number of rows to ask for: one more than a table shows by default, to tell that there are more."""
    return DEFAULT_LIMIT + 1 if limit is None and style == "table" else limit


def print_decisions(rows: Sequence[DecisionRow], style: str, *, limit: int | None) -> None:
    """Print decisions in a format of STYLES."""
    from minutes_miner.store.search import DecisionRow

    _print(rows, DecisionRow, style, limit, DECISION_COLUMNS, decision_cells)


def print_facets(found: Facets) -> None:
    """Print what hits have in common, a table for each facet."""
    click.echo(f"{found.total} decisions", err=True)
    for field, counts in found.counts.items():
        if counts:
            sign = "" if found.total.is_exact else "about "
            rows = [[counted.value, f"{sign}{counted.count:,}"] for counted in counts]
            print_table([Column(field), Column("decisions", "bold", right=True)], rows)
            click.echo()


def print_actions(rows: Sequence[ActionRow], style: str, *, limit: int | None) -> None:
    """Print actions in a format of STYLES."""
    from minutes_miner.store.search import ActionRow

    _print(rows, ActionRow, style, limit, ACTION_COLUMNS, action_cells)


def print_parties(rows: Sequence[PartyRow], style: str, *, limit: int | None) -> None:
    """Print members, posts and bodies in a format of STYLES."""
    from minutes_miner.store.search import PartyRow

    _print(rows, PartyRow, style, limit, PARTY_COLUMNS, party_cells)


def print_authorities(rows: Sequence[Authority], style: str, *, limit: int | None) -> None:
    """Print authorities in a format of STYLES."""
    from minutes_miner.domain.gathering import Authority

    _print(rows, Authority, style, limit, AUTHORITY_COLUMNS, authority_cells)


def print_records(rows: Sequence[Entry], style: str, *, limit: int | None) -> None:
    """Print an archive's records in a format of STYLES."""
    from minutes_miner.scrape.catalogue import Entry

    _print(rows, Entry, style, limit, RECORD_COLUMNS, record_cells)


def record_cells(row: Entry) -> list[str]:
    """Give an archive's record as the cells of RECORD_COLUMNS."""
    fetched, status = row.date[:19].replace("T", " "), str(row.status or "")
    return [fetched, status, row.kind, row.media_type, f"{row.size:,}", f"{row.file} {row.start}", row.url]


def party_cells(row: PartyRow) -> list[str]:
    """Give a party as the cells of PARTY_COLUMNS; one that may be several says so beside its name."""
    days = " to ".join(dict.fromkeys(str(day) for day in (row.first_day, row.last_day) if day))
    name = row.name if row.is_resolved else f"{row.name} (unresolved: {row.may_be or 'may be several'})"
    return [row.id, row.kind.value, row.authority or "", f"{row.mentions:,}", days, name]


def authority_cells(row: Authority) -> list[str]:
    """Give an authority as the cells of AUTHORITY_COLUMNS."""
    return [row.code, row.territory or "", row.platform or "none", row.base_url or "", row.notes or "", row.name]


def decision_cells(row: DecisionRow) -> list[str]:
    """Give a decision as the cells of DECISION_COLUMNS; what was not carried says so beside its kind."""
    kind = row.kind.value if row.outcome == "carried" else f"{row.kind.value} ({row.outcome.value})"
    about = [str(row.meeting_date or ""), row.authority or "", kind]
    return [*about, format_sum(row.decided_amount, row.decided_currency), row.id, _marked(row)]


def action_cells(row: ActionRow) -> list[str]:
    """Give an action as the cells of ACTION_COLUMNS; a deadline that is no day stands as it was written."""
    due = str(row.due_to or row.due_text or "")
    about = [due, row.owners or "", row.status.value, row.authority or "", str(row.meeting_date or "")]
    return [*about, row.id, _marked(row)]


def _marked(row: DecisionRow | ActionRow) -> str:
    """Give a record's words, and say what somebody corrected of it."""
    return f"{row.text} [corrected: {row.corrected.replace('; ', ', ')}]" if row.corrected else row.text


def format_sum(amount: Decimal | None, currency: str | None) -> str:
    """Give a sum for reading, such as ``£1,250.00``."""
    if amount is None:
        return ""
    sign = {"GBP": "£", "EUR": "€"}.get(currency or "", "")
    return f"{sign}{amount:,.2f}" if sign else f"{amount:,.2f} {currency or ''}".rstrip()


def write_rows(rows: Sequence[Any], kind: type[Any], style: str) -> None:
    """Write records on the standard output as CSV, JSON or JSON Lines, a column for each field of their class."""
    from minutes_miner.export.tables import FORMATS

    names = [field.name for field in fields(kind)]
    FORMATS[style](({name: getattr(row, name) for name in names} for row in rows), sys.stdout, names)


def _print(
    rows: Sequence[Any],
    kind: type[Any],
    style: str,
    limit: int | None,
    columns: Sequence[Column],
    cells: Callable[[Any], list[str]],
) -> None:
    if style != "table":
        write_rows(rows, kind, style)
        return
    shown = rows[:DEFAULT_LIMIT] if limit is None else rows
    if shown:
        print_table(columns, [cells(row) for row in shown])
    if not rows:
        click.echo("Nothing was found", err=True)
    elif len(shown) < len(rows):
        click.echo(f"There are more than {len(shown)}: narrow the search, or name a --limit", err=True)
