"""List members, posts and bodies, and show how a member voted."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from minutes_miner.cli.listing import STYLES, choose_limit, listing_options, print_parties, write_rows
from minutes_miner.cli.options import database_option
from minutes_miner.cli.terminal import Column, print_table
from minutes_miner.domain.vocabulary import Part, PartyKind

if TYPE_CHECKING:
    from minutes_miner.store import Store
    from minutes_miner.store.search import Deed, PartyDetail

_TITLES = {
    Part.VOTED: "voted",
    Part.MOVED: "moved",
    Part.SECONDED: "seconded",
    Part.PORTFOLIO: "portfolio",
    Part.DECIDED: "decided alone",
    Part.OWNS: "must carry out",
}


class ListByDefault(click.Group):
    """List where no subcommand is named: what stands there is a name."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put ``list`` before a name, and before options that are not the group's own."""
        if not args or args[0] not in {*self.commands, *ctx.help_option_names}:
            args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group(name="people", cls=ListByDefault)
def command() -> None:
    """List members, posts and bodies, and show how a member voted.

    Without a subcommand they are listed. Names of one person are put together within one authority, never across two;
    a name that may be of several people is kept apart and marked. Private persons are not listed.

    \b
    Examples:
      minutes-miner people "Cllr J. Howson"
      minutes-miner people --authority ashcombe --kind post
      minutes-miner people show 3f2a9c0d1e4b5a67
    """


@command.command(name="list")
@click.argument("name", required=False)
@database_option
@click.option("--authority", metavar="NAME", help="Part of the council's name.")
@click.option("--kind", type=click.Choice([kind.value for kind in PartyKind]), help="What they are.")
@listing_options
def list_(name: str | None, db: str, authority: str | None, kind: str | None, limit: int | None, style: str) -> None:
    """List members, posts and bodies, those with this name or all.

    NAME is part of the name, or a name as minutes write it: "Cllr J. Howson" finds John Howson too.

    \b
    Examples:
      minutes-miner people list howson
      minutes-miner people list --kind body --format csv > bodies.csv
    """
    from minutes_miner.store import open_store
    from minutes_miner.store.search import PartyFilter, find_parties

    wanted = PartyFilter(name, authority, PartyKind(kind) if kind else None, choose_limit(limit, style))
    with open_store(db, create=False) as store:
        print_parties(find_parties(store, wanted), style, limit=limit)
        warn_of_names(store)


@command.command(name="show")
@click.argument("party_id", metavar="ID")
@database_option
@click.option("--format", "style", type=click.Choice(STYLES), default="table", help="[default: table]")
def show(party_id: str, db: str, style: str) -> None:
    """Show one of them: names as written, votes, motions and what is to be done.

    ID is what the list shows, or as much of its beginning as no other has. Votes are only those where the minutes name
    who voted how. As JSON everything is one object; as CSV and JSON Lines each vote, motion and task is a row.

    \b
    Examples:
      minutes-miner people show 3f2a9c0d1e4b5a67
      minutes-miner people show 3f2a --format csv > votes.csv
    """
    from minutes_miner.store import open_store
    from minutes_miner.store.search import Deed, get_party

    with open_store(db, create=False) as store:
        found = get_party(store, party_id)
        warn_of_names(store)
    if style == "json":
        _write_json(found)
    elif style != "table":
        write_rows(found.deeds, Deed, style)
    else:
        _print(found)


def warn_of_names(store: Store) -> None:
    """Say on the standard error stream that names are waiting to be resolved, where some are."""
    from minutes_miner.store.search import count_unresolved

    if count_unresolved(store):
        click.echo("Incomplete: names in papers are waiting to be resolved; run: minutes-miner db upgrade", err=True)


def _write_json(found: PartyDetail) -> None:
    import json

    facts = {**asdict(found.party), **asdict(found)}
    del facts["party"]
    json.dump(facts, sys.stdout, ensure_ascii=False, indent=2, default=str)
    click.echo()


def _print(found: PartyDetail) -> None:
    party = found.party
    days = " to ".join(dict.fromkeys(str(day) for day in (party.first_day, party.last_day) if day))
    facts = [
        ("name", party.name),
        ("unresolved", f"the name may be of {party.may_be or 'several'}" if not party.is_resolved else ""),
        ("authority", party.authority or ""),
        ("kind", party.kind.value),
        ("named", f"{party.mentions:,} times{', ' + days if days else ''}"),
        ("as", "; ".join(f"{name.text} ({name.count})" for name in found.names)),
        ("listed in", "; ".join(_seat(seat.body, seat.role, seat.papers) for seat in found.seats)),
        ("named votes", ", ".join(f"{count} {ballot.value}" for ballot, count in found.ballots.items())),
    ]
    print_table([Column("party", "bold"), Column(party.id, wraps=True)], [row for row in facts if row[1]])
    for part, title in _TITLES.items():
        if deeds := found.find(part):
            click.echo()
            _print_deeds(title, deeds, has_ballots=part is Part.VOTED)


def _seat(body: str | None, role: str | None, papers: int) -> str:
    named = ", ".join(word for word in (body, role) if word) or "meetings"
    return f"{named} ({papers})"


def _print_deeds(title: str, deeds: tuple[Deed, ...], *, has_ballots: bool) -> None:
    heading = Column(title, "green")
    columns = [heading, Column("meeting"), Column("body", below=True), Column("id", below=True)]
    rows = []
    for deed in deeds:
        stands = deed.outcome.value if deed.outcome else deed.status or ""
        first = deed.ballot.value if has_ballots and deed.ballot else stands
        end = f"{deed.text} ({stands})" if has_ballots else deed.text
        rows.append([first, str(deed.meeting_date or ""), deed.committee or "", deed.record_id, end])
    print_table([*columns, Column("decision" if deeds[0].record == "decision" else "record", wraps=True)], rows)
