"""Mine files and folders into a database or into Parquet files, with a progress bar and a summary."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from minutes_miner.cli.options import SHARE, database_option, limit_options
from minutes_miner.cli.progress import listening
from minutes_miner.cli.terminal import Column, print_table
from minutes_miner.errors import ReadError

if TYPE_CHECKING:
    from minutes_miner.workflow import Progress, Report
    from minutes_miner.workflow.journal import Journal
    from minutes_miner.workflow.mining import Listener
    from minutes_miner.workflow.plan import Plan
    from minutes_miner.workflow.runreport import RunReport
    from minutes_miner.workflow.sink import Sink

_FILE = click.Path(dir_okay=False, allow_dash=True, path_type=Path)


class Place(click.ParamType[Any]):
    """Read a path, or an address such as s3://bucket/folder."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path | str:
        """Give a path, or an address as it is."""
        return value if isinstance(value, Path) or "://" in value else Path(value)


@click.command(name="mine")
@click.argument("paths", nargs=-1, required=True, type=Place(), metavar="PATH...")
@database_option
@click.option("--authority", metavar="NAME", help="Code or name of the council that the documents are of.")
@click.option("--jobs", type=click.IntRange(min=0), help="Worker processes; 0 for none.  [default: one a core]")
@click.option("--cluster", metavar="ADDRESS", help="Mine on a Dask cluster: tcp://scheduler:8786, or local:N.")
@click.option("--force", is_flag=True, help="Mine documents again that the database holds already.")
@click.option("--sample", type=SHARE, metavar="SHARE", default="100%", help="Mine a share of the files, as in 1%.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Mine the first N files only.")
@click.option(
    "--to",
    type=(click.Choice(["parquet"]), click.Path(file_okay=False, path_type=Path)),
    metavar="parquet FOLDER",
    help="Write Parquet files into a folder, and no database.",
)
@click.option("--report", type=_FILE, metavar="FILE", help="Write a report of the run, .html or .json.")
@click.option("--log-json", type=_FILE, metavar="FILE", help="Write one JSON object a document; - is standard error.")
@limit_options
def command(
    paths: tuple[Path | str, ...],
    db: str,
    authority: str | None,
    to: tuple[str, Path] | None,
    report: Path | None,
    log_json: Path | None,
    **settings: Any,
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
      minutes-miner mine archive --sample 1% --report run.html
      minutes-miner mine archive --db postgresql://localhost/minutes --cluster tcp://scheduler:8786
      minutes-miner mine archive --to parquet minutes-parquet
    """
    from minutes_miner.workflow.mining import mine_paths
    from minutes_miner.workflow.plan import Plan

    if settings["cluster"] and settings["jobs"] is not None:
        raise click.UsageError("--jobs is for this machine, --cluster has workers of its own")
    plan = Plan(**settings)
    with ExitStack() as stack:
        books = _open_books(stack, report, log_json, paths)
        listeners: list[Listener] = [stack.enter_context(listening()), *books]

        def listen(progress: Progress) -> None:
            for listener in listeners:
                listener(progress)

        sink = _open_sink(db, to, plan)
        done = mine_paths(paths, sink, plan, authority=authority, on_progress=listen)
        for book in books:
            book.finish(done)
    _tell(done, paths)


def _open_sink(db: str, to: tuple[str, Path] | None, plan: Plan) -> Sink:
    if to is None:
        from minutes_miner.workflow.sink import DatabaseSink

        return DatabaseSink(db, plan)
    from minutes_miner.workflow.columnar import ParquetSink

    return ParquetSink(to[1], plan)


def _open_books(
    stack: ExitStack, report: Path | None, log_json: Path | None, paths: tuple[Path | str, ...]
) -> list[Journal | RunReport]:
    """Open what listens to the run beside the progress bar."""
    from minutes_miner.workflow.journal import Journal
    from minutes_miner.workflow.runreport import RunReport

    books: list[Journal | RunReport] = [stack.enter_context(Journal(log_json))] if log_json else []
    return [*books, *([RunReport(report, paths)] if report else [])]


def _tell(report: Report, paths: tuple[Path | str, ...]) -> None:
    """Print the summary; exit with 1 where a file failed."""
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
        run = f" as run {report.run}" if report.run else ""
        click.echo(f"The records are in {report.address}{run}", err=True)
