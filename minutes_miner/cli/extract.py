"""Print what is found in files, storing nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minutes_miner.cli.listing import format_sum
from minutes_miner.cli.options import limit_options
from minutes_miner.cli.terminal import Column, print_failure, print_table

if TYPE_CHECKING:
    from minutes_miner.config import Limits
    from minutes_miner.domain.record import DateRange, Extraction, MoneyAmount, Party
    from minutes_miner.workflow import Failure

COLUMNS = (
    Column("record", "bold"),
    Column("kind", "cyan"),
    Column("owner", "green", wraps=True),
    Column("due"),
    Column("amount", "magenta", right=True),
    Column("text", wraps=True),
)


@click.command(name="extract")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--format", "style", default="table", show_default=True, metavar="NAME", help="table, jsonl or json.")
@click.option("--authority", metavar="NAME", help="Code or name of the council that the documents are of.")
@click.option("--jobs", type=click.IntRange(min=0), help="Worker processes; 0 for none.  [default: one a core]")
@limit_options
def command(files: tuple[Path, ...], style: str, authority: str | None, jobs: int | None, limits: Limits) -> None:
    """Print what is found in files, storing nothing.

    The answers come in the order of the files. A file that can't be read gets a line on the standard error, and the
    exit status is then 1; with jsonl its line holds an object with the key "error", so that line n answers file n;
    archives and mails are answered document by document.

    \b
    Examples:
      minutes-miner extract minutes.pdf
      minutes-miner extract minutes/*.pdf --format jsonl > records.jsonl
      minutes-miner extract minutes.html --format json
    """
    from minutes_miner.registry import find_writers, get_writer
    from minutes_miner.workflow import extract_files

    known = ("table", *find_writers())
    if style not in known:
        raise click.BadParameter(f"{style!r} is not one of {', '.join(known)}", param_hint="--format")
    writer = None if style == "table" else get_writer(style)
    failures: list[Failure] = []
    outcomes = extract_files(files, authority=authority, jobs=jobs, limits=limits)
    if writer is None:
        _print_tables(_keep_going(outcomes, failures))
    elif style == "jsonl":
        for outcome in outcomes:
            _print_line(outcome, failures)
    else:
        writer.write(_keep_going(outcomes, failures), sys.stdout)
    if failures:
        click.get_current_context().exit(1)


def _keep_going(outcomes: Iterable[Extraction | Failure], failures: list[Failure]) -> Iterator[Extraction]:
    """Pass on what was found; print and keep what failed."""
    from minutes_miner.workflow import Failure

    for outcome in outcomes:
        if isinstance(outcome, Failure):
            print_failure(outcome.source, outcome.reason)
            failures.append(outcome)
        else:
            yield outcome


def _print_line(outcome: Extraction | Failure, failures: list[Failure]) -> None:
    """Print one line of JSON whatever became of the file, and see that the reader gets it at once."""
    from minutes_miner.export.contract import JsonlWriter, failure_as_contract, format_object

    JsonlWriter().write(_keep_going([outcome], failures), sys.stdout)
    if failures and outcome is failures[-1]:
        click.echo(format_object(failure_as_contract(failures[-1].source, failures[-1].reason)))
    sys.stdout.flush()


def _print_tables(extractions: Iterable[Extraction]) -> None:
    for extraction in extractions:
        document = extraction.document
        about = (document.ref.source, document.authority, document.committee, document.meeting_date)
        click.secho(", ".join(str(part) for part in about if part), bold=True)
        print_table(COLUMNS, _rows(extraction))
        for notice in dict.fromkeys(document.notices + extraction.notices):
            click.echo(f"warning: {notice.message}")
        click.echo()


def _rows(extraction: Extraction) -> list[list[str]]:
    decisions = [
        ["decision", found.kind.value, *_who_and_when(found.owners, found.due), _sums(found.money), found.text]
        for found in extraction.decisions
    ]
    actions = [["action", "", *_who_and_when(found.owners, found.due), "", found.text] for found in extraction.actions]
    return decisions + actions


def _who_and_when(owners: tuple[Party, ...], due: DateRange | None) -> tuple[str, str]:
    when = due.last.isoformat() if due and due.last else due.evidence.quote if due else ""
    return ", ".join(owner.text for owner in owners), when


def _sums(money: tuple[MoneyAmount, ...]) -> str:
    return ", ".join(format_sum(found.amount, found.currency) for found in money)
