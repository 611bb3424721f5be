"""Mine files and folders into a database, with a progress bar and a summary."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from minutes_miner.cli.options import database_option, limit_options
from minutes_miner.cli.progress import listening
from minutes_miner.cli.terminal import Column, print_table
from minutes_miner.errors import ReadError

if TYPE_CHECKING:
    from minutes_miner.config import Limits
    from minutes_miner.workflow import Report


@click.command(name="mine")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@database_option
@click.option("--authority", metavar="NAME", help="Code or name of the council that the documents are of.")
@click.option("--jobs", type=click.IntRange(min=0), help="Worker processes; 0 for none.  [default: one a core]")
@click.option("--force", is_flag=True, help="Mine documents again that the database holds already.")
@limit_options
def command(
    paths: tuple[Path, ...], db: str, authority: str | None, jobs: int | None, force: bool, limits: Limits
) -> None:
    """Mine files and folders into a database.

    Reads PDF (scans too), DOCX, ODT, RTF, DOC, HTML, Markdown and text, and such files in ZIP archives and in mails
    (.eml), and what WARC files keep of web sites. Folders are walked; what a manifest.csv in them tells of its files
    goes with them. Documents that have not changed since they were mined are left alone, so the same command goes on
    after it was stopped. A file that can't be read gets a line and is recorded in the database, and the exit status
    is then 1.

    \b
    Examples:
      minutes-miner mine corpus/samples
      minutes-miner mine minutes/2023 minutes/2024 --authority "Ashcombe Town Council"
      minutes-miner mine minutes-2019-to-2024.zip --max-seconds 60
      minutes-miner mine archive --db postgresql+psycopg://localhost/minutes --jobs 8
    """
    from minutes_miner.workflow import mine

    with listening() as listen:
        report = mine(paths, db, authority=authority, jobs=jobs, force=force, limits=limits, on_progress=listen)
    print_summary(report)
    if not (report.mined or report.unchanged or report.copied or report.failed):
        advice = "name PDF, DOCX, HTML, Markdown or text files, or a folder that holds some"
        raise ReadError("no documents found", where=str(paths[0]), advice=advice)
    if report.failed:
        click.get_current_context().exit(1)


def print_summary(report: Report) -> None:
    """Print what became of the files of a run."""
    from collections import Counter

    counts = [
        ("documents mined", report.mined),
        ("documents unchanged", report.unchanged),
        ("the same as another", report.copied),
        ("files skipped", len(report.skipped)),
        ("files failed", len(report.failed)),
        ("decisions", report.decisions),
        ("actions", report.actions),
        ("sums of money", report.sums),
        ("warnings", report.warnings),
    ]
    rows = [[name, f"{count:,}"] for name, count in counts]
    rows.append(["seconds", f"{report.seconds:.1f}"])
    print_table([Column("this run"), Column("count", right=True)], rows)
    for reason, count in sorted(Counter(skipped.reason for skipped in report.skipped).items()):
        click.echo(f"{count} skipped: {reason}", err=True)
    if report.address:
        click.echo(f"The records are in {report.address}", err=True)
