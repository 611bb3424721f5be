"""Share what the commands that change records have in common."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from minutes_miner.store.corrections import Correction

_Command = TypeVar("_Command", bound=Callable[..., Any])


def author_options(command: _Command) -> _Command:
    """Add ``--reason`` and ``--by``; the command gets them as ``reason`` and ``by``."""
    reason = click.option("--reason", metavar="TEXT", required=True, help="Why, for those who read it later.")
    by = click.option(
        "--by",
        metavar="NAME",
        envvar="MINUTES_MINER_BY",
        show_envvar=True,
        callback=lambda _ctx, _param, value: value or _find_user(),
        help="Who says so.  [default: your user's name]",
    )
    return reason(by(command))


def print_entries(entries: Sequence[Correction], words: str) -> None:
    """Print what became of records, one line each, and the words of the first."""
    for entry in entries:
        click.echo(f"{entry.number}: {_tell(entry)}")
    if words:
        click.echo(" ".join(words.split()))


def _tell(entry: Correction) -> str:
    named = f"{entry.noun} {entry.record_id}"
    if entry.act == "suppress":
        return f"{named} is {'shown again' if entry.undone_at else 'left out from now on'}"
    source = f"; the document says {entry.source or 'none'}"
    if entry.undone_at:
        return f"{entry.field} of {named} is no longer {entry.new or 'none'}{source}"
    was = "" if entry.old == entry.source else f", was {entry.old or 'none'}"
    return f"{entry.field} of {named} is {entry.new or 'none'} now{was}{source}"


def _find_user() -> str | None:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # no name belongs to the process
        return None
