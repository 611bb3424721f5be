"""List the runs of a database, and tell what one changed in the records of another."""

from __future__ import annotations

from typing import Any

import click

from minutes_miner.cli.options import database_option
from minutes_miner.cli.terminal import Column, print_table

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(name="runs")
def command() -> None:
    """Look at the runs that filled a database, and compare what they found.

    \b
    Examples:
      minutes-miner runs list
      minutes-miner runs show 1
    """


@command.command(name="list")
@database_option
@click.option("--limit", type=click.IntRange(min=1), metavar="N", default=50, help="The newest N only.  [default: 50]")
@_JSON
def list_(db: str, limit: int, as_json: bool) -> None:
    """List the runs, the newest first.

    A run that was killed stays "running". The same command goes on from there, as another run.

    \b
    Examples:
      minutes-miner runs list
      minutes-miner runs list --json
    """
    from minutes_miner.store import open_store
    from minutes_miner.store.runs import list_runs

    with open_store(db, create=False) as store:
        found = list_runs(store, limit=limit)
    if as_json:
        _print_json([_plain(run) for run in found])
        return
    headings = [Column("run", "bold", right=True), Column("began"), Column("ended"), Column("state")]
    figures = [Column(name, right=True) for name in ("documents", "unchanged", "failed")]
    rows = [
        [str(run.id), run.began, run.ended or "", run.state, f"{run.documents:,}"]
        + [f"{run.counts.get(name, 0):,}" for name in ("unchanged", "failed")]
        + [run.pipeline]
        for run in found
    ]
    print_table([*headings, *figures, Column("pipeline", wraps=True)], rows)


@command.command(name="show")
@click.argument("run", type=int, metavar="RUN")
@database_option
@_JSON
def show(run: int, db: str, as_json: bool) -> None:
    """Tell everything that is known of one run.

    \b
    Examples:
      minutes-miner runs show 1
    """
    from minutes_miner.store import open_store
    from minutes_miner.store.runs import find_run

    with open_store(db, create=False) as store:
        found = _plain(find_run(store, run))
    if as_json:
        _print_json(found)
        return
    options, counts = found.pop("options"), found.pop("counts")
    rows = [[name, "" if value is None else str(value)] for name, value in found.items()]
    rows += [[f"--{name}", str(value)] for name, value in options.items()]
    rows += [[name, f"{count:,}"] for name, count in counts.items()]
    print_table([Column("run", "bold"), Column("", wraps=True)], rows)


@command.command(name="diff")
@click.argument("before", type=int, metavar="BEFORE")
@click.argument("after", type=int, metavar="AFTER")
@database_option
@click.option("--limit", type=click.IntRange(min=0), metavar="N", default=50, help="List N records.  [default: 50]")
@_JSON
def diff(before: int, after: int, db: str, limit: int, as_json: bool) -> None:
    """Tell which records a later run gained, lost or altered in the documents that both mined.

    Of each document the newest records up to the one run are compared with the newest up to the other, so a run that
    was stopped and those that went on from it count as one. Confidence is not compared.

    \b
    Examples:
      minutes-miner runs diff 1 2
      minutes-miner runs diff 1 2 --json > changes.json
    """
    from minutes_miner.store import open_store
    from minutes_miner.store.runs import compare_runs

    listed: list[Any] = []
    with open_store(db, create=False) as store:
        comparison, found = compare_runs(store, before, after)
        for one in found:
            if as_json or len(listed) < limit:
                listed.append(one)
    if as_json:
        counts = [{"noun": noun, "change": change, "count": n} for (noun, change), n in comparison.counts.items()]
        _print_json({"documents": comparison.documents, "counts": counts, "records": [_plain(one) for one in listed]})
        return
    changes = ("gained", "lost", "altered", "same")
    rows = [[f"{noun}s", *(f"{comparison.counts[noun, one]:,}" for one in changes)] for noun in ("decision", "action")]
    print_table([Column("records", "bold"), *(Column(change, right=True) for change in changes)], rows)
    click.echo(f"{comparison.documents:,} documents were compared", err=True)
    if listed:
        click.echo()
        lines = [[one.change, one.noun, ", ".join(one.what), one.quote, one.source] for one in listed]
        headings = [Column("change", "bold"), Column("record"), Column("what", wraps=True)]
        print_table([*headings, Column("words", wraps=True), Column("source", "dim", below=True)], lines)


def _plain(record: Any) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(record)


def _print_json(value: object) -> None:
    import json

    click.echo(json.dumps(value, ensure_ascii=False, indent=1))
