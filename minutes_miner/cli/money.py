"""Add up the money that decisions decide."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from decimal import Decimal
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Unpack

import click

from minutes_miner.cli.conditions import Conditions, condition_options
from minutes_miner.cli.listing import DEFAULT_LIMIT, STYLES, format_sum, write_rows
from minutes_miner.cli.options import LIMIT, database_option
from minutes_miner.cli.terminal import Column, print_table

if TYPE_CHECKING:
    from minutes_miner.store.search import MoneyTotal

GROUPINGS = ("authority", "territory", "committee", "year", "kind", "topic", "role")
_BAR = 20
"""Characters of the longest bar."""

_WIDE = 100
"""Columns of a terminal that has room for bars."""


@click.command(name="money")
@click.argument("query", nargs=-1, metavar="[QUERY]...")
@database_option
@click.option("--by", type=click.Choice(GROUPINGS), help="Add up each of these by itself.")
@condition_options
@click.option("--limit", type=LIMIT, help=f"At most so many groups.  [default: {DEFAULT_LIMIT} in tables]")
@click.option("--format", "style", type=click.Choice(STYLES), default="table", help="[default: table]")
def command(
    query: tuple[str, ...],
    db: str,
    by: str | None,
    limit: int | None,
    style: str,
    **wanted: Unpack[Conditions],
) -> None:
    """Add up the money that decisions decide, each sum once.

    Counted is what is approved, granted, contracted, paid or budgeted, and not what is only noted, refused, put off or
    named beside it, such as a limit or a balance. The words and conditions are those of search. --by role also tells
    savings, income and charges, which are in no other total.

    \b
    Examples:
      minutes-miner money
      minutes-miner money library --by year
      minutes-miner money 'since:2022 amount:>500k' --by authority
      minutes-miner money --by role --format csv > roles.csv
    """
    from minutes_miner.store import open_store
    from minutes_miner.store.search import DecisionFilter, Grouping, MoneyTotal, total_money

    chosen = DecisionFilter(query=" ".join(query) or None, **wanted)
    with open_store(db, create=False) as store:
        found = total_money(store, chosen, by=Grouping(by) if by else None)
    rows = found.groups if by else found.overall
    if style != "table":
        write_rows(rows[:limit], MoneyTotal, style)
    elif not rows:
        click.echo("Nothing was found", err=True)
    else:
        _print_totals(rows[: limit or DEFAULT_LIMIT], by or "all")
        if len(rows) > (limit or DEFAULT_LIMIT):
            click.echo(f"There are {len(rows)}: name a --limit to see more", err=True)


def _print_totals(rows: Sequence[MoneyTotal], by: str) -> None:
    """Print totals, on a terminal with a bar for each; bars of two currencies can't be compared."""
    figures = ("sums", "total", "median", "largest")
    columns = [Column(by, "bold", wraps=True), *(Column(name, "magenta", right=True) for name in figures)]
    cells = [_cells(row) for row in rows]
    if sys.stdout.isatty() and len(rows) > 1 and get_terminal_size().columns >= _WIDE:
        most: dict[str, Decimal] = {}
        for row in rows:
            most[row.currency] = max(row.total, most.get(row.currency, row.total))
        columns.append(Column("", "green"))
        cells = [[*cell, _bar(row.total, most[row.currency])] for cell, row in zip(cells, rows, strict=True)]
    print_table(columns, cells)


def _cells(row: MoneyTotal) -> list[str]:
    sums = (format_sum(figure, row.currency) for figure in (row.total, row.median, row.largest))
    return [row.group or row.currency, f"{row.count:,}", *sums]


def _bar(total: Decimal, most: Decimal) -> str:
    """Draw a bar in eighths of a character."""
    eighths = round(float(total / most) * _BAR * 8) if most > 0 and total > 0 else 0
    return "█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip()
