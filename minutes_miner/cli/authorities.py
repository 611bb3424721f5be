"""List the councils that can be gathered, and add others."""

from __future__ import annotations

import click

from minutes_miner.cli.listing import choose_limit, listing_options, print_authorities
from minutes_miner.cli.terminal import Column, print_table

TERRITORIES = click.Choice(("ENG", "NIR", "SCT", "WLS"), case_sensitive=False)


class ListByDefault(click.Group):
    """List where no subcommand is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put ``list`` before options that are not the group's own."""
        if not args or args[0].startswith("-") and args[0] not in ctx.help_option_names:
            args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group(name="authorities", cls=ListByDefault)
def command() -> None:
    """List the councils that can be gathered, and add others.

    Without a subcommand they are listed. What you add is kept in a CSV file of your own: the one that
    MINUTES_MINER_AUTHORITIES names, or authorities.csv in the program's folder of settings.

    \b
    Examples:
      minutes-miner authorities --territory WLS
      minutes-miner authorities show RUT
    """


@command.command(name="list")
@click.option("--platform", metavar="NAME", help="Read by this platform; none for those that none reads.")
@click.option("--territory", type=TERRITORIES, help="In this part of the United Kingdom.")
@click.option("--match", metavar="WORDS", help="With these words in code, name or address.")
@listing_options
def list_(platform: str | None, territory: str | None, match: str | None, limit: int | None, style: str) -> None:
    """List the councils that can be gathered.

    \b
    Examples:
      minutes-miner authorities list --platform cmis
      minutes-miner authorities list --match shire --format csv > shires.csv
    """
    from minutes_miner.registry import find_platforms, get_platform
    from minutes_miner.scrape.authorities import find_authorities

    if platform is not None and platform != "none" and platform not in find_platforms():
        get_platform(platform)
    found = find_authorities(platform, territory, match)
    wanted = choose_limit(limit, style)
    print_authorities(found[:wanted], style, limit=limit)


@command.command(name="add")
@click.argument("code")
@click.argument("name")
@click.option("--platform", required=True, metavar="NAME", help="What its site runs on, such as moderngov.")
@click.option("--base-url", required=True, metavar="URL", help="Address that the platform's pages stand under.")
@click.option("--kind", metavar="KIND", help="Kind of authority, such as NMD for a district.")
@click.option("--territory", type=TERRITORIES, help="Part of the United Kingdom.")
@click.option("--notes", metavar="TEXT", help="What one should know about it.")
def add(code: str, name: str, platform: str, base_url: str, **others: str | None) -> None:
    """Add a council, or put your own facts in the place of those that are known.

    \b
    Examples:
      minutes-miner authorities add NTB "Netherby Council" --platform cmis --base-url https://netherby.example.org
    """
    from minutes_miner.domain.gathering import Authority
    from minutes_miner.registry import get_platform
    from minutes_miner.scrape.authorities import add_authority, user_register

    get_platform(platform)
    was_known = add_authority(Authority(code, name, platform=platform, base_url=base_url, **others))
    click.echo(f"{'Replaced' if was_known else 'Added'} {code} in {user_register()}")


@command.command(name="remove")
@click.argument("code")
def remove(code: str) -> None:
    """Take a council out of those that you added; one that came with the program is known again.

    \b
    Examples:
      minutes-miner authorities remove NTB
    """
    from minutes_miner.scrape.authorities import remove_authority, user_register

    remove_authority(code)
    click.echo(f"Removed {code} from {user_register()}")


@command.command(name="show")
@click.argument("code")
def show(code: str) -> None:
    """Show all that is known of a council.

    \b
    Examples:
      minutes-miner authorities show RUT
    """
    from minutes_miner.scrape.authorities import get_authority

    found = get_authority(code)
    facts = {"name": found.name, "kind": found.kind, "territory": found.territory, "platform": found.platform or "none"}
    facts |= {"address": found.base_url, "notes": found.notes}
    rows = [[word, value] for word, value in facts.items() if value]
    print_table([Column("authority", "bold"), Column(found.code, wraps=True)], rows)
