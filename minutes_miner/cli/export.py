"""Write whole tables of records as files for other programs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from minutes_miner import __version__
from minutes_miner.cli.conditions import condition_options
from minutes_miner.cli.options import database_option
from minutes_miner.cli.people import warn_of_names
from minutes_miner.cli.terminal import Column, print_table
from minutes_miner.domain.dataset import TABLES, Dataset, Row, Table
from minutes_miner.registry import find_exporters, get_exporter

if TYPE_CHECKING:
    from minutes_miner.domain.protocols import Exporter
    from minutes_miner.store import Store
    from minutes_miner.store.export import Selection


_NAMING = {"popolo", "opencivicdata"}
"""Formats that name persons as they are resolved."""


@click.command(name="export")
@click.option("--format", "style", required=True, type=click.Choice(find_exporters()), help="What to write.")
@click.option("--to", "target", required=True, type=click.Path(path_type=Path), metavar="PATH", help="Where to.")
@click.option("--table", "names", multiple=True, type=click.Choice(list(TABLES)), help="Only this; repeatable.")
@click.option("--query", metavar="WORDS", help="Words of the decisions, as in search.")
@condition_options
@click.option("--no-escape", is_flag=True, help="Leave text in CSV as it is, even if a spreadsheet would run it.")
@click.option("--force", is_flag=True, help="Replace the file, or the folder of an earlier export.")
@database_option
def command(
    db: str, style: str, target: Path, names: tuple[str, ...], no_escape: bool, force: bool, **wanted: Any
) -> None:
    """Write whole tables of records as files for other programs.

    csv, jsonl, parquet, datapackage and rocrate write a folder with a file a table, or, but for the last two, one file
    where PATH ends in .csv, .jsonl or .parquet and one --table is named. excel writes one workbook, popolo one JSON
    file of votes, oparl one of meetings, opencivicdata a folder of meetings and votes, datasette the metadata file for
    a SQLite database. Tables are decisions, actions, sums and votes; the
    filters are those of search.

    \b
    Examples:
      minutes-miner export --format parquet --to minutes
      minutes-miner export --format excel --to grants.xlsx --query grant --since 2024-01-01
      minutes-miner export --format csv --table sums --min-amount 10k --to sums.csv
      minutes-miner export --format datasette --to metadata.json
    """
    from minutes_miner.export.target import replacing
    from minutes_miner.store import open_store
    from minutes_miner.store.export import open_selection
    from minutes_miner.store.search import DecisionFilter

    exporter = get_exporter(style)
    tables = _choose_tables(exporter, names)
    if not exporter.tables and any(wanted.values()):
        raise click.UsageError(f"{style} describes the whole database: filters say nothing to it")
    chosen = DecisionFilter(**wanted)
    place = _check_suffix(exporter, target)
    with open_store(db, create=False) as store, open_selection(store, chosen) as selection:
        with replacing(place, force=force) as beside, _reading(selection) as read:
            counts = {table.name: selection.count(table) for table in tables}
            told = {**_describe(store, selection, wanted), "rows": counts}
            exporter.write(Dataset(tables, read, told, escape=not no_escape), beside)
        if style in _NAMING:
            warn_of_names(store)
    print_table(
        [Column("written"), Column("rows", "bold", right=True)],
        [[name, f"{count:,}"] for name, count in counts.items()] or [[str(target), ""]],
    )


def _choose_tables(exporter: Exporter, names: tuple[str, ...]) -> tuple[Table, ...]:
    for name in names:
        if name not in exporter.tables:
            raise click.BadParameter(
                f"{exporter.name} writes {', '.join(exporter.tables) or 'no tables'}", param_hint="--table"
            )
    return tuple(TABLES[name] for name in exporter.tables if not names or name in names)


def _check_suffix(exporter: Exporter, target: Path) -> Path:
    """Give the target as an absolute path, or refuse a suffix that says something else than what it will be."""
    if exporter.needs_file and target.suffix != exporter.suffix:
        raise click.BadParameter(f"{exporter.name} writes a {exporter.suffix} file", param_hint="--to")
    return target.absolute()


def _describe(store: Store, selection: Selection, wanted: Mapping[str, Any]) -> dict[str, object]:
    """Tell where the data come from; the database by its name alone, for its address is nobody else's business."""
    from sqlalchemy import make_url

    address = make_url(store.address)
    return {
        "program": {"name": "minutes-miner", "version": __version__},
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "pipelines": selection.pipelines(),
        "database": {"kind": address.get_backend_name(), "name": Path(address.database or "").stem},
        "filters": {name: _plain(value) for name, value in wanted.items() if value not in {None, False}},
    }


def _plain(value: object) -> str | bool:
    return value if isinstance(value, bool) else f"{value:f}" if isinstance(value, Decimal) else str(value)


@contextmanager
def _reading(selection: Selection) -> Iterator[Callable[[Table], Iterator[Row]]]:
    """Give a reader of tables that shows on a terminal how far it is."""
    if not sys.stderr.isatty():
        yield selection.rows
        return
    import rich.progress as bars
    from rich.console import Console

    columns = (bars.TextColumn("{task.description}"), bars.BarColumn(), bars.MofNCompleteColumn())
    with bars.Progress(*columns, bars.TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:

        def read(table: Table) -> Iterator[Row]:
            return iter(bar.track(selection.rows(table), selection.count(table), description=table.name))

        yield read
