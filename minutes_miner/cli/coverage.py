"""Show what was gathered, refused and missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from minutes_miner.cli.listing import STYLES, write_rows
from minutes_miner.cli.options import database_option
from minutes_miner.cli.terminal import Column, print_table
from minutes_miner.domain.vocabulary import OBSTACLES, Coverage

if TYPE_CHECKING:
    from minutes_miner.store.coverage import AuthorityCoverage, CoverageRow

SHOWN = (Coverage.MINED, Coverage.DRAFT, Coverage.APPROVED, Coverage.AGENDA_ONLY, Coverage.EMPTY, Coverage.NOT_TRIED)
WIDTH = 40
"""Signs of the bar of the year with the most meetings."""


@click.command(name="coverage")
@click.argument("code", required=False, metavar="[AUTHORITY]")
@database_option
@click.option("--format", "style", type=click.Choice(STYLES), default="table", help="[default: table]")
def command(code: str | None, db: str, style: str) -> None:
    """Show what was gathered: what is mined, what could not be read, and what is not there yet.

    Without AUTHORITY (its code) each authority has a line; with it each of its bodies, and a bar for each year.
    "Unread" counts what was refused, blocked or failed: of these nobody knows what was decided.

    \b
    Examples:
      minutes-miner coverage
      minutes-miner coverage RUT
      minutes-miner coverage --format csv > coverage.csv
    """
    from minutes_miner.store import open_store
    from minutes_miner.store.coverage import CoverageRow, count_coverage, list_authorities

    wanted = code.upper() if code else None
    with open_store(db, create=False) as store:
        found, rows = list_authorities(store, wanted), count_coverage(store, wanted)
    if style != "table":
        write_rows(rows, CoverageRow, style)
    elif not found:
        click.echo("Nothing was gathered yet" if code is None else f"Nothing was gathered of {code} yet", err=True)
    elif code is None:
        _print_authorities(found, rows)
    else:
        _print_authority(found[0], rows)


def _print_authorities(found: Sequence[AuthorityCoverage], rows: Sequence[CoverageRow]) -> None:
    columns = (Column("code", "bold"), *_count_columns(), Column("newest", "green"), Column("lists", wraps=True))
    cells = []
    for authority in found:
        counts = _count(row for row in rows if row.authority == authority.code)
        unread = sum(authority.lists_unread.values())
        lists = f"{unread:,} unread" if unread else authority.state.value
        is_cut = "" if authority.is_whole else ", not finished"
        newest = str(authority.newest or "")
        cells.append([authority.code, *_count_cells(counts), newest, lists + is_cut, authority.name])
    print_table((*columns, Column("authority", wraps=True)), cells)


def _print_authority(found: AuthorityCoverage, rows: Sequence[CoverageRow]) -> None:
    bodies = dict.fromkeys(row.committee for row in rows)
    cells = [[*_count_cells(_count(row for row in rows if row.committee == body)), body or "-"] for body in bodies]
    print_table((*_count_columns(), Column("body", wraps=True)), cells)
    click.echo()
    years = sorted({row.year for row in rows if row.year is not None})
    by_year = {year: _count(row for row in rows if row.year == year) for year in years}
    most = max((counts.total() for counts in by_year.values()), default=1)
    bars = [[str(year), f"{counts.total():,}", _bar(counts, most)] for year, counts in by_year.items()]
    print_table((Column("year", "bold"), Column("all", right=True), Column("█ mined  ▒ nothing yet  ░ unread")), bars)
    for reason, count in found.lists_unread.items():
        click.echo(f"{count:,} of its lists could not be read: {reason}", err=True)
    if not found.is_whole:
        click.echo("The last run was cut off: gather it again, and it goes on", err=True)


def _count(rows: Iterable[CoverageRow]) -> Counter[Coverage]:
    counts: Counter[Coverage] = Counter()
    for row in rows:
        counts[row.state] += row.count
    return counts


def _count_columns() -> tuple[Column, ...]:
    names = [*(state.value.replace("_", " ") for state in SHOWN), "unread"]
    return tuple(Column(name, right=True) for name in names)


def _count_cells(counts: Counter[Coverage]) -> list[str]:
    unread = sum(counts[state] for state in OBSTACLES)
    return [f"{count:,}" if count else "-" for count in (*(counts[state] for state in SHOWN), unread)]


def _bar(counts: Counter[Coverage], most: int) -> str:
    mined, unread = counts[Coverage.MINED], sum(counts[state] for state in OBSTACLES)
    parts = (("█", mined), ("▒", counts.total() - mined - unread), ("░", unread))
    return "".join(sign * round(WIDTH * count / most) for sign, count in parts)
