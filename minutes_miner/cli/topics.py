"""List the topics that decisions are given."""

from __future__ import annotations

from collections.abc import Mapping

import click

from minutes_miner.cli.listing import STYLES
from minutes_miner.cli.terminal import Column, print_table
from minutes_miner.config import database_url


@click.command(name="topics")
@click.option("--db", metavar="DATABASE", help="Count the decisions of this database too: a path or an address.")
@click.option("--format", "style", type=click.Choice(STYLES), default="table", help="[default: table]")
def command(db: str | None, style: str) -> None:
    """List the topics that decisions are given, with what belongs to each.

    Their codes are for --topic and for topic: in a query. With --db each is shown with the number of decisions about
    it, routine business left out; where there are very many, the number is an estimate.

    \b
    Examples:
      minutes-miner topics
      minutes-miner topics --format csv > topics.csv
    """
    from minutes_miner.domain.topic import load_topics

    counts = _count(database_url(db)) if db else None
    rows = [
        {"code": topic.code, "name": topic.name, "description": topic.description}
        | ({"decisions": counts.get(topic.code, 0)} if counts is not None else {})
        for topic in load_topics().values()
    ]
    if style != "table":
        import sys

        from minutes_miner.export.tables import FORMATS

        FORMATS[style](iter(rows), sys.stdout, list(rows[0]))
        return
    number = [Column("decisions", right=True)] if counts is not None else []
    columns = [Column("topic", "bold"), *number, Column("what it is about", wraps=True)]
    print_table(columns, [_cells(row) for row in rows])


def _cells(row: Mapping[str, object]) -> list[str]:
    number = [f"{row['decisions']:,}"] if "decisions" in row else []
    return [str(row["code"]), *number, f"{row['name']}: {row['description']}"]


def _count(url: str) -> dict[str, int]:
    from minutes_miner.domain.topic import load_topics
    from minutes_miner.store import open_store
    from minutes_miner.store.search import DecisionFilter, count_facets

    with open_store(url, create=False) as store:
        found = count_facets(store, DecisionFilter(), limit=len(load_topics()))
    return {counted.value: counted.count for counted in found.counts["topic"]}
