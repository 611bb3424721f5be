"""Search decisions by words and filters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

import click
from click.core import ParameterSource

from minutes_miner.cli.conditions import Conditions, condition_options
from minutes_miner.cli.listing import DEFAULT_LIMIT, listing_options, print_decisions, print_facets
from minutes_miner.cli.options import database_option

if TYPE_CHECKING:
    from minutes_miner.store import Store
    from minutes_miner.store.search import DecisionFilter

SORTS = ("relevance", "newest", "oldest", "amount")


@click.command(name="search")
@click.argument("query", nargs=-1, metavar="[QUERY]...")
@database_option
@condition_options
@click.option("--sort", type=click.Choice(SORTS), default="relevance", show_default=True, help="Which come first.")
@click.option("--like", metavar="TEXT", help="Those on the same matter as this text first; see similar.")
@click.option("--after", metavar="TOKEN", help="The page after the one that gave this token.")
@click.option("--facets", is_flag=True, help="Count them by council, kind and so on instead of listing them.")
@listing_options
def command(
    query: tuple[str, ...],
    db: str,
    sort: str,
    limit: int | None,
    style: str,
    after: str | None,
    facets: bool,
    like: str | None,
    **wanted: Unpack[Conditions],
) -> None:
    """Search decisions by words, by filters, or by both.

    All words must stand in the decision or the title of its item, "words in quotes" after each other; -word leaves
    out, word* stands for any ending, OR for either. Before a query that begins with -word write --, which ends the
    options. Conditions may stand in the query: authority: territory: committee: topic: owner: kind: outcome: year:
    since: until: amount: mover: seconder: voter: for: against: abstained:

    \b
    Examples:
      minutes-miner search play area
      minutes-miner search '"play area"' --limit 5
      minutes-miner search --limit 5 -- -grant fence
      minutes-miner search --min-amount £500k --since 2022-01-01 --sort amount
      minutes-miner search 'bridge amount:>500k since:2022 -kind:note owner:"director of finance"'
      minutes-miner search --like "fewer hours for libraries" --since 2020-01-01
      minutes-miner search --topic send --territory wales --since 2024-01-01
      minutes-miner search 'against:howson bridge'
      minutes-miner search grant --kind approve --format csv > grants.csv
    """
    from minutes_miner.store import open_store
    from minutes_miner.store.search import DecisionFilter, Sort, count_facets, find_decisions, search_decisions

    _require_wish(click.get_current_context())
    chosen = DecisionFilter(
        query=" ".join(query) or None,
        sort=Sort(sort),
        limit=limit or (DEFAULT_LIMIT if style == "table" or after else None),
        **wanted,
    )
    with open_store(db, create=False) as store:
        if like is not None:
            _print_alike(store, like, chosen, style)
        elif facets:
            print_facets(count_facets(store, chosen))
        elif style == "table" or after:
            page = search_decisions(store, chosen, after=after)
            print_decisions(page.rows, style, limit=chosen.limit)
            if page.next_token:
                shown = f"{len(page.rows)} of {page.total} are shown"
                click.echo(f"{shown}; the next: --after {page.next_token}", err=True)
        else:
            print_decisions(find_decisions(store, chosen), style, limit=limit)


def _print_alike(store: Store, text: str, chosen: DecisionFilter, style: str) -> None:
    from minutes_miner.cli.similar import DEFAULT_LIMIT, prepare_vectors, print_similar
    from minutes_miner.store.search import find_alike

    asked = click.get_current_context().params
    for name in ("after", "facets"):
        if asked[name]:
            raise click.UsageError(f"--like gives the most alike alone: it can't be used with --{name}")
    prepare_vectors(store)
    print_similar(find_alike(store, text, filter=chosen, limit=asked["limit"] or DEFAULT_LIMIT), style)


def _require_wish(ctx: click.Context) -> None:
    """Refuse a search for nothing at all: it is more likely a slip than a wish to see everything."""
    names = (name for name in ctx.params if name not in {"db", "style"})
    if all(ctx.get_parameter_source(name) is ParameterSource.DEFAULT for name in names):
        raise click.UsageError("name words or a filter; --limit 50 lists the newest decisions", ctx)
