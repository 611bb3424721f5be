"""Offer the stages as commands, one file a command; heavy imports stand inside the commands."""

from __future__ import annotations

import errno
import sys
from importlib import import_module
from typing import Any

import click

from minutes_miner import __version__
from minutes_miner.errors import MinutesMinerError

COMMANDS = (
    "mine",
    "extract",
    "search",
    "actions",
    "show",
    "people",
    "similar",
    "correct",
    "suppress",
    "redact",
    "corrections",
    "watch",
    "stats",
    "money",
    "export",
    "topics",
    "evaluate",
    "authorities",
    "gather",
    "coverage",
    "serve",
    "archive",
    "runs",
    "db",
    "completion",
)
"""Names of the commands, each a module of this package, in the order of the help."""

INTERRUPTED = 130
"""Exit status after Ctrl-C: 128 and the number of the signal, as shells have it."""


class Commands(click.Group):
    """Load a command when it is asked for, and print what goes wrong as one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Give a command, or None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"minutes_miner.cli.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; exit 1 on an error of the product or the system, 130 on Ctrl-C."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("Interrupted: what was finished is kept; the same command goes on from there", err=True)
            ctx.exit(INTERRUPTED)
        except (MinutesMinerError, OSError) as error:
            if ctx.params.get("debug") or getattr(error, "errno", None) == errno.EPIPE:
                raise
            click.echo(f"Error: {' '.join(str(error).split())}", err=True)
            ctx.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="minutes-miner")
@click.option("--debug", is_flag=True, help="Show the Python traceback of an error.")
def main(debug: bool) -> None:
    """Turn council minutes into decisions, actions, votes, dates and sums of money.

    Each fact is kept with the words it was read from. Data go to the standard output, messages to the standard
    error. The exit status is 0, or 1 where something failed, 2 where the command was misused, 130 after Ctrl-C.

    \b
    Examples:
      minutes-miner mine corpus/samples
      minutes-miner search "play area" --min-amount 10k
      minutes-miner actions --overdue-on 2024-06-30
    """
    # Data are UTF-8 whatever the locale, so that a pipe or a file never loses a pound sign.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
