"""Gather what councils publish, and mine it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from minutes_miner.cli.authorities import TERRITORIES
from minutes_miner.cli.mine import print_summary
from minutes_miner.cli.options import DAY, archive_option, database_option, limit_options
from minutes_miner.cli.progress import counting, listening
from minutes_miner.cli.terminal import Column, print_table
from minutes_miner.config import Courtesy
from minutes_miner.errors import ConfigError, ScrapeError

if TYPE_CHECKING:
    from minutes_miner.config import Limits
    from minutes_miner.domain.gathering import Authority
    from minutes_miner.domain.protocols import Platform
    from minutes_miner.workflow.gathering import Gathered, Plan

_Command = TypeVar("_Command", bound=Callable[..., Any])
AHEAD = timedelta(days=183)
"""How far into the future meetings are looked up by default: councils publish their calendar half a year ahead."""


def _courtesy_options(command: _Command) -> _Command:
    default = Courtesy()
    contact = "Mail or web address at which you can be reached; servers are told."
    options = (
        click.option("--contact", envvar="MINUTES_MINER_CONTACT", show_envvar=True, metavar="ADDRESS", help=contact),
        click.option(
            "--rate",
            type=click.FloatRange(min=0, min_open=True, max=1000),
            default=default.rate,
            envvar="MINUTES_MINER_RATE",
            show_envvar=True,
            metavar="N",
            help=f"Requests a second to one host, at most.  [default: {default.rate:g}]",
        ),
        click.option(
            "--allow-loopback",
            is_flag=True,
            envvar="MINUTES_MINER_ALLOW_LOOPBACK",
            show_envvar=True,
            help="Also ask this machine and private networks: for tests.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command(name="gather")
@click.argument("codes", nargs=-1, metavar="[CODE]...")
@database_option
@archive_option
@click.option("--platform", metavar="NAME", help="All authorities of this platform, such as moderngov.")
@click.option("--territory", type=TERRITORIES, help="All authorities in this part of the United Kingdom.")
@click.option(
    "--urls",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Addresses of documents, one a line, in place of authorities.",
)
@click.option("--since", type=DAY, metavar="DATE", help="Meetings on or after this day.  [default: two years ago]")
@click.option("--until", type=DAY, metavar="DATE", help="Meetings on or before this day.  [default: in half a year]")
@click.option("--committee", metavar="NAME", help="Part of the committee's name.")
@click.option("--max", "most", type=click.IntRange(min=1), metavar="N", help="The newest N meetings of an authority.")
@click.option("--dry-run", is_flag=True, help="Show what would be asked for, and ask for nothing.")
@click.option("--no-mine", is_flag=True, help="Keep what comes, and mine it in a later run.")
@click.option("--jobs", type=click.IntRange(min=0), help="Worker processes; 0 for none.  [default: one a core]")
@_courtesy_options
@limit_options
def command(
    codes: tuple[str, ...],
    db: str,
    archive: Path,
    urls: Path | None,
    platform: str | None,
    territory: str | None,
    dry_run: bool,
    no_mine: bool,
    jobs: int | None,
    limits: Limits,
    **wishes: Any,
) -> None:
    """Gather what councils publish, and mine it.

    CODE names authorities, as `minutes-miner authorities` lists them. Each host is asked one thing at a time and no
    more often than --rate, its robots.txt is obeyed, and every answer is kept in the archive. What was asked for is
    noted in the database: the same command goes on after it was stopped, and later fetches what is new or may have
    changed. What could not be read is told by `minutes-miner coverage`, never taken for "nothing decided".

    \b
    Examples:
      minutes-miner gather RUT --since 2024-01-01 --contact you@example.org
      minutes-miner gather --territory WLS --max 20 --contact you@example.org
      minutes-miner gather RUT --dry-run
    """
    from minutes_miner.scrape.archive import Archive
    from minutes_miner.store import open_store
    from minutes_miner.workflow.gathering import gather
    from minutes_miner.workflow.harvest import mine_gathered

    plan = _make_plan(_choose(codes, platform, territory, urls), wishes, urls)
    if dry_run:
        _print_plan(plan, db)
        return
    if not plan.courtesy.contact:
        click.echo("Tell servers who asks: --contact, or the variable MINUTES_MINER_CONTACT", err=True)
    with open_store(db) as store, Archive(archive, contact=plan.courtesy.contact) as kept:
        with counting() as count:
            gathered = gather(plan, store, kept, on_progress=count)
        _print_gathered(gathered)
        if not no_mine:
            with listening() as listen:
                report = mine_gathered(store, db, archive, plan.codes, jobs=jobs, limits=limits, on_progress=listen)
            print_summary(report)
        if gathered.left or sum(gathered.obstacles.values()) or (not no_mine and report.failed):
            click.get_current_context().exit(1)


def _choose(
    codes: tuple[str, ...], platform: str | None, territory: str | None, urls: Path | None
) -> list[Authority]:
    """Give the authorities that are named, or that fit the wishes and have a platform."""
    from minutes_miner.registry import find_platforms
    from minutes_miner.scrape.authorities import find_authorities, get_authority

    if urls is not None:
        if codes or platform or territory:
            raise click.UsageError("--urls names documents, not authorities: name no CODE, --platform or --territory")
        return []
    if codes:
        chosen = [get_authority(code) for code in dict.fromkeys(code.upper() for code in codes)]
        for authority in chosen:
            if authority.platform not in find_platforms() or not authority.base_url:
                reason = f"{authority.name} runs on a site that no platform reads"
                raise ScrapeError(reason, where=authority.code, advice="mine a folder of its files, or use --urls")
        return [one for one in chosen if territory in (None, one.territory) and platform in (None, one.platform)]
    if not (platform or territory):
        raise click.UsageError("name authorities by their codes, or choose them by --platform or --territory")
    chosen = list(find_authorities(platform, territory))
    chosen = [one for one in chosen if one.platform in find_platforms() and one.base_url]
    if not chosen:
        raise ConfigError("no authority fits", advice="`minutes-miner authorities` lists them")
    return chosen


def _make_plan(chosen: list[Authority], wishes: dict[str, Any], urls: Path | None) -> Plan:
    from minutes_miner.domain.gathering import Scope
    from minutes_miner.registry import get_platform
    from minutes_miner.scrape.addresses import read_addresses
    from minutes_miner.workflow.gathering import Plan

    today = datetime.now(UTC).date()
    since = wishes["since"] or _years_before(today, 2)
    until = wishes["until"] or max(today, since) + AHEAD
    if since > until:
        raise click.UsageError("--since is later than --until")
    scope = Scope(since, until, today, wishes["committee"])
    platforms: Mapping[Authority, Platform]
    if urls is None:
        platforms = {one: get_platform(one.platform or "")(one, scope) for one in chosen}
    elif wishes["committee"]:
        raise click.UsageError("--urls names documents: --committee can't choose among them")
    else:
        platforms = read_addresses(urls, scope)
    courtesy = replace(
        Courtesy(), contact=wishes["contact"], rate=wishes["rate"], allow_loopback=wishes["allow_loopback"]
    )
    return Plan(platforms, scope, wishes["most"], courtesy)


def _years_before(day: date, years: int) -> date:
    return day.replace(year=day.year - years, day=min(day.day, 28))


def _print_plan(plan: Plan, db: str) -> None:
    """Print what is known to be asked for; lists will tell of more."""
    from minutes_miner.workflow.gathering import foresee

    rows, total = [], 0
    for authority, lists, pages in foresee(plan, db, datetime.now(UTC)):
        total += lists + pages
        minutes = f"{(lists + pages) / plan.courtesy.rate / 60:,.0f}"
        rows.append([authority.code, f"{lists:,}", f"{pages:,}", minutes, authority.base_url or "", authority.name])
    counts = (Column("lists", right=True), Column("pages", right=True), Column("minutes", right=True))
    names = (Column("address", below=True), Column("authority", wraps=True))
    print_table((Column("code", "bold"), *counts, *names), rows)
    click.echo(f"{total:,} requests are known of; the lists will tell of more. Nothing was asked for", err=True)


def _print_gathered(found: Gathered) -> None:
    rows = [["addresses asked for", f"{found.asked:,}"], ["of these unchanged", f"{found.unchanged:,}"]]
    rows += [[f"of these {state.value}", f"{count:,}"] for state, count in sorted(found.obstacles.items())]
    rows += [["megabytes", f"{found.bytes / 1e6:,.1f}"]]
    states = sorted(found.occasions.items())
    rows += [[f"meetings and notices: {state.value.replace('_', ' ')}", f"{count:,}"] for state, count in states]
    print_table([Column("gathered"), Column("count", right=True)], rows)
    for host, count in found.left.items():
        click.echo(f"{host} was left alone after many failures; {count:,} addresses wait for the next run", err=True)
