"""Save searches, and tell what is new since last time."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from minutes_miner.cli.conditions import condition_options
from minutes_miner.cli.options import database_option, mail_options, read_postbox_options
from minutes_miner.cli.terminal import Column, print_table
from minutes_miner.domain.vocabulary import Status
from minutes_miner.domain.wholefile import whole_file
from minutes_miner.errors import ConfigError, MinutesMinerError

if TYPE_CHECKING:
    from minutes_miner.domain.alert import Alert
    from minutes_miner.export.postbox import Postbox
    from minutes_miner.store import Store
    from minutes_miner.store.watches import Wanted, Watch
    from minutes_miner.workflow.alerting import Deliver

FORMATS = ("text", "json", "atom", "email")


@click.group(name="watch")
def command() -> None:
    """Save searches, and tell what is new since last time; for cron.

    \b
    Examples:
      minutes-miner watch add parks "park OR playground" --authority ashcombe
      minutes-miner watch run
      minutes-miner watch run parks --format atom --output parks.xml
    """


@command.command(name="add")
@click.argument("name", metavar="NAME")
@click.argument("query", nargs=-1, metavar="[QUERY]...")
@click.option("--actions", is_flag=True, help="Look for actions instead of decisions.")
@click.option("--status", type=click.Choice([status.value for status in Status]), help="Of actions.")
@click.option("--existing", is_flag=True, help="Tell at the first run what is there already.")
@condition_options
@database_option
def adding(
    db: str, name: str, query: tuple[str, ...], actions: bool, status: str | None, existing: bool, **wanted: Any
) -> None:
    """Save a search under a name; the query and the filters are those of search.

    \b
    Examples:
      minutes-miner watch add parks "park OR playground" --authority ashcombe
      minutes-miner watch add "large sums" amount:>500k since:2024
      minutes-miner watch add clerk --actions --owner clerk
    """
    from minutes_miner.store import open_store
    from minutes_miner.store.watches import add_watch, count_hits

    said = {**wanted, "query": " ".join(query) or None, "status": Status(status) if status else None}
    chosen = _choose(said, for_actions=actions)
    with open_store(db, create=False) as store:
        watch = add_watch(store, name, chosen, tells_existing=existing)
        known = count_hits(store, watch)
    click.echo(f"{watch.name}: saved; {known:,} {'actions' if actions else 'decisions'} are there already")


@command.command(name="list")
@database_option
def listing(db: str) -> None:
    """List the saved searches, own ones and those of readers of the web application.

    \b
    Examples:
      minutes-miner watch list
    """
    from minutes_miner.store import open_store
    from minutes_miner.store.filters import ActionFilter
    from minutes_miner.store.watches import describe_wanted, find_watches

    with open_store(db, create=False) as store:
        found = find_watches(store)
    rows = []
    for watch in found:
        asks = ", ".join(f"{name}: {value}" for name, value in describe_wanted(watch.wanted).items())
        noun = "actions" if isinstance(watch.wanted, ActionFilter) else "decisions"
        told = watch.subscriber.address if watch.subscriber else ""
        rows.append([watch.name, noun, asks, (watch.ran_at or "never")[:16].replace("T", " "), told])
    if rows:
        columns = [Column("name", "bold"), Column("of"), Column("asks for", wraps=True), Column("last run")]
        print_table([*columns, Column("reader")], rows)
    else:
        click.echo("No search is saved", err=True)


@command.command(name="remove")
@click.argument("name", metavar="NAME")
@database_option
def removing(db: str, name: str) -> None:
    """Forget a saved search and what it told, and of a reader's the mail address.

    \b
    Examples:
      minutes-miner watch remove parks
    """
    from minutes_miner.store import open_store
    from minutes_miner.store.watches import remove_watch

    with open_store(db, create=False) as store:
        remove_watch(store, name)
    click.echo(f"{name}: removed")


@command.command(name="run")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--format", "style", type=click.Choice(FORMATS), default="text", show_default=True, help="How to tell.")
@click.option("--output", type=click.Path(path_type=Path), metavar="PATH", help="File, or with atom a folder.")
@click.option("--dry-run", is_flag=True, help="Tell it, and remember nothing: the next run tells it again.")
@click.option("--to", multiple=True, metavar="ADDRESS", envvar="MINUTES_MINER_MAIL_TO", help="Repeatable.")
@mail_options
@database_option
def running(db: str, names: tuple[str, ...], style: str, output: Path | None, dry_run: bool, **mail: Any) -> None:
    """Tell what saved searches find that they have not told: new records, and what changed of others.

    Without NAME all are run. What could not be delivered is told by the next run. The exit status is 1 where a
    delivery failed; the other searches are told all the same. A mail is sent only where there is something to tell; the
    mail server's password stands in MINUTES_MINER_SMTP_PASSWORD.

    What readers of the web application watch is mailed to them, whatever the format of your own searches is, where a
    mail server and a sender are given.

    \b
    Examples:
      minutes-miner watch run
      minutes-miner watch run parks --format atom --output parks.xml
      minutes-miner watch run --format email --to me@example.org --from it@example.org --smtp mail.example.org:587
    """
    from minutes_miner.store import open_store
    from minutes_miner.store.watches import find_watches, get_watch
    from minutes_miner.workflow.alerting import run_watch

    postbox = read_postbox_options(mail, mail["to"]) if style == "email" or (mail["smtp"] and mail["sender"]) else None
    failed = 0
    with open_store(db, create=False) as store:
        found = [get_watch(store, name) for name in dict.fromkeys(names)] if names else find_watches(store)
        own = [watch for watch in found if watch.subscriber is None]
        if own and style == "email" and not mail["to"]:
            raise ConfigError("a mail needs a recipient", advice="give --to")
        if len(own) < len(found) and postbox is None:
            waiting = f"{len(found) - len(own):,} searches of readers wait: no mail server and sender are given"
            click.echo(waiting, err=True)
            found = own
        for watch in found:
            try:
                if watch.subscriber and postbox:
                    deliver: Deliver = partial(_send_reader, watch=watch, postbox=postbox, is_trial=dry_run)
                else:
                    place = _place(output, style, watch, len(own))
                    deliver = _way(store, watch, style, place, postbox if style == "email" else None)
                told = run_watch(store, watch, deliver, is_trial=dry_run)
            except (MinutesMinerError, OSError) as error:
                failed += 1
                click.echo(f"Error: {watch.name}: {' '.join(str(error).split())}", err=True)
            else:
                if not told:
                    click.echo(f"{watch.name}: nothing new", err=True)
    if not found:
        click.echo("No search is saved", err=True)
    click.get_current_context().exit(1 if failed else 0)


def _choose(wanted: dict[str, Any], *, for_actions: bool) -> Wanted:
    from minutes_miner.store.filters import ActionFilter, DecisionFilter

    given = {name: value for name, value in wanted.items() if value is not None and value is not False}
    kind: type[Any] = ActionFilter if for_actions else DecisionFilter
    unknown = sorted(given.keys() - {field.name for field in fields(kind)})
    if unknown:
        noun = "actions" if for_actions else "decisions"
        raise click.UsageError(f"{noun} can't be chosen by {', '.join(unknown).replace('_', '-')}")
    if not given:
        raise click.UsageError("name words or a filter")
    chosen: Wanted = kind(**given)
    return chosen


def _send_reader(name: str, alerts: Sequence[Alert], *, watch: Watch, postbox: Postbox, is_trial: bool) -> None:
    """Mail to a reader what a search of theirs tells; a trial sends nothing."""
    from minutes_miner.export.postbox import send_mail
    from minutes_miner.export.readermail import write_news

    if alerts and watch.subscriber:
        if not is_trial:
            send_mail(write_news(name, alerts, to=watch.subscriber, postbox=postbox), postbox)
        click.echo(f"{name}: {len(alerts):,} {'would be ' if is_trial else ''}told to its reader", err=True)


def _place(output: Path | None, style: str, watch: Watch, many: int) -> Path | None:
    """Give the file that a saved search is told to; with atom and several of them, one in a folder."""
    if output is None or style == "email":
        return None
    if style == "atom" and (output.is_dir() or many > 1):
        if not output.is_dir():
            raise click.UsageError(f"{many} feeds need a folder that is there: {output}")
        name = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in watch.name)
        return output / f"{name}.xml"
    return output


def _way(store: Store, watch: Watch, style: str, path: Path | None, postbox: Postbox | None) -> Deliver:
    """Give the function that delivers what is told."""
    if postbox:
        return partial(_send, postbox=postbox)
    from minutes_miner.export.notice import as_json, as_texts
    from minutes_miner.workflow.alerting import make_feed

    def write(name: str, alerts: Sequence[Alert]) -> None:
        if style == "atom":
            _put(make_feed(store, watch, alerts), path)
        elif style == "json" or alerts:
            told: Callable[[str, Sequence[Alert]], str] = as_json if style == "json" else as_texts
            _append(told(name, alerts).encode("utf-8", "replace"), path)

    return write


def _send(name: str, alerts: Sequence[Alert], *, postbox: Postbox) -> None:
    from minutes_miner.export.postbox import send_mail, write_mail

    if alerts:
        send_mail(write_mail(name, alerts, postbox), postbox)
        click.echo(f"{name}: {len(alerts):,} told to {', '.join(postbox.recipients)}", err=True)


def _append(data: bytes, path: Path | None) -> None:
    """Add to a file, or write to the standard output; it is told only when it has arrived there."""
    if path is None:
        click.echo(data.decode(), nl=False)
        sys.stdout.flush()
        return
    with path.open("ab") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _put(data: bytes, path: Path | None) -> None:
    """Put a file in its place when it is whole, so that whoever reads it never sees half of it."""
    if path is None:
        _append(data, None)
        return
    with whole_file(path) as beside, beside.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
