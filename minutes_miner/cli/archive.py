"""Look into the archive of what was gathered."""

from __future__ import annotations

from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minutes_miner.cli.listing import choose_limit, listing_options, print_records
from minutes_miner.cli.options import DAY, archive_option

if TYPE_CHECKING:
    from minutes_miner.scrape.archive import Archive
    from minutes_miner.scrape.catalogue import Entry


@click.group(name="archive")
def command() -> None:
    """Look into the archive of what was gathered: WARC files, which other programs read too.

    \b
    Examples:
      minutes-miner archive list --url mgMeeting --since 2024-01-01
      minutes-miner archive verify
    """


@command.command(name="list")
@archive_option
@click.option("--url", metavar="TEXT", help="With this in the address, capitals making no difference.")
@click.option("--status", type=click.IntRange(100, 999), metavar="N", help="With this HTTP status.")
@click.option("--since", type=DAY, metavar="DATE", help="Fetched on or after this day.")
@click.option("--until", type=DAY, metavar="DATE", help="Fetched on or before this day.")
@listing_options
def list_(
    archive: Path,
    url: str | None,
    status: int | None,
    since: date | None,
    until: date | None,
    limit: int | None,
    style: str,
) -> None:
    """List the answers that were kept, and the documents composed of them, in the order in which they came.

    \b
    Examples:
      minutes-miner archive list --status 403
      minutes-miner archive list --url /documents/ --format csv > documents.csv
    """

    def is_wanted(entry: Entry) -> bool:
        words = f"{entry.url} {entry.asked}".casefold()
        day = entry.date[:10]
        return (
            (url is None or url.casefold() in words)
            and (status is None or entry.status == status)
            and (since is None or day >= since.isoformat())
            and (until is None or day <= until.isoformat())
        )

    with _open(archive) as kept:
        rows = list(islice(filter(is_wanted, kept.iter_records()), choose_limit(limit, style)))
    print_records(rows, style, limit=limit)


@command.command(name="verify")
@archive_option
def verify(archive: Path) -> None:
    """Read everything in the archive, and tell what is damaged or missing.

    Each record is unpacked, its length and digests are compared with its bytes, and the bodies that it names are looked
    up. The exit status is 1 where something is wrong.

    \b
    Examples:
      minutes-miner archive verify
      minutes-miner archive verify --archive /srv/minutes-archive
    """
    with _open(archive) as kept:
        count = 0
        for problem in kept.verify():
            count += 1
            click.echo(f"{problem.file}, byte {problem.offset}: {problem.reason}")
        told = f"{_count(sum(1 for _ in kept.iter_records()), 'record')} in {_count(len(kept.files()), 'file')}"
    click.echo(f"{told}: {_count(count, 'problem') if count else 'nothing is wrong'}")
    if count:
        click.get_current_context().exit(1)


@command.command(name="export")
@click.argument("addresses", nargs=-1, metavar="ADDRESS...")
@archive_option
@click.option("--all", "everything", is_flag=True, help="Every address, in place of those named.")
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    metavar="FOLDER",
    help="Where to write; a new or empty folder.",
)
def export(addresses: tuple[str, ...], archive: Path, everything: bool, folder: Path) -> None:
    """Write the newest answer of addresses to files, with a list of them: manifest.csv.

    With --all it is the newest answer of each address that was a good one, and each document composed of answers.
    `minutes-miner mine` reads the list, so that each document keeps its address.

    \b
    Examples:
      minutes-miner archive export https://democracy.example.org/mgMeetingAttendance.aspx?ID=7 --to page
      minutes-miner archive export --all --to everything
    """
    from minutes_miner.scrape.export import choose_all, choose_records, export_records

    if bool(addresses) == everything:
        raise click.UsageError("name addresses, or --all")
    with _open(archive) as kept:
        chosen = choose_all(kept) if everything else choose_records(kept, addresses)
        count = sum(1 for _ in export_records(kept, chosen, folder))
    click.echo(f"{_count(count, 'file')} written to {folder}")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _open(folder: Path) -> Archive:
    from minutes_miner.scrape.archive import Archive

    return Archive(folder, writable=False)
